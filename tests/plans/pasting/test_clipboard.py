"""The web form of a paste: merged cells, lines within cells, lists, what nobody sees, what somebody means ill."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plans.pasting import Grid, UnfitPaste, read_clipboard
from plans.pasting.html import list_marker
from tests.plans.pasting.samples_of import sample


def rows_of(html: str, text: str = "") -> tuple[tuple[str, ...], ...]:
    return read_clipboard(text, html).rows


def test_merged_cells_are_blank_and_know_their_cell():
    html = """<table><tr><td colspan=3>QUÝ I</td></tr>
      <tr><td rowspan=2>1</td><td>Một<br>dòng hai</td><td rowspan=2>UBND<p>xã</p></td></tr>
      <tr><td>b</td></tr><tr><td>2</td><td>c</td><td>d</td></tr></table>"""

    assert read_clipboard("", html) == Grid(
        (("QUÝ I", "", ""), ("1", "Một\ndòng hai", "UBND\nxã"), ("", "b", ""), ("2", "c", "d")),
        {(0, 1): (0, 0), (0, 2): (0, 0), (2, 0): (1, 0), (2, 2): (1, 2)},
    )


def test_a_cell_that_hangs_over_the_last_column_covers_the_shorter_row_below_only():
    html = "<table><tr><td>a<td>b<td rowspan=2>c</tr><tr><td>d</tr><tr><td>e<td>f<td>g</tr></table>"

    assert rows_of(html) == (("a", "b", "c"), ("d", "", ""), ("e", "f", "g"))


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        ("Thi <b>đua</b> &nbsp; khen\n   thưởng", "Thi đua khen thưởng"),
        ("<div><p>một</p><p>hai<br><br>ba</p></div>", "một\nhai\nba"),
        ("<ul><li>một</li><li>hai</li></ul>", "- một\n- hai"),
        ("<ol start=3><li>ba</li><li value=7>bảy</li><li>tám</li></ol>", "3. ba\n7. bảy\n8. tám"),
        (
            "<ol type=a><li><p>một</p><p>thêm</p></li><li>hai<ul><li>nhỏ</li></ul></li></ol>",
            "a) một\nthêm\nb) hai\n- nhỏ",
        ),
        ("<ol style='list-style-type: upper-roman'><li>một</li><li>hai</li></ol>", "I. một\nII. hai"),
        ("<script>alert(1)</script><style>p{}</style>còn<!-- <b>lời bình</b> -->", "còn"),
        ("<span style='display:none'>ẩn</span><span hidden>ẩn</span><span style='mso-hide: all'>ẩn</span>rõ", "rõ"),
        (
            "<![if !supportLists]><span style='mso-list:Ignore'>a)<span>&nbsp;&nbsp;</span></span><![endif]>chữ",
            "a) chữ",
        ),
        ("<span style='font-family:Wingdings'>Ø<span>&nbsp;</span></span>mũi tên", "- mũi tên"),
        ("≥ <span style='font-family:Symbol'>≥</span> 90%", "≥ ≥ 90%"),
        ("<!--[if gte mso 9]><xml><o:x>rác</o:x></xml><![endif]-->sạch<o:p></o:p>", "sạch"),
        ("thi\u00ad đua\u200b\x07 \x1ekhen", "thi đua -khen"),
        (unicodedata.normalize("NFD", "Điều kiện"), "Điều kiện"),
        ("a &lt; b &amp; c", "a < b & c"),
        ("<pre>giữ\ndòng</pre>", "giữ\ndòng"),
        ("<table><tr><td>x<td>y</tr><tr><td>z</tr></table> và", "x y\nz\nvà"),
    ],
)
def test_the_words_of_a_cell(cell, text):
    html = f"<table><tr><td>{cell}</td><td>hai</td><td>ba</td><td>bốn</td><td>năm</td></tr></table>"

    assert rows_of(html)[0][0] == text


@pytest.mark.parametrize(
    ("kind", "style", "number", "marker"),
    [
        ("ul", "disc", 3, "-"),
        ("ol", "", 3, "3."),
        ("ol", "decimal", 12, "12."),
        ("ol", "lower-alpha", 3, "c)"),
        ("ol", "upper-alpha", 2, "B."),
        ("ol", "upper-roman", 14, "XIV."),
        ("ol", "lower-alpha", 40, "40."),
        ("ol", "none", 1, ""),
    ],
)
def test_what_a_browser_draws_before_an_entry(kind, style, number, marker):
    assert list_marker(kind, style, number) == marker


def test_words_around_tables_stay_as_loose_rows_in_their_place():
    html = "<p>trước</p><table><tr><td>a<td>b</table><h2>giữa</h2><table><tr><td>c<td>d</table><p>sau</p>"

    grid = read_clipboard("", html)

    assert grid.rows == (("trước", ""), ("a", "b"), ("giữa", ""), ("c", "d"), ("sau", ""))
    assert grid.loose == {0, 2, 4}


def test_a_small_table_of_another_width_is_not_the_table():
    html = "<table><tr><td>ỦY BAN<td>CỘNG HÒA</table>" + "<table>" + "<tr><td>1<td>2<td>3" * 3 + "</table>"

    grid = read_clipboard("", html)

    assert grid.rows == (("ỦY BAN", "CỘNG HÒA", ""), *[("1", "2", "3")] * 3)
    assert grid.loose == {0}


def test_a_table_that_only_places_another_on_the_page_is_taken_apart():
    data = "<table><tr><td>1<td>a<td>x<tr><td>2<td>b<td>y</table>"
    html = f"<table><tr><td>Trang chủ</td><td><p>Lịch</p>{data}</td></table>"

    grid = read_clipboard("", html)

    assert grid.rows == (("Trang chủ", "", ""), ("Lịch", "", ""), ("1", "a", "x"), ("2", "b", "y"))
    assert grid.loose == {0, 1}


def test_excel_says_the_same_in_both_forms():
    assert read_clipboard("", sample("excel.html")).rows == read_clipboard(sample("excel.tsv")).rows


def test_the_plain_form_serves_where_the_web_form_has_no_table():
    assert rows_of("<p>1 a</p><p>2 b</p>", "1\ta\n2\tb") == (("1", "a"), ("2", "b"))


def test_a_list_takes_its_numbers_from_the_web_form():
    html = "<ol><li>Phát động</li><li>Tổng kết</li></ol>"

    assert rows_of(html, "Phát động\nTổng kết\n") == (("1. Phát động",), ("2. Tổng kết",))
    assert rows_of(html, "Phát động\nSơ kết\nTổng kết\n") == (("Phát động",), ("Sơ kết",), ("Tổng kết",))


@pytest.mark.parametrize(
    "html", ["<div>" * 100_000 + "<table><tr><td>x", "<table><tr><td>a" * 600, "<", "\x00", "<td>"]
)
def test_a_web_form_that_cannot_be_read_through_leaves_the_plain_form(html):
    assert rows_of(html, "a\tb\n") == (("a", "b"),)


@pytest.mark.parametrize(
    ("text", "html", "sentence"),
    [
        ("a" * 1_000_001, "", "Phần vừa dán có hơn 1.000.000 ký tự; hãy dán từng phần."),
        ("", f"<table><tr><td>{'a' * 1_000_001}", "Phần vừa dán có hơn 1.000.000 ký tự; hãy dán từng phần."),
        ("a\n" * 2501, "", "Phần vừa dán có hơn 2.500 dòng; hãy dán từng phần."),
        ("", "<table>" + "<tr><td>a" * 2501, "Phần vừa dán có hơn 2.500 dòng; hãy dán từng phần."),
        ("a\t" * 61, "", ""),
        ("a\t" * 60 + "a", "", "Bảng vừa dán có hơn 60 cột; hãy chỉ chọn các cột cần dán."),
        ("", "<table><tr>" + "<td>a" * 61, "Bảng vừa dán có hơn 60 cột; hãy chỉ chọn các cột cần dán."),
        ("", "<table><tr>" + "<td>" * 151_000, "Bảng vừa dán có hơn 60 cột; hãy chỉ chọn các cột cần dán."),
    ],
)
def test_more_than_a_plan_holds_is_refused_in_a_sentence(text, html, sentence):
    if not sentence:
        with pytest.raises(UnfitPaste):
            read_clipboard(text + "a", html)
        return
    with pytest.raises(UnfitPaste) as refused:
        read_clipboard(text, html)

    assert str(refused.value) == sentence


def test_a_span_of_a_million_columns_is_no_wider_than_the_table_may_be():
    grid = read_clipboard("", "<table><tr><td colspan=999999 rowspan=999999>QUÝ I</td></tr><tr><td></td></tr></table>")

    assert grid.rows == (("QUÝ I",),)


tags = st.sampled_from(
    [
        "<table>",
        "</table>",
        "<tr>",
        "</tr>",
        "<td>",
        "<td rowspan=2>",
        "<td colspan=3>",
        "</td>",
        "<th>",
        "<p>",
        "</p>",
    ]
    + [
        "<ul>",
        "</ol>",
        "<ol type=i>",
        "<li>",
        "</li>",
        "<br>",
        "<b>",
        "</b>",
        "<script>",
        "</script>",
        "<pre>",
        "</pre>",
    ]
    + ["<!--", "-->", "<![if x]>", "<span style='display:none'>", "</span>", "<caption>", "<h1>", "&nbsp;", "&#x1f;"]
)


@given(st.lists(tags | st.sampled_from(["một", "hai", " ", "ba\n"]), max_size=40).map("".join))
def test_broken_markup_is_a_grid_all_the_same(html):
    grid = read_clipboard("", html)

    assert {len(row) for row in grid.rows} in (set(), {grid.width})
    assert all(0 <= row < len(grid.rows) and 0 <= column < grid.width for row, column in grid.merged)
    assert all(grid.rows[row][column] == "" for row, column in grid.merged)


words = (
    st.text(st.sampled_from("aâbđ é"), min_size=1, max_size=6).map(lambda text: " ".join(text.split())).filter(bool)
)


@given(st.integers(2, 4).flatmap(lambda width: st.lists(st.lists(words, min_size=width, max_size=width), min_size=1)))
def test_a_table_of_words_comes_back_whole(rows):
    html = "<table>" + "".join("<tr>" + "".join(f"<td><p>{cell}</p></td>" for cell in row) + "</tr>" for row in rows)

    assert rows_of(html) == tuple(map(tuple, rows))
