"""Stored files: bytes under their hash, type found from the content, served to whoever may see them.

Who may see a file is asked from the apps that own what it belongs to: they register a
scope in ``AppConfig.ready()``. A file that no scope opens is nobody's but its uploader's.
"""

from __future__ import annotations

import hashlib
import os
import tempfile
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any, BinaryIO

from django.conf import settings
from django.db import models, transaction

from core import audit
from core.errors import AppError
from core.models import StoredFile
from core.text import clean_line

PDF = "application/pdf"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

_SIGNATURES = {b"%PDF-": PDF, b"\x89PNG\r\n\x1a\n": "image/png", b"\xff\xd8\xff": "image/jpeg"}
_OFFICE_PARTS = {"word/document.xml": DOCX, "xl/workbook.xml": XLSX}
_LARGEST_UNPACKED = 250 * 1024 * 1024  # a zip bomb says so in its own table of contents

Scope = Callable[[Any], models.Q]
"""User → the stored files that this user may open through the registering app."""

_scopes: list[Scope] = []


class UnfitFile(AppError):
    message = "Không nhận được tệp này. Chương trình nhận tệp PDF, Word (.docx), Excel (.xlsx) và ảnh (PNG, JPEG)."


def register_scope(scope: Scope) -> None:
    _scopes.append(scope)


def visible_files(user: Any) -> models.QuerySet[StoredFile]:
    mine = models.Q(created_by=user)
    for scope in _scopes:
        mine |= scope(user)
    return StoredFile.objects.filter(mine)


@transaction.atomic
def store(
    content: BinaryIO, *, name: str, unit_id: int, actor: Any, type_of: Callable[[Path], str] | None = None
) -> StoredFile:
    """Keep a file. Same bytes are kept once; the row is always new, for each has its own name and owner.

    ``type_of`` is asked for the type of the content instead of ``type_of_paper``, and refuses what does not fit.
    """
    name = clean_line(Path(name).name, limit=255, name="Tên tệp")
    temporary, digest, size = _spool(content)
    try:
        media_type = (type_of or type_of_paper)(temporary)
        destination = path_of(digest)
        destination.parent.mkdir(parents=True, exist_ok=True)
        if not destination.exists():
            temporary.chmod(settings.FILE_UPLOAD_PERMISSIONS)
            temporary.replace(destination)
    finally:
        temporary.unlink(missing_ok=True)
    stored = StoredFile.objects.create(
        unit_id=unit_id, name=name, sha256=digest, size=size, media_type=media_type, created_by=actor
    )
    audit.record("core.file.stored", stored, actor=actor, unit_id=unit_id, changes={"sha256": (None, digest)})
    return stored


def open_stored(stored: StoredFile) -> BinaryIO:
    return path_of(stored.sha256).open("rb")


def path_of(digest: str) -> Path:
    return Path(settings.MEDIA_ROOT) / digest[:2] / digest


def _spool(content: BinaryIO) -> tuple[Path, str, int]:
    """Copy to a temporary file beside the store while hashing, within the size limit."""
    root = Path(settings.MEDIA_ROOT)
    root.mkdir(parents=True, exist_ok=True)
    digest, size = hashlib.sha256(), 0
    descriptor, name = tempfile.mkstemp(dir=root, prefix="incoming-")
    with os.fdopen(descriptor, "wb") as stream:
        while chunk := content.read(1 << 20):
            size += len(chunk)
            if size > settings.UPLOAD_LIMIT_BYTES:
                Path(name).unlink()
                raise UnfitFile(f"Tệp lớn quá {settings.UPLOAD_LIMIT_BYTES >> 20} MB.")
            digest.update(chunk)
            stream.write(chunk)
    return Path(name), digest.hexdigest(), size


def type_of_paper(path: Path) -> str:
    """Raise ``UnfitFile`` where the content is no paper, sheet or picture."""
    with path.open("rb") as stream:
        start = stream.read(8)
    for signature, media_type in _SIGNATURES.items():
        if start.startswith(signature):
            return media_type
    if start.startswith(b"PK\x03\x04"):
        return _office_type(path)
    raise UnfitFile


def _office_type(path: Path) -> str:
    """Word or Excel by the part that makes it one; without macros and of a size that can be opened."""
    try:
        with zipfile.ZipFile(path) as archive:
            members = {member.filename: member.file_size for member in archive.infolist()}
    except (zipfile.BadZipFile, ValueError, OSError):
        raise UnfitFile from None
    has_macros = any(name.lower().endswith("vbaproject.bin") for name in members)
    if "[Content_Types].xml" in members and not has_macros and sum(members.values()) <= _LARGEST_UNPACKED:
        for part, media_type in _OFFICE_PARTS.items():
            if part in members:
                return media_type
    raise UnfitFile
