"""The council: its members, what it sits on, who was there, and what was counted."""

from __future__ import annotations

from django.db import models

from awards.models.common import RouteKind, acting_user
from awards.models.proposing import Nominee, Round
from awards.states import SittingState
from awards.votes import QUORUM_WORDS, Quorum
from core.models import Searchable
from units.models import Dated, Person, Unit


class CouncilMember(Dated):
    """Thành viên Hội đồng Thi đua - Khen thưởng of a unit, through time."""

    class Role(models.TextChoices):
        CHAIR = "chair", "Chủ tịch Hội đồng"
        VICE = "vice", "Phó Chủ tịch Hội đồng"
        MEMBER = "member", "Ủy viên"
        SECRETARY = "secretary", "Ủy viên, Thư ký"

    unit = models.ForeignKey(Unit, models.PROTECT, verbose_name="đơn vị", related_name="council")
    person = models.ForeignKey(Person, models.PROTECT, verbose_name="người", related_name="council_seats")
    role = models.CharField("chức danh", max_length=9, choices=Role, default=Role.MEMBER)
    is_standing = models.BooleanField("Thường trực Hội đồng", default=False)
    order = models.PositiveSmallIntegerField("thứ tự", default=0)

    class Meta:
        verbose_name = "thành viên Hội đồng"
        verbose_name_plural = "thành viên Hội đồng"
        ordering = ["order", "id"]
        constraints = [
            models.UniqueConstraint(fields=["unit", "person", "valid_from"], name="council_member_once"),
            models.UniqueConstraint(
                fields=["unit", "person"],
                name="council_member_once_undated",
                condition=models.Q(valid_from__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person}, {self.get_role_display()}"


class Sitting(Searchable):
    """Phiên họp, or a round of written opinions, of the council or its standing body."""

    class Medium(models.TextChoices):
        PAPER = "paper", "Phiếu giấy, nhập kết quả kiểm phiếu"
        OPEN = "open", "Biểu quyết công khai trong chương trình"
        SECRET = "secret", "Bỏ phiếu kín trong chương trình"

    class QuorumKind(models.TextChoices):
        TWO_THIRDS = Quorum.TWO_THIRDS.value, QUORUM_WORDS[Quorum.TWO_THIRDS]
        FOUR_FIFTHS = Quorum.FOUR_FIFTHS.value, QUORUM_WORDS[Quorum.FOUR_FIFTHS]

    unit = models.ForeignKey(Unit, models.PROTECT, verbose_name="đơn vị", related_name="sittings")
    round = models.ForeignKey(
        Round, models.PROTECT, verbose_name="đợt xét", null=True, blank=True, related_name="sittings"
    )
    """None: nominees of several."""
    name = models.CharField("tên phiên họp", max_length=300)
    route = models.CharField("cách xét", max_length=8, choices=RouteKind, default=RouteKind.SECRET)
    medium = models.CharField("bỏ phiếu", max_length=6, choices=Medium, default=Medium.PAPER)
    quorum = models.CharField("số người dự", max_length=11, choices=QuorumKind, default=QuorumKind.FOUR_FIFTHS)
    at = models.DateTimeField("thời gian", null=True, blank=True)
    place = models.CharField("địa điểm", max_length=300, blank=True)
    state = models.CharField("trạng thái", max_length=8, choices=SittingState, default=SittingState.DRAFT)
    tellers = models.TextField("tổ kiểm phiếu", blank=True)
    opinions = models.TextField("ý kiến tại phiên họp", blank=True)
    conclusion = models.TextField("kết luận", blank=True)
    issued = models.PositiveSmallIntegerField("số phiếu phát ra", null=True, blank=True)
    collected = models.PositiveSmallIntegerField("số phiếu thu về", null=True, blank=True)
    valid = models.PositiveSmallIntegerField("số phiếu hợp lệ", null=True, blank=True)
    opened_at = models.DateTimeField("bắt đầu lúc", null=True, blank=True)
    closed_at = models.DateTimeField("kết thúc lúc", null=True, blank=True)
    by = acting_user("người lập")
    version = models.PositiveIntegerField(default=1, editable=False)

    search_fields = ("name", "place")

    class Meta:
        verbose_name = "phiên họp Hội đồng"
        verbose_name_plural = "phiên họp Hội đồng"
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(
                name="sitting_ballots_add_up",
                condition=(models.Q(collected__isnull=True) | models.Q(collected__lte=models.F("issued")))
                & (models.Q(valid__isnull=True) | models.Q(valid__lte=models.F("collected"))),
            )
        ]

    def __str__(self) -> str:
        return self.name


class Seat(models.Model):
    """A member at one sitting. All seats together are the base of every majority."""

    class Presence(models.TextChoices):
        UNKNOWN = "", "Chưa điểm danh"
        PRESENT = "present", "Có mặt"
        ABSENT = "absent", "Vắng"
        WRITTEN = "written", "Vắng, có ý kiến bằng văn bản"

    sitting = models.ForeignKey(Sitting, models.CASCADE, related_name="seats")
    member = models.ForeignKey(
        CouncilMember, models.SET_NULL, verbose_name="thành viên", null=True, blank=True, related_name="+"
    )
    person = models.ForeignKey(Person, models.PROTECT, verbose_name="người", related_name="+")
    name = models.CharField("họ và tên", max_length=120)
    post = models.CharField("chức vụ", max_length=300, blank=True)
    role = models.CharField("chức danh", max_length=9, choices=CouncilMember.Role, default=CouncilMember.Role.MEMBER)
    order = models.PositiveSmallIntegerField("thứ tự")
    presence = models.CharField("có mặt", max_length=7, choices=Presence, blank=True, default=Presence.UNKNOWN)
    is_teller = models.BooleanField("tổ kiểm phiếu", default=False)
    has_voted = models.BooleanField("đã bỏ phiếu", default=False)
    """Of a secret vote: that, and nothing else; no time, no order (``councils.box``)."""

    class Meta:
        verbose_name = "thành viên dự họp"
        verbose_name_plural = "thành viên dự họp"
        ordering = ["order", "id"]
        constraints = [models.UniqueConstraint(fields=["sitting", "person"], name="seat_once")]

    def __str__(self) -> str:
        return self.name


class Item(models.Model):
    """One nominee before one sitting, with what was counted.

    Of a paper ballot as the tellers enter it, of a vote in the program once the sitting is closed.
    """

    class Outcome(models.TextChoices):
        WAITING = "", "Chưa có kết quả"
        PASSED = "passed", "Thông qua"
        FAILED = "failed", "Không thông qua"
        PUT_OFF = "put_off", "Để lại xét sau"

    sitting = models.ForeignKey(Sitting, models.CASCADE, related_name="items")
    nominee = models.ForeignKey(Nominee, models.PROTECT, related_name="items")
    order = models.PositiveIntegerField("thứ tự")
    percent = models.PositiveSmallIntegerField("tỷ lệ cần đạt (%)", null=True, blank=True)
    """Of all members; None: more than half."""
    yes = models.PositiveSmallIntegerField("đồng ý", null=True, blank=True)
    no = models.PositiveSmallIntegerField("không đồng ý", null=True, blank=True)
    blank = models.PositiveSmallIntegerField("không có ý kiến", null=True, blank=True)
    written_yes = models.PositiveSmallIntegerField("ý kiến bằng văn bản đồng ý", default=0)
    written_no = models.PositiveSmallIntegerField("ý kiến bằng văn bản không đồng ý", default=0)
    outcome = models.CharField("kết quả", max_length=7, choices=Outcome, blank=True, default=Outcome.WAITING)
    note = models.CharField("ghi chú", max_length=300, blank=True)

    class Meta:
        verbose_name = "đối tượng tại phiên họp"
        verbose_name_plural = "đối tượng tại phiên họp"
        ordering = ["order", "id"]
        constraints = [models.UniqueConstraint(fields=["sitting", "nominee"], name="item_once")]

    def __str__(self) -> str:
        return f"{self.nominee}: {self.get_outcome_display()}"


class Recusal(models.Model):
    """Không tham gia bỏ phiếu: still counted in the base."""

    seat = models.ForeignKey(Seat, models.CASCADE, related_name="recusals")
    item = models.ForeignKey(Item, models.CASCADE, related_name="recusals")
    reason = models.CharField("lý do", max_length=300)

    class Meta:
        verbose_name = "không tham gia bỏ phiếu"
        verbose_name_plural = "không tham gia bỏ phiếu"
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["seat", "item"], name="recusal_once")]

    def __str__(self) -> str:
        return f"{self.seat}: {self.item.nominee}"


class OpenVote(models.Model):
    """Of an open vote, or of an absent member's written opinion in one: everybody may see it."""

    class Choice(models.TextChoices):
        YES = "yes", "Đồng ý"
        NO = "no", "Không đồng ý"
        BLANK = "blank", "Không có ý kiến"

    seat = models.ForeignKey(Seat, models.CASCADE, related_name="votes")
    item = models.ForeignKey(Item, models.CASCADE, related_name="votes")
    choice = models.CharField("ý kiến", max_length=5, choices=Choice)
    by = acting_user("người nhập")

    class Meta:
        verbose_name = "phiếu công khai"
        verbose_name_plural = "phiếu công khai"
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["seat", "item"], name="open_vote_once")]

    def __str__(self) -> str:
        return f"{self.seat}: {self.get_choice_display()}"


class Box(models.Model):
    """The sealed box of a secret vote: one row for all ballots, of one size, sums by name, written anew each time.

    There is no row of a ballot that could be joined to a voter by key, order, time or place in the table
    (``councils.box``).
    """

    sitting = models.OneToOneField(Sitting, models.CASCADE, primary_key=True, related_name="box")
    sealed = models.TextField(editable=False)

    class Meta:
        verbose_name = "hòm phiếu kín"
        verbose_name_plural = "hòm phiếu kín"

    def __str__(self) -> str:
        return str(self.sitting)
