"""Pages of one duty: how it stands, its text, and its next time."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from core.errors import AppError, UnfitField
from core.history import history_lines
from core.states import EditedMeanwhile
from plans import presenters as plan_presenters
from plans.doors import units_to_plan
from plans.duties import selectors
from plans.duties.doors import writable_duty
from plans.duties.forms import DutyForm
from plans.duties.milestones.presenters import count_words, shown_milestones
from plans.duties.milestones.selectors import astray, milestones_of, open_ones, requests_for, workdays_for
from plans.duties.presenters import NEXT_WORDS, is_settled, standing
from plans.duties.recurring import following_day
from plans.duties.rows import data_of
from plans.duties.services import add_duty, change_duty, make_next
from plans.models import Progress, Task
from plans.progress.presenters import shown_lines
from units.models import Unit

get_or_post = require_http_methods(["GET", "HEAD", "POST"])


@require_safe
def duty(request: HttpRequest, pk: int) -> HttpResponse:
    task: Task = get_object_or_404(selectors.visible_duties(request.user), pk=pk)
    today = timezone.localdate()
    may_write = request.user.has_perm("plans.write_duty", task)
    following = getattr(task.duty, "following", None)
    settled = is_settled(task, today)
    milestones = milestones_of(task.duty)
    context = {
        "title": task.content,
        "standing": standing(task, today),
        "task": task,
        "duty": task.duty,
        "row": plan_presenters.task_row(task, None, today),
        "lines": shown_lines(task),
        "may_write": may_write,
        "is_settled": settled,
        "following": following,
        "next_due": following_day(task.due, task.duty.recurrence) if task.due and settled and not following else None,
        "next_words": NEXT_WORDS.get(task.duty.recurrence, ""),
        "may_count_back": may_write and not settled and task.due and not task.duty.milestone_of_id,
        "history": history_lines(task, milestones, _lines_of([task, *milestones]), last=50),
        **_milestones(milestones, task, today),
        **_as_milestone(task),
    }
    return render(request, "plans/duty.html", context)


def _lines_of(tasks: list[Task]) -> list[Progress]:
    return [line for task in tasks for line in task.progress.all()]


def _milestones(milestones: list[Task], task: Task, today: dt.date) -> dict[str, Any]:
    if not milestones:
        return {}
    stray = astray(task.due, open_ones(milestones, today), workdays_for(task.unit_id))
    return {
        "milestones": shown_milestones(task.due, milestones, requests_for(milestones), today),
        "milestone_words": count_words(milestones, today),
        "stray": len(stray),
    }


def _as_milestone(task: Task) -> dict[str, Any]:
    """Of a duty that is itself a step of another."""
    if task.duty.milestone_of_id is None:
        return {}
    [shown] = shown_milestones(task.duty.milestone_of.task.due, [task], requests_for([task]), timezone.localdate())
    return {"own": shown}


@get_or_post
def add(request: HttpRequest) -> HttpResponse:
    """Thêm việc: without any paper."""
    if not request.user.has_perm("plans.add_duty"):
        raise PermissionDenied
    units = units_to_plan(request)
    unit = next((one for one in units if str(one.pk) == request.POST.get("unit")), units[0])
    initial = {"key": uuid.uuid4(), "follower": _own_person(request, unit)}
    form = _form(request, unit, units, initial)
    if form.is_valid() and form.data_read is not None:
        task = add_duty(unit, actor=request.user, data=form.data_read)
        messages.success(request, "Đã thêm việc.")
        return redirect("plans:duty", task.pk)
    context = {
        "title": "Thêm việc",
        "standing": "Việc không nằm trong kế hoạch nào: cấp trên giao miệng, việc của đơn vị, việc định kỳ.",
        "form": form,
    }
    return render(request, "plans/duty_form.html", context, status=422 if form.errors else 200)


@get_or_post
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    task = writable_duty(request, pk)
    data = data_of(task)
    initial: dict[str, Any] = {name: getattr(data, name) for name in ("time_text", "due", "send", "to", "note", "key")}
    initial |= {"what": data.what, "recurrence": data.recurrence, "follower": data.follower}
    initial |= {"lead": "; ".join(data.lead), "support": "; ".join(data.support), "version": task.duty.version}
    is_milestone = task.duty.milestone_of_id is not None
    form = _form(request, task.unit, [task.unit], initial, is_milestone=is_milestone)
    status = 200
    if form.is_valid() and form.data_read is not None:
        try:
            change_duty(task, actor=request.user, version=form.cleaned_data["version"] or 0, data=form.data_read)
        except UnfitField as error:
            form.add_error(error.field, str(error))
        except EditedMeanwhile as error:
            form.add_error(None, str(error))
            status = 409
        else:
            messages.success(request, "Đã lưu.")
            return redirect("plans:milestones_move" if _leaves_milestones_behind(task) else "plans:duty", pk)
    title = "Sửa mốc" if is_milestone else "Sửa việc"
    context = {"title": title, "standing": task.content, "form": form, "task": task}
    return render(request, "plans/duty_form.html", context, status=422 if form.errors and status == 200 else status)


@require_POST
def repeat(request: HttpRequest, pk: int) -> HttpResponse:
    """Tạo việc kỳ sau."""
    task = writable_duty(request, pk)
    try:
        following = make_next(task, actor=request.user)
    except AppError as error:
        messages.error(request, str(error))
        return redirect("plans:duty", pk)
    messages.success(request, f"Đã tạo việc của kỳ sau, hạn {following.due:%d/%m/%Y}.")
    return redirect("plans:duty", following.pk)


def _leaves_milestones_behind(task: Task) -> bool:
    still = open_ones(milestones_of(task.duty), timezone.localdate())
    return bool(astray(task.due, still, workdays_for(task.unit_id)))


def _form(
    request: HttpRequest, unit: Unit, units: list[Unit], initial: dict[str, Any], *, is_milestone: bool = False
) -> DutyForm:
    return DutyForm(
        request.POST if request.method == "POST" else None,
        units=units,
        unit=unit,
        people=selectors.people_of(unit),
        parts=selectors.part_names(unit),
        is_milestone=is_milestone,
        initial=initial,
    )


def _own_person(request: HttpRequest, unit: Unit) -> Any:
    person = getattr(request.user, "person", None)
    return person if person and person.unit_id == unit.pk else None
