"""What each kind of criterion needs besides its points: typed as lines, kept in the words of ``tdkt-scoring/1``. Pure.

Points and figures are typed the Vietnamese way (2,5) and kept exactly: whole ones as numbers, others as text («2.5»),
for a JSON column knows no decimals (``clusters.interchange.read_rule`` reads both).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from campaigns.figures import UnfitFigure, read_figure, show_figure
from clusters.scheme import Kind
from core.errors import UnfitField
from core.text import as_pasted

RULE_OF: Mapping[str, tuple[str, ...]] = {
    Kind.RATIO: ("surplus",),
    Kind.RATIO_BAND: ("low", "high", "surplus"),
    Kind.COUNT: ("points_each",),
    Kind.BANDS: ("bands",),
    Kind.GRADES: ("grades",),
    Kind.PENALTY: ("late", "late_each", "grace", "cutoff", "returned_each"),
}
"""Kind → the words of its rule; the others need none."""

FIELDS_OF: Mapping[str, tuple[str, ...]] = {
    Kind.RATIO: ("is_lower_better", "has_surplus", "surplus_each", "surplus_cap"),
    Kind.RATIO_LEADER: ("is_lower_better",),
    Kind.RATIO_BAND: ("is_lower_better", "low", "high", "has_surplus", "surplus_each", "surplus_cap"),
    Kind.COUNT: ("points_each",),
    Kind.BANDS: ("bands",),
    Kind.GRADES: ("grades",),
    Kind.PENALTY: ("late", "late_each", "grace", "cutoff", "returned_each"),
}
"""Kind → the fields of its form."""

EXPLAINED: Mapping[str, str] = {
    "": "Nhóm chứa các tiêu chí khác; điểm của nhóm bằng tổng điểm các tiêu chí bên trong.",
    Kind.RATIO: "Điểm chuẩn nhân với tỷ lệ thực hiện so với kế hoạch giao, không quá điểm chuẩn.",
    Kind.RATIO_LEADER: "Đạt kế hoạch được nửa điểm chuẩn; vượt bao nhiêu so với đơn vị vượt nhiều nhất thì được thêm "
    "bấy nhiêu phần của nửa còn lại.",
    Kind.RATIO_BAND: "Đạt dưới mức dưới thì 0 điểm, từ mức trên thì đủ điểm, ở giữa tính theo tỷ lệ.",
    Kind.RELATIVE: "Đơn vị có số cao nhất được đủ điểm, đơn vị khác theo tỷ lệ so với số ấy.",
    Kind.YES_NO: "Có thì đủ điểm, không thì 0 điểm.",
    Kind.COUNT: "Mỗi việc, mỗi người… đếm được cho một số điểm, không quá điểm chuẩn.",
    Kind.BANDS: "Đạt đến mức nào thì được điểm của mức ấy.",
    Kind.GRADES: "Xếp loại nào thì được điểm của loại ấy.",
    Kind.MANUAL: "Người chấm cho điểm và ghi lý do.",
    Kind.BONUS: "Cộng ngoài thang điểm, nhiều nhất bằng điểm ghi ở đây.",
    Kind.PENALTY: "Trừ ngoài thang điểm, nhiều nhất bằng điểm ghi ở đây. Để trống mọi mức trừ thì người chấm tự ghi "
    "số điểm trừ, kèm lý do.",
}
JUDGED = "Người chấm ghi số điểm trừ, kèm lý do"
"""Of a penalty without a rule (``Criterion.is_by_judgement``)."""
_MOST_LINES = 40
_PAIR = re.compile(
    r"(?:từ|chậm|đạt|loại)?\s*(?P<key>[^\s:;=\t|]+)\s*(?:%|ngày)?\s*(?:trở lên)?\s*(?:[:;=|\t→]|->|\s)\s*"
    r"(?:trừ|được|là)?\s*(?P<points>-?[\d.,]+)\s*(?:điểm|đ)?\.?",
    re.IGNORECASE,
)


# -- Typed ---------------------------------------------------------------------------------


def kept(number: Decimal) -> int | str:
    """As a JSON column keeps it exactly."""
    return int(number) if number == number.to_integral_value() else f"{number.normalize():f}"


def read_number(field: str, text: str, name: str) -> Decimal | None:
    """None where nothing was typed; raise ``UnfitField``."""
    try:
        figure = read_figure(text)
    except UnfitFigure as error:
        raise UnfitField(field, f"{name} {error}") from None
    if figure is not None and figure < 0:
        raise UnfitField(field, f"{name} không được âm.")
    return figure


def read_bands(field: str, text: str, *, reached: str) -> list[dict[str, Any]]:
    """A line for each band: «30: 5», or two cells copied from a sheet. ``reached``: the word of the form.

    >>> read_bands("late", "5 ngày: trừ 5 điểm", reached="days")
    [{'days': 5, 'points': 5}]
    """
    found: dict[int | str, dict[str, Any]] = {}
    for number, line in _lines(field, text):
        level, points = _pair(field, number, line, "mức rồi điểm, như 30: 5")
        figure = read_number(field, level, f"Dòng {number}: mức")
        if figure is None or (reached == "days" and figure != figure.to_integral_value()):
            raise UnfitField(field, f"Dòng {number}: số ngày phải là số nguyên.")
        key = kept(figure)
        if key in found:
            raise UnfitField(field, f"Dòng {number}: mức {level} ghi hai lần.")
        found[key] = {reached: key, "points": points}
    return sorted(found.values(), key=lambda band: Decimal(str(band[reached])))


def read_grades(field: str, text: str) -> dict[str, Any]:
    """A line for each grade: «A: 10».

    >>> read_grades("grades", "A: 10\\nB = 7,5")
    {'A': 10, 'B': '7.5'}
    """
    found: dict[str, Any] = {}
    for number, line in _lines(field, text):
        grade, points = _pair(field, number, line, "loại rồi điểm, như A: 10")
        if grade in found or len(grade) > 10:
            raise UnfitField(field, f"Dòng {number}: loại «{grade[:20]}» ghi hai lần hoặc dài quá 10 chữ.")
        found[grade] = points
    return found


def _lines(field: str, text: str) -> Iterable[tuple[int, str]]:
    lines = [line.strip() for line in as_pasted(text).split("\n")]
    if sum(map(bool, lines)) > _MOST_LINES:
        raise UnfitField(field, f"Có hơn {_MOST_LINES} dòng; hãy bớt lại.")
    return ((number, line) for number, line in enumerate(lines, start=1) if line)


def _pair(field: str, number: int, line: str, how: str) -> tuple[str, int | str]:
    found = _PAIR.fullmatch(line)
    if found is None:
        raise UnfitField(field, f"Dòng {number} «{line[:40]}»: ghi {how}.")
    points = read_number(field, found["points"].lstrip("-"), f"Dòng {number}: điểm")
    assert points is not None, "the pattern has a digit"
    return found["key"], kept(points)


def show_pairs(pairs: Iterable[tuple[Any, Any]]) -> str:
    """As ``read_bands`` and ``read_grades`` read it back."""
    return "\n".join(f"{_shown(key)}: {_shown(points)}" for key, points in pairs)


def _shown(value: Any) -> str:
    try:
        return show_figure(Decimal(str(value)))
    except ArithmeticError:
        return str(value)


# -- In words ------------------------------------------------------------------------------


def rule_words(kind: str, rule: Mapping[str, Any], *, is_lower_better: bool = False) -> list[str]:
    """What a rule says, a sentence each; nothing where the kind says it all.

    >>> rule_words("penalty", {})
    ['Người chấm ghi số điểm trừ, kèm lý do']
    >>> rule_words("penalty", {"late": [{"days": 5, "points": 5}], "returned_each": "2.5"})
    ['Chậm từ 5 ngày: trừ 5 điểm', 'Mỗi hồ sơ bị trả lại, mỗi trường hợp: trừ 2,5 điểm']
    """
    said = [_SAID[name](rule) for name in RULE_OF.get(kind, ()) if rule.get(name) is not None and name in _SAID]
    if is_lower_better:
        said.insert(0, "Càng thấp càng tốt: lấy kế hoạch chia cho thực hiện")
    if kind == Kind.PENALTY and not rule:
        return [JUDGED]
    return [words for words in said if words]


def _bands_said(rule: Mapping[str, Any]) -> str:
    return "; ".join(f"từ {_shown(one['from'])}: {_shown(one['points'])} điểm" for one in rule["bands"]).capitalize()


def _grades_said(rule: Mapping[str, Any]) -> str:
    return "; ".join(f"{grade}: {_shown(points)} điểm" for grade, points in rule["grades"].items())


def _late_said(rule: Mapping[str, Any]) -> str:
    bands = [f"từ {_shown(one['days'])} ngày: trừ {_shown(one['points'])} điểm" for one in rule["late"]]
    return f"Chậm {'; '.join(bands)}" if bands else ""


def _surplus_said(rule: Mapping[str, Any]) -> str:
    surplus = rule["surplus"]
    each, cap = _shown(surplus.get("each_percent", 1)), _shown(surplus.get("cap_percent", 10))
    return f"Vượt mỗi 1 % kế hoạch: thưởng {each} % điểm chuẩn, nhiều nhất {cap} %"


def _low_said(rule: Mapping[str, Any]) -> str:
    return f"Đạt dưới {_shown(rule['low'])} %: 0 điểm; từ {_shown(rule.get('high', 100))} %: đủ điểm"


_SAID = {
    "surplus": _surplus_said,
    "low": _low_said,
    "points_each": lambda rule: f"Mỗi đơn vị đếm được: {_shown(rule['points_each'])} điểm",
    "bands": _bands_said,
    "grades": _grades_said,
    "late": _late_said,
    "late_each": lambda rule: f"Mỗi ngày chậm: trừ {_shown(rule['late_each'])} điểm",
    "grace": lambda rule: f"Chậm không quá {_shown(rule['grace'])} ngày thì không trừ" if rule["grace"] else "",
    "cutoff": lambda rule: f"Chậm quá {_shown(rule['cutoff'])} ngày: không nhận nữa, trừ hết điểm",
    "returned_each": lambda rule: f"Mỗi hồ sơ bị trả lại, mỗi trường hợp: trừ {_shown(rule['returned_each'])} điểm",
}
