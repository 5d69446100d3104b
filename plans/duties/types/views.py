"""Pages of a unit's kinds of duties: the list, one added or changed, one taken away."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from core.errors import UnfitField
from core.history import history_lines
from core.states import EditedMeanwhile
from plans.doors import units_to_plan
from plans.duties.types import selectors
from plans.duties.types.forms import DutyTypeForm
from plans.duties.types.services import add_type, change_type, mark_of, remove_type
from plans.duties.types.shipped import shipped_types
from plans.duties.types.steps import of_json, written
from plans.models import DutyType
from units.models import Unit

get_or_post = require_http_methods(["GET", "HEAD", "POST"])


@require_safe
def type_list(request: HttpRequest) -> HttpResponse:
    units = units_to_plan(request)
    context = {
        "title": "Các loại việc để lùi lịch",
        "standing": "Mỗi loại việc có các mốc tính lùi từ hạn; mốc rơi vào ngày nghỉ thì lùi về ngày làm việc trước.",
        "groups": [(unit, selectors.types_of(unit)) for unit in units],
    }
    return render(request, "plans/duty_types.html", context)


@get_or_post
def add(request: HttpRequest) -> HttpResponse:
    """A new one, or the unit's own copy of a shipped one (``mau``: its key)."""
    units = units_to_plan(request)
    shipped = next((one for one in shipped_types() if one.key == request.GET.get("mau")), None)
    initial: dict[str, Any] = {"unit": _chosen(units, request.GET.get("don-vi")).pk}
    if shipped:
        initial |= {"name": shipped.name, "steps": written(shipped.steps)}
    form = DutyTypeForm(request.POST or None, units=units, initial=initial)
    if form.is_valid():
        said = form.cleaned_data
        unit = _chosen(units, said["unit"])
        try:
            row = add_type(unit, actor=request.user, name=said["name"], steps=said["steps"])
        except UnfitField as error:
            form.add_error(error.field, str(error))
        else:
            messages.success(request, f"Đã lưu loại việc «{row.name}».")
            return redirect("plans:duty_types")
    context = {
        "title": f"Sửa mẫu «{shipped.name}»" if shipped else "Thêm loại việc",
        "standing": _COPY if shipped else _NEW,
        "form": form,
    }
    return render(request, "plans/duty_type_form.html", context, status=422 if form.errors else 200)


_COPY = "Lưu lại thì đơn vị dùng bản này thay cho mẫu có sẵn; bỏ bản này thì dùng lại mẫu."
_NEW = "Đặt tên và ghi các mốc một lần, những lần sau lùi lịch chỉ việc chọn."


@get_or_post
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    row = _writable(request, pk)
    initial = {"name": row.name, "steps": written(of_json(row.steps)), "was": mark_of(row)}
    form = DutyTypeForm(request.POST or None, units=[row.unit], initial=initial)
    status = 422
    if form.is_valid():
        said = form.cleaned_data
        try:
            change_type(row, actor=request.user, was=said["was"], name=said["name"], steps=said["steps"])
        except UnfitField as error:
            form.add_error(error.field, str(error))
        except EditedMeanwhile as error:
            form.add_error(None, str(error))
            status = 409
        else:
            messages.success(request, "Đã lưu.")
            return redirect("plans:duty_types")
    context = {
        "title": "Sửa loại việc",
        "standing": "Các việc đã lùi lịch giữ nguyên mốc; loại việc mới dùng cho những lần sau.",
        "form": form,
        "row": row,
        "history": history_lines(row),
    }
    return render(request, "plans/duty_type_form.html", context, status=status if form.errors else 200)


@get_or_post
def remove(request: HttpRequest, pk: int) -> HttpResponse:
    if request.method == "POST" and not selectors.visible_types(request.user).filter(pk=pk).exists():
        messages.info(request, "Loại việc này không còn.")  # a second click
        return redirect("plans:duty_types")
    row = _writable(request, pk)
    if request.method == "POST":
        remove_type(row, actor=request.user)
        messages.success(request, f"Đã bỏ loại việc «{row.name}».")
        return redirect("plans:duty_types")
    is_copy = any(known.row == row and known.is_shipped for known in selectors.types_of(row.unit))
    context = {"title": f"Bỏ loại việc «{row.name}»", "standing": "", "row": row, "is_copy": is_copy}
    return render(request, "plans/duty_type_remove.html", context)


def _writable(request: HttpRequest, pk: int) -> DutyType:
    row = get_object_or_404(selectors.visible_types(request.user), pk=pk)
    if not request.user.has_perm("plans.write_duty", row):
        raise PermissionDenied
    return row


def _chosen(units: list[Unit], pk: str | None) -> Unit:
    return next((unit for unit in units if str(unit.pk) == pk), units[0])
