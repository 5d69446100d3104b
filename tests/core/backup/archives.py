"""Archives that somebody has had in his hands."""

from __future__ import annotations

import hashlib
import json
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from core.backup import archive
from core.errors import AppError

Described = dict[str, Any]
Lines = list[list[Any]]


def described(path: Path) -> Described:
    """The manifest as it stands."""
    with zipfile.ZipFile(path) as packed:
        found: Described = json.loads(packed.read("manifest.json"))
        return found


def table_of(found: Described, name: str) -> dict[str, Any]:
    return next(table for table in found["tables"] if table["name"] == name)


def refusal_of(path: Path) -> str:
    with pytest.raises(AppError) as refusal, archive.opened(path):
        pass
    return str(refusal.value)


def rewritten(
    source: Path,
    to: Path,
    *,
    parts: dict[str, bytes] | None = None,
    change: Callable[[Described], object] | None = None,
    text: bytes | None = None,
) -> Path:
    """A copy with other bytes of some parts, and a manifest that was changed or is ``text`` instead."""
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(to, "w", zipfile.ZIP_DEFLATED) as new:
        found = json.loads(old.read("manifest.json"))
        for name in old.namelist():
            if name != "manifest.json":
                new.writestr(name, (parts or {}).get(name, old.read(name)))
        if change:
            change(found)
        new.writestr("manifest.json", json.dumps(found) if text is None else text)
    return to


def forged(source: Path, to: Path, table: str, change: Callable[[Lines], object]) -> Path:
    """Rows of a table were rewritten, and every size and hash made to fit."""
    name = f"data/{table}.jsonl"
    with zipfile.ZipFile(source) as packed:
        lines = [json.loads(line) for line in packed.read(name).splitlines()]
    change(lines)
    content = "".join(f"{json.dumps(line, ensure_ascii=False)}\n" for line in lines).encode()

    def follow(found: Described) -> None:
        table_of(found, table).update(size=len(content), rows=len(lines), sha256=hashlib.sha256(content).hexdigest())

    return rewritten(source, to, parts={name: content}, change=follow)


def with_value(source: Path, to: Path, table: str, column: str, value: Any) -> Path:
    """``forged`` with another value in the first row of the table."""
    place = table_of(described(source), table)["columns"].index(column)

    def change(lines: Lines) -> None:
        lines[0][place] = value

    return forged(source, to, table, change)
