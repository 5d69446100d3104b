"""Writing an archive: the rows of one moment, then the stored files that they name."""

from __future__ import annotations

import hashlib
import os
import platform
import shutil
import tomllib
import zipfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from importlib.metadata import version
from pathlib import Path
from typing import IO, Any, BinaryIO

from django.conf import settings
from django.db import connection
from django.utils import timezone

from core import audit, files
from core.backup import archive, manifest, rows, tables
from core.backup.archive import CHUNK, MANIFEST, Tell, silent
from core.backup.manifest import KeptFile, Manifest, Table
from core.errors import AppError
from core.models import StoredFile

_TELL_EVERY = 1_000


def back_up(path: Path, *, tell: Tell = silent) -> Manifest:
    """Write the archive and read it back. Nothing is left at ``path`` unless it is whole; nothing there is replaced.

    Holds personal data and password hashes, so only its owner may read it.
    """
    if path.exists():
        raise AppError(f"Đã có tệp {path}; hãy đặt tên khác để giữ cả hai bản sao lưu.")
    part = path.with_name(f"{path.name}.part")
    try:
        with _private(part) as stream, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as packed:
            found = _write_parts(packed, tell)
            packed.writestr(MANIFEST, manifest.dump(found))
        with archive.opened(part, tell=tell):
            os.replace(part, path)
    except OSError as error:
        raise AppError(f"Không ghi được bản sao lưu {path} ({error.strerror}).") from error
    finally:
        part.unlink(missing_ok=True)
    return found


def _write_parts(packed: zipfile.ZipFile, tell: Tell) -> Manifest:
    with tables.one_moment():
        migrations = tables.migrations_applied()
        kept = tables.models_after(migrations)
        last = tables.last_keys(kept)
        written = tuple(_write_table(packed, model, last, tell) for model in kept)
        broken = tuple(unit for unit in audit.chains() if audit.first_broken_link(unit))
        names = list(StoredFile.objects.order_by("sha256").values_list("sha256", flat=True).distinct())
    # Files are added but never changed, so they need not be of that moment.
    copied = tuple(_write_files(packed, names, tell))
    return Manifest(
        at=timezone.localtime().isoformat(timespec="seconds"),
        versions=_versions(),
        migrations=migrations,
        tables=written,
        files=copied,
        missing_files=tuple(sorted(set(names) - {file.sha256 for file in copied})),
        broken_chains=broken,
    )


def _write_table(packed: zipfile.ZipFile, model: tables.Model, last: dict[str, int], tell: Tell) -> Table:
    label = model._meta.label_lower
    digest, content, size, count = hashlib.sha256(), hashlib.sha256(), 0, 0
    total = model._base_manager.count()
    with packed.open(manifest.data_member(label), "w", force_zip64=True) as stream:
        for count, (line, compared) in enumerate(rows.lines_of(model), start=1):
            stream.write(line)
            digest.update(line)
            content.update(compared)
            size += len(line)
            if count % _TELL_EVERY == 0 or count == total:
                tell(f"Sao lưu {label}", count, total)
    columns = rows.names_of(model)
    return Table(label, columns, count, last.get(label, 0), content.hexdigest(), size, digest.hexdigest())


def _write_files(packed: zipfile.ZipFile, names: list[str], tell: Tell) -> Iterable[KeptFile]:
    """Those whose bytes are still what their hash says; papers and pictures do not pack any smaller."""
    for number, name in enumerate(names, start=1):
        tell("Sao lưu tệp", number, len(names))
        try:
            with files.open_stored(StoredFile(sha256=name)) as source:
                if _digest_of(source) != name:
                    continue
                kept = KeptFile(name, source.tell())
                source.seek(0)
                member = zipfile.ZipInfo(kept.member)  # stored as it is
                member.file_size = kept.size  # so that zip knows beforehand how long its numbers must be
                with packed.open(member, "w") as target:
                    shutil.copyfileobj(source, target, CHUNK)
        except FileNotFoundError:
            continue
        yield kept


def _digest_of(stream: BinaryIO) -> str:
    digest = hashlib.sha256()
    while chunk := stream.read(CHUNK):
        digest.update(chunk)
    return digest.hexdigest()


@contextmanager
def _private(path: Path) -> Iterator[IO[bytes]]:
    path.unlink(missing_ok=True)
    with os.fdopen(os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600), "w+b") as stream:
        yield stream
        stream.flush()
        os.fsync(stream.fileno())


def _versions() -> dict[str, str]:
    project: dict[str, Any] = tomllib.loads((settings.BASE_DIR / "pyproject.toml").read_text(encoding="utf-8"))
    return {
        "tdkt": project["project"]["version"],
        "django": version("django"),
        "django-allauth": version("django-allauth"),
        "python": platform.python_version(),
        connection.vendor: ".".join(map(str, connection.get_database_version())),
    }
