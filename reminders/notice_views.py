"""Pages of «Thông báo»: the list, one of them, and all marked as read."""

from __future__ import annotations

import datetime as dt

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.views.decorators.http import require_POST, require_safe

from core.paging import list_page
from reminders import notices
from reminders.digests import Content
from reminders.outbox_presenters import subject_of

_SEEN_AT = "luc"


@require_safe
def notice_list(request: HttpRequest) -> HttpResponse:
    page = list_page(request, notices.own_notices(request.user), sorts={"luc": ("ended_at",)}, default="-luc")
    count = notices.unread(request.user).count()
    context = {
        "title": "Thông báo",
        "standing": f"Có {count} thông báo chưa đọc." if count else "Mọi thông báo đều đã đọc." if page.rows else "",
        "page": page,
        "rows": [(message, subject_of(message), Content.of(message)) for message in page.rows],
        "has_unread": bool(count),
        "seen_at": timezone.now().isoformat(),
    }
    return render(request, "reminders/notices.html", context)


@require_safe
def notice(request: HttpRequest, pk: int) -> HttpResponse:
    """Opened is read: by this GET itself, so that a link in a mail or another tab counts, too.

    Asked twice it does nothing more, it touches the reader's own row alone, and what only looks ahead
    (HEAD, a browser that fetches before the click) does not count.
    """
    found = get_object_or_404(notices.own_notices(request.user), pk=pk)
    is_ahead = "prefetch" in request.headers.get("Sec-Purpose", "")
    if request.method == "GET" and not is_ahead:
        notices.mark_read(found)
    context = {
        "title": subject_of(found),
        "standing": f"Chương trình nhắc lúc {timezone.localtime(found.ended_at):%H:%M ngày %d/%m/%Y}."
        if found.ended_at
        else "",
        "message": found,
        "content": Content.of(found),
    }
    return render(request, "reminders/notice.html", context)


@require_POST
def read_all(request: HttpRequest) -> HttpResponse:
    if count := notices.mark_all_read(request.user, until=_seen_at(request)):
        messages.success(request, f"Đã đánh dấu {count} thông báo là đã đọc.")
    return redirect("reminders:notices")


def _seen_at(request: HttpRequest) -> dt.datetime:
    """When the list was shown; now, where the page does not say it."""
    now = timezone.now()
    try:
        said = parse_datetime(request.POST.get(_SEEN_AT, ""))
    except ValueError:
        return now
    return said if said and timezone.is_aware(said) and said < now else now
