"""The Word file says what the paper says, holds its signature together and is a clean file."""

from __future__ import annotations

import time
from dataclasses import replace

import pytest
from docx.document import Document
from docx.oxml.ns import qn
from hypothesis import given, settings
from hypothesis import strategies as st

from documents import layout
from documents.errors import RenderingFailed
from documents.rendering.docx import render_docx
from documents.tree import Header, Item, Paragraph, Recipients, Row, Signature, Table
from tests.documents.docx_samples import (
    CLOSING,
    COLUMNS,
    PLAN,
    PLAN_WORDS,
    TASKS,
    opened,
    paragraph_of,
    paragraphs,
    parts,
    words,
)

# -- Words ---------------------------------------------------------------------------


def test_body_reads_as_the_paper_in_its_order():
    document = opened()

    assert words(document) == PLAN_WORDS.split()


def test_superior_stands_above_the_issuer_and_long_issuer_lines_are_broken():
    header = Header(("BAN CHỈ ĐẠO CÁC PHONG TRÀO THI ĐUA YÊU NƯỚC", "XÃ SUỐI MƠ"), superior="UBND TỈNH AN HÒA")

    document = opened(replace(PLAN, header=header))

    names = document.tables[0].rows[0].cells[0].paragraphs
    assert [name.text.replace("\n", " ") for name in names] == ["UBND TỈNH AN HÒA", *header.issuer, ""]
    assert [name.text.count("\n") for name in names] == [0, 1, 0, 0]


def test_number_and_date_share_a_row_with_their_blanks():
    document = opened()

    cells = document.tables[0].rows[1].cells
    assert [cell.text for cell in cells] == ["Số:        /KH-UBND", "Suối Mơ, ngày      tháng 01 năm 2026"]


def test_markup_is_printed_as_typed():
    typed = "Gửi <b>hồ sơ</b> & biểu mẫu &amp; theo ]]> mục 2"

    document = opened(replace(PLAN, body=(Item("-", typed), CLOSING)))

    assert paragraph_of(document, f"- {typed}").style.name == "TĐKT Khoản và điểm"


def test_line_breaks_of_the_writer_become_blanks():
    document = opened(replace(PLAN, body=(Paragraph("Dòng một\ndòng hai"), CLOSING)))

    assert [p.text for p in document.paragraphs].count("Dòng một dòng hai") == 1


@settings(max_examples=40, deadline=None)
@given(st.text(st.characters(exclude_categories=("Cs", "Cc", "Cn", "Zl", "Zp"))))
def test_any_printable_text_survives(text: str):
    document = opened(replace(PLAN, body=(Paragraph(text), CLOSING), appendices=()))

    *_, printed, closing = document.paragraphs[:-1]  # after the closing line only the one that ends the signature
    assert (printed.text, closing.text) == (text, CLOSING.text)


@pytest.mark.parametrize("letter", ["\x00", "\x07", "\x0b", "\x1c", "\x1f", "\ufffe", "\ud800"])
@pytest.mark.parametrize("place", ["subject", "body", "cell"])
def test_letters_that_xml_forbids_are_refused_with_their_place(letter: str, place: str):
    text = f"Danh hiệu{letter}thi đua"
    paper = {
        "subject": replace(PLAN, subject=text),
        "body": replace(PLAN, body=(Item("1.", text), CLOSING)),
        "cell": replace(PLAN, body=(Table(COLUMNS, (Row((("1",), (text,), ())),)), CLOSING)),
    }[place]

    with pytest.raises(RenderingFailed) as refusal:
        render_docx(paper)

    assert str(refusal.value) == (
        "Chưa dựng được tệp Word vì có ký tự không in được ở đoạn “Danh hiệuthi đua”. Hãy xóa ký tự đó rồi xuất lại."
    )


# -- Signature -----------------------------------------------------------------------


def test_signature_block_is_one_uncut_row_with_room_to_sign():
    _, _, block, *_ = opened().tables

    [row] = block.rows
    assert [mark.tag for mark in row._tr.trPr] == [qn("w:cantSplit")]
    right = [(p.text, p.paragraph_format.space_before) for p in row.cells[1].paragraphs]
    assert [(text, space and round(space.mm)) for text, space in right] == [
        ("TM. ỦY BAN NHÂN DÂN", None),
        ("CHỦ TỊCH", None),
        ("TRƯỞNG BAN CHỈ ĐẠO", layout.SIGNATURE_SPACE_MM),
        ("Đặng Thị Ngọc Ánh", None),
    ]


def test_room_to_sign_stands_above_the_name_where_no_post_is_printed():
    paper = replace(PLAN, signature=Signature(("CHỦ TỊCH",), "Lò Văn Thắng"), appendices=())

    name = paragraph_of(opened(paper), "Lò Văn Thắng")

    assert round(name.paragraph_format.space_before.mm) == layout.SIGNATURE_SPACE_MM


def test_unsigned_paper_without_recipients_leaves_room_for_the_name():
    paper = replace(PLAN, recipients=Recipients((), ""), signature=Signature(("CHỦ TỊCH",)), appendices=())

    left, right = opened(paper).tables[-1].rows[0].cells

    assert [p.text for p in left.paragraphs] == [""]
    assert [p.text for p in right.paragraphs] == ["CHỦ TỊCH", ""]


def kept(document: Document) -> list[str]:
    return [p.text for p in paragraphs(document) if p.paragraph_format.keep_with_next]


def test_signature_holds_the_closing_line_and_the_entry_before_it():
    assert kept(opened()) == ["(Có Phụ lục kèm theo)", CLOSING.text]


def test_signature_holds_a_closing_paragraph_of_several_lines_alone():
    closing = Paragraph("Trong quá trình thực hiện, các thôn phản ánh khó khăn, vướng mắc về Ủy ban nhân dân xã. " * 3)

    assert kept(opened(replace(PLAN, body=(*PLAN.body[:-1], closing)))) == [closing.text]


def test_signature_holds_the_last_row_of_a_table():
    document = opened(replace(PLAN, body=(TASKS,), appendices=()))

    assert kept(document) == ["2", "Sơ kết đợt một", "", ""]


# -- File ----------------------------------------------------------------------------


def test_same_paper_gives_the_same_bytes():
    first = render_docx(PLAN)

    assert render_docx(PLAN) == first
    assert render_docx(replace(PLAN, title="THÔNG BÁO")) != first


def test_properties_name_the_paper_and_nobody_else():
    properties = opened().core_properties

    assert (properties.title, properties.subject, properties.language) == (
        "KẾ HOẠCH Công tác thi đua, khen thưởng năm 2026",
        "Công tác thi đua, khen thưởng năm 2026",
        "vi-VN",
    )
    assert parts()["docProps/core.xml"].count("<dc") == 3


def test_very_long_subject_still_gives_a_file():
    document = opened(replace(PLAN, subject="thi đua " * 100))

    assert len(document.core_properties.title) == 255


def test_file_holds_only_what_the_paper_needs():
    assert sorted(parts()) == [
        "[Content_Types].xml",
        "_rels/.rels",
        "docProps/core.xml",
        "word/_rels/document.xml.rels",
        "word/document.xml",
        "word/header1.xml",
        "word/settings.xml",
        "word/styles.xml",
    ]


def test_two_hundred_rows_take_less_than_two_seconds():
    row = Row((("1",), ("Rà soát hồ sơ", "Tổng hợp kết quả"), ("1.000.000",)))
    paper = replace(PLAN, body=(Table(COLUMNS, (row,) * 200), CLOSING))
    render_docx(PLAN)  # the base file and the typeface are read once

    start = time.process_time()
    render_docx(paper)

    assert time.process_time() - start < 2
