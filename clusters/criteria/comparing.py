"""What a set changed against the one it was made from: rows that came, that went, what is new in those that stayed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from clusters.criteria.rulebook import rule_words
from clusters.criteria.tree import in_order
from clusters.models import CriteriaSet, Criterion
from clusters.scheme import said
from clusters.states import Stage
from core.cells import name_key

ADDED, REMOVED, CHANGED, SAME = "added", "removed", "changed", "same"


@dataclass(frozen=True, slots=True)
class Difference:
    name: str
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class Compared:
    """A row of either set, or the same one of both."""

    state: str
    depth: int
    old: Criterion | None
    new: Criterion | None
    differences: tuple[Difference, ...] = ()

    @property
    def row(self) -> Criterion:
        return self.new or self.old  # type: ignore[return-value]  # one of them is there

    @property
    def word(self) -> str:
        return {ADDED: "Thêm", REMOVED: "Bỏ", CHANGED: "Sửa", SAME: "Giữ nguyên"}[self.state]

    @property
    def old_points(self) -> str:
        return said(Fraction(self.old.maximum)) if self.old else ""

    @property
    def new_points(self) -> str:
        return said(Fraction(self.new.maximum)) if self.new else ""


def compare(old: Iterable[Criterion], new: Iterable[Criterion]) -> list[Compared]:
    """In the order of the new one; a row that went stands where it stood, after the one before it."""
    before, after = in_order(old), in_order(new)
    twin = _twins([row for _, row in before], [row for _, row in after])
    kept = {pair.pk for _, pair in twin.values()}
    found: list[Compared] = []
    for depth, row in after:
        pair = twin.get(row.pk)
        if pair is None:
            found.append(Compared(ADDED, depth, None, row))
            continue
        differences = tuple(_differences(pair[1], row))
        found.append(Compared(CHANGED if differences else SAME, depth, pair[1], row, differences))
    for depth, row, above in _gone(before, kept):
        places = (place for place, one in enumerate(found, start=1) if one.old is not None and one.old.pk == above)
        found.insert(next(places, 0), Compared(REMOVED, depth, row, None))
    return found


def _gone(before: Sequence[tuple[int, Criterion]], kept: set[int]) -> list[tuple[int, Criterion, int | None]]:
    """Depth, row, and the row above it in the old order, which was placed before it."""
    above: int | None = None
    gone = []
    for depth, row in before:
        if row.pk not in kept:
            gone.append((depth, row, above))
        above = row.pk
    return gone


def _twins(old: Sequence[Criterion], new: Sequence[Criterion]) -> dict[int, tuple[Criterion, Criterion]]:
    """New row → itself and the old one that it was: by code and words, else by the words, else by the code."""
    found: dict[int, tuple[Criterion, Criterion]] = {}
    taken: set[int] = set()
    for key in (lambda row: (row.code, name_key(row.title)), lambda row: name_key(row.title), lambda row: row.code):
        there: dict[Any, list[Criterion]] = {}
        for row in old:
            if row.pk not in taken:
                there.setdefault(key(row), []).append(row)
        for row in new:
            same = there.get(key(row), [])
            if row.pk not in found and len(same) == 1 and same[0].pk not in taken:
                found[row.pk] = (row, same[0])
                taken.add(same[0].pk)
    return found


def _differences(old: Criterion, new: Criterion) -> Iterable[Difference]:
    before, after = _said(old), _said(new)
    for name, value in after.items():
        if before[name] != value:
            yield Difference(name, before[name], value)


def _said(row: Criterion) -> dict[str, str]:
    scored = Stage(row.scored_by).label
    return {
        "Mã": row.code,
        "Nội dung": row.title,
        "Điểm chuẩn": said(Fraction(row.maximum)),
        "Cách tính": row.get_kind_display(),
        "Quy tắc": "; ".join(rule_words(row.kind, row.rule, is_lower_better=row.is_lower_better)),
        "Tài liệu kiểm chứng": "bắt buộc" if row.needs_evidence else "",
        "Lối trừ": "có" if row.starts_full else "",
        "Đơn vị tính": row.measure,
        "Cách chấm": row.guidance,
        "Cơ quan cung cấp số liệu": row.office,
        "Ai chấm": scored,
        "Ai xác nhận": row.get_confirmed_by_display() if row.confirmed_by else "",
        "Xét khi bằng điểm": str(row.tie_order or ""),
    }


def compare_rules(old: CriteriaSet, new: CriteriaSet) -> list[Difference]:
    """What holds for all rows of a set."""
    before, after = _rules(old), _rules(new)
    return [Difference(name, before[name], value) for name, value in after.items() if before[name] != value]


def _rules(one: CriteriaSet) -> dict[str, str]:
    cap = one.surplus_cap
    return {
        "Số chữ số thập phân": str(one.decimals),
        "Không giao chỉ tiêu": one.get_not_assigned_display(),
        "Điểm thưởng vượt kế hoạch, nhiều nhất": "" if cap is None else said(Fraction(cap)),
    }


def counted(rows: Sequence[Compared], rules: Sequence[Difference] = ()) -> str:
    """«Thêm 2, bỏ 1, sửa 5 dòng. Sửa 1 quy định chung.»"""
    words = ((ADDED, "thêm"), (REMOVED, "bỏ"), (CHANGED, "sửa"))
    parts = [f"{word} {count}" for state, word in words if (count := sum(row.state == state for row in rows))]
    told = [f"{', '.join(parts).capitalize()} dòng."] if parts else []
    told += [f"Sửa {len(rules)} quy định chung."] if rules else []
    return " ".join(told) or "Không có chỗ nào khác."
