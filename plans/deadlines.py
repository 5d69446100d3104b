"""What falls due out of plans and duties, until its proof is recorded (``plans.progress``).

plans.task       a task of a plan in force that has a day: the one that the officer has in mind, else that of the paper
plans.quarter    what a plan has for a quarter and for no day, and the quarter's lines of ongoing tasks: one check-list
plans.duty       a task out of an incoming paper, or added by hand
plans.milestone  a step on the way to a duty: over when it has a result, or when the duty has one

Tasks of plans of earlier years are told only where their day lies in this year or less than ``_LOOKED_BACK`` ago:
when the year is over and its report is written, a task that nobody settled is a gap in a record. Nobody would mend
it because he is told a second year long, and whoever starts to work with the program after entering the plans of
past years would be told of every one of their tasks. A duty is owed to somebody who waits for it: it stays.

Only units in force are told; what a dissolved unit left undone, its heirs take up where they plan it anew.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Collection, Iterator
from typing import Any

from django.db.models import Q, QuerySet
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils import timezone

from plans import quarters
from plans.models import Duty, Incoming, Plan, Task
from plans.progress.selectors import is_settled, unsettled
from plans.states import PlanState
from reminders.deadlines import Collector, Deadline, Scope, as_line, unit_in_force

TASK, QUARTER, DUTY, MILESTONE = "plans.task", "plans.quarter", "plans.duty", "plans.milestone"
PLAN = "plans.plan"
"""Kind of the group of a plan's deadlines: who watches the plan watches them."""

_LOOKED_BACK = dt.timedelta(days=92)
"""A quarter: the last one of a year is still looked over in the first of the next."""
_DATES = ("is_ongoing", "quarter", "start", "due", "planned_for")
_PLAN = ("unit", "plan", "plan__year", "plan__follower", "plan__title", "plan__subject")
_DUTY = ("pk", "unit", "due", "content", "duty__milestone_of__task")
_PAPER = ("kind", "number", "date", "year", "issuer", "subject", "at")


# -- Tasks of plans ------------------------------------------------------------------------


def collect_tasks(scope: Scope) -> Iterator[Deadline]:
    """Tasks with a day of their own."""
    today = timezone.localdate()
    tasks = _in_force(scope, today).filter(is_ongoing=False).annotate(day=Coalesce("planned_for", "due"))
    tasks = tasks.filter(Q(plan__year__gte=today.year) | Q(day__gte=_earliest(today)), day__isnull=False)
    if scope.subjects is not None:
        tasks = tasks.filter(pk__in=scope.subjects)
    if scope.until is not None:
        tasks = tasks.filter(day__lte=scope.until)
    names = _Names()
    for row in unsettled(tasks, among=_lines(scope)).values_list("pk", "day", "content", *_DATES, *_PLAN, named=True):
        if not quarters.check_lists(row, row.plan__year):
            yield Deadline(
                TASK,
                row.pk,
                row.unit,
                row.day,
                as_line(row.content),
                follower_id=row.plan__follower,
                group=row.plan,
                origin=names.of(row),
            )


def collect_quarters(scope: Scope) -> Iterator[Deadline]:
    """One of each plan and quarter that has begun or comes next, as long as something on its list is open."""
    today = timezone.localdate()
    tasks = _in_force(scope, today).filter(Q(is_ongoing=True) | Q(planned_for=None))
    is_recent = Q(plan__year__gte=today.year - 1) | Q(due__gte=_earliest(today))
    if scope.subjects is not None:
        tasks = tasks.filter(plan__in=scope.subjects)
    left: Counter[tuple[int, int]] = Counter()
    plans: dict[int, Any] = {}
    for row, written in _with_lines(unsettled(tasks.filter(is_recent), among=_lines(scope))):
        for quarter in quarters.check_lists(row, row.plan__year):
            if quarter not in written and _is_told(quarter, row.plan__year, today, scope.until):
                left[row.plan, quarter] += 1
                plans[row.plan] = row
    names = _Names()
    for (pk, quarter), count in left.items():
        plan = plans[pk]
        yield Deadline(
            QUARTER,
            pk,
            plan.unit,
            quarters.last_day(quarter, plan.plan__year),
            f"Rà soát {count} việc {quarters.words(quarter, plan.plan__year)}",
            slot=quarter,
            follower_id=plan.plan__follower,
            group=pk,
            origin=names.of(plan),
        )


def _with_lines(tasks: QuerySet[Task]) -> Iterator[tuple[Any, set[int]]]:
    """Each task's values with the quarters for which an ongoing one has a line. One query: a row for each line."""
    last, written = None, set[int]()
    rows = tasks.order_by("pk").values_list("pk", *_DATES, *_PLAN, "progress__quarter", named=True)
    for row in rows.iterator(chunk_size=5_000):
        if last is not None and row.pk != last.pk:
            yield last, written
            written = set()
        last = row
        if row.is_ongoing:
            written.add(row.progress__quarter)
    if last is not None:
        yield last, written


def _is_told(quarter: int, year: int, today: dt.date, until: dt.date | None) -> bool:
    due = quarters.last_day(quarter, year)
    is_recent = year >= today.year or due >= _earliest(today)
    return is_recent and quarter <= quarters.quarter_of(today, year) + 1 and (until is None or due <= until)


def _in_force(scope: Scope, today: dt.date) -> QuerySet[Task]:
    """Tasks for which results are written (``plans.progress.services.is_in_force``), of units that still are.

    What an amendment repealed is gone, or dropped by its paper.
    """
    tasks = Task.objects.filter(unit_in_force(today), plan__state=PlanState.ISSUED, plan__amends=None)
    return tasks.order_by() if scope.units is None else tasks.filter(unit__in=scope.units).order_by()


def _lines(scope: Scope) -> Q | None:
    return None if scope.units is None else Q(task__unit__in=scope.units)


def _earliest(today: dt.date) -> dt.date:
    return min(today - _LOOKED_BACK, today.replace(month=1, day=1))


class _Names:
    """Of plans, each put together once."""

    def __init__(self) -> None:
        self._names: dict[int, str] = {}

    def of(self, row: Any) -> str:
        if row.plan not in self._names:
            self._names[row.plan] = as_line(str(Plan(title=row.plan__title, subject=row.plan__subject)))
        return self._names[row.plan]


def of_year(deadlines: Collection[Deadline], year: int) -> list[Deadline]:
    """Those of that year's plans; what is of no plan, by its day."""
    in_plans = {one.group for one in deadlines if one.kind in (TASK, QUARTER)}
    years = dict(Plan.objects.filter(pk__in=in_plans).values_list("pk", "year"))
    return [
        one for one in deadlines if (years.get(one.group) if one.kind in (TASK, QUARTER) else one.due.year) == year
    ]


# -- Duties --------------------------------------------------------------------------------


def collect_duties(scope: Scope) -> Iterator[Deadline]:
    """Duties and the steps on the way to them. Whoever follows a duty follows its steps, where they name nobody."""
    is_over = is_settled("duty__milestone_of__task", among=_lines(scope))
    rows = _open_duties(scope).filter(Q(duty__milestone_of=None) | ~is_over)
    rows = rows.annotate(follower=Coalesce("duty__follower", "duty__milestone_of__follower"))
    papers = [f"duty__incoming__{name}" for name in _PAPER]
    aims = ("duty__milestone_of__task__content", "duty__milestone_of__task__due")
    origins: dict[int | None, str] = {None: ""}
    for row in rows.values_list(*_DUTY, "follower", "duty__incoming", *papers, *aims, named=True):
        if row.duty__milestone_of__task is not None:
            yield _duty(MILESTONE, row, _aim_of(row))
            continue
        paper = row.duty__incoming
        if paper not in origins:
            values = {name: getattr(row, f"duty__incoming__{name}") for name in _PAPER}
            origins[paper] = as_line(Duty(incoming=Incoming(**values)).origin)
        yield _duty(DUTY, row, origins[paper])


def _aim_of(step: Any) -> str:
    due = step.duty__milestone_of__task__due
    until = f", hạn {due:%d/%m/%Y}" if due else ""
    return f"để kịp việc «{as_line(step.duty__milestone_of__task__content)}»{until}"


def _open_duties(scope: Scope) -> QuerySet[Task]:
    tasks = Task.objects.filter(unit_in_force(timezone.localdate()), plan=None, duty__isnull=False, due__isnull=False)
    if scope.units is not None:
        tasks = tasks.filter(unit__in=scope.units)
    if scope.subjects is not None:
        tasks = tasks.filter(pk__in=scope.subjects)
    if scope.until is not None:
        tasks = tasks.filter(due__lte=scope.until)
    return unsettled(tasks, among=_lines(scope)).order_by()


def _duty(kind: str, row: Any, origin: str) -> Deadline:
    return Deadline(
        kind,
        row.pk,
        row.unit,
        row.due,
        as_line(row.content),
        follower_id=row.follower,
        group=row.duty__milestone_of__task or 0,
        origin=origin,
    )


# -- Lines and addresses -------------------------------------------------------------------


def _task_form(deadline: Deadline) -> str:
    return reverse("plans:progress", args=[deadline.group, deadline.subject])


def _task_page(deadline: Deadline) -> str:
    return f"{reverse('plans:plan', args=[deadline.group])}#viec-{deadline.subject}"


def _quarter_page(deadline: Deadline) -> str:
    return reverse("plans:quarter", args=[deadline.subject, deadline.slot])


def _duty_form(deadline: Deadline) -> str:
    return reverse("plans:duty_progress", args=[deadline.subject])


def _duty_page(deadline: Deadline) -> str:
    return reverse("plans:duty", args=[deadline.subject])


_OF_PLANS = {"group_kind": PLAN, "group_label": "cả kế hoạch"}

COLLECTORS = (
    Collector(TASK, "Nhiệm vụ trong kế hoạch", collect_tasks, _task_form, _task_page, **_OF_PLANS),
    Collector(
        QUARTER,
        "Rà soát theo quý",
        collect_quarters,
        _quarter_page,
        _quarter_page,
        **_OF_PLANS,
        record_words="Mở danh mục rà soát",
    ),
    Collector(DUTY, "Việc không thuộc kế hoạch", collect_duties, _duty_form, _duty_page),
    Collector(
        MILESTONE,
        "Mốc lùi lịch",
        collect_duties,
        _duty_form,
        _duty_page,
        DUTY,
        "việc chính và các mốc của việc đó",
    ),
)
