"""Pages of plans. Rows come through scoped selectors, changes go through services."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.shortcuts import render as show
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from core import jobs
from core.history import history_lines
from core.paging import list_page
from core.text import fold
from documents.rendering import FORMATS, render
from documents.rendering.html import paper_body
from plans import presenters, selectors
from plans.forms import PlanFilter
from plans.models import Plan
from plans.paper import compose
from plans.tasks import render_plan

SORTS = {
    "ten": ("subject",),
    "nam": ("year",),
    "don-vi": ("unit__name",),
    "so": ("number",),
    "sua": ("changed_at",),
}
ROWS_IN_REQUEST = 60
"""About half a second of WeasyPrint; longer tables are set by a worker."""


@require_safe
def plan_list(request: HttpRequest) -> HttpResponse:
    plans = PlanFilter(request.GET, queryset=selectors.for_list(request.user))
    page = list_page(request, plans.qs, sorts=SORTS, default="-nam")
    context = {
        "title": "Kế hoạch",
        "standing": "Kế hoạch công tác, phong trào, cụm thi đua và hội nghị của đơn vị.",
        "filter": plans,
        "page": page,
        "is_filtered": plans.form.has_changed(),
    }
    return show(request, "plans/list.html", context)


@require_safe
def plan_page(request: HttpRequest, pk: int) -> HttpResponse:
    plan = get_object_or_404(selectors.for_page(request.user), pk=pk)
    groups = presenters.quarters(plan, timezone.localdate())
    context = {
        "title": str(plan),
        "standing": presenters.standing(plan),
        "plan": plan,
        "sections": [(section, presenters.lines(section)) for section in plan.sections.all()],
        "quarters": groups,
        "tables": plan.task_tables.all(),
        "paper": paper_body(_paper(plan)),
        "history": history_lines(plan, plan.sections.all(), plan.tasks.all(), last=50),
        "may_change": request.user.has_perm("plans.change_plan", plan),
    }
    return show(request, "plans/plan.html", context)


@require_safe
def download(request: HttpRequest, pk: int, to: str) -> HttpResponse:
    plan = get_object_or_404(selectors.for_page(request.user), pk=pk)
    if to not in FORMATS:
        return redirect("plans:plan", pk=pk)
    if to == "pdf" and len(plan.tasks.all()) > ROWS_IN_REQUEST:
        job = jobs.start(
            render_plan,
            owner=request.user,
            unit_id=plan.unit_id,
            title=f"Dựng PDF: {plan}",
            back_url=reverse("plans:plan", args=[pk]),
            plan_id=pk,
            to=to,
        )
        return redirect("core:job", pk=job.pk)
    response = HttpResponse(render(_paper(plan), to), content_type=FORMATS[to])
    response["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(file_name(plan, to))}"
    return response


def file_name(plan: Plan, to: str) -> str:
    """Without marks and blanks, so that every mail program and document system takes it."""
    words = fold(f"{plan.full_number.replace('/', '-')} {plan.subject}")
    return "-".join("".join(letter if letter.isalnum() else " " for letter in words).split())[:80] + f".{to}"


def _paper(plan: Plan) -> Any:
    return compose(selectors.plan_data(plan), plan.issuer.lines)
