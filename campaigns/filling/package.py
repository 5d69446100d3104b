"""Files of Word and Excel as the packages that they are: measured before they are unpacked, rewritten part by part.

A library that reads a file and writes it anew drops what it does not know (drawings, drop-down lists of newer kinds,
printer settings). The superior's own table has to come back as it was sent, so only the parts that change are written.
"""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from lxml import etree

from core.errors import AppError
from core.files import DOCX, XLSX, UnfitFile, type_of_paper

MOST_BYTES = 10 * 1024 * 1024
MOST_UNPACKED = 40 * 1024 * 1024
_OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_LOCKED = "EncryptedPackage".encode("utf-16-le")
_PARSER = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False)
_BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, OSError)
"""What a damaged, locked or oddly packed file raises when it is unpacked."""
ACCEPTED = "Chương trình nhận tệp Excel (.xlsx) và Word (.docx)."


class UnfitPackage(AppError):
    message = "Tệp này bị hỏng hoặc không đúng mẫu. Hãy mở bằng Word, Excel, lưu lại thành tệp mới rồi đưa lên lại."


class Unwritable(AppError):
    """A cell that takes nothing: the page offers no such one."""

    message = "Có ô không ghi được, vì có công thức hoặc nằm trong ô gộp."

    @classmethod
    def at(cls, address: str) -> Unwritable:
        return cls(f"Ô {address} có công thức hoặc nằm trong ô gộp nên không ghi được. Hãy chọn ô khác.")


def type_of_table(path: Path) -> str:
    """Word or Excel, by the content; raise ``UnfitFile`` with what to do instead."""
    if path.stat().st_size > MOST_BYTES:
        raise UnfitFile(f"Tệp lớn quá {MOST_BYTES >> 20} MB. Hãy bỏ bớt ảnh trong tệp rồi đưa lên lại.")
    with path.open("rb") as stream:
        start = stream.read(1 << 20)
    if start.startswith(_OLD_OFFICE):
        raise UnfitFile(_old_office(_LOCKED in start))
    if not start.startswith(b"PK\x03\x04"):
        raise UnfitFile(f"Tệp này không phải bảng tính hay văn bản. {ACCEPTED}")
    try:
        with zipfile.ZipFile(path) as archive:
            members = archive.infolist()
    except (*_BROKEN, ValueError):
        raise UnfitFile(UnfitPackage.message) from None
    if any(member.filename.lower().endswith("vbaproject.bin") for member in members):
        raise UnfitFile("Tệp này có macro nên không nhận. Hãy lưu lại thành .xlsx hoặc .docx rồi đưa lên lại.")
    if sum(member.file_size for member in members) > MOST_UNPACKED:
        raise UnfitFile("Tệp này khi mở ra quá lớn. Hãy chép riêng bảng cần điền sang một tệp mới rồi đưa lên.")
    if (found := type_of_paper(path)) in (XLSX, DOCX):
        return found
    raise UnfitFile(f"Tệp này không phải bảng tính hay văn bản. {ACCEPTED}")


def _old_office(is_locked: bool) -> str:
    if is_locked:
        return "Tệp này đặt mật khẩu. Hãy mở tệp, bỏ mật khẩu, lưu lại rồi đưa lên tệp mới."
    return "Tệp này theo kiểu cũ (.xls, .doc). Hãy mở tệp, lưu thành .xlsx hoặc .docx rồi đưa lên lại."


@contextmanager
def opened(content: bytes) -> Iterator[zipfile.ZipFile]:
    """Raise ``UnfitPackage`` for whatever is wrong inside."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            if sum(member.file_size for member in archive.infolist()) > MOST_UNPACKED:
                raise UnfitPackage
            yield archive
    except (*_BROKEN, etree.XMLSyntaxError, KeyError, IndexError, ValueError, TypeError, AttributeError) as error:
        raise UnfitPackage from error


def rewritten(content: bytes, change: Callable[[str, bytes], bytes]) -> bytes:
    """``change`` is told name and bytes of each part; what it gives back as it was stays byte for byte."""
    result = io.BytesIO()
    with opened(content) as archive, zipfile.ZipFile(result, "w", zipfile.ZIP_DEFLATED) as filled:
        for member in archive.infolist():
            filled.writestr(member, change(member.filename, archive.read(member)))
    return result.getvalue()


def parse(data: bytes) -> Any:
    return etree.fromstring(data, _PARSER)


def serialize(tree: Any) -> bytes:
    return etree.tostring(tree, xml_declaration=True, encoding="UTF-8", standalone=True)
