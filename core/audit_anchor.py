"""The last entry of every audit chain, kept outside the database.

A chain cannot tell that its newest entries were cut off: what is left is whole. An anchor
can: the entries that it names must still be there, with the same hash. Whoever may change
the anchor as well as the database leaves no trace, so a copy belongs elsewhere, or on paper.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from django.utils import timezone

from core import audit
from core.errors import AppError
from core.json_reading import Node
from core.models import AuditEntry

SCHEMA = "tdkt-audit-anchor/1"
_LARGEST_ID = 2**63 - 1
_HASH_LETTERS = 64


class UnfitAnchor(AppError):
    message = f"Tệp mốc nhật ký không đúng mẫu {SCHEMA}."


@dataclass(frozen=True, slots=True)
class Head:
    """A chain's last entry."""

    unit: int
    position: int
    hash: str


class _Node(Node):
    form, error = SCHEMA, UnfitAnchor


def heads() -> tuple[Head, ...]:
    """By unit; two queries for each chain."""
    found = []
    for unit_id in audit.chains():
        last = AuditEntry.objects.filter(unit_id=unit_id).order_by("-position").first()
        if last is not None:
            found.append(Head(unit_id, last.position, last.hash))
    return tuple(found)


def check(kept: Iterable[Head]) -> None:
    """Raise ``AppError`` for the first chain that no longer holds the entry which was its last."""
    for head in kept:
        chain = AuditEntry.objects.filter(unit_id=head.unit)
        found = chain.filter(position=head.position).values_list("hash", flat=True).first()
        if found is None:
            raise AppError(
                f"Nhật ký của đơn vị {head.unit} mất những mục cuối: "
                f"lúc ghi mốc có {head.position} mục, nay còn {chain.count()}."
            )
        if found != head.hash:
            raise AppError(f"Nhật ký của đơn vị {head.unit}: mục thứ {head.position} không còn như lúc ghi mốc.")


def read(data: Any) -> tuple[Head, ...]:
    """What a kept file says, or ``UnfitAnchor`` with the place and the reason."""
    top = _Node(data, "tệp mốc")
    if top.mapping().get("schema") != SCHEMA:
        raise UnfitAnchor(f"Tệp mốc không ghi schema là {SCHEMA}.")
    top.only("schema at chains")
    return tuple(_head(node) for node in top.nodes("chains", most=1_000_000))


def write(path: str, kept: Iterable[Head]) -> None:
    """In one stroke: a full disk leaves the file that was there."""
    content = {
        "schema": SCHEMA,
        "at": timezone.localtime().isoformat(timespec="seconds"),
        "chains": [asdict(head) for head in kept],
    }
    part = Path(f"{path}.part")
    try:
        part.write_text(json.dumps(content, indent=1) + "\n", encoding="utf-8")
        os.replace(part, path)
    except OSError:
        raise AppError(f"Không ghi được tệp mốc {path}.") from None


def _head(node: _Node) -> Head:
    node.only("unit position hash")
    return Head(
        node.integer("unit", 0, _LARGEST_ID),
        node.integer("position", 1, _LARGEST_ID),
        node.line("hash", _HASH_LETTERS, required=True),
    )
