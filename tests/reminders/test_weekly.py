"""The leaders' weekly digest: only where it is switched on, only to leaders of that very unit, once a week."""

from __future__ import annotations

import datetime as dt
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from reminders import digests
from reminders.asking.deadlines import KIND as REQUEST
from reminders.deadlines import Deadline
from reminders.models import DayOff, Message, Notice, Planned, Preference, UnitSettings, Wording
from reminders.weekly import MOST_LINES, compose_weekly, plan_weekly, week_words
from tests.factories import PersonFactory, UnitFactory, UserFactory
from tests.reminders.deadlines import KIND, deadline, only
from units.models import Membership, Person, Unit

pytestmark = pytest.mark.django_db

Role = Membership.Role
MONDAY = dt.date(2026, 11, 9)
QUERIES_TO_PLAN = 8


def at(day: dt.date, hour: int = 8) -> dt.datetime:
    return dt.datetime.combine(day, dt.time(hour), ZoneInfo("Asia/Ho_Chi_Minh"))


def person(unit: Unit, name: str, *roles: str, email: str = "", **fields: Any) -> Person:
    found = PersonFactory(unit=unit, full_name=name, **fields)
    user = UserFactory(person=found, email=email)
    for role in roles:
        Membership.objects.create(user=user, unit=unit, role=role)
    return found


@pytest.fixture(autouse=True)
def _today(time_machine) -> None:
    time_machine.move_to(at(MONDAY), tick=False)


@pytest.fixture
def unit() -> Unit:
    return switched_on(UnitFactory(name="Vân Khê"))


def switched_on(unit: Unit) -> Unit:
    UnitSettings.objects.create(unit=unit, leader_weekly=True)
    return unit


@pytest.fixture
def thang(unit) -> Person:
    return person(unit, "Lò Văn Thắng", Role.LEADER, email="thang@vidu.vn", honorific="Ông")


def planned() -> list[tuple[str, str, str]]:
    rows = Message.objects.filter(purpose="weekly").order_by("person__full_name", "channel", "day")
    return [(row.person.full_name, row.channel, f"{row.day:%d/%m}") for row in rows]


def said(moment: dt.datetime | None = None) -> list[digests.Content | None]:
    messages = list(Message.objects.select_related("person", "unit").order_by("pk"))
    return list(compose_weekly(messages, moment or at(MONDAY)).values())


# -- To whom and when ------------------------------------------------------------------


def test_a_leader_gets_it_in_the_program_and_by_mail(thang):
    assert plan_weekly(at(MONDAY), at_once=False) == 2

    assert planned() == [("Lò Văn Thắng", "app", "09/11"), ("Lò Văn Thắng", "mail", "09/11")]
    row = Message.objects.get(channel="mail")
    assert (row.unit, row.state, row.address, row.next_try_at) == (
        thang.unit,
        "due",
        "thang@vidu.vn",
        at(MONDAY),
    )


def test_switched_off_nobody_gets_anything(unit, thang):
    UnitSettings.objects.update(leader_weekly=False)
    silent = UnitFactory()
    person(silent, "Lò Thị Im", Role.LEADER)

    assert plan_weekly(at(MONDAY), at_once=True) == 0
    assert planned() == []


def test_nothing_is_reported_upward_by_machine(unit, thang):
    """The unit above has the switch on, leaders, reviewers; the unit below is late. Nobody above hears of it."""
    province = switched_on(UnitFactory(province=True))
    unit.parent = province
    unit.save()
    person(province, "Giám đốc Sở", Role.LEADER, email="so@vidu.vn")
    person(province, "Người thẩm định", Role.REVIEWER, email="tham@vidu.vn")
    person(unit, "Cán bộ xã", Role.OFFICER, email="xa@vidu.vn")
    late = dt.date(2026, 11, 2)
    above, below = deadline(province, late, what="Việc của Sở"), deadline(unit, late, subject=2, what="Xã chậm")

    plan_weekly(at(MONDAY), at_once=False)
    with only(above, below):
        messages = list(Message.objects.select_related("person", "unit").order_by("person__full_name", "channel"))
        found = compose_weekly(messages, at(MONDAY))

    assert [(row.person.full_name, row.unit, _lines(found[row.pk])) for row in messages if row.channel == "app"] == [
        ("Giám đốc Sở", province, ["Việc của Sở"]),
        ("Lò Văn Thắng", unit, ["Xã chậm"]),
    ]


def _lines(content: digests.Content | None) -> list[str]:
    return [line.what for group in content.groups for line in group.lines] if content else []


def test_it_goes_out_on_the_first_working_day_of_the_week_only(unit, thang):
    told = []
    for step in range(14):
        day = MONDAY + dt.timedelta(days=step)
        if plan_weekly(at(day), at_once=False):
            told.append(day)
        Planned.objects.update_or_create(unit=unit, defaults={"day": day})

    assert told == [MONDAY, MONDAY + dt.timedelta(days=7)]


@pytest.mark.parametrize(
    ("own", "first"),
    [
        ({MONDAY: False}, dt.date(2026, 11, 10)),
        ({}, MONDAY),
    ],
)
def test_where_monday_is_off_it_is_the_day_after(unit, thang, own, first):
    for day, is_working in own.items():
        DayOff.objects.create(unit=unit, day=day, is_working=is_working, name="Hội")
    told = []
    for step in range(5):
        day = MONDAY + dt.timedelta(days=step)
        told += [day] * bool(plan_weekly(at(day), at_once=False))
        Planned.objects.update_or_create(unit=unit, defaults={"day": day})

    assert told == [first]


def test_where_the_program_did_not_run_it_goes_out_on_the_next_working_day(unit, thang):
    Planned.objects.create(unit=unit, day=dt.date(2026, 11, 6))

    assert plan_weekly(at(dt.date(2026, 11, 11)), at_once=False) == 2
    assert planned() == [("Lò Văn Thắng", "app", "11/11"), ("Lò Văn Thắng", "mail", "11/11")]


def test_switched_on_in_the_middle_of_a_week_it_begins_with_the_next(unit, thang):
    Planned.objects.create(unit=unit, day=dt.date(2026, 11, 10))

    assert plan_weekly(at(dt.date(2026, 11, 11)), at_once=True) == 0
    assert plan_weekly(at(dt.date(2026, 11, 16)), at_once=True) == 2


def test_quiet_hours_are_waited_for_unless_somebody_asks_at_once(thang):
    assert plan_weekly(at(MONDAY, hour=7), at_once=False) == 0
    assert plan_weekly(at(MONDAY, hour=7), at_once=True) == 2


def test_the_same_day_twice_makes_it_once(thang):
    assert [plan_weekly(at(MONDAY), at_once=False) for _ in range(3)] == [2, 0, 0]
    assert len(planned()) == 2


def test_only_the_units_asked_for(unit, thang):
    other = switched_on(UnitFactory())
    person(other, "Lò Thị Khác", Role.LEADER)

    assert plan_weekly(at(MONDAY), at_once=False, units=[other.pk]) == 1
    assert planned() == [("Lò Thị Khác", "app", "09/11")]


def test_who_wants_no_mail_gets_none(unit, thang):
    Preference.objects.create(person=thang, by_mail=False)

    assert plan_weekly(at(MONDAY), at_once=False) == 1
    assert planned() == [("Lò Văn Thắng", "app", "09/11")]


def test_it_asks_as_often_for_many_units_as_for_few(django_assert_num_queries):
    def asked(count: int) -> None:
        for number in range(count):
            person(switched_on(UnitFactory()), f"Lãnh đạo {number}", Role.LEADER)
        with django_assert_num_queries(QUERIES_TO_PLAN):
            assert plan_weekly(at(MONDAY), at_once=False) == count

    asked(3)
    asked(40)  # of more rows SQLite takes no more in one INSERT


# -- What it says ----------------------------------------------------------------------


def told_of(*open_ones: Deadline, moment: dt.datetime | None = None) -> digests.Content | None:
    plan_weekly(at(MONDAY), at_once=True)
    with only(*open_ones):
        first, *others = said(moment)
    assert all(other == first for other in others)
    return first


def request_deadline(unit: Unit, due: dt.date, what: str) -> Deadline:
    return Deadline(REQUEST, 90, unit.pk, due, what)


def test_what_is_late_what_is_due_and_who_has_not_sent(unit, thang):
    may = person(unit, "Lò Thị Mây")
    found = told_of(
        deadline(unit, dt.date(2026, 11, 3), subject=1, what="Gửi báo cáo quý III", follower=may),
        deadline(unit, dt.date(2026, 11, 8), subject=2, what="Việc hạn Chủ nhật"),
        deadline(unit, MONDAY, subject=3, what="Họp Hội đồng"),
        deadline(unit, dt.date(2026, 11, 13), subject=4, what="Trình tờ trình"),
        deadline(unit, dt.date(2026, 11, 16), subject=5, what="Việc tuần sau"),
    )

    assert found is not None
    assert found.subject == "Tổng hợp tuần từ 09/11/2026: 2 việc quá hạn, 2 việc đến hạn trong tuần"
    assert found.greeting == (
        "Kính gửi ông Lò Văn Thắng,\n"
        "Tổng hợp việc thi đua, khen thưởng của xã Vân Khê, tuần từ 09/11/2026 đến 15/11/2026:"
    )
    assert [(group.head, [(line.what, line.note, line.url) for line in group.lines]) for group in found.groups] == [
        (
            "Quá hạn",
            [
                ("Gửi báo cáo quý III", "quá 6 ngày; theo dõi: Lò Thị Mây", "/xem/1/"),
                ("Việc hạn Chủ nhật", "quá 1 ngày", "/xem/2/"),
            ],
        ),
        (
            "Đến hạn trong tuần",
            [("Họp Hội đồng", "đến hạn hôm nay", "/xem/3/"), ("Trình tờ trình", "còn 4 ngày làm việc", "/xem/4/")],
        ),
    ]
    assert found.closing == ("Bản tổng hợp này chỉ gửi lãnh đạo của đơn vị. Cán bộ bật hoặc tắt ở «Cách nhắc việc».")


def test_requests_that_wait_for_somebody_stand_by_themselves_however_far_their_day(unit, thang, monkeypatch):
    monkeypatch.setattr("tests.reminders.deadlines.KIND", REQUEST)

    found = told_of(request_deadline(unit, dt.date(2026, 12, 20), "Danh sách khen thưởng: còn 26 nơi chưa gửi"))

    assert found is not None
    assert found.subject == "Tổng hợp tuần từ 09/11/2026: 1 yêu cầu còn nơi chưa gửi"
    assert [(group.head, [line.what for line in group.lines]) for group in found.groups] == [
        ("Yêu cầu còn nơi chưa gửi", ["Danh sách khen thưởng: còn 26 nơi chưa gửi"])
    ]


def test_what_was_settled_last_week_is_counted(unit, thang):
    message = Message.objects.create(
        unit=unit, person=thang, channel="app", purpose="digest", day=dt.date(2026, 11, 4), state="sent"
    )
    older = Message.objects.create(
        unit=unit, person=thang, channel="app", purpose="digest", day=dt.date(2026, 10, 30), state="sent"
    )
    for on, subject in ((message, 1), (message, 2), (message, 3), (older, 4)):
        Notice.objects.create(
            message=on, kind=KIND, subject=subject, due=dt.date(2026, 11, 6), rung=1, person=thang, channel="app"
        )
    plan_weekly(at(MONDAY), at_once=True)

    with only(deadline(unit, dt.date(2026, 11, 6), subject=3)):
        found = compose_weekly(list(Message.objects.filter(purpose="weekly")), at(MONDAY))

    assert {content.closing.split("\n")[0] for content in found.values() if content} == {
        "Trong số việc đã nhắc tuần trước, 2 việc đã xong hoặc không còn phải làm."
    }


def test_of_very_many_the_longest_late_are_named(unit, thang):
    many = [deadline(unit, dt.date(2026, 10, 1), subject=number) for number in range(MOST_LINES + 15)]

    found = told_of(*many)

    assert found is not None
    assert [(group.head, len(group.lines)) for group in found.groups] == [("Quá hạn (nêu 20 trong 35 việc)", 20)]
    assert found.subject.endswith(": 35 việc quá hạn")


def test_a_week_with_nothing_to_tell_says_nothing(unit, thang):
    assert told_of(deadline(unit, dt.date(2026, 12, 1))) is None


def test_who_is_no_leader_any_more_is_told_nothing(unit, thang):
    plan_weekly(at(MONDAY), at_once=True)
    late = deadline(unit, dt.date(2026, 11, 2))
    with only(late):
        assert [content is not None for content in said()] == [True, True]
        Membership.objects.filter(user__person=thang).delete()
        assert said() == [None, None]


def test_where_it_is_switched_off_before_it_goes_out_nothing_goes(unit, thang):
    plan_weekly(at(MONDAY), at_once=True)
    UnitSettings.objects.update(leader_weekly=False)

    with only(deadline(unit, dt.date(2026, 11, 2))):
        assert said() == [None, None]


def test_a_unit_s_own_greeting(unit, thang):
    Wording.objects.create(unit=unit, name="weekly_greeting", text="Báo cáo {nguoi_nhan}, {tuan}.")

    found = told_of(deadline(unit, dt.date(2026, 11, 2)))

    assert found is not None
    assert found.greeting == "Báo cáo ông Lò Văn Thắng, tuần từ 09/11/2026 đến 15/11/2026."


def test_the_mail_is_composed_through_the_door_of_all_mails(unit, thang):
    plan_weekly(at(MONDAY), at_once=True)

    with only(deadline(unit, dt.date(2026, 11, 2), what="Gửi báo cáo")):
        found = digests.compose(Message.objects.select_related("person", "unit"), at(MONDAY))

    assert {content.subject for content in found.values() if content} == {
        "Tổng hợp tuần từ 09/11/2026: 1 việc quá hạn"
    }


def test_composing_asks_as_often_for_many_units_as_for_few(django_assert_num_queries):
    units = [switched_on(UnitFactory()) for _ in range(60)]
    for number, one in enumerate(units):
        person(one, f"Lãnh đạo {number}", Role.LEADER)
    plan_weekly(at(MONDAY), at_once=True)
    messages = list(Message.objects.select_related("person", "unit"))
    late = [deadline(one, dt.date(2026, 11, 2), subject=one.pk) for one in units]

    for count in (3, 60):
        with only(*late), django_assert_num_queries(5):
            found = compose_weekly(messages[:count], at(MONDAY))
        assert sum(content is not None for content in found.values()) == count


@pytest.mark.parametrize("day", [dt.date(2026, 11, 9), dt.date(2026, 11, 12), dt.date(2026, 11, 15)])
def test_a_week_is_named_from_monday_to_sunday(day):
    assert week_words(day) == "tuần từ 09/11/2026 đến 15/11/2026"
