"""Reads: both texts of an amendment, and what amends a plan."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db import models

from documents.outline import Line, read_body
from plans import interchange
from plans.amending.paper import Amendment
from plans.amending.texts import Origins, SectionRow, TaskRow, origins_of, text_of, text_of_data
from plans.amending.wording import cited
from plans.interchange import Heading, PlanData, TaskData
from plans.models import Plan, Revision, Task
from plans.selectors import (
    as_printed,
    is_in_text,
    plan_head,
    repealed,
    section_heading,
    task_data,
    visible_plans,
    with_content,
)
from plans.states import PlanState

ORIGINS = "origins"
"""Beside ``tdkt-plan/1`` in a revision's content: where each row of the amending plan comes from."""

KeyedSection = tuple[str, Heading | None, tuple[Line, ...]]
KeyedTask = tuple[str, TaskData]


def copied_key(plan_id: int, key: uuid.UUID) -> uuid.UUID:
    """Of the copy of a row. Told by the row's own, so that a row taken out and back is known again."""
    return uuid.uuid5(key, str(plan_id))


# -- Both texts ----------------------------------------------------------------------------


def amendment_of(plan: Plan) -> Amendment:
    """Of an amending plan from ``with_content``: as it stands, or as it was when it was issued."""
    return _issued_amendment(plan) if plan.state == PlanState.ISSUED else live_amendment(plan)


def live_amendment(plan: Plan) -> Amendment:
    """Against the rows that the amended plan has now."""
    plan.amends = original_of(plan)
    sections = [(str(row.key), section_heading(row), read_body(row.body)) for row in plan.sections.all()]
    tasks = [(str(row.key), task_data(row)) for row in plan.tasks.all()]
    return _between(plan, plan.amends, plan_head(plan), sections, tasks)


def amendment_between(
    plan: Plan, head: PlanData, sections: Iterable[KeyedSection], tasks: Iterable[KeyedTask]
) -> Amendment:
    """Of rows that may not be saved yet, each with the key that it has or will have."""
    return _between(plan, original_of(plan), head, sections, tasks)


def _between(
    plan: Plan, original: Plan, head: PlanData, sections: Iterable[KeyedSection], tasks: Iterable[KeyedTask]
) -> Amendment:
    old_sections = [SectionRow(row.key, section_heading(row), read_body(row.body)) for row in original.sections.all()]
    old_tasks = [TaskRow(row.key, task_data(row)) for row in original.tasks.all() if is_in_text(row)]
    old_keys = [row.key for rows in (original.sections.all(), original.tasks.all()) for row in rows]
    origins = {str(copied_key(plan.pk, key)): key for key in old_keys}
    new_sections = [SectionRow(key, heading, lines, origins.get(key)) for key, heading, lines in sections]
    new_tasks = [TaskRow(key, task, origins.get(key)) for key, task in tasks]
    return Amendment(
        text_of(as_printed(plan_head(original), original), old_sections, old_tasks),
        text_of(head, new_sections, new_tasks),
        origins_of(old_sections, old_tasks, new_sections, new_tasks),
        cited(original),
    )


def original_of(plan: Plan) -> Plan:
    assert plan.amends_id is not None
    return with_content(Plan.objects.filter(pk=plan.amends_id)).get()


def _issued_amendment(plan: Plan) -> Amendment:
    """From what was kept: the original's rows have moved on since."""
    revision = Revision.objects.select_related("plan").get(paper=plan.paper_id)
    sections = [SectionRow(row.pk, section_heading(row), read_body(row.body)) for row in plan.sections.all()]
    tasks = [TaskRow(row.pk, task_data(row)) for row in plan.tasks.all()]
    origins = revision.content[ORIGINS]
    return Amendment(
        text_of_data(content_of(revision)),
        text_of(as_printed(plan_head(plan), plan), sections, tasks),
        Origins(tuple(origins["sections"]), tuple(origins["tasks"])),
        cited(revision.plan),
    )


def content_of(revision: Revision) -> PlanData:
    """The plan as it stood before the revision."""
    return interchange.read({name: value for name, value in revision.content.items() if name != ORIGINS})


# -- What amends a plan --------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Amendments:
    """What the page of a plan tells of its amendments."""

    revisions: list[Revision]
    visible: frozenset[int]
    """Those of the amending plans that the user may open."""
    open: Plan | None
    """One that is not issued yet, if the user may see it."""


def amendments_of(plan: Plan, user: Any) -> Amendments:
    revisions = Revision.objects.filter(plan=plan.pk).select_related("paper__plan").defer("content")
    amending = list(visible_plans(user).filter(amends=plan.pk).order_by("pk"))
    still_open = next((one for one in amending if one.state != PlanState.ISSUED), None)
    return Amendments(list(revisions.order_by("number")), frozenset(one.pk for one in amending), still_open)


def open_amendment(plan: Plan) -> Plan | None:
    return Plan.objects.filter(amends=plan.pk).exclude(state=PlanState.ISSUED).first()


def earlier_papers(plan: Plan) -> list[str]:
    """«Kế hoạch số 31/KH-UBND ngày …» of each that amended the plan before."""
    amending = Plan.objects.filter(amends=plan.pk, state=PlanState.ISSUED, paper__isnull=False)
    return [cited(one) for one in amending.order_by("pk")]


def visible_revisions(user: Any) -> models.QuerySet[Revision]:
    seen = Revision.objects.filter(plan__in=visible_plans(user))
    return seen.select_related("plan__unit__parent", "plan__issuer", "paper__plan")


def rows_with_results(plan: Plan, amendment: Amendment) -> list[Task]:
    """Tasks of the original that the amendment repeals although something was recorded of them."""
    if not amendment.removed_tasks:
        return []
    in_text = list(Task.objects.filter(~repealed(), plan=plan.amends_id).values_list("pk", flat=True))
    removed = [in_text[at] for at in amendment.removed_tasks]
    return list(Task.objects.filter(pk__in=removed, progress__isnull=False).order_by("order").distinct())
