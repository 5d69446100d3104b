"""What the pages of one sheet ask. What may stand is said by the services."""

from __future__ import annotations

from typing import Any

from django import forms

from clusters.models import Entry
from clusters.sheets.typed import Leaf, Values, Way, hint_of, typed_text
from clusters.states import Stage

_FILES = ".pdf,.docx,.xlsx,.png,.jpg,.jpeg"
_LONGEST = 300
_PROVED = (("", "Theo tài liệu đính kèm"), ("True", "Công nhận đã kiểm chứng"), ("False", "Không công nhận"))


class EntryForm(forms.Form):
    """One row in one stage. ``version``: what the person saw."""

    value = forms.CharField(required=False, max_length=_LONGEST, widget=forms.TextInput(attrs={"autocomplete": "off"}))
    late_days = forms.IntegerField(
        label="Số ngày chậm",
        required=False,
        min_value=0,
        max_value=999,
        help_text="Chỉ ghi khi khác với ngày nhận văn bản; kèm lý do.",
        error_messages={"invalid": "Ghi số ngày bằng chữ số."},
    )
    is_proved = forms.ChoiceField(label="Tài liệu kiểm chứng", required=False, choices=_PROVED)
    reason = forms.CharField(label="Lý do", required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 3}))
    version = forms.IntegerField(min_value=0, widget=forms.HiddenInput)

    def __init__(self, *args: Any, leaf: Leaf, stage: str, needs_evidence: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["value"].label = _LABELS[leaf.way]
        self.fields["value"].help_text = hint_of(leaf)
        if leaf.way is not Way.RETURNED:
            del self.fields["late_days"]
        if stage == Stage.SELF or not needs_evidence:
            del self.fields["is_proved"]

    def values_on(self, read: Values) -> dict[str, Any]:
        """Besides what the cell says."""
        found: dict[str, Any] = {}
        if "late_days" in self.fields:
            found["late_days"] = self.cleaned_data["late_days"]
        if "is_proved" in self.fields:
            found["is_proved"] = {"True": True, "False": False}.get(self.cleaned_data["is_proved"])
        if not read.reason or self.cleaned_data["reason"]:
            found["reason"] = self.cleaned_data["reason"]
        return found


_LABELS = {
    Way.FIGURE: "Kết quả thực hiện",
    Way.YES_NO: "Kết quả",
    Way.GRADE: "Xếp loại",
    Way.POINTS: "Điểm",
    Way.BONUS: "Điểm thưởng",
    Way.DEDUCTION: "Điểm trừ",
    Way.RETURNED: "Số hồ sơ bị trả lại",
    Way.LATE: "Số ngày chậm",
    Way.PENALTY: "Điểm trừ",
}


def initial_of(leaf: Leaf, entry: Entry | None, values: Values) -> dict[str, Any]:
    return {
        "value": typed_text(leaf, values),
        "late_days": values.late_days,
        "is_proved": "" if values.is_proved is None else str(values.is_proved),
        "reason": values.reason,
        "version": entry.version if entry else 0,
    }


class ProofForm(forms.Form):
    """A new file, or a paper by number."""

    use_required_attribute = False

    file = forms.FileField(
        label="Tệp",
        required=False,
        help_text="PDF, Word, Excel hoặc ảnh.",
        widget=forms.ClearableFileInput(attrs={"accept": _FILES}),
        error_messages={"empty": "Tệp này trống."},
    )
    number = forms.CharField(label="Số, ký hiệu văn bản", required=False, max_length=80)
    date = forms.DateField(
        label="Ngày văn bản",
        required=False,
        help_text="Ví dụ 5/3/2026.",
        error_messages={"invalid": "Không có ngày này. Ghi ngày/tháng/năm, ví dụ 5/3/2026."},
    )
    issuer = forms.CharField(label="Cơ quan ban hành", required=False, max_length=300)


class ReturnForm(forms.Form):
    to = forms.ChoiceField(label="Trả lại bước", error_messages={"required": "Chọn bước nhận lại bảng điểm."})
    reason = forms.CharField(
        label="Lý do trả lại",
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Điểm đã ghi của các bước đều được giữ.",
        error_messages={"required": "Ghi lý do trả lại để đơn vị biết cần sửa gì."},
    )

    def __init__(self, *args: Any, stages: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["to"].choices = stages  # type: ignore[attr-defined]
        if len(stages) == 1:
            self.fields["to"].widget = forms.HiddenInput()
            self.fields["to"].initial = stages[0][0]
