"""What a unit asks of its parts or of the units below, whom it asked, and what came."""

from __future__ import annotations

from django.db import models

from core.models import Searchable, StoredFile
from documents.models import Delivery, IssuedPaper
from reminders.states import RequestState
from units.models import Part, Person, Unit, User


class Request(Searchable):
    """«Gửi danh sách đề nghị khen thưởng trước ngày 20/11»: one thing asked of many."""

    unit = models.ForeignKey(Unit, models.PROTECT, verbose_name="đơn vị", related_name="requests")
    title = models.CharField("yêu cầu gửi gì", max_length=300)
    body = models.TextField("nội dung, cách làm", blank=True)
    due = models.DateField("hạn gửi")
    state = models.CharField("trạng thái", max_length=6, choices=RequestState, default=RequestState.DRAFT)
    kind = models.CharField("loại việc", max_length=40, blank=True)
    subject = models.BigIntegerField("việc", null=True, blank=True)
    """For which deadline it is asked (``reminders.deadlines``); blank: for none."""
    paper = models.ForeignKey(
        IssuedPaper, models.PROTECT, verbose_name="văn bản yêu cầu", null=True, blank=True, related_name="requests"
    )
    """Where lower units were asked by a paper delivered to them: answers are the deliveries that answer it."""
    columns = models.JSONField("cột của danh sách", default=list)
    """Names of the columns where a list is asked for; empty: words and files."""
    sample = models.ForeignKey(
        StoredFile, models.PROTECT, verbose_name="tệp mẫu", null=True, blank=True, related_name="+"
    )
    follower = models.ForeignKey(
        Person, models.SET_NULL, verbose_name="người theo dõi", null=True, blank=True, related_name="+"
    )
    by = models.ForeignKey(User, models.PROTECT, verbose_name="người lập", related_name="+")
    at = models.DateTimeField("lập lúc", auto_now_add=True)
    version = models.PositiveIntegerField(default=1, editable=False)

    search_fields = ("title", "body")

    class Meta:
        verbose_name = "yêu cầu gửi"
        verbose_name_plural = "yêu cầu gửi"
        ordering = ["-id"]
        indexes = [models.Index(fields=["unit", "state", "due"], name="request_by_unit")]

    def __str__(self) -> str:
        return self.title


class Ask(models.Model):
    """One of those asked: a part of the unit, or a unit below. Its link opens once, without an account."""

    request = models.ForeignKey(Request, models.CASCADE, verbose_name="yêu cầu", related_name="asks")
    part = models.ForeignKey(Part, models.PROTECT, verbose_name="bộ phận", null=True, blank=True, related_name="asks")
    lower = models.ForeignKey(
        Unit, models.PROTECT, verbose_name="đơn vị cấp dưới", null=True, blank=True, related_name="asks"
    )
    delivery = models.ForeignKey(
        Delivery, models.SET_NULL, verbose_name="lượt gửi văn bản", null=True, blank=True, related_name="asks"
    )
    """How the paper reached it; what answers that delivery answers this."""
    nonce = models.CharField(max_length=43, blank=True)
    """With the secret key it gives the link (``reminders.tokens``); alone it opens nothing."""
    token_hash = models.CharField(max_length=64, null=True, blank=True, unique=True)
    """None: no link, or it was used or taken back."""
    expires_at = models.DateTimeField("liên kết hết hạn", null=True, blank=True)
    told_at = models.DateTimeField("đã nhắn lúc", null=True, blank=True)
    """When the officer copied the text to send it."""
    opened_at = models.DateTimeField("đã mở lúc", null=True, blank=True)

    class Meta:
        verbose_name = "nơi được yêu cầu"
        verbose_name_plural = "nơi được yêu cầu"
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["request", "part"], name="ask_part_once"),
            models.UniqueConstraint(fields=["request", "lower"], name="ask_unit_once"),
            models.CheckConstraint(
                name="ask_of_part_or_unit",
                condition=models.Q(part__isnull=False, lower__isnull=True)
                | models.Q(part__isnull=True, lower__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return str(self.part or self.lower)


class Answer(models.Model):
    """What came from one that was asked; the newest that was not returned counts."""

    class Way(models.TextChoices):
        LINK = "link", "Gửi qua liên kết"
        BEHALF = "behalf", "Cán bộ nhập hộ"
        SHEET = "sheet", "Từ danh sách Excel"
        DELIVERY = "delivery", "Văn bản gửi đến"

    ask = models.ForeignKey(Ask, models.CASCADE, verbose_name="nơi gửi", related_name="answers")
    way = models.CharField("cách gửi", max_length=8, choices=Way)
    day = models.DateField("ngày gửi")
    at = models.DateTimeField("nhận lúc", auto_now_add=True)
    sender = models.CharField("người gửi", max_length=120, blank=True)
    """The name that was typed on the phone, or as the officer was told."""
    text = models.TextField("nội dung", blank=True)
    rows = models.JSONField("các dòng", default=list)
    """Of a list: one object a row, by the request's columns."""
    by = models.ForeignKey(User, models.PROTECT, verbose_name="người nhập", null=True, blank=True, related_name="+")
    """None: whoever held the link."""
    seen_at = models.DateTimeField("đã xem lúc", null=True, blank=True)
    returned_at = models.DateTimeField("trả lại lúc", null=True, blank=True)
    return_reason = models.CharField("lý do trả lại", max_length=300, blank=True)

    class Meta:
        verbose_name = "nội dung gửi về"
        verbose_name_plural = "nội dung gửi về"
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                name="answer_returns_with_a_reason",
                condition=models.Q(returned_at__isnull=True) | ~models.Q(return_reason=""),
            )
        ]

    def __str__(self) -> str:
        return f"{self.ask}, {self.day:%d/%m/%Y}"


class AnswerFile(models.Model):
    answer = models.ForeignKey(Answer, models.CASCADE, related_name="files")
    file = models.ForeignKey(StoredFile, models.PROTECT, verbose_name="tệp", related_name="+")

    class Meta:
        verbose_name = "tệp gửi về"
        verbose_name_plural = "tệp gửi về"
        ordering = ["id"]

    def __str__(self) -> str:
        return str(self.file)
