"""Opening an archive and proving every byte of it before anyone acts on it.

Nothing in an archive names a place on the disk: parts are asked for by the names that the
manifest's checked labels and hashes give, and a part that the manifest does not know is refused.
"""

from __future__ import annotations

import hashlib
import io
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, BinaryIO

from core.backup import manifest as manifests
from core.backup.manifest import Manifest, Part, Table, UnfitArchive
from core.errors import AppError

MANIFEST = "manifest.json"
CHUNK = 1 << 20
_LARGEST_MANIFEST = 128 * 1024 * 1024
"""Bytes, for about a million stored files."""
_MOST_EXPANSION = 200
"""Lines of rows pack some 5 to 40 times; a zip bomb does it a thousand times and more."""
_SMALL = 64 * 1024 * 1024
"""Bytes that nobody minds unpacking, however well they were packed."""

_READING = (zipfile.BadZipFile, zlib.error, EOFError, OSError, RuntimeError, NotImplementedError, ValueError)
"""What Python's zip reader raises for files that are cut, changed, encrypted or no archive at all."""

Tell = Callable[[str, int, int], None]
"""Progress: what is done, how much of it, out of how much."""


def silent(what: str, done: int, total: int) -> None:
    pass


@dataclass(frozen=True, slots=True)
class Archive:
    """Open, and proven to be whole."""

    manifest: Manifest
    _zip: zipfile.ZipFile

    def open(self, part: Part) -> BinaryIO:
        return io.BufferedReader(self._zip.open(part.member), CHUNK)  # type: ignore[type-var]


@contextmanager
def opened(path: Path, *, tell: Tell = silent) -> Iterator[Archive]:
    """Every part read and compared with the manifest; ``AppError`` in one sentence where anything is amiss."""
    if not path.exists():
        raise AppError(f"Không có tệp {path}.")
    try:
        packed = zipfile.ZipFile(path)
    except PermissionError:
        raise AppError(f"Không được phép đọc tệp {path}.") from None
    except _READING:
        raise UnfitArchive from None
    with packed:
        found = _read_manifest(packed)
        _check_members(packed, found, path.stat().st_size)
        for number, part in enumerate(found.parts, start=1):
            _prove(packed, part)
            tell("Kiểm tra bản sao lưu", number, len(found.parts))
        yield Archive(found, packed)


def _read_manifest(packed: zipfile.ZipFile) -> Manifest:
    if MANIFEST not in packed.namelist():
        raise UnfitArchive
    with _reading(packed, MANIFEST) as stream:
        data = stream.read(_LARGEST_MANIFEST + 1)
    if len(data) > _LARGEST_MANIFEST:
        raise UnfitArchive
    return manifests.load(data)


def _check_members(packed: zipfile.ZipFile, found: Manifest, size: int) -> None:
    """The table of contents is the manifest's, and does not unpack to more than it can honestly hold."""
    members = {member.filename: member for member in packed.infolist()}
    wanted = {part.member: part.size for part in found.parts}
    strange = sorted(set(members) - set(wanted) - {MANIFEST})
    if strange or len(members) != len(packed.infolist()) or len(wanted) != len(found.parts):
        which = f" «{strange[0][:80]}»" if strange else ""
        raise UnfitArchive(f"Bản sao lưu có phần lạ{which} không có trong bản kê; hãy dùng bản khác.")
    for name, bytes_ in wanted.items():
        if name not in members:
            raise UnfitArchive(f"Bản sao lưu thiếu phần «{name}»; hãy dùng bản khác.")
        if members[name].file_size != bytes_:
            raise _damaged(name)
    unpacked = sum(member.file_size for member in members.values())
    if sum(member.compress_size for member in members.values()) > size or unpacked > max(
        _SMALL, size * _MOST_EXPANSION
    ):
        raise UnfitArchive("Bản sao lưu khi mở ra lớn bất thường nên chương trình không mở; hãy dùng bản khác.")


def _prove(packed: zipfile.ZipFile, part: Part) -> None:
    digest, size, lines = hashlib.sha256(), 0, 0
    with _reading(packed, part.member) as stream:
        while chunk := stream.read(CHUNK):
            digest.update(chunk)
            size += len(chunk)
            lines += chunk.count(b"\n")
    if (size, digest.hexdigest()) != (part.size, part.sha256):
        raise _damaged(part.member)
    if isinstance(part, Table) and lines != part.rows:
        raise _damaged(part.member)


@contextmanager
def _reading(packed: zipfile.ZipFile, name: str) -> Iterator[IO[bytes]]:
    """For reading alone: whatever goes wrong inside is the archive's fault."""
    try:
        with packed.open(name) as stream:
            yield stream
    except _READING:
        raise _damaged(name) from None


def _damaged(name: str) -> UnfitArchive:
    return UnfitArchive(f"Bản sao lưu bị hỏng ở phần «{name}»; hãy dùng bản khác.")
