"""A province with two communes below it; seen on 20 February 2026 from any of their desks."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import Any

from django.test import Client
from django.urls import reverse

from campaigns.models import Campaign, Wave
from campaigns.running.services import create_campaign, launch
from campaigns.running.values import CampaignValues
from documents.deliveries.services import send
from documents.models import Delivery, IssuedPaper
from plans.models import Plan
from tests.factories import IssuerFactory, PersonFactory, PlanFactory, Role, UnitFactory, UserFactory
from tests.units.conftest import signed_in
from units.models import Unit, User

NOW = dt.datetime(2026, 2, 20, 9, 0, tzinfo=dt.UTC)
TODAY = NOW.date()
NAME = "Phong trào thi đua phát triển kinh tế - xã hội năm 2026"


@dataclass
class Desk:
    province: Unit
    commune: Unit
    neighbour: Unit
    an: User
    """Officer of the commune."""
    binh: User
    """Of the commune's council: reads and has no right."""
    cuong: User
    """Officer of the neighbour."""
    nga: User
    """Officer of the province."""
    windows: dict[int, Client] = field(default_factory=dict)

    def window(self, user: User) -> Client:
        """One for each person, signed in once."""
        if user.pk not in self.windows:
            self.windows[user.pk] = signed_in(user)
        return self.windows[user.pk]

    def page(self, name: str, *args: int, who: User | None = None, **query: Any) -> Any:
        return self.window(who or self.an).get(reverse(f"campaigns:{name}", args=args), query)

    def post(self, name: str, *args: int, who: User | None = None, query: str = "", **said: Any) -> Any:
        return self.window(who or self.an).post(reverse(f"campaigns:{name}", args=args) + query, said)

    def campaign(self, unit: Unit | None = None, *, is_running: bool = False, **values: Any) -> Campaign:
        unit = unit or self.commune
        plan, parent, delivery = (values.pop(name, None) for name in ("plan", "parent", "delivery"))
        said = {"title": NAME, "year": 2026, "level": unit.kind} | values
        made = create_campaign(
            unit, actor=self.an, values=CampaignValues(**said), plan=plan, parent=parent, delivery=delivery
        )
        if is_running:
            launch(made, actor=self.an, day=TODAY)
        return made

    def plan(self, unit: Unit | None = None, *, number: str = "") -> Plan:
        """A plan of a campaign; with a number it is issued."""
        unit = unit or self.commune
        issuer = unit.issuers.first() or IssuerFactory(unit=unit)
        common = {"unit": unit, "issuer": issuer, "kind": Plan.Kind.CAMPAIGN, "subject": f"Phát động {NAME}"}
        if not number:
            return PlanFactory(**common)
        paper = IssuedPaper.objects.create(
            issuer=issuer, kind="Kế hoạch", number=number, symbol="KH-UBND", date=TODAY, subject=common["subject"]
        )
        return PlanFactory(**common, state="issued", number=number, paper_date=TODAY.isoformat(), paper=paper)

    def launched_above(self, *units: Unit, **values: Any) -> Campaign:
        """By the province; its plan goes to the units, to the commune where none is said."""
        plan = self.plan(self.province, number="5")
        found = self.campaign(self.province, plan=plan, is_running=True, **values)
        self.send(plan, *(units or (self.commune,)), by=self.nga)
        return found

    def send(self, plan: Plan, *units: Unit, by: User, day: dt.date = TODAY) -> list[Delivery]:
        assert plan.paper is not None
        return send(plan.paper, actor=by, sent_on=day, units=units)


def new_desk() -> Desk:
    province = UnitFactory(province=True, name="Sông Vân")
    commune, neighbour = (UnitFactory(name=name, parent=province) for name in ("An Hòa", "Bình Sơn"))
    person = PersonFactory(unit=commune, full_name="Nguyễn Thị An")
    return Desk(
        province,
        commune,
        neighbour,
        an=UserFactory(username="an", role=Role.OFFICER, unit=commune, person=person),
        binh=UserFactory(username="binh", role=Role.COUNCIL_MEMBER, unit=commune),
        cuong=UserFactory(username="cuong", role=Role.OFFICER, unit=neighbour),
        nga=UserFactory(username="nga", role=Role.OFFICER, unit=province),
    )


def add_wave(campaign: Campaign, order: int = 1, **values: Any) -> Wave:
    return Wave.objects.create(campaign=campaign, order=order, **({"name": f"Đợt {order}"} | values))


def typed(**values: Any) -> dict[str, Any]:
    """What an officer types into the form of a campaign."""
    said = {
        "title": NAME,
        "theme": "Đoàn kết, sáng tạo",
        "kind": "regular",
        "level": "commune",
        "year": "2026",
        "period": "year",
        "start": "1/1/2026",
        "end": "31/12/2026",
        "register_by": "15/3/2026",
        "with_plan": "khong",
    }
    return said | values


def typed_rows(prefix: str, rows: list[dict[str, Any]], *, there: int, version: int) -> dict[str, Any]:
    """``there``: how many of the rows stood on the page when it was opened."""
    said: dict[str, Any] = {
        f"{prefix}-TOTAL_FORMS": len(rows),
        f"{prefix}-INITIAL_FORMS": there,
        "version": version,
    }
    return said | {f"{prefix}-{at}-{name}": value for at, row in enumerate(rows) for name, value in row.items()}


def told(answer: Any) -> list[str]:
    return [str(message) for message in answer.context["messages"]]
