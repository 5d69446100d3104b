"""Certificates of one decision: what stands to be printed, names to confirm, batches, what was handed over."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from awards.certificates import handing, naming, presenters, runs, selectors
from awards.certificates.doors import DECIDE, decision_seen, decision_to_write
from awards.certificates.drawing import document, overlay_sheet, whole_sheet
from awards.certificates.forms import ConfirmForm, HandedForm, PrintForm, show_at_field
from awards.certificates.layouts import layout_of
from awards.certificates.words import printed_names
from awards.models import Decision, Stock
from awards.selectors import visible_stocks
from core.errors import AppError
from core.history import history_lines
from core.paging import page_of

get_or_post = require_http_methods(["GET", "HEAD", "POST"])


@get_or_post
def certificates(request: HttpRequest, pk: int) -> HttpResponse:
    """A POST begins a batch."""
    if request.method != "POST":
        return _page(request, decision_seen(request, pk))
    found = decision_to_write(request, pk)
    form = PrintForm(request.POST, stocks=_stocks(request, found))
    if form.is_valid():
        lines = () if request.POST.get("tat-ca") else _lines(request)
        try:
            if not lines and not request.POST.get("tat-ca"):
                raise runs.NothingToPrint
            run = runs.begin(found, actor=request.user, wanted=form.wanted(lines))
        except AppError as error:
            show_at_field(form, error)
        else:
            return redirect("core:job", run.job_id)
    return _page(request, found, form=form, ticked=set(_lines(request)))


def _page(
    request: HttpRequest, found: Decision, *, form: PrintForm | None = None, ticked: set[int] = frozenset()
) -> HttpResponse:
    refusal = runs.may_print(found)
    grants = list(selectors.grants_of(found)) if found.state != "draft" else []
    page = page_of(request, grants)
    names = printed_names(page.rows)
    may_write = request.user.has_perm(DECIDE, found)
    alive = [one for one in grants if presenters.reversed_by(one) is None]
    if form is None and may_write and refusal is None:
        form = PrintForm(stocks=_stocks(request, found))
    context = {
        "title": "Giấy khen, bằng",
        "standing": presenters.standing(found, alive, refusal),
        "decision": found,
        "page": page,
        "rows": [presenters.row(one, names.get(one.pk), is_ticked=one.pk in ticked) for one in page.rows],
        "count": len(alive),
        "unconfirmed": presenters.unconfirmed(alive),
        "unconfirmed_count": presenters.unconfirmed_count(alive),
        "more_unconfirmed": presenters.unconfirmed_count(alive) - len(presenters.unconfirmed(alive)),
        "without_words": presenters.without_words(alive),
        "waiting": sum(one.handed_on is None for one in alive),
        "form": form if may_write and refusal is None else None,
        "handed_form": HandedForm(initial={"day": timezone.localdate()}) if may_write else None,
        "may_write": may_write,
        "refusal": refusal,
        "runs": [presenters.run_line(one, request.user) for one in selectors.runs_of(found)[:20]],
        "reissues": list(selectors.reissues_of(found)[:50]),
        "sheets": presenters.sheets_of(alive),
        "history": history_lines(found) if may_write else [],
    }
    bad = form is not None and bool(form.errors)
    return render(request, "awards/certificates/decision.html", context, status=422 if bad else 200)


def _stocks(request: HttpRequest, found: Decision) -> list[Stock]:
    return list(visible_stocks(request.user).filter(unit=found.unit_id))


def _lines(request: HttpRequest) -> tuple[int, ...]:
    return tuple(int(one) for one in request.POST.getlist("lines") if one.isdecimal() and len(one) < 16)


@require_safe
def preview(request: HttpRequest, pk: int) -> HttpResponse:
    """One certificate as a picture; ``dong`` whose, ``phoi`` on which stock."""
    found = decision_to_write(request, pk)
    wanted = request.GET.get("dong", "")
    rows = selectors.printable(found)
    grant = get_object_or_404(rows, pk=int(wanted)) if wanted.isdecimal() and len(wanted) < 16 else rows.first()
    if grant is None or runs.may_print(found):
        return redirect("awards:certificates", pk)
    stocks = _stocks(request, found)
    stock = next((one for one in stocks if str(one.pk) == request.GET.get("phoi")), None)
    press = runs.press_of(stock or Stock(unit=found.unit), is_proof=True)
    context = {
        "title": f"Xem thử: {grant.name}",
        "standing": f"{grant.award_name}. {presenters.source_words(layout_of(grant.award))}",
        "decision": found,
        "grant": grant,
        "stocks": stocks,
        "stock": stock,
        "lacks_emblem": press.is_whole and not press.emblem,
        "picture": "",
    }
    try:
        [one] = runs.certificates_of(found, [grant])
        sheet = whole_sheet(one, press) if press.is_whole else overlay_sheet(one, press)
        context["picture"] = runs.picture_of(document(grant.name, [sheet]))
    except AppError as error:
        context["problem"] = str(error)
    return render(request, "awards/certificates/preview.html", context)


# -- Handed over ---------------------------------------------------------------------------


@require_POST
def handed(request: HttpRequest, pk: int) -> HttpResponse:
    """``tat-ca``: everybody who waits; else those ticked."""
    found = decision_to_write(request, pk)
    form = HandedForm(request.POST)
    if not form.is_valid():
        messages.error(request, " ".join(str(error) for errors in form.errors.values() for error in errors))
        return redirect("awards:certificates", pk)
    day = form.cleaned_data["day"]
    grants = None if request.POST.get("tat-ca") else _lines(request)
    try:
        count = handing.hand_over(found, actor=request.user, grant_ids=grants, day=day)
    except AppError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, f"Đã ghi trao {count} giấy khen, bằng ngày {day:%d/%m/%Y}.")
    return redirect("awards:certificates", pk)


@require_POST
def unhanded(request: HttpRequest, pk: int, grant_pk: int) -> HttpResponse:
    found = decision_to_write(request, pk)
    handing.undo(found, actor=request.user, grant_id=grant_pk)
    messages.success(request, "Đã bỏ ngày trao của dòng này.")
    return redirect("awards:certificates", pk)


# -- Names ---------------------------------------------------------------------------------


@get_or_post
def names(request: HttpRequest, pk: int) -> HttpResponse:
    found = decision_seen(request, pk) if request.method != "POST" else decision_to_write(request, pk)
    form = ConfirmForm(request.POST or None, initial={"confirmed_on": timezone.localdate()})
    if form.is_bound and form.is_valid():
        said = form.cleaned_data
        wanted = None if request.POST.get("tat-ca") else _lines(request)
        try:
            count = naming.confirm(
                found, actor=request.user, nominee_ids=wanted, by=said["confirmed_by"], day=said["confirmed_on"]
            )
        except AppError as error:
            show_at_field(form, error)
        else:
            messages.success(request, f"Đã ghi xác nhận {count} tên.")
            return redirect("awards:certificate_names", pk)
    lines = naming.names_of(found)
    left = sum(one.confirmed_on is None for one in lines)
    context = {
        "title": "Danh sách xác nhận họ tên",
        "standing": presenters.names_standing(len(lines), left),
        "decision": found,
        "page": page_of(request, lines),
        "form": form if left and request.user.has_perm(DECIDE, found) else None,
        "left": left,
        "ticked": set(_lines(request)),
        "may_write": request.user.has_perm(DECIDE, found),
    }
    return render(request, "awards/certificates/names.html", context, status=422 if form.errors else 200)


@require_POST
def name_undo(request: HttpRequest, pk: int, nominee_pk: int) -> HttpResponse:
    found = decision_to_write(request, pk)
    naming.undo(found, actor=request.user, nominee_id=nominee_pk)
    messages.success(request, "Đã bỏ xác nhận của dòng này.")
    return redirect("awards:certificate_names", pk)
