"""Targets (chỉ tiêu), who bears which share of them, and what was reached."""

from __future__ import annotations

from typing import Self

from django.db import models

from campaigns.models.campaign import Campaign, Movement, Wave
from documents.models import Evidence
from units.models import Part, Unit, User


def figure(verbose_name: str, **options: object) -> models.DecimalField:
    return models.DecimalField(verbose_name, max_digits=20, decimal_places=6, **options)  # type: ignore[arg-type]


def of_part_or_unit(name: str, *, or_whole: bool = False) -> models.CheckConstraint:
    """A row is about a part of the unit, about a unit below, or (where allowed) about the whole."""
    one = models.Q(part__isnull=False, lower__isnull=True) | models.Q(part__isnull=True, lower__isnull=False)
    whole = models.Q(part__isnull=True, lower__isnull=True)
    return models.CheckConstraint(name=name, condition=one | whole if or_whole else one)


class Target(models.Model):
    class Comparison(models.TextChoices):
        EQUAL = "=", "đạt"
        AT_LEAST = ">=", "từ … trở lên"
        MORE = ">", "trên"
        AT_MOST = "<=", "không quá"
        LESS = "<", "dưới"
        BETWEEN = "range", "từ … đến …"

    class Direction(models.TextChoices):
        UP = "", "Tăng, đạt"
        DOWN = "down", "Giảm, hạ"

    campaign = models.ForeignKey(Campaign, models.CASCADE, related_name="targets")
    order = models.PositiveSmallIntegerField()
    text = models.TextField("chỉ tiêu")
    comparison = models.CharField("so sánh", max_length=5, choices=Comparison, default=Comparison.EQUAL)
    low = figure("số giao", null=True, blank=True)
    high = figure("đến", null=True, blank=True)
    measure = models.CharField("đơn vị tính", max_length=80, blank=True)
    direction = models.CharField("chiều", max_length=4, choices=Direction, default=Direction.UP, blank=True)
    """DOWN: the figure is a decrease (hạ 1-2 %/năm): the more, the better."""
    baseline = figure("năm trước đạt", null=True, blank=True)
    wave = models.ForeignKey(Wave, models.SET_NULL, verbose_name="đợt", null=True, blank=True, related_name="targets")
    """None: of the whole period."""
    movement = models.ForeignKey(
        Movement, models.SET_NULL, verbose_name="chuyên đề", null=True, blank=True, related_name="targets"
    )
    adds_up = models.BooleanField("cộng được", default=False)
    """Whether the shares of parts sum to the whole (tonnes, trees), as percentages do not."""

    class Meta:
        verbose_name = "chỉ tiêu"
        verbose_name_plural = "chỉ tiêu"
        ordering = ["order"]
        constraints = [
            models.UniqueConstraint(fields=["campaign", "order"], name="target_order"),
            models.CheckConstraint(
                name="target_range_has_two_ends",
                condition=models.Q(comparison="range", low__isnull=False, high__gte=models.F("low"))
                | ~models.Q(comparison="range") & models.Q(high__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return self.text[:300]


class Share(models.Model):
    """What a village, a school, a body or a unit below is to reach of a target."""

    target = models.ForeignKey(Target, models.CASCADE, related_name="shares")
    part = models.ForeignKey(Part, models.PROTECT, verbose_name="bộ phận", null=True, blank=True, related_name="+")
    lower = models.ForeignKey(
        Unit, models.PROTECT, verbose_name="đơn vị cấp dưới", null=True, blank=True, related_name="+"
    )
    low = figure("số giao")
    high = figure("đến", null=True, blank=True)

    class Meta:
        verbose_name = "chỉ tiêu giao"
        verbose_name_plural = "chỉ tiêu giao"
        ordering = ["id"]
        constraints = [
            of_part_or_unit("share_of_part_or_unit"),
            models.UniqueConstraint(fields=["target", "part"], name="share_of_part_once"),
            models.UniqueConstraint(fields=["target", "lower"], name="share_of_unit_once"),
        ]

    def __str__(self) -> str:
        return f"{self.part or self.lower}: {self.low}"


class ResultQuerySet(models.QuerySet["Result"]):
    def counting(self) -> Self:
        """The figures that stand: neither replaced nor withdrawn."""
        return self.filter(replaced_by=None, value__isnull=False)


class Result(models.Model):
    """A figure reached in a period, of the whole or of one part. A correction is a row that replaces it; so is a

    withdrawal, which has no figure: from then on there is no data, as before anybody reported.
    """

    target = models.ForeignKey(Target, models.PROTECT, verbose_name="chỉ tiêu", related_name="results")
    period = models.CharField("kỳ", max_length=10)
    """``campaigns.periods``: 2024-M03, 2024-Q1, 2024-H1, 2024-9M, 2024-Y, 2024-SY (school year 2024-2025)."""
    part = models.ForeignKey(Part, models.PROTECT, verbose_name="bộ phận", null=True, blank=True, related_name="+")
    lower = models.ForeignKey(
        Unit, models.PROTECT, verbose_name="đơn vị cấp dưới", null=True, blank=True, related_name="+"
    )
    value = figure("thực hiện", null=True, blank=True)
    """None: the figure that it replaces was withdrawn; ``note`` says why."""
    note = models.TextField("ghi chú", blank=True)
    evidence = models.ForeignKey(
        Evidence, models.PROTECT, verbose_name="tài liệu kiểm chứng", null=True, blank=True, related_name="+"
    )
    by = models.ForeignKey(User, models.PROTECT, verbose_name="người nhập", null=True, blank=True, related_name="+")
    at = models.DateTimeField("nhập lúc", auto_now_add=True)
    replaces = models.OneToOneField(
        "self", models.PROTECT, verbose_name="thay cho", null=True, blank=True, related_name="replaced_by"
    )
    """The constraint lets one correction win; the other is shown both figures."""

    objects = ResultQuerySet.as_manager()

    class Meta:
        verbose_name = "kết quả"
        verbose_name_plural = "kết quả"
        ordering = ["id"]
        constraints = [
            of_part_or_unit("result_of_part_unit_or_whole", or_whole=True),
            models.CheckConstraint(
                name="result_withdrawn_with_a_reason",
                condition=models.Q(value__isnull=False) | models.Q(replaces__isnull=False) & ~models.Q(note=""),
            ),
            *(
                models.UniqueConstraint(
                    fields=["target", "period", *fields], name=name, condition=models.Q(replaces=None, **blank)
                )
                for fields, name, blank in (
                    ((), "result_of_whole_once", {"part": None, "lower": None}),
                    (("part",), "result_of_part_once", {"lower": None}),
                    (("lower",), "result_of_unit_once", {"part": None}),
                )
            ),
        ]
        indexes = [models.Index(fields=["target", "period"], name="result_by_target")]

    def __str__(self) -> str:
        return f"{self.target}, {self.part or self.lower}" if self.part or self.lower else str(self.target)
