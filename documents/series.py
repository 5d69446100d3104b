"""Numbers of an issuer's papers in a year: typed in from the văn thư's register, or counted here.

A series is the issuer's one book where it keeps one (``Issuer.series``), else each symbol has its
own. It opens by itself at the first number, in the way in which last year's was kept. Whether a
number is taken is asked from the issued papers; that it can be taken only once, their constraint
sees to. ``last_number`` is the highest of the series.

Every function first waits for the unit's turn in the audit log, so that two acts which number
papers stand in one line and never hold what the other needs next.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from django.db import connection, models, transaction
from django.db.transaction import TransactionManagementError

from core import audit
from core.errors import AppError
from core.states import EditedMeanwhile
from documents.models import IssuedPaper, NumberSeries
from units.models import Issuer

Mode = NumberSeries.Mode

LARGEST_JUMP = 100
"""How far above the highest number a typed one may be without being asked.

An office that keeps one book for all its papers may well give dozens of numbers between two of
its own; a slip of the finger (155 for 15, 2700 for 27) mostly goes beyond a hundred.
"""

_NUMBER = re.compile(r"0*([1-9][0-9]{0,6}) ?((?:[-.]?[^\W\d_]{1,4})?)")
_ZEROS = ("", "0", "00", "000")
"""Registers write 7 as 7, 07 or 007: one number."""


class UnfitNumber(AppError):
    message = "Số văn bản gồm chữ số, có thể kèm chữ ở sau, ví dụ 27 hoặc 27a; không ghi ký hiệu vào đây."


class NumberTaken(AppError):
    message = "Số này đã ghi cho văn bản khác."


class SuspiciousJump(AppError):
    """Not wrong, but to be looked at once more: repeat with ``is_confirmed`` when the person says so."""

    message = "Số này cao hơn hẳn các số đã ghi."


class WrongMode(AppError):
    message = "Sổ này không cấp số theo cách đó."


class CounterTooLow(AppError):
    message = "Số bắt đầu thấp hơn số của văn bản đã có."


@dataclass(frozen=True, slots=True)
class PaperNumber:
    """«27a»: 27 counts, «a» tells it from 27; ``text`` is what was typed, without blanks."""

    text: str
    value: int
    suffix: str

    @property
    def spellings(self) -> list[str]:
        ends = {self.suffix, self.suffix.lower(), self.suffix.upper()}
        return [f"{zeros}{self.value}{end}" for zeros in _ZEROS for end in sorted(ends)] + [self.text]


def read_number(text: str) -> PaperNumber:
    """Raise ``UnfitNumber`` for what is no number of a paper."""
    clean = " ".join(text.split())
    found = _NUMBER.fullmatch(clean)
    if found is None:
        raise UnfitNumber
    return PaperNumber(clean.replace(" ", ""), int(found[1]), found[2])


# -- Numbers that others gave ----------------------------------------------------------


@transaction.atomic
def take_registered(
    *, issuer: Issuer, symbol: str, year: int, number: str, actor: Any, is_confirmed: bool = False
) -> str:
    """The number that the văn thư gave, as it goes on the record of the paper that is issued now.

    Call it in the transaction that writes the record, before it does. Gaps are normal, lower numbers too.
    """
    return _take_typed(
        issuer, symbol, year, number, actor=actor, is_confirmed=is_confirmed, code="documents.number.registered"
    )


@transaction.atomic
def note_existing(
    *, issuer: Issuer, symbol: str, year: int, number: str, actor: Any, is_confirmed: bool = False
) -> str:
    """The number of a past paper that is put on record now, whatever way the series is kept.

    A counter goes on above it and never back.
    """
    return _take_typed(
        issuer, symbol, year, number, actor=actor, is_confirmed=is_confirmed, code="documents.number.noted"
    )


def _take_typed(
    issuer: Issuer, symbol: str, year: int, number: str, *, actor: Any, is_confirmed: bool, code: str
) -> str:
    read = read_number(number)
    series = _series_in_turn(issuer, symbol, year, actor)
    if code == "documents.number.registered" and series.mode != Mode.REGISTER:
        raise WrongMode(f"Số của sổ «{series}» do chương trình cấp, không ghi tay; hãy để trống ô số.")
    _refuse_taken(read, issuer, symbol, year)
    if read.value > series.last_number + LARGEST_JUMP and not is_confirmed:
        raise SuspiciousJump(_jump_sentence(read, series))
    old, new = series.last_number, max(series.last_number, read.value)
    NumberSeries.objects.filter(pk=series.pk, last_number__lt=new).update(last_number=new)
    _record(code, series, actor, number=(None, f"{read.text}/{symbol}"), last_number=(old, new))
    return read.text


def _jump_sentence(number: PaperNumber, series: NumberSeries) -> str:
    before = f"số cao nhất đã ghi trong sổ «{series}» là {series.last_number}" if series.last_number else ""
    return (
        f"Số {number.text} cao hơn hẳn các số đã có: {before or f'sổ «{series}» chưa ghi số nào'}. "
        "Hãy xem lại trên văn bản; nếu đúng thì xác nhận."
    )


# -- Numbers of our own ----------------------------------------------------------------


def next_number(*, issuer: Issuer, symbol: str, year: int, actor: Any) -> str:
    """The next number of the counter, «07» where it is below ten; steps over those that papers already bear.

    Call it in the transaction that draws the paper and writes its record: where that fails the
    number goes back, and whoever waits for the next one gets it. Others of the unit wait meanwhile.
    """
    if not connection.in_atomic_block:
        raise TransactionManagementError("a number is taken in the transaction of the paper that bears it")
    series = _series_in_turn(issuer, symbol, year, actor)
    if series.mode != Mode.OWN:
        raise WrongMode(f"Số của sổ «{series}» do văn thư cấp; hãy ghi số và ngày đã có trên văn bản.")
    number = _first_free(series, symbol)
    still = NumberSeries.objects.filter(pk=series.pk, mode=Mode.OWN, last_number=series.last_number)
    if not still.update(last_number=number.value):
        raise EditedMeanwhile
    text = f"{number.value:02d}"
    _record(
        "documents.number.given",
        series,
        actor,
        number=(None, f"{text}/{symbol}"),
        last_number=(series.last_number, number.value),
    )
    return text


def coming_number(series: NumberSeries, symbol: str) -> str:
    """What the counter would give now; another paper may be faster."""
    return f"{_first_free(series, symbol).value:02d}"


def _first_free(series: NumberSeries, symbol: str) -> PaperNumber:
    number = read_number(str(series.last_number + 1))
    while _bearing(number, series.issuer, symbol, series.year).exists():
        number = read_number(str(number.value + 1))
    return number


# -- The series itself -----------------------------------------------------------------


def series_for(issuer: Issuer, symbol: str, year: int) -> NumberSeries:
    """The series as it stands, read without waiting; where it has not opened yet, as it would open, unsaved."""
    name = issuer.series or symbol
    kept = NumberSeries.objects.filter(issuer=issuer, name=name, year__lte=year).order_by("-year").first()
    if kept is None or kept.year != year:
        mode, last = kept.mode if kept else Mode.REGISTER, _highest(issuer, symbol, year)
        kept = NumberSeries(name=name, year=year, mode=mode, last_number=last)
    kept.issuer = issuer
    return kept


@transaction.atomic
def set_up(
    *, issuer: Issuer, symbol: str, year: int, mode: str, last_number: int | None = None, actor: Any
) -> NumberSeries:
    """Who gives the numbers and, where it is said, after which one they go on: one act of one page."""
    series = choose_mode(issuer=issuer, symbol=symbol, year=year, mode=mode, actor=actor)
    if last_number is None:
        return series
    return go_on_after(issuer=issuer, symbol=symbol, year=year, last_number=last_number, actor=actor)


@transaction.atomic
def choose_mode(*, issuer: Issuer, symbol: str, year: int, mode: str, actor: Any) -> NumberSeries:
    """Who gives the numbers from now on. A counter goes on above the highest number so far."""
    series = _series_in_turn(issuer, symbol, year, actor)
    old, series.mode = series.mode, Mode(mode)
    if old != series.mode:
        NumberSeries.objects.filter(pk=series.pk).update(mode=series.mode)
        _record("documents.series.mode", series, actor, mode=(Mode(old).label, series.get_mode_display()))
    return series


@transaction.atomic
def go_on_after(*, issuer: Issuer, symbol: str, year: int, last_number: int, actor: Any) -> NumberSeries:
    """Set the counter: where a register of paper is taken over in mid-year, or after a slip that led it too far.

    Not below a number that a paper of this series bears.
    """
    series = _series_in_turn(issuer, symbol, year, actor)
    highest = _highest(issuer, symbol, year)
    if last_number < highest:
        raise CounterTooLow(f"Sổ «{series}» đã có văn bản mang số {highest}; số mới nhất không thể thấp hơn.")
    old, series.last_number = series.last_number, last_number
    if old != last_number:
        NumberSeries.objects.filter(pk=series.pk).update(last_number=last_number)
        _record("documents.series.counter", series, actor, last_number=(old, last_number))
    return series


def _series_in_turn(issuer: Issuer, symbol: str, year: int, actor: Any) -> NumberSeries:
    """The series as it stands once nobody else of the unit is at work on it; opened where there is none yet."""
    audit.wait_for_turn(issuer.unit_id)
    series = series_for(issuer, symbol, year)
    if series.pk is None:
        series.save()
        _record("documents.series.opened", series, actor, mode=(None, series.get_mode_display()))
    return series


def _highest(issuer: Issuer, symbol: str, year: int) -> int:
    """The highest number on the papers of the series; 0 where there is none."""
    papers = IssuedPaper.objects.filter(issuer=issuer, date__year=year)
    if not issuer.series:
        papers = papers.filter(symbol=symbol)
    return max((_value(number) for number in papers.order_by().values_list("number", flat=True)), default=0)


def _value(number: str) -> int:
    """0 for a number of another make, which no counter meets."""
    try:
        return read_number(number).value
    except UnfitNumber:
        return 0


def _bearing(number: PaperNumber, issuer: Issuer, symbol: str, year: int) -> models.QuerySet[IssuedPaper]:
    return IssuedPaper.objects.filter(
        issuer=issuer, symbol=symbol, date__year=year, number__in=number.spellings
    ).order_by()


def _refuse_taken(number: PaperNumber, issuer: Issuer, symbol: str, year: int) -> None:
    if paper := _bearing(number, issuer, symbol, year).first():
        what = f"{paper.kind} «{paper.subject[:80]}»" if paper.subject else paper.kind
        raise NumberTaken(
            f"Số {number.text}/{symbol} năm {year} đã ghi cho {what} ngày {paper.date:%d/%m/%Y}. "
            "Hãy xem lại số trên văn bản."
        )


def _record(code: str, series: NumberSeries, actor: Any, **changes: tuple[Any, Any]) -> None:
    real = {name: (old, new) for name, (old, new) in changes.items() if old != new}
    audit.record(code, series, actor=actor, unit_id=series.issuer.unit_id, changes=real)
