"""What the pages of campaigns ask. Whether it fits is said by ``values``."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils import timezone

from campaigns.models import Campaign, Movement, Wave
from campaigns.running.starting import Taken
from campaigns.running.values import (
    LEAD,
    NAME,
    REASON,
    THEME,
    TITLE,
    VALUE_NAMES,
    CampaignValues,
    MovementRow,
    WaveRow,
    levels_for,
)
from core.errors import UnfitRow
from core.forms import RowByName
from plans.forms import years
from plans.models import Plan
from units.models import Person, Unit

DAY_HINT = "Ngày/tháng/năm, ví dụ 5/3/2026."
NO_PLAN, DRAFT_PLAN, PLAN_THERE = "khong", "du-thao", "co-san"
_WITH_PLAN = [
    (DRAFT_PLAN, "Lập luôn dự thảo kế hoạch để soạn, trình ký"),
    (PLAN_THERE, "Gắn với kế hoạch đã có trong chương trình"),
    (NO_PLAN, "Không có kế hoạch riêng"),
]


def day_field(label: str, hint: str = "", **kwargs: Any) -> forms.DateField:
    errors = {"invalid": f"Không có ngày này. {DAY_HINT}", "required": f"Chưa ghi ngày. {DAY_HINT}"}
    widget = forms.DateInput(attrs={"class": "short", "autocomplete": "off"})
    hint = f"{hint} {DAY_HINT}".strip()
    return forms.DateField(label=label, help_text=hint, error_messages=errors, widget=widget, **kwargs)


class CampaignForm(forms.Form):
    """The head of a campaign. ``parent``: the one that it answers; a new one may bring its plan along."""

    use_required_attribute = False

    unit = forms.ChoiceField(label="Đơn vị", choices=[], required=False)
    """Asked of those who write for several units; the page knows it already (``units.doors``)."""
    title = forms.CharField(
        label="Tên phong trào",
        max_length=TITLE,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="Ví dụ: Phong trào thi đua thực hiện nhiệm vụ phát triển kinh tế - xã hội năm 2026.",
        error_messages={"required": "Ghi tên phong trào."},
    )
    theme = forms.CharField(label="Chủ đề", max_length=THEME, required=False, widget=forms.Textarea(attrs={"rows": 2}))
    kind = forms.ChoiceField(label="Loại", choices=Campaign.Kind.choices)
    level = forms.ChoiceField(
        label="Cấp phát động",
        choices=[],
        help_text="Phong trào do cấp trên phát động mà văn bản không gửi trong chương trình thì chọn cấp ấy.",
    )
    year = forms.TypedChoiceField(label="Năm", coerce=int)
    period = forms.ChoiceField(label="Thời kỳ", choices=Plan.Period.choices)
    start = day_field("Từ ngày", required=False)
    end = day_field("Đến hết ngày", required=False)
    register_by = day_field(
        "Hạn đăng ký", "Ngày các thôn, trường, cơ quan gửi đăng ký thi đua muộn nhất.", required=False
    )
    scope = forms.CharField(label="Phạm vi, đối tượng", required=False, widget=forms.Textarea(attrs={"rows": 3}))
    rewards = forms.CharField(label="Dự kiến khen thưởng", required=False, widget=forms.Textarea(attrs={"rows": 3}))
    follower = RowByName(
        label="Người theo dõi",
        required=False,
        unknown="Chưa có người này trong danh sách Nhân sự của đơn vị.",
        help_text="Gõ tên rồi chọn. Người này được nhắc khi đến hạn đăng ký, ghi kết quả, sơ kết.",
    )
    with_plan = forms.ChoiceField(
        label="Kế hoạch phát động", choices=_WITH_PLAN, initial=NO_PLAN, widget=forms.RadioSelect
    )
    plan = RowByName(
        label="Kế hoạch đã có",
        required=False,
        unknown="Không có kế hoạch phong trào này, hoặc kế hoạch đã gắn với phong trào khác.",
        help_text="Gõ trích yếu rồi chọn trong các kế hoạch phong trào thi đua của đơn vị.",
    )
    take_waves = forms.BooleanField(label="Lấy các đợt thi đua của cấp trên", required=False, initial=True)
    take_movements = forms.BooleanField(label="Lấy các chuyên đề của cấp trên", required=False, initial=True)
    take_targets = forms.BooleanField(
        label="Lấy các chỉ tiêu của cấp trên để sửa thành chỉ tiêu của đơn vị", required=False, initial=True
    )
    version = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(
        self,
        *args: Any,
        units: Sequence[Unit],
        unit: Unit,
        people: Sequence[Person],
        plans: Sequence[Plan],
        there: Campaign | None = None,
        parent: Campaign | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.of_unit, self.there = unit, there
        self._offer(units, people, plans)
        if there is not None:
            del self.fields["unit"], self.fields["with_plan"]
        if parent is None or there is not None:
            for name in ("take_waves", "take_movements", "take_targets"):
                del self.fields[name]

    def _offer(self, units: Sequence[Unit], people: Sequence[Person], plans: Sequence[Plan]) -> None:
        fields: dict[str, Any] = self.fields
        fields["unit"].choices = [(one.pk, one.title) for one in units]
        fields["unit"].initial = self.of_unit.pk
        if len(units) == 1:
            fields["unit"].widget = forms.HiddenInput()
        now = self.there.level if self.there else ""
        year = self.there.year if self.there else None
        fields["level"].choices = [(one.value, one.label) for one in levels_for(self.of_unit, year, also=now)]
        fields["year"].choices = sorted({*years(), *self._year_there()}, reverse=True)
        fields["follower"].offer(people, lambda one: one.post)
        fields["plan"].offer(plans, lambda one: f"{one.full_number}, năm {one.year}" if one.number else f"{one.year}")

    def _year_there(self) -> list[tuple[int, str]]:
        year = self.there.year if self.there else self.initial.get("year")
        return [(int(year), str(year))] if year else []

    def clean(self) -> dict[str, Any]:
        said = self.cleaned_data
        if said.get("with_plan") == PLAN_THERE and not said.get("plan") and "plan" not in self.errors:
            self.add_error("plan", "Chọn kế hoạch, hoặc chọn cách khác ở câu trên.")
        return said

    def read(self) -> CampaignValues:
        return CampaignValues(**{name: self.cleaned_data[name] for name in VALUE_NAMES})

    @property
    def chosen_plan(self) -> Plan | None:
        is_wanted = self.there is not None or self.cleaned_data["with_plan"] == PLAN_THERE
        return self.cleaned_data["plan"] if is_wanted else None

    @property
    def drafts_plan(self) -> bool:
        return self.there is None and self.cleaned_data["with_plan"] == DRAFT_PLAN

    @property
    def taken(self) -> Taken:
        said = self.cleaned_data
        return Taken(*(bool(said.get(f"take_{name}")) for name in ("waves", "movements", "targets")))


class LaunchForm(forms.Form):
    day = day_field("Ngày phát động", "Ngày tổ chức lễ phát động, hoặc ngày ban hành kế hoạch.")

    def __init__(self, *args: Any, campaign: Campaign, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        paper = campaign.plan.paper if campaign.plan else None
        today = timezone.localdate()
        self.fields["day"].initial = min(paper.date, today) if paper else today


class DropForm(forms.Form):
    reason = forms.CharField(
        label="Lý do không thực hiện",
        max_length=REASON,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Ghi lý do không thực hiện phong trào."},
    )


# -- Rows ------------------------------------------------------------------------------------


class Row(forms.Form):
    """One row. What is taken out is not looked at; a blank row at the end says nothing."""

    use_required_attribute = False

    pk = forms.IntegerField(required=False, widget=forms.HiddenInput)
    order = forms.IntegerField(
        label="Thứ tự",
        required=False,
        min_value=1,
        max_value=999,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "class": "order", "autocomplete": "off"}),
        error_messages={
            "invalid": "Thứ tự là số, ví dụ 2.",
            "min_value": "Thứ tự từ 1.",
            "max_value": "Thứ tự nhiều nhất 999.",
        },
    )
    is_removed = forms.BooleanField(required=False)

    def clean(self) -> dict[str, Any]:
        if self.cleaned_data.get("is_removed"):
            self.errors.clear()
        return self.cleaned_data

    @property
    def is_said(self) -> bool:
        said = self.cleaned_data
        return not said.get("is_removed") and any(
            value for name, value in said.items() if name not in ("order", "is_removed")
        )


class WaveForm(Row):
    name = forms.CharField(label="Tên đợt", max_length=NAME, error_messages={"required": "Ghi tên đợt."})
    start = day_field("Từ ngày", required=False)
    end = day_field("Đến hết ngày", required=False)
    review_by = day_field("Hạn sơ kết, tổng kết", required=False)
    occasion = forms.CharField(label="Chào mừng, kỷ niệm", max_length=NAME, required=False)
    as_printed = forms.CharField(label="Thời gian ghi trong kế hoạch", max_length=NAME, required=False)
    is_removed = forms.BooleanField(label="Bỏ đợt này", required=False)

    def row(self) -> WaveRow:
        said = self.cleaned_data
        names = ("name", "start", "end", "as_printed", "review_by", "occasion")
        return WaveRow(said.get("pk"), **{name: said[name] for name in names})


class MovementForm(Row):
    name = forms.CharField(
        label="Tên chuyên đề",
        max_length=NAME,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": "Ghi tên chuyên đề."},
    )
    lead = forms.CharField(label="Chủ trì", max_length=LEAD, required=False)
    is_removed = forms.BooleanField(label="Bỏ chuyên đề này", required=False)

    def row(self) -> MovementRow:
        said = self.cleaned_data
        return MovementRow(said.get("pk"), said["name"], said["lead"])


class Rows(forms.BaseFormSet):
    def said(self) -> list[Any]:
        """Forms that say something, in the order that was typed.

        Of one place, a row that was moved up to it stands before the one that is there, one moved down behind it.
        """
        return sorted((form for form in self.forms if form.is_said), key=_place)

    def show_at_row(self, error: UnfitRow) -> None:
        """At the field of its row; what is about none, on top."""
        rows = self.said()
        if error.field and error.position < len(rows):
            rows[error.position].add_error(error.field, str(error))
        elif rows:
            rows[0].add_error(None, str(error))


def _place(form: Any) -> tuple[int, int]:
    there, wanted = form.initial.get("order"), form.cleaned_data["order"]
    if wanted is None:
        return 10_000, 1  # behind all; sorting keeps those rows as they stand
    if there is None or wanted < there:
        return wanted, 0
    return wanted, 2 if wanted > there else 1


WaveForms = forms.formset_factory(WaveForm, formset=Rows, extra=2, max_num=100, absolute_max=200)
MovementForms = forms.formset_factory(MovementForm, formset=Rows, extra=3, max_num=100, absolute_max=200)


def initial_waves(waves: Sequence[Wave]) -> list[dict[str, Any]]:
    names = ("pk", "order", "name", "start", "end", "review_by", "occasion", "as_printed")
    return [{name: getattr(wave, name) for name in names} for wave in waves]


def initial_movements(movements: Sequence[Movement]) -> list[dict[str, Any]]:
    return [{name: getattr(row, name) for name in ("pk", "order", "name", "lead")} for row in movements]
