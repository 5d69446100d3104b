"""Plans of every kind: header, sections as plain lines, where the tasks are printed."""

from __future__ import annotations

import uuid

from django.db import models

from core.models import Searchable
from core.text import split_lines
from documents.dates import PartialDate
from documents.models import IssuedPaper
from plans import limits
from plans.layouts import Layout, parse_layout
from plans.states import PlanState
from units.models import Issuer, Person, Unit, User


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
    printed_parts = models.JSONField("số liệu đã in", null=True, blank=True, editable=False)
    """Parts of other apps as the issued paper printed them (``plans.blocks``); None where it prints none."""

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
