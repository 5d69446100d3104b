"""Sổ văn bản: the list of issued papers, one paper, and the entry of those issued elsewhere."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from core import exporting
from core.history import history_lines
from core.paging import list_page
from documents import issuing, selectors, signed_copies
from documents.deliveries.presenters import ways_of
from documents.forms import READ, CopyForm, PastPaperForm
from documents.issuing import PaperData, UnfitPaper
from documents.models import IssuedPaper
from documents.register import NEWEST_FIRST, SORTS, PaperFilter, papers_for_list
from documents.rules import RECORDERS

get_or_post = require_http_methods(["GET", "HEAD", "POST"])
_REPEATED = {"cq": "issuer", "loai": "kind", "ky-hieu": "symbol", "nguoi-ky": "signer"}
"""What the next paper of a row of entries mostly shares with the one before: in the address → field."""
ANSWERED = "tra-loi"
"""In the address: the delivery that the paper answers; its page is where one goes next."""


@require_safe
def register(request: HttpRequest) -> HttpResponse:
    papers = PaperFilter(request.GET, papers_for_list(request.user), user=request.user)
    page = list_page(request, papers.qs, sorts=SORTS, default=NEWEST_FIRST)
    context = {
        "title": "Sổ văn bản",
        "standing": "Văn bản đã ban hành của đơn vị: số, ngày, trích yếu, người ký và bản đã ký.",
        "filter": papers,
        "page": page,
        "is_filtered": papers.form.has_changed(),
        "may_record": request.user.has_perm("documents.record_paper"),
    }
    return render(request, "documents/register.html", context)


@require_safe
def export(request: HttpRequest) -> HttpResponse:
    return exporting.answer(request, "documents.papers", list_url=reverse("documents:register"))


@get_or_post
def record(request: HttpRequest) -> HttpResponse:
    """One past paper after the other, by keyboard alone."""
    if not request.user.has_perm("documents.record_paper"):
        raise PermissionDenied
    issuers = list(selectors.issuers_to_record_for(request.user, *RECORDERS))
    initial: dict[str, Any] = {field: request.GET[name] for name, field in _REPEATED.items() if name in request.GET}
    chosen = initial.pop("issuer", "")
    if issuer := next((issuer for issuer in issuers if str(issuer.pk) == chosen), None):
        initial["issuer"] = issuer
    form = PastPaperForm(request.POST or None, request.FILES or None, issuers=issuers, initial=initial)
    if form.is_bound and "issuer" not in form.errors:
        form.receive(request, form.cleaned_data["issuer"].unit_id)
        if READ in request.POST:
            form = form.read(issuers=issuers)
    if form.is_valid() and form.agrees_with_file() and (paper := _recorded(request, form)):
        messages.success(request, f"Đã ghi vào sổ {paper} ngày {paper.date:%d/%m/%Y}.")
        if form.findings:
            messages.info(request, f"Bản đã ký: {form.findings.sentences[0]}")
        return redirect(_after(request, paper))
    _begin_at_first_blank(form)
    context = {
        "title": "Ghi văn bản vào sổ",
        "standing": "Dùng cho văn bản đã ban hành trước đây hoặc soạn ở nơi khác. Ghi đúng như trên văn bản.",
        "form": form,
        "goes_on": "cq" in request.GET,
    }
    return render(request, "documents/register_form.html", context, status=422 if form.errors else 200)


def _begin_at_first_blank(form: PastPaperForm) -> None:
    """Whoever enters many papers types at once; a refused form begins at its summary."""
    blank = next((name for name in ("issuer", "kind", "number") if not form[name].value()), None)
    if blank and not form.is_bound:
        form.fields[blank].widget.attrs["autofocus"] = True


def _recorded(request: HttpRequest, form: PastPaperForm) -> IssuedPaper | None:
    try:
        return issuing.record_past(
            PaperData(**form.typed()),
            issuer=form.cleaned_data["issuer"],
            actor=request.user,
            signed_file=form.kept_file,
            is_confirmed=form.cleaned_data["confirmed"],
        )
    except UnfitPaper as error:
        form.refuse(error)
        return None


def _after(request: HttpRequest, paper: IssuedPaper) -> str:
    if (answered := request.GET.get(ANSWERED, "")).isdecimal():
        return f"{reverse('documents:delivery', args=[answered])}?{urlencode({'van-ban': paper.pk})}"
    if "tiep" not in request.POST:
        return reverse("documents:paper", args=[paper.pk])
    shared = {"cq": paper.issuer_id, "loai": paper.kind, "ky-hieu": paper.symbol, "nguoi-ky": paper.signer}
    return f"{reverse('documents:record')}?{urlencode(shared)}"


@get_or_post
def paper(request: HttpRequest, pk: int) -> HttpResponse:
    """One paper of the register; a signed copy that is missing may be added here."""
    found = get_object_or_404(selectors.visible_papers(request.user), pk=pk)
    may_complete = found.signed_file is None and request.user.has_perm("documents.complete_paper", found)
    form = CopyForm(*(request.POST, request.FILES) if request.method == "POST" else ())
    if form.is_bound:
        if not request.user.has_perm("documents.complete_paper", found):
            raise PermissionDenied
        if _completed(request, form, found):
            messages.success(request, f"Đã thêm bản đã ký {form.kept_file}.")
            return redirect("documents:paper", found.pk)
    is_ours = request.user.has_perm("units.view_inside", found.issuer.unit)
    context = {
        "title": str(found),
        "standing": f"{found.issuer.name} ban hành ngày {found.date:%d/%m/%Y}.",
        "paper": found,
        "form": form,
        "may_complete": may_complete,
        "copy": form.copy or signed_copies.known_report(found),
        "history": history_lines(found) if is_ours else [],
        "is_ours": is_ours,
        "sent_to": ways_of(found, request.user),
        "may_send": request.user.has_perm("documents.send_paper", found),
    }
    return render(request, "documents/register_paper.html", context, status=422 if form.errors else 200)


@require_safe
def signed_copy(request: HttpRequest, pk: int) -> HttpResponse:
    """What the signed copy of a paper says: the paper's page asks for it, so that nobody waits for that page."""
    found = get_object_or_404(selectors.visible_papers(request.user).filter(signed_file__isnull=False), pk=pk)
    context = {
        "title": "Bản đã ký",
        "standing": f"{found} ngày {found.date:%d/%m/%Y}.",
        "paper": found,
        "copy": signed_copies.report_of(found),
    }
    name = "_signed_copy" if request.headers.get("HX-Request") else "signed_copy"
    return render(request, f"documents/{name}.html", context)


def _completed(request: HttpRequest, form: CopyForm, found: IssuedPaper) -> bool:
    if form.is_valid():
        form.receive(request, found.issuer.unit_id)
    if form.is_valid() and form.kept_file is None:
        form.add_error("signed_file", "Chưa chọn tệp.")
    if not form.is_valid() or form.kept_file is None or not form.agrees_with(found):
        return False
    try:
        issuing.add_signed_file(found, form.kept_file, actor=request.user)
    except issuing.HasSignedFile as error:
        form.add_error("signed_file", str(error))
        return False
    return True
