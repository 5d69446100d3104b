"""What a unit above asked by a paper is a deadline of the unit that received it; closed once its answer was sent."""

from __future__ import annotations

from collections.abc import Iterator

from django.urls import reverse

from documents.models import Delivery
from reminders.asking.selectors import has_sent
from reminders.deadlines import Collector, Deadline, Scope
from reminders.models import Ask, Request
from reminders.states import RequestState

KIND = "reminders.asked"


def collect(scope: Scope) -> Iterator[Deadline]:
    """One query. Its subject is the delivery, by whose page it is answered."""
    asks = Ask.objects.filter(
        ~has_sent(),
        request__state=RequestState.ASKED,
        lower__isnull=False,
        delivery__returned_on=None,
        delivery__withdrawn_on=None,
        delivery__isnull=False,
    )
    if scope.units is not None:
        asks = asks.filter(lower__in=scope.units)
    if scope.subjects is not None:
        asks = asks.filter(delivery__in=scope.subjects)
    if scope.until is not None:
        asks = asks.filter(request__due__lte=scope.until)
    for ask in asks.select_related("request__unit", "delivery__paper").order_by("request__due", "pk"):
        if ask.delivery and ask.lower_id:
            yield _deadline(ask.delivery, ask.request, ask.lower_id)


def _deadline(delivery: Delivery, request: Request, unit_id: int) -> Deadline:
    paper = delivery.paper
    return Deadline(
        kind=KIND,
        subject=delivery.pk,
        unit_id=unit_id,
        due=request.due,
        what=request.title,
        origin=f"theo {paper.kind} số {paper.full_number} của {request.unit}",
    )


def delivery_url(deadline: Deadline) -> str:
    return reverse("documents:delivery", args=[deadline.subject])


COLLECTOR = Collector(
    KIND,
    "Cấp trên yêu cầu",
    collect,
    record_url=delivery_url,
    page_url=delivery_url,
    record_words="Mở văn bản để trả lời",
)
