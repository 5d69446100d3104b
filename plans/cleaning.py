"""What people type into a plan's fields, made fit to keep or refused with the field's name."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from core.errors import AppError, UnfitField
from core.text import LINE_LIMIT, as_pasted, clean_line, clean_lines, split_lines
from documents.dates import PartialDate
from documents.wording import refuse_markup
from plans import limits

LINES = ("preamble", "recipients", "signature_lines")
"""Header fields of several lines; the others are one line each."""
LINE = (
    "number",
    "symbol",
    "place",
    "paper_date",
    "title",
    "subject",
    "closing",
    "archive",
    "signature_post",
    "signature_name",
)


def header_field(name: str, value: str) -> str:
    if name in LINES:
        return lines(name, value)
    if name not in LINE:
        raise ValueError(name)
    value = line(name, value, limits.HEADER.get(name, LINE_LIMIT))
    if name == "paper_date":
        try:
            PartialDate.parse(value)
        except ValueError:
            raise UnfitField(name, "Không có ngày này. Ghi ngày/tháng/năm, tháng/năm hoặc năm.") from None
    if name == "subject" and not value:
        raise UnfitField(name, "Trích yếu còn trống.")
    return value


def line(name: str, value: str, limit: int = LINE_LIMIT) -> str:
    try:
        return refuse_markup(clean_line(as_pasted(value).strip(), limit=limit))
    except AppError as error:
        raise UnfitField(name, str(error)) from None


def lines(name: str, value: str) -> str:
    try:
        text = refuse_markup(clean_lines(as_pasted(value)))
    except AppError as error:
        raise UnfitField(name, str(error)) from None
    return "\n".join(line.strip() for line in split_lines(text))


def body(name: str, value: str) -> str:
    """As typed, line by line; only trailing blanks and empty lines go. A leading tab means something."""
    try:
        text = refuse_markup(clean_lines(as_pasted(value)))
    except AppError as error:
        raise UnfitField(name, str(error)) from None
    return "\n".join(line.rstrip().lstrip(" ") for line in split_lines(text))


def names(name: str, values: Sequence[str]) -> tuple[str, ...]:
    cleaned = (line(name, value, limits.BODY_NAME) for value in values)
    return tuple(dict.fromkeys(value for value in cleaned if value))


def task_value(name: str, value: Any) -> Any:
    if name in {"content", "time_text", "note"}:
        text = line(name, value)
        if name == "content" and not text:
            raise UnfitField(name, "Nội dung nhiệm vụ còn trống.")
        return text
    if name in {"start", "due", "planned_for"} and not (value is None or isinstance(value, dt.date)):
        raise UnfitField(name, "Không có ngày này.")
    if name == "quarter" and value not in (None, 1, 2, 3, 4):
        raise UnfitField(name, "Quý từ 1 đến 4.")
    if name == "number" and not (value is None or (isinstance(value, int) and 0 <= value <= 100_000)):
        raise UnfitField(name, "Số thứ tự là số từ 0 đến 100.000.")
    if name not in {"start", "due", "planned_for", "quarter", "number", "is_ongoing", "is_planned_day_settled"}:
        raise ValueError(name)
    return value


def section_value(name: str, value: Any) -> Any:
    if name == "level":
        if not isinstance(value, int) or not 0 <= value <= 9:
            raise UnfitField(name, "Cấp của mục từ 0 đến 9.")
        return value
    if name == "body":
        return body(name, value)
    return line(name, value, limits.MARKER if name == "marker" else LINE_LIMIT)


def table_value(name: str, value: str) -> str:
    if name == "columns":
        return lines(name, value)
    return line(name, value, limits.APPENDIX_TITLE if name == "title" else limits.SUBJECT)
