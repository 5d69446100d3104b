"""Ruled tables of a PDF: spans, wrapped cells, tables over several pages, and rules that make no table."""

from __future__ import annotations

from documents.reading.source import Source, SourceTable
from tests.documents.reading_sources.making import drawn, page_of, read, tables, texts, words_at

PAGE = "@page { size: A4; margin: 20mm } table { border-collapse: collapse; width: 100% } "
RULED = PAGE + "td, th { border: 0.5pt solid #000; padding: 3pt; vertical-align: top }"


def shape(source: Source) -> list[list[tuple[str, int, int]]]:
    (found,) = (block for block in source.blocks if isinstance(block, SourceTable))
    return [[(one.text, one.spans_columns, one.spans_rows) for one in cells] for cells in found.rows]


def grid(*rows: str) -> str:
    return f"<table>{''.join(rows)}</table>"


def row(*cells: str) -> str:
    return f"<tr>{''.join(cell if cell.startswith('<') else f'<td>{cell}</td>' for cell in cells)}</tr>"


def test_merged_cells_say_how_far_they_reach():
    html = grid(
        row("<td rowspan=2>TT</td>", "<td colspan=2>Chỉ tiêu</td>"),
        row("Giao", "Thực hiện"),
        row("<td colspan=3>QUÝ I</td>"),
        row("1", "a", "<td rowspan=2>Hai dòng</td>"),
        row("2", ""),
    )

    assert shape(read(page_of(html, RULED))) == [
        [("TT", 1, 2), ("Chỉ tiêu", 2, 1)],
        [("Giao", 1, 1), ("Thực hiện", 1, 1)],
        [("QUÝ I", 3, 1)],
        [("1", 1, 1), ("a", 1, 1), ("Hai dòng", 1, 2)],
        [("2", 1, 1), ("", 1, 1)],
    ]


def test_lines_of_a_cell_are_its_printed_lines_and_looks_are_known():
    html = grid(
        row("<td><b>TT</b></td>", "<td style='width: 80pt'><b>Nội dung công việc</b></td>", "x"), row("1", "Họp", "y")
    )

    source = read(page_of(html, RULED))

    (found,) = source.blocks
    assert isinstance(found, SourceTable)
    assert [line.text for line in found.rows[0][1].lines] == ["Nội dung", "công việc"]
    assert [[line.looks.bold for line in cell.lines] for cell in found.rows[0]] == [[True], [True, True], [False]]


def test_a_table_over_several_pages_is_one_without_its_repeated_heads():
    rows = [row(str(number), f"Nhiệm vụ {number}", "Các thôn") for number in range(1, 100)]
    head = "<thead><tr><th>TT</th><th>Việc</th><th>Ai</th></tr></thead>"

    source = read(page_of(f"<p>Trước</p><table>{head}{''.join(rows)}</table><p>Sau</p>", RULED))

    assert (texts(source), source.pages) == (["Trước", "Sau"], 4)
    assert tables(source) == [
        [["TT", "Việc", "Ai"], *[[str(number), f"Nhiệm vụ {number}", "Các thôn"] for number in range(1, 100)]]
    ]


def test_a_row_that_a_page_break_cut_is_one_row():
    words = [f"chữ{number}" for number in range(900)]
    html = grid(row("1", "Ngắn"), row("2", " ".join(words)), row("3", "Cuối"))

    source = read(page_of(html, RULED + " td:first-child { width: 30pt }"))

    assert source.pages == 3
    assert tables(source) == [[["1", "Ngắn"], ["2", " ".join(words)], ["3", "Cuối"]]]


def test_a_row_across_all_columns_at_the_top_of_a_page_stays_in_its_table():
    rows = [row(str(number), "Họp", "Các thôn") for number in range(1, 31)]
    group = "<tr style='break-before: page'><td colspan=3>QUÝ II</td></tr>"

    source = read(page_of(grid(*rows, group), RULED))

    assert source.pages == 2
    assert shape(source)[-2:] == [[("30", 1, 1), ("Họp", 1, 1), ("Các thôn", 1, 1)], [("QUÝ II", 3, 1)]]


def test_two_tables_with_words_between_them_are_two():
    html = grid(row("1", "Hội nghị")) + "<p>Ở giữa hai bảng</p>" + grid(row("2", "Báo cáo"))

    source = read(page_of(html, RULED))

    assert [type(block).__name__ for block in source.blocks] == ["SourceTable", "SourceLine", "SourceTable"]
    assert tables(source) == [[["1", "Hội nghị"]], [["2", "Báo cáo"]]]


def test_shades_behind_words_and_lines_below_them_make_no_table():
    css = PAGE + ".a { background: #ffc } .b { border-bottom: 1pt solid #000; width: 40% } u { color: #000 }"
    html = "<p class=a>Đoạn một</p><p class=a>Đoạn hai</p><p class=b>Đoạn ba</p><p><u>Đoạn bốn</u></p>"

    source = read(page_of(html, css))

    assert (texts(source), tables(source)) == (["Đoạn một", "Đoạn hai", "Đoạn ba", "Đoạn bốn"], [])


def test_white_rules_make_no_table():
    html = grid(row("Trái", "Phải"), row("Dưới trái", "Dưới phải"))

    assert tables(read(page_of(html, RULED.replace("#000", "#fff")))) == []


def test_a_frame_around_words_is_no_table():
    source = read(
        page_of("<div style='border: 1pt solid #000; padding: 6pt'>Lưu ý: nộp đúng hạn</div><p>Sau</p>", PAGE)
    )

    assert (texts(source), tables(source)) == (["Lưu ý: nộp đúng hạn", "Sau"], [])


def test_a_head_with_rules_around_it_is_a_head():
    html = grid(row("UBND XÃ MAI KHÊ", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM")) + "<p>KẾ HOẠCH</p>"

    source = read(page_of(html, RULED + " td { font-size: 10pt }"))

    assert [(line.text, line.column) for line in source.blocks] == [
        ("UBND XÃ MAI KHÊ", 0),
        ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", 1),
        ("KẾ HOẠCH", 0),
    ]


def test_rules_drawn_as_thin_boxes_make_a_table():
    across = "".join(f"60 {y} 400 0.5 re f\n" for y in (700, 670, 640))
    down = "".join(f"{x} 640 0.5 60.5 re f\n" for x in (60, 120, 460))
    inside = (
        words_at(70, 680, "TT")
        + words_at(130, 680, "Nhiem vu")
        + words_at(70, 650, "1")
        + words_at(130, 650, "Hop dau nam")
    )

    assert tables(read(drawn(across + down + inside))) == [[["TT", "Nhiem vu"], ["1", "Hop dau nam"]]]
