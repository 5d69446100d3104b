"""Files that would do harm, or are none that can be read: each is refused with a sentence that says what to do."""

from __future__ import annotations

import io
import shutil
import zipfile
import zlib

import pikepdf
import pytest

from documents.reading import legacy, packages
from documents.reading.errors import UnreadableFile
from documents.reading.pdf import guard
from documents.reading.pdf import tables as pdf_tables
from tests.documents.reading_sources.making import (
    cell,
    drawn,
    p,
    packed,
    read,
    row,
    table,
    tables,
    texts,
    word,
    words_at,
)

MAIN = "word/document.xml"
TYPES = "<Types>wordprocessingml</Types>"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def stream_name(name: str) -> bytes:
    return name.encode("utf-16-le") + b"\0\0"


def refused(content: bytes, name: str = "") -> str:
    with pytest.raises(UnreadableFile) as caught:
        read(content, name)
    return str(caught.value)


def bombed(size: int) -> bytes:
    return packed({"[Content_Types].xml": TYPES, MAIN: b"<a>" + b" " * size + b"</a>"})


def lying() -> bytes:
    """Its table of contents says less than unpacks."""
    content = bombed(30_000_000)
    real, told = (30_000_007).to_bytes(4, "little"), (1000).to_bytes(4, "little")
    assert content.count(real) == 2
    return content.replace(real, told)


# -- Zip and XML -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (bombed(70 * 1024 * 1024), packages.TOO_LARGE),
        (lying(), packages.BROKEN),
        (packed({f"a{number}.xml": "" for number in range(6000)}), packages.TOO_LARGE),
        (packed({"[Content_Types].xml": TYPES, MAIN: "<a/>", "../../etc/cron.d/x": "x"}), packages.BROKEN),
        (packed({"[Content_Types].xml": TYPES, MAIN: "<a/>", "/etc/passwd": "x"}), packages.BROKEN),
        (packed({"[Content_Types].xml": TYPES, MAIN: "<a/>", "word/vbaProject.bin": "x"}), packages.MACROS),
        (packed({"[Content_Types].xml": "ms-word.document.macroEnabled wordprocessingml"}), packages.MACROS),
        (word(p("Đủ"))[:-200], packages.BROKEN),
        (word(p("Đủ"))[:300], packages.BROKEN),
        (packed({"[Content_Types].xml": TYPES, MAIN: "<w:document>"}), packages.BROKEN),
        (packed({"[Content_Types].xml": TYPES}), packages.BROKEN),
    ],
    ids=[
        *("one huge part", "a lie about the size", "too many parts", "a path upwards", "a path from the root"),
        *("macros", "macros by type", "broken off", "broken off early", "broken xml", "no text"),
    ],
)
def test_word_files_that_are_traps_or_broken_are_refused(content, sentence):
    assert refused(content) == sentence


@pytest.mark.parametrize(
    "declared",
    [
        '<!DOCTYPE w [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]>',
        '<!DOCTYPE w [<!ENTITY a SYSTEM "file:///etc/passwd">]>',
        '<!DOCTYPE w SYSTEM "http://127.0.0.1/x.dtd">',
    ],
)
def test_documents_with_declarations_are_refused_unread(declared):
    content = packed({"[Content_Types].xml": TYPES, MAIN: f"<?xml version='1.0'?>{declared}<w>&a;</w>"})

    assert "khai báo lạ" in refused(content)


def test_a_locked_part_is_refused():
    content = bytearray(word(p("Đủ")))
    for at in (content.find(b"PK\x03\x04") + 6, content.find(b"PK\x01\x02") + 8):
        content[at] |= 1

    assert "mật khẩu" in refused(bytes(content))


def test_pictures_of_any_size_are_never_unpacked():
    stream = io.BytesIO(word(p("Có ảnh")))
    with zipfile.ZipFile(stream, "a", zipfile.ZIP_STORED) as archive:
        archive.writestr("word/media/image1.png", b"\0" * 80_000_000)

    assert texts(read(stream.getvalue())) == ["Có ảnh"]


def test_nesting_beyond_all_measure_is_refused():
    body = p("Trong cùng")
    for _ in range(200):
        body = table(row(cell(body, p())))

    assert refused(word(body)) == packages.BROKEN


# -- Tables ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    "body",
    [
        table(row(*["x"] * 10_000)),
        table(row(cell("x", properties='<w:gridSpan w:val="10000"/>'))),
        table(row("x", properties='<w:gridBefore w:val="99999999"/>')),
    ],
    ids=["cells", "a span", "columns skipped"],
)
def test_tables_of_ten_thousand_columns_are_refused(body):
    assert "hơn 100 cột" in refused(word(body))


def test_a_pdf_table_of_more_columns_than_a_paper_has_is_refused():
    down = "".join(f"{20 + 4.5 * number} 600 m {20 + 4.5 * number} 700 l S\n" for number in range(121))
    across = "".join(f"20 {y} m 560 {y} l S\n" for y in (600, 650, 700))

    assert "hơn 100 cột" in refused(drawn(across + down + words_at(60, 500, "Noi dung thi dua")))


def test_a_page_full_of_rules_is_read_without_looking_for_tables(monkeypatch):
    monkeypatch.setattr(pdf_tables, "_MOST_RULES", 10)
    grid = "".join(f"20 {y} m 560 {y} l S {y} 20 m {y} 560 l S\n" for y in range(20, 560, 60))

    source = read(drawn(grid + words_at(60, 700, "Noi dung thi dua")))

    assert (tables(source), texts(source)) == ([], ["Noi dung thi dua"])
    assert source.notes == ("Trang 1 có quá nhiều nét vẽ nên không đọc hoặc không nhận ra bảng.",)


# -- PDF -------------------------------------------------------------------------------


def saved(document: pikepdf.Pdf, **how) -> bytes:
    stream = io.BytesIO()
    document.save(stream, **how)
    return stream.getvalue()


def test_a_pdf_with_a_password_is_refused():
    with pikepdf.open(io.BytesIO(drawn(words_at(60, 700, "Noi dung")))) as document:
        locked = saved(document, encryption=pikepdf.Encryption(owner="a", user="b"))

    assert "đặt mật khẩu" in refused(locked)


@pytest.mark.parametrize("content", [b"%PDF-1.7\n", drawn("")[:200], b"%PDF-1.4 nothing here"])
def test_a_broken_pdf_is_refused(content):
    assert refused(content) == packages.BROKEN


def test_a_pdf_of_too_many_pages_is_refused(monkeypatch):
    monkeypatch.setattr(guard, "MOST_PAGES", 2)

    assert "dài 3 trang" in refused(drawn("", "", ""))


def test_a_stream_that_unpacks_to_hundreds_of_megabytes_is_refused():
    document = pikepdf.open(io.BytesIO(drawn("")))
    bomb = zlib.compress(b" " * 200_000_000, 9)
    document.pages[0].Contents = pikepdf.Stream(document, bomb, Filter=pikepdf.Name.FlateDecode)

    assert "phình quá lớn" in refused(saved(document, compress_streams=False))


def test_drawings_that_draw_drawings_without_end_are_left_out():
    """Twelve forms, each drawing the next ten times: a billion words from a few hundred bytes."""
    document = pikepdf.open(io.BytesIO(drawn(words_at(60, 700, "Noi dung thi dua"), "/X0 Do")))
    forms = [
        document.make_stream(
            f"/X{at + 1} Do ".encode() * 10 if at < 11 else words_at(60, 600, "ha").encode(),
            Type=pikepdf.Name.XObject,
            Subtype=pikepdf.Name.Form,
            BBox=[0, 0, 595, 842],
        )
        for at in range(12)
    ]
    for at, form in enumerate(forms[:-1]):
        form.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary({f"/X{at + 1}": forms[at + 1]}))
    forms[-1].Resources = document.pages[0].Resources
    document.pages[1].Resources.XObject = pikepdf.Dictionary(X0=forms[0])

    source = read(saved(document))

    assert texts(source) == ["Noi dung thi dua"]
    assert source.notes == ("Trang 2 có quá nhiều nét vẽ nên không đọc hoặc không nhận ra bảng.",)


def test_a_drawing_that_draws_itself_is_read_once():
    document = pikepdf.open(io.BytesIO(drawn(words_at(60, 700, "Noi dung thi dua"))))
    form = document.make_stream(b"/X Do", Type=pikepdf.Name.XObject, Subtype=pikepdf.Name.Form, BBox=[0, 0, 9, 9])
    form.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(X=form))

    assert guard.heavy_pages(saved(document)) == (1, frozenset())


# -- Other files -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "Tệp trống"),
        (b"\0" * 5000, "Tệp trống"),
        (word(p()), "Tệp trống"),
        (b"\xff\xd8\xff\xe0 picture", "Đây là ảnh"),
        (b"\x89PNG\r\n\x1a\n picture", "Đây là ảnh"),
        (b"<!DOCTYPE html><p>Trang</p>", "trang web"),
        (b"<?xml version='1.0'?><?mso-application progid='Word.Document'?>", "XML"),
        (packed({"a.docx": "x"}), "tệp nén"),
        (packed({"[Content_Types].xml": "spreadsheetml", "xl/workbook.xml": "<a/>"}), "bảng tính"),
        (packed({"[Content_Types].xml": "presentationml"}), "trình chiếu"),
        (OLE + stream_name("EncryptedPackage"), "mật khẩu"),
        (OLE + stream_name("Workbook"), "bảng tính"),
        (OLE + stream_name("WordDocument") + stream_name("_VBA_PROJECT"), "macro"),
        (OLE.ljust(512, b"\0") + b"\xec\xa5".ljust(10, b"\0") + b"\0\x01" + stream_name("WordDocument"), "mật khẩu"),
        (packed({"mimetype": "application/vnd.oasis.opendocument.spreadsheet", "content.xml": "<a/>"}), "bảng tính"),
        (packed({"mimetype": "x.opendocument.text", "content.xml": "<a/>", "Basic/script-lc.xml": "<a/>"}), "macro"),
        (
            packed({"mimetype": "x.opendocument.text", "content.xml": "<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>"}),
            "khai báo lạ",
        ),
        (bytes(range(256)) * 20, "Chưa đọc được tệp này"),
    ],
)
def test_what_is_no_paper_is_refused_with_advice(content, sentence):
    message = refused(content, "Kế hoạch.docx")

    assert sentence in message
    assert message.endswith((".", ")."))


def test_an_old_word_file_without_libreoffice_is_refused_with_advice(monkeypatch):
    monkeypatch.setattr(shutil, "which", lambda name: None)

    assert refused(OLE + stream_name("WordDocument")) == (
        "Máy chủ chưa cài LibreOffice nên không đọc được tệp .doc; hãy mở bằng Word, lưu lại dạng .docx rồi chọn lại."
    )


def test_libreoffice_is_stopped_with_all_that_it_started(monkeypatch, tmp_path):
    program = tmp_path / "soffice"
    program.write_text(f"#!/bin/sh\n(sleep 2; touch {tmp_path}/alive) &\nsleep 60\n")
    program.chmod(0o755)
    monkeypatch.setattr(shutil, "which", lambda name: str(program))
    monkeypatch.setattr(legacy, "TIME_LIMIT", 0.3)

    assert "mở quá lâu" in refused(rb"{\rtf1 Noi dung}")
    with pytest.raises(TimeoutError):
        wait_for(tmp_path / "alive", seconds=3)


def test_libreoffice_that_saves_nothing_means_a_broken_file(monkeypatch, tmp_path):
    program = tmp_path / "soffice"
    program.write_text("#!/bin/sh\nexit 1\n")
    program.chmod(0o755)
    monkeypatch.setattr(shutil, "which", lambda name: str(program))

    assert refused(rb"{\rtf1 Noi dung}") == packages.BROKEN


def wait_for(path, *, seconds: float) -> None:
    import time  # noqa: PLC0415 -- only here

    end = time.monotonic() + seconds
    while not path.exists():
        if time.monotonic() > end:
            raise TimeoutError
        time.sleep(0.1)


# -- Names -----------------------------------------------------------------------------


def test_a_name_that_misleads_is_said_and_the_content_is_read():
    source = read(drawn(words_at(60, 700, "Noi dung thi dua")), "Kế hoạch.docx")

    assert texts(source) == ["Noi dung thi dua"]
    assert source.notes == (
        "Tên tệp ghi .docx nhưng bên trong là tệp PDF; chương trình đã đọc theo nội dung bên trong.",
    )


@pytest.mark.parametrize("name", ["Kế hoạch.docx", "Kế hoạch", "Kế hoạch số 12.2026"])
def test_a_name_that_fits_or_says_nothing_is_passed_over(name):
    assert read(word(p("Đủ")), name).notes == ()
