"""What a dropped file is, told from its content, in one sentence."""

from __future__ import annotations

import io
import zipfile

import pytest
from PIL import Image
from pypdf import PdfReader, PdfWriter

from documents.signed import FileKind, inspect_file
from tests.documents.signed.samples import (
    note,
    photo,
    pictures_of,
    place_of,
    report_of,
    revised,
    saved_anew,
    scan,
    stamp,
    turn,
    word_report_of,
)
from tests.layout.papers import EXAMPLES, composed_letters
from tests.layout.rendered import docx_of, pdf_of, text_of

BLANK = "long_place_without_a_day"
"""Number, day and month still to come."""


def test_a_digital_pdf_tells_its_pages_and_its_text_in_reading_order() -> None:
    report = report_of("cluster_signature")

    assert (report.kind, report.sentence) == (FileKind.DIGITAL_PDF, "Tệp PDF có chữ, 2 trang.")
    assert (report.page_count, report.turned, report.is_mislabelled, report.has_every_word) == (2, (), False, True)
    lines = [line for line in report.text.replace("\f", "\n").split("\n") if line]
    assert lines[:9] == [
        "UBND TỈNH HÒA AN",
        "CỤM THI ĐUA SỐ 3",
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Độc lập - Tự do - Hạnh phúc",
        "Số: /KH-CTĐ",
        "Suối Bạc, ngày tháng 3 năm 2026",
        "KẾ HOẠCH",
        "Công tác thi đua, khen thưởng năm 2026 của xã Suối Bạc",
        "Căn cứ Luật Thi đua, khen thưởng ngày 15 tháng 6 năm 2022;",
    ]
    assert lines[-5:] == [
        "- Lưu: VT, VP.",
        "TT. CỤM THI ĐUA SỐ 3",
        "TRƯỞNG CỤM",
        "CHỦ TỊCH UBND XÃ SUỐI BẠC",
        "Nguyễn Đỗ Quỳnh",
    ]


@pytest.mark.parametrize("example", EXAMPLES)
def test_no_letter_is_lost_and_no_number_of_a_page_stays(example: str) -> None:
    printed = "".join(report_of(example).text.split())
    for head in _repeated_heads(example):
        printed = printed.replace(head, "", printed.count(head) - 1)

    assert sorted(printed) == sorted("".join(text_of(example).split()))


def _repeated_heads(example: str) -> list[str]:
    lines = [line for line in text_of(example).splitlines() if line.startswith("TT\t")]
    return ["".join(line.split()) for line in set(lines)]


def test_a_word_file_is_read_paragraph_by_paragraph() -> None:
    report = word_report_of("plain_plan")

    assert (report.kind, report.sentence) == (FileKind.WORD, "Văn bản Word (.docx).")
    assert (report.page_count, report.has_every_word) == (None, True)
    assert report.text.split() == text_of("plain_plan").split()


def test_a_scan_has_pages_and_no_words() -> None:
    report = inspect_file(scan(pictures_of("plain_plan")), "ban-quet.pdf")

    assert report.kind is FileKind.SCANNED_PDF
    assert report.sentence == "Bản quét PDF, 2 trang, chỉ có ảnh nên chương trình không đọc được chữ."
    assert (report.page_count, report.text.strip(), report.has_every_word) == (2, "", False)


def test_words_over_the_picture_of_a_page_were_recognised_by_a_machine() -> None:
    def add_words(writer: PdfWriter) -> None:
        for page, words in zip(writer.pages, PdfReader(io.BytesIO(pdf_of("plain_plan"))).pages, strict=True):
            page.merge_page(words)

    report = inspect_file(saved_anew(scan(pictures_of("plain_plan")), add_words))

    assert report.kind is FileKind.RECOGNISED_PDF
    assert report.sentence == "Bản quét PDF, 2 trang, chữ do máy nhận dạng nên có thể sai."
    assert "Công tác thi đua, khen thưởng năm 2026" in report.text
    assert not report.has_every_word


def test_a_page_that_is_a_picture_among_pages_with_words_is_named() -> None:
    picture = PdfReader(io.BytesIO(scan(pictures_of("plain_plan")[1:]))).pages[0]
    report = inspect_file(saved_anew(pdf_of("decision"), lambda writer: writer.add_page(picture)))

    assert report.kind is FileKind.MIXED_PDF
    assert report.sentence == "Tệp PDF 2 trang, trong đó trang 2 chỉ là ảnh nên không đọc được hết chữ."
    assert not report.has_every_word


@pytest.mark.parametrize(("kind", "name"), [("JPEG", "anh.jpg"), ("JPEG", "anh.JPEG"), ("PNG", "anh.png")])
def test_a_photograph_is_a_photograph(kind: str, name: str) -> None:
    report = inspect_file(photo(Image.new("RGB", (640, 480)), kind), name)

    assert (report.kind, report.page_count, report.is_mislabelled) == (FileKind.PHOTO, 1, False)
    assert report.sentence == "Ảnh chụp (640 × 480 điểm ảnh), chương trình không đọc được chữ."


@pytest.mark.parametrize("degrees", [90, 180, 270])
def test_a_turned_page_is_told_and_read_all_the_same(degrees: int) -> None:
    report = inspect_file(saved_anew(pdf_of("plain_plan"), turn(1, degrees)))

    assert (report.kind, report.turned) == (FileKind.DIGITAL_PDF, (2,))
    assert report.sentence == "Tệp PDF có chữ, 2 trang; trang 2 bị xoay."
    assert report.text == report_of("plain_plan").text


def test_a_landscape_page_is_not_turned() -> None:
    assert (report_of("two_appendices").turned, report_of("two_appendices").page_count) == ((), 7)


def test_a_password_is_asked_to_be_taken_off_unless_it_only_guards_against_changes() -> None:
    locked = saved_anew(pdf_of("decision"), lambda writer: writer.encrypt("bi mat", algorithm="AES-256"))
    guarded = saved_anew(pdf_of("decision"), lambda writer: writer.encrypt("", "bi mat", algorithm="AES-256"))

    assert inspect_file(locked, "a.pdf").kind is FileKind.ENCRYPTED_PDF
    assert inspect_file(locked, "a.pdf").sentence == (
        "Tệp PDF đặt mật khẩu nên không mở được; hãy bỏ mật khẩu rồi chọn lại."
    )
    assert inspect_file(guarded, "a.pdf").text == report_of("decision").text


BROKEN = "Tệp bị hỏng hoặc tải về chưa đủ; hãy tải lại từ nơi lưu rồi chọn lại."


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (b"", "rong.pdf"),
        (b"\0" * 4096, "so-khong.pdf"),
        (b"%PDF-1.7\nnothing else", "mot-dong.pdf"),
        (pdf_of("plain_plan")[:9_000], "nua-chung.pdf"),
        (photo(Image.effect_noise((300, 300), 80), "JPEG")[:3_000], "nua-anh.jpg"),
        (photo(Image.effect_noise((300, 300), 80), "PNG")[:3_000], "nua-anh.png"),
        (b"\xff\xd8\xff\xe0 no picture", "khong-phai-anh.jpg"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_broken_file_is_told_and_never_raises(content: bytes, name: str) -> None:
    report = inspect_file(content, name)

    assert (report.kind, report.sentence) == (FileKind.BROKEN, BROKEN)
    assert (report.text, report.has_every_word) == ("", False)


def test_half_a_word_file_is_broken_too() -> None:
    report = inspect_file(docx_of("plain_plan")[:5_000], "nua.docx")

    assert (report.kind, report.sentence) == (FileKind.BROKEN, BROKEN)


def _zip_of(part: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr(part, "<xml/>")
    return out.getvalue()


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"Kinh gui: Uy ban", "Không nhận ra loại tệp này; hãy dùng tệp PDF, Word (.docx) hoặc ảnh JPG, PNG."),
        (
            _zip_of("xl/workbook.xml"),
            "Đây là bảng tính Excel, không phải văn bản; hãy chọn tệp PDF, Word (.docx) hoặc ảnh.",
        ),
        (_zip_of("a.txt"), "Đây là tệp nén ZIP; hãy giải nén rồi chọn tệp văn bản ở bên trong."),
        (
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 512,
            "Tệp Word kiểu cũ (.doc) hoặc có đặt mật khẩu; hãy lưu lại thành PDF hoặc .docx rồi chọn lại.",
        ),
        (b"\0\0\0\x18ftypheic", "Ảnh HEIC của điện thoại; hãy đổi sang JPG hoặc quét thành PDF rồi chọn lại."),
    ],
    ids=["text", "sheet", "zip", "old-word", "heic"],
)
def test_other_files_say_what_to_choose_instead(content: bytes, sentence: str) -> None:
    report = inspect_file(content, "tep")

    assert (report.kind, report.sentence) == (FileKind.OTHER, sentence)


@pytest.mark.parametrize(
    ("content", "name", "spoken"),
    [
        (docx_of("decision"), "da-ky.pdf", "văn bản Word (.docx)"),
        (pdf_of("decision"), "da-ky.docx", "tệp PDF"),
        (photo(Image.new("L", (9, 9)), "PNG"), "da-ky.pdf", "ảnh PNG"),
        (photo(Image.new("L", (9, 9)), "JPEG"), "da-ky.png", "ảnh JPG"),
    ],
    ids=["word-as-pdf", "pdf-as-word", "png-as-pdf", "jpg-as-png"],
)
def test_a_name_that_misleads_is_told(content: bytes, name: str, spoken: str) -> None:
    report = inspect_file(content, name)

    assert report.is_mislabelled
    assert report.sentence == (
        f"Tệp tên «{name}» nhưng bên trong là {spoken}; hãy xem có chọn nhầm tệp không, hoặc đổi lại đuôi tệp."
    )


def test_a_name_without_an_ending_does_not_mislead() -> None:
    assert not inspect_file(pdf_of("decision"), "KH so 05").is_mislabelled


def test_number_and_day_stamped_on_the_page_stand_in_their_gaps() -> None:
    pdf = pdf_of(BLANK)
    gaps = {"Số:": ("27", 4), "ngày": ("15", 5), "tháng": ("9", 7)}

    def stamp_all(writer: PdfWriter) -> None:
        for before, (text, distance) in gaps.items():
            x, y = place_of(pdf, before)
            stamp(text, x + distance, y)(writer)

    text = inspect_file(saved_anew(pdf, stamp_all)).text

    assert "Số: 27 /KH-UBND" in text
    assert "Thành phố Hồ Chí Minh, ngày 15 tháng 9 năm 2026" in text


def test_a_note_in_a_gap_fills_it_and_a_note_elsewhere_is_no_text() -> None:
    pdf = pdf_of(BLANK)
    x, y = place_of(pdf, "Số:")

    numbered = inspect_file(revised(pdf, note(0, "27", (x + 2, y - 4, x + 26, y + 12)))).text
    remarked = inspect_file(revised(pdf, note(0, "Da xem", (300, 300, 400, 330)))).text

    assert "Số: 27 /KH-UBND" in numbered
    assert remarked == report_of(BLANK).text


def test_text_comes_out_composed_as_it_went_in() -> None:
    assert composed_letters().body[4].text.split()[0] in report_of("composed_letters").text
