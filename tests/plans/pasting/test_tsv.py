"""The plain form of spreadsheets: tabs, lines, quotation marks."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from plans.pasting import read_clipboard
from plans.pasting.grid import clean_cell
from plans.pasting.tsv import read_tsv, write_tsv


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        ("", []),
        ("a", [["a"]]),
        ("a\tb\r\nc\td\r\n", [["a", "b"], ["c", "d"]]),
        ("a\t\n\tb", [["a", ""], ["", "b"]]),
        ('"một\nhai"\tb', [["một\nhai", "b"]]),
        ('"nói ""thi đua""\nrồi"\tb', [['nói "thi đua"\nrồi', "b"]]),
        ('"Dân vận khéo" năm 2026\tb', [['"Dân vận khéo" năm 2026', "b"]]),
        ('"Dân vận khéo"\tb', [['"Dân vận khéo"', "b"]]),
        ('"""Dân vận khéo"""\tb', [['"Dân vận khéo"', "b"]]),
        ('"Học tập" và "làm theo"\tb', [['"Học tập" và "làm theo"', "b"]]),
        ('"mở mà không đóng\tb\nc\td', [['"mở mà không đóng', "b"], ["c", "d"]]),
        ('"mở ở đây\tb\nđóng ở kia"\td', [['"mở ở đây', "b"], ['đóng ở kia"', "d"]]),
        ('chữ "giữa" ô\tb', [['chữ "giữa" ô', "b"]]),
    ],
)
def test_cells_as_spreadsheets_write_them(text, rows):
    assert read_tsv(text) == rows


cells = st.text(st.sampled_from('aâ "\n;,'), max_size=9).filter(lambda cell: "\r" not in cell)
grids = st.integers(1, 5).flatmap(lambda width: st.lists(st.lists(cells, min_size=width, max_size=width), min_size=1))


@given(grids)
@example([['"']])
@example([['""', "a"]])
@example([["\n"], [""]])
def test_what_is_written_is_read_again(rows):
    assert read_tsv(write_tsv(rows)) == rows


@given(grids)
def test_a_grid_comes_back_from_its_plain_form(rows):
    first = read_clipboard(write_tsv(rows))

    assert read_clipboard(write_tsv(first.rows)) == first
    assert [cell for row in first.rows for cell in row if cell] == [
        clean for row in rows for cell in row if (clean := clean_cell(cell))
    ]


@given(st.text(max_size=200))
def test_any_text_is_a_grid_of_one_width_without_a_word_lost(text):
    grid = read_clipboard(text)

    assert {len(row) for row in grid.rows} in (set(), {grid.width})
    assert [cell for row in grid.rows for cell in row] == [clean_cell(cell) for row in grid.rows for cell in row]
    kept = "".join(clean_cell(text.replace("\t", " ")).split())
    shown = "".join(character for row in grid.rows for cell in row for character in cell if not character.isspace())
    assert shown.replace('"', "") == kept.replace('"', "")
