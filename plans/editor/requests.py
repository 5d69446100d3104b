"""What every address of the editor asks first: the plan, the right to write in it, plain JSON."""

from __future__ import annotations

import json
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import models
from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from plans.editor.acts import UnfitActs
from plans.models import Plan


def editable_plan(request: HttpRequest, plans: models.QuerySet[Plan], pk: int) -> Plan:
    """404 to strangers, 403 to those who may only read."""
    plan = get_object_or_404(plans, pk=pk)
    if not request.user.has_perm("plans.write_plan", plan):
        raise PermissionDenied
    return plan


def json_of(request: HttpRequest) -> dict[str, Any]:
    try:
        data = json.loads(request.body)
    except (ValueError, RecursionError):
        raise UnfitActs from None
    if not isinstance(data, dict):
        raise UnfitActs
    return data
