"""Papers and their numbers as tests of the series make them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from django.db import transaction

from core.models import AuditEntry
from documents import series
from documents.models import IssuedPaper, NumberSeries
from units.models import Issuer

Mode = NumberSeries.Mode
KH, QD = "KH-UBND", "QĐ-UBND"


def paper(issuer: Issuer, number: str, *, symbol: str = KH, year: int = 2026) -> IssuedPaper:
    """Written past the services, as if it had always been there."""
    return IssuedPaper.objects.create(
        issuer=issuer,
        kind="Kế hoạch",
        number=number,
        symbol=symbol,
        date=dt.date(year, 3, 12),
        subject="Công tác thi đua, khen thưởng",
    )


def register(issuer: Issuer, number: str, *, symbol: str = KH, year: int = 2026, **how) -> str:
    """A paper as an officer puts it on record: the number, then the row."""
    taken = series.take_registered(issuer=issuer, symbol=symbol, year=year, number=number, actor=None, **how)
    paper(issuer, taken, symbol=symbol, year=year)
    return taken


def own(issuer: Issuer, *, symbol: str = KH, year: int = 2026) -> None:
    series.choose_mode(issuer=issuer, symbol=symbol, year=year, mode=Mode.OWN, actor=None)


def issue(issuer: Issuer, *, symbol: str = KH, year: int = 2026, actor=None) -> str:
    """A paper that gets its number here, in one transaction with its record."""
    with transaction.atomic():
        number = series.next_number(issuer=issuer, symbol=symbol, year=year, actor=actor)
        paper(issuer, number, symbol=symbol, year=year)
    return number


def undone(act: Callable[[], str]) -> str:
    """What ``act`` answered before the rest of its transaction failed."""
    with transaction.atomic():
        answer = act()
        transaction.set_rollback(True)
    return answer


def last_number(issuer: Issuer, name: str = KH, year: int = 2026) -> int:
    return NumberSeries.objects.get(issuer=issuer, name=name, year=year).last_number


def entries() -> list[tuple[str, dict]]:
    found = AuditEntry.objects.filter(subject_type="documents.numberseries").order_by("position")
    return [(entry.code, entry.changes) for entry in found]
