"""What the editor asks while something is pasted: read here, shown to the person, taken only then."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.http import require_POST

from core.errors import AppError
from plans import selectors
from plans.editor.acts import UnfitActs, text, texts
from plans.editor.requests import editable_plan, json_of
from plans.editor.values import heading_line
from plans.models import Plan
from plans.pasting import Left, Pasted, read_clipboard, recognise, split_sections

_WORTH_TELLING = (Left.UNREAD, Left.IGNORED, Left.OUTSIDE)
"""Heads and group rows did their work."""


@require_POST
def paste(request: HttpRequest, pk: int) -> HttpResponse:
    plan = editable_plan(request, selectors.for_saving(request.user), pk)
    try:
        asked = json_of(request)
        words, html = text(asked.get("text")), text(asked.get("html"))
        if asked.get("kind") == "lines":
            return JsonResponse({"sections": _sections(words, html)})
        return JsonResponse(_tasks(plan, words, html, asked))
    except AppError as error:
        return JsonResponse({"message": str(error)}, status=422)


def _sections(words: str, html: str) -> list[dict[str, Any]]:
    return [
        {
            "line": heading_line(section.marker, section.heading),
            "level": section.level or (None if section.heading or section.marker else 0),
            "body": section.body,
        }
        for section in split_sections(words, html)
    ]


def _tasks(plan: Plan, words: str, html: str, asked: dict[str, Any]) -> dict[str, Any]:
    quarter = asked.get("quarter")
    if quarter not in (None, 1, 2, 3, 4):
        raise UnfitActs
    grid = read_clipboard(words, html)
    pasted = recognise(grid, plan.year, quarter, known_names=selectors.part_names(plan))
    if asked.get("fields") is not None:
        pasted = pasted.retake(texts(asked["fields"]))
    return _answer(pasted)


def _answer(pasted: Pasted) -> dict[str, Any]:
    names = ("number", "content", "lead", "support", "time_text", "note", "quarter")
    taken = {position for row in pasted.rows for position in row.rows}
    return {
        "columns": [{"field": column.field, "why": column.why} for column in pasted.columns],
        "cells": pasted.grid.rows,
        "taken": [position in taken for position in range(len(pasted.grid.rows))],
        "tasks": [{name: getattr(row, name) for name in names} for row in pasted.rows],
        "skipped": [
            {"text": left.text[:120], "why": left.why} for left in pasted.leftovers if left.kind in _WORTH_TELLING
        ],
    }
