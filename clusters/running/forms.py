"""What the pages of clusters and seasons ask. Whether it fits is said by ``values``."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils import timezone

from campaigns.running.forms import Row, Rows, day_field
from clusters.models import Cluster, CriteriaSet, Member, Season, Step
from clusters.running.timetable import StepData
from clusters.running.values import (
    MOST_EXPLAIN_DAYS,
    NAME,
    REASON,
    TIME,
    ClusterValues,
    MemberData,
    QuotaData,
    Settings,
    quotas_in_words,
    read_quotas,
)
from clusters.wording import in_season, role_label, worded
from core.errors import UnfitField
from core.forms import RowByName
from plans.forms import years
from units.models import Part, Person, Unit

_AREA = {"rows": 2}


class ClusterForm(forms.Form):
    """``there``: the cluster that is changed; a new one may begin with its first year."""

    use_required_attribute = False

    unit = forms.ChoiceField(label="Đơn vị tổ chức", choices=[], required=False)
    kind = forms.ChoiceField(label="Loại", choices=Cluster.Kind.choices)
    name = forms.CharField(
        label="Tên cụm, khối",
        max_length=NAME,
        help_text="Ví dụ: Cụm thi đua số 2; Khối thi đua các cơ quan xã.",
        error_messages={"required": "Ghi tên cụm, khối thi đua."},
    )
    reviewer = RowByName(
        label="Chuyên viên theo dõi",
        required=False,
        unknown="Chưa có người này trong danh sách Nhân sự của đơn vị.",
        help_text="Gõ tên rồi chọn. Bảng điểm chờ thẩm định của cụm vào danh sách việc của người này.",
    )
    year = forms.TypedChoiceField(label="Năm thi đua đầu tiên", coerce=int, required=False)

    def __init__(
        self,
        *args: Any,
        units: Sequence[Unit],
        unit: Unit,
        people: Sequence[Person],
        has_year: bool = False,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        fields["unit"].choices = [(one.pk, one.title) for one in units]
        fields["unit"].initial = unit.pk
        if len(units) == 1:
            fields["unit"].widget = forms.HiddenInput()
        fields["reviewer"].offer(people, lambda one: one.post)
        fields["year"].choices = years()
        if not has_year:
            del fields["year"]

    def read(self) -> ClusterValues:
        said = self.cleaned_data
        return ClusterValues(said["name"], said["kind"], said["reviewer"])


class SeasonForm(forms.Form):
    year = forms.TypedChoiceField(label="Năm thi đua", coerce=int)

    def __init__(self, *args: Any, offered: Sequence[int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["year"]
        field.choices = [(year, str(year)) for year in offered]


class SettingsForm(forms.Form):
    use_required_attribute = False

    criteria = RowByName(
        label="Bộ tiêu chí",
        required=False,
        unknown="Không có bộ tiêu chí đã ban hành mang tên này.",
        help_text="Gõ tên rồi chọn trong các bộ tiêu chí đã ban hành của đơn vị tổ chức.",
    )
    quotas = forms.CharField(
        label="Số lượng được đề nghị khen thưởng",
        required=False,
        widget=forms.Textarea(attrs=_AREA),
        help_text="Mỗi hình thức một số, cách nhau dấu phẩy. Ví dụ: 02 Cờ thi đua, 01 Bằng khen.",
    )
    has_cross = forms.BooleanField(label="Có chấm chéo giữa các đơn vị", required=False)
    has_head = forms.BooleanField(label="Trưởng cụm chấm trước khi thẩm định", required=False)
    late_from = forms.ChoiceField(label="Tính chậm từ", choices=Season.LateFrom.choices)
    late_in = forms.ChoiceField(label="Đếm ngày chậm theo", choices=Season.LateIn.choices)
    explain_days = forms.IntegerField(
        label="Số ngày làm việc để giải trình",
        min_value=0,
        max_value=MOST_EXPLAIN_DAYS,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "class": "short", "autocomplete": "off"}),
        error_messages={
            "invalid": "Ghi số ngày, ví dụ 5.",
            "required": "Ghi số ngày, ví dụ 5.",
            "min_value": "Ghi số ngày từ 0.",
            "max_value": f"Nhiều nhất {MOST_EXPLAIN_DAYS} ngày làm việc.",
        },
    )
    shows = forms.ChoiceField(
        label="Sau khi công bố, đơn vị thành viên xem được", choices=Season.Shows.choices, widget=forms.RadioSelect
    )
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, season: Season, sets: Sequence[CriteriaSet], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        fields["criteria"].offer(sets, lambda one: f"năm {one.year}")
        fields["has_head"].label = in_season(fields["has_head"].label, season)

    def clean_quotas(self) -> str:
        try:
            self.said_quotas: list[QuotaData] = read_quotas(self.cleaned_data["quotas"])
        except UnfitField as error:
            raise forms.ValidationError(str(error)) from None
        return self.cleaned_data["quotas"]

    def read(self) -> Settings:
        names = ("criteria", "has_cross", "has_head", "late_from", "late_in", "explain_days", "shows")
        return Settings(**{name: self.cleaned_data[name] for name in names})


def initial_settings(season: Season) -> dict[str, Any]:
    names = ("criteria", "has_cross", "has_head", "late_from", "late_in", "explain_days", "shows", "version")
    quotas = quotas_in_words(list(season.quotas.all()))
    return {name: getattr(season, name) for name in names} | {"quotas": quotas}


# -- Members -------------------------------------------------------------------------------


class AddMembersForm(forms.Form):
    place = RowByName(
        label="Thêm một đơn vị",
        required=False,
        unknown="Không có đơn vị này, hoặc đã ở trong danh sách. Đơn vị khác thì ghi tên ở ô dưới.",
        help_text="Gõ tên, không cần dấu, rồi chọn.",
    )
    names = forms.CharField(
        label="Thêm nhiều đơn vị theo tên",
        required=False,
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="Mỗi dòng một đơn vị, dán từ danh sách cũng được. Tên có trong chương trình thì được nhận ra.",
    )

    def __init__(self, *args: Any, places: Sequence[Unit | Part], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["place"]
        field.offer(places)

    def clean(self) -> dict[str, Any]:
        said = self.cleaned_data
        if not self.errors and not said.get("place") and not said.get("names", "").strip():
            self.add_error("place", "Chọn một đơn vị, hoặc ghi tên các đơn vị ở ô dưới.")
        return said

    @property
    def said_names(self) -> list[str]:
        lines = (" ".join(line.split()).strip(" -–+•") for line in self.cleaned_data["names"].splitlines())
        return list(dict.fromkeys(line for line in lines if line))


def groups_of(places: Sequence[Unit | Part]) -> list[tuple[str, str, int]]:
    """What can be added all at once: key, words, how many. «Tất cả 28 thôn, khu phố»"""
    keys = Counter(group_key(place) for place in places)
    found = []
    for key, count in keys.items():
        kind, _, value = key.partition(":")
        words = value if kind == "unit" else Part.Kind(value).label.lower()
        found.append((key, words, count))
    return sorted(found, key=lambda one: -one[2])


def group_key(place: Unit | Part) -> str:
    return f"unit:{place.designation}" if isinstance(place, Unit) else f"part:{place.kind}"


class MemberForm(Row):
    name = forms.CharField(label="Tên", max_length=NAME, error_messages={"required": "Ghi tên đơn vị thành viên."})
    role = forms.ChoiceField(label="Vai trò", choices=Member.Role.choices)
    is_excluded = forms.BooleanField(label="Không xếp hạng", required=False)
    exclusion_reason = forms.CharField(label="Lý do không xếp hạng", max_length=REASON, required=False)
    barred_reason = forms.CharField(label="Lý do không suy tôn", max_length=REASON, required=False)
    is_removed = forms.BooleanField(label="Bỏ ra", required=False)

    def __init__(self, *args: Any, kind: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["role"]
        field.choices = [(role.value, role_label(role, kind)) for role in Member.Role]

    def row(self, there: dict[int, Member]) -> MemberData:
        said = self.cleaned_data
        old = there.get(said.get("pk") or 0)
        return MemberData(
            name=said["name"],
            role=said["role"],
            is_excluded=said["is_excluded"],
            exclusion_reason=said["exclusion_reason"],
            barred_reason=said["barred_reason"],
            pk=said.get("pk"),
            unit=old.unit_id if old else None,
            part=old.part_id if old else None,
        )


MemberForms = forms.formset_factory(MemberForm, formset=Rows, extra=0, max_num=400, absolute_max=800)


def initial_members(members: Sequence[Member]) -> list[dict[str, Any]]:
    names = ("pk", "order", "name", "role", "is_excluded", "exclusion_reason", "barred_reason")
    return [{name: getattr(row, name) for name in names} for row in members]


# -- Timetable -----------------------------------------------------------------------------


class StepForm(Row):
    kind = forms.ChoiceField(label="Việc", choices=Step.Kind.choices)
    text = forms.CharField(
        label="Nội dung",
        max_length=5_000,
        widget=forms.Textarea(attrs=_AREA),
        error_messages={"required": "Ghi nội dung việc."},
    )
    time_text = forms.CharField(label="Thời gian như ghi trong kế hoạch", max_length=TIME, required=False)
    start = day_field("Từ ngày", required=False)
    due = day_field("Hạn", required=False)
    done_on = day_field("Ngày xong", required=False)
    asks_members = forms.BooleanField(
        label="Từng đơn vị phải gửi văn bản trước hạn (chậm thì tính ngày chậm)", required=False
    )
    is_removed = forms.BooleanField(label="Bỏ việc này", required=False)

    def __init__(self, *args: Any, kind: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["kind"]
        field.choices = [(one.value, worded(one.label, kind)) for one in Step.Kind]
        field.initial = Step.Kind.OTHER

    @property
    def is_said(self) -> bool:
        said = self.cleaned_data
        return not said.get("is_removed") and any(said.get(name) for name in ("pk", "text", "time_text", "due"))

    def row(self) -> StepData:
        said = self.cleaned_data
        names = ("text", "kind", "time_text", "start", "due", "asks_members", "done_on")
        return StepData(**{name: said[name] for name in names}, pk=said.get("pk"))


StepForms = forms.formset_factory(StepForm, formset=Rows, extra=2, max_num=100, absolute_max=200)


def initial_steps(steps: Sequence[Step]) -> list[dict[str, Any]]:
    names = ("pk", "order", "kind", "text", "time_text", "start", "due", "done_on", "asks_members")
    return [{name: getattr(row, name) for name in names} for row in steps]


# -- Handover ------------------------------------------------------------------------------


class HandoverForm(forms.Form):
    use_required_attribute = False

    to = RowByName(
        label="Bàn giao cho",
        unknown="Chọn một đơn vị thành viên của năm này.",
        error_messages={"required": "Chọn đơn vị nhận bàn giao."},
    )
    day = day_field("Ngày bàn giao")
    items = forms.CharField(
        label="Tài liệu, công việc bàn giao",
        required=False,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text="Mỗi dòng một mục; in trong biên bản bàn giao.",
    )

    def __init__(self, *args: Any, members: Sequence[Member], proposed: Member | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        fields["to"].offer(members)
        fields["to"].initial = proposed
        fields["day"].initial = timezone.localdate()
        fields["items"].initial = _ITEMS


_ITEMS = (
    "Hồ sơ tổ chức hoạt động của cụm trong năm: kế hoạch, giao ước thi đua, báo cáo sơ kết, tổng kết\n"
    "Bảng điểm của các đơn vị thành viên kèm tài liệu kiểm chứng\n"
    "Biên bản họp bình xét, suy tôn; tờ trình đề nghị khen thưởng\n"
    "Công việc đang làm chuyển sang năm sau"
)
