"""Pages of milestones: counted back from a duty's day, moved with it, taken away."""

from __future__ import annotations

import datetime as dt
import json
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from core.states import EditedMeanwhile
from core.text import fold
from plans.duties.countback import MOST_DAYS, Milestone, milestones
from plans.duties.doors import writable_duty
from plans.duties.milestones import selectors
from plans.duties.milestones.days import Days, days_for, spoken, weekday
from plans.duties.milestones.forms import BY_HAND, FollowerForm, KindForm, milestone_rows
from plans.duties.milestones.presenters import PAST, before, day_note, moved
from plans.duties.milestones.services import (
    HasResults,
    NotToCountBack,
    count_back,
    move_milestones,
    refuse_to_count_back,
    remove_milestone,
)
from plans.duties.selectors import people_of
from plans.duties.types.selectors import KnownType, suggested, types_of
from plans.models import Task

get_or_post = require_http_methods(["GET", "HEAD", "POST"])


@get_or_post
def count(request: HttpRequest, pk: int) -> HttpResponse:
    """Lùi lịch: a kind of duty is chosen, its milestones are looked through and set."""
    task = writable_duty(request, pk)
    try:
        refuse_to_count_back(task)
    except NotToCountBack as error:
        messages.warning(request, str(error))
        return redirect("plans:duty", pk)
    types = types_of(task.unit)
    key = _chosen(request, task, types)
    days = days_for(task.unit_id)
    existing = selectors.milestones_of(task.duty)
    found = _counted(task, next((one for one in types if one.key == key), None), existing, days)
    data = request.POST if request.method == "POST" else None
    rows = milestone_rows(data, found, task=task, workdays=days.workdays)
    follower = FollowerForm(data, people=people_of(task.unit), initial={"follower": task.duty.follower})
    if data is not None and all([rows.is_valid(), follower.is_valid()]):
        if rows.taken():
            return _set(request, task, rows.taken(), follower.cleaned_data["follower"])
        messages.error(request, "Chưa đánh dấu mốc nào. Đánh dấu ở đầu dòng những mốc cần đặt.")
    kinds = KindForm({"loai": key} if key else None, types=types)
    return _count_page(request, task, kinds=kinds, key=key, rows=rows, follower=follower, days=days, existing=existing)


def _chosen(request: HttpRequest, task: Task, types: list[KnownType]) -> str:
    """From the address; else the kind that the duty's words suggest; empty: the person is asked."""
    key = request.GET.get("loai", "")
    if key == BY_HAND or any(known.key == key for known in types):
        return key
    guess = suggested(types, f"{task.content} {task.duty.send}")
    return guess.key if guess else ""


def _counted(task: Task, known: KnownType | None, existing: list[Task], days: Days) -> list[tuple[Milestone, bool]]:
    """What stands there already is not ticked again."""
    if known is None or task.due is None:
        return []
    there = {fold(one.content) for one in existing}
    return [(one, fold(one.what) not in there) for one in milestones(task.due, known.steps, days.workdays)]


def _set(request: HttpRequest, task: Task, rows: Any, follower: Any) -> HttpResponse:
    try:
        count_back(task, actor=request.user, rows=rows, follower=follower)
    except NotToCountBack as error:
        messages.warning(request, str(error))
        return redirect("plans:duty", task.pk)
    messages.success(request, f"Đã đặt {len(rows)} mốc.")  # also to a second click, which makes nothing more
    return redirect("plans:duty", task.pk)


def _count_page(
    request: HttpRequest,
    task: Task,
    *,
    kinds: KindForm,
    key: str,
    rows: Any,
    follower: FollowerForm,
    days: Days,
    existing: list[Task],
) -> HttpResponse:
    today = timezone.localdate()
    due = task.due or today
    shown = [(form, *_shown(form, due, days, today)) for form in rows.forms]
    errors = [(number, form) for number, form in enumerate(rows.forms, start=1) if rows.is_bound and form.errors]
    context = {
        "title": "Lùi lịch",
        "standing": f"{task.content}. Hạn {spoken(due)}.",
        "task": task,
        "kinds": kinds,
        "is_chosen": bool(key),
        "rows": rows,
        "shown": shown,
        "blank": _blank(rows),
        "row_errors": errors,
        "follower": follower,
        "is_refused": bool(errors or (follower.is_bound and follower.errors)),
        "existing": existing,
        "due": due,
        "today": today,
        "past": sum(PAST in notes and bool(form["is_taken"].value()) for form, *_, notes in shown),
        "off": json.dumps(_days_off(days, due), ensure_ascii=False),
    }
    return render(request, "plans/count_back.html", context, status=422 if context["is_refused"] else 200)


def _shown(form: Any, due: dt.date, days: Days, today: dt.date) -> tuple[str, str, tuple[str, ...]]:
    """Weekday, how long before, what to know of the day."""
    day, counted = form.typed_day(), form.counted_days()
    if day is None:
        return "", "", ()
    notes = day_note(day, due, counted, days, today)
    is_counted = notes and notes[0].startswith("chuyển từ")
    left = counted if is_counted else (due - day).days
    return weekday(day), before(left if left is not None and left >= 0 else None), notes


def _days_off(days: Days, due: dt.date) -> dict[str, str]:
    """For the script that tells of a day while it is typed: day → why."""
    return {day.isoformat(): why for day, why in days.off_between(due - dt.timedelta(days=MOST_DAYS), due)}


def _blank(rows: Any) -> Any:
    """A row to be added by hand, ticked from the start."""
    form = rows.empty_form
    form.initial["is_taken"] = True
    return form


@get_or_post
def move(request: HttpRequest, pk: int) -> HttpResponse:
    """The duty's day was changed: what is still open may go along."""
    task = writable_duty(request, pk)
    days, today = days_for(task.unit_id), timezone.localdate()
    still = selectors.open_ones(selectors.milestones_of(task.duty), today)
    stray = selectors.astray(task.due, still, days.workdays)
    if request.method == "POST":
        return _move(request, task, [one.pk for one in stray])
    if task.due is None or not stray:
        messages.info(request, "Các mốc đã khớp với hạn của việc, không có mốc nào phải chuyển.")
        return redirect("plans:duty", pk)
    context = {
        "title": "Chuyển mốc theo hạn mới",
        "standing": f"{task.content}. Hạn nay là {spoken(task.due)}.",
        "task": task,
        "rows": moved(task.due, stray, days, today),
    }
    return render(request, "plans/move_milestones.html", context)


def _move(request: HttpRequest, task: Task, stray: list[int]) -> HttpResponse:
    ticked = {int(pk) for pk in request.POST.getlist("moc") if pk.isdecimal() and len(pk) < 19}
    move = [pk for pk in stray if pk in ticked] if "giu-nguyen" not in request.POST else []
    keep = [pk for pk in stray if pk not in move]
    try:
        due = dt.date.fromisoformat(request.POST.get("han", ""))
        done = move_milestones(task, actor=request.user, due=due, move=move, keep=keep)
    except (EditedMeanwhile, ValueError):
        messages.warning(request, "Hạn của việc vừa đổi lần nữa. Hãy xem lại ngày mới của các mốc.")
        return redirect("plans:milestones_move", task.pk)
    if done:
        messages.success(request, f"Đã chuyển {len(done)} mốc theo hạn mới.")
    elif keep:
        messages.success(request, "Các mốc giữ nguyên ngày.")
    return redirect("plans:duty", task.pk)


@get_or_post
def remove(request: HttpRequest, pk: int, milestone_pk: int) -> HttpResponse:
    task = writable_duty(request, pk)
    found = selectors.milestones_of(task.duty)
    milestone = next((one for one in found if one.pk == milestone_pk), None)
    if milestone is None:
        messages.info(request, "Mốc này không còn.")
        return redirect("plans:duty", pk)
    if milestone.progress.all():
        messages.warning(request, str(HasResults()))
        return redirect("plans:duty", pk)
    if request.method == "POST":
        _remove(request, milestone)
        return redirect("plans:duty", pk)
    context = {
        "title": "Bỏ mốc này?",
        "standing": f"{milestone.content}, {spoken(milestone.due) if milestone.due else 'chưa có ngày'}.",
        "task": task,
        "milestone": milestone,
        "asked": selectors.requests_for([milestone]).get(milestone.pk),
    }
    return render(request, "plans/remove_milestone.html", context)


def _remove(request: HttpRequest, milestone: Task) -> None:
    try:
        remove_milestone(milestone, actor=request.user)
    except HasResults as error:
        messages.warning(request, str(error))
    except Task.DoesNotExist:
        messages.info(request, "Mốc này không còn.")
    else:
        messages.success(request, f"Đã bỏ mốc «{milestone.content[:120]}».")
