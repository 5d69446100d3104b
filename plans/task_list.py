"""The tasks of all plans that a user sees, as one list: its filters, its order, how each row stands."""

from __future__ import annotations

import datetime as dt
from typing import Any

import django_filters
from django.db import models
from django.db.models.functions import Coalesce
from django.utils import timezone

from core.filters import WordsFilter
from plans.forms import years
from plans.models import Assignment, Plan, Task
from plans.progress.selectors import standing_on, with_newest
from plans.selectors import followed_plans
from plans.states import TaskState
from units.models import Part
from units.selectors import standing_of

QUARTERS = [(1, "Quý I"), (2, "Quý II"), (3, "Quý III"), (4, "Quý IV")]
STATES = [(state.value, state.label) for state in TaskState]
SORTS = {
    "han": ("due_or_last", "plan__year", "order"),
    "ke-hoach": ("plan__year", "plan__subject", "order"),
    "noi-dung": "search",
}
_LAST_DAY = dt.date(9999, 12, 31)
"""Stands for no day at all, so that both databases put such rows last."""


def tasks_for_list(user: Any) -> models.QuerySet[Task]:
    """Each with its progress, by which it says how it stands; amending plans hold only copies."""
    return (
        Task.objects.filter(plan__in=followed_plans(user), plan__amends=None)
        .select_related("plan__unit")
        .prefetch_related("assignments", "progress")
        .annotate(due_or_last=Coalesce("due", models.Value(_LAST_DAY)))
    )


class TaskFilter(django_filters.FilterSet):
    """``nam`` is also what the top bar's year sets, as on the list of plans."""

    q = WordsFilter(label="Tìm trong nhiệm vụ, không cần gõ dấu")
    nam = django_filters.ChoiceFilter(label="Năm", field_name="plan__year", choices=years, empty_label="Mọi năm")
    quy = django_filters.ChoiceFilter(label="Quý", choices=QUARTERS, method="in_quarter", empty_label="Cả năm")
    trang_thai = django_filters.ChoiceFilter(
        label="Tình trạng", choices=STATES, method="standing", empty_label="Mọi tình trạng"
    )
    bo_phan = django_filters.ModelChoiceFilter(
        label="Bộ phận", queryset=Part.objects.none(), method="assigned", empty_label="Mọi bộ phận"
    )
    ke_hoach = django_filters.ModelChoiceFilter(
        label="Kế hoạch", field_name="plan", queryset=Plan.objects.none(), empty_label="Mọi kế hoạch"
    )

    def __init__(self, data: Any, *, user: Any) -> None:
        super().__init__(data, queryset=tasks_for_list(user))
        own = list(standing_of(user).unit_ids)
        plans = followed_plans(user).filter(amends=None).only("pk", "title", "subject", "year")
        plans = plans.order_by("-year", "-pk")
        year = self.data.get("nam", "") if self.data else ""
        if year.isdecimal() and len(year) == 4:
            plans = plans.filter(year=year)
        self.form.fields["ke_hoach"].queryset = plans
        self.form.fields["ke_hoach"].label_from_instance = lambda plan: f"{plan.subject[:80]} ({plan.year})"
        self.form.fields["bo_phan"].queryset = Part.objects.on().filter(unit__in=own).order_by("order", "pk")

    class Meta:
        model = Task
        fields: list[str] = []

    def in_quarter(self, tasks: models.QuerySet[Task], name: str, quarter: str) -> models.QuerySet[Task]:
        """As printed, else the one in which the task falls due, as the plan's own page groups them."""
        last = int(quarter) * 3
        falls_due = models.Q(
            quarter=None,
            is_ongoing=False,
            due__year=models.F("plan__year"),
            due__month__range=(last - 2, last),
        )
        return tasks.filter(models.Q(quarter=quarter) | falls_due)

    def standing(self, tasks: models.QuerySet[Task], name: str, state: str) -> models.QuerySet[Task]:
        """A past year's plan is a record: nothing in it waits, and only what was recorded has a state there."""
        today = timezone.localdate()
        found = with_newest(tasks).filter(standing_on(today, state))
        is_recorded = state in (TaskState.DONE, TaskState.DROPPED)
        return found if is_recorded else found.filter(plan__year__gte=today.year)

    def assigned(self, tasks: models.QuerySet[Task], name: str, part: Part) -> models.QuerySet[Task]:
        """Whether it leads or supports; a subquery, so that no task comes twice."""
        return tasks.filter(models.Exists(Assignment.objects.filter(task=models.OuterRef("pk"), part=part)))
