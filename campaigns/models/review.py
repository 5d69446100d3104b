"""Sơ kết, tổng kết: the report, those who stood out, and tables of others that are filled from our figures."""

from __future__ import annotations

from django.db import models

from campaigns.models.campaign import Campaign, Wave
from core.models import StoredFile
from documents.models import IssuedPaper
from units.models import Issuer, Part, Unit, User


class Exemplar(models.Model):
    """Điển hình tiên tiến, collected through the year."""

    class Kind(models.TextChoices):
        COLLECTIVE = "collective", "Tập thể"
        PERSON = "person", "Cá nhân"
        HOUSEHOLD = "household", "Hộ gia đình"

    campaign = models.ForeignKey(Campaign, models.CASCADE, related_name="exemplars")
    wave = models.ForeignKey(Wave, models.SET_NULL, verbose_name="đợt", null=True, blank=True, related_name="+")
    part = models.ForeignKey(Part, models.SET_NULL, verbose_name="bộ phận", null=True, blank=True, related_name="+")
    kind = models.CharField("đối tượng", max_length=10, choices=Kind, default=Kind.PERSON)
    name = models.CharField("tên", max_length=300)
    story = models.TextField("việc làm, thành tích")
    picture = models.ForeignKey(
        StoredFile, models.PROTECT, verbose_name="ảnh", null=True, blank=True, related_name="+"
    )
    day = models.DateField("ngày ghi")
    proposed = models.CharField("đề nghị khen thưởng", max_length=300, blank=True)
    """The award that is thought of, as named on paper; proposals of awards read it."""
    by = models.ForeignKey(User, models.PROTECT, verbose_name="người ghi", null=True, blank=True, related_name="+")

    class Meta:
        verbose_name = "điển hình tiên tiến"
        verbose_name_plural = "điển hình tiên tiến"
        ordering = ["-day", "-id"]

    def __str__(self) -> str:
        return self.name


class Review(models.Model):
    """The report of a wave or a period: figures are read from the rows until it is issued, then kept."""

    campaign = models.ForeignKey(Campaign, models.CASCADE, related_name="reviews")
    wave = models.ForeignKey(Wave, models.SET_NULL, verbose_name="đợt", null=True, blank=True, related_name="reviews")
    period = models.CharField("kỳ", max_length=10)
    is_final = models.BooleanField("tổng kết", default=False)
    issuer = models.ForeignKey(
        Issuer, models.PROTECT, verbose_name="cơ quan ban hành", null=True, blank=True, related_name="+"
    )
    """None: whoever issued the campaign's plan, else the unit's own."""
    texts = models.JSONField("lời văn", default=dict)
    """Section of the report → its lines, where the officer wrote other ones than those that are drafted."""
    frozen = models.JSONField("số liệu đã chốt", null=True, blank=True)
    """``campaigns.reporting.Figures`` as JSON, taken when the paper was recorded."""
    paper = models.OneToOneField(
        IssuedPaper, models.PROTECT, verbose_name="văn bản đã ban hành", null=True, blank=True, related_name="review"
    )
    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        verbose_name = "báo cáo sơ kết, tổng kết"
        verbose_name_plural = "báo cáo sơ kết, tổng kết"
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["campaign", "period", "wave"], name="review_once")]

    def __str__(self) -> str:
        return f"{'Tổng kết' if self.is_final else 'Sơ kết'} {self.campaign}"[:300]


class TableMap(models.Model):
    """How a table of a superior's is filled: which of its cells takes which figure. Known again by its layout."""

    unit = models.ForeignKey(Unit, models.CASCADE, verbose_name="đơn vị", related_name="table_maps")
    campaign = models.ForeignKey(Campaign, models.CASCADE, related_name="table_maps")
    layout = models.CharField(max_length=64)
    """SHA-256 of what stands in the cells that are not filled."""
    file = models.ForeignKey(StoredFile, models.PROTECT, verbose_name="tệp nhận được", related_name="+")
    cells = models.JSONField("ô", default=list)
    """``[{"table": 0, "row": 7, "column": 3, "target": 12, "what": "value"}]``, all places from 0: see ``filling``."""
    by = models.ForeignKey(User, models.PROTECT, verbose_name="người ghép", null=True, blank=True, related_name="+")
    at = models.DateTimeField("lúc", auto_now=True)

    class Meta:
        verbose_name = "bảng của cấp trên"
        verbose_name_plural = "bảng của cấp trên"
        ordering = ["-id"]
        constraints = [models.UniqueConstraint(fields=["campaign", "layout"], name="table_map_once")]

    def __str__(self) -> str:
        return str(self.file)
