"""A superior's workbook comes back as it was sent, but for the cells that took a figure."""

from __future__ import annotations

import io
from decimal import Decimal

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from campaigns.filling import excel
from campaigns.filling.package import UnfitPackage, Unwritable
from campaigns.filling.tables import Cell, Spot, layout_of
from tests.campaigns.filling.made import (
    computed,
    has_calc,
    parts,
    plain_book,
    superiors_book,
    with_parts,
    with_shared_texts,
    without_cell,
)

SHEET = "xl/worksheets/sheet1.xml"
FIGURES = {
    Spot(0, 4, 3): Decimal("2150.5"),
    Spot(0, 4, 4): Decimal(2200),
    Spot(0, 4, 5): Decimal("1100.25"),
    Spot(0, 4, 6): Decimal("50.1"),
    Spot(0, 5, 5): Decimal(400),
    Spot(0, 6, 2): "phần trăm",
}


def book(content: bytes):
    return openpyxl.load_workbook(io.BytesIO(content))


def test_only_the_sheets_with_figures_or_formulas_and_the_book_are_written_anew():
    content = superiors_book()

    before, after = parts(content), parts(excel.fill(content, FIGURES))

    assert list(after) == list(before)
    assert {name for name in before if before[name] != after[name]} <= {
        SHEET,
        "xl/worksheets/sheet2.xml",
        "xl/worksheets/sheet3.xml",
        "xl/workbook.xml",
    }
    assert {"xl/styles.xml", "xl/media/image1.png", "xl/drawings/drawing1.xml"} <= set(before)


def test_cells_keep_their_look_and_the_sheet_all_that_it_has():
    content = superiors_book()

    before, after = book(content)["Biểu 01"], book(excel.fill(content, FIGURES))["Biểu 01"]

    looks = [[cell._style for cell in row] for row in before.iter_rows()]
    assert [[cell._style for cell in row] for row in after.iter_rows()] == looks
    changed = {
        cell.coordinate: cell.value
        for row in after.iter_rows()
        for cell in row
        if cell.value != before[cell.coordinate].value
    }
    assert changed == {
        "D5": 2150.5,
        "E5": 2200,
        "F5": 1100.25,
        "G5": 0.501,  # shown as 50,1 %
        "F6": 400,
        "C7": "phần trăm",
    }
    assert after.merged_cells.ranges == before.merged_cells.ranges
    assert after.data_validations == before.data_validations
    assert {name: one.width for name, one in after.column_dimensions.items()} == {
        name: one.width for name, one in before.column_dimensions.items()
    }
    assert (after.print_area, after.print_title_rows) == (before.print_area, before.print_title_rows)
    assert after.page_setup.orientation == "landscape"
    assert len(after._images) == 1


def test_names_and_hidden_sheets_stay():
    after = book(excel.fill(superiors_book(), FIGURES))

    assert [(sheet.title, sheet.sheet_state) for sheet in after] == [
        ("Biểu 01", "visible"),
        ("Tổng hợp", "visible"),
        ("Danh mục", "hidden"),
    ]
    assert after.defined_names["TongThucHien"].attr_text == "'Biểu 01'!$F$9"


@pytest.mark.skipif(not has_calc(), reason="needs LibreOffice Calc")
def test_libreoffice_opens_it_and_computes_the_totals(tmp_path):
    """The file says 999 of each formula, as it was computed before; sums on other sheets follow, hidden ones too."""
    sheets = [f"xl/worksheets/sheet{at}.xml" for at in (1, 2, 3)]
    old = dict.fromkeys(sheets, lambda xml: xml.replace("</f><v></v>", "</f><v>999</v>"))
    content = with_parts(superiors_book(), old)
    assert b"<v>999</v>" in parts(content)["xl/worksheets/sheet3.xml"]

    found = computed(excel.fill(content, FIGURES), tmp_path)

    assert found["Biểu 01"]["F9"].value == pytest.approx(1500.25)
    assert found["Biểu 01"]["H5"].value == pytest.approx(1100.25 / 2200 * 100)
    assert found["Tổng hợp"]["B1"].value == pytest.approx(3000.5)
    assert found["Danh mục"]["A1"].value == pytest.approx(1501.25)


def test_a_cell_or_a_row_that_the_file_leaves_out_is_put_in_its_place_with_the_look_of_its_column():
    def bare(xml: str) -> str:
        xml = without_cell(without_cell(xml, "F5"), "D5")
        start = xml.index('<row r="6"')
        return xml[:start] + xml[xml.index('<row r="7"') :].replace("<cols>", "<cols>")

    content = with_parts(superiors_book(), {SHEET: bare})
    content = with_parts(content, {SHEET: lambda xml: xml.replace('min="6" max="6"', 'min="6" max="6" style="1"')})

    filled = excel.fill(content, {spot: value for spot, value in FIGURES.items() if spot.row < 6})

    sheet = book(filled)["Biểu 01"]
    assert (sheet["D5"].value, sheet["F5"].value, sheet["F6"].value) == (2150.5, 1100.25, 400)
    xml = parts(filled)[SHEET].decode()
    assert xml.index('r="C5"') < xml.index('r="D5"') < xml.index('r="E5"') < xml.index('r="F5"') < xml.index('r="G5"')
    assert xml.index('<row r="5"') < xml.index('<row r="6"') < xml.index('<row r="7"')
    assert '<c r="F6" s="1">' in xml


def test_a_sheet_without_addresses_is_read_and_filled_by_the_order_of_its_cells():
    content = plain_book(("Chỉ tiêu", "Thực hiện"), ("Lúa", None), ("Ngô", "…"))
    bare = with_parts(
        content,
        {
            SHEET: lambda xml: (
                xml.replace(' r="A1"', "")
                .replace(' r="B1"', "")
                .replace('<row r="1" spans="1:2">', "<row>")
                .replace('<row r="1">', "<row>")
            )
        },
    )

    filled = excel.fill(bare, {Spot(0, 1, 1): Decimal(5)})

    [table] = excel.read_tables(filled)
    assert [[cell.text for cell in row] for row in table.rows] == [
        ["Chỉ tiêu", "Thực hiện"],
        ["Lúa", "5"],
        ["Ngô", "…"],
    ]


@pytest.mark.parametrize("spot", [Spot(0, 4, 7), Spot(0, 8, 5), Spot(0, 2, 5), Spot(0, 3, 0)])
def test_formulas_and_covered_cells_are_never_written(spot):
    with pytest.raises(Unwritable, match=f"^Ô {spot.address} có công thức"):
        excel.fill(superiors_book(), {spot: Decimal(1)})


def test_every_cell_of_an_array_formula_counts_as_one():
    array = '<c r="B1"><f t="array" ref="B1:B2">A1:A2*2</f><v>2</v></c>'
    content = with_parts(
        plain_book((1, 7), (2, 8), (3, 9)),
        {SHEET: lambda xml: xml.replace('<c r="B1" t="n"><v>7</v></c>', array)},
    )

    [table] = excel.read_tables(content)

    assert [[cell.is_formula for cell in row] for row in table.rows] == [[False, True], [False, True], [False, False]]
    with pytest.raises(Unwritable):
        excel.fill(content, {Spot(0, 1, 1): Decimal(1)})


def test_shared_formulas_stay():
    shared = {
        '<c r="B1" t="n"><v>7</v></c>': '<c r="B1"><f t="shared" ref="B1:B2" si="0">A1*2</f><v>2</v></c>',
        '<c r="B2" t="n"><v>8</v></c>': '<c r="B2"><f t="shared" si="0"/><v>4</v></c>',
    }

    def change(xml: str) -> str:
        for old, new in shared.items():
            assert old in xml
            xml = xml.replace(old, new)
        return xml

    filled = excel.fill(with_parts(plain_book((1, 7), (2, 8)), {SHEET: change}), {Spot(0, 0, 0): Decimal(50)})

    xml = parts(filled)[SHEET].decode()
    assert '<c r="B1"><f t="shared" ref="B1:B2" si="0">A1*2</f></c>' in xml
    assert '<c r="B2"><f t="shared" si="0"/></c>' in xml


def test_numbers_are_shown_as_excel_shows_them():
    made = openpyxl.Workbook()
    for at, (value, look) in enumerate(
        [(2026, "General"), (0.979, "0.0%"), (1234567.5, "#,##0.0"), (45292, "dd/mm/yyyy"), (0.1 + 0.2, "General")], 1
    ):
        made.active.cell(1, at, value).number_format = look
    content = io.BytesIO()
    made.save(content)

    [table] = excel.read_tables(content.getvalue())

    assert [cell.text for cell in table.rows[0]] == ["2026", "97,9 %", "1.234.567,5", "01/01/2024", "0,3"]


def test_shared_and_inline_texts_and_merged_heads_are_read():
    shared = with_shared_texts(superiors_book())
    assert b't="s"' in parts(shared)[SHEET]

    table = excel.read_tables(excel.fill(shared, {Spot(0, 4, 8): "ghi  chú"}))[0]

    assert table.cell(4, 1).text == "Sản lượng lúa"
    assert table.cell(4, 8).text == "ghi chú"
    assert table.cell(2, 4) == Cell("Năm 2024", rows=1, columns=4)
    assert table.cell(2, 6) == Cell(covered_by=(2, 4))
    assert table.shown_at(3, 8) == "Ghi chú"


def test_an_empty_text_makes_a_cell_blank_and_keeps_its_look():
    content = excel.fill(superiors_book(), FIGURES)

    sheet = book(excel.fill(content, {Spot(0, 4, 5): ""}))["Biểu 01"]

    assert sheet["F5"].value is None
    assert sheet["F5"].number_format == "#,##0.00"


def test_cells_far_away_are_left_out_and_told():
    far = openpyxl.Workbook()
    far.active["A1"], far.active["XFD1048576"] = "Chỉ tiêu", 1
    content = io.BytesIO()
    far.save(content)

    [table] = excel.read_tables(content.getvalue())

    assert (len(table.rows), table.width, table.is_cut) == (1, 1, True)


@pytest.mark.parametrize(
    "changed",
    [
        {SHEET: lambda xml: xml[: len(xml) // 2]},
        {SHEET: lambda xml: xml.replace('t="inlineStr"><is><t>TT</t></is>', 't="s"><v>99999</v>')},
        {SHEET: lambda xml: xml.replace('ref="A1:I1"', 'ref="A1:ZZZZ1"')},
        {SHEET: lambda xml: xml.replace('ref="A1:I1"', 'ref="A1:XFD1048576"')},
        {"xl/workbook.xml": lambda xml: "<!DOCTYPE x [<!ENTITY a 'b'>]>" + xml.replace("Biểu 01", "&a;") + "<"},
    ],
)
def test_a_damaged_workbook_is_refused_with_a_sentence(changed):
    with pytest.raises(UnfitPackage, match="bị hỏng hoặc không đúng mẫu"):
        excel.read_tables(with_parts(superiors_book(), changed))


def test_the_layout_is_known_again_in_another_period_with_figures_in_it_and_not_with_other_rows():
    first = layout_of(excel.read_tables(superiors_book()))
    later = superiors_book(title="BIỂU TỔNG HỢP KẾT QUẢ PHONG TRÀO THI ĐUA NĂM 2025", year=2025)
    figures = {spot: value for spot, value in FIGURES.items() if isinstance(value, Decimal)}

    assert layout_of(excel.read_tables(excel.fill(later, figures))) == first
    assert layout_of(excel.read_tables(superiors_book(rows=(("1", "Trồng cây", "cây"),)))) != first


words = st.text(st.characters(categories=["L", "N", "P", "Zs"]), max_size=12)
figures = st.decimals(-(10**12), 10**12, places=6)


@settings(max_examples=25, deadline=None)
@given(st.lists(st.lists(st.one_of(st.none(), words, st.integers(0, 10**9)), min_size=1, max_size=5), min_size=1))
def test_filling_nothing_changes_no_byte(rows):
    content = plain_book(*rows)

    assert excel.fill(content, {}) == content


@settings(max_examples=25, deadline=None)
@given(st.dictionaries(st.sampled_from(["D5", "E6", "F7", "F8", "D8"]), figures, min_size=1))
def test_what_was_filled_is_read_back_and_nothing_else_changed(typed):
    content = superiors_book()
    at = {"D5": Spot(0, 4, 3), "E6": Spot(0, 5, 4), "F7": Spot(0, 6, 5), "F8": Spot(0, 7, 5), "D8": Spot(0, 7, 3)}

    sheet = book(excel.fill(content, {at[name]: value for name, value in typed.items()}))["Biểu 01"]

    before = book(content)["Biểu 01"]
    for row in before.iter_rows():
        for cell in row:
            wanted = typed.get(cell.coordinate, cell.value)
            found = sheet[cell.coordinate].value
            assert Decimal(str(found)) == pytest.approx(wanted) if cell.coordinate in typed else found == wanted
