"""What the pages of units below ask: by which paper, what, until when."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import django_filters
from django import forms
from django.db import models

from core.filters import WordsFilter
from core.forms import RowByName
from documents.models import IssuedPaper
from reminders.asking import values
from reminders.asking.forms import day_field
from reminders.asking.values import RequestData
from units.models import Person, Unit

_MISSING = [("con-thieu", "Còn thiếu"), ("gui-du", "Đã gửi đủ")]


class LowerFilter(django_filters.FilterSet):
    """``missing``: ids of units that lack something."""

    q = WordsFilter(label="Tìm đơn vị, không cần gõ dấu")
    tinh_trang = django_filters.ChoiceFilter(
        label="Tình trạng", choices=_MISSING, method="standing", empty_label="Tất cả"
    )

    def __init__(self, *args: Any, missing: set[int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.missing = missing

    def standing(self, rows: models.QuerySet[Unit], name: str, value: str) -> models.QuerySet[Unit]:
        wanted = models.Q(pk__in=self.missing)
        return rows.filter(wanted if value == "con-thieu" else ~wanted)


class LowerRequestForm(forms.Form):
    use_required_attribute = False

    paper = RowByName(
        label="Văn bản yêu cầu",
        unknown="Không có văn bản này trong các văn bản đã gửi cho cấp dưới. Gửi văn bản trước rồi chọn.",
        help_text="Gõ số hoặc trích yếu rồi chọn. Mọi đơn vị cấp dưới đã được gửi văn bản này đều được yêu cầu.",
        error_messages={"required": "Chọn văn bản yêu cầu."},
    )
    title = forms.CharField(
        label="Yêu cầu gửi gì",
        max_length=values.TITLE,
        help_text="Ví dụ: Báo cáo công tác thi đua, khen thưởng 6 tháng đầu năm.",
        error_messages={"required": "Ghi yêu cầu các đơn vị gửi gì."},
    )
    due = day_field("Hạn gửi")
    body = forms.CharField(
        label="Nội dung, cách làm",
        required=False,
        help_text="Đơn vị nhận đọc được ở trang văn bản đã nhận.",
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    follower = RowByName(
        label="Người theo dõi",
        required=False,
        unknown="Chưa có người này trong danh sách Nhân sự của đơn vị.",
        help_text="Gõ tên rồi chọn. Người này được nhắc khi còn đơn vị chưa gửi.",
    )

    def __init__(self, *args: Any, papers: Sequence[IssuedPaper], people: Sequence[Person], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["paper"].offer(papers, _words)  # type: ignore[attr-defined]
        self.fields["follower"].offer(people, lambda one: one.post)  # type: ignore[attr-defined]

    def read(self) -> RequestData:
        said = self.cleaned_data
        return RequestData(
            title=said["title"], due=said["due"], parts=(), body=said["body"], follower=said["follower"]
        )


def _words(paper: IssuedPaper) -> str:
    return f"{paper.date:%d/%m/%Y}{', ' if paper.subject else ''}{paper.subject[:120]}"
