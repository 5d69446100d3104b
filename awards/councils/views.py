"""The page of one sitting, and the steps that it goes."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from awards.councils import asked, box, counting, moving, presenters, selectors
from awards.councils.ballots import House, house_of
from awards.councils.doors import may_run, sitting_seen, sitting_to_run
from awards.councils.forms import ConfirmForm
from awards.councils.seating import day_of
from awards.councils.services import NotTheTime
from awards.councils.sums import Counts
from awards.models import Item, Seat, Sitting
from awards.states import SittingState
from core.errors import AppError
from core.history import history_lines
from core.states import EditedMeanwhile, MovedMeanwhile

get_or_post = require_http_methods(["GET", "HEAD", "POST"])
Medium = Sitting.Medium


@require_safe
def sitting(request: HttpRequest, pk: int) -> HttpResponse:
    found = sitting_seen(request, pk)
    house, items = house_of(found), selectors.items_for_page(found)
    runs = may_run(request, found)
    counts = _counts_to_show(found, items)
    seat = next((one for one in house.seats if one.person_id == (request.user.person_id or 0)), None)
    context = {
        "title": found.name,
        "standing": presenters.standing(found),
        "sitting": found,
        "runs": runs,
        "there": presenters.there_of(found, house),
        "tellers": selectors.tellers_of(found, house.seats),
        "rows": presenters.rows_of(items, house, counts, weak=_weak(found, counts)),
        "may_put_off": runs and _may_put_off(found, house),
        "shows_counts": found.state in (SittingState.COUNTING, SittingState.CLOSED),
        "warnings": _warnings(found, house, items, counts),
        "votes": seat is not None and seat in house.waiting(items) and _votes_inside(found),
        "has_voted": seat is not None and seat.has_voted,
        "voters": _voters_context(found, house, items) if _votes_inside(found) else None,
        "counting": counting.standing_of(found, items, house) if found.medium == Medium.PAPER else None,
        "has_presence": all(one.presence for one in house.seats),
        "vote_rules": asked.vote_rules(found.unit_id, (item.nominee.award for item in items), day_of(found)),
        "history": history_lines(found, Item.objects.filter(sitting=found), last=50) if runs else [],
    }
    return render(request, "awards/councils/sitting.html", context)


def _may_put_off(found: Sitting, house: House) -> bool:
    """Not once a secret vote has begun: each ballot would have other names."""
    has_begun = found.state == SittingState.COUNTING or any(seat.has_voted for seat in house.seats)
    secret = found.medium == Medium.SECRET
    return found.state in (SittingState.OPEN, SittingState.COUNTING) and not (secret and has_begun)


def _votes_inside(found: Sitting) -> bool:
    return found.state == SittingState.OPEN and found.medium != Medium.PAPER


def _counts_to_show(found: Sitting, items: list[Item]) -> dict[int, Counts]:
    """Nothing of a vote in the program before it is counted."""
    if found.state == SittingState.COUNTING:
        return moving.counts_at_closing(found, items)
    return {}


def _weak(found: Sitting, counts: dict[int, Counts]) -> list[int]:
    if found.medium != Medium.SECRET or found.state != SittingState.COUNTING:
        return []
    return box.weak_items(_tallies(counts))


def _tallies(counts: dict[int, Counts]) -> dict[int, box.Tally]:
    return {pk: (one.yes or 0, one.no or 0, one.blank or 0) for pk, one in counts.items()}


def _warnings(found: Sitting, house: House, items: list[Item], counts: dict[int, Counts]) -> list[str]:
    """Where secrecy cannot hold: too few ballots, or all of them alike."""
    if found.medium != Medium.SECRET:
        return []
    if found.state == SittingState.OPEN:
        few = moving.few_voters(found, house)
        return [few] if few else []
    if found.state not in (SittingState.COUNTING, SittingState.CLOSED):
        return []
    tallies = _tallies(counts or {item.pk: counting.counts_of_item(item) for item in items})
    told = []
    if box.weak_items(tallies):
        told.append(f"Có tên chỉ có dưới {box.FEWEST} phiếu nên không giữ kín được ai bỏ phiếu thế nào.")
    if box.are_all_alike(tallies):
        told.append("Các phiếu giống hệt nhau nên ai cũng biết mọi người bỏ phiếu thế nào; không thể giữ kín.")
    return told


@require_safe
def sitting_voters(request: HttpRequest, pk: int) -> HttpResponse:
    """Who has not voted yet: a piece of the page, asked for again while people vote."""
    found = sitting_to_run(request, pk)
    context = {"sitting": found, "voters": None}
    if _votes_inside(found):
        context["voters"] = _voters_context(found, house_of(found), list(found.items.all()))
    return render(request, "awards/councils/_voters.html", context)


def _voters_context(found: Sitting, house: House, items: list[Item]) -> dict[str, Any]:
    waiting = house.waiting(items)
    to_enter = [seat for seat in house.seats if seat.presence in (Seat.Presence.PRESENT, Seat.Presence.WRITTEN)]
    return {
        "waiting": waiting,
        "cast": sum(seat.has_voted for seat in house.voters),
        "all": sum(seat.has_voted for seat in house.voters) + len(waiting),
        "to_enter": to_enter if found.medium == Medium.OPEN else [],
    }


# -- Steps -----------------------------------------------------------------------------------


@get_or_post
def sitting_open(request: HttpRequest, pk: int) -> HttpResponse:
    found = sitting_to_run(request, pk)
    house = house_of(found)
    is_known = all(seat.presence for seat in house.seats)
    texts = {
        "title": "Bắt đầu phiên họp",
        "told": "Từ lúc này danh sách đưa ra xét đứng nguyên; điểm danh vẫn sửa được.",
        "submit": "Bắt đầu phiên họp",
        "confirm": "Vẫn bắt đầu phiên họp",
        "done": "Phiên họp đã bắt đầu.",
    }
    return _step(
        request,
        found,
        SittingState.DRAFT,
        texts,
        lambda form: moving.open_sitting(found, actor=request.user, is_confirmed=form.is_confirmed),
        " ".join(moving.doubts_before_opening(found, house)) if is_known else "",
    )


@get_or_post
def sitting_count(request: HttpRequest, pk: int) -> HttpResponse:
    found = sitting_to_run(request, pk)
    secret = found.medium == Medium.SECRET
    texts = {
        "title": "Mở hòm phiếu" if secret else "Chuyển sang kiểm phiếu",
        "told": "Mở rồi thì không ai bỏ phiếu thêm được nữa." if secret else "Dừng bỏ phiếu và ghi kết quả.",
        "submit": "Mở hòm phiếu" if secret else "Chuyển sang kiểm phiếu",
        "confirm": "Vẫn mở hòm phiếu, những người ấy không bỏ phiếu" if secret else "Vẫn chuyển sang kiểm phiếu",
        "done": "Hòm phiếu đã mở." if secret else "Đã chuyển sang kiểm phiếu.",
        "next": "awards:sitting_counts" if found.medium == Medium.PAPER else "awards:sitting",
    }
    return _step(
        request,
        found,
        SittingState.OPEN,
        texts,
        lambda form: moving.start_counting(found, actor=request.user, is_confirmed=form.is_confirmed),
        moving.doubt_before_counting(found),
    )


@get_or_post
def sitting_close(request: HttpRequest, pk: int) -> HttpResponse:
    found = sitting_to_run(request, pk)
    texts = {
        "title": "Kết thúc phiên họp",
        "told": (
            "Kết quả từng tên tính trên tổng số thành viên Hội đồng, kể cả người vắng và người không tham gia. "
            "Kết thúc rồi thì không sửa được; xét lại phải họp phiên khác."
        ),
        "submit": "Kết thúc phiên họp, chốt kết quả",
        "done": "",
    }
    return _step(request, found, SittingState.COUNTING, texts, lambda form: _close(request, found, form))


def _close(request: HttpRequest, found: Sitting, form: ConfirmForm) -> None:
    version = form.cleaned_data.get("version")
    closed = moving.close(found, actor=request.user, version=version if version is not None else -1)
    parts = [f"thông qua {closed.passed}", f"không thông qua {closed.failed}"]
    if closed.put_off:
        parts.append(f"để lại xét sau {closed.put_off}")
    messages.success(request, f"Phiên họp đã kết thúc: {', '.join(parts)}.")
    if closed.elsewhere:
        names = ", ".join(closed.elsewhere[:10])
        messages.info(request, f"Hồ sơ đã thay đổi trong lúc họp nên giữ nguyên trạng thái: {names}.")


def _step(
    request: HttpRequest,
    found: Sitting,
    state: str,
    texts: dict[str, str],
    act: Callable[[ConfirmForm], None],
    doubt: str = "",
) -> HttpResponse:
    """A page that says what the step means; what is in doubt is confirmed on it before the step is gone."""
    if found.state != state:
        messages.info(request, f"Phiên họp đang ở bước «{found.get_state_display()}».")
        return redirect("awards:sitting", found.pk)
    shown = found.version
    is_sent = request.method == "POST"
    form = ConfirmForm(request.POST if is_sent else None, confirm=texts.get("confirm", ""), version=shown)
    problem, status = "", 200
    if is_sent and form.is_valid():
        try:
            act(form)
        except moving.AskFirst as error:
            doubt, status = str(error), 422
        except (EditedMeanwhile, MovedMeanwhile) as error:
            messages.error(request, str(error))
            return redirect("awards:sitting", found.pk)
        except AppError as error:
            problem, status = str(error), 422
        else:
            if texts["done"]:
                messages.success(request, texts["done"])
            return redirect(texts.get("next", "awards:sitting"), found.pk)
    if not doubt:
        form.fields.pop("confirmed", None)
    context = {**texts, "standing": found.name, "sitting": found, "form": form, "doubt": doubt, "problem": problem}
    return render(request, "awards/councils/step.html", context, status=status)


@require_POST
def sitting_back(request: HttpRequest, pk: int) -> HttpResponse:
    found = sitting_to_run(request, pk)
    try:
        if found.state == SittingState.COUNTING:
            moving.back_to_voting(found, actor=request.user)
        elif found.state == SittingState.OPEN:
            moving.back_to_draft(found, actor=request.user)
        else:
            raise NotTheTime
    except AppError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, f"Phiên họp trở lại bước «{found.get_state_display()}».")
    return redirect("awards:sitting", pk)
