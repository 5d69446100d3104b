"""What the columns of a task table hold is read from their heads; what they are wide follows from that."""

from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plans.layouts import BULLETS, DEFAULT_COLUMNS, LABELS, Field, fields_of, parse_layout, shares_of

N, C, L, S, T, O = Field.NUMBER, Field.CONTENT, Field.LEAD, Field.SUPPORT, Field.TIME, Field.NOTE  # noqa: E741 -- one letter a column

SIX = tuple((field,) for field in (N, C, L, S, T, O))


@pytest.mark.parametrize(
    ("name", "is_table", "by_quarter", "columns"),
    [
        ("quarters-3col", True, True, 3),
        ("quarters-6col", True, True, 6),
        ("columns-5", True, False, 5),
        ("columns-2", True, False, 2),
        (BULLETS, False, True, 0),
    ],
)
def test_a_layout_is_read_from_its_name(name, is_table, by_quarter, columns):
    layout = parse_layout(name)

    assert (layout.is_table, layout.by_quarter, layout.column_count) == (is_table, by_quarter, columns)


@pytest.mark.parametrize(
    "name",
    ["columns", "columns-1", "columns-9", "columns-5col", "quarters-3", "columns-55", "bullets", "QUARTERS-3col"],
)
def test_a_layout_that_nobody_prints_is_refused(name):
    with pytest.raises(ValueError, match=f"^{name}$"):
        parse_layout(name)


def test_every_layout_that_is_offered_has_a_label_and_as_many_columns_as_it_says():
    assert set(LABELS) == set(DEFAULT_COLUMNS)
    assert len(LABELS) == 4
    assert {name: len(heads) for name, heads in DEFAULT_COLUMNS.items()} == {
        name: parse_layout(name).column_count for name in LABELS
    }


@pytest.mark.parametrize(
    ("heads", "fields"),
    [
        (("TT", "Nội dung", "Phân công thực hiện"), (N, C, L)),
        (("STT", "Nội dung công việc", "Chủ trì", "Phối hợp", "Thời gian thực hiện"), (N, C, L, S, T)),
        (("TT", "Nội dung", "Chủ trì", "Phối hợp", "Thời gian thực hiện", "Ghi chú"), (N, C, L, S, T, O)),
        (("Số TT", "Nhiệm vụ", "Đơn vị thực hiện", "Đơn vị phối hợp thực hiện", "Hạn hoàn thành"), (N, C, L, S, T)),
        (("SỐ THỨ TỰ", "HOẠT ĐỘNG", "TIẾN ĐỘ", "CƠ QUAN PHỤ TRÁCH", "SẢN PHẨM"), (N, C, T, L, O)),
        (("Thời gian", "Nội dung", "Bộ phận phụ trách"), (T, C, L)),
        (("TT", "Nội dung", "Đơn vị thực hiện", "Người thực hiện"), (N, C, L, S)),
        (("Cột một", "Cột hai"), (N, C)),
    ],
)
def test_columns_are_known_by_their_heads_however_offices_name_them(heads, fields):
    assert fields_of(heads) == tuple((field,) for field in fields)


@pytest.mark.parametrize(
    ("heads", "columns"),
    [
        (("TT", "Nội dung", "Cơ quan chủ trì, phối hợp", "Thời gian"), ((N,), (C,), (L, S), (T,))),
        (("TT", "Nội dung công việc, thời gian hoàn thành", "Người thực hiện"), ((N,), (C, T), (L,))),
        (("TT", "Nội dung", "Thời gian thực hiện nhiệm vụ", "Kết quả thực hiện nhiệm vụ"), ((N,), (C,), (T,), (O,))),
    ],
)
def test_one_column_may_hold_two_things_where_no_other_holds_them(heads, columns):
    assert fields_of(heads) == columns


@given(st.lists(st.text(max_size=15), min_size=2, max_size=6))
def test_no_field_stands_in_two_columns(heads):
    columns = fields_of(heads)
    fields = [field for column in columns for field in column]

    assert len(columns) == len(heads)
    assert len(fields) == len(set(fields))


def accepted_counts() -> list[int]:
    counts = []
    for count in range(1, 10):
        with suppress(ValueError):
            counts.append(parse_layout(f"columns-{count}").column_count)
    return counts


def test_whatever_number_of_columns_is_accepted_can_be_printed():
    counts = accepted_counts()
    assert counts[:5] == [2, 3, 4, 5, 6]

    for count in counts:
        assert len(fields_of([f"Cột {number}" for number in range(count)])) == count


@given(st.lists(st.sampled_from(Field), min_size=1, max_size=6, unique=True))
def test_the_shares_of_a_table_make_a_whole(fields):
    shares = shares_of([(field,) for field in fields])

    assert len(shares) == len(fields)
    assert sum(shares) == pytest.approx(1)
    assert min(shares) > 0


@given(st.lists(st.floats(0, 2_000), min_size=6, max_size=6))
def test_no_column_gets_less_than_it_needs(volumes):
    shares = shares_of(SIX, volumes)

    assert sum(shares) == pytest.approx(1)
    for share, millimetres in zip(shares, (11, 45, 22, 22, 22, 17), strict=True):
        assert share * 165 >= millimetres - 1e-6


def test_widths_go_with_the_roots_of_what_the_columns_hold():
    shares = shares_of(SIX[:3], (2, 132, 24))  # the roots of 12 + volume are 12 and 6

    assert shares == pytest.approx((11 / 165, 154 * 2 / 3 / 165, 154 / 3 / 165))


def test_an_empty_column_makes_room_for_the_others():
    empty, full = shares_of(SIX, (2, 80, 15, 20, 12, 0)), shares_of(SIX, (2, 80, 15, 20, 12, 90))

    assert full[5] > empty[5]
    assert full[1] < empty[1]
