"""A plan read from a file, fitted to the unit that takes it in: what another office or another time printed.

No database here. What is changed is told, place by place, so that a person looks at it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from core.text import fold
from documents.dates import PartialDate
from plans.interchange import PlanData
from plans.moving.places import Place
from units.models import Issuer, Unit


@dataclass(frozen=True, slots=True)
class ToSee:
    """A place of the draft that a person should look at, and why."""

    place: Place | None
    why: str
    words: str = ""
    is_inferred: bool = False


def fitted(plan: PlanData, unit: Unit, issuers: Sequence[Issuer]) -> tuple[PlanData, list[ToSee]]:
    """``issuers``: those of the unit, the likeliest first."""
    plan, issuer = _with_issuer(plan, unit, issuers)
    plan, days = _within_life(plan, unit)
    return plan, [*issuer, *days]


def _with_issuer(plan: PlanData, unit: Unit, issuers: Sequence[Issuer]) -> tuple[PlanData, list[ToSee]]:
    """The unit's own issuer of that name; a body of the unit that is new here stays as printed."""
    named = next((issuer for issuer in issuers if fold(issuer.name) == fold(plan.issuer)), None)
    if named is not None:
        return replace(plan, issuer=named.name, superior=named.superior), []
    if plan.issuer and fold(str(unit)) in fold(plan.issuer):
        return plan, []
    if not issuers:
        return (replace(plan, issuer=f"ỦY BAN NHÂN DÂN {str(unit).upper()}") if not plan.issuer else plan), []
    usual = issuers[0]
    said = f"Tệp ghi cơ quan ban hành là «{plan.issuer}»" if plan.issuer else "Tệp không ghi cơ quan ban hành"
    why = f"{said}; dự thảo này của {usual.name}."
    return replace(plan, issuer=usual.name, superior=usual.superior), [ToSee(Place(("issuer",)), why, plan.issuer)]


def _within_life(plan: PlanData, unit: Unit) -> tuple[PlanData, list[ToSee]]:
    """A unit plans nothing before it began (``plans.services.days``): such days stay in words only."""
    begins = unit.valid_from
    to_see: list[ToSee] = []
    if begins is None:
        return plan, to_see
    since = f"{unit.title} chỉ có từ ngày {begins:%d/%m/%Y}"
    if plan.date.exact and plan.date.exact < begins:
        why = f"Tệp ghi ngày {plan.date.exact:%d/%m/%Y}, mà {since}; ngày của dự thảo được để trống."
        to_see.append(ToSee(Place(("date",)), why, f"{plan.date.exact:%d/%m/%Y}"))
        plan = replace(plan, date=PartialDate())
    if plan.year < begins.year:
        why = f"Tệp là kế hoạch năm {plan.year}, mà {since}; dự thảo ghi năm {begins.year}. Hãy xem lại các năm."
        to_see.append(ToSee(Place(("year",)), why, str(plan.year)))
        plan = replace(plan, year=begins.year)
    early = [at for at, task in enumerate(plan.tasks) if task.due is not None and task.due < begins]
    if early:
        first = plan.tasks[early[0]]
        why = f"{len(early)} nhiệm vụ có hạn trước ngày có {unit}; hạn được bỏ, lời thời gian giữ nguyên."
        to_see.append(ToSee(Place(("tasks", str(early[0]), "time_text")), why, first.time_text))
    tasks = (replace(task, start=None, due=None) if at in early else task for at, task in enumerate(plan.tasks))
    return replace(plan, tasks=tuple(tasks)), to_see
