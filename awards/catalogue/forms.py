"""What the pages of the catalogue ask. Whether it fits is said by the services."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from django import forms

from awards.catalogue.ordering import PAYER, SOURCE, RuleData
from awards.catalogue.wording import QUOTA_OF
from awards.models import LocalRule
from awards.models.common import CycleKind, RecipientKind, RouteKind
from awards.shipped import PAPER_WORDS, Award, shipped_awards
from campaigns.results.evidence import Proof
from campaigns.running.forms import day_field
from clusters.sheets.forms import ProofForm
from core.errors import UnfitField
from units.models import Unit

_DUE = re.compile(r"(\d{1,2})\s*[/.\-]\s*(\d{1,2})")
_LAW = "Như luật"


def _number(label: str, hint: str = "", *, whole: bool = False) -> Any:
    attrs = {"inputmode": "numeric" if whole else "decimal", "class": "short", "autocomplete": "off"}
    errors = {"invalid": "Ghi một số, ví dụ 15." if whole else "Ghi một số, ví dụ 0,3 hoặc 15."}
    if whole:
        return forms.IntegerField(
            label=label, help_text=hint, required=False, widget=forms.TextInput(attrs=attrs), error_messages=errors
        )
    return forms.DecimalField(
        label=label,
        help_text=hint,
        required=False,
        localize=True,
        max_digits=6,
        decimal_places=3,
        widget=forms.TextInput(attrs=attrs),
        error_messages={**errors, "max_decimal_places": "Ghi nhiều nhất ba chữ số thập phân."},
    )


class RuleForm(forms.Form):
    """Blank: as in the law, which stands as a hint at each field."""

    use_required_attribute = False

    unit = forms.ChoiceField(label="Đơn vị quy định")
    source = forms.CharField(
        label="Theo văn bản",
        max_length=SOURCE,
        help_text="Số, ngày, cơ quan ban hành; ví dụ: Hướng dẫn số 12/HD-SNV ngày 5/3/2026 của Sở Nội vụ.",
        error_messages={"required": "Ghi văn bản quy định."},
    )
    valid_from = day_field("Có hiệu lực từ ngày", required=False)
    valid_to = day_field("Đến hết ngày", required=False)
    has_papers = forms.BooleanField(label="Thành phần hồ sơ khác với luật", required=False)
    papers = forms.MultipleChoiceField(
        label="Thành phần hồ sơ",
        choices=list(PAPER_WORDS.items()),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    own_papers = forms.CharField(
        label="Giấy tờ khác",
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="Mỗi dòng một loại, ví dụ: Xác nhận của cơ quan thuế.",
    )
    cycle = forms.ChoiceField(label="Chu kỳ", choices=[("", _LAW), *CycleKind.choices], required=False)
    due = forms.CharField(
        label="Hạn gửi hồ sơ hằng năm",
        required=False,
        max_length=10,
        help_text="Ngày/tháng, ví dụ 10/12.",
        widget=forms.TextInput(attrs={"class": "short", "autocomplete": "off"}),
    )
    days = _number("Thời hạn giải quyết (ngày làm việc)", whole=True)
    route = forms.ChoiceField(label="Cách xét", choices=[("", _LAW), *RouteKind.choices], required=False)
    vote_percent = _number("Tỷ lệ phiếu đồng ý (%)", "Trên tổng số thành viên Hội đồng.", whole=True)
    quota_percent = _number("Tỷ lệ tối đa (%)")
    quota_of = forms.ChoiceField(label="Tính trên", required=False)
    quota_direct_percent = _number("Người lao động trực tiếp ít nhất (%)")
    multiplier = _number("Hệ số tiền thưởng", "Số lần mức lương cơ sở, ví dụ 0,3.")
    recipient = forms.ChoiceField(label="Hệ số dành cho", required=False)
    payer = forms.CharField(label="Nguồn chi tiền thưởng", max_length=PAYER, required=False)

    def __init__(self, *args: Any, award: Award, units: Sequence[Unit], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        fields["unit"].choices = [(str(unit.pk), unit.title) for unit in units]
        if len(units) == 1:
            fields["unit"].widget = forms.HiddenInput()
            fields["unit"].initial = units[0].pk
        awards = [(one.code, f"số {one.name}") for one in shipped_awards().values() if one.code != award.code]
        fields["quota_of"].choices = [("", "Không đặt tỷ lệ"), *QUOTA_OF.items(), *awards]
        kinds = [(one.value, RecipientKind(one.value).label) for one in award.recipients]
        fields["recipient"].choices = [("", "Mọi đối tượng"), *kinds]
        if not args or args[0] is None:
            fields["papers"].initial = kwargs.get("initial", {}).get("papers", list(award.papers))

    def clean_due(self) -> tuple[int, int] | None:
        """Month and day."""
        text = self.cleaned_data["due"].strip()
        if not text:
            return None
        found = _DUE.fullmatch(text)
        if found is None:
            raise forms.ValidationError("Ghi ngày và tháng, ví dụ 10/12.")
        return int(found[2]), int(found[1])

    def data_said(self) -> RuleData:
        said = self.cleaned_data
        papers = None
        if said["has_papers"]:
            own = [" ".join(line.split()) for line in said["own_papers"].splitlines() if line.strip()]
            papers = (*said["papers"], *own)
        month, day = said["due"] or (None, None)
        same = ("source", "valid_from", "valid_to", "cycle", "days", "route", "vote_percent", "quota_percent")
        also = ("quota_of", "quota_direct_percent", "multiplier", "recipient", "payer")
        return RuleData(papers=papers, due_month=month, due_day=day, **{name: said[name] for name in (*same, *also)})


def initial_of(rule: LocalRule) -> dict[str, Any]:
    same = ("source", "valid_from", "valid_to", "cycle", "days", "route", "vote_percent", "quota_percent")
    also = ("quota_of", "quota_direct_percent", "multiplier", "recipient", "payer")
    found: dict[str, Any] = {name: getattr(rule, name) for name in (*same, *also)}
    for name in ("quota_percent", "quota_direct_percent", "multiplier"):
        if found[name] is not None:
            found[name] = found[name].normalize()
    found["unit"] = rule.unit_id
    if rule.papers is not None:
        found["has_papers"] = True
        found["papers"] = [one for one in rule.papers if one in PAPER_WORDS]
        found["own_papers"] = "\n".join(one for one in rule.papers if one not in PAPER_WORDS)
    if rule.due_month:
        found["due"] = f"{rule.due_day}/{rule.due_month}"
    return found


class ConfirmForm(ProofForm):
    """The paper that the act names."""

    note = forms.CharField(label="Ghi chú", max_length=300, required=False)
    field_order = ("number", "date", "issuer", "file", "note")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        named = {
            "number": "Ghi số, ký hiệu văn bản, ví dụ 12/HD-SNV.",
            "date": "Ghi ngày của văn bản, ví dụ 5/3/2026.",
            "issuer": "Ghi cơ quan ban hành văn bản.",
        }
        for name, told in named.items():
            self.fields[name].required, self.fields[name].error_messages["required"] = True, told
        self.fields["file"].label = "Tệp văn bản"

    def proof(self) -> Proof:
        said = self.cleaned_data
        return Proof(said["number"], said["date"], said["issuer"], said["file"])


class WithdrawForm(forms.Form):
    use_required_attribute = False

    reason = forms.CharField(
        label="Lý do bỏ xác nhận", max_length=300, error_messages={"required": "Ghi lý do bỏ xác nhận."}
    )


def show_at_field(form: forms.Form, error: Exception) -> None:
    field = error.field if isinstance(error, UnfitField) else ""
    form.add_error(field if field in form.fields else None, str(error))
