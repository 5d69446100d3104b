"""Which figure a free cell of a table probably waits for: by the words of its row and of its column's head. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain

from campaigns.filling.tables import Spot, Table, has_words
from core.text import fold

AIM, VALUE, PERCENT, BASELINE, MEASURE = "aim", "value", "percent", "baseline", "measure"
"""What a cell takes of a target."""
WORDS = {
    AIM: "Chỉ tiêu giao",
    VALUE: "Thực hiện",
    PERCENT: "Tỷ lệ % so với chỉ tiêu",
    BASELINE: "Năm trước đạt",
    MEASURE: "Đơn vị tính",
}
_OTHER = re.compile(r"\bcung ky\b|\b(?:so voi|so sanh|tang giam|tang truong)\b.*\b(?:nam truoc|nam ngoai)\b")
"""Of the same time last year nothing is kept; how much more than last year nothing is computed."""
_HEADS = (  # the first that fits counts: «tỷ lệ thực hiện so với kế hoạch» is a percentage
    (
        PERCENT,
        re.compile(
            r"\b(?:ty le|ti le|phan tram|so (?:voi|sanh)(?: voi)? (?:ke hoach|kh|chi tieu)|th\s*/\s*kh"
            r"|muc do hoan thanh)\b|%"
        ),
    ),
    (BASELINE, re.compile(r"\bnam (?:truoc|ngoai)\b")),
    (VALUE, re.compile(r"\b(?:thuc hien|ket qua|dat duoc|luy ke|uoc dat|da dat)\b")),
    (AIM, re.compile(r"\b(?:ke hoach|chi tieu (?:giao|dang ky)|giao|dang ky|muc tieu)\b")),
    (MEASURE, re.compile(r"\b(?:don vi tinh|dvt|dv tinh)\b")),
)
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_PART_OF_YEAR = re.compile(r"\b(?:thang|quy|ky)\b")
_NEAR = 0.62
"""How like two names of one target must be: «Sản lượng lúa cả năm» is «Sản lượng lúa», «Sản lượng ngô» is not."""
_CLEARLY = 0.08
"""By so much the best must be nearer than the second."""
_OTHER_WORD = 0.2
"""Taken off where each of two names has words of its own: there one was put for the other."""
_MOST_HEAD_ROWS = 12
_LONGEST_NAME, _LONGEST_HEAD = 400, 80
_EMPTY_WORDS = frozenset(
    ["dat", "nam", "ca", "toan", "xa", "phuong", "tren", "dia", "ban", "duoc", "tong", "so", "trong", "nhung", "cac"]
)
_TURNING_WORDS = frozenset(["khong", "chua", "can", "tai", "ngoai", "thoat"])
"""«Hộ cận nghèo» is no «hộ nghèo»: where only one of two names has such a word they are two."""
_SHORT = {
    "bhyt": "bao hiem y te",
    "bhxh": "bao hiem xa hoi",
    "ntm": "nong thon moi",
    "ti le": "ty le",
    "ubnd": "uy ban nhan dan",
}


@dataclass(frozen=True, slots=True)
class Named:
    """A target by its id and words."""

    pk: int
    text: str
    measure: str


@dataclass(frozen=True, slots=True)
class Proposal:
    spot: Spot
    target: int
    what: str


def propose(tables: Sequence[Table], targets: Sequence[Named], *, year: int) -> list[Proposal]:
    """Free cells alone; a row that could be two targets, a column whose head says nothing, are left to the person.

    ``year`` is the one reported on: «Thực hiện 2025» is last year's in a table of 2026.
    """
    found: list[Proposal] = []
    for place, table in enumerate(tables):
        rows = rows_named(table, targets)
        if not rows:
            continue
        heads = _heads(table, min(rows), year)
        found += [
            Proposal(Spot(place, row, column), target, what)
            for row, target in sorted(rows.items())
            for column, what in sorted(heads.items())
            if table.cell(row, column).is_free
        ]
    return found


def rows_named(table: Table, targets: Sequence[Named]) -> dict[int, int]:
    """Row → target. Each target once: where two rows are as near, neither is taken."""
    names = [(target.pk, _parts(target.text)) for target in targets]
    near_pairs: list[tuple[float, int, int]] = []
    for row, cells in enumerate(table.rows):
        texts = [_parts(cell.text) for cell in cells if len(cell.text) > 2 and has_words(cell.text)]
        for pk, name in names:
            near = max((_near(text, name) for text in texts), default=0.0)
            if near >= _NEAR:
                near_pairs.append((near, row, pk))
    by_row: dict[int, list[tuple[float, int, int]]] = {}
    by_target: dict[int, list[tuple[float, int, int]]] = {}
    for pair in near_pairs:
        by_row.setdefault(pair[1], []).append(pair)
        by_target.setdefault(pair[2], []).append(pair)
    found: dict[int, int] = {}
    taken: set[int] = set()
    for pair in sorted(near_pairs, key=lambda pair: (-pair[0], pair[1:])):
        near, row, pk = pair
        if row in found or pk in taken:
            continue
        others = (other for other in chain(by_row[row], by_target[pk]) if other != pair)
        if not any(near - other[0] < _CLEARLY and other[1] not in found and other[2] not in taken for other in others):
            found[row] = pk
            taken.add(pk)
    return found


def likeness(text: str, name: str) -> float:
    """0 to 1: how far two names mean one target.

    >>> likeness("1. Sản lượng lúa cả năm (tấn)", "sản lượng lúa")
    1.0
    """
    return _near(_parts(text), _parts(name))


def _near(one: frozenset[str], other: frozenset[str]) -> float:
    shared = len(one & other)
    if not shared:
        return 0.0
    if (one ^ other) & _TURNING_WORDS:
        return 0.0
    near = 2 * shared / (len(one) + len(other))
    return near - _OTHER_WORD if one - other and other - one else near


@lru_cache(maxsize=4096)
def _parts(text: str) -> frozenset[str]:
    """Its words without numbering, brackets, marks, short forms and words that say little."""
    plain = re.sub(r"\([^()]*\)", " ", fold(text[:_LONGEST_NAME]))
    plain = " ".join(re.sub(r"[^\w%]+|\b\d+\b", " ", plain).split())
    for short, full in _SHORT.items():
        plain = re.sub(rf"\b{short}\b", full, plain)
    words = [word for place, word in enumerate(plain.split()) if place or not re.fullmatch(r"[ivx]+", word)]
    return frozenset(words) - _EMPTY_WORDS or frozenset(words)


def _heads(table: Table, first: int, year: int) -> dict[int, str]:
    """Column → what its head asks for. A merged head stands over all its columns.

    The words nearest to the column say most; a title over the whole table says nothing of it.
    """
    found: dict[int, str] = {}
    for column in range(table.width):
        said = (_what(text, year) for text in head_texts(table, first, column))
        if what := next((what for what in said if what is not None), ""):
            found[column] = what
    return found


def head_texts(table: Table, first: int, column: int) -> list[str]:
    """What stands over the column above row ``first``, the nearest first, without titles of the whole table."""
    rows = range(first - 1, max(first - _MOST_HEAD_ROWS, 0) - 1, -1)
    return [text for row in rows if (text := table.shown_at(row, column)) and not _is_title(table, row)]


def _is_title(table: Table, row: int) -> bool:
    """A row with one text alone."""
    return len({text for column in range(table.width) if (text := table.shown_at(row, column))}) == 1


def _what(head: str, year: int) -> str | None:
    """Empty where the words ask for something that is not ours; None where they say nothing of the kind."""
    words = " ".join(fold(head).split())
    if len(words) > _LONGEST_HEAD:
        return None
    if _OTHER.search(words):
        return ""
    what = next((what for what, pattern in _HEADS if pattern.search(words)), None)
    years = {int(found) for found in _YEAR.findall(words)}
    if what is None or not years or year in years:
        return what
    is_last_year = what == VALUE and year - 1 in years and not _PART_OF_YEAR.search(words)
    return BASELINE if is_last_year else ""
