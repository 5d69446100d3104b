"""What goes into an archive comes out of it, on either database and across an upgrade."""

from __future__ import annotations

import json
import threading
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from psycopg2.errors import InsufficientPrivilege

from core import files
from core.backup import tables
from core.models import Job, StoredFile
from tests.core.backup.archives import described
from tests.core.backup.world import LEFT_OUT, PAPERS, copied, rows, run_sql, stored_files
from tests.factories import UnitFactory, UserFactory
from tests.test_prepare_database import Office, run, said
from units.models import Unit

Rows = dict[str, list[dict[str, Any]]]
ENDED = "Việc này chưa xong khi dữ liệu được sao lưu. Hãy làm lại."
TABLE_NAMES = {"admin.logentry": "django_admin_log", "contenttypes.contenttype": "django_content_type"}


def with_jobs_ended(found: Rows) -> Rows:
    """As a restore leaves them: nobody goes on with what was under way. When it ended is not compared."""
    jobs = [
        job | {"state": "failed", "message": ENDED, "changed_at": None}
        if job["state"] in {"waiting", "running"} or job["message"] == ENDED
        else job
        for job in found["core_job"]
    ]
    return found | {"core_job": sorted(jobs, key=lambda job: job["id"])}


# -- What an archive holds ----------------------------------------------------------------


def test_an_archive_names_all_that_it_holds(office, saved):
    found = described(saved)
    counts = {table: len(lines) for table, lines in rows(office).items() if table != "sqlite_sequence"}

    assert found["format"] == "tdkt-backup/1"
    assert sorted(found["versions"]) == ["django", "django-allauth", "python", "sqlite", "tdkt"]
    assert found["migrations"] == sorted(
        ".".join(step) for step in run_sql(office, "SELECT app, name FROM django_migrations")
    )
    assert {
        TABLE_NAMES.get(table["name"], table["name"].replace(".", "_")): table["rows"] for table in found["tables"]
    } == counts
    assert sum(counts.values()) > 100
    assert len(found["files"]) == len(set(PAPERS.values())) == 3
    assert (found["missing_files"], found["broken_chains"]) == ([], [])
    with zipfile.ZipFile(saved) as packed:
        names = [f"data/{table['name']}.jsonl" for table in found["tables"]]
        names += [f"files/{file['sha256'][:2]}/{file['sha256']}" for file in found["files"]]
        assert sorted(packed.namelist()) == sorted([*names, "manifest.json"])
        assert packed.testzip() is None


def test_only_its_owner_may_read_an_archive(saved):
    assert saved.stat().st_mode & 0o777 == 0o600
    assert [path.name for path in saved.parent.iterdir()] == ["tdkt.zip"]


@pytest.mark.django_db(transaction=True)
def test_an_archive_is_of_one_moment_and_keeps_nobody_from_writing():
    UnitFactory()

    def write() -> None:
        UnitFactory()
        connection.close()

    with tables.one_moment():
        before = Unit.objects.count()
        writer = threading.Thread(target=write, daemon=True)
        writer.start()
        writer.join(timeout=15)
        assert not writer.is_alive()
        assert Unit.objects.count() == before
    assert Unit.objects.count() == before + 1


# -- SQLite to SQLite ---------------------------------------------------------------------


@pytest.mark.parametrize("has_tables", [False, True], ids=["no database yet", "prepared database"])
def test_every_row_and_file_comes_back_as_it_was(office, saved, empty, tmp_path, has_tables):
    folder = copied(empty, tmp_path / "var") if has_tables else tmp_path / "var"

    code, answer, errors = said(run("restore", str(saved), TDKT_VAR=str(folder)))

    found = described(saved)
    assert (code, errors) == (0, "")
    assert answer == {
        "at": found["at"],
        "tables": len(found["tables"]),
        "rows": sum(table["rows"] for table in found["tables"]),
        "files": 3,
        "file_bytes": sum(map(len, set(PAPERS.values()))),
        "missing_files": [],
        "broken_chains": [],
    }
    there = rows(office)
    assert with_jobs_ended(rows(folder)) == with_jobs_ended(there)
    assert stored_files(folder) == stored_files(office)
    assert set(stored_files(folder).values()) == set(PAPERS.values())
    entries = len(there["core_auditentry"])
    assert said(run("verify_audit", TDKT_VAR=str(folder))) == (0, {"chains": 2, "entries": entries}, "")
    # Sessions, cache and heartbeats mean nothing elsewhere
    for table in LEFT_OUT - {"django_migrations"}:
        assert (table, run_sql(office, f"SELECT count(*) FROM {table}")) == (table, [(1,)])
        assert (table, run_sql(folder, f"SELECT count(*) FROM {table}")) == (table, [(0,)])


def test_the_program_goes_on_with_what_was_restored(saved, into_the_tests):
    into_the_tests(saved)

    assert {stored.name: bytes_of(stored) for stored in StoredFile.objects.all()} == PAPERS
    assert sorted(Job.objects.values_list("state", "message")) == [
        ("done", ""),
        ("failed", ""),
        ("failed", ENDED),
        ("failed", ENDED),
    ]
    assert UserFactory().pk == 2


def bytes_of(stored: StoredFile) -> bytes:
    with files.open_stored(stored) as stream:
        return stream.read()


# -- SQLite to PostgreSQL and back --------------------------------------------------------


@pytest.fixture
def server(worker_id: str) -> Iterator[Office]:
    """A database on PostgreSQL without tables, its owner, and the program's own role."""
    server = Office(f"backup_{worker_id}")
    password = f" PASSWORD '{server.server['PASSWORD']}'" if server.server["PASSWORD"] else ""
    remove = (f"DROP DATABASE IF EXISTS {server.name}", f"DROP ROLE IF EXISTS {server.role}")
    server.attempt_on_server(*remove)
    server.attempt_on_server(f"CREATE DATABASE {server.name}", f"CREATE ROLE {server.role} LOGIN{password}")
    yield server
    server.attempt_on_server(*remove)


@pytest.mark.postgres
def test_from_sqlite_to_postgresql_and_back(office, saved, server, tmp_path):
    there = {
        "TDKT_VAR": str(tmp_path / "there"),
        "DATABASE_URL": server.url(server.role),
        "DATABASE_OWNER_URL": server.url(server.server["USER"]),
    }
    second, back = tmp_path / "second.zip", tmp_path / "back"
    entries = len(rows(office)["core_auditentry"])

    assert said(run("restore", str(saved), **there))[::2] == (0, "")
    assert said(run("backup", str(second), **there))[::2] == (0, "")
    assert said(run("restore", str(second), TDKT_VAR=str(back)))[::2] == (0, "")

    # On PostgreSQL: every row, every file, every link of the chain
    assert contents(second) == contents(saved)
    assert stored_files(tmp_path / "there") == stored_files(office)
    assert audit_rows(server) == audit_rows(office)
    assert said(run("verify_audit", **there)) == (0, {"chains": 2, "entries": entries}, "")
    # The program's role has the rights that it has everywhere
    for statement in ("UPDATE core_auditentry SET code = 'x'", "DELETE FROM core_auditentry", "DROP TABLE plans_plan"):
        with pytest.raises(InsufficientPrivilege):
            server.attempt(statement)
    assert server.attempt("SELECT count(*) FROM core_auditentry") == [(entries,)]
    # Keys go on above a plan that was deleted: the log knows that plan by its key
    assert server.attempt("SELECT max(id) FROM plans_plan") == [(1,)]
    assert server.attempt("SELECT nextval(pg_get_serial_sequence('plans_plan', 'id'))") == [(3,)]
    # Back on SQLite: nothing differs but the order of keys in JSON, which PostgreSQL does not keep
    assert with_sorted_keys(with_jobs_ended(rows(back))) == with_sorted_keys(with_jobs_ended(rows(office)))
    assert stored_files(back) == stored_files(office)
    assert said(run("verify_audit", TDKT_VAR=str(back))) == (0, {"chains": 2, "entries": entries}, "")
    # A database in which people work is left alone
    code, answer, sentence = said(run("restore", str(saved), **there))
    assert (code, answer) == (1, None)
    assert sentence.startswith(f"Cơ sở dữ liệu đã có dữ liệu (1 tài khoản, {entries} mục nhật ký, 4 tệp); ")


def contents(path: Path) -> dict[str, str]:
    """What the rows of each table come to; without jobs, which a restore ends."""
    found = {table["name"]: table["content_sha256"] for table in described(path)["tables"]}
    assert len(found) > 30
    del found["core.job"]
    return found


def audit_rows(where: Office | Path) -> list[tuple]:
    """What the hashes are made of, and the hashes."""
    asked = (
        "SELECT CAST(changes AS text), id, unit_id, position, actor_id, code, subject_type, subject_id, subject_label,"
        " previous_hash, hash FROM core_auditentry ORDER BY id"
    )
    found = run_sql(where, asked) if isinstance(where, Path) else where.attempt(asked)
    assert found
    return [(json.loads(changes), *rest) for changes, *rest in found]


def with_sorted_keys(found: Rows) -> Rows:
    def plain(value: Any) -> Any:
        if isinstance(value, str) and value.startswith("{"):
            return json.dumps(json.loads(value), sort_keys=True)
        return value

    return {
        table: sorted(({name: plain(value) for name, value in line.items()} for line in lines), key=repr)
        for table, lines in found.items()
    }


# -- Across an upgrade --------------------------------------------------------------------


@pytest.mark.parametrize("has_tables", [False, True], ids=["no database yet", "prepared database"])
def test_an_archive_from_before_an_upgrade_is_loaded_and_brought_up_to_date(old, empty, tmp_path, has_tables):
    folder = copied(empty, tmp_path / "var") if has_tables else tmp_path / "var"

    assert said(run("restore", str(old), TDKT_VAR=str(folder)))[::2] == (0, "")

    found = rows(folder)
    assert [user["username"] for user in found["units_user"]] == ["canbo"]
    assert found["core_sheetimport"] == []
    assert set(found) == set(rows(empty))
    assert run("migrate", "--check", TDKT_VAR=str(folder)).returncode == 0
