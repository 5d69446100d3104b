"""Registrations: entered once, judged as they were seen, given back with a reason, changed by their version."""

from __future__ import annotations

import datetime as dt

import pytest

from campaigns.models import Campaign, Registration
from campaigns.taking_part import selectors, services
from campaigns.taking_part.promises import Promise
from campaigns.taking_part.values import RegistrationData, Who
from core.errors import UnfitField
from core.states import EditedMeanwhile, MovedMeanwhile
from documents.deliveries.services import send
from tests.campaigns.taking_part.office import DUE, IN_TIME, LDTT, TODAY, TTLDTT, codes, promised
from tests.factories import IssuerFactory, PersonFactory, UnitFactory
from tests.reminders.asking.desk import paper_of


def test_a_place_registers_titles_and_targets_and_waits(office):
    row = office.registered(
        "Thôn Đông", TTLDTT, "Thôn văn hóa", promises=(promised(office.trees, "200"), Promise(text="Hiến đất"))
    )

    assert (row.part, row.person, row.state, row.day, row.by) == (
        office.parts["Thôn Đông"],
        None,
        "sent",
        IN_TIME,
        office.an,
    )
    assert row.titles == f"{TTLDTT}\nThôn văn hóa"
    assert row.promises == [{"target": office.trees.pk, "low": "200"}, {"text": "Hiến đất"}]
    assert codes(row) == ["campaigns.registration.sent"]


def test_a_place_and_each_person_of_it_registers_once(office):
    hac = office.person("Lò Văn Hặc")
    place, person = office.registered("Thôn Đông"), office.registered("Thôn Đông", LDTT, person=hac)

    for who, there in ((Who(office.parts["Thôn Đông"]), place), (Who(office.parts["Thôn Tây"], hac), person)):
        with pytest.raises(services.RegisteredAlready) as refused:
            services.register(office.campaign, actor=office.an, who=who, data=office.data())
        assert refused.value.there == there
    assert Registration.objects.count() == 2


@pytest.mark.parametrize(
    ("data", "field"),
    [
        (RegistrationData(IN_TIME), "titles"),
        (RegistrationData(IN_TIME, (" ",)), "titles"),
        (RegistrationData(IN_TIME, ("<b>Giỏi</b>",)), "titles"),
        (RegistrationData(TODAY + dt.timedelta(days=1), (LDTT,)), "day"),
        (RegistrationData(dt.date(2016, 2, 10), (LDTT,)), "day"),
        (RegistrationData(IN_TIME, (), (Promise(999_999, low=None),)), "promises"),
    ],
)
def test_what_does_not_fit_is_refused_at_its_field(office, data, field):
    with pytest.raises(UnfitField) as refused:
        services.register(office.campaign, actor=office.an, who=Who(office.parts["Thôn Đông"]), data=data)

    assert refused.value.field == field
    assert not Registration.objects.exists()


def test_only_those_of_the_unit_register(office):
    stranger = PersonFactory(unit=UnitFactory())

    for who, field in (
        (Who(UnitFactory()), "place"),
        (Who(IssuerFactory().unit), "place"),
        (Who(office.parts["Thôn Đông"], stranger), "person"),
    ):
        with pytest.raises(UnfitField) as refused:
            services.register(office.campaign, actor=office.an, who=who, data=office.data())
        assert refused.value.field == field


def test_nobody_registers_for_what_is_not_carried_out(office):
    Campaign.objects.filter(pk=office.campaign.pk).update(state="dropped", drop_reason="Gộp")
    office.campaign.refresh_from_db()

    with pytest.raises(services.NotTakingPart):
        office.registered()


# -- Judging -------------------------------------------------------------------------------


def test_many_are_approved_at_once_and_a_second_click_approves_nothing(office):
    rows = [office.registered(name) for name in ("Thôn Đông", "Thôn Tây")]
    seen = {row.pk: row.version for row in rows}

    first = services.approve(office.campaign, actor=office.lan, seen=seen)
    second = services.approve(office.campaign, actor=office.lan, seen=seen)

    assert (first, second) == (rows, [])
    assert {office.fresh(row).state for row in rows} == {"approved"}
    assert codes(rows[0]) == ["campaigns.registration.sent", "campaigns.registration.approved"]


def test_a_yes_is_given_only_to_the_words_that_were_shown(office):
    row = office.registered()
    services.change_registration(row, actor=office.an, version=row.version, data=office.data("Thôn kiểu mẫu"))

    assert services.approve(office.campaign, actor=office.lan, seen={row.pk: 1}) == []
    assert office.fresh(row).state == "sent"


def test_registrations_of_another_campaign_are_not_approved_by_the_way(office):
    row = office.registered()
    other = Campaign(unit=office.unit, title="Khác", year=2026, state="running")
    other.save()

    assert services.approve(other, actor=office.lan, seen={row.pk: row.version}) == []


def test_what_was_given_back_is_sent_again_and_keeps_no_reason(office):
    row = office.registered()
    services.give_back(row, actor=office.lan, reason="Ghi rõ chỉ tiêu")
    with pytest.raises(MovedMeanwhile):
        services.give_back(office.fresh(row), actor=office.lan, reason="Lần nữa")
    assert (office.fresh(row).state, office.fresh(row).reason) == ("returned", "Ghi rõ chỉ tiêu")

    row = office.fresh(row)
    services.change_registration(row, actor=office.an, version=row.version, data=office.data("Thôn kiểu mẫu"))

    row = office.fresh(row)
    assert (row.state, row.reason, row.titles) == ("sent", "", "Thôn kiểu mẫu")
    assert codes(row)[1:] == [
        "campaigns.registration.returned",
        "campaigns.registration.changed",
        "campaigns.registration.sent_again",
    ]


def test_giving_back_asks_for_a_reason(office):
    row = office.registered()

    with pytest.raises(UnfitField) as refused:
        services.give_back(row, actor=office.lan, reason="  ")

    assert refused.value.field == "reason"
    assert office.fresh(row).state == "sent"


def test_of_two_who_change_one_the_second_is_told(office):
    row = office.registered()
    mine, theirs = office.fresh(row), office.fresh(row)
    services.change_registration(theirs, actor=office.an, version=theirs.version, data=office.data("Thôn kiểu mẫu"))

    with pytest.raises(EditedMeanwhile):
        services.change_registration(mine, actor=office.an, version=mine.version, data=office.data(LDTT))

    assert office.fresh(row).titles == "Thôn kiểu mẫu"


def test_the_same_again_changes_nothing(office):
    row = office.registered()

    assert not services.change_registration(row, actor=office.an, version=row.version, data=office.data())
    assert office.fresh(row).version == 1


def test_what_is_approved_is_neither_changed_nor_taken_out(office):
    row = office.approved(office.registered())

    with pytest.raises(services.ApprovedAlready):
        services.change_registration(row, actor=office.an, version=row.version, data=office.data(LDTT))
    with pytest.raises(services.ApprovedAlready):
        services.take_out(row, actor=office.an)

    assert office.fresh(row).titles == TTLDTT


def test_what_was_entered_by_mistake_goes_and_the_history_keeps_it(office):
    row = office.registered()

    services.take_out(row, actor=office.an)

    assert not Registration.objects.exists()
    assert codes(row.campaign)[-1] == "campaigns.registration.taken_out"


def test_a_name_that_is_new_becomes_a_person_of_the_place(office):
    row = services.register_with_person(
        office.campaign,
        actor=office.an,
        place=office.parts["Thôn Tây"],
        person="Lò Thị Mới",
        post="Bí thư chi bộ",
        data=office.data(LDTT),
    )

    assert (row.person.full_name, row.person.part, row.person.post) == (
        "Lò Thị Mới",
        office.parts["Thôn Tây"],
        "Bí thư chi bộ",
    )


# -- Units below -----------------------------------------------------------------------------


def test_a_unit_below_registers_by_the_paper_that_it_sent(office):
    campaign = Campaign(unit=office.province, title="Của tỉnh", year=2026, state="running", register_by=DUE)
    campaign.save()
    paper = paper_of(office.unit, day=dt.date(2026, 2, 5))
    [delivery] = send(paper, actor=office.an, sent_on=dt.date(2026, 2, 6), units=[office.province])

    row = services.register(campaign, actor=office.an, who=Who(office.unit), data=office.data(delivery=delivery))

    assert (row.lower, row.delivery) == (office.unit, delivery)
    assert selectors.papers_from_below(campaign) == [delivery]
    other = UnitFactory(parent=office.province)
    with pytest.raises(UnfitField) as refused:
        services.register(campaign, actor=office.an, who=Who(other), data=office.data(delivery=delivery))
    assert refused.value.field == "delivery"


# -- How many ----------------------------------------------------------------------------------


def test_every_place_is_counted_once_by_how_it_stands(office):
    office.approved(office.registered("Thôn Đông"))
    services.give_back(office.registered("Thôn Tây"), actor=office.lan, reason="Sai")
    office.registered("Thôn Nam", LDTT, person=office.person("Lò Văn Hặc", "Thôn Nam"))

    found = selectors.counts(office.campaign)

    assert str(found) == "chưa gửi 1, chờ duyệt 1, trả lại 1, đã duyệt 1"
    assert (found.total, found.people, found.people_waiting, found.days_late) == (4, 1, 1, 3)
    assert found == selectors.counts_of(office.campaign, selectors.places_of(office.campaign), TODAY)


def test_whoever_left_since_still_counts_with_what_it_registered(office):
    office.registered("Thôn Đông")
    type(office.parts["Thôn Đông"]).objects.filter(name__in=["Thôn Đông", "Thôn Tây"]).update(
        valid_to=dt.date(2026, 2, 12)
    )

    assert str(selectors.counts(office.campaign)) == "chưa gửi 2, chờ duyệt 1, trả lại 0, đã duyệt 0"


def test_the_names_and_the_number_of_the_missing_agree_for_parts_and_for_units_below(
    office, django_assert_num_queries
):
    office.registered("Thôn Đông")
    office.registered("Thôn Nam", LDTT, person=office.person("Lò Văn Hặc", "Thôn Nam"))
    above = Campaign(unit=office.province, title="Của tỉnh", year=2026, state="running", register_by=DUE)
    above.save()
    services.register(above, actor=office.an, who=Who(office.unit), data=office.data())
    ids = [office.campaign.pk, above.pk]

    with django_assert_num_queries(4):
        names = selectors.missing(ids)
    with django_assert_num_queries(1):
        rows = Campaign.objects.annotate(n=selectors.missing_count()).filter(pk__in=ids).values_list("pk", "n")
        numbers = dict(rows)

    assert names == {
        office.campaign.pk: ["Thôn Tây", "Trường Tiểu học Mai Khê"],
        above.pk: ["xã Hồng Lạc"],
    }
    assert numbers == {pk: len(found) for pk, found in names.items()}
    assert selectors.counts(above).missing == 1


def test_nobody_is_late_before_the_closing_day_nor_after_the_campaign_is_closed(office):
    assert selectors.days_late(office.campaign, DUE) == 0
    assert selectors.days_late(office.campaign, TODAY) == 3

    office.campaign.state = "closed"

    assert selectors.days_late(office.campaign, TODAY) == 0
