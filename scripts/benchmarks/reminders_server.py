"""reminders_server.py NAME SMALL COUNT ROUNDS PORT: reminding of COUNT communes, in a database NAME of its own.

Fills the database, lets ``programs/sweeping.py`` do the work in a process that begins as a worker's does, and
hands on what that prints.
"""

from __future__ import annotations

import datetime as dt
import itertools
import os
import subprocess
import sys
from contextlib import suppress
from urllib.parse import urlsplit

import django

django.setup()

from django.conf import settings  # noqa: E402 -- models need the set-up above, here and below
from django.db import connection, transaction  # noqa: E402
from django.utils import timezone  # noqa: E402

from plans.deadlines import PLAN, TASK  # noqa: E402
from plans.models import Plan, Task  # noqa: E402
from plans.states import PlanState  # noqa: E402
from reminders.models import Message, Notice, Planned, Watcher  # noqa: E402
from reminders.models.message import ASSIGNED  # noqa: E402
from reminders.states import MessageState  # noqa: E402
from reminders.workdays import WorkDays  # noqa: E402
from scripts.benchmarks.page_server import own_database  # noqa: E402
from scripts.benchmarks.samples import ROOT  # noqa: E402
from units.models import Issuer, Membership, Person, Unit, User  # noqa: E402

PEOPLE, TASKS = 3, 12
"""Of each commune: a follower and two named besides; open deadlines, each on a rung of the ladder today."""
AT_ONCE = 2_000
PROGRAM = "scripts.benchmarks.programs.sweeping"


def next_working_day() -> dt.date:
    """A worker plans on working days; today may be a Sunday."""
    return WorkDays().after(timezone.localdate() - dt.timedelta(days=1), 1)


def days_told(day: dt.date) -> list[dt.date]:
    """A day of each rung: seven, three, one, none before; two and four working days late."""
    days = WorkDays()
    return [days.after(day, 7), days.after(day, 3), days.after(day, 1), day, days.before(day, 2), days.before(day, 4)]


@transaction.atomic
def fill(count: int, day: dt.date) -> None:
    """As after a year of use: everybody has an account and was told what he follows; yesterday is planned."""
    units = Unit.objects.bulk_create(
        (
            Unit(kind=Unit.Kind.COMMUNE, code=f"do-{n}", designation="xã", name=f"Vân Khê {n}", search=f"{n}")
            for n in range(count)
        ),
        batch_size=AT_ONCE,
    )
    people = Person.objects.bulk_create(
        (Person(unit=unit, honorific="Bà", full_name=f"Lò Thị Mây {n}") for unit in units for n in range(PEOPLE)),
        batch_size=AT_ONCE,
    )
    users = User.objects.bulk_create(
        (User(username=f"nguoi-{person.pk}", password="!", person=person) for person in people), batch_size=AT_ONCE
    )
    officers = users[::PEOPLE]
    Membership.objects.bulk_create(
        (
            Membership(user=user, unit=unit, role=Membership.Role.OFFICER)
            for user, unit in zip(officers, units, strict=True)
        ),
        batch_size=AT_ONCE,
    )
    write_tasks(units, people, officers, day)
    write_yesterday(units, people, day - dt.timedelta(days=1))


def write_tasks(units: list[Unit], people: list[Person], officers: list[User], day: dt.date) -> None:
    issuers = Issuer.objects.bulk_create(
        (Issuer(unit=unit, name_lines="ỦY BAN") for unit in units), batch_size=AT_ONCE
    )
    plans = Plan.objects.bulk_create(
        (
            Plan(unit=unit, issuer=issuer, year=day.year, state=PlanState.ISSUED, follower=first, subject="thi đua")
            for unit, issuer, first in zip(units, issuers, people[::PEOPLE], strict=True)
        ),
        batch_size=AT_ONCE,
    )
    Watcher.objects.bulk_create(
        (
            Watcher(unit_id=plan.unit_id, kind=PLAN, subject=plan.pk, person=person, added_by=officer)
            for plan, officer, besides in zip(plans, officers, _by_unit(people), strict=True)
            for person in besides[1:]
        ),
        batch_size=AT_ONCE,
    )
    dues = days_told(day)
    Task.objects.bulk_create(
        (
            Task(plan=plan, unit_id=plan.unit_id, order=n, content=f"Báo cáo kết quả phong trào, đợt {n}", due=due)
            for plan in plans
            for n, due in zip(range(TASKS), itertools.cycle(dues))
        ),
        batch_size=AT_ONCE,
    )


def _by_unit(people: list[Person]) -> list[list[Person]]:
    return [people[start : start + PEOPLE] for start in range(0, len(people), PEOPLE)]


def write_yesterday(units: list[Unit], people: list[Person], day: dt.date) -> None:
    app = Message.Channel.APP
    told = Message.objects.bulk_create(
        (
            Message(
                unit_id=person.unit_id,
                person=person,
                channel=app,
                purpose=Message.Purpose.ASSIGNED,
                day=day,
                state=MessageState.SENT,
                attempts=1,
            )
            for person in people
        ),
        batch_size=AT_ONCE,
    )
    tasks: dict[int, list[tuple[int, dt.date]]] = {}
    for pk, unit, due in Task.objects.order_by("pk").values_list("pk", "unit", "due"):
        tasks.setdefault(unit, []).append((pk, due))
    Notice.objects.bulk_create(
        (
            Notice(
                message=message,
                kind=TASK,
                subject=pk,
                due=due,
                rung=ASSIGNED,
                person_id=message.person_id,
                channel=app,
            )
            for message in told
            for pk, due in tasks[message.unit_id]
        ),
        batch_size=AT_ONCE,
    )
    Planned.objects.bulk_create((Planned(unit=unit, day=day) for unit in units), batch_size=AT_ONCE)


def database_url() -> str:
    """Of the database that is open now, for another process."""
    name = str(connection.settings_dict["NAME"])
    if connection.vendor == "sqlite":
        return f"sqlite:///{name}"
    return urlsplit(settings.DATABASE_URL)._replace(path=f"/{name}").geturl()


def main(name: str, small: str, count: str, rounds: str, port: str) -> None:
    day = next_working_day()
    with suppress(KeyboardInterrupt), own_database(name):
        fill(int(count), day)
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")  # as the server does by itself after a while
        environment = os.environ | {
            "DATABASE_URL": database_url(),
            "EMAIL_HOST": "127.0.0.1",
            "EMAIL_PORT": port,
            "EMAIL_USE_TLS": "0",
        }
        connection.close()
        command = [sys.executable, "-m", PROGRAM, day.isoformat(), small, count, rounds]
        subprocess.run(command, cwd=ROOT, env=environment, check=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
