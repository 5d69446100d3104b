"""Pages of progress: what a task came to, and the chairman's sheet."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.shortcuts import render as show
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_http_methods, require_safe

from core.errors import UnfitField
from plans import presenters as plan_presenters
from plans.models import Plan, Task
from plans.progress import selectors
from plans.progress.forms import DROPPING, FIELDS_OF, PROOFS, ProgressForm
from plans.progress.presenters import shown_lines
from plans.progress.services import NotInForce, is_in_force, record_progress
from plans.progress.sheet import sheet_of
from plans.selectors import visible_plans
from plans.states import PlanState

BACK, QUARTER = "ve", "quy"
"""In the address: the list from which one came; the quarter that an ongoing task's line is for."""


@require_http_methods(["GET", "HEAD", "POST"])
def record(request: HttpRequest, pk: int, task_pk: int) -> HttpResponse:
    """Ghi kết quả: one more line. 404 to strangers, 403 to who may only read."""
    task = get_object_or_404(selectors.recordable_tasks(request.user), plan=pk, pk=task_pk)
    if not request.user.has_perm("plans.record_progress", task):
        raise PermissionDenied
    back_url = f"{reverse('plans:plan', args=[pk])}#nhiem-vu-{task.key}"
    if not is_in_force(task.plan):
        messages.warning(request, str(NotInForce()))
        return redirect(back_url)
    return _record(request, task, back_url)


@require_http_methods(["GET", "HEAD", "POST"])
def record_duty(request: HttpRequest, pk: int) -> HttpResponse:
    """The same of a task without a plan."""
    task = get_object_or_404(selectors.recordable_tasks(request.user), plan=None, pk=pk)
    if not request.user.has_perm("plans.record_progress", task):
        raise PermissionDenied
    return _record(request, task, reverse("plans:duty", args=[pk]))


def _record(request: HttpRequest, task: Task, page_url: str) -> HttpResponse:
    form = ProgressForm(
        request.POST or None,
        request.FILES or None,
        task=task,
        person=getattr(request.user, "person", None),
        initial=_initial(request),
    )
    back_url = _came_from(request) or page_url
    if form.is_valid() and _is_recorded(request, form, task):
        return redirect(back_url)
    return _form_page(request, form, task, {"page_url": page_url, "back_url": back_url})


def _initial(request: HttpRequest) -> dict[str, Any]:
    """What the link that led here says already."""
    quarter = request.GET.get(QUARTER, "")
    in_quarter = {"quarter": int(quarter)} if quarter in ("1", "2", "3", "4") else {}
    return in_quarter | (DROPPING if request.GET.get("ket-qua") == "thoi" else {})


def _came_from(request: HttpRequest) -> str:
    """The list in which the link stood, if it is ours; blank where none is named."""
    back = request.GET.get(BACK, "")
    is_ours = url_has_allowed_host_and_scheme(back, {request.get_host()}, require_https=request.is_secure())
    return back if is_ours else ""


def _is_recorded(request: HttpRequest, form: ProgressForm, task: Task) -> bool:
    try:
        line = record_progress(task, actor=request.user, **form.read())
    except UnfitField as error:
        form.add_error(error.field, str(error))
        return False
    messages.success(request, f"Đã ghi: {line.get_outcome_display().lower()}, ngày {line.day:%d/%m/%Y}.")
    return True


def _form_page(request: HttpRequest, form: ProgressForm, task: Task, ways_back: dict[str, str]) -> HttpResponse:
    context = {
        "title": "Ghi kết quả",
        "standing": task.content,
        "task": task,
        "plan": task.plan,
        "row": plan_presenters.task_row(task, task.plan, timezone.localdate()),
        "lines": shown_lines(task),
        "form": form,
        "proofs": [(proof, label, [form[name] for name in FIELDS_OF[proof]]) for proof, label in PROOFS],
        **ways_back,
    }
    return show(request, "plans/progress.html", context, status=422 if form.errors else 200)


@require_safe
def sheet(request: HttpRequest, pk: int) -> HttpResponse:
    """One page for the chairman: read on a phone, printed on A4."""
    plan: Plan = get_object_or_404(selectors.for_sheet(request.user), pk=pk)
    waiting = visible_plans(request.user).filter(unit=plan.unit_id, state=PlanState.SUBMITTED).order_by("pk")
    context = {
        "title": "Báo cáo một trang",
        "plan": plan,
        "plan_standing": plan_presenters.standing(plan),
        "sheet": sheet_of(plan, list(waiting), timezone.localdate()),
        "today": timezone.localdate(),
    }
    return show(request, "plans/sheet.html", context)
