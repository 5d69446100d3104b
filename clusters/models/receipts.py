"""When the members' papers came in: what lateness is counted from."""

from __future__ import annotations

from django.db import models

from clusters.models.cluster import Member, Step, acting_user
from documents.models import Delivery, Evidence


class Receipt(models.Model):
    """One member's paper for one step of the timetable. Days typed or pasted stand before those of the delivery."""

    class Source(models.TextChoices):
        DELIVERY = "delivery", "Lượt gửi trong chương trình"
        TYPED = "typed", "Nhập tay"
        PASTED = "pasted", "Dán từ sổ văn bản đến"

    member = models.ForeignKey(Member, models.CASCADE, related_name="receipts")
    step = models.ForeignKey(Step, models.CASCADE, related_name="receipts")
    source = models.CharField("lấy từ", max_length=8, choices=Source, default=Source.TYPED)
    delivery = models.ForeignKey(
        Delivery, models.SET_NULL, verbose_name="lượt gửi", null=True, blank=True, related_name="+"
    )
    number = models.CharField("số, ký hiệu", max_length=80, blank=True)
    signed_on = models.DateField("ngày ký", null=True, blank=True)
    sent_on = models.DateField("ngày gửi", null=True, blank=True)
    received_on = models.DateField("ngày nhận", null=True, blank=True)
    waived = models.CharField("lý do miễn trừ điểm chậm", max_length=300, blank=True)
    waiver = models.ForeignKey(
        Evidence, models.PROTECT, verbose_name="văn bản kèm theo", null=True, blank=True, related_name="+"
    )
    by = acting_user("người ghi")
    at = models.DateTimeField("lúc", auto_now=True)

    class Meta:
        verbose_name = "văn bản của đơn vị"
        verbose_name_plural = "văn bản của đơn vị"
        ordering = ["step__order", "member__order", "id"]
        constraints = [models.UniqueConstraint(fields=["member", "step"], name="receipt_once")]

    def __str__(self) -> str:
        return f"{self.member}: {self.step}"
