"""What the pages of duties ask. What may stand in a duty is said by ``values``."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from typing import Any

from django import forms

from core.errors import UnfitField
from core.forms import RowByName, TypedListInput
from documents.kinds import ABBREVIATIONS, LETTER
from plans.duties.proposing import MOST_PROPOSALS, PaperHead
from plans.duties.values import DutyData, cleaned
from plans.models import Duty, Incoming
from plans.receiving.forms import FileForm
from units.models import Person, Unit

DAY_HINT = "Ngày/tháng/năm, ví dụ 5/3/2026."
_NOT_A_DAY = {"invalid": f"Không có ngày này. {DAY_HINT}"}
_ROWS_BY_HAND = 50


class PaperForm(FileForm):
    """A file or pasted text."""

    text = forms.CharField(
        label="Hoặc dán chữ của văn bản",
        required=False,
        strip=True,
        help_text="Chép từ thư điện tử, Zalo hoặc hệ thống quản lý văn bản. Đã chọn tệp thì không cần dán.",
        widget=forms.Textarea(attrs={"rows": 10}),
    )

    def __init__(self, *args: Any, units: Sequence[Unit]) -> None:
        super().__init__(*args, units=units)
        self.fields["unit"].label = "Đơn vị nhận văn bản"
        self.fields["file"].required = False
        self.fields["file"].label = "Tệp văn bản"
        self.fields["file"].help_text = "Tệp Word (.docx, .doc), PDF có chữ, hoặc văn bản thuần."

    def clean(self) -> dict[str, Any]:
        said = self.cleaned_data
        if not said.get("file") and not said.get("text") and "file" not in self.errors:
            self.add_error("file", "Hãy chọn tệp, hoặc dán chữ của văn bản vào ô bên dưới.")
        return said


class HeadForm(forms.Form):
    """The paper as duties name it: «theo Công văn số … ngày … của …»."""

    kind = forms.CharField(label="Tên loại", max_length=120, required=False, widget=TypedListInput)
    number = forms.CharField(label="Số, ký hiệu", max_length=80, required=False)
    date = forms.DateField(
        label="Ngày văn bản",
        required=False,
        error_messages=_NOT_A_DAY,
        widget=forms.DateInput(attrs={"class": "short", "autocomplete": "off"}),
    )
    issuer = forms.CharField(label="Cơ quan ban hành", max_length=300, required=False)
    subject = forms.CharField(label="Trích yếu", required=False, widget=forms.Textarea(attrs={"rows": 2}))
    follower = RowByName(
        label="Người theo dõi các việc này",
        required=False,
        unknown="Chưa có người này trong danh sách Nhân sự của đơn vị.",
        help_text="Gõ tên rồi chọn. Người này được nhắc khi việc đến hạn.",
    )

    def __init__(self, *args: Any, incoming: Incoming, people: Sequence[Person], person: Person | None) -> None:
        names = ("kind", "number", "date", "issuer", "subject")
        initial: dict[str, Any] = {name: getattr(incoming, name) for name in names}
        initial["follower"] = person if person in people else None
        super().__init__(*args, initial=initial)
        self.year = incoming.year
        self.fields["kind"].widget.offers = [LETTER, *sorted(set(ABBREVIATIONS.values()))]
        self.fields["follower"].offer(people, lambda one: one.post)  # type: ignore[attr-defined]

    def head(self) -> PaperHead:
        """As far as it can be read: what is refused counts as blank."""
        said = getattr(self, "cleaned_data", {})
        texts = {name: " ".join((said.get(name) or "").split()) for name in ("kind", "number", "issuer", "subject")}
        return PaperHead(date=said.get("date"), year=self.year, **texts)


class DutyFields(forms.Form):
    """The fields of one duty, for a row of many and for a page of its own."""

    use_required_attribute = False

    what = forms.CharField(
        label="Việc phải làm",
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": "Nội dung việc còn trống."},
    )
    time_text = forms.CharField(label="Thời gian", required=False)
    due = forms.DateField(
        label="Hạn",
        required=False,
        error_messages=_NOT_A_DAY,
        widget=forms.DateInput(attrs={"class": "short", "autocomplete": "off"}),
    )
    recurrence = forms.ChoiceField(label="Lặp lại", choices=Duty.Recurrence.choices, required=False)
    send = forms.CharField(label="Gửi gì", required=False)
    to = forms.CharField(label="Gửi cho", required=False)
    lead = forms.CharField(label="Chủ trì", required=False, widget=TypedListInput)
    support = forms.CharField(label="Phối hợp", required=False)
    note = forms.CharField(label="Ghi chú", required=False)
    key = forms.UUIDField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, unit: Unit, parts: Sequence[str], head: PaperHead | None = None, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.unit, self.head = unit, head
        self.fields["lead"].widget.offers = list(parts)
        self.data_read: DutyData | None = None

    def read(self) -> None:
        """Into ``data_read``; what does not fit is an error at its field."""
        said = self.cleaned_data
        if self.errors:
            return
        data = DutyData(
            what=said["what"],
            time_text=said["time_text"],
            due=said["due"],
            recurrence=said.get("recurrence", ""),
            send=said["send"],
            to=said["to"],
            lead=_names(said["lead"]),
            support=_names(said["support"]),
            note=said["note"],
            follower=said.get("follower"),
            key=said["key"] or uuid.uuid4(),
        )
        try:
            self.data_read = cleaned(data, self.unit, self.head)
        except UnfitField as error:
            self.add_error({"content": "what"}.get(error.field, error.field), str(error))


class DutyRow(DutyFields):
    """One proposal; only what is ticked is looked at."""

    is_taken = forms.BooleanField(label="Nhận việc này", required=False)

    def clean(self) -> dict[str, Any]:
        if not self.cleaned_data.get("is_taken"):
            self._errors.clear()  # type: ignore[union-attr]
        else:
            self.read()
        return self.cleaned_data


class DutyForm(DutyFields):
    """One duty on a page of its own, added by hand or changed."""

    unit = forms.ChoiceField(label="Đơn vị", choices=[])
    follower = RowByName(
        label="Người theo dõi",
        required=False,
        unknown="Chưa có người này trong danh sách Nhân sự của đơn vị.",
        help_text="Gõ tên rồi chọn. Người này được nhắc khi việc đến hạn.",
    )
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    field_order = (
        "unit",
        "what",
        "time_text",
        "due",
        "recurrence",
        "send",
        "to",
        "lead",
        "support",
        "follower",
        "note",
    )

    def __init__(
        self,
        *args: Any,
        units: Sequence[Unit],
        people: Sequence[Person],
        unit: Unit,
        is_milestone: bool = False,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, unit=unit, **kwargs)
        if is_milestone:
            del self.fields["recurrence"]  # it comes back with its duty
        self.fields["unit"].choices = [(one.pk, one.title) for one in units]  # type: ignore[attr-defined]
        if len(units) == 1:
            self.fields["unit"].widget = forms.HiddenInput()
        self.fields["unit"].initial = unit.pk
        self.fields["follower"].offer(people, lambda one: one.post)  # type: ignore[attr-defined]
        self.fields["time_text"].help_text = "Như trên văn bản: «trước ngày 10/7 hằng năm». Chương trình đọc ra hạn."
        self.fields["due"].help_text = f"{DAY_HINT} Để trống thì đọc từ thời gian."
        self.fields["lead"].help_text = "Nhiều nơi thì cách nhau bằng dấu chấm phẩy."

    def clean(self) -> dict[str, Any]:
        self.read()
        return self.cleaned_data


class _Rows(forms.BaseFormSet):
    def taken(self) -> list[DutyData]:
        """The ticked rows of a formset that is valid."""
        return [form.data_read for form in self.forms if form.data_read is not None]


DutyRows = forms.formset_factory(
    DutyRow, formset=_Rows, extra=0, max_num=MOST_PROPOSALS + _ROWS_BY_HAND, absolute_max=2 * MOST_PROPOSALS
)


def _names(text: str) -> tuple[str, ...]:
    return tuple(name for part in text.split(";") if (name := " ".join(part.split())))
