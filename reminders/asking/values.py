"""What a request and an answer say, as plain values, made fit to keep or refused with the name of the field."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from django.utils import timezone

from core.errors import AppError, UnfitField
from core.models import StoredFile
from core.text import as_pasted, clean_line, clean_lines, fold
from units.models import Part, Person, Unit

TITLE, BODY, REASON, SENDER, TEXT = 300, 5_000, 300, 120, 10_000
COLUMN, CELL = 60, 300
MOST_COLUMNS = 12
MOST_ROWS = 2_000
_YEARS_BACK, _YEARS_AHEAD = 1, 5

Row = dict[str, str]
"""Name of the column → what was typed."""


@dataclass(frozen=True, slots=True)
class RequestData:
    title: str
    due: dt.date
    parts: Sequence[Part]
    body: str = ""
    follower: Person | None = None
    columns: tuple[str, ...] = ()
    """Of the list that is asked for; none: words and files."""
    sample: StoredFile | None = None
    kind: str = ""
    subject: int | None = None
    """For which deadline it is asked."""


@dataclass(frozen=True, slots=True)
class AnswerData:
    sender: str
    text: str = ""
    rows: tuple[Row, ...] = ()
    files: tuple[StoredFile, ...] = ()
    day: dt.date | None = None
    """Today, where none is said."""


def cleaned_request(data: RequestData, unit: Unit) -> RequestData:
    title = line("title", data.title, TITLE, "Yêu cầu")
    if not title:
        raise UnfitField("title", "Ghi yêu cầu các nơi gửi gì, ví dụ: Danh sách đề nghị khen thưởng cuối năm.")
    _refuse_due(data.due)
    if any(part.unit_id != unit.pk for part in data.parts):
        raise UnfitField("parts", f"Chỉ chọn thôn, trường, cơ quan của {unit}.")
    if data.follower is not None and data.follower.unit_id != unit.pk:
        raise UnfitField("follower", "Chọn người của đơn vị.")
    return replace(
        data,
        title=title,
        body=lines("body", data.body, BODY, "Nội dung"),
        columns=cleaned_columns(data.columns),
        parts=list({part.pk: part for part in data.parts}.values()),
    )


def _refuse_due(due: dt.date) -> None:
    year = timezone.localdate().year
    if not year - _YEARS_BACK <= due.year <= year + _YEARS_AHEAD:
        raise UnfitField("due", f"Năm {due.year} xa quá; hãy xem lại hạn gửi.")


def cleaned_columns(columns: Iterable[str]) -> tuple[str, ...]:
    found = [name for name in (line("columns", one, COLUMN, "Tên cột") for one in columns) if name]
    if len({fold(name) for name in found}) < len(found):
        raise UnfitField("columns", "Có hai cột cùng tên; hãy đổi tên một cột.")
    if len(found) > MOST_COLUMNS:
        raise UnfitField("columns", f"Danh sách có tối đa {MOST_COLUMNS} cột; hãy bớt cột.")
    return tuple(found)


def cleaned_answer(data: AnswerData, columns: Sequence[str]) -> AnswerData:
    """``columns`` are the request's; what stands under any other name is dropped."""
    sender = line("sender", data.sender, SENDER, "Họ tên người gửi")
    if not sender:
        raise UnfitField("sender", "Ghi họ và tên người gửi.")
    day = data.day or timezone.localdate()
    if day > timezone.localdate():
        raise UnfitField("day", f"Ngày {day:%d/%m/%Y} chưa đến.")
    text, rows = lines("text", data.text, TEXT, "Nội dung"), _cleaned_rows(data.rows, columns)
    if not (text or rows or data.files):
        what = "điền danh sách" if columns else "ghi nội dung"
        raise UnfitField("text", f"Chưa có gì để gửi: hãy {what}, hoặc chụp ảnh, chọn tệp.")
    return replace(data, sender=sender, day=day, text=text, rows=rows)


def _cleaned_rows(rows: Sequence[Row], columns: Sequence[str]) -> tuple[Row, ...]:
    if len(rows) > MOST_ROWS:
        raise UnfitField("rows", f"Danh sách dài quá {MOST_ROWS} dòng; hãy chia nhỏ.")
    found = [{name: line("rows", row.get(name, ""), CELL, name) for name in columns} for row in rows]
    return tuple(row for row in found if any(row.values()))


def line(field: str, value: str, limit: int, name: str) -> str:
    try:
        return clean_line(" ".join(as_pasted(value).split()), limit=limit, name=name)
    except AppError as error:
        raise UnfitField(field, str(error)) from None


def lines(field: str, value: str, limit: int, name: str) -> str:
    try:
        return clean_lines(as_pasted(value).strip(), limit=limit, name=name)
    except AppError as error:
        raise UnfitField(field, str(error)) from None
