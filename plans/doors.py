"""What every page of a plan's way asks first, and what it says where somebody was faster."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect

from plans import presenters, selectors
from plans.models import Plan
from plans.starting.selectors import units_to_plan_for
from units.models import Unit


def units_to_plan(request: HttpRequest) -> list[Unit]:
    """For which the user writes plans and takes duties; 403 where there is none."""
    units = units_to_plan_for(request.user)
    if not units:
        raise PermissionDenied
    return units


def plan_for(request: HttpRequest, pk: int, permission: str) -> Plan:
    """404 to strangers, 403 to those who may only read; whether its state allows it is answered by the page."""
    plan = get_object_or_404(selectors.for_saving(request.user), pk=pk)
    if not request.user.has_perm(permission, plan):
        raise PermissionDenied
    return plan


def plan_again(request: HttpRequest, plan: Plan) -> Plan:
    """As it stands now."""
    return get_object_or_404(selectors.for_saving(request.user), pk=plan.pk)


def told(request: HttpRequest, plan: Plan) -> HttpResponse:
    """A second click, another window, a colleague who was faster: how it stands now."""
    messages.info(request, f"Không ghi nhận thêm. {presenters.standing(plan)}")
    return redirect("plans:plan", plan.pk)
