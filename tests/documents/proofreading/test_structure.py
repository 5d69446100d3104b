"""Outline, ending, appendices, recipients, signature, head."""

from __future__ import annotations

from dataclasses import replace

import pytest

from documents.dates import PartialDate
from documents.proofreading import context_of, proofread
from documents.proofreading.reading import Reading
from documents.proofreading.rules import blanks, ending, outline
from documents.tree import (
    Appendix,
    Column,
    GroupRow,
    Header,
    Heading,
    Item,
    Paragraph,
    Recipients,
    Row,
    Signature,
    Table,
)
from tests.documents.proofreading.papers import XA, paper, said


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("1. Một\n3. Ba", [("3.", "2.")]),
        ("1. Một\n2. Hai\n2. Ba", [("2.", "3.")]),
        ("1. Một\na) Điểm\nc) Điểm", [("c)", "b)")]),
        ("1. Một\na) A\nb) B\nc) C\nd) D\ne) E", [("e)", "đ)")]),
        ("2. Hai", [("2.", "1.")]),
        ("1. Một\n2. Hai\n1.1. Lạc", [("1.1.", "2.1.")]),
        ("1. Một\na) A\nb) B\n2. Hai\na) A\nb) B\nc) C\nd) D\nđ) Đ\ne) E\ng) G", []),
        ("1. Một\n1.1. Con\n1.2. Con\n2. Hai\n2.1. Con\n- gạch\n- gạch", []),
        ("1. Một\n2. Hai\nĐoạn văn.\n1. Lại một\n2. Lại hai", []),
    ],
)
def test_markers_count_on(body, expected):
    assert [(words, new) for _, words, new in said([outline.markers], paper(body))] == expected


def test_headings_count_on_and_lists_begin_anew_under_each():
    one = paper()
    body = (
        Heading("I.", "MỘT"),
        Item("1.", "a"),
        Heading("II.", "HAI"),
        Item("1.", "b"),
        Heading("IV.", "BỐN"),
        Item("1.", "c"),
    )

    assert said([outline.markers], replace(one, body=body)) == [("outline.number", "IV.", "III.")]


def test_rows_of_a_table_count_on_or_anew_in_each_group():
    def rows(*numbers: str) -> tuple:
        cells = tuple(Row(((number,), ("Việc",))) if number else GroupRow("QUÝ II") for number in numbers)
        return (Table((Column("TT", 0.2), Column("Nội dung", 0.8)), cells),)

    assert said([outline.rows], replace(paper(), body=rows("1", "2", "4"))) == [("outline.row", "4", "3")]
    assert said([outline.rows], replace(paper(), body=rows("1", "2", "", "1", "2"))) == []
    assert said([outline.rows], replace(paper(), body=rows("1", "2", "", "3"))) == []


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("1. Thực hiện.", [(".", "./.")]),
        ("1. Thực hiện", [("n", "n./.")]),
        ("1. Thực hiện ./.", [(" ./.", "./.")]),
        ("1. Thực hiện./.\n2. Báo cáo./.", [("./.", ".")]),
        ("1. Thực hiện.\n2. Báo cáo./.", []),
    ],
)
def test_the_text_ends_once(body, expected):
    assert [(words, new) for _, words, new in said([ending.end_mark], paper(body))] == expected


APPENDIX = Appendix(
    "PHỤ LỤC", "NHIỆM VỤ", "(Kèm theo Kế hoạch số 09/KH-UBND ngày 15 tháng 01 năm 2026 của UBND xã)", ()
)


@pytest.mark.parametrize(
    ("body", "appendices", "expected"),
    [
        ("1. Thực hiện.", (APPENDIX,), [("appendix.unmentioned", "PHỤ LỤC", "")]),
        ("1. Theo Phụ lục kèm theo.", (), [("appendix.absent", "Theo Phụ lục kèm theo", "")]),
        ("1. Theo Phụ lục kèm theo.", (APPENDIX,), []),
        ("1. Mẫu tại Phụ lục ban hành kèm theo Nghị định số 30/2020/NĐ-CP.", (), []),
    ],
)
def test_appendices_are_there_and_mentioned(body, appendices, expected):
    assert said([ending.appendices], paper(body, appendices=appendices)) == expected


def test_an_appendix_repeats_number_and_day_of_its_paper():
    one = paper("1. Theo Phụ lục.", number="12", date=PartialDate(2026, 2, 3), appendices=(APPENDIX,))

    assert said([ending.appendices], one) == [
        ("appendix.reference", "số 09/KH-UBND", "số 12/KH-UBND"),
        ("appendix.reference", "ngày 15 tháng 01 năm 2026", "ngày 03 tháng 02 năm 2026"),
    ]


def test_several_appendices_have_roman_numbers():
    other = Appendix("PHỤ LỤC II", "KHÁC", "", ())

    assert said([ending.appendices], paper("1. Theo các phụ lục.", appendices=(APPENDIX, other))) == [
        ("appendix.title", "PHỤ LỤC", "PHỤ LỤC I")
    ]


@pytest.mark.parametrize(
    ("recipients", "expected"),
    [
        (Recipients(("Sở Nội vụ",), "VT, VX"), []),
        (Recipients(("Sở Nội vụ", "Các thôn", "Sở Nội vụ"), "VT"), [("recipients.double", "Sở Nội vụ", "")]),
        (Recipients(("Như trên",), "VT"), [("recipients.place", "Như trên", "")]),
        (Recipients(("Như mục IV",), "VT"), [("recipients.place", "Như mục IV", "")]),
        (Recipients(("Như mục II",), "VT"), []),
        (Recipients(("Sở Nội vụ",), "VP"), [("recipients.archive", "- Lưu: VP.", "- Lưu: VT, VP.")]),
        (Recipients(("Sở Nội vụ",), ""), [("recipients.archive", "- Sở Nội vụ.", "")]),
        (Recipients((), ""), [("recipients.none", "TM. ỦY BAN NHÂN DÂN", "")]),
    ],
)
def test_recipients(recipients, expected):
    one = replace(
        paper(recipients=recipients), body=(Heading("I.", "MỘT"), Heading("II.", "HAI"), Paragraph("Thực hiện./."))
    )

    assert said([ending.recipients], one) == expected


def test_in_a_letter_the_recipients_may_point_above():
    one = replace(paper(recipients=Recipients(("Như trên",), "VT")), addressees=("Thôn Đông",))

    assert said([ending.recipients], one) == []


CHAIRMAN = ("TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH")
DEPUTY = ("TM. ỦY BAN NHÂN DÂN", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH")


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (CHAIRMAN, []),
        (DEPUTY, []),
        (("TL. CHỦ TỊCH", "CHÁNH VĂN PHÒNG"), []),
        (("TM/ ỦY BAN NHÂN DÂN", "CHỦ TỊCH"), [("TM/ ", "TM. ")]),
        (("KI. CHỦ TỊCH", "PHÓ CHỦ TỊCH"), [("KI. ", "KT. "), ("KI. CHỦ TỊCH", "")]),
        (("KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH"), [("KT. CHỦ TỊCH", "")]),
        (("TM. ỦY BAN NHÂN DÂN", "KT. CHỦ TỊCH", "CHỦ TỊCH"), [("KT. CHỦ TỊCH", "")]),
        (("TM. ỦY BAN NHÂN DÂN", "PHÓ CHỦ TỊCH"), [("PHÓ CHỦ TỊCH", "")]),
    ],
)
def test_forms_of_signature(lines, expected):
    found = said([ending.signature], paper(signature=Signature(lines, "Lê Văn Khải")))

    assert [(words, new) for _, words, new in found] == expected


def test_the_signer_has_a_name_without_titles():
    def of(name: str) -> list:
        return said([ending.signature], paper(signature=Signature(CHAIRMAN, name)))

    assert of("ThS. Lê Văn Khải") == [("signature.name", "ThS. Lê Văn Khải", "Lê Văn Khải")]
    assert of("LÊ VĂN KHẢI") == [("signature.name", "LÊ VĂN KHẢI", "Lê Văn Khải")]
    assert of("Lê Văn Khải") == of("") == []


def test_the_head_has_its_number_and_symbol():
    assert said([ending.head], paper(number="8", symbol="QĐ-UBND")) == [
        ("head.number", "8", "08"),
        ("head.symbol", "QĐ", "KH"),
    ]
    assert said([ending.head], paper(number="", symbol="CTr-HĐTĐKT", title="CHƯƠNG TRÌNH")) == []


def test_at_issue_number_day_and_name_are_missed():
    one = replace(
        paper(signature=Signature(CHAIRMAN)),
        header=Header(XA, symbol="KH-UBND", place="An Sơn", date=PartialDate(2026, 1)),
    )
    context = context_of(one, year=2026, is_issue=True)

    assert [code for code, *_ in said(ending.RULES, one, context)] == ["head.blank", "head.blank", "signature.name"]
    assert said(ending.RULES, one) == []


def test_findings_come_in_reading_order_and_never_twice_about_the_same_words():
    one = paper("1. Điển hình tiên tiên, các các thôn .\n2. Hội đồng Thi đua- Khen thưởng./.")

    found = proofread(one, context_of(one, year=2026))

    assert [(x.code, x.words, x.path) for x in found] == [
        ("word.slip", "tiên tiên", ("body", 0)),
        ("word.doubled", "các các", ("body", 0)),
        ("mark.blanks", " .", ("body", 0)),
        ("name.council", "Hội đồng Thi đua- Khen thưởng", ("body", 1)),
    ]
    assert all(one.body[x.path[1]].text in x.place or x.place.startswith("Nội dung") for x in found)


def test_an_empty_paper_is_read_in_peace():
    one = paper(subject="", recipients=Recipients((), ""), signature=Signature(()))

    assert proofread(one, context_of(one, year=None)) == ()


@pytest.mark.parametrize(
    ("text", "blank"),
    [
        ("Thực hiện Kế hoạch số …/KH-UBND ngày 06/01/2026 của UBND tỉnh.", "số …"),
        ("Căn cứ Quyết định số 12/QĐ-UBND ngày … tháng 01 năm 2026.", "ngày …"),
        ("Giao ông (bà) ……. chủ trì.", "ông (bà) ……."),
        ("Mua cờ, biểu ngữ, v.v…; treo tại thôn… và nhà văn hóa.", None),
    ],
)
def test_what_was_left_to_be_filled_in_is_said_when_the_paper_goes_out(text, blank):
    one = paper(f"1. {text}")
    going_out = Reading(one, context_of(one, year=2026, is_issue=True))
    draft = Reading(one, context_of(one, year=2026))

    assert [finding.words for finding in blanks.blanks(going_out)] == ([blank] if blank else [])
    assert list(blanks.blanks(draft)) == []
