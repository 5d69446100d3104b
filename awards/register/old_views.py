"""«Vào sổ quyết định cũ»: one decision after the other."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from awards.register.forms import show_at_field
from awards.register.old import Entered, enter_old
from awards.register.old_forms import ROWS, LineRows, OldDecisionForm
from awards.rules import WORKING
from core.errors import AppError, UnfitRow
from units.selectors import units_to_work_for


@require_http_methods(["GET", "HEAD", "POST"])
def enter(request: HttpRequest) -> HttpResponse:
    units = units_to_work_for(request.user, *WORKING)
    if not units:
        raise PermissionDenied
    data = request.POST if request.method == "POST" else None
    if data is not None and "more" in data:  # without scripts: what was typed stays, nothing is checked
        form, rows = OldDecisionForm(units=units, initial=data.dict()), LineRows(data, more=ROWS)
    else:
        form, rows = OldDecisionForm(data, units=units), LineRows(data)
    are_fit = rows.is_valid()
    if form.is_valid() and are_fit and (entered := _entered(request, form, rows)):
        _tell(request, entered)
        return redirect("awards:enter_old" if "next" in request.POST else "awards:register")
    context = {
        "title": "Vào sổ quyết định cũ",
        "standing": "Ghi đúng như trên quyết định. Có thể chép cả khối ô từ Excel rồi dán vào ô đầu tiên.",
        "form": form,
        "rows": rows,
    }
    has_errors = form.errors or rows.errors
    return render(request, "awards/register/enter_old.html", context, status=422 if has_errors else 200)


def _entered(request: HttpRequest, form: OldDecisionForm, rows: LineRows) -> Entered | None:
    try:
        return enter_old(
            int(form.cleaned_data["unit"]),
            actor=request.user,
            decision=form.data_said(),
            lines=rows.lines(),
            joins_same_name=form.cleaned_data["same_name"] == "mot",
        )
    except UnfitRow as error:
        rows.refuse(error.position, error.field, str(error))
    except AppError as error:
        show_at_field(form, error)
    return None


def _tell(request: HttpRequest, entered: Entered) -> None:
    there = f" {entered.there} dòng đã có trong sổ được giữ nguyên." if entered.there else ""
    messages.success(request, f"Đã vào sổ {len(entered.grants)} dòng của {entered.decision}.{there}")
