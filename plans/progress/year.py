"""Where the year of a plan stands: one sentence, and counts by quarter that make a picture."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from plans.models import Plan, Task
from plans.progress.presenters import days_late
from plans.states import PlanState, TaskState

KINDS = {
    "done": "Đã hoàn thành",
    "in_progress": "Đang thực hiện",
    "overdue": "Quá hạn",
    "past": "Chưa ghi kết quả",
    "not_due": "Chưa đến hạn",
    "dropped": "Không thực hiện",
}
"""The columns, in the order of the picture's pieces."""
_BAR = 1000
"""Units of the longest bar; whole numbers, for a decimal comma would break the picture."""


@dataclass(frozen=True, slots=True)
class Piece:
    kind: str
    start: int
    length: int


@dataclass(frozen=True, slots=True)
class Bar:
    """One quarter: its counts as the table has them, its pieces as the picture has them."""

    name: str
    counts: tuple[tuple[str, int], ...]
    """Word and number of each column."""
    total: int
    pieces: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class YearStanding:
    words: str
    kinds: tuple[tuple[str, str], ...]
    """State and word of each column; states without a task have none."""
    bars: tuple[Bar, ...]
    sums: tuple[tuple[str, int], ...]
    total: int


def is_followed(plan: Plan, today: dt.date) -> bool:
    """Whether there is a standing to tell: of an issued plan, and of a past year where results were kept."""
    if plan.state != PlanState.ISSUED or plan.amends_id is not None:
        return False
    return plan.year >= today.year or any(task.progress.all() for task in plan.tasks.all())


def year_standing(plan: Plan, groups: Iterable[tuple[str, list[Task]]], today: dt.date) -> YearStanding:
    """``groups`` are the tasks by quarter, as the plan's page has them."""
    counted = [(name, Counter(kind_on(task, plan, today) for task in tasks)) for name, tasks in groups]
    sums: Counter[str] = sum((counts for _, counts in counted), Counter())
    kinds = tuple((kind, word) for kind, word in KINDS.items() if sums[kind])
    longest = max((counts.total() for _, counts in counted), default=1)
    bars = tuple(_bar(name, counts, kinds, longest) for name, counts in counted)
    late = sum(was_late(task, today) for task in plan.tasks.all())
    return YearStanding(
        in_words(sums, late), kinds, bars, tuple((word, sums[kind]) for kind, word in kinds), sums.total()
    )


def kind_on(task: Task, plan: Plan, today: dt.date) -> str:
    """Which column counts the task. In a past year's plan nothing waits, it only lacks its record."""
    state = task.state_on(today)
    if state in (TaskState.DONE, TaskState.DROPPED):
        return str(state)
    if plan.year < today.year:
        return "past"
    return "not_due" if state == TaskState.UNDATED else str(state)


def was_late(task: Task, today: dt.date) -> bool:
    line = task.newest_line
    return line is not None and task.state_on(today) == TaskState.DONE and days_late(task, line) > 0


def _bar(name: str, counts: Counter[str], kinds: tuple[tuple[str, str], ...], longest: int) -> Bar:
    pieces, before = [], 0
    for kind, _ in kinds:
        start, end = before * _BAR // longest, (before + counts[kind]) * _BAR // longest
        if end > start:
            pieces.append(Piece(kind, start, end - start))
        before += counts[kind]
    return Bar(name, tuple((word, counts[kind]) for kind, word in kinds), counts.total(), tuple(pieces))


def in_words(sums: Counter[str], late: int) -> str:
    """«Đã hoàn thành 4 trên 12 nhiệm vụ (1 việc chậm hạn); quá hạn 2; chưa đến hạn 6.»"""
    if not sums.total():
        return "Kế hoạch không có nhiệm vụ nào."
    done = f"Đã hoàn thành {sums['done']} trên {sums.total()} nhiệm vụ"
    parts = [f"{done} ({late} việc chậm hạn)" if late else done]
    order = ("overdue", "past", "in_progress", "not_due", "dropped")
    parts += [f"{KINDS[kind].lower()} {sums[kind]}" for kind in order if sums[kind]]
    return "; ".join(parts) + "."
