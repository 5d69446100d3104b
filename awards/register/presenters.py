"""Lines of the register told to the person at the screen, from rows already read."""

from __future__ import annotations

from collections.abc import Iterable

import segno
from django.conf import settings
from django.urls import reverse

from awards.models import Decision, Grant
from awards.money import dong

_QR_SCALE = 4


def is_revoked(grant: Grant) -> bool:
    return reversal_of(grant) is not None


def reversal_of(grant: Grant) -> Grant | None:
    """The line that takes this one back; ``reversed_by`` joined."""
    return getattr(grant, "reversed_by", None)


def decision_in_words(decision: Decision) -> str:
    """«Quyết định số 312/QĐ-UBND ngày 20/12/2026»."""
    day = f" ngày {decision.day:%d/%m/%Y}" if decision.day else ""
    return f"{decision}{day}"


def standing(grant: Grant) -> str:
    if grant.entry == Grant.Entry.REVOKED:
        return f"Hủy bỏ, thu hồi theo {decision_in_words(grant.decision)}."
    if (reversal := reversal_of(grant)) is not None:
        return f"Đã bị hủy bỏ, thu hồi theo {decision_in_words(reversal.decision)}."
    return f"Khen thưởng theo {decision_in_words(grant.decision)}; đang có hiệu lực."


def money_in_words(grant: Grant) -> str:
    """Of a revocation: what is to be recovered."""
    if grant.money is None:
        return "Chưa tính"
    return f"{dong(grant.money)} đồng"


def say_money(grants: Iterable[Grant]) -> None:
    """``money_words`` on each, for the list."""
    for grant in grants:
        grant.money_words = "" if grant.money is None else dong(grant.money)  # type: ignore[attr-defined]


def verification_url(grant: Grant) -> str:
    return settings.SITE_URL + reverse("awards:verify", args=[grant.code])


def qr_image(address: str) -> str:
    """As a ``data:`` image, which the strict CSP lets pages show."""
    return segno.make(address, error="m").svg_data_uri(scale=_QR_SCALE)
