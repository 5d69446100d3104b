"""People of an organiser and of its communes at their pages, with one case of ``tdkt-scoring/1`` to type in."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path
from typing import Any

from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from campaigns.figures import show_figure
from clusters.models import CriteriaSet, Criterion, Member, Season
from tests.factories import Role, UnitFactory, UserFactory
from tests.units.conftest import signed_in
from units.models import Unit, User

Case = dict[str, Any]
Node = dict[str, Any]


def read_case(path: Path) -> Case:
    """Figures as they are written, not as their nearest float."""
    return json.loads(path.read_text(encoding="utf-8"), parse_float=Decimal)


def typed(value: Any) -> str:
    """As an office types a figure: 12,5; nothing for none."""
    return "" if value is None else show_figure(Decimal(value))


def walk(nodes: list[Node], above: str = "") -> list[tuple[str, Node]]:
    """Each criterion with its group's code, groups before what stands in them."""
    found = []
    for node in nodes:
        found += [(above, node), *walk(node.get("children", []), node["code"])]
    return found


class Desk:
    """A province that organises; units whose name begins with «Xã» have people, others are known by name only."""

    def __init__(self, case: Case) -> None:
        self.case = case
        self.year: int = case.get("year") or 2025
        self.province: Unit = UnitFactory(province=True)
        self.reviewer: User = UserFactory(role=Role.REVIEWER, unit=self.province)
        self.officers: dict[str, User] = {}
        for name in (unit["name"] for unit in case["units"]):
            if name.startswith("Xã "):
                commune = UnitFactory(name=name.removeprefix("Xã "), parent=self.province)
                self.officers[name] = UserFactory(role=Role.OFFICER, unit=commune)
        self._windows: dict[int, Client] = {}
        self.set_pk = self.season_pk = 0

    # -- What the pages have made ------------------------------------------------------------

    @property
    def set(self) -> CriteriaSet:
        return CriteriaSet.objects.get(pk=self.set_pk)

    @property
    def season(self) -> Season:
        return Season.objects.get(pk=self.season_pk)

    def criterion(self, code: str) -> Criterion:
        return Criterion.objects.get(set=self.set_pk, code=code)

    def member(self, name: str) -> Member:
        return Member.objects.select_related("sheet").get(season=self.season_pk, name=name)

    def speaker(self, name: str) -> User:
        """Who types a unit's own sheet: its officer, else the organiser for it."""
        return self.officers.get(name, self.reviewer)

    @property
    def leaves(self) -> dict[str, Node]:
        return {node["code"]: node for _, node in walk(self.case["criteria"]) if node.get("kind")}

    # -- Pages -------------------------------------------------------------------------------

    def window(self, user: User) -> Client:
        if user.pk not in self._windows:
            self._windows[user.pk] = signed_in(user)
        return self._windows[user.pk]

    def get(self, name: str, /, *args: Any, who: User | None = None, query: str = "") -> HttpResponse:
        answer = self.window(who or self.reviewer).get(reverse(f"clusters:{name}", args=args) + query)
        assert answer.status_code == 200, f"{name}: {answer.status_code}"
        return answer

    def post(self, name: str, /, *args: Any, who: User | None = None, query: str = "", **said: Any) -> HttpResponse:
        """A form that has to be taken: what the page refuses fails the test with the page's own sentence."""
        url = reverse(f"clusters:{name}", args=args) + query
        answer = self.window(who or self.reviewer).post(url, said)
        assert answer.status_code == 302, f"{name}: {answer.status_code} {refusals(answer)}"
        return answer

    def send(self, who: User, stage: str, cells: list[dict[str, Any]]) -> dict[str, Any]:
        """Cells of the table, as its script sends them; what the page answers to each."""
        url = reverse("clusters:grid_save", args=[self.season_pk])
        content = json.dumps({"stage": stage, "cells": cells})
        answer = self.window(who).post(url, content, content_type="application/json")
        assert answer.status_code == 200, answer.content.decode()
        return answer.json()

    def save(self, who: User, stage: str, cells: list[dict[str, Any]]) -> None:
        """Those that are refused or in the way fail the test."""
        said = self.send(who, stage, cells)
        assert (said["refused"], said["clashes"]) == ([], [])
        assert sorted(cell["key"] for cell in said["saved"]) == sorted(cell["key"] for cell in cells)

    def cell(self, name: str, code: str, text: str, reason: str = "") -> dict[str, Any]:
        return {
            "key": f"{self.member(name).pk}-{self.criterion(code).pk}",
            "text": text,
            "reason": reason,
            "version": 0,
        }


def refusals(answer: HttpResponse) -> Any:
    context = answer.context or {}
    lines = context.get("error_lines", [])
    form: Any = context.get("form") or context.get("rows")
    return [line.errors for line in lines] or getattr(form, "errors", None) or answer.content.decode()[:300]
