"""A sitting is prepared: seats of its day, names that are ready, who steps back, who is there."""

from __future__ import annotations

import datetime as dt

import pytest

from awards.councils import asked, moving, services
from awards.councils.seating import HEADS_IT, HIMSELF, doubts_of
from awards.councils.selectors import items_for_page
from awards.councils.services import SittingData
from awards.models import CouncilMember, Item, LocalRule, Recusal, Sitting
from awards.states import SittingState
from core.errors import UnfitField
from tests.awards.councils.sat import AT, a_sitting, an_office_with_council, opened, present, ready
from tests.awards.rows import a_nominee, a_person, a_subject

pytestmark = pytest.mark.django_db


def test_awards_are_offered_with_the_route_and_the_majority_of_their_law():
    office = an_office_with_council()
    ready(office, 2, "CSTDCS")
    ready(office, 3, "LDTT")
    a_nominee(office.lists["school"], "GK", state="ready", path="sudden", name="Người cứu nạn")
    a_nominee(office.lists["school"], "GK", name="Chưa thẩm định")

    found = asked.asked_awards(office.unit.pk, asked.ready_nominees(office.unit.pk), AT.date())

    assert [(one.code, one.route, one.percent, one.count, one.is_for_council) for one in found] == [
        ("LDTT", "show", None, 3, True),
        ("CSTDCS", "secret", 80, 2, True),
        ("GK", "chair", None, 1, False),
    ]


def test_a_province_orders_another_majority():
    office = an_office_with_council()
    LocalRule.objects.create(unit=office.province, award="CSTDCS", source="QĐ 45/2026", vote_percent=90)

    sitting = a_sitting(office, ready(office, 1))

    assert [item.percent for item in sitting.items.all()] == [90]


def test_seats_are_those_of_the_sittings_day_and_only_the_standing_body_where_the_route_says_so():
    office = an_office_with_council(4)
    CouncilMember.objects.filter(pk=office.council[3].pk).update(valid_to=dt.date(2026, 11, 1))
    CouncilMember.objects.filter(pk=office.council[0].pk).update(is_standing=True)

    whole = a_sitting(office, [])
    standing = a_sitting(office, [], route="standing", name="Thường trực")

    people = [member.person.full_name for member in office.council]
    assert [seat.name for seat in whole.seats.all()] == people[:3]
    assert [seat.name for seat in standing.seats.all()] == people[:1]


def test_names_stand_by_award_and_kind_collectives_first():
    office = an_office_with_council()
    school = office.lists["school"]
    for award, kind, name in (
        ("GK", "person", "Người 1"),
        ("GK", "collective", "Tổ Văn phòng"),
        ("CSTDCS", "person", "Người 2"),
        ("GK", "household", "Hộ ông Ba"),
    ):
        a_nominee(school, award, a_subject(office.unit, name, kind=kind), state="ready", name=name, kind=kind)

    sitting = a_sitting(office, list(office.round.nominees.all()))

    assert [item.nominee.name for item in sitting.items.all()] == ["Người 2", "Tổ Văn phòng", "Hộ ông Ba", "Người 1"]
    assert [item.order for item in sitting.items.all()] == [1, 2, 3, 4]


def test_whoever_is_before_one_open_sitting_is_offered_to_no_other():
    office = an_office_with_council()
    first, second = ready(office, 2)
    a_sitting(office, [first])

    other = a_sitting(office, [first, second], name="Phiên thứ hai")

    assert [item.nominee for item in other.items.all()] == [second]
    assert list(asked.ready_nominees(office.unit.pk)) == []


def test_who_is_proposed_and_who_heads_what_is_proposed_step_back():
    office = an_office_with_council()
    himself, head = office.council[2].person, office.council[3].person
    office.school.head = head
    office.school.save()
    school = office.lists["school"]
    person = a_nominee(school, "CSTDCS", a_subject(office.unit, "Ủy viên", person=himself), state="ready")
    whole = a_subject(office.unit, "Trường Tiểu học số 1", kind="collective", part=office.school)
    collective = a_nominee(school, "TTLDTT", whole, state="ready", kind="collective")
    pupil = a_nominee(school, "LDTT", a_subject(office.unit, "Cô giáo", part=office.school), state="ready")

    sitting = a_sitting(office, [person, collective, pupil])

    found = [(one.seat.person, one.item.nominee, one.reason) for one in Recusal.objects.order_by("item__order")]
    assert found == [(himself, person, HIMSELF), (head, collective, HEADS_IT)]
    recusal = Recusal.objects.get(item__nominee=person)
    with pytest.raises(services.NotTheTime):
        services.take_back_recusal(recusal, actor=office.secretary)
    assert sitting.seats.count() == 9


def test_the_same_name_is_asked_about_and_a_recusal_by_hand_has_its_reason():
    office = an_office_with_council(3)
    name = office.council[1].person.full_name
    nominee = a_nominee(office.lists["school"], "CSTDCS", a_subject(office.unit, name), state="ready", name=name)
    sitting = a_sitting(office, [nominee])
    seats, items = list(sitting.seats.all()), items_for_page(sitting)

    assert [(one.seat.name, one.item.nominee) for one in doubts_of(seats, items, [])] == [(name, nominee)]
    with pytest.raises(UnfitField):
        services.recuse(seats[1], items[0], actor=office.secretary, reason=" ")
    found = services.recuse(seats[1], items[0], actor=office.secretary, reason="Là người được đề nghị")
    assert doubts_of(seats, items, [(seats[1].pk, items[0].pk)]) == []

    services.take_back_recusal(found, actor=office.secretary)

    assert not Recusal.objects.exists()


def test_a_secret_route_is_not_voted_on_openly():
    office = an_office_with_council()

    with pytest.raises(UnfitField) as refused:
        a_sitting(office, [], route="secret", medium="open")

    assert refused.value.field == "medium"


def test_it_begins_only_with_names_and_everybody_marked():
    office = an_office_with_council()
    empty = a_sitting(office, [])
    present(empty)
    full = a_sitting(office, ready(office, 1), name="Đủ")

    for sitting in (empty, full):
        with pytest.raises(moving.NotReady):
            moving.open_sitting(sitting, actor=office.secretary)
    present(full)
    moving.open_sitting(full, actor=office.secretary)

    assert [Sitting.objects.get(pk=one.pk).state for one in (empty, full)] == ["draft", "open"]


def test_too_few_members_are_asked_about_and_forbid_nothing():
    office = an_office_with_council()
    sitting = a_sitting(office, ready(office, 1))
    present(sitting, absent=2)

    with pytest.raises(moving.AskFirst) as asked_first:
        moving.open_sitting(sitting, actor=office.secretary)
    assert str(asked_first.value) == "Có 7/9 thành viên dự, chưa đủ số người cần có (ít nhất 80 % số thành viên)."

    moving.open_sitting(sitting, actor=office.secretary, is_confirmed=True)

    assert sitting.state == SittingState.OPEN


def test_who_came_to_the_council_meanwhile_is_seated_before_it_begins():
    office = an_office_with_council(3)
    sitting = a_sitting(office, ready(office, 1))
    present(sitting)
    newcomer = a_person(office, "Người mới")
    CouncilMember.objects.create(unit=office.unit, person=newcomer, order=9)

    with pytest.raises(moving.NotReady) as refused:
        moving.open_sitting(sitting, actor=office.secretary)

    assert "điểm danh" in str(refused.value)
    assert [(seat.name, seat.presence) for seat in sitting.seats.all()][3:] == [("Người mới", "")]


def test_once_begun_the_list_stands_still_and_a_name_can_be_put_off():
    office = an_office_with_council()
    first, second = ready(office, 2)
    sitting = opened(office, [first])

    for act in (
        lambda: services.choose_items(sitting, actor=office.secretary, nominees=[second.pk]),
        lambda: services.change_sitting(sitting, actor=office.secretary, data=SittingData("Tên khác")),
        lambda: services.discard_sitting(sitting, actor=office.secretary),
    ):
        with pytest.raises(services.NotTheTime):
            act()
    item = sitting.items.get()
    item.sitting = sitting
    services.put_off(item, actor=office.secretary, note="Chờ xác minh")

    item = Item.objects.get()
    assert (item.nominee, item.outcome, item.note) == (first, "put_off", "Chờ xác minh")


def test_a_discarded_sitting_leaves_its_names_ready():
    office = an_office_with_council()
    [nominee] = ready(office, 1)
    sitting = a_sitting(office, [nominee])

    services.discard_sitting(sitting, actor=office.secretary)

    assert list(asked.ready_nominees(office.unit.pk)) == [nominee]


@pytest.mark.parametrize(
    ("day", "ordered", "expected"),
    [
        (dt.date(2025, 6, 30), None, (80, "Nghị định số 98/2023/NĐ-CP, Điều 30 khoản 7", True)),
        (dt.date(2025, 7, 1), None, (80, "Nghị định số 98/2023/NĐ-CP, Điều 30 khoản 7", False)),
        (dt.date(2025, 7, 1), 90, (90, "QĐ 45/2026", True)),
    ],
    ids=["in its time", "since then to be confirmed", "by the province's own paper"],
)
def test_each_majority_says_whence_it_comes(day, ordered, expected):
    office = an_office_with_council(1)
    if ordered:
        LocalRule.objects.create(unit=office.province, award="CSTDCS", source="QĐ 45/2026", vote_percent=ordered)

    [rule] = asked.vote_rules(office.unit.pk, ["CSTDCS"], day)

    assert (rule.percent, rule.source, rule.is_sure) == expected
