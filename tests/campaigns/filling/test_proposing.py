"""What the program guesses of a table is right or left to the person."""

from __future__ import annotations

import pytest

from campaigns.filling import excel, word
from campaigns.filling.proposing import AIM, BASELINE, PERCENT, VALUE, Named, likeness, propose
from campaigns.filling.tables import Cell, Spot, Table
from tests.campaigns.filling.made import superiors_book, superiors_document

RICE, INSURED, POOR = (
    Named(1, "Sản lượng lúa", "tấn"),
    Named(2, "tỷ lệ người dân tham gia bảo hiểm y tế", "%"),
    Named(3, "Giảm tỷ lệ hộ nghèo", "%"),
)


def table(*rows: tuple[str, ...]) -> Table:
    return Table("Biểu", tuple(tuple(Cell(text) for text in row) for row in rows))


def asked(*rows: tuple[str, ...], targets=(RICE,), year: int = 2024) -> dict[tuple[int, int], tuple[int, str]]:
    return {
        (one.spot.row, one.spot.column): (one.target, one.what) for one in propose([table(*rows)], targets, year=year)
    }


def test_a_workbook_with_a_head_over_two_rows():
    found = propose(excel.read_tables(superiors_book()), [RICE, INSURED, POOR], year=2024)

    of_rows = {4: 1, 6: 2, 7: 3}
    whats = {3: BASELINE, 4: AIM, 5: VALUE, 6: PERCENT}
    assert {one.spot: (one.target, one.what) for one in found} == {
        Spot(0, row, column): (target, what) for row, target in of_rows.items() for column, what in whats.items()
    }


def test_a_table_of_word_and_a_note_beside_a_merged_head_takes_nothing():
    found = propose(word.read_tables(superiors_document()), [RICE, INSURED], year=2024)

    assert {(one.spot.row, one.spot.column): (one.target, one.what) for one in found} == {
        (2, 2): (1, AIM),
        (2, 3): (1, VALUE),
        (3, 2): (2, AIM),
        (3, 3): (2, VALUE),
    }


@pytest.mark.parametrize(
    ("head", "what"),
    [
        ("Thực hiện 6 tháng đầu năm 2024", VALUE),
        ("Thực hiện năm 2023", BASELINE),
        ("Thực hiện 6 tháng đầu năm 2023", None),
        ("Kế hoạch năm 2025", None),
        ("Kế hoạch năm 2024", AIM),
        ("Năm trước", BASELINE),
        ("Cùng kỳ năm trước", None),
        ("So với cùng kỳ (%)", None),
        ("Tỷ lệ thực hiện so với kế hoạch", PERCENT),
        ("Ghi chú", None),
    ],
)
def test_words_of_a_head(head, what):
    found = asked(("Chỉ tiêu", head), ("Sản lượng lúa", ""))

    assert found == ({(1, 1): (1, what)} if what else {})


def test_a_row_that_could_be_two_targets_and_two_rows_of_one_target_are_left_to_the_person():
    twins = (Named(1, "Sản lượng lúa vụ xuân", "tấn"), Named(2, "Sản lượng lúa vụ mùa", "tấn"))

    assert asked(("Chỉ tiêu", "Thực hiện"), ("Sản lượng lúa vụ", ""), targets=twins) == {}
    assert asked(("Chỉ tiêu", "Thực hiện"), ("Sản lượng lúa", ""), ("Sản lượng lúa", "")) == {}


@pytest.mark.parametrize(
    "other", ["Sản lượng ngô", "Số hộ cận nghèo", "Diện tích trồng lúa", "Tỷ lệ trẻ em được tiêm chủng"]
)
def test_another_target_is_not_taken_for_ours(other):
    ours = (RICE, Named(2, "Số hộ nghèo", "hộ"), Named(3, "Tỷ lệ trẻ em đến trường", "%"))

    assert asked(("Chỉ tiêu", "Thực hiện"), (other, ""), targets=ours) == {}


def test_names_of_one_target():
    assert likeness("II. Tỉ lệ người dân tham gia BHYT (%)", "tỷ lệ người dân tham gia bảo hiểm y tế") == 1
    assert likeness("", "Sản lượng lúa") == 0


def test_cells_that_hold_something_are_not_proposed():
    assert asked(("Chỉ tiêu", "Thực hiện", "Kế hoạch"), ("Sản lượng lúa", "1.200", "……")) == {(1, 2): (1, AIM)}
