"""Centred lines break evenly, and never where an office would not break them."""

from __future__ import annotations

import pytest

from documents.rendering.lines import balanced_lines

TEXT_AREA = 165
COLUMN = 65


def test_a_line_that_fits_stays_whole():
    assert balanced_lines("ỦY BAN NHÂN DÂN", 13, COLUMN, bold=True) == ("ỦY BAN NHÂN DÂN",)


def test_no_last_word_stands_alone():
    subject = "Phong trào thi đua chào mừng Đại hội Đảng bộ xã Suối Mơ và các ngày lễ lớn của đất nước"

    assert balanced_lines(subject, 14, TEXT_AREA, bold=True) == (
        "Phong trào thi đua chào mừng Đại hội Đảng",
        "bộ xã Suối Mơ và các ngày lễ lớn của đất nước",
    )


def test_weight_and_slant_count():
    line = "HỘI ĐỒNG NHÂN DÂN XÃ SUỐI MƠ"

    assert len(balanced_lines(line, 13, 77, bold=False)) == 1
    assert len(balanced_lines(line, 13, 77, bold=True)) == 2


@pytest.mark.parametrize(
    ("line", "broken"),
    [
        ("TRUNG TÂM VĂN HÓA - THỂ DỤC THỂ THAO", ("TRUNG TÂM VĂN HÓA -", "THỂ DỤC THỂ THAO")),
        ("BAN CHỈ ĐẠO TRIỂN KHAI ĐỀ ÁN SỐ 06", ("BAN CHỈ ĐẠO TRIỂN", "KHAI ĐỀ ÁN SỐ 06")),
    ],
)
def test_no_line_begins_with_a_hyphen_or_a_figure(line, broken):
    assert balanced_lines(line, 13, COLUMN, bold=True) == broken


@pytest.mark.parametrize(
    ("line", "broken"),
    [
        ("HỘI ĐỒNG THI ĐUA - KHEN THƯỞNG", ("HỘI ĐỒNG", "THI ĐUA - KHEN THƯỞNG")),
        (
            "HỘI ĐỒNG THI ĐUA - KHEN THƯỞNG TỈNH LAM GIANG",
            ("HỘI ĐỒNG", "THI ĐUA - KHEN THƯỞNG", "TỈNH LAM GIANG"),
        ),
        ("BAN CHỈ ĐẠO PHONG TRÀO THI ĐUA YÊU NƯỚC", ("BAN CHỈ ĐẠO PHONG", "TRÀO THI ĐUA YÊU NƯỚC")),
    ],
)
def test_emulation_and_commendation_are_never_parted(line, broken):
    assert balanced_lines(line, 13, COLUMN, bold=True) == broken


def test_a_date_stays_whole():
    reference = "(Kèm theo Kế hoạch số 14/KH-UBND ngày 05 tháng 02 năm 2026 của Ủy ban nhân dân xã Suối Mơ)"

    assert balanced_lines(reference, 13, TEXT_AREA, italic=True) == (
        "(Kèm theo Kế hoạch số 14/KH-UBND",
        "ngày 05 tháng 02 năm 2026 của Ủy ban nhân dân xã Suối Mơ)",
    )


def test_blanks_for_a_number_to_come_stay_as_wide_as_typed():
    reference = "(Kèm theo Kế hoạch số      /KH-UBND ngày     tháng     năm      của Ủy ban nhân dân xã Suối Mơ)"

    lines = balanced_lines(reference, 13, TEXT_AREA, italic=True)

    assert lines == (
        "(Kèm theo Kế hoạch số      /KH-UBND",
        "ngày     tháng     năm      của Ủy ban nhân dân xã Suối Mơ)",
    )


def test_a_word_wider_than_the_column_gets_a_line_of_its_own():
    assert balanced_lines(f"xem {'a' * 60} nhé", 13, COLUMN) == ("xem", "a" * 60, "nhé")


def test_nothing_is_one_empty_line():
    assert balanced_lines("", 13, COLUMN) == ("",)
