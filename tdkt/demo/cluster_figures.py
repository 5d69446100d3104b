"""What each unit of the demonstration reaches: near what is usual, the same on every installation."""

from __future__ import annotations

import random
from collections.abc import Mapping
from decimal import Decimal

from clusters.models import Criterion
from clusters.sheets.typed import Values
from clusters.states import Stage
from tdkt.demo.cluster_criteria import Leaf

Kind = Criterion.Kind
TWINS = (7, 8)
"""Places of two members that come out equal to the last digit, so that the meeting has to vote."""
_BY_TARGET = (Kind.RATIO, Kind.RATIO_LEADER, Kind.RATIO_BAND)
_COUNTED = (Kind.COUNT, Kind.RELATIVE)
_REASONS = (
    "Còn 01 vụ việc phải nhắc nhở trong năm.",
    "Vắng 01 buổi họp do trùng lịch.",
    "Tổ chức muộn so với kế hoạch.",
)


def target_of(leaf: Leaf, place: int, year: int) -> Decimal | None:
    """None: nothing is given for it. Of percentages to be reached whole, 100."""
    if leaf.kind not in _BY_TARGET:
        return None
    if leaf.kind == Kind.RATIO_BAND:
        return Decimal(100)
    usual = leaf.usual * _luck(leaf, place, year, "target").uniform(0.92, 1.08)
    return _rounded(min(usual, _most(leaf)), leaf)


def said_of(leaf: Leaf, place: int, year: int) -> Values | None:
    """What the unit says of itself; None: nothing, as lối trừ and rows of later stages want it."""
    if leaf.more.get("scored_by", Stage.SELF) != Stage.SELF:
        return None
    luck = _luck(leaf, place, year, "actual")
    if leaf.kind in _BY_TARGET:
        target = target_of(leaf, place, year)
        assert target is not None  # these have one
        better = luck.uniform(0.9, 1.08)
        share = 2 - better if leaf.more.get("is_lower_better") else better
        return Values(actual=_rounded(min(float(target) * share, _most(leaf)), leaf))
    if leaf.kind in _COUNTED:
        return Values(actual=Decimal(max(1, round(leaf.usual * luck.uniform(0.6, 1.3)))))
    if leaf.kind == Kind.BANDS:
        return Values(actual=_rounded(min(leaf.usual * luck.uniform(0.85, 1.12), 100), leaf))
    if leaf.kind == Kind.GRADES:
        return Values(grade=luck.choice("AAAB"))
    if leaf.kind == Kind.YES_NO:
        return Values(actual=Decimal(luck.random() > 0.08))
    if leaf.kind == Kind.BONUS:
        return Values(actual=Decimal(leaf.usual)) if luck.random() > 0.6 else None
    if luck.random() > 0.8:
        return Values(deduction=Decimal("0.5"), reason=luck.choice(_REASONS))
    return None


def judged(leaf: Leaf, place: int, year: int) -> Values:
    """Of a row that the head scores."""
    lost = _luck(leaf, place, year, "judged").choice(("0", "0", "0.25", "0.5", "0.75"))
    points = Decimal(leaf.maximum) - Decimal(lost)
    return Values(points=points, reason="Báo cáo còn thiếu phụ lục, số liệu chưa khớp." if Decimal(lost) else "")


def sayings(leaves: Mapping[str, Leaf], place: int, year: int) -> dict[str, Values]:
    """Code → what the unit says."""
    found = ((code, said_of(leaf, place, year)) for code, leaf in leaves.items())
    return {code: values for code, values in found if values is not None}


def _luck(leaf: Leaf, place: int, year: int, what: str) -> random.Random:
    place = TWINS[0] if place == TWINS[1] else place
    return random.Random(f"{year} {place} {leaf.title} {what}")  # noqa: S311 -- sample figures


def _most(leaf: Leaf) -> float:
    return 100 if leaf.more.get("measure") == "%" else float("inf")


def _rounded(figure: float, leaf: Leaf) -> Decimal:
    """Whole where people, cases or tonnes are counted."""
    is_whole = leaf.usual >= 1000 or leaf.more.get("measure") in ("vụ", "điển hình")
    return Decimal(round(figure)) if is_whole else Decimal(str(round(figure, 1)))
