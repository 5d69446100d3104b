"""The history of an object as people read it: one line per person and ten minutes, open to the single changes.

Entries carry dotted codes; the app that writes a code registers its words in
``AppConfig.ready()``.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from typing import Any

from django.apps import apps
from django.core.exceptions import FieldDoesNotExist
from django.db import models

from core.models import AuditEntry

_TOGETHER = dt.timedelta(minutes=10)
_LONGEST = 200
"""Letters; of longer texts only the changed places are told."""
_LONGEST_NAME = 100
_WORDS_AROUND = 6
_HASH = re.compile(r"… \(SHA-256 [0-9a-f]{64}\)$")
"""What ``core.audit`` puts in place of the rest of a text over 2,000 letters."""
_PARTIAL_DATE = re.compile(r"\d{4}-(0[1-9]|1[0-2])")
_words: dict[str, str] = {}


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of words that stayed (``kept``), went (``gone``) or came (``new``)."""

    kind: str
    text: str


@dataclass(frozen=True, slots=True)
class Change:
    """One field's old and new value; ``pieces`` instead of them where a long text changed in places."""

    name: str
    old: str
    new: str
    pieces: tuple[Piece, ...] = ()


@dataclass(slots=True)
class HistoryLine:
    at: dt.datetime
    who: str
    what: str
    changes: list[Change] = field(default_factory=list)


def register_words(words: Mapping[str, str]) -> None:
    """Code → what was done, in words: ``{"units.part.added": "Thêm bộ phận"}``; likewise names that are no fields."""
    _words.update(words)


def history_lines(*subjects: models.Model | Iterable[models.Model], last: int = 200) -> list[HistoryLine]:
    """The newest first, in one query. Acts of one kind by one person on one object within ten minutes are one line.

    Several subjects are told together: a plan, its sections, its tasks.
    """
    return lines_of(_entries(subjects)[:last])


def lines_of(entries: Iterable[AuditEntry], *, whole: models.Model | None = None) -> list[HistoryLine]:
    """Of entries that were read, the newest first; of parts of ``whole`` it is said which of them."""
    lines: list[HistoryLine] = []
    later: AuditEntry | None = None
    for entry in entries:
        changes = _changes(entry)
        if later is not None and _belong_together(entry, later):
            lines[-1].changes.extend(changes)
        else:
            who, what = str(entry.actor or "Chương trình"), _words.get(entry.code, "Thay đổi")
            lines.append(HistoryLine(entry.at, who, f"{what}{_of_part(entry, whole)}", changes))
        later = entry
    return lines


def _of_part(entry: AuditEntry, whole: models.Model | None) -> str:
    if whole is None or (entry.subject_type, entry.subject_id) == (whole._meta.label_lower, whole.pk):
        return ""
    label = entry.subject_label
    return f": {label if len(label) <= _LONGEST_NAME else f'{label[:_LONGEST_NAME]}…'}"


def _entries(subjects: Iterable[models.Model | Iterable[models.Model]]) -> models.QuerySet[AuditEntry]:
    ids: dict[str, list[int]] = {}
    for subject in subjects:
        for row in [subject] if isinstance(subject, models.Model) else subject:
            ids.setdefault(row._meta.label_lower, []).append(row.pk)
    any_of = models.Q(pk__in=[])
    for kind, pks in ids.items():
        any_of |= models.Q(subject_type=kind, subject_id__in=pks)
    return AuditEntry.objects.filter(any_of).select_related("actor__person")


def _belong_together(entry: AuditEntry, later: AuditEntry) -> bool:
    """States and signatures keep a line of their own."""
    keys = ("code", "actor_id", "subject_type", "subject_id")
    same = all(getattr(entry, key) == getattr(later, key) for key in keys)
    return same and later.at - entry.at <= _TOGETHER and "state" not in entry.changes


def _changes(entry: AuditEntry) -> list[Change]:
    model = apps.get_model(entry.subject_type)
    in_order = sorted(entry.changes.items())  # PostgreSQL keeps the keys of JSON in an order of its own
    return [_change(model, name, old, new) for name, (old, new) in in_order]


def _change(model: type[models.Model], name: str, old: Any, new: Any) -> Change:
    choices = _choices(model, name)
    are_texts = isinstance(old, str) and isinstance(new, str)
    pieces = _pieces(old, new) if are_texts and old and new and max(len(old), len(new)) > _LONGEST else ()
    return Change(_label(model, name), _show(old, choices), _show(new, choices), pieces)


def _label(model: type[models.Model], name: str) -> str:
    try:
        field = model._meta.get_field(name)
    except FieldDoesNotExist:
        return _words.get(name, name)
    if field.auto_created and field.related_model is not None:
        return str(field.related_model._meta.verbose_name_plural)
    return str(getattr(field, "verbose_name", name))


def _choices(model: type[models.Model], name: str) -> dict[Any, str]:
    try:
        field = model._meta.get_field(name)
    except FieldDoesNotExist:
        return {}
    return {value: str(words) for value, words in getattr(field, "flatchoices", ())}


def _show(value: Any, choices: Mapping[Any, str]) -> str:
    if value is None or value == "":
        return "(trống)"
    if isinstance(value, bool):
        return "có" if value else "không"
    if isinstance(value, list):
        return ", ".join(map(str, value))[:_LONGEST]
    if value in choices:
        return choices[value]
    text = str(value)
    if _PARTIAL_DATE.fullmatch(text):
        year, month = text.split("-")
        return f"{month}/{year}"
    with suppress(ValueError):
        text = f"{dt.date.fromisoformat(text):%d/%m/%Y}" if len(text) == len("2026-01-31") else text
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"


def _pieces(old: str, new: str) -> tuple[Piece, ...]:
    """The changed places with a few words around each; what stayed between them is ``…``."""
    before, after = _split(old), _split(new)
    steps = SequenceMatcher(None, before, after, autojunk=False).get_opcodes()
    pieces: list[Piece] = []
    for place, (step, first, last, new_first, new_last) in enumerate(steps):
        if step == "equal":
            words = before[first:last]
            pieces.append(Piece("kept", _around(words, at_start=place == 0, at_end=place == len(steps) - 1)))
            continue
        pieces += [Piece("gone", _cut("".join(before[first:last])))] if last > first else []
        pieces += [Piece("new", _cut("".join(after[new_first:new_last])))] if new_last > new_first else []
    if all(piece.kind == "kept" for piece in pieces):
        return (Piece("kept", "(đoạn sau 2.000 chữ đầu đã sửa)"),)
    return tuple(pieces)


def _split(text: str) -> list[str]:
    """Words, each with the blanks after it."""
    return re.findall(r"\s*\S+\s*?(?=\s|$)", _HASH.sub("…", text))


def _around(words: list[str], *, at_start: bool, at_end: bool) -> str:
    head = [] if at_start else words[:_WORDS_AROUND]
    tail = [] if at_end else words[-_WORDS_AROUND:]
    if len(head) + len(tail) >= len(words):
        return "".join(words)
    return "".join([*head, " … ", *tail])


def _cut(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"
