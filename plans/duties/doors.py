"""What every page that writes about a duty asks first."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from plans.duties.selectors import visible_duties
from plans.models import Task


def writable_duty(request: HttpRequest, pk: int) -> Task:
    """404 to strangers, 403 to those who may only read."""
    task: Task = get_object_or_404(visible_duties(request.user), pk=pk)
    if not request.user.has_perm("plans.write_duty", task):
        raise PermissionDenied
    return task
