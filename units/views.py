"""Pages of units: what one unit is, its parts, people and issuers. Accounts: ``units.account_views``."""

from __future__ import annotations

from collections.abc import Callable
from copy import copy
from functools import partial
from typing import Any, ClassVar

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import models
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views import View
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
from units.models import Issuer, Part, Unit

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


# -- Frames ----------------------------------------------------------------------------


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


class RowPage(View):
    """One form over a row that lies in a unit: a known one to change, or without its id a new one to add.

    404 to strangers, 403 to those who may only read; what a service refuses is said on the form.
    """

    http_method_names = ("get", "head", "post")
    form_class: ClassVar[type[forms.ModelForm]]
    list_name: ClassVar[str]
    """The address of the unit's list of such rows: where one came from and goes back to."""
    new_title: ClassVar[str]
    visible_rows: ClassVar[Callable[[Any], models.QuerySet]]
    add: ClassVar[Callable[..., Any]]
    update: ClassVar[Callable[..., Any]]

    def get(self, request: HttpRequest, pk: int, **row_pk: int) -> HttpResponse:
        unit = inner_unit(request, pk, "units.change_unit")
        row = self._row(unit, *row_pk.values()) if row_pk else None  # addresses name it part_pk, person_pk…
        form = self.form_class(request.POST or None, instance=copy(row), unit=unit)
        act = partial(self.update, row) if row else partial(self.add, unit)
        if saved := save(form, partial(act, actor=request.user)):
            messages.success(request, f"{'Đã lưu' if row else 'Đã thêm'} {self.called(saved)}.")
            return redirect(self.list_name, unit.pk)
        context = self.more(row) | {"history": history_lines(row)} if row else {}
        title = str(row) if row else self.new_title
        return _form_page(request, unit, form, title, reverse(self.list_name, args=[unit.pk]), **context)

    post = get

    def called(self, row: Any) -> str:
        """In the sentence that says it is kept."""
        return str(row)

    def more(self, row: Any) -> dict[str, Any]:
        """What the page of a known row shows besides the form and its history."""
        return {}

    def _row(self, unit: Unit, pk: int) -> Any:
        return get_object_or_404(self.visible_rows(self.request.user), unit=unit, pk=pk)


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


class PartPage(RowPage):
    form_class = PartForm
    list_name = "units:parts"
    new_title = "Thêm bộ phận"
    visible_rows = staticmethod(selectors.visible_parts)
    add = staticmethod(services.add_part)
    update = staticmethod(services.update_part)

    def more(self, row: Part) -> dict[str, Any]:
        is_open = row.valid_to is None
        return {
            "end_url": reverse("units:part_end", args=[row.unit_id, row.pk]) if is_open else "",
            "end_act": "Thôi dùng bộ phận này",
        }


part_add = part_edit = PartPage.as_view()


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


class PersonPage(RowPage):
    form_class = PersonForm
    list_name = "units:people"
    new_title = "Thêm người"
    visible_rows = staticmethod(selectors.visible_people)
    add = staticmethod(services.add_person)
    update = staticmethod(services.update_person)


person_add = person_edit = PersonPage.as_view()


# -- Issuers ---------------------------------------------------------------------------


@require_safe
def issuer_list(request: HttpRequest, pk: int) -> HttpResponse:
    unit = inner_unit(request, pk)
    issuers = selectors.visible_issuers(request.user).filter(unit=unit)
    page = list_page(request, issuers, sorts={"ten": "search", "tu-ngay": "valid_from"}, default="ten")
    context = _frame(request, unit) | {"title": f"Cơ quan ban hành của {unit}", "page": page}
    return render(request, "units/issuers.html", context)


class IssuerPage(RowPage):
    form_class = IssuerForm
    list_name = "units:issuers"
    new_title = "Thêm cơ quan ban hành"
    visible_rows = staticmethod(selectors.visible_issuers)
    add = staticmethod(services.create_issuer)
    update = staticmethod(services.update_issuer)

    def called(self, row: Issuer) -> str:
        return "cơ quan ban hành"


issuer_add = issuer_edit = IssuerPage.as_view()
