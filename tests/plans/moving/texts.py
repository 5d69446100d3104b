"""A plan that holds one sentence, and what moving makes of it."""

from __future__ import annotations

from dataclasses import replace

from plans.interchange import PlanData
from plans.moving import Proposal, ReformNames, apply, propose_reform, propose_year
from tests.plans.moving.moves import AFTER, LAWS, certain, change, plan_of

_BASE = plan_of("na_luong")
COMMUNE = ReformNames("tỉnh Bắc Sơn", {"xã Nà Lường": "xã Nà Khoang"}, AFTER, LAWS)


def holding(text: str, year: int = 2024) -> PlanData:
    """A commune's plan with one paragraph in its preamble and nothing else that could move."""
    return replace(_BASE, year=year, subject="", preamble=(text,), blocks=(), tasks=(), recipients=())


def in_text(proposals: list[Proposal]) -> list[Proposal]:
    return [one for one in proposals if one.where.path == ("preamble", "0")]


def moved(text: str, year: int = 2024, to: int = 2026) -> str:
    """With all that is certain."""
    plan = holding(text, year)
    return apply(plan, certain(propose_year(plan, to))).preamble[0]


def year_changes(text: str, year: int = 2024, to: int = 2026) -> list[str]:
    return [f"{one.kind.value}: {change(one)}" for one in in_text(propose_year(holding(text, year), to))]


def reformed(text: str, names: ReformNames = COMMUNE) -> str:
    plan = holding(text)
    return apply(plan, certain(propose_reform(plan, names))).preamble[0]


def reform_changes(text: str, names: ReformNames = COMMUNE) -> list[str]:
    return [f"{one.kind.value}: {change(one)}" for one in in_text(propose_reform(holding(text), names))]
