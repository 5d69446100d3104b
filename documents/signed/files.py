"""What a dropped file is, found from its content: the name only serves to say that it misleads."""

from __future__ import annotations

import enum
import io
import logging
import zipfile
from dataclasses import dataclass
from pathlib import PurePath

from documents.signed.pdf import LockedPdf, PageText, PdfText, UnreadablePdf, read_pdf
from documents.signed.word import MAIN_PART, UnreadableWord, read_word

PAGE_BREAK = "\f"
_HEADER_WITHIN = 1024  # a PDF may begin a little later than the file
_PICTURE_ENDS, _LAST_BYTES = (b"\xff\xd9", b"IEND"), 65_536  # JPEG, PNG; some telephones add data of their own


class FileKind(enum.Enum):
    DIGITAL_PDF = "digital-pdf"
    MIXED_PDF = "mixed-pdf"
    """Some pages hold words, others are pictures."""
    RECOGNISED_PDF = "recognised-pdf"
    """Pictures with words that a machine recognised: good for finding, not for comparing."""
    SCANNED_PDF = "scanned-pdf"
    ENCRYPTED_PDF = "encrypted-pdf"
    LONG_PDF = "long-pdf"
    """More pages than a paper has; its words are not read."""
    PHOTO = "photo"
    WORD = "word"
    BROKEN = "broken"
    OTHER = "other"

    @property
    def is_open_pdf(self) -> bool:
        return self.value.endswith("pdf") and self is not FileKind.ENCRYPTED_PDF


@dataclass(frozen=True, slots=True)
class FileReport:
    kind: FileKind
    sentence: str
    """What it is and, where that is in the way of something, what to do."""
    page_count: int | None = None
    pages: tuple[PageText, ...] = ()
    """Of a PDF that could be read."""
    words: str = ""
    """Of a Word file."""
    is_mislabelled: bool = False
    """The ending of its name promises something else."""

    @property
    def text(self) -> str:
        """In reading order, the pages of a PDF set apart by form feeds; empty where there is none."""
        return PAGE_BREAK.join("\n".join(page.lines) for page in self.pages) if self.pages else self.words

    @property
    def turned(self) -> tuple[int, ...]:
        """The pages that lie on their side or head on the screen."""
        return tuple(page.number for page in self.pages if page.turn)

    @property
    def has_every_word(self) -> bool:
        """Whether its text may be compared word for word."""
        return self.kind in {FileKind.DIGITAL_PDF, FileKind.WORD} and bool(self.text.strip())


_PDF, _JPEG, _PNG, _WORD, _SHEET, _ZIP, _OLD_OFFICE, _HEIC = "pdf", "jpg", "png", "docx", "xlsx", "zip", "doc", "heic"
_ENDINGS = {
    "pdf": {_PDF},
    **dict.fromkeys(("jpg", "jpeg", "jpe"), {_JPEG}),
    "png": {_PNG},
    "docx": {_WORD},
    "doc": {_OLD_OFFICE},
    "xls": {_OLD_OFFICE},
    "xlsx": {_SHEET},
    "zip": {_ZIP, _WORD, _SHEET},
    **dict.fromkeys(("heic", "heif"), {_HEIC}),
}
_SPOKEN = {
    _PDF: "tệp PDF",
    _JPEG: "ảnh JPG",
    _PNG: "ảnh PNG",
    _WORD: "văn bản Word (.docx)",
    _SHEET: "bảng tính Excel (.xlsx)",
    _ZIP: "tệp nén ZIP",
    _OLD_OFFICE: "tệp Office kiểu cũ",
    _HEIC: "ảnh HEIC",
}
_SENTENCES = {
    FileKind.SCANNED_PDF: "Bản quét PDF, {pages}, chỉ có ảnh nên chương trình không đọc được chữ.",
    FileKind.RECOGNISED_PDF: "Bản quét PDF, {pages}, chữ do máy nhận dạng nên có thể sai.",
    FileKind.DIGITAL_PDF: "Tệp PDF có chữ, {pages}.",
    FileKind.WORD: "Văn bản Word (.docx).",
    FileKind.ENCRYPTED_PDF: "Tệp PDF đặt mật khẩu nên không mở được; hãy bỏ mật khẩu rồi chọn lại.",
    FileKind.BROKEN: "Tệp bị hỏng hoặc tải về chưa đủ; hãy tải lại từ nơi lưu rồi chọn lại.",
    FileKind.OTHER: "Không nhận ra loại tệp này; hãy dùng tệp PDF, Word (.docx) hoặc ảnh JPG, PNG.",
}
_OTHERS = {
    _SHEET: "Đây là bảng tính Excel, không phải văn bản; hãy chọn tệp PDF, Word (.docx) hoặc ảnh.",
    _ZIP: "Đây là tệp nén ZIP; hãy giải nén rồi chọn tệp văn bản ở bên trong.",
    _OLD_OFFICE: "Tệp Word kiểu cũ (.doc) hoặc có đặt mật khẩu; hãy lưu lại thành PDF hoặc .docx rồi chọn lại.",
    _HEIC: "Ảnh HEIC của điện thoại; hãy đổi sang JPG hoặc quét thành PDF rồi chọn lại.",
}

logger = logging.getLogger(__name__)


def inspect_file(content: bytes, name: str = "") -> FileReport:
    """Never raises for what a file holds; the file is only read. About a second for twelve pages of words."""
    nature = _nature(content)
    misleads = _misleads(name, nature)
    report = _inspected(content, nature)
    if not misleads or nature is None:
        return report
    sentence = (
        f"Tệp tên «{PurePath(name).name}» nhưng bên trong là {_SPOKEN[nature]}; "
        "hãy xem có chọn nhầm tệp không, hoặc đổi lại đuôi tệp."
    )
    return FileReport(report.kind, sentence, report.page_count, report.pages, report.words, is_mislabelled=True)


def _nature(content: bytes) -> str | None:
    """What the first bytes say; None where they say nothing known."""
    if content.startswith(b"\xff\xd8\xff"):
        return _JPEG
    if content.startswith(b"\x89PNG\r\n\x1a\n"):
        return _PNG
    if content.startswith(b"PK\x03\x04"):
        return _packed(content)
    if content.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        return _OLD_OFFICE
    if content[4:12] in {b"ftypheic", b"ftypheix", b"ftypmif1", b"ftypheif"}:
        return _HEIC
    return _PDF if b"%PDF-" in content[:_HEADER_WITHIN] else None


def _packed(content: bytes) -> str:
    """A file that broke off has lost its table of contents; its first parts still say what it was."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            parts = archive.namelist()
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError):
        return _WORD if b"word/" in content else _SHEET if b"xl/" in content else _ZIP
    return _WORD if MAIN_PART in parts else _SHEET if "xl/workbook.xml" in parts else _ZIP


def _misleads(name: str, nature: str | None) -> bool:
    promised = _ENDINGS.get(PurePath(name).suffix.lstrip(".").lower())
    return promised is not None and nature is not None and nature not in promised


def _inspected(content: bytes, nature: str | None) -> FileReport:
    match nature:
        case "pdf":
            return _inspect_pdf(content)
        case "jpg" | "png":
            return _inspect_photo(content)
        case "docx":
            return _inspect_word(content)
        case None:
            # Nothing at all, or what a line that broke off leaves: a file full of zeros.
            return _plain(FileKind.BROKEN if not content.strip(b"\0\r\n\t ") else FileKind.OTHER)
        case _:
            return FileReport(FileKind.OTHER, _OTHERS[nature])


def _plain(kind: FileKind) -> FileReport:
    return FileReport(kind, _SENTENCES[kind])


def _inspect_pdf(content: bytes) -> FileReport:
    try:
        read = read_pdf(content)
    except LockedPdf:
        return _plain(FileKind.ENCRYPTED_PDF)
    except UnreadablePdf:
        return _plain(FileKind.BROKEN)
    if not read.pages:
        sentence = f"Tệp PDF dài {read.page_count} trang, quá dài để chương trình đọc chữ."
        return FileReport(FileKind.LONG_PDF, sentence, read.page_count)
    kind = _kind_of(read)
    return FileReport(kind, _pdf_sentence(kind, read), read.page_count, read.pages)


def _kind_of(read: PdfText) -> FileKind:
    if not any(page.has_words for page in read.pages):
        return FileKind.SCANNED_PDF
    if all(page.is_picture or not page.has_words for page in read.pages):
        return FileKind.RECOGNISED_PDF
    return FileKind.MIXED_PDF if any(page.is_picture for page in read.pages) else FileKind.DIGITAL_PDF


def _pdf_sentence(kind: FileKind, read: PdfText) -> str:
    if kind is FileKind.MIXED_PDF:
        pictures = spoken_pages([page.number for page in read.pages if page.is_picture])
        return f"Tệp PDF {read.page_count} trang, trong đó {pictures} chỉ là ảnh nên không đọc được hết chữ."
    sentence = _SENTENCES[kind].format(pages=f"{read.page_count} trang")
    turned = [page.number for page in read.pages if page.turn]
    return f"{sentence.rstrip('.')}; {spoken_pages(turned)} bị xoay." if turned else sentence


def spoken_pages(numbers: list[int]) -> str:
    return f"trang {', '.join(map(str, numbers))}"


def _inspect_photo(content: bytes) -> FileReport:
    from PIL import Image  # noqa: PLC0415 -- beside the other heavy readers

    try:
        with Image.open(io.BytesIO(content)) as image:
            width, height = image.size
    except Image.DecompressionBombError:
        return FileReport(FileKind.OTHER, "Ảnh quá lớn; hãy chụp lại với độ phân giải thấp hơn hoặc quét thành PDF.")
    except Exception as error:  # the library passes on whatever a broken picture makes of it
        logger.info("A picture was not opened: %r", error)
        return _plain(FileKind.BROKEN)
    if not any(end in content[-_LAST_BYTES:] for end in _PICTURE_ENDS):
        return _plain(FileKind.BROKEN)
    sentence = f"Ảnh chụp ({width} × {height} điểm ảnh), chương trình không đọc được chữ."
    return FileReport(FileKind.PHOTO, sentence, 1)


def _inspect_word(content: bytes) -> FileReport:
    try:
        words = read_word(content)
    except UnreadableWord:
        return _plain(FileKind.BROKEN)
    return FileReport(FileKind.WORD, _SENTENCES[FileKind.WORD], None, (), words)
