"""One old decision with its lines: typed by keyboard alone, or pasted as a block of cells out of Excel."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms

from awards.collecting.wording import award_choices
from awards.models.common import DeciderKind, RecipientKind
from awards.register.excel_views import SAME_NAMES
from awards.register.forms import MoneyField
from awards.register.old import ISSUER, MOST_LINES, NUMBER, SIGNER, OldDecision, OldLine
from awards.register.resources import converted
from campaigns.running.forms import day_field
from documents.reading.encodings import guess_encoding
from units.models import Unit

ROWS = 10
"""Blank lines that are offered at once."""
COLUMNS = ("name", "kind", "birth_year", "detail", "award", "year", "achievement", "money")


_AWARD = forms.TextInput(attrs={"autocomplete": "off", "list": "awards_list"})
"""One list of offers for all lines."""


class OldDecisionForm(forms.Form):
    use_required_attribute = False

    unit = forms.ChoiceField(label="Vào sổ của đơn vị")
    number = forms.CharField(
        label="Số, ký hiệu quyết định",
        max_length=NUMBER,
        help_text="Ví dụ 45/QĐ-UBND.",
        error_messages={"required": "Ghi số, ký hiệu quyết định, ví dụ 45/QĐ-UBND."},
    )
    day = day_field("Ngày quyết định")
    signer = forms.CharField(label="Người ký", max_length=SIGNER, required=False)
    decider = forms.ChoiceField(label="Người quyết định", choices=DeciderKind.choices)
    issuer_name = forms.CharField(
        label="Cơ quan quyết định", max_length=ISSUER, required=False, help_text="Như in trên quyết định."
    )
    same_name = forms.ChoiceField(
        label="Người cùng tên mà không ghi năm sinh", choices=SAME_NAMES, widget=forms.RadioSelect, initial="mot"
    )

    def __init__(self, *args: Any, units: list[Unit], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].choices = [(str(unit.pk), unit.title) for unit in units]  # type: ignore[attr-defined]
        self.fields["unit"].initial = units[0].pk
        if len(units) == 1:
            self.fields["unit"].widget = forms.HiddenInput()

    def data_said(self) -> OldDecision:
        said = self.cleaned_data
        return OldDecision(said["number"], said["day"], said["signer"], said["issuer_name"], said["decider"])


class LineForm(forms.Form):
    use_required_attribute = False

    name = forms.CharField(label="Họ và tên, tên gọi", required=False, max_length=300)
    kind = forms.ChoiceField(label="Đối tượng", choices=[("", "Tự hiểu"), *RecipientKind.choices], required=False)
    birth_year = forms.IntegerField(
        label="Năm sinh",
        required=False,
        min_value=1850,
        max_value=2100,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
        error_messages={"invalid": "Ghi năm sinh, ví dụ 1980."},
    )
    detail = forms.CharField(label="Chức vụ, đơn vị, địa chỉ", required=False, max_length=400)
    award = forms.CharField(label="Danh hiệu, hình thức", required=False, max_length=300, widget=_AWARD)
    year = forms.IntegerField(
        label="Năm thành tích",
        required=False,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
        error_messages={"invalid": "Ghi năm, ví dụ 2018."},
    )
    achievement = forms.CharField(label="Thành tích", required=False, max_length=5_000)
    money = MoneyField(label="Tiền thưởng", required=False)

    def cells(self) -> list[Any]:
        return [self[name] for name in COLUMNS]


class LineRows:
    """The lines of the form. Blank ones are none; text in an old encoding is made Unicode before it is read."""

    def __init__(self, data: Any | None = None, *, more: int = 0) -> None:
        """``more``: so many lines are added and nothing is checked."""
        given = str(data.get("rows", ROWS)) if data is not None else ""
        count = int(given) if given.isdecimal() and len(given) < 6 else ROWS
        self.count = max(ROWS, min(count + more, MOST_LINES))
        self.offers = [words for _, group in award_choices() for _, words in group]
        clean = _unicode(data, self.count) if data is not None else {}
        if data is not None and not more:
            self.forms = [LineForm(clean, prefix=str(place)) for place in range(self.count)]
        else:
            self.forms = [LineForm(prefix=str(place), initial=_of(clean, place)) for place in range(self.count)]

    def is_valid(self) -> bool:
        return not any(form.errors for form in self.forms)

    @property
    def filled(self) -> list[LineForm]:
        return [form for form in self.forms if any(form.cleaned_data.get(name) for name in COLUMNS)]

    def lines(self) -> list[OldLine]:
        found = []
        for form in self.filled:
            said = form.cleaned_data
            found.append(
                OldLine(
                    name=said["name"],
                    award=said["award"],
                    kind=said["kind"],
                    birth_year=said["birth_year"],
                    detail=said["detail"],
                    year=said["year"],
                    achievement=said["achievement"],
                    money=said["money"],
                )
            )
        return found

    def refuse(self, position: int, field: str, message: str) -> None:
        form = self.filled[position]
        form.add_error(field if field in form.fields else None, message)

    @property
    def errors(self) -> list[tuple[int, str]]:
        """Number of the line, from 1, and what is wrong."""
        return [
            (place, message)
            for place, form in enumerate(self.forms, start=1)
            for messages in form.errors.values()
            for message in messages
        ]


def _of(typed: dict[str, str], place: int) -> dict[str, str]:
    return {name: typed.get(f"{place}-{name}", "") for name in COLUMNS}


def _unicode(data: Any, count: int) -> dict[str, str]:
    names: Sequence[str] = [f"{place}-{name}" for place in range(count) for name in COLUMNS]
    given = {name: str(data.get(name, "")) for name in names}
    encoding = guess_encoding(given.values())
    if encoding is None:
        return given
    return {name: str(converted(text, encoding)) for name, text in given.items()}
