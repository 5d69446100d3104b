"""Targets of one campaign out of Excel and into it."""

from __future__ import annotations

import io
from decimal import Decimal

import openpyxl
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from campaigns.excel.targets import BY, BY_NUMBER, KIND, NoRight, TargetResource
from campaigns.models import Movement, Target, Wave
from campaigns.results.targets import TargetRow
from core.models import AuditEntry, SheetImport
from tests.campaigns.results.conftest import insured, rice
from tests.core.sheet_samples import book, downloaded, outcomes, read_book, read_rows, saved

D = Decimal
ROW = {"text": "Trồng cây phân tán", "low": "3.000 cây", "measure": "cây"}


@pytest.fixture
def waves(office) -> list[Wave]:
    return [Wave.objects.create(campaign=office.campaign, order=at, name=f"Đợt {at}") for at in (1, 2)]


def exported(office) -> bytes:
    return downloaded(office.page("targets_export"))


def edited(content: bytes, changes: dict[tuple[int, int], object]) -> bytes:
    made = openpyxl.load_workbook(io.BytesIO(content))
    for (row, column), value in changes.items():
        made.active.cell(row, column).value = value
    return saved(made)


def test_a_row_becomes_a_target_with_all_that_it_says(office, sheets, waves):
    movement = Movement.objects.create(campaign=office.campaign, order=1, name="Xây dựng nông thôn mới")

    report = sheets.run(
        TargetResource,
        {**ROW, "baseline": "2.800,5", "wave": "đợt 2", "movement": "xây dựng nông thôn mới"},
        {
            "text": "Tỷ lệ hộ nghèo",
            "comparison": "từ ... đến ...",
            "low": "1",
            "high": "2 %",
            "measure": "%/năm",
            "direction": "giảm, hạ",
        },
    )

    assert [row.errors for row in report.rows] == [[], []]
    trees, poverty = Target.objects.order_by("order")
    assert (trees.low, trees.measure, trees.baseline, trees.wave, trees.movement, trees.adds_up) == (
        D(3000),
        "cây",
        D("2800.5"),
        waves[1],
        movement,
        True,
    )
    assert (poverty.comparison, poverty.low, poverty.high, poverty.direction, poverty.adds_up) == (
        "range",
        D(1),
        D(2),
        "down",
        False,
    )


def test_what_went_out_comes_back_unchanged_and_says_so(office, sheets, waves):
    office.targets(
        rice(baseline=D("2150.25")),
        insured(),
        TargetRow("Tỷ lệ hộ nghèo", "range", D(1), D(2), "%", "down"),
        TargetRow("Sản lượng lúa", low=D(900), measure="tấn", wave=waves[0], adds_up=True),
        TargetRow("=cmd|calc", measure="@x"),
        TargetRow("Giữ vững an ninh, trật tự"),
    )
    version = type(office.campaign).objects.get().version
    content = exported(office)

    found = sheets.receive(KIND, content)

    assert found.report["counts"] == {"wrong": 0, "new": 0, "changed": 0, "same": 6}
    assert type(office.campaign).objects.get().version == version
    sheet = openpyxl.load_workbook(io.BytesIO(content)).active
    assert (sheet.cell(8, 2).value, sheet.cell(8, 2).data_type, sheet.cell(8, 2).quotePrefix) == (
        "=cmd|calc",
        "s",
        True,
    )


def test_two_cells_edited_change_two_targets_and_the_history_keeps_the_old(office, sheets):
    office.targets(rice(), insured())
    content = exported(office)
    assert read_book(content)["Chỉ tiêu"][3][:6] == (1, "Sản lượng lúa", "đạt", 2200, None, "tấn")

    found = sheets.receive(KIND, edited(content, {(4, 4): "2.350", (5, 8): 93}))
    assert [(row["outcome"], row["changes"], row["notes"]) for row in found.report["rows"]] == [
        (
            "changed",
            [["Số giao", "2.200", "2.350"]],
            ["Số giao: «2.350» được đọc là 2350 (dấu chấm ngăn phần nghìn). Nếu là số lẻ thì ghi 2,350."],
        ),
        ("changed", [["Năm trước đạt", "", "93"]], []),
    ]
    assert sheets.accept(found).state == SheetImport.State.WRITTEN

    assert list(Target.objects.order_by("order").values_list("low", "baseline")) == [(D(2350), None), (D(95), D(93))]
    entries = AuditEntry.objects.filter(code="campaigns.target.changed").order_by("pk")
    assert [entry.changes for entry in entries] == [{"low": ["2.200", "2.350"]}, {"baseline": [None, "93"]}]


def test_the_words_change_where_the_number_in_front_tells_which(office, sheets):
    office.targets(rice(), insured())
    content = edited(exported(office), {(4, 2): "Sản lượng lúa cả năm"})

    by_words = sheets.look(TargetResource, content)
    by_number = sheets.look(TargetResource, content, **{BY: BY_NUMBER})

    assert [row.outcome for row in by_words.rows] == ["new", "same"]
    assert outcomes(by_number)[0] == ("changed", [("Chỉ tiêu", "Sản lượng lúa", "Sản lượng lúa cả năm")])


def test_a_range_that_ends_takes_its_end_along(office, sheets):
    office.targets(TargetRow("Tỷ lệ hộ nghèo", "range", D(1), D(2), "%"))

    report = sheets.run(TargetResource, {"text": "Tỷ lệ hộ nghèo", "comparison": "không quá"})

    assert outcomes(report) == [("changed", [("So sánh", "từ … đến …", "không quá"), ("Đến", "2", "")])]
    assert Target.objects.values_list("comparison", "low", "high").get() == ("<=", D(1), None)


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ({"low": "mười hai"}, "Số giao: ghi «mười hai», không phải một số. Ghi bằng chữ số, như 12 hoặc 12,5."),
        (
            {"low": "1,234,567"},
            "Số giao: ghi «1,234,567»: phần nghìn dùng dấu chấm, phần lẻ dùng dấu phẩy, như 1.234.567,5.",
        ),
        (
            {"low": -5},
            "Số giao -5 là số âm. Chỉ tiêu giảm thì ghi số dương và chọn chiều «Giảm, hạ».",
        ),
        (
            {"low": 1250, "measure": "%"},
            "Số giao 1.250 là 1250 %, không có tỷ lệ nào như vậy; hãy xem lại dấu phẩy.",
        ),
        ({"low": "#N/A"}, "Số giao: là lỗi công thức của Excel (#N/A)."),
        (
            {"comparison": "xấp xỉ"},
            "So sánh: «xấp xỉ» không có trong các lựa chọn: đạt; từ … trở lên; trên; không quá; dưới; từ … đến ….",
        ),
        ({"comparison": "từ … đến …"}, "Đến: Ghi số cuối của khoảng, không nhỏ hơn số đầu."),
        ({"wave": "Đợt 9"}, "Đợt: phong trào không có đợt «Đợt 9»."),
        ({"movement": "Lạ"}, "Chuyên đề: phong trào không có chuyên đề «Lạ»."),
        (
            {"adds_up": "Có", "measure": "%", "low": 5},
            "Cộng được: Tỷ lệ phần trăm của các nơi không cộng lại thành của toàn đơn vị.",
        ),
        ({"text": "<script>x"}, "Chỉ tiêu: Nội dung có thẻ HTML «<script>»; văn bản chỉ gồm chữ, hãy bỏ thẻ đi."),
        ({"text": None}, "Chỉ tiêu: còn trống."),
    ],
)
def test_a_bad_row_says_why_and_the_good_one_beside_it_is_not_written(office, sheets, row, reason):
    report = sheets.run(TargetResource, {"text": "Đào ao", "low": 3}, {**ROW, **row})

    assert [(line.number, line.outcome, line.errors) for line in report.rows] == [
        (2, "new", []),
        (3, "wrong", [reason]),
    ]
    assert not Target.objects.exists()


def test_a_target_written_twice_is_refused(office, sheets):
    office.targets(rice())

    report = sheets.run(TargetResource, {"text": "Sản lượng lúa"}, {"text": "sản lượng  LÚA"}, ROW, {**ROW, "low": 5})

    assert [(row.outcome, row.errors) for row in report.rows] == [
        ("same", []),
        ("wrong", ["Trùng với dòng 2 của tệp. Hãy bỏ một trong hai dòng."]),
        ("new", []),
        ("wrong", ["Trùng với dòng 4 của tệp. Hãy bỏ một trong hai dòng."]),
    ]


def test_the_example_of_the_template_can_be_taken_as_it_is(office, sheets):
    made = openpyxl.load_workbook(io.BytesIO(downloaded(office.page("targets_template"))))
    sheet, example = made["Chỉ tiêu"], made["Ví dụ"]
    for offset, row in enumerate(example.iter_rows(min_row=4, values_only=True)):
        for column, value in enumerate(row, start=1):
            sheet.cell(5 + offset, column).value = value

    report = sheets.run(TargetResource, *read_rows(saved(made), TargetResource()))

    assert [(row.outcome, row.errors) for row in report.rows] == [("new", [])] * 3
    assert Target.objects.get(order=1).low == 2350


def test_of_two_who_add_at_once_both_get_in_and_of_two_who_edit_one_the_second_is_shown_anew(office, sheets):
    office.targets(rice())
    content = exported(office)
    one = sheets.receive(KIND, edited(content, {(4, 4): 2300}))
    two = sheets.receive(KIND, edited(content, {(4, 4): 2400}), actor=office.lan)
    other = sheets.receive(KIND, book([["Chỉ tiêu", "Số giao"], ["Đào ao", 3]]), actor=office.lan)

    written = [sheets.accept(found) for found in (one, two, other)]

    assert [found.state for found in written] == ["written", "checked", "written"]
    assert written[1].report["is_other"]
    assert written[1].report["rows"][0]["changes"] == [["Số giao", "2.300", "2.400"]]
    assert list(Target.objects.order_by("order").values_list("text", "low")) == [
        ("Sản lượng lúa", 2300),
        ("Đào ao", 3),
    ]


def test_only_an_officer_of_the_unit_brings_targets_in(office):
    for user in (office.binh, office.cuong):
        with pytest.raises(NoRight):
            TargetResource.opened(actor=user, target_id=office.campaign.pk, options={})


@pytest.mark.parametrize("dry_run", [True, False])
def test_looking_and_writing_cost_the_same_at_3_and_300_rows(office, sheets, dry_run):
    office.targets(*(TargetRow(f"Chỉ tiêu {at}", low=D(50)) for at in range(300)))

    def run(count: int, figure: int) -> int:
        rows = [{"text": f"Chỉ tiêu {at}", "low": 50} for at in range(count)]
        rows[0]["low"] = rows[1]["low"] = figure
        with CaptureQueriesContext(connection) as queries:
            sheets.run(TargetResource, *rows, dry_run=dry_run)
        return len(queries)

    run(3, 51)

    assert run(3, 52) == run(300, 53)


@pytest.mark.parametrize("count", [3, 300])
def test_the_export_costs_the_same_at_3_and_300_targets(office, count, django_assert_num_queries):
    office.targets(*(TargetRow(f"Chỉ tiêu {at}") for at in range(count)))
    exported(office)

    with django_assert_num_queries(9):
        content = exported(office)

    assert len(read_book(content)["Chỉ tiêu"]) == count + 3


def test_the_menu_offers_what_each_may_do(office):
    officers, readers = (office.page("targets", who=who).content.decode() for who in (office.an, office.binh))

    assert all(office.url(name) in officers for name in ("targets_import", "targets_export", "targets_template"))
    assert office.url("targets_export") in readers
    assert office.url("targets_import") not in readers
