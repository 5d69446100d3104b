"""The page of one deadline: who is told of it and why, on which days, what was said; who else, until when nobody."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from reminders import presenters, selectors, services
from reminders.calendars import workdays_of
from reminders.costs import lateness_cost
from reminders.deadline_forms import WHOLE, SnoozeForm, WatchForm
from reminders.deadlines import Deadline, Key, collector_of, page_url, record_url, record_words
from reminders.outbox_presenters import look_of, rung_words

SNOOZE, WAKE, WATCH, UNWATCH = "hoan", "nhac-lai", "them", "bo"
"""What stands in «viec»."""
_FORMS = {SNOOZE: "snooze_form", WATCH: "watch_form"}


@require_http_methods(["GET", "HEAD", "POST"])
def deadline(request: HttpRequest, kind: str, subject: int, slot: int) -> HttpResponse:
    """Members of the unit read it, its officers change it; of a settled one they read what was said."""
    key = Key(kind, subject, slot)
    found = selectors.visible_deadline(request.user, key)
    if found is None:
        return _settled(request, key)
    asked: dict[str, Any] = {}
    if request.method == "POST":
        if not request.user.has_perm("reminders.change_deadline", found):
            raise PermissionDenied
        asked = _asked(request, found)
        if _done(request, found, asked):
            return redirect(request.get_full_path())
    return render(request, "reminders/deadline.html", _page(request, found, asked), status=422 if asked else 200)


def _settled(request: HttpRequest, key: Key) -> HttpResponse:
    if request.method == "POST":
        messages.info(request, "Không ghi thêm: việc này vừa có kết quả nên không còn phải nhắc.")
    notices, collector = selectors.notices_of(request.user, key), collector_of(key.kind)
    if not notices or collector is None:
        raise Http404
    context = {
        "title": f"{collector.label}: không còn phải nhắc",
        "standing": "Việc này đã có kết quả, đã thôi hoặc không còn trong kế hoạch, nên chương trình không nhắc nữa.",
        "notices": _notice_rows(notices),
    }
    return render(request, "reminders/deadline.html", context)


# -- Acts ----------------------------------------------------------------------------------


def _asked(request: HttpRequest, found: Deadline) -> dict[str, Any]:
    """The form that was sent, by the name under which the page shows it."""
    act = request.POST.get("viec", "")
    if act == SNOOZE:
        return {_FORMS[act]: SnoozeForm(request.POST)}
    return {_FORMS[act]: _watch_form(found, request.POST)} if act == WATCH else {}


def _done(request: HttpRequest, found: Deadline, asked: dict[str, Any]) -> bool:
    """False where a form has to be shown again, with what is wrong at its field."""
    act = request.POST.get("viec", "")
    if act == WAKE:
        if services.end_snooze(found, actor=request.user):
            messages.success(request, "Đã thôi tạm hoãn; chương trình lại nhắc việc này.")
        return True
    if act == UNWATCH:
        _unwatch(request, found)
        return True
    form = asked.get(_FORMS.get(act, ""))
    if form is None:
        return True
    if form.is_valid():
        try:
            messages.success(request, _run(request, found, act, form.cleaned_data))
            return True
        except services.UnfitField as error:
            form.add_error(error.field, str(error))
    return False


def _run(request: HttpRequest, found: Deadline, act: str, said: dict[str, Any]) -> str:
    if act == SNOOZE:
        row = services.snooze(found, actor=request.user, until=said["until"], reason=said["reason"])
        return f"Đã tạm hoãn nhắc đến hết ngày {row.until:%d/%m/%Y}."
    services.watch(found, actor=request.user, person=said["person"], whole_group=said.get("scope") == WHOLE)
    return f"Từ nay {said['person']} cũng được nhắc."


def _unwatch(request: HttpRequest, found: Deadline) -> None:
    wanted = request.POST.get("nguoi", "")
    watcher = next((one for one in selectors.watchers_of(found) if str(one.pk) == wanted), None)
    if watcher is not None and services.unwatch(watcher, found, actor=request.user):
        messages.success(request, f"Thôi nhắc thêm {watcher.person}.")


# -- The page ------------------------------------------------------------------------------


def _page(request: HttpRequest, found: Deadline, asked: dict[str, Any]) -> dict[str, Any]:
    today = timezone.localdate()
    days = workdays_of([found.unit_id])
    nearness = presenters.Nearness(days, today)
    snoozed = selectors.snooze_of(found, today)
    first = snoozed.until + dt.timedelta(days=1) if snoozed else today
    may_change = request.user.has_perm("reminders.change_deadline", found)
    sees_address = request.user.has_perm("reminders.see_address", found)
    told = selectors.told_of(found)
    return {
        "title": found.what,
        "standing": presenters.standing(found, nearness),
        "deadline": found,
        "state": nearness.state_of(found),
        "note": nearness.note_on(found),
        "cost": lateness_cost(found, today),
        "record_words": record_words(found),
        "record_url": record_url(found) if request.user.has_perm("reminders.record_result", found) else "",
        "page_url": page_url(found),
        "told": [(one, presenters.ways_of(one.reach, sees_address=sees_address)) for one in told],
        "coming": presenters.coming_days(found.due, first, selectors.rungs_for(found), days[found.unit_id]),
        "snoozed": snoozed,
        "notices": _notice_rows(selectors.notices_of(request.user, found.key)),
        "may_change": may_change,
        **(_unbound(found) if may_change else {}),
        **asked,
        "form": next(iter(asked.values()), None),
    }


def _unbound(found: Deadline) -> dict[str, Any]:
    return {"snooze_form": SnoozeForm(), "watch_form": _watch_form(found)}


def _watch_form(found: Deadline, data: Any = None) -> WatchForm:
    collector = collector_of(found.kind)
    group_label = collector.group_label if collector and selectors.group_of(found) else ""
    return WatchForm(data, people=selectors.people_to_add(found), group_label=group_label)


def _notice_rows(notices: list[Any]) -> list[tuple[Any, str, Any]]:
    return [(one, rung_words(one.rung), look_of(one.message)) for one in notices]
