"""What the words of a row say: bonus, penalty, so many points a day late, grades with their points. Pure.

Everything is read from folded words (no marks, small letters).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from clusters.criteria.rulebook import kept
from clusters.scheme import Kind
from core.text import fold

_LONGEST = 3_000
"""Letters looked at."""
_NUMBER = r"(\d{1,5}(?:[.,]\d{1,4})?)"
_POINTS = rf"{_NUMBER}\s*(?:diem|d\b)"
_BONUS = re.compile(r"\b(?:diem thuong|thuong diem|diem cong|cong diem|cong them|duoc thuong)\b")
_PENALTY = re.compile(r"\b(?:diem tru|tru diem|bi tru|tru\s+\d)")
_LATE = re.compile(r"\b(?:cham|tre|qua han|muon)\b")
_DAYS = re.compile(rf"(?:cham|tre|muon|qua han)?[^.;]{{0,40}}?\btu\s+{_NUMBER}\s*(?:ngay\s*)?(?:den|tro len|-|ngay)")
_OVER = re.compile(rf"\b(?:qua|tren|hon)\s+{_NUMBER}\s*ngay")
_EACH_DAY = re.compile(
    rf"\b(?:moi ngay|cham 0?1 ngay|cu cham 0?1 ngay|moi ngay cham|1 ngay|01 ngay)\b[^.;]{{0,60}}?\btru\s+{_POINTS}"
    rf"|\btru\s+{_POINTS}\s*(?:/|cho)\s*(?:moi\s*)?(?:0?1\s*)?ngay"
)
_BAND = re.compile(
    rf"\btu\s+{_NUMBER}\s*(?:ngay\s*)?(?:den[^,;.]{{0,40}}?|tro len)?(?:ngay)?[^,;.\d]{{0,30}}?[:,]?\s*"
    rf"(?:bi\s*)?tru\s+{_POINTS}"
)
_GRACE = re.compile(rf"\bcham\s+(?:khong qua|duoi|toi da)\s+{_NUMBER}\s*ngay[^.;]{{0,30}}khong (?:bi )?tru")
_CUTOFF = re.compile(rf"\b(?:qua|sau)\s+{_NUMBER}\s*ngay[^.;]{{0,40}}(?:khong (?:nhan|cham diem|xet)|khong tinh diem)")
_RETURNED = re.compile(r"\b(?:ho so|van ban)\b[^.;]{0,30}\btra (?:lai|ve)\b")
_TAKEN = re.compile(rf"\btru\s+{_POINTS}")
_GIVEN = re.compile(rf"\b(?:thuong|cong)\s+(?:them\s+)?{_POINTS}|\btoi da\s+{_POINTS}|:\s*{_POINTS}\.?$")
_GRADE = re.compile(rf"\bloai\s+([a-d])\b\s*[:(=]?\s*(?:duoc|cham)?\s*{_POINTS}?")
_LOWER = re.compile(
    r"\b(?:ty le ho (?:can )?ngheo|ho ngheo|ty suat sinh|suy dinh duong|sinh con thu|giam ty le|ty le giam|ty suat)\b"
)
_RATIO = re.compile(
    r"\b(?:so thuc hien chia cho|thuc hien ?[/:] ?ke hoach|so voi ke hoach|ty le hoan thanh|ke hoach (?:duoc )?giao"
    r"|theo ty le thuc hien|chi tieu (?:duoc )?giao)\b"
)


def beside(text: str) -> str:
    """``bonus`` or ``penalty`` where the words head such rows, else nothing."""
    words = fold(text[:_LONGEST])
    if _PENALTY.search(words):
        return Kind.PENALTY.value
    return Kind.BONUS.value if _BONUS.search(words) else ""


def points_in(text: str) -> Decimal | None:
    """The points that a sentence names itself: «trừ 05 điểm», «thưởng 5 điểm», «tối đa 10 điểm»."""
    words = fold(text[:_LONGEST])
    found = _TAKEN.search(words) or _GIVEN.search(words)
    return next((_decimal(one) for one in found.groups() if one), None) if found else None


def is_ratio(text: str) -> bool:
    return _RATIO.search(fold(text[:_LONGEST])) is not None


def is_lower_better(text: str) -> bool:
    return _LOWER.search(fold(text[:_LONGEST])) is not None


def grades_in(text: str) -> dict[str, Any]:
    """«Loại A: 10 điểm; loại B: 8 điểm» → grade and points, where at least two are named with points.

    >>> grades_in("Loại A: 10 điểm, loại B 7,5 điểm")
    {'A': 10, 'B': '7.5'}
    """
    found = {
        grade.upper(): kept(_decimal(points)) for grade, points in _GRADE.findall(fold(text[:_LONGEST])) if points
    }
    return found if len(found) > 1 else {}


def penalty_rule(text: str, points: Decimal | None) -> dict[str, Any]:
    """What a penalty's words say in the form's own words; ``points``: those that stand beside the row.

    >>> penalty_rule("Gửi báo cáo chậm từ 05 ngày đến dưới 10 ngày", Decimal(5))
    {'late': [{'days': 5, 'points': 5}]}
    >>> penalty_rule("Chậm 1 ngày trừ 0,5 điểm", None)
    {'late_each': '0.5'}
    """
    words = fold(text[:_LONGEST])
    rule: dict[str, Any] = {}
    if _LATE.search(words):
        rule = _late_rule(words, points)
    if _RETURNED.search(words):
        each = points_in(text) or points
        if each:
            rule["returned_each"] = kept(each)
    return rule


def _late_rule(words: str, points: Decimal | None) -> dict[str, Any]:
    rule: dict[str, Any] = {}
    bands = dict(_bands(words))
    if each := _EACH_DAY.search(words):
        rule["late_each"] = kept(_decimal(next(one for one in each.groups() if one)))
    elif bands:
        rule["late"] = [{"days": days, "points": bands[days]} for days in sorted(bands)]
    elif points and (days := _first_day(words)) is not None:
        rule["late"] = [{"days": days, "points": kept(points)}]
    for name, pattern in (("grace", _GRACE), ("cutoff", _CUTOFF)):
        if found := pattern.search(words):
            rule[name] = int(_decimal(found[1]))
    return rule


def _bands(words: str) -> Iterator[tuple[int, int | str]]:
    for days, points in _BAND.findall(words):
        yield int(_decimal(days)), kept(_decimal(points))


def _first_day(words: str) -> int | None:
    """«từ 05 ngày đến dưới 10 ngày»: 5; «quá 15 ngày»: 16."""
    if found := _DAYS.search(words):
        return int(_decimal(found[1]))
    if found := _OVER.search(words):
        return int(_decimal(found[1])) + 1
    return None


def _decimal(text: str) -> Decimal:
    return Decimal(text.replace(",", "."))
