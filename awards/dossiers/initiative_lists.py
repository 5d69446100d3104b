"""The list of initiatives: filters, order, and the same as a sheet."""

from __future__ import annotations

from typing import Any, ClassVar

import django_filters
from django.db import models
from django.http import QueryDict

from awards.dossiers.known import with_counts
from awards.models import Initiative
from awards.selectors import visible_initiatives
from awards.shipped import award_name
from core.cells import Choice, Day, Words
from core.exporting import Listed
from core.filters import WordsFilter
from core.resources import Column, SheetResource
from core.text import fold
from plans.forms import years
from units.selectors import standing_of

KIND = "awards.initiatives"
SORTS = {
    "ten": ("title",),
    "nam": ("year", "-title"),
    "pham-vi": ("scope", "-year"),
    "cong-nhan": ("is_recognised", "recognised_on"),
    "dung": ("used", "title"),
}
RECOGNISED, WAITING = "da-cong-nhan", "chua-cong-nhan"
USED, FREE = "da-dung", "chua-dung"


class InitiativeFilter(django_filters.FilterSet):
    q = WordsFilter(label="Tìm tên, tác giả, không cần gõ dấu", method="with_words")
    nam = django_filters.ChoiceFilter(label="Năm", field_name="year", choices=years, empty_label="Mọi năm")
    pham_vi = django_filters.ChoiceFilter(
        label="Phạm vi", field_name="scope", choices=Initiative.Scope.choices, empty_label="Mọi phạm vi"
    )
    cong_nhan = django_filters.ChoiceFilter(
        label="Công nhận",
        choices=[(RECOGNISED, "Đã được công nhận"), (WAITING, "Chưa công nhận")],
        method="recognised",
        empty_label="Tất cả",
    )
    dung = django_filters.ChoiceFilter(
        label="Đã dùng", choices=[(USED, "Đã dùng"), (FREE, "Chưa dùng")], method="in_use", empty_label="Tất cả"
    )

    class Meta:
        model = Initiative
        fields: ClassVar[list[str]] = []

    def with_words(self, rows: models.QuerySet[Initiative], name: str, value: str) -> models.QuerySet[Initiative]:
        for word in fold(value).split():
            of_author = Initiative.authors.through.objects.filter(
                initiative=models.OuterRef("pk"), subject__search__contains=word
            )
            rows = rows.filter(models.Q(search__contains=word) | models.Exists(of_author))
        return rows

    def recognised(self, rows: models.QuerySet[Initiative], name: str, value: str) -> models.QuerySet[Initiative]:
        return rows.filter(is_recognised=value == RECOGNISED)

    def in_use(self, rows: models.QuerySet[Initiative], name: str, value: str) -> models.QuerySet[Initiative]:
        used = models.Q(used__gt=0) | ~models.Q(used_for="")
        return rows.filter(used if value == USED else ~used)


def for_list(user: Any) -> models.QuerySet[Initiative]:
    """With ``used``: in how many dossiers that count."""
    return visible_initiatives(user).annotate(**with_counts()).prefetch_related("authors")


class InitiativeResource(SheetResource):
    sheet_name = "Sáng kiến"

    title = Column("title", "Tên sáng kiến, đề tài", Words(500), key=True, width=60)
    author_names = Column("author_names", "Tác giả", Words(), width=36)
    year = Column("year", "Năm", Words(), width=8)
    scope = Column("scope", "Phạm vi ảnh hưởng", Choice(Initiative.Scope.choices), width=20)
    recognised_by = Column("recognised_by", "Quyết định công nhận", Words(300), width=40)
    recognised_on = Column("recognised_on", "Ngày công nhận", Day(), width=14)
    applied_at = Column("applied_at", "Nơi áp dụng", Words(300), width=30)
    used_words = Column("used_words", "Đã dùng làm căn cứ", Words(), width=40)

    class Meta:
        model = Initiative
        fields = (
            "title",
            "author_names",
            "year",
            "scope",
            "recognised_by",
            "recognised_on",
            "applied_at",
            "used_words",
        )
        export_order = fields

    def export_resource(self, instance: Any, selected_fields: Any = None, **kwargs: Any) -> list[Any]:
        instance.author_names = ", ".join(one.name for one in instance.authors.all())
        told = [award_name(instance.used_for)] if instance.used_for else []
        told += [f"{instance.used} hồ sơ trong chương trình"] if instance.used else []
        instance.used_words = "; ".join(told)
        return super().export_resource(instance, selected_fields, **kwargs)


def list_initiatives(user: Any, target_id: int, query: QueryDict) -> Listed:
    """As the page shows it, filters included."""
    rows = InitiativeFilter(query, queryset=for_list(user)).qs.order_by("-year", "title", "pk")
    unit_id = min(standing_of(user).unit_ids, default=0)
    return Listed(InitiativeResource(), rows, "Danh sách sáng kiến", "sang-kien", unit_id)
