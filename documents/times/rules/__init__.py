"""Rules that read one thing each, in the order in which they are tried.

A rule looks at the cursor and answers a mark, several marks, or None; after None the
cursor goes back. An empty list means: understood, and of no weight. The docstrings show
what a rule reads.
"""

from __future__ import annotations

from collections.abc import Callable

from documents.times.marks import Mark, Scan
from documents.times.rules import cycles, days, feasts, leftovers, months, phrases, years
from documents.times.text import Cursor

Rule = Callable[[Cursor, Scan], Mark | list[Mark] | None]

# Longer readings stand before those that would take a part of them.
RULES: tuple[Rule, ...] = (
    phrases.citation,
    phrases.exception,
    leftovers.smudged,
    leftovers.label,
    feasts.anniversary,
    phrases.clock,
    phrases.own_issue,
    cycles.repeated,
    phrases.fixed_phrase,
    years.school_event,
    years.season,
    feasts.named_day,
    feasts.lunar_new_year,
    feasts.full_moon,
    cycles.times_per_unit,
    cycles.one_in_so_many,
    cycles.report_cycles,
    cycles.weekdays,
    months.month_of_whole,
    months.portion,
    months.week_of_month,
    months.months_of_year,
    years.school_year,
    months.quarter,
    days.day,
    cycles.length,
    months.month,
    months.bare_unit,
    days.numeric_date,
    years.year,
    leftovers.broken,
    leftovers.broken_figures,
    leftovers.lone_number,
    phrases.punctuation,
)
