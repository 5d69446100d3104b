"""Pages that make and change a campaign: its head, its waves, its thematic movements, its states."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from campaigns.models import Campaign
from campaigns.running import presenters, selectors, services
from campaigns.running.doors import writable
from campaigns.running.forms import (
    DRAFT_PLAN,
    PLAN_THERE,
    CampaignForm,
    DropForm,
    LaunchForm,
    MovementForms,
    WaveForms,
    initial_movements,
    initial_waves,
)
from campaigns.running.rows import save_movements, save_waves
from campaigns.running.starting import MadeAlready, start_campaign, values_from_parent, values_from_plan
from campaigns.running.values import VALUE_NAMES, values_of
from campaigns.states import CampaignState
from core.errors import AppError, UnfitField, UnfitRow
from core.states import EditedMeanwhile, MovedMeanwhile, MoveRefused
from core.year import current_year
from plans.models import Plan
from units.doors import unit_to_work_for
from units.models import Membership, Unit

get_or_post = require_http_methods(["GET", "HEAD", "POST"])


# -- A new one -----------------------------------------------------------------------------


@get_or_post
def new(request: HttpRequest) -> HttpResponse:
    """``?ke-hoach=``: of that plan; ``?theo=``: answering that campaign of a superior.

    Of a plan there is one campaign: a second click or another window is led to it.
    """
    unit, units = unit_to_work_for(request, Membership.Role.OFFICER)
    if there := _of_plan_named(request, unit):
        return _opened(request, there)
    parent = _named(request, "theo", selectors.parents_to_answer(request.user, unit).select_related("unit", "plan"))
    is_sent = request.method == "POST"
    plans = selectors.plans_to_begin_with(unit) if is_sent else selectors.plans_to_link(unit)
    plan = _plan_named(request, plans)
    form = CampaignForm(
        request.POST or None,
        units=units,
        unit=unit,
        people=selectors.people_of(unit),
        plans=plans,
        parent=parent,
        initial=_proposed(request, unit, parent, plan),
    )
    try:
        if form.is_valid() and (made := _made(request, form, unit, parent)):
            return redirect("campaigns:campaign", made.pk)
    except services.PlanHasCampaign as error:
        return _opened(request, error.there)
    except MadeAlready as error:
        messages.info(request, "Không lập thêm. Phong trào cùng tên đang chuẩn bị, mở ở đây.")
        return redirect("campaigns:campaign", error.there.pk)
    context = {
        "title": "Lập phong trào hưởng ứng" if parent else "Lập phong trào thi đua",
        "standing": _new_standing(parent),
        "form": form,
        "parent": parent,
    }
    return render(request, "campaigns/form.html", context, status=422 if form.errors else 200)


def _new_standing(parent: Campaign | None) -> str:
    if parent is None:
        return "Tên, chủ đề, thời gian của phong trào. Các đợt, chuyên đề, chỉ tiêu ghi sau, sửa lúc nào cũng được."
    return f"Hưởng ứng phong trào của {parent.unit}: sửa tên, chủ đề, chỉ tiêu cho hợp với đơn vị."


def _named(request: HttpRequest, parameter: str, rows: Any) -> Any:
    """The row that the address names; 404 where it is not the user's to see."""
    text = request.GET.get(parameter, "")
    if not text:
        return None
    if not text.isdecimal() or len(text) > 18:
        raise Http404
    return get_object_or_404(rows, pk=int(text))


def _of_plan_named(request: HttpRequest, unit: Unit) -> Campaign | None:
    text = request.GET.get("ke-hoach", "")
    if not text.isdecimal() or len(text) > 18:
        return None
    return Campaign.objects.filter(plan__in=selectors.plans_of_campaigns(unit).filter(pk=int(text))).first()


def _opened(request: HttpRequest, there: Campaign) -> HttpResponse:
    messages.info(request, "Không lập thêm. Kế hoạch này đã có phong trào, mở ở đây.")
    return redirect("campaigns:campaign", there.pk)


def _plan_named(request: HttpRequest, plans: list[Plan]) -> Plan | None:
    text = request.GET.get("ke-hoach", "")
    if not text:
        return None
    found = next((plan for plan in plans if str(plan.pk) == text), None)
    if found is None:
        raise Http404
    return Plan.objects.select_related("unit", "follower").get(pk=found.pk)


def _proposed(request: HttpRequest, unit: Unit, parent: Campaign | None, plan: Plan | None) -> dict[str, Any]:
    person = getattr(request.user, "person", None)
    follower = person if person and person.unit_id == unit.pk else None
    if parent is not None:
        return _initial(values_from_parent(parent, unit)) | {"with_plan": DRAFT_PLAN, "follower": follower}
    if plan is not None:
        return _initial(values_from_plan(plan)) | {"with_plan": PLAN_THERE, "plan": plan}
    return {"level": unit.kind, "year": current_year(request), "follower": follower, "with_plan": DRAFT_PLAN}


def _initial(values: Any) -> dict[str, Any]:
    return {name: getattr(values, name) for name in VALUE_NAMES}


def _made(request: HttpRequest, form: CampaignForm, unit: Unit, parent: Campaign | None) -> Campaign | None:
    try:
        made = start_campaign(
            unit,
            actor=request.user,
            values=form.read(),
            plan=form.chosen_plan,
            drafts_plan=timezone.localdate() if form.drafts_plan else None,
            parent=parent,
            delivery=selectors.delivery_to(unit, parent) if parent else None,
            taken=form.taken,
        )
    except (services.PlanHasCampaign, MadeAlready):
        raise
    except UnfitField as error:
        form.add_error(error.field if error.field in form.fields else None, str(error))
        return None
    except AppError as error:
        form.add_error(None, str(error))
        return None
    told = " và dự thảo kế hoạch của phong trào" if form.drafts_plan else ""
    messages.success(request, f"Đã lập phong trào{told}. Xem lại các đợt, chuyên đề, chỉ tiêu rồi ghi nhận phát động.")
    return made


# -- Its head ------------------------------------------------------------------------------


@get_or_post
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    found = writable(request, pk)
    initial = _initial(values_of(found)) | {"plan": found.plan, "version": found.version}
    form = CampaignForm(
        request.POST or None,
        units=[found.unit],
        unit=found.unit,
        people=selectors.people_of(found.unit),
        plans=selectors.plans_to_link(found.unit, also=found.plan_id),
        there=found,
        initial=initial,
    )
    status = 422 if form.is_bound else 200
    if form.is_valid():
        status = _change(request, form, found)
        if status == 302:
            return redirect("campaigns:campaign", pk)
    context = {"title": "Sửa phong trào", "standing": found.title, "form": form, "campaign": found}
    return render(request, "campaigns/form.html", context, status=status)


def _change(request: HttpRequest, form: CampaignForm, found: Campaign) -> int:
    """The status to answer with: 302 once it is saved."""
    said = {"version": form.cleaned_data["version"] or 0, "values": form.read(), "plan": form.chosen_plan}
    try:
        services.change_campaign(found, actor=request.user, **said)
    except UnfitField as error:
        form.add_error(error.field if error.field in form.fields else None, str(error))
        return 422
    except EditedMeanwhile as error:
        _show_theirs(request, form, found.pk, str(error))
        return 409
    messages.success(request, "Đã lưu.")
    return 302


def _show_theirs(request: HttpRequest, form: CampaignForm, pk: int, told: str) -> None:
    """What stands there now, at each field that differs; saving once more is then a choice."""
    theirs = get_object_or_404(selectors.for_saving(request.user), pk=pk)
    form.add_error(None, f"{told} Chỗ khác nhau có ghi ở từng ô; lưu lần nữa là lấy nội dung của bạn.")
    mine = {name: form.cleaned_data.get(name) for name in (*VALUE_NAMES, "plan")}
    for name, value in mine.items():
        there = getattr(theirs, name)
        if there != value:
            form.add_error(name, f"Người khác vừa lưu: «{_words(theirs, name) or 'để trống'}».")
    form.data = form.data.copy()  # type: ignore[misc]
    form.data["version"] = str(theirs.version)


def _words(campaign: Campaign, name: str) -> str:
    value = getattr(campaign, name)
    if hasattr(value, "strftime"):
        return f"{value:%d/%m/%Y}"
    shown = getattr(campaign, f"get_{name}_display", None)
    return str(shown() if shown else value or "")


# -- Its waves and movements ---------------------------------------------------------------


@get_or_post
def waves(request: HttpRequest, pk: int) -> HttpResponse:
    found = writable(request, pk)
    there = list(found.waves.all())
    rows = WaveForms(request.POST or None, initial=initial_waves(there), prefix="dot")
    status = _save_rows(request, rows, found, save_waves, "Đã lưu các đợt thi đua.")
    if status == 302:
        return _after_rows(request, "campaigns:waves", pk)
    by_pk = {shown.wave.pk: shown.doubts for shown in _doubts(request, pk)}
    context = {
        "title": "Các đợt thi đua",
        "standing": found.title,
        "campaign": found,
        "rows": rows,
        "forms": [(form, by_pk.get(form.initial.get("pk"), [])) for form in rows],
    }
    return render(request, "campaigns/waves.html", context, status=status)


def _doubts(request: HttpRequest, pk: int) -> list[presenters.ShownWave]:
    found = get_object_or_404(selectors.for_page(request.user), pk=pk)
    return presenters.waves_of(found, timezone.localdate())


@get_or_post
def movements(request: HttpRequest, pk: int) -> HttpResponse:
    found = writable(request, pk)
    rows = MovementForms(request.POST or None, initial=initial_movements(list(found.movements.all())), prefix="cd")
    status = _save_rows(request, rows, found, save_movements, "Đã lưu các chuyên đề.")
    if status == 302:
        return _after_rows(request, "campaigns:movements", pk)
    context = {"title": "Các chuyên đề", "standing": found.title, "campaign": found, "rows": rows}
    return render(request, "campaigns/movements.html", context, status=status)


def _save_rows(request: HttpRequest, rows: Any, found: Campaign, save: Any, told: str) -> int:
    if not rows.is_bound:
        return 200
    if not rows.is_valid():
        return 422
    text = request.POST.get("version", "")
    version = int(text) if text.isdecimal() and len(text) < 10 else 0
    try:
        save(found, actor=request.user, version=version, rows=[form.row() for form in rows.said()])
    except UnfitRow as error:
        rows.show_at_row(error)
        return 422
    except EditedMeanwhile as error:
        messages.error(request, f"{error} Mở lại trang này ở cửa sổ khác để so, rồi chép những chỗ bạn vừa ghi sang.")
        return 409
    messages.success(request, told)
    return 302


def _after_rows(request: HttpRequest, name: str, pk: int) -> HttpResponse:
    """«Lưu và thêm dòng» stays on the page, which then has new blank rows."""
    return redirect(name if "them" in request.POST else "campaigns:campaign", pk)


# -- Its states ----------------------------------------------------------------------------


@get_or_post
def launch(request: HttpRequest, pk: int) -> HttpResponse:
    found = writable(request, pk)
    if found.state != CampaignState.DRAFT:
        return _told(request, found)
    form = LaunchForm(request.POST or None, campaign=found)
    if form.is_valid():
        try:
            services.launch(found, actor=request.user, day=form.cleaned_data["day"])
        except UnfitField as error:
            form.add_error(error.field, str(error))
        except (MovedMeanwhile, MoveRefused):
            return _told(request, found)
        else:
            messages.success(request, "Đã ghi nhận phát động. Từ nay ghi kết quả và được nhắc các hạn của phong trào.")
            return redirect("campaigns:campaign", pk)
    context = {"title": "Ghi nhận đã phát động", "standing": found.title, "campaign": found, "form": form}
    return render(request, "campaigns/launch.html", context, status=422 if form.errors else 200)


@get_or_post
def drop(request: HttpRequest, pk: int) -> HttpResponse:
    found = writable(request, pk)
    if found.state not in (CampaignState.DRAFT, CampaignState.RUNNING):
        return _told(request, found)
    form = DropForm(request.POST or None)
    if form.is_valid():
        try:
            services.drop(found, actor=request.user, reason=form.cleaned_data["reason"])
        except UnfitField as error:
            form.add_error(error.field, str(error))
        except (MovedMeanwhile, MoveRefused):
            return _told(request, found)
        else:
            messages.success(request, "Đã ghi không thực hiện phong trào.")
            return redirect("campaigns:campaign", pk)
    context = {"title": "Không thực hiện phong trào", "standing": found.title, "campaign": found, "form": form}
    return render(request, "campaigns/drop.html", context, status=422 if form.errors else 200)


_MOVES = {
    "tong-ket": (services.close, "Đã ghi phong trào đã tổng kết."),
    "mo-lai": (services.reopen, "Đã mở lại phong trào."),
    "chuan-bi": (services.prepare_again, "Phong trào trở lại đang chuẩn bị."),
}


@require_POST
def move(request: HttpRequest, pk: int) -> HttpResponse:
    """Which one stands in «viec»."""
    found = writable(request, pk)
    act, said = _MOVES.get(request.POST.get("viec", ""), (None, ""))
    if act is None:
        raise PermissionDenied
    try:
        act(found, actor=request.user)
    except (MovedMeanwhile, MoveRefused):
        return _told(request, found)
    except AppError as error:
        messages.info(request, str(error))
    else:
        messages.success(request, said)
    return redirect("campaigns:campaign", pk)


def _told(request: HttpRequest, found: Campaign) -> HttpResponse:
    """A second click, another window, a colleague who was faster: how it stands now."""
    now = get_object_or_404(selectors.for_page(request.user), pk=found.pk)
    messages.info(request, f"Không ghi thêm. {presenters.standing(now, timezone.localdate(), is_inside=True)}")
    return redirect("campaigns:campaign", found.pk)
