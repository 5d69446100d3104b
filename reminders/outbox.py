"""«Lời nhắc đã gửi»: what was said to the people of a unit, found again; what somebody should look at."""

from __future__ import annotations

import datetime as dt
from typing import Any

import django_filters
from django.db import models
from django.utils import timezone

from core.filters import WordsFilter
from core.paging import search
from reminders.models import Message
from reminders.states import MessageState
from units.models import Person
from units.selectors import standing_of

SORTS = {
    "ngay": ("day",),
    "nguoi": ("person__full_name",),
    "noi-dung": ("purpose", "day"),
    "cach-gui": ("channel", "day"),
    "tinh-trang": ("state", "day"),
}
NEWEST_FIRST = "-ngay"
TO_LOOK_AT = "can-xem"
LOOKED_BACK = dt.timedelta(days=30)
"""What did not arrive before that is past mending: it stays red in the list and is counted no more."""
UNDELIVERED = (MessageState.FAILED.value, MessageState.UNCERTAIN.value, MessageState.MISSED.value)
_FIRST_YEAR = 2025


def visible_messages(user: Any) -> models.QuerySet[Message]:
    """Of the units in which the user has a role today."""
    return Message.objects.filter(unit__in=standing_of(user).unit_ids)


def messages_for_list(user: Any) -> models.QuerySet[Message]:
    return visible_messages(user).select_related("person", "unit").defer("content").annotate(is_resent=_is_resent())


def message_for_page(user: Any) -> models.QuerySet[Message]:
    return (
        visible_messages(user)
        .select_related("person", "unit", "again", "asked_by__person")
        .prefetch_related("notices", models.Prefetch("resent", Message.objects.select_related("asked_by__person")))
        .annotate(is_resent=_is_resent())
    )


def are_to_look_at(today: dt.date) -> models.Q:
    """Lately not delivered, or nobody knows whether, and nobody has sent it again. Rows have ``is_resent``."""
    return models.Q(state__in=UNDELIVERED, is_moot=False, is_resent=False, day__gte=today - LOOKED_BACK)


def counts_to_look_at(user: Any, today: dt.date) -> dict[str, int]:
    """State → how many; states of which there are none are left out. One query."""
    rows = visible_messages(user).annotate(is_resent=_is_resent()).filter(are_to_look_at(today)).order_by()
    return dict(rows.values_list("state").annotate(number=models.Count("pk")))


def _is_resent() -> models.Exists:
    return models.Exists(Message.objects.filter(again=models.OuterRef("pk")))


def _years() -> list[tuple[int, str]]:
    return [(year, str(year)) for year in range(timezone.localdate().year, _FIRST_YEAR - 1, -1)]


class MessageFilter(django_filters.FilterSet):
    """``nam`` is also what the top bar's year sets."""

    q = WordsFilter(label="Tìm người nhận, không cần gõ dấu", method="with_words")
    nam = django_filters.ChoiceFilter(label="Năm", field_name="day__year", choices=_years, empty_label="Mọi năm")
    trang_thai = django_filters.ChoiceFilter(
        label="Kết quả",
        choices=[(TO_LOOK_AT, "Cần xem"), *MessageState.choices],
        method="standing",
        empty_label="Mọi kết quả",
    )
    cach_gui = django_filters.ChoiceFilter(
        "channel", label="Cách gửi", choices=Message.Channel.choices, empty_label="Mọi cách"
    )
    noi_dung = django_filters.ChoiceFilter(
        "purpose", label="Nội dung", choices=Message.Purpose.choices, empty_label="Mọi nội dung"
    )
    nguoi = django_filters.ModelChoiceFilter(
        "person", label="Người nhận", queryset=Person.objects.none(), empty_label="Mọi người"
    )

    class Meta:
        model = Message
        fields: list[str] = []

    def __init__(self, data: Any, *, user: Any) -> None:
        super().__init__(data, queryset=messages_for_list(user))
        told = Message.objects.filter(person=models.OuterRef("pk"), unit__in=standing_of(user).unit_ids)
        self.form.fields["nguoi"].queryset = Person.objects.filter(models.Exists(told)).order_by("full_name", "pk")

    def with_words(self, rows: models.QuerySet[Message], name: str, words: str) -> models.QuerySet[Message]:
        return search(rows, words, "person__search")

    def standing(self, rows: models.QuerySet[Message], name: str, state: str) -> models.QuerySet[Message]:
        return rows.filter(are_to_look_at(timezone.localdate()) if state == TO_LOOK_AT else models.Q(state=state))
