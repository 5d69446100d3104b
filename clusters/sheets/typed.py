"""What is typed into a cell of a score sheet, and how it is written back. Pure.

One text a cell, whatever the way of scoring: a figure, «x», a letter, points, or what is deducted. A reason may follow
behind a semicolon («2,5; vắng 01 buổi họp»), so that a column pasted from a sheet can bring its reasons along. Points
in so many words («8,5 đ») stand instead of what a formula gives, or of what would be deducted.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, fields, replace
from decimal import Decimal
from enum import StrEnum
from operator import attrgetter
from typing import Any

from campaigns.figures import UnfitFigure, read_figure, show_figure
from clusters.interchange import read_rule
from clusters.models import Criterion, Entry
from clusters.scheme import Kind, Lateness
from clusters.states import Stage
from core.errors import UnfitField
from core.text import fold

_POINTS = re.compile(r"^(.*\d)\s*(?:điểm|đ)\.?$", re.IGNORECASE)
_YES = frozenset({"x", "v", "✓", "✔", "dat", "co", "1", "yes"})
_NO = frozenset({"khong", "khong dat", "chua", "chua dat", "ko", "k", "0", "o", "no"})
_MOST_COUNTED = 999
_LONGEST = 400
"""Letters of a cell's value; a reason may be longer."""


class Way(StrEnum):
    """What is typed, by which the cell's hint and its reading go."""

    FIGURE = "figure"
    YES_NO = "yes_no"
    GRADE = "grade"
    POINTS = "points"
    BONUS = "bonus"
    DEDUCTION = "deduction"
    RETURNED = "returned"
    LATE = "late"
    PENALTY = "penalty"
    """Points that a penalty without a rule takes away; kept as points."""


_WAYS = {
    Kind.YES_NO.value: Way.YES_NO,
    Kind.GRADES.value: Way.GRADE,
    Kind.MANUAL.value: Way.POINTS,
    Kind.BONUS.value: Way.BONUS,
}


@dataclass(frozen=True, slots=True)
class Leaf:
    """What has to be known of a criterion to read its cells."""

    way: Way
    maximum: Decimal
    decimals: int
    measure: str = ""
    grades: tuple[str, ...] = ()

    @property
    def has_formula(self) -> bool:
        return self.way in (Way.FIGURE, Way.YES_NO, Way.GRADE)


def leaf_of(row: Criterion, decimals: int) -> Leaf:
    """``decimals``: of points, as the set says."""
    rule = read_rule(row.code, row.rule) if row.kind in (Criterion.Kind.GRADES, Criterion.Kind.PENALTY) else {}
    if row.kind == Criterion.Kind.PENALTY:
        way = _way_of_penalty(rule)
    elif row.starts_full and row.kind != Criterion.Kind.BONUS:
        way = Way.DEDUCTION
    else:
        way = _WAYS.get(row.kind, Way.FIGURE)
    return Leaf(way, row.maximum, decimals, row.measure, tuple(rule.get("grades", ())))


def _way_of_penalty(rule: dict[str, Any]) -> Way:
    if rule["returned_each"]:
        return Way.RETURNED
    return Way.LATE if rule["late"] != Lateness() else Way.PENALTY


@dataclass(frozen=True, slots=True)
class Values:
    """All that one stage says of one criterion, but for its evidence."""

    actual: Decimal | None = None
    grade: str = ""
    points: Decimal | None = None
    deduction: Decimal | None = None
    late_days: int | None = None
    returned: int | None = None
    is_proved: bool | None = None
    reason: str = ""

    @property
    def says_value(self) -> bool:
        return bool(self.grade) or any(one is not None for one in (self.actual, self.points, self.deduction))

    @property
    def is_blank(self) -> bool:
        return self == Values()

    @property
    def weighed(self) -> tuple[Any, ...]:
        """Without the reason: what points come from."""
        return self.actual, self.grade, self.points, self.deduction, self.late_days, self.returned, self.is_proved


FIELDS = tuple(field.name for field in fields(Values))
_FIELDS = attrgetter(*FIELDS)


def values_of(entry: Entry) -> Values:
    """Asked for each of a table's thousands of cells: by place, which takes half as long as by name."""
    return Values(*_FIELDS(entry))


def standing_of(entries: Iterable[Entry]) -> Values:
    """What the stages come to, in their order: as ``clusters.standing.figure_of`` reads them."""
    value, late_days, returned, is_proved = Values(), None, None, None
    for own in map(values_of, entries):
        if own.says_value:
            value = own
        late_days = late_days if own.late_days is None else own.late_days
        returned = returned if own.returned is None else own.returned
        is_proved = is_proved if own.is_proved is None else own.is_proved
    said = value.actual, value.grade, value.points, value.deduction
    return Values(*said, late_days, returned, is_proved, value.reason)


# -- In ----------------------------------------------------------------------------------


def read_typed(leaf: Leaf, text: str, before: Values) -> Values:
    """``before``: what this stage said so far; a blank text takes its value back. Raise ``UnfitField``."""
    words, semicolon, reason = text.partition(";")
    words = " ".join(words.split())
    if len(words) > _LONGEST:
        raise UnfitField("value", "Ô này dài quá; ghi lý do ở ô Lý do.")
    cleared = _without_value(leaf, before)
    if not words:
        return replace(cleared, reason=reason.strip())
    said = replace(cleared, reason=reason.strip() if semicolon else before.reason)
    if (found := _POINTS.match(words)) and not _ends_with_measure(leaf, words):
        return _as_points(leaf, _number(found[1], "Điểm"), said)
    return _READERS[leaf.way](leaf, words, said)


def _ends_with_measure(leaf: Leaf, words: str) -> bool:
    """«12 tỷ đ» are no points where đồng are counted; nor are dossiers and days."""
    is_measure = bool(leaf.measure) and words.casefold().endswith(leaf.measure.casefold())
    return is_measure or leaf.way in (Way.RETURNED, Way.LATE)


def _without_value(leaf: Leaf, before: Values) -> Values:
    if leaf.way is Way.RETURNED:
        return replace(before, returned=None)
    if leaf.way is Way.LATE:
        return replace(before, late_days=None)
    return replace(before, actual=None, grade="", points=None, deduction=None)


def _as_points(leaf: Leaf, points: Decimal, said: Values) -> Values:
    if leaf.way is Way.BONUS:
        return replace(said, actual=points)
    if leaf.way is Way.DEDUCTION:
        if points > leaf.maximum:
            raise UnfitField("value", f"Điểm không được quá điểm chuẩn {show_figure(leaf.maximum)}.")
        return replace(said, deduction=leaf.maximum - points)
    return replace(said, points=points)


def _figure(leaf: Leaf, words: str, said: Values) -> Values:
    return replace(said, actual=_number(words, "Số thực hiện", leaf.measure))


def _yes_no(leaf: Leaf, words: str, said: Values) -> Values:
    plain = fold(words).rstrip(".")
    if plain not in _YES | _NO:
        raise UnfitField("value", f"Ghi x hoặc Đạt nếu đạt, Không nếu không đạt; ô này ghi «{words[:40]}».")
    return replace(said, actual=Decimal(plain in _YES))


def _grade(leaf: Leaf, words: str, said: Values) -> Values:
    plain = fold(words).removeprefix("loai ")
    grade = next((one for one in leaf.grades if fold(one) == plain), None)
    if grade is None:
        raise UnfitField("value", f"Chỉ có loại {', '.join(leaf.grades)}; ô này ghi «{words[:40]}».")
    return replace(said, grade=grade)


def _points(leaf: Leaf, words: str, said: Values) -> Values:
    return replace(said, points=_number(words, "Điểm"))


def _bonus(leaf: Leaf, words: str, said: Values) -> Values:
    return replace(said, actual=_number(words, "Điểm thưởng"))


def _deduction(leaf: Leaf, words: str, said: Values) -> Values:
    """«-2,5» is how people write what is taken off."""
    return replace(said, deduction=_number(words.lstrip("-−– "), "Điểm trừ"))


def _lost(leaf: Leaf, words: str, said: Values) -> Values:
    return replace(said, points=_number(words.lstrip("-−– "), "Điểm trừ"))


def _returned(leaf: Leaf, words: str, said: Values) -> Values:
    return replace(said, returned=_count(words, "Số hồ sơ bị trả lại"))


def _late(leaf: Leaf, words: str, said: Values) -> Values:
    return replace(said, late_days=_count(words, "Số ngày chậm"))


_READERS = {
    Way.FIGURE: _figure,
    Way.YES_NO: _yes_no,
    Way.GRADE: _grade,
    Way.POINTS: _points,
    Way.BONUS: _bonus,
    Way.DEDUCTION: _deduction,
    Way.RETURNED: _returned,
    Way.LATE: _late,
    Way.PENALTY: _lost,
}


def _number(words: str, name: str, measure: str = "") -> Decimal:
    try:
        figure = read_figure(words, measure)
    except UnfitFigure as error:
        raise UnfitField("value", f"{name} {error}") from None
    if figure is None:
        raise UnfitField("value", f"{name} phải là một số.")
    if figure < 0:
        raise UnfitField("value", f"{name} không được âm.")
    return figure


def _count(words: str, name: str) -> int:
    figure = _number(words, name)
    if figure != figure.to_integral_value() or figure > _MOST_COUNTED:
        raise UnfitField("value", f"{name} phải là số nguyên từ 0 đến {_MOST_COUNTED}.")
    return int(figure)


# -- What cannot stand -------------------------------------------------------------------


def check(leaf: Leaf, stage: str, values: Values, stood: Values | None) -> None:
    """``stood``: what the stages before came to; None where they said nothing. Raise ``UnfitField``."""
    _check_fit(leaf, stage, values)
    for name, words in (("points", "Điểm trừ" if leaf.way is Way.PENALTY else "Điểm"), ("deduction", "Điểm trừ")):
        _check_points(leaf, getattr(values, name), words)
    if not values.reason and (why := _why_reason(leaf, stage, values, stood)):
        raise UnfitField("reason", why)


def _check_fit(leaf: Leaf, stage: str, values: Values) -> None:
    said = (values.actual, values.points, values.deduction, values.late_days, values.returned)
    if any(one is not None and one < 0 for one in said):
        raise UnfitField("value", "Số liệu không được âm.")
    if values.points is not None and leaf.has_formula and stage == Stage.SELF:
        raise UnfitField("value", "Điểm của tiêu chí này tính từ kết quả thực hiện; hãy ghi kết quả, không ghi điểm.")
    if values.deduction is not None and leaf.way is not Way.DEDUCTION:
        raise UnfitField("value", "Tiêu chí này không chấm theo lối trừ.")
    if values.grade and values.grade not in leaf.grades:
        raise UnfitField("value", f"Chỉ có loại {', '.join(leaf.grades)}." if leaf.grades else "Không xếp loại ở đây.")


def _check_points(leaf: Leaf, points: Decimal | None, name: str) -> None:
    if points is None:
        return
    if points > leaf.maximum:
        raise UnfitField("value", f"{name} không được quá điểm chuẩn {show_figure(leaf.maximum)}.")
    if points != round(points, leaf.decimals):
        places = f"đến {leaf.decimals} chữ số lẻ" if leaf.decimals else "số nguyên"
        raise UnfitField("value", f"{name} chỉ ghi {places}; ô này ghi {show_figure(points)}.")


def _why_reason(leaf: Leaf, stage: str, values: Values, stood: Values | None) -> str:
    """The sentence that asks for it; empty where none is needed."""
    if values.deduction or (leaf.way is Way.PENALTY and values.points):
        return "Ghi lý do trừ điểm."
    if leaf.way is Way.POINTS and values.points is not None and values.points < leaf.maximum:
        return f"Ghi lý do cho điểm thấp hơn điểm chuẩn {show_figure(leaf.maximum)}."
    if values.late_days is not None:
        return "Ghi lý do tính số ngày chậm khác với ngày nhận văn bản."
    if values.is_proved is False:
        return "Ghi lý do không công nhận tài liệu kiểm chứng."
    if stage == Stage.SELF or stood is None or not values.says_value:
        return ""
    before, now = (_value(leaf, one) for one in (stood, values))
    return "Ghi lý do sửa số liệu hoặc điểm của bước trước." if before != now else ""


def _value(leaf: Leaf, values: Values) -> tuple[Any, ...]:
    """Under lối trừ nothing said and nothing deducted are the same."""
    deduction = values.deduction or (Decimal(0) if leaf.way is Way.DEDUCTION else None)
    return values.actual, values.grade, values.points, deduction


# -- Out ---------------------------------------------------------------------------------


def said_in_words(leaf: Leaf, values: Values) -> str:
    """As the sheet prints it: «98,5», «Đạt», «A», «trừ 2,5», «2 hồ sơ trả lại, chậm 6 ngày»."""
    found = [_value_in_words(leaf, values)]
    if values.returned is not None:
        found.append(f"{values.returned} hồ sơ trả lại")
    if values.late_days is not None:
        found.append(f"chậm {values.late_days} ngày")
    return ", ".join(filter(None, found))


def _value_in_words(leaf: Leaf, values: Values) -> str:
    if values.points is not None:
        points = show_figure(values.points)
        return f"trừ {points}" if leaf.way is Way.PENALTY else f"{points} đ"
    if values.deduction is not None:
        return f"trừ {show_figure(values.deduction)}"
    if values.grade:
        return values.grade
    if values.actual is None:
        return ""
    if leaf.way is Way.YES_NO:
        return "Đạt" if values.actual else "Không"
    return show_figure(values.actual)


def typed_text(leaf: Leaf, values: Values) -> str:
    """What stands in the cell when somebody opens it: ``read_typed`` reads it as the same."""
    if leaf.way in (Way.RETURNED, Way.LATE):
        count = values.returned if leaf.way is Way.RETURNED else values.late_days
        return "" if count is None else str(count)
    if leaf.way in (Way.POINTS, Way.PENALTY) and values.points is not None:
        return show_figure(values.points)
    if values.deduction is not None:
        return show_figure(values.deduction)
    return _value_in_words(leaf, values)


def hint_of(leaf: Leaf) -> str:
    """How one types into the cell."""
    most = show_figure(leaf.maximum)
    if leaf.way is Way.FIGURE:
        return f"Gõ số thực hiện{f' ({leaf.measure})' if leaf.measure else ''}, như 1.234,5."
    if leaf.way is Way.GRADE:
        return f"Gõ loại: {', '.join(leaf.grades)}."
    return {
        Way.YES_NO: "Gõ x nếu đạt, k nếu không đạt.",
        Way.POINTS: f"Gõ điểm, nhiều nhất {most}; thấp hơn thì ghi lý do.",
        Way.BONUS: f"Gõ điểm thưởng đề nghị; được tính nhiều nhất {most}.",
        Way.DEDUCTION: f"Đang đủ {most} điểm; chỉ gõ số điểm trừ, kèm lý do.",
        Way.RETURNED: "Gõ số hồ sơ bị trả lại; ngày chậm tính từ văn bản đến.",
        Way.LATE: "Ngày chậm tính từ văn bản đến; chỉ gõ khi khác, kèm lý do.",
        Way.PENALTY: f"Gõ số điểm trừ, nhiều nhất {most}, kèm lý do.",
    }[leaf.way]
