"""Pages of rounds: the landing page, one round with who has sent, making, changing and moving it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from awards.collecting import presenters, rounds, selectors
from awards.collecting.doors import may_run, round_of, run_round
from awards.collecting.lists import ROUND_SORTS, RoundFilter
from awards.collecting.next_acts import moves_of, next_act
from awards.collecting.round_forms import RoundForm, initial_round
from awards.collecting.sources import offered_count
from awards.collecting.wording import year_words
from awards.models import Round
from awards.rules import WORKING
from awards.shipped import award_name
from awards.states import RoundState
from core.errors import AppError, UnfitField
from core.history import history_lines
from core.paging import list_page
from core.states import EditedMeanwhile
from core.year import current_year
from plans.task_views import with_year
from units.doors import unit_to_work_for
from units.models import Unit

get_or_post = require_http_methods(["GET", "HEAD", "POST"])


@require_safe
def round_list(request: HttpRequest) -> HttpResponse:
    data = with_year(request)
    found = RoundFilter(data, user=request.user)
    page = list_page(request, found.qs, sorts=ROUND_SORTS, default="-nam")
    today = timezone.localdate()
    context = {
        "title": "Khen thưởng",
        "standing": "Các đợt xét khen thưởng: từ lúc tiếp nhận đề nghị đến khi có quyết định, trao thưởng, vào sổ.",
        "filter": found,
        "page": page,
        "rows": [presenters.round_row(one, today) for one in page.rows],
        "is_filtered": any(value for name, value in data.items() if name in found.form.fields and name != "nam"),
        "may_make": request.user.has_perm("awards.run_rounds", None),
        "shown_year": data.get("nam", ""),
        "has_units": "don_vi" in found.form.fields,
    }
    return render(request, "awards/collecting/list.html", context)


@require_safe
def round_page(request: HttpRequest, pk: int) -> HttpResponse:
    found = round_of(request, pk)
    today = timezone.localdate()
    senders = selectors.senders_of(found)
    stand = presenters.standing_of_round(found, senders)
    runs = may_run(request, found)
    is_open = runs and found.state in (RoundState.COLLECTING, RoundState.APPRAISING)
    context = {
        "title": found.name,
        "standing": presenters.round_sentence(found, stand, today),
        "round": found,
        "look": presenters.round_look(found),
        "of_year": year_words(found.year, found.cycle),
        "awards": [award_name(code) for code in found.awards],
        "act": next_act(found, stand) if runs else None,
        "moves": moves_of(found) if runs else [],
        "rows": [presenters.list_row(row, found, today) for row in senders],
        "requests": list(selectors.requests_of(found)),
        "stand": stand,
        "may_run": runs,
        "is_open": is_open,
        "may_ask": runs and found.unit.kind == Unit.Kind.COMMUNE and found.state == RoundState.COLLECTING,
        "offered": offered_count(found, request.user) if is_open else 0,
        "history": history_lines(found, last=50),
    }
    return render(request, "awards/collecting/round.html", context)


@get_or_post
def round_new(request: HttpRequest) -> HttpResponse:
    unit, units = unit_to_work_for(request, *WORKING)
    year = current_year(request)
    initial = {"year": year, "name": f"Xét khen thưởng cuối năm {year}"}
    form = _form(request, unit, units, initial=initial)
    if form.is_valid():
        try:
            found = rounds.create_round(unit, actor=request.user, data=form.read())
        except UnfitField as error:
            form.add_error(error.field, str(error))
        else:
            messages.success(request, f"Đã lập đợt xét «{found.name}».")
            return redirect("awards:round", found.pk)
    told = "Một đợt xét gom danh sách của các nơi thành một, từ tiếp nhận đến quyết định."
    context = {"title": "Lập đợt xét khen thưởng", "standing": told, "form": form}
    return render(request, "awards/collecting/round_form.html", context, status=422 if form.errors else 200)


@get_or_post
def round_edit(request: HttpRequest, pk: int) -> HttpResponse:
    found, status = run_round(request, pk), 200
    form = _form(request, found.unit, [found.unit], there=found, initial=initial_round(found))
    if form.is_valid():
        version = form.cleaned_data["version"] or 0
        try:
            rounds.change_round(found, actor=request.user, version=version, data=form.read())
        except UnfitField as error:
            form.add_error(error.field, str(error))
        except EditedMeanwhile as error:
            form.add_error(None, str(error))
            status = 409
        else:
            messages.success(request, "Đã lưu đợt xét.")
            return redirect("awards:round", pk)
    context = {"title": "Sửa đợt xét", "standing": found.name, "form": form, "round": found}
    status = 422 if form.errors and status == 200 else status
    return render(request, "awards/collecting/round_form.html", context, status=status)


def _form(
    request: HttpRequest, unit: Unit, units: list[Unit], *, initial: dict[str, Any], there: Round | None = None
) -> RoundForm:
    return RoundForm(
        request.POST or None,
        units=units,
        unit=unit,
        campaigns=selectors.campaigns_to_name(unit, there.campaign if there else None),
        seasons=selectors.seasons_to_name(unit, there.season if there else None),
        there=there,
        initial=initial,
    )


@require_POST
def round_move(request: HttpRequest, pk: int) -> HttpResponse:
    found = run_round(request, pk)
    try:
        rounds.move_round(found, actor=request.user, to=request.POST.get("viec", ""))
    except AppError as error:
        messages.info(request, str(error))
    else:
        messages.success(request, f"Đợt xét: {found.get_state_display().lower()}.")
    return redirect("awards:round", pk)


@get_or_post
def round_discard(request: HttpRequest, pk: int) -> HttpResponse:
    found = run_round(request, pk)
    if request.method == "POST":
        try:
            rounds.discard_round(found, actor=request.user)
        except AppError as error:
            messages.error(request, str(error))
            return redirect("awards:round", pk)
        messages.success(request, f"Đã xóa «{found.name}».")
        return redirect("awards:list")
    context = {"title": "Xóa đợt xét", "standing": found.name, "round": found}
    return render(request, "awards/collecting/discard.html", context)
