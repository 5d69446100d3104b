"""A plan's rows take other words in place: whatever hangs on a row stays on it."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from core import audit
from core.errors import UnfitField
from plans.interchange import PlanData
from plans.layouts import DEFAULT_COLUMNS
from plans.models import Assignment, Plan, Progress, Section, Task, TaskTable
from plans.moving.places import Place, texts_of, write_at
from plans.selectors import any_plan, plan_data
from plans.services.rewriting import rewrite_plan
from tests.factories import AssignmentFactory, PartFactory, PersonFactory, PlanFactory, UserFactory
from tests.plans.files import OUR_PLANS
from tests.plans.rows import again, everything, written
from units.models import User

pytestmark = pytest.mark.django_db
NOT_THE_PLANS = {"issuer", "superior", "parts"}
"""Issuers print their own lines; other apps keep their own parts."""


@pytest.fixture
def officer() -> User:
    return UserFactory(username="an")


def reworded(plan: Plan, officer: User, place: str, text: str) -> None:
    before = data_of(plan)
    rewrite_plan(plan, before, write_at(before, Place.parse(place), text), actor=officer)


def data_of(plan: Plan) -> PlanData:
    return plan_data(any_plan(plan.pk))


def ids(plan: Plan) -> dict[str, list]:
    return {
        "sections": list(Section.objects.filter(plan=plan).values_list("pk", "key", "order")),
        "tasks": list(Task.objects.filter(plan=plan).values_list("pk", "key", "order", "number")),
        "tables": list(TaskTable.objects.filter(plan=plan).values_list("pk", "layout")),
        "names": list(Assignment.objects.filter(task__plan=plan).values_list("pk", "task", "role", "order")),
    }


@pytest.mark.parametrize("name", OUR_PLANS)
def test_every_text_of_a_plan_takes_another_word_and_every_row_stays(load, officer, name):
    plan = load(name)
    before = data_of(plan)
    after = before
    for place, text in texts_of(before):
        if text and place.path[0] not in NOT_THE_PLANS and place.path[2:] != ("time_text",):
            after = write_at(after, place, f"{text} thêm")
    rows = ids(plan)

    rewrite_plan(plan, before, after, actor=officer)

    assert replace(data_of(plan), parts=after.parts) == after
    assert ids(plan) == rows
    assert audit.first_broken_link(plan.unit_id) is None


def test_what_is_the_same_is_not_written(load, officer):
    plan = load("doai_trung")
    before = everything(plan)

    rewrite_plan(plan, data_of(plan), data_of(plan), actor=officer)

    assert everything(plan) == before


@pytest.mark.parametrize("name", OUR_PLANS)
def test_lines_that_are_gone_leave_their_section_and_keep_the_others(load, officer, name):
    plan = load(name)
    before = data_of(plan)
    lines = [at for at, block in enumerate(before.blocks) if not hasattr(block, "level") and block.text]
    gone = {lines[0], lines[-1]}
    after = replace(before, blocks=tuple(block for at, block in enumerate(before.blocks) if at not in gone))

    rewrite_plan(plan, before, after, actor=officer, gone=gone)

    assert data_of(plan) == after


def test_a_heading_that_is_gone_leaves_its_lines_and_a_section_that_has_none_left_goes(officer):
    plan = PlanFactory(sections=2)
    [first, second] = plan.sections.all()
    before = data_of(plan)
    length = len(before.blocks) // 2
    after = replace(before, blocks=before.blocks[1:length])

    rewrite_plan(plan, before, after, actor=officer, gone={0, *range(length, 2 * length)})

    assert data_of(plan) == after
    assert [(row.pk, row.level, row.heading) for row in plan.sections.all()] == [(first.pk, 0, "")]
    assert [entry[:3] for entry in written()] == [
        ("plans.section.changed", "plans.section", first.pk),
        ("plans.sections.removed", "plans.plan", plan.pk),
    ]


def test_changed_time_words_are_read_anew_and_the_planned_day_goes(officer):
    plan = PlanFactory(tasks=1)
    plan.tasks.update(time_text="Tháng 3/2026", planned_for=dt.date(2026, 3, 9), is_planned_day_settled=True)

    reworded(plan, officer, "tasks/0/time_text", "Trước ngày 20/5/2026")

    task = plan.tasks.get()
    assert (task.time_text, task.due) == ("Trước ngày 20/5/2026", dt.date(2026, 5, 19))
    assert (task.planned_for, task.is_planned_day_settled) == (None, False)


@pytest.mark.parametrize(("layout", "quarter"), [("columns-5", 2), ("quarters-3col", 1)])
def test_the_quarter_follows_the_words_unless_it_is_printed_over_the_task(officer, layout, quarter):
    plan = PlanFactory(tasks=1)
    plan.task_tables.update(layout=layout, columns="\n".join(DEFAULT_COLUMNS[layout]))
    plan.tasks.update(time_text="Quý I/2026", quarter=1)

    reworded(plan, officer, "tasks/0/time_text", "Quý II/2026")

    task = plan.tasks.get()
    assert (task.quarter, task.due) == (quarter, dt.date(2026, 6, 30))


def test_results_and_the_part_that_a_name_means_stay_with_the_task(officer):
    plan = PlanFactory(tasks=1)
    task, part = plan.tasks.get(), PartFactory(unit=plan.unit, name="Tổ thi đua của xã")
    kept = AssignmentFactory(task=task, order=1, name="Tổ thi đua", part=part)
    other = AssignmentFactory(task=task, order=2, name="Văn phòng")
    line = Progress.objects.create(
        task=task, outcome="done", day=dt.date(2026, 2, 1), note="Đã làm", by=PersonFactory(unit=plan.unit)
    )

    reworded(plan, officer, "tasks/0/lead/1", "Phòng Kinh tế")

    assert list(task.progress.all()) == [line]
    names = [(row.pk, row.name, row.part.name) for row in task.assignments.all()]
    assert names == [(kept.pk, "Tổ thi đua", "Tổ thi đua của xã"), (other.pk, "Phòng Kinh tế", "Phòng Kinh tế")]
    assert written()[-1] == (
        "plans.task.changed",
        "plans.task",
        task.pk,
        officer.pk,
        {"lead": [["Tổ thi đua", "Văn phòng"], ["Tổ thi đua", "Phòng Kinh tế"]]},
    )


def test_a_name_that_is_gone_leaves_the_task(officer):
    plan = PlanFactory(tasks=1)
    AssignmentFactory(task=plan.tasks.get(), name="Văn phòng")

    reworded(plan, officer, "tasks/0/lead/0", "")

    assert data_of(plan).tasks[0].lead == ()


@pytest.mark.parametrize(
    ("place", "text", "field"),
    [
        ("subject", "", "subject"),
        ("tasks/0/content", "", "content"),
        ("blocks/1/text", "có dấu\u2063 lạ \ue000", "body"),
        ("table/columns/1", "", "columns"),
        ("recipients/0", "<b>Như trên</b>", "recipients"),
    ],
)
def test_words_that_no_plan_can_hold_are_refused_and_nothing_changes(officer, place, text, field):
    plan = PlanFactory(sections=1, tasks=1)
    before = everything(plan)

    with pytest.raises(UnfitField) as refusal:
        reworded(again(plan), officer, place, text)

    assert refusal.value.field == field
    assert everything(plan) == before
