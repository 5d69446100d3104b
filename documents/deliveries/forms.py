"""What the pages of deliveries ask. Whether it fits is said by the services."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils import timezone

from core.forms import RowByName, TypedListInput
from core.text import fold
from documents.deliveries import selectors, services
from documents.forms import DAY_HINT
from documents.models import Delivery, IssuedPaper
from units.models import Unit

_NOT_A_DAY = {"invalid": f"Không có ngày này. {DAY_HINT}", "required": f"Chưa ghi ngày. {DAY_HINT}"}
_PURPOSES = ["Để báo cáo", "Để thực hiện", "Để biết", "Để phối hợp", "Xin ý kiến"]
_WAYS = [
    (
        Delivery.Way.INSIDE,
        "Trong chương trình; nơi chưa có tài khoản thì ghi là đã gửi trên hệ thống quản lý văn bản",
    ),
    (Delivery.Way.NEXT_DOOR, "Đã gửi tất cả trên hệ thống quản lý văn bản"),
    (Delivery.Way.ON_PAPER, "Đã gửi tất cả bằng bản giấy"),
]
_BLANK_LINES = 2


def _day(label: str, hint: str = "", **kwargs: Any) -> forms.DateField:
    widget = forms.DateInput(attrs={"class": "short", "autocomplete": "off"})
    hint = f"{hint} {DAY_HINT}".strip()
    return forms.DateField(label=label, help_text=hint, error_messages=_NOT_A_DAY, widget=widget, **kwargs)


class SeveralNames(TypedListInput):
    """One input a name, all of one name; the template draws them."""

    def value_from_datadict(self, data: Any, files: Any, name: str) -> list[str]:
        return [value for value in data.getlist(name) if value.strip()] if data else []


class SendForm(forms.Form):
    """Receivers are those of the day that is typed: another day may have other units."""

    day = _day("Ngày gửi", "Danh sách nơi nhận lấy theo ngày này.", initial=timezone.localdate)
    purpose = forms.CharField(label="Mục đích gửi", max_length=services.PURPOSE, required=False, widget=TypedListInput)
    way = forms.ChoiceField(
        label="Cách gửi",
        choices=_WAYS,
        initial=Delivery.Way.INSIDE,
        widget=forms.RadioSelect,
        error_messages={"required": "Chưa chọn cách gửi."},
    )
    units = forms.Field(label="Nơi nhận", required=False, widget=forms.CheckboxSelectMultiple)
    everyone = forms.BooleanField(required=False)
    others = forms.Field(label="Nơi nhận khác", required=False, widget=SeveralNames)

    def __init__(self, *args: Any, paper: IssuedPaper, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        sender = paper.issuer.unit
        self.candidates = selectors.candidates_on(sender, self._day_to_list())
        self.there = {one.receiver_id: one for one in selectors.open_receivers(paper) if one.receiver_id}
        self.inside = selectors.units_in_program(self.candidates.listed)
        self.fields["purpose"].widget.offers = _PURPOSES
        self.known = RowByName()
        self.known.offer(
            [*self.candidates.listed, *self.candidates.nearby],
            lambda unit: unit.parent.title if unit.parent_id and unit.parent_id != sender.pk else "",
        )
        self.offers = [self.known.labels[unit.pk] for unit in self.candidates.nearby] + selectors.typed_names(sender)

    def _day_to_list(self) -> dt.date:
        try:
            return self.fields["day"].clean(self.data["day"]) if self.is_bound else timezone.localdate()
        except (forms.ValidationError, KeyError):
            return timezone.localdate()

    @property
    def ticked(self) -> set[int]:
        values = self["units"].value() if self.is_bound else []
        return {int(value) for value in values or () if str(value).isdecimal()}

    @property
    def lines(self) -> list[str]:
        """What stands in the inputs of further receivers, and blank ones to type in."""
        typed: list[str] = self["others"].value() if self.is_bound else []
        return [*(typed or []), *[""] * _BLANK_LINES]

    def clean_units(self) -> list[Unit]:
        by_pk = {unit.pk: unit for unit in self.candidates.listed}
        if self.ticked - set(by_pk):
            raise forms.ValidationError(
                f"Danh sách nơi nhận vừa lấy lại theo ngày {self._day_to_list():%d/%m/%Y}; hãy chọn lại."
            )
        return [unit for pk, unit in by_pk.items() if pk in self.ticked]

    def clean_others(self) -> list[Unit | str]:
        """A name that is a unit's means that unit; any other stands as it was typed."""
        return [self._known_or_typed(name) for name in self.cleaned_data["others"]]

    def _known_or_typed(self, name: str) -> Unit | str:
        found = self.known.rows.get(fold(name), [])
        if len(found) > 1:
            raise forms.ValidationError(f"Có nhiều nơi tên «{name}»; hãy chọn dòng có ghi thêm trong ngoặc.")
        return found[0] if found else name  # type: ignore[return-value]

    def read(self) -> dict[str, Any]:
        """For ``services.send``."""
        said = self.cleaned_data
        units = [*said["units"], *[one for one in said["others"] if isinstance(one, Unit)]]
        if said["everyone"]:
            units += self.candidates.lower
        return {
            "sent_on": said["day"],
            "purpose": said["purpose"],
            "way": said["way"],
            "units": list(dict.fromkeys(units)),
            "names": [one for one in said["others"] if isinstance(one, str)],
        }


class ReceiptForm(forms.Form):
    day = _day("Ngày nhận", initial=timezone.localdate)


class ReturnForm(forms.Form):
    reason = forms.CharField(
        label="Lý do trả lại",
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Nơi gửi đọc được lý do này.",
        error_messages={"required": "Ghi lý do trả lại, để nơi gửi biết cần làm gì."},
    )


class AnswerForm(forms.Form):
    paper = RowByName(
        label="Văn bản trả lời",
        unknown="Trong sổ chưa có văn bản này. Ghi vào sổ trước rồi chọn.",
        help_text="Gõ số hoặc trích yếu rồi chọn trong sổ của đơn vị. Văn bản được gửi lại cho nơi gửi.",
        error_messages={"required": "Chọn văn bản trả lời."},
    )

    def __init__(self, *args: Any, papers: Sequence[IssuedPaper], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["paper"].offer(papers, _words)  # type: ignore[attr-defined]


class TypedAnswerForm(forms.Form):
    number = forms.CharField(
        label="Số, ký hiệu văn bản trả lời",
        max_length=services.ANSWER,
        help_text="Ví dụ: 15/BC-UBND.",
        error_messages={"required": "Ghi số và ký hiệu của văn bản trả lời, ví dụ 15/BC-UBND."},
    )
    day = _day("Ngày trả lời")


class WithdrawForm(forms.Form):
    """Nothing but the yes."""


def _words(paper: IssuedPaper) -> str:
    return f"{paper.date:%d/%m/%Y}{', ' if paper.subject else ''}{paper.subject[:120]}"
