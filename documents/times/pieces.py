"""Parts of the calendar as a text names them. What the text leaves blank is None and filled in later."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Literal

from documents.times import lunar, spans
from documents.times.errors import ImpossibleTime
from documents.times.spans import Cut, Portion, Span

Term = Literal["", "I", "II"]
FIRST_SCHOOL_MONTH = 8  # from August on, a month of a school year lies in its first calendar year
_WHICH_QUARTER = "Chưa rõ là quý nào."
_FIRST_TERM_ENDS = (1, 17)  # "trước ngày 18/01" in the ministry's frame of recent school years


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """What all kinds share: a year, if the text names one for it, and the stretch it stands for."""

    year: int | None = None

    @property
    def blank(self) -> bool:
        """The figure that makes it a certain month or quarter is missing: ``ngày 15``, ``cuối quý``."""
        return False

    @property
    def missing(self) -> str:
        """What a person is asked for while it is blank."""
        return "Chưa rõ là tháng nào."

    def doubt(self, year: int) -> str:
        """Why the stretch is only roughly known; empty when it is sure."""
        return ""

    def span(self, year: int) -> Span:
        """Its first and last day; ``year`` counts where the text names none. Raise ``ImpossibleTime``."""
        raise NotImplementedError


@dataclass(frozen=True, slots=True, kw_only=True)
class Day(Piece):
    day: int
    month: int | None = None
    lunar: bool = False
    month_in_words: bool = False
    """Written ``ngày 15 tháng 6``: in a list, the next number or month is another month with the same day."""

    @property
    def blank(self) -> bool:
        return self.month is None

    @property
    def missing(self) -> str:
        return f"Chưa rõ ngày {self.day} của tháng nào."

    def span(self, year: int) -> Span:
        if self.month is None:
            raise ImpossibleTime(self.missing)
        if self.lunar:
            return _lunar_span(self, year)
        day = spans.day_of(self.year or year, self.month, self.day)
        return Span(day, day)


@dataclass(frozen=True, slots=True, kw_only=True)
class Month(Piece):
    number: int | None
    portion: Portion | None = None
    lunar: bool = False
    lunar_said: bool = False
    """``âm lịch`` stands behind it; without that, tháng Giêng and tháng Chạp may still be meant as solar months."""

    @property
    def blank(self) -> bool:
        return self.number is None

    def doubt(self, year: int) -> str:
        guessed = self.lunar and not self.lunar_said
        return "Tháng này được hiểu theo âm lịch; nếu là dương lịch, đề nghị ghi số tháng." if guessed else ""

    def span(self, year: int) -> Span:
        if self.number is None:
            raise ImpossibleTime(self.missing)
        if self.lunar:
            return _lunar_span(self, year)
        whole = spans.month_span(self.year or year, self.number)
        return spans.part_of_month(whole, self.portion) if self.portion else whole


@dataclass(frozen=True, slots=True, kw_only=True)
class Quarter(Piece):
    number: int | None
    portion: Portion | None = None

    @property
    def blank(self) -> bool:
        return self.number is None

    @property
    def missing(self) -> str:
        return _WHICH_QUARTER

    def span(self, year: int) -> Span:
        if self.number is None:
            raise ImpossibleTime(self.missing)
        whole = spans.quarter_span(self.year or year, self.number)
        return spans.part_of_quarter(whole, self.portion) if self.portion else whole


@dataclass(frozen=True, slots=True, kw_only=True)
class DayOfQuarter(Piece):
    """``ngày 20 tháng cuối quý``."""

    day: int
    month_index: int
    """0, 1 or 2."""
    number: int | None = None

    @property
    def blank(self) -> bool:
        return self.number is None

    @property
    def missing(self) -> str:
        return _WHICH_QUARTER

    def span(self, year: int) -> Span:
        if self.number is None:
            raise ImpossibleTime(self.missing)
        first_month = spans.quarter_span(self.year or year, self.number).start.month
        day = spans.day_of(self.year or year, first_month + self.month_index, self.day)
        return Span(day, day)


@dataclass(frozen=True, slots=True, kw_only=True)
class Months(Piece):
    """``9 tháng đầu năm``."""

    first: int
    last: int

    def span(self, year: int) -> Span:
        spans.check_year(self.year or year)
        return spans.months_span(self.year or year, self.first, self.last)


@dataclass(frozen=True, slots=True, kw_only=True)
class Year(Piece):
    portion: Portion | None = None
    subject: bool = False
    """It belongs to a noun: ``Kế hoạch năm 2026`` is no time to do something in."""
    whole: bool = False
    """``cả năm``: never only the frame of something narrower."""

    def doubt(self, year: int) -> str:
        """A third of a quarter is a month; ``đầu``, ``giữa``, ``cuối năm`` are no certain number of months."""
        rough = self.portion and self.portion.cut is Cut.THIRD
        return "Mốc đầu năm, giữa năm, cuối năm chỉ ước chừng; đề nghị ghi rõ tháng hoặc quý." if rough else ""

    def span(self, year: int) -> Span:
        whole = spans.year_span(self.year or year)
        return spans.part_of_year(whole, self.portion) if self.portion else whole


@dataclass(frozen=True, slots=True, kw_only=True)
class SchoolYear(Piece):
    """``năm học 2025-2026``, by its first year: 1 September to 31 May.

    The yearly frames of the Ministry of Education open it on 5 September, let schools
    gather from the last days of August, and end it before 31 May; the round dates are
    those that officials use. ``term`` is a half of it, which the provinces set themselves.
    """

    term: Term = ""
    portion: Portion | None = None

    def doubt(self, year: int) -> str:
        sure = self.year and not self.term
        return "" if sure else "Mốc học kỳ, năm học do tỉnh quy định từng năm; đề nghị ghi rõ ngày."

    def span(self, year: int) -> Span:
        first = self.year or year
        whole = Span(spans.day_of(first, 9, 1), spans.day_of(first + 1, 5, 31))
        term_end = date(first + 1, *_FIRST_TERM_ENDS)
        if self.term == "I":
            return Span(whole.start, term_end)
        if self.term == "II":
            return Span(term_end + spans.ONE_DAY, whole.end)
        if self.portion:
            return spans.month_span(*((first, 9), (first + 1, 1), (first + 1, 5))[self.portion.index])
        return whole


@dataclass(frozen=True, slots=True, kw_only=True)
class LunarNewYear(Piece):
    """Tết: from its first day to the last of the public holidays that follow it without a gap."""

    after_issue: date | None = None
    """In a paper issued after this year's Tết, a Tết without a year is the next one."""

    def doubt(self, year: int) -> str:
        meant = self._year(year)
        passed = f"Tết năm {year} đã qua khi ban hành văn bản; được hiểu là Tết năm {meant}."
        return passed if not self.year and meant != year else ""

    def span(self, year: int) -> Span:
        start = lunar.solar_day(self._year(year), 1, 1)
        end = start
        while spans.is_holiday(end + spans.ONE_DAY):
            end += spans.ONE_DAY
        return Span(start, end)

    def _year(self, year: int) -> int:
        if self.year:
            return self.year
        spans.check_year(year)
        passed = self.after_issue and self.after_issue.year == year and self.after_issue > lunar.solar_day(year, 1, 5)
        return year + 1 if passed else year


LengthUnit = Literal["ngày", "tuần", "tháng", "năm"]


@dataclass(frozen=True, slots=True)
class Length:
    """``05 ngày làm việc``."""

    count: int
    unit: LengthUnit
    working: bool = False
    within: bool = False
    """``trong vòng 05 ngày``, ``không quá 05 ngày``: a limit, not how long the work itself lasts."""

    def after(self, day: date, sign: int = 1) -> date:
        """Its last day; the day it is counted from is not counted (Civil Code 2015, Article 147)."""
        count = self.count * sign
        if self.working:
            return spans.working_days_from(day, count)
        if self.unit in ("tháng", "năm"):
            return spans.months_from(day, count * (12 if self.unit == "năm" else 1))
        return day + timedelta(days=count * (7 if self.unit == "tuần" else 1))


@dataclass(frozen=True, slots=True, kw_only=True)
class Moved(Piece):
    """A length counted from a known day, forwards or backwards."""

    anchor: Piece
    length: Length
    backwards: bool = False

    @property
    def blank(self) -> bool:
        return self.anchor.blank

    def span(self, year: int) -> Span:
        anchor = self.anchor.span(self.year or year)
        if self.backwards:
            day = self.length.after(anchor.start, -1)
            return Span(day, day)
        return Span(anchor.end, self.length.after(anchor.end))


@dataclass(frozen=True, slots=True, kw_only=True)
class Lasting(Piece):
    """``03 ngày, từ ngày 08/12``: so many days, the first included."""

    anchor: Piece
    length: Length

    def span(self, year: int) -> Span:
        start = self.anchor.span(self.year or year).start
        if self.length.working:
            return Span(start, self.length.after(start - spans.ONE_DAY))
        return Span(start, self.length.after(start) - spans.ONE_DAY)


def _lunar_span(piece: Day | Month, year: int) -> Span:
    """Without a printed year: of the two lunar years that a calendar year meets, the one that falls into it."""
    if piece.year:
        return _lunar_span_of(piece, piece.year)
    spans.check_year(year)
    span = _lunar_span_of(piece, year)
    return span if span.start.year == year else _lunar_span_of(piece, year - 1)


def _lunar_span_of(piece: Day | Month, lunar_year: int) -> Span:
    spans.check_year(lunar_year)
    if isinstance(piece, Day):
        assert piece.month is not None
        day = lunar.solar_day(lunar_year, piece.month, piece.day)
        return Span(day, day)
    assert piece.number is not None
    start, length = lunar.month_start(lunar_year, piece.number)
    whole = Span(start, start + timedelta(days=length - 1))
    if piece.portion is None:
        return whole
    third = start + timedelta(days=10 * (piece.portion.index % 3))
    return Span(third, whole.end if piece.portion.index < 0 else third + timedelta(days=9))


def with_number(piece: Piece, number: int) -> Piece:
    """The blank month or quarter filled in."""
    if isinstance(piece, Day):
        return replace(piece, month=number)
    if isinstance(piece, Month | Quarter | DayOfQuarter):
        return replace(piece, number=number)
    if isinstance(piece, Moved):
        return replace(piece, anchor=with_number(piece.anchor, number))
    return piece
