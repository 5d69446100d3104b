"""What people add to a deadline that an app collects: who else is told, until when nobody is."""

from __future__ import annotations

from django.db import models
from django.utils import timezone

from units.models import Person, Unit, User


class OfDeadline(models.Model):
    """Deadlines are no rows of ours: the app that has one names it by its kind, its subject's id and a slot."""

    unit = models.ForeignKey(Unit, models.CASCADE, verbose_name="đơn vị", related_name="+")
    kind = models.CharField("loại việc", max_length=40)
    subject = models.BigIntegerField("việc")
    slot = models.PositiveSmallIntegerField("kỳ", default=0)

    class Meta:
        abstract = True


class Watcher(OfDeadline):
    """Named besides the follower: of one deadline, or of a whole group of them (a plan: its kind, slot 0)."""

    person = models.ForeignKey(Person, models.CASCADE, verbose_name="người được nhắc", related_name="+")
    added_by = models.ForeignKey(User, models.PROTECT, verbose_name="người thêm", related_name="+")

    class Meta:
        verbose_name = "người được nhắc thêm"
        verbose_name_plural = "người được nhắc thêm"
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["kind", "subject", "slot", "person"], name="watcher_once")]

    def __str__(self) -> str:
        return str(self.person)


class Snooze(OfDeadline):
    """Tạm hoãn nhắc: until that day nobody is told, and everybody can read why. The deadline itself stays."""

    until = models.DateField("tạm hoãn đến hết ngày")
    reason = models.CharField("lý do", max_length=300)
    by = models.ForeignKey(User, models.PROTECT, verbose_name="người hoãn", related_name="+")
    at = models.DateTimeField("lúc", default=timezone.now)

    class Meta:
        verbose_name = "tạm hoãn nhắc"
        verbose_name_plural = "tạm hoãn nhắc"
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["kind", "subject", "slot"], name="snooze_once")]

    def __str__(self) -> str:
        return f"đến hết {self.until:%d/%m/%Y}: {self.reason}"
