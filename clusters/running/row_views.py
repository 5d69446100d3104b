"""Pages with rows: the members of a season and its timetable."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from clusters.models import Season
from clusters.running import selectors
from clusters.running.doors import run_season
from clusters.running.forms import (
    AddMembersForm,
    MemberForms,
    StepForms,
    group_key,
    groups_of,
    initial_members,
    initial_steps,
)
from clusters.running.matching import places_below
from clusters.running.rows import (
    SeasonIsRanked,
    add_members,
    follow_plan,
    mark_done,
    save_members,
    save_steps,
    steps_behind,
)
from clusters.wording import head
from core.errors import AppError, UnfitRow
from core.states import EditedMeanwhile

get_or_post = require_http_methods(["GET", "HEAD", "POST"])
_LONGEST_NUMBER = 9


# -- Members -------------------------------------------------------------------------------


@get_or_post
def members(request: HttpRequest, pk: int) -> HttpResponse:
    found = run_season(request, pk)
    there = {row.pk: row for row in found.members.select_related("unit", "part")}
    rows = MemberForms(
        request.POST or None,
        initial=initial_members(list(there.values())),
        prefix="dv",
        form_kwargs={"kind": found.cluster.kind},
    )
    status = _save(request, rows, found, save_members, there)
    if status == 302:
        messages.success(request, "Đã lưu danh sách đơn vị thành viên.")
        return redirect("clusters:members", pk)
    places = selectors.candidates(found, timezone.localdate())
    return _members_page(request, found, rows, AddMembersForm(places=places), places, status)


def _members_page(
    request: HttpRequest, found: Season, rows: Any, adding: AddMembersForm, places: Any, status: int
) -> HttpResponse:
    count = found.members.count()
    context = {
        "title": "Đơn vị thành viên",
        "standing": f"{found}: {count} đơn vị." if count else f"{found}: chưa có đơn vị nào.",
        "season": found,
        "rows": rows,
        "form": adding,
        "groups": groups_of(places),
        "head_word": head(found.cluster.kind),
    }
    return render(request, "clusters/running/members.html", context, status=status)


@require_POST
def members_add(request: HttpRequest, pk: int) -> HttpResponse:
    """One that was chosen, names that were typed, or all of a kind («nhom»)."""
    found = run_season(request, pk)
    places = selectors.candidates(found, timezone.localdate())
    form = AddMembersForm(request.POST, places=places)
    group = request.POST.get("nhom", "")
    if group:
        said: dict[str, Any] = {"places": [place for place in places if group_key(place) == group]}
    elif form.is_valid():
        said = _said(found, form, places)
    else:
        said = {}
    if said:
        try:
            added = add_members(found, actor=request.user, **said)
        except AppError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, f"Đã thêm {added} đơn vị." if added else "Các đơn vị này đã ở trong danh sách.")
            return redirect("clusters:members", pk)
    initial = initial_members(list(found.members.all()))
    rows = MemberForms(initial=initial, prefix="dv", form_kwargs={"kind": found.cluster.kind})
    return _members_page(request, found, rows, form, places, 422)


def _said(found: Season, form: AddMembersForm, places: Any) -> dict[str, Any]:
    """A typed name that is that of a unit or part below means it; the others are known by name only."""
    by_place = {(type(place).__name__.lower(), place.pk): place for place in places}
    known = places_below(found.cluster.unit)
    chosen = [form.cleaned_data["place"]] if form.cleaned_data.get("place") else []
    names = []
    for name in form.said_names:
        place = by_place.get(known.meant_by(name) or ("", 0))
        if place is None:
            names.append(name)
        else:
            chosen.append(place)
    return {"places": list(dict.fromkeys(chosen)), "names": names}


# -- Timetable -----------------------------------------------------------------------------


@get_or_post
def timetable(request: HttpRequest, pk: int) -> HttpResponse:
    found = run_season(request, pk)
    initial = initial_steps(list(found.steps.all()))
    rows = StepForms(request.POST or None, initial=initial, prefix="viec", form_kwargs={"kind": found.cluster.kind})
    status = _save(request, rows, found, save_steps, None)
    if status == 302:
        messages.success(request, "Đã lưu lịch của năm thi đua.")
        return redirect("clusters:timetable" if "them" in request.POST else "clusters:season", pk)
    context = {
        "title": "Lịch của năm thi đua",
        "standing": str(found),
        "season": found,
        "rows": rows,
        "behind": steps_behind(found) if found.plan_id else [],
    }
    return render(request, "clusters/running/timetable.html", context, status=status)


@require_POST
def timetable_follow(request: HttpRequest, pk: int) -> HttpResponse:
    found = run_season(request, pk)
    try:
        changed = follow_plan(found, actor=request.user)
    except SeasonIsRanked as error:
        messages.error(request, str(error))
        return redirect("clusters:season", pk)
    messages.success(request, f"Đã lấy theo kế hoạch {changed} việc." if changed else "Lịch đã khớp với kế hoạch.")
    return redirect("clusters:season", pk)


@require_POST
def step_done(request: HttpRequest, pk: int, step_pk: int) -> HttpResponse:
    """Done today, or («bo») not after all. Another day is written in the timetable."""
    found = run_season(request, pk)
    step = get_object_or_404(found.steps.all(), pk=step_pk)
    is_undone = "bo" in request.POST
    mark_done(step, actor=request.user, day=None if is_undone else timezone.localdate())
    messages.success(request, "Đã bỏ ghi việc xong." if is_undone else "Đã ghi việc xong hôm nay.")
    return redirect("clusters:season", pk)


# -- Both ----------------------------------------------------------------------------------


def _save(request: HttpRequest, rows: Any, found: Season, save: Any, there: Any) -> int:
    """The status to answer with: 302 once it is saved. ``there``: rows whose forms do not say all of them."""
    if not rows.is_bound:
        return 200
    if not rows.is_valid():
        return 422
    said = [form.row() if there is None else form.row(there) for form in rows.said()]
    try:
        save(found, actor=request.user, version=_version(request), rows=said)
    except UnfitRow as error:
        rows.show_at_row(error)
        return 422
    except SeasonIsRanked as error:
        messages.error(request, str(error))
        return 422
    except EditedMeanwhile as error:
        messages.error(request, f"{error} Mở lại trang này ở cửa sổ khác để so, rồi chép những chỗ bạn vừa ghi sang.")
        return 409
    return 302


def _version(request: HttpRequest) -> int:
    text = request.POST.get("version", "")
    return int(text) if text.isdecimal() and len(text) <= _LONGEST_NUMBER else 0
