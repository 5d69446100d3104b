"""The named styles of the Word file: they carry the look, so that an officer who types on stays within the rule.

Sizes and distances come from ``documents/layout.py``; what stands here besides is not
regulated by Decree 30/2020/NĐ-CP and concerns Word alone.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from docx.document import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.shared import Length, Mm, Pt
from docx.styles.style import ParagraphStyle

from documents import layout

GRID_PT = 0.5
TITLE_GAP_PT = 16  # between the header and the kind of paper, or whom a letter goes to
FRONT_GAP_PT = 12  # between title, subject or reference and what follows
ADDRESSEE_GAP_PT = 3  # between those whom a letter goes to
HEADER_ROW_GAP_PT = 6  # between the names and the row of number and date
SIGNATURE_GAP_PT = 6  # above recipients and authority, besides the gap of the paragraph before them
RULE_LINE_PT = 2  # height of the paragraph that draws a rule: the gap between words and rule
TINY_PT = 1


class Style(StrEnum):
    """Names as Word's list of styles shows them."""

    NORMAL = "Normal"
    PAGE_NUMBER = "Header"
    HEADING_1 = "Heading 1"
    HEADING_2 = "Heading 2"
    HEADING_3 = "Heading 3"
    NATIONAL_NAME = "TĐKT Quốc hiệu"
    MOTTO = "TĐKT Tiêu ngữ"
    SUPERIOR = "TĐKT Cơ quan chủ quản"
    ISSUER = "TĐKT Cơ quan ban hành"
    NUMBER = "TĐKT Số và ký hiệu"
    ABOUT = "TĐKT Trích yếu công văn"
    DATE = "TĐKT Địa danh và thời gian"
    TITLE = "TĐKT Tên loại"
    SUBJECT = "TĐKT Trích yếu"
    RULE = "TĐKT Đường kẻ"
    ADDRESSEES = "TĐKT Kính gửi"
    ADDRESSEE = "TĐKT Nơi kính gửi"
    ENACTING = "TĐKT Thẩm quyền ban hành"
    BASIS = "TĐKT Căn cứ"
    BODY = "TĐKT Nội dung"
    ITEM = "TĐKT Khoản và điểm"
    ITEM_TITLE = "TĐKT Khoản có tiêu đề"
    ARTICLE = "TĐKT Điều"
    APPENDIX_REFERENCE = "TĐKT Dẫn phụ lục"
    TABLE_HEAD = "TĐKT Đầu bảng"
    TABLE_GROUP = "TĐKT Nhóm dòng"
    CELL_LEFT = "TĐKT Ô bảng"
    CELL_CENTER = "TĐKT Ô bảng giữa"
    CELL_RIGHT = "TĐKT Ô bảng phải"
    AFTER_TABLE = "TĐKT Sau bảng"
    FIGURE = "TĐKT Hình"
    CAPTION = "TĐKT Tên hình"
    RECIPIENTS_LABEL = "TĐKT Nơi nhận"
    RECIPIENTS = "TĐKT Danh sách nơi nhận"
    AUTHORITY = "TĐKT Quyền hạn và chức vụ"
    SIGNER = "TĐKT Người ký"
    SIGNATORIES = "TĐKT Đại diện ký"
    SIGNATORY = "TĐKT Người cùng ký"
    APPENDIX = "TĐKT Phụ lục"
    APPENDIX_SUBJECT = "TĐKT Tên phụ lục"
    ATTACHED = "TĐKT Kèm theo"
    GRID = "TĐKT Bảng"
    FRAME = "TĐKT Khung"
    SIGNATURE_FRAME = "TĐKT Khung chữ ký"
    SIGNATORIES_FRAME = "TĐKT Khung nhiều chữ ký"


HEADINGS = (Style.HEADING_1, Style.HEADING_2, Style.HEADING_3)
CELLS = {"left": Style.CELL_LEFT, "center": Style.CELL_CENTER, "right": Style.CELL_RIGHT}

_LEFT, _CENTER = WD_ALIGN_PARAGRAPH.LEFT, WD_ALIGN_PARAGRAPH.CENTER
_RIGHT, _BOTH = WD_ALIGN_PARAGRAPH.RIGHT, WD_ALIGN_PARAGRAPH.JUSTIFY
_NOTHING = Length(0)


@dataclass(frozen=True, slots=True)
class Look:
    """One paragraph style. Sizes and gaps in points, ``left`` and the first line in millimetres, ``line`` in em."""

    size: float
    bold: bool = False
    italic: bool = False
    align: WD_ALIGN_PARAGRAPH = _LEFT
    left: float = 0
    first_line: float = 0
    before: float = 0
    after: float = 0
    line: float = layout.SINGLE_LINE
    with_next: bool = False
    outline: int | None = None
    """Level in Word's navigation pane, from 0; None keeps out of it."""


def _body(*, bold: bool = False, italic: bool = False, with_next: bool = False, outline: int | None = None) -> Look:
    """A paragraph of the content (box 6): justified, first line indented."""
    return Look(
        layout.BODY_PT,
        bold=bold,
        italic=italic,
        align=_BOTH,
        first_line=layout.FIRST_LINE_MM,
        after=layout.PARAGRAPH_GAP_PT,
        line=layout.BODY_LINE,
        with_next=with_next,
        outline=outline,
    )


def _cell(align: WD_ALIGN_PARAGRAPH, *, bold: bool = False, with_next: bool = False) -> Look:
    return Look(layout.TABLE_PT, bold=bold, align=align, line=layout.TABLE_LINE, with_next=with_next)


LOOKS: dict[Style, Look] = {
    Style.PAGE_NUMBER: Look(layout.PAGE_NUMBER_PT, align=_CENTER),
    Style.HEADING_1: _body(bold=True, with_next=True, outline=0),
    Style.HEADING_2: _body(bold=True, with_next=True, outline=1),
    Style.HEADING_3: _body(bold=True, with_next=True, outline=2),
    Style.NATIONAL_NAME: Look(layout.NATIONAL_NAME_PT, bold=True, align=_CENTER),
    Style.MOTTO: Look(layout.MOTTO_PT, bold=True, align=_CENTER),
    Style.SUPERIOR: Look(layout.ISSUER_PT, align=_CENTER),
    Style.ISSUER: Look(layout.ISSUER_PT, bold=True, align=_CENTER),
    Style.NUMBER: Look(layout.NUMBER_PT, align=_CENTER, before=HEADER_ROW_GAP_PT),
    Style.DATE: Look(layout.DATE_PT, italic=True, align=_CENTER, before=HEADER_ROW_GAP_PT),
    Style.ABOUT: Look(layout.ABOUT_PT, align=_CENTER, before=HEADER_ROW_GAP_PT),
    Style.TITLE: Look(layout.TITLE_PT, bold=True, align=_CENTER, before=TITLE_GAP_PT, with_next=True),
    Style.SUBJECT: Look(layout.TITLE_PT, bold=True, align=_CENTER, with_next=True),
    Style.ADDRESSEES: Look(layout.BODY_PT, left=layout.ADDRESSEES_MM, before=TITLE_GAP_PT, with_next=True),
    Style.ADDRESSEE: Look(layout.BODY_PT, left=layout.ADDRESSEE_DASH_MM, before=ADDRESSEE_GAP_PT, with_next=True),
    Style.ENACTING: Look(
        layout.BODY_PT,
        bold=True,
        align=_CENTER,
        before=FRONT_GAP_PT,
        after=layout.PARAGRAPH_GAP_PT,
        with_next=True,
    ),
    Style.BASIS: _body(italic=True),
    Style.BODY: _body(),
    Style.ITEM: _body(),
    Style.ITEM_TITLE: _body(bold=True, with_next=True),
    Style.ARTICLE: _body(),
    Style.APPENDIX_REFERENCE: _body(italic=True),
    Style.TABLE_HEAD: _cell(_CENTER, bold=True, with_next=True),
    Style.TABLE_GROUP: _cell(_CENTER, bold=True, with_next=True),
    Style.CELL_LEFT: _cell(_LEFT),
    Style.CELL_CENTER: _cell(_CENTER),
    Style.CELL_RIGHT: _cell(_RIGHT),
    Style.FIGURE: Look(layout.CHART_PT, align=_CENTER, before=layout.PARAGRAPH_GAP_PT, with_next=True),
    Style.CAPTION: Look(layout.CAPTION_PT, italic=True, align=_CENTER, after=layout.PARAGRAPH_GAP_PT),
    Style.RECIPIENTS_LABEL: Look(layout.RECIPIENTS_LABEL_PT, bold=True, italic=True),
    Style.RECIPIENTS: Look(layout.RECIPIENTS_PT),
    Style.AUTHORITY: Look(layout.SIGNATURE_PT, bold=True, align=_CENTER),
    Style.SIGNER: Look(layout.SIGNATURE_PT, bold=True, align=_CENTER),
    Style.SIGNATORIES: Look(
        layout.SIGNATURE_PT,
        bold=True,
        align=_CENTER,
        before=FRONT_GAP_PT,
        after=layout.PARAGRAPH_GAP_PT,
        with_next=True,
    ),
    Style.SIGNATORY: Look(layout.SIGNATORY_PT, bold=True, align=_CENTER),
    Style.APPENDIX: Look(layout.APPENDIX_PT, bold=True, align=_CENTER, with_next=True, outline=0),
    Style.APPENDIX_SUBJECT: Look(layout.APPENDIX_PT, bold=True, align=_CENTER, with_next=True),
    Style.ATTACHED: Look(layout.REFERENCE_PT, italic=True, align=_CENTER, with_next=True),
}

# Where an officer who presses Enter goes on.
_FOLLOWED_BY_BODY = (
    *(*HEADINGS, Style.SUBJECT, Style.ITEM_TITLE),
    *(Style.APPENDIX_REFERENCE, Style.ATTACHED, Style.CAPTION),
)


def install(document: Document) -> None:
    """Define every style of ``Style`` but ``Normal``, which the base file brings."""
    for style, look in LOOKS.items():
        _dress(_added(document, style), look)
    _add_rule_style(document)
    _add_closing_style(document)
    for style in _FOLLOWED_BY_BODY:
        document.styles[style].next_paragraph_style = document.styles[Style.BODY]
    _add_table_style(document, Style.FRAME)
    _add_table_style(document, Style.SIGNATURE_FRAME, top=Pt(SIGNATURE_GAP_PT))
    sides = Mm(layout.SIGNATORY_GAP_MM)
    _add_table_style(document, Style.SIGNATORIES_FRAME, top=Pt(layout.PARAGRAPH_GAP_PT), other=sides)
    padding = Mm(layout.CELL_PADDING_MM)
    _add_table_style(document, Style.GRID, top=padding, other=padding, grid=True)


def _added(document: Document, name: Style) -> ParagraphStyle:
    """A new paragraph style built on Normal, with an ASCII id."""
    builtin = not name.startswith("TĐKT")
    style = document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH, builtin=builtin)
    style.style_id = name.replace(" ", "") if builtin else _id_of(name)
    style.base_style = document.styles[Style.NORMAL]
    style.quick_style = True
    style.hidden = False
    return style


def _id_of(name: Style) -> str:
    return f"TDKT{name.name.title().replace('_', '')}"


def _dress(style: ParagraphStyle, look: Look) -> None:
    style.font.size = Pt(look.size)
    style.font.bold = look.bold or None
    style.font.italic = look.italic or None
    form = style.paragraph_format
    form.alignment = look.align
    form.left_indent = Mm(look.left) if look.left else None
    form.first_line_indent = Mm(look.first_line) if look.first_line else None
    form.space_before = Pt(look.before)
    form.space_after = Pt(look.after)
    form.line_spacing = look.line / layout.SINGLE_LINE  # Word counts in lines, a line of this typeface is 1.15 em
    form.keep_with_next = look.with_next or None
    if look.outline is not None:
        level = parse_xml(f'<w:outlineLvl {nsdecls("w")} w:val="{look.outline}"/>')
        style.element.get_or_add_pPr().append(level)


def _add_low_style(document: Document, name: Style, height: float) -> ParagraphStyle:
    """A paragraph without words, ``height`` points high."""
    style = _added(document, name)
    style.font.size = Pt(TINY_PT)
    style.paragraph_format.line_spacing_rule = WD_LINE_SPACING.EXACTLY
    style.paragraph_format.line_spacing = Pt(height)
    return style


def _add_rule_style(document: Document) -> None:
    style = _add_low_style(document, Style.RULE, RULE_LINE_PT)
    style.paragraph_format.keep_with_next = True
    borders = parse_xml(f"<w:pBdr {nsdecls('w')}>{_line('bottom', layout.RULE_PT)}</w:pBdr>")
    style.element.pPr.insert_element_before(borders, "w:spacing")


def _add_closing_style(document: Document) -> None:
    style = _add_low_style(document, Style.AFTER_TABLE, TINY_PT)
    style.paragraph_format.space_after = Pt(layout.PARAGRAPH_GAP_PT)


def _add_table_style(
    document: Document, name: Style, *, top: Length = _NOTHING, other: Length = _NOTHING, grid: bool = False
) -> None:
    """A table style: black grid lines or none, padding at the top and on the other sides of a cell."""
    style = document.styles.add_style(name, WD_STYLE_TYPE.TABLE)
    style.style_id = _id_of(name)
    style.base_style = document.styles["Normal Table"]
    sides = ("top", "left", "bottom", "right", "insideH", "insideV") if grid else ()
    borders = "".join(_line(side, GRID_PT) for side in sides)
    paddings = {"top": top, "left": other, "bottom": other, "right": other}
    margins = "".join(f'<w:{side} w:w="{width.twips}" w:type="dxa"/>' for side, width in paddings.items())
    properties = (
        f"<w:tblPr {nsdecls('w')}>"
        f'<w:tblInd w:w="0" w:type="dxa"/><w:tblBorders>{borders}</w:tblBorders>'
        f"<w:tblCellMar>{margins}</w:tblCellMar></w:tblPr>"
    )
    style.element.append(parse_xml(properties))


def _line(side: str, points: float) -> str:
    """A black border line; Word measures it in eighths of a point."""
    return f'<w:{side} w:val="single" w:sz="{round(points * 8)}" w:space="0" w:color="000000"/>'
