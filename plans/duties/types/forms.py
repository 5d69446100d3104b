"""What the page of a kind of duty asks."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms

from plans.duties.types.steps import EXAMPLE
from units.models import Unit


class DutyTypeForm(forms.Form):
    unit = forms.ChoiceField(label="Đơn vị", choices=[])
    name = forms.CharField(
        label="Tên loại việc",
        help_text="Ví dụ: Báo cáo tổng kết phong trào thi đua.",
        error_messages={"required": "Tên loại việc còn trống."},
    )
    steps = forms.CharField(
        label="Các mốc trước hạn",
        strip=False,
        help_text=f"Mỗi dòng một mốc: số ngày trước hạn, rồi việc phải làm. Ví dụ: {EXAMPLE}. "
        "Dán được từ Word, Excel, Zalo.",
        widget=forms.Textarea(attrs={"rows": 9}),
        error_messages={"required": "Chưa ghi mốc nào."},
    )
    was = forms.CharField(widget=forms.HiddenInput, required=False)

    use_required_attribute = False

    def __init__(self, *args: Any, units: Sequence[Unit], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].choices = [(one.pk, one.title) for one in units]  # type: ignore[attr-defined]
        self.fields["unit"].initial = units[0].pk
        if len(units) == 1:
            self.fields["unit"].widget = forms.HiddenInput()
