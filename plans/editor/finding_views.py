"""What the editor asks of proofreading: the findings of the text as it stands, and to leave one be."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.http import require_POST

from core.errors import AppError
from plans import selectors
from plans.editor.acts import text
from plans.editor.drafts import draft_of
from plans.editor.findings import shown_findings, with_days
from plans.editor.requests import editable_plan, json_of
from plans.paper import compose
from plans.proofreading import proofread_paper
from plans.proofreading.passing import pass_over, passed_over, remark_again
from plans.proofreading.sources import known_laws, whose


@require_POST
def findings(request: HttpRequest, pk: int) -> HttpResponse:
    """Of the page as it stands, saved or not."""
    plan = editable_plan(request, selectors.for_saving(request.user), pk)
    try:
        state = json_of(request).get("state")
        draft = with_days(draft_of(selectors.plan_head(plan), state), state)
        paper = compose(draft, plan.issuer.lines)
        found = proofread_paper(draft, paper, laws=known_laws(), whose=whose(plan.unit))
        answer = shown_findings(draft, paper, state, found, passed_over(plan.unit_id))
    except AppError as error:
        return JsonResponse({"message": str(error)}, status=422)
    return JsonResponse(answer)


@require_POST
def dismiss(request: HttpRequest, pk: int) -> HttpResponse:
    """Leave a finding be, or have it shown again."""
    plan = editable_plan(request, selectors.for_saving(request.user), pk)
    try:
        asked = json_of(request)
        told = {name: text(asked.get(name)) for name in ("code", "text", "words")}
        if asked.get("again"):
            remark_again(plan, actor=request.user, **told)
        else:
            more = {name: text(asked.get(name)) for name in ("message", "severity", "reason")}
            pass_over(plan, actor=request.user, **told, **more)
    except AppError as error:
        return JsonResponse({"message": str(error)}, status=422)
    return JsonResponse({})
