"""Lists in the layouts that offices have: codes that a sheet beside the list explains, two awards in one row, rows
that only formulas stand in. Pure: a table in, the same table in words out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from awards.collecting.pasting import HEADS, joined_workplace, split_awards
from core.cells import as_words
from core.sheets.reading import Broken, Sheet, UnfitSheet, Value
from core.sheets.tables import NUMBER, Table, TableRow
from core.text import fold

EXTRA = ("title", "form", "department", "address")
"""Columns that such layouts have and that go into others."""
EXTRA_HEADS: Mapping[str, Sequence[str]] = {name: HEADS[name] for name in EXTRA}
_CODED = ("award", "title", "form", "level", "kind")
_CODE = re.compile(r"\d{6,}")
_HOUSEHOLD, _COLLECTIVE = "hộ gia đình", "tập thể"


def read_codes(sheets: Sequence[Sheet], but: str) -> dict[str, str]:
    """Code → words, of every sheet but the list's own: the words stand right of their code, else left of it."""
    found: dict[str, str] = {}
    for sheet in sheets:
        if sheet.name == but:
            continue
        for row in sheet.rows:
            for place, value in enumerate(row):
                code = _code(value)
                words = (_text(row, place + 1) or _text(row, place - 1)) if code else ""
                if words:
                    found.setdefault(code, words)
    return found


def in_words(table: Table, codes: Mapping[str, str]) -> Table:
    """Every row asks for one award and says who, where and for what in words; ``UnfitSheet`` for a blank list."""
    usual = _COLLECTIVE if _heads_collectives(table.columns.get("name", "")) else None
    rows = [made for row in table.rows if not _says_nothing(row) for made in _rows(row, codes, usual)]
    if not rows:
        raise UnfitSheet("Bảng chưa có dòng nào dưới dòng tên cột. Hãy ghi các dòng rồi nạp lại.")
    columns = dict(table.columns)
    heads = {"award": "Danh hiệu, hình thức", "workplace": "Đơn vị công tác"}
    if any("kind" in row.values for row in rows):
        columns.setdefault("kind", "Đối tượng")
    for name, sources in (("award", ("title", "form")), ("workplace", ("department", "address"))):
        if name not in columns and any(one in columns for one in sources):
            columns[name] = heads[name]
    columns = {name: head for name, head in columns.items() if name not in EXTRA}
    return replace(table, rows=rows, columns=columns)


def _says_nothing(row: TableRow) -> bool:
    """Formulas that wait for their row to be filled in, and the number typed ahead of it."""
    said = {name: value for name, value in row.values.items() if name != NUMBER}
    return said.get("name") is None and all(value is None or isinstance(value, Broken) for value in said.values())


def _heads_collectives(head: str) -> bool:
    """«Tên đơn vị / tập thể»: nobody on that list is a person."""
    words = fold(head)
    return "tap the" in words and "ca nhan" not in words and "ho va ten" not in words


def _rows(row: TableRow, codes: Mapping[str, str], usual: str | None) -> Iterator[TableRow]:
    values = {name: _meant(value, codes) if name in _CODED else value for name, value in row.values.items()}
    place = joined_workplace(*(_said(values, name) for name in ("department", "workplace", "address")))
    rest = {name: value for name, value in values.items() if name not in (*EXTRA, "award", "workplace")}
    rest["workplace"] = place or None
    if "kind" not in row.values:
        kind = _HOUSEHOLD if _said(values, "level").casefold() == _HOUSEHOLD else usual
        rest |= {"kind": kind} if kind else {}
    found: list[Value] = [*_awards(values)] or [_broken(values)]
    for award in found:
        yield replace(row, values=rest | {"award": award})


def _awards(values: Mapping[str, Value]) -> list[str]:
    """The words of one column for both count before those of two; a code beside its own words says nothing more."""
    both = split_awards(_said(values, "award"))
    found = both or [one for name in ("title", "form") for one in split_awards(_said(values, name))]
    return list(dict.fromkeys(found))


def _broken(values: Mapping[str, Value]) -> Value:
    """A cell that Excel could not work out is told as such where no other one says the award."""
    return next((values[name] for name in ("award", "title", "form") if isinstance(values.get(name), Broken)), None)


def _meant(value: Value, codes: Mapping[str, str]) -> Value:
    code = _code(value)
    return codes.get(code, value) if code else value


def _code(value: Value) -> str:
    if isinstance(value, bool) or not isinstance(value, str | int):
        return ""
    text = str(value).strip()
    return text if _CODE.fullmatch(text) else ""


def _text(row: Sequence[Value], place: int) -> str:
    value = row[place] if 0 <= place < len(row) else None
    return " ".join(value.split()) if isinstance(value, str) and not _code(value) else ""


def _said(values: Mapping[str, Value], name: str) -> str:
    value = values.get(name)
    return "" if value is None or isinstance(value, Broken) else as_words(value).strip()
