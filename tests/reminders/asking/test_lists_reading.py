"""A list as it comes from an office: its head found, its rows named with what is wrong, nothing lost on the way."""

from __future__ import annotations

import datetime as dt
import io
import unicodedata
import warnings
from typing import Any

import openpyxl
import pytest

from core.errors import AppError
from core.sheets.reading import UnfitSheet
from reminders.asking.list_columns import as_figure, columns_of
from reminders.asking.lists import ReadList, as_json, from_json, read_list
from tests.core.sheet_samples import OFFICE_FILES, SHARED, Rows, book, saved

COLUMNS = ("Họ và tên", "Năm sinh", "Điện thoại", "Số lần khen thưởng", "Thành tích")


def read(rows: Rows, columns: tuple[str, ...] = COLUMNS, **more: Any) -> ReadList:
    return read_list(io.BytesIO(book(rows, **more)), columns)


def rows_of(found: ReadList) -> list[tuple[int, list[str]]]:
    return [(row.number, list(row.values.values())) for row in found.rows]


def faults_of(found: ReadList) -> list[tuple[int, tuple[str, ...]]]:
    return [(row.number, row.faults) for _, row in found.errors]


# -- Rows --------------------------------------------------------------------------------------


def test_a_list_is_read_below_its_titles_and_above_its_signatures():
    found = read(
        [
            ["ỦY BAN NHÂN DÂN XÃ AN HÒA"],
            ["DANH SÁCH ĐỀ NGHỊ KHEN THƯỞNG"],
            [],
            ["STT", "Thành tích", "Họ và tên", "Năm  sinh", "Điện thoại", "Ghi chú", "Số lần khen thưởng"],
            [1, "Hiến 200 m2 đất làm đường", "Lò Thị Mây", 1980, "0912 345 678", "x", "02"],
            [2, None, "Quàng Văn Ọi", "1975", None, None, 1],
            [3],
            [],
            [4],
            [],
            [None, None, "Người lập biểu"],
        ]
    )

    assert rows_of(found) == [
        (5, ["Lò Thị Mây", "1980", "0912 345 678", "02", "Hiến 200 m2 đất làm đường"]),
        (6, ["Quàng Văn Ọi", "1975", "", "1", ""]),
    ]
    [sheet] = found.sheets
    assert (sheet.unused, sheet.absent, sheet.unread) == (("Ghi chú",), (), ((11, "Người lập biểu"),))
    assert sheet.titles[:2] == ("ỦY BAN NHÂN DÂN XÃ AN HÒA", "DANH SÁCH ĐỀ NGHỊ KHEN THƯỞNG")


def test_each_fault_is_told_with_row_and_reason():
    found = read(
        [
            ["TT", *COLUMNS],
            [1, None, 1980, None, None, "Có thành tích"],
            [2, "Lò Văn Hặc", "tám mươi", None, None, None],
            [3, "Lò Thị Ín", 1880, None, "nhiều", None],
            [4, "Lò Thị Ổn", None, None, None, "#N/A"],
            [5, "Lò Thị Dài", None, None, None, "x" * 301],
            [6, "Lò Thị Đúng", "3/1980", None, "1.200", None],
        ]
    )

    assert faults_of(found) == [
        (2, ("Họ và tên: còn trống.",)),
        (3, ("Năm sinh: «tám mươi» không phải năm; ghi bốn chữ số như 1980.",)),
        (
            4,
            (
                "Năm sinh: năm 1880 ngoài khoảng 1900 đến 2100.",
                "Số lần khen thưởng: «nhiều» không phải số.",
            ),
        ),
        (5, ("Thành tích: ô này đang báo lỗi #N/A của Excel; hãy sửa công thức hoặc gõ thẳng giá trị.",)),
        (6, ("Thành tích: nội dung dài quá 300 ký tự.",)),
    ]
    assert rows_of(found) == [(7, ["Lò Thị Đúng", "3/1980", "", "1.200", ""])]


def test_what_a_faulty_row_says_is_kept_to_be_shown():
    [(_, row)] = read([["TT", *COLUMNS], [1, "Lò Thị Ín", "không rõ", None, None, None]]).errors

    assert row.words == "Lò Thị Ín; không rõ"


def test_words_are_composed_and_zeros_in_front_stay():
    name = unicodedata.normalize("NFD", "Nguyễn Thị Hường")

    found = read([["TT", *COLUMNS], [1, name, None, 912345678, "007", None]])

    [row] = found.rows
    assert list(row.values.values()) == ["Nguyễn Thị Hường", "", "0912345678", "007", ""]
    assert row.notes == ("Điện thoại: thêm số 0 mà Excel đã bỏ: 0912345678.",)


def test_a_number_shown_with_zeros_keeps_them():
    made = openpyxl.Workbook()
    made.active.append(["Họ và tên", "Mã số"])
    made.active.append(["Lò Thị Mây", 42])
    made.active["B2"].number_format = "0000"

    found = read_list(io.BytesIO(saved(made)), ("Họ và tên", "Mã số"))

    assert rows_of(found) == [(2, ["Lò Thị Mây", "0042"])]


def test_the_number_of_an_identity_card_gets_the_zero_back_that_excel_took():
    [row] = read([["Họ và tên", "Số CCCD"], ["Lò Thị Mây", 14180001234]], ("Họ và tên", "Số CCCD")).rows

    assert row.values["Số CCCD"] == "014180001234"
    assert row.notes == ("Số CCCD: thêm số 0 mà Excel đã bỏ: 014180001234.",)


def test_a_day_out_of_excel_is_written_as_a_day():
    found = read([["Họ và tên", "Ngày sinh"], ["Lò Thị Mây", dt.date(1980, 3, 5)]], ("Họ và tên", "Ngày sinh"))

    assert rows_of(found) == [(2, ["Lò Thị Mây", "05/03/1980"])]


@pytest.mark.parametrize(
    ("head", "value", "fault"),
    [
        ("Ngày sinh", "31/2/1980", "không có ngày 31/2/1980"),
        ("Ngày sinh", "năm Thìn", "«năm Thìn» không phải ngày; ghi ngày/tháng/năm như 5/3/2026"),
        ("Ngày sinh", "1980", ""),
        ("Ngày công", "hai công", ""),
        ("Ngày công nhận", "hai công", "«hai công» không phải ngày; ghi ngày/tháng/năm như 5/3/2026"),
        ("Năm công nhận", "2020", ""),
        ("Nam, nữ", "Nam", ""),
        ("Số hộ", "mười", "«mười» không phải số"),
        ("Số hộ", "12,5", ""),
        ("Số quyết định", "15/QĐ-UBND", ""),
        ("Số nhà", "12A", ""),
        ("Số nhân khẩu", "bốn", "«bốn» không phải số"),
        ("Kinh phí (đồng)", "1.200.000", ""),
        ("Kinh phí (đồng)", "chưa có", "«chưa có» không phải số"),
        ("Tỷ lệ", "85 %", ""),
        ("Điểm", "9,5", ""),
        ("Điểm mạnh", "chăm chỉ", ""),
        ("Ghi chú", "<b>đậm</b>", "nội dung có thẻ HTML «<b>»; văn bản chỉ gồm chữ, hãy bỏ thẻ đi"),
    ],
)
def test_what_a_column_holds_is_told_by_its_name(head, value, fault):
    found = read([["Họ và tên", head], ["Lò Thị Mây", value]], ("Họ và tên", head))

    assert faults_of(found) == ([(2, (f"{head}: {fault}.",))] if fault else [])


def test_columns_with_a_star_are_required_and_otherwise_the_first():
    starred = columns_of(("Họ và tên *", "Năm sinh", "Thành tích*"))

    assert [(column.head, column.is_required) for column in starred] == [
        ("Họ và tên", True),
        ("Năm sinh", False),
        ("Thành tích", True),
    ]
    assert [column.is_required for column in columns_of(("Tên", "Năm"))] == [True, False]


def test_values_stand_under_the_names_that_the_request_gave():
    [row] = read([["họ và tên", "THÀNH TÍCH"], ["Lò Thị Mây", "Tốt"]], ("Họ và tên *", "Thành tích")).rows

    assert row.values == {"Họ và tên *": "Lò Thị Mây", "Thành tích": "Tốt"}


def test_a_group_and_a_place_are_told_with_each_row():
    grouped = read(
        [
            ["TT", "Họ và tên", "Thành tích"],
            ["I", "Thôn Đông"],
            [1, "Lò Thị Mây", "Tốt"],
            ["II", "Thôn Tây"],
            [1, "An"],
        ],
        ("Họ và tên", "Thành tích"),
    )
    placed = read(
        [["TT", "Thôn/Đơn vị", "Họ và tên"], [1, "Thôn Đông", "Lò Thị Mây"], [2, None, "An"], [3, "Thôn Tây"]],
        ("Họ và tên", "Thành tích"),
        merges=("B2:B3",),
    )

    assert [(row.place, row.values["Họ và tên"]) for row in grouped.rows] == [
        ("Thôn Đông", "Lò Thị Mây"),
        ("Thôn Tây", "An"),
    ]
    assert [(row.place, row.values["Họ và tên"]) for row in placed.rows] == [
        ("Thôn Đông", "Lò Thị Mây"),
        ("Thôn Đông", "An"),
    ]
    assert placed.sheets[0].absent == ("Thành tích",)


def test_every_sheet_is_read_and_others_are_told():
    head = ["TT", "Họ và tên", "Thành tích"]

    found = read(
        [head, [1, "Lò Thị Mây", "Tốt"]],
        ("Họ và tên", "Thành tích"),
        name="Thôn Đông",
        more={"Thôn Tây": [head, [1, "An", None]], "DANHMUC": [["Mã", "Tên"], [1, "Huân chương"]]},
    )

    assert [(sheet.name, len(sheet.rows), bool(sheet.problem)) for sheet in found.sheets] == [
        ("Thôn Đông", 1, False),
        ("Thôn Tây", 1, False),
        ("DANHMUC", 0, True),
    ]


@pytest.mark.parametrize(
    ("rows", "sentence"),
    [
        ([["TT", *COLUMNS]], "Bảng chưa có dòng nào dưới dòng tên cột."),
        ([["TT", *COLUMNS], [1], [2]], "Bảng chưa có dòng nào dưới dòng tên cột."),
        ([["TT", "Năm sinh", "Thành tích"], [1, 1980, "Tốt"]], "Bảng thiếu cột «Họ và tên»."),
        ([["Xin chào"]], "Không thấy dòng tên cột"),
    ],
)
def test_a_file_without_such_a_list_is_refused_with_what_to_do(rows, sentence):
    with pytest.raises(UnfitSheet) as refused:
        read(rows)

    assert str(refused.value).startswith(sentence)


def test_a_list_that_is_too_long_is_refused():
    with pytest.raises(AppError, match="dài quá 2000 dòng"):
        read([["TT", *COLUMNS], *([number, f"Người {number}"] for number in range(1, 2_002))])


def test_a_damaged_file_is_refused():
    broken = b"PK"

    with pytest.raises(UnfitSheet):
        read_list(io.BytesIO(broken), COLUMNS)


def test_what_is_kept_is_read_again_as_it_was():
    found = read([["Đơn vị: Thôn Đông"], ["TT", *COLUMNS], [1, "Lò Thị Mây", "x", 912345678, None, None], [2, "An"]])

    assert from_json(as_json(found)) == found


@pytest.mark.parametrize(
    ("head", "words", "figure"),
    [
        ("Số hộ", "12", 12),
        ("Số hộ", "1.200", 1200),
        ("Số hộ", "12,5", 12.5),
        ("Số hộ", "012", "012"),
        ("Số hộ", "12 hộ", "12 hộ"),
        ("Số quyết định", "12", "12"),
        ("Năm sinh", "1980", "1980"),
        ("Họ và tên", "=1+1", "=1+1"),
    ],
)
def test_only_plain_figures_of_columns_that_count_become_figures(head, words, figure):
    assert as_figure(head, words) == figure
    assert type(as_figure(head, words)) is type(figure)


# -- The real layouts --------------------------------------------------------------------------

_PEOPLE = ("Họ và tên", "Giới tính", "Ngày sinh", "Chức vụ", "Tên đơn vị/tập thể công tác", "Mã danh hiệu thi đua")
_GROUPS = ("Tên đơn vị / tập thể", "Mã phân loại tập thể", "Mã danh hiệu thi đua (nếu có)")
_BOTH = ("Tên tập thể/cá nhân/hộ gia đình", "Chức vụ", "Đơn vị công tác", "Danh hiệu thi đua/Hình thức khen thưởng")


def filled(name: str, sheet: str, row: int, cells: dict[str, Any]) -> io.BytesIO:
    """The office's empty layout with one row typed in."""
    with warnings.catch_warnings(), (SHARED / "office" / name).open("rb") as content:
        warnings.simplefilter("ignore")  # of its drop-down lists, which openpyxl leaves out
        made = openpyxl.load_workbook(content)
    for column, value in cells.items():
        made[sheet][f"{column}{row}"] = value
    return io.BytesIO(saved(made))


@OFFICE_FILES
@pytest.mark.parametrize(
    ("name", "sheet", "row", "cells", "columns", "values"),
    [
        (
            "CANHAN.xlsx",
            "DANHSACH",
            4,
            {"A": 1, "B": "Lò Thị Mây", "C": "Nữ", "D": dt.date(1980, 3, 5), "G": "Thôn Đông", "K": "0042"},
            _PEOPLE,
            ["Lò Thị Mây", "Nữ", "05/03/1980", "", "Thôn Đông", "0042"],
        ),
        (
            "TAPTHE.xlsx",
            "DANHSACH",
            4,
            {"A": 1, "B": "Thôn Đông", "C": 1660638226, "E": 1647933178},
            _GROUPS,
            ["Thôn Đông", "1660638226", "1647933178"],
        ),
        (
            "MauTDKT.xlsx",
            "file nhận",
            2,
            {"A": 1, "B": "Bà", "C": "Lò Thị Mây", "D": "Trưởng thôn", "E": "Thôn Đông", "G": "Giấy khen"},
            _BOTH,
            ["Lò Thị Mây", "Trưởng thôn", "Thôn Đông", "Giấy khen"],
        ),
    ],
)
def test_the_layouts_of_real_offices_are_read(name, sheet, row, cells, columns, values):
    found = read_list(filled(name, sheet, row, cells), columns)

    [own] = [one for one in found.sheets if one.name == sheet]
    assert [(one.number, list(one.values.values()), one.faults) for one in own.rows] == [(row, values, ())]


@OFFICE_FILES
@pytest.mark.parametrize(("name", "columns"), [("CANHAN.xlsx", _PEOPLE), ("TAPTHE.xlsx", _GROUPS)])
def test_an_empty_layout_says_that_it_has_no_rows(name, columns):
    with (SHARED / "office" / name).open("rb") as content, pytest.raises(UnfitSheet, match="chưa có dòng nào"):
        read_list(content, columns)
