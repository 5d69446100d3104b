"""Pages of an incoming paper: it is dropped in or pasted, it is read, and what it asks is ticked and taken."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from core.errors import AppError, UnfitField
from plans import presenters as plan_presenters
from plans.doors import units_to_plan
from plans.duties import selectors
from plans.duties.forms import DutyRows, HeadForm, PaperForm
from plans.duties.presenters import is_settled, marks_of, shown_source
from plans.duties.proposing import PaperHead, due_of
from plans.duties.services import receive_file, receive_text, take_duties
from plans.duties.values import DutyData
from plans.models import Duty, Incoming, Task
from plans.task_list import IN_NONE

get_or_post = require_http_methods(["GET", "HEAD", "POST"])
ROWS = "viec"
"""Prefix of the rows in what the page sends."""


@get_or_post
def drop(request: HttpRequest) -> HttpResponse:
    if not request.user.has_perm("plans.add_duty"):
        raise PermissionDenied
    form = PaperForm(
        *((request.POST, request.FILES) if request.method == "POST" else ()), units=units_to_plan(request)
    )
    if form.is_valid():
        incoming = _received(request, form)
        if incoming is not None:
            return redirect("plans:incoming", incoming.pk)
    context = {
        "title": "Việc từ văn bản đến",
        "standing": "Chương trình đọc văn bản và đề xuất việc phải làm. Bạn xem lại, đánh dấu rồi mới nhận.",
        "form": form,
        "recent": selectors.recent_incoming(request.user),
    }
    return render(request, "plans/incoming_drop.html", context, status=422 if form.errors else 200)


def _received(request: HttpRequest, form: PaperForm) -> Incoming | None:
    upload, unit = form.cleaned_data["file"], form.chosen_unit
    try:
        if upload:
            return receive_file(upload, name=upload.name, unit=unit, actor=request.user)
        return receive_text(form.cleaned_data["text"], unit=unit, actor=request.user)
    except UnfitField as error:
        form.add_error(error.field, str(error))
    except AppError as error:
        form.add_error("file", str(error))
    return None


@get_or_post
def incoming(request: HttpRequest, pk: int) -> HttpResponse:
    """How far the reading is; then the paper beside what it asks. htmx asks for the inner part until then."""
    found = get_object_or_404(selectors.visible_incoming(request.user), pk=pk)
    if not request.user.has_perm("plans.write_duty", found.unit):
        raise PermissionDenied
    if found.read_at is None:
        return _waiting(request, found)
    if request.headers.get("HX-Request"):
        return HttpResponse(headers={"HX-Refresh": "true"})
    return _review(request, found)


def _waiting(request: HttpRequest, found: Incoming) -> HttpResponse:
    has_failed = found.job is None or found.job.is_over
    is_inner = bool(request.headers.get("HX-Request"))
    if has_failed and is_inner:
        return HttpResponse(headers={"HX-Refresh": "true"})
    context = {
        "title": found.file.name if found.file else "Văn bản đến",
        "standing": "Chưa đọc được văn bản này." if has_failed else "Chương trình đang đọc văn bản.",
        "reading": found,
        "has_failed": has_failed,
    }
    return render(request, "plans/_reading_waiting.html" if is_inner else "plans/incoming_waiting.html", context)


# -- What it asks --------------------------------------------------------------------------


def _review(request: HttpRequest, found: Incoming) -> HttpResponse:
    taken = selectors.taken_from(found)
    left = [one for one in found.proposals if one["key"] not in {str(task.key) for task in taken}]
    data = request.POST if request.method == "POST" else None
    person = getattr(request.user, "person", None)
    head = HeadForm(data, incoming=found, people=selectors.people_of(found.unit), person=person)
    head.is_valid()
    if data is not None and "doc-lai" in data:
        rows = _rows(_dated_anew(data, head.head()), left, found, head.head())
    else:
        rows = _rows(data, left, found, head.head())
        if data is not None and head.is_valid() and rows.is_valid():
            if answer := _taken(request, found, head, rows.taken()):
                return answer
            messages.error(request, "Chưa đánh dấu việc nào. Đánh dấu ở đầu dòng những việc cần nhận.")
    return _review_page(request, found, head, rows, left, taken)


def _taken(request: HttpRequest, found: Incoming, head: HeadForm, rows: list[DutyData]) -> HttpResponse | None:
    if not rows:
        return None
    rows = [replace(row, follower=head.cleaned_data["follower"]) for row in rows]
    take_duties(found, actor=request.user, head=head.head(), rows=rows)
    messages.success(request, f"Đã nhận {len(rows)} việc.")  # also to a second click, which takes nothing more
    return redirect("plans:incoming", found.pk)


def _rows(data: Any, left: Sequence[dict[str, Any]], found: Incoming, head: PaperHead) -> Any:
    parts = selectors.part_names(found.unit)
    kwargs = {"unit": found.unit, "parts": parts, "head": head}
    return DutyRows(data, prefix=ROWS, initial=[_initial(one) for one in left], form_kwargs=kwargs)


def _initial(one: dict[str, Any]) -> dict[str, Any]:
    names = ("what", "time_text", "recurrence", "send", "to", "note", "key")
    people = {name: "; ".join(one[name]) for name in ("lead", "support")}
    due = dt.date.fromisoformat(one["due"]) if one["due"] else None
    return {name: one[name] for name in names} | people | {"due": due, "is_taken": one["is_ticked"]}


def _dated_anew(data: QueryDict, head: PaperHead) -> QueryDict:
    """What was typed, with the days that the time words come to in a paper of this day."""
    dated = data.copy()
    today = timezone.localdate()
    for name in data:
        if name.startswith(f"{ROWS}-") and name.endswith("-time_text"):
            row = name.removesuffix("-time_text")
            recurrence = data.get(f"{row}-recurrence", "")
            known = recurrence if recurrence in Duty.Recurrence.values else ""
            if due := due_of(data[name], known, head, today):
                dated[f"{row}-due"] = f"{due:%d/%m/%Y}"
    return dated


def _review_page(
    request: HttpRequest, found: Incoming, head: HeadForm, rows: Any, left: Sequence[dict[str, Any]], taken: Any
) -> HttpResponse:
    today = timezone.localdate()
    by_key = {one["key"]: one for one in found.proposals}
    marks = marks_of(found.proposals)
    shown = [(form, key := str(form["key"].value() or ""), by_key.get(key), marks.get(key)) for form in rows.forms]
    errors = [(number, form) for number, form in enumerate(rows.forms, start=1) if rows.is_bound and form.errors]
    context = {
        "title": str(found),
        "standing": _standing(len(left), len(taken)),
        "incoming": found,
        "head": head,
        "rows": rows,
        "shown": shown,
        "blank": _blank(rows),
        "blank_key": uuid.uuid4(),
        "row_errors": errors,
        "is_refused": bool(errors or (head.is_bound and head.errors)),
        "source": shown_source(found.source, found.proposals),
        "taken": [(plan_presenters.task_row(task, None, today), _may_count_back(task, today)) for task in taken],
        "all_url": f"{reverse('plans:tasks')}?nguon={IN_NONE}&nam=",
        "panel_title": "Văn bản",
    }
    is_refused = context["is_refused"] and "doc-lai" not in request.POST
    return render(request, "plans/incoming.html", context, status=422 if is_refused else 200)


def _may_count_back(task: Task, today: dt.date) -> bool:
    return task.due is not None and not is_settled(task, today)


def _blank(rows: Any) -> Any:
    """A row to be added by hand, ticked from the start."""
    form = rows.empty_form
    form.initial["is_taken"] = True
    return form


def _standing(left: int, taken: int) -> str:
    done = f"Đã nhận {taken} việc từ văn bản này. " if taken else ""
    if left:
        return f"{done}Còn {left} việc đề xuất; hãy đối chiếu với văn bản, đánh dấu việc của đơn vị rồi nhận."
    return done or "Chương trình không thấy câu nào giao việc có hạn; hãy xem văn bản và thêm việc nếu có."
