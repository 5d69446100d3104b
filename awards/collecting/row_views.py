"""The table of one sender's nominees: typed, or filled from a paste and saved once it was looked at."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from awards.collecting import rows as services
from awards.collecting.doors import run_proposal
from awards.collecting.pasting import read_paste
from awards.collecting.proposals import OPEN_STATES, RoundMovedOn
from awards.collecting.row_forms import PasteForm, awards_to_choose, initial_rows, rows_of
from awards.models import Proposal
from core.errors import AppError, UnfitRow
from core.states import EditedMeanwhile
from plans.pasting import UnfitPaste

get_or_post = require_http_methods(["GET", "HEAD", "POST"])
_BLANK = 5


@get_or_post
def proposal_rows(request: HttpRequest, pk: int, proposal_pk: int) -> HttpResponse:
    one = run_proposal(request, pk, proposal_pk)
    if one.round.state not in OPEN_STATES:
        messages.info(request, RoundMovedOn.message)
        return redirect("awards:proposal", pk, proposal_pk)
    bound = request.POST if request.method == "POST" else None
    nominees = _editable(one)
    awards = awards_to_choose(one.round.awards, [row.award for row in nominees])
    rows = rows_of(bound, initial=initial_rows(nominees), extra=_BLANK, awards=awards)
    status = _saved(request, one, rows) if rows.is_bound else 200
    if status == 302:
        return redirect("awards:proposal_rows" if "them" in request.POST else "awards:proposal", pk, proposal_pk)
    return _page(request, one, rows, PasteForm(), status=status)


def _editable(one: Proposal) -> list[Any]:
    return list(one.nominees.filter(state__in=services.EDITABLE).order_by("order", "pk"))


def _saved(request: HttpRequest, one: Proposal, rows: Any) -> int:
    """The status to answer with: 302 once it is saved."""
    if not rows.is_valid():
        return 422
    said = [form.row() for form in rows.said()]
    version = request.POST.get("version", "")
    try:
        written = services.save_rows(
            one,
            actor=request.user,
            version=int(version) if version.isdecimal() and len(version) < 10 else 0,
            rows=said,
            removed=rows.removed(),
        )
    except UnfitRow as error:
        rows.show_at_row(error)
        return 422
    except EditedMeanwhile as error:
        messages.error(request, f"{error} Mở lại trang này ở cửa sổ khác để so, rồi chép những chỗ bạn vừa ghi sang.")
        return 409
    except AppError as error:
        messages.error(request, str(error))
        return 422
    unknown = sum(row.subject_id is None for row in written)
    more = f" {unknown} đối tượng cần xác định là ai." if unknown else ""
    messages.success(request, f"Đã lưu danh sách của {one}.{more}")
    return 302


@require_POST
def proposal_paste(request: HttpRequest, pk: int, proposal_pk: int) -> HttpResponse:
    """What was read stands in the table, below the rows that are there; nothing is written yet."""
    one = run_proposal(request, pk, proposal_pk)
    form = PasteForm(request.POST)
    nominees = _editable(one)
    initial, left = initial_rows(nominees), []
    if form.is_valid():
        try:
            pasted = read_paste(form.cleaned_data["text"], form.cleaned_data["html"], timezone.localdate())
        except UnfitPaste as error:
            form.add_error("text", str(error))
        else:
            initial += pasted.rows
            left = pasted.left
            if not pasted.rows:
                form.add_error("text", "Không đọc được dòng nào. Chép cả cột họ và tên rồi dán lại.")
    there = [row["award"] for row in initial if row.get("award")]
    awards = awards_to_choose(one.round.awards, there)
    rows = rows_of(initial=initial, extra=_BLANK, awards=awards)
    count = len(initial) - len(nominees)
    status = 422 if form.errors else 200
    return _page(request, one, rows, form if form.errors else PasteForm(), status=status, left=left, pasted=count)


def _page(
    request: HttpRequest,
    one: Proposal,
    rows: Any,
    paste: PasteForm,
    *,
    status: int,
    left: list[str] | None = None,
    pasted: int = 0,
) -> HttpResponse:
    told = f"Đọc được {pasted} dòng, chưa lưu. Xem lại rồi bấm Lưu danh sách." if pasted else ""
    context = {
        "title": f"Nhập danh sách: {one}",
        "standing": told or "Mỗi dòng một đối tượng, một danh hiệu hoặc hình thức. Dòng trống thì bỏ qua.",
        "round": one.round,
        "proposal": one,
        "rows": rows,
        "paste": paste,
        "left": left or [],
        "pasted": pasted,
        "may_remove": one.state != "taken",
        "frozen": one.nominees.exclude(state__in=services.EDITABLE).count(),
    }
    return render(request, "awards/collecting/rows.html", context, status=status)
