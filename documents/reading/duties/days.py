"""Where the time words of a duty stand in a sentence: what limits it, never what merely dates a thing."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum


class Every(StrEnum):
    """How often a duty comes back."""

    ONCE = ""
    YEAR = "year"
    HALF = "half"
    QUARTER = "quarter"
    MONTH = "month"


@dataclass(frozen=True, slots=True)
class TimeFound:
    start: int
    end: int
    text: str
    """As printed: «trước ngày 10/7 hằng năm»."""
    every: Every
    is_event: bool = False
    """The day on which something is held, not one before which something is done."""


_DAY = r"\d{1,2}\s?[/.-]\s?\d{1,2}(?:\s?[/.-]\s?\d{4})?(?![\d/%])"
_SLASHED = r"\d{1,2}/\d{1,2}(?:/\d{4})?(?![\d/%])(?!\s*(?:tổng|số|thành viên|tập thể|cá nhân|đại biểu|điểm))"
_WORDS_DAY = r"\d{1,2}\s+tháng\s+\d{1,2}(?:\s+năm\s+\d{4})?"
_ANY_DAY = rf"(?:{_WORDS_DAY}|{_DAY})"
_MONTH = r"tháng\s+\d{1,2}(?:\s*/\s*\d{4}|\s+năm\s+\d{4})?(?!\s*/?\s*\d)"
_QUARTER = r"quý\s+(?:I{1,3}|IV|[1-4])(?:\s*/\s*\d{4}|\s+năm\s+\d{4})?\b"
_EVERY = (
    r"(?:\s+(?:của\s+)?(?:hằng|hàng|mỗi)\s+(?:năm|quý|tháng|tuần)"
    r"|\s+(?:của\s+)?tháng\s+(?:cuối|đầu)\s+(?:mỗi\s+)?(?:quý|năm)(?:\s+sau)?)"
)
_HOUR = r"(?:\d{1,2}\s*(?:giờ|h|g)\s*(?:\d{1,2}\s*(?:phút)?)?\s*,?\s*)?"
_MORE_DAYS = rf"(?:\s*(?:,|;|và|hoặc)\s*(?:trước\s+)?(?:ngày\s+)?{_ANY_DAY})*"
_LIMIT = (
    r"(?:trước|chậm nhất|muộn nhất|đến hết|hết|hạn cuối|hạn chót|thời hạn|không muộn hơn|không quá|xong trong|trong"
    r"|hạn (?:gửi|nộp|báo cáo|hoàn thành|đăng ký))"
    r"(?:\s*:)?(?:\s+(?:là|vào|đến|trước|trong|thời hạn|hạn))*"
)
_STRICT = r"(?:trước|chậm nhất|muộn nhất|hết|hạn cuối|hạn chót|không muộn hơn|không quá)(?:\s+(?:là|vào|đến|trước))*"
_ROUND = (
    r"định kỳ\s+(?:(?:hằng|hàng|mỗi|một|01|1)\s+(?:tháng|quý|năm)|(?:06|6|sáu)\s+tháng)"
    r"(?:\s*(?:,|và)\s*(?:năm|1 năm|01 năm|một năm))?"
)
_AFTER = (
    r"(?:trong|chậm nhất|muộn nhất|không quá)\s+(?:vòng\s+|thời hạn\s+|thời gian\s+)?\d{1,3}\s+ngày"
    r"(?:\s+làm việc)?,?\s+(?:kể\s+)?(?:từ|sau)(?:\s+(?:khi|ngày|thời điểm))?(?:\s+\w+){1,6}"
)
_TIME = re.compile(
    rf"\b(?:{_LIMIT}\s+{_HOUR}(?:(?:hết\s+)?ngày\s+(?:{_ANY_DAY}{_MORE_DAYS}|\d{{1,2}}\b){_EVERY}?"
    rf"|{_MONTH}{_EVERY}?|{_QUARTER})|{_STRICT}\s+{_HOUR}{_SLASHED}{_MORE_DAYS}{_EVERY}?|{_ROUND}|{_AFTER})",
    re.IGNORECASE,
)
_ON = re.compile(rf"\bvào\s+(?:hồi\s+|lúc\s+)?{_HOUR}(?:(?:sáng|chiều|tối)\s+)?ngày\s+{_ANY_DAY}", re.IGNORECASE)
_LABEL = re.compile(r"^\W*(?:[a-zđ0-9]{1,3}[.)]\s*)?(?:thời (?:gian|hạn|điểm)|hạn)\b[^:]{0,40}:", re.IGNORECASE)
_LABELLED = re.compile(
    rf"{_HOUR}(?:(?:sáng|chiều|tối),?\s+)?(?:ngày\s+{_ANY_DAY}{_MORE_DAYS}{_EVERY}?|{_MONTH}{_EVERY}?|{_QUARTER})",
    re.IGNORECASE,
)
_PERIOD = re.compile(r"\b(?:từ|bắt đầu)\b", re.IGNORECASE)

_NO_DUTY_BEFORE = re.compile(
    r"(?:\b(?:được|đã)\s+(?:ban hành|thành lập|công nhận|ký|tặng|thưởng|tuyển dụng)|\bban hành ngày|\bcó hiệu lực"
    r"|\bkể từ|\btừ ngày|\bgiai đoạn|\bngày ký|\bsinh|\bcông tác|\bphát sinh|\bcông nhận đất[\w\s]*"
    r"|\b(?:tính|lấy|chốt|số liệu)(?:\s+(?:đến|từ))?|\bkhông (?:gửi|nộp|báo cáo)[^,;]*)\W*$",
    re.IGNORECASE,
)
_EXCEPTION = re.compile(
    r"(?:trường hợp (?:đặc biệt|cần thiết|khác)|nhưng|và|,)[\s,]*(?:chậm nhất|thì)?\W*$", re.IGNORECASE
)
_CITES = re.compile(
    r"\b(?:số\s+[\w./-]+\s*$|(?:Luật|Nghị định|Quyết định|Thông tư|Nghị quyết|Chỉ thị)[^,;]*$)", re.IGNORECASE
)
_OF_A_PAPER = re.compile(r"\s*của\s+(?:UBND|Ủy ban|Uỷ ban|Thủ tướng|Chính phủ|Bộ|Quốc hội|HĐND|Ban)")
_EVERY_WORDS = (
    (Every.QUARTER, re.compile(r"\b(?:hằng|hàng|mỗi|một|01|1)\s+quý|tháng\s+(?:cuối|đầu)\s+(?:mỗi\s+)?quý", re.I)),
    (Every.MONTH, re.compile(r"\b(?:hằng|hàng|mỗi|một|01|1)\s+tháng", re.I)),
    (Every.YEAR, re.compile(r"\b(?:hằng|hàng|mỗi|một|01|1)\s+năm", re.I)),
    (Every.HALF, re.compile(r"\b(?:06|6|sáu)\s+tháng(?!\s+(?:đầu|cuối))", re.I)),
)
_YEARLY = re.compile(r"\b(?:hằng|hàng|mỗi)\s+năm\b|\bđịnh kỳ\b", re.IGNORECASE)
_MONTHLY = re.compile(r"\b(?:hằng|hàng|mỗi)\s+tháng\b", re.IGNORECASE)
_HAS_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_FULL_DAY = re.compile(rf"\d{{1,2}}\s?[/.-]\s?\d{{1,2}}|{_WORDS_DAY}|tháng\s+\d", re.IGNORECASE)


def times_in(sentence: str) -> Iterator[TimeFound]:
    """In order; none of them inside another."""
    found = [TimeFound(one.start(), one.end(), one[0], _every(one[0], sentence)) for one in _TIME.finditer(sentence)]
    found = [one for one in found if _limits(sentence, one)]
    if any(not _is_round(one) for one in found):
        found = [one for one in found if not _is_round(one)]
    if label := _LABEL.match(sentence):
        found = found or _labelled(sentence, label.end())
    elif not found:
        found = [TimeFound(one.start(), one.end(), one[0], Every.ONCE, True) for one in _ON.finditer(sentence)]
    before: TimeFound | None = None
    for one in found:
        if before is None or not _is_exception(sentence, before, one):
            yield one
        before = one


def label_of_time(sentence: str) -> str:
    """«c) Thời gian:»; empty where a sentence does not begin so."""
    found = _LABEL.match(sentence)
    return found[0] if found else ""


def has_time(text: str) -> bool:
    return _TIME.search(text) is not None


def after_time(text: str) -> str:
    """«Hằng năm, trước ngày 30/11, các xã» without all that says when."""
    ends = [found.end() for found in _TIME.finditer(text)]
    return text[max(ends, default=0) :]


def _is_round(found: TimeFound) -> bool:
    """«định kỳ hằng quý» where a day stands beside it says nothing more."""
    return found.text.lower().startswith("định kỳ")


def _labelled(sentence: str, at: int) -> list[TimeFound]:
    """«Thời gian: 8 giờ 00 ngày 25/11/2026»: no limit, but the day itself. Not «từ ngày … đến ngày …»."""
    found = _LABELLED.search(sentence, at)
    if found is None or _PERIOD.search(sentence[at:]):
        return []
    return [TimeFound(found.start(), found.end(), found[0], _every(found[0], sentence), True)]


def every_in(words: str) -> Every:
    """How often, as the time words themselves say."""
    return next((every for every, pattern in _EVERY_WORDS if pattern.search(words)), Every.ONCE)


def _every(words: str, sentence: str) -> Every:
    """Said by the words themselves, else by the sentence around a day without a year."""
    if every := every_in(words):
        return every
    if _HAS_YEAR.search(words) or re.match(_AFTER, words, re.IGNORECASE):
        return Every.ONCE
    if _FULL_DAY.search(words):
        return Every.YEAR if _YEARLY.search(sentence) else Every.ONCE
    return Every.MONTH if _MONTHLY.search(sentence) else Every.ONCE


def _limits(sentence: str, found: TimeFound) -> bool:
    """«trong ngày 20/7/2020 của UBND tỉnh» dates a paper, «số liệu đến hết ngày …» a figure, «từ … đến» a period."""
    before, after = sentence[: found.start], sentence[found.end :]
    if _OF_A_PAPER.match(after) or _CITES.search(before[-80:]) or _NO_DUTY_BEFORE.search(before[-60:]):
        return False
    is_end = found.text.lower().startswith(("đến hết", "hết"))
    return not (is_end and re.search(r"\btừ\b[^,;]*$", before[-60:], re.IGNORECASE))


def _is_exception(sentence: str, before: TimeFound, found: TimeFound) -> bool:
    """«… trường hợp đặc biệt không quá 15/02»: the same duty, put off."""
    between = sentence[before.end : found.start]
    return len(between) < 60 and _EXCEPTION.search(between) is not None and not found.is_event
