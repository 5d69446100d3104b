"""The home page, "Việc của tôi": everything that waits for the user. Requests refused before any page."""

from __future__ import annotations

import datetime as dt
from functools import partial
from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils import timezone
from django.views.decorators.http import require_safe

from core.jobs import visible_jobs
from core.year import current_year
from documents.deliveries.selectors import receivable_deliveries
from documents.models import Delivery
from plans.approving.presenters import waiting_groups
from plans.approving.selectors import waiting_for
from plans.deadlines import of_year
from reminders.asking.selectors import unseen_answers
from reminders.deadline_list import DeadlineList, deadline_list
from reminders.models import Request
from units.selectors import standing_of

_SHOWN = 100
"""Papers told above the list; an office never has as many."""


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    today, year = timezone.localdate(), current_year(request)
    is_other_year = year != today.year
    shown = deadline_list(request, today, only=partial(of_year, year=year) if is_other_year else None)
    context: dict[str, Any] = {
        "title": "Việc của tôi",
        "standing": _standing(shown, today, year),
        "list": shown,
        "filter": shown.form,
        "page": shown.page,
        "is_filtered": shown.is_filtered,
        "arrived": _arrived(request.user),
        "answered": _answered(request.user),
        "waiting": waiting_groups(request.user, waiting_for(request.user)),
        "this_year": today.year,
        "is_other_year": is_other_year,
        "running_jobs": visible_jobs(request.user).filter(state__in=["waiting", "running"])[:5],
        "has_unit": bool(standing_of(request.user).unit_ids),
    }
    return render(request, "home.html", context)


def _arrived(user: Any) -> list[Delivery]:
    """Papers that came to the own units and whose day of receipt nobody has recorded."""
    own = standing_of(user).unit_ids
    return list(receivable_deliveries(user).filter(receiver__in=own).order_by("sent_on", "pk")[:_SHOWN])


def _answered(user: Any) -> list[tuple[Request, list[str]]]:
    """Requests to which something came that nobody has looked at, each with the places that it came from."""
    by_request: dict[Request, list[str]] = {}
    for answer in unseen_answers(user):
        by_request.setdefault(answer.ask.request, []).append(str(answer.ask))
    return [(request, list(dict.fromkeys(places))) for request, places in by_request.items()]


def _standing(shown: DeadlineList, today: dt.date, year: int) -> str:
    """«Hôm nay 21/11/2026: 3 việc quá hạn, 2 việc trong 7 ngày tới.»"""
    whose = "" if year == today.year else f" của năm {year}"
    nothing = "đơn vị không có việc nào" if shown.is_whole_unit else "không có việc nào chờ bạn"
    return f"Hôm nay {today:%d/%m/%Y}: {shown.words or nothing}{whose}."


@login_not_required
@require_safe
def favicon(request: HttpRequest) -> HttpResponse:
    """Programs that read no page ask here. The name without a hash: the answer is kept for long."""
    return HttpResponsePermanentRedirect(f"{settings.STATIC_URL}img/mark.svg")


def refused(request: HttpRequest, exception: Exception) -> HttpResponse:
    """``handler400``. Rendered without the request: reading it again could raise what is being told."""
    if isinstance(exception, RequestDataTooBig):
        largest = settings.DATA_UPLOAD_MAX_MEMORY_SIZE
        return HttpResponse(render_to_string("413.html", {"largest": largest}), status=413)
    return HttpResponse(render_to_string("400.html"), status=400)
