"""Ranks as frozen, ballots as counted, whom the cluster commends, what was decided above: four separate facts."""

from __future__ import annotations

from django.db import models

from clusters.models.cluster import Member, Season, acting_user
from documents.models import Evidence


class Ranking(models.Model):
    """A snapshot: inputs, criteria, points, ranks. Never changed; a correction is a new one that says why."""

    season = models.ForeignKey(Season, models.PROTECT, related_name="rankings")
    number = models.PositiveSmallIntegerField("lần")
    content = models.JSONField("nội dung")
    sha256 = models.CharField("mã kiểm tra", max_length=64)
    """Of the content as canonical JSON."""
    why = models.CharField("lý do chốt lại", max_length=300, blank=True)
    by = acting_user("người chốt")
    at = models.DateTimeField("chốt lúc", auto_now_add=True)

    class Meta:
        verbose_name = "lần chốt xếp hạng"
        verbose_name_plural = "các lần chốt xếp hạng"
        ordering = ["season", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["season", "number"], name="ranking_number"),
            models.CheckConstraint(name="ranking_again_with_reason", condition=models.Q(number=1) | ~models.Q(why="")),
        ]

    def __str__(self) -> str:
        return f"{self.season}, lần {self.number}"


class Ballot(models.Model):
    """One count of votes: who of equals goes first, or whom to commend for an award."""

    class Purpose(models.TextChoices):
        TIE = "tie", "Phân hạng các đơn vị bằng điểm"
        COMMEND = "commend", "Suy tôn"

    season = models.ForeignKey(Season, models.CASCADE, related_name="ballots")
    purpose = models.CharField("để", max_length=7, choices=Purpose)
    rank = models.PositiveSmallIntegerField("hạng", null=True, blank=True)
    """Of a tie: the rank that is shared."""
    award = models.CharField("hình thức", max_length=200, blank=True)
    held_on = models.DateField("ngày bỏ phiếu")
    voters = models.PositiveSmallIntegerField("số người được bỏ phiếu")
    issued = models.PositiveSmallIntegerField("số phiếu phát ra")
    collected = models.PositiveSmallIntegerField("số phiếu thu về")
    valid = models.PositiveSmallIntegerField("số phiếu hợp lệ")
    tellers = models.TextField("tổ kiểm phiếu", blank=True)
    by = acting_user("người nhập")
    at = models.DateTimeField("lúc", auto_now_add=True)

    class Meta:
        verbose_name = "lần bỏ phiếu"
        verbose_name_plural = "các lần bỏ phiếu"
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                name="ballot_adds_up",
                condition=models.Q(issued__lte=models.F("voters"))
                & models.Q(collected__lte=models.F("issued"))
                & models.Q(valid__lte=models.F("collected")),
            ),
            models.CheckConstraint(
                name="ballot_says_what_for",
                condition=models.Q(purpose="tie", rank__isnull=False, award="")
                | models.Q(purpose="commend", rank__isnull=True) & ~models.Q(award=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_purpose_display()} ngày {self.held_on:%d/%m/%Y}"


class BallotCount(models.Model):
    ballot = models.ForeignKey(Ballot, models.CASCADE, related_name="counts")
    member = models.ForeignKey(Member, models.CASCADE, related_name="+")
    votes = models.PositiveSmallIntegerField("số phiếu")

    class Meta:
        verbose_name = "số phiếu"
        verbose_name_plural = "số phiếu"
        ordering = ["-votes", "member__order"]
        constraints = [models.UniqueConstraint(fields=["ballot", "member"], name="ballot_count_once")]

    def __str__(self) -> str:
        return f"{self.member}: {self.votes}"


class Commendation(models.Model):
    """Suy tôn: whom the cluster asks to be commended, and what the superior decided."""

    class Outcome(models.TextChoices):
        WAITING = "", "Chưa có quyết định"
        GRANTED = "granted", "Được khen thưởng"
        REFUSED = "refused", "Không được khen thưởng"

    season = models.ForeignKey(Season, models.CASCADE, related_name="commendations")
    member = models.ForeignKey(Member, models.PROTECT, related_name="commendations")
    award = models.CharField("hình thức", max_length=200)
    ballot = models.ForeignKey(
        Ballot, models.SET_NULL, verbose_name="theo lần bỏ phiếu", null=True, blank=True, related_name="+"
    )
    reason = models.TextField("lý do khác thứ hạng", blank=True)
    outcome = models.CharField("cấp trên", max_length=7, choices=Outcome, blank=True, default=Outcome.WAITING)
    granted_award = models.CharField("hình thức được khen", max_length=200, blank=True)
    """Where it is another one than was asked for."""
    decision = models.ForeignKey(
        Evidence, models.PROTECT, verbose_name="quyết định", null=True, blank=True, related_name="+"
    )
    by = acting_user("người ghi")
    at = models.DateTimeField("lúc", auto_now_add=True)

    class Meta:
        verbose_name = "đơn vị được suy tôn"
        verbose_name_plural = "các đơn vị được suy tôn"
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["season", "member"], name="commended_once"),
            models.CheckConstraint(
                name="commendation_decided_by_a_paper",
                condition=models.Q(outcome="") | models.Q(decision__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.member}: {self.award}"
