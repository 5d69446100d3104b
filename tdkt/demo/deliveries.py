"""Papers between the commune and the province in the demonstration: received, waiting, to be answered."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from django.utils import timezone

from documents.deliveries.services import receive, send
from documents.issuing import PaperData, record_past
from documents.models import Delivery, IssuedPaper
from plans.models import Plan
from tdkt.demo.office import Office
from units.models import Issuer, Unit

_DAYS_TO_SEND, _DAYS_TO_RECEIVE = 1, 3


def send_plans(office: Office) -> None:
    """The commune's plans of this year go up, of which the province received the annual one; a letter came down."""
    today = timezone.localdate()
    plans = Plan.objects.filter(unit=office.commune, year=today.year, paper__isnull=False)
    for plan in plans.filter(kind__in=[Plan.Kind.ANNUAL, Plan.Kind.CAMPAIGN]).select_related("paper__issuer__unit"):
        assert plan.paper is not None  # the filter says so
        delivery = _sent(plan.paper, today, units=[office.province], purpose="Để báo cáo")[0]
        if plan.kind == Plan.Kind.ANNUAL:
            _received(delivery, today)
    letter = _letter(office, today)
    if letter is None:
        return
    down = _sent(letter, today, units=office.communes, purpose="Để thực hiện")
    _received(next(delivery for delivery in down if delivery.receiver == office.commune), today)


def _letter(office: Office, today: dt.date) -> IssuedPaper | None:
    """Of the office that looks after this work in the province, where it has one."""
    issuer = Issuer.objects.filter(unit=office.province, part__isnull=False).select_related("unit").first()
    if issuer is None:
        return None
    subject = f"V/v báo cáo kết quả thực hiện phong trào thi đua năm {today.year}"
    day = max(today - dt.timedelta(days=12), dt.date(today.year, 1, 1))
    return record_past(
        PaperData("Công văn", "118", "SNV-TĐKT", day, subject), issuer=issuer, actor=None, is_confirmed=True
    )


def _sent(paper: IssuedPaper, today: dt.date, *, units: Sequence[Unit], purpose: str) -> list[Delivery]:
    day = min(paper.date + dt.timedelta(days=_DAYS_TO_SEND), today)
    return send(paper, actor=None, sent_on=day, units=units, purpose=purpose)


def _received(delivery: Delivery, today: dt.date) -> None:
    assert delivery.receiver_id is not None
    day = min(delivery.paper.date + dt.timedelta(days=_DAYS_TO_RECEIVE), today)
    receive(delivery, actor=None, unit_id=delivery.receiver_id, day=day)
