"""Who below has a campaign that was launched, and who has answered it: read from deliveries, nothing earlier.

A unit below has answered when its own campaign's plan was delivered back, or when it answered the delivery by a paper.
What it prepares meanwhile is nobody's business above. Five queries, however many units there are.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from django.db import models
from django.utils import timezone

from campaigns.models import Campaign
from campaigns.selectors import SHOWN_OUTSIDE
from documents.deliveries.states import DeliveryState
from documents.models import Delivery
from reminders.lateness import days_late
from reminders.models import Request
from units.models import Unit

UNSENT = "unsent"
STATES = {
    UNSENT: ("undated", "Chưa gửi"),
    DeliveryState.SENT.value: ("sent", "Đã gửi, chưa nhận"),
    DeliveryState.RECEIVED.value: ("received", "Đã nhận, chưa hưởng ứng"),
    DeliveryState.RETURNED.value: ("returned", "Trả lại"),
    DeliveryState.ANSWERED.value: ("answered", "Đã hưởng ứng"),
}
"""State → look and word."""


@dataclass(frozen=True, slots=True)
class Answer:
    """One unit below."""

    state: str
    delivery: Delivery | None = None
    campaign: Campaign | None = None
    """Its own, if its plan came back."""
    day: dt.date | None = None
    """On which the answer came."""
    late: int = 0
    """Days over the day by which it was asked for."""

    @property
    def look(self) -> str:
        return "overdue" if self.late and self.state != DeliveryState.ANSWERED else STATES[self.state][0]

    @property
    def word(self) -> str:
        return STATES[self.state][1]

    @property
    def note(self) -> str:
        if not self.late:
            return ""
        return f"muộn {self.late} ngày" if self.state == DeliveryState.ANSWERED else f"quá {self.late} ngày"


@dataclass(frozen=True, slots=True)
class Board:
    units: dict[int, Answer]
    due: dt.date | None
    """By which units answer: of the request by that paper, else the campaign's day of registration."""
    request: Request | None

    def in_state(self, state: str) -> list[int]:
        return [pk for pk, answer in self.units.items() if answer.state == state]

    @property
    def has_gone_out(self) -> bool:
        return any(one.delivery for one in self.units.values())

    @property
    def late(self) -> list[int]:
        """Over their day, and not answered yet."""
        return [pk for pk, one in self.units.items() if one.late and one.state != DeliveryState.ANSWERED]

    @property
    def words(self) -> str:
        """«24 đơn vị: 12 đã hưởng ứng, 8 đã nhận, 4 chưa nhận; 3 nơi quá hạn.»"""
        if not self.units:
            return ""
        counted = [
            (DeliveryState.ANSWERED.value, "đã hưởng ứng"),
            (DeliveryState.RECEIVED.value, "đã nhận, chưa hưởng ứng"),
            (DeliveryState.SENT.value, "chưa nhận"),
            (DeliveryState.RETURNED.value, "trả lại"),
            (UNSENT, "chưa gửi văn bản"),
        ]
        parts = [f"{len(found)} {word}" for state, word in counted if (found := self.in_state(state))]
        late = len(self.late)
        return f"{len(self.units)} đơn vị: {', '.join(parts)}{f'; {late} nơi quá hạn' if late else ''}."


def board_of(campaign: Campaign) -> Board:
    """Units below on the day on which the paper went out (before: today), and whoever else it was delivered to."""
    sent = _deliveries_of(campaign)
    day = min((one.sent_on for one in sent), default=campaign.launched_on or timezone.localdate())
    below = set(Unit.objects.on(day).filter(parent=campaign.unit_id).values_list("pk", flat=True))
    by_unit = {int(one.receiver_id or 0): one for one in sent}
    request = _request_by(campaign)
    due = request.due if request else campaign.register_by
    children = _own_campaigns(campaign)
    back = _came_back(campaign, children.values(), sent)
    found = {}
    for pk in below | set(by_unit):
        delivery, child = by_unit.get(pk), children.get(pk)
        came = back.get(pk)
        state = DeliveryState.ANSWERED.value if came else delivery.state.value if delivery else UNSENT
        late = days_late(due, came or timezone.localdate()) if due and delivery else 0
        found[pk] = Answer(state, delivery, child, came, late)
    return Board(found, due, request)


def _deliveries_of(campaign: Campaign) -> list[Delivery]:
    """To units below, one level or two (a district between), the newest of each last."""
    if campaign.plan is None or campaign.plan.paper_id is None:
        return []
    below = models.Q(receiver__parent=campaign.unit_id) | models.Q(receiver__parent__parent=campaign.unit_id)
    rows = Delivery.objects.filter(below, paper=campaign.plan.paper_id, sender=campaign.unit_id, withdrawn_on=None)
    return list(rows.select_related("answered_by").order_by("pk"))


def _request_by(campaign: Campaign) -> Request | None:
    if campaign.plan is None or campaign.plan.paper_id is None:
        return None
    return Request.objects.filter(paper=campaign.plan.paper_id).order_by("pk").first()


def _own_campaigns(campaign: Campaign) -> dict[int, Campaign]:
    """Unit → the campaign by which it answers, only where its plan was delivered to the launcher."""
    reached = Delivery.objects.filter(receiver=campaign.unit_id, withdrawn_on=None, returned_on=None)
    rows = Campaign.objects.filter(
        parent=campaign, state__in=SHOWN_OUTSIDE, plan__paper__in=reached.order_by().values("paper")
    )
    return {row.unit_id: row for row in rows.select_related("plan").order_by("pk")}


def _came_back(campaign: Campaign, children: Iterable[Campaign], sent: Collection[Delivery]) -> dict[int, dt.date]:
    """Unit → the day on which its answer came: that of receipt counts, as on the board of requests."""
    papers: dict[int | None, int | None] = {child.plan.paper_id: child.unit_id for child in children if child.plan}
    papers |= {one.answered_by_id: one.receiver_id for one in sent if one.answered_by_id}
    rows = Delivery.objects.filter(
        paper__in=papers, receiver=campaign.unit_id, withdrawn_on=None, returned_on=None
    ).values_list("paper", "sender", "received_on", "sent_on")
    days: dict[int, dt.date] = {}
    for paper, sender, received_on, sent_on in rows:
        if papers[paper] == sender:
            day = received_on or sent_on
            days[sender] = min(day, days.get(sender, day))
    for one in sent:
        if one.state == DeliveryState.ANSWERED and one.receiver_id and one.answered_on:
            days.setdefault(one.receiver_id, one.answered_on)
    return days
