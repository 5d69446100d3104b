"""Pages of papers sent and received: sending, the two lists, one delivery, many days of receipt."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_http_methods, require_safe

from core import exporting
from core.history import history_lines
from core.paging import list_page
from core.states import MovedMeanwhile, MoveRefused
from documents.deliveries import hooks, presenters, selectors, services
from documents.deliveries.acts import ACTS, Act, offered_acts
from documents.deliveries.forms import SendForm
from documents.deliveries.lists import NEWEST_FIRST, RECEIVED, SENT, SORTS, TITLES, DeliveryFilter, deliveries_for_list
from documents.deliveries.receipts import ReceiptRows
from documents.deliveries.states import DeliveryState
from documents.models import Delivery, IssuedPaper
from documents.selectors import visible_papers

get_or_post = require_http_methods(["GET", "HEAD", "POST"])
BACK = "ve"
"""In the address of the sending page: the page from which one came."""
_STANDING = {
    SENT: "Văn bản của đơn vị đã gửi đi: nơi nào đã nhận, nơi nào chưa, nơi nào trả lại hay đã trả lời.",
    RECEIVED: "Văn bản nơi khác gửi đến đơn vị. Ghi ngày nhận để nơi gửi biết.",
}


# -- Sending -------------------------------------------------------------------------------


@get_or_post
def send(request: HttpRequest, pk: int) -> HttpResponse:
    paper = get_object_or_404(visible_papers(request.user), pk=pk)
    if not request.user.has_perm("documents.send_paper", paper):
        raise PermissionDenied
    form = SendForm(request.POST or None, paper=paper)
    if form.is_valid() and _is_sent(request, form, paper):
        return redirect(_back_to(request, paper))
    context = {
        "title": "Gửi văn bản",
        "standing": f"{paper} ngày {paper.date:%d/%m/%Y}{f': {paper.subject}' if paper.subject else ''}",
        "paper": paper,
        "form": form,
        "lower": [unit for unit in form.candidates.lower if unit.pk not in form.there],
        "back_url": _back_to(request, paper),
    }
    return render(request, "documents/deliveries/send.html", context, status=422 if form.errors else 200)


def _is_sent(request: HttpRequest, form: SendForm, paper: IssuedPaper) -> bool:
    try:
        sent = services.send(paper, actor=request.user, **form.read())
    except services.UnfitDelivery as error:
        form.add_error(error.field, str(error))
        return False
    if sent:
        messages.success(request, presenters.sent_message(sent))
    else:
        messages.info(request, "Không gửi thêm: những nơi này đã được gửi văn bản này rồi.")
    return True


def _back_to(request: HttpRequest, paper: IssuedPaper) -> str:
    """The page from which one came, if it is ours; else the paper's page."""
    back = request.GET.get(BACK, "")
    is_ours = back and url_has_allowed_host_and_scheme(back, {request.get_host()}, require_https=request.is_secure())
    return back if is_ours else reverse("documents:paper", args=[paper.pk])


# -- The two lists -------------------------------------------------------------------------


@require_safe
def sent(request: HttpRequest) -> HttpResponse:
    return _list(request, SENT)


@require_safe
def received(request: HttpRequest) -> HttpResponse:
    return _list(request, RECEIVED)


def _list(request: HttpRequest, side: str) -> HttpResponse:
    rows = DeliveryFilter(request.GET, deliveries_for_list(request.user, side))
    page = list_page(request, rows.qs, sorts=SORTS, default=NEWEST_FIRST)
    context = {
        "title": TITLES[side],
        "standing": _STANDING[side],
        "side": side,
        "filter": rows,
        "page": page,
        "is_filtered": rows.form.has_changed(),
        "may_receive": request.user.has_perm("documents.receive_deliveries"),
        "export_url": reverse(f"documents:export_{side}"),
    }
    return render(request, "documents/deliveries/list.html", context)


@require_safe
def export_sent(request: HttpRequest) -> HttpResponse:
    return exporting.answer(request, "documents.sent", list_url=reverse("documents:sent"))


@require_safe
def export_received(request: HttpRequest) -> HttpResponse:
    return exporting.answer(request, "documents.received", list_url=reverse("documents:received"))


# -- One delivery --------------------------------------------------------------------------


@get_or_post
def delivery(request: HttpRequest, pk: int) -> HttpResponse:
    """What both sides see of it; below, what the user may say of it now."""
    rows = selectors.visible_deliveries(request.user).select_related(
        "paper__signed_file", "paper__issued_file", "paper__word_file"
    )
    found = get_object_or_404(rows, pk=pk)
    act: Act | None = None
    if request.method == "POST":
        act = _act_asked_for(request, found)
        if act is None:
            return _told(request, found)
        if act.form.is_valid() and (answer := _done(request, found, act)):
            return answer
    acts = offered_acts(found, request.user, chosen_paper=request.GET.get("van-ban", ""), bound=act)
    context = {
        "title": str(found.paper),
        "standing": presenters.standing(found),
        "delivery": found,
        "acts": acts,
        "facts": hooks.facts_of(found, request.user),
        "is_ours": request.user.has_perm("units.view_inside", found.sender),
        "may_record": request.user.has_perm("documents.record_paper"),
        "may_send_again": found.state == DeliveryState.RETURNED
        and request.user.has_perm("documents.send_paper", found.paper),
        "history": history_lines(found),
        "form": act.form if act else None,
    }
    return render(request, "documents/deliveries/delivery.html", context, status=422 if act else 200)


def _act_asked_for(request: HttpRequest, found: Delivery) -> Act | None:
    """With what was typed; None where it is no longer possible. 403 to those who may never do it."""
    code = request.POST.get("viec", "")
    if code not in ACTS or not request.user.has_perm(ACTS[code], found):
        raise PermissionDenied
    acts = offered_acts(found, request.user, data=request.POST)
    return next((act for act in acts if act.code == code), None)


def _done(request: HttpRequest, found: Delivery, act: Act) -> HttpResponse | None:
    try:
        message = act.run(found, request.user)
    except (MovedMeanwhile, MoveRefused):
        return _told(request, get_object_or_404(selectors.visible_deliveries(request.user), pk=found.pk))
    except services.UnfitDelivery as error:
        act.form.add_error(error.field if error.field in act.form.fields else None, str(error))
        return None
    messages.success(request, message)
    return redirect(request.get_full_path())


def _told(request: HttpRequest, found: Delivery) -> HttpResponse:
    """A second click, another window, a colleague or the other side who was faster: how it stands now."""
    messages.info(request, f"Không ghi thêm. {presenters.standing(found)}")
    return redirect(request.get_full_path())


# -- Many days of receipt ------------------------------------------------------------------


@get_or_post
def receipts(request: HttpRequest) -> HttpResponse:
    """Every delivery that waits for its day of receipt, each with a field; all are saved or none."""
    if not request.user.has_perm("documents.receive_deliveries"):
        raise PermissionDenied
    rows = ReceiptRows(request.user, request.GET, request.POST if request.method == "POST" else None)
    if request.method == "POST" and (count := rows.save()):
        messages.success(request, f"Đã ghi ngày nhận của {count} văn bản.")
        return redirect(request.get_full_path())
    context = {
        "title": "Ghi ngày nhận",
        "standing": "Các văn bản chưa ghi ngày nhận. Ghi ngày của những văn bản đã nhận, các dòng khác để trống.",
        "rows": rows,
    }
    return render(request, "documents/deliveries/receipts.html", context, status=422 if rows.errors else 200)
