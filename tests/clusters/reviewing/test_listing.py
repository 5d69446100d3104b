"""Lists of responsible offices: which line means which unit, what is asked, what is named."""

from __future__ import annotations

import pytest

from clusters.reviewing.listing import Named, Question, Read, read_list

AN_BINH = Named(1, "Xã An Bình", "Cụm 1")
BINH_MINH = Named(2, "Xã Bình Minh", "Cụm 1")
CITY = Named(3, "Phường An Bình", "Cụm 2")
VAN, VAN_DOWN = Named(4, "Xã Vân", "Cụm 1"), Named(5, "Xã Vàn", "Cụm 2")
HAI = Named(6, "Đặc khu Đông Hải", "Cụm 2")
UNITS = [AN_BINH, BINH_MINH, CITY, VAN, VAN_DOWN, HAI]


@pytest.mark.parametrize(
    "line",
    [
        "Xã Bình Minh\t97,5",
        "1\tXã Bình Minh\t100\t97,5",
        "Bình Minh\t97,5",
        "binh minh\t97,5",
        "UBND xã Bình Minh\t97,5",
        "BÌNH MINH: 97,5",
        "2. Xã Bình Minh 97,5",
        "- Xã Bình Minh 97,5",
    ],
)
def test_a_unit_is_known_without_marks_and_without_what_stands_before_its_name(line):
    assert read_list(line, UNITS) == Read(values={2: "97,5"})


def test_marks_and_kind_tell_units_apart_where_they_were_typed():
    pasted = "Phường An Bình\t90\nXã An Bình\t80\nVàn\t70\nVân\t60\nĐông Hải\tĐạt"

    assert read_list(pasted, UNITS) == Read(values={3: "90", 1: "80", 5: "70", 4: "60", 6: "Đạt"})


def test_what_several_units_could_be_is_asked():
    found = read_list("An Bình\t90\nvan\t70", UNITS)

    assert found.questions == [
        Question(1, "An Bình 90", "90", [AN_BINH, CITY]),
        Question(2, "van 70", "70", [VAN, VAN_DOWN]),
    ]
    assert (found.values, found.unknown) == ({}, [])


def test_another_kind_of_unit_of_that_name_is_asked_about_too():
    assert read_list("Phường Bình Minh\t9", UNITS).questions == [Question(1, "Phường Bình Minh 9", "9", [BINH_MINH])]


def test_an_answer_decides_and_only_among_those_offered():
    assert read_list("van\t70", UNITS, {1: 5}).values == {5: "70"}
    assert len(read_list("van\t70", UNITS, {1: 2}).questions) == 1


def test_what_no_unit_is_called_what_says_nothing_and_what_comes_twice_is_named():
    pasted = "Xã Xuân Lai\t3\nXã Bình Minh\nXã Vân\t4\nVân\t5"

    found = read_list(pasted, UNITS)

    assert found.values == {4: "4"}
    assert found.unknown == [
        "Dòng 1 («Xã Xuân Lai 3»): không có đơn vị nào tên như vậy.",
        "Dòng 2 («Xã Bình Minh»): có tên nhưng không có số liệu.",
        "Dòng 4 («Vân 5»): đơn vị này đã có ở dòng 3; lấy dòng trước.",
    ]


def test_heads_sums_and_empty_lines_are_no_units():
    pasted = "STT\tĐơn vị\tTỷ lệ\n1\tXã Vân\t4\n\n\tTổng cộng\t4"

    assert read_list(pasted, UNITS) == Read(values={4: "4"})
