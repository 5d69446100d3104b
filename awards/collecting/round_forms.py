"""What the page of a new or changed round asks. Whether it fits is said by ``values``."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms

from awards.collecting.values import TITLE, RoundData
from awards.collecting.wording import award_choices
from awards.models import Round
from awards.models.common import CycleKind, PathKind
from campaigns.models import Campaign
from campaigns.running.forms import day_field
from clusters.models import Season
from core.forms import RowByName
from plans.forms import years
from units.models import Unit


class RoundForm(forms.Form):
    use_required_attribute = False

    unit = forms.ChoiceField(label="Đơn vị xét khen thưởng", choices=[], required=False)
    name = forms.CharField(
        label="Tên đợt xét",
        max_length=TITLE,
        help_text="Ví dụ: Xét khen thưởng cuối năm 2026; Khen thưởng năm học 2025-2026.",
        error_messages={"required": "Ghi tên đợt xét."},
    )
    cycle = forms.ChoiceField(label="Chu kỳ", choices=CycleKind, widget=forms.RadioSelect, initial=CycleKind.YEAR)
    year = forms.TypedChoiceField(
        label="Năm", coerce=int, help_text="Năm học thì chọn năm kết thúc: năm học 2025-2026 là 2026."
    )
    path = forms.ChoiceField(
        label="Loại hình khen thưởng", choices=PathKind, widget=forms.RadioSelect, initial=PathKind.MERIT
    )
    awards = forms.MultipleChoiceField(
        label="Danh hiệu, hình thức được đề nghị",
        required=False,
        choices=[],
        widget=forms.CheckboxSelectMultiple,
        help_text="Không chọn gì là nhận mọi danh hiệu, hình thức.",
    )
    due = day_field("Hạn các nơi gửi danh sách", required=False)
    superior_due = day_field(
        "Hạn gửi hồ sơ lên cấp trên",
        "Theo quy định của tỉnh; ngành giáo dục thường trước ngày 10/7, cuối năm thường trước ngày 10/12.",
        required=False,
    )
    campaign = RowByName(
        label="Từ phong trào thi đua",
        required=False,
        unknown="Đơn vị không có phong trào này.",
        help_text="Gõ tên rồi chọn, nếu khen thưởng theo kết quả một phong trào.",
    )
    season = RowByName(
        label="Từ năm thi đua của cụm, khối",
        required=False,
        unknown="Không có năm thi đua này.",
        help_text="Gõ tên rồi chọn, nếu khen thưởng theo kết quả suy tôn của một cụm, khối.",
    )
    version = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(
        self,
        *args: Any,
        units: Sequence[Unit],
        unit: Unit,
        campaigns: Sequence[Campaign],
        seasons: Sequence[Season],
        there: Round | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        fields["unit"].choices = [(one.pk, one.title) for one in units]
        fields["unit"].initial = unit.pk
        if len(units) == 1:
            fields["unit"].widget = forms.HiddenInput()
        if there is not None:
            del fields["unit"]
        year = there.year if there else self.initial.get("year")
        fields["year"].choices = sorted({*years(), *([(year, str(year))] if year else [])}, reverse=True)
        fields["awards"].choices = award_choices()
        fields["campaign"].offer(campaigns, lambda one: str(one.year))
        fields["season"].offer(seasons)

    def read(self) -> RoundData:
        said = self.cleaned_data
        names = ("name", "year", "cycle", "path", "due", "superior_due", "campaign", "season")
        return RoundData(**{name: said[name] for name in names}, awards=tuple(said["awards"]))


def initial_round(found: Round) -> dict[str, Any]:
    names = ("name", "year", "cycle", "path", "awards", "due", "superior_due", "campaign", "season", "version")
    return {name: getattr(found, name) for name in names}
