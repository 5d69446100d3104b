"""The page of the pledge as one form: its text, place and day, and a row for everybody who signs."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django import forms

from campaigns.taking_part.pledges import NAME, PLACE, POST, PledgeData, Signing
from core.errors import UnfitRow
from documents.forms import AskedForm
from documents.signed import Outcome
from documents.signed.comparing import compare
from documents.tree import Paper
from reminders.asking.forms import day_field

BLANK_ROWS = 2
UP, DOWN, DROP, FILL = "len", "xuong", "bo", "lay"
"""What a button of the page does besides saving; the first three with the number of a row."""
_NAMES = {"body": "don_vi", "post": "chuc_vu", "name": "ho_ten"}


@dataclass(frozen=True, slots=True)
class ShownRow:
    number: int
    """From 0."""
    cells: Sequence[tuple[str, str, str, int]]
    """Name of the input, label, value, longest."""
    is_first: bool
    is_last: bool
    is_blank: bool
    field: str = ""
    error: str = ""
    """At which of the row's fields, and what."""


class PledgeForm(forms.Form):
    body = forms.CharField(
        label="Nội dung giao ước",
        help_text="Mỗi đoạn, mỗi ý một dòng; ý bắt đầu bằng «1.», «a)» hoặc «-».",
        widget=forms.Textarea(attrs={"rows": 16}),
        error_messages={"required": "Ghi nội dung giao ước."},
    )
    place = forms.CharField(label="Địa danh", required=False, max_length=PLACE)
    signed_on = day_field("Ngày ký", "Để trống nếu chưa ký.", required=False)
    version = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, there: PledgeData, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.typed = self._typed() if self.is_bound else [*there.signatories]
        self.refused: UnfitRow | None = None

    def _typed(self) -> list[Signing]:
        columns = [self.data.getlist(name) for name in _NAMES.values()]  # type: ignore[attr-defined]
        return [Signing(*cells) for cells in zip(*columns, strict=False)]

    def rows(self) -> list[ShownRow]:
        """Those typed, and blank ones to type in."""
        filled = [one for one in self.typed if not one.is_blank]
        count = len(filled)
        return [self._row(at, one, count) for at, one in enumerate([*filled, *[Signing("")] * BLANK_ROWS])]

    def _row(self, at: int, one: Signing, count: int) -> ShownRow:
        cells = (
            (_NAMES["body"], "Đơn vị", one.body, 300),
            (_NAMES["post"], "Chức vụ", one.post, POST),
            (_NAMES["name"], "Họ và tên", one.name, NAME),
        )
        refused = self.refused if self.refused and self.refused.position == at else None
        return ShownRow(
            at,
            cells,
            at == 0,
            at == count - 1,
            one.is_blank,
            _NAMES.get(refused.field, "") if refused else "",
            str(refused or ""),
        )

    def refuse(self, error: UnfitRow) -> None:
        self.refused = error
        self.add_error(None, f"Người ký {error.position + 1}: {error}")

    def read(self) -> PledgeData:
        said = self.cleaned_data
        rows = tuple(one for one in self.typed if not one.is_blank)
        return PledgeData(said["body"], said["place"], said["signed_on"], rows)


class SignedForm(AskedForm):
    """When the pledge was signed, with the copy; of one that is recorded already only the copy."""

    date = day_field("Ngày ký", "Như ghi trên bản đã ký.")
    version = forms.IntegerField(required=False, widget=forms.HiddenInput)
    field_order: tuple[str, ...] = ("signed_file", "date", "confirmed")

    def __init__(self, *args: Any, is_signed: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if is_signed:
            del self.fields["date"], self.fields["version"]

    def agrees_with(self, issued: Paper | str, day: dt.date) -> bool:
        """Whether the copy says what is kept here; where it does not, the person is asked once."""
        if self.kept_file is None or self.findings is None:
            return True
        doubts = [("signed_file", self.findings.doubt)] if self.findings.doubt else []
        there = self.findings.values.get("date")
        if there and there != day:
            doubts.append(("date", f"Tệp đã ký ghi ngày {there:%d/%m/%Y}."))
        found = compare(issued, self.findings.file, issued_as="bản soạn ở đây")
        if found.outcome is Outcome.DIFFER:
            doubts.append(("signed_file", found.sentence))
        return self.ask(doubts)


def moved(rows: Sequence[Signing], act: str) -> tuple[tuple[Signing, ...], int | None]:
    """The rows after ``len-3`` and the like, and where the row stands now; others change nothing."""
    name, _, number = act.partition("-")
    at = int(number) if number.isdecimal() and len(number) < 5 else -1
    found = list(rows)
    if not 0 <= at < len(found):
        return tuple(found), None
    if name == DROP:
        found.pop(at)
        return tuple(found), min(at, len(found) - 1)
    to = at - 1 if name == UP else at + 1 if name == DOWN else at
    if not 0 <= to < len(found):
        return tuple(found), at
    found[at], found[to] = found[to], found[at]
    return tuple(found), to
