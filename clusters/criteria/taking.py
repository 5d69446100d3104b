"""Writes: rows of a sheet in our own layout, known again by their codes; what is not in the sheet stays."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction

from clusters.criteria.editing import as_text
from clusters.criteria.services import ASIDE, claim, number_anew
from clusters.criteria.tree import grown, places
from clusters.criteria.values import MOST_CRITERIA, MOST_LEVELS, NAMES, CriterionValues, checked
from clusters.models import CriteriaSet, Criterion
from core import audit
from core.errors import AppError


class UnfitTree(AppError):
    message = "Bảng không thành cây được: có nhóm nằm trong chính nó, hoặc nhiều cấp quá."


@dataclass(frozen=True, slots=True)
class TakenRow:
    values: CriterionValues
    parent: str
    """Its group's code; empty at the top."""
    pk: int | None = None


@transaction.atomic
def take_rows(criteria_set: CriteriaSet, rows: Sequence[TakenRow], *, version: int, actor: Any) -> int:
    """How many rows changed or came. Raise ``UnfitField``, ``UnfitTree``, ``EditedMeanwhile``."""
    claim(criteria_set, version)
    before = as_text(criteria_set)
    own = {row.pk: row for row in criteria_set.criteria.all()}
    if len(own) + sum(row.pk is None for row in rows) > MOST_CRITERIA:
        raise UnfitTree(f"Một bộ có nhiều nhất {MOST_CRITERIA} dòng.")
    written = []
    for place, row in enumerate(rows):
        target = own[row.pk] if row.pk is not None else Criterion(set=criteria_set, order=ASIDE + place)
        values = checked(row.values)
        for name in NAMES:
            setattr(target, name, getattr(values, name))
        target.save()
        written.append(target)
    by_code = {row.code: row for row in (*own.values(), *written)}
    for row, target in zip(rows, written, strict=True):
        parent = by_code.get(row.parent) if row.parent else None
        if row.parent and (parent is None or parent.kind):
            raise UnfitTree(f"Dòng {row.values.code}: «{row.parent}» không phải một nhóm của bộ này.")
        target.parent = parent
        target.save(update_fields=["parent"])
    _number(criteria_set)
    audit.record(
        "clusters.criteria.imported",
        criteria_set,
        actor=actor,
        unit_id=criteria_set.unit_id,
        changes={"criteria_text": (before, as_text(criteria_set))},
    )
    return len(rows)


def _number(criteria_set: CriteriaSet) -> None:
    rows = list(criteria_set.criteria.all())
    root = grown(rows)
    wanted = places(root)
    if len(wanted) != len(rows) or root.height - 1 > MOST_LEVELS:
        raise UnfitTree
    if full := [one for one in rows if one.kind and any(row.parent_id == one.pk for row in rows)]:
        raise UnfitTree(f"«{full[0].code}» có cách tính điểm nên không chứa dòng con được.")
    number_anew(criteria_set, wanted)
