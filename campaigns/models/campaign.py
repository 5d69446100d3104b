"""A movement (phong trào thi đua) with its waves and the thematic movements inside it."""

from __future__ import annotations

from django.db import models

from campaigns.states import CampaignState
from core.models import Searchable
from documents.models import Delivery
from plans.models import Plan
from units.models import Person, Unit, User


class Campaign(Searchable):
    """One movement as one unit runs it; what a level above launched is that unit's row, which ours answers."""

    class Kind(models.TextChoices):
        REGULAR = "regular", "Thường xuyên"
        WAVE = "wave", "Theo đợt"
        THEMATIC = "thematic", "Chuyên đề"
        SUDDEN = "sudden", "Đột xuất"

    class Level(models.TextChoices):
        STATE = "state", "Thủ tướng Chính phủ, Hội đồng Thi đua - Khen thưởng Trung ương"
        PROVINCE = "province", "Cấp tỉnh"
        DISTRICT = "district", "Cấp huyện"
        COMMUNE = "commune", "Cấp xã"

    unit = models.ForeignKey(Unit, models.PROTECT, verbose_name="đơn vị", related_name="campaigns")
    title = models.TextField("tên phong trào")
    theme = models.TextField("chủ đề", blank=True)
    kind = models.CharField("loại", max_length=8, choices=Kind, default=Kind.REGULAR)
    level = models.CharField("cấp phát động", max_length=8, choices=Level, default=Level.COMMUNE)
    year = models.PositiveSmallIntegerField("năm")
    period = models.CharField("thời kỳ", max_length=12, choices=Plan.Period, default=Plan.Period.YEAR)
    start = models.DateField("từ ngày", null=True, blank=True)
    end = models.DateField("đến hết ngày", null=True, blank=True)
    scope = models.TextField("phạm vi, đối tượng", blank=True)
    rewards = models.TextField("dự kiến khen thưởng", blank=True)
    register_by = models.DateField("hạn đăng ký", null=True, blank=True)
    state = models.CharField("trạng thái", max_length=8, choices=CampaignState, default=CampaignState.DRAFT)
    launched_on = models.DateField("ngày phát động", null=True, blank=True)
    drop_reason = models.CharField("lý do không thực hiện", max_length=300, blank=True)
    follower = models.ForeignKey(
        Person, models.SET_NULL, verbose_name="người theo dõi", null=True, blank=True, related_name="+"
    )
    plan = models.OneToOneField(
        Plan, models.SET_NULL, verbose_name="kế hoạch", null=True, blank=True, related_name="campaign"
    )
    """Where its words are printed; None where the unit runs it by another's paper."""
    parent = models.ForeignKey(
        "self", models.PROTECT, verbose_name="hưởng ứng phong trào", null=True, blank=True, related_name="answers"
    )
    delivery = models.ForeignKey(
        Delivery, models.SET_NULL, verbose_name="theo văn bản gửi đến", null=True, blank=True, related_name="campaigns"
    )
    """By which ``parent`` came down."""
    made_by = models.ForeignKey(
        User, models.PROTECT, verbose_name="người lập", null=True, blank=True, related_name="+"
    )
    version = models.PositiveIntegerField(default=1, editable=False)

    search_fields = ("title", "theme", "unit")

    class Meta:
        verbose_name = "phong trào thi đua"
        verbose_name_plural = "phong trào thi đua"
        ordering = ["-year", "-id"]
        constraints = [
            models.CheckConstraint(
                name="campaign_ends_after_its_start",
                condition=models.Q(start__isnull=True)
                | models.Q(end__isnull=True)
                | models.Q(end__gte=models.F("start")),
            ),
            models.UniqueConstraint(
                fields=["unit", "parent"],
                name="campaign_answers_once",
                condition=models.Q(parent__isnull=False) & ~models.Q(state="dropped"),
            ),
        ]
        indexes = [models.Index(fields=["unit", "-year", "-id"], name="campaign_by_unit")]

    def __str__(self) -> str:
        return self.title[:300]


class Wave(models.Model):
    """Đợt thi đua: ends in a review. Days may be wrong as printed, and are kept so."""

    campaign = models.ForeignKey(Campaign, models.CASCADE, related_name="waves")
    order = models.PositiveSmallIntegerField()
    name = models.CharField("tên đợt", max_length=300)
    start = models.DateField("từ ngày", null=True, blank=True)
    end = models.DateField("đến hết ngày", null=True, blank=True)
    as_printed = models.CharField("ghi trong kế hoạch", max_length=300, blank=True)
    review_by = models.DateField("hạn sơ kết, tổng kết", null=True, blank=True)
    occasion = models.CharField("chào mừng, kỷ niệm", max_length=300, blank=True)

    class Meta:
        verbose_name = "đợt thi đua"
        verbose_name_plural = "đợt thi đua"
        ordering = ["order"]
        constraints = [models.UniqueConstraint(fields=["campaign", "order"], name="wave_order")]

    def __str__(self) -> str:
        return self.name


class Movement(models.Model):
    """Phong trào chuyên đề: one of those inside a campaign."""

    campaign = models.ForeignKey(Campaign, models.CASCADE, related_name="movements")
    order = models.PositiveSmallIntegerField()
    name = models.TextField("tên chuyên đề")
    lead = models.CharField("chủ trì", max_length=300, blank=True)

    class Meta:
        verbose_name = "chuyên đề"
        verbose_name_plural = "chuyên đề"
        ordering = ["order"]
        constraints = [models.UniqueConstraint(fields=["campaign", "order"], name="movement_order")]

    def __str__(self) -> str:
        return self.name[:300]
