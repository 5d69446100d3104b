"""What the pages of lists ask: which files, and whose rows each holds."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils import timezone

from reminders.asking.forms import SeveralFiles, day_field
from reminders.asking.list_matching import Asked, Lot
from reminders.asking.list_services import MOST_FILES

NOT_TAKEN = "khong"
_FIELD = "lo-"
_CHOOSE, _LEAVE = ("", "Chọn nơi gửi"), (NOT_TAKEN, "Không nhận")


class DropForm(forms.Form):
    use_required_attribute = False

    files = forms.Field(
        label="Các tệp danh sách",
        error_messages={"required": "Hãy chọn ít nhất một tệp."},
        help_text=f"Tệp Excel (.xlsx) hoặc CSV, chọn nhiều tệp một lần; tối đa {MOST_FILES} tệp, mỗi tệp 10 MB. Một "
        "tệp có thể gồm nhiều nơi: mỗi nơi một trang tính, hoặc có cột «Thôn/Đơn vị».",
        widget=SeveralFiles(attrs={"accept": ".xlsx,.csv,.txt", "multiple": True}),
    )


@dataclass(frozen=True, slots=True)
class LotRow:
    """A lot with the field that says whose it is."""

    lot: Lot
    field: Any
    earlier: str
    """What the one it is proposed for has sent already."""


class TakeForm(forms.Form):
    """One select a lot; what a column names without doubt may only be left out."""

    day = day_field("Ngày các nơi gửi", initial=timezone.localdate)
    without_faulty = forms.BooleanField(label="Chỉ nhận các dòng đúng, bỏ lại các dòng lỗi", required=False)

    def __init__(
        self, *args: Any, lots: Sequence[Lot], asked: Sequence[Asked], sent: Mapping[int, str], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.lots, self.sent = list(lots), sent
        every = [(str(one.pk), _with_note(one.name, sent.get(one.pk, ""))) for one in asked]
        self.names = dict(every)
        for lot in self.lots:
            self.fields[f"{_FIELD}{lot.key}"] = self._select(lot, every)
        if not any(lot.faulty for lot in self.lots):
            del self.fields["without_faulty"]

    def _select(self, lot: Lot, every: list[tuple[str, str]]) -> forms.ChoiceField:
        guess = str(lot.guess) if lot.guess else ""
        certain = bool(lot.place and guess)
        choices = [(guess, self.names[guess]), _LEAVE] if certain else [_CHOOSE, _LEAVE, *every]
        return forms.ChoiceField(
            label=f"Nơi gửi của {describe(lot)}",
            choices=choices,
            initial=NOT_TAKEN if lot.is_example else guess,
            error_messages={"required": "Chọn nơi gửi, hoặc «Không nhận»."},
        )

    @property
    def rows(self) -> Iterator[LotRow]:
        for lot in self.lots:
            yield LotRow(lot, self[f"{_FIELD}{lot.key}"], self.sent.get(lot.guess or 0, ""))

    def chosen(self) -> dict[str, int | None]:
        said = {lot.key: self.cleaned_data[f"{_FIELD}{lot.key}"] for lot in self.lots}
        return {key: None if value == NOT_TAKEN else int(value) for key, value in said.items()}

    def refuse(self, field: str, sentence: str) -> None:
        self.add_error(field if field in self.fields else None, sentence)


def describe(lot: Lot) -> str:
    """«thon-dong.xlsx, trang «Sheet1», Thôn Đông»."""
    parts = [lot.file_name, f"trang «{lot.sheet}»" if lot.sheet else "", lot.place]
    return ", ".join(part for part in parts if part)


def _with_note(name: str, sent: str) -> str:
    return f"{name} ({sent})" if sent else name
