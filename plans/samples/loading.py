"""Templates on disk: ``tdkt-plan/1`` with a ``string.Template`` in every string, days read from their words."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from string import Template
from typing import Any

from documents.dates import PartialDate
from documents.times import read_time
from plans import interchange
from plans.interchange import PlanData, TaskData

FOLDER = Path(__file__).parent


def read_template(path: Path, words: Mapping[str, str]) -> PlanData:
    """Raise ``KeyError`` for a place-holder without a word."""
    data = filled(json.loads(path.read_text(encoding="utf-8")), words)
    data["year"] = int(data["year"])
    plan = interchange.read(data)
    return replace(plan, tasks=tuple(_dated(task, plan.year, plan.date) for task in plan.tasks))


def filled(value: Any, words: Mapping[str, str]) -> Any:
    if isinstance(value, str):
        return Template(value).substitute(words)
    if isinstance(value, list):
        return [filled(entry, words) for entry in value]
    if isinstance(value, dict):
        return {key: filled(entry, words) for key, entry in value.items()}
    return value


def legal_bases(day: dt.date) -> dict[str, str]:
    """``law`` and ``decree`` as a paper of this day cites them; raise ``LookupError`` before 2024."""
    for row in json.loads((FOLDER / "legal.json").read_text(encoding="utf-8")):
        if row["from"] <= day.isoformat() and (row["to"] is None or day.isoformat() <= row["to"]):
            return {"law": row["law"], "decree": row["decree"]}
    raise LookupError(day)


def _dated(task: TaskData, year: int, date: PartialDate) -> TaskData:
    reading = read_time(task.time_text, year, issued=date.exact, quarter=task.quarter)
    return replace(task, start=reading.start, due=reading.due, is_ongoing=reading.ongoing)
