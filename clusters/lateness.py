"""How many days late a paper came. Pure: the day it was due, the day that counts, and which days count."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable


def days_late(due: dt.date, came: dt.date, is_working: Callable[[dt.date], bool] | None = None) -> int:
    """Days after ``due`` up to and with ``came``; all of them, or those that ``is_working`` lets count."""
    if came <= due:
        return 0
    days = (came - due).days
    if is_working is None:
        return days
    return sum(is_working(due + dt.timedelta(days=n)) for n in range(1, days + 1))


def day_that_counts(
    basis: str, *, received: dt.date | None, sent: dt.date | None, signed: dt.date | None
) -> dt.date | None:
    """By ``Season.late_from``; a day that nobody recorded is not guessed from another."""
    return {"received": received, "sent": sent, "signed": signed}[basis]
