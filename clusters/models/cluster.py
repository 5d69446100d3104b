"""Clusters (cụm, khối thi đua), their years, and who is in them."""

from __future__ import annotations

from django.db import models

from clusters.states import SeasonState, Stage
from core.models import Searchable
from plans.models import Plan, Task
from units.models import Dated, Part, Person, Unit, User


class Cluster(Searchable, Dated):
    """Organised by a province (or a district, before July 2025) for its communes, or by a commune for its parts."""

    class Kind(models.TextChoices):
        CLUSTER = "cluster", "Cụm thi đua"
        BLOCK = "block", "Khối thi đua"

    unit = models.ForeignKey(Unit, models.PROTECT, verbose_name="đơn vị tổ chức", related_name="clusters")
    """Its reviewers appraise the scores and publish them."""
    kind = models.CharField("loại", max_length=8, choices=Kind, default=Kind.CLUSTER)
    name = models.CharField("tên", max_length=300)
    order = models.PositiveIntegerField("thứ tự", default=0)
    reviewer = models.ForeignKey(
        Person, models.SET_NULL, verbose_name="chuyên viên theo dõi", null=True, blank=True, related_name="+"
    )

    search_fields = ("name", "unit")

    class Meta:
        verbose_name = "cụm, khối thi đua"
        verbose_name_plural = "cụm, khối thi đua"
        ordering = ["order", "name", "id"]
        constraints = [models.UniqueConstraint(fields=["unit", "name"], name="cluster_name_once")]

    def __str__(self) -> str:
        return self.name


class Season(Searchable):
    """Năm thi đua of one cluster."""

    class LateFrom(models.TextChoices):
        RECEIVED = "received", "Ngày nơi nhận nhận được"
        SENT = "sent", "Ngày gửi"
        SIGNED = "signed", "Ngày ký văn bản"

    class LateIn(models.TextChoices):
        CALENDAR = "calendar", "Ngày theo lịch"
        WORKING = "working", "Ngày làm việc"

    class Shows(models.TextChoices):
        """What a member sees of the others once the season is published; its own sheet it always sees."""

        NOTHING = "nothing", "Không xem điểm của đơn vị khác"
        ANONYMOUS = "anonymous", "Tổng điểm, không ghi tên đơn vị khác"
        TOTALS = "totals", "Tổng điểm và thứ hạng các đơn vị"
        ALL = "all", "Bảng điểm chi tiết của các đơn vị"

    cluster = models.ForeignKey(Cluster, models.PROTECT, verbose_name="cụm, khối", related_name="seasons")
    year = models.PositiveSmallIntegerField("năm")
    state = models.CharField("trạng thái", max_length=9, choices=SeasonState, default=SeasonState.DRAFT)
    criteria = models.ForeignKey(
        "clusters.CriteriaSet",
        models.PROTECT,
        verbose_name="bộ tiêu chí",
        null=True,
        blank=True,
        related_name="seasons",
    )
    plan = models.OneToOneField(
        Plan, models.SET_NULL, verbose_name="kế hoạch", null=True, blank=True, related_name="season"
    )
    is_in_plan = models.BooleanField(default=True, editable=False)
    """Whether the plan's file carries it as its part: not of a plan that came as a file without one."""
    has_cross = models.BooleanField("có chấm chéo", default=True)
    has_head = models.BooleanField("trưởng cụm chấm", default=True)
    late_from = models.CharField("tính chậm từ", max_length=8, choices=LateFrom, default=LateFrom.RECEIVED)
    late_in = models.CharField("đếm ngày chậm theo", max_length=8, choices=LateIn, default=LateIn.CALENDAR)
    explain_days = models.PositiveSmallIntegerField("số ngày làm việc để giải trình", default=5)
    shows = models.CharField("công khai điểm", max_length=9, choices=Shows, default=Shows.TOTALS)
    pledge_text = models.TextField("nội dung giao ước", blank=True)
    pledged_on = models.DateField("ngày ký giao ước", null=True, blank=True)
    pledged_at = models.CharField("nơi ký giao ước", max_length=120, blank=True)
    published_at = models.DateTimeField("công bố lúc", null=True, blank=True)
    handed_over_on = models.DateField("ngày bàn giao", null=True, blank=True)
    handed_to = models.ForeignKey(
        "clusters.Member", models.SET_NULL, verbose_name="bàn giao cho", null=True, blank=True, related_name="+"
    )
    """The next season's head."""
    version = models.PositiveIntegerField(default=1, editable=False)

    search_fields = ("cluster", "year")

    class Meta:
        verbose_name = "năm thi đua"
        verbose_name_plural = "năm thi đua"
        ordering = ["-year", "cluster__order", "id"]
        constraints = [models.UniqueConstraint(fields=["cluster", "year"], name="season_of_cluster_once")]

    def __str__(self) -> str:
        return f"{self.cluster} năm {self.year}"

    @property
    def unit_id(self) -> int:
        """The organiser's: whose roles decide."""
        return self.cluster.unit_id

    @property
    def stages(self) -> list[Stage]:
        left_out = {Stage.CROSS: not self.has_cross, Stage.HEAD: not self.has_head}
        return [stage for stage in Stage if not left_out.get(stage)]


class Member(models.Model):
    """A unit of the level below, a part of the organiser, or one that is known by name only."""

    class Role(models.TextChoices):
        HEAD = "head", "Trưởng cụm"
        DEPUTY = "deputy", "Phó trưởng cụm"
        MEMBER = "member", "Thành viên"

    season = models.ForeignKey(Season, models.CASCADE, related_name="members")
    order = models.PositiveSmallIntegerField("thứ tự")
    unit = models.ForeignKey(Unit, models.PROTECT, verbose_name="đơn vị", null=True, blank=True, related_name="+")
    part = models.ForeignKey(Part, models.PROTECT, verbose_name="bộ phận", null=True, blank=True, related_name="+")
    name = models.CharField("tên", max_length=300)
    """As it was called in that year."""
    role = models.CharField("vai trò", max_length=6, choices=Role, default=Role.MEMBER)
    is_excluded = models.BooleanField("không xếp hạng", default=False)
    exclusion_reason = models.CharField("lý do không xếp hạng", max_length=300, blank=True)
    barred_reason = models.CharField("lý do không suy tôn", max_length=300, blank=True)
    """A leader's discipline and the like: ranked, but not commended."""

    class Meta:
        verbose_name = "đơn vị thành viên"
        verbose_name_plural = "đơn vị thành viên"
        ordering = ["order", "id"]
        constraints = [
            models.UniqueConstraint(fields=["season", "unit"], name="member_unit_once"),
            models.UniqueConstraint(fields=["season", "part"], name="member_part_once"),
            models.UniqueConstraint(fields=["season", "name"], name="member_name_once"),
            models.UniqueConstraint(fields=["season"], name="season_has_one_head", condition=models.Q(role="head")),
            models.CheckConstraint(
                name="member_is_unit_or_part", condition=models.Q(unit__isnull=True) | models.Q(part__isnull=True)
            ),
            models.CheckConstraint(
                name="member_excluded_with_reason",
                condition=models.Q(is_excluded=False) | ~models.Q(exclusion_reason=""),
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Step(models.Model):
    """One line of the timetable. What a task of the plan says already is read from there."""

    class Kind(models.TextChoices):
        REGISTER = "register", "Đăng ký thi đua"
        PLEDGE = "pledge", "Ký giao ước thi đua"
        LAUNCH = "launch", "Phát động thi đua"
        REPORT = "report", "Gửi báo cáo"
        MIDYEAR = "midyear", "Sơ kết"
        SELF = "self", "Tự chấm điểm"
        CROSS = "cross", "Kiểm tra, chấm chéo"
        HEAD = "head", "Trưởng cụm chấm điểm"
        REVIEW = "review", "Thẩm định"
        MEETING = "meeting", "Họp bình xét, suy tôn"
        FINAL = "final", "Tổng kết"
        HANDOVER = "handover", "Bàn giao trưởng cụm"
        OTHER = "other", "Việc khác"

    season = models.ForeignKey(Season, models.CASCADE, related_name="steps")
    order = models.PositiveSmallIntegerField()
    kind = models.CharField("việc", max_length=8, choices=Kind, default=Kind.OTHER)
    text = models.TextField("nội dung")
    time_text = models.CharField("thời gian", max_length=300, blank=True)
    start = models.DateField("từ ngày", null=True, blank=True)
    due = models.DateField("hạn", null=True, blank=True)
    asks_members = models.BooleanField("từng đơn vị phải gửi", default=False)
    """Each member owes a paper by ``due``: its lateness is counted (``Receipt``)."""
    done_on = models.DateField("ngày xong", null=True, blank=True)
    task = models.ForeignKey(
        Task, models.SET_NULL, verbose_name="nhiệm vụ trong kế hoạch", null=True, blank=True, related_name="+"
    )

    class Meta:
        verbose_name = "việc trong lịch"
        verbose_name_plural = "việc trong lịch"
        ordering = ["order", "id"]
        constraints = [
            models.UniqueConstraint(fields=["season", "order"], name="step_order"),
            models.CheckConstraint(
                name="step_ends_after_its_start",
                condition=models.Q(start__isnull=True)
                | models.Q(due__isnull=True)
                | models.Q(due__gte=models.F("start")),
            ),
        ]

    def __str__(self) -> str:
        return self.text[:300]


class Quota(models.Model):
    """How many of an award the cluster may ask for: «02 Cờ thi đua, 01 Bằng khen»."""

    season = models.ForeignKey(Season, models.CASCADE, related_name="quotas")
    order = models.PositiveSmallIntegerField()
    award = models.CharField("hình thức", max_length=200)
    count = models.PositiveSmallIntegerField("số lượng")

    class Meta:
        verbose_name = "số lượng được đề nghị"
        verbose_name_plural = "số lượng được đề nghị"
        ordering = ["order", "id"]
        constraints = [models.UniqueConstraint(fields=["season", "award"], name="quota_of_award_once")]

    def __str__(self) -> str:
        return f"{self.count:02} {self.award}"


def acting_user(verbose_name: str) -> models.ForeignKey:
    return models.ForeignKey(User, models.PROTECT, verbose_name=verbose_name, null=True, blank=True, related_name="+")
