"""The home page, "Việc của tôi": what falls due, seen from today. Requests refused before any page."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import RequestDataTooBig
from django.db.models import Q
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
from plans.models import Task
from plans.progress.selectors import unsettled
from plans.selectors import visible_tasks
from units.account_views import has_two_steps
from units.selectors import standing_of

_DAYS_BACK, _DAYS_AHEAD = 30, 30
_SHOWN = 100


@dataclass(frozen=True, slots=True)
class Row:
    task: Task
    state: str
    note: str


@dataclass(frozen=True, slots=True)
class Group:
    """Tasks of one nearness: the heading above them, the words of the sentence on top."""

    head: str
    words: str
    rows: list[Row]


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    today, year = timezone.localdate(), current_year(request)
    groups = _by_nearness(_tasks_around(request.user, today, year), today)
    context: dict[str, Any] = {
        "title": "Việc của tôi",
        "standing": _standing(groups, today, year),
        "groups": groups,
        "arrived": _arrived(request.user),
        "waiting": waiting_groups(request.user, waiting_for(request.user)),
        "this_year": today.year,
        "is_other_year": year != today.year,
        "offer_two_steps": not has_two_steps(request.user),
        "running_jobs": visible_jobs(request.user).filter(state__in=["waiting", "running"])[:5],
        "has_unit": bool(standing_of(request.user).unit_ids),
    }
    return render(request, "home.html", context)


def _arrived(user: Any) -> list[Delivery]:
    """Papers that came to the own units and whose day of receipt nobody has recorded."""
    own = standing_of(user).unit_ids
    return list(receivable_deliveries(user).filter(receiver__in=own).order_by("sent_on", "pk")[:_SHOWN])


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


def _tasks_around(user: Any, today: dt.date, year: int) -> list[Task]:
    """Dated tasks of the own units a month back and ahead, neither done nor dropped; ongoing ones fall due on no day.

    This year shows whatever falls due, so that a plan over several years and a December task in
    January are not lost; another year shows that year's plans alone.
    """
    tasks = (
        unsettled(visible_tasks(user))
        .prefetch_related("progress")
        .filter(
            unit__in=list(standing_of(user).unit_ids),
            is_ongoing=False,
            due__range=(today - dt.timedelta(days=_DAYS_BACK), today + dt.timedelta(days=_DAYS_AHEAD)),
        )
    )
    if year != today.year:
        tasks = tasks.filter(Q(plan__year=year) | Q(plan=None, due__year=year))
    return list(tasks.order_by("due", "pk")[:_SHOWN])


def _by_nearness(tasks: list[Task], today: dt.date) -> list[Group]:
    """The groups that hold something, the most pressing first."""
    week = today + dt.timedelta(days=7)
    kinds: tuple[tuple[str, str, Callable[[dt.date], bool]], ...] = (
        (f"Quá hạn trong {_DAYS_BACK} ngày qua", "việc quá hạn", lambda due: due < today),
        ("Đến hạn hôm nay", "việc đến hạn", lambda due: due == today),
        ("Trong 7 ngày tới", "việc trong 7 ngày tới", lambda due: today < due <= week),
        (f"Sau đó, đến hết {_DAYS_AHEAD} ngày tới", "", lambda due: due > week),
    )
    groups = [
        Group(head, words, [_row(task, today) for task in tasks if task.due and is_in(task.due)])
        for head, words, is_in in kinds
    ]
    return [group for group in groups if group.rows]


def _row(task: Task, today: dt.date) -> Row:
    assert task.due is not None
    days = (task.due - today).days
    if days == 0:
        return Row(task, "due_today", "")
    return Row(task, task.state_on(today), f"quá {-days} ngày" if days < 0 else f"còn {days} ngày")


def _standing(groups: list[Group], today: dt.date, year: int) -> str:
    """«Hôm nay 21/11/2026: 1 việc đến hạn, 2 việc trong 7 ngày tới, 3 việc quá hạn.»"""
    whose = "" if year == today.year else f" của kế hoạch năm {year}"
    start = f"Hôm nay {today:%d/%m/%Y}: "
    if not groups:
        return f"{start}không có việc nào{whose} đến hạn trong {_DAYS_AHEAD} ngày tới."
    pressing = [group for group in groups if group.words]
    if not pressing:
        return f"{start}không có việc nào{whose} đến hạn trong 7 ngày tới, {len(groups[0].rows)} việc sau đó."
    late_last = sorted(pressing, key=lambda group: group.words == "việc quá hạn")
    return start + ", ".join(f"{len(group.rows)} {group.words}{whose}" for group in late_last) + "."
