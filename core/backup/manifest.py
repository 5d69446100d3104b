"""The manifest: what an archive holds, each part with its size and SHA-256."""

from __future__ import annotations

import json
import re
from dataclasses import asdict, dataclass
from typing import Any

from core.errors import AppError
from core.json_reading import Node, shortened

VERSION = 1
_NAME = "tdkt-backup"
FORMAT = f"{_NAME}/{VERSION}"
_FORMAT = re.compile(rf"{_NAME}/([1-9][0-9]{{0,3}})")
_DIGEST = re.compile(r"[0-9a-f]{64}")
_LABEL = re.compile(r"[a-z][a-z0-9_]{0,99}\.[a-z0-9][a-z0-9_]{0,149}")
_LARGEST = 2**63 - 1
_MOST = 2_000_000
"""Parts; more than any installation can have. Above it the file is not ours."""


class UnfitArchive(AppError):
    message = "Tệp này không phải bản sao lưu của chương trình, hoặc đã bị cắt mất một phần; hãy dùng bản khác."


def data_member(label: str) -> str:
    return f"data/{label}.jsonl"


@dataclass(frozen=True, slots=True)
class Table:
    name: str
    """``app.model``"""
    columns: tuple[str, ...]
    rows: int
    last_key: int
    """The highest key ever given in this table; 0 where its keys are not counted."""
    content_sha256: str
    """Of the rows as any database gives them back (``core.backup.rows``)."""
    size: int
    sha256: str

    @property
    def member(self) -> str:
        return data_member(self.name)


@dataclass(frozen=True, slots=True)
class KeptFile:
    sha256: str
    size: int

    @property
    def member(self) -> str:
        return f"files/{self.sha256[:2]}/{self.sha256}"


Part = Table | KeptFile


@dataclass(frozen=True, slots=True)
class Manifest:
    at: str
    """When, with its offset."""
    versions: dict[str, str]
    """Of the program, its libraries with tables of their own, Python and the database: for the reader, not checked."""
    migrations: tuple[str, ...]
    tables: tuple[Table, ...]
    files: tuple[KeptFile, ...]
    missing_files: tuple[str, ...]
    """SHA-256 of stored files whose bytes were gone or spoilt when the archive was made."""
    broken_chains: tuple[int, ...]
    """Units whose audit chain was broken already when the archive was made."""

    @property
    def parts(self) -> tuple[Part, ...]:
        return (*self.tables, *self.files)

    def summary(self) -> dict[str, Any]:
        return {
            "at": self.at,
            "tables": len(self.tables),
            "rows": sum(table.rows for table in self.tables),
            "files": len(self.files),
            "file_bytes": sum(file.size for file in self.files),
            "missing_files": list(self.missing_files),
            "broken_chains": list(self.broken_chains),
        }


def dump(manifest: Manifest) -> bytes:
    content = {"format": FORMAT, **asdict(manifest)}
    return json.dumps(content, ensure_ascii=False, indent=1).encode()


def load(data: bytes) -> Manifest:
    """Raise ``UnfitArchive`` for what is no manifest of a form known here."""
    try:
        content = json.loads(data)
    except (ValueError, RecursionError):
        raise UnfitArchive from None
    top = _Node(content, "bản kê của bản sao lưu")
    _check_format(top.mapping().get("format"))
    top.only("format at versions migrations tables files missing_files broken_chains")
    versions = top.node("versions")
    return Manifest(
        at=top.line("at", 40, required=True),
        versions={name: versions.line(name, 200) for name in versions.mapping()},
        migrations=tuple(node.label() for node in top.each("migrations")),
        tables=tuple(node.table() for node in top.nodes("tables", _MOST)),
        files=tuple(KeptFile(node.digest(), node.integer("size", 0, _LARGEST)) for node in top.nodes("files", _MOST)),
        missing_files=tuple(node.digest() for node in top.each("missing_files", "sha256")),
        broken_chains=tuple(node.integer("unit", 0, _LARGEST) for node in top.each("broken_chains", "unit")),
    )


def _check_format(found: Any) -> None:
    known = _FORMAT.fullmatch(found) if isinstance(found, str) else None
    if known is None:
        raise UnfitArchive
    if int(known[1]) > VERSION:
        raise UnfitArchive(
            f"Bản sao lưu theo mẫu {shortened(found)}, mới hơn chương trình này; "
            "hãy nâng cấp chương trình rồi làm lại."
        )


class _Node(Node):
    form, error = FORMAT, UnfitArchive

    def each(self, key: str, name: str = "name") -> list[_Node]:
        """Plain values of a list, each as if it were the field ``name`` of a group."""
        return [_Node({name: node.value}, node.name) for node in self.nodes(key, _MOST)]

    def table(self) -> Table:
        self.only("name columns rows last_key content_sha256 size sha256")
        return Table(
            name=self.label(),
            columns=self.lines("columns"),
            rows=self.integer("rows", 0, _LARGEST),
            last_key=self.integer("last_key", 0, _LARGEST),
            content_sha256=self.digest("content_sha256"),
            size=self.integer("size", 0, _LARGEST),
            sha256=self.digest(),
        )

    def label(self) -> str:
        return self._matching("name", _LABEL)

    def digest(self, key: str = "sha256") -> str:
        return self._matching(key, _DIGEST)

    def _matching(self, key: str, pattern: re.Pattern[str]) -> str:
        """These become names of parts and of files on the disk, so nothing else gets through."""
        text = self.line(key, 250)
        if not pattern.fullmatch(text):
            raise UnfitArchive(f"{self.where} của bản kê ghi «{shortened(text)}», không đúng mẫu {FORMAT}.")
        return text
