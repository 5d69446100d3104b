"""Many who sign one paper side by side: the same words in every form, rows whole, names level."""

from __future__ import annotations

import io
from dataclasses import replace

import docx
import pdfplumber
import pytest

from documents import layout
from documents.proofreading import context_of, proofread
from documents.rendering import render
from documents.rendering.html import paper_body
from documents.rendering.lines import signatory_lines
from documents.rendering.text import render_text
from documents.signed.pieces import pieces_of
from documents.tree import Paper, Signatories, Signatory
from tests.layout import papers

TITLE = "ĐẠI DIỆN CÁC ĐƠN VỊ KÝ GIAO ƯỚC"
EAST = Signatory("THÔN ĐÔNG", "TRƯỞNG THÔN", "Lò Văn Đông")
SCHOOL = Signatory("TRƯỜNG PHỔ THÔNG DÂN TỘC BÁN TRÚ TIỂU HỌC MAI KHÊ", "HIỆU TRƯỞNG", "Vì Thị Tây")
STATION = Signatory("TRẠM Y TẾ", "", "Lò Thị Nam")
LAST = Signatory("CÔNG AN XÃ", "TRƯỞNG CÔNG AN", "")


def paper(*each: Signatory, columns: int = 3) -> Paper:
    return replace(papers.plain_plan(), signatories=Signatories(TITLE, each or (EAST, SCHOOL, STATION, LAST), columns))


def test_they_stand_in_rows_the_last_one_short():
    assert list(paper().signatories.rows()) == [(EAST, SCHOOL, STATION), (LAST,)]
    assert list(paper(columns=2).signatories.rows()) == [(EAST, SCHOOL), (STATION, LAST)]


def test_the_text_tells_each_of_them_before_the_papers_own_signature():
    lines = render_text(paper()).splitlines()

    first = lines.index(TITLE)
    assert lines[first + 1 : first + 11] == [
        "THÔN ĐÔNG",
        "TRƯỞNG THÔN",
        "Lò Văn Đông",
        "TRƯỜNG PHỔ THÔNG DÂN TỘC BÁN TRÚ TIỂU HỌC MAI KHÊ",
        "HIỆU TRƯỞNG",
        "Vì Thị Tây",
        "TRẠM Y TẾ",
        "Lò Thị Nam",
        "CÔNG AN XÃ",
        "TRƯỞNG CÔNG AN",
    ]
    assert lines[first + 11] == "Nơi nhận:"


def test_a_paper_without_them_is_as_it_was():
    plain = papers.plain_plan()

    assert plain.signatories is None
    assert "signatories" not in paper_body(plain)


def test_pdf_and_word_say_what_the_text_says():
    expected = sorted(render_text(paper()).split())

    with pdfplumber.open(io.BytesIO(render(paper(), "pdf"))) as pdf:
        printed = " ".join(page.extract_text() or "" for page in pdf.pages).split()
        numbers = [str(number) for number in range(2, len(pdf.pages) + 1)]
    document = docx.Document(io.BytesIO(render(paper(), "docx")))
    written = " ".join(text.text or "" for text in document.element.body.iter("{*}t")).split()

    assert sorted(printed) == sorted(expected + numbers)
    assert sorted(written) == expected


def test_names_of_one_row_stand_level_whatever_stands_above_them():
    with pdfplumber.open(io.BytesIO(render(paper(), "pdf"))) as pdf:
        found = [word for page in pdf.pages for word in page.extract_words()]
    tops = {word["text"]: word["top"] for word in found if word["text"] in {"Đông", "Tây", "Nam"}}

    assert len(signatory_lines(SCHOOL.body, 3)) > len(signatory_lines(EAST.body, 3))
    assert max(tops.values()) - min(tops.values()) < 0.5

    frame = next(table for table in _tables() if "THÔN ĐÔNG" in table.cell(0, 0).text)
    names = [cell.paragraphs[-1].paragraph_format.space_before.pt for cell in frame.rows[0].cells]
    lines = [len(cell.text.split("\n")) - 1 for cell in frame.rows[0].cells]
    line = layout.SIGNATORY_PT * layout.SINGLE_LINE
    heights = [before + count * line for before, count in zip(names, lines, strict=True)]
    assert heights == pytest.approx([heights[0]] * 3, abs=0.1)


def test_word_keeps_their_rows_whole_and_parts_their_frame_from_the_signature():
    frame = next(table for table in _tables() if "THÔN ĐÔNG" in table.cell(0, 0).text)

    assert all(row._tr.trPr.find("{*}cantSplit") is not None for row in frame.rows)
    assert frame._tbl.getnext().tag.endswith("}p")


def _tables():
    return docx.Document(io.BytesIO(render(paper(), "docx"))).tables


def test_each_has_a_place_of_its_own_for_whoever_compares_or_proofreads():
    found = [(piece.path, piece.place) for piece in pieces_of(paper()) if piece.path[0] == "signatories"]

    assert found[:4] == [
        (("signatories", "title"), "Dòng trên các chữ ký"),
        (("signatories", 0, "body"), "Người ký 1, đơn vị"),
        (("signatories", 0, "post"), "Người ký 1, chức vụ"),
        (("signatories", 0, "name"), "Người ký 1, họ tên"),
    ]
    assert len(found) == 1 + 3 + 3 + 2 + 2


def test_their_names_are_nothing_to_proofread():
    plain, signed = papers.plain_plan(), paper()

    assert proofread(signed, context_of(signed, year=2026)) == proofread(plain, context_of(plain, year=2026))


def test_a_paper_that_enters_no_register_prints_no_number():
    plain = papers.plain_plan()
    unnumbered = replace(plain, header=replace(plain.header, is_numbered=False))

    assert "Số:" in render_text(plain)
    assert "Số:" not in render_text(unnumbered)
    assert "Số:" not in paper_body(unnumbered)
