"""Writes: a unit's own kinds of duties."""

from __future__ import annotations

import hashlib
import json
from typing import Any

from django.db import transaction

from core import audit
from core.errors import UnfitField
from core.states import EditedMeanwhile
from core.text import fold
from plans import cleaning
from plans.duties.types.steps import as_json, of_json, read_steps, written
from plans.models import DutyType
from units.models import Unit

_LONGEST_NAME = 200


@transaction.atomic
def add_type(unit: Unit, *, actor: Any, name: str, steps: str) -> DutyType:
    """``steps``: a line each. The same one sent twice is made once. Raise ``UnfitField``."""
    unit = Unit.objects.select_for_update(of=("self",)).get(pk=unit.pk)  # two clicks wait for each other here
    name, read = _name(name), as_json(read_steps(steps))
    there = _of_name(unit.pk, name)
    if there is not None:
        if (there.name, there.steps) == (name, read):
            return there
        raise UnfitField("name", "Đơn vị đã có loại việc tên này; hãy sửa loại ấy, hoặc đặt tên khác.")
    row = DutyType.objects.create(unit=unit, name=name, steps=read)
    _tell("plans.duty_type.added", row, actor, {"name": (None, name), "steps": (None, _told(row))})
    return row


@transaction.atomic
def change_type(row: DutyType, *, actor: Any, was: str, name: str, steps: str) -> DutyType:
    """``was``: ``mark_of`` the row as the page showed it. Raise ``UnfitField``, or ``EditedMeanwhile``."""
    row = DutyType.objects.select_for_update(of=("self",)).get(pk=row.pk)
    name, read = _name(name), as_json(read_steps(steps))
    if (row.name, row.steps) == (name, read):
        return row
    if mark_of(row) != was:
        raise EditedMeanwhile
    other = _of_name(row.unit_id, name)
    if other is not None and other.pk != row.pk:
        raise UnfitField("name", "Đơn vị đã có loại việc tên này; hãy đặt tên khác.")
    before = {"name": row.name, "steps": _told(row)}
    row.name, row.steps = name, read
    row.save(update_fields=["name", "steps"])
    changes = audit.differences(before, {"name": name, "steps": _told(row)})
    _tell("plans.duty_type.changed", row, actor, changes)
    return row


@transaction.atomic
def remove_type(row: DutyType, *, actor: Any) -> None:
    """Duties that were counted back by it keep their milestones."""
    _tell("plans.duty_type.removed", row, actor, {"name": (row.name, None), "steps": (_told(row), None)})
    row.delete()


def mark_of(row: DutyType) -> str:
    """What a page remembers of the row that it shows, to tell whether somebody changed it meanwhile."""
    return hashlib.sha256(json.dumps([row.name, row.steps], ensure_ascii=False).encode()).hexdigest()[:16]


def _name(name: str) -> str:
    name = " ".join(cleaning.line("name", name, _LONGEST_NAME).split())
    if not name:
        raise UnfitField("name", "Tên loại việc còn trống.")
    return name


def _of_name(unit_id: int, name: str) -> DutyType | None:
    """Marks and capitals make no other name."""
    rows = DutyType.objects.filter(unit=unit_id)
    return next((row for row in rows if fold(row.name) == fold(name)), None)


def _told(row: DutyType) -> str:
    return written(of_json(row.steps))


def _tell(code: str, row: DutyType, actor: Any, changes: audit.Changes) -> None:
    audit.record(code, row, actor=actor, unit_id=row.unit_id, changes=changes)
