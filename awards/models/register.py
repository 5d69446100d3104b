"""Decisions and the register (Sổ khen thưởng): only what was signed stands in it, and nothing leaves it."""

from __future__ import annotations

import secrets

from django.db import models

from awards.facts import Mode
from awards.models.common import AWARD_CODE, DeciderKind, Level, RecipientKind, acting_user
from awards.models.proposing import Nominee, Round
from awards.models.subjects import Subject
from awards.states import DecisionState
from core.models import Searchable
from documents.models import Evidence, IssuedPaper
from units.models import Issuer, Unit


def verification_code() -> str:
    """128 random bits: who has the paper can check it, nobody can guess one."""
    return secrets.token_urlsafe(16)


class Decision(Searchable):
    """Quyết định khen thưởng, hủy bỏ or correction: drafted here, or recorded from another who decided."""

    class Kind(models.TextChoices):
        GRANT = "grant", "Công nhận danh hiệu, khen thưởng"
        REVOKE = "revoke", "Hủy bỏ quyết định, thu hồi"
        CORRECT = "correct", "Đính chính"

    unit = models.ForeignKey(Unit, models.PROTECT, verbose_name="đơn vị", related_name="award_decisions")
    """Whose register it is entered into."""
    round = models.ForeignKey(
        Round, models.PROTECT, verbose_name="đợt xét", null=True, blank=True, related_name="decisions"
    )
    kind = models.CharField("loại", max_length=7, choices=Kind, default=Kind.GRANT)
    decider = models.CharField("người quyết định", max_length=10, choices=DeciderKind, default=DeciderKind.COMMUNE)
    subject = models.TextField("trích yếu", blank=True)
    texts = models.JSONField("lời văn", default=dict, blank=True)
    issuer = models.ForeignKey(
        Issuer, models.PROTECT, verbose_name="cơ quan ban hành", null=True, blank=True, related_name="+"
    )
    state = models.CharField("trạng thái", max_length=9, choices=DecisionState, default=DecisionState.DRAFT)
    day = models.DateField("ngày quyết định", null=True, blank=True)
    """Of the signature: money and competence are those of this day."""
    number = models.CharField("số, ký hiệu", max_length=80, blank=True)
    signer = models.CharField("người ký", max_length=120, blank=True)
    issuer_name = models.CharField("cơ quan quyết định", max_length=300, blank=True)
    """As printed, where it is no issuer of ours."""
    paper = models.OneToOneField(
        IssuedPaper, models.PROTECT, verbose_name="văn bản", null=True, blank=True, related_name="award_decision"
    )
    outside = models.ForeignKey(
        Evidence, models.PROTECT, verbose_name="bản chụp", null=True, blank=True, related_name="+"
    )
    """Of a decision of another: its scan."""
    payer = models.CharField("nguồn chi tiền thưởng", max_length=300, blank=True)
    published_at = models.DateTimeField("công bố lúc", null=True, blank=True)
    by = acting_user("người lập")
    at = models.DateTimeField("lúc", auto_now_add=True)
    version = models.PositiveIntegerField(default=1, editable=False)

    search_fields = ("number", "subject", "signer", "issuer_name")

    class Meta:
        verbose_name = "quyết định khen thưởng"
        verbose_name_plural = "quyết định khen thưởng"
        ordering = ["-day", "-id"]
        constraints = [
            models.CheckConstraint(
                name="decision_issued_with_number_and_day",
                condition=models.Q(state="draft") | models.Q(day__isnull=False) & ~models.Q(number=""),
            )
        ]

    def __str__(self) -> str:
        return f"Quyết định số {self.number}" if self.number else f"Dự thảo quyết định {self.subject}"[:300]


class Grant(Searchable):
    """One line of the register: who received what by which decision. A revocation is a line of its own."""

    class Entry(models.TextChoices):
        GIVEN = "given", "Khen thưởng"
        REVOKED = "revoked", "Hủy bỏ, thu hồi"

    class ModeKind(models.TextChoices):
        MERIT = Mode.MERIT.value, "Công trạng"
        THEMATIC = Mode.THEMATIC.value, "Chuyên đề, phong trào"
        SUDDEN = Mode.SUDDEN.value, "Đột xuất"

    unit = models.ForeignKey(Unit, models.PROTECT, verbose_name="đơn vị", related_name="grants")
    decision = models.ForeignKey(Decision, models.PROTECT, verbose_name="quyết định", related_name="grants")
    order = models.PositiveIntegerField("số thứ tự trong quyết định")
    """Số sổ vàng is made of it."""
    entry = models.CharField("việc", max_length=7, choices=Entry, default=Entry.GIVEN)
    subject = models.ForeignKey(Subject, models.PROTECT, verbose_name="đối tượng", related_name="grants")
    nominee = models.OneToOneField(
        Nominee, models.PROTECT, verbose_name="từ hồ sơ", null=True, blank=True, related_name="grant"
    )
    kind = models.CharField("đối tượng", max_length=10, choices=RecipientKind)
    honorific = models.CharField("danh xưng", max_length=20, blank=True)
    name = models.CharField("tên ghi trong quyết định", max_length=300)
    detail = models.CharField("chức vụ, đơn vị, địa chỉ", max_length=400, blank=True)
    award = models.CharField("mã", max_length=AWARD_CODE, blank=True)
    """Blank: an old award that the catalogue does not have."""
    award_name = models.CharField("danh hiệu, hình thức", max_length=300)
    year = models.PositiveSmallIntegerField("năm tính thành tích")
    period = models.CharField("thời gian tính thành tích", max_length=60, blank=True)
    """«2026», «2025-2026», «2021-2025»: awards of the same one are not paid twice (NĐ 152/2025, Điều 49)."""
    mode = models.CharField("phương thức", max_length=8, choices=ModeKind, default=ModeKind.MERIT)
    level = models.CharField("phân loại", max_length=10, choices=Level, blank=True, default=Level.OTHER)
    achievement = models.TextField("thành tích", blank=True)
    money = models.PositiveBigIntegerField("tiền thưởng", null=True, blank=True)
    """Đồng. None: not worked out yet; 0 with ``money_note``: none is due."""
    money_arithmetic = models.CharField("phép tính", max_length=300, blank=True)
    money_note = models.CharField("ghi chú tiền thưởng", max_length=300, blank=True)
    paid_on = models.DateField("đã nhận tiền ngày", null=True, blank=True)
    handed_on = models.DateField("đã trao ngày", null=True, blank=True)
    golden_number = models.CharField("số sổ vàng", max_length=40, blank=True)
    reverses = models.OneToOneField(
        "self", models.PROTECT, verbose_name="hủy dòng", null=True, blank=True, related_name="reversed_by"
    )
    reason = models.TextField("lý do", blank=True)
    recovered = models.PositiveBigIntegerField("tiền đã thu hồi", null=True, blank=True)
    recovered_on = models.DateField("thu hồi ngày", null=True, blank=True)
    code = models.CharField("mã tra cứu", max_length=24, unique=True, default=verification_code, editable=False)
    is_public = models.BooleanField("được công khai", default=True)
    by = acting_user("người vào sổ")
    at = models.DateTimeField("lúc", auto_now_add=True)

    search_fields = ("name", "detail", "award_name", "year")

    class Meta:
        verbose_name = "dòng sổ khen thưởng"
        verbose_name_plural = "sổ khen thưởng"
        ordering = ["-decision__day", "decision", "order", "id"]
        constraints = [
            models.UniqueConstraint(fields=["decision", "order"], name="grant_order"),
            models.CheckConstraint(
                name="grant_revoked_says_what_and_why",
                condition=models.Q(entry="given", reverses__isnull=True)
                | models.Q(entry="revoked", reverses__isnull=False) & ~models.Q(reason=""),
            ),
        ]
        indexes = [
            models.Index(fields=["unit", "-year", "award"], name="grant_by_unit"),
            models.Index(fields=["subject", "year"], name="grant_by_subject"),
        ]

    def __str__(self) -> str:
        return f"{self.name}: {self.award_name}"
