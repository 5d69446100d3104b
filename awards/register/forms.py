"""What the pages of the register ask. Whether it fits is said by the services."""

from __future__ import annotations

from typing import Any

from django import forms

from awards.models import Grant
from awards.register.revoking import NUMBER, REASON, SIGNER, Revocation
from campaigns.running.forms import day_field
from core.errors import UnfitField

_LINES = {"rows": 3}


class MoneyField(forms.CharField):
    """Whole đồng, as people group them: «2.340.000»."""

    def __init__(self, **kwargs: Any) -> None:
        widget = forms.TextInput(attrs={"inputmode": "numeric", "class": "short", "autocomplete": "off"})
        super().__init__(max_length=20, widget=widget, **kwargs)

    def clean(self, value: Any) -> int | None:
        text = super().clean(value).replace(".", "").replace(" ", "").removesuffix("đồng").removesuffix("đ")
        if not text:
            return None
        if not text.isdecimal():
            raise forms.ValidationError("Ghi số tiền bằng đồng, ví dụ 760.000.")
        return int(text)


class RevokeForm(forms.Form):
    use_required_attribute = False

    number = forms.CharField(
        label="Số, ký hiệu quyết định hủy bỏ",
        max_length=NUMBER,
        help_text="Ví dụ 415/QĐ-UBND.",
        error_messages={"required": "Ghi số, ký hiệu quyết định hủy bỏ, ví dụ 415/QĐ-UBND."},
    )
    day = day_field("Ngày quyết định")
    signer = forms.CharField(label="Người ký", max_length=SIGNER, required=False)
    reason = forms.CharField(
        label="Lý do",
        max_length=REASON,
        widget=forms.Textarea(attrs=_LINES),
        help_text="Theo Luật số 06/2022/QH15, Điều 93: gian dối trong kê khai, làm giả giấy tờ, thẩm định sai, hoặc có"
        " kết luận, bản án là không đủ tiêu chuẩn trong thời gian tính thành tích.",
        error_messages={"required": "Ghi lý do hủy bỏ."},
    )
    to_recover = MoneyField(
        label="Tiền thưởng phải thu hồi (đồng)", required=False, help_text="Để trống nếu không có."
    )

    def data_said(self) -> Revocation:
        said = self.cleaned_data
        return Revocation(said["number"], said["day"], said["reason"], said["to_recover"] or 0, said["signer"])


class RecoveredForm(forms.Form):
    use_required_attribute = False

    recovered = MoneyField(label="Đã thu hồi (đồng)", error_messages={"required": "Ghi số tiền đã thu hồi."})
    recovered_on = day_field("Ngày thu hồi")

    def __init__(self, *args: Any, grant: Grant, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["recovered"].initial = grant.recovered if grant.recovered is not None else grant.money


def show_at_field(form: forms.Form, error: Exception) -> None:
    field = error.field if isinstance(error, UnfitField) else ""
    form.add_error(field if field in form.fields else None, str(error))
