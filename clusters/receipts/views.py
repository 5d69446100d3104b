"""When the members' papers came: all of a season, and one with its arithmetic, its waiver and its way."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from campaigns.results.evidence import Proof
from clusters.models import Receipt, Season
from clusters.receipts import board as boards
from clusters.receipts import services
from clusters.receipts.board import Board, Row, members_seen, proposals, read_board
from clusters.receipts.doors import Pair, pair_seen, pair_to_record, season_seen, season_to_record
from clusters.receipts.forms import BoardForm, ReceiptForm, SendForm, WaiverForm, initial_of
from clusters.receipts.sending import papers_to_send, send_for, sends_for
from clusters.rules import belongs_to
from clusters.running.selectors import is_inside
from core.errors import AppError, UnfitField
from core.paging import page_of
from core.states import EditedMeanwhile

get_or_post = require_http_methods(["GET", "HEAD", "POST"])
_SORTS = ("don-vi", "han", "cham")


@require_safe
def receipts(request: HttpRequest, pk: int) -> HttpResponse:
    season = season_seen(request, pk)
    members = members_seen(request.user, season)
    board = read_board(season, members)
    may_record = request.user.has_perm("clusters.run_season", season) and season.state in services.OPEN
    form = BoardForm(request.GET, steps=board.steps)
    found = _sorted(boards.filtered(board.rows, **form.wanted()), request)
    page = replace(page_of(request, found), sort=_sort_of(request))
    context = {
        "title": f"Văn bản đến, {season}",
        "standing": _standing(board, inside=is_inside(request.user, season)),
        "season": season,
        "filter": form,
        "is_filtered": any(form.wanted().values()),
        "page": page,
        "rows": [_shown(request, season, row) for row in page.rows],
        "board": board,
        "rules": _rules_told(board),
        "proposals": proposals(board) if may_record else [],
        "may_record": may_record,
        "has_returned": may_record and any(_takes_returned(season)),
    }
    return render(request, "clusters/receipts/board.html", context)


def _sort_of(request: HttpRequest) -> str:
    sort = request.GET.get("xep", "don-vi")
    return sort if sort.removeprefix("-") in _SORTS else "don-vi"


def _sorted(rows: Sequence[Row], request: HttpRequest) -> list[Row]:
    sort = _sort_of(request)
    keys: dict[str, Any] = {
        "don-vi": lambda row: (row.member.order, row.step.order),
        "han": lambda row: (row.step.due is None, row.step.due, row.member.order),
        "cham": lambda row: (row.days, -row.member.order),
    }
    return sorted(rows, key=keys[sort.removeprefix("-")], reverse=sort.startswith("-"))


def _shown(request: HttpRequest, season: Season, row: Row) -> dict[str, Any]:
    may = season.state in services.OPEN and request.user.has_perm("clusters.run_season", season)
    return {
        "row": row,
        "may_record": may and not belongs_to(request.user, row.member),
        "may_send": sends_for(request.user, row) and row.state in (boards.MISSING, boards.WAITING),
    }


def _standing(board: Board, *, inside: bool) -> str:
    if not board.steps:
        return "Lịch chưa có việc nào mà từng đơn vị phải gửi văn bản."
    counts = board.counts()
    told = [words.format(counts[state]) for state, words in boards.COUNTED.items() if counts[state]]
    whose = "" if inside else "Của đơn vị mình: "
    return f"{whose}{'; '.join(told)}." if told else "Chưa có đơn vị thành viên nào."


def _rules_told(board: Board) -> list[str]:
    """How lateness is counted and what it costs, as the set says."""
    season = board.season
    told = [f"Tính từ {season.get_late_from_display().lower()}, đếm {season.get_late_in_display().lower()}."]
    for one in board.scale.penalties:
        days, late = board.scale.days, one.late
        said = [
            f"chậm từ {days(int(band.reached))} trừ {board.scale.points(band.points)} điểm"
            for band in sorted(late.bands, key=lambda band: band.reached)
        ]
        said += [f"mỗi ngày chậm trừ {board.scale.points(late.each_day)} điểm"] if late.each_day else []
        said += [f"chậm không quá {days(late.grace)} thì không trừ"] if late.grace else []
        if late.cutoff is not None:
            said.append(f"chậm quá {days(late.cutoff)} là sau hạn chót không nhận, trừ hết điểm của mục này")
        said.append(f"nhiều nhất {board.scale.points(one.maximum)} điểm")
        told.append(f"{one.code}. {one.title}: {'; '.join(said)}.")
    if not board.scale.penalties:
        told.append("Bộ tiêu chí không trừ điểm chậm." if season.criteria_id else "Chưa chọn bộ tiêu chí.")
    return told


def _takes_returned(season: Season) -> list[Any]:
    rows = boards.penalties_of([season.criteria]) if season.criteria else []
    return [row for row in rows if row.rule.get("returned_each")]


# -- One -----------------------------------------------------------------------------------


@get_or_post
def receipt(request: HttpRequest, pk: int, member_pk: int, step_pk: int) -> HttpResponse:
    pair = (pair_to_record if request.method == "POST" else pair_seen)(request, pk, member_pk, step_pk)
    row, may = pair.row, pair.may_record and pair.season.state in services.OPEN
    if request.method != "POST":
        form = ReceiptForm(initial=initial_of(row.receipt, row.was)) if may else None
        return _page(request, pair, form)
    form = ReceiptForm(request.POST)
    status = 422
    if form.is_valid():
        saying = services.Saying(row.member, row.step, form.days(), form.cleaned_data["was"])
        try:
            changed = services.record_receipts(pair.season, [saying], actor=request.user)
        except UnfitField as error:
            form.add_error(error.field, str(error))
        except EditedMeanwhile:
            status, now = 409, pair_seen(request, pk, member_pk, step_pk).row
            form.data = form.data.copy()
            form.data["was"] = now.was
            form.add_error(None, f"Vừa có người ghi khác: {now.words} Bấm lưu lần nữa là thay bằng những gì bạn ghi.")
        except AppError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, f"Đã ghi văn bản của {row.member}." if changed else "Đã ghi như vậy rồi.")
            return redirect("clusters:receipts", pk)
    return _page(request, pair, form, status)


def _page(request: HttpRequest, pair: Pair, form: ReceiptForm | None, status: int = 200) -> HttpResponse:
    row = pair.row
    context = {
        "title": f"{row.member}: {row.step.text[:120]}",
        "standing": row.words,
        "season": pair.season,
        "row": row,
        "form": form,
        "may_record": pair.may_record and pair.season.state in services.OPEN,
        "may_send": sends_for(request.user, row) and row.state in (boards.MISSING, boards.WAITING),
        "delivery_differs": _delivery_differs(row.receipt),
    }
    return render(request, "clusters/receipts/receipt.html", context, status=status)


def _delivery_differs(receipt: Receipt | None) -> str:
    """What became of the delivery since it was taken over."""
    delivery = receipt.delivery if receipt else None
    if receipt is None or delivery is None:
        return ""
    if delivery.withdrawn_on or delivery.returned_on:
        what = "thu hồi" if delivery.withdrawn_on else "bị trả lại"
        return f"Lượt gửi này sau đó {what}; nếu văn bản không còn được tính thì bỏ ghi nhận."
    if delivery.received_on and delivery.received_on != receipt.received_on:
        return f"Lượt gửi ghi ngày nhận {delivery.received_on:%d/%m/%Y}; ngày ghi ở đây được dùng để tính."
    return ""


@require_POST
def clear(request: HttpRequest, pk: int, member_pk: int, step_pk: int) -> HttpResponse:
    pair = pair_to_record(request, pk, member_pk, step_pk)
    words = f"Đã bỏ ghi nhận văn bản của {pair.member}; tính như chưa nhận."
    return _act(request, pair, services.clear_receipt, words)


@require_POST
def unwaive(request: HttpRequest, pk: int, member_pk: int, step_pk: int) -> HttpResponse:
    pair = pair_to_record(request, pk, member_pk, step_pk)
    return _act(request, pair, services.take_waiver_back, f"Đã thôi miễn trừ cho {pair.member}.")


def _act(request: HttpRequest, pair: Pair, act: Any, words: str) -> HttpResponse:
    try:
        act(pair.season, pair.member, pair.step, actor=request.user)
    except AppError as error:
        messages.warning(request, str(error))
    else:
        messages.success(request, words)
    return redirect("clusters:receipt", pair.season.pk, pair.member.pk, pair.step.pk)


@get_or_post
def waiver(request: HttpRequest, pk: int, member_pk: int, step_pk: int) -> HttpResponse:
    pair = pair_to_record(request, pk, member_pk, step_pk)
    form = WaiverForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        proof = Proof(said["number"], said["date"], said["issuer"], said["file"])
        try:
            services.waive(pair.season, pair.member, pair.step, reason=said["reason"], proof=proof, actor=request.user)
        except UnfitField as error:
            form.add_error(error.field, str(error))
        except AppError as error:
            form.add_error("number" if proof.number or proof.date or proof.issuer else "file", str(error))
        else:
            messages.success(request, f"Đã miễn trừ điểm chậm cho {pair.member}.")
            return redirect("clusters:receipt", pk, member_pk, step_pk)
    context = {
        "title": f"Miễn trừ điểm chậm cho {pair.member}",
        "standing": pair.row.words,
        "season": pair.season,
        "row": pair.row,
        "form": form,
    }
    return render(request, "clusters/receipts/waive.html", context, status=422 if form.errors else 200)


# -- Deliveries ----------------------------------------------------------------------------


@require_POST
def take(request: HttpRequest, pk: int) -> HttpResponse:
    """Tie the chosen deliveries to the steps that they were proposed for."""
    season = season_to_record(request, pk)
    found = {one.key: one for one in proposals(read_board(season, members_seen(request.user, season)))}
    chosen = [found[key] for key in dict.fromkeys(request.POST.getlist("chon")) if key in found]
    sayings = [
        services.Saying(
            one.row.member,
            one.row.step,
            services.days_of_delivery(one.delivery),
            one.row.was,
            Receipt.Source.DELIVERY,
            one.delivery,
        )
        for one in chosen
    ]
    if not sayings:
        messages.warning(request, "Đánh dấu ít nhất một lượt gửi; lượt đã ghi rồi thì không còn ở đây.")
        return redirect("clusters:receipts", pk)
    try:
        count = services.record_receipts(season, sayings, actor=request.user)
    except AppError as error:
        messages.warning(request, str(error))
    else:
        messages.success(request, f"Đã ghi nhận {count} văn bản từ lượt gửi.")
    return redirect("clusters:receipts", pk)


@require_safe
def due(request: HttpRequest, pk: int, member_pk: int, order: int) -> HttpResponse:
    """From a reminder, which knows a line of the timetable by its place, to the form that settles it."""
    step = season_seen(request, pk).steps.filter(order=order, asks_members=True).first()
    if step is None:
        raise Http404
    pair = pair_seen(request, pk, member_pk, step.pk)
    name = "clusters:receipt_send" if sends_for(request.user, pair.row) else "clusters:receipt"
    return redirect(name, pk, member_pk, step.pk)


@get_or_post
def send_paper(request: HttpRequest, pk: int, member_pk: int, step_pk: int) -> HttpResponse:
    """The member's own people send a paper of their register to the organiser."""
    pair = pair_seen(request, pk, member_pk, step_pk)
    if pair.member.unit_id is None:
        raise Http404
    if not sends_for(request.user, pair.row):
        raise PermissionDenied
    papers = papers_to_send(pair.season, pair.member, pair.step)
    initial = {"sent_on": timezone.localdate(), "paper": str(papers[0].pk) if papers else ""}
    form = SendForm(request.POST or None, papers=papers, initial=initial)
    if request.method == "POST" and form.is_valid():
        paper = next(one for one in papers if str(one.pk) == form.cleaned_data["paper"])
        try:
            send_for(pair.season, pair.step, paper, actor=request.user, sent_on=form.cleaned_data["sent_on"])
        except AppError as error:
            form.add_error("sent_on" if getattr(error, "field", "") == "day" else "paper", str(error))
        else:
            messages.success(request, f"Đã gửi {paper} đến {pair.season.cluster.unit.title}.")
            return redirect("clusters:receipts", pk)
    context = {
        "title": f"Gửi văn bản: {pair.step.text[:120]}",
        "standing": f"{pair.row.words} Nơi nhận: {pair.season.cluster.unit.title}.",
        "season": pair.season,
        "row": pair.row,
        "form": form,
        "papers": papers,
    }
    return render(request, "clusters/receipts/send.html", context, status=422 if form.errors else 200)
