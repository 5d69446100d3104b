"""What the pages of certificates ask. Whether it fits is said by the services."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Any

from django import forms
from django.utils import timezone

from awards.certificates.layouts import FIELD_WORDS, Field, Place, layout_of, stock_places
from awards.certificates.reissuing import DETAIL, NAME, REASON, Asked
from awards.certificates.runs import CITATION, Wanted
from awards.certificates.stocks import CROSS, StockData
from awards.models import Decision, Grant, Reissue, Stock
from awards.shipped import shipped_awards
from campaigns.running.forms import day_field
from core.errors import UnfitField

_SHORT = {"class": "short", "autocomplete": "off"}
_NOT_A_NUMBER = "Ghi số đo bằng mm, ví dụ 50 hoặc 51,5."


def show_at_field(form: forms.Form, error: Exception) -> None:
    field = error.field if isinstance(error, UnfitField) else ""
    form.add_error(field if field in form.fields else None, str(error))


class MillimetreField(forms.DecimalField):
    def __init__(self, **kwargs: Any) -> None:
        errors = {"invalid": _NOT_A_NUMBER, "required": _NOT_A_NUMBER, "max_digits": _NOT_A_NUMBER}
        widget = forms.TextInput(attrs={**_SHORT, "inputmode": "decimal"})
        limits = {"min_value": 0, "max_value": 300, "max_digits": 5, "decimal_places": 1}
        super().__init__(error_messages=errors, widget=widget, localize=True, **limits | kwargs)


class PrintForm(forms.Form):
    use_required_attribute = False

    stock = forms.ChoiceField(label="Phôi, máy in", required=False)
    citation = forms.CharField(
        label="Lời ghi thành tích chung",
        max_length=CITATION,
        required=False,
        help_text="Để trống: giấy khen in thành tích của từng người, danh hiệu in năm.",
    )

    def __init__(self, *args: Any, stocks: Sequence[Stock], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.stocks = {str(one.pk): one for one in stocks}
        choices = [(key, str(one)) for key, one in self.stocks.items()]
        if not any(one.mode == Stock.Mode.FULL and not one.award for one in stocks):
            choices.insert(0, ("", "Giấy trắng, in cả giấy khen"))
        fields: dict[str, Any] = self.fields
        fields["stock"].choices = choices
        fields["stock"].error_messages["invalid_choice"] = "Chọn một phôi, máy in trong danh sách."

    def wanted(self, grant_ids: Iterable[int]) -> Wanted:
        said = self.cleaned_data
        return Wanted(self.stocks.get(said["stock"]), tuple(grant_ids), said["citation"])


class HandedForm(forms.Form):
    use_required_attribute = False

    day = day_field("Ngày trao")


class ConfirmForm(forms.Form):
    use_required_attribute = False

    confirmed_by = forms.CharField(
        label="Ai xác nhận",
        max_length=120,
        help_text="Ví dụ: Từng người ký vào danh sách; Hiệu trưởng Trường Tiểu học số 1.",
        error_messages={"required": "Ghi ai xác nhận, ví dụ: Từng người ký vào danh sách."},
    )
    confirmed_on = day_field("Ngày xác nhận")


class ReissueForm(forms.Form):
    use_required_attribute = False

    kind = forms.ChoiceField(
        label="Việc",
        choices=Reissue.Kind.choices,
        widget=forms.RadioSelect,
        help_text="Cấp đổi: nộp lại bản cũ (rách, in sai). Cấp lại: bản cũ đã mất.",
        error_messages={"required": "Chọn cấp đổi hoặc cấp lại."},
    )
    reason = forms.CharField(
        label="Lý do",
        max_length=REASON,
        help_text="Ví dụ: in sai họ tên, bị rách, bị mất do mưa bão.",
        error_messages={"required": "Ghi lý do, ví dụ: bị rách, bị mất, in sai họ tên."},
    )
    asked_on = day_field("Ngày đề nghị")
    name = forms.CharField(
        label="Tên in trên bản mới", max_length=NAME, help_text="Sửa ở đây nếu bản cũ ghi sai; quyết định giữ nguyên."
    )
    detail = forms.CharField(label="Chức vụ, đơn vị, địa chỉ in trên bản mới", max_length=DETAIL, required=False)
    decision = forms.ChoiceField(label="Theo quyết định đính chính", required=False)

    def __init__(self, *args: Any, grant: Grant, corrections: Sequence[Decision], **kwargs: Any) -> None:
        initial = {"name": grant.name, "detail": grant.detail, "asked_on": timezone.localdate()}
        super().__init__(*args, initial=initial, **kwargs)
        self.corrections = {str(one.pk): one for one in corrections}
        fields: dict[str, Any] = self.fields
        fields["name"].error_messages["required"] = "Ghi tên in trên bản mới."
        fields["decision"].choices = [("", "Không có"), *((key, str(one)) for key, one in self.corrections.items())]
        if not corrections:
            del self.fields["decision"]

    def said(self) -> Asked:
        data = self.cleaned_data
        decision = self.corrections.get(data.get("decision", ""))
        return Asked(data["kind"], data["reason"], data["asked_on"], data["name"], data["detail"], decision)


class GivenForm(forms.Form):
    use_required_attribute = False

    day = day_field("Ngày cấp")


# -- Stocks --------------------------------------------------------------------------------


class StockForm(forms.Form):
    use_required_attribute = False

    name = forms.CharField(
        label="Tên phôi, máy in",
        max_length=120,
        help_text="Ví dụ: Phôi Giấy khen, máy Canon phòng Văn hóa.",
        error_messages={"required": "Đặt tên phôi và máy in, ví dụ: Phôi Giấy khen, máy Canon phòng Văn hóa."},
    )
    mode = forms.ChoiceField(
        label="Cách in",
        choices=Stock.Mode.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Chọn một cách in."},
    )
    award = forms.ChoiceField(
        label="Dùng cho", required=False, help_text="Bằng Gia đình văn hóa khổ A5, các loại khác khổ A4 nằm ngang."
    )
    emblem = forms.FileField(
        label="Hình Quốc huy, biểu tượng",
        required=False,
        widget=forms.FileInput(attrs={"accept": "image/png,image/jpeg"}),
        help_text="Ảnh PNG hoặc JPEG, in trong khung 28 × 28 mm giữa phía trên. Chương trình không có sẵn hình Quốc "
        "huy; chưa tải hình lên thì chỗ này để trống.",
    )
    drops_emblem = forms.BooleanField(label="Bỏ hình đang dùng", required=False)
    has_code = forms.BooleanField(
        label="In mã QR tra cứu", required=False, help_text="18 × 18 mm, phía trên số quyết định."
    )
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, stock: Stock | None = None, **kwargs: Any) -> None:
        initial = {"mode": Stock.Mode.FULL}
        if stock is not None:
            initial = {name: getattr(stock, name) for name in ("name", "mode", "award", "has_code", "version")}
        super().__init__(*args, initial=initial, **kwargs)
        fields: dict[str, Any] = self.fields
        fields["award"].choices = [("", "Mọi loại")] + [(one.code, one.name) for one in shipped_awards().values()]
        if stock is None or stock.emblem_id is None:
            del self.fields["drops_emblem"]

    def data_said(self) -> StockData:
        said = self.cleaned_data
        return StockData(said["name"], said["mode"], said["award"], said["has_code"])


class PlacesForm(forms.Form):
    """Five fields a line: printed or not, x, y, width, size."""

    use_required_attribute = False

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, stock: Stock, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        layout = layout_of(stock.award)
        shown = stock_places(layout, stock.places)
        places = layout.places | _kept(stock, layout.places)
        self.initial["version"] = stock.version
        for name in Field:
            self.fields[f"{name}_shown"] = forms.BooleanField(required=False)
            self.initial[f"{name}_shown"] = stock.has_code if name is Field.CODE else name in shown
            for part in ("x", "y", "width", "size"):
                self.fields[f"{name}_{part}"] = MillimetreField()
                self.initial[f"{name}_{part}"] = Decimal(f"{getattr(places[name], part):.1f}")

    def rows(self) -> list[dict[str, Any]]:
        return [
            {
                "words": FIELD_WORDS[name],
                "shown": self[f"{name}_shown"],
                "cells": [(self[f"{name}_{part}"], words) for part, words in _PARTS],
                "errors": [error for part in ("x", "y", "width", "size") for error in self[f"{name}_{part}"].errors],
            }
            for name in Field
        ]

    def places(self) -> dict[Field, tuple[bool, Place]]:
        said = self.cleaned_data
        return {
            name: (
                said[f"{name}_shown"],
                Place(*(float(said[f"{name}_{part}"]) for part in ("x", "y", "width", "size"))),
            )
            for name in Field
        }

    def show(self, error: UnfitField) -> None:
        at = f"{error.field}_x"
        self.add_error(at if at in self.fields else None, str(error))


_PARTS = (("x", "từ mép trái"), ("y", "từ mép trên"), ("width", "bề rộng"), ("size", "cỡ chữ"))


def _kept(stock: Stock, places: dict[Field, Place]) -> dict[Field, Place]:
    return {
        name: Place(*(float(stock.places[name][part]) for part in ("x", "y", "width", "size")))
        for name in places
        if name in stock.places
    }


class CalibrateForm(forms.Form):
    use_required_attribute = False

    measured_x = MillimetreField(label="Từ mép trái đến chữ thập A (mm)", help_text=f"Đúng ra là {CROSS[0]:g} mm.")
    measured_y = MillimetreField(label="Từ mép trên đến chữ thập A (mm)", help_text=f"Đúng ra là {CROSS[1]:g} mm.")
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
