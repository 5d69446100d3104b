"""The running sweep, and ``send_reminders`` that does the same at once."""

from __future__ import annotations

import datetime as dt
import json
from typing import Any

import pytest
import time_machine
from django.core.management import call_command

from reminders import sweep, tasks
from reminders.models import Message, Planned, UnitSettings
from tests.reminders.deadlines import deadline, only
from tests.reminders.sending.rows import FRIDAY, MONDAY, TUESDAY, WEDNESDAY, at, message, officer, standing

pytestmark = pytest.mark.django_db


def run(moment: dt.datetime) -> None:
    """As the clock wakes both, at that time."""
    with time_machine.travel(moment, tick=False):
        tasks.sweep.delay()
        tasks.mail_due.delay()


def everybody_knows(moment: dt.datetime) -> None:
    """As if the program had run until then, and nothing of it were left but what was planned."""
    run(moment)
    Message.objects.filter(state="due").update(state="sent", day=dt.date(2026, 1, 1))


def gone() -> list[tuple[str, str]]:
    """Channel and subject of what went out this week."""
    return list(Message.objects.filter(state="sent", day__gte=MONDAY).order_by("pk").values_list("channel", "subject"))


class TestRunning:
    def test_what_is_due_goes_out_when_quiet_hours_end_once_for_each_channel(self, unit, mai, server):
        with only(deadline(unit, TUESDAY, follower=mai)):
            everybody_knows(at(FRIDAY))
            run(at(TUESDAY, 7, 29))
            before = gone()
            run(at(TUESDAY, 7, 30))
            run(at(TUESDAY, 7, 31))
            run(at(TUESDAY, 18, 59))

        subject = "Nhắc việc ngày 17/11/2026: 1 việc đến hạn hôm nay"
        assert before == []
        assert gone() == [("app", subject), ("mail", subject)]
        assert server.subjects == [subject]

    def test_who_becomes_responsible_is_told_after_ten_minutes_of_collecting(self, unit, mai, server):
        far = dt.date(2026, 12, 20)
        with only() as open_ones:
            run(at(TUESDAY, 8))
            open_ones.append(deadline(unit, far, follower=mai))
            run(at(TUESDAY, 9, 0))
            open_ones.append(deadline(unit, far, subject=2, follower=mai))
            run(at(TUESDAY, 9, 6))
            run(at(TUESDAY, 9, 9))
            before = gone()
            run(at(TUESDAY, 9, 10))
            run(at(TUESDAY, 9, 11))

        subject = "Việc mới phải theo dõi ngày 17/11/2026: 2 việc"
        assert before == []
        assert gone() == [("app", subject), ("mail", subject)]

    def test_midnight_in_hanoi_begins_the_next_day(self, unit, mai, server):
        """No quiet hours, so that the digest goes out with the day itself: at 17:00 of Greenwich."""
        UnitSettings.objects.create(unit=unit, quiet_from=dt.time(0, 0), quiet_to=dt.time(0, 0))
        with only(deadline(unit, WEDNESDAY, follower=mai)):
            run(dt.datetime(2026, 11, 17, 16, 59, 59, tzinfo=dt.UTC))
            Message.objects.all().delete()
            server.received.clear()
            run(dt.datetime(2026, 11, 17, 17, 0, 0, tzinfo=dt.UTC))

        assert server.subjects == ["Nhắc việc ngày 18/11/2026: 1 việc đến hạn hôm nay"]

    def test_three_days_without_the_program(self, unit, mai, server):
        """Monday's reminder was skipped and comes on the first day on which it runs again; older ones are missed."""
        with only(deadline(unit, dt.date(2026, 11, 19), follower=mai)):
            everybody_knows(at(dt.date(2026, 11, 9), 8))
            server.received.clear()

            run(at(WEDNESDAY, 8))

        assert server.subjects == ["Nhắc việc ngày 18/11/2026: 1 việc sắp đến hạn"]
        missed = Message.objects.filter(state="missed", channel="mail").order_by("day")
        assert [(row.day, row.is_moot, [one.rung for one in row.notices.all()]) for row in missed] == [
            (dt.date(2026, 11, 10), False, [7]),
            (MONDAY, False, [3]),
        ]

    def test_a_day_that_was_changed_after_the_notice_was_planned_is_not_told(self, unit, mai, server):
        with only(deadline(unit, WEDNESDAY, follower=mai)) as open_ones:
            everybody_knows(at(FRIDAY, 8))
            server.received.clear()
            with time_machine.travel(at(TUESDAY, 8), tick=False):
                tasks.sweep.delay()  # planned, shown in the program, and not yet mailed
                open_ones[0] = deadline(unit, dt.date(2026, 12, 1), follower=mai)
                tasks.mail_due.delay()
            after_the_change = list(server.subjects)
            for day in (26, 27, 30):
                run(at(dt.date(2026, 11, day), 8))

        assert after_the_change == []
        assert Message.objects.get(channel="mail", day=TUESDAY).is_moot
        assert server.subjects == [f"Nhắc việc ngày {day}/11/2026: 1 việc sắp đến hạn" for day in (26, 30)]

    def test_leaders_get_their_week_where_the_unit_wants_it(self, unit, mai, server):
        UnitSettings.objects.create(unit=unit, leader_weekly=True)
        thang = officer(unit, "Lò Văn Thắng", "thang@vidu.example")
        thang.user.memberships.update(role="leader")
        with only(deadline(unit, WEDNESDAY, follower=mai)):
            run(at(MONDAY, 8))
            run(at(MONDAY, 9))
            run(at(TUESDAY, 8))

        weekly = [mail for mail in server.received if mail["To"] == "thang@vidu.example"]
        assert len(weekly) == 1
        assert weekly[0]["Subject"].strip() == "Tổng hợp tuần từ 16/11/2026: 1 việc đến hạn trong tuần"


class TestCommand:
    @pytest.fixture
    def send(self, capsys):
        def send(*arguments: str) -> dict[str, Any]:
            call_command("send_reminders", *arguments)
            return json.loads(capsys.readouterr().out)

        return send

    def test_plans_and_hands_over_at_once_and_nothing_the_second_time(self, unit, mai, server, send):
        far, near = dt.date(2026, 12, 20), deadline(unit, WEDNESDAY, follower=mai)
        with only(near, deadline(unit, far, subject=2, follower=mai)), time_machine.travel(at(TUESDAY, 23)):
            first, second = send(), send()

        assert first == {
            "day": "2026-11-17",
            "planned": 2,
            "sent": 2,
            "sent_by_channel": {"app": 1, "mail": 1},
            "to_retry": 0,
            "failed": 0,
            "uncertain": 0,
            "missed": 0,
            "skipped": 0,
        }
        assert (second["planned"], second["sent"]) == (0, 0)
        assert server.subjects == ["Nhắc việc ngày 17/11/2026: 1 việc sắp đến hạn, 1 việc mới"]

    def test_what_the_running_program_sent_is_not_sent_again(self, unit, mai, server, send):
        with only(deadline(unit, TUESDAY, follower=mai)):
            run(at(TUESDAY, 8))
            with time_machine.travel(at(TUESDAY, 9)):
                assert send()["sent"] == 0

    def test_as_if_it_were_another_day(self, unit, mai, server, send):
        with only(deadline(unit, WEDNESDAY, follower=mai)), time_machine.travel(at(FRIDAY, 9)):
            assert send("--on", "2026-11-18")["day"] == "2026-11-18"

        assert server.subjects == ["Nhắc việc ngày 18/11/2026: 1 việc đến hạn hôm nay"]

    def test_a_rehearsal_says_what_would_go_and_writes_nothing(self, unit, mai, server, send):
        with only(deadline(unit, TUESDAY, follower=mai)), time_machine.travel(at(TUESDAY, 9)):
            said = send("--dry-run")
            assert not Message.objects.exists()
            assert not Planned.objects.exists()
            assert send()["sent"] == 2

        subject = "Nhắc việc ngày 17/11/2026: 1 việc đến hạn hôm nay"
        assert said == {
            "day": "2026-11-17",
            "dry_run": True,
            "planned": 2,
            "sent": 0,
            "would_send": 2,
            "messages": [
                {"unit": str(unit), "to": "Lò Thị Mai", "channel": channel, "subject": subject}
                for channel in ("app", "mail")
            ],
        }

    def test_a_server_that_refuses_for_now_is_not_asked_again_in_the_same_call(self, unit, mai, server, send):
        server.on_recipient = "451 Busy"
        with only(deadline(unit, TUESDAY, follower=mai)), time_machine.travel(at(TUESDAY, 9)):
            said = send("--on", "2026-11-18")

        assert {name: said[name] for name in ("sent", "to_retry", "failed")} == {"sent": 1, "to_retry": 1, "failed": 0}
        [row] = Message.objects.filter(channel="mail", state="due")
        assert row.next_try_at > at(WEDNESDAY, 9)

    @pytest.mark.parametrize("typed", ["2026-02-30", "21/11/2026", "hôm nay", ""])
    def test_a_day_that_does_not_exist_is_one_sentence(self, typed, capsys):
        with pytest.raises(SystemExit) as stop:
            call_command("send_reminders", "--on", typed)

        said = capsys.readouterr()
        assert (stop.value.code, said.out, said.err) == (
            1,
            "",
            f"Không có ngày {typed}; ghi theo dạng 2026-11-21.\n",
        )


def test_neither_addresses_nor_words_are_logged(unit, mai, server, caplog):
    server.on_data = "550 Refused for mai@vidu.example"
    message(mai, due := deadline(unit, TUESDAY, follower=mai, what="Việc kín"))
    caplog.set_level("DEBUG")
    with only(due):
        sweep.send_now(at(TUESDAY, 9))

    ours = [record.getMessage() for record in caplog.records if not record.name.startswith(("mail.", "asyncio"))]
    assert [text for text in ours if "mai@" in text or "Việc kín" in text] == []
    assert standing(Message.objects.filter(channel="mail").first())[0] == "failed"
