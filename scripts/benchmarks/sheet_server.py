"""sheet_server.py NAME MEMBERS LEAVES MEMBERS LEAVES ROUNDS: costs of the table of points, small and large.

In a database NAME of its own. Prints one line of JSON: queries, and seconds of pairs, for opening the table and for
saving one cell, each beside the same without the program (``programs/bare_scores.py``).
"""

from __future__ import annotations

import json
import logging
import sys
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

import django

django.setup()

from django.conf import settings  # noqa: E402 -- models need the set-up above, here and below
from django.test import Client  # noqa: E402
from django.test.utils import override_settings  # noqa: E402
from django.urls import reverse  # noqa: E402

from clusters.models import Criterion, Entry  # noqa: E402
from clusters.states import Stage  # noqa: E402
from core.models import AuditEntry  # noqa: E402
from scripts.benchmarks.editor_server import Gauge, in_queries, in_seconds, refuse_unless  # noqa: E402
from scripts.benchmarks.many_scores import Scored, write_scores  # noqa: E402
from scripts.benchmarks.page_server import analyze, database_words, own_database  # noqa: E402
from scripts.benchmarks.timing import interleaved  # noqa: E402

YEAR = 2026
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
BARE = "scripts.benchmarks.programs.bare_scores"


@dataclass
class Desk:
    """The reviewer at the table of one season."""

    scored: Scored
    client: Client
    versions: dict[str, int] = field(default_factory=dict)
    """Of the cells that were saved, by key."""
    saved: int = 0

    @property
    def cells(self) -> int:
        return len(self.scored.sheets) * len(self.scored.leaves)


def desk_of(name: str, members: int, leaves: int) -> Desk:
    scored = write_scores(name, members=members, leaves=leaves, year=YEAR)
    client = Client(SERVER_NAME="127.0.0.1")
    client.force_login(scored.reviewer, backend=BACKEND)
    return Desk(scored, client)


# -- The table ---------------------------------------------------------------------------


def open_grid(desk: Desk, gauge: Gauge) -> float:
    url = reverse("clusters:grid", args=[desk.scored.season.pk])
    cost, response = gauge(partial(desk.client.get, url))
    refuse_unless(response.content.count(b"data-c=") == desk.cells, url, response)
    return cost


def bare_grid(desk: Desk, gauge: Gauge) -> float:
    """The same rows and as many cells with their words, behind the same signing in."""
    url = reverse("bare_grid", args=[desk.scored.season.pk])
    cost, response = gauge(partial(desk.client.get, url))
    refuse_unless(response.content.count(b"data-c=") == desk.cells, url, response)
    return cost


# -- One cell ----------------------------------------------------------------------------


def save_cell(kind: str, first: str, second: str, desk: Desk, gauge: Gauge) -> float:
    """One value after the other, so that there is always something to save."""
    scored = desk.scored
    row, sheet = scored.leaf(kind), scored.sheets[-1]
    key = f"{sheet.member_id}-{row.pk}"
    version = desk.versions.get(key, 0)
    desk.saved += 1
    text = first if desk.saved % 2 else second
    cell = {"key": key, "text": text, "reason": "Theo số liệu của Thuế cơ sở", "version": version}
    url = reverse("clusters:grid_save", args=[scored.season.pk])
    body = json.dumps({"stage": Stage.REVIEW, "cells": [cell]})
    cost, response = gauge(partial(desk.client.post, url, body, content_type="application/json"))
    answer = json.loads(response.content)
    refuse_unless([one["version"] > version for one in answer.get("saved", [])] == [True], "save", response)
    desk.versions[key] = answer["saved"][0]["version"]
    return cost


def bare_save(desk: Desk, gauge: Gauge) -> float:
    """One row changed and one line of the history: what nobody can do without."""
    before = AuditEntry.objects.count()
    own = Entry.objects.filter(sheet=desk.scored.sheets[-1], stage=Stage.REVIEW).latest("pk")
    cost, response = gauge(partial(desk.client.post, reverse("bare_save", args=[own.pk])))
    refuse_unless(AuditEntry.objects.count() == before + 1, "bare save", response)
    return cost


# -- Measured ----------------------------------------------------------------------------

Act = Callable[[Desk, Gauge], float]
ACTS: dict[str, tuple[Act, Act]] = {
    "grid": (open_grid, bare_grid),
    "yes_no": (partial(save_cell, "yes_no", "x", "k"), bare_save),
    "deduction": (partial(save_cell, "manual", "1,5", "2"), bare_save),
    "leader": (partial(save_cell, "ratio_leader", "61", "62,5"), bare_save),
}
"""Each beside the same without the program."""


def measured(sizes: tuple[tuple[int, int], tuple[int, int]], rounds: int) -> dict[str, Any]:
    few, many = (desk_of(f"Sông Vân {at}", *size) for at, size in enumerate(sizes))
    analyze()
    found = {name: costs(act, bare, few, many, rounds) for name, (act, bare) in ACTS.items()}
    rows = {"criteria": Criterion.objects.count(), "entries": Entry.objects.count()}
    return {"database": database_words(), "rows": rows, "acts": found}


def costs(act: Act, bare: Act, few: Desk, many: Desk, rounds: int) -> dict[str, Any]:
    for desk in (few, many):
        act(desk, in_seconds)  # the first time fills caches
    queries = [int(act(desk, in_queries)) for desk in (few, many)]
    both = (partial(act, many, in_seconds), partial(act, few, in_seconds), partial(bare, many, in_seconds))
    return {"queries": queries, "times": interleaved(rounds, *both)}


def main(name: str, numbers: list[int]) -> None:
    logging.disable()
    Path(settings.STATIC_ROOT).mkdir(exist_ok=True)  # for WhiteNoise; no file is served here
    plain = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    with (
        suppress(KeyboardInterrupt),
        override_settings(STORAGES={**settings.STORAGES, "staticfiles": plain}, ROOT_URLCONF=BARE),
        own_database(name),
    ):
        small, large = (numbers[0], numbers[1]), (numbers[2], numbers[3])
        print(json.dumps(measured((small, large), numbers[4])))


if __name__ == "__main__":
    main(sys.argv[1], [int(one) for one in sys.argv[2:]])
