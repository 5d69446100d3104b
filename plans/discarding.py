"""A draft begun by mistake goes, after one question; what was ever submitted stays."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from core.states import EditedMeanwhile
from plans.doors import plan_again, plan_for, told
from plans.services import PlanIsClosed, delete_draft
from plans.states import PlanState


@require_http_methods(["GET", "HEAD", "POST"])
def discard(request: HttpRequest, pk: int) -> HttpResponse:
    plan = plan_for(request, pk, "plans.write_plan")
    if plan.state != PlanState.DRAFT:
        return told(request, plan)
    if request.method == "POST":
        subject, original = plan.subject, plan.amends_id
        try:
            delete_draft(plan, actor=request.user)
        except PlanIsClosed as error:
            messages.warning(request, str(error))
            return redirect("plans:plan", pk)
        except EditedMeanwhile:
            return told(request, plan_again(request, plan))
        messages.success(request, f"Đã xóa dự thảo «{subject[:120]}».")
        return redirect("plans:plan", original) if original else redirect("plans:list")
    context = {
        "title": "Xóa dự thảo",
        "standing": "Xóa rồi không lấy lại được; nhật ký vẫn ghi việc xóa.",
        "plan": plan,
    }
    return render(request, "plans/discard.html", context)
