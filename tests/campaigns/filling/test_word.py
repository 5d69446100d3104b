"""Tables of Word files: every part but the text stays, and a figure looks like the cell that waited for it."""

from __future__ import annotations

import io
from decimal import Decimal

import pytest
from docx import Document
from docx.shared import Pt

from campaigns.filling import word
from campaigns.filling.package import UnfitPackage, Unwritable
from campaigns.filling.tables import Cell, Spot
from tests.campaigns.filling.made import parts, superiors_document, with_parts


def test_merged_cells_are_seen_as_they_lie():
    [table] = word.read_tables(superiors_document())

    assert table.rows[0] == (
        Cell("TT", rows=2),
        Cell("Chỉ tiêu", rows=2),
        Cell("Năm 2024", columns=2),
        Cell(covered_by=(0, 2)),
        Cell("Ghi chú", rows=2),
    )
    assert table.rows[1] == (
        Cell(covered_by=(0, 0)),
        Cell(covered_by=(0, 1)),
        Cell("Kế hoạch"),
        Cell("Thực hiện"),
        Cell(covered_by=(0, 4)),
    )


def test_figures_take_the_look_of_their_cells_and_words_the_vietnamese_way():
    content = superiors_document()

    filled = word.fill(content, {Spot(0, 2, 3): Decimal("1234567.5"), Spot(0, 3, 3): Decimal("95.5")})

    table = Document(io.BytesIO(filled)).tables[0]
    shown = [[cell.text for cell in row.cells] for row in table.rows]
    assert shown[2:] == [["1", "Sản lượng lúa", "", "1.234.567,5", ""], ["2", shown[3][1], "", "95,5", ""]]
    for row, column in ((2, 3), (3, 3)):
        [run] = [run for run in table.cell(row, column).paragraphs[0].runs if run.text]
        assert (run.font.name, run.font.size) == ("Times New Roman", Pt(13))
    assert str(table.cell(3, 3).paragraphs[0].runs[0].font.color.rgb) == "9F1D20"
    assert [cell.text for cell in table.rows[0].cells][2:4] == ["Năm 2024", "Năm 2024"]
    before, after = parts(content), parts(filled)
    assert {name for name in before if before[name] != after[name]} == {"word/document.xml"}


def test_an_empty_cell_takes_the_look_of_its_paragraph_mark():
    mark = '<w:rPr><w:b/><w:sz w:val="30"/></w:rPr>'
    document = Document()
    document.add_table(rows=1, cols=1)
    content = io.BytesIO()
    document.save(content)
    paragraph = f"</w:tcPr><w:p><w:pPr>{mark}</w:pPr></w:p>"
    marked = with_parts(
        content.getvalue(), {"word/document.xml": lambda xml: xml.replace("</w:tcPr><w:p/>", paragraph)}
    )
    assert mark.encode() in parts(marked)["word/document.xml"]

    filled = word.fill(marked, {Spot(0, 0, 0): Decimal(7)})

    [run] = Document(io.BytesIO(filled)).tables[0].cell(0, 0).paragraphs[0].runs
    assert (run.text, run.font.bold, run.font.size) == ("7", True, Pt(15))


def test_a_cell_under_a_merged_one_is_never_written():
    with pytest.raises(Unwritable):
        word.fill(superiors_document(), {Spot(0, 0, 3): Decimal(1)})


def test_filling_nothing_changes_no_byte():
    content = superiors_document()

    assert word.fill(content, {}) == content


def test_what_was_filled_is_read_back():
    spots = [Spot(0, 2, 2), Spot(0, 2, 3), Spot(0, 3, 2), Spot(0, 3, 3)]

    [table] = word.read_tables(word.fill(superiors_document(), {spot: Decimal(at) for at, spot in enumerate(spots)}))

    assert [table.cell(spot.row, spot.column).text for spot in spots] == ["0", "1", "2", "3"]


def test_a_damaged_document_is_refused_with_a_sentence():
    with pytest.raises((word.UnfitDocument, UnfitPackage)):
        word.read_tables(with_parts(superiors_document(), {"word/document.xml": lambda xml: xml[:200]}))
