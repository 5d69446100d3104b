"""Plain text as a source: lines, tables with tabs, columns side by side, the signs that are no words."""

from __future__ import annotations

from documents.reading.plain import read_plain
from documents.reading.source import SourceLine, SourceTable


def lines(text: str) -> list[tuple[str, int, bool]]:
    return [(one.text, one.column, one.gap) for one in read_plain(text).blocks if isinstance(one, SourceLine)]


def rows(text: str) -> list[list[str]]:
    tables = [one for one in read_plain(text).blocks if isinstance(one, SourceTable)]
    return [[cell.text for cell in row] for table in tables for row in table.rows]


def test_lines_know_whether_an_empty_one_stands_before_them() -> None:
    assert lines("Một\nhai  ba \n\n  bốn\r\n") == [("Một", 0, False), ("hai ba", 0, False), ("bốn", 0, True)]


def test_one_tab_parts_two_columns_but_not_a_marker() -> None:
    assert lines("ỦY BAN\tCỘNG HÒA\n1.\tMục đích\n-\tLàm") == [
        ("ỦY BAN", 0, False),
        ("CỘNG HÒA", 1, False),
        ("1. Mục đích", 0, False),
        ("- Làm", 0, False),
    ]


def test_lines_with_tabs_are_a_table_also_over_an_empty_line_and_with_rows_across() -> None:
    text = "Trước\nTT\tNội dung\tChủ trì\nQUÝ I\n1\tLàm\tAi\n\n\tnối\t\nSau"

    assert rows(text) == [["TT", "Nội dung", "Chủ trì"], ["QUÝ I"], ["1", "Làm", "Ai"], ["", "nối", ""]]
    assert lines(text) == [("Trước", 0, False), ("Sau", 0, False)]


def test_stars_of_markdown_are_looks_and_stars_of_lists_stay() -> None:
    found = read_plain("**KẾ HOẠCH**\nđợt hai (*từ ngày 01/7*)\n* Quý I\n**TM. ỦY BAN\nCHỦ TỊCH**\n5 * 3 * 2").blocks

    assert [one.text for one in found if isinstance(one, SourceLine)] == [
        "KẾ HOẠCH",
        "đợt hai (từ ngày 01/7)",
        "* Quý I",
        "TM. ỦY BAN",
        "CHỦ TỊCH",
        "5 * 3 * 2",
    ]
    assert isinstance(found[0], SourceLine)
    assert found[0].looks.bold is True


def test_numbers_of_pages_go_and_numbers_of_rows_stay() -> None:
    page = "\n".join(f"dòng thứ {number} của trang này" for number in range(30))

    assert [one for one, _, _ in lines(f"{page}\n2\n{page}\n3\n{page}") if one.isdecimal()] == []
    assert [one for one, _, _ in lines("một\f2\nhai\f- 3 -\nba") if "2" in one or "3" in one] == []
    assert [one for one, _, _ in lines("TT\nNội dung\n1\nLàm\n2\nLàm nữa") if one.isdecimal()] == ["1", "2"]
