"""Filters that every list shares."""

from __future__ import annotations

from typing import Any

import django_filters
from django import forms
from django.db import models

from core.paging import search


class WordsFilter(django_filters.CharFilter):
    """``?q=``: every word stands in the row's folded words, marks or not."""

    def __init__(self, *, label: str = "Tìm, không cần gõ dấu", **kwargs: Any) -> None:
        kwargs.setdefault("widget", forms.TextInput(attrs={"type": "search", "autocomplete": "off"}))
        super().__init__(label=label, max_length=100, **kwargs)

    def filter(self, qs: models.QuerySet, value: str) -> models.QuerySet:
        return search(qs, value) if value else qs


class ValidityFilter(django_filters.ChoiceFilter):
    """Rows with dates: in force today, or also those that ended or are to come."""

    def __init__(self, *, label: str = "Tình trạng", **kwargs: Any) -> None:
        choices = [("dang-dung", "Đang hoạt động"), ("da-thoi", "Đã thôi")]
        super().__init__(label=label, choices=choices, empty_label="Tất cả", **kwargs)

    def filter(self, qs: Any, value: str) -> models.QuerySet:
        if value == "dang-dung":
            return qs.on()
        return qs.exclude(pk__in=qs.on().order_by().values("pk")) if value == "da-thoi" else qs
