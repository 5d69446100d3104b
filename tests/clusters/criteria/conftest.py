"""A draft set of a province with two groups and a published one; its reviewer, a colleague, a stranger."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

import pytest
from django.http import HttpResponse
from django.urls import reverse

from clusters.criteria.editing import Node, take_over
from clusters.criteria.services import create_set
from clusters.criteria.values import CriterionValues, SetValues
from clusters.models import CriteriaSet, Criterion
from tests.factories import Role, UnitFactory, UserFactory
from tests.units.conftest import signed_in
from units.models import Unit, User

D = Decimal


def leaf(code: str, title: str, maximum: int | str, kind: str = "manual", **more) -> Node:
    return Node(CriterionValues(code, title, D(maximum), kind, **more))


def group(code: str, title: str, maximum: int | str, *children: Node) -> Node:
    return Node(CriterionValues(code, title, D(maximum)), children)


NODES = (
    group("I", "Kinh tế", 30, leaf("I.1", "Thu ngân sách", 20, "ratio"), leaf("I.2", "Hộ nghèo", 10, "ratio")),
    group("II", "Thi đua", 20, leaf("II.1", "Kế hoạch đúng hạn", 20, "yes_no")),
    leaf("III", "Điểm trừ", 10, "penalty", rule={"returned_each": 5}),
)


@dataclass
class Desk:
    unit: Unit
    lan: User
    """Reviewer of the province."""
    binh: User
    """Of the same unit, without the right to write."""
    cuong: User
    """Officer of another unit."""
    set: CriteriaSet

    def row(self, code: str) -> Criterion:
        return self.set.criteria.get(code=code)

    @property
    def version(self) -> int:
        return CriteriaSet.objects.get(pk=self.set.pk).version

    def codes(self) -> list[str]:
        return list(self.set.criteria.order_by("order").values_list("code", flat=True))

    def url(self, name: str, *more: int) -> str:
        return reverse(f"clusters:{name}", args=[self.set.pk, *more])

    def page(self, name: str, *more: int, who: User | None = None, query: str = "") -> HttpResponse:
        return signed_in(who or self.lan).get(self.url(name, *more) + query)

    def post(self, name: str, /, *more: int, who: User | None = None, **said) -> HttpResponse:
        return signed_in(who or self.lan).post(self.url(name, *more), said)

    def publish(self) -> None:
        CriteriaSet.objects.filter(pk=self.set.pk).update(state="published")
        self.set.refresh_from_db()


@pytest.fixture
def desk(db) -> Desk:
    unit = UnitFactory(province=True)
    lan, binh = UserFactory(role=Role.REVIEWER, unit=unit), UserFactory(role=Role.COUNCIL_MEMBER, unit=unit)
    cuong = UserFactory(role=Role.OFFICER, unit=UnitFactory())
    made = create_set(unit, values=SetValues("Bộ tiêu chí năm 2026", 2026), actor=lan)
    take_over(made, NODES, replaces=True, version=made.version, actor=lan)
    return Desk(unit, lan, binh, cuong, made)
