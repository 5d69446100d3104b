"""Forms that know who gives the numbers: setting up a series, and a paper whose number the program gives."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

import django_filters
from django import forms
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html

from core.cells import name_key
from core.errors import AppError
from core.forms import RowByName, TypedListInput
from core.text import clean_line, refuse_markup
from documents import issuing, series
from documents.forms import PaperForm
from documents.models import NumberSeries
from units.models import Issuer
from units.selectors import visible_issuers

Mode = NumberSeries.Mode
FIRST_YEAR, LAST_YEAR = 2000, 2100
LARGEST = 9_999_999
BY_PROGRAM = "Chương trình cấp số khi ghi nhận"

MODE_WORDS = [
    (
        Mode.REGISTER,
        "Theo sổ của văn thư: số đã cấp ở sổ giấy hoặc hệ thống quản lý văn bản, ở đây ghi lại. "
        "Nhảy số là bình thường.",
    ),
    (
        Mode.OWN,
        "Chương trình cấp số: khi ghi nhận ban hành, văn bản lấy số liền sau số mới nhất, không trùng, không nhảy. "
        "Chỉ chọn khi sổ này không cấp số ở nơi nào khác.",
    ),
]


class SeriesFilter(django_filters.FilterSet):
    """``nam`` is also what the top bar's year sets."""

    nam = django_filters.ChoiceFilter(label="Năm", field_name="year", empty_label="Mọi năm")
    cq = django_filters.ModelChoiceFilter(
        label="Cơ quan ban hành", field_name="issuer", queryset=Issuer.objects.none(), empty_label="Mọi cơ quan"
    )
    cach = django_filters.ChoiceFilter(
        label="Cách cấp số", field_name="mode", choices=Mode.choices, empty_label="Mọi cách"
    )

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        years = range(timezone.localdate().year + 1, FIRST_YEAR - 1, -1)
        self.form.fields["nam"].choices = [(str(year), str(year)) for year in years]
        self.form.fields["cq"].queryset = visible_issuers(user).order_by("unit__name", "pk")


class SeriesForm(forms.Form):
    """How a series is kept. The counter is set only where the person wrote another number than was shown."""

    mode = forms.ChoiceField(label="Cách cấp số", choices=MODE_WORDS, widget=forms.RadioSelect)
    last_number = forms.IntegerField(
        label="Số mới nhất",
        min_value=0,
        max_value=LARGEST,
        required=False,
        show_hidden_initial=True,
        help_text="Số cao nhất đã cấp trong sổ. Chương trình cấp số thì cấp tiếp từ số sau số này.",
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off", "class": "short"}),
    )

    def wanted(self) -> dict[str, Any]:
        """Arguments of ``series.set_up``, of those that stand on the page."""
        last = self.cleaned_data["last_number"] if "last_number" in self.changed_data else None
        return {"mode": self.cleaned_data["mode"], "last_number": last}


class OpenSeriesForm(SeriesForm):
    """A series before its first number."""

    issuer = RowByName(label="Cơ quan ban hành", unknown="Không có cơ quan ban hành này ở đơn vị của bạn.")
    symbol = forms.CharField(
        label="Ký hiệu",
        max_length=issuing.SYMBOL,
        required=False,
        widget=TypedListInput,
        help_text="Ví dụ: KH-HĐTĐKT. Cơ quan dùng một sổ chung cho mọi văn bản thì để trống.",
    )
    year = forms.IntegerField(
        label="Năm",
        min_value=FIRST_YEAR,
        max_value=LAST_YEAR,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off", "class": "short"}),
    )
    field_order = ("issuer", "symbol", "year", "mode", "last_number")

    def __init__(self, *args: Any, issuers: Sequence[Issuer], symbols: Sequence[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.symbols = symbols
        self.fields["issuer"].offer(issuers, lambda issuer: issuer.unit.title)  # type: ignore[attr-defined]
        self.fields["symbol"].widget.offers = list(symbols)  # type: ignore[attr-defined]
        if len(issuers) == 1:
            self.initial.setdefault("issuer", issuers[0])

    def clean_symbol(self) -> str:
        """As it is written on papers that are there, whatever capitals were typed now."""
        text = self.cleaned_data["symbol"].strip("/ ")
        try:
            text = refuse_markup(clean_line(text, limit=issuing.SYMBOL, name="Ký hiệu"), name="Ký hiệu")
        except AppError as error:
            raise ValidationError(str(error)) from None
        return next((symbol for symbol in self.symbols if name_key(symbol) == name_key(text)), text)

    def clean(self) -> None:
        issuer = self.cleaned_data.get("issuer")
        if issuer and not issuer.series and not self.cleaned_data.get("symbol") and "symbol" not in self.errors:
            self.add_error("symbol", "Hãy ghi ký hiệu: cơ quan này có sổ riêng cho từng ký hiệu.")

    def wanted(self) -> dict[str, Any]:
        return super().wanted() | {name: self.cleaned_data[name] for name in ("issuer", "symbol", "year")}


class NumberedPaperForm(PaperForm):
    """A paper that is issued now: its number is not asked where the program gives it.

    Symbol and day name the series, so what was typed there decides anew each time the page comes back.
    """

    def __init__(self, *args: Any, issuer: Issuer, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.series = series.series_for(issuer, self._symbol(), self._day().year)
        self.coming_number = series.coming_number(self.series, self._symbol()) if self.is_counted else ""
        if self.is_counted:
            self._ask_no_number()

    @property
    def is_counted(self) -> bool:
        return self.series.mode == Mode.OWN

    def clean(self) -> None:
        super().clean()
        if self.is_counted:
            self.cleaned_data["number"] = ""
        if self.is_counted and self._typed("number"):
            self.add_error(
                "number",
                f"Số của sổ «{self.series}» do chương trình cấp, nên số vừa ghi đã được bỏ. "
                "Bấm ghi nhận lần nữa để lấy số.",
            )
        elif not self.is_counted and not self._typed("number"):
            self._errors.pop("number", None)
            self.add_error("number", f"Số của sổ «{self.series}» do văn thư cấp; hãy ghi số trên văn bản.")

    def doubts(self) -> list[tuple[str, str]]:
        """What the signed copy contradicts; the number that the counter would give stands for the one not typed."""
        if self.findings is None:
            return []
        if not self.is_counted:
            return self.findings.doubts(self.typed())
        return self.findings.doubts(self.typed() | {"number": self.coming_number}, where="chương trình sẽ")

    def _ask_no_number(self) -> None:
        field = self.fields["number"]
        field.disabled, self.initial["number"] = True, BY_PROGRAM
        field.help_text = format_html(
            'Số tiếp theo của sổ «{}» là {}. <a href="{}">Xem Sổ số</a>',
            self.series,
            self.coming_number,
            reverse("documents:series_list"),
        )

    def _typed(self, name: str) -> str:
        value = self.data.get(self.add_prefix(name)) if self.is_bound else self.initial.get(name)
        return str(value or "").strip()

    def _symbol(self) -> str:
        return self._typed("symbol").lstrip("/ ") or self._typed("number").partition("/")[2].strip()

    def _day(self) -> dt.date:
        """As typed; today where that is none, for then the page comes back anyway."""
        value = self.data.get(self.add_prefix("date")) if self.is_bound else self.initial.get("date")
        try:
            return self.fields["date"].clean(value)
        except ValidationError:
            return timezone.localdate()
