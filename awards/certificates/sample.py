"""A certificate of words that nobody got, to look at places with."""

from __future__ import annotations

import datetime as dt

from django.utils import timezone

from awards.certificates.words import Certificate, certificate_of, common_of
from awards.models import Decision, Grant
from awards.shipped import award_name
from units.models import Unit


def sample_certificate(award: str, unit: Unit) -> Certificate:
    """Of the Giấy khen where the stock is for several awards."""
    code = award or "GK"
    day = dt.date(timezone.localdate().year, 12, 20)
    decision = Decision(unit=unit, number="123/QĐ-UBND", day=day, signer="Họ và tên người ký")
    grant = Grant(
        order=12,
        honorific="Ông",
        name="Nguyễn Văn A",
        detail="Chức vụ, đơn vị công tác hoặc địa chỉ",
        award=code,
        award_name=award_name(code),
        year=day.year,
        achievement="Đã có thành tích xuất sắc trong phong trào thi đua",
    )
    return certificate_of(grant, common_of(decision))
