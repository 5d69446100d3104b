"""The door for files: what a file is comes from its content, and each kind has its reader.

Whatever cannot be read is refused with one sentence that says what to do instead.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import replace
from pathlib import PurePath
from typing import BinaryIO

from documents.reading.encodings import decode_text
from documents.reading.errors import UnreadableFile
from documents.reading.legacy import saved_as_docx
from documents.reading.packages import BROKEN, MACROS, Package
from documents.reading.plain import read_plain
from documents.reading.repair import in_unicode
from documents.reading.source import Source

Progress = Callable[[int, int], None]
"""Called with how many of how many pages are read; only a PDF knows its pages."""

LARGEST_FILE = 100 * 1024 * 1024
_LARGEST_TEXT = 5 * 1024 * 1024
_PDF_WITHIN = 1024
"""A PDF may begin a little later than the file."""
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_DOCX, _PDF, _TEXT, _DOC, _RTF, _ODT = ".docx", ".pdf", ".txt", ".doc", ".rtf", ".odt"
_SPOKEN = {
    _DOCX: "tệp Word (.docx)",
    _PDF: "tệp PDF",
    _TEXT: "văn bản thuần",
    _DOC: "tệp Word kiểu cũ (.doc)",
    _RTF: "tệp RTF",
    _ODT: "tệp OpenDocument (.odt)",
}
_PICTURES = (b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"GIF8", b"II*\0", b"MM\0*", b"BM")
_WEB = (b"<!doctype html", b"<html", b"<?xml", b"mime-version:")
_MOST_CONTROLS = 0.01
_ENCRYPTED_WORD = 0x0100
"""Flag in the first bytes of an old Word file ([MS-DOC] 2.5.2)."""

_TOO_LARGE = f"Tệp lớn quá {LARGEST_FILE >> 20} MB; hãy bỏ bớt ảnh hoặc tách tệp rồi chọn lại."
_EMPTY = "Tệp trống, không có chữ nào; hãy xem có chọn nhầm tệp không."
_LOCKED = "Tệp Word có đặt mật khẩu nên không mở được; hãy bỏ mật khẩu rồi chọn lại."
_SHEET = "Đây là bảng tính Excel, không phải văn bản; hãy chọn tệp Word hoặc PDF."
_SLIDES = "Đây là tệp trình chiếu, không phải văn bản; hãy chọn tệp Word hoặc PDF."
_ZIP = "Đây là tệp nén; hãy giải nén rồi chọn tệp văn bản ở bên trong."
_PICTURE = (
    "Đây là ảnh nên không có chữ để đọc; hãy chọn tệp Word hoặc PDF có chữ, hoặc nhận dạng chữ (OCR) rồi chọn lại."
)
_WEB_PAGE = "Đây là trang web hoặc tệp XML; hãy mở bằng Word, lưu lại dạng .docx rồi chọn lại."

logger = logging.getLogger(__name__)


def read_source(content: BinaryIO, name: str, on_progress: Progress | None = None) -> Source:
    """The lines and tables of a Word file, a PDF with words, a plain text, or what LibreOffice can turn into Word.

    ``name`` only serves to say that it misleads. Reads about ten pages of a PDF a second: long files belong in
    a task. Raise ``UnreadableFile``.
    """
    data = content.read(LARGEST_FILE + 1)
    if len(data) > LARGEST_FILE:
        raise UnreadableFile(_TOO_LARGE)
    kind = _kind(data)
    try:
        source = in_unicode(_read(data, kind, on_progress))
    except RecursionError:
        logger.info("A file nests deeper than anything that a person writes")
        raise UnreadableFile(BROKEN) from None
    if not any(letter.isalnum() for line in source.lines() for letter in line.text):
        raise UnreadableFile(_EMPTY)
    return replace(source, notes=(*_misleading(name, kind), *source.notes))


def _read(data: bytes, kind: str, on_progress: Progress | None) -> Source:
    if kind == _PDF:
        from documents.reading.pdf.reading import read_pdf  # noqa: PLC0415 -- beside the other heavy readers

        return read_pdf(data, on_progress)
    if kind == _TEXT:
        return _read_text(data)
    from documents.reading.word.reading import read_docx  # noqa: PLC0415 -- beside the other heavy readers

    return read_docx(data if kind == _DOCX else saved_as_docx(data, kind))


def _read_text(data: bytes) -> Source:
    if len(data) > _LARGEST_TEXT:
        raise UnreadableFile(
            f"Tệp văn bản lớn quá {_LARGEST_TEXT >> 20} MB, dài hơn mọi văn bản hành chính; hãy kiểm tra lại tệp."
        )
    text, encoding = decode_text(data)
    source = read_plain(text)
    if encoding is None:
        return source
    return replace(source, notes=(f"Chữ {encoding.label} đã được chuyển sang Unicode.", *source.notes))


def _misleading(name: str, kind: str) -> tuple[str, ...]:
    ending = PurePath(name).suffix.lower()
    if ending not in {*_SPOKEN, ".jpg", ".png", ".xls", ".xlsx", ".zip"} or ending == kind:
        return ()
    return (f"Tên tệp ghi {ending} nhưng bên trong là {_SPOKEN[kind]}; chương trình đã đọc theo nội dung bên trong.",)


# -- What a file is --------------------------------------------------------------------


def _kind(data: bytes) -> str:
    """One of ``_SPOKEN``; raise ``UnreadableFile`` for everything that is no paper."""
    if not data.strip(b"\0\r\n\t "):
        raise UnreadableFile(_EMPTY)
    if data.startswith(b"PK"):
        return _packed(data)
    if data.startswith(_OLE):
        return _old_office(data)
    if data.startswith(b"{\\rtf"):
        return _RTF
    if b"%PDF-" in data[:_PDF_WITHIN]:
        return _PDF
    if data.startswith(_PICTURES) or data[4:12].startswith((b"ftyphei", b"ftypmif")):
        raise UnreadableFile(_PICTURE)
    start = data[:_PDF_WITHIN].lstrip(b"\xef\xbb\xbf\r\n\t ").lower()
    if start.startswith(_WEB):
        raise UnreadableFile(_WEB_PAGE)
    if _is_binary(data):
        raise UnreadableFile
    return _TEXT


def _packed(data: bytes) -> str:
    package = Package(data)
    if "[Content_Types].xml" in package:
        types = package.read("[Content_Types].xml")
        if b"macroEnabled" in types:
            raise UnreadableFile(MACROS)
        if b"wordprocessingml" in types:
            return _DOCX
        if b"spreadsheetml" in types:
            raise UnreadableFile(_SHEET)
        if b"presentationml" in types:
            raise UnreadableFile(_SLIDES)
    if "mimetype" in package and "content.xml" in package:
        return _open_document(package)
    raise UnreadableFile(_ZIP)


def _open_document(package: Package) -> str:
    media_type = package.read("mimetype").strip()
    if media_type.endswith(b"spreadsheet"):
        raise UnreadableFile(_SHEET)
    if not media_type.endswith(b".text"):
        raise UnreadableFile(_SLIDES)
    if "META-INF/manifest.xml" in package and b"encryption-data" in package.read("META-INF/manifest.xml"):
        raise UnreadableFile(_LOCKED)
    if package.has_folder("Basic/", "Scripts/"):
        raise UnreadableFile(MACROS)
    package.xml("content.xml")  # refuses what LibreOffice should not be given
    return _ODT


def _old_office(data: bytes) -> str:
    """The streams of the old container have their names in two bytes a letter."""
    if _has_stream(data, "EncryptedPackage") or _has_stream(data, "EncryptionInfo"):
        raise UnreadableFile(_LOCKED)
    if _has_stream(data, "Workbook") or _has_stream(data, "Book"):
        raise UnreadableFile(_SHEET)
    if _has_stream(data, "PowerPoint Document"):
        raise UnreadableFile(_SLIDES)
    if not _has_stream(data, "WordDocument"):
        raise UnreadableFile
    if _has_stream(data, "_VBA_PROJECT"):
        raise UnreadableFile(MACROS)
    at = data.find(b"\xec\xa5", 512)
    if at >= 0 and at % 512 == 0 and int.from_bytes(data[at + 10 : at + 12], "little") & _ENCRYPTED_WORD:
        raise UnreadableFile(_LOCKED)
    return _DOC


def _has_stream(data: bytes, name: str) -> bool:
    return name.encode("utf-16-le") + b"\0\0" in data


def _is_binary(data: bytes) -> bool:
    """Text has hardly any control characters, but for the zeros of letters of two bytes."""
    sample = data[:100_000]
    if sample.startswith((b"\xff\xfe", b"\xfe\xff")):
        return False
    zeros = sample.count(0)
    controls = sum(sample.count(code) for code in range(1, 32) if code not in b"\t\n\r\f\v")
    return controls > _MOST_CONTROLS * len(sample) or 0 < zeros < 0.1 * len(sample)
