"""Words that stand for a whole quarter, «QUÝ I», «I. Quý I năm 2026:», «Nhiệm vụ quý 2», and other times of tasks."""

from __future__ import annotations

import re
from dataclasses import dataclass

from core.text import fold
from documents.dates import ROMAN
from documents.times import read_time

_MARKER = re.compile(r"(?:(?:[ivx]{1,4}|\d{1,2}|[a-h])\s*[.):/-]|[ivx]{1,4}(?=\s)|[-–+*•])\s*")
_QUARTER = re.compile(
    r"(?:(?:cac|cong tac|cong viec|ke hoach|nhiem vu|noi dung|thoi gian|thuc hien|trong|trong tam)\s+)*"
    r"qu[yi]\s*(?P<quarter>iii|ii|iv|i|[1-4]|mot|nhat|hai|ba|bon|tu)"
    r"(?:\s*[/.,-]?\s*(?:nam\s*)?(?P<year>\d{4}))?"
    r"\s*(?:\([^()]*\))?\s*[:.;,]*"
)
_FUND = re.compile(r"qu[ỹỷỵỳĩỉịì]", re.IGNORECASE)  # folds like «quý»
_NUMBERS = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "mot": 1, "nhat": 1, "hai": 2, "ba": 3, "bon": 4, "tu": 4}
_LONGEST = 120
_WORD = re.compile(r"[a-z]+|[0-9]+")
_OF_TIME = re.compile(
    r"ba|bon|cac|cham|chap|cho|cuoi|dau|den|dinh|doan|gan|giai|giua|han|hang|hai|het|hoac|hoan|khi|ky|lien|luc|mot|moi"
    r"|muoi|mung|nam|ngay|nhat|nua|quanh|quy|sang|sau|suot|ta|tam|tat|tet|thang|thanh|theo|thoi|thu|thuong|tiep|trong"
    r"|truoc|tu|tuan|tuc|ut|va|vao|ve|xuyen|[ivx]+|[0-9]+"
)
_NAM = re.compile(r"\bN(?:am|AM)\b")
_MOSTLY = 0.75


@dataclass(frozen=True, slots=True)
class NamedQuarter:
    quarter: int
    year: int | None


def read_quarter(text: str, *, bare: bool = False) -> NamedQuarter | None:
    """The one quarter that the words name and nothing else; ``bare`` also takes «I» or «2» (a column «Quý»)."""
    folded = fold(text)
    if len(folded) > _LONGEST or _FUND.search(text):
        return None
    if bare and (folded in _NUMBERS or re.fullmatch("[1-4]", folded)):
        return NamedQuarter(_number(folded), None)
    found = _QUARTER.fullmatch(folded) or _QUARTER.fullmatch(_MARKER.sub("", folded, count=1))
    if found is None:
        return None
    return NamedQuarter(_number(found["quarter"]), int(found["year"]) if found["year"] else None)


def said_of_group(heading: str, quarter: int | None, year: int) -> str:
    """What a group with a quarter's name means for the tasks below it, for the person."""
    if quarter is None:
        return f"«{heading}» không thuộc năm {year}; các nhiệm vụ bên dưới chưa xếp quý."
    return f"Các nhiệm vụ bên dưới thuộc quý {ROMAN[quarter]}."


def _number(words: str) -> int:
    return _NUMBERS.get(words) or int(words)


def marker_of(text: str) -> str:
    """What a group is numbered with: «I» of «I. Quý I»."""
    found = _MARKER.match(fold(text))
    return found[0].strip(" .):/-") if found else ""


def reads_as_time(text: str, year: int) -> bool:
    """Time words that leave no question: «Tháng 3», «Thường xuyên», «Trước ngày 30/6»; no task that names a year."""
    # «Nam» of «Việt Nam» folds like «năm»; typed without marks, «nam» is a year.
    words = _WORD.findall(fold(_NAM.sub("zz", text[: _LONGEST + 1])))
    of_time = sum(bool(_OF_TIME.fullmatch(word)) for word in words)
    if not words or len(text) > _LONGEST or of_time < _MOSTLY * len(words):
        return False
    reading = read_time(text, year)
    return not reading.problem and bool(reading.due or reading.ongoing or reading.recurrence)


def quarter_of(text: str, year: int) -> int | None:
    """The quarter of the plan's year in which all of the time lies: «Tháng 3» is in the first."""
    if named := read_quarter(text):
        return named.quarter if named.year in (None, year) else None
    reading = read_time(text, year) if len(text) <= _LONGEST else None
    if reading is None or reading.problem or not (reading.start and reading.due) or reading.start.year != year:
        return None
    first, last = (reading.start.month - 1) // 3 + 1, (reading.due.month - 1) // 3 + 1
    return first if first == last and reading.due.year == year else None
