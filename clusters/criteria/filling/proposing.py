"""Which points a free cell of a superior's score sheet probably waits for, by its row and its column's head. Pure."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from campaigns.filling.mapping import Use, Uses
from campaigns.filling.proposing import Named, head_texts, rows_named
from campaigns.filling.tables import Spot, Table
from clusters.states import Stage
from core.text import fold

TOTAL = 0
"""The «criterion» of the row of sums."""
TARGET, ACTUAL, REASON, MAXIMUM = "target", "actual", "reason", "maximum"
MEMBER = "m"
"""Before a member's key: its points, as the last stage that is through with it gave them."""
_TOTAL = re.compile(r"(?:tong cong|tong diem|tong so diem|cong|tong)(?:\s.*)?")
_HEADS = (
    (Stage.CROSS.value, re.compile(r"\bcham cheo\b|\bkiem tra cheo\b")),
    (Stage.REVIEW.value, re.compile(r"\b(?:tham dinh|so noi vu|phong noi vu|hoi dong)\b")),
    (Stage.SELF.value, re.compile(r"\b(?:tu cham|tu danh gia|tu tinh|don vi (?:tu )?cham)\b")),
    (Stage.HEAD.value, re.compile(r"\b(?:truong (?:cum|khoi)|(?:cum|khoi)(?: thi dua)? cham)\b")),
    (REASON, re.compile(r"\b(?:ly do|giai trinh|nguyen nhan)\b")),
    (TARGET, re.compile(r"\b(?:ke hoach(?: giao)?|chi tieu giao|giao)\b")),
    (ACTUAL, re.compile(r"\b(?:thuc hien|ket qua|dat duoc)\b")),
)
_LONGEST_HEAD = 80


def propose(
    tables: Sequence[Table], criteria: Sequence[Named], codes: Mapping[int, str], members: Mapping[int, str]
) -> Uses:
    """Free cells alone. ``codes`` and ``members``: by key, the code of a criterion, the name of a member."""
    found: Uses = {}
    for place, table in enumerate(tables):
        rows = _rows(table, criteria, codes)
        if not any(rows.values()):
            continue
        heads = _heads(table, min(row for row, pk in rows.items() if pk), members)
        for row, pk in rows.items():
            for column, what in heads.items():
                if table.cell(row, column).is_free:
                    found[Spot(place, row, column)] = Use(pk, what, is_proposed=True)
    return found


def _rows(table: Table, criteria: Sequence[Named], codes: Mapping[int, str]) -> dict[int, int]:
    """Row → criterion: by its words; where those could be two, by its code; the row of sums."""
    rows = rows_named(table, criteria)
    taken = set(rows.values())
    by_code = {code: pk for pk, code in codes.items() if pk not in taken}
    for row, cells in enumerate(table.rows):
        texts = [cell.text.strip() for cell in cells if cell.text.strip()]
        if row in rows or not texts:
            continue
        code = texts[0].rstrip(".)")
        if code in by_code:
            rows[row] = by_code.pop(code)
        elif any(_TOTAL.fullmatch(fold(text)) for text in texts[:2]):
            rows[row] = TOTAL
    return rows


def _heads(table: Table, first: int, members: Mapping[int, str]) -> dict[int, str]:
    found: dict[int, str] = {}
    for column in range(table.width):
        for text in head_texts(table, first, column):
            if what := what_of(text, members):
                found[column] = what
                break
    return found


def what_of(head: str, members: Mapping[int, str]) -> str:
    """Empty where the words ask for nothing of ours.

    >>> what_of("Trưởng cụm chấm", {}), what_of("Xã An Bình", {7: "Xã An Bình"})
    ('head', 'm7')
    """
    words = fold(head)
    if not words or len(words) > _LONGEST_HEAD:
        return ""
    named = [pk for pk, name in members.items() if fold(name) == words]
    if len(named) == 1:
        return f"{MEMBER}{named[0]}"
    return next((what for what, pattern in _HEADS if pattern.search(words)), "")
