"""The weekly schedule: on the screen, on A4, as PDF and Word."""

from __future__ import annotations

from urllib.parse import quote

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from documents.rendering import FORMATS
from documents.rendering import render as draw
from reminders.notices import own_units
from reminders.schedule import Week, schedule_of
from reminders.schedule_paper import compose_schedule
from units.models import Unit
from units.selectors import issuers_of

_WEEK, _UNIT = "tuan", "don_vi"


@require_safe
def schedule(request: HttpRequest) -> HttpResponse:
    units, week, today = own_units(request.user), _week(request), timezone.localdate()
    unit = _unit(request, units)
    found = schedule_of(unit, week, today) if unit else None
    context = {
        "title": f"Lịch công việc tuần {week.number}",
        "standing": f"{unit.title}, {week.span}. {found.words}" if unit and found else "",
        "week": week,
        "this_week": Week.of(today),
        "unit": unit,
        "units": units if len(units) > 1 else [],
        "schedule": found,
        "today": today,
        "may_record": unit is not None and request.user.has_perm("reminders.change_deadline", unit),
    }
    return render(request, "reminders/schedule.html", context)


@require_safe
def schedule_download(request: HttpRequest, to: str) -> HttpResponse:
    week, unit = _week(request), _unit(request, own_units(request.user))
    if to not in FORMATS or unit is None:
        raise Http404
    paper = compose_schedule(
        schedule_of(unit, week, timezone.localdate()),
        unit=unit,
        issuer=issuers_of(unit.pk).order_by("pk").first(),
        made_by=request.user.get_full_name(),
    )
    answer = HttpResponse(draw(paper, to), content_type=FORMATS[to])
    answer["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(f'lich-cong-viec-{week.code}.{to}')}"
    return answer


def _week(request: HttpRequest) -> Week:
    """The one in the address; this week, where there is none that can be read."""
    return Week.read(request.GET.get(_WEEK, "")) or Week.of(timezone.localdate())


def _unit(request: HttpRequest, units: list[Unit]) -> Unit | None:
    """The own unit that the address names, else the first; None for who has none. Others do not exist."""
    wanted = request.GET.get(_UNIT)
    if wanted is None:
        return units[0] if units else None
    for unit in units:
        if str(unit.pk) == wanted:
            return unit
    raise Http404
