"""Sổ số: who gives the numbers of each issuer's papers in a year, and after which number they go on."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from core.errors import AppError
from core.history import history_lines
from core.paging import list_page
from documents import selectors, series
from documents.models import NumberSeries
from documents.rules import RECORDERS
from documents.series_forms import OpenSeriesForm, SeriesFilter, SeriesForm

get_or_post = require_http_methods(["GET", "HEAD", "POST"])
SORTS = {"so": ("name",), "cq": ("issuer__unit__name", "issuer"), "nam": ("year",), "cach": ("mode",)}


@require_safe
def series_list(request: HttpRequest) -> HttpResponse:
    found = SeriesFilter(request.GET, selectors.visible_series(request.user), user=request.user)
    context = {
        "title": "Sổ số",
        "standing": "Số của văn bản đi theo từng sổ và từng năm: văn thư cấp ở nơi khác hay chương trình cấp ở đây.",
        "filter": found,
        "page": list_page(request, found.qs, sorts=SORTS, default="-nam"),
        "is_filtered": found.form.has_changed(),
        "may_record": request.user.has_perm("documents.record_paper"),
    }
    return render(request, "documents/series_list.html", context)


@get_or_post
def series_open(request: HttpRequest) -> HttpResponse:
    if not request.user.has_perm("documents.record_paper"):
        raise PermissionDenied
    form = OpenSeriesForm(
        request.POST or None,
        issuers=list(selectors.issuers_to_record_for(request.user, *RECORDERS)),
        symbols=selectors.symbols_of(request.user),
        initial={"year": timezone.localdate().year, "mode": NumberSeries.Mode.REGISTER},
    )
    if form.is_valid() and (opened := _set_up(request, form)):
        return redirect("documents:series", opened.pk)
    context = {
        "title": "Mở sổ số",
        "standing": "Sổ tự mở khi có văn bản đầu tiên. Mở trước khi muốn chương trình cấp số, hoặc nối tiếp sổ giấy.",
        "form": form,
    }
    return render(request, "documents/series_form.html", context, status=422 if form.errors else 200)


@get_or_post
def series_page(request: HttpRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(selectors.visible_series(request.user), pk=pk)
    may_change = request.user.has_perm("documents.number_series", found)
    if request.method == "POST" and not may_change:
        raise PermissionDenied
    initial = {"mode": found.mode, "last_number": found.last_number}
    form = SeriesForm(request.POST or None, initial=initial) if may_change and found.is_in_use else None
    if form and form.is_valid() and _set_up(request, form, issuer=found.issuer, symbol=found.name, year=found.year):
        return redirect("documents:series", pk)
    context = {
        "title": f"Sổ số {found}",
        "standing": _standing(found),
        "series": found,
        "form": form,
        "history": history_lines(found),
    }
    return render(request, "documents/series.html", context, status=422 if form and form.errors else 200)


def _set_up(request: HttpRequest, form: SeriesForm, **where: Any) -> NumberSeries | None:
    try:
        kept = series.set_up(**where, **form.wanted(), actor=request.user)
    except AppError as error:
        form.add_error("last_number", str(error))
        return None
    messages.success(request, f"Đã lưu. {_standing(kept)}")
    return kept


def _standing(found: NumberSeries) -> str:
    if not found.is_in_use:
        return f"Không dùng nữa: cơ quan này đã chuyển sang sổ chung «{found.issuer.series}»."
    if found.mode == NumberSeries.Mode.OWN:
        return f"Chương trình cấp số; số tiếp theo là {series.coming_number(found, found.name)}."
    return (
        f"Ghi theo số văn thư đã cấp; số mới nhất là {found.last_number}." if found.last_number else "Chưa có số nào."
    )
