"""Sheets as offices and other programs make them, for the tests of reading."""

from __future__ import annotations

import io
import os
import re
import zipfile
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from core.files import XLSX
from core.models import SheetImport
from core.resources import Report
from core.sheets.reading import Sheet, read_sheets
from core.sheets.tables import Table, find_table
from units.models import Part, Unit

ROOT = Path(__file__).resolve().parents[2]
SHARED = Path(os.environ.get("TDKT_SHARED", ROOT.parent / "shared"))
OFFICE_FILES = pytest.mark.skipif(
    not (SHARED / "office").is_dir(), reason="the real office files are not at hand (TDKT_SHARED)"
)

Rows = Iterable[Sequence[Any]]


def book(
    rows: Rows, *, merges: Sequence[str] = (), name: str = "Danh sách", more: dict[str, Rows] | None = None
) -> bytes:
    """An Excel file of one sheet, and of those in ``more``."""
    made = openpyxl.Workbook()
    made.active.title = name
    for title, lines in {name: rows, **(more or {})}.items():
        sheet = made[title] if title in made.sheetnames else made.create_sheet(title)
        for line in lines:
            sheet.append(list(line))
    for area in merges:
        made[name].merge_cells(area)
    return saved(made)


def saved(made: openpyxl.Workbook) -> bytes:
    stream = io.BytesIO()
    made.save(stream)
    return stream.getvalue()


def rewritten(content: bytes, **replacements: tuple[str, str]) -> bytes:
    """The file with a pattern replaced in one of its parts; ``__`` in a name stands for a slash."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new:
        for member in old.infolist():
            text = old.read(member)
            if found := replacements.get(member.filename.replace("/", "__")):
                changed = re.sub(found[0], found[1], text.decode())
                assert changed != text.decode(), f"nothing to replace in {member.filename}"
                text = changed.encode()
            new.writestr(member.filename, text)
    return stream.getvalue()


def read_book(content: bytes) -> dict[str, list[tuple[Any, ...]]]:
    """Sheet → its rows as openpyxl reads them."""
    found = openpyxl.load_workbook(io.BytesIO(content))
    return {sheet.title: [tuple(row) for row in sheet.iter_rows(values_only=True)] for sheet in found}


# -- Reading -----------------------------------------------------------------------------

WANTED = {
    "tt": ("TT", "STT"),
    "name": ("Họ và tên", "Tên tập thể/cá nhân/hộ gia đình"),
    "post": ("Chức vụ",),
    "part": ("Đơn vị", "Đơn vị công tác", "Tên đơn vị"),
}


def sheets(content: bytes, media_type: str = XLSX) -> list[Sheet]:
    return read_sheets(io.BytesIO(content), media_type)


def values(found: Table) -> list[tuple[int, dict[str, Any]]]:
    return [
        (row.number, {name: value for name, value in row.values.items() if value is not None}) for row in found.rows
    ]


def read_rows(content: bytes, resource: Any) -> list[dict[str, Any]]:
    """The cells of each row by attribute, and the words of its group."""
    found = find_table(sheets(content), resource.wanted, resource.required, resource.is_group)
    return [{**row.values, "group": row.group} for row in found.rows]


def downloaded(answer: Any) -> bytes:
    assert (answer.status_code, answer["Content-Type"]) == (200, XLSX)
    return answer.content


def outcomes(report: Report) -> list[tuple[str, Any]]:
    """What would come of each row: its changes, or its errors."""
    return [(row.outcome, row.changes or row.errors) for row in report.rows]


# -- Imports -----------------------------------------------------------------------------

PART_HEAD = ["TT", "Tên bộ phận", "Loại", "Điện thoại"]
TWO_NEW_PARTS = [
    ["DANH SÁCH"],
    [],
    PART_HEAD,
    [1, "Thôn Đông", None, 912345678],
    [2, "Trường Tiểu học", "Trường học"],
]


def again(found: SheetImport) -> SheetImport:
    return SheetImport.objects.select_related("file", "job", "owner").get(pk=found.pk)


def parts(unit: Unit) -> list[tuple[str, str, str]]:
    return list(Part.objects.filter(unit=unit).order_by("order", "pk").values_list("name", "kind", "phone"))


def told(found: SheetImport) -> list[tuple]:
    return [
        (row["number"], row["label"], row["outcome"], row["changes"], row["errors"]) for row in found.report["rows"]
    ]
