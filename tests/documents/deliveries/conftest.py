"""A commune that issued a plan, its neighbour and the province above; seen on 20 February 2026."""

from __future__ import annotations

import datetime as dt
import io
from dataclasses import dataclass, field
from typing import Any

import pytest
import time_machine
from django.test import Client

from core import files
from core.models import StoredFile
from documents.deliveries import services
from documents.models import Delivery, IssuedPaper
from plans.models import Plan
from tests.factories import IssuerFactory, PlanFactory, Role, UnitFactory, UserFactory
from tests.units.conftest import signed_in
from units.models import Unit, User

NOW = dt.datetime(2026, 2, 20, 9, 0, tzinfo=dt.UTC)
TODAY = NOW.date()
ISSUED = dt.date(2026, 1, 15)
PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"


@pytest.fixture(autouse=True)
def _today():
    with time_machine.travel(NOW, tick=False):
        yield


@dataclass
class Desk:
    province: Unit
    commune: Unit
    neighbour: Unit
    far: Unit
    """A commune in which nobody has an account."""
    paper: IssuedPaper
    plan: Plan
    an: User
    """Officer of the commune."""
    binh: User
    """Of the commune's council: reads and has no right."""
    cuong: User
    """Officer of the neighbour."""
    nga: User
    """Reviewer of the province."""
    windows: dict[int, Client] = field(default_factory=dict)

    def window(self, user: User) -> Client:
        return self.windows.setdefault(user.pk, signed_in(user))

    def send(self, *units: Unit, paper: IssuedPaper | None = None, **values: Any) -> list[Delivery]:
        said = {"actor": self.an, "sent_on": TODAY, "units": units} | values
        return services.send(paper or self.paper, **said)

    def sent(self, unit: Unit | None = None, **values: Any) -> Delivery:
        """One delivery, to the province unless another is said."""
        [delivery] = self.send(unit or self.province, **values)
        return Delivery.objects.get(pk=delivery.pk)

    def paper_of(self, unit: Unit, number: str, day: dt.date = TODAY, **values: Any) -> IssuedPaper:
        issuer = unit.issuers.first() or IssuerFactory(unit=unit)
        return record_of(issuer, number, day, **values)


def stored(name: str, unit: Unit, content: bytes = PDF) -> StoredFile:
    return files.store(io.BytesIO(content), name=name, unit_id=unit.pk, actor=None)


def record_of(issuer: Any, number: str, day: dt.date, **values: Any) -> IssuedPaper:
    fields = {"kind": "Kế hoạch", "symbol": "KH-UBND", "subject": "Công tác thi đua, khen thưởng năm 2026"}
    return IssuedPaper.objects.create(issuer=issuer, number=number, date=day, **(fields | values))


@pytest.fixture
def desk(db: None) -> Desk:
    province = UnitFactory(province=True, name="Sông Vân")
    commune, neighbour, far = (UnitFactory(name=name, parent=province) for name in ("An Hòa", "Bình Sơn", "Hồng Lạc"))
    issuer = IssuerFactory(unit=commune)
    kept = {name: stored(f"27{end}", commune) for name, end in (("issued_file", ".pdf"), ("signed_file", "-ky.pdf"))}
    paper = record_of(issuer, "27", ISSUED, word_file=stored("27.docx.pdf", commune), **kept)
    plan = PlanFactory(
        unit=commune, issuer=issuer, state="issued", number="27", paper_date="2026-01-15", paper=paper, tasks=1
    )
    return Desk(
        province,
        commune,
        neighbour,
        far,
        paper,
        plan,
        an=UserFactory(username="an", role=Role.OFFICER, unit=commune),
        binh=UserFactory(username="binh", role=Role.COUNCIL_MEMBER, unit=commune),
        cuong=UserFactory(username="cuong", role=Role.OFFICER, unit=neighbour),
        nga=UserFactory(username="nga", role=Role.REVIEWER, unit=province),
    )
