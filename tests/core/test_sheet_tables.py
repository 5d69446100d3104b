"""The table on a sheet: its head, its rows, and everything that is no row told with its number."""

from __future__ import annotations

import io
import warnings

import openpyxl
import pytest

from core.sheets.reading import UnfitSheet
from core.sheets.tables import Table, TableRow, find_table
from tests.core.sheet_samples import OFFICE_FILES, SHARED, WANTED, book, saved, sheets, values


def table(lines, *, merges=()) -> Table:
    return find_table(sheets(book(lines, merges=merges)), WANTED, ["name"])


# -- The table on the sheet --------------------------------------------------------------

HEAD = ["STT", "Họ và tên", "Chức vụ", "Đơn vị công tác", "Ghi riêng"]


def test_the_head_is_found_below_title_rows_and_unused_columns_are_told():
    found = table(
        [["UBND XÃ AN SƠN"], ["DANH SÁCH CÁN BỘ"], [], HEAD, [1, " Lê  Thị Mai", "Kế toán", "UBND xã", "x"]],
        merges=["A2:E2"],
    )

    assert found == Table(
        sheet="Danh sách",
        columns={"tt": "STT", "name": "Họ và tên", "post": "Chức vụ", "part": "Đơn vị công tác"},
        rows=[TableRow(5, {"tt": 1, "name": "Lê Thị Mai", "post": "Kế toán", "part": "UBND xã"})],
        unused=("Ghi riêng",),
    )


def test_groups_sums_heads_again_and_signatures_are_no_rows_and_all_are_told():
    found = table(
        [
            HEAD,
            ["I", "KHỐI ĐẢNG"],
            [1, "An", "Bí thư"],
            ["KHỐI CHÍNH QUYỀN"],
            [2, "Bình", "Chủ tịch"],
            HEAD,
            [3, "Công", "Tổng kết viên"],
            [None, "Tổng cộng: 3 người"],
            [],
            [None, "NGƯỜI LẬP", None, "CHỦ TỊCH"],
            [None, "Lê Thị Mai"],
        ],
        merges=["A4:D4"],
    )

    assert values(found) == [
        (3, {"tt": 1, "name": "An", "post": "Bí thư"}),
        (5, {"tt": 2, "name": "Bình", "post": "Chủ tịch"}),
        (7, {"tt": 3, "name": "Công", "post": "Tổng kết viên"}),
    ]
    assert [row.group for row in found.rows] == ["KHỐI ĐẢNG", "KHỐI CHÍNH QUYỀN", "KHỐI CHÍNH QUYỀN"]
    assert found.unread == (
        (2, "I; KHỐI ĐẢNG"),
        (4, "KHỐI CHÍNH QUYỀN"),
        (6, "STT; Họ và tên; Chức vụ; Đơn vị công tác; Ghi riêng"),
        (8, "Tổng cộng: 3 người"),
        (10, "NGƯỜI LẬP; CHỦ TỊCH"),
        (11, "Lê Thị Mai"),
    )


@pytest.mark.parametrize(
    "words", ["Tổng kết phong trào", "Công tác tuyên truyền", "Cộng tác viên", "Tổng hợp số liệu"]
)
def test_work_that_begins_like_a_sum_is_work(words):
    assert values(table([HEAD, [None, words]])) == [(2, {"name": words})]


def test_what_is_not_counted_ends_nowhere():
    found = table([HEAD[1:], ["An", "Bí thư"], [], ["Bình", "Chủ tịch"]])

    assert values(found) == [(2, {"name": "An", "post": "Bí thư"}), (4, {"name": "Bình", "post": "Chủ tịch"})]
    assert found.unread == ()


def test_numbers_typed_ahead_make_no_rows():
    assert values(table([HEAD, [1, "An"], [2], [3], [4]])) == [(2, {"tt": 1, "name": "An"})]


def test_a_cell_merged_downwards_says_the_same_in_each_row():
    found = table(
        [HEAD, [1, "An", "Giáo viên", "Trường Tiểu học"], [2, "Bình", "Giáo viên"], [3, "Cúc", "Y tá"]],
        merges=["D2:D3", "C2:C3"],
    )

    assert [row.values["part"] for row in found.rows] == ["Trường Tiểu học", "Trường Tiểu học", None]
    assert [row.values["post"] for row in found.rows] == ["Giáo viên", "Giáo viên", "Y tá"]


def test_a_head_of_two_rows_is_one_head():
    found = table(
        [
            ["STT", "Họ và tên", "Công tác", None],
            [None, None, "Chức vụ", "Đơn vị"],
            [1, "An", "Bí thư", "Thôn Đông"],
        ],
        merges=["A1:A2", "B1:B2", "C1:D1"],
    )

    assert values(found) == [(3, {"tt": 1, "name": "An", "post": "Bí thư", "part": "Thôn Đông"})]


def test_the_first_sheet_with_the_table_is_read_and_the_others_are_told():
    content = book([["Danh mục"]], name="Bìa", more={"Danh sách": [HEAD, [1, "An"]], "Nháp": [HEAD, [1, "Bình"]]})

    found = find_table(sheets(content), WANTED, ["name"])

    assert (found.sheet, values(found)) == ("Danh sách", [(2, {"tt": 1, "name": "An"})])
    assert found.other_sheets == ("Bìa", "Nháp")


@pytest.mark.parametrize(
    ("lines", "sentence"),
    [
        (
            [["STT", "Chức vụ", "Đơn vị"], [1, "Bí thư"]],
            "Bảng thiếu cột «Họ và tên». Hãy thêm cột đó rồi nạp lại; tệp mẫu có sẵn tên các cột.",
        ),
        (
            [["Đỏ", "Xanh"], [1, 2]],
            "Không thấy dòng tên cột (có cột «Họ và tên») trong tệp này. Hãy so với tệp mẫu, sửa tên cột rồi nạp lại.",
        ),
        ([HEAD], "Bảng chưa có dòng nào dưới dòng tên cột. Hãy ghi các dòng rồi nạp lại."),
        (
            [],
            "Không thấy dòng tên cột (có cột «Họ và tên») trong tệp này. Hãy so với tệp mẫu, sửa tên cột rồi nạp lại.",
        ),
    ],
)
def test_a_sheet_without_the_table_is_told_what_is_missing(lines, sentence):
    with pytest.raises(UnfitSheet) as refusal:
        table(lines)

    assert str(refusal.value) == sentence


# -- Real files --------------------------------------------------------------------------


@OFFICE_FILES
@pytest.mark.parametrize(("name", "sheet"), [("CANHAN", "DANHSACH"), ("TAPTHE", "DANHSACH")])
def test_an_empty_office_form_says_that_it_is_empty(name, sheet):
    content = (SHARED / "office" / f"{name}.xlsx").read_bytes()
    found = sheets(content)
    assert found[0].name == sheet

    with pytest.raises(UnfitSheet, match="^Bảng chưa có dòng nào"):
        find_table(found[:1], WANTED, ["part"])


@OFFICE_FILES
@pytest.mark.parametrize(
    ("name", "line", "expected"),
    [
        (
            "CANHAN",
            ["1", "Lò Thị Mây", "Nữ", "5/3/1980", "Công chức", "Văn phòng", "UBND xã"],
            {"tt": 1, "name": "Lò Thị Mây", "post": "Công chức", "part": "UBND xã"},
        ),
        ("TAPTHE", ["1", "Trường Tiểu học"], {"tt": 1, "part": "Trường Tiểu học"}),
        (
            "MauTDKT",
            ["1", "Ông", "Lò Văn Thắng", "Chủ tịch", "UBND xã"],
            {"tt": 1, "name": "Lò Văn Thắng", "post": "Chủ tịch", "part": "UBND xã"},
        ),
    ],
)
def test_a_filled_office_form_is_read(name, line, expected):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of drop-down lists that openpyxl does not write back
        made = openpyxl.load_workbook(io.BytesIO((SHARED / "office" / f"{name}.xlsx").read_bytes()))
    sheet = made.worksheets[0]
    place = next(row for row in range(1, 9) if sheet.cell(row, 1).value == "STT") + 1
    for column, value in enumerate(line, start=1):
        sheet.cell(place, column).value = int(value) if value.isdecimal() else value

    found = find_table(sheets(saved(made)), WANTED, ["part"])

    assert values(found) == [(place, expected)]
