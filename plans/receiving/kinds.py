"""Which files may be read as a plan, by their content."""

from __future__ import annotations

import zipfile
from pathlib import Path

from core import files
from core.files import UnfitFile

DOC, RTF, ODT, TEXT = (
    "application/msword",
    "application/rtf",
    "application/vnd.oasis.opendocument.text",
    "text/plain",
)
_SIGNATURES = {b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1": DOC, b"{\\rtf": RTF}
_PAPERS = (files.PDF, files.DOCX)


def type_of_readable(path: Path) -> str:
    """Raise ``UnfitFile`` for what holds no text of a paper."""
    with path.open("rb") as stream:
        start = stream.read(4096)
    for signature, media_type in _SIGNATURES.items():
        if start.startswith(signature):
            return media_type
    if start.startswith(b"PK\x03\x04") and _is_open_document(path):
        return ODT
    if b"\x00" not in start and not start.startswith((b"%PDF-", b"PK\x03\x04", b"\x89PNG", b"\xff\xd8\xff")):
        return TEXT
    media_type = files.type_of_paper(path)
    if media_type not in _PAPERS:
        raise UnfitFile("Tệp này không phải văn bản đọc được. Hãy chọn tệp Word, PDF có chữ hoặc tệp văn bản thuần.")
    return media_type


def _is_open_document(path: Path) -> bool:
    try:
        with zipfile.ZipFile(path) as archive:
            return archive.read("mimetype").decode("ascii", "replace") == ODT
    except (KeyError, zipfile.BadZipFile, OSError):
        return False
