"""An office with three villages, a school and a campaign that runs; seen on 5 July 2024."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from campaigns.models import Campaign, Result, Target
from campaigns.results.services import Entry, record_results
from campaigns.results.targets import TargetRow, save_targets
from tests.factories import PartFactory, PersonFactory, Role, UnitFactory, UserFactory
from tests.units.conftest import signed_in
from units.models import Part, Unit, User

NOW = dt.datetime(2024, 7, 5, 9, 0, tzinfo=dt.UTC)
PERIOD = "2024-H1"


@dataclass
class Office:
    unit: Unit
    an: User
    """Officer."""
    lan: User
    """The other officer."""
    binh: User
    """Of the council: reads and has no right."""
    cuong: User
    """Officer of another commune."""
    villages: list[Part]
    campaign: Campaign
    windows: dict[int, Client] = field(default_factory=dict)

    def window(self, who: User | None = None) -> Client:
        user = who or self.an
        if user.pk not in self.windows:
            self.windows[user.pk] = signed_in(user)
        return self.windows[user.pk]

    def url(self, name: str, *args: int) -> str:
        return reverse(f"campaigns:{name}", args=[self.campaign.pk, *args])

    def page(self, name: str, *args: int, who: User | None = None, **query: Any) -> Any:
        return self.window(who).get(self.url(name, *args), query)

    def post(self, name: str, *args: int, who: User | None = None, query: str = "", row: str = "", **said: Any) -> Any:
        headers = {"X-Row": row} if row else {}
        return self.window(who).post(self.url(name, *args) + query, said, headers=headers)

    def targets(self, *rows: TargetRow) -> list[Target]:
        self.campaign.refresh_from_db()
        return save_targets(self.campaign, rows, version=self.campaign.version, actor=self.an)

    def record(self, target: Target, value: Any, part: Part | None = None, **said: Any) -> Result:
        actor = said.pop("actor", self.an)
        entry = Entry(target, said.pop("period", PERIOD), Decimal(str(value)), part, **said)
        [result] = record_results(self.campaign, [entry], actor=actor)
        return result


def rice(**said: Any) -> TargetRow:
    return TargetRow("Sản lượng lúa", low=Decimal(2200), measure="tấn", adds_up=True, **said)


def insured() -> TargetRow:
    return TargetRow("tỷ lệ người tham gia BHYT", ">=", Decimal(95), measure="%")


def new_office() -> Office:
    unit, away = UnitFactory(name="Cầm Lĩnh"), UnitFactory()
    users = {}
    for name in ("An", "Lan"):
        person = PersonFactory(unit=unit, full_name=f"Nguyễn Thị {name}")
        users[name] = UserFactory(role=Role.OFFICER, unit=unit, person=person)
    villages = [
        PartFactory(unit=unit, name=name, order=at) for at, name in enumerate(("Thôn Đông", "Thôn Tây", "Thôn Nam"))
    ]
    PartFactory(unit=unit, name="Trường Tiểu học", kind=Part.Kind.SCHOOL, order=9)
    PartFactory(unit=unit, name="Các thôn", kind=Part.Kind.GROUP, order=10)
    campaign = Campaign.objects.create(
        unit=unit, title="Thi đua năm 2024", year=2024, start="2024-01-01", end="2024-12-31", state="running"
    )
    campaign.refresh_from_db()
    binh = UserFactory(role=Role.COUNCIL_MEMBER, unit=unit)
    return Office(unit, users["An"], users["Lan"], binh, UserFactory(role=Role.OFFICER, unit=away), villages, campaign)


@pytest.fixture
def _summer() -> Iterator[None]:
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def office(db: None, _summer: None) -> Office:
    return new_office()
