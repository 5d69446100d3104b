"""Pages of one that was asked: what came from it, entering it on its behalf, sending it back."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from core.errors import AppError, UnfitField
from core.history import history_lines
from reminders.asking import presenters, selectors, services
from reminders.asking.forms import BehalfForm, ReturnForm
from reminders.asking.views import get_or_post, writable_ask
from reminders.models import Answer, Ask
from reminders.states import RequestState


@get_or_post
def ask(request: HttpRequest, pk: int, ask_pk: int) -> HttpResponse:
    """What came; posting sends the answer back with a reason."""
    found: Ask = get_object_or_404(selectors.visible_asks(request.user), pk=ask_pk, request=pk)
    may_write = request.user.has_perm("reminders.write_request", found.request)
    form = ReturnForm(request.POST or None)
    if request.method == "POST":
        if not may_write:
            raise PermissionDenied
        if form.is_valid() and _is_returned(request, form, found):
            return redirect("reminders:ask", pk, ask_pk)
    answers = list(found.answers.all())
    row = presenters.ask_row(found, found.request, timezone.localdate())
    context = {
        "title": str(found),
        "standing": found.request.title,
        "ask": found,
        "asked": found.request,
        "row": row,
        "answers": [presenters.came(answer, found.request) for answer in reversed(answers)],
        "unseen": [answer.pk for answer in answers if answer.seen_at is None],
        "form": form,
        "may_write": may_write,
        "is_open": found.request.state == RequestState.ASKED,
        "link": presenters.link_words(found, found.request) if may_write else {},
        "history": history_lines(found, answers, last=50),
    }
    return render(request, "reminders/asking/ask.html", context, status=422 if form.errors else 200)


def _is_returned(request: HttpRequest, form: ReturnForm, found: Ask) -> bool:
    """The answer that the page showed; one that came meanwhile is not sent back unread."""
    answer = next((one for one in found.answers.all() if str(one.pk) == request.POST.get("noi-dung")), None)
    if answer is None:
        form.add_error(None, "Trang này đã cũ, hãy tải lại.")
        return False
    answer.ask = found
    try:
        services.send_back(answer, actor=request.user, reason=form.cleaned_data["reason"])
    except UnfitField as error:
        form.add_error(error.field, str(error))
        return False
    except AppError as error:
        messages.info(request, str(error))
        return True
    messages.success(request, f"Đã trả lại {found}. Liên kết mới có ở trang Tin nhắn Zalo và ở dưới đây.")
    return True


@get_or_post
def behalf(request: HttpRequest, pk: int, ask_pk: int) -> HttpResponse:
    """Nhập hộ."""
    found = writable_ask(request, pk, ask_pk)
    if found.request.state != RequestState.ASKED:
        messages.info(request, services.NotOpen.message)
        return redirect("reminders:ask", pk, ask_pk)
    bound = (request.POST, request.FILES) if request.method == "POST" else (None, None)
    form = BehalfForm(*bound, ask=found, initial=_proposed(found))
    if request.method == "POST" and _is_entered(request, form, found):
        return redirect("reminders:request", pk)
    context = {"title": f"Nhập hộ {found}", "standing": found.request.title, "ask": found, "form": form}
    return render(request, "reminders/asking/behalf.html", context, status=422 if form.errors else 200)


def _proposed(found: Ask) -> dict[str, Any]:
    head = found.part.head if found.part else None
    return {"sender": str(head) if head else ""}


def _is_entered(request: HttpRequest, form: BehalfForm, found: Ask) -> bool:
    form.is_valid()
    form.receive(actor=request.user)
    if form.errors:
        return False
    try:
        answer: Answer = services.enter_for(found, actor=request.user, data=form.read())
    except UnfitField as error:
        form.add_error(error.field if error.field in form.fields else None, str(error))
        return False
    messages.success(request, f"Đã nhập hộ {found}, ngày {answer.day:%d/%m/%Y}.")
    return True


@require_POST
def renew(request: HttpRequest, pk: int, ask_pk: int) -> HttpResponse:
    """A new link for one; the old one opens nothing any more."""
    found = writable_ask(request, pk, ask_pk)
    try:
        services.renew_link(found, actor=request.user)
    except AppError as error:
        messages.info(request, str(error))
    else:
        messages.success(request, "Đã lập liên kết mới. Liên kết cũ không mở được nữa.")
    return redirect("reminders:ask", pk, ask_pk)
