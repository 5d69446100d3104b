"""Marks → findings: what each named part of the calendar is to the task."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from enum import Enum, auto

from documents.times.marks import JOINTS, LIMITS, Cycle, Mark, Sign, Unread, Weekdays, Word
from documents.times.pieces import Day, Length, Month, Piece, SchoolYear, Year

# So many words may stand between trước, từ, đến, sau and the day: "trước thời hạn là ngày 15/12".
_REACH = 3


class Kind(Enum):
    SPAN = auto()  # done within it
    DEADLINE = auto()  # done by its end
    START = auto()  # begun with it


@dataclass(slots=True)
class Finding:
    kind: Kind
    first: Piece
    last: Piece
    """The same as ``first`` unless the text names a range."""
    clause: int
    joint: Sign | None = None
    """What joins it to the finding before."""
    strict: bool = False
    """Its day is too late (trước) or too early (sau)."""
    bracketed: bool = False
    reported: bool = False
    """A report is named before it: the stretch may be what the report is about."""
    role: Sign | None = None
    """BEGIN or FINISH where the text says so (triển khai, hoàn thành), before it or behind it."""
    returning: bool = False
    """``ngày 15 hằng tháng``: its blank is filled by every month, not by a neighbour's."""

    @property
    def is_range(self) -> bool:
        return self.first is not self.last


@dataclass(slots=True)
class Facts:
    """All that one text says."""

    findings: list[Finding] = field(default_factory=list)
    cycles: list[Cycle] = field(default_factory=list)
    weekdays: list[tuple[Weekdays, bool]] = field(default_factory=list)
    """With True where the day itself is too late."""
    lengths: list[Length] = field(default_factory=list)
    unread: list[str] = field(default_factory=list)
    ongoing: bool = False
    event: bool = False
    waits: bool = False
    """For something that no rule knows by itself: ``khi …``, ``trước hội nghị``."""
    on_demand: bool = False
    around: bool = False


def read_clauses(marks: list[Mark]) -> Facts:
    reader = _Reader()
    for mark in marks:
        reader.read(mark)
    reader.drop_sign()
    reader.look_back()
    return reader.facts


def _of_some_month(piece: Piece) -> bool:
    return isinstance(piece, Day | Month) and piece.blank


class _Reader:
    """Goes through the marks once and remembers the limit that waits for its day."""

    def __init__(self) -> None:
        self.facts = Facts()
        self.clause = 0
        self.depth = 0
        self.sign: Sign | None = None
        self.joint: Sign | None = None
        self.words = 0  # since the last sign or part of the calendar
        self.apart = False  # words stood before that sign: it joins no two days
        self.reported = False
        self.role: Sign | None = None
        self.monthly = False  # hằng tháng stands before the next part of the calendar

    def read(self, mark: Mark) -> None:
        if isinstance(mark, Piece):
            self._piece(mark)
        elif isinstance(mark, Sign):
            self._sign(mark)
        elif isinstance(mark, Word):
            self.words += 1
            if self.words > _REACH and self.sign not in (Sign.BY, Sign.FINISH, None):
                self.drop_sign()
        elif isinstance(mark, Cycle):
            self._cycle(mark)
        elif isinstance(mark, Weekdays):
            self.facts.weekdays.append((mark, self.sign is Sign.BEFORE))
            self.sign = None
        elif isinstance(mark, Length):
            self.facts.lengths.append(mark)
        elif isinstance(mark, Unread):
            self.facts.unread.append(mark.text)

    def drop_sign(self) -> None:
        """``trước hội nghị``, ``sau khi sơ kết``: a limit whose day the text does not name waits for an event."""
        if self.sign in (Sign.BEFORE, Sign.AFTER) and self.words:
            self.facts.waits = True
        self.sign = None

    def look_back(self) -> None:
        """``tháng 3 bắt đầu, tháng 6 hoàn thành``: what is said before a comma belongs to the time before it."""
        last = self._last_of_clause()
        if last is None or last.role:
            return
        if self.sign is Sign.FROM and not self.words and last.kind is Kind.SPAN:
            last.kind, self.sign = Kind.START, None
        last.role, self.role = self.role, None

    def _last_of_clause(self) -> Finding | None:
        last = self.facts.findings[-1] if self.facts.findings else None
        return last if last and last.clause == self.clause else None

    def _cycle(self, cycle: Cycle) -> None:
        self.facts.cycles.append(cycle)
        if cycle != Cycle("tháng"):
            return
        self.monthly = True
        for finding in reversed(self.facts.findings):
            if finding.clause != self.clause or not (_of_some_month(finding.first) and _of_some_month(finding.last)):
                return
            finding.returning, self.monthly = True, False

    def _sign(self, sign: Sign) -> None:
        self.apart = self.apart or self.words > 0
        if sign is Sign.STOP:
            self.look_back()
            self.drop_sign()
            self.clause += 1
            self.joint, self.reported, self.role, self.monthly = None, False, None, False
        elif sign in (Sign.OPEN, Sign.CLOSE):
            self.depth = max(self.depth + (1 if sign is Sign.OPEN else -1), 0)
        elif sign in JOINTS:
            self.look_back()
            self.joint = sign if self.joint in (None, Sign.COMMA) else self.joint
        elif sign is Sign.TAIL:
            self._open_end()
        elif sign in (Sign.BEGIN, Sign.FINISH):
            self.role = sign
            if sign is Sign.BEGIN:
                self.words += 1
                return
            self.sign = self.sign or sign
        elif sign in LIMITS:
            self._limit(sign)
        elif sign in (Sign.EVENT, Sign.WAIT):
            self._event(sign)
        else:
            self._flag(sign)
            return
        self.words = 0

    def _limit(self, sign: Sign) -> None:
        """``chậm nhất trước ngày``: the stricter word counts; ``trước, trong và sau`` is told by its own sign."""
        if sign is Sign.AROUND:
            self.facts.around = True
        if not (self.sign is Sign.BEFORE and sign is Sign.BY):
            self.sign = sign

    def _event(self, sign: Sign) -> None:
        """``tháng 10/2025 đến khi tổ chức Đại hội`` only begins at a known time."""
        last = self.facts.findings[-1] if self.facts.findings else None
        if last and self.sign in (Sign.TO, Sign.UNTIL) and last.clause == self.clause:
            self._open_end()
        if sign is Sign.EVENT:
            self.facts.event = True
        else:
            self.facts.waits = True
        self.sign = None

    def _flag(self, sign: Sign) -> None:
        self.words += 1
        self.facts.ongoing = self.facts.ongoing or sign is Sign.ONGOING
        self.facts.on_demand = self.facts.on_demand or sign is Sign.ON_DEMAND
        self.reported = self.reported or sign is Sign.REPORT

    def _open_end(self) -> None:
        """``năm 2025 và các năm tiếp theo`` has no end; ``giai đoạn 2026-2030 và các năm tiếp theo`` keeps its own."""
        last = self.facts.findings[-1] if self.facts.findings else None
        if last and last.kind is Kind.SPAN and not last.is_range:
            last.kind = Kind.START

    def _piece(self, piece: Piece) -> None:
        last = self.facts.findings[-1] if self.facts.findings else None
        if last and last.clause == self.clause:
            piece = self._same_day_of(piece, last)
        if last and last.clause == self.clause and self._ends(last):
            last.last, last.kind, last.strict = piece, Kind.SPAN, self.sign is Sign.UNTIL
        else:
            kind, strict = self._kind(piece, last)
            finding = Finding(kind, piece, piece, self.clause, self.joint, strict, self.depth > 0, self.reported)
            finding.role, finding.returning = self.role, self.monthly and _of_some_month(piece)
            self.facts.findings.append(finding)
        self.sign, self.joint, self.words, self.apart = None, None, 0, False
        self.role, self.monthly = None, self.monthly and _of_some_month(piece)

    def _same_day_of(self, piece: Piece, last: Finding) -> Piece:
        """``trước ngày 15 tháng 6 và tháng 12``: the fifteenth of both."""
        day = last.last
        listed = self.joint in (Sign.AND, Sign.COMMA) and self.sign is None and self.words == 0
        if listed and isinstance(day, Day) and day.month_in_words and isinstance(piece, Month):
            return replace(day, month=piece.number, year=piece.year) if piece.number and not piece.portion else piece
        return piece

    def _ends(self, last: Finding) -> bool:
        """The piece at hand is the other end of ``last``: after từ at any distance, else directly beside it.

        ``sơ kết tháng 6 - tổng kết tháng 12`` are two times.
        """
        beside = last.kind is Kind.SPAN and self.words == 0 and not self.apart
        if last.is_range or last.strict or not (beside or last.kind is Kind.START):
            return False
        return self.sign in (Sign.TO, Sign.UNTIL) or (self.joint is Sign.DASH and self.sign is None)

    def _kind(self, piece: Piece, last: Finding | None) -> tuple[Kind, bool]:
        if self.sign in (Sign.BEFORE, Sign.UNTIL):
            return Kind.DEADLINE, True
        if self.sign in (Sign.BY, Sign.TO):
            return Kind.DEADLINE, False
        if self.sign in (Sign.FROM, Sign.SINCE):
            return Kind.START, False
        if self.sign is Sign.AFTER:
            return Kind.START, True
        if self.sign is Sign.FINISH and isinstance(piece, Day | Year | SchoolYear):
            return Kind.DEADLINE, False
        listed = self.joint in (Sign.AND, Sign.COMMA, Sign.OR, Sign.DASH) and self.words <= 1
        alike = last is not None and type(piece) is type(last.last)
        if last and listed and alike and last.clause == self.clause and last.kind is Kind.DEADLINE:
            return Kind.DEADLINE, last.strict
        return Kind.SPAN, False
