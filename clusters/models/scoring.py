"""Score sheets: one per member, one entry per criterion and stage; a later stage adds a row, none is overwritten."""

from __future__ import annotations

from django.db import models

from clusters.models.cluster import Member, acting_user
from clusters.models.criteria import Criterion, points_field
from clusters.states import ExplanationState, SheetStage, Stage
from documents.models import Evidence


class ScoreSheet(models.Model):
    member = models.OneToOneField(Member, models.CASCADE, related_name="sheet")
    stage = models.CharField("đang ở", max_length=6, choices=SheetStage, default=SheetStage.SELF)
    cross_by = models.ForeignKey(
        Member, models.SET_NULL, verbose_name="đơn vị chấm chéo", null=True, blank=True, related_name="crossing"
    )
    explain_until = models.DateField("giải trình đến hết ngày", null=True, blank=True)
    """None: the window is not open."""
    return_reason = models.CharField("lý do trả lại", max_length=300, blank=True)
    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        verbose_name = "bảng chấm điểm"
        verbose_name_plural = "bảng chấm điểm"
        ordering = ["member__order", "id"]
        constraints = [
            models.CheckConstraint(
                name="sheet_never_crossed_by_itself",
                condition=models.Q(cross_by__isnull=True) | ~models.Q(cross_by=models.F("member")),
            )
        ]

    def __str__(self) -> str:
        return str(self.member)


class StageMark(models.Model):
    """A stage has finished with the sheet. One that comes back and is finished again has a second mark."""

    sheet = models.ForeignKey(ScoreSheet, models.CASCADE, related_name="marks")
    stage = models.CharField("bước", max_length=6, choices=Stage)
    at = models.DateTimeField("lúc", auto_now_add=True)
    by = acting_user("người gửi")
    on_behalf = models.BooleanField("gửi thay", default=False)

    class Meta:
        verbose_name = "bước đã xong"
        verbose_name_plural = "bước đã xong"
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.sheet}: {self.get_stage_display()}"


class Entry(models.Model):
    """What one stage says of one criterion. Blank fields: as the stage before said it."""

    sheet = models.ForeignKey(ScoreSheet, models.CASCADE, related_name="entries")
    criterion = models.ForeignKey(Criterion, models.PROTECT, related_name="entries")
    stage = models.CharField("bước", max_length=6, choices=Stage)
    actual = models.DecimalField("thực hiện", max_digits=20, decimal_places=6, null=True, blank=True)
    """Of yes and no: 1 and 0; of a bonus the points asked for."""
    grade = models.CharField("loại", max_length=10, blank=True)
    points = points_field("điểm", null=True, blank=True)
    """As a person gives them; on a criterion with a formula a judge's points stand instead of the formula's."""
    deduction = points_field("điểm trừ", null=True, blank=True)
    """Chấm theo lối trừ: taken from the maximum, with ``reason``."""
    late_days = models.PositiveSmallIntegerField("số ngày chậm", null=True, blank=True)
    """Instead of what the receipts say (``Receipt``), with ``reason``."""
    returned = models.PositiveSmallIntegerField("số hồ sơ trả lại", null=True, blank=True)
    is_proved = models.BooleanField("đã kiểm chứng", null=True, blank=True)
    """None: proved where there is evidence."""
    reason = models.TextField("lý do", blank=True)
    evidence = models.ManyToManyField(Evidence, verbose_name="tài liệu kiểm chứng", blank=True, related_name="+")
    by = acting_user("người chấm")
    on_behalf = models.BooleanField("nhập thay", default=False)
    at = models.DateTimeField("lúc", auto_now=True)
    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        verbose_name = "điểm một tiêu chí"
        verbose_name_plural = "điểm từng tiêu chí"
        ordering = ["criterion__order", "id"]
        constraints = [
            models.UniqueConstraint(fields=["sheet", "criterion", "stage"], name="entry_of_stage_once"),
            models.CheckConstraint(
                name="entry_not_negative",
                condition=(models.Q(actual__isnull=True) | models.Q(actual__gte=0))
                & (models.Q(points__isnull=True) | models.Q(points__gte=0))
                & (models.Q(deduction__isnull=True) | models.Q(deduction__gte=0)),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.sheet}, {self.criterion.code}: {self.get_stage_display()}"


class Explanation(models.Model):
    """Giải trình: what the unit says to a cut, and what became of it."""

    sheet = models.ForeignKey(ScoreSheet, models.CASCADE, related_name="explanations")
    criterion = models.ForeignKey(Criterion, models.PROTECT, related_name="+")
    text = models.TextField("giải trình")
    evidence = models.ManyToManyField(Evidence, verbose_name="tài liệu kèm theo", blank=True, related_name="+")
    by = acting_user("người giải trình")
    on_behalf = models.BooleanField("nhập thay", default=False)
    at = models.DateTimeField("lúc", auto_now_add=True)
    state = models.CharField("kết quả", max_length=8, choices=ExplanationState, default=ExplanationState.OPEN)
    answer = models.TextField("trả lời", blank=True)
    answered_by = acting_user("người trả lời")
    answered_at = models.DateTimeField("trả lời lúc", null=True, blank=True)

    class Meta:
        verbose_name = "giải trình"
        verbose_name_plural = "giải trình"
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["sheet", "criterion"], name="explanation_open_once", condition=models.Q(state="open")
            )
        ]

    def __str__(self) -> str:
        return f"{self.sheet}, {self.criterion.code}"
