"""The tasks that a user sees, of all plans and of none, as one list: its filters, its order, how each row stands."""

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
from plans.selectors import are_duties_of, followed_plans
from plans.states import TaskState
from units.models import Part
from units.selectors import standing_of

QUARTERS = [(1, "Quý I"), (2, "Quý II"), (3, "Quý III"), (4, "Quý IV")]
STATES = [(state.value, state.label) for state in TaskState]
SORTS = {
    "han": ("due_or_last", "year_or_last", "order"),
    "ke-hoach": ("year_or_last", "plan__subject", "order"),
    "noi-dung": "search",
}
_LAST_DAY = dt.date(9999, 12, 31)
"""Stands for no day at all, so that both databases put such rows last; its year for no plan."""
IN_PLANS, IN_NONE = "trong", "ngoai"


def tasks_for_list(user: Any) -> models.QuerySet[Task]:
    """Each with its progress, by which it says how it stands; amending plans hold only copies."""
    return (
        Task.objects.filter(models.Q(plan__in=followed_plans(user), plan__amends=None) | are_duties_of(user))
        .select_related("plan__unit", "unit", "duty__incoming", "duty__milestone_of__task")
        .prefetch_related("assignments", "progress")
        .annotate(
            due_or_last=Coalesce("due", models.Value(_LAST_DAY)),
            year_or_last=Coalesce("plan__year", models.Value(_LAST_DAY.year)),
        )
    )


class TaskFilter(django_filters.FilterSet):
    """``nam`` is also what the top bar's year sets, as on the list of plans."""

    q = WordsFilter(label="Tìm trong nhiệm vụ, không cần gõ dấu")
    nam = django_filters.ChoiceFilter(label="Năm", method="in_year", choices=years, empty_label="Mọi năm")
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
    nguon = django_filters.ChoiceFilter(
        label="Nguồn",
        choices=[(IN_PLANS, "Việc trong kế hoạch"), (IN_NONE, "Việc không thuộc kế hoạch")],
        method="from_source",
        empty_label="Mọi nguồn",
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

    def in_year(self, tasks: models.QuerySet[Task], name: str, year: str) -> models.QuerySet[Task]:
        """A duty is of the year in which it falls due; one without a day waits in every year."""
        return tasks.filter(
            models.Q(plan__year=year) | models.Q(plan=None, due__year=year) | models.Q(plan=None, due=None)
        )

    def from_source(self, tasks: models.QuerySet[Task], name: str, source: str) -> models.QuerySet[Task]:
        return tasks.filter(plan__isnull=source == IN_NONE)

    def in_quarter(self, tasks: models.QuerySet[Task], name: str, quarter: str) -> models.QuerySet[Task]:
        """As printed, else the one in which the task falls due, as the plan's own page groups them."""
        last = int(quarter) * 3
        in_its_year = models.Q(due__year=models.F("plan__year")) | models.Q(plan=None)
        falls_due = in_its_year & models.Q(quarter=None, is_ongoing=False, due__month__range=(last - 2, last))
        return tasks.filter(models.Q(quarter=quarter) | falls_due)

    def standing(self, tasks: models.QuerySet[Task], name: str, state: str) -> models.QuerySet[Task]:
        """A past year's plan is a record: nothing in it waits, and only what was recorded has a state there."""
        today = timezone.localdate()
        found = with_newest(tasks).filter(standing_on(today, state))
        is_recorded = state in (TaskState.DONE, TaskState.DROPPED)
        return found if is_recorded else found.filter(models.Q(plan__year__gte=today.year) | models.Q(plan=None))

    def assigned(self, tasks: models.QuerySet[Task], name: str, part: Part) -> models.QuerySet[Task]:
        """Whether it leads or supports; a subquery, so that no task comes twice."""
        return tasks.filter(models.Exists(Assignment.objects.filter(task=models.OuterRef("pk"), part=part)))
