"""Values between the page and the rows: days as people type them, a heading as one line."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable

from django.core.exceptions import ValidationError

from core.errors import UnfitField
from documents.outline import Kind, Line, depth_of, read_body, write_body
from plans.forms import PartialDateField

_DAY = re.compile(r"\s*(\d{1,2})\s*[/.-]\s*(\d{1,2})(?:\s*[/.-]\s*(\d{4}|\d{2}))?\s*")


def day_text(day: dt.date | None) -> str:
    return f"{day:%d/%m/%Y}" if day else ""


def read_day(name: str, text: str, year: int) -> dt.date | None:
    """``5/3/2026``, ``05/03/26`` or ``5/3`` of the plan's year; None for nothing."""
    if not text.strip():
        return None
    match = _DAY.fullmatch(text)
    if match is None:
        raise UnfitField(name, "Ghi ngày/tháng/năm, ví dụ 5/3/2026.")
    written = match[3]
    full_year = year if written is None else int(written) + (2000 if len(written) == 2 else 0)
    try:
        return dt.date(full_year, int(match[2]), int(match[1]))
    except ValueError:
        raise UnfitField(name, f"Không có ngày {text.strip()}.") from None


def partial_date_text(stored: str) -> str:
    return PartialDateField().prepare_value(stored)


def read_partial_date(name: str, text: str) -> str:
    try:
        return PartialDateField(required=False).clean(text)
    except ValidationError as error:
        raise UnfitField(name, error.messages[0]) from None


def heading_line(marker: str, heading: str) -> str:
    """``I. MỤC ĐÍCH``: marker and words on the line where the page edits both."""
    return write_body([Line(Kind.ITEM, heading, marker)]) if marker else heading


def read_heading(line: str) -> tuple[str, str]:
    """Marker and words. A tab separates an unusual marker, as in the body's lines."""
    found = next(iter(read_body(line)), None)
    if found is None or found.kind is not Kind.ITEM:
        return "", line.strip()
    return found.marker, found.text


def level_for(marker: str, others: Iterable[tuple[str, int]]) -> int:
    """The level of a heading with this marker: that of its like in the plan, else by the marker's kind."""
    depth = depth_of(marker) if marker else 0
    for other, level in others:
        if level and bool(other) == bool(marker) and depth_of(other) == depth:
            return level
    return min(1 + depth, 3) if marker else 1
