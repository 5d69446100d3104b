"""The rows of a plan and of the audit chain, as tests of its services look at them."""

from __future__ import annotations

from typing import Any

from core.models import AuditEntry
from plans.models import Plan, Section, Task, TaskTable


def again(row: Any) -> Any:
    """The row as another request reads it."""
    return type(row).objects.get(pk=row.pk)


def written() -> list[tuple[str, str, int, int | None, dict[str, Any]]]:
    """Code, kind of subject, subject, actor and changes of every entry, oldest first."""
    return [
        (entry.code, entry.subject_type, entry.subject_id, entry.actor_id, entry.changes)
        for entry in AuditEntry.objects.order_by("id")
    ]


def everything(plan: Plan) -> dict[str, list[dict[str, Any]]]:
    """All rows of the plan and of the chain, to see that nothing changed."""
    return {
        "plan": list(Plan.objects.filter(pk=plan.pk).values()),
        "sections": list(Section.objects.filter(plan=plan.pk).values()),
        "tables": list(TaskTable.objects.filter(plan=plan.pk).values()),
        "tasks": list(Task.objects.filter(plan=plan.pk).values()),
        "entries": list(AuditEntry.objects.values()),
    }
