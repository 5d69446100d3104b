"""How late something is: in calendar days, as papers and score sheets count it («chậm 3 ngày»). Pure.

What is left until a deadline is time to work in, and told in working days; so are the ladder's rungs. Both then say
«ngày làm việc», so that «ngày» alone always means one thing.
"""

from __future__ import annotations

import datetime as dt


def days_late(due: dt.date, day: dt.date) -> int:
    """By how many days ``day`` is after the deadline; 0 where it is not."""
    return max(0, (day - due).days)


def late_words(due: dt.date, day: dt.date) -> str:
    """«quá 3 ngày»; blank where it is not late."""
    late = days_late(due, day)
    return f"quá {late} ngày" if late else ""
