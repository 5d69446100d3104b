"""What a message says: grouped, calm lines that are true at the moment of handing over."""

from __future__ import annotations

import dataclasses
import datetime as dt
from fractions import Fraction

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from reminders import costs, digests
from reminders.costs import Cost
from reminders.deadlines import Deadline
from reminders.digests import Content, Group, Line
from reminders.models import DayOff, Message, Snooze, Watcher, Wording
from reminders.models.message import ASSIGNED
from tests.factories import PersonFactory, UnitFactory
from tests.reminders.deadlines import KIND, deadline, only
from tests.reminders.sending.rows import FRIDAY, MONDAY, SATURDAY, TUESDAY, WEDNESDAY, at, message, officer
from units.models import Person, Unit

pytestmark = pytest.mark.django_db

NOON = at(TUESDAY, 12)


def said(row: Message, moment: dt.datetime = NOON) -> Content | None:
    return digests.compose([row], moment)[row.pk]


def lines(content: Content | None) -> dict[str, list[tuple[str, str]]]:
    """Head → what and note."""
    assert content is not None
    return {group.head: [(line.what, line.note) for line in group.lines] for group in content.groups}


class TestGroups:
    def test_late_today_soon_and_new_each_with_its_distance(self, unit: Unit, mai: Person):
        late, due, soon, new = (
            deadline(unit, day, subject=n, follower=mai)
            for n, day in enumerate([FRIDAY, TUESDAY, WEDNESDAY + dt.timedelta(days=1), WEDNESDAY])
        )
        row = message(mai, late, due, soon)
        row.notices.create(kind=KIND, subject=3, due=WEDNESDAY, rung=ASSIGNED, person=mai, channel="mail")

        with only(new, soon, due, late):
            content = said(row)

        assert lines(content) == {
            "Quá hạn": [("Việc số 0", "quá 4 ngày")],
            "Hôm nay": [("Việc số 1", "đến hạn hôm nay")],
            "Sắp đến hạn": [("Việc số 2", "còn 2 ngày làm việc")],
            "Việc mới phải theo dõi": [("Việc số 3", "còn 1 ngày làm việc")],
        }
        assert content.subject == (
            "Nhắc việc ngày 17/11/2026: 1 việc quá hạn, 1 việc đến hạn hôm nay, 1 việc sắp đến hạn, 1 việc mới"
        )

    def test_the_oldest_day_comes_first_in_its_group(self, unit, mai):
        due = [deadline(unit, day, subject=n, follower=mai) for n, day in enumerate([MONDAY, FRIDAY, SATURDAY])]
        with only(*due):
            assert list(lines(said(message(mai, *due))).values()) == [
                [
                    ("Việc số 1", "quá 4 ngày"),
                    ("Việc số 2", "quá 3 ngày"),
                    ("Việc số 0", "quá 1 ngày"),
                ]
            ]

    def test_what_is_told_on_a_rung_and_as_new_is_told_once(self, unit, mai):
        due = deadline(unit, WEDNESDAY, follower=mai)
        row = message(mai, due)
        row.notices.create(kind=KIND, subject=1, due=WEDNESDAY, rung=ASSIGNED, person=mai, channel="mail")

        with only(due):
            assert lines(said(row)) == {"Sắp đến hạn": [("Việc số 1", "còn 1 ngày làm việc")]}

    def test_a_deadline_on_a_day_off_is_todays_on_the_working_day_before(self, unit, mai):
        due = deadline(unit, SATURDAY + dt.timedelta(days=1), follower=mai)
        with only(due):
            content = said(message(mai, due, day=FRIDAY, rung=0), at(FRIDAY))

        assert lines(content) == {"Hôm nay": [("Việc số 1", "hạn vào ngày nghỉ, cần xong trong hôm nay")]}

    def test_late_since_the_weekend_began(self, unit, mai):
        due = deadline(unit, FRIDAY, follower=mai)
        with only(due):
            content = said(message(mai, due, day=SATURDAY), at(SATURDAY))

        assert lines(content) == {"Quá hạn": [("Việc số 1", "quá 1 ngày")]}

    def test_days_left_are_those_on_which_the_unit_works(self, unit, mai):
        DayOff.objects.create(unit=unit, day=WEDNESDAY, name="Lễ hội của xã")
        due = deadline(unit, dt.date(2026, 11, 19), follower=mai)
        with only(due):
            assert lines(said(message(mai, due))) == {"Sắp đến hạn": [("Việc số 1", "còn 1 ngày làm việc")]}

    def test_over_midnight_it_is_the_day_in_hanoi_that_counts(self, unit, mai):
        due = deadline(unit, TUESDAY, follower=mai)
        row = message(mai, due)
        with only(due):
            before = said(row, dt.datetime(2026, 11, 17, 16, 59, 59, tzinfo=dt.UTC))
            after = said(row, dt.datetime(2026, 11, 17, 17, 0, 0, tzinfo=dt.UTC))

        assert (lines(before), before.subject) == (
            {"Hôm nay": [("Việc số 1", "đến hạn hôm nay")]},
            "Nhắc việc ngày 17/11/2026: 1 việc đến hạn hôm nay",
        )
        assert (lines(after), after.subject) == (
            {"Quá hạn": [("Việc số 1", "quá 1 ngày")]},
            "Nhắc việc ngày 18/11/2026: 1 việc quá hạn",
        )


class TestLines:
    def test_a_line_says_whence_it_comes_what_it_costs_and_opens_the_form(self, unit, mai, monkeypatch):
        due = dataclasses.replace(deadline(unit, MONDAY, follower=mai), origin="Kế hoạch công tác năm 2026")
        monkeypatch.setattr(
            costs, "_costings", [lambda found, day: {one.key: Cost(Fraction(5), "đã trừ 5 điểm") for one in found}]
        )
        with only(due):
            content = said(message(mai, due))

        assert content.groups == (
            Group(
                "Quá hạn",
                (
                    Line(
                        "Việc số 1",
                        MONDAY,
                        "quá 1 ngày",
                        "Kế hoạch công tác năm 2026",
                        "/ghi/1/",
                        "đã trừ 5 điểm",
                        "Ghi kết quả",
                    ),
                ),
            ),
        )

    def test_who_has_no_account_gets_no_links_to_pages(self, unit):
        tam = PersonFactory(unit=unit, email="tam@vidu.example")
        due = deadline(unit, WEDNESDAY, follower=tam)
        with only(due):
            [group] = said(message(tam, due)).groups

        assert [line.url for line in group.lines] == [""]

    def test_the_units_own_words_around_them(self, unit, mai):
        Wording.objects.create(unit=unit, name="digest_greeting", text="Chào {nguoi_nhan}, có {so_viec} việc:")
        Wording.objects.create(unit=unit, name="digest_closing", text="Xem {lien_ket}")
        due = deadline(unit, WEDNESDAY, follower=mai)
        with only(due):
            content = said(message(mai, due))

        assert (content.greeting, content.closing) == (
            "Chào bà Lò Thị Mai, có 1 việc:",
            "Xem http://127.0.0.1:8000/",
        )

    def test_one_new_duty_stands_in_the_subject_and_a_long_one_is_cut(self, unit, mai):
        short, long = deadline(unit, WEDNESDAY, follower=mai), deadline(unit, WEDNESDAY, follower=mai, what="Ạ" * 300)
        row = message(mai, short, purpose="assigned", rung=ASSIGNED)
        with only(short):
            assert said(row).subject == "Việc mới phải theo dõi, hạn 18/11/2026: Việc số 1"
        with only(long):
            assert (len(said(row).subject), said(row).subject[-3:]) == (200, "ẠẠ…")

    def test_json_keeps_all_of_it(self, unit, mai):
        due = deadline(unit, WEDNESDAY, follower=mai)
        row = message(mai, due)
        assert Content.of(row) is None
        with only(due):
            content = said(row)
        row.subject, row.content = content.subject, content.as_json()
        row.save()
        row.refresh_from_db()

        assert Content.of(row) == content
        assert set(row.content) == {"greeting", "groups", "closing"}
        assert row.content["groups"][0]["lines"][0] == {
            "what": "Việc số 1",
            "due": "2026-11-18",
            "note": "còn 1 ngày làm việc",
            "origin": "",
            "url": "/ghi/1/",
            "cost": "",
            "act": "Ghi kết quả",
        }


class TestNoLongerTold:
    def test_what_was_settled(self, unit, mai):
        row = message(mai, deadline(unit, WEDNESDAY, follower=mai))
        with only():
            assert said(row) is None

    def test_what_was_moved_to_another_day_but_not_the_news_that_one_follows_it(self, unit, mai):
        row = message(mai, deadline(unit, WEDNESDAY, follower=mai))
        new = message(mai, deadline(unit, WEDNESDAY, follower=mai), purpose="assigned", rung=ASSIGNED)
        with only(deadline(unit, dt.date(2026, 12, 1), follower=mai)):
            assert said(row) is None
            assert lines(said(new)) == {"Việc mới phải theo dõi": [("Việc số 1", "còn 9 ngày làm việc")]}

    @pytest.mark.parametrize(("until", "is_told"), [(MONDAY, True), (TUESDAY, False)])
    def test_what_is_put_off_until_the_end_of_that_day(self, unit, mai, until, is_told):
        due = deadline(unit, WEDNESDAY, follower=mai)
        Snooze.objects.create(unit=unit, kind=KIND, subject=1, until=until, reason="Chờ tỉnh", by=mai.user)
        with only(due):
            assert (said(message(mai, due)) is not None) is is_told

    def test_what_somebody_else_follows_by_now(self, unit, mai):
        yen = officer(unit, "Hà Thị Yên", "yen@vidu.example")
        row = message(mai, deadline(unit, WEDNESDAY, follower=mai))
        with only(deadline(unit, WEDNESDAY, follower=yen)):
            assert said(row) is None

            Watcher.objects.create(unit=unit, kind=KIND, subject=1, person=mai, added_by=yen.user)
            assert lines(said(row)) == {"Sắp đến hạn": [("Việc số 1", "còn 1 ngày làm việc")]}

    def test_nothing_of_another_units_kind_or_number(self, unit, mai):
        """Another kind, another slot: told by nothing but the three together."""
        due = deadline(unit, WEDNESDAY, follower=mai)
        row = message(mai, due)
        with only(dataclasses.replace(due, slot=2)):
            assert said(row) is None


class TestAgain:
    def test_what_was_said_is_said_again(self, unit, mai):
        first = message(mai, deadline(unit, WEDNESDAY, follower=mai), state="uncertain")
        content = Content("Nhắc việc", "Kính gửi", (Group("Quá hạn", (Line("Việc cũ", FRIDAY),)),), "Hết")
        again = message(mai, subject=content.subject, content=content.as_json(), again=first)
        with only():
            assert said(again) == content

    def test_where_nothing_was_said_it_is_composed_of_the_first_ones_notices(self, unit, mai):
        due = deadline(unit, WEDNESDAY, follower=mai)
        first = message(mai, due, state="missed")
        second = message(mai, state="missed", again=first)
        third = message(mai, again=second)
        with only(due):
            found = digests.compose([third, second], NOON)

        assert [lines(found[row.pk]) for row in (third, second)] == [
            {"Sắp đến hạn": [("Việc số 1", "còn 1 ngày làm việc")]}
        ] * 2


def test_as_many_queries_for_many_messages_as_for_one():
    def queries(count: int) -> int:
        rows, open_ones = [], list[Deadline]()
        for n in range(count):
            unit = UnitFactory()
            person = officer(unit, email=f"a{n}@vidu.example")
            due = [deadline(unit, WEDNESDAY, subject=unit.pk * 100 + one) for one in range(4)]
            rows.append(message(person, *due))
            open_ones += due
        messages = list(Message.objects.filter(pk__in=[row.pk for row in rows]).select_related("unit", "person"))
        with only(*open_ones), CaptureQueriesContext(connection) as found:
            contents = digests.compose(messages, NOON)
        assert [sum(len(group.lines) for group in content.groups) for content in contents.values()] == [4] * count
        return len(found)

    assert queries(1) == queries(7) == 7
