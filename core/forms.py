"""Fields that every form shares."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from django import forms
from django.db import models
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from core.text import fold


class TypedListInput(forms.TextInput):
    """A text field that offers what may be typed: long lists are typed, not scrolled."""

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__({"autocomplete": "off", **(attrs or {})})
        self.offers: list[str] = []

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        list_id = f"{(attrs or {}).get('id', name)}_list"
        field = super().render(name, value, {**(attrs or {}), "list": list_id}, renderer)
        options = format_html_join("", '<option value="{}"></option>', ((offer,) for offer in self.offers))
        return format_html('{}<datalist id="{}">{}</datalist>', field, list_id, options)


class RowByName(forms.CharField):
    """A row chosen by typing its name, marks or not; the cleaned value is the row or None.

    ``rows`` are read once for the whole form. Rows of one name are told apart by ``more_of``,
    shown in brackets.
    """

    widget = TypedListInput

    def __init__(
        self,
        rows: Iterable[models.Model] = (),
        *,
        more_of: Callable[[Any], str] = lambda row: "",
        unknown: str = "Không có tên này trong danh sách.",
        **kwargs: Any,
    ) -> None:
        super().__init__(max_length=300, **kwargs)
        self.unknown = unknown
        self.offer(rows, more_of)

    def offer(self, rows: Iterable[models.Model], more_of: Callable[[Any], str] = lambda row: "") -> None:
        self.labels: dict[Any, str] = {}
        self.rows: dict[str, list[models.Model]] = {}
        for row in rows:
            more = more_of(row)
            label = f"{row} ({more})" if more else str(row)
            self.labels[row.pk] = label
            for words in {fold(label), fold(str(row))}:
                self.rows.setdefault(words, []).append(row)
        self.widget.offers = list(self.labels.values())

    def prepare_value(self, value: Any) -> Any:
        if isinstance(value, models.Model):
            return self.labels.get(value.pk, str(value))
        return self.labels.get(value, value)

    def clean(self, value: Any) -> Any:
        text = super().clean(value)
        if not text:
            return None
        found = self.rows.get(fold(text), [])
        if len(found) == 1:
            return found[0]
        if found:
            raise forms.ValidationError("Có nhiều dòng cùng tên này; hãy chọn dòng có ghi thêm trong ngoặc.")
        raise forms.ValidationError(self.unknown)

    def has_changed(self, initial: Any, data: Any) -> bool:
        return str(self.prepare_value(initial) or "") != str(data or "")
