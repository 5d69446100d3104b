"""PDF with words: lines in reading order with their looks, columns, and what pages add left out."""

from __future__ import annotations

import io

import pikepdf
import pytest

from documents.reading.errors import UnreadableFile
from documents.reading.files import read_source
from documents.reading.source import Align, Looks, SourceLine
from tests.documents.reading_sources.making import drawn, page_of, read, tables, texts, words, words_at

BODY = (
    "Đẩy mạnh phong trào thi đua yêu nước, phát huy sức mạnh của cả hệ thống chính trị và các tầng lớp Nhân dân, "
    "quyết tâm thực hiện thắng lợi nhiệm vụ phát triển kinh tế - xã hội, quốc phòng, an ninh của xã trong năm 2026."
)
NAMES = ("mot", "hai", "ba", "bon")
PAGE = "@page { size: A4; margin: 20mm 15mm 20mm 30mm; }"


def test_lines_know_their_looks_and_where_they_stand():
    html = (
        "<p class=t>KẾ HOẠCH</p><p class=s>Công tác thi đua</p>"
        f"<p>{BODY}</p><p><b>I. MỤC ĐÍCH</b></p><p style='text-align: right'><i>ngày 05 tháng 3</i></p>"
    )
    css = PAGE + "p { text-indent: 36pt; text-align: justify; margin: 0 0 6pt } .t { font-weight: bold }"
    css += ".t, .s { text-align: center; text-indent: 0; margin: 0 } .s { font-size: 13pt; font-style: italic }"

    source = read(page_of(html, css))

    title, subject, first, second, third, heading, date = source.blocks
    assert (title, subject) == (
        SourceLine("KẾ HOẠCH", Looks(True, False, 14.0, Align.CENTRE, title.looks.indent), page=1),
        SourceLine("Công tác thi đua", Looks(False, True, 13.0, Align.CENTRE, subject.looks.indent), page=1),
    )
    assert [line.looks for line in (first, second)] == [
        Looks(False, False, 14.0, Align.JUSTIFIED, 36.0),
        Looks(False, False, 14.0, Align.JUSTIFIED, 0),
    ]
    assert third.looks.align is Align.LEFT
    assert f"{first.text} {second.text} {third.text}" == BODY
    assert (heading.text, heading.looks.bold, heading.gap) == ("I. MỤC ĐÍCH", True, True)
    assert (date.text, date.looks.italic, date.looks.align) == ("ngày 05 tháng 3", True, Align.RIGHT)
    assert [line.gap for line in (first, second, third)] == [False, False, False]
    assert source.pages == 1


def test_a_head_and_a_foot_in_two_columns():
    html = (
        "<table class=f><tr><td>ỦY BAN NHÂN DÂN<br><b>XÃ MAI KHÊ</b></td><td>CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM<br>"
        "Độc lập - Tự do - Hạnh phúc</td></tr>"
        "<tr><td>Số: 12/KH-UBND</td><td>Mai Khê, ngày 05 tháng 3 năm 2026</td></tr>"
        f"</table><p class=t>KẾ HOẠCH</p><p>{BODY}</p><p>Ngắn./.</p>"
        "<table class=f><tr><td class=l>Nơi nhận:<br>- Như Điều 3;<br>- Lưu: VT.</td>"
        "<td>TM. ỦY BAN NHÂN DÂN<br>CHỦ TỊCH"
        "<br><br><br><br><br>Lê Thị Hoa</td></tr></table>"
    )
    css = PAGE + ".f { width: 100%; font-size: 11pt } td { text-align: center; vertical-align: top; width: 42% }"
    css += ".l { text-align: left } .t { text-align: center }"

    source = read(page_of(html, css))

    columns = [(line.text, line.column) for line in source.blocks]
    assert columns[:6] == [
        ("ỦY BAN NHÂN DÂN", 0),
        ("XÃ MAI KHÊ", 0),
        ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", 1),
        ("Độc lập - Tự do - Hạnh phúc", 1),
        ("Số: 12/KH-UBND", 0),
        ("Mai Khê, ngày 05 tháng 3 năm 2026", 1),
    ]
    assert columns[6] == ("KẾ HOẠCH", 0)
    assert columns[-7:] == [
        ("Ngắn./.", 0),
        ("Nơi nhận:", 0),
        ("- Như Điều 3;", 0),
        ("- Lưu: VT.", 0),
        ("TM. ỦY BAN NHÂN DÂN", 1),
        ("CHỦ TỊCH", 1),
        ("Lê Thị Hoa", 1),
    ]


def test_a_page_set_in_columns_is_read_column_after_column():
    rows = [f"{side} {number}" for number in range(1, 31) for side in ("left", "right")]
    drawing = "".join(
        words_at(60 if text.startswith("left") else 320, 800 - 15 * (at // 2), f"{text} some more words here")
        for at, text in enumerate(rows)
    )

    read_lines = texts(read(drawn(drawing)))

    assert [line.split(" some")[0] for line in read_lines] == [
        f"{side} {number}" for side in ("left", "right") for number in range(1, 31)
    ]
    assert {line.column for line in read(drawn(drawing)).lines()} == {0}


def test_words_drawn_in_any_order_are_read_by_their_place():
    lines = ["Mot hai ba bon nam", "sau bay tam chin muoi", "muoi mot muoi hai"]
    pieces = []
    for at, line in enumerate(lines):
        x = 60.0
        for letter in line:
            pieces.append(words_at(x, 700 - 20 * at, letter))
            x += 7
    shuffled = [*pieces[::3], *pieces[2::3], *pieces[1::3]]

    source = read(drawn("".join(piece for piece in shuffled if "( )" not in piece)))

    assert "".join(texts(source)).replace(" ", "") == "".join(lines).replace(" ", "")


def test_letters_drawn_twice_are_bold_and_read_once():
    drawing = words_at(60, 700, "KE HOACH") + words_at(60.4, 700, "KE HOACH") + words_at(60, 680, "Noi dung chi tiet")

    first, second = read(drawn(drawing)).blocks

    assert [(line.text, line.looks.bold) for line in (first, second)] == [
        ("KE HOACH", True),
        ("Noi dung chi tiet", False),
    ]


def test_a_marker_far_before_its_words_is_one_line_with_them():
    drawing = words_at(60, 700, "1.") + words_at(120, 700, "Muc dich yeu cau") + words_at(120, 680, "cua phong trao")

    assert texts(read(drawn(drawing))) == ["1. Muc dich yeu cau", "cua phong trao"]


def test_numbers_of_pages_and_running_heads_are_left_out():
    pages = [
        words_at(297, 820, str(number))
        + words_at(60, 800, f"UBND xa Mai Khe - ban sao {number}")
        + words_at(60, 700, f"Noi dung trang {name}")
        + words_at(290, 30, f"Trang {number}/4")
        for number, name in enumerate(NAMES, start=1)
    ]

    assert texts(read(drawn(*pages))) == [f"Noi dung trang {name}" for name in NAMES]


def test_numbers_of_pages_inside_wide_margins_are_left_out():
    pages = [words_at(60, 600, "Noi dung thi dua") + words_at(290, 100, str(number)) for number in (7, 8, 9)]

    assert texts(read(drawn(*pages))) == ["Noi dung thi dua"] * 3


def test_text_in_a_narrow_margin_is_read():
    assert texts(read(drawn(words_at(60, 825, "KE HOACH nam 2026") + words_at(60, 600, "Noi dung")))) == [
        *("KE HOACH nam 2026", "Noi dung"),
    ]


@pytest.mark.parametrize("rotation", [0, 90, 270])
def test_a_page_that_lies_on_its_side_is_read_upright(rotation):
    matrix = {0: "1 0 0 1 60 700", 90: "0 1 -1 0 100 60", 270: "0 -1 1 0 100 700"}[rotation]
    drawing = f"BT /F1 12 Tf {matrix} Tm (Phu luc kem theo) Tj ET BT /F1 12 Tf "
    below = {0: "1 0 0 1 60 680", 90: "0 1 -1 0 120 60", 270: "0 -1 1 0 80 700"}[rotation]

    assert texts(read(drawn(f"{drawing}{below} Tm (Bang nhiem vu) Tj ET"))) == ["Phu luc kem theo", "Bang nhiem vu"]


def test_old_fonts_are_read_in_unicode():
    drawing = words_at(60, 700, "Céng hßa x· héi chñ nghÜa ViÖt Nam", font="F3") + words_at(60, 680, "Plain words")

    source = read(drawn(drawing, extra="ABCDEF+.VnTime"))

    assert texts(source) == ["Cộng hòa xã hội chủ nghĩa Việt Nam", "Plain words"]
    assert source.notes == ("Chữ TCVN3 (ABC) đã được chuyển sang Unicode.",)


def test_notes_at_the_foot_of_a_page_stand_apart():
    drawing = (
        words_at(60, 700, "Noi dung cua ke hoach nay")
        + "60 120 m 200 120 l S\n"
        + words_at(60, 105, "1 Theo Quy che", 9)
    )

    source = read(drawn(drawing))

    assert texts(source) == ["Noi dung cua ke hoach nay"]
    assert [line.text for line in source.footnotes] == ["1 Theo Quy che"]
    assert len(source.notes) == 1


def test_progress_is_told_page_by_page():
    told: list[tuple[int, int]] = []

    read_source(
        io.BytesIO(drawn(*[words_at(60, 700, "Noi dung thi dua")] * 3)), "a.pdf", lambda *done: told.append(done)
    )

    assert told == [(1, 3), (2, 3), (3, 3)]


def test_a_paper_locked_only_against_changes_is_read():
    locked = io.BytesIO()
    with pikepdf.open(io.BytesIO(drawn(words_at(60, 700, "Noi dung thi dua")))) as document:
        document.save(locked, encryption=pikepdf.Encryption(owner="secret", user=""))

    assert texts(read(locked.getvalue())) == ["Noi dung thi dua"]


# -- Pages without words ---------------------------------------------------------------


def picture(*, words: str = "") -> bytes:
    """A page that a picture covers, as scanners make them."""
    document = pikepdf.open(
        io.BytesIO(drawn(f"q 595 0 0 842 0 0 cm /Im Do Q {words}", words_at(60, 700, "Trang co chu")))
    )
    image = document.make_stream(b"\xff", Type=pikepdf.Name.XObject, Subtype=pikepdf.Name.Image, Width=1, Height=1)
    image.ColorSpace, image.BitsPerComponent = pikepdf.Name.DeviceGray, 8
    document.pages[0].Resources.XObject = pikepdf.Dictionary(Im=image)
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def only_first(content: bytes) -> bytes:
    stream = io.BytesIO()
    with pikepdf.open(io.BytesIO(content)) as document:
        del document.pages[1:]
        document.save(stream)
    return stream.getvalue()


def test_a_scan_without_words_is_refused_with_advice():
    with pytest.raises(UnreadableFile, match=r"bản quét.*nhận dạng chữ \(OCR\)"):
        read(only_first(picture()))


def test_a_scan_among_pages_with_words_is_said():
    source = read(picture())

    assert (texts(source), source.notes) == (
        ["Trang co chu"],
        ("Trang 1 chỉ có ảnh hoặc phông chữ lạ nên không đọc được chữ.",),
    )


def test_words_recognised_by_a_machine_are_read_with_a_warning():
    source = read(only_first(picture(words=words_at(60, 700, "Chu do may nhan dang"))))

    assert (texts(source), source.notes) == (
        ["Chu do may nhan dang"],
        ("Trang 1 là ảnh chụp có chữ do máy nhận dạng, có thể sai; hãy đối chiếu kỹ.",),
    )


def test_a_font_that_does_not_say_its_letters_is_refused_with_advice():
    document = pikepdf.open(io.BytesIO(drawn("BT /F1 12 Tf 60 700 Td <000100020003000400050006> Tj ET")))
    descendant = pikepdf.Dictionary(
        Type=pikepdf.Name.Font,
        Subtype=pikepdf.Name.CIDFontType2,
        BaseFont=pikepdf.Name("/Odd"),
        CIDSystemInfo=pikepdf.Dictionary(Registry=b"Adobe", Ordering=b"Identity", Supplement=0),
        FontDescriptor=pikepdf.Dictionary(Type=pikepdf.Name.FontDescriptor, FontName=pikepdf.Name("/Odd"), Flags=4),
    )
    document.pages[0].Resources.Font.F1 = pikepdf.Dictionary(
        Type=pikepdf.Name.Font,
        Subtype=pikepdf.Name.Type0,
        BaseFont=pikepdf.Name("/Odd"),
        Encoding=pikepdf.Name("/Identity-H"),
        DescendantFonts=[document.make_indirect(descendant)],
    )
    stream = io.BytesIO()
    document.save(stream)

    with pytest.raises(UnreadableFile, match="Phông chữ trong tệp PDF"):
        read(stream.getvalue())


def test_every_word_of_a_long_page_is_read():
    html = "".join(f"<p>{number}. {BODY}</p>" for number in range(40))

    source = read(page_of(html, PAGE))

    assert words(source) == " ".join(f"{number}. {BODY}" for number in range(40)).split()
    assert tables(source) == []
