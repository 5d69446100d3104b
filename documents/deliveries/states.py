"""How a delivery stands: read from its days, never stored beside them, and what may follow.

{from: {to: permission needed}}.
"""

from __future__ import annotations

from typing import Any

from django.db import models

from core.states import Moves


class DeliveryState(models.TextChoices):
    SENT = "sent", "Đã gửi, chưa nhận"
    RECEIVED = "received", "Đã nhận"
    ANSWERED = "answered", "Đã trả lời"
    RETURNED = "returned", "Trả lại"
    WITHDRAWN = "withdrawn", "Đã thu hồi"


_DAYS = {
    DeliveryState.WITHDRAWN: "withdrawn_on",
    DeliveryState.RETURNED: "returned_on",
    DeliveryState.ANSWERED: "answered_on",
    DeliveryState.RECEIVED: "received_on",
}
"""The first of these days that is there tells the state; where none is, it was only sent."""
DAYS = tuple(_DAYS.values())

MOVES: Moves = {
    DeliveryState.SENT: {
        DeliveryState.RECEIVED: "documents.receive_delivery",
        DeliveryState.RETURNED: "documents.receive_delivery",
        DeliveryState.WITHDRAWN: "documents.withdraw_delivery",
    },
    DeliveryState.RECEIVED: {
        DeliveryState.RECEIVED: "documents.receive_delivery",  # on another day: the first was a slip
        DeliveryState.ANSWERED: "documents.receive_delivery",
        DeliveryState.RETURNED: "documents.receive_delivery",
    },
    DeliveryState.ANSWERED: {
        DeliveryState.ANSWERED: "documents.receive_delivery",  # likewise
        DeliveryState.RECEIVED: "documents.withdraw_delivery",  # the answer's own delivery was withdrawn or returned
    },
    DeliveryState.RETURNED: {},
    DeliveryState.WITHDRAWN: {},
}


def state_of(delivery: Any) -> DeliveryState:
    return next((state for state, day in _DAYS.items() if getattr(delivery, day)), DeliveryState.SENT)


def in_state(state: str) -> models.Q:
    """``state_of`` as a condition; a test holds the two together."""
    condition = models.Q()
    for earlier, day in _DAYS.items():
        if earlier == state:
            return condition & models.Q(**{f"{day}__isnull": False})
        condition &= models.Q(**{f"{day}__isnull": True})
    return condition


def is_open() -> models.Q:
    """Neither returned nor withdrawn: the receiver has the paper or will have it."""
    return models.Q(returned_on__isnull=True, withdrawn_on__isnull=True)
