"""What the pages of the inside way say, and what is sent to them."""

from __future__ import annotations

import re
from typing import Any

from django.urls import reverse

from plans.models import Plan
from plans.states import PlanState
from tests.units.conftest import signed_in
from units.models import User

State = PlanState
MOST_QUERIES = 20


def address(name: str, plan: Plan, *more: Any) -> str:
    return reverse(f"plans:{name}", args=[plan.pk, *more])


def told(answer: Any) -> list[str]:
    return [str(message) for message in answer.context["messages"]]


def primary(answer: Any) -> list[tuple[str, str]]:
    """Where the primary buttons of the page lead, and their words."""
    found = re.findall(r'class="btn btn-primary" href="([^"]*)">(?:<svg.*?</svg>)?\s*([^<]*)<', text(answer), re.S)
    return [(href, words.strip()) for href, words in found]


def text(answer: Any) -> str:
    return answer.content.decode()


def yes(plan: Plan, **values: Any) -> dict[str, Any]:
    return {"version": plan.version, "viec": "duyet", **values}


def no(plan: Plan, **values: Any) -> dict[str, Any]:
    return {"version": plan.version, "viec": "tra-lai", **values}


def box(row: Any) -> str:
    """The name of the field at a section or a task."""
    return f"{'muc' if row._meta.model_name == 'section' else 'nhiem-vu'}-{row.key}"


def waiting(user: User) -> dict[str, list[str]]:
    """What «Việc của tôi» tells the user that is waited for."""
    groups = signed_in(user).get("/").context["waiting"]
    return {group.head: [row.plan.subject for row in group.rows] for group in groups}
