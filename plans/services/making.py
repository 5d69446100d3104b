"""A draft made from plain values: by a file, a template, last year's plan."""

from __future__ import annotations

from typing import Any

from django.db import transaction

from core import audit
from documents.outline import Line, write_body
from documents.wording import break_issuer
from plans.interchange import Heading, PlanData, Table
from plans.models import Plan, Section, TaskTable
from plans.parts import load_parts
from plans.services.days import refuse_days_outside
from plans.services.task_rows import write_tasks
from units.models import Issuer, Unit
from units.services import create_issuer, unit_for_issuer_line


@transaction.atomic
def create_plan(data: PlanData, *, actor: Any, unit: Unit | None = None) -> Plan:
    """A draft from plain values. Without ``unit`` one is found or made from the issuer's printed line."""
    unit = unit or unit_for_issuer_line(data.issuer, actor=actor, superior=data.superior)
    refuse_days_outside(unit, data.year, data.date, data.tasks)
    plan = Plan(
        unit=unit,
        issuer=_issuer_for(data, unit, actor),
        kind=data.kind,
        year=data.year,
        number=data.number,
        symbol=data.symbol,
        place=data.place,
        paper_date=str(data.date),
        title=data.title,
        subject=data.subject,
        preamble="\n".join(data.preamble),
        closing=data.closing,
        recipients="\n".join(data.recipients),
        archive=data.archive,
        signature_lines="\n".join(data.signature_lines),
        signature_post=data.signature_post,
        signature_name=data.signature_name,
    )
    plan.save()
    _write_sections(plan, data)
    _write_tables(plan, data)
    write_tasks(plan, data.tasks, actor=actor)
    load_parts(plan, data.parts, is_of_a_file=actor is None)
    audit.record("plans.plan.created", plan, actor=actor, unit_id=unit.pk, changes={"year": (None, plan.year)})
    return plan


def _issuer_for(data: PlanData, unit: Unit, actor: Any) -> Issuer:
    """The unit's issuer of that name, or a new one with what the plan prints."""
    for issuer in unit.issuers.filter(superior=data.superior):
        if issuer.name == data.issuer:
            return issuer
    return create_issuer(
        unit,
        actor=actor,
        name_lines="\n".join(break_issuer(data.issuer)),
        superior=data.superior,
        place=data.place,
        symbol=data.symbol.partition("-")[2],
        signature_lines="\n".join(data.signature_lines),
        signature_post=data.signature_post,
    )


def _write_sections(plan: Plan, data: PlanData) -> None:
    sections: list[tuple[Heading | None, list[Line]]] = []
    for block in data.blocks:
        if isinstance(block, Heading):
            sections.append((block, []))
        else:
            if not sections:
                sections.append((None, []))
            sections[-1][1].append(block)
    Section.objects.bulk_create(
        Section(
            plan=plan,
            order=order,
            level=heading.level if heading else 0,
            marker=heading.marker if heading else "",
            heading=heading.text if heading else "",
            body=write_body(lines),
        )
        for order, (heading, lines) in enumerate(sections, start=1)
    )


def _write_tables(plan: Plan, data: PlanData) -> None:
    def row(place: str, table: Table, **texts: str) -> TaskTable:
        return TaskTable(plan=plan, place=place, layout=table.layout.name, columns="\n".join(table.columns), **texts)

    tables = []
    if data.table:
        tables.append(row(TaskTable.Place.BODY, data.table))
    if (found := data.appendix) is not None:
        texts = {"title": found.title, "subject": found.subject, "reference": found.reference}
        tables.append(row(TaskTable.Place.APPENDIX, found.table, **texts))
    TaskTable.objects.bulk_create(tables)
