from __future__ import annotations

import datetime as dt

from reminders.lateness import days_late, late_words

FRIDAY = dt.date(2026, 11, 13)


def test_every_day_counts_also_those_on_which_nobody_works():
    days = [FRIDAY + dt.timedelta(days=n) for n in (-1, 0, 1, 3)]

    assert [(days_late(FRIDAY, day), late_words(FRIDAY, day)) for day in days] == [
        (0, ""),
        (0, ""),
        (1, "quá 1 ngày"),
        (3, "quá 3 ngày"),
    ]
