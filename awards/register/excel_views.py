"""«Nhập từ Excel» and «Tải tệp mẫu» of the register."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from awards.register.resources import KIND, SAME_NAME
from awards.rules import WORKING
from core.import_views import Target, UploadForm, UploadView, template_answer
from units.models import Unit
from units.selectors import units_to_work_for

SAME_NAMES = [
    ("mot", "Coi là cùng một người nếu sổ chỉ có một người tên đó"),
    ("rieng", "Ghi thành người khác; nối lại sau nếu là một người"),
]


class GrantsForm(UploadForm):
    unit = forms.ChoiceField(label="Vào sổ của đơn vị", error_messages={"required": "Hãy chọn đơn vị."})
    same_name = forms.ChoiceField(
        label="Người cùng tên mà tệp không ghi năm sinh", choices=SAME_NAMES, widget=forms.RadioSelect, initial="mot"
    )
    field_order = ("unit", "file", "same_name")

    def __init__(self, *args: Any, units: list[Unit]) -> None:
        super().__init__(*args)
        self.fields["unit"].choices = [(str(unit.pk), unit.title) for unit in units]  # type: ignore[attr-defined]
        if len(units) == 1:
            self.fields["unit"].widget = forms.HiddenInput()
            self.fields["unit"].initial = units[0].pk

    def options(self) -> dict[str, str]:
        return {SAME_NAME: self.cleaned_data["same_name"]}


class ImportGrants(UploadView):
    kind = KIND
    form_class = GrantsForm
    standing = "Vào sổ các quyết định khen thưởng trước đây. Dòng đã có trong sổ được giữ nguyên."

    def target(self, **kwargs: Any) -> Target:
        self.units = units_to_work_for(self.request.user, *WORKING)
        if not self.units:
            raise PermissionDenied
        chosen = self.request.POST.get("unit", "")
        unit = next((unit for unit in self.units if str(unit.pk) == chosen), self.units[0])
        crumbs = ((reverse("awards:register"), "Sổ khen thưởng"),)
        return Target(unit.pk, unit.pk, crumbs, reverse("awards:register_template"))

    def make_form(self, *args: Any) -> GrantsForm:
        return GrantsForm(*args, units=self.units)


@require_safe
def template(request: HttpRequest) -> HttpResponse:
    return template_answer(KIND, "Sổ khen thưởng", "mau-so-khen-thuong")
