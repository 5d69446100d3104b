"""Đơn vị cấp dưới × việc: who has sent what, on which day, how late; read from deliveries and from what was entered.

Four queries, however many units and requests there are.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import models

from documents.deliveries.states import DeliveryState, is_open
from documents.models import Delivery
from reminders.asking.presenters import Shown
from reminders.lateness import days_late
from reminders.models import Answer, Ask, Request
from reminders.states import RequestState
from units.selectors import standing_of

_ANSWERED = DeliveryState.ANSWERED
COLUMNS = 10
"""Requests side by side on one page."""


@dataclass(frozen=True, slots=True)
class Cell:
    ask: int
    request: int
    state: Shown
    is_missing: bool
    is_late: bool
    day: dt.date | None = None


@dataclass(frozen=True, slots=True)
class Total:
    asked: int
    sent: int

    @property
    def missing(self) -> int:
        return self.asked - self.sent


@dataclass(frozen=True, slots=True)
class Grid:
    requests: list[Request]
    cells: dict[tuple[int, int], Cell]
    """Unit and request → cell."""

    def row(self, unit_id: int) -> list[Cell | None]:
        return [self.cells.get((unit_id, request.pk)) for request in self.requests]

    def missing_of(self, unit_id: int) -> int:
        return sum(cell.is_missing for cell in self.row(unit_id) if cell)

    @property
    def units_missing(self) -> set[int]:
        return {unit for (unit, _), cell in self.cells.items() if cell.is_missing}

    @property
    def units(self) -> set[int]:
        return {unit for unit, _ in self.cells}

    def totals(self, units: Collection[int]) -> list[Total]:
        found = []
        for request in self.requests:
            column = [cell for (unit, pk), cell in self.cells.items() if pk == request.pk and unit in units]
            found.append(Total(len(column), sum(not cell.is_missing for cell in column)))
        return found


def open_requests(user: Any) -> models.QuerySet[Request]:
    """To units below, still waiting, the nearest day first."""
    own = standing_of(user).unit_ids
    asked = Ask.objects.filter(request=models.OuterRef("pk"), lower__isnull=False)
    rows = Request.objects.filter(models.Exists(asked), unit__in=own, state=RequestState.ASKED)
    return rows.select_related("paper", "unit").order_by("due", "pk")


def grid_of(requests: Sequence[Request], today: dt.date) -> Grid:
    asks = list(
        Ask.objects.filter(request__in=[request.pk for request in requests], lower__isnull=False)
        .select_related("delivery")
        .order_by("pk")
    )
    days = _answered(asks, requests)
    by_pk = {request.pk: request for request in requests}
    cells = {
        (int(ask.lower_id or 0), ask.request_id): _cell(ask, by_pk[ask.request_id], days.get(ask.pk), today)
        for ask in asks
        if not _is_withdrawn(ask) or ask.pk in days
    }
    return Grid(list(requests), cells)


def _is_withdrawn(ask: Ask) -> bool:
    return ask.delivery is not None and ask.delivery.withdrawn_on is not None


def _cell(ask: Ask, request: Request, day: dt.date | None, today: dt.date) -> Cell:
    if day is not None:
        late = days_late(request.due, day)
        shown = Shown("done", f"Đã gửi {day:%d/%m}", f"muộn {late} ngày" if late else "")
        return Cell(ask.pk, request.pk, shown, is_missing=False, is_late=bool(late), day=day)
    late = days_late(request.due, today)
    note = f"quá {late} ngày" if late else ""
    if ask.delivery is not None and ask.delivery.returned_on:
        return Cell(ask.pk, request.pk, Shown("returned", "Trả lại", note), is_missing=True, is_late=bool(late))
    shown = Shown("overdue", "Quá hạn", note) if late else Shown("waiting", "Chưa gửi")
    return Cell(ask.pk, request.pk, shown, is_missing=True, is_late=bool(late))


def _answered(asks: Sequence[Ask], requests: Sequence[Request]) -> dict[int, dt.date]:
    """Ask → the day on which its answer came: by a paper that was delivered, or as the office entered it."""
    entered = Answer.objects.filter(ask__in=[ask.pk for ask in asks], returned_at=None).order_by("-pk")
    days = dict(entered.values_list("ask", "day"))
    answered = [(ask.pk, ask.delivery) for ask in asks if ask.delivery is not None and ask.delivery.state == _ANSWERED]
    back = _received([delivery for _, delivery in answered], {request.unit_id for request in requests})
    for pk, delivery in answered:
        sent = delivery.answered_on
        day = back.get((delivery.answered_by_id, delivery.receiver_id, delivery.sender_id), sent)
        days[pk] = min(filter(None, (day, days.get(pk))))
    return days


def _received(answered: Sequence[Delivery], units: Collection[int]) -> dict[tuple[Any, Any, Any], dt.date]:
    """Answering paper, its sender, its receiver → the day on which it was received: that day counts for lateness."""
    papers = {delivery.answered_by_id for delivery in answered}
    rows = Delivery.objects.filter(is_open(), paper__in=papers, receiver__in=units, received_on__isnull=False)
    return {(paper, sender, to): day for paper, sender, to, day in rows.values_list(*_BACK)}


_BACK = ("paper", "sender", "receiver", "received_on")
