"""What tests of lists, letters and units below share: rows as they are, past the services."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from documents.deliveries import services as deliveries
from documents.models import Delivery, IssuedPaper
from reminders.models import Answer, Ask, Request
from reminders.states import RequestState
from tests.core.sheet_samples import Rows, book
from tests.factories import IssuerFactory, PartFactory, PersonFactory, Role, UserFactory
from units.models import Unit, User

NOW = dt.datetime(2026, 11, 25, 3, 0, tzinfo=dt.UTC)
"""A Wednesday, ten o'clock in Hà Nội; the day before was Ngày Văn hóa Việt Nam, on which nobody works."""
TODAY = NOW.date()
DUE = dt.date(2026, 11, 20)
COLUMNS = ["Họ và tên", "Năm sinh", "Thành tích"]


def officer(unit: Unit, name: str = "an", **person: Any) -> User:
    return UserFactory(username=name, role=Role.OFFICER, unit=unit, person=PersonFactory(unit=unit, **person))


def request_of(unit: Unit, by: User, *, villages: Sequence[str] = (), **fields: Any) -> Request:
    """Out, and waiting for these villages."""
    values: dict[str, Any] = {
        "title": "Danh sách đề nghị khen thưởng cuối năm",
        "due": DUE,
        "state": RequestState.ASKED,
        "columns": COLUMNS,
    }
    request: Request = Request.objects.create(unit=unit, by=by, **(values | fields))
    for order, name in enumerate(villages):
        part = unit.parts.filter(name=name).first() or PartFactory(unit=unit, name=name, order=order)
        Ask.objects.create(request=request, part=part)
    return request


def ask_of(request: Request, name: str) -> Ask:
    return next(ask for ask in request.asks.select_related("part", "lower") if str(ask) == name)


def answer_of(ask: Ask, *, day: dt.date = DUE, rows: Sequence[dict[str, str]] = (), **fields: Any) -> Answer:
    values: dict[str, Any] = {"way": Answer.Way.LINK, "sender": "Lò Thị Mây", "day": day, "rows": list(rows)}
    return Answer.objects.create(ask=ask, **(values | fields))


def xlsx(name: str, rows: Rows, **more: Any) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, book(rows, **more))


def paper_of(unit: Unit, number: str = "15", *, day: dt.date = dt.date(2026, 11, 2), **fields: Any) -> IssuedPaper:
    values: dict[str, Any] = {"kind": "Công văn", "symbol": "UBND-TĐKT", "subject": "Báo cáo công tác thi đua"}
    issuer = unit.issuers.first() or IssuerFactory(unit=unit)
    return IssuedPaper.objects.create(issuer=issuer, number=number, date=day, **(values | fields))


def deliver(paper: IssuedPaper, by: User, *units: Unit, day: dt.date = dt.date(2026, 11, 3), **fields: Any) -> Any:
    """The deliveries, by receiver."""
    sent = deliveries.send(paper, actor=by, sent_on=day, units=units, **fields)
    return {one.receiver: Delivery.objects.get(pk=one.pk) for one in sent}
