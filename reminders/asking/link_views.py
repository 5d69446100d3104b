"""One-time links, opened on the phone without an account: what is asked, the answer, and that it came.

Every refusal is the same page with the same status, and a wrong link costs one guess of a few. The page with the
form lets the browser name only this site as where one comes from, never the address itself; with «no-referrer»
browsers would send ``Origin: null`` with the form, which the protection against forged forms rightly refuses.
"""

from __future__ import annotations

from typing import Any

from allauth.core.internal import ratelimit
from django.contrib.auth.decorators import login_not_required
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from core import files
from core.errors import UnfitField
from core.exporting import download
from reminders.asking import links, list_export
from reminders.asking.forms import AnswerForm
from reminders.asking.links import LinkRefused
from reminders.models import Answer, Ask

RATES = {"guess": "20/5m/ip", "post": "30/5m/ip"}
"""Wrong links, and sendings, from one address before all are refused for a while (counted in the shared cache)."""
_TOO_OFTEN = "Vừa có quá nhiều lượt gửi từ mạng này. Nội dung vẫn ở trang này; hãy đợi 5 phút rồi bấm gửi lại."


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def answer(request: HttpRequest, token: str) -> HttpResponse:
    """Looking does not use the link up, sending does."""
    try:
        ask = _asked_by(request, token)
        if request.method != "POST":
            _note_opened(request, ask)
            return _form_page(request, ask, AnswerForm(ask=ask, initial=_before(ask)))
        form = AnswerForm(request.POST, request.FILES, ask=ask)
        form.is_valid()
        if not _may(request, "post"):
            form.add_error(None, _TOO_OFTEN)
            return _form_page(request, ask, form, status=429)
        if came := _came(form, token):
            return _received(request, came)
    except LinkRefused as refusal:
        return _refused(request, refusal)
    return _form_page(request, ask, form, status=422)


@login_not_required
@never_cache
@require_safe
def sample(request: HttpRequest, token: str) -> HttpResponse:
    """The file that shows how the answer should look; of a list, where the office has none, one to fill in."""
    try:
        ask = _asked_by(request, token)
        stored = ask.request.sample
        if stored is None and ask.request.columns:
            content_to_fill = list_export.sample(ask.request, str(ask))
            return _hidden(download(content_to_fill, list_export.sample_name(ask.request)))
        if stored is None:
            raise LinkRefused
        content = files.open_stored(stored)
    except (LinkRefused, FileNotFoundError):
        return _refused(request, LinkRefused())
    response = FileResponse(content, as_attachment=True, filename=stored.name, content_type=stored.media_type)
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return _hidden(response)


def _asked_by(request: HttpRequest, token: str) -> Ask:
    if not _may(request, "guess", dry_run=True):
        raise LinkRefused
    return links.find_ask(token)


def _came(form: AnswerForm, token: str) -> Answer | None:
    form.receive(actor=None)
    if form.errors:
        return None
    try:
        return links.answer_by_link(token, data=form.read())
    except UnfitField as error:
        form.add_error(error.field if error.field in form.fields else None, str(error))
        return None


def _before(ask: Ask) -> dict[str, Any]:
    """What was sent back, to be mended rather than typed again."""
    last = _returned(ask)
    return {"text": last.text, "rows": last.rows, "sender": last.sender} if last else {}


def _returned(ask: Ask) -> Answer | None:
    last = ask.answers.order_by("pk").last()
    return last if last and last.returned_at else None


def _note_opened(request: HttpRequest, ask: Ask) -> None:
    """A messenger that looks for a preview is no person: browsers say that they open a page."""
    if request.headers.get("Sec-Fetch-Dest") == "document":
        links.note_opened(ask)


# -- Answers to the browser ------------------------------------------------------------------


def _form_page(request: HttpRequest, ask: Ask, form: AnswerForm, status: int = 200) -> HttpResponse:
    today = timezone.localdate()
    context = {
        "title": ask.request.title,
        "ask": ask,
        "asked": ask.request,
        "late": max(0, (today - ask.request.due).days),
        "returned": _returned(ask),
        "form": form,
        "sample_url": f"{request.path}mau/" if ask.request.sample_id or ask.request.columns else "",
    }
    response = render(request, "reminders/asking/link.html", context, status=status)
    return _hidden(response, "strict-origin")


def _received(request: HttpRequest, came: Answer) -> HttpResponse:
    context = {
        "title": "Đã gửi xong",
        "standing": f"Đã nhận lúc {timezone.localtime(came.at):%H:%M} ngày {timezone.localtime(came.at):%d/%m/%Y}.",
        "came": came,
        "asked": came.ask.request,
        "count": came.files.count(),
    }
    return _hidden(render(request, "reminders/asking/received.html", context))


def _refused(request: HttpRequest, refusal: LinkRefused) -> HttpResponse:
    _may(request, "guess")
    context = {"title": "Liên kết không dùng được", "standing": str(refusal)}
    return _hidden(render(request, "reminders/asking/refused.html", context, status=404))


def _hidden(response: Any, referrer: str = "no-referrer") -> Any:
    """From search engines, from the pages that one goes to, and from the server's log of refused addresses."""
    response["Referrer-Policy"] = referrer
    response["X-Robots-Tag"] = "noindex, nofollow"
    response._has_been_logged = True
    return response


def _may(request: HttpRequest, action: str, *, dry_run: bool = False) -> bool:
    usage = ratelimit.consume(request, app="reminders", action=action, config=RATES, dry_run=dry_run, limit_get=True)
    return usage is not None
