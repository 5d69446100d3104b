"""Loading an archive into a new database: proven first, whole or not at all, proven again."""

from __future__ import annotations

import hashlib
import os
import shutil
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings
from django.contrib.auth import get_user_model
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from core import audit, files
from core.backup import archive, rows, tables
from core.backup.archive import CHUNK, Archive, Tell, silent
from core.backup.manifest import KeptFile, Manifest, Table, UnfitArchive
from core.backup.tables import Model
from core.errors import AppError
from core.management.commands.prepare_database import connected_as_owner, make_folders, prepare_tables
from core.models import AuditEntry, Job, StoredFile


class DatabaseInUse(AppError):
    message = "Cơ sở dữ liệu đã có dữ liệu."


def prove(path: Path, *, tell: Tell = silent) -> Manifest:
    """What an archive holds, once it is proven to be whole and of a version that this program can load."""
    with _usable(path, tell) as found:
        return found.manifest


def restore(path: Path, *, tell: Tell = silent) -> Manifest:
    """Load every row and file of the archive; ``AppError`` and nothing loaded where anything is amiss.

    Only into a database in which nobody has done anything yet, with tables or without. On
    PostgreSQL the owner of the tables does it, and the program's role ends with the rights
    that it has everywhere.
    """
    with _usable(path, tell) as found:
        make_folders()
        with connected_as_owner() as program:
            refuse_used_database()
            try:
                tables.bring_to(found.manifest.migrations)
                with _files_of(found, tell):
                    _load(found, tell)
            finally:
                prepare_tables(program)
            _end_unfinished_jobs()
        return found.manifest


@contextmanager
def _usable(path: Path, tell: Tell) -> Iterator[Archive]:
    with archive.opened(path, tell=tell) as found:
        if unknown := tables.unknown_migrations(found.manifest.migrations):
            raise UnfitArchive(
                f"Bản sao lưu do phiên bản mới hơn ghi (bước «{unknown[0]}» chương trình này chưa biết); "
                "hãy nâng cấp chương trình rồi làm lại."
            )
        yield found


def refuse_used_database() -> None:
    """Every act leaves an audit entry; what a database without any holds, its migrations put there."""
    there = set(connection.introspection.table_names())
    asked: dict[str, Model] = {"tài khoản": get_user_model(), "mục nhật ký": AuditEntry, "tệp": StoredFile}
    counts = {name: model._base_manager.count() for name, model in asked.items() if model._meta.db_table in there}
    if any(counts.values()):
        found = ", ".join(f"{count} {name}" for name, count in counts.items() if count)
        raise DatabaseInUse(
            f"Cơ sở dữ liệu đã có dữ liệu ({found}); chỉ phục hồi được vào cơ sở dữ liệu mới. "
            "Hãy đặt TDKT_VAR hoặc DATABASE_URL sang nơi khác."
        )


def _end_unfinished_jobs() -> None:
    """The queue is not in the archive: nobody would ever take them up."""
    unfinished = Job.objects.filter(state__in=(Job.State.WAITING, Job.State.RUNNING))
    unfinished.update(
        state=Job.State.FAILED,
        message="Việc này chưa xong khi dữ liệu được sao lưu. Hãy làm lại.",
        changed_at=timezone.now(),
    )


# -- Rows ------------------------------------------------------------------------------


def _load(found: Archive, tell: Tell) -> None:
    """One transaction: filled, compared with the manifest, and only then committed."""
    manifest = found.manifest
    kept = tables.models_after(manifest.migrations)
    _same_tables(manifest.tables, kept)
    by_name = {table.name: table for table in manifest.tables}
    with transaction.atomic(durable=True):
        tables.hold_against_writers(kept)
        refuse_used_database()
        for model in reversed(kept):
            model._base_manager.all().delete()  # what the migrations put there comes with the archive
        for model in kept:
            _load_table(found, by_name[model._meta.label_lower], model, tell)
        _check_keys()
        tables.go_on_from(kept, {table.name: table.last_key for table in manifest.tables})
        _compare(manifest, kept, tell)


def _same_tables(described: Sequence[Table], kept: Sequence[Model]) -> None:
    """Migrations of the same names made the same columns, unless somebody wrote the manifest by hand."""
    wanted = {model._meta.label_lower: rows.names_of(model) for model in kept}
    if len(described) != len(wanted) or {table.name: table.columns for table in described} != wanted:
        raise UnfitArchive("Các bảng trong bản sao lưu không khớp với chương trình; hãy dùng bản khác.")


def _load_table(found: Archive, table: Table, model: Model, tell: Tell) -> None:
    done = 0
    try:
        with found.open(table) as stream:
            for count in rows.insert(model, stream):
                done += count
                tell(f"Nạp {table.name}", done, table.rows)
    except rows.UnfitRow:
        raise UnfitArchive(
            f"Bảng «{table.name}» trong bản sao lưu có dòng không đọc được sau dòng {done}; hãy dùng bản khác."
        ) from None
    except DatabaseError as error:
        raise UnfitArchive(f"Không nạp được bảng «{table.name}» của bản sao lưu ({_reason(error)}).") from error


def _check_keys() -> None:
    """Rows may point to later ones, so that keys are looked at when all are there."""
    try:
        connection.check_constraints()
    except DatabaseError as error:
        raise UnfitArchive(f"Có dòng trong bản sao lưu trỏ đến dòng không có ({_reason(error)}).") from error


def _compare(manifest: Manifest, kept: Sequence[Model], tell: Tell) -> None:
    """What the database gives back is what the archive says, and every audit chain holds as it did."""
    for number, (table, model) in enumerate(zip(_in_order(manifest, kept), kept, strict=True), start=1):
        digest = hashlib.sha256()
        for _, compared in rows.lines_of(model):
            digest.update(compared)
        if digest.hexdigest() != table.content_sha256:
            raise AppError(f"Bảng «{table.name}» sau khi nạp không giống trong bản sao lưu nên đã bỏ mọi thứ vừa nạp.")
        tell("So lại với bản sao lưu", number, len(kept))
    broken = tuple(unit for unit in audit.chains() if audit.first_broken_link(unit))
    if broken != manifest.broken_chains:
        raise AppError(
            "Nhật ký sau khi nạp không nối nhau như lúc sao lưu nên đã bỏ mọi thứ vừa nạp; hãy dùng bản khác."
        )


def _in_order(manifest: Manifest, kept: Sequence[Model]) -> Iterator[Table]:
    by_name = {table.name: table for table in manifest.tables}
    return (by_name[model._meta.label_lower] for model in kept)


def _reason(error: DatabaseError) -> str:
    """The server's own words, first line."""
    return str(error).strip().partition("\n")[0].rstrip(".")


# -- Files -----------------------------------------------------------------------------


@contextmanager
def _files_of(found: Archive, tell: Tell) -> Iterator[None]:
    """Put in place before the rows that name them; taken away again where the rows do not follow."""
    places = {files.path_of(file.sha256): file for file in found.manifest.files}
    new = [place for place in places if not place.exists()]
    try:
        for number, (place, file) in enumerate(places.items(), start=1):
            _put(found, file, place)
            tell("Phục hồi tệp", number, len(places))
        yield
    except BaseException:
        for place in new:
            place.unlink(missing_ok=True)
        raise


def _put(found: Archive, file: KeptFile, place: Path) -> None:
    """Also over a file of that name: whatever it holds, this is what its name says."""
    try:
        place.parent.mkdir(parents=True, exist_ok=True)
        descriptor, name = tempfile.mkstemp(dir=settings.MEDIA_ROOT, prefix="incoming-")
        try:
            with os.fdopen(descriptor, "wb") as target, found.open(file) as source:
                shutil.copyfileobj(source, target, CHUNK)
            Path(name).chmod(settings.FILE_UPLOAD_PERMISSIONS)
            os.replace(name, place)
        finally:
            Path(name).unlink(missing_ok=True)
    except OSError as error:
        raise AppError(f"Không ghi được tệp vào {settings.MEDIA_ROOT} ({error.strerror}).") from error
