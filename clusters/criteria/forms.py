"""What the pages ask of a set and of a criterion, whose fields follow its kind. What fits is said by ``values``."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django import forms

from campaigns.figures import UnfitFigure, read_figure, show_figure
from clusters.criteria import rulebook
from clusters.criteria.rulebook import FIELDS_OF, kept, read_bands, read_grades
from clusters.criteria.services import tie_codes
from clusters.criteria.values import CriterionValues, SetValues, checked, set_values, values_of
from clusters.models import Cluster, CriteriaSet, Criterion
from clusters.scheme import Kind
from clusters.states import Stage
from core.errors import UnfitField
from core.forms import RowByName
from units.models import Unit

_SEPARATORS = re.compile(r"[;\n]")
_SHORT = {"class": "short", "inputmode": "decimal", "autocomplete": "off"}


class FigureField(forms.CharField):
    """A figure typed the Vietnamese way: 2,5 or 1.234."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("widget", forms.TextInput(attrs=_SHORT))
        super().__init__(max_length=40, **kwargs)

    def prepare_value(self, value: Any) -> Any:
        return show_figure(value) if isinstance(value, Decimal) else value

    def clean(self, value: Any) -> Any:
        text = super().clean(value)
        try:
            return read_figure(text)
        except UnfitFigure as error:
            raise forms.ValidationError(f"{str(error)[:1].upper()}{str(error)[1:]}") from None


class SetForm(forms.Form):
    use_required_attribute = False

    unit = forms.ChoiceField(label="Đơn vị ban hành", choices=[], required=False)
    name = forms.CharField(
        label="Tên bộ tiêu chí",
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="Ví dụ: Bộ tiêu chí chấm điểm thi đua các cụm xã, phường năm 2026.",
        error_messages={"required": "Ghi tên bộ tiêu chí."},
    )
    year = forms.IntegerField(
        label="Năm",
        widget=forms.TextInput(attrs={**_SHORT, "inputmode": "numeric"}),
        error_messages={"invalid": "Ghi năm bằng bốn chữ số.", "required": "Ghi năm."},
    )
    cluster = RowByName(
        label="Riêng cho cụm, khối",
        required=False,
        unknown="Chưa có cụm, khối này; hãy chọn trong danh sách.",
        help_text="Để trống nếu dùng chung cho các cụm, khối của đơn vị.",
    )
    decimals = forms.IntegerField(
        label="Số chữ số thập phân khi làm tròn điểm",
        initial=2,
        widget=forms.TextInput(attrs={**_SHORT, "inputmode": "numeric"}),
        error_messages={"invalid": "Ghi một số từ 0 đến 4.", "required": "Ghi một số từ 0 đến 4."},
    )
    not_assigned = forms.ChoiceField(
        label="Đơn vị không được giao chỉ tiêu nào đó thì", choices=CriteriaSet.NotAssigned.choices
    )
    surplus_cap = FigureField(
        label="Tổng điểm thưởng vượt kế hoạch, nhiều nhất",
        required=False,
        help_text="Như 20 điểm. Để trống nếu chỉ giới hạn ở từng tiêu chí.",
    )
    tie_break = forms.CharField(
        label="Thứ tự xét khi bằng điểm",
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="Ghi mã các tiêu chí hoặc nhóm, quan trọng nhất ghi trước, cách nhau bằng dấu chấm phẩy: I.1; II; "
        "III.2. Xét hết mà vẫn bằng thì các đơn vị cùng hạng, chờ biểu quyết.",
    )
    basis = forms.CharField(label="Căn cứ ban hành", required=False, widget=forms.Textarea(attrs={"rows": 3}))

    def __init__(
        self,
        data: Any = None,
        *,
        units: Sequence[Unit] = (),
        clusters: Sequence[Cluster] = (),
        criteria_set: CriteriaSet | None = None,
        initial: dict[str, Any] | None = None,
    ) -> None:
        super().__init__(data, initial=_shown(criteria_set) if criteria_set else initial)
        self.fields["cluster"].offer(clusters)  # type: ignore[attr-defined]
        if criteria_set is None:
            del self.fields["tie_break"]
        if len(units) < 2:
            del self.fields["unit"]
        else:
            self.fields["unit"].choices = [(unit.pk, unit.title) for unit in units]  # type: ignore[attr-defined]

    def read(self) -> SetValues:
        said = self.cleaned_data
        return SetValues(**{name: said[name] for name in SetValues.__dataclass_fields__})

    @property
    def tie_break_codes(self) -> list[str]:
        parts = _SEPARATORS.split(self.cleaned_data["tie_break"])
        return [code for part in parts if (code := " ".join(part.split()))]


def _shown(criteria_set: CriteriaSet) -> dict[str, Any]:
    values = set_values(criteria_set)
    shown = {name: getattr(values, name) for name in SetValues.__dataclass_fields__}
    return shown | {"tie_break": "; ".join(tie_codes(list(criteria_set.criteria.all())))}


# -- One criterion ---------------------------------------------------------------------------


class CriterionForm(forms.Form):
    """``kind`` of the data, else of the criterion, says which fields there are."""

    use_required_attribute = False

    code = forms.CharField(
        label="Mã",
        max_length=40,
        widget=forms.TextInput(attrs={"class": "short"}),
        error_messages={"required": "Mã còn trống."},
    )
    title = forms.CharField(
        label="Nội dung tiêu chí",
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Nội dung tiêu chí còn trống."},
    )
    maximum = FigureField(label="Điểm chuẩn", error_messages={"required": "Ghi điểm chuẩn."})
    kind = forms.ChoiceField(label="Cách tính điểm", choices=Criterion.Kind.choices, required=False)
    is_lower_better = forms.BooleanField(
        label="Càng thấp càng tốt (như tỷ lệ hộ nghèo): lấy kế hoạch chia cho thực hiện", required=False
    )
    low = FigureField(label="Mức dưới (% kế hoạch)", required=False, help_text="Đạt dưới mức này thì 0 điểm.")
    high = FigureField(label="Mức trên (% kế hoạch)", required=False, help_text="Đạt từ mức này thì đủ điểm.")
    has_surplus = forms.BooleanField(label="Vượt kế hoạch thì được thưởng thêm", required=False)
    surplus_each = FigureField(
        label="Vượt mỗi 1 % kế hoạch, thưởng mấy % điểm chuẩn", required=False, help_text="Để trống là 1 %."
    )
    surplus_cap = FigureField(
        label="Thưởng nhiều nhất mấy % điểm chuẩn", required=False, help_text="Để trống là 10 %."
    )
    points_each = FigureField(label="Điểm cho mỗi đơn vị đếm được", required=False)
    bands = forms.CharField(
        label="Các mức",
        required=False,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text="Mỗi dòng một mức: đạt từ bao nhiêu, được mấy điểm, như 30: 5. Dán hai cột từ Excel cũng được.",
    )
    grades = forms.CharField(
        label="Điểm của từng loại",
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="Mỗi dòng một loại, như A: 10. Loại A thường được đủ điểm chuẩn.",
    )
    late = forms.CharField(
        label="Trừ theo mức ngày chậm",
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="Mỗi dòng một mức: chậm từ mấy ngày, trừ mấy điểm, như 5: 5. Mức cao nhất đã tới là mức bị trừ.",
    )
    late_each = FigureField(label="Trừ cho mỗi ngày chậm", required=False)
    grace = FigureField(label="Chậm không quá mấy ngày thì không trừ", required=False)
    cutoff = FigureField(
        label="Chậm quá mấy ngày thì coi như không gửi", required=False, help_text="Quá hạn này thì trừ hết điểm."
    )
    returned_each = FigureField(label="Trừ cho mỗi hồ sơ bị trả lại, mỗi trường hợp vi phạm", required=False)
    needs_evidence = forms.BooleanField(label="Phải có tài liệu kiểm chứng mới được điểm", required=False)
    starts_full = forms.BooleanField(
        label="Chấm theo lối trừ: chưa ai chấm thì đủ điểm, chỉ ghi chỗ bị trừ", required=False
    )
    measure = forms.CharField(
        label="Đơn vị tính", max_length=80, required=False, widget=forms.TextInput(attrs={"class": "short"})
    )
    scored_by = forms.ChoiceField(label="Ai chấm", choices=Stage.choices)
    confirmed_by = forms.ChoiceField(label="Ai xác nhận", choices=Criterion.Confirmer.choices, required=False)
    office = forms.CharField(label="Cơ quan cung cấp số liệu", max_length=300, required=False)
    guidance = forms.CharField(label="Cách chấm", required=False, widget=forms.Textarea(attrs={"rows": 4}))

    def __init__(self, data: Any = None, *, criterion: Criterion) -> None:
        super().__init__(data, initial=_fields_of(criterion))
        kind = (data.get("kind", "") if data is not None else criterion.kind) or ""
        self.shown_kind = kind if kind in Criterion.Kind.values else ""
        for name in set(self.fields) - set(_names_for(self.shown_kind)):
            del self.fields[name]
        self.values: CriterionValues | None = None

    @property
    def explained(self) -> str:
        return rulebook.EXPLAINED[self.shown_kind]

    @property
    def rule_fields(self) -> list[Any]:
        return [self[name] for name in self.fields if name in FIELDS_OF.get(self.shown_kind, ())]

    @property
    def more_fields(self) -> list[Any]:
        names = ("needs_evidence", "starts_full", "measure", "scored_by", "confirmed_by", "office", "guidance")
        return [self[name] for name in names if name in self.fields]

    def clean(self) -> dict[str, Any]:
        said = self.cleaned_data
        if self.errors:
            return said
        try:
            self.values = checked(self._read(said))
        except UnfitField as error:
            self.add_error(error.field if error.field in self.fields else None, str(error))
        return said

    def _read(self, said: dict[str, Any]) -> CriterionValues:
        plain = {name: said[name] for name in CriterionValues.__dataclass_fields__ if name in said}
        if not plain.get("scored_by"):
            plain["scored_by"] = Stage.SELF.value
        return CriterionValues(**plain, rule=_rule(said))


def _names_for(kind: str) -> tuple[str, ...]:
    names = ("code", "title", "maximum", "kind", *FIELDS_OF.get(kind, ()), "guidance")
    if not kind:
        return names
    evidence = () if kind == Kind.PENALTY else ("needs_evidence",)
    full = ("starts_full",) if Kind(kind).is_in_base else ()
    return (*names, *evidence, *full, "measure", "scored_by", "confirmed_by", "office")


def _rule(said: dict[str, Any]) -> dict[str, Any]:
    """Raise ``UnfitField`` at the field."""
    rule: dict[str, Any] = {}
    for name in ("points_each", "late_each", "returned_each", "low", "high"):
        if (figure := said.get(name)) is not None:
            rule[name] = _not_negative(name, figure)
    for name in ("grace", "cutoff"):
        if (figure := said.get(name)) is not None:
            if figure != figure.to_integral_value():
                raise UnfitField(name, "Số ngày phải là số nguyên.")
            rule[name] = _not_negative(name, figure)
    if said.get("bands"):
        rule["bands"] = read_bands("bands", said["bands"], reached="from")
    if said.get("late"):
        rule["late"] = read_bands("late", said["late"], reached="days")
    if said.get("grades"):
        rule["grades"] = read_grades("grades", said["grades"])
    if said.get("has_surplus"):
        typed = {"each_percent": "surplus_each", "cap_percent": "surplus_cap"}
        rule["surplus"] = {
            word: _not_negative(name, said[name]) for word, name in typed.items() if said.get(name) is not None
        } or {"each_percent": 1}
    return rule


def _not_negative(name: str, figure: Decimal) -> int | str:
    if figure < 0:
        raise UnfitField(name, "Số này không được âm.")
    return kept(figure)


def _fields_of(criterion: Criterion) -> dict[str, Any]:
    """What the fields show of a criterion."""
    values, rule = values_of(criterion), criterion.rule
    shown = {name: getattr(values, name) for name in CriterionValues.__dataclass_fields__ if name != "rule"}
    for name in ("points_each", "late_each", "returned_each", "low", "high", "grace", "cutoff"):
        if rule.get(name) is not None:
            shown[name] = Decimal(str(rule[name]))
    for name, level in (("bands", "from"), ("late", "days")):
        shown[name] = rulebook.show_pairs((band[level], band["points"]) for band in rule.get(name, []))
    shown["grades"] = rulebook.show_pairs(rule.get("grades", {}).items())
    if (surplus := rule.get("surplus")) is not None:
        shown["has_surplus"] = True
        for name, word in (("surplus_each", "each_percent"), ("surplus_cap", "cap_percent")):
            if surplus.get(word) is not None:
                shown[name] = Decimal(str(surplus[word]))
    return shown
