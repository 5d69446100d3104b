"""Pages of units below: the board, and a new request by a paper that they have."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from core.errors import UnfitField
from core.paging import list_page
from reminders.asking import lower, lower_board, selectors
from reminders.asking.lower_board import COLUMNS, Grid
from reminders.asking.lower_forms import LowerFilter, LowerRequestForm
from reminders.asking.views import get_or_post
from reminders.models import Request
from units.models import Person, Unit

SORTS = {"ten": ("name", "designation")}
COLUMN_PARAMETER = "cot"
"""In the address of the board: from which request on."""


@require_safe
def board(request: HttpRequest) -> HttpResponse:
    requests = list(lower_board.open_requests(request.user))
    grid = lower_board.grid_of(requests, timezone.localdate())
    found = LowerFilter(request.GET, Unit.objects.filter(pk__in=grid.units), missing=grid.units_missing)
    page = list_page(request, found.qs, sorts=SORTS, default="ten")
    first = _first_column(request, len(requests))
    shown = Grid(requests[first : first + COLUMNS], grid.cells)
    units = set(found.qs.values_list("pk", flat=True))
    context = {
        "title": "Đơn vị cấp dưới",
        "standing": _standing(grid),
        "filter": found,
        "is_filtered": found.form.has_changed(),
        "page": page,
        "requests": list(zip(shown.requests, shown.totals(units), strict=True)),
        "rows": [(unit, shown.row(unit.pk), grid.missing_of(unit.pk)) for unit in page.rows],
        "total_missing": sum(grid.missing_of(unit) for unit in units),
        "before": first - COLUMNS if first else None,
        "after": first + COLUMNS if first + COLUMNS < len(requests) else None,
        "columns": len(requests),
        "may_write": bool(selectors.units_to_ask_for(request.user)),
    }
    return render(request, "reminders/asking/lower.html", context)


def _first_column(request: HttpRequest, count: int) -> int:
    text = request.GET.get(COLUMN_PARAMETER, "")
    first = int(text) if text.isdecimal() and len(text) < 6 else 0
    return first - first % COLUMNS if first < count else 0


def _standing(grid: Grid) -> str:
    if not grid.requests:
        return "Việc yêu cầu các đơn vị cấp dưới: nơi nào đã gửi, nơi nào chưa, chậm bao lâu."
    missing = sum(cell.is_missing for cell in grid.cells.values())
    late = sum(cell.is_missing and cell.is_late for cell in grid.cells.values())
    counts = f"{len(grid.units)} đơn vị, {len(grid.requests)} việc đang chờ"
    if not missing:
        return f"{counts}: đã gửi đủ."
    return f"{counts}: còn thiếu {missing}{f', trong đó {late} đã quá hạn' if late else ''}."


@get_or_post
def new(request: HttpRequest) -> HttpResponse:
    """``?van-ban=``: the paper, from the page that shows it."""
    units = selectors.units_to_ask_for(request.user)
    if not units:
        raise PermissionDenied
    papers = list(lower.papers_to_ask_by(request.user))
    chosen = next((paper for paper in papers if str(paper.pk) == request.GET.get("van-ban")), None)
    people = list(Person.objects.on().filter(unit__in=units).order_by("full_name", "pk"))
    initial: dict[str, Any] = {"paper": chosen, "title": chosen.subject[:300] if chosen else ""}
    form = LowerRequestForm(request.POST or None, papers=papers, people=people, initial=initial)
    if form.is_valid() and (made := _is_made(request, form)):
        messages.success(request, f"Đã yêu cầu {made.asks.count()} đơn vị cấp dưới.")
        return redirect("reminders:lower_board")
    context = {
        "title": "Yêu cầu đơn vị cấp dưới",
        "standing": "Yêu cầu theo một văn bản đã gửi: đơn vị nào trả lời văn bản đó là đã gửi.",
        "form": form,
        "papers": papers,
    }
    return render(request, "reminders/asking/lower_new.html", context, status=422 if form.errors else 200)


def _is_made(request: HttpRequest, form: LowerRequestForm) -> Request | None:
    try:
        return lower.ask_by_paper(form.cleaned_data["paper"], actor=request.user, data=form.read())
    except UnfitField as error:
        form.add_error(error.field if error.field in form.fields else None, str(error))
        return None
