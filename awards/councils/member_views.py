"""Pages of the council itself: who sits in it on a day, and through time."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import sanitize_separators
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from awards.councils import members, selectors
from awards.councils.doors import RUN, member_to_change
from awards.councils.forms import MemberForm, show_at_field
from awards.models import CouncilMember
from awards.rules import SECRETARIES
from core.errors import AppError
from core.history import history_lines
from units.doors import unit_to_work_for
from units.models import Unit

get_or_post = require_http_methods(["GET", "HEAD", "POST"])


@require_safe
def council(request: HttpRequest) -> HttpResponse:
    """``?dv=`` the unit, ``?ngay=`` the day."""
    units = selectors.units_with_council(request.user)
    if not units:
        raise PermissionDenied
    unit = _unit_named(request, units)
    day, is_understood = _day_named(request)
    everybody = list(selectors.council_rows(request.user, unit))
    of_day = [one for one in everybody if one.is_in_force(day)]
    may_run = bool(request.user.has_perm(RUN, CouncilMember(unit=unit)))
    context = {
        "title": "Hội đồng Thi đua - Khen thưởng",
        "standing": f"{unit.title}: {_told(of_day)} ngày {day:%d/%m/%Y}.",
        "unit": unit,
        "units": units,
        "day": day,
        "is_today": day == timezone.localdate(),
        "typed_day": request.GET.get("ngay", ""),
        "is_understood": is_understood,
        "members": of_day,
        "others": [one for one in everybody if one not in of_day],
        "may_run": may_run,
        "sits": request.user.has_perm(RUN, None),
        "history": history_lines(CouncilMember.objects.filter(unit=unit), last=50) if may_run else [],
    }
    return render(request, "awards/councils/council.html", context)


def _unit_named(request: HttpRequest, units: list[Unit]) -> Unit:
    """Else the first in which the user runs the council, else the first."""
    wanted = request.GET.get("dv", "")
    if wanted:
        found = next((one for one in units if str(one.pk) == wanted), None)
        if found is None:
            raise Http404
        return found
    own = {one.pk for one in selectors.units_to_sit_for(request.user)}
    return next((one for one in units if one.pk in own), units[0])


def _day_named(request: HttpRequest) -> tuple[dt.date, bool]:
    text = sanitize_separators(request.GET.get("ngay", "").strip())
    if not text:
        return timezone.localdate(), True
    for form in ("%d/%m/%Y", "%Y-%m-%d"):
        try:
            return dt.datetime.strptime(text, form).date(), True  # noqa: DTZ007 -- a day, no instant
        except ValueError:
            continue
    return timezone.localdate(), False


def _told(rows: list[CouncilMember]) -> str:
    standing = sum(one.is_standing for one in rows)
    return f"{len(rows)} thành viên, {standing} trong Thường trực," if rows else "chưa có thành viên"


@get_or_post
def council_add(request: HttpRequest) -> HttpResponse:
    unit, _ = unit_to_work_for(request, *SECRETARIES)
    form = MemberForm(request.POST or None, people=selectors.people_of(unit))
    if form.is_valid():
        try:
            member = members.add_member(unit, actor=request.user, data=form.read())
        except AppError as error:
            show_at_field(form, error)
        else:
            messages.success(request, f"Đã thêm {member.person} vào Hội đồng.")
            return redirect(f"{reverse('awards:council')}?dv={unit.pk}")
    return _member_page(request, form, unit, "Thêm thành viên Hội đồng")


@get_or_post
def council_edit(request: HttpRequest, pk: int) -> HttpResponse:
    member = member_to_change(request, pk)
    initial = {name: getattr(member, name) for name in members.MemberData.__slots__}
    people = selectors.people_of(member.unit)
    if member.person not in people:
        people.append(member.person)
    form = MemberForm(request.POST or None, people=people, initial=initial)
    if form.is_valid():
        try:
            members.change_member(member, actor=request.user, data=form.read())
        except AppError as error:
            show_at_field(form, error)
        else:
            messages.success(request, "Đã lưu.")
            return redirect(f"{reverse('awards:council')}?dv={member.unit_id}")
    return _member_page(request, form, member.unit, str(member.person), member)


@require_POST
def council_remove(request: HttpRequest, pk: int) -> HttpResponse:
    member = member_to_change(request, pk)
    try:
        members.remove_member(member, actor=request.user)
    except AppError as error:
        messages.error(request, str(error))
        return redirect("awards:council_edit", pk)
    messages.success(request, f"Đã xóa {member.person} khỏi danh sách.")
    return redirect(f"{reverse('awards:council')}?dv={member.unit_id}")


def _member_page(
    request: HttpRequest, form: MemberForm, unit: Unit, title: str, member: CouncilMember | None = None
) -> HttpResponse:
    told = "Thôi làm thành viên thì ghi ngày cuối; các phiên họp đã có vẫn giữ nguyên."
    context: dict[str, Any] = {
        "title": title,
        "standing": f"{unit.title}. {told if member else 'Phiên họp lấy thành viên theo ngày họp.'}",
        "form": form,
        "unit": unit,
        "member": member,
    }
    return render(request, "awards/councils/member.html", context, status=422 if form.errors else 200)
