"""«Nhập từ Excel», «Xuất Excel» and «Tải tệp mẫu» of a unit's lists."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.urls import reverse
from django.views.decorators.http import require_safe

from core import exporting
from core.exporting import Listed
from core.import_views import Target, UploadView, template_answer
from core.text import fold
from units import selectors
from units.forms import PartFilter, PersonFilter
from units.models import Unit
from units.resources import PartResource, PersonResource, offer_people
from units.views import inner_unit

PARTS, PEOPLE = "units.parts", "units.people"


class _ImportIntoUnit(UploadView):
    list_name: str
    list_label: str
    template_url_name: str

    def target(self, **kwargs: Any) -> Target:
        unit = inner_unit(self.request, kwargs["pk"], "units.change_unit")
        crumbs = (
            (reverse("units:list"), "Đơn vị"),
            (reverse("units:detail", args=[unit.pk]), unit.title),
            (reverse(self.list_name, args=[unit.pk]), self.list_label),
        )
        return Target(unit.pk, unit.pk, crumbs, reverse(self.template_url_name, args=[unit.pk]))


class ImportParts(_ImportIntoUnit):
    kind = PARTS
    list_name, list_label, template_url_name = "units:parts", "Bộ phận", "units:parts_template"
    standing = "Bộ phận chưa có được thêm; bộ phận đã có cùng tên được sửa theo tệp."


class ImportPeople(_ImportIntoUnit):
    kind = PEOPLE
    list_name, list_label, template_url_name = "units:people", "Nhân sự", "units:people_template"
    standing = "Người chưa có được thêm; người đã có cùng tên, năm sinh được sửa theo tệp."


@require_safe
def export_parts(request: HttpRequest, pk: int) -> HttpResponse:
    unit = inner_unit(request, pk)
    return exporting.answer(request, PARTS, list_url=reverse("units:parts", args=[unit.pk]), target_id=unit.pk)


@require_safe
def export_people(request: HttpRequest, pk: int) -> HttpResponse:
    unit = inner_unit(request, pk)
    return exporting.answer(request, PEOPLE, list_url=reverse("units:people", args=[unit.pk]), target_id=unit.pk)


@require_safe
def parts_template(request: HttpRequest, pk: int) -> HttpResponse:
    unit = inner_unit(request, pk)
    return template_answer(PARTS, f"Bộ phận của {unit}", "mau-bo-phan")


@require_safe
def people_template(request: HttpRequest, pk: int) -> HttpResponse:
    unit = inner_unit(request, pk)
    return template_answer(PEOPLE, f"Nhân sự của {unit}", "mau-nhan-su")


# -- Lists as they go into a sheet (core.exporting), in the request or in a worker -------


def list_parts(user: Any, unit_id: int, query: QueryDict) -> Listed:
    unit = _readable(user, unit_id)
    rows = PartFilter(query, selectors.visible_parts(user).filter(unit=unit)).qs
    resource = PartResource()
    offer_people(resource, unit)
    return Listed(resource, rows.order_by("order", "pk"), f"Bộ phận của {unit}", f"bo-phan-{_slug(unit)}", unit.pk)


def list_people(user: Any, unit_id: int, query: QueryDict) -> Listed:
    unit = _readable(user, unit_id)
    rows = PersonFilter(query, selectors.visible_people(user).filter(unit=unit)).qs
    title = f"Nhân sự của {unit}"
    return Listed(PersonResource(), rows.order_by("search", "pk"), title, f"nhan-su-{_slug(unit)}", unit.pk)


def _readable(user: Any, unit_id: int) -> Unit:
    unit = selectors.visible_units(user).filter(pk=unit_id).first()
    if unit is None or not user.has_perm("units.view_inside", unit):
        raise Http404
    return unit


def _slug(unit: Unit) -> str:
    return "-".join("".join(letter if letter.isalnum() else " " for letter in fold(str(unit))).split())
