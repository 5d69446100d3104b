"""Pages of «Báo cáo»: what was summed up of a campaign, one report with its figures and words, its file."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.shortcuts import render as show
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from campaigns.models import Review
from campaigns.reporting import presenters, printing, selectors, services
from campaigns.reporting.drafting import LABELS, RECIPIENTS, SIGNATURE
from campaigns.reporting.figures import changed_since
from campaigns.reporting.forms import FINAL, INTERIM, IssuerForm, ReviewForm, TextForm
from campaigns.reporting.printing import NoIssuer, Report, report_of
from campaigns.reporting.tasks import render_review
from campaigns.results.doors import campaign_inside, campaign_to_write
from campaigns.states import CampaignState
from core import files, jobs
from core.errors import AppError, UnfitField
from core.history import history_lines
from core.paging import page_of
from core.states import EditedMeanwhile
from documents.rendering import FORMATS, is_long, render
from documents.rendering.html import paper_body

get_or_post = require_http_methods(["GET", "HEAD", "POST"])
WRITE, RECORD = "campaigns.write_campaign", "campaigns.record_report"
_FROZEN = {"pdf": "issued_file", "docx": "word_file"}


def review_inside(request: HttpRequest, pk: int, review_pk: int, permission: str = "") -> Review:
    """404 to whoever is not of the unit, 403 to a colleague who only reads."""
    review: Review = get_object_or_404(selectors.review_for(request.user), pk=review_pk, campaign=pk)
    if permission and not request.user.has_perm(permission, review.campaign):
        raise PermissionDenied
    return review


# -- The reports of one campaign -----------------------------------------------------------


@get_or_post
def reviews(request: HttpRequest, pk: int) -> HttpResponse:
    """The list, and below it the few questions with which a new one begins."""
    campaign = campaign_to_write(request, pk) if request.method == "POST" else campaign_inside(request, pk)
    may_write = request.user.has_perm(WRITE, campaign)
    is_open = campaign.state in (CampaignState.RUNNING, CampaignState.CLOSED)
    initial = {"period": presenters.proposed_period(campaign.year, timezone.localdate()), "what": INTERIM}
    if initial["period"].endswith("-Y"):
        initial["what"] = FINAL
    form = ReviewForm(request.POST or None, initial=initial, campaign=campaign)
    if form.is_bound and form.is_valid():
        try:
            review = services.start_review(campaign, actor=request.user, **form.wanted())
        except services.BegunAlready as error:
            messages.info(request, "Kỳ này đã có báo cáo, mở ở đây.")
            return redirect("campaigns:review", pk, error.review.pk)
        except UnfitField as error:
            form.add_error(error.field, str(error))
        except AppError as error:
            form.add_error(None, str(error))
        else:
            return redirect("campaigns:review", pk, review.pk)
    context = {
        "title": "Báo cáo sơ kết, tổng kết",
        "standing": "Báo cáo dự thảo từ kết quả đã ghi; ban hành rồi thì số liệu được chốt.",
        "campaign": campaign,
        "page": page_of(request, [presenters.review_row(row) for row in selectors.reviews_of(campaign)]),
        "form": form if may_write and is_open else None,
        "is_open": is_open,
        "may_write": may_write,
    }
    return show(request, "campaigns/reviews.html", context, status=422 if form.errors else 200)


# -- One report ----------------------------------------------------------------------------


@require_safe
def review(request: HttpRequest, pk: int, review_pk: int) -> HttpResponse:
    found = review_inside(request, pk, review_pk)
    campaign = found.campaign
    context: dict[str, Any] = {
        "title": presenters.name_of(found),
        "campaign": campaign,
        "review": found,
        "may_write": request.user.has_perm(WRITE, campaign) and found.paper is None,
        "may_issue": request.user.has_perm(RECORD, campaign) and found.paper is None,
        "may_open_paper": found.paper is not None and request.user.has_perm("units.view_inside", campaign),
        "may_send": found.paper is not None and request.user.has_perm("documents.send_paper", found.paper),
        "history": history_lines(found, last=50),
    }
    try:
        report = report_of(found)
    except NoIssuer as error:
        context |= {"standing": str(error), "no_issuer": True}
        return show(request, "campaigns/review.html", context)
    context |= {"issuer_form": _issuer_form(found) if context["may_write"] else None}
    return show(request, "campaigns/review.html", context | _told(found, report))


def _issuer_form(found: Review) -> IssuerForm | None:
    """None where there is nobody else to choose."""
    initial = {"version": found.version, "issuer": printing.issuer_of(found).pk}
    form = IssuerForm(initial=initial, campaign=found.campaign)
    return form if form.has_choice else None


def _told(found: Review, report: Report) -> dict[str, Any]:
    pieces = presenters.sections(report)
    return {
        "standing": presenters.standing(found, report.figures),
        "figures": report.figures,
        "counted": presenters.counted(report.figures),
        "rows": presenters.target_rows(report.figures),
        "sections": pieces,
        "stale_words": presenters.stale_words(pieces),
        "changed": changed_since(report.figures, printing.current_figures(found)) if found.paper else [],
        "paper": paper_body(printing.as_issued(report).paper()),
    }


@get_or_post
def text(request: HttpRequest, pk: int, review_pk: int, key: str) -> HttpResponse:
    """The words of one section. A stale save is answered with both texts."""
    found = review_inside(request, pk, review_pk, WRITE)
    if key not in LABELS:
        raise Http404
    if found.paper is not None:
        messages.info(request, str(services.IsIssued()))
        return redirect("campaigns:review", pk, review_pk)
    report = report_of(found)
    form = TextForm(request.POST or None, initial={"version": found.version, "lines": report.lines[key]})
    status = 200
    if form.is_bound and form.is_valid():
        said = {"version": form.cleaned_data["version"], "key": key, "lines": form.cleaned_data["lines"]}
        try:
            services.write_text(found, actor=request.user, **said)
        except UnfitField as error:
            form.add_error(error.field, str(error))
        except (EditedMeanwhile, services.IsIssued) as error:
            found = review_inside(request, pk, review_pk, WRITE)
            form.data = form.data.copy()
            form.data["version"] = str(found.version)
            form.add_error(None, f"{error} Lời đang có ở dưới; bấm lưu lần nữa thì lời của bạn thay vào.")
            report, status = report_of(found), 409
        else:
            messages.success(request, f"Đã lưu «{LABELS[key]}».")
            return redirect(f"{reverse('campaigns:review', args=[pk, review_pk])}#loi-{key}")
    written = presenters.section_of(report, key)
    form.fields["lines"].label = LABELS[key]
    if key in (RECIPIENTS, SIGNATURE):
        form.fields["lines"].help_text = _LINES_HINT[key]
    context = {
        "title": f"Sửa: {LABELS[key]}",
        "standing": presenters.name_of(found),
        "campaign": found.campaign,
        "review": found,
        "form": form,
        "key": key,
        "section": written,
        "draft": report.drafts[key],
        "theirs": report.lines[key] if status == 409 else "",
    }
    return show(
        request, "campaigns/review_text.html", context, status=422 if form.errors and status == 200 else status
    )


_LINES_HINT = {
    RECIPIENTS: "Mỗi dòng một nơi nhận, không cần gạch đầu dòng; dòng «Lưu: VT» là nơi lưu.",
    SIGNATURE: "Quyền hạn, chức vụ bằng chữ in hoa, mỗi dòng một ý; họ tên ghi khi ban hành.",
}


@require_POST
def restore(request: HttpRequest, pk: int, review_pk: int, key: str) -> HttpResponse:
    found = review_inside(request, pk, review_pk, WRITE)
    if key not in LABELS:
        raise Http404
    try:
        services.restore_text(found, actor=request.user, version=_version(request), key=key)
    except AppError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, f"«{LABELS[key]}» dùng lại lời dự thảo, theo số liệu hiện có.")
    return redirect(f"{reverse('campaigns:review', args=[pk, review_pk])}#loi-{key}")


@require_POST
def discard(request: HttpRequest, pk: int, review_pk: int) -> HttpResponse:
    found = review_inside(request, pk, review_pk, WRITE)
    try:
        services.discard_review(found, actor=request.user, version=_version(request))
    except AppError as error:
        messages.error(request, str(error))
        return redirect("campaigns:review", pk, review_pk)
    messages.success(request, f"Đã xóa dự thảo báo cáo {presenters.name_of(found).lower()}.")
    return redirect("campaigns:reviews", pk)


def _version(request: HttpRequest) -> int:
    """What is no version is an old one."""
    said = request.POST.get("version", "")
    return int(said) if said.isdecimal() and len(said) < 9 else 0


# -- Its file ------------------------------------------------------------------------------


@require_safe
def download(request: HttpRequest, pk: int, review_pk: int, to: str) -> HttpResponse:
    """Of an issued report the bytes that were kept; else drawn now, a long table by a worker."""
    found = review_inside(request, pk, review_pk)
    if to not in FORMATS:
        raise Http404
    kept = getattr(found.paper, _FROZEN[to]) if found.paper and to in _FROZEN else None
    if kept is not None:
        return FileResponse(files.open_stored(kept), as_attachment=True, filename=kept.name, content_type=FORMATS[to])
    try:
        report = printing.as_issued(report_of(found))
    except NoIssuer as error:
        messages.error(request, str(error))
        return redirect("campaigns:review", pk, review_pk)
    paper = report.paper()
    if is_long(paper, to):
        job = jobs.start(
            render_review,
            owner=request.user,
            unit_id=found.campaign.unit_id,
            title=f"Dựng PDF: {presenters.name_of(found)}",
            back_url=reverse("campaigns:review", args=[pk, review_pk]),
            review_id=found.pk,
            to=to,
        )
        return redirect("core:job", pk=job.pk)
    answer = HttpResponse(render(paper, to), content_type=FORMATS[to])
    name = presenters.file_name(report.figures, to)
    answer["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(name)}"
    return answer
