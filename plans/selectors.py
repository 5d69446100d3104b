"""Reads: what of the plans a user sees, with every join that a page or a paper needs."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.db import models
from django.db.models.functions import Coalesce

from core.errors import AppError
from core.models import StoredFile
from core.text import fold, split_lines
from documents.deliveries.selectors import delivered_paper_ids
from documents.outline import read_body
from plans.interchange import AppendixData, Block, Heading, PlanData, Table, TaskData
from plans.models import Plan, Progress, Remark, Section, Task, TaskTable
from plans.parts import dump_parts, fetches, joins
from plans.states import SHOWN_ABOVE, PlanState
from units.models import Membership, Part, Person
from units.selectors import lower_unit_ids, predecessor_ids, standing_of

_PAPER = ("paper__issued_file", "paper__word_file", "paper__signed_file")
_LONG = ("preamble", "closing", "recipients")
REPEALED = "Bãi bỏ theo"
"""How the line begins that an amending paper writes on a task with results."""


def visible_plans(user: Any) -> models.QuerySet[Plan]:
    """What the user follows, and the issued plans that were delivered to the user's units: those as they went out."""
    delivered = models.Q(paper__in=delivered_paper_ids(user), state=PlanState.ISSUED)
    return Plan.objects.filter(_is_followed(user) | delivered)


def followed_plans(user: Any) -> models.QuerySet[Plan]:
    """With all that became of them: results, their proofs, history."""
    return Plan.objects.filter(_is_followed(user))


def follows(user: Any, plan: Plan) -> bool:
    """Of a plan that the user sees: whether it is among those."""
    return plan.unit_id in standing_of(user).unit_ids or followed_plans(user).filter(pk=plan.pk).exists()


def _is_followed(user: Any) -> models.Q:
    """Own units; what their predecessors left; and, for reviewers, what the units below have sent up."""
    standing = standing_of(user)
    own = list(standing.unit_ids)
    reviewed = standing.units_with_role(Membership.Role.REVIEWER)
    return (
        models.Q(unit__in=own)
        | models.Q(unit__in=predecessor_ids(own))
        | models.Q(unit__in=lower_unit_ids(reviewed), state__in=SHOWN_ABOVE)
    )


def repealed() -> models.Exists:
    """Of a task: an amendment took it out of its plan's text, and it stays for the results that it has."""
    lines = Progress.objects.filter(
        task=models.OuterRef("pk"),
        outcome=Progress.Outcome.DROPPED,
        note__startswith=REPEALED,
        evidence__paper__revision__plan=models.OuterRef("plan"),
    )
    return models.Exists(lines)


def for_list(user: Any) -> models.QuerySet[Plan]:
    """``task_count`` is 0 for an amending plan: its tasks are copies."""
    tasks = (
        Task.objects.filter(~repealed(), plan=models.OuterRef("pk"), plan__amends=None)
        .order_by()
        .values("plan")
        .annotate(n=models.Count("pk"))
        .values("n")
    )
    open_remarks = Remark.objects.filter(plan=models.OuterRef("pk"), settled_at=None)
    return (
        visible_plans(user)
        .select_related("unit", "issuer", "amends")
        .annotate(task_count=Coalesce(models.Subquery(tasks), 0), has_open_remarks=models.Exists(open_remarks))
        .defer(*_LONG, *(f"amends__{name}" for name in _LONG))
    )


def search_plans(plans: models.QuerySet[Plan], words: str) -> models.QuerySet[Plan]:
    """Plans in whose head or tasks every word stands, marks or no marks."""
    for word in fold(words).split()[:10]:
        in_tasks = Task.objects.filter(plan=models.OuterRef("pk"), plan__amends=None, search__contains=word)
        plans = plans.filter(models.Q(search__contains=word) | models.Exists(in_tasks))
    return plans


def for_page(user: Any) -> models.QuerySet[Plan]:
    """Everything that a plan's own page and its paper read."""
    return with_content(visible_plans(user))


def with_content(plans: models.QuerySet[Plan]) -> models.QuerySet[Plan]:
    joined = plans.select_related("unit__parent", "issuer", "follower", "approved_by__person", *_PAPER, *joins())
    return joined.prefetch_related(
        "sections",
        "task_tables",
        "unclaimed_parts",
        *fetches(),
        models.Prefetch("tasks", Task.objects.prefetch_related("assignments").annotate(is_repealed=repealed())),
    )


def visible_sections(user: Any) -> models.QuerySet[Section]:
    return Section.objects.filter(plan__in=visible_plans(user)).select_related("plan__unit", "plan__issuer")


def visible_tasks(user: Any) -> models.QuerySet[Task]:
    """But those of amending plans: they are copies. Duties out of incoming papers are among them."""
    return (
        Task.objects.filter(models.Q(plan__in=visible_plans(user), plan__amends=None) | are_duties_of(user))
        .select_related("plan__unit", "plan__issuer", "unit", "duty__incoming")
        .prefetch_related("assignments")
    )


def are_duties_of(user: Any) -> models.Q:
    """Tasks without a plan, of the own units and what their predecessors left: nobody above was sent them."""
    own = list(standing_of(user).unit_ids)
    return models.Q(plan=None) & (models.Q(unit__in=own) | models.Q(unit__in=predecessor_ids(own)))


def for_saving(user: Any) -> models.QuerySet[Plan]:
    """The plan alone, for acts that name the few rows they change."""
    return visible_plans(user).select_related("unit__parent", "issuer", "follower", "approved_by__person", *_PAPER)


def visible_plan_files(user: Any) -> models.Q:
    """Files of the papers that visible plans became: the unit above reads them too."""
    papers = visible_plans(user).filter(paper__isnull=False).order_by()
    return models.Q(*(("pk__in", papers.values(name)) for name in _PAPER), _connector=models.Q.OR)


def kept_file(user: Any, pk: int, name: str) -> StoredFile | None:
    """What an issued plan gives out, by the name of its field on the paper: name and hash alone.

    Nearly always it is asked for by its own unit: one small query for the right and the file. Else the whole scope.
    """
    own = Membership.objects.on().filter(user=user, unit__plans=pk)
    return _kept(own, f"unit__plans__paper__{name}") or _kept(visible_plans(user).filter(pk=pk), f"paper__{name}")


def _kept(rows: models.QuerySet, path: str) -> StoredFile | None:
    found = rows.order_by().values_list(f"{path}__name", f"{path}__sha256")[:1]
    return next((StoredFile(name=name, sha256=digest) for name, digest in found if digest), None)


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
        tasks=tuple(task_data(task) for task in plan.tasks.all() if is_in_text(task)),
    )


def as_printed(data: PlanData, plan: Plan) -> PlanData:
    """Of an issued plan with the parts as its paper printed them, whatever became of them since."""
    return replace(data, parts={**data.parts, **plan.printed_parts}) if plan.printed_parts else data


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
    heading = section_heading(section)
    return (*((heading,) if heading else ()), *read_body(section.body))


def section_heading(section: Section) -> Heading | None:
    return Heading(section.marker, section.heading, section.level) if section.level else None


def _table(table: TaskTable) -> Table:
    return Table(table.parsed_layout, table.heads)


def _appendix(table: TaskTable | None) -> AppendixData | None:
    return AppendixData(table.title, table.subject, table.reference, _table(table)) if table else None


def is_in_text(task: Task) -> bool:
    """``task`` comes from ``with_content``. What an amendment repealed is kept, but printed no more."""
    return not task.is_repealed  # type: ignore[attr-defined]


def task_data(task: Task) -> TaskData:
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
