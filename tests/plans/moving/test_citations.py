"""Cited papers keep every letter; those of the year are asked."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plans.moving import Group, apply, propose_year
from plans.moving.citations import find_citations
from tests.plans.moving.moves import certain
from tests.plans.moving.texts import holding, in_text

CITED = [
    "Luật Thi đua, khen thưởng ngày 15/6/2022",
    "Luật Thi đua, Khen thưởng năm 2022",
    "Luật sửa đổi, bổ sung một số điều của Luật Đất đai các năm 2023, 2024",
    "Nghị định số 98/2023/NĐ-CP ngày 31/12/2023 của Chính phủ",
    "Nghị định 152/2025/NĐ-CP",
    "Thông tư số 15/2025/TT-BNV ngày 04/8/2025 của Bộ trưởng Bộ Nội vụ",
    "Chỉ thị số 34-CT/TW ngày 07/4/2014 của Bộ Chính trị",
    "Kết luận số 12-KL/HU ngày 03 tháng 02 năm 2024 của Ban Thường vụ Huyện ủy",
    "Kế hoạch số 05/KH-UBND ngày 09/01/2024 của UBND huyện Bắc Khê về công tác khen thưởng năm 2024",
    "công văn số 351/UBND - NV ngày 25/01/2024 của UBND huyện",
    "Nghị quyết số 149/NQ-HĐND ngày 18/12/2023 của HĐND huyện về nhiệm vụ năm 2024",
    "Kế hoạch số    /KH-UBND ngày    tháng 01 năm 2024 của UBND tỉnh",
    "Quyết định ngày 03/5/2024 của Chủ tịch UBND xã",
    "Hướng dẫn số 07/HD-HĐTĐKT ngày 29/02/2024",
    "CHỈ THỊ SỐ 32/CT-TTG NGÀY 21/10/2024 CỦA THỦ TƯỚNG CHÍNH PHỦ",
    "Chương trình hành động số 10- CTr/TU ngày 13/8/2024 của Ban Thường vụ Tỉnh ủy",
    "Nghị quyết số 57-NQ/TW ngày 22/12/2024 của Bộ Chính trị về đột phá phát triển khoa học (bản chính)",
]
OWN = [
    "hoàn thành nhiệm vụ năm 2024",
    "tổng kết năm 2023",
    "94 năm Ngày thành lập Đảng (03/02/1930 - 03/02/2024)",
    "từ ngày 01/01/2024 đến 30/6/2024",
    "giai đoạn 2021-2025",
    "trong Quý I/2024",
    "năm học 2023 - 2024",
    "Tháng 12/2024 - 01/2025",
    "trồng 2024 cây",
]


@pytest.mark.parametrize("cited", CITED)
def test_a_citation_is_found_from_its_first_letter_to_its_last(cited: str) -> None:
    text = f"Căn cứ {cited}; phấn đấu năm 2024"

    assert [text[one.start : one.end] for one in find_citations(text)] == [cited]


@given(st.lists(st.sampled_from(CITED + OWN), min_size=1, max_size=6), st.integers(2025, 2040))
def test_whatever_moves_no_citation_changes(parts: list[str], to: int) -> None:
    text = "; ".join(parts)
    plan = holding(text)
    proposals = in_text(propose_year(plan, to))

    moved = apply(plan, certain(propose_year(plan, to))).preamble[0].split("; ")

    assert [part for part in parts if part in CITED] == [
        after for before, after in zip(parts, moved, strict=True) if before in CITED
    ]
    spans = sorted((one.start, one.end) for one in proposals)
    assert all(before[1] <= after[0] for before, after in zip(spans, spans[1:], strict=False))


@given(st.lists(st.sampled_from(CITED + OWN), min_size=1, max_size=6))
def test_two_years_at_once_are_one_year_twice(parts: list[str]) -> None:
    plan = holding("; ".join(parts))

    once = apply(plan, certain(propose_year(plan, 2026)))
    next_year = apply(plan, certain(propose_year(plan, 2025)))

    assert apply(next_year, certain(propose_year(next_year, 2026))) == once


@given(st.text(alphabet="Luật số ngày năm 0123456789/-.;()KH-UBNĐQgiai đoạ", max_size=80))
def test_any_text_is_taken(text: str) -> None:
    plan = holding(text)
    proposals = propose_year(plan, 2026)

    assert [one.old for one in in_text(proposals)] == [text[one.start : one.end] for one in in_text(proposals)]
    assert apply(plan, certain(proposals)).year == 2026


@pytest.mark.parametrize(
    ("cited", "question"),
    [
        (CITED[8], "Kế hoạch của cấp trên năm 2026 số mấy, ngày nào?"),
        (CITED[10], "Nghị quyết của cấp trên năm 2026 số mấy, ngày nào?"),
        ("Nghị quyết số 50/NQ-HĐND ngày 26/12/2023 của HĐND xã", "Nghị quyết năm 2026 số mấy, ngày nào?"),
        ("biên bản hội nghị bầu Cụm trưởng, ngày 28/02/2024", "Biên bản năm 2026 ngày nào?"),
    ],
)
def test_a_paper_of_the_year_is_asked_without_a_suggestion(cited: str, question: str) -> None:
    (proposal,) = in_text(propose_year(holding(f"Căn cứ {cited};"), 2026))

    assert (proposal.old, proposal.new, proposal.why, proposal.group) == (cited, None, question, Group.CITATION)


@pytest.mark.parametrize("cited", [*CITED[:7], CITED[14], CITED[16]])
def test_laws_papers_of_the_centre_and_old_papers_are_not_asked(cited: str) -> None:
    assert in_text(propose_year(holding(f"Căn cứ {cited};"), 2026)) == []


@pytest.mark.parametrize(
    ("text", "moving"),
    [
        (f"Căn cứ {CITED[8]}, UBND xã ban hành Kế hoạch năm 2024:", ["năm 2024"]),
        ("theo Kế hoạch số 05/KH-UBND của UBND huyện và nhiệm vụ năm 2024", ["năm 2024"]),
        ("phổ biến Luật Thi đua, khen thưởng trong năm 2024", ["năm 2024"]),
        ("pháp luật về thi đua, khen thưởng năm 2024", ["năm 2024"]),
        ("năm 2024 - UBND xã", ["năm 2024"]),
        ("Kế hoạch tổ chức hội nghị, hoàn thành trước ngày 30/6/2024", ["30/6/2024"]),
        ("Thực hiện kế hoạch hội nghị, xong trước ngày 30/6/2024;", ["30/6/2024"]),
    ],
)
def test_what_only_stands_beside_a_citation_moves(text: str, moving: list[str]) -> None:
    assert [one.old for one in certain(in_text(propose_year(holding(text), 2026)))] == moving
