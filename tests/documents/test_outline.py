"""Every outline has a text and every text an outline: nothing typed or loaded is lost on the way."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from documents.outline import (
    REFERENCE_MARK,
    TASKS_LINE,
    Kind,
    Line,
    compose_body,
    depth_of,
    read_body,
    write_body,
)
from documents.tree import AppendixReference, Article, Column, Item, Paragraph, Table

# What ``core.text.clean_line`` lets through: no line ends, no tabs, no halves of letters.
one_line = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\n\r\t"), max_size=30)
said = one_line.filter(str.strip)
tricky = st.sampled_from(
    [
        "1. tháng",
        "a) quý",
        "- ",
        "(Có Phụ lục kèm theo)",
        "(có phụ lục I)..",
        "Điều 1. Kiện toàn",
        "Điều 1.",
        TASKS_LINE,
        REFERENCE_MARK,
        " 1. x",
        "-",
    ]
)
markers = st.sampled_from(
    ["1.", "2.1.", "2.1", "1)", "(1)", "a)", "đ.", "A.", "IV.", "-", "–", "+", "•", "Điều 1.", "Bước 2:", TASKS_LINE]
)
# The mark of a reference is no marker of an entry; the interchange form refuses it there.
own_markers = said.filter(lambda marker: marker != REFERENCE_MARK)
lines = st.one_of(
    st.builds(Line, st.just(Kind.ITEM), one_line | tricky, markers | own_markers),
    st.builds(Line, st.just(Kind.PARAGRAPH), said | tricky),
    st.builds(Line, st.just(Kind.REFERENCE), said | tricky),
    st.just(Line(Kind.TASKS)),
)
typed = st.text(st.sampled_from("a1b2IVđ.)(-+•[]ụ \t\n") | st.characters(exclude_categories=["Cs"]), max_size=80)


@given(st.lists(lines, max_size=6).map(tuple))
def test_any_outline_survives_being_written_and_read(outline):
    assert read_body(write_body(outline)) == outline


@given(typed)
@example("\t\tx\n\t \n[Dẫn phụ lục]\t\n1.\t\n")
def test_any_typed_text_keeps_its_outline_when_written_anew(text):
    outline = read_body(text)

    assert read_body(write_body(outline)) == outline


@given(st.lists(lines, max_size=6).map(tuple))
def test_written_lines_are_as_many_as_the_outline_has(outline):
    assert len(write_body(outline).split("\n")) == max(1, len(outline))


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("1. Mục đích", Line(Kind.ITEM, "Mục đích", "1.")),
        ("2.1. Yêu cầu", Line(Kind.ITEM, "Yêu cầu", "2.1.")),
        ("2.1 Yêu cầu", Line(Kind.ITEM, "Yêu cầu", "2.1")),
        ("(1) Cấp xã", Line(Kind.ITEM, "Cấp xã", "(1)")),
        ("đ) Kinh phí", Line(Kind.ITEM, "Kinh phí", "đ)")),
        ("A. PHẦN CHUNG", Line(Kind.ITEM, "PHẦN CHUNG", "A.")),
        ("IV. KẾT QUẢ", Line(Kind.ITEM, "KẾT QUẢ", "IV.")),
        ("- Tổ chức phát động", Line(Kind.ITEM, "Tổ chức phát động", "-")),
        ("3.", Line(Kind.ITEM, "", "3.")),
        ("Điều 1. Phạm vi", Line(Kind.ITEM, "Phạm vi", "Điều 1.")),
        ("Điều 12. Hiệu lực", Line(Kind.ITEM, "Hiệu lực", "Điều 12.")),
        ("Điều 1.\tPhạm vi", Line(Kind.ITEM, "Phạm vi", "Điều 1.")),
        ("Bước 1:\tĐăng ký", Line(Kind.ITEM, "Đăng ký", "Bước 1:")),
        ("Điều 1 quy định phạm vi", Line(Kind.PARAGRAPH, "Điều 1 quy định phạm vi")),
        ("Điều này. Không sai", Line(Kind.PARAGRAPH, "Điều này. Không sai")),
        ("\tĐiều 1. Phạm vi", Line(Kind.PARAGRAPH, "Điều 1. Phạm vi")),
        ("\t1. tháng", Line(Kind.PARAGRAPH, "1. tháng")),
        ("Trên cơ sở kế hoạch này", Line(Kind.PARAGRAPH, "Trên cơ sở kế hoạch này")),
        ("2026 là năm đầu", Line(Kind.PARAGRAPH, "2026 là năm đầu")),
        ("1.000 hộ gia đình", Line(Kind.ITEM, "hộ gia đình", "1.000")),
        ("1.  hai dấu cách", Line(Kind.PARAGRAPH, "1.  hai dấu cách")),
        ("-liền", Line(Kind.PARAGRAPH, "-liền")),
        ("(Có Phụ lục kèm theo)", Line(Kind.REFERENCE, "(Có Phụ lục kèm theo)")),
        ("(Phụ lục I).", Line(Kind.REFERENCE, "(Phụ lục I).")),
        ("Theo (Phụ lục I)", Line(Kind.PARAGRAPH, "Theo (Phụ lục I)")),
        ("[Bảng nhiệm vụ]", Line(Kind.TASKS)),
        ("[Bảng nhiệm vụ] dưới đây", Line(Kind.PARAGRAPH, "[Bảng nhiệm vụ] dưới đây")),
    ],
)
def test_a_line_is_read_by_its_marker(line, expected):
    assert read_body(line) == (expected,)


def test_blank_lines_say_nothing():
    assert read_body("\n1. Một\n \n\t\n2. Hai\n") == (Line(Kind.ITEM, "Một", "1."), Line(Kind.ITEM, "Hai", "2."))


def test_usual_markers_are_written_without_tabs():
    typed = "\n".join(
        [
            "1. Mục đích",
            "a) Đẩy mạnh phong trào",
            "- Phát động",
            "Trên cơ sở này",
            "(Có Phụ lục kèm theo)",
            "[Bảng nhiệm vụ]",
            "Điều 1. Kiện toàn",
        ]
    )

    assert write_body(read_body(typed)) == typed


@pytest.mark.parametrize(
    ("marker", "depth"),
    [
        ("A.", 0),
        ("IV.", 0),
        ("Điều 1.", 0),
        ("1.", 1),
        ("12)", 1),
        ("1.1.", 2),
        ("1.1", 2),
        ("2.1.3.", 3),
        ("a)", 6),
        ("đ.", 6),
        ("(1)", 7),
        ("-", 8),
        ("•", 8),
        ("+", 9),
    ],
)
def test_markers_stand_at_their_depth(marker, depth):
    assert depth_of(marker) == depth


def titles(body: str) -> list[str]:
    return [block.marker for block in compose_body(read_body(body)) if isinstance(block, Item) and block.title]


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("1. Mục đích\na) Đẩy mạnh", ["1."]),
        ("1. Mục đích\n- Đẩy mạnh", ["1."]),
        ("1. Mục đích\n1.1. Chung\n- Đẩy mạnh", ["1.", "1.1."]),
        ("1. Mục đích\nPhong trào thiết thực.", ["1."]),
        ("1. Nhiệm vụ\n[Bảng nhiệm vụ]", ["1."]),
        ("a) Đẩy mạnh\n1. Mục đích", []),
        ("1. Mục đích\n2. Yêu cầu", []),
        ("1. Phong trào thiết thực.\n- Đẩy mạnh", []),
        ("1. Các thôn;\n- Đẩy mạnh", []),
        ("- Phát động\nTrên cơ sở này", []),
        ("- Phát động\n+ Đợt một", ["-"]),
        ("1. Mục đích\n(Có Phụ lục kèm theo)", []),
        ("1. Mục đích", []),
    ],
)
def test_an_entry_is_a_title_where_deeper_lines_follow_and_it_is_no_sentence(body, expected):
    assert titles(body) == expected


@pytest.mark.parametrize(
    ("body", "first"),
    [
        ("Điều 1. Kiện toàn Hội đồng.\nĐiều 2. Hiệu lực.", Article("Điều 1.", "Kiện toàn Hội đồng.")),
        ("Điều 1. Hội đồng gồm các ông, bà:\n1. Ông An;", Article("Điều 1.", "Hội đồng gồm các ông, bà:")),
        ("Điều 1. Nhiệm vụ của Hội đồng\n1. Tư vấn.", Item("Điều 1.", "Nhiệm vụ của Hội đồng", title=True)),
        ("Điều 1. Nhiệm vụ\nHội đồng tư vấn.", Item("Điều 1.", "Nhiệm vụ", title=True)),
        ("Điều 1.", Article("Điều 1.", "")),
    ],
)
def test_an_article_runs_on_behind_its_marker_unless_it_has_a_heading(body, first):
    assert compose_body(read_body(body))[0] == first


def test_tasks_stand_where_their_line_stands():
    table = Table((Column("TT", 1.0),), ())

    blocks = compose_body(read_body("1. Nhiệm vụ\n[Bảng nhiệm vụ]\n(Có Phụ lục kèm theo)\nHết."), (table,))

    assert blocks == (
        Item("1.", "Nhiệm vụ", title=True),
        table,
        AppendixReference("(Có Phụ lục kèm theo)"),
        Paragraph("Hết."),
    )
