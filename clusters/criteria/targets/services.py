"""Writes: targets given to members. Each cell names what the person saw there; two people clash only in one cell."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction

from campaigns.figures import show_figure
from clusters.criteria.targets.selectors import OF_TARGETS, given, may_give
from clusters.criteria.targets.values import Cells, Given, Key
from clusters.models import Assignment, Criterion, Member, Season
from core import audit
from core.errors import AppError


class MayNotGive(AppError):
    message = "Bạn không ghi chỉ tiêu của đơn vị này được, hoặc đã qua lúc ghi."


class UnfitTarget(AppError):
    """``key`` says where."""

    def __init__(self, key: Key, message: str) -> None:
        super().__init__(message)
        self.key = key


@dataclass(frozen=True, slots=True)
class Saved:
    changed: int
    clashes: Mapping[Key, Given] = field(default_factory=dict)
    """Cells that somebody else wrote meanwhile, with what stands there now; these were not written."""


@transaction.atomic
def give_targets(season: Season, cells: Cells, *, seen: Cells, actor: Any) -> Saved:
    """``seen``: what stood in each of these cells when the person looked. Raise ``MayNotGive``, ``UnfitTarget``."""
    audit.wait_for_turn(season.unit_id)  # whoever writes here reads what the one before has committed
    fresh = Season.objects.select_related("cluster").get(pk=season.pk)
    members = {row.pk: row for row in fresh.members.select_related("unit", "part")}
    criteria = {row.pk: row for row in Criterion.objects.filter(set=fresh.criteria_id).exclude(kind="")}
    _refuse_unfit(fresh, cells, members, criteria, actor)
    there = given(fresh)
    changes: dict[str, tuple[str, str]] = {}
    clashes: dict[Key, Given] = {}
    for key, wanted in cells.items():
        stands = there.get(key, Given())
        if stands == wanted:
            continue
        if stands != seen.get(key, Given()):
            clashes[key] = stands
            continue
        _write(key, wanted, actor)
        member, criterion = members[key[0]], criteria[key[1]]
        changes[f"{criterion.code}, {member.name}"] = (str(stands), str(wanted))
    if changes:
        audit.record("clusters.targets.given", season, actor=actor, unit_id=season.unit_id, changes=changes)
    return Saved(len(changes), clashes)


def _refuse_unfit(
    season: Season, cells: Cells, members: Mapping[int, Member], criteria: Mapping[int, Criterion], actor: Any
) -> None:
    for pk in {member for member, _ in cells}:
        if pk not in members or not may_give(actor, season, members[pk]):
            raise MayNotGive
    for key, wanted in cells.items():
        criterion = criteria.get(key[1])
        if criterion is None:
            raise UnfitTarget(key, "Tiêu chí này không có trong bộ tiêu chí của năm.")
        if wanted.target is not None and criterion.kind not in OF_TARGETS:
            raise UnfitTarget(
                key, f"Tiêu chí này không tính theo kế hoạch nên không ghi số {show_figure(wanted.target)} được."
            )


def _write(key: Key, wanted: Given, actor: Any) -> None:
    member, criterion = key
    if wanted.is_blank:
        Assignment.objects.filter(member=member, criterion=criterion).delete()
        return
    Assignment.objects.update_or_create(
        member_id=member,
        criterion_id=criterion,
        defaults={"target": wanted.target, "is_assigned": wanted.is_assigned, "by": actor},
    )
