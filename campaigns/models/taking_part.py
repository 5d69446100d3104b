"""Who takes part: registrations and the pledge that all sign."""

from __future__ import annotations

from django.db import models

from campaigns.models.campaign import Campaign
from campaigns.models.target import of_part_or_unit
from campaigns.states import PledgeState, RegistrationState
from core.models import StoredFile
from documents.models import Delivery
from reminders.models import Answer
from units.models import Part, Person, Unit, User


class Registration(models.Model):
    """What a unit below, a part or a person of it aims at and promises."""

    campaign = models.ForeignKey(Campaign, models.CASCADE, related_name="registrations")
    part = models.ForeignKey(Part, models.PROTECT, verbose_name="bộ phận", null=True, blank=True, related_name="+")
    lower = models.ForeignKey(
        Unit, models.PROTECT, verbose_name="đơn vị cấp dưới", null=True, blank=True, related_name="+"
    )
    person = models.ForeignKey(
        Person, models.PROTECT, verbose_name="cá nhân", null=True, blank=True, related_name="registrations"
    )
    """None: the collective itself registers."""
    titles = models.TextField("đăng ký danh hiệu", blank=True)
    """One a line, as named on paper."""
    promises = models.JSONField("đăng ký chỉ tiêu", default=list)
    """``[{"target": id, "low": "10.5"}]`` and ``[{"text": …}]`` for what is no target of the campaign."""
    state = models.CharField("trạng thái", max_length=8, choices=RegistrationState, default=RegistrationState.SENT)
    day = models.DateField("ngày gửi")
    reason = models.CharField("lý do trả lại", max_length=300, blank=True)
    by = models.ForeignKey(User, models.PROTECT, verbose_name="người nhập", null=True, blank=True, related_name="+")
    answer = models.ForeignKey(
        Answer, models.SET_NULL, verbose_name="nội dung gửi về", null=True, blank=True, related_name="registrations"
    )
    """In which it came, where it was asked for by a request; None: entered, or out of a sheet."""
    delivery = models.ForeignKey(
        Delivery, models.SET_NULL, verbose_name="văn bản đăng ký", null=True, blank=True, related_name="registrations"
    )
    """The paper by which a unit below registered."""
    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        verbose_name = "đăng ký thi đua"
        verbose_name_plural = "đăng ký thi đua"
        ordering = ["id"]
        constraints = [
            of_part_or_unit("registration_of_part_or_unit"),
            models.UniqueConstraint(fields=["campaign", "person"], name="registration_of_person_once"),
            models.UniqueConstraint(
                fields=["campaign", "part"], name="registration_of_part_once", condition=models.Q(person=None)
            ),
            models.UniqueConstraint(
                fields=["campaign", "lower"], name="registration_of_unit_once", condition=models.Q(person=None)
            ),
            models.CheckConstraint(
                name="registration_returns_with_a_reason",
                condition=~models.Q(state="returned") | ~models.Q(reason=""),
            ),
        ]

    def __str__(self) -> str:
        return str(self.person or self.part or self.lower)


class TakenAnswer(models.Model):
    """An answer whose rows have become registrations: its one row lets one of two clicks win."""

    campaign = models.ForeignKey(Campaign, models.CASCADE, related_name="taken_answers")
    answer = models.OneToOneField(Answer, models.CASCADE, related_name="taken")
    at = models.DateTimeField("nhận lúc", auto_now_add=True)

    class Meta:
        verbose_name = "nội dung đã nhận vào đăng ký"
        verbose_name_plural = "nội dung đã nhận vào đăng ký"

    def __str__(self) -> str:
        return str(self.answer)


def _kept(name: str) -> models.ForeignKey:
    return models.ForeignKey(
        StoredFile, models.PROTECT, verbose_name=name, null=True, blank=True, editable=False, related_name="+"
    )


class Pledge(models.Model):
    """Giao ước thi đua: one text, all who sign it. Signed, it stands still and its files are those kept then."""

    campaign = models.OneToOneField(Campaign, models.CASCADE, related_name="pledge")
    body = models.TextField("nội dung giao ước", blank=True)
    place = models.CharField("địa danh", max_length=120, blank=True)
    signed_on = models.DateField("ngày ký", null=True, blank=True)
    state = models.CharField("trạng thái", max_length=6, choices=PledgeState, default=PledgeState.DRAFT)
    pdf_file = _kept("bản PDF")
    word_file = _kept("bản Word")
    signed_file = _kept("bản đã ký")
    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        verbose_name = "giao ước thi đua"
        verbose_name_plural = "giao ước thi đua"
        constraints = [
            models.CheckConstraint(
                name="pledge_signed_on_a_day_as_drawn",
                condition=~models.Q(state="signed")
                | models.Q(signed_on__isnull=False, pdf_file__isnull=False, word_file__isnull=False),
            )
        ]

    def __str__(self) -> str:
        return f"Giao ước thi đua, {self.campaign}"[:300]


class Signatory(models.Model):
    pledge = models.ForeignKey(Pledge, models.CASCADE, related_name="signatories")
    order = models.PositiveSmallIntegerField()
    body = models.CharField("đơn vị", max_length=300)
    post = models.CharField("chức vụ", max_length=160, blank=True)
    name = models.CharField("họ tên", max_length=120, blank=True)

    class Meta:
        verbose_name = "người ký giao ước"
        verbose_name_plural = "người ký giao ước"
        ordering = ["order"]
        constraints = [models.UniqueConstraint(fields=["pledge", "order"], name="signatory_order")]

    def __str__(self) -> str:
        return self.body
