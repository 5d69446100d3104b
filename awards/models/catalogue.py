"""What a province (or a commune that runs alone) orders otherwise than the shipped law, and what it has confirmed."""

from __future__ import annotations

from django.db import models

from awards.models.common import AWARD_CODE, CycleKind, RouteKind, acting_user
from documents.models import Evidence
from units.models import Dated, Unit


class LocalRule(Dated):
    """Dossier, deadline, quota, route, vote or rate of one award from a day on. Blank: as in the law."""

    unit = models.ForeignKey(Unit, models.PROTECT, verbose_name="đơn vị quy định", related_name="award_rules")
    award = models.CharField("danh hiệu, hình thức", max_length=AWARD_CODE)
    source = models.CharField("theo văn bản", max_length=300)
    papers = models.JSONField("thành phần hồ sơ", null=True, blank=True)
    """Codes of ``awards.shipped.PAPER_WORDS`` and lines of the unit's own."""
    cycle = models.CharField("chu kỳ", max_length=11, choices=CycleKind, blank=True)
    due_month = models.PositiveSmallIntegerField("hạn gửi hồ sơ: tháng", null=True, blank=True)
    due_day = models.PositiveSmallIntegerField("hạn gửi hồ sơ: ngày", null=True, blank=True)
    days = models.PositiveSmallIntegerField("số ngày làm việc giải quyết", null=True, blank=True)
    route = models.CharField("cách xét", max_length=8, choices=RouteKind, blank=True)
    vote_percent = models.PositiveSmallIntegerField("tỷ lệ phiếu đồng ý (%)", null=True, blank=True)
    quota_percent = models.DecimalField("tỷ lệ tối đa (%)", max_digits=5, decimal_places=2, null=True, blank=True)
    quota_of = models.CharField("tính trên", max_length=12, blank=True)
    """Code of another award (CSTĐCS on LĐTT), or «people», «collectives»: those of the unit."""
    quota_direct_percent = models.DecimalField(
        "người lao động trực tiếp ít nhất (%)", max_digits=5, decimal_places=2, null=True, blank=True
    )
    multiplier = models.DecimalField("hệ số tiền thưởng", max_digits=6, decimal_places=3, null=True, blank=True)
    recipient = models.CharField("hệ số dành cho", max_length=10, blank=True)
    payer = models.CharField("nguồn chi", max_length=300, blank=True)
    by = acting_user("người nhập")
    at = models.DateTimeField("lúc", auto_now_add=True)

    class Meta:
        verbose_name = "quy định của địa phương"
        verbose_name_plural = "quy định của địa phương"
        ordering = ["award", "valid_from", "id"]
        constraints = [
            models.UniqueConstraint(fields=["unit", "award", "recipient", "valid_from"], name="award_rule_once"),
            models.UniqueConstraint(
                fields=["unit", "award", "recipient"],
                name="award_rule_once_undated",
                condition=models.Q(valid_from__isnull=True),
            ),
            models.CheckConstraint(
                name="award_rule_due_is_a_day",
                condition=models.Q(due_month__isnull=True, due_day__isnull=True)
                | models.Q(due_month__range=(1, 12), due_day__range=(1, 31)),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.award}: {self.source}"


class Confirmation(models.Model):
    """Xác nhận áp dụng: from now on this unit and those below judge by it. One act that names the paper."""

    unit = models.ForeignKey(Unit, models.PROTECT, verbose_name="đơn vị xác nhận", related_name="confirmations")
    rule = models.CharField("quy định", max_length=80)
    """``awards.conditions.Condition.key``, or «money:GK:person:commune»."""
    reading = models.CharField("cách hiểu", max_length=40, blank=True)
    """Blank: as before. Else the code of a reading that ships beside the rule, or a multiplier of the money."""
    paper = models.ForeignKey(Evidence, models.PROTECT, verbose_name="văn bản", related_name="+")
    note = models.CharField("ghi chú", max_length=300, blank=True)
    changed = models.JSONField("kết quả thay đổi", default=list)
    """``[{"nominee": id, "name": …, "before": outcome, "after": outcome}]`` of the open dossiers, when it was done."""
    by = acting_user("người xác nhận")
    at = models.DateTimeField("lúc", auto_now_add=True)
    withdrawn_at = models.DateTimeField("bỏ xác nhận lúc", null=True, blank=True)
    withdrawn_reason = models.CharField("lý do bỏ", max_length=300, blank=True)

    class Meta:
        verbose_name = "xác nhận áp dụng"
        verbose_name_plural = "xác nhận áp dụng"
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "rule"], name="rule_confirmed_once", condition=models.Q(withdrawn_at=None)
            ),
            models.CheckConstraint(
                name="confirmation_withdrawn_with_reason",
                condition=models.Q(withdrawn_at__isnull=True) | ~models.Q(withdrawn_reason=""),
            ),
        ]

    def __str__(self) -> str:
        return self.rule
