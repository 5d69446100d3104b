"""editor_server.py NAME FEW MANY ROUNDS: the editor of two plans of so many tasks, in a database NAME of its own.

Prints one line of JSON: what the database has and, of each act, the queries of its request with few
tasks and with many, and its seconds in pairs, many beside few.
"""

from __future__ import annotations

import html
import json
import logging
import re
import sys
import uuid
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import django

django.setup()

from django.conf import settings  # noqa: E402 -- models need the set-up above, here and below
from django.db import connection  # noqa: E402
from django.http import HttpResponse  # noqa: E402
from django.test import Client  # noqa: E402
from django.test.utils import CaptureQueriesContext, override_settings  # noqa: E402
from django.urls import reverse  # noqa: E402

from plans import interchange  # noqa: E402
from plans.editor.state import state_of, task_values  # noqa: E402
from plans.interchange import PlanData  # noqa: E402
from plans.models import Plan, Task  # noqa: E402
from plans.selectors import any_plan, plan_data  # noqa: E402
from plans.services import create_plan  # noqa: E402
from scripts.benchmarks.page_server import WHO, contents, fill, own_database  # noqa: E402
from scripts.benchmarks.samples import our_plans, with_tasks  # noqa: E402
from scripts.benchmarks.timing import interleaved, timed  # noqa: E402
from tdkt.demo.office import Office  # noqa: E402
from units.models import Unit, User  # noqa: E402

PASTED = 10
PLACE = 4
"""The row at which people write and paste: nearly all others come behind it, and are numbered anew."""
MOVED_BY = 2
"""Years from the sample's, which is of the time with districts, to that of the plan made of it."""

Request = Callable[[], Any]
"""Answers Django's ``HttpResponse``, as its test client dresses it up."""
Gauge = Callable[[Request], tuple[float, Any]]


def in_seconds(request: Request) -> tuple[float, Any]:
    answers: list[Any] = []
    return timed(lambda: answers.append(request())).clock, answers[0]


def in_queries(request: Request) -> tuple[float, Any]:
    with CaptureQueriesContext(connection) as queries:
        response = request()
    return len(queries), response


@dataclass
class Desk:
    """One plan open in the officer's browser, and the old plan of that length that may be moved on."""

    plan: Plan
    old: Plan
    client: Client

    def open(self, gauge: Gauge, url: str) -> tuple[float, str]:
        cost, response = gauge(partial(self.client.get, url))
        refuse_unless(response.status_code == 200, url, response)
        return cost, response.content.decode()

    def send(self, gauge: Gauge, name: str, body: dict[str, Any]) -> tuple[float, dict[str, Any]]:
        """The clock runs for the server only: what the browser sends is text before, and read afterwards."""
        url = reverse(f"plans:editor_{name}", args=[self.plan.pk])
        cost, response = gauge(partial(self.client.post, url, json.dumps(body), content_type="application/json"))
        refuse_unless(response.status_code == 200, url, response)
        return cost, json.loads(response.content)

    def save(self, gauge: Gauge, *acts: dict[str, Any]) -> float:
        self.plan.refresh_from_db(fields=["version"])
        return self.send(gauge, "save", {"version": self.plan.version, "acts": list(acts)})[0]

    def tasks(self) -> list[Task]:
        return list(self.plan.tasks.prefetch_related("assignments"))


Act = Callable[[Desk, Gauge], float]


def refuse_unless(is_done: bool, what: str, response: HttpResponse | None = None) -> None:
    """A fast answer that did nothing would be no measure."""
    if not is_done:
        words = "" if response is None else f"{response.status_code} {response.content.decode()[:300]}"
        raise RuntimeError(f"{what}: {words or 'not done'}")


# -- What people do ----------------------------------------------------------------------


def set_cell(field: str, first: Any, second: Any, desk: Desk, gauge: Gauge) -> float:
    """One after the other, so that there is always something to save."""
    was = task_values(desk.tasks()[PLACE], desk.plan)
    value = second if was[field] == first else first
    act = {"do": "set", "of": "task", "key": was["key"], "field": field, "value": value, "was": was[field]}
    cost = desk.save(gauge, act)
    refuse_unless(task_values(desk.tasks()[PLACE], desk.plan)[field] == value, field)
    return cost


def preview(desk: Desk, gauge: Gauge) -> float:
    """While time words are being typed."""
    state = state_of(any_plan(desk.plan.pk))
    cost, answer = desk.send(gauge, "preview", {"state": state, "times": [state["tasks"][PLACE]["key"]]})
    refuse_unless(answer["html"].count("<tr") > len(state["tasks"]), "preview")
    return cost


def read_paste(desk: Desk, gauge: Gauge) -> float:
    cost, answer = desk.send(gauge, "paste", clipboard(desk))
    refuse_unless(len(answer["tasks"]) == PASTED, "paste")
    return cost


def take_paste(desk: Desk, gauge: Gauge) -> float:
    """As the page does once the person has seen the rows; they are taken out again off the clock."""
    before = desk.tasks()
    found = desk.send(in_seconds, "paste", clipboard(desk))[1]["tasks"]
    rows = [row | {"key": str(uuid.uuid4())} for row in found]
    cost = desk.save(gauge, {"do": "add", "of": "task", "after": str(before[PLACE].key), "rows": rows})
    added = [str(task.key) for task in desk.tasks()[PLACE + 1 :][:PASTED]]
    refuse_unless(added == [row["key"] for row in rows], "add")
    desk.save(in_seconds, *({"do": "remove", "of": "task", "key": key} for key in added))
    refuse_unless(desk.tasks() == before, "remove")
    return cost


def clipboard(desk: Desk) -> dict[str, Any]:
    """The first tasks as a spreadsheet gives them: words with tabs, and the same as a table of HTML."""
    heads = ("TT", "Nội dung công việc", "Chủ trì", "Thời gian thực hiện")
    tasks = desk.tasks()[:PASTED]
    rows = [(str(n), task.content, ", ".join(task.lead), task.time_text) for n, task in enumerate(tasks, start=1)]
    lines = [heads, *rows]
    marked = "".join(f"<tr>{''.join(f'<td>{html.escape(cell)}</td>' for cell in line)}</tr>" for line in lines)
    text = "\n".join("\t".join(line) for line in lines)
    return {"kind": "tasks", "text": text, "html": f"<table>{marked}</table>", "quarter": None}


def open_editor(desk: Desk, gauge: Gauge) -> float:
    cost, page = desk.open(gauge, reverse("plans:editor", args=[desk.plan.pk]))
    refuse_unless(page.count('"time_text":') == desk.plan.tasks.count(), "editor")
    return cost


def open_moving(desk: Desk, gauge: Gauge) -> float:
    url = reverse("plans:moving", query={"tu": desk.old.pk, "nam": desk.old.year + MOVED_BY})
    cost, page = desk.open(gauge, url)
    places = sum(map(int, re.findall(r'data-places="(\d+)"', page)))
    refuse_unless(places >= desk.old.tasks.count(), "moving")
    return cost


def acts_of(unit: Unit) -> dict[str, Act]:
    names = [part.name for part in unit.parts.all()[:2]]
    return {
        "content": partial(set_cell, "content", "Tổ chức lễ phát động", "Tổ chức lễ phát động phong trào thi đua"),
        "time_text": partial(set_cell, "time_text", "Tháng 5", "Quý II"),
        "lead": partial(set_cell, "lead", names[:1], names[1:]),
        "preview": preview,
        "read_paste": read_paste,
        "take_paste": take_paste,
        "editor": open_editor,
        "moving": open_moving,
    }


# -- The plans ---------------------------------------------------------------------------


def desks_of(office: Office, long: Plan, sizes: Iterable[int]) -> Iterator[Desk]:
    officer = User.objects.get(username=WHO[0])
    client = Client(SERVER_NAME="127.0.0.1")
    client.force_login(officer)
    content, old_unit = plan_data(any_plan(long.pk)), office.old_communes[1]
    old = old_content(old_unit)
    for size in sizes:
        plan = create_plan(with_tasks(content, size), actor=officer, unit=office.commune)
        yield Desk(plan, create_plan(with_tasks(old, size), actor=officer, unit=old_unit), client)


def old_content(unit: Unit) -> PlanData:
    """A sample as the plan of a commune that was merged away: its names are to be changed, too."""
    plan = next(sample.plan for sample in our_plans() if sample.plan.tasks)
    words = json.dumps(interchange.write(plan), ensure_ascii=False)
    for before, after in ((plan.place, unit.name), (plan.place.upper(), unit.name.upper())):
        words = words.replace(before, after)
    return interchange.read(json.loads(words))


# -- Measured ----------------------------------------------------------------------------


def measured(sizes: tuple[int, int], rounds: int) -> dict[str, Any]:
    office, _, long = fill(2)
    few, many = desks_of(office, long, sizes)
    acts = acts_of(office.commune)
    return {**contents(), "acts": {name: costs(act, few, many, rounds) for name, act in acts.items()}}


def costs(act: Act, few: Desk, many: Desk, rounds: int) -> dict[str, Any]:
    for desk in (few, many):
        act(desk, in_seconds)  # the first time fills caches
    queries = [int(act(desk, in_queries)) for desk in (few, many)]
    return {
        "queries": queries,
        "pairs": interleaved(rounds, *(partial(act, desk, in_seconds) for desk in (many, few))),
    }


def main(name: str, few: int, many: int, rounds: int) -> None:
    logging.disable()
    Path(settings.STATIC_ROOT).mkdir(exist_ok=True)  # for WhiteNoise; no file is served here
    plain = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    with (
        suppress(KeyboardInterrupt),
        override_settings(STORAGES={**settings.STORAGES, "staticfiles": plain}),
        own_database(name),
    ):
        print(json.dumps(measured((few, many), rounds)))


if __name__ == "__main__":
    main(sys.argv[1], *map(int, sys.argv[2:]))
