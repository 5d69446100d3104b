"""Requests as deadlines: open while somebody is missing, for whoever follows the request."""

from __future__ import annotations

from collections.abc import Iterator

from django.urls import reverse

from reminders.asking import selectors
from reminders.deadlines import Collector, Deadline, Scope
from reminders.models import Request
from reminders.states import RequestState

KIND = "reminders.request"


def collect(scope: Scope) -> Iterator[Deadline]:
    """One query, however many there are."""
    requests = selectors.counted(Request.objects.filter(selectors.somebody_missing(), state=RequestState.ASKED))
    if scope.units is not None:
        requests = requests.filter(unit__in=scope.units)
    if scope.subjects is not None:
        requests = requests.filter(pk__in=scope.subjects)
    if scope.until is not None:
        requests = requests.filter(due__lte=scope.until)
    for request in requests.only("unit_id", "due", "title", "follower_id").order_by("due", "pk"):
        yield deadline_of(request)


def deadline_of(request: Request) -> Deadline:
    """``request`` is counted."""
    return Deadline(
        kind=KIND,
        subject=request.pk,
        unit_id=request.unit_id,
        due=request.due,
        what=f"{request.title}: còn {request.missing} nơi chưa gửi",  # type: ignore[attr-defined]
        follower_id=request.follower_id,
        origin="Yêu cầu các nơi gửi về",
    )


def board_url(deadline: Deadline) -> str:
    return reverse("reminders:request", args=[deadline.subject])


COLLECTOR = Collector(
    KIND,
    "Yêu cầu các nơi gửi về",
    collect,
    record_url=board_url,
    page_url=board_url,
    record_words="Xem nơi chưa gửi",
)
