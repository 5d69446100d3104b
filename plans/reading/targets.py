"""Targets (chỉ tiêu) out of the sentences of a campaign: «tỷ lệ hộ nghèo giảm từ 1,5 đến 2 điểm %».

Only what has a figure and a unit is a target; years, days, ages and ordinals are none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

_FIGURE = r"\d{1,3}(?:\.\d{3})+(?:,\d+)?|\d+(?:,\d+)?"
_MEASURE = (
    r"điểm\s?%(?:/[^\W\d]+)?|%(?:/[^\W\d]+)?|‰(?:/[^\W\d]+)?"
    r"|(?:nghìn|ngàn|triệu|tỷ|tỉ)\s+đồng(?:/[^\W\d]+){0,3}|đồng(?:/[^\W\d]+){0,3}|triệu\s+USD|USD"
    r"|(?:nghìn\s+|ngàn\s+|triệu\s+)?(?:tấn|tạ|kg|ha|héc-ta|km|m2|m²|m3|m³|kWh|lít)(?:/[^\W\d]+){0,2}(?![^\W\d])"
)
_QUANTITY = re.compile(
    rf"(?<![\d.,/])(?P<low>{_FIGURE})(?:\s?(?P<mark>%))?(?:\s*(?:-|–|đến)\s*(?P<high>{_FIGURE}))?\s*"
    rf"(?:(?P<unit>{_MEASURE})|(?:(?P<scale>ngàn|nghìn|vạn|trăm)\s+)?(?P<noun>[^\W\d_]+(?:\s+[^\W\d_]+)?))",
    re.IGNORECASE,
)
_NOT_COUNTED = frozenset(
    [
        "tuổi",
        "tháng",
        "năm",
        "ngày",
        "đợt",
        "lần",
        "giờ",
        "phút",
        "quý",
        "tuần",
        "là",
        "và",
        "của",
        "trở",
        "so",
        "thì",
        "kỳ",
        "khóa",
        "nhiệm",
        "điều",
        "khoản",
        "trong",
        "cấp",
        "đến",
        "từ",
    ]
)
_ORDINAL = re.compile(
    r"(?:\bthứ|\bnăm|\btháng|\bngày|\bsố|\blần|\bkhóa|\bđiều|\bquý|\bcon thứ|[/(])\s*$", re.IGNORECASE
)
_NTH = re.compile(r"(?:\bthứ|[/(])\s*$", re.IGNORECASE)
_NEW_VERB = re.compile(
    r"(?:đảm bảo|bảo đảm|phấn đấu|góp phần|đáp ứng|gắn với|từng bước|giữ vững|nâng cao)\b", re.IGNORECASE
)
_TWO_WORDS = frozenset(
    [
        "lao động",
        "sản phẩm",
        "doanh nghiệp",
        "học sinh",
        "hội viên",
        "đoàn viên",
        "đảng viên",
        "gia đình",
        "mô hình",
        "công trình",
        "tổ chức",
        "cá nhân",
        "tập thể",
        "điển hình",
        "hợp tác",
        "người dân",
        "nhân lực",
        "cơ sở",
        "dự án",
        "tiêu chí",
        "danh hiệu",
    ]
)
_PEOPLE = frozenset(["lao động", "học sinh", "hội viên", "đoàn viên", "đảng viên", "người dân", "cá nhân", "nhân lực"])
_SCALES = {"ngàn": 1000, "nghìn": 1000, "vạn": 10_000, "trăm": 100}

_PARTS = re.compile(r";|[.…]+\s+(?=[A-ZĐÀ-Ỹ])|[.…]+$|,?\s*\btrong đó\b:?\s*|,?\s*\bđồng thời\b\s*", re.IGNORECASE)
_LABEL = re.compile(r"^(?:[^:\d]{1,80}:\s*(?=[^\d\s])|Về\s[^:\d]{1,80}:\s*)")
_BRACKETS = re.compile(r"\s*\([^()]*\)")
_OPENING = re.compile(
    r"^(?:phấn đấu|giữ vững|duy trì|hoàn thành|đảm bảo|bảo đảm|có thêm|có|tạo điều kiện|tạo|xóa|xoá|đạt|trong đó|và"
    r"|cho|đưa|nâng|về|tiếp tục)(?:\s+|$)",
    re.IGNORECASE,
)
_LIMITS = (
    (re.compile(r"\b(?:không quá|không vượt quá|tối đa|nhiều nhất|không cao hơn)$", re.IGNORECASE), "<="),
    (re.compile(r"\b(?:ít nhất|tối thiểu|không dưới|không thấp hơn|không ít hơn)$", re.IGNORECASE), ">="),
    (re.compile(r"\b(?:trên|hơn|cao hơn|vượt)$", re.IGNORECASE), ">"),
    (re.compile(r"\b(?:dưới|thấp hơn|ít hơn)$", re.IGNORECASE), "<"),
)
_LEADING_UP = re.compile(
    r"(?:\b(?:đạt|duy trì|giữ vững|giữ|là|còn|xuống còn|xuống|(?<!trở )lên|ở mức|bằng|từ|cho|khoảng|được)|[:,])$",
    re.IGNORECASE,
)
_DOWN_BEFORE = re.compile(r"\b(?:giảm|hạ|kéo giảm)$", re.IGNORECASE)
_DOWN_FIRST = re.compile(r"^(?:kéo giảm|giảm|hạ)\s+(?!nghèo\b)", re.IGNORECASE)
_AFTER = re.compile(r"^\s*(?P<bound>trở lên|trở xuống)\b", re.IGNORECASE)
_NO_PART = re.compile(r"^\s*(?:so với|theo|trên|trong|tại|vào|đến|cùng kỳ|/|mỗi năm|hằng năm|hàng năm)\b.*", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Target:
    text: str
    op: str
    low: Decimal
    high: Decimal | None
    unit: str
    is_decrease: bool = False
    clause: str = field(default="", compare=False)
    """The words that it was read from."""
    doubt: str = field(default="", compare=False)
    """What a person should look at in them."""

    def as_json(self) -> dict[str, Any]:
        found: dict[str, Any] = {"text": self.text, "op": self.op, "low": _plain(self.low)}
        if self.high is not None:
            found["high"] = _plain(self.high)
        found["unit"] = self.unit
        return found | ({"direction": "down"} if self.is_decrease else {})


def _plain(figure: Decimal) -> int | float:
    return int(figure) if figure == figure.to_integral_value() else float(figure)


def targets_in(text: str) -> Iterator[Target]:
    """In the order of the sentence; a part without a figure belongs to the one before."""
    for part in _PARTS.split(_BRACKETS.sub("", text)):
        part = part.strip(" ,-–+")
        while (label := _LABEL.match(part)) is not None:
            part = part[label.end() :]
        for clause in _clauses(part):
            if target := _target(clause):
                yield target


def _clauses(part: str) -> Iterator[str]:
    """Parted at the commas before which, and behind which, a quantity stands."""
    current = ""
    for piece in part.split(", "):
        if current and _quantity(current) and _quantity(piece):
            yield current
            current = piece
        elif current and _quantity(current) and _NEW_VERB.match(piece):
            yield current
            current = ""
        else:
            current = f"{current}, {piece}" if current else piece
    yield current


def _quantity(clause: str) -> re.Match[str] | None:
    """The first figure with a unit; of «từ 85% lên 90%» the last."""
    found = None
    for match in _quantities(clause):
        if found is None:
            found = match
        elif clause[: match.start()].rstrip().endswith("lên"):
            return match
    return found


def _quantities(clause: str) -> Iterator[re.Match[str]]:
    for match in _QUANTITY.finditer(clause):
        if (_ORDINAL if match["noun"] else _NTH).search(clause[: match.start()]):
            continue
        noun = (match["noun"] or "").split()
        if noun and noun[0].casefold() in _NOT_COUNTED and not match["mark"]:
            continue
        yield match


def _target(clause: str) -> Target | None:
    match = _quantity(clause)
    if match is None:
        return None
    before, after = clause[: match.start()].strip(), clause[match.end() :]
    unit, noun, after = _unit(match, after)
    before, op = _limit(before)
    if bound := _AFTER.match(after):
        op = ">=" if bound["bound"].casefold() == "trở lên" else "<="
        after = after[bound.end() :]
    before, is_decrease = _direction(before)
    text, named = _text(before, noun, after)
    if not re.search(r"[^\W\d_]{2}", text):
        return None
    if noun and named and noun.casefold() in _PEOPLE:
        unit = "người"
    scale = _SCALES.get((match["scale"] or "").casefold(), 1)
    low = _number(match["low"]) * scale
    high = _number(match["high"]) * scale if match["high"] else None
    doubt = _doubt(clause, match)
    if high is not None and high < low:
        doubt, high = f"Ghi từ {match['low']} đến {match['high']}, số sau nhỏ hơn số trước: tạm lấy số trước.", None
    return Target(text, "range" if high is not None else op, low, high, unit, is_decrease, clause, doubt)


def _doubt(clause: str, taken: re.Match[str]) -> str:
    others = [match for match in _quantities(clause) if match.start() != taken.start()]
    if not others:
        return ""
    left = ", ".join(map(_said, others))
    return f"Câu này còn ghi «{left}»: chỉ tiêu lấy «{_said(taken)}», hãy xem lại."


def _said(quantity: re.Match[str]) -> str:
    """«85%», without the word behind a percentage."""
    end = quantity.start("noun") if quantity["mark"] and quantity["noun"] else quantity.end()
    return " ".join(quantity.string[quantity.start() : end].split())


def _unit(match: re.Match[str], after: str) -> tuple[str, str, str]:
    """The unit, the noun that is counted where there is one, and what stands behind both."""
    if match["unit"]:
        return " ".join(match["unit"].split()), "", after
    if match["mark"]:
        return "%", "", match["noun"] + after if match["noun"] else after
    words = match["noun"].split()
    if len(words) == 2 and " ".join(words).casefold() not in _TWO_WORDS:
        behind = match["noun"][len(words[0]) :]
        return words[0], words[0], behind + after
    return " ".join(words), " ".join(words), after


def _limit(before: str) -> tuple[str, str]:
    """The words before the figure without those that compare, and what these say."""
    op = "="
    while True:
        before = before.rstrip(" ,")
        for pattern, meaning in _LIMITS:
            if op == "=" and (found := pattern.search(before)):
                before, op = before[: found.start()], meaning
                break
        else:
            found = _LEADING_UP.search(before)
            if found is None:
                return before, op
            before = before[: found.start()]


def _direction(before: str) -> tuple[str, bool]:
    is_decrease = False
    if found := _DOWN_BEFORE.search(before):
        before, is_decrease = _limit(before[: found.start()])[0], True
    while found := _OPENING.match(before):
        before = before[found.end() :]
    if found := _DOWN_FIRST.match(before):
        before, is_decrease = before[found.end() :], True
    return before.strip(), is_decrease


def _text(before: str, noun: str, after: str) -> tuple[str, bool]:
    """What is counted or measured, and whether its noun is part of it."""
    after = _NO_PART.sub("", after).strip(" ,.")
    if not before and not noun:
        while found := _OPENING.match(after):
            after = after[found.end() :]
    words = [before, noun if after or not before else "", after]
    text = " ".join(word for word in words if word)
    text = re.sub(r"^(.{4,}?)\s+\1$", r"\1", text)
    return " ".join(text.split()), bool(noun and (after or not before))


def _number(text: str) -> Decimal:
    return Decimal(text.replace(".", "").replace(",", "."))
