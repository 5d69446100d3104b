"""Lists out: the file that a village fills in, and all that came put together, with those that are missing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from django.utils import timezone

from core.sheets.writing import SheetColumn, SheetData, workbook
from core.text import fold
from reminders.asking import presenters, selectors
from reminders.asking.list_columns import as_figure, columns_of
from reminders.asking.presenters import AskRow
from reminders.models import Request

ROWS_IN_REQUEST = 1_000
"""About a second of openpyxl; longer lists are written by a worker."""
_EMPTY_ROWS = 200
_NUMBER = SheetColumn("TT", 6)
_WHO = SheetColumn("Nơi gửi", 24)
_WIDE, _NARROW = 28, 16
_LONG_HEAD = 14  # letters


def sample(request: Request, place: str = "") -> bytes:
    """To be filled in; who it is for stands above the table, so that the file is known again when it comes back."""
    columns = [_NUMBER, *(_column(column.head) for column in columns_of(request.columns))]
    required = [f"«{column.head}»" for column in columns_of(request.columns) if column.is_required]
    how = f"Nơi gửi: {place}. " if place else ""
    note = f"{how}Mỗi dòng một mục, đừng đổi tên cột; không để trống {', '.join(required)}."
    return workbook([SheetData("Danh sách", request.title, columns, (), note=note, offered_rows=_EMPTY_ROWS)])


def sample_name(request: Request) -> str:
    """Of the file, without its ending."""
    return f"mau-{_slug(request)}"


def merged(request: Request) -> bytes:
    """Every row of all that sent, by who sent it; who is missing, or sent no list, on a second sheet."""
    today = timezone.localdate()
    rows = [presenters.ask_row(ask, request, today) for ask in selectors.asks_of(request)]
    columns = [_NUMBER, _WHO, *(_column(column.head) for column in columns_of(request.columns))]
    sent, count = sum(not row.is_missing for row in rows), count_of(rows)
    note = f"{count} dòng của {sent}/{len(rows)} nơi. Lập lúc {timezone.localtime():%H:%M ngày %d/%m/%Y}"
    without = [row for row in rows if not rows_of(row)]
    missing = SheetData(
        "Chưa có trong danh sách",
        "Nơi chưa gửi hoặc gửi không có danh sách",
        [_NUMBER, _WHO, SheetColumn("Tình trạng", 24), SheetColumn("Ghi chú", 50)],
        [[place, str(row.ask), *_standing(row)] for place, row in enumerate(without, start=1)],
        note=f"{len(without)} nơi. Hạn gửi {request.due:%d/%m/%Y}",
    )
    return workbook([SheetData("Tổng hợp", request.title, columns, _lines(request, rows), note=note), missing])


def merged_name(request: Request) -> str:
    return f"tong-hop-{_slug(request)}"


def rows_of(row: AskRow) -> list[dict[str, str]]:
    """Of the answer that counts."""
    return [] if row.is_missing or row.answer is None else list(row.answer.rows)


def count_of(rows: Sequence[AskRow]) -> int:
    return sum(len(rows_of(row)) for row in rows)


def _lines(request: Request, rows: Sequence[AskRow]) -> Iterator[list[str | int | float]]:
    columns = columns_of(request.columns)
    number = 0
    for row in rows:
        for values in rows_of(row):
            number += 1
            cells = (as_figure(column.head, str(values.get(column.key, ""))) for column in columns)
            yield [number, str(row.ask), *cells]


def _standing(row: AskRow) -> tuple[str, str]:
    word = f"{row.state.word} ({row.state.note})" if row.state.note else row.state.word
    if row.is_missing:
        return word, row.note
    answer = row.answer
    return word, "Gửi không kèm dòng nào của danh sách" if answer and not answer.rows else ""


def _column(head: str) -> SheetColumn:
    return SheetColumn(head, _WIDE if len(head) > _LONG_HEAD or fold(head).startswith("ho va ten") else _NARROW)


def _slug(request: Request) -> str:
    words = "".join(letter if letter.isalnum() else " " for letter in fold(request.title)).split()
    return "-".join(words)[:60].strip("-") or "danh-sach"
