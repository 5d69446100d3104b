from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from documents.dates import PartialDate
from documents.tree import BLANK_DAY, BLANK_NUMBER, Header
from documents.wording import break_issuer, follow_header, is_basis

ISSUED = Header((), number="14", symbol="KH-UBND", date=PartialDate(2026, 2, 5))
DRAFT = replace(ISSUED, number="", date=PartialDate(2026, 2))
UNDATED = replace(ISSUED, number="", date=PartialDate())


def reference(number: str = "14", date: str = "ngày 05 tháng 02 năm 2026", more: str = "") -> str:
    return f"(Kèm theo Kế hoạch số {number}/KH-UBND {date} của Ủy ban nhân dân xã An Sơn{more})"


BLANK = reference(BLANK_NUMBER, f"ngày {BLANK_DAY} tháng 02 năm 2026")
ALL_BLANK = reference(BLANK_NUMBER, f"ngày {BLANK_DAY} tháng {BLANK_DAY} năm {BLANK_DAY}")


# -- The line under an appendix ------------------------------------------------------------


def test_a_new_number_and_date_are_followed():
    after = replace(ISSUED, number="98", date=PartialDate(2026, 3, 12))

    assert follow_header(reference(), ISSUED, after) == reference("98", "ngày 12 tháng 3 năm 2026")


def test_a_new_symbol_is_followed():
    after = replace(ISSUED, symbol="CTr-UBND")

    assert follow_header(reference(), ISSUED, after) == reference().replace("KH-UBND", "CTr-UBND")


@pytest.mark.parametrize("spaces", ["", " ", " " * 7, "\u00a0"])
def test_blanks_of_any_length_are_filled_when_number_and_day_are_given(spaces):
    blank = reference(spaces, f"ngày {spaces} tháng 02 năm 2026")

    assert follow_header(blank, DRAFT, ISSUED) == reference()


def test_number_and_day_taken_away_leave_blanks():
    assert follow_header(reference(), ISSUED, DRAFT) == BLANK


def test_a_blank_month_and_year_are_filled_and_the_words_after_them_stay_apart():
    assert follow_header(ALL_BLANK, UNDATED, ISSUED) == reference()


@pytest.mark.parametrize("blank", ["", " ", " " * 3, " " * 12, "\u00a0"])
def test_blanks_of_any_length_leave_one_space_when_the_whole_date_is_given(blank):
    words = reference(blank, f"ngày{blank}tháng{blank}năm{blank}")

    assert follow_header(words, UNDATED, ISSUED) == reference()


def test_a_date_taken_away_altogether_can_come_back():
    blank = follow_header(reference(), ISSUED, UNDATED)

    assert follow_header(blank, UNDATED, ISSUED) == reference()


@pytest.mark.parametrize(
    "words",
    [
        reference("114"),
        reference("41"),
        reference().replace("/KH-UBND", "/QĐ-UBND"),
        reference().replace("/KH-UBND", "/KH-UBNDT"),
        reference().replace("/KH-UBND", "/KH-UBND-VX"),
        "(Kèm theo Công văn số 3)",
        "",
    ],
)
def test_the_number_of_another_paper_is_left_alone(words):
    assert follow_header(words, ISSUED, replace(ISSUED, number="98")) == words


@pytest.mark.parametrize(
    "date",
    [
        "ngày 15 tháng 02 năm 2026",
        "ngày 05 tháng 12 năm 2026",
        "ngày 05 tháng 02 năm 2025",
        "ngày 05/02/2026",
    ],
)
def test_the_date_of_another_paper_is_left_alone(date):
    words = reference(date=date)

    assert follow_header(words, ISSUED, replace(ISSUED, date=PartialDate(2026, 3, 12))) == words


def test_a_year_that_only_the_reference_names_is_left_alone():
    words = reference("", f"ngày {BLANK_DAY} tháng {BLANK_DAY} năm 2026")

    assert follow_header(words, UNDATED, replace(UNDATED, date=PartialDate(2026, 2, 5))) == words


def test_other_papers_inside_the_same_reference_stay():
    others = ", thực hiện Kế hoạch số 8/KH-UBND ngày 06 tháng 01 năm 2026 và Quyết định số 14/QĐ-UBND"
    after = replace(ISSUED, number="98", date=PartialDate(2026, 3, 12))

    assert follow_header(reference(more=others), ISSUED, after) == reference(
        "98", "ngày 12 tháng 3 năm 2026", more=others
    )


@given(st.text(max_size=60))
def test_a_header_that_did_not_change_changes_no_words(words):
    assert follow_header(words, ISSUED, ISSUED) == words


@given(
    number=st.from_regex(r"[0-9]{0,4}", fullmatch=True), day=st.none() | st.integers(1, 28), month=st.integers(1, 12)
)
def test_any_change_can_be_taken_back(number, day, month):
    after = replace(ISSUED, number=number, date=PartialDate(2027, month, day))

    assert follow_header(follow_header(reference(), ISSUED, after), after, ISSUED) == reference()


# -- Heads and bases -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "lines"),
    [
        ("ỦY BAN NHÂN DÂN XÃ AN SƠN", ("ỦY BAN NHÂN DÂN", "XÃ AN SƠN")),
        ("UỶ BAN NHÂN DÂN PHƯỜNG 3", ("UỶ BAN NHÂN DÂN", "PHƯỜNG 3")),
        ("HỘI ĐỒNG NHÂN DÂN TỈNH LAM GIANG", ("HỘI ĐỒNG NHÂN DÂN", "TỈNH LAM GIANG")),
        ("HỘI ĐỒNG THI ĐUA - KHEN THƯỞNG", ("HỘI ĐỒNG", "THI ĐUA - KHEN THƯỞNG")),
        ("HỘI ĐỒNG THI ĐUA - KHEN THƯỞNG XÃ AN SƠN", ("HỘI ĐỒNG", "THI ĐUA - KHEN THƯỞNG", "XÃ AN SƠN")),
        ("SỞ NỘI VỤ", ("SỞ NỘI VỤ",)),
        ("CỤM THI ĐUA SỐ 3", ("CỤM THI ĐUA SỐ 3",)),
        ("ỦY BAN NHÂN DÂN", ("ỦY BAN NHÂN DÂN",)),
        ("VĂN PHÒNG ỦY BAN NHÂN DÂN XÃ AN SƠN", ("VĂN PHÒNG ỦY BAN NHÂN DÂN XÃ AN SƠN",)),
    ],
)
def test_a_name_is_broken_where_offices_break_it(name, lines):
    assert break_issuer(name) == lines


@given(
    st.sampled_from(["ỦY BAN NHÂN DÂN ", "HỘI ĐỒNG NHÂN DÂN ", "HỘI ĐỒNG THI ĐUA - KHEN THƯỞNG ", ""]),
    st.text(min_size=1, max_size=20),
)
def test_a_broken_name_is_whole_again_when_joined(body, place):
    assert " ".join(break_issuer(body + place)) == body + place


@pytest.mark.parametrize(
    ("paragraph", "expected"),
    [
        ("Căn cứ Luật Thi đua, khen thưởng ngày 15 tháng 6 năm 2022;", True),
        ("Thực hiện Kế hoạch số 08/KH-UBND ngày 06 tháng 01 năm 2026.", True),
        ("Theo đề nghị của Trưởng phòng Văn hóa - Xã hội;", True),
        ("Xét đề nghị của Hội đồng; ", True),
        ("Căn cứ tình hình thực tế, UBND xã ban hành Kế hoạch như sau:", False),
        ("Xéton là tên riêng;", False),
        ("Ủy ban nhân dân xã ban hành Kế hoạch này.", False),
        ("", False),
    ],
)
def test_a_basis_names_its_source_and_ends_as_one(paragraph, expected):
    assert is_basis(paragraph) is expected
