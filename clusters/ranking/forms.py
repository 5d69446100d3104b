"""What the pages of rankings ask. Whether it fits is said by the services."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils import timezone

from campaigns.results.evidence import Proof
from campaigns.running.forms import day_field
from clusters.models import Commendation, Member, Quota
from clusters.ranking.ballots import MOST_VOTERS, TELLERS, BallotData, field_of
from clusters.ranking.commending import OTHER, REASON, UNDONE, Decided, Said
from clusters.ranking.presenters import outcome_in_words
from clusters.ranking.services import WHY
from clusters.running.values import AWARD
from clusters.sheets.forms import ProofForm
from core.errors import UnfitField

_LINES = {"rows": 3}


class ReasonForm(forms.Form):
    use_required_attribute = False

    reason = forms.CharField(
        label="Lý do",
        max_length=WHY,
        widget=forms.Textarea(attrs=_LINES),
        error_messages={"required": "Ghi lý do."},
    )


class FreezeForm(forms.Form):
    use_required_attribute = False

    why = forms.CharField(
        label="Lý do chốt lại",
        max_length=WHY,
        widget=forms.Textarea(attrs=_LINES),
        help_text="Kết quả chốt trước vẫn được giữ. Ví dụ: Sửa số liệu thu ngân sách theo văn bản của Thuế cơ sở.",
        error_messages={"required": "Ghi lý do chốt lại: kết quả trước đã được lưu và đơn vị có thể đã xem."},
    )
    keeps_ties = forms.BooleanField(label="Giữ đồng hạng, không bỏ phiếu", required=False)

    def __init__(self, *args: Any, is_again: bool, ties: Sequence[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not is_again:
            del self.fields["why"]
        if not ties:
            del self.fields["keeps_ties"]


def _count_field(label: str, *, required: bool = True, hint: str = "") -> forms.IntegerField:
    return forms.IntegerField(
        label=label,
        required=required,
        min_value=0,
        max_value=MOST_VOTERS,
        help_text=hint,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "class": "short", "autocomplete": "off"}),
        error_messages={
            "required": "Ghi một số, ví dụ 12.",
            "invalid": "Ghi một số nguyên, ví dụ 12.",
            "min_value": "Không ghi số âm.",
            "max_value": f"Nhiều nhất {MOST_VOTERS}.",
        },
    )


class BallotForm(forms.Form):
    """``choices``: how many names a ballot paper may carry; one of several leaves blank fields at nought."""

    use_required_attribute = False

    held_on = day_field("Ngày bỏ phiếu")
    voters = _count_field("Số người được bỏ phiếu")
    issued = _count_field("Số phiếu phát ra")
    collected = _count_field("Số phiếu thu về")
    valid = _count_field("Số phiếu hợp lệ")
    tellers = forms.CharField(
        label="Tổ kiểm phiếu",
        required=False,
        max_length=TELLERS,
        widget=forms.Textarea(attrs=_LINES),
        help_text="Mỗi dòng một người; in trong biên bản kiểm phiếu.",
    )

    def __init__(self, *args: Any, members: Sequence[Member], choices: int = 1, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.members = members
        self.fields["held_on"].initial = timezone.localdate()
        for member in members:
            field = _count_field(f"Số phiếu của {member.name}", required=choices == 1 and len(members) <= 5)
            self.fields[field_of(member.pk)] = field

    def data_said(self) -> BallotData:
        said = self.cleaned_data
        return BallotData(
            held_on=said["held_on"],
            voters=said["voters"],
            issued=said["issued"],
            collected=said["collected"],
            valid=said["valid"],
            tellers=said["tellers"],
            votes={member.pk: said[field_of(member.pk)] or 0 for member in self.members},
        )


def show_at_field(form: forms.Form, error: Exception) -> None:
    field = error.field if isinstance(error, UnfitField) else ""
    form.add_error(field if field in form.fields else None, str(error))


# -- Commendation --------------------------------------------------------------------------


class CommendForm(forms.Form):
    """A row for each member that may be commended: the award and why it differs from the rank."""

    use_required_attribute = False

    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(
        self, *args: Any, members: Sequence[Member], quotas: Sequence[Quota], there: Mapping[int, Said], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.members = members
        awards = [(quota.award, quota.award) for quota in quotas]
        for member in members:
            one = there.get(member.pk, Said())
            gone = [] if not one.award or one.award in dict(awards) else [(one.award, one.award)]
            self.fields[f"award_{member.pk}"] = forms.ChoiceField(
                label=f"Hình thức của {member.name}",
                choices=[("", "Không suy tôn"), *awards, *gone],
                required=False,
                initial=one.award,
                error_messages={"invalid_choice": "Chọn một hình thức trong danh sách."},
            )
            self.fields[f"reason_{member.pk}"] = forms.CharField(
                label=f"Lý do khác thứ hạng của {member.name}",
                required=False,
                max_length=REASON,
                initial=one.reason,
                widget=forms.Textarea(attrs={"rows": 2}),
            )

    def rows(self) -> list[tuple[Member, Any, Any]]:
        return [(member, self[f"award_{member.pk}"], self[f"reason_{member.pk}"]) for member in self.members]

    def said(self) -> dict[int, Said]:
        said = self.cleaned_data
        return {
            member.pk: Said(said[f"award_{member.pk}"], said[f"reason_{member.pk}"].strip()) for member in self.members
        }


class DecideForm(ProofForm):
    """One decision, and what it says of each commended unit. ``rows``: those that wait come first."""

    def __init__(self, *args: Any, commended: Sequence[Commendation], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.commended = commended
        fields: dict[str, Any] = self.fields
        fields["number"].label, fields["date"].label = "Số, ký hiệu quyết định", "Ngày quyết định"
        fields["file"].label = "Tệp quyết định"
        if not self._only_undoes():
            for name, told in _NAMED.items():
                fields[name].required, fields[name].error_messages["required"] = True, told
        for row in commended:
            fields[f"outcome_{row.pk}"] = forms.ChoiceField(
                label=f"Kết quả của {row.member.name}",
                choices=_outcomes(row),
                required=False,
                error_messages={"invalid_choice": "Chọn một trong các kết quả."},
            )
            fields[f"other_{row.pk}"] = forms.CharField(
                label=f"Hình thức khác của {row.member.name}", required=False, max_length=AWARD
            )

    def _only_undoes(self) -> bool:
        """To take back what was typed by mistake no decision is named."""
        said = {self.data.get(f"outcome_{row.pk}", "") for row in self.commended} - {""}
        return said == {UNDONE}

    def rows(self) -> list[tuple[Commendation, str, Any, Any]]:
        return [
            (row, outcome_in_words(row), self[f"outcome_{row.pk}"], self[f"other_{row.pk}"]) for row in self.commended
        ]

    def decided(self) -> dict[int, Decided]:
        said = self.cleaned_data
        return {
            row.pk: Decided(said[f"outcome_{row.pk}"], said[f"other_{row.pk}"].strip())
            for row in self.commended
            if said[f"outcome_{row.pk}"]
        }

    def proof(self) -> Proof:
        said = self.cleaned_data
        return Proof(said["number"], said["date"], said["issuer"], said["file"])

    def proof_fields(self) -> list[Any]:
        return [self[name] for name in ("number", "date", "issuer", "file")]


_NAMED = {
    "number": "Ghi số, ký hiệu quyết định, ví dụ 312/QĐ-UBND.",
    "date": "Ghi ngày của quyết định, ví dụ 5/3/2026.",
    "issuer": "Ghi cơ quan ban hành quyết định.",
}


def _outcomes(row: Commendation) -> list[tuple[str, str]]:
    outcomes = Commendation.Outcome
    found = [
        ("", "Giữ nguyên" if row.outcome else "Chưa có quyết định"),
        (outcomes.GRANTED.value, f"Được khen: {row.award}"),
        (OTHER, "Được khen hình thức khác"),
        (outcomes.REFUSED.value, outcomes.REFUSED.label),
    ]
    return [*found, (UNDONE, "Bỏ ghi nhận đã nhập nhầm")] if row.outcome else found
