"""The chairman's sheet: one plan on one page, what is late and what needs his word first."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from dataclasses import dataclass

from plans.models import Plan, Task
from plans.progress.year import in_words, kind_on, was_late
from plans.states import PlanState

DAYS_AHEAD = 30
_ROOMY, _LINED = 14, 30
"""Rows on one A4 page: of two lines each in common size, of one line each; beyond that the letters shrink."""
_OTHERS_NAMED = 3
_LONG_LATE = 30
"""Days after which a late task is no matter of reminding any more."""


@dataclass(frozen=True, slots=True)
class SheetTask:
    content: str
    lead: str
    note: str
    """«quá 12 ngày», «còn 5 ngày»."""
    due: dt.date | None


@dataclass(frozen=True, slots=True)
class Figure:
    number: int
    words: str
    tone: str


@dataclass(frozen=True, slots=True)
class Sheet:
    words: str
    figures: tuple[Figure, ...]
    late: tuple[SheetTask, ...]
    coming: tuple[SheetTask, ...]
    asks: tuple[str, ...]
    """What needs the chairman's word, a sentence each."""
    is_over: bool
    """A past year's plan: its open tasks only lack their record."""

    @property
    def room(self) -> str:
        """How many lines there are: what an A4 page leaves to each."""
        rows = len(self.late) + len(self.coming) + len(self.asks)
        return "" if rows <= _ROOMY else "is-lined" if rows <= _LINED else "is-lined is-dense"


def sheet_of(plan: Plan, waiting: list[Plan], today: dt.date) -> Sheet:
    """``waiting`` are the unit's plans that were submitted for signature."""
    kinds = {task.pk: kind_on(task, plan, today) for task in plan.tasks.all()}
    sums = Counter(kinds.values())
    late = [task for task in plan.tasks.all() if kinds[task.pk] in ("overdue", "past")]
    late.sort(key=lambda task: task.due or dt.date.max)
    last = today + dt.timedelta(days=DAYS_AHEAD)
    coming = [
        task
        for task in plan.tasks.all()
        if kinds[task.pk] in ("in_progress", "not_due") and task.due and today <= task.due <= last
    ]
    coming.sort(key=lambda task: task.due or dt.date.max)
    is_over = plan.year < today.year
    figures = (
        Figure(sums["done"], f"đã hoàn thành, trên {sums.total()} nhiệm vụ", "done"),
        Figure(len(late), "chưa ghi kết quả" if is_over else "quá hạn", "late" if late else "waiting"),
        Figure(len(coming), f"đến hạn trong {DAYS_AHEAD} ngày tới", "waiting"),
    )
    return Sheet(
        in_words(sums, sum(was_late(task, today) for task in plan.tasks.all())),
        figures,
        tuple(_shown(task, today) for task in late),
        tuple(_shown(task, today) for task in coming),
        (*_of_plan(plan), *_of_tasks(plan, kinds, late, coming, today), *_of_others(plan, waiting)),
        is_over,
    )


def _shown(task: Task, today: dt.date) -> SheetTask:
    days = (task.due - today).days if task.due else 0
    note = "" if task.due is None else f"quá {-days} ngày" if days < 0 else f"còn {days} ngày" if days else "hôm nay"
    return SheetTask(task.content, "; ".join(task.lead), note, task.due)


def _of_plan(plan: Plan) -> list[str]:
    said = {
        PlanState.SUBMITTED: f"Kế hoạch này chờ {'duyệt' if plan.unit.approves_inside else 'ký và cấp số'}.",
        PlanState.APPROVED: "Kế hoạch này đã duyệt, chờ lấy số và phát hành.",
        PlanState.DRAFT: "Kế hoạch này còn là dự thảo.",
    }
    return [said[PlanState(plan.state)]] if plan.state in said else []


def _of_tasks(plan: Plan, kinds: dict[int, str], late: list[Task], coming: list[Task], today: dt.date) -> list[str]:
    said = []
    long_late = [task for task in late if task.due and (today - task.due).days > _LONG_LATE]
    if long_late and plan.year >= today.year:
        said.append(
            f"{len(long_late)} việc quá hạn trên {_LONG_LATE} ngày: đôn đốc, giao lại hay thôi không thực hiện."
        )
    nobody = [task for task in (*late, *coming) if not task.lead]
    if nobody:
        said.append(f"{len(nobody)} việc quá hạn hoặc sắp đến hạn chưa ghi ai chủ trì.")
    for task in plan.tasks.all():
        if kinds[task.pk] == "dropped" and (line := task.newest_line):
            said.append(f"Không thực hiện «{_short(task.content)}»: {_short(line.note)}")
    return said


def _of_others(plan: Plan, waiting: list[Plan]) -> list[str]:
    others = [other for other in waiting if other.pk != plan.pk]
    act = "duyệt" if plan.unit.approves_inside else "ký"
    said = [f"Chờ {act}: {_short(str(other))}." for other in others[:_OTHERS_NAMED]]
    more = len(others) - _OTHERS_NAMED
    return said + ([f"Và {more} kế hoạch khác chờ {act}."] if more > 0 else [])


def _short(words: str, longest: int = 110) -> str:
    line = " ".join(words.split())
    return line if len(line) <= longest else f"{line[:longest].rsplit(' ', 1)[0]}…"
