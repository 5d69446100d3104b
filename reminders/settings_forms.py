"""What the pages of reminding's settings ask. Services decide; a form only reads what was typed."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

from django import forms

from reminders import wording
from reminders.ladder import FARTHEST, Rungs

_TIME = re.compile(r"([0-9]{1,2})\s*(?:[:.hg]|giờ)?\s*([0-9]{2})?\s*(?:phút|p)?", re.IGNORECASE)
_RUNGS = re.compile(r"[0-9]{1,3}(?:\s*(?:[,;]|và|\s)\s*[0-9]{1,3})*", re.IGNORECASE)
_ENDS = re.compile(r"\bngày\b|\.$", re.IGNORECASE)
SHORT = {"class": "short", "autocomplete": "off"}


class TypedTime(forms.CharField):
    """«7:30», «7h30», «19 giờ», «19»."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_length=20, widget=forms.TextInput(attrs=SHORT), **kwargs)

    def prepare_value(self, value: Any) -> Any:
        return f"{value:%H:%M}" if isinstance(value, dt.time) else value

    def clean(self, value: Any) -> Any:
        text = super().clean(value)
        found = _TIME.fullmatch(text.strip())
        hour, minute = (int(found[1]), int(found[2] or 0)) if found else (24, 0)
        if hour > 23 or minute > 59:
            raise forms.ValidationError("Ghi giờ và phút, ví dụ 19:00 hoặc 7h30.")
        return dt.time(hour, minute)


class HoursForm(forms.Form):
    quiet_from = TypedTime(label="Không nhắc từ", help_text="Buổi tối, ví dụ 19:00.")
    quiet_to = TypedTime(
        label="Đến",
        help_text="Sáng hôm sau, ví dụ 7:30. Lời nhắc của ngày được gửi từ giờ này. "
        "Muốn lúc nào cũng nhắc thì ghi hai giờ như nhau.",
    )


class RungsField(forms.CharField):
    """«7, 3, 1» → ``(7, 3, 1)``: the farthest first, each once, in whatever order they were typed."""

    def prepare_value(self, value: Any) -> Any:
        return ", ".join(map(str, value)) if isinstance(value, tuple | list) else value

    def clean(self, value: Any) -> Any:
        text = _ENDS.sub("", super().clean(value)).strip()
        if not text:
            return ()
        if not _RUNGS.fullmatch(text):
            raise forms.ValidationError("Ghi các số ngày cách nhau bằng dấu phẩy, ví dụ 7, 3, 1.")
        return tuple(sorted({int(number) for number in re.findall(r"[0-9]+", text)}, reverse=True))


class LadderForm(forms.Form):
    before = RungsField(
        label="Nhắc trước hạn (ngày làm việc)",
        max_length=100,
        required=False,
        help_text=f"Ghi các số cách nhau bằng dấu phẩy, ví dụ 7, 3, 1; xa nhất là {FARTHEST}. "
        "Thứ Bảy, Chủ nhật, ngày lễ và ngày nghỉ riêng của đơn vị không tính.",
        widget=forms.TextInput(attrs=SHORT),
    )
    on_the_day = forms.BooleanField(label="Nhắc vào ngày đến hạn", required=False)
    every = forms.IntegerField(
        label="Quá hạn thì nhắc cách mấy ngày làm việc",
        min_value=0,
        help_text="1 là ngày làm việc nào cũng nhắc; 0 là quá hạn thì không nhắc nữa.",
        widget=forms.TextInput(attrs={**SHORT, "inputmode": "numeric"}),
        error_messages={"invalid": "Ghi một số, ví dụ 2.", "min_value": "Ghi 0 hoặc một số lớn hơn, ví dụ 2."},
    )

    def rungs(self) -> Rungs:
        return Rungs(**self.cleaned_data)


OFF, WORKED = "nghi", "lam-bu"


class DaysForm(forms.Form):
    first = forms.DateField(
        label="Ngày",
        help_text="Ngày/tháng/năm, ví dụ 24/12/2026. Ghi nhiều ngày liền thì đây là ngày đầu.",
        widget=forms.DateInput(attrs=SHORT),
    )
    last = forms.DateField(
        label="Đến hết ngày",
        required=False,
        help_text="Chỉ một ngày thì để trống.",
        widget=forms.DateInput(attrs=SHORT),
    )
    what = forms.ChoiceField(
        label="Hôm đó đơn vị",
        choices=[(OFF, "Nghỉ, dù nơi khác làm việc"), (WORKED, "Làm bù, dù là thứ Bảy, Chủ nhật, ngày lễ")],
        initial=OFF,
        widget=forms.RadioSelect,
    )
    name = forms.CharField(
        label="Lý do", max_length=200, help_text="Ví dụ: Hoán đổi ngày nghỉ theo thông báo của tỉnh."
    )

    def wanted(self) -> dict[str, Any]:
        """Arguments of ``settings_services.add_days``."""
        typed = dict(self.cleaned_data)
        return {"is_working": typed.pop("what") == WORKED, **typed}


class WordingForm(forms.Form):
    text = forms.CharField(
        strip=False,
        error_messages={"required": "Hãy ghi nội dung mẫu, hoặc bấm «Trở về mẫu của chương trình»."},
    )

    def __init__(self, *args: Any, name: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.name = name
        rows = max(4, wording.TEXTS[name].default.count("\n") + len(wording.TEXTS[name].default) // 60)
        self.fields["text"].widget = forms.Textarea(attrs={"rows": rows})
        self.fields["text"].label = wording.TEXTS[name].label

    def clean_text(self) -> str:
        try:
            return wording.check(self.name, self.cleaned_data["text"])
        except wording.UnfitWording as error:
            raise forms.ValidationError(error.problems) from None


class PreferenceForm(forms.Form):
    by_mail = forms.BooleanField(label="Nhắc tôi cả bằng thư điện tử", required=False)
