"""How a unit wants to be reminded. What no row says is the default (``reminders.ladder``, ``reminders.quiet``)."""

from __future__ import annotations

import datetime as dt

from django.db import models

from units.models import Person, Unit

QUIET_FROM, QUIET_TO = dt.time(19, 0), dt.time(7, 30)
"""Local time: between them the running sweep hands nothing over; its digest of the day goes out at the end."""


class UnitSettings(models.Model):
    unit = models.OneToOneField(
        Unit, models.CASCADE, verbose_name="đơn vị", primary_key=True, related_name="reminder_settings"
    )
    quiet_from = models.TimeField("không nhắc từ", default=QUIET_FROM)
    quiet_to = models.TimeField("đến", default=QUIET_TO)
    leader_weekly = models.BooleanField("gửi lãnh đạo bản tổng hợp tuần", default=False)

    class Meta:
        verbose_name = "cách nhắc việc"
        verbose_name_plural = "cách nhắc việc"

    def __str__(self) -> str:
        return f"Cách nhắc việc của {self.unit}"


class DayOff(models.Model):
    """A day on which the unit does not work though others do, or works though others do not (làm bù)."""

    unit = models.ForeignKey(Unit, models.CASCADE, verbose_name="đơn vị", related_name="days_off")
    day = models.DateField("ngày")
    is_working = models.BooleanField("làm bù", default=False)
    name = models.CharField("lý do", max_length=200)

    class Meta:
        verbose_name = "ngày nghỉ riêng"
        verbose_name_plural = "ngày nghỉ riêng"
        ordering = ["day"]
        constraints = [models.UniqueConstraint(fields=["unit", "day"], name="day_off_once")]

    def __str__(self) -> str:
        return f"{self.day:%d/%m/%Y} {self.name}"


class Ladder(models.Model):
    """On which days before and after a deadline of one kind people are told, in working days."""

    unit = models.ForeignKey(Unit, models.CASCADE, verbose_name="đơn vị", related_name="ladders")
    kind = models.CharField("loại việc", max_length=40)
    before = models.JSONField("nhắc trước", default=list)
    """Working days before the deadline, the farthest first: ``[7, 3, 1]``."""
    on_the_day = models.BooleanField("nhắc đúng ngày", default=True)
    every = models.PositiveSmallIntegerField("quá hạn thì nhắc mỗi", default=2)
    """Working days between two reminders of what is late; 0: never again."""

    class Meta:
        verbose_name = "mốc nhắc"
        verbose_name_plural = "mốc nhắc"
        ordering = ["unit", "kind"]
        constraints = [models.UniqueConstraint(fields=["unit", "kind"], name="ladder_once")]

    def __str__(self) -> str:
        return f"{self.kind}: {self.before}"


class Preference(models.Model):
    """What one person wants for himself."""

    person = models.OneToOneField(
        Person, models.CASCADE, verbose_name="người", primary_key=True, related_name="reminder_preference"
    )
    by_mail = models.BooleanField("nhắc cả bằng thư điện tử", default=True)

    class Meta:
        verbose_name = "cách nhận nhắc việc"
        verbose_name_plural = "cách nhận nhắc việc"

    def __str__(self) -> str:
        return f"Cách nhận nhắc việc của {self.person}"


class Wording(models.Model):
    """A unit's own words for one text (``reminders.wording``): place-holders are checked when it is saved."""

    unit = models.ForeignKey(Unit, models.CASCADE, verbose_name="đơn vị", related_name="wordings")
    name = models.CharField("mẫu", max_length=40)
    text = models.TextField("nội dung")
    changed_at = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name = "mẫu lời nhắc"
        verbose_name_plural = "mẫu lời nhắc"
        constraints = [models.UniqueConstraint(fields=["unit", "name"], name="wording_once")]

    def __str__(self) -> str:
        return f"{self.name}, {self.unit}"
