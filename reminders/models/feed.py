"""Calendar addresses: who knows one reads the deadlines behind it, so each can be taken back."""

from __future__ import annotations

from django.db import models

from units.models import Person, Unit, User


class Feed(models.Model):
    """Of one person (what concerns him) or, without one, of the whole unit."""

    unit = models.ForeignKey(Unit, models.CASCADE, verbose_name="đơn vị", related_name="feeds")
    person = models.ForeignKey(Person, models.CASCADE, verbose_name="của", null=True, blank=True, related_name="feeds")
    nonce = models.CharField(max_length=43)
    """With the secret key it gives the address (``reminders.tokens``); alone it opens nothing."""
    token_hash = models.CharField(max_length=64, unique=True)
    made_by = models.ForeignKey(User, models.PROTECT, verbose_name="người tạo", related_name="+")
    made_at = models.DateTimeField("tạo lúc", auto_now_add=True)
    read_at = models.DateTimeField("đọc lần cuối", null=True, blank=True)
    revoked_at = models.DateTimeField("đã hủy lúc", null=True, blank=True)

    class Meta:
        verbose_name = "địa chỉ lịch"
        verbose_name_plural = "địa chỉ lịch"
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "person"], name="feed_of_person_once", condition=models.Q(revoked_at=None)
            ),
            models.UniqueConstraint(
                fields=["unit"], name="feed_of_unit_once", condition=models.Q(revoked_at=None, person=None)
            ),
        ]

    def __str__(self) -> str:
        return f"Lịch của {self.person or self.unit}"
