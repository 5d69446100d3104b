"""Messages in the program: handed over by their row alone. Quiet hours, and what makes a message wait."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from reminders import sending
from reminders.models import Message, UnitSettings
from reminders.quiet import is_quiet
from tests.factories import UnitFactory
from tests.reminders.deadlines import deadline, only
from tests.reminders.sending.rows import MONDAY, TUESDAY, WEDNESDAY, at, message, officer, standing

pytestmark = pytest.mark.django_db


def hand_over(moment: dt.datetime, *, respects_quiet: bool = False) -> dict[tuple[str, str], int]:
    return dict(sending.hand_over(moment, respects_quiet=respects_quiet))


def test_it_is_there_with_its_words_and_not_read(unit, mai):
    row = message(mai, due := deadline(unit, WEDNESDAY, follower=mai), channel="app")
    settled = message(mai, deadline(unit, WEDNESDAY, subject=2, follower=mai), channel="app", day=MONDAY)

    with only(due):
        assert hand_over(at(TUESDAY)) == {("app", "sent"): 1, ("app", "missed"): 1}
        assert hand_over(at(TUESDAY)) == {}

    assert standing(row) == ("sent", 1, "")
    assert (row.subject, row.read_at) == ("Nhắc việc ngày 17/11/2026: 1 việc sắp đến hạn", None)
    assert row.content["groups"][0]["lines"][0]["what"] == "Việc số 1"
    assert standing(settled)[0] == "missed"
    assert (settled.is_moot, settled.content) == (True, {})


def test_what_is_not_due_yet_waits(unit, mai):
    row = message(mai, due := deadline(unit, WEDNESDAY, follower=mai), channel="app", next_try_at=at(TUESDAY, 10, 10))

    with only(due):
        assert hand_over(at(TUESDAY, 10, 9)) == {}
        assert hand_over(at(TUESDAY, 10, 10)) == {("app", "sent"): 1}

    assert standing(row)[0] == "sent"


def test_as_many_queries_for_many_as_for_one():
    def queries(count: int) -> int:
        due = []
        for n in range(count):
            unit = UnitFactory()
            person = officer(unit, email=f"a{n}@vidu.example")
            due.append(deadline(unit, WEDNESDAY, subject=unit.pk, follower=person))
            message(person, due[-1], channel="app")
        with only(*due), CaptureQueriesContext(connection) as found:
            assert hand_over(at(TUESDAY)) == {("app", "sent"): count}
        return len(found)

    assert queries(1) == queries(9)


class TestQuietHours:
    @pytest.mark.parametrize(
        ("begins", "ends", "quiet", "awake"),
        [
            ("19:00", "07:30", ["19:00", "23:59", "00:00", "07:29"], ["07:30", "12:00", "18:59"]),
            ("12:00", "13:30", ["12:00", "13:29"], ["11:59", "13:30", "00:00"]),
            ("06:00", "06:00", [], ["05:59", "06:00", "06:01"]),
        ],
    )
    def test_they_may_go_past_midnight(self, unit, mai, begins, ends, quiet, awake):
        ends_at, begins_at = dt.time.fromisoformat(ends), dt.time.fromisoformat(begins)
        UnitSettings.objects.create(unit=unit, quiet_from=begins_at, quiet_to=ends_at)
        due = deadline(unit, WEDNESDAY, follower=mai)

        for words, is_so in [*((time, True) for time in quiet), *((time, False) for time in awake)]:
            time = dt.time.fromisoformat(words)
            assert is_quiet(time, begins_at, ends_at) is is_so
            Message.objects.all().delete()
            row = message(mai, due, channel="app", next_try_at=at(MONDAY))
            with only(due):
                hand_over(at(TUESDAY, time.hour, time.minute), respects_quiet=True)
            assert (standing(row)[0] == "due") is is_so, words

    def test_a_unit_that_says_nothing_has_the_usual_ones_beside_one_that_does(self, unit, mai):
        late_unit = UnitFactory()
        UnitSettings.objects.create(unit=late_unit, quiet_from=dt.time(22, 0), quiet_to=dt.time(9, 0))
        yen = officer(late_unit, "Hà Thị Yên", "yen@vidu.example")
        due = [deadline(unit, WEDNESDAY, subject=1, follower=mai), deadline(late_unit, WEDNESDAY, subject=2)]
        usual, own = message(mai, due[0], channel="app"), message(yen, due[1], channel="app")

        def states(hour: int, minute: int = 0) -> list[str]:
            Message.objects.update(state="due", next_try_at=at(MONDAY))
            with only(*due):
                hand_over(at(TUESDAY, hour, minute), respects_quiet=True)
            return [standing(row)[0] for row in (usual, own)]

        assert states(7, 29) == ["due", "due"]
        assert states(7, 30) == ["sent", "due"]
        assert states(9) == ["sent", "sent"]
        assert states(19) == ["due", "sent"]
        assert states(22) == ["due", "due"]

    def test_who_sends_at_once_and_who_sends_again_does_not_wait_for_their_end(self, unit, mai):
        due = deadline(unit, WEDNESDAY, follower=mai)
        night = at(TUESDAY, 23)
        row = message(mai, due, channel="app")
        again = message(mai, channel="app", again=message(mai, due, channel="app", state="failed", day=MONDAY, rung=2))

        with only(due):
            assert hand_over(night, respects_quiet=True) == {("app", "sent"): 1}
            assert (standing(row)[0], standing(again)[0]) == ("due", "sent")
            assert hand_over(night, respects_quiet=False) == {("app", "sent"): 1}
