"""Văn bản gửi, nhận: the two lists, filtered, sorted and taken into Excel."""

from __future__ import annotations

from typing import Any, ClassVar

import django_filters
from django import forms
from django.db import models
from django.http import QueryDict
from django.utils import timezone

from core.cells import Choice, Day, Words
from core.exporting import Listed
from core.filters import WordsFilter
from core.resources import Column, SheetResource
from documents.deliveries import selectors
from documents.deliveries.states import DeliveryState, in_state
from documents.models import Delivery
from units.selectors import units_of

SENT, RECEIVED = "sent", "received"
TITLES = {SENT: "Văn bản đã gửi", RECEIVED: "Văn bản nhận được"}
SORTS = {
    "van-ban": ("paper__kind", "paper__subject"),
    "noi-gui": ("sender__name",),
    "noi-nhan": ("receiver_words",),
    "ngay-gui": ("sent_on",),
    "ngay-nhan": ("received_or_last",),
}
NEWEST_FIRST = "-ngay-gui"
_FIRST_YEAR = 2000


def deliveries_for_list(user: Any, side: str) -> models.QuerySet[Delivery]:
    return selectors.sent_deliveries(user) if side == SENT else selectors.received_deliveries(user)


def _years() -> list[tuple[int, str]]:
    return [(year, str(year)) for year in range(timezone.localdate().year, _FIRST_YEAR - 1, -1)]


class DeliveryFilter(django_filters.FilterSet):
    """``nam`` is also what the top bar's year sets; ``vb`` is one paper, from the pages that show it."""

    q = WordsFilter()
    nam = django_filters.ChoiceFilter(label="Năm", field_name="sent_on__year", choices=_years, empty_label="Mọi năm")
    trang_thai = django_filters.ChoiceFilter(
        label="Tình trạng", choices=DeliveryState.choices, method="standing", empty_label="Mọi tình trạng"
    )
    vb = django_filters.NumberFilter(field_name="paper", widget=forms.HiddenInput)

    def standing(self, rows: models.QuerySet[Delivery], name: str, value: str) -> models.QuerySet[Delivery]:
        return rows.filter(in_state(value))


class DeliveryResource(SheetResource):
    sheet_name: ClassVar[str] = "Văn bản gửi, nhận"

    number = Column("paper__full_number", "Số, ký hiệu", Words(), width=18)
    date = Column("paper__date", "Ngày văn bản", Day(), width=14)
    kind = Column("paper__kind", "Tên loại", Words(), width=16)
    subject = Column("paper__subject", "Trích yếu", Words(), width=50)
    sender = Column("sender__title", "Nơi gửi", Words(), width=24)
    receiver = Column("receiver_title", "Nơi nhận", Words(), width=24)
    purpose = Column("purpose", "Mục đích gửi", Words(), width=20)
    way = Column("way", "Cách gửi", Choice(Delivery.Way.choices), width=24)
    sent_on = Column("sent_on", "Ngày gửi", Day(), width=14)
    received_on = Column("received_on", "Ngày nhận", Day(), width=14)
    state = Column("state", "Tình trạng", Choice(DeliveryState.choices), width=20)
    returned_on = Column("returned_on", "Ngày trả lại", Day(), width=14)
    return_reason = Column("return_reason", "Lý do trả lại", Words(), width=30)
    answered_on = Column("answered_on", "Ngày trả lời", Day(), width=14)
    answer = Column("answer_words", "Trả lời bằng", Words(), width=24)

    class Meta:
        model = Delivery
        fields = (
            *("number", "date", "kind", "subject", "sender", "receiver", "purpose", "way"),
            *("sent_on", "received_on", "state", "returned_on", "return_reason", "answered_on", "answer"),
        )
        export_order = fields

    def number_of(self, row: Any, position: int) -> int:
        return position


def list_sent(user: Any, target_id: int, query: QueryDict) -> Listed:
    return _listed(user, SENT, "van-ban-da-gui", query)


def list_received(user: Any, target_id: int, query: QueryDict) -> Listed:
    return _listed(user, RECEIVED, "van-ban-nhan-duoc", query)


def _listed(user: Any, side: str, file_name: str, query: QueryDict) -> Listed:
    rows = DeliveryFilter(query, deliveries_for_list(user, side)).qs.order_by("-sent_on", "-pk")
    unit_id = units_of(user).values_list("pk", flat=True).first() or 0
    return Listed(DeliveryResource(), rows, TITLES[side], file_name, unit_id)
