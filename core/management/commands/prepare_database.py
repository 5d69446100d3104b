"""Everything that data needs before the program starts; safe to repeat.

Tables are made and altered as the role of ``DATABASE_OWNER_URL``. The role of
``DATABASE_URL``, which the program itself uses, can then read and write rows but alter no
table, and of the audit log it can only add and read entries (PostgreSQL; SQLite has no roles).
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import dj_database_url
from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.management import call_command
from django.db import DatabaseError, OperationalError, connection, transaction

from core.commands import JsonCommand
from core.errors import AppError
from core.models import AuditEntry, Heartbeat


class Unprepared(AppError):
    message = "Chưa chuẩn bị được cơ sở dữ liệu."


class Command(JsonCommand):
    help = 'Tạo thư mục, bảng và quyền; in {"empty": true} khi chưa có tài khoản nào.'

    def answer(self, **options: Any) -> dict[str, bool]:
        make_folders()
        try:
            with connected_as_owner() as program:
                prepare_tables(program)
            # Only beats from now on count: those of an earlier run say nothing about this one.
            Heartbeat.objects.all().delete()
            return {"empty": not get_user_model().objects.exists()}
        except DatabaseError as error:
            raise Unprepared(f"Chưa chuẩn bị được cơ sở dữ liệu ({_reason(error)}).") from error


def prepare_tables(program: str) -> None:
    """``program`` is the role to be let in, or empty where it owns the tables itself."""
    try:
        connection.ensure_connection()
    except OperationalError as error:
        raise Unprepared(f"Không nối được cơ sở dữ liệu ({_reason(error)}).") from error
    call_command("migrate", interactive=False, verbosity=0)
    call_command("createcachetable", verbosity=0)
    if program and connection.vendor == "postgresql":
        grant_to(program)


def make_folders() -> None:
    options: dict[str, Any] = settings.CELERY_BROKER_TRANSPORT_OPTIONS
    for folder in filter(None, [settings.MEDIA_ROOT, options.get("folder")]):
        Path(folder).mkdir(parents=True, exist_ok=True)


@contextmanager
def connected_as_owner() -> Iterator[str]:
    """The default connection speaks as the role that owns the tables; yields the program's role where that is another.

    The default connection itself changes hands, since migrations of data use no other.
    """
    usual = dict(connection.settings_dict)
    owner = dj_database_url.parse(settings.DATABASE_OWNER_URL) if settings.DATABASE_OWNER_URL else {}
    if not owner or owner["USER"] == usual["USER"]:
        yield ""
        return
    if (owner["ENGINE"], owner["NAME"]) != (usual["ENGINE"], usual["NAME"]):
        raise Unprepared("DATABASE_OWNER_URL và DATABASE_URL phải chỉ cùng một cơ sở dữ liệu.")
    connection.close()
    connection.settings_dict.update({key: owner[key] for key in ("USER", "PASSWORD", "HOST", "PORT")})
    try:
        yield usual["USER"]
    finally:
        connection.close()
        connection.settings_dict.update(usual)


def grant_to(role: str) -> None:
    """Rights of the program's role, on the tables of today and on those that later migrations make."""
    name = connection.ops.quote_name(role)
    log = connection.ops.quote_name(AuditEntry._meta.db_table)
    rights = (
        f"GRANT USAGE ON SCHEMA public TO {name}",
        f"GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {name}",
        f"GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {name}",
        f"ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO {name}",
        f"ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT USAGE, SELECT ON SEQUENCES TO {name}",
        f"REVOKE UPDATE, DELETE, TRUNCATE ON {log} FROM {name}",
    )
    with transaction.atomic(), connection.cursor() as cursor:
        for right in rights:
            cursor.execute(right)
        cursor.execute("SELECT has_table_privilege(%s, %s, 'UPDATE, DELETE, TRUNCATE')", [role, log])
        if cursor.fetchone() != (False,):
            raise Unprepared(
                f"Vai trò «{role}» trong DATABASE_URL vẫn sửa được nhật ký; "
                "hãy dùng một vai trò không phải quản trị và không sở hữu các bảng."
            )


def _reason(error: DatabaseError) -> str:
    """The server's own words, first line."""
    return str(error).strip().partition("\n")[0].rstrip(".")
