"""Pages of «Lời nhắc đã gửi»: the list, one message with exactly what was said, and sending it again."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from core.errors import AppError
from core.paging import list_page
from reminders import outbox, sending
from reminders.digests import Content
from reminders.models import Message
from reminders.outbox_presenters import (
    WHY_UNCERTAIN,
    counted_words,
    look_of,
    notice_rows,
    standing,
    subject_of,
)
from reminders.states import MessageState

get_or_post = require_http_methods(["GET", "HEAD", "POST"])
ASKED = "da-hoi"
"""Said by the page that asked whether a message that may have arrived is to be sent again."""


@require_safe
def outbox_list(request: HttpRequest) -> HttpResponse:
    rows = outbox.MessageFilter(request.GET, user=request.user)
    page = list_page(request, rows.qs, sorts=outbox.SORTS, default=outbox.NEWEST_FIRST)
    counts = outbox.counts_to_look_at(request.user, timezone.localdate())
    context = {
        "title": "Lời nhắc đã gửi",
        "standing": "Chương trình đã nhắc ai, khi nào, bằng cách nào, có đến nơi không.",
        "filter": rows,
        "page": page,
        "rows": [
            {
                "message": message,
                "subject": subject_of(message),
                "look": look_of(message),
                "sees_address": request.user.has_perm("reminders.see_address", message),
                "may_resend": _may_resend(request, message),
            }
            for message in page.rows
        ],
        "is_filtered": rows.form.has_changed(),
        "to_look_at": sum(counts.values()),
        "counted": counted_words(counts),
        "days_back": outbox.LOOKED_BACK.days,
        "TO_LOOK_AT": outbox.TO_LOOK_AT,
    }
    return render(request, "reminders/outbox.html", context)


@require_safe
def message(request: HttpRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(outbox.message_for_page(request.user), pk=pk)
    context = {
        "title": subject_of(found),
        "standing": standing(found),
        "message": found,
        "look": look_of(found),
        "content": Content.of(found),
        "notices": notice_rows(found.notices.all(), found.unit_id),
        "sees_address": request.user.has_perm("reminders.see_address", found),
        "may_resend": _may_resend(request, found),
        "may_mend": _may_mend(request, found),
        "why_uncertain": WHY_UNCERTAIN if found.state == MessageState.UNCERTAIN else "",
    }
    return render(request, "reminders/message.html", context)


@get_or_post
def resend(request: HttpRequest, pk: int) -> HttpResponse:
    """At once; of a message that may have arrived, after the person has read why that is not known."""
    found = get_object_or_404(outbox.message_for_page(request.user), pk=pk)
    if not request.user.has_perm("reminders.resend", found):
        raise PermissionDenied
    if not _may_resend(request, found):
        messages.info(request, f"Không gửi lại. {standing(found)}")
        return redirect("reminders:message", found.pk)
    is_sure = found.state != MessageState.UNCERTAIN or ASKED in request.POST
    if request.method == "POST" and is_sure:
        return _resent(request, found)
    context = {
        "title": "Gửi lại lời nhắc",
        "standing": standing(found),
        "message": found,
        "subject": subject_of(found),
        "why": WHY_UNCERTAIN if found.state == MessageState.UNCERTAIN else "",
        "ASKED": ASKED,
    }
    return render(request, "reminders/resend.html", context)


def _resent(request: HttpRequest, found: Message) -> HttpResponse:
    try:
        again = sending.resend(found, actor=request.user)
    except AppError as error:
        messages.error(request, str(error))
        return redirect("reminders:message", found.pk)
    told = f"Đã nhận yêu cầu gửi lại cho {found.person}. Chương trình gửi trong ít phút, kết quả hiện ở trang này."
    messages.success(request, told)
    return redirect("reminders:message", again.pk)


def _may_resend(request: HttpRequest, found: Message) -> bool:
    """Not what was sent, is on its way, is settled, or was sent again already."""
    is_undelivered = found.state in outbox.UNDELIVERED and not found.is_moot and not found.is_resent
    return is_undelivered and request.user.has_perm("reminders.resend", found)


def _may_mend(request: HttpRequest, found: Message) -> bool:
    """Whether the user can give the person the address that is missing."""
    has_none = found.channel == Message.Channel.NONE and not found.person.email
    return has_none and request.user.has_perm("units.change_unit", found.unit)
