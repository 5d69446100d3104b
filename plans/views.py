"""Pages of plans. Rows come through scoped selectors, changes go through services."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.shortcuts import render as show
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from core import files, jobs
from core.history import HistoryLine, history_lines
from core.paging import list_page
from documents.deliveries.presenters import ways_of
from documents.rendering import FORMATS, is_long, render
from documents.rendering.html import paper_body
from plans import presenters, selectors
from plans.amending.presenters import shown_amending, shown_amendments
from plans.approving.presenters import shown_remarks
from plans.approving.selectors import leaders_of, remarks_of
from plans.forms import PlanFilter
from plans.links import links_of
from plans.models import Plan
from plans.printing import printed
from plans.progress.selectors import lines_of, load_lines
from plans.progress.services import is_in_force
from plans.progress.year import is_followed, year_standing
from plans.states import PlanState
from plans.tasks import render_plan

SORTS = {
    "ten": ("subject",),
    "nam": ("year",),
    "don-vi": ("unit__name",),
    "so": ("number",),
    "sua": ("changed_at",),
}
_FROZEN = {"pdf": "issued_file", "docx": "word_file"}
"""What an issued plan gives out: the bytes kept when it was issued, never drawn again."""


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
    load_lines(plan)
    amending = shown_amending(plan)
    today = timezone.localdate()
    follows = selectors.follows(request.user, plan)
    groups = presenters.quarters(plan, today)
    groups = groups if follows else presenters.as_sent(groups)
    remarks = remarks_of(plan) if request.user.has_perm("plans.read_remarks", plan) else []
    may = _rights(request.user, plan)
    by_quarter = [(group.name, [row.task for row in group.rows]) for group in groups]
    context = {
        "title": str(plan),
        "standing": presenters.standing(plan, remarks),
        "plan": plan,
        "links": links_of(plan, request.user),
        "remarks": shown_remarks(remarks),
        "sections": [(section, presenters.lines(section)) for section in plan.sections.all()],
        "quarters": groups,
        "tables": plan.task_tables.all(),
        "paper": paper_body(printed(plan, amending.amendment if amending else None)),
        "amendments": shown_amendments(plan, request.user),
        "amending": amending,
        "follows": follows,
        "sent_to": ways_of(plan.paper, request.user) if plan.paper else None,
        "may_send": plan.paper is not None and request.user.has_perm("documents.send_paper", plan.paper),
        "history": _history(plan, remarks) if follows else [],
        "year_standing": year_standing(plan, by_quarter, today) if follows and is_followed(plan, today) else None,
        "may_record": is_in_force(plan) and request.user.has_perm("plans.record_progress", plan),
        **may,
        "next_step": _next_step(plan, may),
        "may_open_paper": plan.paper is not None and request.user.has_perm("units.view_inside", plan),
    }
    return show(request, "plans/plan.html", context)


def _history(plan: Plan, remarks: list[Any]) -> list[HistoryLine]:
    return history_lines(plan, plan.sections.all(), plan.tasks.all(), lines_of(plan), remarks, last=50)


_ACTS = ("change", "recall", "approve", "return", "issue")


def _rights(user: Any, plan: Plan) -> dict[str, bool]:
    """What the user may do now with the plan, ``may_…``; and whether it waits for a leader's word in the program."""
    rights = {f"may_{act}": user.has_perm(f"plans.{act}_plan", plan) for act in _ACTS}
    waits = plan.state == PlanState.SUBMITTED and plan.unit.approves_inside and bool(leaders_of(plan.unit))
    return {**rights, "waits_inside": waits, "may_complete": user.has_perm("plans.record_plan", plan)}


def _next_step(plan: Plan, may: dict[str, bool]) -> str:
    """What the page's one primary button offers."""
    if may["may_change"]:
        return "write"
    if may["may_approve"]:
        return "review"
    if may["may_issue"] and not may["waits_inside"]:
        return "issue"
    if plan.paper and plan.paper.signed_file:
        return "open_signed"
    return "add_signed" if plan.paper and may["may_complete"] else "word"


@require_safe
def download(request: HttpRequest, pk: int, to: str) -> HttpResponse:
    if to in _FROZEN and (kept := selectors.kept_file(request.user, pk, _FROZEN[to])):
        return FileResponse(files.open_stored(kept), as_attachment=True, filename=kept.name, content_type=FORMATS[to])
    plan = get_object_or_404(selectors.for_page(request.user), pk=pk)
    if to not in FORMATS or plan.paper:
        return redirect("plans:plan", pk=pk)
    paper = printed(plan)
    if is_long(paper, to):
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
    return _attached(HttpResponse(render(paper, to)), plan, to)


def _attached(answer: HttpResponse, plan: Plan, to: str) -> HttpResponse:
    answer["Content-Type"] = FORMATS[to]
    answer["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(presenters.file_name(plan, to))}"
    return answer
