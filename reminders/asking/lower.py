"""Units below are asked by a paper that was delivered to them: the request follows its deliveries, nothing else.

Whoever has the paper is asked, also one to whom it goes later; whose delivery was withdrawn is asked no more. What
answers the delivery answers the request (``selectors.has_sent``), so a superior learns of nothing before it was sent.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django.db import models, transaction

from core import audit
from core.errors import UnfitField
from documents.deliveries.hooks import Fact
from documents.deliveries.states import is_open
from documents.models import Delivery, IssuedPaper
from reminders.asking import hooks
from reminders.asking.values import RequestData, cleaned_request
from reminders.models import Answer, Ask, Request
from reminders.states import RequestState
from units.models import Membership
from units.selectors import standing_of

_MOST_PAPERS = 300


def papers_to_ask_by(user: Any) -> models.QuerySet[IssuedPaper]:
    """Papers of the units in which the user writes requests that units below have, and that ask for nothing yet."""
    units = standing_of(user).units_with_role(Membership.Role.OFFICER)
    below = _to_below(units).filter(paper=models.OuterRef("pk"))
    papers = IssuedPaper.objects.filter(models.Exists(below), issuer__unit__in=units, requests=None)
    return papers.select_related("issuer__unit").order_by("-date", "-pk")[:_MOST_PAPERS]


def _to_below(units: Iterable[Any]) -> models.QuerySet[Delivery]:
    """Open deliveries from these units to those below, one level or two (a district between)."""
    units = list(units)
    below = models.Q(receiver__parent__in=units) | models.Q(receiver__parent__parent__in=units)
    return Delivery.objects.filter(below, is_open(), sender__in=units)


@transaction.atomic
def ask_by_paper(paper: IssuedPaper, *, actor: Any, data: RequestData) -> Request:
    """A request to all units below that the paper was delivered to; it is out at once, for they have the paper."""
    unit = paper.issuer.unit
    data = cleaned_request(data, unit)
    audit.wait_for_turn(unit.pk)
    if there := Request.objects.filter(paper=paper).first():
        raise UnfitField("paper", f"Văn bản này đã có yêu cầu «{there.title}».")
    deliveries = list(_to_below([unit]).filter(paper=paper).select_related("receiver").order_by("receiver__name"))
    if not deliveries:
        raise UnfitField("paper", "Văn bản này chưa gửi cho đơn vị cấp dưới nào. Hãy gửi văn bản trước.")
    request = Request.objects.create(
        unit=unit,
        by=actor,
        paper=paper,
        title=data.title,
        body=data.body,
        due=data.due,
        follower=data.follower,
        state=RequestState.ASKED,
    )
    Ask.objects.bulk_create(Ask(request=request, lower=one.receiver, delivery=one) for one in deliveries)
    told = {"title": data.title, "body": data.body, "due": data.due, "follower": data.follower, "paper": str(paper)}
    told["parts"] = [str(one.receiver) for one in deliveries]
    changes = {name: (None, value) for name, value in told.items() if value}
    audit.record("reminders.request.made", request, actor=actor, unit_id=unit.pk, changes=changes)
    hooks.request_asked(request, actor)
    return request


def follow_deliveries(deliveries: Sequence[Delivery]) -> None:
    """A watcher of ``documents.deliveries``: the paper of a request goes to more units, again, or is taken back."""
    papers = {one.paper_id for one in deliveries if one.receiver_id}
    requests = Request.objects.filter(paper__in=papers, state=RequestState.ASKED)
    for request in requests:
        own = [one for one in deliveries if one.paper_id == request.paper_id and one.receiver_id]
        _follow(request, own)


def _follow(request: Request, deliveries: Sequence[Delivery]) -> None:
    asked = {ask.lower_id: ask for ask in Ask.objects.filter(request=request, lower__isnull=False)}
    below = set(_to_below([request.unit_id]).filter(paper=request.paper_id).values_list("pk", flat=True))
    for delivery in deliveries:
        ask = asked.get(delivery.receiver_id)
        if delivery.withdrawn_on:
            _let_go(ask, delivery)
        elif ask is not None:
            Ask.objects.filter(pk=ask.pk).update(delivery=delivery)
        elif delivery.pk in below:
            Ask.objects.create(request=request, lower=delivery.receiver, delivery=delivery)


def _let_go(ask: Ask | None, delivery: Delivery) -> None:
    if ask is not None and ask.delivery_id == delivery.pk and not Answer.objects.filter(ask=ask).exists():
        ask.delete()


def facts_of_delivery(delivery: Delivery, user: Any) -> list[Fact]:
    """On the page of the delivery, for both sides: what is asked by it, and until when."""
    asks = Ask.objects.filter(delivery=delivery, request__state=RequestState.ASKED)
    found = asks.filter(delivery__withdrawn_on=None).select_related("request").first()
    if found is None:
        return []
    request = found.request
    return [Fact("Yêu cầu gửi", request.title, request.body), Fact("Hạn gửi", f"{request.due:%d/%m/%Y}")]
