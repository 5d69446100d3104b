"""The check-list of a plan's quarter: what has no day of its own, looked over once, with the form of each result."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from plans import quarters
from plans.models import Plan
from plans.progress.selectors import for_sheet
from plans.progress.services import NotInForce, is_in_force
from plans.quarter_list import quarter_list, quarters_with_list


@require_safe
def quarter(request: HttpRequest, pk: int, quarter: int) -> HttpResponse:
    """404 to strangers and for a quarter that the plan does not reach; a draft has nothing to look over yet."""
    plan: Plan = get_object_or_404(for_sheet(request.user), pk=pk)
    if not is_in_force(plan):
        messages.warning(request, str(NotInForce()))
        return redirect("plans:plan", pk)
    known = quarters_with_list(plan)
    if quarter not in known:
        raise Http404
    shown = quarter_list(plan, quarter, timezone.localdate())
    context = {
        "title": f"Rà soát {quarters.words(quarter, plan.year)}",
        "standing": shown.standing,
        "plan": plan,
        "quarter": quarter,
        "known": [(one, quarters.words(one, plan.year)) for one in known],
        "list": shown,
        "may_record": request.user.has_perm("plans.record_progress", plan),
    }
    return render(request, "plans/quarter.html", context)
