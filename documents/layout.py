"""The measures of an official paper (Decree 30/2020/NĐ-CP, Phụ lục I, mục I, II and V).

One place for numbers that PDF and Word must share. Lengths are millimetres, sizes and
gaps points; where the decree gives a range, the value is the one its own templates use.
"""

from __future__ import annotations

from dataclasses import dataclass

from documents import fonts
from documents.tree import NATIONAL_MOTTO, Header

FONT_FAMILY = "Times New Roman"


@dataclass(frozen=True, slots=True)
class Page:
    width: float = 210
    height: float = 297
    top: float = 20
    right: float = 15
    bottom: float = 20
    left: float = 30

    @property
    def text_width(self) -> float:
        return self.width - self.left - self.right


PORTRAIT = Page()
LANDSCAPE = Page(width=297, height=210)

# Sizes by component, named as in the table of Phụ lục I, mục V.
NATIONAL_NAME_PT = 13
MOTTO_PT = 14
ISSUER_PT = 13
NUMBER_PT = 13
ABOUT_PT = 12  # 12 to 13 is allowed
DATE_PT = 14
DATE_NARROW_PT = 13  # where the place is too long for one line at 14: 13 to 14 is allowed
TITLE_PT = 14
BODY_PT = 14
TABLE_PT = 12  # not regulated
CHART_PT = 11  # likewise
CAPTION_PT = 13
SIGNATURE_PT = 14
RECIPIENTS_LABEL_PT = 12
RECIPIENTS_PT = 11
APPENDIX_PT = 14
REFERENCE_PT = 13
PAGE_NUMBER_PT = 14

SINGLE_LINE = 1.15  # what Word calls single for this typeface; `line-height: normal` is tighter and fails the rule
BODY_LINE = 1.2  # at least single, at most 1.5 lines
TABLE_LINE = 1.15
FIRST_LINE_MM = 12.7
PARAGRAPH_GAP_PT = 6
ADDRESSEES_MM = 35  # where «Kính gửi:» begins, as in the decree's own template
ADDRESSEE_DASH_MM = 53  # under its colon

# Two borderless columns each; the national name at 13 pt must not wrap (95.7 mm).
HEADER_LEFT_MM = 65
HEADER_RIGHT_MM = 100
SIGNATURE_LEFT_MM = 75
SIGNATURE_RIGHT_MM = 90
SIGNATURE_SPACE_MM = 28  # room for the hand's or the digital signature, between post and name
SIGNATORY_PT = 13  # where many sign side by side: 13 to 14 is allowed
SIGNATORY_SPACE_MM = 20
SIGNATORY_GAP_MM = 3  # kept free on both sides of a column

RULE_PT = 0.75
RULE_SHARE = 0.4  # "1/3 to 1/2 of the text line": of the widest line
MOTTO_RULE_SHARE = 1.0
CELL_PADDING_MM = 1.2
PICTURE_MM = (120, 80)  # the most that a photograph takes: two of them and their captions stand on one page

_MM_PER_PT = 25.4 / 72


def signatory_width(columns: int) -> float:
    """Millimetres for the words of one of many who sign side by side."""
    return PORTRAIT.text_width / columns - 2 * SIGNATORY_GAP_MM


def date_size(header: Header) -> float:
    """Points for place and date: they share a line with the number, so a long place takes the smaller size."""
    width = fonts.text_width(header.date_line, DATE_PT, italic=True) * _MM_PER_PT
    return DATE_PT if width <= HEADER_RIGHT_MM else DATE_NARROW_PT


def rule_width(lines: tuple[str, ...], size: float, share: float = RULE_SHARE) -> float:
    """Points: the length of the rule under ``lines``, bold, measured on the widest of them."""
    return share * max(fonts.text_width(line, size, bold=True) for line in lines)


def picture_size(pixels: tuple[int, int]) -> tuple[float, float]:
    """Millimetres: as large as ``PICTURE_MM`` allows, in its own proportions."""
    width, height = pixels
    scale = min(PICTURE_MM[0] / width, PICTURE_MM[1] / height)
    return width * scale, height * scale


def motto_rule_width() -> float:
    """Points: as long as the words above it."""
    return rule_width((NATIONAL_MOTTO,), MOTTO_PT, MOTTO_RULE_SHARE)
