"""Which tables an archive holds, in which order, under which models; and the numbers their keys have reached."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager

from django.db import connection, models, transaction
from django.db.migrations.exceptions import InvalidMigrationPlan, IrreversibleError
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.loader import MigrationLoader

from core.errors import AppError

LEFT_OUT = {"sessions.session", "core.heartbeat"}
"""What means something only to the installation that wrote it. Cache and queue have no models."""

Model = type[models.Model]


class UnfitTables(AppError):
    message = "Các bảng của cơ sở dữ liệu không khớp với chương trình."


# -- Migrations ------------------------------------------------------------------------


def migrations_applied() -> tuple[str, ...]:
    """``app.name`` of each, sorted. Raise ``UnfitTables`` where the database is ahead of the program."""
    loader = MigrationLoader(connection)
    applied = sorted(".".join(key) for key in loader.applied_migrations)
    if unknown := unknown_migrations(applied):
        raise UnfitTables(
            f"Cơ sở dữ liệu đã được phiên bản mới hơn nâng cấp (bước «{unknown[0]}»); "
            "hãy dùng đúng phiên bản chương trình đó."
        )
    return tuple(applied)


def unknown_migrations(names: Sequence[str]) -> list[str]:
    known = {".".join(key) for key in MigrationLoader(None).disk_migrations}
    return [name for name in names if name not in known]


def models_after(migrations: Sequence[str]) -> list[Model]:
    """The kept models as they are once these migrations have run, each behind those that it points to."""
    loader = MigrationLoader(connection)
    state = loader.project_state([_key(name) for name in migrations])
    return _by_dependency(
        [
            model
            for model in state.apps.get_models(include_auto_created=True)
            if model._meta.managed and not model._meta.proxy and model._meta.label_lower not in LEFT_OUT
        ]
    )


def bring_to(migrations: Sequence[str]) -> None:
    """Make or unmake tables until exactly these migrations have run. For a database without rows of anyone."""
    wanted = {_key(name) for name in migrations}
    executor = MigrationExecutor(connection)
    extra = {app for app, name in set(executor.loader.applied_migrations) - wanted}
    if extra:
        try:
            executor.migrate([target for app in sorted(extra) for target in _last_of(app, wanted, executor.loader)])
        except (IrreversibleError, InvalidMigrationPlan):
            raise UnfitTables(
                "Bản sao lưu của phiên bản cũ hơn, mà các bảng ở đây không lùi về được như lúc đó; "
                "hãy phục hồi vào cơ sở dữ liệu chưa có bảng nào."
            ) from None
        executor = MigrationExecutor(connection)
    if wanted - set(executor.loader.applied_migrations):
        apps = sorted({app for app, name in wanted})
        executor.migrate([target for app in apps for target in _last_of(app, wanted, executor.loader)])


def _last_of(app: str, wanted: set[tuple[str, str]], loader: MigrationLoader) -> list[tuple[str, str | None]]:
    """The wanted migrations of an app on which no other of them stands; nothing of it where none is wanted."""
    own = {key for key in wanted if key[0] == app}
    followed = {parent.key for key in own for parent in loader.graph.node_map[key].parents}
    return sorted(own - followed) or [(app, None)]


def _key(name: str) -> tuple[str, str]:
    app, _, step = name.partition(".")
    return app, step


def _by_dependency(found: list[Model]) -> list[Model]:
    """Circles (a person's part, a part's head) are cut where they close; their keys are checked at the end."""
    ordered: dict[str, Model] = {}
    begun: set[str] = set()
    by_label = {model._meta.label_lower: model for model in found}

    def place(model: Model) -> None:
        label = model._meta.label_lower
        if label in begun:
            return
        begun.add(label)
        for field in model._meta.local_concrete_fields:
            if field.related_model and (target := by_label.get(field.related_model._meta.label_lower)):
                place(target)
        ordered[label] = model

    for label in sorted(by_label):
        place(by_label[label])
    return list(ordered.values())


# -- One moment ------------------------------------------------------------------------


@contextmanager
def one_moment() -> Iterator[None]:
    """All that is read inside is of the same moment, and nobody who writes has to wait."""
    if connection.vendor == "postgresql":
        with transaction.atomic(durable=True):
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
            yield
        return
    # The program's transactions take the writer's turn at once; one that only reads must not.
    connection.ensure_connection()
    usual, connection.transaction_mode = connection.transaction_mode, "DEFERRED"  # type: ignore[attr-defined]
    try:
        with transaction.atomic(durable=True):
            yield
    finally:
        connection.transaction_mode = usual  # type: ignore[attr-defined]


def hold_against_writers(kept: Sequence[Model]) -> None:
    """Until the transaction ends. On SQLite it holds them off already."""
    if connection.vendor == "postgresql":
        names = ", ".join(connection.ops.quote_name(model._meta.db_table) for model in kept)
        with connection.cursor() as cursor:
            cursor.execute(f"LOCK TABLE {names} IN EXCLUSIVE MODE")


# -- Keys given so far -----------------------------------------------------------------


def last_keys(kept: Sequence[Model]) -> dict[str, int]:
    """Label → the highest key that the table ever gave, also where its row is gone again.

    A key is not given twice: the audit log knows a deleted row by it.
    """
    counted = [model for model in kept if _counts(model)]
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            return {model._meta.label_lower: _last_value(cursor, model) for model in counted}
        cursor.execute("SELECT name, seq FROM sqlite_sequence")
        given = dict(cursor.fetchall())
    return {model._meta.label_lower: given.get(model._meta.db_table, 0) for model in counted}


def go_on_from(kept: Sequence[Model], last: Mapping[str, int]) -> None:
    """The next row of each table gets a key above those given before and those that are there."""
    with connection.cursor() as cursor:
        for model in filter(_counts, kept):
            table, label = model._meta.db_table, model._meta.label_lower
            there = model._base_manager.aggregate(top=models.Max("pk"))["top"] or 0
            top = max(last.get(label, 0), there)
            if connection.vendor == "postgresql":
                cursor.execute("SELECT setval(%s, %s, %s)", [_sequence(cursor, model), max(top, 1), top > 0])
            else:
                cursor.execute("DELETE FROM sqlite_sequence WHERE name = %s", [table])
                if top:
                    cursor.execute("INSERT INTO sqlite_sequence (name, seq) VALUES (%s, %s)", [table, top])


def _counts(model: Model) -> bool:
    return isinstance(model._meta.pk, models.AutoField | models.BigAutoField | models.SmallAutoField)


def _sequence(cursor, model: Model) -> str:
    column = model._meta.pk.column
    cursor.execute("SELECT pg_get_serial_sequence(%s, %s)", [connection.ops.quote_name(model._meta.db_table), column])
    return cursor.fetchone()[0]


def _last_value(cursor, model: Model) -> int:
    cursor.execute(f"SELECT CASE WHEN is_called THEN last_value ELSE 0 END FROM {_sequence(cursor, model)}")  # noqa: S608 -- a name that the database gave
    return cursor.fetchone()[0]
