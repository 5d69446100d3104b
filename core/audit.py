"""The audit chain: who did what to which thing, in the transaction that did it.

Services call ``record``; nothing else writes entries and nobody changes them. On
PostgreSQL the application's role has no right to (``prepare_database``).
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db import connection, models
from django.utils import timezone

from core.models import SYSTEM_CHAIN, AuditEntry

_FIRST_HASH = "0" * 64
_LOCK_CLASS = 0x7464
"""Keeps our advisory locks apart from any other use of PostgreSQL's."""
_SECRET_WORDS = ("password", "secret", "token", "identity_number")
_LONGEST_VALUE = 2_000

Changes = Mapping[str, tuple[Any, Any]]
"""Field name → (old value, new value)."""


@dataclass(frozen=True, slots=True)
class BrokenLink:
    """The first entry of a chain that does not fit the one before it or its own hash."""

    entry_id: int
    unit_id: int
    position: int
    why: str


@dataclass(frozen=True, slots=True)
class Act:
    code: str
    subject: models.Model
    changes: Changes


def record(
    code: str, subject: models.Model, *, actor: Any, unit_id: int | None, changes: Changes | None = None
) -> None:
    """Append one entry to the unit's chain. Call inside the transaction of the act.

    Acts of one unit stand in line here until the one before has committed: nobody can
    lose its place again and again, however many write at once.
    """
    record_many([Act(code, subject, changes or {})], actor=actor, unit_id=unit_id)


def record_many(acts: Iterable[Act], *, actor: Any, unit_id: int | None) -> None:
    """Append an entry for each, in a number of queries that does not grow with them."""
    chain = unit_id or SYSTEM_CHAIN
    wait_for_turn(chain)
    last = AuditEntry.objects.filter(unit_id=chain).order_by("-position").values("position", "hash").first()
    position, previous = (last["position"], last["hash"]) if last else (0, _FIRST_HASH)
    entries: list[AuditEntry] = []
    for act in acts:
        position += 1
        entry = AuditEntry(
            unit_id=chain,
            at=timezone.now(),
            actor=actor if actor is not None and actor.pk else None,
            code=act.code,
            subject_type=act.subject._meta.label_lower,
            subject_id=act.subject.pk,
            subject_label=str(act.subject)[:300],
            changes=_plain(act.changes),
            position=position,
            previous_hash=previous,
        )
        entry.hash = previous = _hash_of(entry)
        entries.append(entry)
    AuditEntry.objects.bulk_create(entries)


def wait_for_turn(chain: int) -> None:
    """Held until the transaction ends. SQLite needs none: its writers already stand in one line."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", [_LOCK_CLASS, chain])


def differences(before: Mapping[str, Any], after: Mapping[str, Any]) -> dict[str, tuple[Any, Any]]:
    """What really changed between two sets of field values."""
    return {name: (before.get(name), value) for name, value in after.items() if before.get(name) != value}


def history_of(subject: models.Model, *parts: models.QuerySet) -> models.QuerySet[AuditEntry]:
    """The acts on ``subject`` and on the rows that make it up."""
    whose = models.Q(subject_type=subject._meta.label_lower, subject_id=subject.pk)
    for rows in parts:
        whose |= models.Q(subject_type=rows.model._meta.label_lower, subject_id__in=rows.order_by().values("pk"))
    return AuditEntry.objects.filter(whose).select_related("actor__person")


def first_broken_link(unit_id: int) -> BrokenLink | None:
    """Walk the unit's chain from its start; None when every link holds."""
    expected_hash, expected_position = _FIRST_HASH, 1
    for entry in AuditEntry.objects.filter(unit_id=unit_id).order_by("position").iterator(chunk_size=2_000):
        why = ""
        if entry.position != expected_position:
            why = f"thiếu mục thứ {expected_position}"
        elif entry.previous_hash != expected_hash:
            why = "không nối với mục trước"
        elif entry.hash != _hash_of(entry):
            why = "nội dung đã bị sửa"
        if why:
            return BrokenLink(entry.pk, unit_id, entry.position, why)
        expected_hash, expected_position = entry.hash, entry.position + 1
    return None


def chains() -> Iterable[int]:
    return AuditEntry.objects.order_by("unit_id").values_list("unit_id", flat=True).distinct()


def _hash_of(entry: AuditEntry) -> str:
    content = [
        entry.previous_hash,
        entry.unit_id,
        entry.position,
        entry.at.isoformat(),
        entry.actor_id,
        entry.code,
        entry.subject_type,
        entry.subject_id,
        entry.subject_label,
        entry.changes,
    ]
    text = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"), cls=DjangoJSONEncoder)
    return hashlib.sha256(text.encode()).hexdigest()


def _plain(changes: Changes) -> dict[str, list[Any]]:
    """As JSON will give it back, so that the hash is the same before and after storing."""
    readable = {
        name: ["•••", "•••"] if any(word in name for word in _SECRET_WORDS) else [_short(old), _short(new)]
        for name, (old, new) in changes.items()
    }
    return json.loads(json.dumps(readable, cls=DjangoJSONEncoder))


def _short(value: Any) -> Any:
    """Rows by their words; long texts by start and hash, so that the chain proves them without storing them twice."""
    if isinstance(value, models.Model):
        return str(value)
    if isinstance(value, str) and len(value) > _LONGEST_VALUE:
        return f"{value[:_LONGEST_VALUE]}… (SHA-256 {hashlib.sha256(value.encode()).hexdigest()})"
    return value
