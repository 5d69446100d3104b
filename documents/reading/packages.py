"""Zip files that others made: looked at before anything is unpacked, and their XML read without its dangers."""

from __future__ import annotations

import io
import zipfile
from typing import Any

from documents.reading.errors import UnreadableFile

_MOST_ENTRIES = 5_000
_LARGEST_UNPACKED = 250 * 1024 * 1024
_LARGEST_PART = 64 * 1024 * 1024
_BEYOND_SUSPICION = 8 * 1024 * 1024
"""Smaller parts may be packed as tightly as they like: a long table of one kind shrinks a hundredfold."""
_STEEPEST = 200

BROKEN = "Tệp bị hỏng hoặc tải về chưa đủ; hãy tải lại từ nơi lưu rồi chọn lại."
TOO_LARGE = "Tệp phình quá lớn khi mở ra nên không đọc, để máy chủ được an toàn; hãy kiểm tra lại nguồn gửi tệp."
_LOCKED = "Tệp có đặt mật khẩu nên không mở được; hãy bỏ mật khẩu rồi chọn lại."
MACROS = "Tệp có macro nên không đọc, để máy chủ được an toàn; hãy mở bằng Word, lưu lại dạng .docx rồi chọn lại."
_ODD_XML = "Tệp có khai báo lạ bên trong, không phải do Word tạo ra; hãy mở bằng Word, lưu lại rồi chọn lại."


class Package:
    """The parts of an office file. Raise ``UnreadableFile`` where it is broken, locked, or a trap."""

    def __init__(self, content: bytes) -> None:
        try:
            self._archive = zipfile.ZipFile(io.BytesIO(content))
        except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError):
            raise UnreadableFile(BROKEN) from None
        entries = self._archive.infolist()
        self._sizes = {entry.filename: entry.file_size for entry in entries}
        if len(entries) > _MOST_ENTRIES or sum(entry.file_size for entry in entries) > _LARGEST_UNPACKED:
            raise UnreadableFile(TOO_LARGE)
        for entry in entries:
            _check(entry)

    def __contains__(self, name: str) -> bool:
        return name in self._sizes

    def has_folder(self, *starts: str) -> bool:
        return any(name.startswith(starts) for name in self._sizes)

    def read(self, name: str) -> bytes:
        """Raise ``UnreadableFile`` where the part is absent, too large or damaged."""
        if self._sizes.get(name, 0) > _LARGEST_PART:
            raise UnreadableFile(TOO_LARGE)
        try:
            return self._archive.read(name)
        except Exception as error:  # each way of packing fails in its own way
            raise UnreadableFile(BROKEN) from error

    def xml(self, name: str) -> Any:
        """The root of a part; ``None`` where there is none of that name."""
        return parse_xml(self.read(name)) if name in self else None


def _check(entry: zipfile.ZipInfo) -> None:
    steps = entry.filename.replace("\\", "/").split("/")
    if entry.filename.startswith(("/", "\\")) or ".." in steps or ":" in steps[0]:
        raise UnreadableFile(BROKEN)
    if entry.flag_bits & 1:
        raise UnreadableFile(_LOCKED)
    if steps[-1].lower().startswith("vbaproject"):
        raise UnreadableFile(MACROS)
    if entry.file_size > max(_BEYOND_SUSPICION, _STEEPEST * entry.compress_size):
        raise UnreadableFile(TOO_LARGE)


def parse_xml(content: bytes) -> Any:
    """Without entities, document types and network. Raise ``UnreadableFile``."""
    from lxml import etree  # noqa: PLC0415 -- heavy, and wanted only where a file is read

    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True, remove_pis=True
    )
    try:
        root = etree.fromstring(content, parser)
    except (etree.XMLSyntaxError, ValueError):
        raise UnreadableFile(_ODD_XML if b"<!DOCTYPE" in content[:4096] else BROKEN) from None
    if root.getroottree().docinfo.internalDTD is not None:
        raise UnreadableFile(_ODD_XML)
    return root
