"""An office in a data folder of its own, its archive, and places to restore it into."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.contrib.contenttypes.models import ContentType

from core.backup import restoring
from tests.core.backup.archives import described
from tests.core.backup.world import copied, run_sql
from tests.test_prepare_database import run, said


@pytest.fixture(scope="session")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder as ``prepare_database`` leaves it."""
    folder = tmp_path_factory.mktemp("empty") / "var"
    assert said(run("prepare_database", TDKT_VAR=str(folder))) == (0, {"empty": True}, "")
    return folder


@pytest.fixture(scope="session")
def office(empty: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder in which people have worked."""
    folder = copied(empty, tmp_path_factory.mktemp("office") / "var")
    done = run("shell", "-v", "0", "-c", "from tests.core.backup.world import fill; fill()", TDKT_VAR=str(folder))
    assert (done.returncode, done.stderr) == (0, "")
    return folder


@pytest.fixture(scope="session")
def saved(office: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Its archive."""
    path = tmp_path_factory.mktemp("saved") / "tdkt.zip"
    code, answer, errors = said(run("backup", str(path), TDKT_VAR=str(office)))
    assert (code, errors) == (0, "")
    assert isinstance(answer, dict)
    assert (answer["file"], answer["bytes"]) == (str(path), path.stat().st_size)
    return path


@pytest.fixture(scope="session")
def old(empty: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An archive from before ``core.0003``, with one account."""
    folder = copied(empty, tmp_path_factory.mktemp("old") / "var")
    assert run("migrate", "core", "0002_initial", "-v", "0", TDKT_VAR=str(folder)).returncode == 0
    run_sql(
        folder,
        "INSERT INTO units_user (username, password, email, is_superuser, is_staff, is_active, large_text,"
        " date_joined) VALUES ('canbo', '', '', 0, 0, 1, 0, '2026-01-01')",
    )
    path = folder.parent / "old.zip"
    assert said(run("backup", str(path), TDKT_VAR=str(folder)))[::2] == (0, "")
    assert "core.0003_sheet_import" not in described(path)["migrations"]
    assert "core.sheetimport" not in {table["name"] for table in described(path)["tables"]}
    return path


@pytest.fixture
def into_the_tests(db: None) -> Iterator[Callable[[Path], object]]:
    """Restore into the database of the tests, which is new; what it leaves there is undone with the test."""
    ContentType.objects.clear_cache()
    yield restoring.restore
    ContentType.objects.clear_cache()
