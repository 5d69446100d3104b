"""Pages that prepare a sitting: the list, its head, its names, who is there, who steps back, what was said."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from awards.councils import asked, selectors, services
from awards.councils.ballots import house_of
from awards.councils.doors import RUN, item_to_run, sitting_to_run
from awards.councils.forms import (
    MinutesForm,
    PutOffForm,
    RecusalForm,
    SittingForm,
    initial_of,
    key_of,
    routes_of,
    show_at_field,
)
from awards.councils.lists import SORTS, SittingFilter
from awards.councils.presenters import LOOKS
from awards.councils.seating import derived_recusals, doubts_of
from awards.models import Item, Recusal, Round, Seat, Sitting
from awards.models.common import PathKind
from awards.rules import SECRETARIES
from awards.selectors import visible_rounds
from awards.shipped import ROUTE_WORDS, award_name
from awards.states import SittingState
from core.errors import AppError
from core.paging import list_page
from units.doors import unit_to_work_for
from units.models import Unit

get_or_post = require_http_methods(["GET", "HEAD", "POST"])


@require_safe
def sittings(request: HttpRequest) -> HttpResponse:
    """``?dot=`` of one round, under whose tabs it then stands."""
    found = SittingFilter(request.GET, user=request.user)
    page = list_page(request, found.qs, sorts=SORTS, default="-ngay")
    wanted = request.GET.get("dot", "")
    of_round = visible_rounds(request.user).filter(pk=wanted).first() if _is_key(wanted) else None
    context = {
        "title": "Phiên họp Hội đồng",
        "standing": of_round.name if of_round else "Các phiên họp xét khen thưởng: đang ở bước nào, kết quả ra sao.",
        "filter": found,
        "page": page,
        "rows": [(one, LOOKS[one.state]) for one in page.rows],
        "is_filtered": any(request.GET.get(name) for name in ("q", "dot", "trang_thai")),
        "round": of_round,
        "may_run": request.user.has_perm(RUN, of_round),
    }
    return render(request, "awards/councils/sittings.html", context)


def _is_key(text: str) -> bool:
    return text.isascii() and text.isdecimal() and len(text) < 18


# -- The head --------------------------------------------------------------------------------


@get_or_post
def sitting_new(request: HttpRequest) -> HttpResponse:
    unit, of_round = _asked_for(request)
    ready = list(asked.ready_nominees(unit.pk, of_round))
    awards = asked.asked_awards(unit.pk, ready, timezone.localdate())
    route = routes_of(awards)
    initial = {
        "name": f"Họp Hội đồng xét: {of_round.name}"[:300] if of_round else "",
        "route": route,
        "quorum": Sitting.QuorumKind.FOUR_FIFTHS,
        "awards": [key_of(one) for one in awards if one.route.value == route],
    }
    form = SittingForm(request.POST or None, awards=awards, initial=initial)
    if form.is_valid():
        try:
            data = form.read()
            chosen = _of_awards(ready, set(form.cleaned_data.get("awards", [])), unit)
            sitting = services.create_sitting(
                unit, actor=request.user, data=data, nominees=chosen, award_round=of_round
            )
        except AppError as error:
            show_at_field(form, error)
        else:
            messages.success(request, "Đã lập phiên họp. Kiểm tra danh sách, điểm danh rồi bắt đầu.")
            return redirect("awards:sitting", sitting.pk)
    context = {
        "title": "Lập phiên họp Hội đồng",
        "standing": of_round.name if of_round else f"{unit.title}: đối tượng đã thẩm định của mọi đợt xét.",
        "form": form,
        "round": of_round,
        "ready": len(ready),
    }
    return render(request, "awards/councils/sitting_form.html", context, status=422 if form.errors else 200)


def _asked_for(request: HttpRequest) -> tuple[Unit, Round | None]:
    wanted = request.GET.get("dot", "")
    if not _is_key(wanted):
        return unit_to_work_for(request, *SECRETARIES)[0], None
    found = get_object_or_404(visible_rounds(request.user), pk=wanted)
    units = unit_to_work_for(request, *SECRETARIES)[1]
    unit = next((one for one in units if one.pk == found.unit_id), None)
    return (unit, found) if unit else (units[0], None)


def _of_awards(ready: list[Any], wanted: set[str], unit: Unit) -> list[int]:
    effective = asked.known_awards(unit.pk, {row.award for row in ready}, timezone.localdate())
    return [row.pk for row in ready if f"{row.award}:{asked.route_of(row, effective).value}" in wanted]


@get_or_post
def sitting_edit(request: HttpRequest, pk: int) -> HttpResponse:
    sitting = sitting_to_run(request, pk)
    if sitting.state != SittingState.DRAFT:
        messages.info(request, "Phiên họp đã bắt đầu nên không sửa thông tin được nữa.")
        return redirect("awards:sitting", pk)
    form = SittingForm(request.POST or None, initial=initial_of(sitting))
    if form.is_valid():
        try:
            services.change_sitting(sitting, actor=request.user, data=form.read())
        except AppError as error:
            show_at_field(form, error)
        else:
            messages.success(request, "Đã lưu. Thành viên lấy theo Hội đồng ngày họp.")
            return redirect("awards:sitting", pk)
    context = {"title": "Sửa phiên họp", "standing": sitting.name, "form": form, "sitting": sitting}
    return render(request, "awards/councils/sitting_form.html", context, status=422 if form.errors else 200)


@get_or_post
def sitting_discard(request: HttpRequest, pk: int) -> HttpResponse:
    sitting = sitting_to_run(request, pk)
    if request.method == "POST":
        try:
            services.discard_sitting(sitting, actor=request.user)
        except AppError as error:
            messages.error(request, str(error))
            return redirect("awards:sitting", pk)
        messages.success(request, "Đã xóa phiên họp. Các đối tượng vẫn ở trạng thái đã thẩm định.")
        return redirect("awards:sittings")
    told = "Chỉ xóa được phiên họp chưa bắt đầu. Các đối tượng vẫn ở trạng thái đã thẩm định."
    context = {
        "title": "Xóa phiên họp",
        "standing": sitting.name,
        "told": told,
        "sitting": sitting,
        "submit": "Xóa phiên họp này",
        "danger": True,
    }
    return render(request, "awards/councils/act.html", context)


# -- The list of names -----------------------------------------------------------------------


@get_or_post
def sitting_items(request: HttpRequest, pk: int) -> HttpResponse:
    sitting = sitting_to_run(request, pk)
    if sitting.state != SittingState.DRAFT:
        messages.info(request, "Phiên họp đã bắt đầu nên danh sách không thay đổi được nữa.")
        return redirect("awards:sitting", pk)
    if request.method == "POST":
        chosen = [int(one) for one in request.POST.getlist("nominee") if _is_key(one)]
        try:
            services.choose_items(sitting, actor=request.user, nominees=chosen)
        except AppError as error:
            messages.error(request, str(error))
        else:
            messages.success(request, "Đã lưu danh sách.")
        return redirect("awards:sitting", pk)
    there = [item.nominee for item in selectors.items_for_page(sitting)]
    others = asked.in_order(asked.ready_nominees(sitting.unit_id, sitting.round))
    everybody = [*there, *others]
    effective = asked.known_awards(sitting.unit_id, {row.award for row in everybody}, timezone.localdate())
    count = len(there)
    rows = [
        {
            "nominee": row,
            "is_in": place < count,
            "award": award_name(row.award),
            "is_sudden": row.path == PathKind.SUDDEN,
            "route": ROUTE_WORDS[asked.route_of(row, effective)],
            "fits": asked.route_of(row, effective).value == sitting.route,
        }
        for place, row in enumerate(everybody)
    ]
    context = {
        "title": "Danh sách đưa ra xét",
        "standing": f"{sitting.name}: {len(there)} đối tượng, còn {len(others)} đối tượng đã thẩm định chưa đưa vào.",
        "sitting": sitting,
        "rows": rows,
    }
    return render(request, "awards/councils/items.html", context)


@get_or_post
def item_put_off(request: HttpRequest, pk: int, item_pk: int) -> HttpResponse:
    item = item_to_run(request, pk, item_pk)
    is_back = item.outcome == Item.Outcome.PUT_OFF
    form = PutOffForm(request.POST or None)
    if request.method == "POST" and (is_back or form.is_valid()):
        note = "" if is_back else form.cleaned_data["note"]
        try:
            services.put_off(item, actor=request.user, note=note, is_back=is_back)
        except AppError as error:
            show_at_field(form, error) if not is_back else messages.error(request, str(error))
        else:
            messages.success(request, "Đã đưa lại vào danh sách." if is_back else "Đã ghi để lại xét sau.")
        if is_back or not form.errors:
            return redirect("awards:sitting", pk)
    context = {
        "title": "Xét lại trong phiên này" if is_back else "Để lại xét sau",
        "standing": f"{item.nominee.name}, {award_name(item.nominee.award)}.",
        "told": "" if is_back else "Phiên này không bỏ phiếu tên này; đối tượng vẫn ở trạng thái đã thẩm định.",
        "sitting": item.sitting,
        "form": None if is_back else form,
        "submit": "Đưa lại vào danh sách bỏ phiếu" if is_back else "Để lại xét sau",
    }
    return render(request, "awards/councils/act.html", context, status=422 if form.errors else 200)


# -- Who is there, who steps back ------------------------------------------------------------


@get_or_post
def sitting_presence(request: HttpRequest, pk: int) -> HttpResponse:
    sitting = sitting_to_run(request, pk)
    if request.method == "POST":
        everybody = Seat.Presence.PRESENT.value if "all" in request.POST else ""
        seats = list(sitting.seats.all())
        said = {seat.pk: everybody or request.POST.get(f"presence_{seat.pk}", seat.presence) for seat in seats}
        said = {seat: one for seat, one in said.items() if one in Seat.Presence.values}
        tellers = {int(one) for one in request.POST.getlist("teller") if _is_key(one)}
        try:
            services.record_presence(
                sitting, actor=request.user, presence=said, tellers=tellers, others=request.POST.get("others", "")
            )
        except AppError as error:
            messages.error(request, str(error))
        else:
            messages.success(request, "Đã lưu điểm danh.")
        return redirect("awards:sitting_presence" if "all" in request.POST else "awards:sitting", pk)
    context = {
        "title": "Điểm danh, tổ kiểm phiếu",
        "standing": f"{sitting.name}. Tỷ lệ phiếu tính trên tất cả thành viên dưới đây, kể cả người vắng.",
        "sitting": sitting,
        "seats": house_of(sitting).seats,
        "choices": Seat.Presence.choices[1:],
        "is_closed": sitting.state == SittingState.CLOSED,
    }
    return render(request, "awards/councils/presence.html", context)


@get_or_post
def sitting_recusals(request: HttpRequest, pk: int) -> HttpResponse:
    sitting = sitting_to_run(request, pk)
    seats, items = list(sitting.seats.all()), selectors.items_for_page(sitting)
    form = RecusalForm(request.POST or None, seats=seats, items=items, initial=_doubted(request))
    if form.is_valid():
        said = form.cleaned_data
        seat = next(one for one in seats if one.pk == said["seat"])
        item = next(one for one in items if one.nominee_id == said["item"].pk)
        try:
            services.recuse(seat, item, actor=request.user, reason=said["reason"])
        except AppError as error:
            show_at_field(form, error)
        else:
            messages.success(request, "Đã ghi không tham gia bỏ phiếu.")
            return redirect("awards:sitting_recusals", pk)
    recusals = list(Recusal.objects.filter(item__sitting=sitting).select_related("seat", "item__nominee"))
    known = [(one.seat_id, one.item_id) for one in recusals]
    derived = derived_recusals(sitting)
    context = {
        "title": "Không tham gia bỏ phiếu",
        "standing": f"{sitting.name}. Người không tham gia vẫn tính trong tổng số thành viên.",
        "sitting": sitting,
        "form": form,
        "recusals": [(one, (one.seat_id, one.item_id) in derived) for one in recusals],
        "doubts": doubts_of(seats, items, known),
        "is_closed": sitting.state == SittingState.CLOSED,
    }
    return render(request, "awards/councils/recusals.html", context, status=422 if form.errors else 200)


def _doubted(request: HttpRequest) -> dict[str, Any]:
    """What a link beside a doubt fills in."""
    seat, nominee = request.GET.get("tv", ""), request.GET.get("dt", "")
    if not (_is_key(seat) and _is_key(nominee)):
        return {}
    return {"seat": int(seat), "item": int(nominee), "reason": "Là người được đề nghị"}


@require_POST
def recusal_remove(request: HttpRequest, pk: int, recusal_pk: int) -> HttpResponse:
    sitting = sitting_to_run(request, pk)
    rows = Recusal.objects.select_related("seat", "item__sitting", "item__nominee")
    found = get_object_or_404(rows, pk=recusal_pk, item__sitting=sitting)
    try:
        services.take_back_recusal(found, actor=request.user)
    except AppError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, "Đã bỏ; người này lại tham gia bỏ phiếu.")
    return redirect("awards:sitting_recusals", pk)


@get_or_post
def sitting_minutes(request: HttpRequest, pk: int) -> HttpResponse:
    sitting = sitting_to_run(request, pk)
    facts = selectors.facts_of(sitting)
    form = MinutesForm(request.POST or None, initial={"opinions": sitting.opinions, "conclusion": sitting.conclusion})
    if form.is_valid():
        try:
            services.write_minutes(sitting, actor=request.user, **form.cleaned_data)
        except AppError as error:
            show_at_field(form, error)
        else:
            messages.success(request, "Đã lưu lời ghi của phiên họp.")
            return redirect("awards:sitting", pk)
    context = {
        "title": "Ý kiến, kết luận",
        "standing": f"{sitting.name}. Lời ghi ở đây vào Biên bản họp.",
        "sitting": sitting,
        "form": form,
        "drafted": selectors.drafted_conclusion(facts.items),
    }
    return render(request, "awards/councils/minutes.html", context, status=422 if form.errors else 200)
