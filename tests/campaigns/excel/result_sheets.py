"""Sheets of results as the office exports and edits them."""

from __future__ import annotations

import io
from decimal import Decimal

import openpyxl

from campaigns.models import Result
from tests.campaigns.results.conftest import PERIOD
from tests.core.sheet_samples import downloaded, read_book, saved

HEAD = ["TT", "Chỉ tiêu", "Nơi thực hiện", "Đơn vị tính", "Số giao", "Kỳ", "Thực hiện", "Ghi chú", "Mã dòng"]
RICE, INSURED, WHOLE = "Sản lượng lúa", "tỷ lệ người tham gia BHYT", "Toàn đơn vị"
VALUE, NOTE = 7, 8
"""Columns of the sheet."""


def exported(office, **query) -> bytes:
    return downloaded(office.page("results_export", **{"ky": PERIOD, **query}))


def to_fill(office) -> bytes:
    """Also with the places that were given nothing and have nothing."""
    return downloaded(office.page("results_template", ky=PERIOD))


def edited(content: bytes, changes: dict[tuple[int, int], object]) -> bytes:
    made = openpyxl.load_workbook(io.BytesIO(content))
    for (row, column), value in changes.items():
        made.active.cell(row, column).value = value
    return saved(made)


def row_of(content: bytes, target: str, place: str) -> int:
    rows = read_book(content)["Kết quả"]
    return next(at for at, row in enumerate(rows, start=1) if row[1:3] == (target, place))


def figures() -> list[tuple[str, str, Decimal]]:
    """By target, the whole first."""
    rows = Result.objects.filter(replaced_by=None).select_related("target", "part").order_by("pk")
    rows = sorted(rows, key=lambda row: (row.target.order, row.part.order + 1 if row.part else 0))
    return [(row.target.text, str(row.part or WHOLE), row.value) for row in rows]
