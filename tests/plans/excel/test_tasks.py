"""Tasks of a plan out of Excel: what a row becomes, whose row it is, where it stands."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from core.errors import AppError
from core.models import SheetImport
from core.sheets.tables import Table, TableRow
from plans import services
from plans.excel.tasks import BY, BY_NUMBER, BY_QUARTER, PLACE, NoRight, TaskResource
from plans.models import Plan, Task
from tests.core.sheet_samples import book, outcomes, read_rows
from tests.factories import PartFactory, TaskFactory, UserFactory
from units.models import Part, Unit

pytestmark = pytest.mark.django_db


@pytest.fixture
def add_tasks(plan, an):
    def add_tasks(*contents: str, **more: Any) -> list[Task]:
        return [
            TaskFactory(plan=plan, order=place, number=place, content=content, **more)
            for place, content in enumerate(contents, start=1)
        ]

    return add_tasks


def contents(plan: Plan) -> list[tuple[int, int | None, str]]:
    return list(plan.tasks.order_by("order").values_list("order", "quarter", "content"))


# -- Tasks in ----------------------------------------------------------------------------


def test_new_tasks_stand_at_the_end_with_their_days_and_people(plan, unit, an, run, add_tasks):
    add_tasks("Ban hành kế hoạch")
    PartFactory(unit=unit, name="Văn phòng", kind="office")
    PartFactory(unit=unit, name="Công an xã", kind="office")

    report = run(
        {
            "content": "Sơ kết 6 tháng",
            "lead": "Văn phòng",
            "support": "Các thôn; Các trường",
            "time_text": "Quý II/2026",
            "note": "Có báo cáo",
        },
        {"content": "Tổng kết năm", "lead": "Văn phòng, Công an xã", "due": dt.date(2026, 12, 10)},
    )

    assert [row.outcome for row in report.rows] == ["new", "new"]
    first, second = plan.tasks.filter(order__gt=1).order_by("order")
    assert (first.order, first.number, first.lead, first.support) == (
        2,
        2,
        ("Văn phòng",),
        ("Các thôn", "Các trường"),
    )
    assert (first.time_text, first.start, first.due, first.note) == (
        "Quý II/2026",
        dt.date(2026, 4, 1),
        dt.date(2026, 6, 30),
        "Có báo cáo",
    )
    assert (second.number, second.lead, second.time_text, second.due) == (
        3,
        ("Văn phòng", "Công an xã"),
        "",
        dt.date(2026, 12, 10),
    )
    assert sorted(Part.objects.filter(unit=unit).values_list("name", flat=True)) == [
        "Các thôn",
        "Các trường",
        "Công an xã",
        "Văn phòng",
    ]
    assert Plan.objects.get(pk=plan.pk).version == plan.version + 1


def test_new_tasks_stand_behind_those_of_their_quarter_where_that_was_chosen(plan, run):
    for order, quarter in enumerate((1, 1, 3), start=1):
        TaskFactory(plan=plan, order=order, quarter=quarter, content=f"Cũ {order}")

    run(
        {"content": "Mới quý III", "quarter": "III"},
        {"content": "Mới không quý"},
        {"content": "Mới quý I", "quarter": 1},
        {"content": "Mới quý II", "quarter": "Quý II/2026"},
        **{PLACE: BY_QUARTER},
    )

    assert [(quarter, content) for _, quarter, content in contents(plan)] == [
        (1, "Cũ 1"),
        (1, "Cũ 2"),
        (1, "Mới quý I"),
        (2, "Mới quý II"),
        (3, "Cũ 3"),
        (3, "Mới quý III"),
        (None, "Mới không quý"),
    ]


def test_lines_of_quarters_above_their_rows_name_the_quarter(run, plan):
    lines = [["TT", "Nội dung", "Chủ trì"], ["QUÝ I"], [1, "Phát động"], [None, "Quý II/2026"], [2, "Sơ kết"]]

    run(*read_rows(book(lines), TaskResource()))

    assert contents(plan) == [(1, 1, "Phát động"), (2, 2, "Sơ kết")]


def test_time_words_under_the_head_of_days_are_time_words(run, plan):
    report = run(
        {"content": "Sơ kết", "due": "Quý II"}, {"content": "Họp", "due": "trước hội nghị", "time_text": "Tháng 3"}
    )

    assert outcomes(report)[1] == ("wrong", ["Hạn hoàn thành: «trước hội nghị» không phải ngày."])
    assert outcomes(report)[0][1] == [
        ("Nội dung", "", "Sơ kết"),
        ("Thời gian thực hiện", "", "Quý II"),
        ("Bắt đầu", "", "01/04/2026"),
        ("Hạn hoàn thành", "", "30/06/2026"),
    ]


def test_time_words_without_a_day_are_told_and_hinder_nothing(run):
    [row] = run({"content": "Họp", "time_text": "Theo văn bản của tỉnh"}, dry_run=True).rows

    assert (row.outcome, len(row.notes)) == ("new", 1)


def test_leading_and_supporting_are_parted_where_one_cell_says_both(run, plan):
    run({"content": "Họp", "lead": "Chủ trì: Văn phòng; Phối hợp: Các thôn", "support": None})

    task = plan.tasks.get()
    assert (task.lead, task.support) == (("Văn phòng",), ("Các thôn",))


@pytest.mark.parametrize(
    ("row", "outcome"),
    [
        ({"content": " sơ  kết"}, "same"),
        ({"content": "SƠ KẾT"}, "changed"),
        ({"content": "sơ kết", "note": "mới"}, "changed"),
        ({"content": "Sơ kết lần hai"}, "new"),
        ({"tt": 2, "content": "Nội dung khác"}, "new"),
    ],
)
def test_a_task_is_known_by_its_content(run, add_tasks, row, outcome):
    add_tasks("Phát động", "sơ kết")

    assert [found.outcome for found in run(row, dry_run=True).rows] == [outcome]


def test_equal_contents_are_told_apart_by_their_numbers_else_asked(run, add_tasks, plan):
    add_tasks("Họp Hội đồng", "Họp Hội đồng")

    report = run({"tt": "2.", "content": "Họp Hội đồng", "note": "lần hai"}, {"content": "Họp Hội đồng", "note": "?"})

    assert outcomes(report) == [
        ("changed", [("Ghi chú", "", "lần hai")]),
        ("wrong", ["Kế hoạch có 2 nhiệm vụ giống dòng này; hãy sửa ngay trong kế hoạch."]),
    ]


def test_a_sheet_that_came_from_the_plan_is_known_by_numbers_where_that_was_chosen(run, add_tasks, plan):
    add_tasks("Phát động", "Sơ kết")

    report = run({"tt": 2, "content": "Sơ kết sáu tháng"}, {"number": 3, "content": "Tổng kết"}, **{BY: BY_NUMBER})

    assert outcomes(report) == [
        ("changed", [("Nội dung", "Sơ kết", "Sơ kết sáu tháng")]),
        ("new", [("Nội dung", "", "Tổng kết")]),
    ]
    assert contents(plan) == [(1, None, "Phát động"), (2, None, "Sơ kết sáu tháng"), (3, None, "Tổng kết")]


def test_what_was_shown_of_the_days_is_what_is_written(run, plan):
    TaskFactory(
        plan=plan,
        order=1,
        content="Sơ kết",
        quarter=1,
        time_text="Quý I/2026",
        start=dt.date(2026, 1, 1),
        due=dt.date(2026, 3, 31),
    )

    report = run({"content": "Sơ kết", "time_text": "Tháng 2-3/2026", "quarter": "I"})

    assert outcomes(report) == [
        ("changed", [("Thời gian thực hiện", "Quý I/2026", "Tháng 2-3/2026"), ("Bắt đầu", "01/01/2026", "01/02/2026")])
    ]
    task = plan.tasks.get()
    assert (task.time_text, task.start, task.due) == ("Tháng 2-3/2026", dt.date(2026, 2, 1), dt.date(2026, 3, 31))


def test_work_that_goes_on_all_year_is_known_as_such(run, plan):
    run({"content": "Tuyên truyền", "time_text": "Thường xuyên"})

    task = plan.tasks.get()
    assert (task.is_ongoing, task.start, task.due) == (True, dt.date(2026, 1, 1), dt.date(2026, 12, 31))


def test_days_of_the_sheet_stand_whatever_its_words_say(run, plan):
    run({"content": "Họp", "time_text": "Quý I", "due": "15/2/2026"})

    assert (plan.tasks.get().time_text, plan.tasks.get().due) == ("Quý I", dt.date(2026, 2, 15))


@pytest.mark.parametrize(
    ("row", "sentence"),
    [
        ({"content": "Họp", "quarter": "V"}, "Quý: «V» không phải quý; ghi I, II, III hoặc IV."),
        (
            {"content": "Họp", "start": "5/3/2026", "due": "4/3/2026"},
            "Hạn 04/03/2026 lại trước ngày bắt đầu 05/03/2026.",
        ),
        ({"content": "Họp", "due": "32/1/2026"}, "Hạn hoàn thành: không có ngày 32/1/2026."),
        ({"content": None, "note": "x"}, "Nội dung: còn trống."),
        ({"content": "Họp", "lead": "x" * 301}, "Chủ trì: tên dài quá 300 ký tự."),
    ],
)
def test_a_wrong_task_is_outcomes(run, plan, row, sentence):
    assert outcomes(run(row, {"content": "Tốt"})) == [("wrong", [sentence]), ("new", [("Nội dung", "", "Tốt")])]
    assert contents(plan) == []  # one wrong row, and none is written


def test_a_unit_has_no_duty_before_it_exists(run, plan, unit):
    Unit.objects.filter(pk=unit.pk).update(valid_from=dt.date(2026, 7, 1))

    [(outcome, [sentence])] = outcomes(run({"content": "Họp", "due": "30/6/2026"}, dry_run=True))

    assert (outcome, sentence) == ("wrong", f"Hạn này trước ngày {unit} được thành lập (01/07/2026).")


@pytest.mark.parametrize(
    ("state", "role", "error"),
    [("issued", "officer", services.PlanIsClosed), ("draft", "leader", NoRight), ("submitted", "officer", AppError)],
)
def test_only_an_officer_fills_a_draft(plan, unit, state, role, error):
    Plan.objects.filter(pk=plan.pk).update(state=state)

    with pytest.raises(error):
        TaskResource.opened(actor=UserFactory(role=role, unit=unit), target_id=plan.pk, options={})


def test_an_edit_in_the_meantime_undoes_the_import(plan, an, run):
    resource = TaskResource.opened(actor=an, target_id=plan.pk, options={})
    Plan.objects.filter(pk=plan.pk).update(version=plan.version + 1)

    with pytest.raises(AppError, match="vừa được người khác sửa"):
        resource.run(Table("", {"content": ""}, [TableRow(2, {"content": "Họp"})]), dry_run=False)


def test_the_whole_way_by_clicks(page, plan, django_capture_on_commit_callbacks):
    content = book(
        [["PHỤ LỤC"], ["TT", "Nội dung công việc", "Cơ quan chủ trì", "Thời hạn"], [1, "Họp", "Văn phòng", "Tháng 3"]]
    )

    with django_capture_on_commit_callbacks(execute=True):
        answer = page.post(
            f"/ke-hoach/{plan.pk}/nhiem-vu/nhap/",
            {"file": SimpleUploadedFile("bang.xlsx", content), "by": "content", "place": "end"},
        )
    found = SheetImport.objects.get()
    assert (answer["Location"], found.options) == (f"/nhap/{found.pk}/", {"by": "content", "place": "end"})
    with django_capture_on_commit_callbacks(execute=True):
        page.post(f"/nhap/{found.pk}/nhan/", {"digest": found.digest})

    assert [(task.content, task.lead, task.due) for task in plan.tasks.all()] == [
        ("Họp", ("Văn phòng",), dt.date(2026, 3, 31))
    ]
    assert f'href="/ke-hoach/{plan.pk}/"' in page.get(f"/nhap/{found.pk}/").content.decode()
