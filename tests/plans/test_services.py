"""Every write of a plan: what it changes, and what it leaves in the audit chain."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from core import audit
from core.errors import UnfitField
from core.states import EditedMeanwhile
from documents.dates import PartialDate
from documents.outline import Kind, Line
from plans import interchange
from plans.interchange import Heading, PlanData, TaskData
from plans.models import Plan, TaskTable
from plans.services import (
    PlanIsClosed,
    create_plan,
    issue_plan,
    set_follower,
    submit_plan,
    update_plan,
    update_section,
    update_table,
    update_task,
)
from plans.states import PlanState
from tests.factories import AssignmentFactory, PersonFactory, PlanFactory, Role, UnitFactory, UserFactory
from tests.plans.files import read_file
from tests.plans.rows import again, everything, written
from units.models import Issuer

pytestmark = pytest.mark.django_db

State = PlanState


@pytest.fixture
def plan() -> Plan:
    return PlanFactory(sections=2, tasks=2, number="07", paper_date="2026-01-15")


@pytest.fixture
def officer(plan: Plan) -> Any:
    return UserFactory(role=Role.OFFICER, unit=plan.unit)


# -- Making --------------------------------------------------------------------------------


def data(**values: Any) -> PlanData:
    return replace(interchange.read(read_file("doai_trung")), **values)


def test_a_plan_is_made_with_its_rows_and_one_entry_of_its_own(officer):
    unit = UnitFactory()

    plan = create_plan(data(), actor=officer, unit=unit)

    assert (plan.unit, plan.state, plan.version) == (unit, State.DRAFT, 1)
    assert (plan.sections.count(), plan.tasks.count(), plan.task_tables.count()) == (3, 13, 1)
    assert [entry for entry in written() if entry[0].startswith("plans.")] == [
        ("plans.plan.created", "plans.plan", plan.pk, officer.pk, {"year": [None, 2024]})
    ]
    assert audit.first_broken_link(unit.pk) is None


def test_the_office_is_found_again_by_its_printed_name():
    unit = UnitFactory()
    first = create_plan(data(), actor=None, unit=unit)

    second = create_plan(data(), actor=None, unit=unit)
    other = create_plan(data(issuer="HỘI ĐỒNG THI ĐUA - KHEN THƯỞNG"), actor=None, unit=unit)

    assert second.issuer == first.issuer
    assert other.issuer != first.issuer
    assert Issuer.objects.filter(unit=unit).count() == 2


def test_without_a_unit_one_is_made_and_marked_as_not_compared():
    plan = create_plan(data(issuer="ỦY BAN NHÂN DÂN XÃ MƯỜNG THẢI"), actor=None)

    assert (str(plan.unit).casefold(), plan.unit.is_verified) == ("xã mường thải", False)


def test_a_plan_after_the_last_day_of_its_unit_is_refused():
    unit = UnitFactory(valid_to=dt.date(2025, 6, 30))

    with pytest.raises(UnfitField) as refusal:
        create_plan(data(year=2025, date=PartialDate(2025, 7, 1)), actor=None, unit=unit)

    assert refusal.value.field == "paper_date"
    assert str(refusal.value) == f"{unit.title} đã kết thúc từ ngày 30/06/2025, trước ngày văn bản."


def test_lines_before_the_first_heading_are_kept_as_a_section_without_one():
    blocks = (Line(Kind.PARAGRAPH, "Trước hết."), Heading("I.", "MỤC ĐÍCH", 1), Line(Kind.ITEM, "Chung", "1."))

    plan = create_plan(data(blocks=blocks), actor=None, unit=UnitFactory())

    assert list(plan.sections.values_list("order", "level", "marker", "heading", "body")) == [
        (1, 0, "", "", "Trước hết."),
        (2, 1, "I.", "MỤC ĐÍCH", "1. Chung"),
    ]


def long_task(**values: Any) -> TaskData:
    return replace(data().tasks[0], **values)


def test_whoever_leads_or_supports_is_tied_to_a_part_of_the_unit():
    task = long_task(lead=("Văn phòng",), support=("Các thôn", "Trạm Y tế"))

    plan = create_plan(data(tasks=(task,)), actor=None, unit=UnitFactory())

    rows = [(row.role, row.order, row.name, row.part.name) for row in plan.tasks.get().assignments.order_by("id")]
    assert rows == [
        ("lead", 1, "Văn phòng", "Văn phòng"),
        ("support", 1, "Các thôn", "Các thôn"),
        ("support", 2, "Trạm Y tế", "Trạm Y tế"),
    ]


# -- Changing: one entry each, with exactly what changed -----------------------------------


def test_a_changed_header_field_is_written_and_told_once(plan, officer):
    old = plan.subject

    update_plan(plan, actor=officer, version=1, subject="Phong trào  thi đua ", number="07")

    assert (again(plan).subject, again(plan).version) == ("Phong trào  thi đua", 2)
    assert "phong trao thi dua" in again(plan).search
    assert written() == [
        ("plans.plan.changed", "plans.plan", plan.pk, officer.pk, {"subject": [old, "Phong trào  thi đua"]})
    ]
    assert audit.first_broken_link(plan.unit_id) is None


def test_an_appendix_that_follows_the_header_is_told_in_the_same_entry(plan, officer):
    reference = "(Kèm theo Kế hoạch số {}/KH-UBND ngày 15 tháng 01 năm 2026 của xã)"
    plan.task_tables.update(place=TaskTable.Place.APPENDIX, reference=reference.format("07"))

    update_plan(plan, actor=officer, version=1, number="98")

    changes = {"number": ["07", "98"], "appendix_reference": [reference.format("07"), reference.format("98")]}
    assert plan.task_tables.get().reference == reference.format("98")
    assert written() == [("plans.plan.changed", "plans.plan", plan.pk, officer.pk, changes)]


def test_a_changed_section_is_told_once(plan, officer):
    section = plan.sections.first()

    update_section(section, actor=officer, version=1, body="  1. Một \n\n\t1. tháng\n", heading=section.heading)

    old, new = "1. Mục đích\n- Phong trào thi đua thiết thực, hiệu quả.", "1. Một\n\t1. tháng"
    assert (again(section).body, again(plan).version) == (new, 2)
    assert written() == [
        ("plans.section.changed", "plans.section", section.pk, officer.pk, {"body": [old, new]}),
    ]


def test_a_changed_table_is_told_on_its_plan(plan, officer):
    table = plan.task_tables.get()
    old = table.columns

    update_table(table, actor=officer, version=1, layout="quarters-3col", columns="TT\nNội dung\nPhân công")

    changes = {"layout": ["columns-5", "quarters-3col"], "columns": [old, "TT\nNội dung\nPhân công"]}
    assert (again(table).layout, again(table).heads) == ("quarters-3col", ("TT", "Nội dung", "Phân công"))
    assert written() == [("plans.table.changed", "plans.plan", plan.pk, officer.pk, changes)]


def test_a_changed_task_is_told_once(plan, officer):
    task = plan.tasks.first()
    old = task.content

    update_task(task, actor=officer, version=1, content="Tổ chức hội nghị", note="Giấy mời", due=dt.date(2026, 3, 31))

    changes = {"content": [old, "Tổ chức hội nghị"], "note": ["", "Giấy mời"], "due": [None, "2026-03-31"]}
    found = again(task)
    assert (found.content, found.note, found.due) == ("Tổ chức hội nghị", "Giấy mời", dt.date(2026, 3, 31))
    assert "to chuc hoi nghi" in found.search
    assert written() == [("plans.task.changed", "plans.task", task.pk, officer.pk, changes)]


def test_who_leads_is_changed_and_who_supports_stays(plan, officer):
    task = plan.tasks.first()
    AssignmentFactory(task=task, name="Văn phòng")
    AssignmentFactory(task=task, role="support", name="Các thôn")

    update_task(task, actor=officer, version=1, lead=["Trạm Y tế", " Công an xã ", "Trạm Y tế", ""])

    assert (again(task).lead, again(task).support) == (("Trạm Y tế", "Công an xã"), ("Các thôn",))
    assert [entry for entry in written() if entry[0].startswith("plans.")] == [
        (
            "plans.task.changed",
            "plans.task",
            task.pk,
            officer.pk,
            {"lead": [["Văn phòng"], ["Trạm Y tế", "Công an xã"]]},
        )
    ]


SAME: dict[str, Callable[[Plan], Any]] = {
    "header": lambda plan: update_plan(plan, actor=None, version=1, subject=plan.subject, recipients=plan.recipients),
    "section": lambda plan: update_section(
        plan.sections.first(), actor=None, version=1, body=plan.sections.first().body
    ),
    "table": lambda plan: update_table(
        plan.task_tables.get(), actor=None, version=1, columns=plan.task_tables.get().columns
    ),
    "task": lambda plan: update_task(plan.tasks.first(), actor=None, version=1, content=plan.tasks.first().content),
    "follower": lambda plan: set_follower(plan, actor=None, person=plan.follower),
}


@pytest.mark.parametrize("save", SAME.values(), ids=SAME)
def test_saving_what_stands_there_writes_nothing(plan, save):
    set_follower(plan, actor=None, person=PersonFactory(unit=plan.unit))
    before = everything(plan)

    save(again(plan))

    after = everything(plan)
    for rows in (before, after):
        del rows["plan"][0]["changed_at"]
    assert after == before


CHANGES: dict[str, Callable[[Plan, int], Any]] = {
    "header": lambda plan, version: update_plan(plan, actor=None, version=version, subject="Khác"),
    "section": lambda plan, version: update_section(
        plan.sections.first(), actor=None, version=version, heading="KHÁC"
    ),
    "table": lambda plan, version: update_table(
        plan.task_tables.get(), actor=None, version=version, columns="TT\nViệc\nA\nB\nC"
    ),
    "task": lambda plan, version: update_task(plan.tasks.first(), actor=None, version=version, content="Khác"),
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_a_stale_page_changes_nothing(plan, change):
    update_plan(again(plan), actor=None, version=1, place="Chỗ khác")
    before = everything(plan)

    with pytest.raises(EditedMeanwhile):
        change(again(plan), 1)

    assert everything(plan) == before


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_of_two_saves_from_one_page_the_second_is_told(plan, change):
    first, second = again(plan), again(plan)
    change(first, 1)
    before = everything(plan)

    with pytest.raises(EditedMeanwhile):
        update_plan(second, actor=None, version=1, subject="Của người sau")

    assert everything(plan) == before


@pytest.mark.parametrize("state", [State.SUBMITTED, State.ISSUED])
@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_only_a_draft_can_be_changed(plan, state, change):
    Plan.objects.filter(pk=plan.pk).update(state=state)
    before = everything(plan)

    with pytest.raises(PlanIsClosed):
        change(again(plan), 1)

    assert everything(plan) == before


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
@pytest.mark.parametrize("close", [submit_plan, issue_plan])
def test_a_plan_that_was_closed_after_the_page_was_opened_is_not_changed(plan, change, close):
    opened = again(plan)
    close(again(plan), actor=None)
    before = everything(plan)

    with pytest.raises((PlanIsClosed, EditedMeanwhile)):
        change(opened, 1)

    assert everything(plan) == before


def test_a_duty_that_belongs_to_no_plan_is_not_changed_here(plan):
    task = plan.tasks.first()
    task.plan = None

    with pytest.raises(PlanIsClosed):
        update_task(task, actor=None, version=1, content="Khác")
