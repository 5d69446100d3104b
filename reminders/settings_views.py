"""Cách nhắc việc: when a unit is reminded, on which days before a deadline, on which days it works, in which words.

Everybody in the unit reads it; who may change it, changes one thing at a time on a page of its own.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from core.errors import AppError, UnfitField
from core.history import history_lines
from core.year import current_year
from reminders import settings_selectors as selectors
from reminders import settings_services as services
from reminders import wording
from reminders.deadlines import collector_of
from reminders.ladder import DEFAULT
from reminders.settings_forms import DaysForm, HoursForm, LadderForm, WordingForm
from reminders.settings_previews import preview_of
from reminders.settings_services import AddedDays
from reminders.settings_words import ladder_sentence, weekday
from reminders.workdays import public_days
from units.models import Unit

get_or_post = require_http_methods(["GET", "HEAD", "POST"])
RESET, LOOK = "mac-dinh", "xem"
"""Names of the buttons beside the one that saves."""


# -- Doors -----------------------------------------------------------------------------


def _unit(request: HttpRequest, pk: int, permission: str = "reminders.view") -> Unit:
    """404 to strangers, 403 to those who may only read."""
    unit = get_object_or_404(selectors.units_reminded(request.user), pk=pk)
    if not request.user.has_perm(permission, unit):
        raise PermissionDenied
    return unit


def _kept(form: forms.Form, act: Callable[[], Any]) -> bool:
    """Run a service with what was typed; what it refuses is said at the field."""
    try:
        act()
    except UnfitField as error:
        form.add_error(error.field, str(error))
    except AppError as error:
        form.add_error(None, str(error))
    return not form.errors


# -- The unit at a glance --------------------------------------------------------------


@require_safe
def settings_page(request: HttpRequest) -> HttpResponse:
    """Of the user's unit; where he has several, the first one, with the way to the others."""
    units = list(selectors.units_reminded(request.user))
    if units:
        return _page_of(request, units[0], units)
    context = {"title": "Cách nhắc việc", "standing": "Tài khoản của bạn chưa có vai trò ở đơn vị nào."}
    return render(request, "reminders/settings_none.html", context)


@require_safe
def settings_of_unit(request: HttpRequest, pk: int) -> HttpResponse:
    return _page_of(request, _unit(request, pk), list(selectors.units_reminded(request.user)))


def _page_of(request: HttpRequest, unit: Unit, units: list[Unit]) -> HttpResponse:
    settings, year = selectors.settings_of(unit), current_year(request)
    own_days = selectors.own_days(unit, year)
    context = {
        "title": "Cách nhắc việc",
        "unit": unit,
        "units": units,
        "settings": settings,
        "is_never_quiet": settings.quiet_from == settings.quiet_to,
        "leaders": selectors.leaders_of(unit),
        "ladders": [(one, ladder_sentence(one.rungs)) for one in selectors.ladders_of(unit)],
        "days_off": sum(not day.is_working for day in own_days),
        "days_worked": sum(day.is_working for day in own_days),
        "texts": selectors.texts_of(unit),
        "may_change": request.user.has_perm("reminders.change_settings", unit),
        "history": history_lines(settings, last=50),
    }
    return render(request, "reminders/settings.html", context)


@get_or_post
def hours(request: HttpRequest, pk: int) -> HttpResponse:
    unit = _unit(request, pk, "reminders.change_settings")
    settings = selectors.settings_of(unit)
    initial = {"quiet_from": settings.quiet_from, "quiet_to": settings.quiet_to}
    form = HoursForm(request.POST or None, initial=initial)
    if form.is_valid() and _kept(
        form, lambda: services.set_quiet_hours(unit, actor=request.user, **form.cleaned_data)
    ):
        messages.success(request, "Đã lưu giờ nhắc.")
        return redirect("reminders:settings_unit", unit.pk)
    context = {
        "title": "Giờ nhắc",
        "standing": "Trong khoảng này chương trình không gửi lời nhắc nào; hết khoảng này thì gửi lời nhắc của ngày.",
        "unit": unit,
        "form": form,
    }
    return render(request, "reminders/settings_form.html", context, status=422 if form.errors else 200)


@require_POST
def weekly(request: HttpRequest, pk: int) -> HttpResponse:
    unit = _unit(request, pk, "reminders.change_settings")
    is_on = request.POST.get("bat") == "1"
    services.set_leader_weekly(unit, actor=request.user, is_on=is_on)
    messages.success(
        request,
        "Đã bật. Lãnh đạo đơn vị nhận bản đầu tiên vào ngày làm việc đầu tuần tới."
        if is_on
        else "Đã tắt. Lãnh đạo không nhận bản tổng hợp tuần nữa.",
    )
    return redirect("reminders:settings_unit", unit.pk)


# -- Ladders ---------------------------------------------------------------------------


@get_or_post
def ladder(request: HttpRequest, pk: int, kind: str) -> HttpResponse:
    unit = _unit(request, pk, "reminders.change_settings")
    collector = collector_of(kind)
    if collector is None:
        raise Http404
    if RESET in request.POST:
        services.set_ladder(unit, collector, actor=request.user, rungs=DEFAULT)
        messages.success(request, f"{collector.label} trở về mốc nhắc mặc định.")
        return redirect("reminders:settings_unit", unit.pk)
    row = selectors.ladder_of(unit, collector)
    rungs = services.rungs_of(row)
    initial = {"before": rungs.before, "on_the_day": rungs.on_the_day, "every": rungs.every}
    form = LadderForm(request.POST or None, initial=initial)
    if form.is_valid():
        rungs = form.rungs()
        if _kept(form, lambda: services.check_rungs(rungs)) and not _is_look(request):
            services.set_ladder(unit, collector, actor=request.user, rungs=rungs)
            messages.success(request, f"Đã lưu mốc nhắc «{collector.label}».")
            return redirect("reminders:settings_unit", unit.pk)
    context = {
        "title": f"Mốc nhắc: {collector.label}",
        "standing": f"Mặc định của chương trình: {ladder_sentence(DEFAULT)}",
        "unit": unit,
        "form": form,
        "is_own": row is not None,
        "sentence": "" if form.errors else ladder_sentence(rungs),
        "example": "" if form.errors else selectors.ladder_example(unit, collector, rungs),
    }
    return _form_or_look(request, context, "reminders/settings_ladder.html", "reminders/_settings_example.html")


def _is_look(request: HttpRequest) -> bool:
    """«Xem thử», or asked for while somebody types: nothing is saved."""
    return LOOK in request.POST or "HX-Request" in request.headers


def _form_or_look(request: HttpRequest, context: dict[str, Any], page: str, look: str) -> HttpResponse:
    """While somebody types, only what shows the consequence; htmx puts nothing on the page but what is fine."""
    if "HX-Request" in request.headers:
        return render(request, look, context)
    return render(request, page, context, status=422 if context["form"].errors else 200)


# -- Days ------------------------------------------------------------------------------


@get_or_post
def days(request: HttpRequest, pk: int) -> HttpResponse:
    unit = _unit(request, pk)
    may_change = request.user.has_perm("reminders.change_settings", unit)
    if request.method == "POST" and not may_change:
        raise PermissionDenied
    form = DaysForm(request.POST or None) if may_change else None
    if form and form.is_valid():
        added: list[AddedDays] = []
        wanted = form.wanted()
        if _kept(form, lambda: added.append(services.add_days(unit, actor=request.user, **wanted))):
            messages.success(request, _told(added[0], wanted["is_working"]))
            return redirect(f"{reverse('reminders:settings_days', args=[unit.pk])}?nam={added[0].days[0].year}")
    year = current_year(request)
    context = {
        "title": f"Ngày nghỉ, ngày làm bù năm {year}",
        "standing": "Lời nhắc tính theo ngày làm việc: ngày nghỉ chung của cả nước, cộng với ngày riêng của đơn vị.",
        "unit": unit,
        "shown_year": year,
        "days": [(row, weekday(row.day)) for row in selectors.own_days(unit, year)],
        "public_days": [(one, weekday(one.day)) for one in public_days(year)],
        "form": form,
        "may_change": may_change,
    }
    return render(request, "reminders/settings_days.html", context, status=422 if form and form.errors else 200)


def _told(added: AddedDays, is_working: bool) -> str:
    what = "ngày làm bù" if is_working else "ngày nghỉ"
    said = f"Đã ghi {len(added.days)} {what}."
    if added.already:
        usual = "ngày làm việc" if is_working else "ngày nghỉ"
        said += f" {len(added.already)} ngày khác trong khoảng đó vốn đã là {usual} nên không cần ghi."
    return said


@require_POST
def day_remove(request: HttpRequest, pk: int, day_pk: int) -> HttpResponse:
    unit = _unit(request, pk, "reminders.change_settings")
    row = get_object_or_404(unit.days_off.select_related("unit"), pk=day_pk)
    services.remove_day(row, actor=request.user)
    messages.success(request, f"Đã bỏ ngày {row.day:%d/%m/%Y}; hôm đó lại theo lịch chung của cả nước.")
    return redirect(f"{reverse('reminders:settings_days', args=[unit.pk])}?nam={row.day.year}")


# -- Words -----------------------------------------------------------------------------


@get_or_post
def text(request: HttpRequest, pk: int, name: str) -> HttpResponse:
    unit = _unit(request, pk, "reminders.change_settings")
    wanted = wording.TEXTS.get(name)
    if wanted is None:
        raise Http404
    if RESET in request.POST:
        services.set_wording(unit, name, actor=request.user, text=wanted.default)
        messages.success(request, f"{wanted.label} trở về mẫu của chương trình.")
        return redirect("reminders:settings_unit", unit.pk)
    words = wording.wordings_of([unit.pk], [name])[unit.pk][name]
    form = WordingForm(request.POST or None, initial={"text": words}, name=name)
    if form.is_valid():
        words = form.cleaned_data["text"]
        if not _is_look(request):
            services.set_wording(unit, name, actor=request.user, text=words)
            messages.success(request, f"Đã lưu {wanted.label[:1].lower()}{wanted.label[1:]}.")
            return redirect("reminders:settings_unit", unit.pk)
    preview = None if form.errors else preview_of(unit, name, request.user)
    context = {
        "title": wanted.label,
        "standing": wanted.where,
        "unit": unit,
        "text": wanted,
        "form": form,
        "is_own": words != wanted.default,
        "preview": preview,
        "filled": wording.fill(name, words, preview.values) if preview else "",
    }
    return _form_or_look(request, context, "reminders/settings_text.html", "reminders/_settings_preview.html")
