"""Bad rows of results: nothing is lost, nothing is guessed, each says why."""

from __future__ import annotations

import io
from decimal import Decimal

import pytest

from campaigns.excel.results import ResultResource
from campaigns.models import Result
from core.models import SheetImport
from tests.campaigns.excel.result_sheets import (
    INSURED,
    RICE,
    WHOLE,
    figures,
)
from tests.campaigns.results.conftest import PERIOD
from tests.core.sheet_samples import book

D = Decimal


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        (
            (RICE, WHOLE, "mười hai"),
            "Thực hiện: ghi «mười hai», không phải một số. Ghi bằng chữ số, như 12 hoặc 12,5.",
        ),
        (
            (RICE, WHOLE, "1,234,567"),
            "Thực hiện: ghi «1,234,567»: phần nghìn dùng dấu chấm, phần lẻ dùng dấu phẩy, như 1.234.567,5.",
        ),
        ((RICE, WHOLE, "#N/A"), "Thực hiện: là lỗi công thức của Excel (#N/A)."),
        (
            (RICE, WHOLE, 1234567),
            "Thực hiện 1.234.567 gấp hơn 20 lần chỉ tiêu; hãy xem lại đơn vị tính, dấu chấm và dấu phẩy.",
        ),
        ((RICE, WHOLE, -5), "Thực hiện -5 là số âm; hãy xem lại dấu trừ."),
        (
            (INSURED, WHOLE, "1250 %"),
            "Thực hiện 1.250 là 1250 %, không có tỷ lệ nào như vậy; hãy xem lại dấu phẩy.",
        ),
        (
            (INSURED, WHOLE, 0.985),
            "Thực hiện 0,985 là 0,985 %. Nếu Excel đang hiện 98,5 % thì gõ 98,5, không có dấu %.",
        ),
        (
            ("Đào ao", WHOLE, 5),
            "Chỉ tiêu: phong trào không có chỉ tiêu «Đào ao»; hãy chép đúng lời chỉ tiêu như trong tệp mẫu.",
        ),
        (
            (RICE, "Thôn Lạ", 5),
            "Nơi thực hiện: «Thôn Lạ» không có trong danh sách của đơn vị; số chung thì ghi Toàn đơn vị.",
        ),
        (
            (RICE, WHOLE, 5, {"period": "Quý I/2023"}),
            "Kỳ: kỳ «quý I năm 2023» nằm ngoài thời gian của phong trào (2024).",
        ),
        (
            (RICE, WHOLE, 5, {"period": "Quý I/2024"}),
            "Dòng này của quý I năm 2024, còn đang nhập 6 tháng đầu năm 2024. Hãy chọn đúng kỳ khi nạp tệp.",
        ),
        ((RICE, WHOLE, None, {"note": "sắp có"}), "Ghi số thực hiện; chỉ có ghi chú thì chưa đủ."),
        ((RICE, WHOLE, True), "Thực hiện: phải là một số."),
        ((RICE, WHOLE, "9" * 20), "Thực hiện: lớn quá, hãy xem lại đơn vị tính."),
        (
            (RICE, WHOLE, 5, {"was": 999}),
            "Mã dòng không phải của chỉ tiêu và nơi này; hãy xuất tệp mới, đừng sửa cột Mã dòng.",
        ),
        (
            (RICE, WHOLE, 5, {"note": "<script>alert(1)</script>"}),
            "Ghi chú: Nội dung có thẻ HTML «<script>»; văn bản chỉ gồm chữ, hãy bỏ thẻ đi.",
        ),
    ],
)
def test_a_bad_row_says_why_and_the_good_one_beside_it_is_not_written(run_results, row, reason):
    report = run_results((INSURED, "Thôn Đông", 97), row)

    assert [(line.number, line.outcome, line.errors) for line in report.rows] == [
        (2, "new", []),
        (3, "wrong", [reason]),
    ]
    assert not Result.objects.exists()


def test_a_target_written_twice_for_one_place_is_refused(run_results):
    report = run_results((RICE, WHOLE, 5), (RICE, "Thôn Đông", 5), (RICE.upper(), WHOLE, 5))

    assert [(row.outcome, row.errors) for row in report.rows] == [
        ("new", []),
        ("new", []),
        ("wrong", ["Trùng với dòng 2 của tệp. Hãy bỏ một trong hai dòng."]),
    ]


def test_an_error_of_excels_own_is_told_by_its_cell(office, targets, sheets):
    rows = [["Chỉ tiêu", "Nơi thực hiện", "Thực hiện"], [RICE, WHOLE, "=1/0"], [RICE, "Thôn Đông", "#N/A"]]

    report = sheets.look(ResultResource, book(rows), period=PERIOD)

    assert [row.errors for row in report.rows] == [
        ["Thực hiện: công thức chưa có kết quả; hãy mở tệp bằng Excel, lưu lại rồi nạp lại."],
        ["Thực hiện: ô này đang báo lỗi #N/A của Excel; hãy sửa công thức hoặc gõ thẳng giá trị."],
    ]


def test_a_figure_less_than_the_period_before_is_asked_about(office, targets, run_results):
    office.record(targets[0], 900, period="2024-Q1")

    report = run_results((RICE, WHOLE, 800))

    assert report.rows[0].errors == [
        "Thực hiện 800 thấp hơn số đã ghi quý I năm 2024 (900); số ghi là lũy kế đến hết kỳ."
    ]


def test_odd_figures_are_taken_when_the_person_says_so_and_are_told(run_results):
    report = run_results((RICE, WHOLE, 1234567), period=PERIOD, odd="True")

    assert report.rows[0].notes == [
        "Số lạ: 1.234.567 gấp hơn 20 lần chỉ tiêu; hãy xem lại đơn vị tính, dấu chấm và dấu phẩy."
    ]
    assert figures() == [(RICE, WHOLE, D(1234567))]


def test_how_an_ambiguous_figure_was_read_is_told(run_results):
    report = run_results((RICE, WHOLE, "1.234"), (RICE, "Thôn Đông", 1.234), (RICE, "Thôn Tây", 1234))

    assert [row.notes for row in report.rows] == [
        ["«1.234» được đọc là 1234 (dấu chấm ngăn phần nghìn). Nếu là số lẻ thì ghi 1,234."],
        ["Ô số này được đọc là số lẻ 1,234. Nếu là phần nghìn thì gõ liền 1234."],
        [],
    ]
    assert [value for _, _, value in figures()] == [D(1234), D("1.234"), D(1234)]


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"%PDF-1.7 ...", "không phải bảng tính"),
        (b"PK\x03\x04broken", "bị hỏng"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1old", "Excel cũ"),
        (b"\x00\x01\x02", "không phải bảng tính"),
    ],
)
def test_a_hostile_file_is_refused_at_the_field(office, targets, content, told):
    upload = io.BytesIO(content)
    upload.name = "ket-qua.xlsx"

    answer = office.window().post(office.url("results_import"), {"file": upload, "period": PERIOD})

    assert answer.status_code == 422
    assert told in answer.content.decode()
    assert not SheetImport.objects.exists()
