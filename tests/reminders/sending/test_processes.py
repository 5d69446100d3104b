"""Real processes, killed, doubled and cut off: no message is lost in silence, none goes out twice.

Each on the database that the tests run on, with the folder that is the queue of a small office and with Redis.
"""

from __future__ import annotations

import datetime as dt
import json
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest
from django.db import connection, transaction
from django.utils import timezone

from plans.states import PlanState
from reminders.models import DayOff, Message, UnitSettings
from tests.factories import PlanFactory, TaskFactory
from tests.reminders.sending.mail_server import HANG, MailServer, free_port, mail_server
from tests.reminders.sending.processes import Program, own_redis, wait_until
from tests.reminders.sending.rows import message, officer
from units.models import Person, Unit

pytestmark = pytest.mark.django_db(transaction=True)

MAIL_DUE = ("reminders.mail_due", "mail")
SWEEP = ("reminders.sweep", "default")
SAID: dict[str, Any] = {"greeting": "Kính gửi", "groups": [], "closing": ""}


@pytest.fixture
def server() -> Iterator[MailServer]:
    with mail_server() as server:
        yield server


@pytest.fixture(params=["folder", pytest.param("redis", marks=pytest.mark.redis)])
def program(request: pytest.FixtureRequest, tmp_path: Path, server: MailServer) -> Iterator[Program]:
    with ExitStack() as stack:
        port = None if request.param == "folder" else free_port()
        if port:
            stack.enter_context(own_redis(port))
        program = Program(tmp_path / "var", server.port, port)
        stack.callback(program.end)
        yield program


@pytest.fixture
def unit(unit: Unit) -> Unit:
    """Works today and at any hour: these tests cannot set the clock of other processes."""
    today = timezone.localdate()
    UnitSettings.objects.create(unit=unit, quiet_from=dt.time(0, 0), quiet_to=dt.time(0, 0))
    for day in (today, today + dt.timedelta(days=1)):
        DayOff.objects.create(unit=unit, day=day, is_working=True, name="Trực")
    return unit


def due_mail(person: Person) -> Message:
    """That says the same, whatever is open: it is sent again."""
    today = timezone.localdate()
    first = message(person, state="missed", day=today, next_try_at=timezone.now())
    return message(person, again=first, day=today, next_try_at=timezone.now(), subject="Nhắc việc", content=SAID)


def state_of(row: Message) -> str:
    row.refresh_from_db()
    return row.state


def eleven_minutes_later() -> None:
    Message.objects.filter(state="sending").update(claimed_at=timezone.now() - dt.timedelta(minutes=11))


def forget_who_waits() -> None:
    """PostgreSQL itself would write what a dead worker asked for, which is as well; here the line is cut, too."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_terminate_backend(pid) FROM pg_locks WHERE NOT granted")
            assert cursor.rowcount == 1


class TestKilledWorker:
    """It leaves the row «sending»; ten minutes later that is «uncertain», and nobody hands it over again."""

    def test_before_the_server_got_anything(self, unit, mai, program, server):
        row, worker = due_mail(mai), program.worker()
        server.on_mail = HANG  # the claim is committed by then
        program.wake(*MAIL_DUE)
        wait_until(lambda: state_of(row) == "sending", "the worker has claimed the mail")

        program.kill(worker)

        self.ends_uncertain(row, program, server)
        assert server.received == []

    def test_while_the_server_thinks_about_what_it_got(self, unit, mai, program, server):
        row, worker = due_mail(mai), program.worker()
        server.on_data = HANG
        program.wake(*MAIL_DUE)
        wait_until(server.has_data.is_set, "the mail is at the server")

        program.kill(worker)

        self.ends_uncertain(row, program, server)
        assert server.recipients == ["mai@vidu.example"]

    def test_after_the_server_took_it_and_before_that_is_written(self, unit, mai, program, server):
        row, worker = due_mail(mai), program.worker()
        server.on_data = HANG
        program.wake(*MAIL_DUE)
        wait_until(server.has_data.is_set, "the mail is at the server")

        with transaction.atomic():
            Message.objects.filter(pk=row.pk).update(result="giữ dòng này")  # so that the worker cannot
            server.may_answer.set()
            wait_until(lambda: server.answered, "the server has said yes")
            time.sleep(0.3)
            program.kill(worker)
            forget_who_waits()
            transaction.set_rollback(True)

        self.ends_uncertain(row, program, server)
        assert server.recipients == ["mai@vidu.example"]

    def ends_uncertain(self, row: Message, program: Program, server: MailServer) -> None:
        assert state_of(row) == "sending"
        server.on_mail = server.on_data = "250 OK"
        server.may_answer.set()
        before, other = len(server.received), due_mail(officer(row.unit, "Hà Thị Yên", "yen@vidu.example"))
        eleven_minutes_later()

        program.worker("next-worker")
        program.wake(*SWEEP)
        program.wake(*MAIL_DUE)

        wait_until(lambda: state_of(row) == "uncertain", "the sweep has found what was left behind")
        wait_until(lambda: state_of(other) == "sent", "the next one is sent")
        assert state_of(row) == "uncertain"
        assert [mail["To"] for mail in server.received[before:]] == ["yen@vidu.example"]
        del server.received[before:]


def open_tasks(unit: Unit, people: list[Person]) -> None:
    """One of each follower, due today, in a plan in force."""
    today = timezone.localdate()
    for person in people:
        plan = PlanFactory(unit=unit, year=today.year, state=PlanState.ISSUED, follower=person)
        TaskFactory(plan=plan, due=today, content=f"Việc của {person.full_name}")


def told_once(people: list[Person], server: MailServer) -> None:
    """Each of the people by mail and in the program, once."""
    rows = Message.objects.values_list("person__full_name", "channel", "state")
    names = [person.full_name for person in people]
    assert Counter(rows) == Counter((name, way, "sent") for name in names for way in ("app", "mail"))
    assert sorted(server.recipients) == sorted(person.email for person in people)


@pytest.fixture
def people(unit: Unit) -> list[Person]:
    return [officer(unit, f"Lò Thị Số {n}", f"so{n}@vidu.example") for n in range(6)]


def are_all_sent(people: list[Person]) -> bool:
    return Message.objects.filter(state="sent").count() == 2 * len(people)


def test_two_beats_and_two_workers_at_once(unit, people, program, server):
    open_tasks(unit, people)
    for name in ("first", "second"):
        program.worker(f"worker-{name}")
        program.beat(f"beat-{name}")
    wait_until(lambda: Message.objects.exists(), "planned")
    # Whoever is planned anew is collected for ten minutes; nobody waits for that here.
    Message.objects.filter(purpose="assigned").update(next_try_at=timezone.now())

    wait_until(lambda: are_all_sent(people), "all are sent")
    time.sleep(2)  # some more beats of both

    told_once(people, server)


def test_the_command_started_twice_at_the_same_moment_and_once_more(unit, people, program, server):
    open_tasks(unit, people)
    both = [program.send_reminders(f"command-{n}") for n in range(2)]
    codes = [process.wait(timeout=60) for process in both]
    assert codes == [0, 0]

    program.send_reminders("command-2").wait(timeout=60)

    said = [json.loads(program.said_by(f"command-{n}")) for n in range(3)]
    assert [said[0]["sent"] + said[1]["sent"], said[2]["sent"]] == [12, 0]
    told_once(people, server)


@pytest.mark.redis
def test_redis_away_for_a_minute(unit, mai, server, tmp_path):
    port = free_port()
    program = Program(tmp_path / "var", server.port, port)
    try:
        with own_redis(port):
            first = due_mail(mai)
            program.worker()
            program.beat()
            wait_until(lambda: state_of(first) == "sent", "sent while Redis is there")

        second = due_mail(officer(unit, "Hà Thị Yên", "yen@vidu.example"))
        time.sleep(60)  # a worker that asks for the broker again and again comes to its longest pause
        assert state_of(second) == "due"

        with own_redis(port):
            wait_until(lambda: state_of(second) == "sent", "sent once Redis is back")
            time.sleep(1.5)
    finally:
        program.end()
    assert server.recipients == ["mai@vidu.example", "yen@vidu.example"]
