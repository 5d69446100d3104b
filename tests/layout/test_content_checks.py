"""What an officer wrote against the rule is found and named; what is right is not."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from documents.dates import PartialDate
from documents.tree import (
    Appendix,
    AppendixReference,
    Article,
    Basis,
    Block,
    EnactingLine,
    Heading,
    Item,
    Paper,
    Paragraph,
    Recipients,
    Signature,
)
from tests.layout.content import content_findings, date_line_findings, number_line_findings
from tests.layout.failures import Finding
from tests.layout.papers import (
    EXAMPLES,
    decision,
    decomposed_letters,
    decomposed_words,
    letter,
    plain_plan,
    two_appendices,
)


def letter_with(**changes: object) -> Paper:
    return replace(letter(), **changes)


@pytest.mark.parametrize(
    ("paper", "checks"),
    [
        (letter_with(header=replace(letter().header, symbol="CV-UBND")), ["C14"]),
        (letter_with(header=replace(letter().header, symbol="KH-UBND")), ["C14"]),
        (letter_with(recipients=Recipients(("Sở Nội vụ",), "VT")), ["E3"]),
        (replace(plain_plan(), recipients=Recipients(("Như trên",), "VT")), ["E3"]),
    ],
)
def test_what_a_letter_has_and_other_papers_have_not(paper: Paper, checks: list[str]) -> None:
    assert [finding.check for finding in content_findings(paper)] == checks


@pytest.mark.parametrize("example", EXAMPLES)
def test_examples_are_well_written(example: str) -> None:
    assert content_findings(EXAMPLES[example]()) == []


@pytest.mark.parametrize(
    "line",
    ["Số: 05/KH-UBND", "Số: 112/QĐ-UBND", "Số:        /KH-CTĐVT", "Số: 15/TTr-HĐTĐKT", "Số: 08/CTr-BCĐ-TĐKT"],
)
def test_number_line_in_order(line: str) -> None:
    assert list(number_line_findings(line)) == []


@pytest.mark.parametrize(
    "line",
    [
        "Số: 5/KH-UBND",
        "Số: 012/KH-UBND",
        "Số 05/KH-UBND",
        "Số: 05/UBND-KH",
        "Số: 05/KH - UBND",
        "Số: 05/KH–UBND",
        "Số: 05/2026/KH-UBND",
        "Số: 05/CV-UBND",
    ],
)
def test_number_line_against_the_rule(line: str) -> None:
    assert list(number_line_findings(line)) == [Finding("C14", line)]


@pytest.mark.parametrize(
    ("line", "date"),
    [
        ("Suối Bạc, ngày 05 tháng 3 năm 2026", PartialDate(2026, 3, 5)),
        ("Suối Bạc, ngày 15 tháng 02 năm 2026", PartialDate(2026, 2, 15)),
        ("Suối Bạc, ngày       tháng 3 năm 2026", PartialDate(2026, 3)),
        ("Suối Bạc, ngày       tháng       năm 2026", PartialDate(2026)),
    ],
)
def test_date_line_in_order(line: str, date: PartialDate) -> None:
    assert list(date_line_findings(line, date)) == []


@pytest.mark.parametrize(
    "line",
    [
        "Suối Bạc, ngày 05 tháng 03 năm 2026",
        "Suối Bạc, ngày 5 tháng 3 năm 2026",
        "Suối Bạc ngày 05 tháng 3 năm 2026",
        ", ngày 05 tháng 3 năm 2026",
        "Suối Bạc, ngày 06 tháng 3 năm 2026",
        "Suối Bạc, ngày       tháng 3 năm 2026",
    ],
)
def test_date_line_against_the_rule(line: str) -> None:
    assert list(date_line_findings(line, PartialDate(2026, 3, 5))) == [Finding("C16", line)]


def test_day_that_no_calendar_has() -> None:
    line = "Suối Bạc, ngày 30 tháng 02 năm 2026"

    assert list(date_line_findings(line, PartialDate(2026, 2, 30))) == [Finding("C16", line)]


@pytest.mark.parametrize(
    ("bases", "words"),
    [
        (("Căn cứ Luật này;", "Theo đề nghị của Văn phòng."), []),
        (("Căn cứ Luật này.", "Theo đề nghị của Văn phòng."), ["Căn cứ Luật này."]),
        (("Căn cứ Luật này;", "Xét đề nghị của Văn phòng;"), ["Xét đề nghị của Văn phòng;"]),
        (("Dựa vào Luật này.",), ["Dựa vào Luật này."]),
    ],
)
def test_legal_bases(bases: tuple[str, ...], words: list[str]) -> None:
    paper = replace(plain_plan(), preamble=tuple(Basis(text) for text in bases))

    assert content_findings(paper) == [Finding("D11", text) for text in words]


def _with_body(*blocks: Block) -> Paper:
    return replace(plain_plan(), body=(*blocks, Paragraph("Hết./.")))


@pytest.mark.parametrize(
    ("markers", "findings"),
    [
        (["1.", "a)", "b)", "c)", "d)", "đ)", "e)", "g)", "2.", "a)"], []),
        (["1.", "3.", "4."], ["3. Một."]),
        (["1.", "a)", "c)", "d)"], ["c) Một."]),
        (["a)", "b)", "c)", "d)", "e)", "g)"], ["e) Một."]),
        (["1.", "1.1.", "a."], ["1.1. Một.", "a. Một."]),
        (["1.", "1.1.", "a)", "b)", "1.2.", "a)"], ["1.1. Một.", "1.2. Một."]),
        (["-", "+", "1.", "-"], []),
    ],
)
def test_order_of_clauses_and_points(markers: list[str], findings: list[str]) -> None:
    paper = _with_body(*(Item(marker, "Một.") for marker in markers))

    assert content_findings(paper) == [Finding("D14", words) for words in findings]


def test_order_of_articles() -> None:
    paper = _with_body(Item("Điều 1.", "Một."), Item("1.", "Hai."), Item("Điều 3.", "Ba."), Item("1.", "Bốn."))

    assert content_findings(paper) == [Finding("D13", "Điều 3. Ba.")]


@pytest.mark.parametrize(
    ("headings", "findings"),
    [
        ([("I.", "MỤC ĐÍCH"), ("II.", "NỘI DUNG"), ("III.", "TỔ CHỨC")], []),
        ([("I.", "MỤC ĐÍCH"), ("III.", "NỘI DUNG")], ["III. NỘI DUNG"]),
        ([("I.", "Mục đích")], ["I. Mục đích"]),
        ([("A.", "MỤC ĐÍCH")], ["A. MỤC ĐÍCH"]),
    ],
)
def test_order_of_headings(headings: list[tuple[str, str]], findings: list[str]) -> None:
    paper = _with_body(*(Heading(marker, text) for marker, text in headings))

    assert content_findings(paper) == [Finding("D15", words) for words in findings]


def test_headings_of_two_levels() -> None:
    paper = _with_body(
        Heading("I.", "MỘT"),
        Heading("I.", "HAI", level=2),
        Heading("II.", "BA", level=2),
        Heading("II.", "BỐN"),
        Heading("II.", "NĂM", level=2),
    )

    assert content_findings(paper) == [Finding("D15", "II. NĂM")]


def test_clauses_begin_anew_under_each_heading() -> None:
    paper = _with_body(Heading("I.", "MỘT"), Item("1.", "Hai."), Heading("II.", "BA"), Item("1.", "Bốn."))

    assert content_findings(paper) == []


@pytest.mark.parametrize(
    ("who", "lines", "findings"),
    [
        ("CHỦ TỊCH ỦY BAN NHÂN DÂN XÃ SUỐI BẠC", ("CHỦ TỊCH",), []),
        ("CHỦ TỊCH ỦY BAN NHÂN DÂN XÃ SUỐI BẠC", ("KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH"), []),
        ("ỦY BAN NHÂN DÂN XÃ SUỐI BẠC", ("TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH"), []),
        ("CHỦ TỊCH ỦY BAN NHÂN DÂN XÃ SUỐI BẠC", ("TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH"), ["E7"]),
        ("ỦY BAN NHÂN DÂN XÃ SUỐI BẠC", ("CHỦ TỊCH",), ["E7"]),
        ("CHỦ TỊCH ỦY BAN NHÂN DÂN XÃ NGŨ PHỤNG", ("CHỦ TỊCH",), ["D17"]),
    ],
)
def test_who_decides_is_who_signs(who: str, lines: tuple[str, ...], findings: list[str]) -> None:
    paper = decision()
    _, *bases, decided = paper.preamble
    paper = replace(
        paper,
        preamble=(EnactingLine(who), *bases, decided),
        signature=replace(paper.signature, lines=lines),
    )

    assert [finding.check for finding in content_findings(paper)] == findings


def test_a_decision_says_who_decides_and_that_it_is_decided() -> None:
    paper = decision()

    without = content_findings(replace(paper, preamble=paper.preamble[:-1]))
    elsewhere = content_findings(replace(plain_plan(), preamble=paper.preamble))

    assert without == [Finding("D17", paper.subject)]
    assert elsewhere == [Finding("D17", "CHỦ TỊCH ỦY BAN NHÂN DÂN XÃ SUỐI BẠC"), Finding("D17", "QUYẾT ĐỊNH:")]


def test_articles_of_a_decision_keep_their_order() -> None:
    paper = decision()
    last = paper.body[-1]
    assert isinstance(last, Article)

    findings = content_findings(replace(paper, body=(*paper.body[:-1], replace(last, marker="Điều 5."))))

    assert [(finding.check, finding.words.split()[1]) for finding in findings] == [("D13", "5.")]


def test_end_mark_missing_and_too_early() -> None:
    body = (Paragraph("Ở giữa./."), Paragraph("Ở cuối."))

    findings = content_findings(replace(plain_plan(), body=body))

    assert findings == [Finding("D16", "Ở cuối."), Finding("D16", "Ở giữa./.")]


@pytest.mark.parametrize(
    ("lines", "archive", "words"),
    [
        (("Sở Nội vụ",), "VT, VP (2)", []),
        (("Sở Nội vụ",), "VP", ["- Lưu: VP."]),
        (("Sở Nội vụ", "Các thôn"), "", ["- Các thôn."]),
        (("Như trên", "Sở Nội vụ."), "VT", ["- Như trên;", "- Sở Nội vụ.;"]),
        ((), "", [""]),
    ],
)
def test_recipients(lines: tuple[str, ...], archive: str, words: list[str]) -> None:
    paper = replace(plain_plan(), recipients=Recipients(lines, archive))

    assert content_findings(paper) == [Finding("E3", text) for text in words]


@pytest.mark.parametrize(
    ("lines", "findings"),
    [
        (("TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH"), []),
        (("TL. CHỦ TỊCH", "CHÁNH VĂN PHÒNG"), []),
        (("Q. CHỦ TỊCH", "LÒ VĂN A"), []),
        (("TT. CỤM THI ĐUA SỐ 3", "TRƯỞNG CỤM"), []),
        (("QUYỀN CHỦ TỊCH",), []),
        (("TM/ ỦY BAN NHÂN DÂN", "CHỦ TỊCH"), [("E5", "TM/ ỦY BAN NHÂN DÂN")]),
        (("T/M ỦY BAN NHÂN DÂN", "CHỦ TỊCH"), [("E5", "T/M ỦY BAN NHÂN DÂN")]),
        (("TM.ỦY BAN NHÂN DÂN", "CHỦ TỊCH"), [("E5", "TM.ỦY BAN NHÂN DÂN")]),
        (("KT CHỦ TỊCH", "PHÓ CHỦ TỊCH"), [("E5", "KT CHỦ TỊCH")]),
        (("TT. ĐẢNG ỦY", "BÍ THƯ"), [("E5", "TT. ĐẢNG ỦY")]),
        (("TM. Ủy ban nhân dân", "CHỦ TỊCH"), [("E5", "TM. Ủy ban nhân dân")]),
        (("TM. ỦY BAN NHÂN DÂN",), [("E6", "TM. ỦY BAN NHÂN DÂN")]),
        (("KT. CHỦ TỊCH", "CHÁNH VĂN PHÒNG"), [("E6", "KT. CHỦ TỊCH")]),
        (
            ("TM. ỦY BAN NHÂN DÂN", "TL. CHỦ TỊCH", "CHÁNH VĂN PHÒNG"),
            [("E6", "TM. ỦY BAN NHÂN DÂN"), ("E6", "TL. CHỦ TỊCH")],
        ),
    ],
)
def test_authority(lines: tuple[str, ...], findings: list[tuple[str, str]]) -> None:
    paper = replace(plain_plan(), signature=Signature(lines, "Lò Văn Thắng"))

    assert content_findings(paper) == [Finding(*finding) for finding in findings]


@pytest.mark.parametrize("name", ["LÒ VĂN THẮNG", "ThS. Lò Văn Thắng", "Lò văn Thắng", "Kỹ sư Lò Văn Thắng", "Thắng"])
def test_name_of_the_signer(name: str) -> None:
    paper = replace(plain_plan(), signature=Signature(("CHỦ TỊCH",), name))

    assert content_findings(paper) == [Finding("E8", name)]


def _with_appendix(change: Callable[[Appendix], Appendix]) -> Paper:
    paper = two_appendices()
    return replace(paper, appendices=(change(paper.appendices[0]), paper.appendices[1]))


@pytest.mark.parametrize(
    ("change", "check", "words"),
    [
        (lambda appendix: replace(appendix, title="PHỤ LỤC I"), "F1", "PHỤ LỤC I"),
        (lambda appendix: replace(appendix, title="Phụ lục 1"), "F1", "Phụ lục 1"),
        (lambda appendix: replace(appendix, subject="Hướng dẫn chấm điểm"), "F2", "Hướng dẫn chấm điểm"),
        (lambda appendix: replace(appendix, reference=""), "F2", "Phụ lục I"),
        (lambda appendix: replace(appendix, reference="(Kèm theo văn bản này)"), "F2", "(Kèm theo văn bản này)"),
    ],
)
def test_head_of_an_appendix(change: Callable[[Appendix], Appendix], check: str, words: str) -> None:
    assert content_findings(_with_appendix(change)) == [Finding(check, words)]


def test_appendix_that_the_body_does_not_mention() -> None:
    paper = two_appendices()
    body = tuple(
        AppendixReference("(Có Phụ lục II kèm theo)") if isinstance(block, AppendixReference) else block
        for block in paper.body
    )

    assert content_findings(replace(paper, body=body)) == [Finding("F4", "Phụ lục I")]


@pytest.mark.parametrize(
    ("text", "findings"),
    [
        ("Làm  đúng.", ["Làm  đúng."]),
        ("Làm đúng , làm đủ.", ["Làm đúng , làm đủ."]),
        ("Làm đúng,làm đủ.", ["Làm đúng,làm đủ."]),
        ("Làm đúng.Làm đủ.", ["Làm đúng.Làm đủ."]),
        ("Công văn số 351/UBND - NV của xã.", ["Công văn số 351/UBND - NV của xã."]),
        ("TT.HĐND xã họp lúc 08:30, tỷ lệ 1,5 % (chẵn).", []),
    ],
)
def test_spacing(text: str, findings: list[str]) -> None:
    found = content_findings(_with_body(Paragraph(text)))

    assert [finding.check for finding in found] == ["D21"] * len(findings)
    assert all(finding.words in text for finding in found)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Trình Ủy Ban Nhân Dân xã.", ["Trình Ủy Ban Nhân Dân xã."]),
        ("Trong nhân dân các thôn.", ["Trong nhân dân các"]),
        ("Hội đồng nhân dân và Tòa án nhân dân phối hợp với Nhân dân.", []),
        ("Cơ quan nhà nước, doanh nghiệp nhà nước và công tác quản lý nhà nước.", []),
        ("Chính sách của nhà nước ta.", ["của nhà nước ta."]),
        ("Theo điểm a khoản 2 Điều 103.", []),
        ("Theo Điểm a Khoản 2 điều 103.", ["2 điều 103.", "Theo Điểm a Khoản", "a Khoản 2 điều"]),
        ("Người dân Tỉnh Hòa An và Thành phố Hồ Chí Minh.", ["Người dân Tỉnh Hòa An"]),
        ("Làm xong. rồi nghỉ.", ["Làm xong. rồi nghỉ."]),
        ("làm xong rồi nghỉ.", ["làm xong rồi"]),
        ("Phát huy thế mạnh, quí trọng người tài.", ["mạnh, quí trọng"]),
        ("Ngày Quốc khánh 2-9, ngày 05/02/2026, ngày 15/3/2026, ngày 05 tháng 3 và Tháng 11/2026.", []),
        ("Trước ngày 5/3/2026.", ["5/3/2026"]),
        ("Trước ngày 05/03/2026.", ["05/03/2026"]),
        ("Trước ngày 5 tháng 3 năm 2026.", ["ngày 5 tháng 3"]),
        ("Trong tháng 03 năm 2026.", ["tháng 03"]),
        ("Trong tháng 1/2026.", ["tháng 1/2026"]),
        ("Báo cáo UBND huyện Hòa An.", ["cáo UBND huyện Hòa"]),
    ],
)
def test_spelling(text: str, words: list[str]) -> None:
    found = content_findings(_with_body(Paragraph(text)))

    assert sorted(finding.words for finding in found) == sorted(words)
    assert {finding.check for finding in found} <= {"H"}


def test_district_bodies_may_be_named_while_they_existed() -> None:
    paper = _with_body(Paragraph("Báo cáo UBND huyện Hòa An."))
    older = replace(paper, header=replace(paper.header, date=PartialDate(2025, 6, 30)))

    assert content_findings(older) == []


def test_two_ways_of_placing_the_tone() -> None:
    paper = _with_body(Paragraph("Hoà bình, văn hóa, khỏe mạnh, quý báu, thùy mị."))

    assert content_findings(paper) == [Finding("H", "hoà")]


def test_decomposed_words_are_found() -> None:
    assert content_findings(decomposed_letters()) == [Finding("H", decomposed_words())]
