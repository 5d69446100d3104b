"""What is printed on which paper by which machine, and what was printed."""

from __future__ import annotations

from django.db import models

from awards.models.common import AWARD_CODE, acting_user, stored_file
from awards.models.register import Decision, Grant
from core.models import Job
from units.models import Issuer, Unit


class Stock(models.Model):
    """Phôi on one printer: where each line goes, and how far that machine prints beside it. Millimetres."""

    class Mode(models.TextChoices):
        FULL = "full", "In cả giấy khen trên giấy trắng"
        VARIABLE = "variable", "Chỉ in nội dung lên phôi in sẵn"

    unit = models.ForeignKey(Unit, models.PROTECT, verbose_name="đơn vị", related_name="certificate_stocks")
    issuer = models.ForeignKey(
        Issuer, models.PROTECT, verbose_name="người ký", null=True, blank=True, related_name="+"
    )
    name = models.CharField("tên phôi, máy in", max_length=120)
    award = models.CharField("dùng cho", max_length=AWARD_CODE, blank=True)
    mode = models.CharField("cách in", max_length=8, choices=Mode, default=Mode.FULL)
    shift_x = models.DecimalField("lệch phải", max_digits=5, decimal_places=1, default=0)
    shift_y = models.DecimalField("lệch xuống", max_digits=5, decimal_places=1, default=0)
    places = models.JSONField("vị trí các dòng", default=dict, blank=True)
    """Field → ``{"x": mm, "y": mm, "width": mm, "size": pt}``; what is missing stands where the layout has it."""
    emblem = stored_file("hình Quốc huy, biểu tượng")
    """The unit's own picture; without one its place stays blank."""
    has_code = models.BooleanField("in mã QR tra cứu", default=False)
    by = acting_user("người lập")
    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        verbose_name = "phôi, máy in"
        verbose_name_plural = "phôi, máy in"
        ordering = ["name", "id"]
        constraints = [models.UniqueConstraint(fields=["unit", "name"], name="stock_name_once")]

    def __str__(self) -> str:
        return self.name


class CertificateRun(models.Model):
    """One batch: made by a worker, found again here."""

    decision = models.ForeignKey(Decision, models.PROTECT, related_name="certificate_runs")
    stock = models.ForeignKey(Stock, models.PROTECT, verbose_name="phôi, máy in", related_name="+")
    grants = models.JSONField(default=list)
    """Ids, in the order of printing; empty: all of the decision."""
    count = models.PositiveIntegerField("số bản")
    citation = models.CharField("lời ghi chung", max_length=300, blank=True)
    """One sentence for all; blank: each one's own achievement."""
    job = models.ForeignKey(Job, models.SET_NULL, verbose_name="việc chạy nền", null=True, related_name="+")
    file = stored_file("tệp in")
    by = acting_user("người in")
    at = models.DateTimeField("lúc", auto_now_add=True)

    class Meta:
        verbose_name = "lần in"
        verbose_name_plural = "các lần in"
        ordering = ["-id"]

    def __str__(self) -> str:
        return f"{self.decision}: {self.count}"


class Reissue(models.Model):
    """Cấp đổi, cấp lại."""

    class Kind(models.TextChoices):
        EXCHANGE = "exchange", "Cấp đổi"
        AGAIN = "again", "Cấp lại"

    grant = models.ForeignKey(Grant, models.PROTECT, related_name="reissues")
    kind = models.CharField("việc", max_length=8, choices=Kind)
    reason = models.CharField("lý do", max_length=300)
    asked_on = models.DateField("ngày đề nghị")
    done_on = models.DateField("ngày cấp", null=True, blank=True)
    name = models.CharField("tên ghi lại", max_length=300, blank=True)
    """As the new certificate says it; blank: as the decision does."""
    detail = models.CharField("chức vụ, đơn vị, địa chỉ ghi lại", max_length=400, blank=True)
    decision = models.ForeignKey(
        Decision, models.PROTECT, verbose_name="quyết định đính chính", null=True, blank=True, related_name="+"
    )
    by = acting_user("người ghi")
    at = models.DateTimeField("lúc", auto_now_add=True)

    class Meta:
        verbose_name = "cấp đổi, cấp lại"
        verbose_name_plural = "cấp đổi, cấp lại"
        ordering = ["-id"]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.grant}"
