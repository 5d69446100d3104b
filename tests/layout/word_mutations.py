"""Ways to break the Word file of a paper, and the checks that must notice them."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable

from docx.document import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.oxml.xmlchemy import BaseOxmlElement as Element
from docx.shared import Mm, Pt, RGBColor, Twips
from docx.text.paragraph import Paragraph

Change = Callable[[Document], object]

_LINE = '<w:{side} w:val="single" w:sz="{size}" w:space="0" w:color="000000"/>'


def paragraph_of(document: Document, start: str) -> Paragraph:
    """The first one, in tables or out of them, that begins with these words."""
    for element in document.element.body.iter(qn("w:p")):
        paragraph = Paragraph(element, document._body)
        if paragraph.text.startswith(start):
            return paragraph
    raise LookupError(start)


def _swap_font(document: Document) -> None:
    paragraph_of(document, "Khơi dậy").runs[0].font.name = "DejaVu Serif"


def _grey_title(document: Document) -> None:
    paragraph_of(document, "KẾ HOẠCH").runs[0].font.color.rgb = RGBColor(80, 80, 80)


def _drop(tag: str) -> Change:
    def drop(document: Document) -> None:
        found = list(document.element.body.iter(qn(tag)))
        assert found, tag
        for element in found:
            element.getparent().remove(element)

    return drop


def _underline_motto(document: Document) -> None:
    motto = paragraph_of(document, "Độc lập")
    motto.runs[0].font.underline = True
    rule = motto._p.getnext()
    rule.getparent().remove(rule)


def _shorten_rule(document: Document) -> None:
    rule = Paragraph(paragraph_of(document, "Độc lập")._p.getnext(), document._body)
    rule.paragraph_format.left_indent = rule.paragraph_format.right_indent = Twips(1900)


def _table(document: Document, start: str) -> Element:
    return next(paragraph_of(document, start)._p.iterancestors(qn("w:tbl")))


def _borders(start: str, size: int) -> Change:
    def draw(document: Document) -> None:
        sides = ("top", "left", "bottom", "right", "insideH", "insideV")
        lines = "".join(_LINE.format(side=side, size=size) for side in sides)
        properties = _table(document, start).tblPr
        properties.append(parse_xml(f"<w:tblBorders {nsdecls('w')}>{lines}</w:tblBorders>"))

    return draw


def _float_columns(document: Document) -> None:
    _table(document, "Nơi nhận:").tblPr.find(qn("w:tblLayout")).set(qn("w:type"), "autofit")


def _widen_grid(document: Document) -> None:
    for column in _table(document, "TT").iter(qn("w:gridCol")):
        column.set(qn("w:w"), str(int(column.get(qn("w:w"))) * 2))


def _narrow_name(document: Document) -> None:
    cell = next(paragraph_of(document, "CỘNG HÒA")._p.iterancestors(qn("w:tc")))
    cell.tcPr.find(qn("w:tcW")).set(qn("w:w"), "5000")


def _speak_english(document: Document) -> None:
    for language in document.styles.element.iter(qn("w:lang")):
        language.set(qn("w:val"), "en-US")


def _decompose(document: Document) -> None:
    run = paragraph_of(document, "Khơi dậy").runs[0]
    run.text = unicodedata.normalize("NFD", run.text)


def _change_word(document: Document) -> None:
    run = paragraph_of(document, "Khơi dậy").runs[0]
    run.text = run.text.replace("Khơi dậy", "Phát huy")


def _number_paragraph(document: Document) -> Paragraph:
    return document.sections[0].header.paragraphs[0]


def _enlarge_number(document: Document) -> None:
    document.styles["Header"].font.size = Pt(16)


def _number_on_first_page(document: Document) -> None:
    document.sections[0].first_page_header.paragraphs[0].text = "1"


def _portrait_only(document: Document) -> None:
    section = document.sections[-1]
    section.page_width, section.page_height = section.page_height, section.page_width


def _set(target: Callable[[Document], object], name: str, value: object) -> Change:
    return lambda document: setattr(target(document), name, value)


def _first_run(start: str) -> Callable[[Document], object]:
    return lambda document: paragraph_of(document, start).runs[0].font


def _format(start: str) -> Callable[[Document], object]:
    return lambda document: paragraph_of(document, start).paragraph_format


def _first_section(document: Document) -> object:
    return document.sections[0]


WORD_MUTATIONS: dict[str, tuple[str, Change]] = {
    "left margin 25 mm": ("I.margins", _set(_first_section, "left_margin", Mm(25))),
    "letter paper": ("I.page", _set(_first_section, "page_width", Mm(216))),
    "landscape appendix upright": ("F5 I.page", _portrait_only),
    "first page not set apart": ("I.first-page", _drop("w:titlePg")),
    "restart missing": ("I.restart", _drop("w:pgNumType")),
    "font swapped to DejaVu": ("I.font", _swap_font),
    "grey words": ("I.colour", _grey_title),
    "underline instead of rule": ("I.rule", _underline_motto),
    "rule too short": ("I.rule", _shorten_rule),
    "recipients at 13 pt": ("I.size", _set(_first_run("- Sở Nội vụ"), "size", Pt(13))),
    "issuer not bold": ("I.weight", _set(_first_run("ỦY BAN NHÂN DÂN"), "bold", False)),
    "date upright": ("I.weight", _set(_first_run("Suối Bạc, ngày"), "italic", False)),
    "justified to left": ("I.align", _set(_format("Khơi dậy"), "alignment", WD_ALIGN_PARAGRAPH.LEFT)),
    "title left": ("I.align", _set(_format("KẾ HOẠCH"), "alignment", WD_ALIGN_PARAGRAPH.LEFT)),
    "first-line indent 8 mm": ("I.indent", _set(_format("Khơi dậy"), "first_line_indent", Mm(8))),
    "paragraph moved in": ("I.indent", _set(_format("Khơi dậy"), "left_indent", Mm(5))),
    "gap of 3 pt": ("I.spacing", _set(_format("Khơi dậy"), "space_after", Pt(3))),
    "two lines apart": ("I.line", _set(_format("Khơi dậy"), "line_spacing", 2.0)),
    "exactly 15 pt apart": ("I.line", _set(_format("Khơi dậy"), "line_spacing", Pt(15))),
    "frame with borders": ("I.frame", _borders("Nơi nhận:", 4)),
    "frame with floating columns": ("I.frame", _float_columns),
    "head not repeated": ("I.table", _drop("w:tblHeader")),
    "rows may be cut": ("I.table", _drop("w:cantSplit")),
    "thick grid": ("I.table", _borders("TT", 18)),
    "table too wide": ("F5", _widen_grid),
    "narrow national name": ("C1 I.rule", _narrow_name),
    "recipients moved in": ("E1", _set(_format("- Sở Nội vụ"), "left_indent", Mm(5))),
    "English": ("I.language", _speak_english),
    "decomposed letters": ("A4 A5", _decompose),
    "a word changed": ("A5", _change_word),
    "page number left": ("B7", _set(_number_paragraph, "alignment", WD_ALIGN_PARAGRAPH.LEFT)),
    "page number off the text area": (
        "B7",
        _set(lambda d: _number_paragraph(d).paragraph_format, "left_indent", Mm(15)),
    ),
    "page number 16 pt": ("B7", _enlarge_number),
    "page number on page 1": ("B7", _number_on_first_page),
    "page number in the text": ("B8", _set(_first_section, "header_distance", Mm(18))),
}
"""What is done to the plan with two appendices, and the checks that it breaks."""

DECISION_MUTATIONS: dict[str, tuple[str, Change]] = {
    "marker of an article not bold": ("D13", _set(_first_run("Điều 1."), "bold", False)),
    "whole article bold": ("D13", lambda document: setattr(paragraph_of(document, "Điều 3.").runs[1], "bold", True)),
    "who decides on the left": ("I.align", _set(_format("CHỦ TỊCH ỦY"), "alignment", WD_ALIGN_PARAGRAPH.LEFT)),
    "that it is decided not bold": ("I.weight", _set(_first_run("QUYẾT ĐỊNH:"), "bold", False)),
}
"""What is done to a decision, and the checks that it breaks."""

LETTER_MUTATIONS: dict[str, tuple[str, Change]] = {
    "about on the left": ("I.align", _set(_format("V/v đôn đốc"), "alignment", WD_ALIGN_PARAGRAPH.LEFT)),
    "about bold": ("I.weight", _set(_first_run("V/v đôn đốc"), "bold", True)),
    "dash left of the colon": ("D18", _set(_format("- Thôn Đông"), "left_indent", Mm(35))),
}
"""What is done to a letter, and the checks that it breaks."""
