"""Lists of plans and tasks as they go into a sheet."""

from __future__ import annotations

from typing import Any, ClassVar

from django.http import Http404, QueryDict
from django.utils import timezone

from core.cells import Cell, Choice, Words
from core.exporting import Listed
from core.resources import Column
from plans import selectors
from plans.duties.presenters import origin_of
from plans.excel.plans import PlanResource
from plans.excel.tasks import TaskResource
from plans.forms import PlanFilter
from plans.models import Plan, Task
from plans.states import TaskState
from plans.task_list import TaskFilter
from units.selectors import units_of


class TaskListResource(TaskResource):
    """Tasks of several plans: each row says of which, and how it stands today."""

    sheet_name: ClassVar[str] = "Nhiệm vụ"

    state = Column("state", "Tình trạng", Choice(TaskState.choices), shown_only=True, width=16)
    subject = Column("plan__subject", "Kế hoạch", Words(), shown_only=True, width=40)
    year = Column("plan__year", "Năm", Cell(), shown_only=True, width=8)
    unit = Column("unit__title", "Đơn vị", Words(), shown_only=True, width=24)

    class Meta:
        model = Task
        fields = (*TaskResource.Meta.fields, "state", "subject", "year", "unit")
        export_order = fields

    def dehydrate_state(self, task: Task) -> str:
        """As on the page: nothing in a past year's plan waits, but what was recorded there is said."""
        today = timezone.localdate()
        state = task.state_on(today)
        is_recorded = state in (TaskState.DONE, TaskState.DROPPED)
        is_past = task.plan is not None and task.plan.year < today.year
        return self.fields["state"].widget.render(state if is_recorded or not is_past else None)

    def dehydrate_subject(self, task: Task) -> str:
        """The plan, else the paper that asks for it, or the duty that it leads to."""
        return task.plan.subject if task.plan else origin_of(task.duty)

    def dehydrate_year(self, task: Task) -> int | None:
        year = task.due.year if task.due else None
        return task.plan.year if task.plan else year

    def number_of(self, row: Any, position: int) -> int:
        return position


def list_plans(user: Any, target_id: int, query: QueryDict) -> Listed:
    rows = PlanFilter(query, queryset=selectors.for_list(user)).qs.order_by("-year", "-pk")
    return Listed(PlanResource(), rows, "Danh sách kế hoạch", "danh-sach-ke-hoach", _unit_id(user))


def list_tasks(user: Any, target_id: int, query: QueryDict) -> Listed:
    rows = TaskFilter(query, user=user).qs.order_by("due_or_last", "year_or_last", "order", "-pk")
    return Listed(TaskListResource(), rows, "Danh sách nhiệm vụ", "danh-sach-nhiem-vu", _unit_id(user))


def list_plan_tasks(user: Any, plan_id: int, query: QueryDict) -> Listed:
    plan: Plan | None = selectors.visible_plans(user).filter(pk=plan_id).first()
    if plan is None:
        raise Http404
    rows = plan.tasks.filter(~selectors.repealed()).prefetch_related("assignments").order_by("order", "pk")
    return Listed(TaskResource(), rows, f"Nhiệm vụ: {plan.subject}"[:200], f"nhiem-vu-{plan.pk}", plan.unit_id)


def _unit_id(user: Any) -> int:
    """Whose file a list of several units is: the user's own first unit."""
    return units_of(user).values_list("pk", flat=True).first() or 0
