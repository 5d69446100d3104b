"""Which deadlines are told to whom, on which day, and never twice."""

from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from reminders.deadlines import Deadline
from reminders.models import DayOff, Ladder, Message, Notice, Planned, Snooze, UnitSettings, Watcher
from reminders.models.message import ASSIGNED
from reminders.planning import plan
from tests.factories import PersonFactory, UnitFactory, UserFactory
from tests.reminders.deadlines import KIND, deadline, only
from units.models import Membership, Person, Unit

pytestmark = pytest.mark.django_db

HANOI = ZoneInfo("Asia/Ho_Chi_Minh")
FRIDAY, SATURDAY, MONDAY, TUESDAY = (dt.date(2026, 11, day) for day in (13, 14, 16, 17))
WEDNESDAY, THURSDAY = dt.date(2026, 11, 18), dt.date(2026, 11, 19)


def at(day: dt.date, hour: int = 8, minute: int = 0) -> dt.datetime:
    return dt.datetime.combine(day, dt.time(hour, minute), HANOI)


@pytest.fixture
def unit() -> Unit:
    return UnitFactory()


@pytest.fixture
def mai(unit: Unit) -> Person:
    """The officer, with an account and an address."""
    person = PersonFactory(unit=unit, full_name="Lò Thị Mai", email="mai@vidu.example")
    UserFactory(person=person, email="", role=Membership.Role.OFFICER, unit=unit)
    return person


def told(**of: object) -> list[tuple[str, str, str, int, int]]:
    """Person, channel, purpose, subject, rung of what waits to go out."""
    rows = Notice.objects.filter(message__state="due", **of)
    rows = rows.order_by("person__full_name", "channel", "message__purpose", "subject", "rung")
    return list(rows.values_list("person__full_name", "channel", "message__purpose", "subject", "rung"))


def plan_all_before(day: dt.date) -> None:
    """As if the program had run until then and everybody knew what he follows."""
    plan(at(day), at_once=True)
    Message.objects.all().update(state="sent", attempts=1)


class TestWhen:
    @pytest.mark.parametrize(
        ("today", "rung"),
        [(dt.date(2026, 11, 9), 7), (FRIDAY, 3), (TUESDAY, 1), (WEDNESDAY, 0), (dt.date(2026, 11, 20), -2)],
    )
    def test_seven_three_and_one_working_days_before_on_the_day_then_every_second(self, unit, mai, today, rung):
        with only(deadline(unit, WEDNESDAY)):
            plan_all_before(today - dt.timedelta(days=1))

            plan(at(today), at_once=False)

        assert told(channel="app") == [("Lò Thị Mai", "app", "digest", 1, rung)]

    @pytest.mark.parametrize("today", [dt.date(2026, 11, 10), MONDAY, THURSDAY])
    def test_no_day_between_them(self, unit, mai, today):
        with only(deadline(unit, WEDNESDAY)):
            plan_all_before(today - dt.timedelta(days=1))

            plan(at(today), at_once=False)

        assert told() == []

    def test_not_on_a_day_off_and_not_within_quiet_hours(self, unit, mai):
        with only(deadline(unit, WEDNESDAY)):
            plan_all_before(MONDAY)
            plan(at(TUESDAY, 7, 29), at_once=False)
            assert told() == []

            plan(at(TUESDAY, 7, 30), at_once=False)
            assert told(channel="app") == [("Lò Thị Mai", "app", "digest", 1, 1)]

    def test_the_units_own_quiet_hours_and_days(self, unit, mai):
        UnitSettings.objects.create(unit=unit, quiet_to=dt.time(9, 0))
        DayOff.objects.create(unit=unit, day=TUESDAY, name="Lễ hội của xã")
        with only(deadline(unit, WEDNESDAY)):
            plan_all_before(FRIDAY)

            plan(at(MONDAY, 8, 59), at_once=False)
            assert told() == []
            plan(at(MONDAY, 9, 0), at_once=False)

        assert told(channel="app") == [("Lò Thị Mai", "app", "digest", 1, 1)]  # Tuesday does not count

    def test_the_units_own_ladder(self, unit, mai):
        Ladder.objects.create(unit=unit, kind=KIND, before=[2], on_the_day=False, every=0)
        with only(deadline(unit, WEDNESDAY)):
            plan_all_before(FRIDAY)

            found = []
            for day in (MONDAY, TUESDAY, WEDNESDAY, THURSDAY, dt.date(2026, 11, 20)):
                plan(at(day), at_once=False)
                found.append(Notice.objects.exclude(rung=ASSIGNED).filter(channel="app").count())

        assert found == [1, 1, 1, 1, 1]
        assert told(channel="app") == [("Lò Thị Mai", "app", "digest", 1, 2)]

    def test_what_is_snoozed_is_not_told_until_its_day_is_over(self, unit, mai):
        by = mai.user
        Snooze.objects.create(unit=unit, kind=KIND, subject=1, until=TUESDAY, reason="Chờ huyện", by=by)
        with only(deadline(unit, WEDNESDAY)):
            plan_all_before(MONDAY)
            plan(at(TUESDAY), at_once=False)
            assert told() == []

            plan(at(WEDNESDAY), at_once=False)

        assert told(channel="app") == [("Lò Thị Mai", "app", "digest", 1, 0)]


class TestOnlyOnce:
    def test_the_same_day_twice(self, unit, mai):
        with only(deadline(unit, WEDNESDAY), deadline(unit, TUESDAY, subject=2)):
            first = plan(at(TUESDAY), at_once=True)
            second = plan(at(TUESDAY, 9), at_once=True)

        assert (first.messages, first.notices) == (2, 8)  # each channel: two rungs, two new duties
        assert (second.messages, second.notices) == (0, 0)

    def test_a_new_deadline_after_todays_digest_is_told_as_newly_assigned(self, unit, mai):
        with only(deadline(unit, WEDNESDAY)) as open_ones:
            plan(at(TUESDAY), at_once=True)
            Message.objects.all().update(state="sent", attempts=1)
            open_ones.append(deadline(unit, WEDNESDAY, subject=2))

            plan(at(TUESDAY, 10), at_once=False)

        assert told(channel="app") == [("Lò Thị Mai", "app", "assigned", 2, ASSIGNED)]

    def test_new_ones_within_ten_minutes_are_one_message(self, unit, mai):
        with only() as open_ones:
            plan_all_before(TUESDAY)
            open_ones.append(deadline(unit, dt.date(2026, 12, 20)))
            plan(at(TUESDAY, 10, 0), at_once=False)
            open_ones.append(deadline(unit, dt.date(2026, 12, 20), subject=2))

            plan(at(TUESDAY, 10, 5), at_once=False)

        waiting = Message.objects.get(state="due", channel="app")
        assert waiting.next_try_at == at(TUESDAY, 10, 10)
        assert [notice.subject for notice in waiting.notices.all()] == [1, 2]

    def test_one_that_collects_over_midnight_stays_one(self, unit, mai):
        with only() as open_ones:
            plan_all_before(TUESDAY)
            open_ones.append(deadline(unit, dt.date(2026, 12, 20)))
            plan(at(TUESDAY, 23, 55), at_once=False)
            open_ones.append(deadline(unit, dt.date(2026, 12, 20), subject=2))

            plan(at(WEDNESDAY, 0, 2), at_once=False)

        assert [message.notices.count() for message in Message.objects.filter(state="due", channel="app")] == [2]

    def test_a_changed_day_is_told_anew_on_its_own_days(self, unit, mai):
        with only(deadline(unit, WEDNESDAY)) as open_ones:
            plan_all_before(TUESDAY)  # told: one working day left
            open_ones[0] = deadline(unit, dt.date(2026, 11, 23))
            found = []
            for day in (WEDNESDAY, THURSDAY, dt.date(2026, 11, 20)):
                plan(at(day), at_once=False)
                found.append(told(channel="app"))
                Message.objects.filter(state="due").update(state="sent", attempts=1)

        assert found == [
            [("Lò Thị Mai", "app", "digest", 1, 3)],
            [],
            [("Lò Thị Mai", "app", "digest", 1, 1)],
        ]


class TestSkippedDays:
    def test_the_newest_skipped_reminder_comes_today_and_older_ones_are_missed(self, unit, mai):
        with only(deadline(unit, WEDNESDAY)):
            plan_all_before(dt.date(2026, 11, 6))  # then nothing ran for a week and a half

            counts = plan(at(MONDAY), at_once=False)

        assert told(channel="app") == [("Lò Thị Mai", "app", "digest", 1, 3)]  # Friday's
        missed = Message.objects.filter(state="missed", channel="app").get()
        assert (missed.day, [one.rung for one in missed.notices.all()]) == (dt.date(2026, 11, 9), [7])
        assert counts.missed == 2  # by mail too

    def test_a_weekend_skips_nothing(self, unit, mai):
        with only(deadline(unit, WEDNESDAY)):
            plan_all_before(FRIDAY)
            for day in (SATURDAY, SATURDAY + dt.timedelta(days=1), MONDAY, TUESDAY):
                plan(at(day), at_once=False)

        assert told(channel="app") == [("Lò Thị Mai", "app", "digest", 1, 1)]
        assert not Message.objects.filter(state="missed").exists()

    def test_what_could_not_go_out_yesterday_comes_with_todays_digest(self, unit, mai):
        with only(deadline(unit, WEDNESDAY), deadline(unit, TUESDAY, subject=2)):
            plan_all_before(FRIDAY)
            plan(at(MONDAY), at_once=False)
            plan(at(TUESDAY), at_once=False)

        waiting = Message.objects.get(state="due", channel="mail")
        assert waiting.day == TUESDAY
        assert sorted((one.subject, one.rung) for one in waiting.notices.all()) == [(1, 1), (2, 0), (2, 1)]
        folded = Message.objects.get(channel="mail", day=MONDAY)
        assert (folded.state, folded.is_moot) == ("missed", True)


class TestWho:
    def test_the_follower_and_those_named_besides_not_the_officers(self, unit, mai):
        tam = PersonFactory(unit=unit, full_name="Vàng A Tâm", email="tam@vidu.example")
        yen = PersonFactory(unit=unit, full_name="Hà Thị Yên", email="yen@vidu.example")
        Watcher.objects.create(unit=unit, kind=KIND, subject=1, person=yen, added_by=mai.user)
        with only(deadline(unit, WEDNESDAY, follower=tam)):
            plan(at(TUESDAY), at_once=True)

        assert {(name, channel) for name, channel, *_ in told()} == {("Vàng A Tâm", "mail"), ("Hà Thị Yên", "mail")}

    def test_without_a_follower_the_officers(self, unit, mai):
        with only(deadline(unit, WEDNESDAY)):
            plan(at(TUESDAY), at_once=True)

        assert {(name, channel) for name, channel, *_ in told()} == {("Lò Thị Mai", "app"), ("Lò Thị Mai", "mail")}

    def test_who_can_be_told_in_no_way_is_missed_where_it_is_seen(self, unit, mai):
        tam = PersonFactory(unit=unit, full_name="Vàng A Tâm", email="")
        with only(deadline(unit, WEDNESDAY, follower=tam)):
            plan(at(TUESDAY), at_once=True)

        message = Message.objects.get(person=tam)
        assert (message.state, message.channel, message.result) == (
            "missed",
            "none",
            "Người này chưa có tài khoản, chưa có thư điện tử.",
        )
        assert message.notices.count() == 2

    def test_nobody_of_another_unit_is_told(self, unit, mai):
        other = UnitFactory()
        lan = PersonFactory(unit=other, full_name="Lường Thị Lan", email="lan@vidu.example")
        UserFactory(person=lan, role=Membership.Role.OFFICER, unit=other)
        with only(deadline(unit, WEDNESDAY), deadline(other, WEDNESDAY, subject=2)):
            plan(at(TUESDAY), at_once=True)

        assert {(row[0], row[3]) for row in told()} == {("Lò Thị Mai", 1), ("Lường Thị Lan", 2)}
        assert set(Message.objects.values_list("person__full_name", "unit")) == {
            ("Lò Thị Mai", unit.pk),
            ("Lường Thị Lan", other.pk),
        }


def test_as_many_queries_for_many_units_as_for_one():
    def queries(count: int) -> int:
        units = [UnitFactory() for _ in range(count)]
        open_ones: list[Deadline] = []
        for unit in units:
            person = PersonFactory(unit=unit, email=f"a{unit.pk}@vidu.example")
            UserFactory(person=person, role=Membership.Role.OFFICER, unit=unit)
            open_ones += [deadline(unit, WEDNESDAY, subject=unit.pk * 100 + one) for one in range(4)]
        with (
            only(*open_ones),
            CaptureQueriesContext(
                connection,
            ) as found,
        ):
            plan(at(TUESDAY), at_once=True, units=[unit.pk for unit in units])
        assert Planned.objects.filter(unit__in=units).count() == count
        assert Notice.objects.filter(message__unit__in=units).count() == count * 4 * 2 * 2
        return len(found)

    assert queries(1) == queries(6)  # SQLite takes about a hundred rows with one INSERT, PostgreSQL thousands
