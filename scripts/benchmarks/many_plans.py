"""Any number of plans in one unit: a few are written by the program's own services, the others are their copies.

Copies go in bulk and take every column of the originals, so they stay alike when models gain fields.
"""

from __future__ import annotations

import datetime as dt
import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any, TypeVar

from django.db import models
from django.utils import timezone

from core.models import AuditEntry
from plans.interchange import PlanData, TaskData
from plans.models import Assignment, Plan, Section, Task, TaskTable
from plans.services import create_plan, update_task
from plans.states import PlanState
from scripts.benchmarks.samples import MANY_TASKS, with_tasks
from units.models import Unit

COPIES_AT_ONCE = 300
YEARS = 3
SPREAD_DAYS = 21

TOPICS = (
    "xây dựng nông thôn mới",
    "chuyển đổi số trong cơ quan hành chính",
    "cải cách thủ tục hành chính, lấy sự hài lòng của người dân làm thước đo",
    "xóa nhà tạm, nhà dột nát cho hộ nghèo, hộ cận nghèo",
    "bảo đảm an ninh, trật tự ở thôn, bản",
    "phòng cháy, chữa cháy rừng mùa khô",
    "dạy tốt, học tốt ở các trường học trên địa bàn",
    "chăm sóc sức khỏe người cao tuổi và trẻ em",
    "giải phóng mặt bằng các công trình trọng điểm",
    "giữ gìn vệ sinh môi trường, thu gom rác thải nhựa",
    "huấn luyện, sẵn sàng chiến đấu của dân quân tự vệ",
    "phát triển kinh tế tập thể, hợp tác xã",
    "học tập suốt đời, xây dựng gia đình học tập",
    "văn hóa công sở và phục vụ Nhân dân",
    "đền ơn đáp nghĩa, chăm lo người có công",
    "làm đường giao thông nông thôn",
)

Row = TypeVar("Row", bound=models.Model)


@dataclass(frozen=True, slots=True)
class Original:
    plan: Plan
    sections: list[Section]
    tables: list[TaskTable]
    tasks: list[Task]
    history: list[AuditEntry]


def write_plans(contents: Sequence[PlanData], unit: Unit, *, actor: Any, count: int) -> tuple[Plan, Plan]:
    """``count`` plans of ``unit`` over the last years. Answers an ordinary draft of this year, and a long one."""
    contents = [_of_unit(content, unit) for content in contents]
    long = create_plan(with_tasks(_content(contents[0], 0, 0), MANY_TASKS), actor=actor, unit=unit)
    kinds = list(itertools.product(range(YEARS), contents))
    originals = [
        _original(create_plan(_content(content, age, number), actor=actor, unit=unit), actor)
        for number, (age, content) in zip(range(1, count), kinds, strict=False)
    ]
    numbers = range(1 + len(originals), count)
    for start in range(0, len(numbers), COPIES_AT_ONCE):
        _copy([(number, originals[number % len(originals)]) for number in numbers[start : start + COPIES_AT_ONCE]])
    return originals[0].plan, long


def _of_unit(content: PlanData, unit: Unit) -> PlanData:
    return replace(content, issuer=f"ỦY BAN NHÂN DÂN {unit}".upper(), superior="", place=unit.name)


def _content(content: PlanData, age: int, number: int) -> PlanData:
    """The same plan of another year, with a subject of its own."""
    year = timezone.localdate().year - age
    tasks = tuple(_moved(task, year - content.year) for task in content.tasks)
    date = replace(content.date, year=year)
    return replace(content, year=year, date=date, number=str(number + 1), subject=_subject(number), tasks=tasks)


def _moved(task: TaskData, years: int) -> TaskData:
    def moved(day: dt.date | None) -> dt.date | None:
        return day and day.replace(year=day.year + years, day=min(day.day, 28))

    return replace(task, start=moved(task.start), due=moved(task.due))


def _subject(number: int) -> str:
    return f"Phát động phong trào thi đua {TOPICS[number % len(TOPICS)]}, đợt {number // len(TOPICS) + 1}"


def _original(plan: Plan, actor: Any) -> Original:
    """With a change of a task, so that the page has a history to tell."""
    task = plan.tasks.select_related("plan__unit").first()
    if task is None:
        raise LookupError(f"a plan without tasks: {plan}")
    update_task(task, actor=actor, version=plan.version, note="Phối hợp từ đầu năm")
    plan.refresh_from_db()
    tasks = list(plan.tasks.prefetch_related("assignments"))
    subjects = {Plan: [plan.pk], Task: [row.pk for row in tasks]}
    history = [
        entry
        for model, ids in subjects.items()
        for entry in AuditEntry.objects.filter(subject_type=model._meta.label_lower, subject_id__in=ids)
    ]
    return Original(plan, list(plan.sections.all()), list(plan.task_tables.all()), tasks, history)


def _copy(wanted: Sequence[tuple[int, Original]]) -> None:
    plans = Plan.objects.bulk_create(_plan(number, original) for number, original in wanted)
    pairs = [(plan.pk, original) for plan, (_, original) in zip(plans, wanted, strict=True)]
    Section.objects.bulk_create(_twin(row, plan_id=pk) for pk, original in pairs for row in original.sections)
    TaskTable.objects.bulk_create(_twin(row, plan_id=pk) for pk, original in pairs for row in original.tables)
    old = [task for _, original in wanted for task in original.tasks]
    new = Task.objects.bulk_create(
        task
        for (pk, original), (number, _) in zip(pairs, wanted, strict=True)
        for task in _tasks(pk, number, original)
    )
    Assignment.objects.bulk_create(
        _twin(row, task_id=task.pk) for task, source in zip(new, old, strict=True) for row in source.assignments.all()
    )
    heirs = {(Plan._meta.label_lower, original.plan.pk, pk): pk for pk, original in pairs}
    for task, source in zip(new, old, strict=True):
        assert task.plan_id is not None
        heirs[Task._meta.label_lower, source.pk, task.plan_id] = task.pk
    AuditEntry.objects.bulk_create(_history(pairs, heirs))


def _plan(number: int, original: Original) -> Plan:
    state = list(PlanState)[number % len(PlanState)]
    plan = _twin(original.plan, number=str(number + 1), subject=_subject(number), state=state)
    plan.fill_search()
    return plan


def _tasks(plan_id: int, number: int, original: Original) -> Iterator[Task]:
    """In a plan of this year the first one falls due around today."""
    today = timezone.localdate()
    around = {"start": None, "due": today + dt.timedelta(days=number % SPREAD_DAYS - SPREAD_DAYS // 3)}
    for position, task in enumerate(original.tasks):
        is_moved = position == 0 and original.plan.year == today.year
        yield _twin(task, plan_id=plan_id, **(around if is_moved else {}))


def _history(pairs: Sequence[tuple[int, Original]], heirs: dict[tuple[str, int, int], int]) -> Iterator[AuditEntry]:
    """The hashes only fill their column: no page follows the chain."""
    unit_id = pairs[0][1].plan.unit_id
    position = AuditEntry.objects.filter(unit_id=unit_id).aggregate(last=models.Max("position"))["last"]
    for plan_id, original in pairs:
        for entry in original.history:
            position += 1
            subject_id = heirs[entry.subject_type, entry.subject_id, plan_id]
            yield _twin(entry, subject_id=subject_id, position=position, hash=f"{position:064x}")


def _twin(row: Row, **changed: Any) -> Row:
    fields = {field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields}
    del fields[row._meta.pk.attname]
    return type(row)(**fields | changed)
