"""Legal bases by the day of the paper."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from documents.dates import PartialDate
from documents.proofreading import Rule
from documents.proofreading.citations import find_citations
from documents.proofreading.rules import laws as rules
from tests.documents.proofreading.papers import NEW_YEAR, paper, said

OLD_DECREE = "Căn cứ Nghị định số 98/2023/NĐ-CP ngày 31 tháng 12 năm 2023 của Chính phủ;"
NEW_DECREE = "Nghị định số 152/2025/NĐ-CP ngày 14 tháng 6 năm 2025 của Chính phủ"
AMENDED = "Căn cứ Luật sửa đổi, bổ sung một số điều của Luật Thi đua, khen thưởng ngày 23 tháng 4 năm 2026;"


def of(basis: str, date: PartialDate = NEW_YEAR, *, by: Sequence[Rule] = rules.RULES) -> list[tuple[str, str, str]]:
    return said(by, paper(bases=[basis], date=date))


@pytest.mark.parametrize(
    ("date", "expected"),
    [
        (PartialDate(2025, 6, 30), []),
        (PartialDate(2025, 7, 1), [("law.over", OLD_DECREE[7:-1], NEW_DECREE)]),
        (PartialDate(2025, 6), []),  # some day of June: it may have been in force
        (PartialDate(2025, 7), [("law.over", OLD_DECREE[7:-1], NEW_DECREE)]),
        (PartialDate(), []),
    ],
)
def test_a_decree_ends_on_a_day(date, expected):
    assert of(OLD_DECREE, date, by=[rules.in_force]) == expected


def test_a_law_is_known_by_its_name_and_day():
    basis = "Căn cứ Luật Thi đua, khen thưởng ngày 26 tháng 11 năm 2003;"

    assert of(basis) == [
        (
            "law.over",
            "Luật Thi đua, khen thưởng ngày 26 tháng 11 năm 2003",
            "Luật Thi đua, khen thưởng ngày 15 tháng 6 năm 2022",
        )
    ]
    assert of("Căn cứ Luật Thi đua, khen thưởng ngày 15 tháng 6 năm 2022;") == []


def test_a_law_is_no_basis_before_it_is_in_force():
    assert [code for code, *_ in of(AMENDED, PartialDate(2026, 9, 30))] == ["law.not_yet"]
    assert of(AMENDED, PartialDate(2026, 10, 1)) == []


def test_what_is_replaced_may_be_named():
    one = paper("Sửa Quy chế theo Nghị định thay thế Nghị định số 98/2023/NĐ-CP ngày 31/12/2023 của Chính phủ.")

    assert said([rules.in_force], one) == []


@pytest.mark.parametrize(
    ("basis", "words", "new"),
    [
        (
            "Căn cứ Nghị định số 152/2025/NĐ-CP ngày 14 tháng 7 năm 2025 của Chính phủ quy định về phân cấp;",
            "ngày 14 tháng 7 năm 2025",
            "ngày 14 tháng 6 năm 2025",
        ),
        (
            "Căn cứ Quyết định số 46/2002/QĐ-UBND ngày 12/9/2022 của UBND tỉnh về quy chế;",
            "46/2002/QĐ-UBND ngày 12/9/2022",
            "",
        ),
        (
            "Thực hiện Kế hoạch số 12/KH-UBND ngày 14/01/2025 của UBND tỉnh về công tác thi đua năm 2026;",
            "ngày 14/01/2025",
            "ngày 14/01/2026",
        ),
    ],
)
def test_number_and_day_that_do_not_belong_together(basis, words, new):
    assert of(basis) == [("law.number_date", words, new)]


@pytest.mark.parametrize(
    ("basis", "words", "new"),
    [
        ("Căn cứ Luật Thi đua, khen thưởng ngày 16/6/2022;", "ngày 16/6/2022", "ngày 15/6/2022"),
        ("Căn cứ Luật Thi đua, khen thưởng năm 2023;", "2023", "2022"),
    ],
)
def test_a_law_of_that_name_but_of_no_such_day(basis, words, new):
    assert of(basis) == [("law.number_date", words, new)]


def test_one_number_has_one_day_in_a_paper():
    one = paper(
        "Theo Kế hoạch số 12/KH-UBND ngày 08/01/2026 của UBND tỉnh, các đơn vị thực hiện.",
        bases=["Thực hiện Kế hoạch số 12/KH-UBND ngày 06/01/2026 của UBND tỉnh;"],
    )

    assert said([rules.number_and_day], one) == [("law.number_date", "ngày 08/01/2026", "ngày 06/01/2026")]


def test_a_paper_of_tomorrow_cannot_be_cited():
    basis = "Thực hiện Kế hoạch số 15/KH-UBND ngày 26/01/2026 của UBND tỉnh về công tác thi đua;"

    assert of(basis) == [("law.later", "ngày 26/01/2026", "")]
    assert of(basis, PartialDate(2026, 1)) == []


@pytest.mark.parametrize(
    ("basis", "expected"),
    [
        ("Căn cứ Luật Thi đua, khen thưởng;", ["Luật Thi đua, khen thưởng"]),
        ("Căn cứ Quyết định số 1127/QĐ-UBND của UBND tỉnh về phong trào;", ["Quyết định số 1127/QĐ-UBND"]),
        ("Căn cứ Chương trình công tác năm 2026 của Hội đồng;", ["Chương trình"]),
        ("Căn cứ Quyết định số …/QĐ-UBND ngày … tháng … năm 2026 của UBND tỉnh;", []),
        ("Căn cứ Quy chế làm việc của Ủy ban nhân dân xã;", []),
        ("Thực hiện Chỉ thị số 41-CT/TW ngày 26/12/2024 của Bộ Chính trị;", ["Chỉ thị số 41-CT/TW"]),
        ("Thực hiện Chỉ thị số 41-CT/TW ngày 26/12/2024 của Bộ Chính trị về tăng cường sự lãnh đạo của Đảng;", []),
        ("Căn cứ Thông tư số 06/2022/TT-BTTTT ngày 30/6/2022 của Bộ Thông tin và Truyền thông hướng dẫn;", []),
    ],
)
def test_first_citations_are_complete(basis, expected):
    found = of(basis, by=[rules.incomplete, rules.untitled, rules.unnumbered])

    assert [words for _, words, _ in found] == expected
    assert {code for code, *_ in found} <= {"law.incomplete"}


def test_later_citations_need_only_their_number():
    one = paper(
        "Theo Chỉ thị số 41-CT/TW, các đơn vị thực hiện.", bases=["Thực hiện Chỉ thị số 41-CT/TW ngày 26/12/2024;"]
    )

    assert said([rules.incomplete], one) == []


def test_bases_have_their_form():
    one = paper(bases=["Căn cứ: Luật Viên chức ngày 15/11/2010.", "Căn cứ Quy chế làm việc của UBND xã."])

    assert said([rules.bases], one) == [("law.form", "Căn cứ:", "Căn cứ"), ("law.form", ".", ";")]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Kế hoạch số 05/KH-UBND ngày 09/01/2026 của UBND tỉnh về công tác thi đua năm 2026; việc khác",
            [("kế hoạch", "05/KH-UBND", "UBND tỉnh", "về công tác thi đua năm 2026")],
        ),
        ("theo Chỉ thị 34-CT/TW của Bộ Chính trị", [("chỉ thị", "34-CT/TW", "Bộ Chính trị", "")]),
        ("công văn số 351/UBND - NV ngày 25/01/2026", [("", "351/UBND-NV", "", "")]),
        ("Luật Thi đua, khen thưởng năm 2022", [("luật", "", "", "Thi đua, khen thưởng")]),
        ("đạt 30/35 thôn, ngày 24/7/2026, tỷ lệ 1/3", []),
    ],
)
def test_citations(text, expected):
    assert [(one.kind, one.number, one.issuer, one.title) for one in find_citations(text)] == expected
