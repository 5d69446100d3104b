"""Calendar addresses: the public file behind one, and the page on which they are made and taken back."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from allauth.core.internal import ratelimit
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.cache import cache
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.utils.http import http_date
from django.views.decorators.http import require_POST, require_safe

from core.errors import AppError
from core.site import opens_here_only
from reminders import feeds
from reminders.calendars import workdays_of
from reminders.deadlines import collector_of, page_url
from reminders.feed_calendar import Entry, Sheet
from reminders.models import Feed
from units.models import Unit
from units.selectors import units_of

GUESSES = {"feed": "60/5m/ip"}
"""Wrong addresses from one place before all are refused for a while: an office's calendars ask from one place."""
_SAME_FOR = 400 * 24 * 3600  # seconds


# -- The file ----------------------------------------------------------------------------


@login_not_required
@require_safe
def calendar(request: HttpRequest, token: str) -> HttpResponseBase:
    found = feeds.find_feed(token) if _may_guess(request, dry_run=True) else None
    if found is None:
        _may_guess(request)
        return _refused()
    feeds.note_reading(found)
    sheet = _sheet_of(found)
    digest = sheet.digest
    changed_at = _changed_at(found, digest)
    etag = f'"{digest}"'
    answer: HttpResponseBase | None = get_conditional_response(
        request, etag=etag, last_modified=int(changed_at.timestamp())
    )
    if answer is None:
        answer = HttpResponse(sheet.file(changed_at), content_type="text/calendar; charset=utf-8")
        answer["Content-Disposition"] = 'inline; filename="lich-tdkt.ics"'
    answer["ETag"], answer["Last-Modified"] = etag, http_date(changed_at.timestamp())
    answer["Cache-Control"] = "private, no-cache"  # kept by the reader alone, and only after asking again
    answer["X-Robots-Tag"] = "noindex"
    return answer


def _refused() -> HttpResponse:
    """The same for whatever is wrong with the address and whoever asks: drawn without the request."""
    answer = HttpResponse(render_to_string("reminders/feed_refused.html"), status=404)
    answer["Cache-Control"] = "private, no-store"
    answer._has_been_logged = True  # type: ignore[attr-defined]  # the log keeps no address that may still open something
    return answer


def _may_guess(request: HttpRequest, *, dry_run: bool = False) -> bool:
    usage = ratelimit.consume(request, app="reminders", action="feed", config=GUESSES, dry_run=dry_run, limit_get=True)
    return usage is not None


def _sheet_of(feed: Feed) -> Sheet:
    today = timezone.localdate()
    deadlines, names = feeds.deadlines_of(feed)
    host = urlsplit(settings.SITE_URL).hostname
    entries = []
    for deadline in deadlines:
        collector = collector_of(deadline.kind)
        entries.append(
            Entry(
                uid=f"{deadline.kind}-{deadline.subject}-{deadline.slot}@{host}",
                due=deadline.due,
                what=deadline.what,
                label=collector.label if collector else "",
                url=settings.SITE_URL + page_url(deadline),
                origin=deadline.origin,
                followers=tuple(names[deadline.key]) if feed.person_id is None else (),
                is_late=deadline.due < today,
            )
        )
    name = f"TĐKT {feed.unit}" if feed.person_id is None else f"TĐKT {feed.unit}: việc của tôi"
    return Sheet(name, tuple(entries), workdays_of([feed.unit_id])[feed.unit_id])


def _changed_at(feed: Feed, digest: str) -> dt.datetime:
    """Since when the file says this, as far as anybody who asked could see. Forgotten, it is since now."""
    key, now = f"feed-changed-{feed.pk}", timezone.now().astimezone(dt.UTC).replace(microsecond=0)
    known = cache.get(key)
    if known and known[0] == digest:
        return known[1]
    cache.set(key, (digest, now), _SAME_FOR)
    return now


# -- The page ----------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Place:
    """One calendar that there is or may be, on the page."""

    unit: Unit
    is_own: bool
    head: str
    holds: str
    feed: Feed | None
    address: str
    is_handed_on: bool

    @property
    def mark(self) -> str:
        return f"{'cua-toi' if self.is_own else 'don-vi'}-{self.unit.pk}"


@require_safe
def feed_list(request: HttpRequest) -> HttpResponse:
    context = {
        "title": "Lịch điện tử",
        "standing": "Đưa hạn công việc vào lịch trên điện thoại, Google hay Outlook. Lịch tự cập nhật, chỉ để xem.",
        "places": _places(request.user),
        "opens_here_only": opens_here_only(),
    }
    return render(request, "reminders/feeds.html", context)


@require_POST
def feed_make(request: HttpRequest, unit_pk: int) -> HttpResponse:
    """Of the unit, where the form says so; else the user's own in that unit."""
    unit = get_object_or_404(units_of(request.user), pk=unit_pk)
    is_own = "don-vi" not in request.POST
    if not is_own and not request.user.has_perm("reminders.share_calendar", unit):
        raise PermissionDenied
    try:
        if is_own and request.user.person is None:
            raise feeds.NobodyToGiveTo
        feeds.make_feed(unit, request.user.person if is_own else None, actor=request.user)
    except AppError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, "Đã tạo địa chỉ lịch. Chép địa chỉ rồi thêm vào lịch của bạn.")
    return redirect("reminders:feeds")


@require_POST
def feed_revoke(request: HttpRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(feeds.manageable_feeds(request.user), pk=pk)
    if found.person_id is None and not request.user.has_perm("reminders.share_calendar", found.unit):
        raise PermissionDenied
    feeds.revoke_feed(found, actor=request.user)
    messages.success(request, "Đã hủy địa chỉ lịch. Lịch đã thêm ở nơi khác không đọc được nữa.")
    return redirect("reminders:feeds")


def _places(user: Any) -> list[Place]:
    """For each unit the user's own calendar, then the unit's where the user may hand it on."""
    known = feeds.manageable_feeds(user).filter(revoked_at=None)
    found = {(feed.unit_id, feed.person_id is not None): feed for feed in known}
    units = list(units_of(user).order_by("name", "pk"))
    places = []
    for unit in units:
        if user.person_id is not None:
            places.append(_place(unit, found.get((unit.pk, True)), is_own=True, of_many=len(units) > 1))
        if user.has_perm("reminders.share_calendar", unit):
            places.append(_place(unit, found.get((unit.pk, False)), is_own=False, of_many=len(units) > 1))
    return places


def _place(unit: Unit, feed: Feed | None, *, is_own: bool, of_many: bool) -> Place:
    where = f" ở {unit}" if of_many else ""
    return Place(
        unit,
        is_own,
        f"Lịch của tôi{where}" if is_own else f"Lịch chung của {unit}",
        "Những việc bạn theo dõi hoặc được nhắc." if is_own else "Mọi việc có hạn của đơn vị, kèm tên người theo dõi.",
        feed,
        feeds.address_of(feed) if feed else "",
        feed is not None and not is_own and feeds.is_handed_on(feed),
    )
