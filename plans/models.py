"""Plans of every kind: header, sections as plain lines, tasks as rows."""

from __future__ import annotations

import datetime as dt
import uuid

from django.db import models

from core.models import Searchable
from core.text import split_lines
from documents.dates import PartialDate
from documents.models import Evidence, IssuedPaper
from plans import limits
from plans.layouts import Layout, parse_layout
from plans.states import PlanState, TaskState
from units.models import Issuer, Part, Person, Unit, User


class Plan(Searchable):
    """One paper: an annual plan (KH-UBND), a council's programme, a campaign, a cluster's year, a conference.

    Texts are kept as lines: one basis, recipient or signature line a line. Changes go
    through ``plans.services``, which claims the next ``version`` for each.
    """

    class Kind(models.TextChoices):
        ANNUAL = "annual", "Kế hoạch công tác năm"
        PROGRAMME = "programme", "Chương trình của Hội đồng"
        CAMPAIGN = "campaign", "Kế hoạch phong trào thi đua"
        CLUSTER = "cluster", "Kế hoạch cụm thi đua"
        CONFERENCE = "conference", "Kế hoạch tổ chức hội nghị"
        DECISION = "decision", "Quyết định"
        OTHER = "other", "Kế hoạch khác"

    class Period(models.TextChoices):
        YEAR = "year", "Năm"
        SCHOOL_YEAR = "school_year", "Năm học"
        STAGE = "stage", "Giai đoạn"

    unit = models.ForeignKey(Unit, models.PROTECT, verbose_name="đơn vị", related_name="plans")
    issuer = models.ForeignKey(Issuer, models.PROTECT, verbose_name="cơ quan ban hành", related_name="plans")
    kind = models.CharField("loại kế hoạch", max_length=12, choices=Kind, default=Kind.ANNUAL)
    year = models.PositiveSmallIntegerField("năm")
    period = models.CharField("thời kỳ", max_length=12, choices=Period, default=Period.YEAR)
    state = models.CharField("trạng thái", max_length=12, choices=PlanState, default=PlanState.DRAFT)
    follower = models.ForeignKey(
        Person, models.SET_NULL, verbose_name="người theo dõi", null=True, blank=True, related_name="followed_plans"
    )

    number = models.CharField("số", max_length=limits.NUMBER, blank=True, help_text="Để trống khi chưa được cấp số.")
    symbol = models.CharField("ký hiệu", max_length=limits.SYMBOL, blank=True, help_text="Ví dụ: KH-UBND.")
    place = models.CharField("địa danh", max_length=limits.PLACE, blank=True)
    paper_date = models.CharField("ngày văn bản", max_length=10, blank=True)
    title = models.CharField("tên loại", max_length=limits.TITLE, default="KẾ HOẠCH")
    subject = models.TextField("trích yếu")
    preamble = models.TextField("căn cứ, mở đầu", blank=True, help_text="Mỗi căn cứ một dòng.")
    closing = models.TextField("đoạn kết", blank=True)
    recipients = models.TextField("nơi nhận", blank=True, help_text="Mỗi nơi một dòng, không gõ gạch đầu dòng.")
    archive = models.CharField("lưu", max_length=limits.ARCHIVE, blank=True)
    signature_lines = models.TextField(
        "quyền hạn, chức vụ người ký", blank=True, help_text="Mỗi dòng như trên văn bản."
    )
    signature_post = models.CharField("chức vụ khác, ghi trên họ tên", max_length=limits.SIGNATURE_POST, blank=True)
    signature_name = models.CharField("họ tên người ký", max_length=limits.SIGNATURE_NAME, blank=True)

    submitted_to = models.CharField("trình", max_length=limits.SUBMITTED_TO, blank=True)
    submitted_on = models.DateField("ngày trình", null=True, blank=True)
    approved_on = models.DateField("ngày duyệt", null=True, blank=True)
    approved_by = models.ForeignKey(
        User, models.PROTECT, verbose_name="người duyệt", null=True, blank=True, related_name="+"
    )
    amends = models.ForeignKey(
        "self", models.PROTECT, verbose_name="sửa đổi, bổ sung", null=True, blank=True, related_name="amendments"
    )
    """The issued plan that this one changes: its rows are those of a copy, its paper names what differs."""
    paper = models.OneToOneField(
        IssuedPaper, models.PROTECT, verbose_name="văn bản đã ban hành", null=True, blank=True, related_name="plan"
    )
    """What it became; without one it was issued before papers were kept here."""

    version = models.PositiveIntegerField(default=1, editable=False)
    created_at = models.DateTimeField("lập lúc", auto_now_add=True)
    changed_at = models.DateTimeField("sửa lúc", auto_now=True)

    search_fields = ("subject", "title", "full_number", "place", "signature_name", "issuer", "unit")

    class Meta:
        verbose_name = "kế hoạch"
        verbose_name_plural = "kế hoạch"
        ordering = ["-year", "-id"]
        indexes = [
            models.Index(fields=["unit", "year", "state"], name="plan_by_unit"),
            models.Index(fields=["-year", "-id"], name="plan_by_year"),
        ]

    def __str__(self) -> str:
        return f"{self.title.capitalize()} {self.subject}"[:300]

    @property
    def date(self) -> PartialDate:
        return PartialDate.parse(self.paper_date)

    @property
    def full_number(self) -> str:
        """``14/KH-UBND``, or the symbol alone while no number is given."""
        return f"{self.number}/{self.symbol}" if self.number else self.symbol


class Section(models.Model):
    """A heading and the lines under it (``documents.outline``). Lines before any heading have one of level 0."""

    plan = models.ForeignKey(Plan, models.CASCADE, related_name="sections")
    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    """Given by the page that makes the row, so that sending it twice makes it once."""
    order = models.PositiveIntegerField()
    level = models.PositiveSmallIntegerField("cấp", default=1, help_text="1 là cấp ngoài cùng; 0: không có tiêu đề.")
    marker = models.CharField("số mục", max_length=limits.MARKER, blank=True)
    heading = models.TextField("tiêu đề", blank=True)
    body = models.TextField("nội dung", blank=True)
    copied_from = models.ForeignKey("self", models.SET_NULL, null=True, blank=True, related_name="+", editable=False)
    """In an amending plan: the section of the issued plan."""

    class Meta:
        verbose_name = "mục"
        verbose_name_plural = "mục"
        ordering = ["order"]
        constraints = [models.UniqueConstraint(fields=["plan", "order"], name="section_order")]

    def __str__(self) -> str:
        return f"{self.marker} {self.heading}".strip() or "Phần mở đầu"


class TaskTable(models.Model):
    """Where a plan's tasks are printed, and how: in the body at its line, or in an appendix of its own."""

    class Place(models.TextChoices):
        BODY = "body", "Trong kế hoạch"
        APPENDIX = "appendix", "Phụ lục"

    plan = models.ForeignKey(Plan, models.CASCADE, related_name="task_tables")
    place = models.CharField("vị trí", max_length=10, choices=Place, default=Place.BODY)
    layout = models.CharField("kiểu trình bày", max_length=20)
    columns = models.TextField("tên các cột", blank=True, help_text="Mỗi cột một dòng.")
    title = models.CharField("tên phụ lục", max_length=limits.APPENDIX_TITLE, blank=True)
    subject = models.TextField("tiêu đề phụ lục", blank=True)
    reference = models.TextField("dòng kèm theo", blank=True)

    class Meta:
        verbose_name = "bảng nhiệm vụ"
        verbose_name_plural = "bảng nhiệm vụ"
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["plan", "place"], name="task_table_once")]

    def __str__(self) -> str:
        return self.get_place_display()

    @property
    def parsed_layout(self) -> Layout:
        return parse_layout(self.layout)

    @property
    def heads(self) -> tuple[str, ...]:
        return split_lines(self.columns)


class Task(Searchable):
    """One row of the plan's table, or a duty of its own that came with an incoming paper."""

    plan = models.ForeignKey(
        Plan, models.CASCADE, verbose_name="kế hoạch", null=True, blank=True, related_name="tasks"
    )
    unit = models.ForeignKey(Unit, models.PROTECT, verbose_name="đơn vị", related_name="tasks")
    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    """Given by the page that makes the row, so that sending it twice makes it once."""
    order = models.PositiveIntegerField()
    number = models.PositiveIntegerField("số thứ tự", null=True, blank=True)
    quarter = models.PositiveSmallIntegerField("quý", null=True, blank=True)
    content = models.TextField("nội dung")
    time_text = models.TextField("thời gian thực hiện", blank=True)
    start = models.DateField("bắt đầu", null=True, blank=True)
    due = models.DateField("hạn hoàn thành", null=True, blank=True)
    is_ongoing = models.BooleanField("thường xuyên", default=False)
    planned_for = models.DateField("dự kiến làm ngày", null=True, blank=True)
    """Not printed: the day that the officer has in mind where the paper says only a quarter."""
    is_planned_day_settled = models.BooleanField("đã hỏi ngày dự kiến", default=False)
    note = models.TextField("ghi chú", blank=True)
    copied_from = models.ForeignKey("self", models.SET_NULL, null=True, blank=True, related_name="+", editable=False)
    """In an amending plan: the task of the issued plan, which keeps its results."""

    search_fields = ("content", "time_text", "note")

    class Meta:
        verbose_name = "nhiệm vụ"
        verbose_name_plural = "nhiệm vụ"
        ordering = ["order", "id"]
        constraints = [
            models.UniqueConstraint(fields=["plan", "order"], name="task_order"),
            models.CheckConstraint(
                name="task_ends_after_its_start",
                condition=models.Q(start__isnull=True)
                | models.Q(due__isnull=True)
                | models.Q(due__gte=models.F("start")),
            ),
            models.CheckConstraint(
                name="task_quarter", condition=models.Q(quarter__isnull=True) | models.Q(quarter__range=(1, 4))
            ),
        ]
        indexes = [models.Index(fields=["unit", "due"], name="task_by_due")]

    def __str__(self) -> str:
        return self.content[:300]

    def names(self, role: str) -> tuple[str, ...]:
        """Who leads or supports, as printed. Reads prefetched assignments."""
        return tuple(assignment.name for assignment in self.assignments.all() if assignment.role == role)

    @property
    def lead(self) -> tuple[str, ...]:
        return self.names(Assignment.Role.LEAD)

    @property
    def support(self) -> tuple[str, ...]:
        return self.names(Assignment.Role.SUPPORT)

    @property
    def newest_line(self) -> Progress | None:
        """The line that counts: a later one corrects; of an ongoing task the last quarter's.

        Reads prefetched ``progress``; ``plans.progress.selectors.with_newest`` says the same in SQL.
        """
        return max(
            self.progress.all(),
            key=lambda line: ((line.quarter or 0) if self.is_ongoing else 0, line.pk),
            default=None,
        )

    @property
    def last_quarter(self) -> int:
        """With this quarter an ongoing task is done."""
        return (self.due.month + 2) // 3 if self.due else 4

    def state_on(self, day: dt.date) -> TaskState:
        """From the newest line where it settles the task, else from the dates."""
        line = self.newest_line
        if line and line.outcome == Progress.Outcome.DROPPED:
            return TaskState.DROPPED
        is_whole = line is not None and (not self.is_ongoing or line.quarter == self.last_quarter)
        if line and is_whole and line.outcome == Progress.Outcome.DONE:
            return TaskState.DONE
        state = self._state_by_dates(day)
        return state if line is None or state == TaskState.OVERDUE else TaskState.IN_PROGRESS

    def _state_by_dates(self, day: dt.date) -> TaskState:
        if self.due is None and self.start is None:
            return TaskState.UNDATED
        if self.due is not None and self.due < day:
            return TaskState.OVERDUE
        if self.start is not None and self.start <= day:
            return TaskState.IN_PROGRESS
        return TaskState.NOT_DUE


class Assignment(models.Model):
    """Who leads or supports a task: the name as printed, and the part of the unit that it means."""

    class Role(models.TextChoices):
        LEAD = "lead", "Chủ trì"
        SUPPORT = "support", "Phối hợp"

    task = models.ForeignKey(Task, models.CASCADE, related_name="assignments")
    role = models.CharField(max_length=8, choices=Role)
    order = models.PositiveSmallIntegerField()
    name = models.TextField("tên")
    part = models.ForeignKey(Part, models.SET_NULL, null=True, related_name="assignments", verbose_name="bộ phận")

    class Meta:
        verbose_name = "phân công"
        verbose_name_plural = "phân công"
        ordering = ["order", "id"]
        constraints = [models.UniqueConstraint(fields=["task", "role", "order"], name="assignment_order")]

    def __str__(self) -> str:
        return self.name


class UnclaimedPart(models.Model):
    """A part of a plan whose app is not there yet: kept word for word and given back (``plans.parts``)."""

    plan = models.ForeignKey(Plan, models.CASCADE, related_name="unclaimed_parts")
    name = models.CharField(max_length=40)
    content = models.JSONField()

    class Meta:
        verbose_name = "phần để dành"
        verbose_name_plural = "phần để dành"
        constraints = [models.UniqueConstraint(fields=["plan", "name"], name="unclaimed_part_once")]

    def __str__(self) -> str:
        return self.name


class Progress(models.Model):
    """Where a task stands, with its proof; ongoing tasks have a line per quarter, and a later line corrects."""

    class Outcome(models.TextChoices):
        DONE = "done", "Đã hoàn thành"
        PARTLY = "partly", "Hoàn thành một phần"
        DROPPED = "dropped", "Không thực hiện"

    task = models.ForeignKey(Task, models.CASCADE, verbose_name="nhiệm vụ", related_name="progress")
    quarter = models.PositiveSmallIntegerField("quý", null=True, blank=True)
    outcome = models.CharField("kết quả", max_length=8, choices=Outcome)
    day = models.DateField("ngày")
    evidence = models.ForeignKey(Evidence, models.PROTECT, verbose_name="tài liệu kiểm chứng", null=True, blank=True)
    note = models.TextField("ghi chú, lý do", blank=True)
    by = models.ForeignKey(
        Person, models.PROTECT, verbose_name="người xác nhận", null=True, blank=True, related_name="+"
    )

    class Meta:
        verbose_name = "tiến độ"
        verbose_name_plural = "tiến độ"
        ordering = ["day", "id"]
        constraints = [
            # A task is done with its proof: a paper, a file, or a sentence signed by name.
            models.CheckConstraint(
                name="progress_has_its_proof",
                condition=models.Q(evidence__isnull=False) | (~models.Q(note="") & models.Q(by__isnull=False)),
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_outcome_display()} {self.day:%d/%m/%Y}"


class Remark(models.Model):
    """What whoever returned a submitted plan wants changed: of the whole, of one section or of one task."""

    plan = models.ForeignKey(Plan, models.CASCADE, verbose_name="kế hoạch", related_name="remarks")
    section = models.ForeignKey(
        Section, models.SET_NULL, verbose_name="mục", null=True, blank=True, related_name="remarks"
    )
    task = models.ForeignKey(
        Task, models.SET_NULL, verbose_name="nhiệm vụ", null=True, blank=True, related_name="remarks"
    )
    place = models.CharField("ở đâu", max_length=300, blank=True)
    """The words of the section or task as they stood, for the day on which the row is gone."""
    text = models.TextField("ý kiến")
    by = models.ForeignKey(User, models.PROTECT, verbose_name="người nêu", related_name="+")
    made_at = models.DateTimeField("lúc", auto_now_add=True)
    settled_at = models.DateTimeField("đã sửa lúc", null=True, blank=True)
    settled_by = models.ForeignKey(
        User, models.PROTECT, verbose_name="người sửa", null=True, blank=True, related_name="+"
    )

    class Meta:
        verbose_name = "ý kiến"
        verbose_name_plural = "ý kiến"
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                name="remark_on_one_place", condition=models.Q(section__isnull=True) | models.Q(task__isnull=True)
            )
        ]

    def __str__(self) -> str:
        return self.text[:300]


class Revision(models.Model):
    """An issued plan as it stood before a later change (``tdkt-plan/1``), and the paper that amends it."""

    plan = models.ForeignKey(Plan, models.CASCADE, verbose_name="kế hoạch", related_name="revisions")
    number = models.PositiveSmallIntegerField("lần")
    reason = models.TextField("lý do")
    content = models.JSONField("nội dung trước khi sửa")
    paper = models.ForeignKey(IssuedPaper, models.PROTECT, verbose_name="văn bản sửa đổi", null=True, blank=True)
    created_at = models.DateTimeField("lúc", auto_now_add=True)

    class Meta:
        verbose_name = "lần sửa đổi"
        verbose_name_plural = "lần sửa đổi"
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["plan", "number"], name="revision_once")]

    def __str__(self) -> str:
        return f"{self.plan}, lần {self.number}"
