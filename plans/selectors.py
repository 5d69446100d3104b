"""Reads: what of the plans a user sees, with every join that a page or a paper needs."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.db import models
from django.db.models.functions import Coalesce

from core.errors import AppError
from core.models import StoredFile
from core.text import fold, split_lines
from documents.outline import read_body
from plans.interchange import AppendixData, Block, Heading, PlanData, Table, TaskData
from plans.models import Plan, Section, Task, TaskTable
from plans.parts import dump_parts
from plans.states import SHOWN_ABOVE
from units.models import Membership, Part, Person
from units.selectors import lower_unit_ids, predecessor_ids, standing_of

_PAPER = ("paper__issued_file", "paper__word_file", "paper__signed_file")


def visible_plans(user: Any) -> models.QuerySet[Plan]:
    """Own units; what their predecessors left; and, for reviewers, what the units below have sent up."""
    standing = standing_of(user)
    own = list(standing.unit_ids)
    reviewed = standing.units_with_role(Membership.Role.REVIEWER)
    return Plan.objects.filter(
        models.Q(unit__in=own)
        | models.Q(unit__in=predecessor_ids(own))
        | models.Q(unit__in=lower_unit_ids(reviewed), state__in=SHOWN_ABOVE)
    )


def for_list(user: Any) -> models.QuerySet[Plan]:
    tasks = (
        Task.objects.filter(plan=models.OuterRef("pk"))
        .order_by()
        .values("plan")
        .annotate(n=models.Count("pk"))
        .values("n")
    )
    return (
        visible_plans(user)
        .select_related("unit", "issuer")
        .annotate(task_count=Coalesce(models.Subquery(tasks), 0))
        .defer("preamble", "closing", "recipients")
    )


def search_plans(plans: models.QuerySet[Plan], words: str) -> models.QuerySet[Plan]:
    """Plans in whose head or tasks every word stands, marks or no marks."""
    for word in fold(words).split()[:10]:
        in_tasks = Task.objects.filter(plan=models.OuterRef("pk"), search__contains=word)
        plans = plans.filter(models.Q(search__contains=word) | models.Exists(in_tasks))
    return plans


def for_page(user: Any) -> models.QuerySet[Plan]:
    """Everything that a plan's own page and its paper read."""
    return with_content(visible_plans(user))


def with_content(plans: models.QuerySet[Plan]) -> models.QuerySet[Plan]:
    return plans.select_related("unit__parent", "issuer", "follower", *_PAPER).prefetch_related(
        "sections",
        "task_tables",
        "unclaimed_parts",
        models.Prefetch("tasks", Task.objects.prefetch_related("assignments")),
    )


def visible_sections(user: Any) -> models.QuerySet[Section]:
    return Section.objects.filter(plan__in=visible_plans(user)).select_related("plan__unit", "plan__issuer")


def visible_tasks(user: Any) -> models.QuerySet[Task]:
    return (
        Task.objects.filter(plan__in=visible_plans(user))
        .select_related("plan__unit", "plan__issuer")
        .prefetch_related("assignments")
    )


def for_saving(user: Any) -> models.QuerySet[Plan]:
    """The plan alone, for acts that name the few rows they change."""
    return visible_plans(user).select_related("unit__parent", "issuer", "follower", *_PAPER)


def visible_plan_files(user: Any) -> models.Q:
    """Files of the papers that visible plans became: the unit above reads them too."""
    papers = visible_plans(user).filter(paper__isnull=False).order_by()
    return models.Q(*(("pk__in", papers.values(name)) for name in _PAPER), _connector=models.Q.OR)


def kept_file(user: Any, pk: int, name: str) -> StoredFile | None:
    """What an issued plan gives out, by the name of its field on the paper: name and hash alone, read in one query."""
    fields = (f"paper__{name}__name", f"paper__{name}__sha256")
    found = visible_plans(user).filter(pk=pk).order_by().values_list(*fields)[:1]
    return next((StoredFile(name=words, sha256=digest) for words, digest in found if digest), None)


def followers_for(plan: Plan) -> models.QuerySet[Person]:
    """Who may follow the plan: the people of its unit today."""
    return Person.objects.on().filter(unit=plan.unit_id).order_by("full_name", "pk")


def part_names(plan: Plan) -> list[str]:
    """What a task can be assigned to."""
    return list(Part.objects.on().filter(unit=plan.unit_id).order_by("order", "pk").values_list("name", flat=True))


def plan_data(plan: Plan) -> PlanData:
    """The plan's rows as plain values, for papers and for export. ``plan`` comes from ``with_content``."""
    return replace(
        plan_head(plan),
        blocks=tuple(block for section in plan.sections.all() for block in _blocks(section)),
        tasks=tuple(_task(task) for task in plan.tasks.all()),
    )


def plan_head(plan: Plan) -> PlanData:
    """All but the sections' lines and the tasks."""
    tables = {table.place: table for table in plan.task_tables.all()}
    body = tables.get(TaskTable.Place.BODY)
    return PlanData(
        kind=plan.kind,
        year=plan.year,
        superior=plan.issuer.superior,
        issuer=plan.issuer.name,
        number=plan.number,
        symbol=plan.symbol,
        place=plan.place,
        date=plan.date,
        title=plan.title,
        subject=plan.subject,
        preamble=split_lines(plan.preamble),
        blocks=(),
        table=_table(body) if body else None,
        tasks=(),
        closing=plan.closing,
        recipients=split_lines(plan.recipients),
        archive=plan.archive,
        signature_lines=split_lines(plan.signature_lines),
        signature_post=plan.signature_post,
        signature_name=plan.signature_name,
        appendix=_appendix(tables.get(TaskTable.Place.APPENDIX)),
        parts=dump_parts(plan),
    )


def _blocks(section: Section) -> tuple[Block, ...]:
    heading = (Heading(section.marker, section.heading, section.level),) if section.level else ()
    return (*heading, *read_body(section.body))


def _table(table: TaskTable) -> Table:
    return Table(table.parsed_layout, table.heads)


def _appendix(table: TaskTable | None) -> AppendixData | None:
    return AppendixData(table.title, table.subject, table.reference, _table(table)) if table else None


def _task(task: Task) -> TaskData:
    return TaskData(
        number=task.number,
        quarter=task.quarter,
        content=task.content,
        lead=task.lead,
        support=task.support,
        time_text=task.time_text,
        start=task.start,
        due=task.due,
        note=task.note,
        is_ongoing=task.is_ongoing,
    )


def any_plan(pk: int) -> Plan:
    """For commands, which the administrator of the machine runs: no scope but the whole database."""
    plan = with_content(Plan.objects.filter(pk=pk)).first()
    if plan is None:
        raise AppError(f"Không có kế hoạch số {pk}.")
    return plan
