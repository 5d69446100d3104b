"""sweeping.py DAY SMALL COUNT ROUNDS: what a worker does on that morning; prints one line of JSON.

Planning is timed beside one bare SQL command for each table that joins the same tables into the same rows, then
messages are handed over in the program and by mail. Expects the database that ``reminders_server`` filled.
"""

from __future__ import annotations

import datetime as dt
import json
import re
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import django

django.setup()

from django.db import connection, transaction  # noqa: E402 -- models need the set-up above, here and below
from django.utils import timezone  # noqa: E402

from reminders import sending  # noqa: E402
from reminders.deadlines import Scope, open_deadlines  # noqa: E402
from reminders.ladder import DEFAULT, told_on  # noqa: E402
from reminders.models import Message, Notice, Planned  # noqa: E402
from reminders.models.message import ASSIGNED  # noqa: E402
from reminders.planning import plan  # noqa: E402
from reminders.workdays import WorkDays  # noqa: E402
from units.models import Person, Unit  # noqa: E402

MORNING = dt.time(8, 0)
MAILS = 1_000

MESSAGES = """
INSERT INTO reminders_message (unit_id, person_id, channel, purpose, day, state, next_try_at, attempts, address,
                               result, is_moot, subject, content)
SELECT DISTINCT plan.unit_id, told.person, 'app', 'digest', {day}, 'due', {now}, 0, '', '', {no}, '', {empty}
FROM plans_task task
JOIN plans_plan plan ON plan.id = task.plan_id
JOIN (SELECT id AS plan, follower_id AS person FROM plans_plan
      UNION SELECT subject, person_id FROM reminders_watcher WHERE kind = 'plans.plan') told ON told.plan = plan.id
JOIN ({rungs}) rung ON rung.due = task.due
WHERE plan.state = 'issued' AND plan.amends_id IS NULL
  AND NOT EXISTS (SELECT 1 FROM plans_progress result WHERE result.task_id = task.id)
"""
NOTICES = """
INSERT INTO reminders_notice (message_id, kind, subject, slot, due, rung, person_id, channel)
SELECT message.id, 'plans.task', task.id, 0, task.due, rung.rung, told.person, 'app'
FROM plans_task task
JOIN plans_plan plan ON plan.id = task.plan_id
JOIN (SELECT id AS plan, follower_id AS person FROM plans_plan
      UNION SELECT subject, person_id FROM reminders_watcher WHERE kind = 'plans.plan') told ON told.plan = plan.id
JOIN ({rungs}) rung ON rung.due = task.due
JOIN reminders_message message ON message.person_id = told.person AND message.unit_id = plan.unit_id
                              AND message.purpose = 'digest' AND message.day = {day}
WHERE plan.state = 'issued' AND plan.amends_id IS NULL
  AND NOT EXISTS (SELECT 1 FROM plans_progress result WHERE result.task_id = task.id)
"""


class Morning:
    def __init__(self, day: dt.date, count: int) -> None:
        self.day, self.count = day, count
        self.moment = dt.datetime.combine(day, MORNING, timezone.get_current_timezone())

    def plan(self) -> None:
        plan(self.moment, at_once=False)

    def insert(self) -> None:
        """By bare SQL, in one transaction. The rungs of the ladder are given to it."""
        rungs = told_on(self.day, DEFAULT, WorkDays())
        lines = [f"SELECT {typed(due, 'date')} AS due, {rung} AS rung" for due, rung in rungs.items()]
        values = {
            "day": typed(self.day, "date"),
            "now": typed(self.moment.isoformat(), "timestamptz"),
            "no": typed(0, "boolean"),
            "empty": typed("{}", "jsonb"),
            "rungs": " UNION ALL ".join(lines),
        }
        with transaction.atomic(), connection.cursor() as cursor:
            for command in (MESSAGES, NOTICES):
                cursor.execute(command.format(**values))

    def forget(self) -> None:
        """As it was before the morning."""
        Notice.objects.exclude(rung=ASSIGNED).delete()
        Message.objects.filter(purpose="digest").delete()
        Planned.objects.update(day=self.day - dt.timedelta(days=1))
        with connection.cursor() as cursor:
            cursor.execute("VACUUM" if connection.vendor == "postgresql" else "PRAGMA optimize")

    def rows(self) -> dict[str, int]:
        """What tells two ways of writing the same rows apart."""
        told = Notice.objects.exclude(rung=ASSIGNED)
        columns = "kind", "subject", "slot", "due", "rung", "person", "channel", "message__person", "message__unit"
        return {
            "notices": told.count(),
            "messages": Message.objects.filter(purpose="digest").count(),
            "mark": hash(frozenset(told.values_list(*columns))),
        }


def typed(value: object, kind: str) -> str:
    """A literal; SQLite keeps no types."""
    return f"CAST('{value}' AS {kind})" if connection.vendor == "postgresql" else f"'{value}'"


@contextmanager
def counted() -> Iterator[list[int]]:
    """Queries, without keeping their words."""
    number = [0]

    def count(execute: Any, sql: str, parameters: Any, many: bool, context: Any) -> Any:
        number[0] += 1
        return execute(sql, parameters, many, context)

    with connection.execute_wrapper(count):
        yield number


def seconds(act: Any) -> float:
    started = time.perf_counter()
    act()
    return time.perf_counter() - started


def peak_megabytes() -> float:
    """Of this program alone: what ``getrusage`` says begins with the peak of the process that started it."""
    [peak] = re.findall(r"VmHWM:\s+(\d+) kB", Path("/proc/self/status").read_text())
    return int(peak) / 1024


def queries_at(morning: Morning, units: list[int]) -> int:
    with counted() as number:
        plan(morning.moment, at_once=False, units=units)
    morning.forget()
    return number[0]


def in_the_program(morning: Morning) -> tuple[int, float]:
    counts: list[sending.Counts] = []
    spent = seconds(lambda: counts.append(sending.hand_over(morning.moment, respects_quiet=True, channels=("app",))))
    return sending.number(counts[0], "sent"), spent


def by_mail(morning: Morning) -> tuple[int, float]:
    """The first of them, as if their people wanted mail."""
    chosen = list(Message.objects.filter(state="due").order_by("pk")[:MAILS].values_list("pk", "person"))
    Person.objects.filter(pk__in=[person for _, person in chosen]).update(email="nguoi@vidu.example")
    Message.objects.filter(pk__in=[pk for pk, _ in chosen]).update(channel="mail")
    counts: list[sending.Counts] = []
    spent = seconds(lambda: counts.append(sending.hand_over(morning.moment, respects_quiet=True, channels=("mail",))))
    return sending.number(counts[0], "sent"), spent


def main(day: str, small: str, count: str, rounds: str) -> None:
    morning = Morning(dt.date.fromisoformat(day), int(count))
    before = peak_megabytes()
    found: dict[str, Any] = {"pairs": []}
    morning.forget()
    for _ in range(int(rounds)):
        planned = seconds(morning.plan)
        found.setdefault("memory", [before, peak_megabytes()])
        by_us = morning.rows()
        morning.forget()
        inserted = seconds(morning.insert)
        by_sql = morning.rows()
        morning.forget()
        if by_us != by_sql or not by_us["notices"]:
            raise RuntimeError(f"not the same rows: {by_us}, {by_sql}")
        found["pairs"].append((planned, inserted))
        found["rows"] = by_us
    units = list(Unit.objects.order_by("pk").values_list("pk", flat=True))
    found["queries"] = [queries_at(morning, units[: int(small)]), queries_at(morning, units)]
    morning.plan()
    found["again"] = seconds(morning.plan)
    found["mail"], found["app"] = by_mail(morning), in_the_program(morning)
    found["memory"].append(peak_megabytes())
    found["deadlines"] = len(open_deadlines(Scope()))
    found["database"] = connection.display_name
    print(json.dumps(found))


if __name__ == "__main__":
    main(*sys.argv[1:])
