"""The paper's head and foot, and who follows the plan."""

from __future__ import annotations

from typing import Any

from django.db import transaction

from core import audit
from core.errors import UnfitField
from documents.tree import Header
from documents.wording import follow_header
from plans import cleaning
from plans.models import Plan, TaskTable
from plans.services.claiming import claim
from plans.services.days import refuse_days_outside
from units.models import Person

_YEARS_APART = 2
"""Between a plan's year and the day of its paper; more is a slip of the finger."""


@transaction.atomic
def update_plan(plan: Plan, *, actor: Any, version: int, **values: str) -> Plan:
    """Change header fields of a draft. The appendix's «Kèm theo …» follows number and date."""
    header_before = _header(plan)
    changes = _put(plan, values)
    if changes:
        claim(plan, version)
        _write(plan, changes, header_before, actor)
    return plan


@transaction.atomic
def settle_header(plan: Plan, *, actor: Any, **values: str) -> None:
    """Number, day and signer as the signed paper has them. The caller holds the plan's version, whatever its state."""
    header_before = _header(plan)
    if changes := _put(plan, values):
        _write(plan, changes, header_before, actor)


def _put(plan: Plan, values: dict[str, str]) -> dict[str, tuple[str, str]]:
    """The cleaned values on the object, not yet written; what they change."""
    after = {name: cleaning.header_field(name, value) for name, value in values.items()}
    changes = audit.differences({name: getattr(plan, name) for name in after}, after)
    for name, (_, value) in changes.items():
        setattr(plan, name, value)
    if changes:
        refuse_days_outside(plan.unit, plan.year, plan.date, ())
        if plan.date.year and abs(plan.date.year - plan.year) > _YEARS_APART:
            raise UnfitField("paper_date", f"Năm {plan.date.year} cách xa năm của kế hoạch ({plan.year}).")
    return changes


def _write(plan: Plan, changes: dict[str, tuple[str, str]], header_before: Header, actor: Any) -> None:
    plan.save(update_fields=[*changes, "changed_at"])
    changes = changes | _keep_reference_in_step(plan, header_before)
    audit.record("plans.plan.changed", plan, actor=actor, unit_id=plan.unit_id, changes=changes)


def _header(plan: Plan) -> Header:
    return Header((), number=plan.number, symbol=plan.symbol, date=plan.date)


def _keep_reference_in_step(plan: Plan, before: Header) -> dict[str, tuple[str, str]]:
    table = plan.task_tables.filter(place=TaskTable.Place.APPENDIX).first()
    if table is None:
        return {}
    old, table.reference = table.reference, follow_header(table.reference, before, _header(plan))
    if table.reference == old:
        return {}
    table.save(update_fields=["reference"])
    return {"appendix_reference": (old, table.reference)}


@transaction.atomic
def set_follower(plan: Plan, *, actor: Any, person: Person | None) -> None:
    """Who watches over the plan's deadlines. Not printed, so an issued plan may change it too."""
    if person is not None and person.unit_id != plan.unit_id:
        raise UnfitField("follower", "Người theo dõi phải thuộc đơn vị của kế hoạch.")
    if person == plan.follower:
        return
    old, plan.follower = plan.follower, person
    plan.save(update_fields=["follower", "changed_at"])
    audit.record(
        "plans.plan.follower",
        plan,
        actor=actor,
        unit_id=plan.unit_id,
        changes={"follower": (old and str(old), person and str(person))},
    )
