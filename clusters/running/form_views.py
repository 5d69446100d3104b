"""Pages that make and change clusters and seasons: their heads, rules, states, plan, handover."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from clusters.models import Cluster, Member, Season
from clusters.part import cluster_named_by
from clusters.rules import WORKING
from clusters.running import moves, planning, selectors, services
from clusters.running.doors import run_cluster, run_season
from clusters.running.forms import ClusterForm, HandoverForm, SeasonForm, SettingsForm, initial_settings
from clusters.running.next_acts import BACK, OPEN_SCORING, START
from clusters.running.rotation import proposed
from clusters.running.values import FIRST_YEAR, LAST_YEAR
from clusters.states import SeasonState
from clusters.wording import head, word
from core.errors import AppError, UnfitField
from core.states import EditedMeanwhile, MovedMeanwhile, MoveRefused
from core.year import current_year
from plans.models import Plan
from units.doors import unit_to_work_for

get_or_post = require_http_methods(["GET", "HEAD", "POST"])


# -- Clusters ------------------------------------------------------------------------------


@get_or_post
def new(request: HttpRequest) -> HttpResponse:
    """``?ke-hoach=``: the cluster and the year that a plan is written for."""
    unit, units = unit_to_work_for(request, *WORKING)
    plan = _plan_named(request)
    form = ClusterForm(
        request.POST or None,
        units=units,
        unit=unit,
        people=selectors.people_of(unit),
        has_year=plan is None,
        initial=_proposed(request, plan),
    )
    if form.is_valid() and (made := _made(request, form, unit, plan)):
        return redirect("clusters:season", made.pk)
    told = "Tên cụm, đơn vị tổ chức, năm đầu tiên. Đơn vị thành viên, lịch, bộ tiêu chí ghi ở trang của năm ấy."
    context = {
        "title": "Lập năm thi đua từ kế hoạch" if plan else "Lập cụm, khối thi đua",
        "standing": str(plan) if plan else told,
        "form": form,
        "plan": plan,
    }
    return render(request, "clusters/running/cluster_form.html", context, status=422 if form.errors else 200)


def _plan_named(request: HttpRequest) -> Plan | None:
    text = request.GET.get("ke-hoach", "")
    if not text:
        return None
    if not text.isdecimal() or len(text) > 18:
        raise Http404
    plan = get_object_or_404(selectors.plan_to_begin_with(request.user, int(text)))
    if not request.user.has_perm("plans.write_plan", plan):
        raise PermissionDenied
    return plan


def _proposed(request: HttpRequest, plan: Plan | None) -> dict[str, Any]:
    if plan is None:
        return {"year": current_year(request)}
    name, kind = cluster_named_by(plan)
    return {"name": name, "kind": kind}


def _made(request: HttpRequest, form: ClusterForm, unit: Any, plan: Plan | None) -> Season | None:
    try:
        if plan is not None:
            season = planning.season_of_plan(plan, unit, actor=request.user, values=form.read())
        else:
            season = services.create_cluster_with_year(
                unit, actor=request.user, values=form.read(), year=form.cleaned_data["year"] or current_year(request)
            )
    except services.SeasonIsThere as error:
        messages.info(request, f"Không lập thêm. {error} Mở ở đây.")
        return error.there
    except UnfitField as error:
        form.add_error(error.field if error.field in form.fields else None, str(error))
        return None
    messages.success(request, "Đã lập. Thêm đơn vị thành viên, chọn bộ tiêu chí rồi bắt đầu năm thi đua.")
    return season


@get_or_post
def cluster_edit(request: HttpRequest, pk: int) -> HttpResponse:
    found = run_cluster(request, pk)
    initial = {"name": found.name, "kind": found.kind, "reviewer": found.reviewer}
    people = selectors.people_of(found.unit)
    form = ClusterForm(request.POST or None, units=[found.unit], unit=found.unit, people=people, initial=initial)
    if form.is_valid():
        try:
            services.change_cluster(found, actor=request.user, values=form.read())
        except UnfitField as error:
            form.add_error(error.field, str(error))
        else:
            messages.success(request, "Đã lưu.")
            return redirect("clusters:cluster", pk)
    context = {"title": f"Sửa {word(found.kind)} thi đua", "standing": found.name, "form": form, "cluster": found}
    return render(request, "clusters/running/cluster_form.html", context, status=422 if form.errors else 200)


@get_or_post
def cluster_discard(request: HttpRequest, pk: int) -> HttpResponse:
    found = run_cluster(request, pk)
    if request.method == "POST":
        try:
            services.discard_cluster(found, actor=request.user)
        except AppError as error:
            messages.error(request, str(error))
            return redirect("clusters:cluster", pk)
        messages.success(request, f"Đã xóa «{found.name}».")
        return redirect("clusters:list")
    context = {"title": f"Xóa {word(found.kind)} thi đua", "standing": found.name, "cluster": found}
    return render(request, "clusters/running/discard.html", context)


# -- Seasons -------------------------------------------------------------------------------


@get_or_post
def season_new(request: HttpRequest, pk: int) -> HttpResponse:
    """One click from the cluster's page posts the next year; opened by itself it asks which one."""
    found = run_cluster(request, pk)
    last = found.seasons.order_by("-year").first()
    offered = _years_to_offer(request, found)
    initial = {"year": last.year + 1 if last else current_year(request)}
    form = SeasonForm(request.POST or None, offered=offered, initial=initial)
    if form.is_valid():
        made = _begun(request, found, form.cleaned_data["year"])
        return redirect("clusters:season", made.pk)
    told = f"Lấy lại đơn vị thành viên, lịch, quy định của năm {last.year}; sửa được sau." if last else found.name
    context = {"title": "Lập năm thi đua", "standing": told, "form": form, "cluster": found}
    return render(request, "clusters/running/season_form.html", context, status=422 if form.errors else 200)


def _years_to_offer(request: HttpRequest, found: Cluster) -> list[int]:
    there = set(found.seasons.values_list("year", flat=True))
    around = {*range(current_year(request) - 3, current_year(request) + 3), *(year + 1 for year in there)}
    return sorted((year for year in around - there if FIRST_YEAR <= year <= LAST_YEAR), reverse=True)


def _begun(request: HttpRequest, found: Cluster, year: int) -> Season:
    try:
        begun = services.start_season(found, actor=request.user, year=year)
    except services.SeasonIsThere as error:
        messages.info(request, f"Không lập thêm. {error} Mở ở đây.")
        return error.there
    if begun.source is None:
        messages.success(request, f"Đã lập năm thi đua {year}. Thêm đơn vị thành viên rồi chọn bộ tiêu chí.")
        return begun.season
    told = f"Đã lập năm thi đua {year} từ năm {begun.source.year}: đơn vị thành viên, lịch, quy định."
    messages.success(request, f"{told} {head(found.kind)}, phó trưởng đề xuất theo luân phiên; xem lại rồi bắt đầu.")
    if begun.left_out:
        left = ", ".join(begun.left_out)
        messages.warning(request, f"Không đưa sang vì đơn vị đã thôi hoạt động: {left}. Thêm đơn vị mới nếu cần.")
    return begun.season


@get_or_post
def season_discard(request: HttpRequest, pk: int) -> HttpResponse:
    found = run_season(request, pk)
    cluster_pk = found.cluster_id
    if request.method == "POST":
        try:
            services.discard_season(found, actor=request.user)
        except AppError as error:
            messages.error(request, str(error))
            return redirect("clusters:season", pk)
        messages.success(request, f"Đã xóa năm thi đua {found.year}.")
        return redirect("clusters:cluster", cluster_pk)
    context = {"title": "Xóa năm thi đua", "standing": str(found), "season": found, "cluster": found.cluster}
    return render(request, "clusters/running/discard.html", context)


@get_or_post
def settings(request: HttpRequest, pk: int) -> HttpResponse:
    found = run_season(request, pk)
    sets = selectors.sets_to_choose(found)
    initial = initial_settings(found)
    if found.criteria is None and sets and sets[0].year == found.year:
        initial["criteria"] = sets[0]
    form = SettingsForm(request.POST or None, season=found, sets=sets, initial=initial)
    status = 422 if form.is_bound else 200
    if form.is_valid():
        status = _save_settings(request, form, found)
        if status == 302:
            return redirect("clusters:season", pk)
    context = {"title": "Quy định của năm thi đua", "standing": str(found), "season": found, "form": form}
    return render(request, "clusters/running/settings.html", context, status=status)


def _save_settings(request: HttpRequest, form: SettingsForm, found: Season) -> int:
    said = {"version": form.cleaned_data["version"], "values": form.read(), "quotas": form.said_quotas}
    try:
        services.save_settings(found, actor=request.user, **said)
    except UnfitField as error:
        form.add_error(error.field if error.field in form.fields else None, str(error))
        return 422
    except EditedMeanwhile as error:
        _show_theirs(request, form, found.pk, str(error))
        return 409
    messages.success(request, "Đã lưu quy định của năm thi đua.")
    return 302


def _show_theirs(request: HttpRequest, form: SettingsForm, pk: int, told: str) -> None:
    """What stands there now, at each field that differs; saving once more is then a choice."""
    theirs = run_season(request, pk)
    form.add_error(None, f"{told} Chỗ khác nhau có ghi ở từng ô; lưu lần nữa là lấy nội dung của bạn.")
    for name, there in initial_settings(theirs).items():
        if name != "version" and name in form.cleaned_data and form.cleaned_data[name] != there:
            shown = getattr(theirs, f"get_{name}_display", None)
            words = {True: "có", False: "không"}.get(there, str(shown() if shown else there or "để trống"))
            form.add_error(name, f"Người khác vừa lưu: «{words}».")
    form.data = form.data.copy()  # type: ignore[misc]
    form.data["version"] = str(theirs.version)


# -- States, plan, handover ----------------------------------------------------------------

_MOVES = {
    START: (moves.start, "Đã bắt đầu năm thi đua. Các đơn vị thành viên xem được từ nay."),
    OPEN_SCORING: (moves.open_scoring, "Đã mở chấm điểm. Mỗi đơn vị có bảng điểm để tự chấm."),
    BACK: (moves.take_back, "Đã trở lại bước trước. Những gì đã ghi vẫn còn."),
}


@require_POST
def move(request: HttpRequest, pk: int) -> HttpResponse:
    """Which one stands in «viec»."""
    found = run_season(request, pk)
    act, said = _MOVES.get(request.POST.get("viec", ""), (None, ""))
    if act is None:
        raise PermissionDenied
    before = found.state
    try:
        act(found, actor=request.user)
    except (MovedMeanwhile, MoveRefused):
        now = get_object_or_404(Season, pk=found.pk)
        messages.info(request, f"Không ghi thêm. Năm thi đua {now.get_state_display().lower()}.")
    except AppError as error:
        messages.error(request, str(error))
    else:
        if found.state != before:
            messages.success(request, said)
    return redirect("clusters:season", pk)


@require_POST
def draft_plan(request: HttpRequest, pk: int) -> HttpResponse:
    found = run_season(request, pk)
    if not request.user.has_perm("plans.add_plan", found.cluster.unit):
        raise PermissionDenied
    try:
        plan = planning.draft_plan(found, actor=request.user, today=timezone.localdate())
    except planning.HasPlan as error:
        messages.info(request, str(error))
        return redirect("plans:plan", error.plan.pk)
    except AppError as error:
        messages.error(request, str(error))
        return redirect("clusters:season", pk)
    messages.success(request, "Đã lập dự thảo kế hoạch, lịch của năm thi đua là các nhiệm vụ. Soạn tiếp ở đây.")
    return redirect("plans:editor", plan.pk)


@get_or_post
def handover(request: HttpRequest, pk: int) -> HttpResponse:
    found = run_season(request, pk)
    if found.state != SeasonState.PUBLISHED:
        messages.info(request, "Bàn giao sau khi công bố kết quả của năm thi đua.")
        return redirect("clusters:season", pk)
    members = list(found.members.all())
    form = HandoverForm(request.POST or None, members=members, proposed=_next_head(found, members))
    if form.is_valid():
        try:
            moves.hand_over(found, actor=request.user, **form.cleaned_data)
        except UnfitField as error:
            form.add_error(error.field, str(error))
        except (MovedMeanwhile, MoveRefused) as error:
            messages.info(request, str(error))
            return redirect("clusters:season", pk)
        else:
            messages.success(request, "Đã ghi nhận bàn giao. Lập năm thi đua sau thì đơn vị này đứng đầu.")
            return redirect("clusters:season", pk)
    context = {
        "title": f"Ghi nhận bàn giao {head(found.cluster.kind).lower()}",
        "standing": str(found),
        "season": found,
        "form": form,
    }
    return render(request, "clusters/running/handover.html", context, status=422 if form.errors else 200)


def _next_head(found: Season, members: list[Member]) -> Member | None:
    past = found.cluster.seasons.filter(year__lte=found.year).prefetch_related("members")
    wanted = proposed([services.key_of(one) for one in members], [services.term_of(one) for one in past]).head
    return next((one for one in members if services.key_of(one) == wanted), None)
