"""Writes: milestones counted back from a duty's day, moved with it, taken away, brought along to its next time."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from django.db import transaction
from django.utils import timezone

from core import audit
from core.errors import AppError, UnfitField
from core.states import EditedMeanwhile, claim_version
from plans.duties.countback import MOST_DAYS, day_before, days_between
from plans.duties.milestones.selectors import SETTLED, milestones_of, open_ones, workdays_for
from plans.duties.recurring import of_year
from plans.duties.rows import data_of, make, parts_of
from plans.duties.values import DutyData, cleaned
from plans.models import Duty, Task
from plans.states import TaskState
from reminders.workdays import WorkDays
from units.models import Person


class NotToCountBack(AppError):
    """Said before the page is shown, and where a colleague was faster."""


class HasResults(AppError):
    message = "Mốc này đã ghi kết quả nên không bỏ được. Nếu thôi không làm, hãy ghi lại kết quả là «Không thực hiện»."


@dataclass(frozen=True, slots=True)
class MilestoneData:
    what: str
    day: dt.date
    days: int | None = None
    """How many days before, as its kind of duty has it; counts as long as the day is the one that it gives."""
    key: uuid.UUID = field(default_factory=uuid.uuid4)
    """Given by the page, so that sending it twice makes it once."""


@transaction.atomic
def count_back(task: Task, *, actor: Any, rows: Sequence[MilestoneData], follower: Person | None = None) -> list[Task]:
    """Tasks of their own that lead to ``task``; those that were made before are not made again.

    Raise ``NotToCountBack``, or ``UnfitField`` for what the page should have refused at its row.
    """
    task = _locked(task)
    refuse_to_count_back(task)
    workdays, parts = workdays_for(task.unit_id), parts_of(task.unit)
    there = set(Task.objects.filter(key__in=[row.key for row in rows]).values_list("key", flat=True))
    fresh = {row.key: row for row in rows if row.key not in there}
    made = []
    for row in fresh.values():
        data, days = fit(row, task, workdays)
        data = cleaned(replace(data, follower=follower), task.unit)
        told = {"milestone_of": (None, str(task))}
        made.append(
            make(
                data,
                task.unit,
                parts,
                actor=actor,
                code="plans.milestone.added",
                told=told,
                milestone_of=task.duty,
                days_before=days,
            )
        )
    return made


def refuse_to_count_back(task: Task) -> None:
    """Raise ``NotToCountBack`` with what stands in the way. ``task`` with its ``duty`` and lines."""
    if task.duty.milestone_of_id:
        raise NotToCountBack("Việc này đã là một mốc của việc khác; hãy lùi lịch cho việc ấy.")
    if task.due is None:
        raise NotToCountBack("Việc này chưa có hạn. Hãy ghi hạn trước, rồi lùi lịch từ hạn ấy.")
    if task.state_on(timezone.localdate()) in SETTLED:
        raise NotToCountBack("Việc này đã xong nên không cần lùi lịch nữa.")


def fit(row: MilestoneData, task: Task, workdays: WorkDays) -> tuple[DutyData, int]:
    """Its plain values, and how many days before ``task`` it stands. Raise ``UnfitField``."""
    due = _due(task)
    _refuse_far(row.day, due)
    is_as_counted = row.days is not None and day_before(due, row.days, workdays) == row.day
    days = row.days if is_as_counted else days_between(row.day, due)
    return cleaned(DutyData(row.what, due=row.day, key=row.key), task.unit), days or 0


def days_kept(duty: Duty, data: DutyData) -> dict[str, Any]:
    """What changes besides when a milestone is edited: how far before its duty it stands. Raise ``UnfitField``."""
    if duty.milestone_of is None:
        return {}
    if data.due is None:
        raise UnfitField("due", "Mốc phải có ngày.")
    due = duty.milestone_of.task.due
    if due is None or data.due == duty.task.due:
        return {}
    _refuse_far(data.due, due)
    return {"days_before": days_between(data.due, due)}


@transaction.atomic
def move_milestones(
    task: Task, *, actor: Any, due: dt.date, move: Collection[int], keep: Collection[int]
) -> list[Task]:
    """Open milestones go along with the duty's day: ``move`` are ids of tasks. Those of ``keep`` stay on their days,
    which from now on count from this one. What is done stays in any case.

    Raise ``EditedMeanwhile`` where the duty's day is no longer ``due``, as the page showed it.
    """
    task = _locked(task)
    if task.due != due:
        raise EditedMeanwhile
    workdays, moved = workdays_for(task.unit_id), []
    for milestone in open_ones(milestones_of(task.duty), timezone.localdate()):
        if milestone.pk in move and milestone.duty.days_before is not None:
            day = day_before(due, milestone.duty.days_before, workdays)
            if _is_changed(milestone, "plans.milestone.moved", actor, due=day):
                moved.append(milestone)
        elif milestone.pk in keep and milestone.due is not None:
            days = days_between(milestone.due, due)
            _is_changed(milestone, "plans.milestone.kept", actor, days_before=days)
    return moved


@transaction.atomic
def remove_milestone(milestone: Task, *, actor: Any) -> None:
    """Nothing that has results is taken away: raise ``HasResults``. The history of the duty tells what was there."""
    milestone = _locked(milestone)
    if milestone.duty.milestone_of is None:
        raise ValueError(milestone.pk)
    if milestone.progress.exists():
        raise HasResults
    task = milestone.duty.milestone_of.task
    was = f"{milestone}, ngày {milestone.due:%d/%m/%Y}" if milestone.due else str(milestone)
    audit.record(
        "plans.milestone.removed", task, actor=actor, unit_id=task.unit_id, changes={"milestone": (was, None)}
    )
    milestone.delete()


def repeat_milestones(task: Task, following: Task, *, actor: Any) -> None:
    """The steps that led to ``task`` lead to its next time, but those that were not needed."""
    old, new = _due(task), _due(following)
    workdays, parts = workdays_for(task.unit_id), parts_of(task.unit)
    for milestone in milestones_of(task.duty):
        if milestone.due is None or milestone.state_on(milestone.due) == TaskState.DROPPED:
            continue
        days = milestone.duty.days_before
        if days is None:
            days = max(0, (old - milestone.due).days)
        words = of_year(milestone.time_text, old, new)
        day = day_before(new, days, workdays)
        data = replace(data_of(milestone), due=day, time_text=words, key=uuid.uuid4())
        make(
            data,
            task.unit,
            parts,
            actor=actor,
            code="plans.milestone.added",
            told={"milestone_of": (None, str(following))},
            milestone_of=following.duty,
            days_before=days,
        )


def _locked(task: Task) -> Task:
    """Its row is where two clicks on one button wait for each other."""
    rows = Task.objects.select_for_update(of=("self",)).select_related("unit", "duty__milestone_of__task")
    return rows.get(pk=task.pk)


def _is_changed(milestone: Task, code: str, actor: Any, **fields: Any) -> bool:
    """Of the task or its duty, whichever has the field."""
    subject = milestone if "due" in fields else milestone.duty
    changes = audit.differences({name: getattr(subject, name) for name in fields}, fields)
    if not changes:
        return False
    claim_version(milestone.duty, milestone.duty.version)
    for name, value in fields.items():
        setattr(subject, name, value)
    subject.save(update_fields=[*fields])
    audit.record(
        code, milestone, actor=actor, unit_id=milestone.unit_id, changes={"task": (None, str(milestone)), **changes}
    )
    return True


def _refuse_far(day: dt.date, due: dt.date) -> None:
    days = days_between(day, due)
    if days is None:
        raise UnfitField("due", f"Ngày này ở sau hạn của việc ({due:%d/%m/%Y}).")
    if days > MOST_DAYS:
        raise UnfitField("due", f"Ngày này cách hạn của việc ({due:%d/%m/%Y}) hơn {MOST_DAYS} ngày; hãy xem lại năm.")


def _due(task: Task) -> dt.date:
    if task.due is None:
        raise ValueError(task.pk)
    return task.due
