"""Forms of the plan pages. They shape what was typed; whether it fits is said by the services."""

from __future__ import annotations

import re
from typing import Any

import django_filters
from django import forms
from django.db import models
from django.utils import timezone

from documents.dates import PartialDate
from plans.models import Plan
from plans.selectors import search_plans
from plans.states import PlanState

_FIRST_YEAR = 2020


def years() -> list[tuple[int, str]]:
    """From the first year of today's law on emulation to next year's plans, the newest first."""
    return [(year, str(year)) for year in range(timezone.localdate().year + 1, _FIRST_YEAR - 1, -1)]


class PlanFilter(django_filters.FilterSet):
    """``nam`` is also what the top bar's year sets, so that choosing a year there filters here."""

    q = django_filters.CharFilter(label="Tìm", method="search")
    loai = django_filters.ChoiceFilter(label="Loại", field_name="kind", choices=Plan.Kind, empty_label="Mọi loại")
    trang_thai = django_filters.ChoiceFilter(
        label="Trạng thái", field_name="state", choices=PlanState, empty_label="Mọi trạng thái"
    )
    nam = django_filters.ChoiceFilter(label="Năm", field_name="year", choices=years, empty_label="Mọi năm")

    class Meta:
        model = Plan
        fields: list[str] = []

    def search(self, queryset: models.QuerySet[Plan], name: str, value: str) -> models.QuerySet[Plan]:
        return search_plans(queryset, value)


class PartialDateField(forms.CharField):
    """``18/01/2024``, ``01/2024`` where the day is still blank, ``2024`` where day and month are."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_length=20, **kwargs)

    def prepare_value(self, value: Any) -> Any:
        if isinstance(value, str) and re.fullmatch(r"\d{4}(-\d{2}){0,2}", value):
            return "/".join(reversed(value.split("-")))
        return value

    def clean(self, value: Any) -> str:
        text = super().clean(value)
        parts = re.split(r"[/.-]", text)
        if len(parts) > 1 and len(parts[0]) == 4:
            parts.reverse()
        if text and not all(part.isdecimal() for part in parts):
            raise forms.ValidationError("Ghi ngày/tháng/năm, tháng/năm hoặc năm, ví dụ 18/01/2026.")
        if text and len(parts[-1]) == 2:
            parts[-1] = f"20{parts[-1]}"
        iso = "-".join([parts[-1], *(part.zfill(2) for part in reversed(parts[:-1]))])
        try:
            return str(PartialDate.parse(iso if text else ""))
        except ValueError:
            raise forms.ValidationError(f"Không có ngày {text}.") from None


def _lines(rows: int) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows})


class HeaderForm(forms.Form):
    """The fields before and after the sections, as the editor shows them."""

    number = forms.CharField(label="Số", required=False, max_length=20, help_text="Để trống khi chưa được cấp số.")
    symbol = forms.CharField(label="Ký hiệu", required=False, max_length=60, help_text="Ví dụ: KH-UBND.")
    place = forms.CharField(label="Địa danh", required=False, max_length=120)
    paper_date = PartialDateField(
        label="Ngày văn bản", required=False, help_text="Ví dụ 18/01/2026; ghi 01/2026 khi chưa có ngày."
    )
    title = forms.CharField(label="Tên loại", max_length=120)
    subject = forms.CharField(label="Trích yếu", widget=_lines(2))
    preamble = forms.CharField(
        label="Căn cứ, mở đầu", required=False, widget=_lines(8), help_text="Mỗi căn cứ hoặc mỗi đoạn một dòng."
    )
    closing = forms.CharField(label="Đoạn kết", required=False, widget=_lines(3))
    recipients = forms.CharField(
        label="Nơi nhận",
        required=False,
        widget=_lines(6),
        help_text="Mỗi nơi một dòng; dấu gạch và dấu chấm phẩy do chương trình đặt.",
    )
    archive = forms.CharField(label="Lưu", required=False, max_length=120, help_text="Ví dụ: VT, VHXH.")
    signature_lines = forms.CharField(
        label="Quyền hạn, chức vụ người ký", required=False, widget=_lines(3), help_text="Mỗi dòng như trên văn bản."
    )
    signature_post = forms.CharField(
        label="Chức vụ khác, ghi trên họ tên",
        required=False,
        max_length=300,
        help_text="Dùng cho hội đồng, cụm thi đua.",
    )
    signature_name = forms.CharField(label="Họ tên người ký", required=False, max_length=120)

    @staticmethod
    def initial_of(plan: Plan) -> dict[str, Any]:
        return {name: getattr(plan, name) for name in HeaderForm.base_fields}
