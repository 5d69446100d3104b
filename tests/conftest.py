"""What every test has around it: a clean cache and a file store of its own."""

from __future__ import annotations

import os
from pathlib import Path

import hypothesis
import pytest
from django.conf import settings as django_settings
from django.core.cache import cache
from pytest_django.fixtures import Settings

from tests.documents.proofreading.measuring import pytest_terminal_summary as pytest_terminal_summary

IS_CI = os.environ.get("CI") == "true"

hypothesis.settings.register_profile("office", deadline=None)
hypothesis.settings.register_profile("ci", deadline=None, derandomize=True)
hypothesis.settings.load_profile("ci" if IS_CI else "office")

_LONGEST_ID = 60


def pytest_make_parametrize_id(config: pytest.Config, val: object, argname: str) -> str | None:
    """Short, and the same in every process: a workbook made while tests are collected says at which second."""
    if isinstance(val, bytes) and len(val) > _LONGEST_ID:
        return f"{argname} of {len(val) // 1000} kB"
    if isinstance(val, str) and len(val) > _LONGEST_ID:
        return f"{val[:_LONGEST_ID]}…"
    return None


_NEEDS = {
    "postgres": (lambda: django_settings.DATABASES["default"]["ENGINE"].endswith("postgresql"), "needs DATABASE_URL"),
    "redis": (lambda: bool(django_settings.REDIS_URL), "needs REDIS_URL"),
}


_DATABASE_FIXTURES = {"db", "transactional_db", "live_server"}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if item.get_closest_marker("django_db") or _DATABASE_FIXTURES.intersection(getattr(item, "fixturenames", ())):
            item.add_marker("database")
        for marker, (is_there, reason) in _NEEDS.items():
            if item.get_closest_marker(marker) and not is_there():
                item.add_marker(pytest.mark.skip(reason=f"{reason} ({marker})"))


def pytest_sessionfinish(session: pytest.Session) -> None:
    """Under CI nothing is skipped in silence, but for the real plans that not every machine holds."""
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    if not IS_CI or reporter is None:
        return
    skipped = [report for report in reporter.stats.get("skipped", []) if "TDKT_SHARED" not in str(report.longrepr)]
    if skipped and session.exitstatus == pytest.ExitCode.OK:
        reporter.write_line(f"CI: {len(skipped)} tests were skipped, which counts as a failure", red=True)
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


@pytest.fixture(autouse=True)
def _clean_cache() -> None:
    cache.clear()


@pytest.fixture(autouse=True)
def _own_files(settings: Settings, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path / "files"
