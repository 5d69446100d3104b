"""A province with four communes, one of which also organises its villages; seen on 20 February 2026."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass, field
from typing import Any

from django.test import Client
from django.urls import reverse

from clusters.models import Cluster, CriteriaSet, Criterion, Member, Quota, Season, Step
from clusters.states import SetState
from tests.factories import PartFactory, Role, UnitFactory, UserFactory
from tests.units.conftest import signed_in
from units.models import Part, Unit, User

NOW = dt.datetime(2026, 2, 20, 3, 0, tzinfo=dt.UTC)
TODAY = dt.date(2026, 2, 20)
NAMES = ("An Bình", "Bình Minh", "Cẩm Sơn", "Đông Hải")


@dataclass
class Desk:
    province: Unit
    communes: list[Unit]
    villages: list[Part]
    """Of the first commune."""
    nga: User
    """Reviewer of the province."""
    an: User
    """Officer of the first commune."""
    binh: User
    """Of the province's council: reads and has no right."""
    cuong: User
    """Officer of a commune that is in no cluster."""
    windows: dict[int, Client] = field(default_factory=dict)

    def window(self, user: User) -> Client:
        if user.pk not in self.windows:
            self.windows[user.pk] = signed_in(user)
        return self.windows[user.pk]

    def page(self, name: str, /, *args: int, who: User | None = None, **query: Any) -> Any:
        return self.window(who or self.nga).get(reverse(f"clusters:{name}", args=args), query)

    def post(self, name: str, /, *args: int, who: User | None = None, query: str = "", **said: Any) -> Any:
        return self.window(who or self.nga).post(reverse(f"clusters:{name}", args=args) + query, said)

    def cluster(self, unit: Unit | None = None, name: str = "Cụm thi đua số 2", **fields: Any) -> Cluster:
        return Cluster.objects.create(unit=unit or self.province, name=name, **fields)

    def criteria(self, unit: Unit | None = None, *, year: int = 2026, state: str = SetState.PUBLISHED) -> CriteriaSet:
        """One leaf, ten points."""
        made = CriteriaSet.objects.create(
            unit=unit or self.province, name=f"Bộ tiêu chí năm {year}", year=year, state=state
        )
        Criterion.objects.create(set=made, order=1, code="1", title="Thi đua", maximum=10, kind="manual")
        return made

    def season(self, cluster: Cluster | None = None, *, year: int = 2026, **fields: Any) -> Season:
        """Ready to be started: four members, the first the head, the second its deputy, a published set, two lines."""
        cluster = cluster or self.cluster()
        criteria = fields.pop("criteria", None) or self.criteria(cluster.unit, year=year)
        season = Season.objects.create(cluster=cluster, year=year, criteria=criteria, **fields)
        roles = [Member.Role.HEAD, Member.Role.DEPUTY, Member.Role.MEMBER, Member.Role.MEMBER]
        for order, (commune, role) in enumerate(zip(self.communes, roles, strict=True), start=1):
            Member.objects.create(season=season, order=order, unit=commune, name=commune.title, role=role)
        Quota.objects.create(season=season, order=1, award="Cờ thi đua", count=2)
        Step.objects.create(season=season, order=1, kind="pledge", text="Ký giao ước", due=dt.date(year, 3, 4))
        Step.objects.create(
            season=season,
            order=2,
            kind="report",
            text=f"Gửi báo cáo năm {year}",
            time_text=f"Trước ngày 01/12/{year}",
            due=dt.date(year, 11, 30),
            asks_members=True,
        )
        return season


def new_desk() -> Desk:
    province = UnitFactory(province=True, name="Sông Vân")
    communes = [UnitFactory(name=name, parent=province) for name in NAMES]
    away = UnitFactory(name="Xa Lạ", parent=UnitFactory(province=True, name="Sông Khác"))
    return Desk(
        province,
        communes,
        villages=[
            PartFactory(unit=communes[0], name=name, order=at) for at, name in enumerate(("Thôn Đông", "Thôn Tây"))
        ],
        nga=UserFactory(username="nga", role=Role.REVIEWER, unit=province),
        an=UserFactory(username="an", role=Role.OFFICER, unit=communes[0]),
        binh=UserFactory(username="binh", role=Role.COUNCIL_MEMBER, unit=province),
        cuong=UserFactory(username="cuong", role=Role.OFFICER, unit=away),
    )


def told(answer: Any) -> list[str]:
    return [str(message) for message in answer.context["messages"]]


def primary(answer: Any) -> list[str]:
    found = re.findall(
        r'<(?:a|button) class="btn btn-primary"[^>]*>(?:\s*<svg.*?</svg>)?(.*?)</', answer.content.decode(), re.S
    )
    return [" ".join(words.split()) for words in found]


def typed_rows(prefix: str, rows: list[dict[str, Any]], *, there: int, version: int) -> dict[str, Any]:
    """``there``: how many of the rows stood on the page when it was opened."""
    said: dict[str, Any] = {f"{prefix}-TOTAL_FORMS": len(rows), f"{prefix}-INITIAL_FORMS": there, "version": version}
    return said | {f"{prefix}-{at}-{name}": value for at, row in enumerate(rows) for name, value in row.items()}


def typed_members(season: Season) -> list[dict[str, Any]]:
    """As the page sends them when nothing was changed."""
    return [
        {"pk": row.pk, "order": row.order, "name": row.name, "role": row.role}
        for row in season.members.order_by("order")
    ]
