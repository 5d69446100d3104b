"""Pages on which a plan goes out of the house. What was recorded meanwhile is told, never done twice."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from core.states import EditedMeanwhile, MovedMeanwhile
from documents.forms import READ
from documents.issuing import UnfitPaper
from plans import presenters, selectors
from plans.cleaning import UnfitField
from plans.issuing.forms import IssueForm, SubmissionForm
from plans.issuing.services import AlreadyIssued, paper_of, record_issue
from plans.models import Plan
from plans.services import recall_plan, submit_plan
from plans.states import PlanState

get_or_post = require_http_methods(["GET", "HEAD", "POST"])


@get_or_post
def submit(request: HttpRequest, pk: int) -> HttpResponse:
    plan = _plan_for(request, pk, "plans.write_plan")
    if plan.state != PlanState.DRAFT:
        return _told(request, plan)
    initial = {"on": timezone.localdate(), **SubmissionForm.initial_of(plan)}
    form = SubmissionForm(request.POST or None, initial=initial)
    if form.is_valid():
        try:
            submit_plan(plan, actor=request.user, **form.cleaned_data)
        except MovedMeanwhile:
            return _told(request, _again(request, plan))
        except UnfitField as error:
            form.add_error(error.field, str(error))
        else:
            messages.success(request, f"Đã ghi nhận: trình {plan.submitted_to} ngày {plan.submitted_on:%d/%m/%Y}.")
            return redirect("plans:plan", plan.pk)
    context = {
        "title": "Ghi nhận đã trình",
        "standing": "Ghi lại việc trình ký trên giấy hoặc trên hệ thống quản lý văn bản. Còn rút lại để sửa được.",
        "plan": plan,
        "form": form,
    }
    return render(request, "plans/issue_submit.html", context, status=422 if form.errors else 200)


@require_POST
def recall(request: HttpRequest, pk: int) -> HttpResponse:
    plan = _plan_for(request, pk, "plans.write_plan")
    if plan.state != PlanState.SUBMITTED:
        return _told(request, plan)
    try:
        recall_plan(plan, actor=request.user)
    except MovedMeanwhile:
        return _told(request, _again(request, plan))
    messages.success(request, "Đã rút lại. Kế hoạch là dự thảo và sửa tiếp được.")
    return redirect("plans:plan", plan.pk)


@get_or_post
def issue(request: HttpRequest, pk: int) -> HttpResponse:
    plan = _plan_for(request, pk, "plans.record_plan")
    if plan.state == PlanState.ISSUED:
        return _told(request, plan)
    form = IssueForm(request.POST or None, request.FILES or None, initial=IssueForm.initial_of(plan))
    if form.is_bound:
        form.is_valid()
        form.receive(request, plan.unit_id)
        if READ in request.POST:
            form = form.read()
    status = 200
    if form.is_valid() and form.agrees_with_file():
        try:
            _record(request, plan, form)
        except (EditedMeanwhile, MovedMeanwhile, AlreadyIssued):
            plan = _again(request, plan)
            if plan.state == PlanState.ISSUED:
                return _told(request, plan)
            _ask_again(form, plan)
            status = 409
        except UnfitPaper as error:
            form.refuse(error)
        else:
            return redirect("plans:plan", plan.pk)
    if form.errors and status == 200:
        status = 422
    context = {
        "title": "Ghi nhận văn bản đã ban hành",
        "standing": "Ghi số, ngày và người ký như trên văn bản đã ký. Sau đó kế hoạch được giữ nguyên, không sửa nữa.",
        "plan": plan,
        "form": form,
    }
    return render(request, "plans/issue.html", context, status=status)


def _record(request: HttpRequest, plan: Plan, form: IssueForm) -> None:
    paper = record_issue(
        plan,
        actor=request.user,
        version=form.cleaned_data["version"],
        paper=paper_of(plan, **form.typed()),
        signed_file=form.kept_file,
        is_confirmed=form.cleaned_data["confirmed"],
    )
    messages.success(request, f"Đã ghi nhận ban hành {paper} ngày {paper.date:%d/%m/%Y}.")
    if form.findings:
        messages.info(request, f"Bản đã ký: {form.findings.sentences[0]}")


def _plan_for(request: HttpRequest, pk: int, permission: str) -> Plan:
    """404 to strangers, 403 to those who may only read; whether its state allows it is answered by the page."""
    plan = get_object_or_404(selectors.for_saving(request.user), pk=pk)
    if not request.user.has_perm(permission, plan):
        raise PermissionDenied
    return plan


def _again(request: HttpRequest, plan: Plan) -> Plan:
    return get_object_or_404(selectors.for_saving(request.user), pk=plan.pk)


def _told(request: HttpRequest, plan: Plan) -> HttpResponse:
    """A second click, another window, a colleague who was faster: how it stands now."""
    messages.info(request, f"Không ghi nhận thêm. {presenters.standing(plan)}")
    return redirect("plans:plan", plan.pk)


def _ask_again(form: IssueForm, plan: Plan) -> None:
    """The page showed another text than the one that would be frozen; a second yes takes the new one."""
    form.data["version"] = str(plan.version)
    form.add_error(
        None, "Kế hoạch vừa được sửa sau khi bạn mở trang này. Hãy xem lại bản in của kế hoạch rồi ghi nhận lần nữa."
    )
