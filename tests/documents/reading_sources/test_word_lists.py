"""Markers that Word draws before the paragraphs of its lists are written out as they are printed."""

from __future__ import annotations

import pytest

from documents.reading.word.numbering import written
from tests.documents.reading_sources.making import cell, in_list, p, read, row, table, tables, texts, word


def level(at: int, form: str, text: str, *, start: int = 1, more: str = "") -> str:
    shape = f'<w:start w:val="{start}"/><w:numFmt w:val="{form}"/>{more}<w:lvlText w:val="{text}"/>'
    return f'<w:lvl w:ilvl="{at}">{shape}</w:lvl>'


def definition(*levels: str, number: int = 0) -> str:
    return f'<w:abstractNum w:abstractNumId="{number}">{"".join(levels)}</w:abstractNum>'


def instance(number: int = 1, of: int = 0, inside: str = "") -> str:
    return f'<w:num w:numId="{number}"><w:abstractNumId w:val="{of}"/>{inside}</w:num>'


OUTLINE = definition(
    level(0, "upperRoman", "%1."),
    level(1, "decimal", "%2."),
    level(2, "lowerLetter", "%3)"),
    level(3, "bullet", "\uf0b7"),
)


def test_levels_count_each_for_itself_and_begin_anew_below_a_higher_one():
    body = "".join(
        in_list(text, level=at)
        for text, at in [
            ("Mục đích", 0),
            ("Một", 1),
            ("Hai", 1),
            ("A", 2),
            ("B", 2),
            ("gạch", 3),
            ("Nội dung", 0),
            ("Ba", 1),
        ]
    )

    assert texts(read(word(body, numbering=OUTLINE + instance()))) == [
        *("I. Mục đích", "1. Một", "2. Hai", "a) A", "b) B", "- gạch", "II. Nội dung", "1. Ba"),
    ]


def test_markers_of_several_levels_and_legal_ones():
    outline = definition(
        level(0, "upperRoman", "%1."),
        level(1, "decimal", "%1.%2."),
        level(2, "decimal", "%1.%2.%3", more="<w:isLgl/>"),
    )
    body = "".join(in_list("x", level=at) for at in (0, 0, 1, 1, 2))

    assert texts(read(word(body, numbering=outline + instance()))) == [
        "I. x",
        "II. x",
        "II.1. x",
        "II.2. x",
        "2.2.1 x",
    ]


def test_lists_of_one_definition_go_on_unless_one_says_where_it_starts():
    anew = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride>'
    lists = definition(level(0, "decimal", "%1.")) + instance(1) + instance(2) + instance(3, inside=anew)

    body = in_list("a", 1) + in_list("b", 2) + in_list("c", 3) + in_list("d", 3) + in_list("e", 1)

    assert texts(read(word(body, numbering=lists))) == ["1. a", "2. b", "1. c", "2. d", "3. e"]


def test_a_level_of_its_own_replaces_the_one_of_the_definition():
    own = f'<w:lvlOverride w:ilvl="0">{level(0, "upperLetter", "%1.", start=3)}</w:lvlOverride>'
    lists = definition(level(0, "decimal", "%1.")) + instance(1, inside=own)

    assert texts(read(word(in_list("a") + in_list("b"), numbering=lists))) == ["C. a", "D. b"]


def test_a_level_that_never_restarts_counts_on():
    outline = definition(level(0, "upperRoman", "%1."), level(1, "decimal", "%2.", more='<w:lvlRestart w:val="0"/>'))
    body = "".join(in_list("x", level=at) for at in (0, 1, 0, 1))

    assert texts(read(word(body, numbering=outline + instance()))) == ["I. x", "1. x", "II. x", "2. x"]


def test_a_style_may_carry_the_list_and_its_level():
    listed = '<w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr>'
    styles = "".join(
        f'<w:style w:type="paragraph" w:styleId="{name}">{listed}</w:style>' for name in ("Dieu", "Khoan")
    )
    outline = definition(
        level(0, "decimal", "Điều %1.", more='<w:pStyle w:val="Dieu"/>'),
        level(1, "decimal", "%2.", more='<w:pStyle w:val="Khoan"/>'),
    )
    body = (
        p("Phạm vi", properties='<w:pStyle w:val="Dieu"/>')
        + p("Một", properties='<w:pStyle w:val="Khoan"/>')
        + p("Hai", properties='<w:pStyle w:val="Khoan"/>')
        + p("Bỏ số", properties='<w:pStyle w:val="Khoan"/><w:numPr><w:numId w:val="0"/></w:numPr>')
        + p("Đối tượng", properties='<w:pStyle w:val="Dieu"/>')
    )

    assert texts(read(word(body, styles=styles, numbering=outline + instance()))) == [
        *("Điều 1. Phạm vi", "1. Một", "2. Hai", "Bỏ số", "Điều 2. Đối tượng"),
    ]


def test_nothing_between_marker_and_words_where_the_list_says_so():
    lists = definition(level(0, "decimal", "Điều %1", more='<w:suff w:val="nothing"/>')) + instance()

    assert texts(read(word(in_list(". Phạm vi"), numbering=lists))) == ["Điều 1. Phạm vi"]


def test_numbers_of_rows_made_by_a_list_are_read_and_empty_bullets_are_not():
    lists = definition(level(0, "decimal", "%1"), level(1, "bullet", "o")) + instance()
    numbers = [cell(in_list("")), cell(in_list(""))]
    body = (
        table(row(numbers[0], "Họp"), row(numbers[1], "Báo cáo")) + in_list("", level=1) + in_list("Cấp hai", level=1)
    )

    source = read(word(body, numbering=lists))

    assert tables(source) == [[["1", "Họp"], ["2", "Báo cáo"]]]
    assert texts(source) == ["+ Cấp hai"]


@pytest.mark.parametrize("bullet", ["\uf0b7", "•", "-", "–", "\uf0d8", "v", "§", "*"])
def test_every_bullet_of_the_first_kind_is_a_dash(bullet):
    lists = definition(level(0, "bullet", bullet)) + instance()

    assert texts(read(word(in_list("Các thôn"), numbering=lists))) == ["- Các thôn"]


@pytest.mark.parametrize(
    ("number", "form", "marker"),
    [
        *(
            (4, "upperRoman", "IV"),
            (19, "lowerRoman", "xix"),
            (2026, "upperRoman", "MMXXVI"),
            (5000, "upperRoman", "5000"),
        ),
        *((1, "lowerLetter", "a"), (28, "lowerLetter", "bb"), (3, "upperLetter", "C"), (7, "decimalZero", "07")),
        *((12, "decimal", "12"), (3, "chosung", "3"), (3, "none", "")),
    ],
)
def test_numbers_are_written_as_word_writes_them(number, form, marker):
    assert written(number, form) == marker
