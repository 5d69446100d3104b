"""The pages of the council: whom they show what, as quick with three hundred names as with three."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from awards.councils import moving, services
from awards.councils.ballots import counts_of_item
from awards.councils.counting import as_text
from awards.models import CouncilMember, Item, Sitting
from core.models import AuditEntry
from tests.awards.councils.sat import a_sitting, an_office_with_council, cast, counting, opened, ready, with_accounts
from tests.awards.rows import Office, a_person
from tests.factories import Role, UserFactory
from units.models import User

pytestmark = pytest.mark.django_db


def client_of(user: User) -> Client:
    client = Client()
    client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


def get(user: User, name: str, *keys: int, **query: str):
    return client_of(user).get(reverse(f"awards:{name}", args=keys), query)


def post(user: User, name: str, *keys: int, said: dict | None = None, **headers: str):
    return client_of(user).post(reverse(f"awards:{name}", args=keys), said or {}, headers=headers)


# -- As quick with many ----------------------------------------------------------------------


def with_recusals(sitting: Sitting, office: Office) -> None:
    for item, seat in zip(sitting.items.all(), list(sitting.seats.all()) * 2, strict=False):
        item.sitting = sitting
        services.recuse(seat, item, actor=office.secretary, reason="Vợ chồng")


@pytest.mark.parametrize("many", [3, 300])
@pytest.mark.parametrize(
    ("name", "queries"),
    [("sitting", 13), ("sitting_counts", 9), ("sitting_recusals", 11), ("sitting_minutes", 9)],
)
def test_pages_of_a_sitting_ask_as_often_for_three_names_as_for_three_hundred(many, name, queries):
    office = an_office_with_council()
    sitting = counting(office, ready(office, many))
    with_recusals(sitting, office)
    client = client_of(office.secretary)
    client.get(reverse("awards:sitting", args=[sitting.pk]))

    with CaptureQueriesContext(connection) as asked:
        answer = client.get(reverse(f"awards:{name}", args=[sitting.pk]))

    words = answer.content.decode()
    if name in ("sitting", "sitting_counts"):
        assert words.count("Nguyễn Thị Hoa 2<") + words.count("Nguyễn Thị Hoa 3<") >= 2
        assert len(answer.context["rows"]) == many
    assert len(asked) == queries


@pytest.mark.parametrize("many", [3, 300])
def test_the_ballot_and_the_list_to_choose_from_do_not_grow(many):
    office = an_office_with_council(3)
    user = with_accounts(office)[0]
    voting = opened(office, ready(office, many), medium="secret")
    drafted = a_sitting(office, ready(office, many, "LDTT"), route="show", name="Phiên khác")

    member, secretary = client_of(user), client_of(office.secretary)
    with CaptureQueriesContext(connection) as of_ballot:
        ballot = member.get(reverse("awards:sitting_vote", args=[voting.pk]))
    with CaptureQueriesContext(connection) as of_items:
        items = secretary.get(reverse("awards:sitting_items", args=[drafted.pk]))

    assert len(ballot.context["rows"]) == len(items.context["rows"]) == many
    assert (len(of_ballot), len(of_items)) == (14, 10)


@pytest.mark.parametrize("many", [3, 60])
def test_the_list_of_sittings_does_not_grow(many):
    office = an_office_with_council(3)
    for number in range(many):
        a_sitting(office, [], name=f"Phiên {number}")

    client = client_of(office.secretary)
    client.get(reverse("awards:sittings"), {"dong": "60"})  # the session remembers the list's filters

    with CaptureQueriesContext(connection) as asked:
        answer = client.get(reverse("awards:sittings"), {"dong": "60"})

    assert len(answer.context["rows"]) == many
    assert len(asked) == 9


# -- The council -----------------------------------------------------------------------------


def test_the_composition_on_a_day_is_shown():
    office = an_office_with_council(3)
    CouncilMember.objects.filter(pk=office.council[2].pk).update(valid_to="2026-06-30")

    now = get(office.secretary, "council", ngay="1/7/2026")
    then = get(office.secretary, "council", ngay="01/06/2026")
    unread = get(office.secretary, "council", ngay="hôm qua")

    assert [len(page.context["members"]) for page in (now, then)] == [2, 3]
    assert "Ghi ngày như 5/3/2026." in unread.content.decode()


def test_a_member_is_added_and_what_does_not_fit_is_said_at_its_field():
    office = an_office_with_council(2)
    a_person(office, "Lê Thị Mới")
    said = {"unit": office.unit.pk, "person": "Le Thi Moi", "role": "chair"}

    refused = post(office.secretary, "council_add", said=said)
    taken = post(office.secretary, "council_add", said=said | {"role": "secretary", "is_standing": "on"})

    assert refused.status_code == 422
    assert "Thời gian đó đã có Chủ tịch Hội đồng" in refused.content.decode()
    assert taken.status_code == 302
    member = CouncilMember.objects.get(person__full_name="Lê Thị Mới")
    assert (member.role, member.is_standing, member.order) == ("secretary", True, 3)


# -- From a round to a sitting ---------------------------------------------------------------


def test_a_sitting_is_made_from_a_round_with_the_names_of_the_chosen_awards():
    office = an_office_with_council(3)
    ready(office, 2, "CSTDCS")
    ready(office, 3, "LDTT")
    address = f"{reverse('awards:sitting_new')}?dot={office.round.pk}"
    client = client_of(office.secretary)

    page = client.get(address)
    answer = client.post(
        address,
        {
            "name": "Họp xét Lao động tiên tiến",
            "awards": ["LDTT:show"],
            "route": "show",
            "medium": "paper",
            "quorum": "four_fifths",
            "day": "25/11/2026",
            "time": "8:00",
        },
    )

    sitting = Sitting.objects.get()
    assert "Chiến sĩ thi đua cơ sở: 2 đối tượng (hội đồng họp, bỏ phiếu kín; cần 80 % tổng số thành viên)" in (
        page.content.decode()
    )
    assert answer["Location"] == reverse("awards:sitting", args=[sitting.pk])
    assert (sitting.round, sitting.items.count(), sitting.seats.count()) == (office.round, 3, 3)
    assert {item.percent for item in sitting.items.all()} == {None}


# -- The tellers' grid -----------------------------------------------------------------------


def sent(item: Item, **values: str) -> dict[str, str]:
    return {"row": str(item.pk), f"was_{item.pk}": as_text(counts_of_item(item))} | {
        f"{name}_{item.pk}": value for name, value in values.items()
    }


def test_the_grid_saves_a_row_and_answers_what_does_not_add_up():
    office = an_office_with_council()
    sitting = counting(office, ready(office, 2))
    item = sitting.items.first()
    said = sent(item, yes="8", no="2") | {"issued": "9", "collected": "9", "valid": "9"}

    answer = post(office.secretary, "sitting_counts", sitting.pk, said=said, accept="application/json").json()

    item.refresh_from_db()
    assert (item.yes, item.no) == (8, 2)
    assert answer == {
        "was": {str(item.pk): "8,2,,0,0"},
        "refused": {},
        "ballots": {},
        "faults": {str(item.pk): "Cộng được 10, phải bằng 9."},
        "told": "Còn 1 dòng chưa nhập, 1 dòng chưa khớp.",
        "isWhole": False,
    }


def test_without_scripts_what_is_refused_stays_in_its_field():
    office = an_office_with_council()
    sitting = counting(office, ready(office, 1))
    item = sitting.items.get()

    answer = post(office.secretary, "sitting_counts", sitting.pk, said=sent(item, yes="tám", no="1"))

    words = answer.content.decode()
    assert answer.status_code == 422
    assert 'value="tám"' in words
    assert "«tám» không phải số phiếu" in words


def test_a_sitting_that_does_not_add_up_is_not_closed_by_its_page():
    office = an_office_with_council()
    sitting = counting(office, ready(office, 1))

    answer = post(office.secretary, "sitting_close", sitting.pk, said={"version": sitting.version})

    assert answer.status_code == 422
    assert "còn 1 dòng chưa nhập" in answer.content.decode()
    assert Sitting.objects.get().state == "counting"


# -- Who sees what ---------------------------------------------------------------------------


def test_a_member_sees_the_list_and_his_ballot_and_no_count_before_it_is_opened():
    office = an_office_with_council(4)
    users = with_accounts(office)
    sitting = opened(office, ready(office, 2), medium="secret")
    for seat, choices in zip(sitting.seats.all(), ("yy", "yn", "ny"), strict=False):
        cast(sitting, seat, choices)

    before = get(users[3], "sitting", sitting.pk)
    secretary = get(office.secretary, "sitting_voters", sitting.pk).content.decode()
    moving.start_counting(sitting, actor=office.secretary, is_confirmed=True)
    after = get(users[3], "sitting", sitting.pk)

    assert before.context["votes"]
    assert not before.context["shows_counts"]
    assert "Đã bỏ phiếu 3/4." in secretary
    assert office.council[3].person.full_name in secretary
    assert [(row.counts.yes, row.counts.no) for row in after.context["rows"]] == [(2, 1), (2, 1)]


def test_strangers_and_other_council_members_without_a_seat_do_not_vote():
    office = an_office_with_council(3)
    with_accounts(office)
    sitting = opened(office, ready(office, 1), medium="secret")
    elsewhere = UserFactory.create(role=Role.OFFICER, unit=office.province)
    colleague = UserFactory.create(role=Role.COUNCIL_MEMBER, unit=office.unit)

    assert get(elsewhere, "sitting_vote", sitting.pk).status_code == 404
    assert get(colleague, "sitting_vote", sitting.pk).status_code == 403


def test_whoever_steps_back_has_a_ballot_without_that_name():
    office = an_office_with_council(4)
    users = with_accounts(office)
    sitting = opened(office, ready(office, 2), medium="secret")
    first = sitting.items.first()
    first.sitting = sitting
    services.recuse(sitting.seats.first(), first, actor=office.secretary, reason="Vợ chồng")

    page = get(users[0], "sitting_vote", sitting.pk)
    said = {f"item_{first.pk}": "yes", f"item_{sitting.items.last().pk}": "no"}
    post(users[0], "sitting_vote", sitting.pk, said=said)

    assert [row["item"].nominee.name for row in page.context["rows"]] == ["Nguyễn Thị Hoa 2"]
    assert sitting.seats.first().has_voted


def test_a_second_click_is_told_that_the_ballot_is_in_the_box():
    office = an_office_with_council(3)
    user = with_accounts(office)[0]
    sitting = opened(office, ready(office, 1), medium="secret")
    said = {f"item_{sitting.items.get().pk}": "yes"}

    answers = [post(user, "sitting_vote", sitting.pk, said=said) for _ in range(2)]
    page = get(user, "sitting_vote", sitting.pk)

    assert [answer.status_code for answer in answers] == [302, 200]
    assert "Phiếu của bạn đã ở trong hòm phiếu." in page.content.decode()


def test_a_name_that_was_forgotten_is_said_at_its_place_and_the_rest_stays_chosen():
    office = an_office_with_council(3)
    user = with_accounts(office)[0]
    sitting = opened(office, ready(office, 2), medium="secret")
    first, _ = sitting.items.all()

    answer = post(user, "sitting_vote", sitting.pk, said={f"item_{first.pk}": "no"})

    assert answer.status_code == 422
    assert [(row["chosen"], row["fault"]) for row in answer.context["rows"]] == [
        ("no", ""),
        ("", "Chọn một ô cho tên này."),
    ]
    assert not sitting.seats.filter(has_voted=True).exists()


def test_the_screen_says_where_secrecy_cannot_hold():
    office = an_office_with_council(4)
    users = with_accounts(office)
    sitting = opened(office, ready(office, 2), medium="secret", absent=2)

    few = get(users[0], "sitting_vote", sitting.pk).content.decode()
    for seat in sitting.seats.all()[:2]:
        cast(sitting, seat, "yy")
    moving.start_counting(sitting, actor=office.secretary)
    alike = get(office.secretary, "sitting", sitting.pk).content.decode()

    assert "Có tên chỉ 2 người bỏ phiếu." in few
    assert "Các phiếu giống hệt nhau" in alike
    assert "Có tên chỉ có dưới 3 phiếu" in alike


def test_the_history_of_a_secret_sitting_names_no_voter():
    office = an_office_with_council(4)
    users = with_accounts(office)
    sitting = opened(office, ready(office, 1), medium="secret")
    for user, choice in zip(users, ("yes", "yes", "no", "yes"), strict=True):
        post(user, "sitting_vote", sitting.pk, said={f"item_{sitting.items.get().pk}": choice})

    moving.start_counting(sitting, actor=office.secretary)
    moving.close(sitting, actor=office.secretary)

    assert not AuditEntry.objects.filter(actor__in=users).exists()
    assert list(sitting.items.values_list("yes", "no")) == [(3, 1)]
