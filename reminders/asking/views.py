"""Pages of requests: the list, a new one, the board of one, its Zalo texts."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from core.errors import AppError, UnfitField
from core.history import history_lines
from core.models import StoredFile
from core.paging import list_page
from core.site import opens_here_only
from core.states import EditedMeanwhile
from reminders.asking import hooks, presenters, selectors, services
from reminders.asking.filters import NEWEST_FIRST, SORTS, RequestFilter
from reminders.asking.forms import RequestForm
from reminders.asking.zalo import zalo_texts
from reminders.calendars import workdays_of
from reminders.models import Ask, Request
from reminders.presenters import Nearness
from reminders.states import RequestState
from units.models import Part, Unit

get_or_post = require_http_methods(["GET", "HEAD", "POST"])
_MOVES = {"ket-thuc": (services.close, "Đã kết thúc yêu cầu."), "mo-lai": (services.reopen, "Đã mở lại yêu cầu.")}
_HOW = "Ghi cần gửi gì, hạn nào, chọn các nơi. Chương trình soạn sẵn cho mỗi nơi một tin nhắn có liên kết riêng."
SHOWN = "loc"
"""In the address of the board: which rows."""


# -- The list --------------------------------------------------------------------------------


@require_safe
def request_list(request: HttpRequest) -> HttpResponse:
    found = RequestFilter(request.GET, selectors.requests_for_list(request.user))
    page = list_page(request, found.qs, sorts=SORTS, default=NEWEST_FIRST)
    today = timezone.localdate()
    nearness = Nearness(workdays_of({row.unit_id for row in page.rows}), today)
    context = {
        "title": "Đã gửi / chưa gửi",
        "standing": "Yêu cầu thôn, trường, cơ quan gửi về: nơi nào đã gửi, nơi nào chưa, chậm bao lâu.",
        "filter": found,
        "page": page,
        "rows": [(row, presenters.request_state(row, today, nearness)) for row in page.rows],
        "is_filtered": found.form.has_changed(),
        "may_write": bool(selectors.units_to_ask_for(request.user)),
    }
    return render(request, "reminders/asking/list.html", context)


# -- Writing one -----------------------------------------------------------------------------


@get_or_post
def new(request: HttpRequest) -> HttpResponse:
    """``?kind=&subject=``: for that deadline, whose words and day are proposed."""
    units = selectors.units_to_ask_for(request.user)
    if not units:
        raise PermissionDenied
    unit = next((one for one in units if str(one.pk) == request.GET.get("don_vi")), units[0])
    proposed = selectors.proposed_by(unit, request.GET.get("kind", ""), request.GET.get("subject", ""))
    initial: dict[str, Any] = {"follower": _own_person(request, unit)}
    if proposed:
        initial |= {"title": proposed.what, "due": proposed.due, "follower": proposed.follower_id}
    form = _form(request, unit, initial, layout=hooks.layout_of(proposed.kind) if proposed else ())
    belongs = {"kind": proposed.kind, "subject": proposed.subject} if proposed else {}
    if form.is_valid():
        form.keep_sample(unit_id=unit.pk, actor=request.user)
        if not form.errors and (made := _is_made(request, form, unit, belongs)):
            messages.success(request, "Đã lập yêu cầu. Xem lại rồi gửi cho các nơi.")
            return redirect("reminders:request", made.pk)
    context = {
        "title": "Lập yêu cầu",
        "standing": f"Cho việc: {proposed.what}." if proposed else _HOW,
        "units": units if len(units) > 1 else [],
        **_form_context(form, unit),
    }
    return render(request, "reminders/asking/form.html", context, status=422 if form.errors else 200)


@get_or_post
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    found = writable(request, pk)
    names = ("title", "body", "due", "version")
    initial: dict[str, Any] = {name: getattr(found, name) for name in names}
    initial |= {"columns": "; ".join(found.columns), "follower": found.follower}
    layout = hooks.layout_of(found.kind) and (found.columns or hooks.layout_of(found.kind))
    there = [ask.part for ask in found.asks.select_related("part__head") if ask.part]
    initial["parts"] = [part.pk for part in there]
    form = _form(request, found.unit, initial, there, found.sample, layout=layout)
    status = 200
    if form.is_valid():
        form.keep_sample(unit_id=found.unit_id, actor=request.user)
        if not form.errors:
            status = _change(request, form, found)
        if status == 302:
            return redirect("reminders:request", pk)
    context = {"title": "Sửa yêu cầu", "standing": found.title, "asked": found, **_form_context(form, found.unit)}
    return render(
        request, "reminders/asking/form.html", context, status=422 if form.errors and status == 200 else status
    )


def _is_made(request: HttpRequest, form: RequestForm, unit: Unit, belongs: dict[str, Any]) -> Request | None:
    try:
        return services.create_request(unit, actor=request.user, data=form.read(**belongs))
    except UnfitField as error:
        form.add_error(error.field, str(error))
        return None


def _change(request: HttpRequest, form: RequestForm, found: Request) -> int:
    """The status to answer with: 302 once it is saved."""
    version = form.cleaned_data["version"] or 0
    try:
        services.change_request(found, actor=request.user, version=version, data=form.read())
    except UnfitField as error:
        form.add_error(error.field, str(error))
    except EditedMeanwhile as error:
        form.add_error(None, str(error))
        return 409
    except services.NotOpen as error:
        form.add_error(None, str(error))
    else:
        messages.success(request, "Đã lưu.")
        return 302
    return 422


def _form(
    request: HttpRequest,
    unit: Unit,
    initial: dict[str, Any],
    there: Sequence[Part] = (),
    sample: StoredFile | None = None,
    *,
    layout: Sequence[str] = (),
) -> RequestForm:
    """``there``: who is asked already. A village that was dissolved since stays asked."""
    offered = list(dict.fromkeys([*selectors.parts_of(unit), *there]))
    bound = (request.POST, request.FILES) if request.method == "POST" else (None, None)
    return RequestForm(
        *bound,
        offered=offered,
        people=selectors.people_of(unit),
        there=sample,
        layout=layout,
        initial=initial,
    )


def _form_context(form: RequestForm, unit: Unit) -> dict[str, Any]:
    groups = presenters.part_groups(unit, list(form.offered.values()))
    return {"form": form, "unit": unit, "groups": groups}


def _own_person(request: HttpRequest, unit: Unit) -> Any:
    person = getattr(request.user, "person", None)
    return person if person and person.unit_id == unit.pk else None


# -- The board -------------------------------------------------------------------------------


@require_safe
def board(request: HttpRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(selectors.visible_requests(request.user), pk=pk)
    today = timezone.localdate()
    rows = [presenters.ask_row(ask, found, today) for ask in selectors.asks_of(found)]
    shown = request.GET.get(SHOWN, "")
    may_write = request.user.has_perm("reminders.write_request", found)
    context = {
        "title": found.title,
        "standing": presenters.standing(found, rows, today),
        "asked": found,
        "rows": [row for row in rows if row.is_in(shown)],
        "filters": [(name, words, sum(row.is_in(name) for row in rows)) for name, words in presenters.FILTERS.items()],
        "shown": shown if shown in presenters.FILTERS else "",
        "total": len(rows),
        "missing": sum(row.is_missing for row in rows),
        "unseen": [answer.pk for row in rows for answer in row.ask.answers.all() if answer.seen_at is None],
        "may_write": may_write,
        "is_open": found.state == RequestState.ASKED,
        "history": history_lines(found, [row.ask for row in rows], _answers_of(rows), last=100),
    }
    return render(request, "reminders/asking/board.html", context)


def _answers_of(rows: list[presenters.AskRow]) -> list[Any]:
    return [answer for row in rows for answer in row.ask.answers.all()]


@require_POST
def send_out(request: HttpRequest, pk: int) -> HttpResponse:
    found = writable(request, pk)
    _done(request, lambda: services.send_out(found, actor=request.user), "Mỗi nơi đã có liên kết riêng.")
    return redirect("reminders:request_zalo", pk)


@require_POST
def discard(request: HttpRequest, pk: int) -> HttpResponse:
    """A draft that nobody was asked by."""
    found = writable(request, pk)
    try:
        services.discard(found, actor=request.user)
    except AppError as error:
        messages.info(request, str(error))
        return redirect("reminders:request", pk)
    messages.success(request, f"Đã xóa yêu cầu đang soạn «{found.title}».")
    return redirect("reminders:requests")


@require_POST
def move(request: HttpRequest, pk: int) -> HttpResponse:
    """Kết thúc, mở lại: which one stands in «viec»."""
    found = writable(request, pk)
    act, said = _MOVES.get(request.POST.get("viec", ""), (None, ""))
    if act is not None:
        _done(request, lambda: act(found, actor=request.user), said)
    return redirect("reminders:request", pk)


@require_POST
def seen(request: HttpRequest, pk: int) -> HttpResponse:
    """The answers that the page showed, one or many."""
    found = writable(request, pk)
    answers = [int(value) for value in request.POST.getlist("noi-dung") if value.isdecimal() and len(value) < 19]
    count = services.mark_seen(found, actor=request.user, answers=answers)
    messages.success(request, f"Đã đánh dấu đã xem {count} nội dung." if count else "Các nội dung này đã xem rồi.")
    return redirect("reminders:request", pk)


# -- Zalo texts ------------------------------------------------------------------------------


@require_safe
def zalo(request: HttpRequest, pk: int) -> HttpResponse:
    found = writable(request, pk)
    if found.state != RequestState.ASKED:
        messages.info(request, "Tin nhắn có sau khi gửi yêu cầu, và khi yêu cầu chưa kết thúc.")
        return redirect("reminders:request", pk)
    today = timezone.localdate()
    texts = zalo_texts(found, [presenters.ask_row(ask, found, today) for ask in selectors.asks_of(found)])
    told = sum(text.row.ask.told_at is not None for text in texts)
    context = {
        "title": "Tin nhắn Zalo",
        "standing": _zalo_standing(found, len(texts), told),
        "asked": found,
        "texts": texts,
        "expired": sum(not text.text for text in texts),
        "opens_here_only": opens_here_only(),
    }
    return render(request, "reminders/asking/zalo.html", context)


def _zalo_standing(found: Request, missing: int, told: int) -> str:
    if not missing:
        return f"{found.title}. Các nơi đã gửi đủ, không còn tin nào phải nhắn."
    so_far = f"đã nhắn {told} nơi" if told else "chưa nhắn nơi nào"
    return f"{found.title}. {missing} nơi chưa gửi, {so_far}. Mỗi nơi một tin, một liên kết riêng."


@require_POST
def told(request: HttpRequest, pk: int, ask_pk: int) -> HttpResponse:
    """Marked by the script when a text is copied (then without a page), or by its button."""
    ask = writable_ask(request, pk, ask_pk)
    services.mark_told(ask, actor=request.user)
    if request.headers.get("X-Requested-With"):
        return HttpResponse(f"Đã nhắn lúc {timezone.localtime(ask.told_at):%H:%M %d/%m/%Y}", content_type="text/plain")
    return redirect("reminders:request_zalo", pk)


@require_POST
def renew_links(request: HttpRequest, pk: int) -> HttpResponse:
    """All that are no more."""
    found = writable(request, pk)
    _done(request, lambda: services.renew_expired(found, actor=request.user), "Đã lập liên kết mới.")
    return redirect("reminders:request_zalo", pk)


# -- Doors -----------------------------------------------------------------------------------


def writable(request: HttpRequest, pk: int) -> Request:
    """404 to strangers, 403 to those who may only read."""
    found = get_object_or_404(selectors.visible_requests(request.user), pk=pk)
    if not request.user.has_perm("reminders.write_request", found):
        raise PermissionDenied
    return found


def writable_ask(request: HttpRequest, pk: int, ask_pk: int) -> Ask:
    ask: Ask = get_object_or_404(selectors.visible_asks(request.user), pk=ask_pk, request=pk)
    if not request.user.has_perm("reminders.write_request", ask.request):
        raise PermissionDenied
    return ask


def _done(request: HttpRequest, act: Any, said: str) -> None:
    """Do it and say so; a refusal is said on the page that one goes back to."""
    try:
        act()
    except AppError as error:
        messages.info(request, str(error))
    else:
        messages.success(request, said)
