"""Pages on which a plan goes to a leader and comes back. What was done meanwhile is told, never done twice."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from core.errors import UnfitField
from core.history import HistoryLine, history_lines
from core.states import EditedMeanwhile, MovedMeanwhile
from documents.rendering.html import paper_body
from plans import presenters, selectors
from plans.approving.forms import InsideSubmissionForm, ReviewForm, SubmissionForm
from plans.approving.presenters import shown_remarks
from plans.approving.selectors import leaders_of, remarks_of, visible_remarks
from plans.approving.services import WHOLE, approve_plan, field_of, return_plan, settle_remark
from plans.doors import plan_again, plan_for, told
from plans.models import Plan, Remark
from plans.printing import printed
from plans.services import PlanIsClosed, recall_plan, submit_plan
from plans.states import PlanState

get_or_post = require_http_methods(["GET", "HEAD", "POST"])

APPROVE, RETURN = "duyet", "tra-lai"
"""What the two buttons of the review page say."""


# -- By whoever writes the plan ----------------------------------------------------------


@get_or_post
def submit(request: HttpRequest, pk: int) -> HttpResponse:
    """To a leader in the program where the unit goes that way and has one; else recorded as done elsewhere."""
    plan = plan_for(request, pk, "plans.write_plan")
    if plan.state != PlanState.DRAFT:
        return told(request, plan)
    leaders = leaders_of(plan.unit) if plan.unit.approves_inside else []
    form: InsideSubmissionForm | SubmissionForm
    if leaders:
        form = InsideSubmissionForm(request.POST or None, plan=plan, leaders=leaders)
    else:
        form = SubmissionForm(request.POST or None, plan=plan)
    if form.is_valid():
        try:
            submit_plan(plan, actor=request.user, is_confirmed=form.cleaned_data["confirmed"], **form.words())
        except MovedMeanwhile:
            return told(request, plan_again(request, plan))
        except UnfitField as error:
            form.refuse(error)
        else:
            messages.success(request, _submitted(plan, is_inside=bool(leaders)))
            return redirect("plans:plan", plan.pk)
    context = {
        **_submission_words(plan, is_inside=bool(leaders)),
        "plan": plan,
        "form": form,
        "remarks": shown_remarks(remarks_of(plan)),
    }
    return render(request, "plans/submit.html", context, status=422 if form.errors else 200)


def _submitted(plan: Plan, *, is_inside: bool) -> str:
    if is_inside:
        return f"Đã trình {plan.submitted_to}. Khi chưa lấy số vẫn rút lại để sửa được."
    return f"Đã ghi nhận: trình {plan.submitted_to} ngày {plan.submitted_on:%d/%m/%Y}."


def _submission_words(plan: Plan, *, is_inside: bool) -> dict[str, str]:
    if is_inside:
        return {
            "title": "Trình lãnh đạo duyệt",
            "standing": "Lãnh đạo xem, duyệt hoặc trả lại kèm ý kiến ngay trong chương trình.",
            "submit": "Trình",
        }
    words = {
        "title": "Ghi nhận đã trình",
        "standing": "Ghi lại việc trình ký trên giấy hoặc trên hệ thống quản lý văn bản. "
        "Ghi rồi vẫn rút lại để sửa được.",
        "submit": "Ghi nhận đã trình",
    }
    if plan.unit.approves_inside:
        words["standing"] = (
            "Đơn vị chưa có tài khoản lãnh đạo nên ghi lại việc trình ở ngoài chương trình. "
            "Ghi rồi vẫn rút lại để sửa được."
        )
    return words


@require_POST
def recall(request: HttpRequest, pk: int) -> HttpResponse:
    plan = plan_for(request, pk, "plans.write_plan")
    if not request.user.has_perm("plans.recall_plan", plan):
        return told(request, plan)
    try:
        recall_plan(plan, actor=request.user)
    except MovedMeanwhile:
        return told(request, plan_again(request, plan))
    messages.success(request, "Đã rút lại. Kế hoạch là dự thảo và sửa tiếp được.")
    return redirect("plans:plan", plan.pk)


@require_POST
def settle(request: HttpRequest, pk: int, remark_pk: int) -> HttpResponse:
    """«Đã sửa», or the tick taken back; htmx is given the list anew, for the editor's page stays open."""
    remark = get_object_or_404(visible_remarks(request.user), plan=pk, pk=remark_pk)
    if not request.user.has_perm("plans.write_plan", remark.plan):
        raise PermissionDenied
    is_asked_by_htmx = bool(request.headers.get("HX-Request"))
    try:
        settle_remark(remark, actor=request.user, is_settled="chua" not in request.POST)
    except PlanIsClosed:
        if is_asked_by_htmx:
            raise
        return told(request, plan_again(request, remark.plan))
    if not is_asked_by_htmx:
        return redirect(f"{reverse('plans:plan', args=[pk])}#y-kien")
    context = {"plan": remark.plan, "remarks": shown_remarks(remarks_of(remark.plan)), "is_editor": True}
    return render(request, "plans/_remarks.html", {**context, "may_settle": True})


# -- By a leader -------------------------------------------------------------------------


@get_or_post
def review(request: HttpRequest, pk: int) -> HttpResponse:
    plan = _plan_to_review(request, pk)
    if not request.user.has_perm("plans.return_plan", plan):
        return told(request, plan)
    form = ReviewForm(request.POST or None, plan=plan)
    status = 200
    if form.is_valid():
        try:
            if answer := _word_given(request, plan, form):
                return answer
        except (EditedMeanwhile, MovedMeanwhile):
            plan = _plan_to_review(request, pk)
            if not request.user.has_perm("plans.return_plan", plan):
                return told(request, plan)
            form, status = _ask_again(request, plan), 409
        except UnfitField as error:
            form.add_error(error.field, str(error))
    if form.errors and status == 200:
        status = 422
    return render(request, "plans/review.html", _review_context(request, plan, form), status=status)


def _plan_to_review(request: HttpRequest, pk: int) -> Plan:
    plan = get_object_or_404(selectors.for_page(request.user), pk=pk)
    if not request.user.has_perm("plans.review_plan", plan):
        raise PermissionDenied
    return plan


def _word_given(request: HttpRequest, plan: Plan, form: ReviewForm) -> HttpResponse | None:
    """What the leader decided, carried out; None where the page has to ask."""
    act, remarks = request.POST.get("viec"), form.remarks()
    version = form.cleaned_data["version"]
    if act == RETURN:
        made = return_plan(plan, actor=request.user, version=version, remarks=remarks)
        messages.success(request, f"Đã trả lại kèm {len(made)} ý kiến.")
        return redirect("plans:plan", plan.pk)
    if act != APPROVE:
        return None
    if not request.user.has_perm("plans.approve_plan", plan):
        return told(request, plan)
    if remarks:
        form.add_error(None, "Có ý kiến đã ghi. Bấm «Trả lại» để gửi ý kiến, hoặc xóa ý kiến rồi bấm «Duyệt».")
        return None
    approve_plan(plan, actor=request.user, version=version)
    messages.success(request, "Đã duyệt. Văn thư hoặc cán bộ lấy số và phát hành.")
    return redirect("plans:plan", plan.pk)


def _ask_again(request: HttpRequest, plan: Plan) -> ReviewForm:
    """The page showed another text than the one that waits now; what was typed stays."""
    data = request.POST.copy()
    data["version"] = str(plan.version)
    form = ReviewForm(data, plan=plan)
    form.add_error(
        None, "Kế hoạch vừa được sửa và trình lại sau khi bạn mở trang này. Hãy xem bản mới rồi duyệt hoặc trả lại."
    )
    return form


def _review_context(request: HttpRequest, plan: Plan, form: ReviewForm) -> dict[str, Any]:
    remarks = remarks_of(plan)
    return {
        "title": f"Duyệt: {plan.subject}",
        "standing": presenters.standing(plan),
        "plan": plan,
        "form": form,
        "whole": form[WHOLE],
        "sections": [(section, presenters.lines(section), form[field_of(section)]) for section in plan.sections.all()],
        "tasks": [(task, form[field_of(task)]) for task in plan.tasks.all()],
        "remarks": shown_remarks(remarks),
        "changes": _changes_since(plan, remarks),
        "paper": paper_body(printed(plan)),
        "may_approve": request.user.has_perm("plans.approve_plan", plan),
        "acts": {"approve": APPROVE, "return": RETURN},
    }


def _changes_since(plan: Plan, remarks: list[Remark]) -> list[HistoryLine]:
    """What was done to the text since it was last returned."""
    if not remarks:
        return []
    lines = history_lines(plan, plan.sections.all(), plan.tasks.all())
    return [line for line in lines if line.at > remarks[-1].made_at]
