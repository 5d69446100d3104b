"""The floors of the house: an app imports only from the floors below it, never sideways or up."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
FLOORS = ["core", "units", "documents", "reminders", "plans", "campaigns", "clusters", "awards", "reports", "tdkt"]
PURE = [
    "campaigns/figures.py",
    "campaigns/interchange.py",
    "campaigns/measuring.py",
    "campaigns/periods.py",
    "campaigns/running/days.py",
    "campaigns/printing/blocks.py",
    "core/json_reading.py",
    "documents/tree.py",
    "documents/dates.py",
    "documents/numbering.py",
    "documents/outline.py",
    "documents/times",
    "plans/amending/addresses.py",
    "plans/amending/differences.py",
    "plans/amending/paper.py",
    "plans/amending/texts.py",
    "plans/duties/countback.py",
    "plans/interchange.py",
    "plans/layouts.py",
    "plans/limits.py",
    "plans/moving",
    "plans/pasting",
    "plans/paper.py",
]
"""Modules that someone who knows no Django can read and test."""


def python_files() -> list[Path]:
    return [path for app in FLOORS for path in sorted((ROOT / app).rglob("*.py"))]


def imported_modules(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: relative import"
            yield node.module or ""


def test_there_is_something_to_look_at():
    assert len(python_files()) > 50


@pytest.mark.parametrize("path", python_files(), ids=lambda path: str(path.relative_to(ROOT)))
def test_an_app_imports_only_from_lower_floors(path):
    own = path.relative_to(ROOT).parts[0]
    allowed = FLOORS[: FLOORS.index(own) + 1]

    above = [name for name in imported_modules(path) if name.split(".")[0] in set(FLOORS) - set(allowed)]

    assert above == []


@pytest.mark.parametrize("pure", PURE)
def test_pure_modules_know_no_django(pure):
    found = ROOT / pure
    files = sorted(found.rglob("*.py")) if found.is_dir() else [found]
    assert files

    assert [name for path in files for name in imported_modules(path) if name.split(".")[0] == "django"] == []
