"""Years and days of the plan's own time: moved; those of history: left alone.

Own are the plan's year, the year before (whose results it reports) and the year after (into
which its last tasks run). Two years back is asked: it may be a comparison, a slip or history.
"""

from __future__ import annotations

import calendar
import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass

from plans.moving.proposals import Finding, Group, Kind

_D, _M, _Y = r"(?P<d>\d{1,2})", r"(?P<m>\d{1,2})", r"(?P<y>(?:19|20)\d{2})"
_DAY = re.compile(rf"(?<![\d/.-]){_D}(?P<sep>\s?[/.-]\s?){_M}(?P=sep)(?P<y>(?:19|20)\d{{2}}|\d{{2}})(?![\d/])")
_DAY_IN_WORDS = re.compile(rf"ngày\s+{_D}\s+tháng\s+{_M}(?:\s+năm\s+|/){_Y}(?!\d)", re.IGNORECASE)
_ISO_DAY = re.compile(rf"{_Y}-(?P<m>\d{{2}})-(?P<d>\d{{2}})")
_MONTH = re.compile(rf"(?:\btháng\s+)?(?<![\d/.])(?:0?[1-9]|1[0-2])(?:\s?/\s?|-){_Y}(?![\d/])", re.IGNORECASE)
_QUARTER = re.compile(
    rf"(?:\bquý\s+(?:IV|III|II|I|[1-4])|(?<![\w/])(?:IV|III|II|I))\s?/\s?{_Y}(?![\d/])", re.IGNORECASE
)
_NAMED_YEAR = re.compile(rf"\bnăm\s+{_Y}(?!\d)(?!\s?[-–]\s?\d)", re.IGNORECASE)
_BARE_YEAR = re.compile(
    rf"(?<![\d/.,-]){_Y}(?=\s*(?:[.;:,)”\"]|$|\s(?:theo|và|của|trên|do|với|tại|cho|được|để|trong|là|gắn|gồm)\b))"
    r"(?![.,]\d)"
)
_SCHOOL_YEAR = re.compile(
    r"\b(?:năm học|niên khóa|niên vụ|mùa vụ|vụ (?:đông|đông xuân|đông - xuân))\s+"
    r"(?P<first>(?:19|20)\d{2})\s?[-–/]\s?(?P<last>(?:19|20)\d{2})(?!\d)",
    re.IGNORECASE,
)
_AT_HEAD_OF_SENTENCE = re.compile(r"(?:^|\.\s+)(?:Trong\s+)?$")
_STEMS = ("Giáp", "Ất", "Bính", "Đinh", "Mậu", "Kỷ", "Canh", "Tân", "Nhâm", "Quý")
_BRANCHES = ("Tý", "Sửu", "Dần", "Mão", "Thìn", "Tỵ", "Ngọ", "Mùi", "Thân", "Dậu", "Tuất", "Hợi")
_OTHER_SPELLINGS = {"Kỉ": "Kỷ", "Quí": "Quý", "Tí": "Tý", "Tị": "Tỵ", "Mẹo": "Mão"}
_CYCLE_NAME = re.compile(
    rf"\b(?P<stem>{'|'.join((*_STEMS, 'Kỉ', 'Quí'))})\s+(?P<branch>{'|'.join((*_BRANCHES, 'Tí', 'Tị', 'Mẹo'))})(?!\w)"
)
_CYCLE = 60


@dataclass(frozen=True, slots=True)
class Move:
    """From the year of a plan to another."""

    old: int
    new: int

    @property
    def by(self) -> int:
        return self.new - self.old

    def is_own(self, year: int) -> bool:
        return self.old - 1 <= year <= self.old + 1

    def is_near(self, year: int) -> bool:
        return year == self.old - 2

    def day(self, day: dt.date) -> dt.date:
        """29 February becomes the 28th where the year has no such day."""
        year = day.year + self.by
        return day.replace(year=year, day=min(day.day, calendar.monthrange(year, day.month)[1]))


def find_years(text: str, move: Move, *, looks_back: bool = False) -> Iterator[Finding]:
    """Days first, bare years last, for the earlier ones hold the later. ``looks_back``: the text tells what was."""
    yield from _find_days(text, move)
    for pattern in (_QUARTER, _MONTH):
        for match in pattern.finditer(text):
            yield from _dated(match, move, Group.DAY)
    for match in _NAMED_YEAR.finditer(text):
        yield from _named(text, match, move, looks_back)
    for match in _BARE_YEAR.finditer(text):
        if move.is_own(int(match["y"])):
            yield _found(match, _later(match, move), f"Năm {match['y']} thuộc thời gian của kế hoạch.", Group.YEAR)
    yield from _find_cycle_names(text, move)


def find_iso_day(text: str, move: Move) -> Iterator[Finding]:
    """A text that is nothing but a day as computers write it."""
    match = _ISO_DAY.fullmatch(text)
    if not match:
        return
    day = dt.date.fromisoformat(text)
    if move.is_own(day.year):
        yield Finding(
            0,
            len(text),
            move.day(day).isoformat(),
            why_of_day(day.year, move),
            Group.TASK_DATES,
            is_doubtful=day.year < move.old,
        )


def find_school_years(text: str, move: Move) -> Iterator[Finding]:
    """``năm học 2023 - 2024``: both years move; to be looked for before other spans of years."""
    for match in _SCHOOL_YEAR.finditer(text):
        first, last = int(match["first"]), int(match["last"])
        if last == first + 1 and (move.is_own(first) or move.is_own(last)):
            start = match.start()
            new = (
                text[start : match.start("first")]
                + str(first + move.by)
                + text[match.end("first") : match.start("last")]
                + str(last + move.by)
            )
            yield _found(match, new, f"Năm học, mùa vụ dời cùng kế hoạch {move.by} năm.", Group.YEAR)


def _find_days(text: str, move: Move) -> Iterator[Finding]:
    for pattern in (_DAY_IN_WORDS, _DAY):
        for match in pattern.finditer(text):
            if len(match["y"]) == 2 and not 2000 <= 2000 + int(match["y"]) <= move.old + 1:
                continue
            yield from _dated(match, move, Group.DAY)


def _dated(match: re.Match[str], move: Move, group: Group) -> Iterator[Finding]:
    year = int(match["y"]) if len(match["y"]) == 4 else 2000 + int(match["y"])
    kind = Kind.CERTAIN if move.is_own(year) else Kind.ASK
    if move.is_own(year) or move.is_near(year):
        new = _later(match, move)
        yield _found(match, new, why_of_day(year, move), group, kind=kind, is_doubtful=year < move.old)


def why_of_day(year: int, move: Move) -> str:
    if year < move.old:
        return f"Thời gian thuộc năm {year}, trước năm {move.old} của kế hoạch: dời cùng số năm, hãy xem lại."
    return f"Thời gian của kế hoạch dời {move.by} năm."


def _named(text: str, match: re.Match[str], move: Move, looks_back: bool) -> Iterator[Finding]:
    year = int(match["y"])
    new = _later(match, move)
    if move.is_near(year):
        why = f"Năm {year} là hai năm trước năm của kế hoạch: có dời thành năm {year + move.by} không?"
        yield _found(match, new, why, Group.YEAR, kind=Kind.ASK, is_doubtful=True)
    elif move.is_own(year) and year < move.old and (looks_back or _AT_HEAD_OF_SENTENCE.search(text[: match.start()])):
        why = f"Đoạn này kể việc đã làm năm {year}: nếu đổi năm thì phải thay cả số liệu."
        yield _found(match, new, why, Group.YEAR, kind=Kind.ASK)
    elif move.is_own(year):
        yield _found(match, new, _why_of_year(year, move), Group.YEAR)


def _why_of_year(year: int, move: Move) -> str:
    if year == move.old:
        return f"Năm của kế hoạch chuyển từ {move.old} sang {move.new}."
    return f"Năm {'liền trước' if year < move.old else 'liền sau'} của kế hoạch, dời cùng {move.by} năm."


def _later(match: re.Match[str], move: Move) -> str:
    """The match with its year moved; 29 February gives way where the new year has none."""
    parts = match.groupdict()
    digits = len(match["y"])
    year = int(match["y"]) + move.by
    start, end = (position - match.start() for position in match.span("y"))
    text = match[0][:start] + str(year)[-digits:].zfill(digits) + match[0][end:]
    if parts.get("d") and (int(parts["d"]), int(parts["m"])) == (29, 2):
        full = year if digits == 4 else 2000 + year
        if not calendar.isleap(full):
            begin, stop = (position - match.start() for position in match.span("d"))
            text = text[:begin] + "28" + text[stop:]
    return text


def _found(
    match: re.Match[str], new: str, why: str, group: Group, *, kind: Kind = Kind.CERTAIN, is_doubtful: bool = False
) -> Finding:
    return Finding(match.start(), match.end(), new, why, group, kind, is_doubtful=is_doubtful)


def _find_cycle_names(text: str, move: Move) -> Iterator[Finding]:
    """``Xuân Giáp Thìn``: the year's name in the cycle of sixty."""
    for match in _CYCLE_NAME.finditer(text):
        for year in range(move.old - 1, move.old + 2):
            if _cycle_name(year) == " ".join(_OTHER_SPELLINGS.get(word, word) for word in match.groups()):
                new = _cycle_name(year + move.by)
                why = f"Năm âm lịch {match[0]} là năm {year}; năm {year + move.by} là {new}."
                yield _found(match, new, why, Group.YEAR)


def _cycle_name(year: int) -> str:
    position = (year - 4) % _CYCLE
    return f"{_STEMS[position % 10]} {_BRANCHES[position % 12]}"
