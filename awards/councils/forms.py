"""What the pages of the council ask. Whether it fits is said by the services."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils import timezone

from awards.councils.asked import HELD, AskedAward
from awards.councils.members import MemberData
from awards.councils.services import NAME, REASON, SittingData
from awards.models import CouncilMember, Item, Seat, Sitting
from awards.models.common import RouteKind
from awards.shipped import ROUTE_WORDS, award_name
from core.errors import UnfitField
from core.forms import RowByName
from units.forms import DAY_HINT
from units.models import Person

ROUTES = [(route.value, ROUTE_WORDS[route]) for route in HELD]


def show_at_field(form: forms.Form, error: Exception) -> None:
    field = error.field if isinstance(error, UnfitField) else ""
    form.add_error(field if field in form.fields else None, str(error))


class MemberForm(forms.Form):
    use_required_attribute = False

    person = RowByName(
        label="Họ và tên",
        unknown="Chưa có người này trong danh sách Nhân sự của đơn vị; hãy thêm ở đó trước.",
        help_text="Gõ tên rồi chọn trong danh sách Nhân sự của đơn vị.",
        error_messages={"required": "Ghi họ và tên thành viên."},
    )
    role = forms.ChoiceField(label="Chức danh trong Hội đồng", choices=CouncilMember.Role.choices)
    is_standing = forms.BooleanField(label="Thuộc Thường trực Hội đồng", required=False)
    order = forms.IntegerField(
        label="Thứ tự", required=False, min_value=0, max_value=999, help_text="Để trống là xếp cuối."
    )
    valid_from = forms.DateField(label="Từ ngày", required=False, help_text=DAY_HINT)
    valid_to = forms.DateField(label="Đến hết ngày", required=False, help_text=f"{DAY_HINT} Để trống là đang làm.")

    def __init__(self, *args: Any, people: Sequence[Person], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        fields["person"].offer(people, lambda one: one.post)

    def read(self) -> MemberData:
        return MemberData(**{name: self.cleaned_data[name] for name in MemberData.__slots__})


class SittingForm(forms.Form):
    """``awards``: of a new sitting, the awards of which nominees are ready."""

    use_required_attribute = False

    name = forms.CharField(label="Tên phiên họp", max_length=NAME, error_messages={"required": "Ghi tên phiên họp."})
    awards = forms.MultipleChoiceField(
        label="Xét danh hiệu, hình thức",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="Đối tượng đã thẩm định của các danh hiệu được chọn vào danh sách; thêm bớt từng tên ở bước sau.",
    )
    route = forms.ChoiceField(label="Cách xét", choices=ROUTES)
    medium = forms.ChoiceField(
        label="Bỏ phiếu",
        choices=Sitting.Medium.choices,
        help_text="Phiếu giấy: tổ kiểm phiếu nhập kết quả từng tên. Trong chương trình: thành viên cần có tài khoản.",
    )
    quorum = forms.ChoiceField(
        label="Số thành viên dự họp cần có",
        choices=[(value, f"{words[:1].upper()}{words[1:]}") for value, words in Sitting.QuorumKind.choices],
        help_text="Theo quy chế của Hội đồng. Hội đồng cấp tỉnh khi xét danh hiệu: 80 %; họp khác: 2/3.",
    )
    day = forms.DateField(label="Ngày họp", required=False, help_text=f"{DAY_HINT} Hội đồng lấy theo ngày này.")
    time = forms.TimeField(
        label="Giờ họp",
        required=False,
        input_formats=["%H:%M", "%H.%M", "%Hh%M", "%H giờ %M", "%Hh"],
        help_text="Ví dụ: 8:00",
        error_messages={"invalid": "Ghi giờ như 8:00 hoặc 14:30."},
        widget=forms.TimeInput(format="%H:%M", attrs={"class": "short"}),
    )
    place = forms.CharField(label="Địa điểm", max_length=NAME, required=False)

    def __init__(self, *args: Any, awards: Sequence[AskedAward] | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        if not awards:
            del fields["awards"]
            return
        fields["awards"].choices = [(key_of(one), words_of(one)) for one in awards]

    def read(self) -> SittingData:
        said = self.cleaned_data
        at = None
        if said["day"]:
            at = timezone.make_aware(dt.datetime.combine(said["day"], said["time"] or dt.time(8)))
        elif said["time"]:
            raise UnfitField("day", "Ghi ngày họp cùng với giờ.")
        return SittingData(said["name"], said["route"], said["medium"], said["quorum"], at, said["place"])


def key_of(one: AskedAward) -> str:
    return f"{one.code}:{one.route.value}"


def words_of(one: AskedAward) -> str:
    need = f"cần {one.percent} % tổng số thành viên" if one.percent else "cần quá nửa tổng số thành viên"
    return f"{one.name}: {one.count} đối tượng ({ROUTE_WORDS[one.route].lower()}; {need})"


def initial_of(sitting: Sitting) -> dict[str, Any]:
    at = timezone.localtime(sitting.at) if sitting.at else None
    names = ("name", "route", "medium", "quorum", "place")
    when = {"day": at.date(), "time": at.time()} if at else {}
    return {**{name: getattr(sitting, name) for name in names}, **when}


class RecusalForm(forms.Form):
    use_required_attribute = False

    seat = forms.TypedChoiceField(label="Thành viên", coerce=int)
    item = RowByName(
        label="Không bỏ phiếu đối tượng",
        unknown="Không có tên này trong danh sách của phiên họp.",
        help_text="Gõ tên rồi chọn.",
        error_messages={"required": "Ghi tên đối tượng."},
    )
    """Typed as the nominee is called."""
    reason = forms.CharField(
        label="Lý do",
        max_length=REASON,
        help_text="Ví dụ: Có quan hệ gia đình với người được đề nghị.",
        error_messages={"required": "Ghi lý do không tham gia bỏ phiếu."},
    )

    def __init__(self, *args: Any, seats: Sequence[Seat], items: Sequence[Item], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        fields["seat"].choices = [(seat.pk, seat.name) for seat in seats]
        fields["item"].offer([item.nominee for item in items], lambda one: award_name(one.award))


class MinutesForm(forms.Form):
    use_required_attribute = False

    opinions = forms.CharField(
        label="Ý kiến tại phiên họp", required=False, widget=forms.Textarea(attrs={"rows": 8}), max_length=20_000
    )
    conclusion = forms.CharField(
        label="Kết luận",
        required=False,
        widget=forms.Textarea(attrs={"rows": 8}),
        max_length=20_000,
        help_text="Để trống thì biên bản lấy kết luận soạn sẵn theo kết quả kiểm phiếu.",
    )


class PutOffForm(forms.Form):
    use_required_attribute = False

    note = forms.CharField(label="Lý do", max_length=REASON, error_messages={"required": "Ghi lý do để lại xét sau."})


class ConfirmForm(forms.Form):
    """``told``: what the person is asked to confirm; blank where nothing is in doubt."""

    use_required_attribute = False

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    confirmed = forms.BooleanField(required=False)

    def __init__(self, *args: Any, confirm: str = "", version: int | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if confirm:
            self.fields["confirmed"].label = confirm
        else:
            del self.fields["confirmed"]
        if version is None:
            del self.fields["version"]
        else:
            self.fields["version"].initial = version

    @property
    def is_confirmed(self) -> bool:
        return bool(self.cleaned_data.get("confirmed"))


def routes_of(awards: Sequence[AskedAward]) -> str:
    """The route that most of the awards go, as a first proposal."""
    counted: dict[str, int] = {}
    for one in awards:
        if one.is_for_council:
            counted[one.route.value] = counted.get(one.route.value, 0) + one.count
    return max(counted, key=lambda route: counted[route]) if counted else RouteKind.SECRET.value
