"""Duties out of incoming papers: tasks without a plan, each with where it comes from and how often it comes back."""

from __future__ import annotations

from django.db import models
from django.utils import timezone

from core.models import Job, StoredFile
from plans.models.task import Task
from units.models import Person, Unit, User


class Incoming(models.Model):
    """A paper that came in, dropped as a file or pasted, and the duties that were proposed from it."""

    unit = models.ForeignKey(Unit, models.PROTECT, verbose_name="đơn vị", related_name="incoming_papers")
    by = models.ForeignKey(User, models.PROTECT, verbose_name="người đưa vào", related_name="+")
    at = models.DateTimeField("lúc", auto_now_add=True)
    file = models.ForeignKey(StoredFile, models.PROTECT, verbose_name="tệp", null=True, blank=True, related_name="+")
    """None where the text was pasted: then ``source`` is all there is."""
    job = models.ForeignKey(
        Job, models.SET_NULL, verbose_name="việc chạy nền", null=True, blank=True, related_name="+"
    )
    kind = models.CharField("tên loại", max_length=120, blank=True, help_text="Công văn, Hướng dẫn, Kế hoạch…")
    number = models.CharField("số, ký hiệu", max_length=80, blank=True, help_text="Ví dụ: 1479/SNV-TĐKT.")
    date = models.DateField("ngày văn bản", null=True, blank=True)
    year = models.PositiveSmallIntegerField("năm", null=True, blank=True)
    """Of a paper whose day is still blank."""
    issuer = models.CharField("cơ quan ban hành", max_length=300, blank=True)
    subject = models.TextField("trích yếu", blank=True)
    read_at = models.DateTimeField("đọc xong lúc", null=True, blank=True)
    source = models.JSONField("bản gốc", default=list)
    """Its paragraphs and tables, to be shown beside what is proposed."""
    notes = models.JSONField("ghi chú khi đọc", default=list)
    proposals = models.JSONField("việc đề xuất", default=list)
    """``plans.duties.proposing.Proposal`` as JSON, in the order of the paper."""

    class Meta:
        verbose_name = "văn bản đến"
        verbose_name_plural = "văn bản đến"
        ordering = ["-id"]
        indexes = [models.Index(fields=["unit", "-id"], name="incoming_by_unit")]

    def __str__(self) -> str:
        """«Công văn số 1479/SNV-TĐKT ngày 25/07/2026 của Sở Nội vụ»; of what nobody named, when it came."""
        if not (self.number or self.date or self.issuer):
            subject = f" «{self.subject[:80]}»" if self.subject else ""
            return f"{self.kind or 'Văn bản'}{subject} đưa vào ngày {timezone.localdate(self.at):%d/%m/%Y}"
        number = f" số {self.number}" if self.number else ""
        day = f" ngày {self.date:%d/%m/%Y}" if self.date else ""
        issuer = f" của {self.issuer}" if self.issuer else ""
        return f"{self.kind or 'Văn bản'}{number}{day}{issuer}"[:300]


class DutyType(models.Model):
    """A kind of duty that comes back, with its countdown: what has to happen how long before its day (lùi lịch)."""

    unit = models.ForeignKey(Unit, models.CASCADE, verbose_name="đơn vị", related_name="duty_types")
    name = models.CharField("loại việc", max_length=200)
    steps = models.JSONField("các mốc", default=list)
    """``[{"days": 30, "what": "Yêu cầu các thôn gửi danh sách"}, …]``: calendar days before, the farthest first."""

    class Meta:
        verbose_name = "loại việc"
        verbose_name_plural = "loại việc"
        ordering = ["name"]
        constraints = [models.UniqueConstraint(fields=["unit", "name"], name="duty_type_once")]

    def __str__(self) -> str:
        return self.name


class Duty(models.Model):
    """What a task without a plan has besides: its paper, what to send to whom, who follows it, how often it comes."""

    class Recurrence(models.TextChoices):
        ONCE = "", "Một lần"
        YEAR = "year", "Hằng năm"
        HALF = "half", "6 tháng một lần"
        QUARTER = "quarter", "Hằng quý"
        MONTH = "month", "Hằng tháng"

    task = models.OneToOneField(Task, models.CASCADE, verbose_name="nhiệm vụ", related_name="duty")
    incoming = models.ForeignKey(
        Incoming, models.PROTECT, verbose_name="theo văn bản", null=True, blank=True, related_name="duties"
    )
    excerpt = models.TextField("câu trong văn bản", blank=True)
    send = models.CharField("gửi gì", max_length=300, blank=True)
    to = models.CharField("gửi cho", max_length=300, blank=True)
    recurrence = models.CharField("lặp lại", max_length=8, choices=Recurrence, default=Recurrence.ONCE, blank=True)
    previous = models.OneToOneField(
        "self", models.SET_NULL, verbose_name="kỳ trước", null=True, blank=True, related_name="following"
    )
    """Made from it with one click; the constraint keeps it to one."""
    milestone_of = models.ForeignKey(
        "self", models.CASCADE, verbose_name="mốc của", null=True, blank=True, related_name="milestones"
    )
    """A step on the way to that duty: a task like any other, with a day and a result of its own."""
    days_before = models.PositiveSmallIntegerField("trước hạn", null=True, blank=True)
    """Calendar days before the day of that duty, as counted back; kept so that a moved day moves the step."""
    follower = models.ForeignKey(
        Person, models.SET_NULL, verbose_name="người theo dõi", null=True, blank=True, related_name="followed_duties"
    )
    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        verbose_name = "việc không thuộc kế hoạch"
        verbose_name_plural = "việc không thuộc kế hoạch"
        ordering = ["id"]

    def __str__(self) -> str:
        return str(self.task)

    @property
    def origin(self) -> str:
        """«theo Công văn số … ngày … của …»; empty for what was added by hand."""
        return f"theo {self.incoming}" if self.incoming else ""
