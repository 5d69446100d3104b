"""The page on which a plan goes out of the house. What was recorded meanwhile is told, never done twice."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from core.states import EditedMeanwhile, MovedMeanwhile
from documents.forms import READ
from documents.issuing import UnfitPaper
from documents.signed import Outcome
from plans.doors import plan_again, plan_for, told
from plans.issuing.comparing import Beside
from plans.issuing.forms import TAKE, IssueForm
from plans.issuing.services import AlreadyIssued, paper_of, record_issue
from plans.models import Plan
from plans.states import PlanState

get_or_post = require_http_methods(["GET", "HEAD", "POST"])


@get_or_post
def issue(request: HttpRequest, pk: int) -> HttpResponse:
    plan = plan_for(request, pk, "plans.record_plan")
    if plan.state == PlanState.ISSUED:
        return told(request, plan)
    where = {"issuer": plan.issuer}
    form = IssueForm(request.POST or None, request.FILES or None, initial=IssueForm.initial_of(plan), **where)
    if form.is_bound:
        form.is_valid()
        form.receive(request, plan.unit_id)
        if READ in request.POST:
            form = form.read(**where)
        form.takes_signed = TAKE in request.POST
        form.lay_beside(plan)
    status = 200
    if form.is_valid() and form.agrees_with_file():
        try:
            _record(request, plan, form)
        except (EditedMeanwhile, MovedMeanwhile, AlreadyIssued):
            plan = plan_again(request, plan)
            if plan.state == PlanState.ISSUED:
                return told(request, plan)
            _ask_again(form, plan)
            status = 409
        except UnfitPaper as error:
            form.refuse(error)
        else:
            return redirect("plans:plan", plan.pk)
    if form.errors and status == 200:
        status = 422
    context = {
        "title": "Lấy số, phát hành" if plan.state == PlanState.APPROVED else "Ghi nhận văn bản đã ban hành",
        "standing": "Ghi số, ngày và người ký như trên văn bản đã ký. Sau đó kế hoạch được giữ nguyên; "
        "cần đổi thì lập văn bản sửa đổi, bổ sung.",
        "plan": plan,
        "form": form,
        "take": TAKE,
        "may_change": request.user.has_perm("plans.change_plan", plan),
        "may_write": request.user.has_perm("plans.write_plan", plan),
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
        beside=form.beside,
        takes_signed=form.takes_signed,
    )
    messages.success(request, f"Đã ghi nhận ban hành {paper} ngày {paper.date:%d/%m/%Y}.")
    if form.findings:
        messages.info(request, f"Bản đã ký: {form.findings.sentences[0]}")
    if form.beside and (outcome := _outcome(form.beside, takes_signed=form.takes_signed)):
        messages.info(request, outcome)


def _outcome(beside: Beside, *, takes_signed: bool) -> str:
    """What became of the words; nothing where they could not be compared or the file is another paper."""
    if beside.comparison.outcome is Outcome.MATCH:
        return beside.comparison.sentence
    taken = len(beside.takes.taken) if takes_signed else 0
    kept = beside.count - taken
    said = [f"Đã lấy {taken} chỗ theo bản đã ký." if taken else "", f"Giữ {kept} chỗ khác bản đã ký." if kept else ""]
    return " ".join(filter(None, said))


def _ask_again(form: IssueForm, plan: Plan) -> None:
    """The page showed another text than the one that would be frozen; a second yes takes the new one."""
    form.data["version"] = str(plan.version)
    form.add_error(
        None, "Kế hoạch vừa được sửa sau khi bạn mở trang này. Hãy xem lại bản in của kế hoạch rồi ghi nhận lần nữa."
    )
