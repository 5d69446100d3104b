"""The grid in which tellers enter what they counted, by name; saved row by row as they type."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from awards.councils import counting, presenters, selectors
from awards.councils.ballots import COUNT_FIELDS, has_ballots, house_of
from awards.councils.counting import BALLOT_FIELDS, Saved, Typed, as_text, standing_of
from awards.councils.doors import sitting_to_run
from awards.models import Item, Sitting
from awards.states import SittingState
from core.errors import AppError

_OPEN = (SittingState.OPEN, SittingState.COUNTING)
_LABELS = {"yes": "Đồng ý", "no": "Không đồng ý", "blank": "Không có ý kiến"}
_WRITTEN_LABELS = {"written_yes": "Văn bản: đồng ý", "written_no": "Văn bản: không đồng ý"}


@require_http_methods(["GET", "HEAD", "POST"])
def sitting_counts(request: HttpRequest, pk: int) -> HttpResponse:
    sitting = sitting_to_run(request, pk)
    if sitting.state not in _OPEN or sitting.medium == Sitting.Medium.OPEN:
        messages.info(request, "Phiên họp không ở bước nhập kết quả kiểm phiếu.")
        return redirect("awards:sitting", pk)
    saved = None
    if request.method == "POST":
        try:
            saved = counting.save_counts(
                sitting, actor=request.user, rows=_rows_sent(request), ballots=_ballots_sent(request)
            )
        except AppError as error:
            if _is_script(request):
                return JsonResponse({"problem": str(error)}, status=409)
            messages.error(request, str(error))
            return redirect("awards:sitting", pk)
        if _is_script(request):
            return JsonResponse(_answer(sitting, saved))
        if not saved.refused and not saved.ballots:
            messages.success(request, "Đã lưu kết quả kiểm phiếu.")
            return redirect("awards:sitting_counts", pk)
    return _page(request, sitting, saved)


def _is_script(request: HttpRequest) -> bool:
    return request.headers.get("Accept") == "application/json"


def _rows_sent(request: HttpRequest) -> dict[int, Typed]:
    names = [one for one in request.POST.getlist("row") if one.isascii() and one.isdecimal() and len(one) < 18]
    return {
        int(pk): Typed(
            {name: request.POST[f"{name}_{pk}"] for name in COUNT_FIELDS if f"{name}_{pk}" in request.POST},
            request.POST.get(f"was_{pk}", ""),
        )
        for pk in names
    }


def _ballots_sent(request: HttpRequest) -> dict[str, str]:
    return {name: request.POST[name] for name in BALLOT_FIELDS if name in request.POST}


def _answer(sitting: Sitting, saved: Saved) -> dict[str, Any]:
    items = list(sitting.items.all())
    for item in items:
        item.sitting = sitting
    standing = standing_of(sitting, items)
    return {
        "was": saved.was,
        "refused": saved.refused,
        "ballots": saved.ballots,
        "faults": standing.faults,
        "told": standing.told,
        "isWhole": standing.is_whole,
    }


def _page(request: HttpRequest, sitting: Sitting, saved: Saved | None) -> HttpResponse:
    house, items = house_of(sitting), selectors.items_for_page(sitting)
    standing = standing_of(sitting, items, house)
    active = [item for item in items if item.outcome != Item.Outcome.PUT_OFF]
    on_paper = sitting.medium == Sitting.Medium.PAPER
    labels = (_LABELS if on_paper else {}) | (_WRITTEN_LABELS if house.writers else {})
    rows = [
        {
            "row": row,
            "was": as_text(row.counts),
            "most": house.base_of(row.item).most,
            "cells": _cells(request, row, labels, saved),
            "fault": (saved.refused.get(row.item.pk) if saved else "") or row.fault,
        }
        for row in presenters.rows_of(active, house, faults=standing.faults)
    ]
    context = {
        "title": "Nhập kết quả kiểm phiếu" if on_paper else "Ý kiến bằng văn bản của thành viên vắng",
        "standing": standing.told if on_paper else "Số ý kiến gửi đến của từng tên, cộng thêm vào phiếu kín.",
        "sitting": sitting,
        "told": presenters.base_told(sitting, house) if on_paper else "",
        "labels": labels,
        "rows": rows,
        "ballots": _ballot_fields(request, sitting, saved) if has_ballots(sitting) else [],
        "voters": len(house.voters),
        "members": house.members,
        "fills": on_paper and not has_ballots(sitting),
        "is_counting": sitting.state == SittingState.COUNTING,
        "is_whole": standing.is_whole,
        "on_paper": on_paper,
    }
    status = 422 if saved and (saved.refused or saved.ballots) else 200
    return render(request, "awards/councils/counts.html", context, status=status)


def _cells(
    request: HttpRequest, row: presenters.Row, labels: dict[str, str], saved: Saved | None
) -> list[dict[str, Any]]:
    """What was typed stays where it was refused."""
    kept = saved is not None and row.item.pk in saved.refused
    found = []
    for name, label in labels.items():
        field = f"{name}_{row.item.pk}"
        value = getattr(row.counts, name)
        shown = "" if value is None or (name.startswith("written") and value == 0) else value
        found.append({"name": field, "label": label, "value": request.POST.get(field, shown) if kept else shown})
    return found


def _ballot_fields(request: HttpRequest, sitting: Sitting, saved: Saved | None) -> list[dict[str, Any]]:
    refused = saved.ballots if saved else {}
    found = []
    for name, label in BALLOT_FIELDS.items():
        value = getattr(sitting, name)
        shown = request.POST.get(name, "") if refused else ("" if value is None else value)
        words = f"{label[:1].upper()}{label[1:]}"
        found.append({"name": name, "label": words, "value": shown, "fault": refused.get(name, "")})
    return found
