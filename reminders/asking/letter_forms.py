"""What the page of the letter asks: who issues it, under which symbol, until when those missing shall send."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django import forms

from core.errors import AppError
from core.text import clean_line
from reminders.asking.forms import day_field
from reminders.asking.letters import Choice
from units.models import Issuer

_SYMBOL = 60


class LetterForm(forms.Form):
    """Its fields stand in the address, so that the preview and both files are made of the same choices."""

    cua = forms.CharField(required=False, widget=forms.HiddenInput)
    co_quan = forms.TypedChoiceField(
        label="Cơ quan ký",
        coerce=int,
        help_text="Tên ở đầu văn bản và quyền hạn người ký.",
        error_messages={"required": "Chọn cơ quan ký.", "invalid_choice": "Chọn cơ quan ký trong danh sách."},
    )
    ky_hieu = forms.CharField(
        label="Ký hiệu",
        max_length=_SYMBOL,
        help_text="Phần sau số, ví dụ UBND-TĐKT.",
        error_messages={"required": "Ghi ký hiệu, ví dụ UBND-TĐKT."},
        widget=forms.TextInput(attrs={"class": "short", "autocomplete": "off"}),
    )
    han_moi = day_field("Đề nghị gửi trước ngày")

    def __init__(self, *args: Any, issuers: Sequence[Issuer], today: dt.date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.issuers, self.today = {issuer.pk: issuer for issuer in issuers}, today
        self.fields["co_quan"].choices = [(pk, issuer.name) for pk, issuer in self.issuers.items()]  # type: ignore[attr-defined]

    def clean_ky_hieu(self) -> str:
        try:
            return clean_line(self.cleaned_data["ky_hieu"].strip(), limit=_SYMBOL, name="Ký hiệu")
        except AppError as error:
            raise forms.ValidationError(str(error)) from None

    def clean_han_moi(self) -> dt.date:
        day: dt.date = self.cleaned_data["han_moi"]
        if day < self.today:
            raise forms.ValidationError(f"Ngày {day:%d/%m/%Y} đã qua; hãy ghi ngày sau hôm nay.")
        return day

    def choice(self) -> Choice:
        said = self.cleaned_data
        return Choice(self.issuers[said["co_quan"]], said["ky_hieu"], said["han_moi"])
