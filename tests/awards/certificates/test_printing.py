"""On paper: every line where the law and the stock have it, in millimetres, all of it, and inside the border."""

from __future__ import annotations

import io
import re
from pathlib import Path

import pdfplumber
import pytest
from pypdf import PdfReader

from awards.certificates import joining
from awards.certificates.calibration import calibration_html
from awards.certificates.drawing import Press, TooLong, document, own_lines, whole_sheet
from awards.certificates.layouts import A4, IN_BLOCK, LOOKS, SMALLEST, Field, layout_of, stock_places
from documents import fonts
from documents.rendering.pdf import html_to_pdf
from tests.awards.certificates.samples import (
    LONGEST_NAME,
    LONGEST_UNIT,
    MM,
    TWO_LINES,
    a_certificate,
    printed_lines,
)


def drawn(*certificates, press: Press | None = None) -> bytes:
    return joining.join(certificates, press or Press(), title="In thử", draw=html_to_pdf)


def words_of(pdf: bytes, page: int = 0) -> str:
    with pdfplumber.open(io.BytesIO(pdf)) as found:
        return re.sub(r"\s+", "", "".join(char["text"] for char in found.pages[page].chars))


def test_the_lines_of_article_61_follow_each_other_in_their_colours():
    pdf = drawn(a_certificate("CSTDCS"))

    lines = sorted((foot, text) for text, (_, _, foot) in printed_lines(pdf).items())
    assert [text for _, text in lines if "Số" not in text and "Quyết định" not in text] == [
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Độc lập - Tự do - Hạnh phúc",
        "CHỦ TỊCH ỦY BAN NHÂN DÂN XÃ AN SƠN",
        "TẶNG DANH HIỆU",
        "CHIẾN SĨ THI ĐUA CƠ SỞ",
        "Bà Nguyễn Thị Hoa",
        "Giáo viên, Trường Tiểu học số 1",
        "Đã cứu hai học sinh bị đuối nước",
        "An Sơn, ngày 20 tháng 12 năm 2026",
        "CHỦ TỊCH",
        "Lò Văn Thắng",
    ]
    with pdfplumber.open(io.BytesIO(pdf)) as found:
        page = found.pages[0]
        red = "".join(one["text"] for one in page.chars if one["non_stroking_color"][0] > 0.5)
        assert (round(page.width * MM), round(page.height * MM)) == (297, 210)
    assert sorted(red) == sorted("CHỦ TỊCH ỦY BAN NHÂN DÂN XÃ AN SƠNCHIẾN SĨ THI ĐUA CƠ SỞ")


def test_centred_lines_stand_in_the_middle_of_the_sheet():
    lines = printed_lines(drawn(a_certificate()))

    for text in ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "GIẤY KHEN", "Bà Nguyễn Thị Hoa"):
        left, right, _ = lines[text]
        assert (left + right) / 2 == pytest.approx(A4.width / 2, abs=0.3)


def test_a_family_of_culture_gets_a_sheet_of_half_the_size():
    with pdfplumber.open(io.BytesIO(drawn(a_certificate("GDVH", "Hộ ông Lê Văn Tám")))) as found:
        assert (round(found.pages[0].width * MM), round(found.pages[0].height * MM)) == (210, 148)


@pytest.mark.parametrize("award", ["GK", "CSTDCS", "GDVH", "TVH"])
@pytest.mark.parametrize("is_whole", [True, False])
def test_the_longest_words_are_printed_whole_and_inside_the_border(award, is_whole):
    one = a_certificate(
        award, LONGEST_NAME, detail=LONGEST_UNIT, citation=TWO_LINES, signed="KT. CHỦ TỊCH\nPHÓ CHỦ TỊCH"
    )

    pdf = drawn(one, press=Press(is_whole=is_whole))

    said = words_of(pdf)
    for name in IN_BLOCK:
        for word in one.texts[name].split():
            assert word in said
    lines = own_lines(one, Press(is_whole=is_whole))
    assert "".join(line.text for line in lines if line.field is Field.NAME).replace(" ", "") == LONGEST_NAME.replace(
        " ", ""
    )
    for line in lines:
        look = LOOKS[line.field]
        width = fonts.text_width(line.text, line.size, bold=look.bold, italic=look.italic) * MM
        assert line.size >= SMALLEST
        assert width <= line.width
    if is_whole:
        layout = layout_of(award)
        block = layout.block
        feet = [line.y for line in lines if line.field in IN_BLOCK]
        assert block.top < min(feet)
        assert max(feet) < block.top + block.room
        assert max(feet) < layout.places[Field.DAY].y


def test_what_fits_at_no_size_is_told_with_the_name_and_never_cut():
    one = a_certificate(citation="Đã có thành tích " * 600)

    with pytest.raises(TooLong, match=r"Phần thành tích của Bà Nguyễn Thị Hoa dài quá"):
        drawn(one)


def test_a_word_wider_than_the_sheet_is_parted_at_the_smallest_size():
    lines = own_lines(a_certificate(name="A" * 300), Press())

    assert "".join(line.text for line in lines if line.field is Field.NAME) == "A" * 300


# -- Pre-printed stock ---------------------------------------------------------------------


@pytest.mark.parametrize("shift", [(0.0, 0.0), (1.5, -2.3)])
def test_on_stock_each_line_stands_at_its_millimetre_less_what_the_printer_is_off(shift):
    kept = {
        "name": {"x": 80.0, "y": 112.5, "width": 140.0, "size": 22.0, "shown": True},
        "golden": {"x": 31.5, "y": 181.0, "width": 60.0, "size": 12.0, "shown": True},
        "day": {"shown": False, "x": 0, "y": 0, "width": 0, "size": 0},
    }

    lines = printed_lines(drawn(a_certificate(), press=Press(is_whole=False, places=kept, shift=shift)))

    left, right, foot = lines["Bà Nguyễn Thị Hoa"]
    assert (left + right) / 2 == pytest.approx(150 - shift[0], abs=0.3)
    assert foot == pytest.approx(112.5 - shift[1], abs=0.3)
    left, _, foot = lines["Số sổ vàng: 12"]
    assert (left, foot) == (pytest.approx(31.5 - shift[0], abs=0.3), pytest.approx(181 - shift[1], abs=0.3))
    assert not any("An Sơn" in text or "GIẤY KHEN" in text for text in lines)


def test_stock_says_itself_what_it_has_in_print():
    shown = stock_places(layout_of("GK"), {})

    assert set(shown) == {
        *(Field.NAME, Field.DETAIL, Field.CITATION, Field.DAY, Field.SIGNED, Field.SIGNER),
        *(Field.DECISION, Field.GOLDEN),
    }


@pytest.mark.parametrize("shift", [(0.0, 0.0), (2.0, -1.0)])
def test_the_crosses_stand_50_millimetres_from_the_edges(shift):
    with pdfplumber.open(io.BytesIO(html_to_pdf(calibration_html(A4, shift)))) as found:
        page = found.pages[0]
        long = [one for one in page.lines + page.rects if max(one["width"], one["height"]) * MM > 39]

    across = [(one["top"] + one["bottom"]) / 2 * MM for one in long if one["width"] > one["height"]]
    down = [(one["x0"] + one["x1"]) / 2 * MM for one in long if one["height"] > one["width"]]
    assert {round(one) for one in across} == {50 - shift[1], 160 - shift[1]}
    assert {round(one) for one in down} == {50 - shift[0], 247 - shift[0]}
    assert max(abs(one - round(one)) for one in across + down) < 0.2


# -- Many ----------------------------------------------------------------------------------


def test_a_batch_says_in_every_page_what_the_pages_drawn_one_by_one_say(monkeypatch):
    monkeypatch.setattr(joining, "RUN", 3)
    many = [
        a_certificate("GK" if n % 2 else "CSTDCS", f"Ông Trần Văn {n}", golden=f"Số sổ vàng: {n}") for n in range(8)
    ]
    told = []

    pdf = joining.join(
        many, Press(), title="In", draw=html_to_pdf, progress=lambda done, total: told.append((done, total))
    )

    plain = html_to_pdf(document("In", [whole_sheet(one, Press()) for one in many]))
    assert told == [(3, 8), (6, 8), (8, 8)]
    assert len(PdfReader(io.BytesIO(pdf)).pages) == 8
    for page in range(8):
        ours, bare = printed_lines(pdf, page), printed_lines(plain, page)
        assert ours.keys() == bare.keys()
        assert all(ours[text] == pytest.approx(bare[text], abs=0.05) for text in ours)
    for name, kept in (("OutputIntents", True), ("Metadata", True)):
        assert (f"/{name}" in PdfReader(io.BytesIO(pdf)).trailer["/Root"]) is kept


def test_the_qr_leads_to_the_verification_page():
    without, with_code = (drawn(a_certificate(), press=Press(has_code=has)) for has in (False, True))

    with pdfplumber.open(io.BytesIO(without)) as found:
        assert found.pages[0].images == []
    with pdfplumber.open(io.BytesIO(with_code)) as found:
        [image] = found.pages[0].images
    place = layout_of("GK").places[Field.CODE]
    assert (image["x0"] * MM, image["top"] * MM) == pytest.approx((place.x, place.y - place.size), abs=0.2)
    assert image["width"] * MM == pytest.approx(18, abs=0.2)


def test_border_and_flags_are_drawings_of_our_own_without_words_or_addresses():
    folder = Path(__file__).parents[3] / "static/awards/certificates"
    files = sorted(folder.glob("*.svg"))

    assert [one.name for one in files] == ["border-a4.svg", "border-a5.svg", "flags-left.svg", "flags-right.svg"]
    for one in files:
        text = one.read_text(encoding="utf-8").replace("http://www.w3.org/2000/svg", "")
        assert "http" not in text
        assert "<text" not in text
