"""Files that come with an answer: looked at by their content, kept at once so that a page shown again keeps them."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any, BinaryIO, cast

from django.core import signing
from django.core.files.uploadedfile import UploadedFile

from core import files
from core.errors import AppError
from core.models import StoredFile
from reminders.asking.lists import read_list
from reminders.asking.values import Row
from reminders.models import Ask

MOST = 10
LARGEST_TOGETHER = 45 * 1024 * 1024
"""Bytes in one sending; a little less than what the web server before the program lets through."""
ACCEPTED = "image/jpeg,image/png,.pdf,.docx,.xlsx"
"""For the browser's dialogue. Naming JPEG makes an iPhone convert its own format by itself."""
_APPLE = (b"heic", b"heix", b"hevc", b"heim", b"heis", b"mif1", b"msf1")
_LARGEST_READ = 2 * 1024 * 1024
"""Bytes of a sheet that is read while its sender waits; larger ones are left to the officer."""
_KEPT_FOR = 24 * 3600  # seconds
_SALT = "reminders.asking.uploads"


class UnfitUpload(files.UnfitFile):
    message = "Không nhận được tệp này. Hãy gửi ảnh (JPEG, PNG), tệp PDF, Word (.docx) hoặc Excel (.xlsx)."


class ApplePicture(files.UnfitFile):
    message = (
        "Đây là ảnh định dạng HEIC của iPhone, chương trình chưa đọc được. Vào Cài đặt, Camera, Định dạng, chọn "
        "«Tương thích nhất» rồi chụp lại; hoặc chụp màn hình ảnh này rồi gửi ảnh chụp màn hình."
    )


def type_of_answer(path: Path) -> str:
    with path.open("rb") as stream:
        start = stream.read(12)
    if start[4:8] == b"ftyp" and start[8:12] in _APPLE:
        raise ApplePicture
    try:
        return files.type_of_paper(path)
    except files.UnfitFile:
        raise UnfitUpload from None


def keep(upload: UploadedFile, *, unit_id: int, actor: Any) -> StoredFile:
    """``actor`` is None for who came by link: until an answer takes the file, nobody sees it."""
    if not upload.size:
        raise UnfitUpload("Tệp này trống.")
    content = cast(BinaryIO, upload)
    return files.store(content, name=upload.name or "tệp", unit_id=unit_id, actor=actor, type_of=type_of_answer)


def pack(ask: Ask, kept: Sequence[StoredFile]) -> str:
    """For a hidden field: proves that these files came for this one that was asked."""
    return signing.dumps([ask.pk, *[file.pk for file in kept]], salt=_SALT) if kept else ""


def unpack(ask: Ask, packed: str) -> list[StoredFile]:
    """Nothing where it is old, not ours or another's."""
    try:
        owner, *ids = signing.loads(packed, salt=_SALT, max_age=_KEPT_FOR) if packed else [0]
    except signing.BadSignature:
        return []
    if owner != ask.pk:
        return []
    found = StoredFile.objects.in_bulk(ids)
    return [found[pk] for pk in ids if pk in found]


def rows_in(kept: Sequence[StoredFile], columns: Sequence[str]) -> tuple[Row, ...]:
    """Of lists in Excel, each read whole or not at all: what the program does not understand an officer looks at."""
    rows: list[Row] = []
    for file in kept:
        if file.media_type == files.XLSX and file.size <= _LARGEST_READ:
            rows += _rows_of(file, columns)
    return tuple(rows)


def _rows_of(file: StoredFile, columns: Sequence[str]) -> list[Row]:
    try:
        with files.open_stored(file) as content:
            found = read_list(content, columns)
    except AppError:
        return []
    return [] if found.errors else [row.values for row in found.rows]
