"""Cheap guards for what people forget."""

from __future__ import annotations

import subprocess
from pathlib import Path

from django.core.management import call_command

ROOT = Path(__file__).resolve().parents[2]


def tracked_files() -> list[Path]:
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    ).stdout.split("\n")
    return [ROOT / name for name in listed if name and (ROOT / name).is_file()]


def test_every_change_of_a_model_has_its_migration(db):
    call_command("makemigrations", "--check", "--dry-run", verbosity=0)


def test_no_page_holds_a_script_or_a_style_of_its_own():
    pages = [path for path in tracked_files() if path.suffix == ".html" and "tests" not in path.parts]
    pages = [path for path in pages if path.parent.name != "mail"]  # a mail has no other place for its style
    assert len(pages) > 20

    marks = ("style=", "<style", "onclick=", "onchange=", "<script>", "javascript:")
    assert [
        (path.name, mark) for path in pages for mark in marks if mark in path.read_text(encoding="utf-8").lower()
    ] == []


def test_no_page_takes_anything_from_elsewhere():
    pages = [path for path in tracked_files() if path.suffix in {".html", ".css", ".js"} and "tests" not in path.parts]
    assert len(pages) > 20

    assert [path.name for path in pages if "https://" in path.read_text() or "http://" in path.read_text()] == []


def test_days_are_taken_in_our_own_time_zone():
    sources = [path for path in tracked_files() if path.suffix == ".py" and "tests" not in path.parts]
    assert len(sources) > 50

    assert [path.name for path in sources if "now().date()" in path.read_text(encoding="utf-8")] == []
