"""Heads of tables as offices make them: under titles, over two rows, shortened, in pieces."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from core.columns import Head, find_head

WANTED = {
    "number": ["TT"],
    "content": ["Nội dung", "Nhiệm vụ", "Công việc"],
    "lead": ["Chủ trì", "Phân công", "Thực hiện", "Đơn vị"],
    "support": ["Phối hợp"],
    "time": ["Thời gian", "Thời hạn", "Hạn"],
    "note": ["Ghi chú", "Kết quả"],
}
PLAIN = ["TT", "Nội dung", "Chủ trì", "Phối hợp", "Thời gian thực hiện", "Ghi chú"]
ALL = {"number": 0, "content": 1, "lead": 2, "support": 3, "time": 4, "note": 5}
TASK = ["1", "Tổ chức hội nghị triển khai nhiệm vụ thi đua", "Văn phòng", "Các đơn vị", "Quý I", ""]


def test_a_plain_head_above_its_rows():
    assert find_head([PLAIN, TASK], WANTED) == Head(0, ALL, 1, tuple(PLAIN))


def test_the_office_and_the_title_above_are_passed_over():
    rows = [
        ["ỦY BAN NHÂN DÂN XÃ ĐIỀM HAI", "", "", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "", ""],
        ["", "", "", "Độc lập - Tự do - Hạnh phúc", "", ""],
        [],
        ["DANH SÁCH NỘI DUNG, NHIỆM VỤ VÀ ĐƠN VỊ THỰC HIỆN", "", "", "", "", ""],
        ["Đơn vị: Văn phòng", "", "Thời gian: năm 2026", "", "", ""],
        ["", " ", "\xa0", "", "", ""],
        PLAIN,
        TASK,
    ]

    found = find_head(rows, WANTED)

    assert found == Head(6, ALL, 1, tuple(PLAIN))


def test_a_title_repeated_over_all_merged_columns_is_no_head():
    assert find_head([["Nội dung"] * 6, PLAIN], WANTED) == Head(1, ALL, 1, tuple(PLAIN))


@pytest.mark.parametrize(
    ("head", "name"),
    [
        ("STT", "number"),
        ("Số TT", "number"),
        ("S.TT", "number"),
        ("Số\nthứ tự", "number"),
        ("ND", "content"),
        ("  NỘI   DUNG CÔNG VIỆC ", "content"),
        ("Nhiệm\nvụ trọng tâm", "content"),
        ("Đ/v thực hiện", "lead"),
        ("ĐV thực hiện", "lead"),
        ("CQ chủ trì", "lead"),
        ("Cơ quan,\r\nđơn vị\u00a0chủ trì", "lead"),
        ("Đơn vị P/h", "support"),
        ("TG", "time"),
        ("T/g", "time"),
        ("Hạn hoàn thành (*)", "time"),
        ("GC", "note"),
        ("KQ", "note"),
        (unicodedata.normalize("NFD", "Kết quả, sản phẩm"), "note"),
        ("Ghi chú\u200b:", "note"),
    ],
)
def test_one_head_written_in_many_ways(head, name):
    others = [text for text, field in zip(PLAIN, ALL, strict=True) if field != name]

    found = find_head([[*others, head]], WANTED)

    assert found is not None
    assert found.columns == {field: [*(f for f in ALL if f != name), name].index(field) for field in ALL}


@pytest.mark.parametrize("below", [["", "", "Chủ trì", "Phối hợp", "", ""], ["TT", "Nội dung", "Chủ trì", "Phối hợp"]])
def test_a_group_above_two_columns(below):
    top = ["TT", "Nội dung", "Phân công", "", "Thời gian", "Ghi chú"]
    if below[0]:
        top = ["", "", "Phân công", "", "Thời gian", "Ghi chú"]

    found = find_head([["KẾ HOẠCH"], top, below, TASK], WANTED)

    texts = ("TT", "Nội dung", "Phân công Chủ trì", "Phân công Phối hợp", "Thời gian", "Ghi chú")
    assert found == Head(1, ALL, 2, texts)


def test_the_group_tells_apart_what_its_columns_alone_do_not():
    rows = [
        ["TT", "Họ và tên", "Năm sinh", "", "Đơn vị"],
        ["", "", "Nam", "Nữ", ""],
        ["1", "Lò Văn A", "1980", "", "x"],
    ]

    found = find_head(rows, {"name": ["Họ và tên"], "man": ["Năm sinh nam"], "woman": ["Năm sinh nữ"]})

    assert found == Head(
        0, {"name": 1, "man": 2, "woman": 3}, 2, ("TT", "Họ và tên", "Năm sinh Nam", "Năm sinh Nữ", "Đơn vị")
    )


def test_a_group_whose_columns_nobody_wants_still_takes_two_rows():
    rows = [["TT", "Nội dung", "Phân công", ""], ["", "", "Chủ trì", "Phối hợp"], TASK[:4]]

    found = find_head(rows, {"number": ["TT"], "content": ["Nội dung"], "lead": ["Chủ trì"]})

    assert found is not None
    assert (found.columns, found.height) == ({"number": 0, "content": 1, "lead": 2}, 2)


@pytest.mark.parametrize(
    "numbers", [["1", "2", "3", "4", "5", "6"], ["(1)", "(2)", "(3)", "(4)", "(5)", "(6)=(4)+(5)"], [*"AB1234"]]
)
def test_a_row_that_numbers_the_columns_belongs_to_the_head(numbers):
    assert find_head([PLAIN, numbers, TASK], WANTED) == Head(0, ALL, 2, tuple(PLAIN))


@pytest.mark.parametrize("below", [["QUÝ I"], ["I", "Nhiệm vụ trọng tâm"], ["", "Nhiệm vụ, kết quả"]])
def test_a_heading_under_the_head_is_no_second_row_of_it(below):
    wanted = WANTED | {"quarter": ["Quý"]}

    assert find_head([PLAIN, [*below, "", "", "", ""], TASK], wanted) == Head(0, ALL, 1, tuple(PLAIN))


def test_a_first_row_that_only_looks_numbered_is_a_row():
    assert find_head([PLAIN[:4], ["1", "x", "y", "z"]], WANTED) == Head(
        0, {"number": 0, "content": 1, "lead": 2, "support": 3}, 1, tuple(PLAIN[:4])
    )


def test_two_things_named_by_one_head_share_its_column():
    found = find_head([["TT", "Nội dung", "Cơ quan chủ trì, phối hợp", "Thời gian"]], WANTED)

    assert found is not None
    assert found.columns == {"number": 0, "content": 1, "lead": 2, "support": 2, "time": 3}


@pytest.mark.parametrize("order", [(0, 1), (1, 0)])
def test_what_a_head_says_of_a_unit_counts_more_than_that_it_is_one(order):
    heads = ["Đơn vị phối hợp", "Cơ quan thực hiện"]

    found = find_head([["Nội dung", *(heads[position] for position in order)]], WANTED)

    assert found is not None
    assert found.columns == {"content": 0, "support": 1 + order.index(0), "lead": 1 + order.index(1)}


def test_a_column_of_those_who_support_alone():
    found = find_head([["Nội dung", "Các đơn vị phối hợp"]], WANTED)

    assert found is not None
    assert found.columns == {"content": 0, "support": 1}


def test_words_that_merely_occur_in_a_head_do_not_take_it_twice():
    found = find_head([["Thời gian thực hiện nhiệm vụ", "Nội dung", "Đơn vị"]], WANTED)

    assert found is not None
    assert found.columns == {"content": 1, "lead": 2, "time": 0}


def test_the_spelling_with_marks_decides_between_words_that_fold_alike():
    found = find_head([["Nam", "Năm", "Họ tên"]], {"year": ["Năm"], "man": ["Nam"]})

    assert found is not None
    assert found.columns == {"year": 1, "man": 0}


@pytest.mark.parametrize(
    "rows",
    [
        [],
        [[]],
        [["", ""], [" "]],
        [TASK],
        [["Tổ chức hội nghị triển khai nhiệm vụ", "Các cơ quan, đơn vị", "Quý I"]],
        [["1", "Nội dung", "Chủ trì"]],
        [["Nội dung"]],
        [["Nội dung, chủ trì"]],
        [["Nội dung: tổng kết", "Thời gian: quý IV"]],
        [["Nội dung " * 40, "Chủ trì " * 40]],
    ],
)
def test_what_is_no_head(rows):
    assert find_head(rows, WANTED) is None


def test_a_single_thing_wanted_needs_a_single_column():
    assert find_head([["DANH SÁCH"], ["Tên thôn"]], {"name": ["Tên thôn"]}) == Head(1, {"name": 0}, 1, ("Tên thôn",))


def test_a_head_printed_again_on_the_next_page_is_not_the_first():
    assert find_head([PLAIN, TASK, PLAIN, TASK], WANTED) == Head(0, ALL, 1, tuple(PLAIN))


cells = st.text(st.characters(codec="utf-8"), max_size=12)
tables = st.lists(st.lists(cells | st.sampled_from([*PLAIN, *TASK]), max_size=7), max_size=9)


@given(tables)
@example([["Nội dung", "Chủ trì"], []])
@example([["/", "Đ/v,"], ["TT;Nội dung", "%"]])
def test_any_table_is_answered_within_its_own_bounds(rows):
    found = find_head(rows, WANTED)

    if found is not None:
        assert 0 <= found.row < found.row + found.height <= len(rows)
        assert found.height <= 3
        assert set(found.columns) <= set(WANTED)
        width = max(len(row) for row in rows[found.row : found.row + 2])
        assert all(0 <= column < width for column in found.columns.values())


@given(
    order=st.permutations(list(ALL)),
    above=st.lists(st.sampled_from([[], ["", " "], ["ỦY BAN NHÂN DÂN"], ["DANH SÁCH NHIỆM VỤ", "", ""]]), max_size=5),
    spelt=st.sampled_from([str, str.upper, lambda text: unicodedata.normalize("NFD", text), " \n{}\xa0".format]),
)
def test_a_head_is_found_in_any_order_under_any_title_however_spelt(order, above, spelt):
    said = dict(zip(ALL, PLAIN, strict=True))
    rows = [*above, [spelt(said[name]) for name in order], ["x"] * 6]

    found = find_head(rows, WANTED)

    assert found is not None
    assert (found.row, found.height) == (len(above), 1)
    assert found.columns == {name: order.index(name) for name in ALL}
