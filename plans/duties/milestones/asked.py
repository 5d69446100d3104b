"""A request that went out is the result of the milestone for which it was made."""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from plans.deadlines import MILESTONE
from plans.duties.milestones.selectors import SETTLED
from plans.models import Progress, Task
from plans.progress.services import SignedProof, record_progress
from reminders.models import Request


def record_asked(request: Request, actor: Any) -> None:
    """Called when a request was sent. A milestone that is settled, or an actor who is nobody of the unit, changes
    nothing: the milestone then waits for a person to record its result."""
    if request.kind != MILESTONE or request.subject is None:
        return
    tasks = Task.objects.filter(pk=request.subject, unit=request.unit_id, duty__milestone_of__isnull=False)
    task = tasks.prefetch_related("progress").first()
    today = timezone.localdate()
    person = getattr(actor, "person", None)
    if task is None or task.state_on(today) in SETTLED or person is None or person.unit_id != task.unit_id:
        return
    record_progress(
        task,
        actor=actor,
        outcome=Progress.Outcome.DONE,
        day=today,
        note=f"Đã gửi yêu cầu đến {request.asks.count()} nơi: {request.title}",
        proof=SignedProof(person),
    )
