"""Tasks as rows, who leads and supports them, and what became of them."""

from __future__ import annotations

import datetime as dt
import uuid

from django.db import models

from core.models import Searchable
from documents.models import Evidence
from plans.models.plan import Plan
from plans.states import TaskState
from units.models import Part, Person, Unit


class Task(Searchable):
    """One row of the plan's table, or a duty of its own that came with an incoming paper."""

    plan = models.ForeignKey(
        Plan, models.CASCADE, verbose_name="kế hoạch", null=True, blank=True, related_name="tasks"
    )
    unit = models.ForeignKey(Unit, models.PROTECT, verbose_name="đơn vị", related_name="tasks")
    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    """Given by the page that makes the row, so that sending it twice makes it once."""
    order = models.PositiveIntegerField()
    number = models.PositiveIntegerField("số thứ tự", null=True, blank=True)
    quarter = models.PositiveSmallIntegerField("quý", null=True, blank=True)
    content = models.TextField("nội dung")
    time_text = models.TextField("thời gian thực hiện", blank=True)
    start = models.DateField("bắt đầu", null=True, blank=True)
    due = models.DateField("hạn hoàn thành", null=True, blank=True)
    is_ongoing = models.BooleanField("thường xuyên", default=False)
    planned_for = models.DateField("dự kiến làm ngày", null=True, blank=True)
    """Not printed: the day that the officer has in mind where the paper says only a quarter."""
    is_planned_day_settled = models.BooleanField("đã hỏi ngày dự kiến", default=False)
    note = models.TextField("ghi chú", blank=True)
    copied_from = models.ForeignKey("self", models.SET_NULL, null=True, blank=True, related_name="+", editable=False)
    """In an amending plan: the task of the issued plan, which keeps its results."""

    search_fields = ("content", "time_text", "note")

    class Meta:
        verbose_name = "nhiệm vụ"
        verbose_name_plural = "nhiệm vụ"
        ordering = ["order", "id"]
        constraints = [
            models.UniqueConstraint(fields=["plan", "order"], name="task_order"),
            models.CheckConstraint(
                name="task_ends_after_its_start",
                condition=models.Q(start__isnull=True)
                | models.Q(due__isnull=True)
                | models.Q(due__gte=models.F("start")),
            ),
            models.CheckConstraint(
                name="task_quarter", condition=models.Q(quarter__isnull=True) | models.Q(quarter__range=(1, 4))
            ),
        ]
        indexes = [models.Index(fields=["unit", "due"], name="task_by_due")]

    def __str__(self) -> str:
        return self.content[:300]

    def names(self, role: str) -> tuple[str, ...]:
        """Who leads or supports, as printed. Reads prefetched assignments."""
        return tuple(assignment.name for assignment in self.assignments.all() if assignment.role == role)

    @property
    def lead(self) -> tuple[str, ...]:
        return self.names(Assignment.Role.LEAD)

    @property
    def support(self) -> tuple[str, ...]:
        return self.names(Assignment.Role.SUPPORT)

    @property
    def newest_line(self) -> Progress | None:
        """The line that counts: a later one corrects; of an ongoing task the last quarter's.

        Reads prefetched ``progress``; ``plans.progress.selectors.with_newest`` says the same in SQL.
        """
        return max(
            self.progress.all(),
            key=lambda line: ((line.quarter or 0) if self.is_ongoing else 0, line.pk),
            default=None,
        )

    @property
    def last_quarter(self) -> int:
        """With this quarter an ongoing task is done."""
        return (self.due.month + 2) // 3 if self.due else 4

    def state_on(self, day: dt.date) -> TaskState:
        """From the newest line where it settles the task, else from the dates."""
        line = self.newest_line
        if line and line.outcome == Progress.Outcome.DROPPED:
            return TaskState.DROPPED
        is_whole = line is not None and (not self.is_ongoing or line.quarter == self.last_quarter)
        if line and is_whole and line.outcome == Progress.Outcome.DONE:
            return TaskState.DONE
        state = self._state_by_dates(day)
        return state if line is None or state == TaskState.OVERDUE else TaskState.IN_PROGRESS

    def _state_by_dates(self, day: dt.date) -> TaskState:
        if self.due is None and self.start is None:
            return TaskState.UNDATED
        if self.due is not None and self.due < day:
            return TaskState.OVERDUE
        if self.start is not None and self.start <= day:
            return TaskState.IN_PROGRESS
        return TaskState.NOT_DUE


class Assignment(models.Model):
    """Who leads or supports a task: the name as printed, and the part of the unit that it means."""

    class Role(models.TextChoices):
        LEAD = "lead", "Chủ trì"
        SUPPORT = "support", "Phối hợp"

    task = models.ForeignKey(Task, models.CASCADE, related_name="assignments")
    role = models.CharField(max_length=8, choices=Role)
    order = models.PositiveSmallIntegerField()
    name = models.TextField("tên")
    part = models.ForeignKey(Part, models.SET_NULL, null=True, related_name="assignments", verbose_name="bộ phận")

    class Meta:
        verbose_name = "phân công"
        verbose_name_plural = "phân công"
        ordering = ["order", "id"]
        constraints = [models.UniqueConstraint(fields=["task", "role", "order"], name="assignment_order")]

    def __str__(self) -> str:
        return self.name


class Progress(models.Model):
    """Where a task stands, with its proof; ongoing tasks have a line per quarter, and a later line corrects."""

    class Outcome(models.TextChoices):
        DONE = "done", "Đã hoàn thành"
        PARTLY = "partly", "Hoàn thành một phần"
        DROPPED = "dropped", "Không thực hiện"

    task = models.ForeignKey(Task, models.CASCADE, verbose_name="nhiệm vụ", related_name="progress")
    quarter = models.PositiveSmallIntegerField("quý", null=True, blank=True)
    outcome = models.CharField("kết quả", max_length=8, choices=Outcome)
    day = models.DateField("ngày")
    evidence = models.ForeignKey(Evidence, models.PROTECT, verbose_name="tài liệu kiểm chứng", null=True, blank=True)
    note = models.TextField("ghi chú, lý do", blank=True)
    by = models.ForeignKey(
        Person, models.PROTECT, verbose_name="người xác nhận", null=True, blank=True, related_name="+"
    )

    class Meta:
        verbose_name = "tiến độ"
        verbose_name_plural = "tiến độ"
        ordering = ["day", "id"]
        constraints = [
            # A task is done with its proof: a paper, a file, or a sentence signed by name.
            models.CheckConstraint(
                name="progress_has_its_proof",
                condition=models.Q(evidence__isnull=False) | (~models.Q(note="") & models.Q(by__isnull=False)),
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_outcome_display()} {self.day:%d/%m/%Y}"
