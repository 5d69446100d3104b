"""Pages of units: what one unit is, its parts, people and issuers. Accounts: ``units.account_views``."""

from __future__ import annotations

from collections.abc import Callable
from copy import copy
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from core.errors import AppError
from core.history import history_lines
from core.paging import list_page
from units import selectors, services
from units.facts import successions_by_day
from units.forms import (
    IssuerForm,
    LastDayForm,
    PartFilter,
    PartForm,
    PersonFilter,
    PersonForm,
    UnitFilter,
    UnitForm,
)
from units.models import Unit

get_or_post = require_http_methods(["GET", "HEAD", "POST"])


# -- Doors -----------------------------------------------------------------------------


def visible_unit(request: HttpRequest, pk: int) -> Unit:
    return get_object_or_404(selectors.visible_units(request.user), pk=pk)


def inner_unit(request: HttpRequest, pk: int, permission: str = "units.view_inside") -> Unit:
    """A unit whose inside the user reads (else 404); with ``permission`` something more (else 403)."""
    unit = visible_unit(request, pk)
    if not request.user.has_perm("units.view_inside", unit):
        raise Http404
    if not request.user.has_perm(permission, unit):
        raise PermissionDenied
    return unit


def save(form: forms.Form, act: Callable[..., Any]) -> Any:
    """Run a service with what was typed; what it refuses is said on the form, and None comes back."""
    if not form.is_valid():
        return None
    try:
        return act(**form.cleaned_data)
    except AppError as error:
        form.add_error(None, str(error))
        return None


# -- Units -----------------------------------------------------------------------------


@require_safe
def unit_list(request: HttpRequest) -> HttpResponse:
    units = selectors.visible_units(request.user)
    found = UnitFilter(request.GET, units)
    page = list_page(
        request,
        found.qs,
        sorts={"ten": "search", "cap": ("kind", "search"), "thuoc": ("parent__search", "search"), "ma": "code"},
        default="ten",
    )
    context = {
        "title": "Đơn vị",
        "standing": "Đơn vị của bạn, cấp trên, cấp dưới và những đơn vị mà đơn vị bạn kế thừa.",
        "filter": found,
        "page": page,
        "today": timezone.localdate(),
    }
    return render(request, "units/list.html", context)


@require_safe
def unit_detail(request: HttpRequest, pk: int) -> HttpResponse:
    unit = visible_unit(request, pk)
    is_inside = request.user.has_perm("units.view_inside", unit)
    context = _frame(request, unit) | {
        "title": unit.title,
        "is_inside": is_inside,
        "origins": successions_by_day(selectors.origins_of(unit), "old_unit"),
        "heirs": successions_by_day(selectors.heirs_of(unit), "new_unit"),
        "counts": selectors.counts_of(unit),
        "history": history_lines(unit, last=50) if is_inside else [],
    }
    return render(request, "units/detail.html", context)


@get_or_post
def unit_edit(request: HttpRequest, pk: int) -> HttpResponse:
    unit = inner_unit(request, pk, "units.change_unit")
    form = UnitForm(request.POST or None, instance=copy(unit))
    if save(form, lambda **fields: services.update_unit(unit, actor=request.user, **fields)):
        messages.success(request, "Đã lưu thông tin đơn vị.")
        return redirect("units:detail", unit.pk)
    return _form_page(request, unit, form, "Sửa thông tin đơn vị", reverse("units:detail", args=[unit.pk]))


# -- Parts -----------------------------------------------------------------------------


@require_safe
def part_list(request: HttpRequest, pk: int) -> HttpResponse:
    unit = inner_unit(request, pk)
    found = PartFilter(request.GET, selectors.visible_parts(request.user).filter(unit=unit))
    page = list_page(
        request,
        found.qs,
        sorts={"thu-tu": "order", "ten": "search", "loai": ("kind", "order")},
        default="thu-tu",
    )
    context = _frame(request, unit) | {"title": f"Bộ phận của {unit}", "filter": found, "page": page}
    return render(request, "units/parts.html", context)


@get_or_post
def part_add(request: HttpRequest, pk: int) -> HttpResponse:
    unit = inner_unit(request, pk, "units.change_unit")
    form = PartForm(request.POST or None, unit=unit)
    if part := save(form, lambda **fields: services.add_part(unit, actor=request.user, **fields)):
        messages.success(request, f"Đã thêm {part.name}.")
        return redirect("units:parts", unit.pk)
    return _form_page(request, unit, form, "Thêm bộ phận", reverse("units:parts", args=[unit.pk]))


@get_or_post
def part_edit(request: HttpRequest, pk: int, part_pk: int) -> HttpResponse:
    unit = inner_unit(request, pk, "units.change_unit")
    part = get_object_or_404(selectors.visible_parts(request.user), unit=unit, pk=part_pk)
    form = PartForm(request.POST or None, instance=copy(part), unit=unit)
    if save(form, lambda **fields: services.update_part(part, actor=request.user, **fields)):
        messages.success(request, f"Đã lưu {part.name}.")
        return redirect("units:parts", unit.pk)
    return _form_page(
        request,
        unit,
        form,
        part.name,
        reverse("units:parts", args=[unit.pk]),
        history=history_lines(part),
        end_url=reverse("units:part_end", args=[unit.pk, part.pk]) if part.valid_to is None else "",
        end_act="Thôi dùng bộ phận này",
    )


@get_or_post
def part_end(request: HttpRequest, pk: int, part_pk: int) -> HttpResponse:
    unit = inner_unit(request, pk, "units.change_unit")
    part = get_object_or_404(selectors.visible_parts(request.user), unit=unit, pk=part_pk)
    form = LastDayForm(request.POST or None)
    if save(form, lambda last_day: services.end_part(part, actor=request.user, last_day=last_day)):
        messages.success(request, f"{part.name} đã thôi hoạt động sau ngày {part.valid_to:%d/%m/%Y}.")
        return redirect("units:parts", unit.pk)
    return _form_page(
        request,
        unit,
        form,
        f"Thôi dùng {part.name}",
        reverse("units:part_edit", args=[unit.pk, part.pk]),
        standing="Văn bản đã có vẫn giữ tên bộ phận này; kế hoạch mới không đề xuất nó nữa.",
        submit=f"Thôi dùng {part.name}",
        danger=True,
    )


# -- People ----------------------------------------------------------------------------


@require_safe
def person_list(request: HttpRequest, pk: int) -> HttpResponse:
    unit = inner_unit(request, pk)
    found = PersonFilter(request.GET, selectors.visible_people(request.user).filter(unit=unit))
    page = list_page(
        request, found.qs, sorts={"ten": "search", "chuc-vu": "post", "bo-phan": "part__search"}, default="ten"
    )
    context = _frame(request, unit) | {"title": f"Nhân sự của {unit}", "filter": found, "page": page}
    return render(request, "units/people.html", context)


@get_or_post
def person_add(request: HttpRequest, pk: int) -> HttpResponse:
    unit = inner_unit(request, pk, "units.change_unit")
    form = PersonForm(request.POST or None, unit=unit)
    if person := save(form, lambda **fields: services.add_person(unit, actor=request.user, **fields)):
        messages.success(request, f"Đã thêm {person.full_name}.")
        return redirect("units:people", unit.pk)
    return _form_page(request, unit, form, "Thêm người", reverse("units:people", args=[unit.pk]))


@get_or_post
def person_edit(request: HttpRequest, pk: int, person_pk: int) -> HttpResponse:
    unit = inner_unit(request, pk, "units.change_unit")
    person = get_object_or_404(selectors.visible_people(request.user), unit=unit, pk=person_pk)
    form = PersonForm(request.POST or None, instance=copy(person), unit=unit)
    if save(form, lambda **fields: services.update_person(person, actor=request.user, **fields)):
        messages.success(request, f"Đã lưu {person.full_name}.")
        return redirect("units:people", unit.pk)
    back = reverse("units:people", args=[unit.pk])
    return _form_page(request, unit, form, person.full_name, back, history=history_lines(person))


# -- Issuers ---------------------------------------------------------------------------


@require_safe
def issuer_list(request: HttpRequest, pk: int) -> HttpResponse:
    unit = inner_unit(request, pk)
    issuers = selectors.visible_issuers(request.user).filter(unit=unit)
    page = list_page(request, issuers, sorts={"ten": "search", "tu-ngay": "valid_from"}, default="ten")
    context = _frame(request, unit) | {"title": f"Cơ quan ban hành của {unit}", "page": page}
    return render(request, "units/issuers.html", context)


@get_or_post
def issuer_add(request: HttpRequest, pk: int) -> HttpResponse:
    unit = inner_unit(request, pk, "units.change_unit")
    form = IssuerForm(request.POST or None, unit=unit)
    if save(form, lambda **fields: services.create_issuer(unit, actor=request.user, **fields)):
        messages.success(request, "Đã thêm cơ quan ban hành.")
        return redirect("units:issuers", unit.pk)
    return _form_page(request, unit, form, "Thêm cơ quan ban hành", reverse("units:issuers", args=[unit.pk]))


@get_or_post
def issuer_edit(request: HttpRequest, pk: int, issuer_pk: int) -> HttpResponse:
    unit = inner_unit(request, pk, "units.change_unit")
    issuer = get_object_or_404(selectors.visible_issuers(request.user), unit=unit, pk=issuer_pk)
    form = IssuerForm(request.POST or None, instance=copy(issuer), unit=unit)
    if save(form, lambda **fields: services.update_issuer(issuer, actor=request.user, **fields)):
        messages.success(request, "Đã lưu cơ quan ban hành.")
        return redirect("units:issuers", unit.pk)
    back = reverse("units:issuers", args=[unit.pk])
    return _form_page(request, unit, form, issuer.name, back, history=history_lines(issuer))


# -- Shared ----------------------------------------------------------------------------


def _frame(request: HttpRequest, unit: Unit) -> dict[str, Any]:
    """What every page of a unit needs: the unit, the day, and what the user may do there."""
    return {
        "unit": unit,
        "today": timezone.localdate(),
        "is_inside": True,
        "may_change": request.user.has_perm("units.change_unit", unit),
        "may_invite": request.user.has_perm("units.invite", unit),
    }


def _form_page(
    request: HttpRequest, unit: Unit, form: forms.BaseForm, title: str, back_url: str, **more: Any
) -> HttpResponse:
    context = _frame(request, unit) | {"form": form, "title": title, "back_url": back_url, **more}
    return render(request, "units/form.html", context, status=422 if form.errors else 200)
