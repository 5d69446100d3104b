"""Writes: one function a business act, in one transaction, with its audit entry."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db import transaction

from core import audit, states
from core.errors import AppError
from documents import times
from documents.dates import PartialDate
from documents.outline import Kind, Line, read_body, write_body
from documents.tree import Header
from documents.wording import break_issuer, follow_header
from plans import cleaning
from plans.cleaning import UnfitField
from plans.interchange import Heading, PlanData, Table, TaskData
from plans.layouts import DEFAULT_COLUMNS, parse_layout
from plans.models import Assignment, Plan, Section, Task, TaskTable
from plans.parts import load_parts
from plans.states import MOVES, PlanState
from units.models import Issuer, Part, Person, Unit
from units.services import create_issuer, ensure_parts, unit_for_issuer_line

DEFAULT_LAYOUT = "columns-5"
_YEARS_APART = 2
"""Between a plan's year and the day of its paper; more is a slip of the finger."""


class PlanIsClosed(AppError):
    message = "Kế hoạch không còn là dự thảo nên không sửa được."


# -- Making ------------------------------------------------------------------------------


@transaction.atomic
def create_plan(data: PlanData, *, actor: Any, unit: Unit | None = None) -> Plan:
    """A draft from plain values. Without ``unit`` one is found or made from the issuer's printed line."""
    unit = unit or unit_for_issuer_line(data.issuer, actor=actor, superior=data.superior)
    _refuse_days_outside(unit, data.year, data.date, data.tasks)
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
    _write_tasks(plan, data.tasks, actor=actor)
    load_parts(plan, data.parts)
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


def _write_tasks(plan: Plan, tasks: Sequence[TaskData], *, actor: Any) -> None:
    rows = []
    for order, data in enumerate(tasks, start=1):
        task = Task(
            plan=plan,
            unit=plan.unit,
            order=order,
            number=data.number,
            quarter=data.quarter,
            content=data.content,
            time_text=data.time_text,
            start=data.start,
            due=data.due,
            is_ongoing=data.is_ongoing,
            note=data.note,
        )
        task.fill_search()
        rows.append(task)
    Task.objects.bulk_create(rows)
    names = {name for data in tasks for name in (*data.lead, *data.support)}
    parts = ensure_parts(plan.unit, sorted(names), actor=actor) if names else {}
    Assignment.objects.bulk_create(
        assignment
        for task, data in zip(rows, tasks, strict=True)
        for assignment in _assignments(task, data.lead, data.support, parts)
    )


def _assignments(task: Task, lead: Sequence[str], support: Sequence[str], parts: dict[str, Part]) -> list[Assignment]:
    return [
        Assignment(task=task, role=role, order=order, name=name, part=parts.get(name))
        for role, names in ((Assignment.Role.LEAD, lead), (Assignment.Role.SUPPORT, support))
        for order, name in enumerate(names, start=1)
    ]


def _refuse_days_outside(unit: Unit, year: int, date: PartialDate, tasks: Sequence[TaskData]) -> None:
    """A unit issues papers and has duties only while it exists."""
    if unit.valid_from is not None:
        begins = unit.valid_from
        is_early = date.exact is not None and date.exact < begins
        if year < begins.year or is_early:
            field = "paper_date" if is_early else "year"
            raise UnfitField(field, f"{unit.title} chỉ có từ ngày {begins:%d/%m/%Y}, sau thời gian của kế hoạch này.")
        for position, task in enumerate(tasks, start=1):
            if task.due is not None and task.due < begins:
                raise UnfitField(
                    "due",
                    f"Nhiệm vụ {position} có hạn {task.due:%d/%m/%Y}, "
                    f"trước ngày {unit} được thành lập ({begins:%d/%m/%Y}).",
                )
    if unit.valid_to is not None and date.exact is not None and date.exact > unit.valid_to:
        raise UnfitField(
            "paper_date", f"{unit.title} đã kết thúc từ ngày {unit.valid_to:%d/%m/%Y}, trước ngày văn bản."
        )


# -- Changing ----------------------------------------------------------------------------


@transaction.atomic
def update_plan(plan: Plan, *, actor: Any, version: int, **values: str) -> Plan:
    """Change header fields of a draft. The appendix's «Kèm theo …» follows number and date."""
    after = {name: cleaning.header_field(name, value) for name, value in values.items()}
    changes = audit.differences({name: getattr(plan, name) for name in after}, after)
    if not changes:
        return plan
    header_before = _header(plan)
    for name, (_, value) in changes.items():
        setattr(plan, name, value)
    _refuse_days_outside(plan.unit, plan.year, plan.date, ())
    if plan.date.year and abs(plan.date.year - plan.year) > _YEARS_APART:
        raise UnfitField("paper_date", f"Năm {plan.date.year} cách xa năm của kế hoạch ({plan.year}).")
    _claim(plan, version)
    plan.save(update_fields=[*changes, "changed_at"])
    changes |= _keep_reference_in_step(plan, header_before)
    audit.record("plans.plan.changed", plan, actor=actor, unit_id=plan.unit_id, changes=changes)
    return plan


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


@transaction.atomic
def update_section(section: Section, *, actor: Any, version: int, **values: str) -> Section:
    """Change ``marker``, ``heading`` or ``body`` (lines as typed) of a draft's section."""
    after = {name: cleaning.section_value(name, value) for name, value in values.items()}
    changes = audit.differences({name: getattr(section, name) for name in after}, after)
    if not changes:
        return section
    plan = section.plan
    _claim(plan, version)
    for name, (_, value) in changes.items():
        setattr(section, name, value)
    section.save(update_fields=list(changes))
    _keep_one_tasks_line(plan)
    audit.record("plans.section.changed", section, actor=actor, unit_id=plan.unit_id, changes=changes)
    return section


def _keep_one_tasks_line(plan: Plan) -> None:
    """A tasks line needs a table to stand for, and only one of them can print it."""
    bodies = plan.sections.values_list("body", flat=True)
    lines = sum(line.kind is Kind.TASKS for body in bodies for line in read_body(body))
    if lines > 1:
        raise UnfitField("body", "Kế hoạch đã có bảng nhiệm vụ ở chỗ khác; mỗi kế hoạch chỉ in bảng một lần.")
    if lines and not plan.task_tables.filter(place=TaskTable.Place.BODY).exists():
        columns = "\n".join(DEFAULT_COLUMNS[DEFAULT_LAYOUT])
        TaskTable.objects.create(plan=plan, place=TaskTable.Place.BODY, layout=DEFAULT_LAYOUT, columns=columns)


@transaction.atomic
def update_table(table: TaskTable, *, actor: Any, version: int, **values: str) -> TaskTable:
    """Change the layout, the heads of the columns, or the words over an appendix."""
    after = {name: cleaning.table_value(name, value) for name, value in values.items()}
    changes = audit.differences({name: getattr(table, name) for name in after}, after)
    if not changes:
        return table
    for name, (_, value) in changes.items():
        setattr(table, name, value)
    try:
        wanted = parse_layout(table.layout).column_count
    except ValueError:
        raise UnfitField("layout", "Không có kiểu trình bày này.") from None
    if len(table.heads) != wanted:
        need = f"cần {wanted} tên cột, bạn ghi {len(table.heads)}" if wanted else "không có cột; hãy để trống ô này"
        raise UnfitField("columns", f"Kiểu trình bày này {need}.")
    _claim(table.plan, version)
    table.save(update_fields=list(changes))
    audit.record("plans.table.changed", table.plan, actor=actor, unit_id=table.plan.unit_id, changes=changes)
    return table


@transaction.atomic
def update_task(task: Task, *, actor: Any, version: int, **values: Any) -> Task:
    """Change a draft's task. New time words are read into dates, unless dates come with them.

    ``lead`` and ``support`` are lists of names. What time words could not be read is
    answered by ``times.read_time`` when the form asks; the words themselves always stay.
    """
    plan = task.plan
    if plan is None:
        raise PlanIsClosed
    roles = [role for role in Assignment.Role.values if role in values]
    names = {role: cleaning.names(role, values.pop(role)) for role in roles}
    after = {name: cleaning.task_value(name, value) for name, value in values.items()}
    if after.get("time_text", task.time_text) != task.time_text and "start" not in after and "due" not in after:
        after |= read_dates(after["time_text"], plan, quarter=after.get("quarter", task.quarter))
    before = {name: getattr(task, name) for name in (*after, *names)}
    changes = audit.differences(before, after | names)
    if not changes:
        return task
    for name in after:
        setattr(task, name, after[name])
    if task.start and task.due and task.due < task.start:
        raise UnfitField("due", f"Hạn {task.due:%d/%m/%Y} lại trước ngày bắt đầu {task.start:%d/%m/%Y}.")
    if task.due and plan.unit.valid_from and task.due < plan.unit.valid_from:
        raise UnfitField("due", f"Hạn này trước ngày {plan.unit} được thành lập ({plan.unit.valid_from:%d/%m/%Y}).")
    _claim(plan, version)
    task.save(update_fields=list(after) or ["content"])
    if names:
        _assign(task, names, actor=actor)
    audit.record("plans.task.changed", task, actor=actor, unit_id=plan.unit_id, changes=changes)
    return task


def _assign(task: Task, names: dict[str, tuple[str, ...]], *, actor: Any) -> None:
    wanted = {"lead": task.lead, "support": task.support} | names
    parts = ensure_parts(task.unit, sorted({name for group in names.values() for name in group}), actor=actor)
    task.assignments.filter(role__in=names).delete()
    rows = _assignments(task, wanted["lead"], wanted["support"], parts)
    Assignment.objects.bulk_create(row for row in rows if row.role in names)
    getattr(task, "_prefetched_objects_cache", {}).pop("assignments", None)


def read_dates(time_text: str, plan: Plan, *, quarter: int | None) -> dict[str, Any]:
    """Start, due and ongoing as the time words say; blanks where they say nothing that can be read."""
    reading = times.read_time(time_text, plan.year, issued=plan.date.exact, quarter=quarter)
    return {"start": reading.start, "due": reading.due, "is_ongoing": reading.ongoing}


def time_problem(task: Task) -> str:
    """What a person should know of the task's time words: not read, doubtful, or without any day."""
    if task.plan is None or not task.time_text:
        return ""
    reading = times.read_time(task.time_text, task.plan.year, issued=task.plan.date.exact, quarter=task.quarter)
    if reading.problem or reading.start or reading.due:
        return reading.problem
    return f"Lời ghi «{task.time_text}» không cho biết ngày nào, nên nhiệm vụ này chưa có hạn."


# -- States ------------------------------------------------------------------------------


def submit_plan(plan: Plan, *, actor: Any) -> None:
    states.move(plan, PlanState.SUBMITTED, MOVES, actor=actor, unit_id=plan.unit_id, code="plans.plan.submitted")


def recall_plan(plan: Plan, *, actor: Any) -> None:
    states.move(plan, PlanState.DRAFT, MOVES, actor=actor, unit_id=plan.unit_id, code="plans.plan.recalled")


def issue_plan(plan: Plan, *, actor: Any) -> None:
    """Record that the paper was signed and numbered next door; number and date must be there."""
    if not plan.number or plan.date.exact is None:
        raise UnfitField("number", "Chưa ghi số và ngày ban hành của văn bản.")
    states.move(plan, PlanState.ISSUED, MOVES, actor=actor, unit_id=plan.unit_id, code="plans.plan.issued")


@transaction.atomic
def delete_draft(plan: Plan, *, actor: Any) -> None:
    """A draft that was never submitted may go; its audit entries stay."""
    _claim(plan, plan.version)
    was_submitted = audit.history_of(plan).filter(code="plans.plan.submitted").exists()
    if was_submitted:
        raise PlanIsClosed("Kế hoạch đã từng được trình nên không xóa được.")
    audit.record("plans.plan.deleted", plan, actor=actor, unit_id=plan.unit_id)
    plan.delete()


def _claim(plan: Plan, version: int) -> None:
    if plan.state != PlanState.DRAFT:
        raise PlanIsClosed
    states.claim_version(plan, version, state=PlanState.DRAFT)
