"""Khen nhanh: who, what they did, which award; the rest follows."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from awards.deciding.forms import QuickForm, QuickRows
from awards.deciding.quick import Quick, awards_at_once, commend_at_once
from awards.deciding.views import get_or_post
from awards.rules import WORKING
from core.errors import AppError, UnfitField, UnfitRow
from units.doors import unit_to_work_for
from units.models import Unit


@get_or_post
def quick(request: HttpRequest) -> HttpResponse:
    unit, units = unit_to_work_for(request, *WORKING)
    awards = awards_at_once(unit, timezone.localdate())
    data = request.POST if request.method == "POST" else None
    form = QuickForm(data, units=units, awards=awards, initial={"unit": str(unit.pk)})
    rows = QuickRows(data, prefix="dong")
    if data is not None and form.is_valid() and rows.is_valid():
        made = _made(request, unit, form, rows)
        if made is not None:
            return _answered(request, made)
    context = {
        "title": "Khen nhanh",
        "standing": "Khen đột xuất, Chủ tịch quyết định ngay: ghi một trang, có tóm tắt thành tích, tờ trình, dự thảo "
        "quyết định, giấy khen và danh sách chi tiền.",
        "unit": unit,
        "awards": awards,
        "form": form,
        "rows": rows,
    }
    is_refused = bool(form.errors or any(rows.errors) or rows.non_form_errors())
    return render(request, "awards/deciding/quick.html", context, status=422 if data and is_refused else 200)


def _made(request: HttpRequest, unit: Unit, form: QuickForm, rows: Any) -> Quick | None:
    said = form.cleaned_data
    typed = [one for one in rows if one.is_said]
    if not typed:
        form.add_error(None, "Ghi tên ít nhất một người, tập thể hoặc hộ gia đình được khen.")
        return None
    try:
        wanted = [one.row(said["award"]) for one in typed]
        return commend_at_once(unit, actor=request.user, deed=said["deed"], award=said["award"], rows=wanted)
    except UnfitRow as error:
        field = error.field if error.field in typed[error.position].fields else "name"
        typed[error.position].add_error(field, str(error))
    except UnfitField as error:
        form.add_error(error.field if error.field in form.fields else None, str(error))
    except AppError as error:
        form.add_error(None, str(error))
    return None


def _answered(request: HttpRequest, made: Quick) -> HttpResponse:
    for one in made.left:
        messages.warning(request, f"Chưa đưa vào quyết định: {one}")
    if made.decision is None:
        return redirect("awards:round", made.award_round.pk)
    messages.success(request, "Đã soạn dự thảo quyết định. Xem lại, tải Word, trình Chủ tịch ký.")
    return redirect("awards:decision", made.decision.pk)
