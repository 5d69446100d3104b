"""What others want changed in a submitted plan, and how an issued one stood before it was changed."""

from __future__ import annotations

from django.db import models

from documents.models import IssuedPaper
from plans.models.plan import Plan, Section
from plans.models.task import Task
from units.models import User


class Remark(models.Model):
    """What whoever returned a submitted plan wants changed: of the whole, of one section or of one task."""

    plan = models.ForeignKey(Plan, models.CASCADE, verbose_name="kế hoạch", related_name="remarks")
    section = models.ForeignKey(
        Section, models.SET_NULL, verbose_name="mục", null=True, blank=True, related_name="remarks"
    )
    task = models.ForeignKey(
        Task, models.SET_NULL, verbose_name="nhiệm vụ", null=True, blank=True, related_name="remarks"
    )
    place = models.CharField("ở đâu", max_length=300, blank=True)
    """The words of the section or task as they stood, for the day on which the row is gone."""
    text = models.TextField("ý kiến")
    by = models.ForeignKey(User, models.PROTECT, verbose_name="người nêu", related_name="+")
    made_at = models.DateTimeField("lúc", auto_now_add=True)
    settled_at = models.DateTimeField("đã sửa lúc", null=True, blank=True)
    settled_by = models.ForeignKey(
        User, models.PROTECT, verbose_name="người sửa", null=True, blank=True, related_name="+"
    )

    class Meta:
        verbose_name = "ý kiến"
        verbose_name_plural = "ý kiến"
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                name="remark_on_one_place", condition=models.Q(section__isnull=True) | models.Q(task__isnull=True)
            )
        ]

    def __str__(self) -> str:
        return self.text[:300]


class Revision(models.Model):
    """An issued plan as it stood before a later change (``tdkt-plan/1``), and the paper that amends it."""

    plan = models.ForeignKey(Plan, models.CASCADE, verbose_name="kế hoạch", related_name="revisions")
    number = models.PositiveSmallIntegerField("lần")
    reason = models.TextField("lý do")
    content = models.JSONField("nội dung trước khi sửa")
    paper = models.ForeignKey(IssuedPaper, models.PROTECT, verbose_name="văn bản sửa đổi", null=True, blank=True)
    created_at = models.DateTimeField("lúc", auto_now_add=True)

    class Meta:
        verbose_name = "lần sửa đổi"
        verbose_name_plural = "lần sửa đổi"
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["plan", "number"], name="revision_once")]

    def __str__(self) -> str:
        return f"{self.plan}, lần {self.number}"
