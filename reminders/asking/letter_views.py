"""The letter to those who are missing: chosen and looked at on one page, taken as PDF or Word, kept nowhere."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import quote, urlencode

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from documents import rendering
from documents.rendering.html import paper_body
from documents.tree import Paper
from reminders import wording
from reminders.asking import letters, presenters, selectors
from reminders.asking.letter_forms import LetterForm
from reminders.asking.views import writable
from reminders.calendars import workdays_of
from reminders.models import Request
from units.models import Issuer
from units.selectors import issuers_of


@dataclass(frozen=True, slots=True)
class _Desk:
    request: Request
    form: LetterForm
    paper: Paper | None
    """None where what was chosen does not fit."""
    missing: int


@require_safe
def letter(request: HttpRequest, pk: int) -> HttpResponse:
    desk = _desk(request, pk)
    if desk is None:
        return redirect("reminders:request", pk)
    context = {
        "title": "Công văn đôn đốc",
        "standing": f"{desk.request.title}: còn {desk.missing} nơi chưa gửi.",
        "asked": desk.request,
        "form": desk.form,
        "paper": paper_body(desk.paper) if desk.paper else "",
        "query": urlencode({name: desk.form[name].value() or "" for name in ("co_quan", "ky_hieu", "han_moi")}),
    }
    return render(request, "reminders/asking/letter.html", context, status=422 if desk.form.errors else 200)


@require_safe
def letter_download(request: HttpRequest, pk: int, to: str) -> HttpResponse:
    if to not in rendering.FORMATS:
        raise Http404
    desk = _desk(request, pk)
    if desk is None:
        return redirect("reminders:request", pk)
    if desk.paper is None:
        return letter(request, pk)
    answer = HttpResponse(rendering.render(desk.paper, to), content_type=rendering.FORMATS[to])
    answer["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(f'cong-van-don-doc-{pk}.{to}')}"
    return answer


def _desk(request: HttpRequest, pk: int) -> _Desk | None:
    """None, and a message, where there is nobody to write to or nobody to sign."""
    found = writable(request, pk)
    today = timezone.localdate()
    rows = [presenters.ask_row(ask, found, today) for ask in selectors.asks_of(found)]
    missing = sum(row.is_missing for row in rows)
    issuers = list(issuers_of(found.unit_id, today).select_related("unit", "part").order_by("pk"))
    if not missing:
        messages.info(request, "Các nơi đã gửi đủ, không còn nơi nào để đôn đốc.")
        return None
    if not issuers:
        messages.info(request, "Đơn vị chưa có cơ quan ban hành. Hãy thêm ở mục Đơn vị rồi soạn công văn.")
        return None
    days = workdays_of([found.unit_id])[found.unit_id]
    usual = {"co_quan": str(issuers[0].pk), "han_moi": f"{days.after(today, letters.DAYS_GIVEN):%d/%m/%Y}"}
    form = LetterForm(_with_symbol(usual | request.GET.dict(), issuers), issuers=issuers, today=today)
    paper = None
    if form.is_valid():
        names = [letters.OPENING, letters.CLOSING]
        texts = wording.wordings_of([found.unit_id], names)[found.unit_id]
        paper = letters.compose_letter(found, rows=rows, choice=form.choice(), texts=texts, on=today)
    return _Desk(found, form, paper, missing)


def _with_symbol(typed: dict[str, str], issuers: Sequence[Issuer]) -> dict[str, str]:
    """Another issuer brings its own symbol; ``cua`` says whose the one on the page was."""
    if typed.get("ky_hieu") and typed.get("cua", typed["co_quan"]) == typed["co_quan"]:
        return typed
    issuer = next((one for one in issuers if str(one.pk) == typed["co_quan"]), None)
    return typed | ({"ky_hieu": letters.symbol_of(issuer)} if issuer else {})
