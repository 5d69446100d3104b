"""Drafts that were read from files, and what was remarked on a text by the program."""

from __future__ import annotations

from django.db import models

from core.models import Job, StoredFile
from plans.models.plan import Plan
from units.models import Unit, User


class Reading(models.Model):
    """A file that the office already had, the draft that was read from it, and what the reader was not sure of."""

    unit = models.ForeignKey(Unit, models.PROTECT, verbose_name="đơn vị", related_name="readings")
    by = models.ForeignKey(User, models.PROTECT, verbose_name="người đưa vào", related_name="+")
    at = models.DateTimeField("lúc", auto_now_add=True)
    file = models.ForeignKey(StoredFile, models.PROTECT, verbose_name="tệp", related_name="+")
    job = models.ForeignKey(Job, models.SET_NULL, verbose_name="việc chạy nền", null=True, related_name="+")
    plan = models.OneToOneField(
        Plan, models.CASCADE, verbose_name="dự thảo", null=True, blank=True, related_name="reading"
    )
    """None until the file is read."""
    source = models.JSONField("bản gốc", default=list)
    """Its lines and tables, to be shown beside the draft."""
    notes = models.JSONField("ghi chú khi đọc", default=list)
    accepted_at = models.DateTimeField("đã xem xong lúc", null=True, blank=True)

    class Meta:
        verbose_name = "bản đọc từ tệp"
        verbose_name_plural = "bản đọc từ tệp"
        ordering = ["-id"]

    def __str__(self) -> str:
        return self.file.name


class Unsure(models.Model):
    """One place of a draft that the reader inferred or was not sure of, for a person to look at."""

    reading = models.ForeignKey(Reading, models.CASCADE, related_name="unsure")
    spot = models.JSONField("ở đâu", null=True)
    """A field of the editor (``plans.editor.pointing``); null where it shows none."""
    place = models.CharField("ở đâu", max_length=300)
    words = models.TextField("chữ đã đọc", blank=True)
    why = models.TextField("vì sao")
    is_inferred = models.BooleanField("suy ra", default=False)
    settled_at = models.DateTimeField("đã xem lúc", null=True, blank=True)

    class Meta:
        verbose_name = "chỗ chưa chắc"
        verbose_name_plural = "chỗ chưa chắc"
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.place}: {self.why}"[:300]


class PassedOver(models.Model):
    """A finding that a person looked at and left: as long as the text stays the same, it is not shown again."""

    unit = models.ForeignKey(Unit, models.CASCADE, verbose_name="đơn vị", related_name="passed_over")
    code = models.CharField("quy tắc", max_length=60)
    text_hash = models.CharField(max_length=64)
    """SHA-256 of the whole text in which the words stand, so that next year's copy is not asked again."""
    words = models.CharField("chữ", max_length=300, blank=True)
    message = models.TextField("nhận xét")
    reason = models.CharField("lý do", max_length=300, blank=True)
    by = models.ForeignKey(User, models.PROTECT, verbose_name="người bỏ qua", related_name="+")
    at = models.DateTimeField("lúc", auto_now_add=True)

    class Meta:
        verbose_name = "chỗ đã bỏ qua khi soát"
        verbose_name_plural = "chỗ đã bỏ qua khi soát"
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["unit", "code", "text_hash", "words"], name="passed_over_once")]

    def __str__(self) -> str:
        return self.words or self.code
