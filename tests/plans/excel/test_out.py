"""Tasks into Excel and back: what goes out comes back unchanged."""

from __future__ import annotations

import datetime as dt
import io

import openpyxl
import pytest

from core.files import XLSX
from core.sheets.reading import read_sheets
from core.sheets.tables import find_table
from plans.excel.lists import TaskListResource
from plans.excel.tasks import BY, BY_NUMBER, TaskResource
from tests.core.sheet_samples import downloaded, outcomes, read_book, read_rows, saved
from tests.factories import AssignmentFactory, TaskFactory
from units.models import User

pytestmark = pytest.mark.django_db

HOSTILE = [
    "=1+1",
    "+ Họp",
    "- Sơ kết",
    "@mọi người",
    "Sơ kết; tổng kết",
    "Tổng cộng kết",
    "00123",
    "Hai  khoảng  trắng",
]


# -- Tasks out ---------------------------------------------------------------------------


def test_tasks_go_out_as_the_field_names_them(page, plan):
    task = TaskFactory(plan=plan, order=1, number=7, quarter=2, content="Sơ kết", due=dt.date(2026, 6, 30), note="x")
    AssignmentFactory(task=task, name="Văn phòng")
    AssignmentFactory(task=task, role="support", name="Các thôn")
    AssignmentFactory(task=task, role="support", name="Các trường", order=2)

    [title, _, head, *rows] = read_book(downloaded(page.get(f"/ke-hoach/{plan.pk}/nhiem-vu/xuat/")))["Nhiệm vụ"]

    assert title[0] == f"Nhiệm vụ: {plan.subject}"
    assert head == (
        *("TT", "Quý", "Nội dung", "Chủ trì", "Phối hợp", "Thời gian thực hiện"),
        *("Bắt đầu", "Hạn hoàn thành", "Ghi chú"),
    )
    day = dt.datetime.fromisoformat("2026-06-30")
    assert rows == [(7, "II", "Sơ kết", "Văn phòng", "Các thôn; Các trường", None, None, day, "x")]


@pytest.mark.parametrize("by", ["content", "number"])
def test_tasks_that_went_out_come_back_unchanged(page, plan, run, by):
    names = ["UBND xã", "Văn phòng; Một cửa", "Các thôn.", "=A1"]
    for order, content in enumerate(HOSTILE, start=1):
        task = TaskFactory(
            plan=plan,
            order=order,
            number=order,
            content=content,
            note=content,
            time_text="Quý II/2026",
            quarter=order % 4 + 1,
            due=dt.date(2026, 6, 30),
        )
        AssignmentFactory(task=task, name=names[order % 4])
    content = downloaded(page.get(f"/ke-hoach/{plan.pk}/nhiem-vu/xuat/"))

    report = run(*read_rows(content, TaskResource()), **{BY: by})

    assert outcomes(report) == [("same", [])] * len(HOSTILE)


def test_a_real_looking_plan_comes_back_unchanged(load, page, an):
    plan = load("doai_trung")
    for user in (an,):
        user.memberships.create(unit=plan.unit, role="officer")
    content = downloaded(page.get(f"/ke-hoach/{plan.pk}/nhiem-vu/xuat/"))
    resource = TaskResource.opened(actor=User.objects.get(pk=an.pk), target_id=plan.pk, options={BY: BY_NUMBER})
    rows = find_table(read_sheets(io.BytesIO(content), XLSX), resource.wanted, resource.required, resource.is_group)

    report = resource.run(rows, dry_run=True)

    assert len(report.rows) == plan.tasks.count() > 5
    assert {row.outcome for row in report.rows} == {"same"}


@pytest.mark.parametrize("count", [3, 300])
def test_an_export_costs_the_same_at_3_and_300_tasks(page, plan, count, django_assert_num_queries):
    for order in range(1, count + 1):
        AssignmentFactory(task=TaskFactory(plan=plan, order=order))
    page.get("/ke-hoach/nhiem-vu/xuat/")

    with django_assert_num_queries(9):
        content = downloaded(page.get("/ke-hoach/nhiem-vu/xuat/"))

    assert len(read_book(content)["Nhiệm vụ"]) == count + 3


def test_a_template_is_filled_in_and_read(page, plan, run):
    made = openpyxl.load_workbook(io.BytesIO(downloaded(page.get(f"/ke-hoach/{plan.pk}/nhiem-vu/mau/"))))
    sheet, example = made["Nhiệm vụ"], made["Ví dụ"]
    for offset, row in enumerate(example.iter_rows(min_row=4, values_only=True)):
        for column, value in enumerate(row, start=1):
            sheet.cell(5 + offset, column).value = value

    report = run(*read_rows(saved(made), TaskResource()))

    assert [(row.outcome, row.errors, row.notes) for row in report.rows] == [("new", [], [])] * 2
    assert [task.due for task in plan.tasks.all()] == [dt.date(2026, 1, 31), dt.date(2026, 6, 25)]


def test_the_sheet_of_all_tasks_reads_as_tasks(page, plan):
    TaskFactory(plan=plan, order=1, content="Họp", due=dt.date(2026, 6, 30))

    [_, _, head, row] = read_book(downloaded(page.get("/ke-hoach/nhiem-vu/xuat/")))["Nhiệm vụ"]

    assert head[-4:] == ("Tình trạng", "Kế hoạch", "Năm", "Đơn vị")
    assert row[-3:] == (plan.subject, 2026, plan.unit.title)
    assert [column.column_name for column in TaskListResource().read_columns] == [
        column.column_name for column in TaskResource().read_columns
    ]
