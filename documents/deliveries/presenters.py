"""Deliveries told to the person at the screen, from rows already read."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from documents.deliveries import selectors
from documents.deliveries.states import DeliveryState
from documents.models import Delivery, IssuedPaper

SHOWN = 5
_WORDS = {
    DeliveryState.SENT: "chưa nhận",
    DeliveryState.RECEIVED: "đã nhận",
    DeliveryState.ANSWERED: "đã trả lời",
    DeliveryState.RETURNED: "trả lại",
    DeliveryState.WITHDRAWN: "đã thu hồi",
}


@dataclass(frozen=True, slots=True)
class SentTo:
    """Where a paper went, in short."""

    words: str
    rows: list[Delivery]
    more: int
    is_sender: bool


def standing(delivery: Delivery) -> str:
    """How it stands, in one sentence."""
    way = f"{delivery.sender.title} gửi {delivery.receiver_title} ngày {delivery.sent_on:%d/%m/%Y}"
    if delivery.withdrawn_on:
        return f"{way}, đã thu hồi ngày {delivery.withdrawn_on:%d/%m/%Y}."
    if delivery.returned_on:
        return f"{way}, bị trả lại ngày {delivery.returned_on:%d/%m/%Y}."
    if delivery.answered_on:
        return f"{way}, đã trả lời ngày {delivery.answered_on:%d/%m/%Y}."
    if delivery.received_on:
        return f"{way}, đã nhận ngày {delivery.received_on:%d/%m/%Y}."
    return f"{way}, chưa ghi ngày nhận."


def ways_of(paper: IssuedPaper, user: Any) -> SentTo | None:
    """For the pages of the paper and of what it was made from; None where there is nothing to tell."""
    deliveries = selectors.deliveries_of(paper, user)
    if not deliveries:
        return None
    return sent_to(deliveries, is_sender=user.has_perm("units.view_inside", deliveries[0].sender))


def sent_to(deliveries: Sequence[Delivery], *, is_sender: bool) -> SentTo:
    """«Gửi 24 nơi: 20 đã nhận, 3 chưa nhận, 1 trả lại.» Those that wait stand first."""
    counts = Counter(one.state for one in deliveries)
    parts = ", ".join(f"{counts[state]} {word}" for state, word in _WORDS.items() if counts[state])
    shown = sorted(deliveries, key=lambda one: list(_WORDS).index(one.state))[:SHOWN]
    return SentTo(f"Gửi {len(deliveries)} nơi: {parts}.", shown, len(deliveries) - len(shown), is_sender)


def sent_message(deliveries: Sequence[Delivery]) -> str:
    """What has just been sent, and how."""
    ways = Counter(one.way for one in deliveries)
    inside, outside = ways[Delivery.Way.INSIDE], ways[Delivery.Way.NEXT_DOOR]
    told = f"Đã gửi {deliveries[0].paper} cho {len(deliveries)} nơi"
    if inside and outside:
        return (
            f"{told}: {inside} nơi nhận trong chương trình, {outside} nơi ghi là đã gửi trên hệ thống quản lý văn bản."
        )
    if outside:
        return f"Đã ghi nhận gửi {deliveries[0].paper} cho {outside} nơi trên hệ thống quản lý văn bản."
    return f"{told}." if inside else f"Đã ghi nhận gửi {deliveries[0].paper} cho {len(deliveries)} nơi bằng bản giấy."
