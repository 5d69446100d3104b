"""What the page of a deadline asks. What may stand is said by the services."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms

from core.forms import RowByName
from reminders.services import REASON
from units.models import Person

ONE, WHOLE = "viec", "nhom"
_DAY_HINT = "Ngày/tháng/năm, ví dụ 5/3/2026. Sau ngày này chương trình lại nhắc."


class SnoozeForm(forms.Form):
    until = forms.DateField(
        label="Tạm hoãn đến hết ngày",
        help_text=_DAY_HINT,
        error_messages={"required": "Chưa ghi ngày.", "invalid": f"Không có ngày này. {_DAY_HINT}"},
        widget=forms.DateInput(attrs={"class": "short", "autocomplete": "off"}),
    )
    reason = forms.CharField(
        label="Lý do",
        max_length=REASON,
        help_text="Ví dụ: chờ hướng dẫn của Sở Nội vụ. Người trong đơn vị đều đọc được.",
        error_messages={"required": "Ghi lý do tạm hoãn, để người khác mở ra cũng hiểu."},
    )


class WatchForm(forms.Form):
    person = RowByName(
        label="Nhắc thêm ai",
        unknown="Chưa có người này trong danh sách Nhân sự của đơn vị.",
        help_text="Gõ tên rồi chọn.",
        error_messages={"required": "Chưa chọn người."},
    )
    scope = forms.ChoiceField(label="Nhắc về", widget=forms.RadioSelect, initial=ONE)

    def __init__(self, *args: Any, people: Iterable[Person], group_label: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["person"].offer(people, lambda one: one.post)  # type: ignore[attr-defined]
        if group_label:
            choices = [(ONE, "chỉ việc này"), (WHOLE, group_label)]
            self.fields["scope"].choices = choices  # type: ignore[attr-defined]
        else:
            del self.fields["scope"]
