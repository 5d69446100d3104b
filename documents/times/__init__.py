"""The time words of Vietnamese plans, read into days.

``read_time("Trước ngày 01/7/2022", 2022)`` is due on 30 June 2022. The way of a text:

    text.normalise, text.tokenise   one spelling, then words, figures and marks
    scanning.scan with rules/       parts of the calendar, limits, cycles, leftovers
    settling.settle                 figures, hours and lengths take their meaning from their neighbours
    clauses.read_clauses            what every part is to the task: span, deadline, start
    placing.place, narrowing        days; what only frames or explains something else goes
    combining.combine               the reading, and the sentence about what is doubtful

What the words mean stands with the rules and pieces that read them. Where papers leave room:

- ``trước`` is strict, also after ``hoàn thành`` and ``chậm nhất``; with an hour (``trước 16h ngày 22/7``) or as
  ``trước hoặc trong ngày`` the day counts.
- A day without a limit is both start and due day; a list joined by ``và`` or commas has several due days,
  one joined by ``hoặc`` is one stretch.
- ``hoàn thành trong năm 2025`` says only the end; shorter stretches say both.
- Half a year and more repeats nothing within one plan when its days are named: no rule then.
- ``triển khai tháng 3`` is done within March; with ``hoàn thành tháng 6`` behind it, March only begins it.
- A deadline in the last quarter before the plan's year may be meant, unless it was past when the paper was issued.
- Parts of a quarter are its months; ``đầu``, ``giữa``, ``cuối năm`` are rough and reported. Seasons are not read.
- What waits for something (``khi``, ``theo``, ``sau``) must name a paper, a meeting, an order: ``khi rảnh`` does not.
- What recurs begins with the paper, if its day is known.
- Under a quarter's heading, a text without a time of its own means that quarter.
"""

from __future__ import annotations

from datetime import date

from documents.times.clauses import read_clauses
from documents.times.combining import combine
from documents.times.errors import ImpossibleTime
from documents.times.marks import Context
from documents.times.reading import TimeReading, as_json
from documents.times.scanning import names_event, scan
from documents.times.settling import settle
from documents.times.spans import check_quarter, check_year

__all__ = ["TimeReading", "as_json", "read_time"]

_LONGEST_QUOTE = 80
_LONGEST_TEXT = 2000


def read_time(expression: str, year: int, *, issued: date | None = None, quarter: int | None = None) -> TimeReading:
    """Read a cell of a plan of ``year``; ``issued`` is the day of the paper, ``quarter`` the heading above the task.

    Never raises for any text: what cannot be read has its sentence in ``problem``.
    """
    quoted = " ".join(expression[:_LONGEST_TEXT].split())
    if len(quoted) > _LONGEST_QUOTE:
        quoted = quoted[:_LONGEST_QUOTE].rstrip() + "…"
    if len(expression) > _LONGEST_TEXT:
        return TimeReading(problem=f"Nội dung thời gian quá dài: “{quoted}”.")
    context = Context(year, issued, quarter)
    try:
        check_year(year)
        if quarter is not None:
            check_quarter(quarter)
        facts = read_clauses(settle(scan(expression, context)))
        facts.event = facts.event or (facts.waits and names_event(expression))
        return combine(facts, context, quoted)
    except ImpossibleTime as error:
        return TimeReading(problem=str(error))
