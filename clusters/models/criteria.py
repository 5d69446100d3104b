"""Sets of criteria: a tree with maximum points, fixed once it is published."""

from __future__ import annotations

from django.db import models

from clusters.models.cluster import Cluster, Member, acting_user
from clusters.scheme import Kind as SchemeKind
from clusters.scheme import NotAssigned as SchemeNotAssigned
from clusters.states import SetState, Stage
from core.models import Searchable
from units.models import Unit


def points_field(verbose_name: str, **options: object) -> models.DecimalField:
    return models.DecimalField(verbose_name, max_digits=12, decimal_places=4, **options)  # type: ignore[arg-type]


class CriteriaSet(Searchable):
    """Of one organiser, for all its clusters or for one. ``clusters.scheme.Scheme`` is the same as plain values."""

    class NotAssigned(models.TextChoices):
        RESCALE = SchemeNotAssigned.RESCALE.value, "Quy đổi điểm đạt được về thang điểm đủ"
        SEPARATE = SchemeNotAssigned.SEPARATE.value, "Xếp hạng riêng các đơn vị không được giao"

    unit = models.ForeignKey(Unit, models.PROTECT, verbose_name="đơn vị ban hành", related_name="criteria_sets")
    cluster = models.ForeignKey(
        Cluster, models.PROTECT, verbose_name="riêng cho cụm", null=True, blank=True, related_name="criteria_sets"
    )
    name = models.CharField("tên", max_length=300)
    year = models.PositiveSmallIntegerField("năm")
    decimals = models.PositiveSmallIntegerField("số chữ số thập phân", default=2)
    not_assigned = models.CharField(
        "không giao chỉ tiêu", max_length=8, choices=NotAssigned, default=NotAssigned.RESCALE
    )
    surplus_cap = points_field("điểm thưởng vượt kế hoạch, nhiều nhất", null=True, blank=True)
    basis = models.TextField("căn cứ ban hành", blank=True)
    state = models.CharField("trạng thái", max_length=9, choices=SetState, default=SetState.DRAFT)
    published_at = models.DateTimeField("ban hành lúc", null=True, blank=True)
    copied_from = models.ForeignKey(
        "self", models.SET_NULL, verbose_name="lập từ bộ", null=True, blank=True, related_name="copies"
    )
    version = models.PositiveIntegerField(default=1, editable=False)

    search_fields = ("name", "year")

    class Meta:
        verbose_name = "bộ tiêu chí"
        verbose_name_plural = "bộ tiêu chí"
        ordering = ["-year", "name", "id"]
        constraints = [models.UniqueConstraint(fields=["unit", "year", "name"], name="criteria_set_name_once")]

    def __str__(self) -> str:
        return self.name


class Criterion(models.Model):
    class Kind(models.TextChoices):
        GROUP = "", "Nhóm tiêu chí"
        RATIO = SchemeKind.RATIO.value, "Tỷ lệ so với kế hoạch"
        RATIO_LEADER = SchemeKind.RATIO_LEADER.value, "Tỷ lệ, so với đơn vị dẫn đầu"
        RATIO_BAND = SchemeKind.RATIO_BAND.value, "Tỷ lệ trong khoảng"
        RELATIVE = SchemeKind.RELATIVE.value, "So với đơn vị cao nhất"
        YES_NO = SchemeKind.YES_NO.value, "Có hoặc không"
        COUNT = SchemeKind.COUNT.value, "Theo số lượng"
        BANDS = SchemeKind.BANDS.value, "Theo mức đạt"
        GRADES = SchemeKind.GRADES.value, "Xếp loại A, B, C, D"
        MANUAL = SchemeKind.MANUAL.value, "Người chấm cho điểm"
        BONUS = SchemeKind.BONUS.value, "Điểm thưởng"
        PENALTY = SchemeKind.PENALTY.value, "Điểm trừ"

    class Confirmer(models.TextChoices):
        NOBODY = "", "Không cần"
        HEAD = Stage.HEAD.value, "Trưởng cụm"
        REVIEW = Stage.REVIEW.value, "Cơ quan thẩm định"

    set = models.ForeignKey(CriteriaSet, models.CASCADE, related_name="criteria")
    parent = models.ForeignKey("self", models.CASCADE, null=True, blank=True, related_name="children")
    order = models.PositiveIntegerField()
    """Over the whole set, parents before their children."""
    code = models.CharField("mã", max_length=40)
    title = models.TextField("tiêu chí")
    maximum = points_field("điểm chuẩn")
    kind = models.CharField("cách tính điểm", max_length=12, choices=Kind, blank=True, default=Kind.GROUP)
    rule = models.JSONField("quy tắc", default=dict, blank=True)
    """What the kind needs besides, in the words of ``tdkt-scoring/1`` (``clusters.interchange.RULE``)."""
    is_lower_better = models.BooleanField("càng thấp càng tốt", default=False)
    needs_evidence = models.BooleanField("phải có tài liệu kiểm chứng", default=False)
    starts_full = models.BooleanField("chấm theo lối trừ", default=False)
    measure = models.CharField("đơn vị tính", max_length=80, blank=True)
    guidance = models.TextField("cách chấm", blank=True)
    office = models.CharField("cơ quan cung cấp số liệu", max_length=300, blank=True)
    scored_by = models.CharField("ai chấm", max_length=6, choices=Stage, default=Stage.SELF)
    """The first stage that may say something; earlier ones see the row without a field to type in."""
    confirmed_by = models.CharField("ai xác nhận", max_length=6, choices=Confirmer, blank=True, default="")
    tie_order = models.PositiveSmallIntegerField("thứ tự xét khi bằng điểm", null=True, blank=True)

    class Meta:
        verbose_name = "tiêu chí"
        verbose_name_plural = "tiêu chí"
        ordering = ["order", "id"]
        constraints = [
            models.UniqueConstraint(fields=["set", "code"], name="criterion_code_once"),
            models.UniqueConstraint(fields=["set", "order"], name="criterion_order"),
            models.UniqueConstraint(fields=["set", "tie_order"], name="criterion_tie_order"),
            models.CheckConstraint(name="criterion_maximum_not_negative", condition=models.Q(maximum__gte=0)),
        ]

    def __str__(self) -> str:
        return f"{self.code}. {self.title}"[:300]


class Assignment(models.Model):
    """Kế hoạch giao: the target that a member was given for a criterion, or that it was given none."""

    member = models.ForeignKey(Member, models.CASCADE, related_name="assignments")
    criterion = models.ForeignKey(Criterion, models.PROTECT, related_name="assignments")
    target = models.DecimalField("kế hoạch giao", max_digits=20, decimal_places=6, null=True, blank=True)
    is_assigned = models.BooleanField("được giao", default=True)
    by = acting_user("người nhập")
    at = models.DateTimeField("lúc", auto_now=True)

    class Meta:
        verbose_name = "chỉ tiêu giao"
        verbose_name_plural = "chỉ tiêu giao"
        constraints = [
            models.UniqueConstraint(fields=["member", "criterion"], name="assignment_once"),
            models.CheckConstraint(
                name="assignment_target_where_assigned",
                condition=models.Q(is_assigned=True) | models.Q(target__isnull=True),
            ),
            models.CheckConstraint(
                name="assignment_target_not_negative",
                condition=models.Q(target__isnull=True) | models.Q(target__gte=0),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.member}, {self.criterion}"
