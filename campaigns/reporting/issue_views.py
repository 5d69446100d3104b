"""The page on which a report goes out of the house. What was recorded meanwhile is told, never done twice."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from campaigns.models import Review
from campaigns.reporting import presenters, services
from campaigns.reporting.forms import IssuerForm, ReviewIssueForm
from campaigns.reporting.printing import NoIssuer, Report, issuer_of, report_of
from campaigns.reporting.views import RECORD, WRITE, get_or_post, review_inside
from campaigns.states import CampaignState
from core.errors import AppError
from core.states import EditedMeanwhile, MovedMeanwhile
from documents.forms import READ
from documents.issuing import UnfitPaper


@get_or_post
def issue(request: HttpRequest, pk: int, review_pk: int) -> HttpResponse:
    review = review_inside(request, pk, review_pk, RECORD)
    if review.paper is not None:
        return _told(request, review)
    try:
        report = report_of(review)
        form = _form(request, review, report)
    except NoIssuer as error:
        messages.error(request, str(error))
        return redirect("campaigns:review", pk, review_pk)
    status = 200
    if form.is_bound and form.is_valid() and form.agrees_with_file():
        try:
            _record(request, review, form)
        except (EditedMeanwhile, MovedMeanwhile, services.IsIssued):
            review = review_inside(request, pk, review_pk, RECORD)
            if review.paper is not None:
                return _told(request, review)
            form.data["version"] = str(review.version)
            report = report_of(review)
            form.add_error(None, "Báo cáo vừa được sửa sau khi bạn mở trang này. Hãy xem lại rồi ghi nhận lần nữa.")
            status = 409
        except UnfitPaper as error:
            form.refuse(error)
        else:
            return redirect("campaigns:review", pk, review_pk)
    if form.errors and status == 200:
        status = 422
    context = {
        "title": "Ghi nhận đã ban hành",
        "standing": f"{presenters.name_of(review)}. Ghi số, ngày và người ký như trên văn bản đã ký; "
        "sau đó báo cáo và số liệu được giữ nguyên.",
        "campaign": review.campaign,
        "review": review,
        "form": form,
        "stale_words": presenters.stale_words(presenters.sections(report)),
        "back": reverse("campaigns:review", args=[pk, review_pk]),
    }
    return render(request, "campaigns/review_issue.html", context, status=status)


def _form(request: HttpRequest, review: Review, report: Report) -> ReviewIssueForm:
    campaign, head = review.campaign, report.head
    more = {
        "issuer": issuer_of(review),
        "asks_to_close": review.is_final and campaign.state == CampaignState.RUNNING,
    }
    initial = ReviewIssueForm.initial_of(review, head.symbol, head.signer)
    form = ReviewIssueForm(request.POST or None, request.FILES or None, initial=initial, **more)
    if form.is_bound:
        form.is_valid()
        form.receive(request, campaign.unit_id)
        if READ in request.POST:
            form = form.read(**more)
    return form


def _record(request: HttpRequest, review: Review, form: ReviewIssueForm) -> None:
    said = form.cleaned_data
    paper = services.record_issue(
        review,
        actor=request.user,
        version=said["version"],
        paper=services.paper_of(review, **form.typed()),
        signed_file=form.kept_file,
        is_confirmed=said["confirmed"],
        closes=said.get("closes", False),
    )
    messages.success(request, f"Đã ghi nhận ban hành {paper} ngày {paper.date:%d/%m/%Y}; số liệu đã chốt.")


def _told(request: HttpRequest, review: Review) -> HttpResponse:
    assert review.paper is not None
    messages.info(request, f"Không ghi nhận thêm. Báo cáo đã ban hành số {review.paper.full_number}.")
    return redirect("campaigns:review", review.campaign_id, review.pk)


@require_POST
def choose_issuer(request: HttpRequest, pk: int, review_pk: int) -> HttpResponse:
    """Who issues the report, while it is a draft."""
    review = review_inside(request, pk, review_pk, WRITE)
    form = IssuerForm(request.POST, campaign=review.campaign)
    if not form.is_valid():
        messages.error(request, "Chọn cơ quan ban hành của đơn vị.")
        return redirect("campaigns:review", pk, review_pk)
    said = form.cleaned_data
    try:
        services.choose_issuer(review, actor=request.user, version=said["version"], issuer=said["issuer"])
    except AppError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, f"Cơ quan ban hành báo cáo: {said['issuer']}.")
    return redirect("campaigns:review", pk, review_pk)
