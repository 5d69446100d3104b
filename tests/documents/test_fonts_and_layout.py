"""The typeface and the measures, against figures taken from the decree and from its own templates."""

from __future__ import annotations

import subprocess
import unicodedata

import pytest

from documents import fonts, layout
from documents.dates import PartialDate
from documents.errors import FontMissing
from documents.tree import NATIONAL_MOTTO, NATIONAL_NAME, Header

_MM = 25.4 / 72
LONG_PLACE = "Thành phố Hồ Chí Minh"


def test_vietnamese_has_146_letters_with_a_mark_or_a_tone_in_composed_form():
    letters = fonts.vietnamese_letters()

    assert len(letters) == len(set(letters)) == 146
    assert unicodedata.is_normalized("NFC", letters)
    assert {"Ặ", "ữ", "Đ", "đ", "ỹ", "a", "Y"} <= set(letters)


def test_this_machine_has_every_letter_in_all_four_styles():
    assert fonts.missing_letters() == ""


@pytest.mark.parametrize(
    ("text", "size", "points"),
    [(NATIONAL_NAME, 12, 250.3), (NATIONAL_NAME, 13, 271.2), (NATIONAL_MOTTO, 13, 159.1), (NATIONAL_MOTTO, 14, 171.4)],
)
def test_the_national_name_and_motto_are_as_wide_as_in_times_new_roman(text, size, points):
    assert fonts.text_width(text, size, bold=True) == pytest.approx(points, abs=0.1)


@pytest.mark.parametrize(("size", "millimetres"), [(13, 96.4), (14, 103.9)])
def test_a_long_place_and_date_are_as_wide_as_in_times_new_roman(size, millimetres):
    width = fonts.text_width(f"{LONG_PLACE}, ngày 29 tháng 6 năm 2026", size, italic=True)

    assert width * _MM == pytest.approx(millimetres, abs=0.3)


@pytest.mark.parametrize("answer", ["DejaVu Serif\t/fonts/DejaVuSerif.ttf", "TeX Gyre Termes\t/fonts/termes.otf"])
def test_a_machine_that_offers_another_face_is_told(monkeypatch, answer):
    monkeypatch.setattr(subprocess, "run", lambda *args, **more: subprocess.CompletedProcess(args, 0, stdout=answer))

    with pytest.raises(FontMissing):
        fonts._file_of.__wrapped__(False, False)


def test_a_machine_without_fontconfig_is_told(monkeypatch):
    def absent(*args, **more):
        raise FileNotFoundError("fc-match")

    monkeypatch.setattr(subprocess, "run", absent)

    with pytest.raises(FontMissing):
        fonts._file_of.__wrapped__(True, True)


def test_letters_of_any_style_are_missed(monkeypatch):
    whole, units = fonts._advances(False, False)
    poor = {code: width for code, width in whole.items() if chr(code) not in "ơẵ"}
    monkeypatch.setattr(fonts, "_advances", lambda bold, italic: (poor if bold and italic else whole, units))

    assert fonts.missing_letters() == "ẵơ"


def test_margins_leave_165_by_257_millimetres_upright_and_252_by_170_across():
    upright, across = layout.PORTRAIT, layout.LANDSCAPE

    assert (upright.text_width, upright.height - upright.top - upright.bottom) == (165, 257)
    assert (across.text_width, across.height - across.top - across.bottom) == (252, 170)


def test_sizes_lie_within_the_ranges_of_the_decree():
    assert {layout.NATIONAL_NAME_PT, layout.ISSUER_PT} <= {12, 13}
    assert layout.NUMBER_PT == 13
    assert layout.RECIPIENTS_LABEL_PT == 12
    assert layout.RECIPIENTS_PT == 11
    assert layout.APPENDIX_PT == 14
    assert {
        layout.MOTTO_PT,
        layout.DATE_PT,
        layout.DATE_NARROW_PT,
        layout.TITLE_PT,
        layout.BODY_PT,
        layout.SIGNATURE_PT,
        layout.SIGNATORY_PT,
        layout.REFERENCE_PT,
        layout.PAGE_NUMBER_PT,
    } <= {13, 14}
    assert layout.FIRST_LINE_MM in (10, 12.7)
    assert layout.PARAGRAPH_GAP_PT >= 6
    assert layout.SINGLE_LINE <= layout.BODY_LINE <= 1.5 * layout.SINGLE_LINE


def test_header_and_signature_columns_fit_the_page_and_hold_the_national_name_on_one_line():
    national_name = fonts.text_width(NATIONAL_NAME, layout.NATIONAL_NAME_PT, bold=True) * _MM

    assert layout.PORTRAIT.text_width == layout.HEADER_LEFT_MM + layout.HEADER_RIGHT_MM
    assert layout.PORTRAIT.text_width == layout.SIGNATURE_LEFT_MM + layout.SIGNATURE_RIGHT_MM
    assert national_name < layout.HEADER_RIGHT_MM


@pytest.mark.parametrize(("place", "size"), [("An Sơn", 14), ("Phường 3", 14), (LONG_PLACE, 13)])
def test_only_a_place_too_long_for_its_line_is_set_smaller(place, size):
    header = Header(("ỦY BAN NHÂN DÂN",), place=place, date=PartialDate(2026, 6, 29))

    assert layout.date_size(header) == size


def test_the_rule_under_a_name_is_two_fifths_of_its_widest_line():
    lines = ("ỦY BAN NHÂN DÂN", "XÃ AN SƠN")
    widest, last = (fonts.text_width(line, 13, bold=True) for line in lines)
    assert widest > last

    width = layout.rule_width(lines, 13)

    assert width == pytest.approx(0.4 * widest)
    assert 1 / 3 <= width / widest <= 1 / 2


def test_the_rule_under_the_motto_is_as_long_as_the_motto():
    assert layout.motto_rule_width() == pytest.approx(171.4, abs=0.1)
