"""What outlives the composing of a paper: its record of issue, its number, its proof, its way to others.

The rows are written by services of the acts that make them (recording an issue, taking a
number, sending); the constraints here hold whoever writes.
"""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models.functions import ExtractYear

from core.errors import AppError
from core.models import Searchable, StoredFile
from documents.deliveries.states import DeliveryState, is_open, state_of
from units.models import Issuer, Unit, User


class PaperIsFrozen(AppError):
    message = "Văn bản đã ghi nhận là ban hành thì không sửa được."


class IssuedPaper(Searchable):
    """A paper as it went out, here or in the document system next door; never changed after."""

    class Where(models.TextChoices):
        HERE = "here", "Trong chương trình"
        NEXT_DOOR = "next_door", "Trên hệ thống quản lý văn bản"

    issuer = models.ForeignKey(Issuer, models.PROTECT, verbose_name="cơ quan ban hành", related_name="papers")
    kind = models.CharField("tên loại", max_length=120)
    number = models.CharField("số", max_length=20)
    symbol = models.CharField("ký hiệu", max_length=60)
    date = models.DateField("ngày ban hành")
    subject = models.TextField("trích yếu", blank=True)
    signer = models.CharField("người ký", max_length=120, blank=True)
    issued_file = models.ForeignKey(
        StoredFile, models.PROTECT, verbose_name="bản phát hành", null=True, related_name="+"
    )
    word_file = models.ForeignKey(StoredFile, models.PROTECT, verbose_name="bản Word", null=True, related_name="+")
    """The same words as in ``issued_file``, for whoever must copy from it."""
    signed_file = models.ForeignKey(StoredFile, models.PROTECT, verbose_name="bản đã ký", null=True, related_name="+")
    where = models.CharField("ban hành ở", max_length=10, choices=Where, default=Where.NEXT_DOOR)

    search_fields = ("kind", "full_number", "subject", "signer")

    class Meta:
        verbose_name = "văn bản đã ban hành"
        verbose_name_plural = "văn bản đã ban hành"
        ordering = ["-date", "-id"]
        constraints = [
            # Decree 30, Phụ lục I, II.3: number and symbol are unique within the year.
            models.UniqueConstraint("issuer", "number", "symbol", ExtractYear("date"), name="paper_once")
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.full_number}"

    @property
    def full_number(self) -> str:
        return f"{self.number}/{self.symbol}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self.pk and not self._state.adding:
            raise PaperIsFrozen
        super().save(*args, **kwargs)


class NumberSeries(models.Model):
    """The numbers of an issuer in a year: typed in from the văn thư's register, or counted here."""

    class Mode(models.TextChoices):
        REGISTER = "register", "Theo sổ của văn thư"
        OWN = "own", "Chương trình cấp số"

    issuer = models.ForeignKey(Issuer, models.PROTECT, verbose_name="cơ quan ban hành", related_name="number_series")
    name = models.CharField("tên sổ", max_length=80)
    year = models.PositiveSmallIntegerField("năm")
    mode = models.CharField("cách cấp", max_length=10, choices=Mode, default=Mode.REGISTER)
    last_number = models.PositiveIntegerField("số mới nhất", default=0)

    class Meta:
        verbose_name = "sổ số"
        verbose_name_plural = "sổ số"
        constraints = [models.UniqueConstraint(fields=["issuer", "name", "year"], name="series_once_a_year")]

    def __str__(self) -> str:
        return f"{self.name} {self.year}"

    @property
    def is_in_use(self) -> bool:
        """An issuer that keeps one book now has no more use for those of single symbols."""
        return not self.issuer.series or self.issuer.series == self.name


class LegalText(Searchable):
    """One law, decree or circular and the time it is in force; the one table that proofreading and awards read."""

    class Certainty(models.TextChoices):
        SEEN = "seen", "Đã đọc nguyên văn"
        REPORTED = "reported", "Theo nguồn khác"
        UNCONFIRMED = "unconfirmed", "Chưa xác nhận"

    number = models.CharField("số, ký hiệu", max_length=60, unique=True)
    name = models.TextField("tên", help_text="Có tên loại ở đầu: Luật …, Nghị định …")
    issuer = models.CharField("cơ quan ban hành", max_length=120, blank=True)
    issued_on = models.DateField("ngày ban hành", null=True, blank=True)
    in_force_from = models.DateField("có hiệu lực từ", null=True, blank=True)
    in_force_to = models.DateField("hết hiệu lực sau ngày", null=True, blank=True)
    replaced_by = models.ForeignKey("self", models.SET_NULL, verbose_name="thay bằng", null=True, blank=True)
    source = models.TextField("nguồn", blank=True)
    certainty = models.CharField("độ chắc chắn", max_length=12, choices=Certainty, default=Certainty.UNCONFIRMED)

    search_fields = ("number", "name")

    class Meta:
        verbose_name = "văn bản pháp luật"
        verbose_name_plural = "văn bản pháp luật"
        ordering = ["-in_force_from", "number"]

    def __str__(self) -> str:
        return self.number


class Evidence(models.Model):
    """Proof in one of three forms: a file, a paper issued here, or number, day and issuer as typed.

    A paper as typed may have its scan beside it.
    """

    unit = models.ForeignKey(Unit, models.PROTECT, verbose_name="đơn vị", related_name="evidence")
    file = models.ForeignKey(StoredFile, models.PROTECT, verbose_name="tệp", null=True, blank=True, related_name="+")
    paper = models.ForeignKey(IssuedPaper, models.PROTECT, verbose_name="văn bản", null=True, blank=True)
    typed_number = models.CharField("số, ký hiệu", max_length=80, blank=True)
    typed_date = models.DateField("ngày", null=True, blank=True)
    typed_issuer = models.CharField("cơ quan ban hành", max_length=300, blank=True)
    added_by = models.ForeignKey(User, models.PROTECT, verbose_name="người thêm", null=True, related_name="+")
    added_at = models.DateTimeField("lúc", auto_now_add=True)

    class Meta:
        verbose_name = "tài liệu kiểm chứng"
        verbose_name_plural = "tài liệu kiểm chứng"
        constraints = [
            models.CheckConstraint(
                name="evidence_has_one_form",
                condition=models.Q(file__isnull=False, paper__isnull=True, typed_number="")
                | models.Q(file__isnull=True, paper__isnull=False, typed_number="")
                | models.Q(paper__isnull=True) & ~models.Q(typed_number=""),
            )
        ]

    def __str__(self) -> str:
        return str(self.paper or self.typed_number or self.file)


class Delivery(Searchable):
    """A paper on its way to another unit: the one way in which anything reaches it.

    Lateness and the choice of law read ``received_on``, which may also be typed. What may follow
    what, and how a delivery stands by its days: ``documents.deliveries.states``.
    """

    class Way(models.TextChoices):
        INSIDE = "inside", "Trong chương trình"
        NEXT_DOOR = "next_door", "Trên hệ thống quản lý văn bản"
        ON_PAPER = "on_paper", "Bản giấy"

    paper = models.ForeignKey(IssuedPaper, models.PROTECT, verbose_name="văn bản", related_name="deliveries")
    sender = models.ForeignKey(Unit, models.PROTECT, verbose_name="nơi gửi", related_name="sent_deliveries")
    receiver = models.ForeignKey(
        Unit, models.PROTECT, verbose_name="nơi nhận", null=True, blank=True, related_name="received_deliveries"
    )
    receiver_name = models.CharField("nơi nhận, ghi tên", max_length=300, blank=True)
    """Where it is no unit of the program: a court, a company, a unit of another province."""
    purpose = models.CharField("để", max_length=300, blank=True)
    way = models.CharField("cách gửi", max_length=10, choices=Way, default=Way.INSIDE)
    sent_on = models.DateField("ngày gửi")
    recorded_by = models.ForeignKey(
        User, models.PROTECT, verbose_name="người gửi", null=True, blank=True, related_name="+"
    )
    recorded_at = models.DateTimeField("ghi lúc", auto_now_add=True)
    received_on = models.DateField("ngày nhận", null=True, blank=True)
    received_by = models.ForeignKey(
        User, models.PROTECT, verbose_name="người nhận", null=True, blank=True, related_name="+"
    )
    """Blank where the sender typed the day for a receiver outside the program."""
    returned_on = models.DateField("ngày trả lại", null=True, blank=True)
    return_reason = models.TextField("lý do trả lại", blank=True)
    answered_on = models.DateField("ngày trả lời", null=True, blank=True)
    answered_by = models.ForeignKey(
        IssuedPaper, models.PROTECT, verbose_name="văn bản trả lời", null=True, blank=True, related_name="answers"
    )
    answer_number = models.CharField("số văn bản trả lời", max_length=80, blank=True)
    """As typed by the sender, where the answer is no paper of the program."""
    withdrawn_on = models.DateField("ngày thu hồi", null=True, blank=True)

    search_fields = ("paper", "subject", "sender", "receiver_title", "purpose")

    class Meta:
        verbose_name = "lượt gửi"
        verbose_name_plural = "lượt gửi"
        ordering = ["-sent_on", "-id"]
        constraints = [
            models.CheckConstraint(
                name="delivery_is_received_after_it_is_sent",
                condition=models.Q(received_on__isnull=True) | models.Q(received_on__gte=models.F("sent_on")),
            ),
            models.CheckConstraint(
                name="delivery_returns_with_a_reason",
                condition=models.Q(returned_on__isnull=True) | ~models.Q(return_reason=""),
            ),
            models.CheckConstraint(
                name="delivery_has_one_receiver",
                condition=models.Q(receiver__isnull=False, receiver_name="")
                | models.Q(receiver__isnull=True) & ~models.Q(receiver_name=""),
            ),
            models.CheckConstraint(
                name="delivery_leaves_the_house",
                condition=models.Q(receiver__isnull=True) | ~models.Q(receiver=models.F("sender")),
            ),
            models.CheckConstraint(
                name="delivery_is_answered_by_one_paper",
                condition=models.Q(answered_on__isnull=True, answered_by__isnull=True, answer_number="")
                | models.Q(answered_on__isnull=False, answered_by__isnull=False, answer_number="")
                | models.Q(answered_on__isnull=False, answered_by__isnull=True) & ~models.Q(answer_number=""),
            ),
            models.CheckConstraint(
                name="delivery_is_answered_once_received",
                condition=models.Q(answered_on__isnull=True) | models.Q(received_on__isnull=False),
            ),
            models.CheckConstraint(
                name="delivery_withdrawn_is_nothing_else",
                condition=models.Q(withdrawn_on__isnull=True)
                | models.Q(received_on__isnull=True, returned_on__isnull=True),
            ),
            # Sent once: two windows, a double click. What was returned or withdrawn may be sent again.
            models.UniqueConstraint(fields=["paper", "receiver"], name="delivery_open_once", condition=is_open()),
            models.UniqueConstraint(
                fields=["paper", "receiver_name"],
                name="delivery_open_once_by_name",
                condition=is_open() & models.Q(receiver__isnull=True),
            ),
        ]
        indexes = [
            models.Index(fields=["sender", "-sent_on", "-id"], name="delivery_by_sender"),
            models.Index(fields=["receiver", "-sent_on", "-id"], name="delivery_by_receiver"),
        ]

    def __str__(self) -> str:
        return f"{self.paper} → {self.receiver_title}"

    @property
    def receiver_title(self) -> str:
        return self.receiver.title if self.receiver else self.receiver_name

    @property
    def subject(self) -> str:
        return self.paper.subject

    @property
    def answer_words(self) -> str:
        return str(self.answered_by or self.answer_number)

    @property
    def state(self) -> DeliveryState:
        return state_of(self)
