"""Pages of lists: the file to fill in, files dropped and looked at before they are taken, everything put together."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from core import jobs
from core.errors import AppError, UnfitField
from core.exporting import download
from reminders.asking import list_export, list_services, presenters, selectors
from reminders.asking.list_columns import columns_of
from reminders.asking.list_drops import Drop, asked_of, find_drop, last_drop, lots_in, sent_files
from reminders.asking.list_forms import DropForm, TakeForm
from reminders.asking.list_matching import Lot
from reminders.asking.list_tasks import render_lists
from reminders.asking.services import NotOpen
from reminders.asking.views import get_or_post, writable
from reminders.models import Request
from reminders.states import RequestState

SENT = "da-gui-ve"
"""The button that reads files which came by link, instead of files dropped here."""


@require_safe
def sample(request: HttpRequest, pk: int) -> HttpResponse:
    found = _with_list(get_object_or_404(selectors.visible_requests(request.user), pk=pk))
    return download(list_export.sample(found), list_export.sample_name(found))


@require_safe
def merged(request: HttpRequest, pk: int) -> HttpResponse:
    """One file of all rows; a long one is written by a worker."""
    found = _with_list(get_object_or_404(selectors.visible_requests(request.user), pk=pk))
    today = timezone.localdate()
    rows = list_export.count_of([presenters.ask_row(ask, found, today) for ask in selectors.asks_of(found)])
    if rows <= list_export.ROWS_IN_REQUEST:
        return download(list_export.merged(found), list_export.merged_name(found))
    job = jobs.start(
        render_lists,
        owner=request.user,
        unit_id=found.unit_id,
        title=f"Tổng hợp danh sách: {found.title}"[:300],
        back_url=reverse("reminders:request", args=[pk]),
        request_id=pk,
    )
    return redirect("core:job", pk=job.pk)


@get_or_post
def drop(request: HttpRequest, pk: int) -> HttpResponse:
    found = _with_list(writable(request, pk))
    if found.state != RequestState.ASKED:
        messages.info(request, NotOpen.message)
        return redirect("reminders:request", pk)
    form = DropForm(*((request.POST, request.FILES) if request.method == "POST" else ()))
    is_sent = SENT in request.POST
    if is_sent or form.is_valid():
        try:
            dropped = _dropped(request, found, form, is_sent)
        except UnfitField as error:
            form.add_error(error.field, str(error))
        else:
            return redirect("reminders:list_read", pk, dropped)
    context = {
        "title": "Nhận danh sách từ Excel",
        "standing": found.title,
        "asked": found,
        "form": form,
        "columns": columns_of(found.columns),
        "waiting": last_drop(request.user, found),
        "sent": len(sent_files(found)),
        "sent_name": SENT,
    }
    return render(request, "reminders/asking/list_drop.html", context, status=422 if form.errors else 200)


def _dropped(request: HttpRequest, found: Request, form: DropForm, is_sent: bool) -> int:
    if is_sent:
        return list_services.read_sent(found, actor=request.user)
    return list_services.drop_files(found, form.cleaned_data["files"], actor=request.user)


@get_or_post
def read(request: HttpRequest, pk: int, drop_pk: int) -> HttpResponse:
    """How far the reading is; then what would be taken, from whom. htmx asks for the inner part until then."""
    found = _with_list(writable(request, pk))
    dropped = find_drop(request.user, found, drop_pk)
    if dropped is None:
        raise Http404
    is_working = not dropped.is_read and not _has_failed(dropped)
    if request.headers.get("HX-Request"):
        return _inner(request, dropped, is_working)
    lots = lots_in(dropped, asked_of(found)) if dropped.is_read else []
    form = _take_form(request, found, lots) if lots and not dropped.is_taken else None
    if form is not None and form.is_bound and form.is_valid() and _is_taken(request, form, dropped):
        return redirect("reminders:request", pk)
    context = {
        "title": "Danh sách đã đọc" if dropped.is_read else "Đang đọc danh sách",
        "standing": _standing(dropped, lots, is_working),
        "asked": found,
        "drop": dropped,
        "form": form,
        "lots": lots,
        "is_working": is_working,
        "has_failed": _has_failed(dropped),
        "columns": columns_of(found.columns),
    }
    return render(
        request, "reminders/asking/list_read.html", context, status=422 if form is not None and form.errors else 200
    )


def _inner(request: HttpRequest, dropped: Drop, is_working: bool) -> HttpResponse:
    if is_working:
        context = {"asked": dropped.request, "drop": dropped}
        return render(request, "reminders/asking/_list_waiting.html", context)
    response = HttpResponse()
    response["HX-Refresh"] = "true"
    return response


def _take_form(request: HttpRequest, found: Request, lots: Sequence[Lot]) -> TakeForm:
    today = timezone.localdate()
    rows = [presenters.ask_row(ask, found, today) for ask in selectors.asks_of(found)]
    sent = {row.ask.pk: _sent_words(row) for row in rows if not row.is_missing}
    bound: Any = request.POST if request.method == "POST" else None
    return TakeForm(bound, lots=lots, asked=asked_of(found), sent=sent)


def _sent_words(row: presenters.AskRow) -> str:
    if row.answer is None:
        return "đã gửi văn bản"
    return f"đã gửi ngày {row.answer.day:%d/%m/%Y}, {len(row.answer.rows)} dòng"


def _is_taken(request: HttpRequest, form: TakeForm, dropped: Drop) -> bool:
    said = form.cleaned_data
    try:
        answers = list_services.take(
            dropped,
            actor=request.user,
            day=said["day"],
            chosen=form.chosen(),
            without_faulty=bool(said.get("without_faulty")),
        )
    except UnfitField as error:
        form.refuse(error.field, str(error))
        return False
    except AppError as error:
        messages.info(request, str(error))
        return True
    count = sum(len(answer.rows) for answer in answers)
    messages.success(request, f"Đã nhận {count} dòng của {len(answers)} nơi.")
    return True


def _standing(dropped: Drop, lots: Sequence[Lot], is_working: bool) -> str:
    if is_working:
        return "Chương trình đang đọc các tệp, chưa ghi gì. Có thể rời trang này."
    if _has_failed(dropped):
        return "Chưa đọc xong các tệp; chưa ghi gì."
    if dropped.is_taken:
        return "Các danh sách này đã được nhận."
    rows, faulty = sum(len(lot.rows) for lot in lots), sum(len(lot.faulty) for lot in lots)
    if not rows:
        return "Không đọc được dòng nào; chưa ghi gì."
    wrong = f", {faulty} dòng có lỗi" if faulty else ", không có lỗi"
    return f"Đọc được {rows} dòng{wrong}. Chưa dòng nào được ghi; hãy xem của nơi nào rồi nhận."


def _has_failed(dropped: Drop) -> bool:
    return not dropped.is_read and (dropped.job is None or dropped.job.is_over)


def _with_list(found: Request) -> Request:
    """404 where no list is asked for."""
    if not found.columns:
        raise Http404
    return found
