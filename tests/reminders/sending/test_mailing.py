"""Mails handed to a real mail server: what it answers decides what becomes of the message."""

from __future__ import annotations

import datetime as dt
import socket

import pytest
import time_machine

from reminders import sending
from reminders.models import Message, Notice
from reminders.sending import GAPS
from tests.reminders.deadlines import deadline, only
from tests.reminders.sending.mail_server import CUT_OFF, HANG, MailServer, free_port, text_in
from tests.reminders.sending.rows import TUESDAY, WEDNESDAY, at, message, officer, standing
from units.models import Person, Unit

pytestmark = pytest.mark.django_db

NOW = at(TUESDAY)


def hand_over(moment: dt.datetime = NOW) -> dict[tuple[str, str], int]:
    return dict(sending.hand_over(moment, respects_quiet=False))


class TestAccepted:
    def test_the_mail_says_what_is_due_and_the_row_remembers_it(self, unit: Unit, mai: Person, server: MailServer):
        row = message(mai, due := deadline(unit, WEDNESDAY, follower=mai, what="Nộp báo cáo <quý IV>"))

        with only(due):
            assert hand_over() == {("mail", "sent"): 1}

        [mail] = server.received
        row.refresh_from_db()
        assert server.recipients == ["mai@vidu.example"]
        assert server.subjects == ["Nhắc việc ngày 17/11/2026: 1 việc sắp đến hạn"]
        assert mail["Auto-Submitted"] == "auto-generated"
        text = text_in(mail)
        assert "- Nộp báo cáo <quý IV>\n  Hạn 18/11/2026, còn 1 ngày làm việc\n" in text
        assert "http://127.0.0.1:8000/ghi/1/" in text
        page = text_in(mail, "html")
        assert "Nộp báo cáo &lt;quý IV&gt;" in page
        assert 'href="http://127.0.0.1:8000/ghi/1/"' in page
        assert (row.state, row.address, row.subject) == ("sent", "mai@vidu.example", server.subjects[0])
        assert [line["what"] for group in row.content["groups"] for line in group["lines"]] == ["Nộp báo cáo <quý IV>"]
        assert row.ended_at is not None

    def test_a_second_time_nothing_goes_out(self, unit, mai, server):
        message(mai, due := deadline(unit, WEDNESDAY, follower=mai))
        with only(due):
            hand_over()

            assert hand_over(NOW + dt.timedelta(hours=1)) == {}

        assert len(server.received) == 1

    def test_many_mails_take_one_connection(self, unit, server):
        people = [officer(unit, email=f"nguoi{n}@vidu.example") for n in range(5)]
        due = [deadline(unit, WEDNESDAY, subject=n, follower=person) for n, person in enumerate(people)]
        for person, one in zip(people, due, strict=True):
            message(person, one)

        with only(*due):
            hand_over()

        assert (server.recipients, server.connections) == ([f"nguoi{n}@vidu.example" for n in range(5)], 1)

    def test_a_line_of_its_own_in_what_is_due_makes_no_head_of_the_mail(self, unit, mai, server):
        due = deadline(unit, WEDNESDAY, follower=mai, what="Báo cáo\nBcc: la@vidu.example")
        message(mai, due, purpose="assigned", rung=1000)

        with only(due):
            assert hand_over() == {("mail", "sent"): 1}

        [mail] = server.received
        assert mail["Bcc"] is None
        assert server.subjects == ["Việc mới phải theo dõi, hạn 18/11/2026: Báo cáo Bcc: la@vidu.example"]


class TestRefusedForNow:
    def test_the_gaps_grow_and_then_it_has_failed(self, unit, mai, server):
        row = message(mai, due := deadline(unit, WEDNESDAY, follower=mai))
        server.on_recipient = "451 4.2.0 Mailbox busy"
        tries = []

        with only(due), time_machine.travel(NOW, tick=False) as clock:
            for _ in range(len(GAPS) + 1):
                counts = hand_over(now := row.next_try_at)
                assert hand_over(now) == {}  # not before its time
                row.refresh_from_db()
                tries.append((counts, row.next_try_at - now))
                clock.move_to(row.next_try_at)

        assert tries == [
            *[({("mail", "due"): 1}, dt.timedelta(minutes=gap)) for gap in (5, 15, 60, 240)],
            ({("mail", "failed"): 1}, dt.timedelta(0)),
        ]
        assert standing(row) == ("failed", 5, "451 4.2.0 Mailbox busy")
        assert server.received == []

    def test_once_the_server_takes_it_again_it_goes_out_once(self, unit, mai, server):
        row = message(mai, due := deadline(unit, WEDNESDAY, follower=mai))
        server.on_data = "452 Insufficient storage"

        with only(due), time_machine.travel(NOW, tick=False):
            hand_over()
            server.on_data = "250 OK"
            hand_over(NOW + dt.timedelta(minutes=5))

        assert standing(row) == ("sent", 2, "")
        ids = [mail["Message-ID"] for mail in server.received]
        assert len(ids) == 2
        assert len(set(ids)) == 1  # whoever got both can tell

    def test_one_that_is_busy_does_not_hold_up_the_others(self, unit, mai, server):
        yen = officer(unit, "Hà Thị Yên", "yen@vidu.example")
        due = [deadline(unit, WEDNESDAY, subject=1, follower=mai), deadline(unit, WEDNESDAY, subject=2, follower=yen)]
        first, second = message(mai, due[0]), message(yen, due[1])
        server.refused["mai@vidu.example"] = "450 Busy"

        with only(*due):
            hand_over()

        assert [standing(first)[0], standing(second)[0]] == ["due", "sent"]

    def test_a_server_that_is_not_there_counts_as_a_try_for_all(self, unit, mai, settings, server):
        yen = officer(unit, "Hà Thị Yên", "yen@vidu.example")
        due = [deadline(unit, WEDNESDAY, subject=1, follower=mai), deadline(unit, WEDNESDAY, subject=2, follower=yen)]
        rows = [message(mai, due[0]), message(yen, due[1])]
        settings.EMAIL_PORT = free_port()

        with only(*due), time_machine.travel(NOW, tick=False):
            assert hand_over() == {("mail", "due"): 2}

        assert [standing(row) for row in rows] == [("due", 1, "Không nối được máy chủ thư.")] * 2
        assert {row.next_try_at for row in rows} == {NOW + GAPS[0]}

    def test_a_server_that_never_greets_has_taken_nothing(self, unit, mai, settings, server):
        row = message(mai, due := deadline(unit, WEDNESDAY, follower=mai))
        with socket.socket() as silent, only(due):
            silent.bind(("127.0.0.1", 0))
            silent.listen()
            settings.EMAIL_PORT = silent.getsockname()[1]

            hand_over()

        assert standing(row) == ("due", 1, "Không nối được máy chủ thư.")


class TestRefused:
    @pytest.mark.parametrize("when", ["on_mail", "on_recipient", "on_data"])
    def test_it_has_failed_with_the_servers_words(self, unit, mai, server, when):
        row = message(mai, due := deadline(unit, WEDNESDAY, follower=mai))
        setattr(server, when, "550 5.1.1 No such user here")

        with only(due):
            assert hand_over() == {("mail", "failed"): 1}
            assert hand_over(NOW + dt.timedelta(days=1)) == {}

        assert standing(row) == ("failed", 1, "550 5.1.1 No such user here")

    def test_an_address_that_no_server_can_read(self, unit, server):
        person = officer(unit, email="mai@vi du.example\n")
        row = message(person, due := deadline(unit, WEDNESDAY, follower=person))

        with only(due):
            hand_over()

        assert standing(row) == ("failed", 1, "Địa chỉ thư không dùng được.")


class TestNoAnswer:
    @pytest.mark.parametrize("how", [HANG, CUT_OFF])
    @pytest.mark.parametrize("when", ["on_mail", "on_data"])
    def test_it_is_uncertain_after_ten_minutes_and_never_handed_over_again(self, unit, mai, server, when, how):
        row = message(mai, due := deadline(unit, WEDNESDAY, follower=mai))
        setattr(server, when, how)
        later = dt.timedelta(minutes=9, seconds=50)

        with only(due), time_machine.travel(NOW, tick=False) as clock:
            assert hand_over() == {("mail", "sending"): 1}
            clock.shift(later)
            assert sending.give_up(NOW + later) == {}
            assert standing(row)[0] == "sending"
            clock.shift(dt.timedelta(seconds=10))
            assert sending.give_up(NOW) == {("mail", "uncertain"): 1}
            server.may_answer.set()
            assert hand_over(NOW + dt.timedelta(days=1)) == {}

        assert standing(row) == (
            "uncertain",
            1,
            "Không có câu trả lời của máy chủ thư, nên không rõ thư đã đến chưa.",
        )
        assert row.address == "mai@vidu.example"
        assert row.content["groups"]  # what may have arrived
        assert len(server.received) == (1 if when == "on_data" else 0)

    def test_others_wait_until_the_next_run(self, unit, mai, server):
        yen = officer(unit, "Hà Thị Yên", "yen@vidu.example")
        due = [deadline(unit, WEDNESDAY, subject=1, follower=mai), deadline(unit, WEDNESDAY, subject=2, follower=yen)]
        first, second = message(mai, due[0]), message(yen, due[1])
        server.on_data = CUT_OFF

        with only(*due):
            hand_over()
            server.on_data = "250 OK"
            assert standing(second) == ("due", 0, "")
            hand_over()

        assert [standing(row)[0] for row in (first, second)] == ["sending", "sent"]

    def test_a_server_that_hung_up_after_the_last_mail_has_not_taken_the_next(self, unit, mai, server):
        """Many close a connection after so many mails."""
        yen = officer(unit, "Hà Thị Yên", "yen@vidu.example")
        due = [deadline(unit, WEDNESDAY, subject=1, follower=mai), deadline(unit, WEDNESDAY, subject=2, follower=yen)]
        rows = [message(mai, due[0]), message(yen, due[1])]
        server.is_gone_after_each = True

        with only(*due):
            hand_over()

        assert [standing(row)[0] for row in rows] == ["sent", "sent"]
        assert server.connections == 2


class TestStillTrue:
    def test_what_was_settled_meanwhile_is_not_told(self, unit, mai, server):
        kept, settled = (deadline(unit, WEDNESDAY, subject=n, follower=mai) for n in (1, 2))
        message(mai, kept, settled)

        with only(kept):
            hand_over()

        [mail] = server.received
        assert "Việc số 1" in (text := text_in(mail))
        assert "Việc số 2" not in text

    def test_where_nothing_is_left_nothing_goes_out(self, unit, mai, server):
        row = message(mai, deadline(unit, WEDNESDAY, follower=mai))

        with only():
            assert hand_over() == {("mail", "missed"): 1}

        assert standing(row) == ("missed", 1, "Các việc trong lời nhắc này đã xong hoặc đã đổi trước khi gửi.")
        assert row.is_moot
        assert server.received == []

    def test_a_notice_that_joins_while_others_are_composed_is_told_too(self, unit, mai, server, monkeypatch):
        first, joining = (deadline(unit, WEDNESDAY, subject=n, follower=mai) for n in (1, 2))
        row = message(mai, first, purpose="assigned", rung=1000)
        compose = sending.compose

        def compose_and_join(messages, moment):
            found = compose(messages, moment)
            Notice.objects.get_or_create(
                message=row,
                kind=joining.kind,
                subject=2,
                due=joining.due,
                rung=1000,
                person=mai,
                channel="mail",
            )
            return found

        monkeypatch.setattr(sending, "compose", compose_and_join)
        with only(first, joining):
            hand_over()

        assert server.subjects == ["Việc mới phải theo dõi ngày 17/11/2026: 2 việc"]
        row.refresh_from_db()
        assert len(row.content["groups"][0]["lines"]) == 2

    def test_the_address_is_the_one_of_now(self, unit, mai, server):
        row = message(mai, due := deadline(unit, WEDNESDAY, follower=mai), address="cu@vidu.example")

        with only(due):
            hand_over()

        assert server.recipients == ["mai@vidu.example"]
        row.refresh_from_db()
        assert row.address == "mai@vidu.example"

    def test_whoever_has_no_address_any_more_is_seen_as_missed(self, unit, mai, server):
        row = message(mai, due := deadline(unit, WEDNESDAY, follower=mai))
        Person.objects.filter(pk=mai.pk).update(email="")

        with only(due):
            hand_over()

        assert standing(row)[0] == "missed"
        assert not row.is_moot


class TestTooOld:
    def test_after_more_than_two_days_it_is_missed_and_not_sent(self, unit, mai, server):
        day = TUESDAY - dt.timedelta(days=3)
        old = message(mai, due := deadline(unit, WEDNESDAY, follower=mai), day=day)
        young = message(mai, due, day=day + dt.timedelta(days=1), rung=3)

        with only(due):
            assert sending.give_up(NOW) == {("mail", "missed"): 1}
            hand_over()

        assert standing(old) == ("missed", 0, "Quá hai ngày vẫn chưa gửi được.")
        assert not old.is_moot
        assert standing(young)[0] == "sent"
        assert len(server.received) == 1


def test_without_a_server_mail_is_laid_into_files(unit, mai, settings, tmp_path):
    settings.EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    settings.EMAIL_FILE_PATH = tmp_path / "mail"
    row = message(mai, due := deadline(unit, WEDNESDAY, follower=mai))

    with only(due):
        assert hand_over() == {("mail", "sent"): 1}

    [file] = (tmp_path / "mail").iterdir()
    assert "To: mai@vidu.example" in file.read_text()
    assert standing(row)[0] == "sent"


def test_a_run_that_has_no_time_left_leaves_the_rest_due(unit, mai, server):
    row = message(mai, due := deadline(unit, WEDNESDAY, follower=mai))

    with only(due):
        assert sending.hand_over(NOW, respects_quiet=False, seconds=0) == {}

    assert standing(row) == ("due", 0, "")
    assert Message.objects.count() == 1
