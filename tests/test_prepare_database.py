"""The command as an administrator runs it: another process, a database of its own, real roles."""

from __future__ import annotations

import json
import os
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import psycopg2
import pytest
from django.db import connection
from psycopg2.errors import InsufficientPrivilege
from psycopg2.extensions import connection as Connection

ROOT = Path(__file__).resolve().parents[1]
ENTRY = (
    "INSERT INTO core_auditentry (unit_id, position, at, code, subject_type, subject_id, subject_label, changes,"
    " previous_hash, hash) VALUES (0, %s, now(), 'thu', 'core.job', 1, 'thử', '{}', '', '')"
)


def run(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    inherited = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
    return subprocess.run(
        [sys.executable, "manage.py", *arguments],
        cwd=ROOT,
        env={**inherited, **environment},
        capture_output=True,
        text=True,
        check=False,
    )


def said(done: subprocess.CompletedProcess[str]) -> tuple[int, object, str]:
    return done.returncode, json.loads(done.stdout) if done.stdout else None, done.stderr


# -- SQLite ----------------------------------------------------------------------------


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("var")
    assert said(run("prepare_database", TDKT_VAR=str(folder))) == (0, {"empty": True}, "")
    return folder


def test_an_empty_folder_becomes_all_that_data_needs(folder):
    assert sorted(path.name for path in folder.iterdir()) == ["broker", "db.sqlite3", "files", "secret_key"]
    assert (folder / "secret_key").stat().st_mode & 0o777 == 0o600


def test_a_second_time_keeps_everything_but_the_beats_of_an_earlier_run(folder):
    with closing(sqlite3.connect(folder / "db.sqlite3")) as link, link:
        link.execute("INSERT INTO cache (cache_key, value, expires) VALUES (':1:lượt', '3', '2100-01-01')")
        link.execute("INSERT INTO core_heartbeat (queue, at) VALUES ('slow', '2026-01-01')")
        link.execute(
            "INSERT INTO units_user (username, password, email, is_superuser, is_staff, is_active, large_text,"
            " date_joined) VALUES ('canbo', '', '', 0, 0, 1, 0, '2026-01-01')"
        )

    again = run("prepare_database", TDKT_VAR=str(folder))

    assert said(again) == (0, {"empty": False}, "")
    with closing(sqlite3.connect(folder / "db.sqlite3")) as link:
        assert link.execute("SELECT cache_key FROM cache").fetchall() == [(":1:lượt",)]
        assert link.execute("SELECT username FROM units_user").fetchall() == [("canbo",)]
        assert link.execute("SELECT * FROM core_heartbeat").fetchall() == []


def test_an_unreachable_database_is_one_sentence(tmp_path):
    url = f"postgres://tdkt@{str(tmp_path).replace('/', '%2F')}/tdkt"

    code, answer, sentence = said(run("prepare_database", TDKT_VAR=str(tmp_path), DATABASE_URL=url))

    assert (code, answer) == (1, None)
    assert sentence.startswith("Không nối được cơ sở dữ liệu (")
    assert sentence.count("\n") == 1


# -- PostgreSQL with two roles ---------------------------------------------------------


class Office:
    """A database of its own, owned by the role that the tests connect as; ``role`` is the program's."""

    def __init__(self, suffix: str) -> None:
        self.name = self.role = f"tdkt_roles_{suffix}"
        self.server = connection.settings_dict

    def url(self, role: str, name: str = "") -> str:
        host = self.server["HOST"].replace("/", "%2F")
        password = f":{self.server['PASSWORD']}" if self.server["PASSWORD"] else ""
        return f"postgres://{role}{password}@{host}:{self.server['PORT']}/{name or self.name}"

    def prepare(self, folder: Path, owner: str = "", name: str = "") -> subprocess.CompletedProcess[str]:
        owner_url = self.url(owner or self.server["USER"], name)
        program_url = self.url(self.role)
        return run("prepare_database", TDKT_VAR=str(folder), DATABASE_URL=program_url, DATABASE_OWNER_URL=owner_url)

    def connect(self, role: str, name: str = "") -> Connection:
        link = psycopg2.connect(
            dbname=name or self.name,
            user=role,
            password=self.server["PASSWORD"] or None,
            host=self.server["HOST"],
            port=self.server["PORT"] or None,
        )
        link.autocommit = True
        return link

    def attempt(self, statement: str, *values: object, role: str = "") -> list[tuple] | None:
        link = self.connect(role or self.role)
        try:
            with link.cursor() as cursor:
                cursor.execute(statement, values)
                return cursor.fetchall() if cursor.description else None
        finally:
            link.close()

    def attempt_on_server(self, *statements: str) -> None:
        link = self.connect(self.server["USER"], "postgres")
        try:
            with link.cursor() as cursor:
                for statement in statements:
                    cursor.execute(statement)
        finally:
            link.close()


@pytest.fixture(scope="module")
def office(worker_id: str) -> Iterator[Office]:
    office = Office(worker_id)
    password = f" PASSWORD '{office.server['PASSWORD']}'" if office.server["PASSWORD"] else ""
    remove = (f"DROP DATABASE IF EXISTS {office.name}", f"DROP ROLE IF EXISTS {office.role}")
    office.attempt_on_server(*remove)
    office.attempt_on_server(f"CREATE DATABASE {office.name}", f"CREATE ROLE {office.role} LOGIN{password}")
    yield office
    office.attempt_on_server(*remove)


@pytest.fixture(scope="module")
def prepared(office: Office, tmp_path_factory: pytest.TempPathFactory) -> Office:
    folder = tmp_path_factory.mktemp("office")
    assert said(office.prepare(folder)) == (0, {"empty": True}, "")
    assert said(office.prepare(folder)) == (0, {"empty": True}, "")
    return office


@pytest.mark.postgres
def test_the_program_adds_to_the_audit_log_and_reads_it(prepared):
    prepared.attempt(ENTRY, 1)

    assert prepared.attempt("SELECT code FROM core_auditentry WHERE position = 1") == [("thu",)]


@pytest.mark.postgres
@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE core_auditentry SET code = 'khác'",
        "DELETE FROM core_auditentry",
        "TRUNCATE core_auditentry",
        "DROP TABLE core_auditentry",
        "ALTER TABLE core_auditentry DROP COLUMN hash",
        "GRANT UPDATE ON core_auditentry TO PUBLIC",
    ],
)
def test_the_program_cannot_change_the_audit_log(prepared, statement):
    prepared.attempt(ENTRY + " ON CONFLICT DO NOTHING", 2)

    if statement.startswith("GRANT"):
        prepared.attempt(statement)  # PostgreSQL only warns that nothing was granted
        granted = "SELECT has_table_privilege(current_user, 'core_auditentry', 'UPDATE')"
        assert prepared.attempt(granted) == [(False,)]
    else:
        with pytest.raises(InsufficientPrivilege):
            prepared.attempt(statement)

    assert prepared.attempt("SELECT code FROM core_auditentry WHERE position = 2") == [("thu",)]


@pytest.mark.postgres
def test_other_rows_are_the_programs_to_write_but_tables_are_not(prepared):
    prepared.attempt("INSERT INTO core_heartbeat (queue, at) VALUES ('thử', now())")
    prepared.attempt("UPDATE core_heartbeat SET at = now() WHERE queue = 'thử'")
    prepared.attempt("DELETE FROM core_heartbeat WHERE queue = 'thử'")

    with pytest.raises(InsufficientPrivilege):
        prepared.attempt("ALTER TABLE core_heartbeat ADD COLUMN extra int")
    with pytest.raises(InsufficientPrivilege):
        prepared.attempt("CREATE TABLE extra (id int)")


@pytest.mark.postgres
def test_tables_of_later_migrations_are_open_to_the_program_at_once(prepared):
    owner = prepared.server["USER"]
    prepared.attempt("CREATE TABLE later (id bigserial PRIMARY KEY, name text)", role=owner)

    prepared.attempt("INSERT INTO later (name) VALUES ('mới')")

    assert prepared.attempt("SELECT id, name FROM later") == [(1, "mới")]
    prepared.attempt("DROP TABLE later", role=owner)


@pytest.mark.postgres
def test_a_role_that_could_still_change_the_log_is_refused(prepared, tmp_path):
    owner = prepared.server["USER"]
    prepared.attempt("GRANT UPDATE ON core_auditentry TO PUBLIC", role=owner)

    done = prepared.prepare(tmp_path)

    prepared.attempt("REVOKE UPDATE ON core_auditentry FROM PUBLIC", role=owner)
    assert said(done) == (
        1,
        None,
        f"Vai trò «{prepared.role}» trong DATABASE_URL vẫn sửa được nhật ký; "
        "hãy dùng một vai trò không phải quản trị và không sở hữu các bảng.\n",
    )


@pytest.mark.postgres
def test_two_different_databases_are_refused(office, tmp_path):
    done = office.prepare(tmp_path, name="postgres")

    assert said(done) == (1, None, "DATABASE_OWNER_URL và DATABASE_URL phải chỉ cùng một cơ sở dữ liệu.\n")
