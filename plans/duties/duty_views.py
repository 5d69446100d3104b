"""Pages of one duty: how it stands, its text, and its next time."""

from __future__ import annotations

import uuid
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from core.errors import AppError
from core.history import history_lines
from core.states import EditedMeanwhile
from plans import presenters as plan_presenters
from plans.cleaning import UnfitField
from plans.doors import units_to_plan
from plans.duties import selectors
from plans.duties.forms import DutyForm
from plans.duties.presenters import NEXT_WORDS, is_settled, standing
from plans.duties.recurring import following_day
from plans.duties.services import add_duty, change_duty, data_of, make_next
from plans.models import Task
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
        "history": history_lines(task, list(task.progress.all()), last=50),
    }
    return render(request, "plans/duty.html", context)


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
    task = _writable(request, pk)
    data = data_of(task)
    initial: dict[str, Any] = {name: getattr(data, name) for name in ("time_text", "due", "send", "to", "note", "key")}
    initial |= {"what": data.what, "recurrence": data.recurrence, "follower": data.follower}
    initial |= {"lead": "; ".join(data.lead), "support": "; ".join(data.support), "version": task.duty.version}
    form = _form(request, task.unit, [task.unit], initial)
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
            return redirect("plans:duty", pk)
    context = {"title": "Sửa việc", "standing": task.content, "form": form, "task": task}
    return render(request, "plans/duty_form.html", context, status=422 if form.errors and status == 200 else status)


@require_POST
def repeat(request: HttpRequest, pk: int) -> HttpResponse:
    """Tạo việc kỳ sau."""
    task = _writable(request, pk)
    try:
        following = make_next(task, actor=request.user)
    except AppError as error:
        messages.error(request, str(error))
        return redirect("plans:duty", pk)
    messages.success(request, f"Đã tạo việc của kỳ sau, hạn {following.due:%d/%m/%Y}.")
    return redirect("plans:duty", following.pk)


def _writable(request: HttpRequest, pk: int) -> Task:
    task: Task = get_object_or_404(selectors.visible_duties(request.user), pk=pk)
    if not request.user.has_perm("plans.write_duty", task):
        raise PermissionDenied
    return task


def _form(request: HttpRequest, unit: Unit, units: list[Unit], initial: dict[str, Any]) -> DutyForm:
    return DutyForm(
        request.POST if request.method == "POST" else None,
        units=units,
        unit=unit,
        people=selectors.people_of(unit),
        parts=selectors.part_names(unit),
        initial=initial,
    )


def _own_person(request: HttpRequest, unit: Unit) -> Any:
    person = getattr(request.user, "person", None)
    return person if person and person.unit_id == unit.pk else None
