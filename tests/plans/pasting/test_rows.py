"""The rows of a pasted table or list: groups, broken rows, numbers, and columns that the person chose anew."""

from __future__ import annotations

import pytest

from plans.pasting import Left, Pasted, UnfitPaste, read_clipboard, recognise
from tests.plans.pasting.samples_of import fields, left, row, table

JOINED = "Đã nối dòng bị ngắt bên dưới vào nhiệm vụ này."


def contents(found: Pasted) -> list[tuple[int | None, str, str]]:
    return [(task.quarter, task.number, task.content) for task in found.rows]


HEAD = "TT | Nội dung | Chủ trì | Thời gian"


@pytest.mark.parametrize(
    "group",
    [
        "QUÝ II | | | ",
        " | QUÝ II | | ",
        "II | Quý II | | ",
        "II. Quý II/2026 | | |",
        "QUÝ II | QUÝ II | QUÝ II | QUÝ II",
    ]
    + ["Nhiệm vụ quý 2 năm 2026: | | | ", "Quí II | | | "],
)
def test_a_row_with_nothing_but_a_quarter_groups_the_tasks_below(group):
    found = recognise(
        table(HEAD, "1 | Họp giao ban | VP | ", group, "2 | Sơ kết | VP | ", "3 | Tập huấn | VP | "), 2026
    )

    assert contents(found) == [(None, "1", "Họp giao ban"), (2, "2", "Sơ kết"), (2, "3", "Tập huấn")]


def test_a_quarter_of_another_year_is_told_and_not_taken():
    found = recognise(table(HEAD, "QUÝ IV/2025 | | | ", "1 | Họp | VP | "), 2026, 3)

    assert contents(found) == [(3, "1", "Họp")]
    assert found.leftovers[-1].why == "«QUÝ IV/2025» không thuộc năm 2026; các nhiệm vụ bên dưới chưa xếp quý."


def test_a_month_above_tasks_is_the_time_of_those_that_have_none():
    found = recognise(table(HEAD, "THÁNG 5 | | | ", "1 | Họp | VP | ", "2 | Sơ kết | VP | 20/5"), 2026)

    assert [(task.quarter, task.time_text) for task in found.rows] == [(2, "THÁNG 5"), (2, "20/5")]


def test_a_second_deadline_in_the_first_column_is_no_group():
    found = recognise(
        table("Thời hạn | Nội dung | Chủ trì", "30/6 | Họp | VP", "31/12 | | ", "Quý I | Sơ kết | VP"), 2026
    )

    assert [(task.content, task.time_text) for task in found.rows] == [("Họp", "30/6; 31/12"), ("Sơ kết", "Quý I")]


def test_the_place_where_one_pastes_gives_the_quarter_that_rows_lack():
    found = recognise(table(HEAD, "1 | Họp | VP | ", "2 | Sơ kết | VP | Quý II"), 2026, 4)

    assert [task.quarter for task in found.rows] == [4, 2]


def test_other_groups_are_left_over_and_keep_the_quarter():
    found = recognise(table(HEAD, "QUÝ I | | | ", "A | Công tác thi đua | | ", "1 | Họp | VP | "), 2026)

    assert contents(found) == [(1, "1", "Họp")]
    assert left(found, Left.GROUP) == ["QUÝ I", "A", "Công tác thi đua"]


def test_a_group_of_the_same_rank_as_the_quarter_ends_it():
    found = recognise(
        table(HEAD, "I | Quý I | | ", "1 | Họp | VP | ", "II | Việc khác | | ", "2 | Thăm hỏi | VP | "), 2026
    )

    assert contents(found) == [(1, "1", "Họp"), (None, "2", "Thăm hỏi")]


def test_tasks_numbered_in_roman_figures_are_tasks():
    found = recognise(table(HEAD, "I | Họp giao ban | | ", "II | Sơ kết | VP | "), 2026)

    assert contents(found) == [(None, "I", "Họp giao ban"), (None, "II", "Sơ kết")]


def test_what_a_page_break_tore_apart_is_one_task_again():
    found = recognise(
        table(
            HEAD,
            "7 | Tổ chức hội nghị bình xét các | Trưởng | Tháng",
            HEAD,
            " | danh hiệu thi đua | cụm | 01/2026",
            "8 | Họp | VP | ",
        ),
        2026,
    )

    assert found.rows == (
        row(
            "7",
            "Tổ chức hội nghị bình xét các danh hiệu thi đua",
            ("Trưởng cụm",),
            (),
            "Tháng 01/2026",
            rows=(1, 3),
            remarks=(JOINED,),
        ),
        row("8", "Họp", ("VP",), rows=(4,)),
    )
    assert left(found, Left.HEAD) == ["TT", "Nội dung", "Chủ trì", "Thời gian"] * 2


def test_rows_that_only_go_on_with_some_cells_belong_to_the_task_above():
    found = recognise(table(HEAD, "1 | Họp | Công an xã | 30/6", " | | Các thôn | 31/12", "2 | Sơ kết | VP | "), 2026)

    assert found.rows[0] == row(
        "1", "Họp", ("Công an xã", "Các thôn"), (), "30/6; 31/12", rows=(1, 2), remarks=(JOINED,)
    )


def test_a_row_without_a_number_that_begins_a_sentence_is_a_task():
    found = recognise(table(HEAD, "1 | Họp | VP | ", " | Sơ kết quý | VP | 30/6"), 2026)

    assert contents(found) == [(None, "1", "Họp"), (None, "", "Sơ kết quý")]


def test_bullets_without_a_number_belong_to_the_numbered_task():
    found = recognise(table(HEAD, "1 | Hội thi: | VP | ", " | - vòng xã | | ", " | - vòng tỉnh | | "), 2026)

    assert contents(found) == [(None, "1", "Hội thi: - vòng xã - vòng tỉnh")]


def test_rows_without_a_task_are_left_over_with_the_reason():
    found = recognise(table(HEAD, "1 | | VP | ", "2 | Họp | VP | ", "3 | | | "), 2026)

    assert contents(found) == [(None, "2", "Họp")]
    assert [
        (leftover.row, leftover.text, leftover.why) for leftover in found.leftovers if leftover.kind is Left.UNREAD
    ] == [
        (1, "1", "Dòng không có nội dung nhiệm vụ."),
        (1, "VP", "Dòng không có nội dung nhiệm vụ."),
        (3, "3", "Dòng chỉ có số thứ tự."),
    ]


def test_the_tasks_above_a_head_in_the_middle_are_tasks():
    found = recognise(table("4 | Họp | VP | Quý I", HEAD, "5 | Sơ kết | VP | Quý II"), 2026)

    assert contents(found) == [(1, "4", "Họp"), (2, "5", "Sơ kết")]


def test_a_blank_quarter_goes_with_the_row_above():
    found = recognise(table("Quý | Nội dung | Chủ trì", "I | Họp | VP", " | Tập huấn | VP", "2 | Sơ kết | VP"), 2026)

    assert [(task.quarter, task.remarks) for task in found.rows] == [
        (1, ()),
        (1, ("Ô quý để trống: lấy theo dòng trên.",)),
        (2, ()),
    ]


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (["1. Họp", "2. Tập huấn"], [("1", "Họp"), ("2", "Tập huấn")]),
        (["5) Họp", "6) Tập huấn"], [("5", "Họp"), ("6", "Tập huấn")]),
        (["1. Họp", "3. Tập huấn"], [("", "1. Họp"), ("", "3. Tập huấn")]),
        (["1. Họp", "Tập huấn"], [("", "1. Họp Tập huấn")]),
        (["Họp", "Tập huấn"], [("", "Họp"), ("", "Tập huấn")]),
        (["- Họp", "- Tập huấn"], [("", "Họp"), ("", "Tập huấn")]),
        (["Họp giao ban", "đầu năm", "Tập huấn"], [("", "Họp giao ban đầu năm"), ("", "Tập huấn")]),
        (["1. Công tác:", "- Họp", "- Tập huấn"], [("", "Họp"), ("", "Tập huấn")]),
        (["1. Họp", "- sáng", "- chiều", "2. Tập huấn"], [("1", "Họp - sáng - chiều"), ("2", "Tập huấn")]),
        (["1. Họp (Theo Kế hoạch số 05/KH-UBND)"], [("", "1. Họp (Theo Kế hoạch số 05/KH-UBND)")]),
    ],
)
def test_numbers_and_dashes_before_the_lines_of_a_list(lines, expected):
    found = recognise(read_clipboard("\n".join(lines)), 2026)

    assert [(task.number, task.content) for task in found.rows] == expected


def test_numbers_in_the_content_go_only_where_no_column_holds_them():
    assert [task.content for task in recognise(table("1. Họp | VP", "2. Sơ kết | VP"), 2026).rows] == ["Họp", "Sơ kết"]
    assert [task.content for task in recognise(table("7 | 1. Họp", "8 | 2. Sơ kết"), 2026).rows] == [
        "1. Họp",
        "2. Sơ kết",
    ]


# -- Chosen columns --------------------------------------------------------------------------


def test_the_person_chooses_other_columns():
    found = recognise(table(HEAD, "1 | Họp | VP | Quý I"), 2026).retake(["ignored", "lead", "content", "note"])

    assert found.rows == (row("", "VP", ("Họp",), (), "", "Quý I", rows=(1,)),)
    assert [column.why for column in found.columns] == ["Bạn đã chọn."] * 4
    assert left(found, Left.IGNORED) == ["1"]


def test_what_is_chosen_as_guessed_keeps_its_reason():
    found = recognise(table(HEAD, "1 | Họp | VP | Quý I"), 2026)

    assert found.retake(fields(found)) == found


@pytest.mark.parametrize(
    ("chosen", "sentence"),
    [
        (["number"], "Bảng vừa dán có 4 cột; hãy chọn đủ cho 4 cột."),
        (["number", "lead", "note", "note"], "Chưa có cột nào là nội dung nhiệm vụ; hãy chọn một cột."),
        (["number", "content", "number", "note"], "Chỉ một cột được là «Số thứ tự»; hãy chọn lại."),
        (["number", "content", "x", "note"], "Có cột được chọn một mục không có trong danh sách; hãy chọn lại."),
    ],
)
def test_a_choice_that_cannot_be_read_is_refused(chosen, sentence):
    with pytest.raises(UnfitPaste) as refused:
        recognise(table(HEAD, "1 | Họp | VP | Quý I"), 2026).retake(chosen)

    assert str(refused.value) == sentence
