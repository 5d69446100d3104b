"""Milestones told to the person at the screen: as they would be, and as they are."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from core.text import fold
from plans import presenters as plan_presenters
from plans.duties.countback import day_before, days_between
from plans.duties.milestones.days import Days, spoken, weekday
from plans.duties.milestones.selectors import SETTLED
from plans.models import Task
from plans.presenters import TaskRow
from reminders.models import Request

_ASKS = re.compile(r"(?:yeu cau|de nghi|thong bao|giao|phat dong)(?: cho| den| toi)? (?:cac|tung|moi|tat ca|nhung) ")
"""Of folded words: «Yêu cầu các thôn …», not «Đề nghị khen thưởng …»."""
PAST = "đã qua"


def asks_parts(what: str) -> bool:
    """Whether the step is to ask many for something, so that a request can do it."""
    return _ASKS.match(fold(what)) is not None


@dataclass(frozen=True, slots=True)
class ShownMilestone:
    """One of a duty's milestones, in its list."""

    task: Task
    row: TaskRow
    day: str
    """«thứ Sáu 13/11/2026»"""
    before: str
    """«30 ngày trước hạn», as the days now stand."""
    is_open: bool
    asks: bool
    """Still to be asked: a request can be made for it."""
    request: Request | None
    """The one that was made for it."""
    has_results: bool


def shown_milestones(
    due: dt.date | None, milestones: Sequence[Task], requests: Mapping[int, Request], today: dt.date
) -> list[ShownMilestone]:
    """``due``: the day of the duty to which they lead."""
    return [_shown(task, due, requests.get(task.pk), today) for task in milestones]


def _shown(task: Task, due: dt.date | None, request: Request | None, today: dt.date) -> ShownMilestone:
    is_open = task.state_on(today) not in SETTLED
    return ShownMilestone(
        task,
        plan_presenters.task_row(task, None, today),
        spoken(task.due) if task.due else "chưa có ngày",
        before(days_between(task.due, due)) if task.due and due else "",
        is_open,
        is_open and request is None and asks_parts(task.content),
        request,
        bool(task.progress.all()),
    )


def before(days: int | None) -> str:
    if days is None:
        return "sau hạn"
    return f"{days} ngày trước hạn" if days else "đúng ngày hạn"


def count_words(milestones: Sequence[Task], today: dt.date) -> str:
    """«Đã xong 2/6 mốc; mốc kế tiếp: Họp Hội đồng, thứ Tư 02/12/2026.»"""
    left = [task for task in milestones if task.state_on(today) not in SETTLED]
    done = f"Đã xong {len(milestones) - len(left)}/{len(milestones)} mốc"
    if not left:
        return f"{done}."
    day = f", {spoken(left[0].due)}" if left[0].due else ""
    return f"{done}; mốc kế tiếp: {left[0].content}{day}."


def day_note(day: dt.date, due: dt.date, days: int | None, calendar: Days, today: dt.date) -> tuple[str, ...]:
    """What a person should know of a milestone on that day: «chuyển từ Chủ nhật 15/11», «đã qua».

    ``days`` of its kind of duty; None: it was typed.
    """
    target = due - dt.timedelta(days=days) if days is not None else day
    is_moved = target != day and days is not None and day_before(due, days, calendar.workdays) == day
    notes = [f"chuyển từ {_named(target, calendar)}"] if is_moved else []
    if not calendar.workdays.is_working(day):
        notes.append(f"ngày nghỉ{_bracketed(calendar.why_off(day))}")
    if day < today:
        notes.append(PAST)
    return tuple(notes)


def _named(day: dt.date, calendar: Days) -> str:
    return f"{weekday(day)} {day:%d/%m}{_bracketed(calendar.why_off(day))}"


def _bracketed(words: str) -> str:
    return f" ({words})" if words else ""


@dataclass(frozen=True, slots=True)
class Moved:
    """An open milestone that no longer fits the duty's day."""

    task: Task
    old: str
    new: str
    notes: tuple[str, ...]


def moved(due: dt.date, milestones: Collection[Task], calendar: Days, today: dt.date) -> list[Moved]:
    rows = []
    for task in milestones:
        days = task.duty.days_before
        if days is None or task.due is None:
            continue
        day = day_before(due, days, calendar.workdays)
        rows.append(Moved(task, spoken(task.due), spoken(day), day_note(day, due, days, calendar, today)))
    return rows
