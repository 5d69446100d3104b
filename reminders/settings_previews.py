"""A text of reminders tried on something real of the unit: a request, its place, today's deadlines."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from reminders import wording
from reminders.asking import zalo
from reminders.asking.selectors import counted
from reminders.calendars import workdays_of
from reminders.deadlines import Scope, open_deadlines
from reminders.models import Ask, Request
from reminders.settings_selectors import leaders_of, short
from reminders.states import RequestState
from reminders.weekly import week_words
from units.models import Unit, User
from units.naming import ordinary_case
from units.selectors import issuers_of


@dataclass(frozen=True, slots=True)
class Preview:
    values: Mapping[str, str]
    """For every place-holder of the text."""
    about: str
    """On what it is tried, in a sentence."""


Real = tuple[dict[str, str], str]
"""Values that are the unit's own, and the sentence."""


def preview_of(unit: Unit, name: str, user: User) -> Preview:
    """Something real where the unit has any; what it lacks is taken from the example, and the sentence says so."""
    today = timezone.localdate()
    real, about = _REAL[name](unit, user, today)
    real |= {wording.UNIT.name: str(unit), wording.TODAY.name: f"{today:%d/%m/%Y}"}
    return Preview({key: real.get(key, example) for key, example in wording.examples(name).items()}, about)


def _digest(unit: Unit, user: User, today: dt.date) -> Real:
    soon = workdays_of([unit.pk])[unit.pk].after(today, 1)
    count = len(open_deadlines(Scope(units=[unit.pk], until=soon)))
    real = _named(user) | {wording.MY_WORK.name: settings.SITE_URL + reverse("home")}
    if not count:
        return real, "Đơn vị không có việc nào quá hạn hay đến hạn nên số việc lấy theo ví dụ."
    return real | {wording.COUNT.name: str(count)}, f"Xem trước với {count} việc quá hạn hoặc sắp đến hạn của đơn vị."


def _weekly(unit: Unit, user: User, today: dt.date) -> Real:
    week = {wording.WEEK.name: week_words(today)}
    leaders = leaders_of(unit)
    if not leaders:
        return week, "Đơn vị chưa có tài khoản lãnh đạo nên tên người nhận lấy theo ví dụ."
    reader = wording.addressed(leaders[0])
    return week | {wording.READER.name: reader}, f"Xem trước với tuần này, gửi {reader}."


def _zalo(unit: Unit, user: User, today: dt.date) -> Real:
    asks = Ask.objects.filter(request__unit=unit, part__isnull=False)
    ask = asks.select_related("request__follower", "request__by__person", "request__unit", "part__head")
    newest = ask.order_by("-request", "pk").first()
    if newest is None:
        return {}, "Đơn vị chưa có yêu cầu nào gửi thôn, trường, cơ quan nên nội dung lấy theo ví dụ."
    real = zalo.values_for(newest.request, newest)
    real.pop(wording.LINK.name)  # who sees a preview need not be who may hand the link on
    about = f"Xem trước với yêu cầu «{short(newest.request.title)}» gửi {newest}."
    return real, f"{about} Liên kết ở đây là ví dụ, liên kết thật chỉ có trong tin để gửi."


def _letter(unit: Unit, user: User, today: dt.date) -> Real:
    issuer = issuers_of(unit.pk).order_by("pk").first()
    real = {wording.ISSUER.name: ordinary_case(issuer.name)} if issuer else {}
    requests = Request.objects.filter(unit=unit).exclude(state=RequestState.DRAFT)
    request = counted(requests).select_related("paper", "follower", "by__person", "unit").order_by("-pk").first()
    if request is None:
        return real, "Đơn vị chưa có yêu cầu nào đã gửi nên nội dung lấy theo ví dụ."
    asked, missing = request.asked, request.missing  # type: ignore[attr-defined]
    made = timezone.localtime(request.at)
    return real | {
        wording.PAPER.name: str(request.paper) if request.paper else f"yêu cầu ngày {made:%d/%m/%Y}",
        wording.ASKED.name: request.title,
        wording.DUE.name: f"{request.due:%d/%m/%Y}",
        wording.ALL.name: str(asked),
        wording.CAME.name: str(asked - missing),
        wording.MISSING.name: str(missing),
        wording.ASKER.name: zalo.asker(request),
    }, f"Xem trước với yêu cầu «{short(request.title)}»; hạn mới lấy theo ví dụ."


_REAL: dict[str, Callable[[Unit, User, dt.date], Real]] = {
    "digest_greeting": _digest,
    "digest_closing": _digest,
    "zalo_request": _zalo,
    "letter_opening": _letter,
    "letter_closing": _letter,
    "weekly_greeting": _weekly,
}


def _named(user: User) -> dict[str, str]:
    return {wording.READER.name: wording.addressed(user.person)} if user.person else {}
