"""Tables of Word: spans, wrapped cells, nested tables, and frames that are no tables."""

from __future__ import annotations

from documents.reading.source import SourceTable
from tests.documents.reading_sources.making import cell, p, read, row, table, tables, texts, word


def shape(source) -> list[list[tuple[str, int, int]]]:
    (found,) = (block for block in source.blocks if isinstance(block, SourceTable))
    return [[(one.text, one.spans_columns, one.spans_rows) for one in cells] for cells in found.rows]


def test_merged_cells_say_how_far_they_reach():
    body = table(
        row(
            cell("TT", properties='<w:vMerge w:val="restart"/>'),
            cell("Chỉ tiêu", properties='<w:gridSpan w:val="2"/>'),
        ),
        row(cell(properties="<w:vMerge/>"), "Giao", "Thực hiện"),
        row(cell("QUÝ I", properties='<w:gridSpan w:val="3"/>')),
        row("1", cell("Ba dòng", properties='<w:vMerge w:val="restart"/>'), "a"),
        row("2", cell("chữ cũ bị che", properties='<w:vMerge w:val="continue"/>'), "b"),
    )

    assert shape(read(word(body))) == [
        [("TT", 1, 2), ("Chỉ tiêu", 2, 1)],
        [("Giao", 1, 1), ("Thực hiện", 1, 1)],
        [("QUÝ I", 3, 1)],
        [("1", 1, 1), ("Ba dòng", 1, 2), ("a", 1, 1)],
        [("2", 1, 1), ("b", 1, 1)],
    ]


def test_rows_and_cells_in_content_controls_and_insertions_are_read():
    body = table(
        f"<w:sdt><w:sdtContent>{row('1', 'Hội nghị')}</w:sdtContent></w:sdt>",
        f"<w:tr><w:sdt><w:sdtContent>{cell('2')}</w:sdtContent></w:sdt>{cell('Báo cáo')}</w:tr>",
        row("3", "Kiểm tra", properties="<w:ins/>"),
    )

    assert tables(read(word(body))) == [[["1", "Hội nghị"], ["2", "Báo cáo"], ["3", "Kiểm tra"]]]


def test_lines_of_a_cell_are_its_paragraphs():
    source = read(word(table(row("1", cell("- Các thôn;", "- Trường học.")), row("2", "Văn phòng"))))

    (found,) = source.blocks
    assert isinstance(found, SourceTable)
    assert [[line.text for line in one.lines] for one in found.rows[0]] == [["1"], ["- Các thôn;", "- Trường học."]]


def test_a_table_within_a_cell_gives_its_words_to_the_cell():
    inner = table(row("a", "b"), row("c", "d"))

    assert tables(read(word(table(row("1", cell("Trước", inner, "sau")), row("2", "x"))))) == [
        [["1", "Trước a b c d sau"], ["2", "x"]]
    ]


def test_a_table_within_a_frame_is_a_table():
    frame = table(row(cell("Trên", table(row("TT", "Việc"), row("1", "Họp")))), ruled=False)

    source = read(word(frame))

    assert (texts(source), tables(source)) == (["Trên"], [[["TT", "Việc"], ["1", "Họp"]]])


def test_rules_of_single_cells_make_a_table_too():
    drawn = '<w:tcBorders><w:top w:val="single"/><w:bottom w:val="single"/></w:tcBorders>'
    rows = [
        row(cell(one, properties=drawn), cell(other, properties=drawn))
        for one, other in (("TT", "Việc"), ("1", "Họp"))
    ]

    assert tables(read(word(table(*rows, ruled=False)))) == [[["TT", "Việc"], ["1", "Họp"]]]


def test_rules_of_a_table_style_make_a_table():
    styles = (
        '<w:style w:type="table" w:styleId="Grid"><w:tblPr><w:tblBorders><w:insideH w:val="single"/>'
        '<w:insideV w:val="single"/></w:tblBorders></w:tblPr></w:style>'
        '<w:style w:type="table" w:styleId="Own"><w:basedOn w:val="Grid"/></w:style>'
    )
    body = table(row("TT", "Việc"), row("1", "Họp"), properties='<w:tblStyle w:val="Own"/>', ruled=False)

    assert tables(read(word(body, styles=styles))) == [[["TT", "Việc"], ["1", "Họp"]]]


def test_a_table_of_three_columns_without_rules_is_still_a_table():
    body = table(row("TT", "Việc", "Ai"), row("1", "Họp", "Các thôn"), ruled=False)

    assert tables(read(word(body))) == [[["TT", "Việc", "Ai"], ["1", "Họp", "Các thôn"]]]


def test_a_frame_around_some_lines_is_no_table():
    assert texts(read(word(p("Trước") + table(row(cell("Lưu ý:", "nộp đúng hạn")))))) == [
        "Trước",
        "Lưu ý:",
        "nộp đúng hạn",
    ]


def test_an_empty_table_is_nothing():
    assert (
        read(word(p("Một") + table(row("", ""), row("", "")) + p("Hai"))).blocks
        == read(word(p("Một") + p("Hai"))).blocks
    )
