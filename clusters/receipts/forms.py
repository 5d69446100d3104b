"""What the pages of receipts ask. What may stand is said by the services."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms

from clusters.models import Receipt, Step
from clusters.receipts.board import STATES
from clusters.receipts.services import FIELDS, Days
from clusters.sheets.forms import ProofForm

_BAD_DAY = {"invalid": "Không có ngày này. Ghi ngày/tháng/năm, ví dụ 5/12/2026."}


class BoardForm(forms.Form):
    """The filters of the list."""

    q = forms.CharField(
        label="Tìm đơn vị, không cần gõ dấu",
        required=False,
        max_length=100,
        widget=forms.TextInput(attrs={"type": "search", "autocomplete": "off"}),
    )
    viec = forms.ChoiceField(label="Việc", required=False)
    trang_thai = forms.ChoiceField(label="Tình trạng", required=False, choices=[("", "Mọi tình trạng"), *STATES])

    def __init__(self, data: Any, *, steps: Sequence[Step]) -> None:
        super().__init__(data)
        choices = [("", "Mọi việc"), *((str(step.pk), step.text[:80]) for step in steps)]
        self.fields["viec"].choices = choices  # type: ignore[attr-defined]

    def wanted(self) -> dict[str, str]:
        """What a field cannot mean filters nothing."""
        self.full_clean()
        said = self.cleaned_data
        return {"words": said.get("q", ""), "step": said.get("viec", ""), "state": said.get("trang_thai", "")}


def _day(label: str, hint: str = "") -> forms.DateField:
    return forms.DateField(label=label, required=False, help_text=hint, error_messages=_BAD_DAY)


class ReceiptForm(forms.Form):
    use_required_attribute = False

    number = forms.CharField(label="Số, ký hiệu", required=False, max_length=80, help_text="Ví dụ 27/BC-UBND.")
    signed_on = _day("Ngày ký")
    sent_on = _day("Ngày gửi")
    received_on = _day("Ngày nhận", "Theo sổ văn bản đến, ví dụ 6/12/2026.")
    was = forms.CharField(required=False, max_length=40, widget=forms.HiddenInput)

    def days(self) -> Days:
        return Days(**{name: self.cleaned_data[name] or (None if name != "number" else "") for name in FIELDS})


def initial_of(receipt: Receipt | None, was: str) -> dict[str, Any]:
    return {name: getattr(receipt, name) for name in FIELDS if receipt} | {"was": was}


class WaiverForm(ProofForm):
    reason = forms.CharField(
        label="Lý do miễn trừ",
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="Ví dụ: Bão số 10, mất điện diện rộng từ 28/11 đến 03/12.",
        error_messages={"required": "Ghi lý do miễn trừ, ví dụ: Bão số 10, mất điện diện rộng từ 28/11."},
    )
    field_order = ("reason", "file", "number", "date", "issuer")


class PasteForm(forms.Form):
    use_required_attribute = False

    text = forms.CharField(
        label="Dán các dòng của sổ",
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 10, "data-paste-html": "html", "wrap": "off"}),
    )
    html = forms.CharField(required=False, widget=forms.HiddenInput())


class SendForm(forms.Form):
    """A member sends a paper of its own register."""

    use_required_attribute = False

    paper = forms.ChoiceField(
        label="Văn bản của đơn vị",
        widget=forms.RadioSelect,
        error_messages={"required": "Chọn văn bản gửi đi.", "invalid_choice": "Chọn văn bản trong danh sách."},
    )
    sent_on = forms.DateField(
        label="Ngày gửi", error_messages={**_BAD_DAY, "required": "Ghi ngày gửi, ví dụ 28/11/2026."}
    )

    def __init__(self, *args: Any, papers: Sequence[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(str(one.pk), f"{one} ngày {one.date:%d/%m/%Y}: {one.subject[:160]}") for one in papers]
        self.fields["paper"].choices = choices  # type: ignore[attr-defined]
