"""What the page of one sender's list asks: a table of nominees, a paste, whose list it is, reasons."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils import timezone

from awards.collecting import wording
from awards.collecting.rows import RowData
from awards.collecting.values import ACHIEVEMENT, NAME, POST, REASON, SENDER, WORKPLACE, NomineeData
from awards.models import Nominee
from awards.models.common import Level, RecipientKind
from awards.models.subjects import Subject
from campaigns.running.forms import Row, Rows, day_field
from core.cells import UnfitCell
from core.errors import UnfitRow
from core.forms import RowByName
from units.models import Part, Unit

_AREA = {"rows": 2}
MOST_ROWS = 400


class SenderForm(forms.Form):
    """Whose list is typed."""

    use_required_attribute = False

    place = RowByName(
        label="Danh sách của",
        unknown="Không có nơi này trong danh sách của đơn vị.",
        help_text="Gõ tên thôn, trường, cơ quan rồi chọn. Chọn chính đơn vị nếu đơn vị tự đề nghị.",
        error_messages={"required": "Chọn nơi gửi danh sách."},
    )
    day = day_field("Ngày gửi", "Ngày nơi này gửi danh sách.")
    sender = forms.CharField(label="Người gửi", max_length=SENDER, required=False)

    def __init__(self, *args: Any, places: Sequence[Part | Unit], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        fields["place"].offer(places)
        fields["day"].initial = timezone.localdate()


class NomineeForm(Row):
    """One row. The name takes the honorific along; the birth is a year or a day."""

    name = forms.CharField(
        label="Họ và tên, tên tập thể",
        max_length=NAME + 30,
        error_messages={"required": "Ghi họ và tên, hoặc tên tập thể, hộ gia đình."},
    )
    kind = forms.ChoiceField(label="Đối tượng", choices=[("", "Tự nhận ra"), *RecipientKind.choices], required=False)
    birth = forms.CharField(label="Ngày hoặc năm sinh", max_length=30, required=False)
    gender = forms.ChoiceField(label="Giới tính", choices=Subject.Gender.choices, required=False)
    post = forms.CharField(label="Chức vụ", max_length=POST, required=False)
    workplace = forms.CharField(label="Đơn vị công tác, địa chỉ", max_length=WORKPLACE, required=False)
    level = forms.ChoiceField(label="Phân loại", choices=Level.choices, required=False)
    award = forms.ChoiceField(
        label="Danh hiệu, hình thức đề nghị",
        choices=[],
        error_messages={"required": "Chọn danh hiệu hoặc hình thức đề nghị."},
    )
    achievement = forms.CharField(
        label="Tóm tắt thành tích", max_length=ACHIEVEMENT, required=False, widget=forms.Textarea(attrs=_AREA)
    )
    is_removed = forms.BooleanField(label="Bỏ ra", required=False)
    seen = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, awards: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["award"]
        field.choices = awards

    @property
    def is_said(self) -> bool:
        said = self.cleaned_data
        return not said.get("is_removed") and any(said.get(name) for name in ("pk", "name", "birth", "post", "award"))

    def clean_birth(self) -> tuple[dt.date | None, int | None]:
        try:
            return wording.read_birth(self.cleaned_data["birth"], timezone.localdate())
        except UnfitCell as error:
            said = str(error)
            raise forms.ValidationError(f"{said[:1].upper()}{said[1:].rstrip('.')}.") from None

    def row(self) -> RowData:
        said = self.cleaned_data
        honorific, name = wording.split_honorific(said["name"])
        kind = RecipientKind(said["kind"]) if said["kind"] else None
        meant = wording.kind_meant(name, said["award"], kind)
        if meant != RecipientKind.PERSON:
            honorific, name = "", " ".join(said["name"].split())
        birth_date, birth_year = said["birth"]
        names = ("gender", "post", "workplace", "level", "award", "achievement")
        data = NomineeData(
            name=name,
            kind=meant.value,
            honorific=honorific,
            birth_date=birth_date,
            birth_year=birth_year,
            year=self.initial.get("year"),
            **{one: said[one] for one in names},
        )
        return RowData(data, said.get("pk"), seen=said.get("seen"))


class NomineeRows(Rows):
    def removed(self) -> list[int]:
        taken_out = [form.cleaned_data for form in self.forms if form.cleaned_data.get("is_removed")]
        return [said["pk"] for said in taken_out if said.get("pk")]

    def show_at_row(self, error: UnfitRow) -> None:
        fits = error.field in NomineeForm.base_fields
        super().show_at_row(error if fits else UnfitRow(error.position, "name", str(error)))


def rows_of(*args: Any, extra: int, awards: Any, **kwargs: Any) -> NomineeRows:
    made: Any = forms.formset_factory(
        NomineeForm, formset=NomineeRows, extra=extra, max_num=MOST_ROWS, absolute_max=MOST_ROWS
    )
    return made(*args, prefix="dong", form_kwargs={"awards": awards}, **kwargs)


def awards_to_choose(codes: list[str], there: Sequence[str]) -> list[Any]:
    """What the round asks for, and what rows say already."""
    wanted = [*codes, *there] if codes else []
    return [("", "Chọn…"), *wording.award_choices(wanted)]


def initial_rows(nominees: Sequence[Nominee]) -> list[dict[str, Any]]:
    names = ("pk", "kind", "gender", "post", "workplace", "level", "award", "achievement", "year")
    return [
        {name: getattr(one, name) for name in names}
        | {
            "order": place,
            "seen": one.version,
            "name": f"{one.honorific} {one.name}".strip(),
            "birth": wording.birth_words(one.birth_date, one.birth_year),
        }
        for place, one in enumerate(nominees, start=1)
    ]


class PasteForm(forms.Form):
    text = forms.CharField(
        label="Dán từ Excel, Word",
        max_length=500_000,
        widget=forms.Textarea(attrs={"rows": 5, "data-paste-html": "html"}),
        help_text="Chép cả dòng tên cột nếu có. Chương trình nhận ra cột, hiện vào bảng để xem lại rồi mới lưu.",
        error_messages={"required": "Dán danh sách vào ô này."},
    )
    html = forms.CharField(required=False, max_length=3_000_000, widget=forms.HiddenInput)


class ReturnForm(forms.Form):
    reason = forms.CharField(
        label="Lý do trả lại",
        max_length=REASON,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Ghi lý do trả lại, để nơi gửi biết cần sửa gì."},
    )
    with_answer = forms.BooleanField(
        label="Trả lại cả nội dung đã gửi về; nơi gửi nhận liên kết mới để gửi lại", required=False, initial=True
    )

    def __init__(self, *args: Any, offers_answer: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not offers_answer:
            del self.fields["with_answer"]


class ReceiveForm(forms.Form):
    day = day_field("Ngày tiếp nhận", "Ngày này quyết định quy định nào được áp dụng khi xét điều kiện.")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["day"].initial = timezone.localdate()


class WithdrawForm(forms.Form):
    reason = forms.CharField(
        label="Lý do không đề nghị nữa",
        max_length=REASON,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Ghi lý do không đề nghị nữa."},
    )
