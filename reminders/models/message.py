"""The outbox: what is said to whom, by which channel, with which result. These rows are the queue itself."""

from __future__ import annotations

from django.db import models
from django.utils import timezone

from reminders.states import MessageState
from units.models import Person, Unit, User

ASSIGNED = 1000
"""The rung of a notice that somebody became responsible."""


class Planned(models.Model):
    """Up to which day the reminders of a unit are planned: what lies between it and today was skipped."""

    unit = models.OneToOneField(Unit, models.CASCADE, primary_key=True, related_name="+")
    day = models.DateField()

    class Meta:
        verbose_name = "ngày đã lập lời nhắc"
        verbose_name_plural = "ngày đã lập lời nhắc"

    def __str__(self) -> str:
        return f"{self.unit}: {self.day:%d/%m/%Y}"


class Message(models.Model):
    """One message to one person; carries many notices. Its state is theirs.

    due → sending → sent | failed | uncertain, or due again after a clear refusal (``next_try_at``);
    due → missed where it grew too old. Each move is a conditional update (``reminders.sending``).
    """

    class Channel(models.TextChoices):
        MAIL = "mail", "Thư điện tử"
        APP = "app", "Trong chương trình"
        NONE = "none", "Chưa có cách nhắc"
        """The person has neither account nor address: planned as missed, so that somebody sees it."""

    class Purpose(models.TextChoices):
        DIGEST = "digest", "Nhắc việc trong ngày"
        ASSIGNED = "assigned", "Việc mới phải theo dõi"
        WEEKLY = "weekly", "Tổng hợp tuần cho lãnh đạo"
        ARRIVED = "arrived", "Nội dung các nơi gửi về"

    unit = models.ForeignKey(Unit, models.CASCADE, verbose_name="đơn vị", related_name="messages")
    """Whose deadlines it tells. Who works for two units has a message from each: their outboxes are not one."""
    person = models.ForeignKey(Person, models.CASCADE, verbose_name="người nhận", related_name="messages")
    channel = models.CharField("cách gửi", max_length=4, choices=Channel)
    purpose = models.CharField("nội dung", max_length=8, choices=Purpose)
    day = models.DateField("ngày")
    state = models.CharField("tình trạng", max_length=9, choices=MessageState, default=MessageState.DUE)
    next_try_at = models.DateTimeField("gửi từ lúc", default=timezone.now)
    attempts = models.PositiveSmallIntegerField("số lần gửi", default=0)
    claim = models.UUIDField(null=True, blank=True)
    """Of the one process that is sending it."""
    claimed_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField("xong lúc", null=True, blank=True)
    address = models.EmailField("gửi đến", blank=True)
    result = models.CharField("kết quả", max_length=300, blank=True)
    is_moot = models.BooleanField("không còn cần gửi", default=False)
    """Missed, and nobody need care: everything in it was settled before it could go."""
    subject = models.CharField("tiêu đề", max_length=200, blank=True)
    content = models.JSONField("nội dung", default=dict)
    """What was said, once it was said: ``reminders.digests.Content`` as JSON."""
    read_at = models.DateTimeField("đã xem lúc", null=True, blank=True)
    again = models.ForeignKey(
        "self", models.PROTECT, verbose_name="gửi lại của", null=True, blank=True, related_name="resent"
    )
    asked_by = models.ForeignKey(
        User, models.PROTECT, verbose_name="người gửi lại", null=True, blank=True, related_name="+"
    )

    class Meta:
        verbose_name = "lời nhắc đã gửi"
        verbose_name_plural = "lời nhắc đã gửi"
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "person", "channel", "purpose", "day"],
                name="message_once_a_day",
                condition=models.Q(purpose__in=["digest", "weekly"], again=None),
            ),
            # Collected for a while, then closed: one is open at a time.
            models.UniqueConstraint(
                fields=["unit", "person", "channel", "purpose"],
                name="message_collecting_once",
                condition=models.Q(purpose__in=["assigned", "arrived"], state="due", attempts=0, again=None),
            ),
        ]
        indexes = [
            models.Index(fields=["next_try_at"], name="message_due", condition=models.Q(state="due")),
            models.Index(fields=["claimed_at"], name="message_sending", condition=models.Q(state="sending")),
            models.Index(fields=["unit", "-id"], name="message_by_unit"),
            models.Index(fields=["person"], name="message_unread", condition=models.Q(channel="app", read_at=None)),
        ]

    def __str__(self) -> str:
        return f"{self.get_purpose_display()} {self.day:%d/%m/%Y}: {self.person}"


class Notice(models.Model):
    """One deadline told to one person on one rung of the ladder: the unique key is what keeps it to once."""

    message = models.ForeignKey(Message, models.CASCADE, verbose_name="lời nhắc", related_name="notices")
    kind = models.CharField("loại việc", max_length=40)
    subject = models.BigIntegerField("việc")
    slot = models.PositiveSmallIntegerField("kỳ", default=0)
    due = models.DateField("hạn")
    rung = models.SmallIntegerField("mốc")
    """Working days before (positive), on the day (0), after (negative); ``ASSIGNED``."""
    person = models.ForeignKey(Person, models.CASCADE, related_name="+")
    channel = models.CharField(max_length=4, choices=Message.Channel)

    class Meta:
        verbose_name = "việc trong lời nhắc"
        verbose_name_plural = "việc trong lời nhắc"
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["subject", "person", "due", "rung", "slot", "channel", "kind"], name="notice_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.subject}, hạn {self.due:%d/%m/%Y}"
