"""What proofreading found in the page's text, with the field in which each finding stands."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import asdict, replace
from typing import Any

from core.errors import AppError
from documents.proofreading.findings import Finding
from documents.signed.pieces import pieces_of
from documents.tree import Paper
from plans.editor.pointing import Spots
from plans.editor.values import read_day
from plans.interchange import PlanData
from plans.models import PassedOver
from plans.printed_places import Text, texts_by_path
from plans.proofreading.passing import Key, hash_of, key_of

Passed = Mapping[Key, PassedOver]


def with_days(draft: PlanData, state: dict[str, Any]) -> PlanData:
    """With the days that the rows show: the printed page has only their words, proofreading compares both."""
    rows = [row for row in state["tasks"] if str(row.get("content", "")).strip()]
    tasks = zip(draft.tasks, rows, strict=True)
    dated = (replace(task, start=_day(row, "start", draft), due=_day(row, "due", draft)) for task, row in tasks)
    return replace(draft, tasks=tuple(dated))


def _day(row: dict[str, Any], name: str, draft: PlanData) -> dt.date | None:
    try:
        return read_day(name, str(row.get(name) or ""), draft.year)
    except AppError:
        return None


def shown_findings(
    plan: PlanData, paper: Paper, state: dict[str, Any], findings: Iterable[Finding], passed: Passed
) -> dict[str, list[dict[str, Any]]]:
    """Those to look at, and those that somebody has passed over; ``paper`` is what ``plan`` was composed to."""
    texts, printed = texts_by_path(plan, paper), {piece.path: piece.text for piece in pieces_of(paper)}
    spots = Spots(plan, state)
    shown: dict[str, list[dict[str, Any]]] = {"findings": [], "dismissed": []}
    for finding in findings:
        line, found = printed.get(finding.path, ""), texts.get(finding.path, ())
        is_made = any(text.is_made for text in found)  # its words are changed where the part is kept
        told = {
            "id": _id_of(finding, line),
            "code": finding.code,
            "severity": finding.severity.value,
            "where": finding.place,
            "words": finding.words,
            "message": finding.message,
            "suggestion": (not is_made and finding.suggestion) or None,
            "text": line,
            **_place(finding, found, spots),
        }
        row = passed.get(key_of(finding, line))
        if row is None:
            shown["findings"].append(told)
        else:
            shown["dismissed"].append(told | {"reason": row.reason})
    return shown


def _id_of(finding: Finding, line: str) -> str:
    """The same finding has the same name from one reading to the next."""
    return hash_of(f"{finding.code} {finding.path} {finding.start} {finding.words} {line}")[:16]


def _place(finding: Finding, texts: Iterable[Text], spots: Spots) -> dict[str, Any]:
    """The field, and where in its text; no field where the words lie over several or in none of the page."""
    for text in texts:
        if text.start <= finding.start and finding.end <= text.end:
            spot = spots.of(text.where)
            if spot is not None:
                return {"spot": asdict(spot), "start": None if text.is_made else finding.start - text.start}
    return {"spot": None, "start": None}
