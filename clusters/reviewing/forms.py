"""What the pages of reviewing ask. What may stand is said by the services."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms

from campaigns.results.evidence import Proof
from clusters.models import Member, ScoreSheet
from clusters.reviewing.explaining import MOST_DAYS
from clusters.sheets.forms import EntryForm, ProofForm
from clusters.states import ExplanationState

_CHECKER = {"required": "Chọn đơn vị chấm chéo."}


class CrossForm(forms.Form):
    """A field for each sheet that may still change, named by its id."""

    use_required_attribute = False

    def __init__(self, *args: Any, sheets: Sequence[ScoreSheet], members: Sequence[Member], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.members = {member.pk: member for member in members}
        for sheet in sheets:
            others = [(member.pk, member.name) for member in members if member.pk != sheet.member_id]
            self.fields[str(sheet.pk)] = forms.TypedChoiceField(
                label=sheet.member.name, choices=[("", "Chưa phân công"), *others], coerce=int, error_messages=_CHECKER
            )

    def read(self, sheets: Sequence[ScoreSheet]) -> dict[ScoreSheet, Member]:
        return {sheet: self.members[self.cleaned_data[str(sheet.pk)]] for sheet in sheets}


class WindowForm(forms.Form):
    use_required_attribute = False

    sheets = forms.TypedMultipleChoiceField(
        label="Mở cho các đơn vị",
        coerce=int,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Đánh dấu ít nhất một đơn vị."},
    )
    days = forms.IntegerField(
        label="Số ngày làm việc để giải trình",
        min_value=1,
        max_value=MOST_DAYS,
        help_text="Đếm từ ngày mai, không tính ngày nghỉ; hết ngày cuối thì đóng.",
        error_messages={"required": "Ghi số ngày làm việc.", "invalid": "Ghi số ngày bằng chữ số."},
    )

    def __init__(self, *args: Any, choices: Sequence[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["sheets"]
        field.choices = choices


class ExplainForm(ProofForm):
    text = forms.CharField(
        label="Nội dung giải trình",
        max_length=5_000,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text="Nêu vì sao đề nghị xem lại điểm; kèm tài liệu ở dưới nếu có.",
        error_messages={"required": "Ghi nội dung giải trình."},
    )
    field_order = ("text", "file", "number", "date", "issuer")

    def proof(self) -> Proof:
        said = self.cleaned_data
        return Proof(said["number"], said["date"], said["issuer"], said["file"])


class AnswerForm(EntryForm):
    """The answer is also the reason of the new entry; what the cell holds counts only where it is accepted."""

    use_required_attribute = False

    decision = forms.ChoiceField(
        label="Trả lời",
        choices=[(one.value, one.label) for one in (ExplanationState.ACCEPTED, ExplanationState.REFUSED)],
        widget=forms.RadioSelect,
        error_messages={"required": "Chọn chấp nhận hoặc giữ nguyên điểm."},
    )
    field_order = ("decision", "value", "late_days", "is_proved", "reason", "version")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["value"].label = f"{self.fields['value'].label} sau khi chấp nhận"
        reason = self.fields["reason"]
        reason.label, reason.required = "Lý do, gửi đơn vị", True
        reason.error_messages["required"] = "Ghi trả lời để đơn vị biết vì sao."

    @property
    def is_accepted(self) -> bool:
        return self.cleaned_data["decision"] == ExplanationState.ACCEPTED


class SourceForm(ProofForm):
    """Whence an office's figures are; the list itself may come along as a file or by number."""

    reason = forms.CharField(
        label="Nguồn số liệu, lý do",
        max_length=2_000,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="Ghi ở từng đơn vị, ví dụ: Theo danh sách của Sở Tài chính.",
        error_messages={"required": "Ghi nguồn số liệu, ví dụ: Theo danh sách của Sở Tài chính."},
    )
    field_order = ("reason", "number", "date", "issuer", "file")

    def proof(self) -> Proof:
        said = self.cleaned_data
        return Proof(said["number"], said["date"], said["issuer"], said["file"])
