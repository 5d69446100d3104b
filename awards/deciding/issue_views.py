"""The page on which a decision is recorded as issued, or gets the signed copy that was missing; and publication."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from awards.deciding import issuing, presenters
from awards.deciding.doors import decision_to_write, round_to_decide
from awards.deciding.forms import IssueForm, PublishForm
from awards.deciding.issuing import StillLacks
from awards.deciding.printing import Printed, printed, recorded_on
from awards.deciding.services import IsIssued
from awards.deciding.views import get_or_post
from awards.models import Decision
from awards.register.entering import NothingDecided, UnfitNominees
from awards.states import DecisionState
from core.errors import AppError, UnfitField
from core.states import EditedMeanwhile, MovedMeanwhile
from documents.forms import READ, CopyForm
from documents.issuing import HasSignedFile, UnfitPaper
from documents.tree import Paper

_TOLD = "Ghi như trên văn bản đã ký. Sau đó quyết định được giữ nguyên, vào Sổ khen thưởng và tính tiền thưởng."
_EDITED = "Quyết định vừa được sửa sau khi bạn mở trang này. Hãy xem lại rồi ghi nhận lần nữa."


@get_or_post
def issue(request: HttpRequest, pk: int) -> HttpResponse:
    found = decision_to_write(request, pk)
    if found.state != DecisionState.DRAFT:
        return _copy(request, found)
    if found.issuer is None:
        messages.error(request, "Chọn cơ quan ban hành ở phần lời văn trước.")
        return redirect("awards:decision_words", pk)
    said = printed(found)
    form = _form(request, found, said)
    status = 200
    if form.is_bound and form.is_valid() and form.agrees(_composed(said, form)):
        try:
            return _recorded(request, found, said, form)
        except IsIssued:
            return _told(request, found)
        except (EditedMeanwhile, MovedMeanwhile):
            found = decision_to_write(request, pk)
            if found.state != DecisionState.DRAFT:
                return _told(request, found)
            form.data["version"] = str(found.version)
            form.add_error(None, _EDITED)
            status = 409
        except UnfitPaper as error:
            form.refuse(error)
        except (StillLacks, NothingDecided, UnfitNominees) as error:
            form.add_error(None, str(error))
    return _shown(request, found, form, 422 if form.errors and status == 200 else status)


def _form(request: HttpRequest, found: Decision, said: Printed) -> IssueForm:
    more = {"issuer": found.issuer}
    initial = IssueForm.initial_of(found, said.symbol, said.texts["signer"])
    form = IssueForm(request.POST or None, request.FILES or None, initial=initial, **more)
    if form.is_bound:
        form.is_valid()
        form.receive(request, found.unit_id)
        if READ in request.POST:
            form = form.read(**more)
    return form


def _composed(said: Printed, form: IssueForm) -> Paper:
    """As it would be frozen, for the comparison with what was signed."""
    return recorded_on(said, issuing.paper_of(said, **form.typed())).paper()


def _recorded(request: HttpRequest, found: Decision, said: Printed, form: IssueForm) -> HttpResponse:
    typed = form.cleaned_data
    record = issuing.record_issue(
        found,
        actor=request.user,
        version=typed["version"],
        paper=issuing.paper_of(said, **form.typed()),
        signed_file=form.kept_file,
        is_confirmed=typed["confirmed"],
    )
    messages.success(request, f"Đã ghi nhận {record} ngày {record.date:%d/%m/%Y} và vào Sổ khen thưởng.")
    return redirect("awards:decision", found.pk)


def _told(request: HttpRequest, found: Decision) -> HttpResponse:
    messages.info(request, "Không ghi nhận thêm. Quyết định đã được ghi nhận, mở ở đây.")
    return redirect("awards:decision", found.pk)


def _shown(
    request: HttpRequest, found: Decision, form: IssueForm | CopyForm, status: int, *, is_recorded: bool = False
) -> HttpResponse:
    context = {
        "title": "Thêm bản đã ký" if is_recorded else "Ghi nhận đã ban hành",
        "standing": presenters.named(found) if is_recorded else _TOLD,
        "decision": found,
        "name": presenters.named(found),
        "form": form,
        "can_read": not is_recorded,
        "back": reverse("awards:decision", args=[found.pk]),
    }
    return render(request, "awards/deciding/issue.html", context, status=status)


def _copy(request: HttpRequest, found: Decision) -> HttpResponse:
    """The signed copy that was missing. Who still sends a number has a page from before it was recorded."""
    if found.paper is None or found.paper.signed_file is not None or "number" in request.POST:
        return _told(request, found)
    form = CopyForm(request.POST or None, request.FILES or None)
    status = 200
    if form.is_bound:
        form.is_valid()
        form.receive(request, found.unit_id)
        if form.kept_file is None and "signed_file" not in form.errors:
            form.add_error("signed_file", "Chọn tệp bản đã ký.")
        status = 422
        if form.is_valid() and form.kept_file and form.agrees_with(found.paper):
            try:
                issuing.add_copy(found, actor=request.user, signed_file=form.kept_file)
            except HasSignedFile as error:
                messages.info(request, str(error))
            else:
                messages.success(request, "Đã thêm bản đã ký.")
            return redirect("awards:decision", found.pk)
    return _shown(request, found, form, status, is_recorded=True)


# -- Published together ----------------------------------------------------------------------


@get_or_post
def publish(request: HttpRequest, pk: int) -> HttpResponse:
    award_round = round_to_decide(request, pk)
    back = f"{reverse('awards:decisions')}?dot={pk}"
    rows = Decision.objects.filter(round=award_round)
    held = list(rows.filter(state=DecisionState.ISSUED).order_by("day", "pk"))
    if not held:
        messages.info(request, "Không có quyết định nào chờ công bố.")
        return redirect(back)
    form = PublishForm(request.POST if request.method == "POST" else None, decisions=held)
    if form.is_valid():
        try:
            done = issuing.publish(award_round, actor=request.user, decision_ids=form.ids())
        except UnfitField as error:
            form.add_error(error.field if error.field in form.fields else None, str(error))
        except AppError as error:
            messages.error(request, str(error))
            return redirect(back)
        else:
            messages.success(request, f"Đã công bố {len(done)} quyết định cùng lúc.")
            return redirect(back)
    context = {
        "title": "Công bố kết quả khen thưởng",
        "standing": "Danh sách công khai và nơi gửi đề nghị thấy kết quả từ lúc công bố.",
        "round": award_round,
        "form": form,
        "drafts": rows.filter(state=DecisionState.DRAFT).count(),
        "back": back,
    }
    return render(request, "awards/deciding/publish.html", context, status=422 if form.errors else 200)
