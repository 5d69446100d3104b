"""The Word file looks as Decree 30/2020/NĐ-CP asks, by named styles alone."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.table import Table as WordTable
from docx.text.paragraph import Paragraph as WordParagraph

from documents import fonts, layout
from documents.dates import PartialDate
from documents.tree import Appendix, Article, EnactingLine, Heading, Paragraph
from tests.documents.docx_samples import CLOSING, PLAN, opened, paragraph_of, paragraphs, parts

# -- Look ----------------------------------------------------------------------------

_L, _C = WD_ALIGN_PARAGRAPH.LEFT, WD_ALIGN_PARAGRAPH.CENTER
_R, _J = WD_ALIGN_PARAGRAPH.RIGHT, WD_ALIGN_PARAGRAPH.JUSTIFY
LOOKS = {
    "TĐKT Quốc hiệu": (13, "bold", _C),
    "TĐKT Tiêu ngữ": (14, "bold", _C),
    "TĐKT Cơ quan chủ quản": (13, "", _C),
    "TĐKT Cơ quan ban hành": (13, "bold", _C),
    "TĐKT Số và ký hiệu": (13, "", _C),
    "TĐKT Địa danh và thời gian": (14, "italic", _C),
    "TĐKT Tên loại": (14, "bold", _C),
    "TĐKT Trích yếu": (14, "bold", _C),
    "TĐKT Thẩm quyền ban hành": (14, "bold", _C),
    "TĐKT Căn cứ": (14, "italic", _J),
    "TĐKT Nội dung": (14, "", _J),
    "Heading 1": (14, "bold", _J),
    "Heading 2": (14, "bold", _J),
    "Heading 3": (14, "bold", _J),
    "TĐKT Khoản và điểm": (14, "", _J),
    "TĐKT Khoản có tiêu đề": (14, "bold", _J),
    "TĐKT Điều": (14, "", _J),
    "TĐKT Dẫn phụ lục": (14, "italic", _J),
    "TĐKT Đầu bảng": (12, "bold", _C),
    "TĐKT Nhóm dòng": (12, "bold", _C),
    "TĐKT Ô bảng": (12, "", _L),
    "TĐKT Ô bảng giữa": (12, "", _C),
    "TĐKT Ô bảng phải": (12, "", _R),
    "TĐKT Nơi nhận": (12, "bold italic", _L),
    "TĐKT Danh sách nơi nhận": (11, "", _L),
    "TĐKT Quyền hạn và chức vụ": (14, "bold", _C),
    "TĐKT Người ký": (14, "bold", _C),
    "TĐKT Phụ lục": (14, "bold", _C),
    "TĐKT Tên phụ lục": (14, "bold", _C),
    "TĐKT Kèm theo": (13, "italic", _C),
    "Header": (14, "", _C),
}
BODY_STYLES = [name for name, look in LOOKS.items() if look[2] == _J]


def test_styles_look_as_the_decree_says():
    styles = opened().styles

    found = {}
    for name in LOOKS:
        style = styles[name]
        weight = " ".join(word for word in ("bold", "italic") if getattr(style.font, word))
        found[name] = (style.font.size.pt, weight, style.paragraph_format.alignment)
    assert found == LOOKS


@pytest.mark.parametrize("name", BODY_STYLES)
def test_content_is_indented_spaced_and_set_at_the_line_height_of_the_layout(name: str):
    form = opened().styles[name].paragraph_format

    assert form.first_line_indent.twips == 720
    assert (form.space_before.pt, form.space_after.pt) == (0, layout.PARAGRAPH_GAP_PT)
    assert form.line_spacing * layout.SINGLE_LINE == pytest.approx(layout.BODY_LINE, abs=0.003)


def test_only_our_styles_stand_in_the_list():
    names = [style.name for style in opened().styles]

    word_needs = ["Normal", "Default Paragraph Font", "Normal Table", "No List"]
    ours = {name for name in names if name.startswith("TĐKT")}
    assert set(names) - ours == {*word_needs, "Header", "Heading 1", "Heading 2", "Heading 3"}
    assert len(names) == len(set(names))


def test_everything_is_black_times_new_roman_and_vietnamese():
    texts = parts()
    everything = "".join(texts.values())

    fonts = {
        tuple(sorted(re.findall(r'w:(\w+)="([^"]*)"', tag))) for tag in re.findall(r"<w:rFonts [^>]*>", everything)
    }
    assert fonts == {tuple((slot, "Times New Roman") for slot in ("ascii", "cs", "eastAsia", "hAnsi"))}
    assert re.findall(r"(?:ascii|hAnsi|eastAsia|cs|major|minor)Theme|theme/theme", everything) == []
    assert set(re.findall(r'<w:color w:val="([^"]*)"', everything)) == {"000000"}
    languages = re.findall(r"<w:lang [^>]*>", everything)
    assert languages == ['<w:lang w:val="vi-VN" w:eastAsia="vi-VN" w:bidi="vi-VN"/>']


def test_runs_carry_no_look_and_nothing_is_underlined():
    document = parts()["word/document.xml"]

    assert document.count("<w:r>") > 50
    assert re.findall(r"<w:rPr>|<w:u ", document) == []


def test_only_the_marker_of_an_article_is_bold_by_hand():
    document = opened(replace(PLAN, body=(Article("Điều 1.", "Quyết định có hiệu lực từ ngày ký./."),)))

    paragraph = paragraph_of(document, "Điều 1. Quyết định có hiệu lực từ ngày ký./.")

    assert paragraph.style.name == "TĐKT Điều"
    assert [(run.text, run.bold) for run in paragraph.runs] == [
        ("Điều 1.", True),
        (" Quyết định có hiệu lực từ ngày ký./.", None),
    ]


def test_who_decides_goes_with_what_it_introduces():
    document = opened(replace(PLAN, preamble=(EnactingLine("CHỦ TỊCH ỦY BAN NHÂN DÂN XÃ SUỐI MƠ"), *PLAN.preamble)))

    paragraph = paragraph_of(document, "CHỦ TỊCH ỦY BAN NHÂN DÂN XÃ SUỐI MƠ")

    assert (paragraph.style.name, paragraph.style.paragraph_format.keep_with_next) == (
        "TĐKT Thẩm quyền ban hành",
        True,
    )


def test_empty_paragraphs_are_rules_or_close_a_table():
    empty = [paragraph.style.name for paragraph in paragraphs(opened()) if not paragraph.text]

    rule, closing, blank_money = "TĐKT Đường kẻ", "TĐKT Sau bảng", "TĐKT Ô bảng phải"
    #       header       subject  tasks       signature  tasks, end of appendix I  between and after two tables
    expected = [rule, rule, rule, blank_money, closing, blank_money, closing, *[blank_money, closing] * 2]
    assert empty == expected


def test_headings_stand_in_the_navigation_pane():
    document = opened()

    levels = {}
    for paragraph in paragraphs(document):
        found = paragraph.style.element.find(f"{qn('w:pPr')}/{qn('w:outlineLvl')}")
        if found is not None:
            levels[paragraph.text] = int(found.get(qn("w:val")))
    assert levels == {"I. MỤC ĐÍCH": 0, "1.1. Yêu cầu": 1, "Phụ lục I": 0, "Phụ lục II": 0}


def test_deeper_headings_take_the_last_level():
    document = opened(replace(PLAN, body=(Heading("1.1.1.", "Chi tiết", level=5), CLOSING)))

    assert paragraph_of(document, "1.1.1. Chi tiết").style.name == "Heading 3"


def twips(paragraph: WordParagraph) -> tuple[int, int]:
    form = paragraph.paragraph_format
    return form.left_indent.twips, form.right_indent.twips


# -- Rules ---------------------------------------------------------------------------


def test_rules_are_centred_borders_as_long_as_the_layout_says():
    document = opened()

    found = [twips(paragraph) for paragraph in paragraphs(document) if paragraph.style.name == "TĐKT Đường kẻ"]
    column_and_rule = [
        (layout.HEADER_LEFT_MM, layout.rule_width(PLAN.header.issuer, layout.ISSUER_PT)),
        (layout.HEADER_RIGHT_MM, layout.motto_rule_width()),
        (layout.PORTRAIT.text_width, layout.rule_width((PLAN.subject,), layout.TITLE_PT)),
    ]
    sides = [(column * 1440 / 25.4 - rule * 20) / 2 for column, rule in column_and_rule]
    assert found == [(pytest.approx(side, abs=1), pytest.approx(side, abs=1)) for side in sides]
    border = document.styles["TĐKT Đường kẻ"].element.pPr.find(qn("w:pBdr"))
    assert [(side.tag, side.get(qn("w:val")), side.get(qn("w:sz"))) for side in border] == [
        (qn("w:bottom"), "single", "6")
    ]


def test_long_subject_is_broken_to_fit_and_its_rule_measured_on_the_widest_line():
    subject = (
        "Triển khai, thực hiện công tác thi đua, khen thưởng Cụm thi đua các xã, phường vùng thấp số 3 năm 2026, "
        "hướng tới Đại hội Thi đua yêu nước toàn quốc"
    )

    document = opened(replace(PLAN, subject=subject))

    printed = next(p for p in paragraphs(document) if p.style.name == "TĐKT Trích yếu")
    left, right = twips([p for p in paragraphs(document) if p.style.name == "TĐKT Đường kẻ"][2])
    lines = tuple(printed.text.split("\n"))
    column = layout.PORTRAIT.text_width * 72 / 25.4
    assert " ".join(lines) == subject
    assert [fonts.text_width(line, layout.TITLE_PT, bold=True) < column for line in lines] == [True] * 3
    assert column - (left + right) / 20 == pytest.approx(layout.rule_width(lines, layout.TITLE_PT), abs=0.2)


def test_rule_never_leaves_the_column():
    document = opened(replace(PLAN, subject="X" * 300))

    assert twips([p for p in paragraphs(document) if p.style.name == "TĐKT Đường kẻ"][2]) == (0, 0)


def test_long_place_is_set_at_thirteen_points():
    header = replace(PLAN.header, place="Thành phố Hồ Chí Minh", date=PartialDate(2026, 6, 29))

    styles = opened(replace(PLAN, header=header)).styles

    assert styles["TĐKT Địa danh và thời gian"].font.size.pt == layout.DATE_NARROW_PT
    assert opened().styles["TĐKT Địa danh và thời gian"].font.size.pt == layout.DATE_PT


# -- Pages ---------------------------------------------------------------------------


def test_pages_are_a4_with_the_margins_of_the_layout():
    sections = opened().sections

    found = [
        (
            *(length.twips for length in (s.page_width, s.page_height)),
            *(round(length.mm, 1) for length in (s.top_margin, s.right_margin, s.bottom_margin, s.left_margin)),
            s._sectPr.pgSz.get(qn("w:orient")),
        )
        for s in sections
    ]
    portrait = (11906, 16838, 20, 15, 20, 30, None)
    assert found == [portrait, (16838, 11906, 20, 15, 20, 30, "landscape"), portrait]


def test_number_stands_in_the_top_margin_of_every_page_but_the_first_of_each_section():
    sections = opened().sections

    assert [section.different_first_page_header_footer for section in sections] == [True, True, True]
    assert [section.first_page_header.is_linked_to_previous for section in sections] == [True, True, True]
    assert [section.header.is_linked_to_previous for section in sections] == [False, True, True]
    [number] = sections[0].header.paragraphs
    assert number._p.find(qn("w:fldSimple")).get(qn("w:instr")) == "PAGE"
    assert number.style.name == "Header"
    ends = [section.header_distance.mm + layout.PAGE_NUMBER_PT * 1.15 * 25.4 / 72 for section in sections]
    assert [end < layout.PORTRAIT.top for end in ends] == [True, True, True]


def test_each_appendix_starts_a_page_and_counts_anew():
    sections = opened().sections

    numbering = [section._sectPr.find(qn("w:pgNumType")) for section in sections]
    assert [None if found is None else found.get(qn("w:start")) for found in numbering] == [None, "1", "1"]
    assert [str(section.start_type) for section in sections[1:]] == ["NEW_PAGE (2)"] * 2


def test_section_break_stands_in_the_last_words_of_the_section():
    appendix = Appendix("Phụ lục", "MẪU", "", (Paragraph("Hết phụ lục./."),))

    document = opened(replace(PLAN, appendices=(appendix, appendix)))

    carriers = [(p.text, p.style.name) for p in document.paragraphs if p._p.pPr.find(qn("w:sectPr")) is not None]
    assert carriers == [("", "TĐKT Sau bảng"), ("Hết phụ lục./.", "TĐKT Nội dung")]


# -- Tables --------------------------------------------------------------------------


def widths(table: WordTable) -> list[int]:
    return [column.width.twips for column in table.columns]


def test_columns_take_their_share_of_the_text_area():
    header, tasks, signature, wide, *_ = opened().tables

    assert widths(tasks) == [935, 5613, 2806]
    assert (sum(widths(tasks)), sum(widths(wide))) == (9354, 14287)
    assert (widths(header), widths(signature)) == ([3685, 5669], [4252, 5102])
    assert [table.autofit for table in (header, tasks, signature, wide)] == [False] * 4


def test_head_repeats_and_no_row_is_cut():
    _, tasks, *_ = opened().tables

    marks = [[mark.tag.rpartition("}")[2] for mark in row._tr.trPr] for row in tasks.rows]
    assert marks == [["cantSplit", "tblHeader"], ["cantSplit"], ["cantSplit"], ["cantSplit"]]


def test_group_row_spans_all_columns():
    _, tasks, *_ = opened().tables

    [cell] = tasks.rows[1]._tr.tc_lst
    assert (cell.grid_span, cell.p_lst[0].text) == (3, "QUÝ I")


def test_cells_hold_one_paragraph_a_line_in_the_style_of_their_column():
    _, tasks, *_ = opened().tables

    found = [[(p.text, p.style.name) for p in cell.paragraphs] for cell in tasks.rows[2].cells]
    assert found == [
        [("1", "TĐKT Ô bảng giữa")],
        [("Phát động thi đua", "TĐKT Ô bảng"), ("Ký giao ước", "TĐKT Ô bảng")],
        [("2.000.000", "TĐKT Ô bảng phải")],
    ]


def test_only_data_tables_have_grid_lines():
    document = opened()

    assert [table.style.name for table in document.tables] == [
        *("TĐKT Khung", "TĐKT Bảng", "TĐKT Khung chữ ký", "TĐKT Bảng", "TĐKT Bảng", "TĐKT Bảng"),
    ]
    lines = {
        name: {
            side.get(qn("w:sz")) for side in document.styles[name].element.iter() if side.get(qn("w:val")) == "single"
        }
        for name in ("TĐKT Khung", "TĐKT Khung chữ ký", "TĐKT Bảng")
    }
    assert lines == {"TĐKT Khung": set(), "TĐKT Khung chữ ký": set(), "TĐKT Bảng": {"4"}}


def test_words_after_a_table_keep_their_distance():
    document = opened()

    assert paragraph_of(document, "(Có Phụ lục kèm theo)").paragraph_format.space_before.pt == layout.PARAGRAPH_GAP_PT
    assert paragraph_of(document, CLOSING.text).paragraph_format.space_before is None
