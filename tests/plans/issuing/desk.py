"""The page on which the issue of a plan is recorded, as tests fill it in and read it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

from plans.interchange import PlanData
from plans.models import Plan
from plans.moving.places import Place, write_at
from tests.factories import AssignmentFactory, PlanFactory

Change = Callable[[PlanData], PlanData]
BODY = "1. Mục đích\n- Phong trào thi đua thiết thực, hiệu quả.\n[Bảng nhiệm vụ]"
SENTENCE = "Phong trào thi đua thiết thực, hiệu quả, tiết kiệm."


def plan_with_table() -> Plan:
    plan = PlanFactory(sections=1, sections__body=BODY, tasks=2)
    plan.tasks.update(time_text="Tháng 3/2026", due=dt.date(2026, 3, 31))
    AssignmentFactory(task=plan.tasks.all()[0], name="Phòng Văn hóa - Xã hội")
    return plan


def said(**texts: str) -> Change:
    """``tasks_0_content="…"``: another text at that place."""

    def change(data: PlanData) -> PlanData:
        for place, text in texts.items():
            data = write_at(data, Place(tuple(place.split("__"))), text)
        return data

    return change


def shown(answer: Any) -> dict[str, Any]:
    """What the page sends along unseen."""
    return {name: answer.context["form"][name].value() for name in ("kept", "mark", "version")}


def found(answer: Any) -> list[tuple[str, str, str]]:
    beside = answer.context["form"].beside
    return [(one.place, one.before, one.after) for one in beside.comparison.differences]


def body_of(answer: Any) -> str:
    return " ".join(answer.content.decode().split())


def told(answer: Any) -> list[str]:
    return [str(message) for message in answer.wsgi_request._messages]


ONE_SENTENCE = said(blocks__2__text=SENTENCE)
