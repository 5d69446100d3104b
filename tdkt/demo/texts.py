"""Texts of the demonstration: templates in the form ``tdkt-plan/1`` and pools of names."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping
from pathlib import Path
from string import Template
from typing import Any

import plans
from documents.dates import PartialDate
from plans import interchange

NOT_YET_KNOWN = "…"  # how a draft cites a paper that its superior has still to issue
_FOLDER = Path(plans.__file__).parent / "demo"


def names() -> dict[str, Any]:
    return _json("names")


def legal_bases(day: dt.date) -> dict[str, str]:
    """``law`` and ``decree`` as a paper of this day cites them."""
    for row in _json("legal"):
        if row["from"] <= day.isoformat() and (row["to"] is None or day.isoformat() <= row["to"]):
            return {"law": row["law"], "decree": row["decree"]}
    raise LookupError(day)


def plan_from(template: str, words: Mapping[str, str]) -> dict[str, Any]:
    """A plan's JSON with every place-holder filled; one that is missing is an error."""
    data = _filled(_json(template), words)
    data["year"] = int(data["year"])
    return data


def date_words(date: PartialDate) -> str:
    """``15 tháng 01 năm 2026``, with dots for a day that is still to come."""
    return date.in_words(blank=NOT_YET_KNOWN).removeprefix("ngày ")


def day_words(day: dt.date) -> str:
    return date_words(PartialDate(day.year, day.month, day.day))


def read(data: dict[str, Any]) -> interchange.PlanData:
    return interchange.read(data)


def _filled(value: Any, words: Mapping[str, str]) -> Any:
    if isinstance(value, str):
        return Template(value).substitute(words)
    if isinstance(value, list):
        return [_filled(entry, words) for entry in value]
    if isinstance(value, dict):
        return {key: _filled(entry, words) for key, entry in value.items()}
    return value


def _json(name: str) -> Any:
    return json.loads((_FOLDER / f"{name}.json").read_text(encoding="utf-8"))
