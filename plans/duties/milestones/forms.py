"""What the page that counts back asks. What may stand in a milestone is said by the services."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Sequence
from typing import Any

from django import forms
from django.http import QueryDict

from core.errors import UnfitField
from core.forms import RowByName
from plans.duties.countback import MOST_DAYS, Milestone
from plans.duties.milestones.services import MilestoneData, fit
from plans.duties.types.selectors import KnownType
from plans.duties.types.steps import MOST_STEPS
from plans.models import Task
from reminders.workdays import WorkDays
from units.models import Person

BY_HAND = "tu-ghi"
"""In place of a kind of duty: each milestone is typed."""
PREFIX = "moc"
_DAY_HINT = "Ngày/tháng/năm, ví dụ 5/3/2026."


class KindForm(forms.Form):
    """By which kind of duty the milestones are counted; part of the address."""

    loai = forms.ChoiceField(label="Loại việc", choices=[])

    def __init__(self, data: Any, *, types: Sequence[KnownType], **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        choices = [(known.key, f"{known.name} ({len(known.steps)} mốc)") for known in types]
        self.fields["loai"].choices = [*choices, (BY_HAND, "Tự ghi từng mốc")]  # type: ignore[attr-defined]


class MilestoneRow(forms.Form):
    """One milestone; only what is ticked is looked at."""

    use_required_attribute = False

    is_taken = forms.BooleanField(label="Đặt mốc này", required=False)
    what = forms.CharField(
        label="Việc phải làm",
        widget=forms.Textarea(attrs={"rows": 1}),
        error_messages={"required": "Việc ở mốc này còn trống."},
    )
    day = forms.DateField(
        label="Ngày",
        error_messages={"required": f"Chưa ghi ngày. {_DAY_HINT}", "invalid": f"Không có ngày này. {_DAY_HINT}"},
        widget=forms.DateInput(attrs={"class": "short", "autocomplete": "off"}),
    )
    days = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0, max_value=MOST_DAYS)
    key = forms.UUIDField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, task: Task, workdays: WorkDays, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.task, self.workdays = task, workdays
        self.data_read: MilestoneData | None = None

    def clean(self) -> dict[str, Any]:
        said = self.cleaned_data
        if not said.get("is_taken"):
            self._errors.clear()  # type: ignore[union-attr]
        elif not self.errors:
            self.data_read = self._read(said)
        return said

    def _read(self, said: dict[str, Any]) -> MilestoneData | None:
        row = MilestoneData(said["what"], said["day"], said["days"], said["key"] or uuid.uuid4())
        try:
            fit(row, self.task, self.workdays)
        except UnfitField as error:
            self.add_error({"content": "what", "due": "day"}.get(error.field, error.field), str(error))
            return None
        return row

    def typed_day(self) -> dt.date | None:
        """As it stands in the page, whether it was sent or not."""
        try:
            return self.fields["day"].clean(self["day"].value())
        except forms.ValidationError:
            return None

    def counted_days(self) -> int | None:
        """As its kind of duty has it; None where the row was added by hand."""
        value = str(self["days"].value())
        return int(value) if value.isdecimal() and len(value) <= 3 else None


class _Rows(forms.BaseFormSet):
    def taken(self) -> list[MilestoneData]:
        """The ticked rows of a formset that is valid."""
        return [form.data_read for form in self.forms if form.data_read is not None]


_MilestoneRows = forms.formset_factory(
    MilestoneRow, formset=_Rows, extra=0, max_num=2 * MOST_STEPS, absolute_max=3 * MOST_STEPS
)


def milestone_rows(
    data: QueryDict | None, found: Sequence[tuple[Milestone, bool]], *, task: Task, workdays: WorkDays
) -> Any:
    """``found``: what was counted, and whether it is ticked."""
    initial = [
        {"is_taken": is_taken, "what": one.what, "day": one.day, "days": one.days, "key": uuid.uuid4()}
        for one, is_taken in found
    ]
    return _MilestoneRows(data, prefix=PREFIX, initial=initial, form_kwargs={"task": task, "workdays": workdays})


class FollowerForm(forms.Form):
    follower = RowByName(
        label="Người theo dõi các mốc này",
        required=False,
        unknown="Chưa có người này trong danh sách Nhân sự của đơn vị.",
        help_text="Gõ tên rồi chọn. Người này được nhắc khi mốc đến hạn.",
    )

    def __init__(self, *args: Any, people: Sequence[Person], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["follower"].offer(people, lambda one: one.post)  # type: ignore[attr-defined]
