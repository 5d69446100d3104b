"""Writes on whole sets: begun, changed, published, copied, thrown away. A published set never changes again."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from decimal import Decimal
from typing import Any

from django.db import IntegrityError, models, transaction
from django.utils import timezone

from campaigns.figures import show_figure
from clusters.criteria.tree import in_order
from clusters.criteria.values import SetValues, checked_set, set_values
from clusters.models import CriteriaSet, Criterion
from clusters.scheme import faults_in
from clusters.standing import scheme_of
from clusters.states import SET_MOVES, SetState
from core import audit
from core.errors import AppError, UnfitField
from core.states import EditedMeanwhile, claim_version, move
from units.models import Unit

ASIDE = 1_000_000
"""Rows pass through places far from every real one: databases look at each row of an UPDATE singly."""


class AlreadyPublished(AppError):
    message = "Bộ tiêu chí đã ban hành thì không sửa được nữa. Hãy lập bộ mới từ bộ này rồi sửa ở bộ mới."


class NotPublishable(AppError):
    message = "Bộ tiêu chí chưa có tiêu chí nào để ban hành."


class HasFaults(NotPublishable):
    def __init__(self, count: int) -> None:
        super().__init__(f"Còn {count} chỗ cần sửa, ghi ở từng dòng của bảng. Sửa xong rồi ban hành.")


class InUse(AppError):
    message = "Bộ tiêu chí này đang dùng cho một năm thi đua nên không xóa được. Hãy chọn bộ khác cho năm đó trước."


def claim(criteria_set: CriteriaSet, version: int) -> None:
    """What every writing act begins with. Raise ``AlreadyPublished``, ``EditedMeanwhile``."""
    try:
        claim_version(criteria_set, version, state=SetState.DRAFT)
    except EditedMeanwhile:
        if CriteriaSet.objects.filter(pk=criteria_set.pk).exclude(state=SetState.DRAFT).exists():
            raise AlreadyPublished from None
        raise


@transaction.atomic
def create_set(unit: Unit, *, values: SetValues, actor: Any) -> CriteriaSet:
    values = checked_set(values, unit.pk)
    made = _made(unit, values)
    audit.record("clusters.set.created", made, actor=actor, unit_id=unit.pk, changes=_filled(values))
    return made


def _made(unit: Unit, values: SetValues, **more: Any) -> CriteriaSet:
    _refuse_double(unit.pk, values, None)
    try:
        with transaction.atomic():
            return CriteriaSet.objects.create(unit=unit, **_fields(values), **more)
    except IntegrityError:
        raise _double(values) from None


@transaction.atomic
def change_set(
    criteria_set: CriteriaSet, *, values: SetValues, tie_break: list[str] | None, version: int, actor: Any
) -> None:
    """``tie_break``: codes, the weightiest first; None leaves the order as it is."""
    values = checked_set(values, criteria_set.unit_id)
    claim(criteria_set, version)
    _refuse_double(criteria_set.unit_id, values, criteria_set.pk)
    before = CriteriaSet.objects.select_related("cluster").get(pk=criteria_set.pk)
    changes = audit.differences(_told(set_values(before)), _told(values))
    for name, value in _fields(values).items():
        setattr(criteria_set, name, value)
    criteria_set.save(update_fields=list(_fields(values)))
    if tie_break is not None:
        changes |= _tied(criteria_set, tie_break)
    if changes:
        _record("changed", criteria_set, actor, changes)


def _tied(criteria_set: CriteriaSet, codes: list[str]) -> dict[str, tuple[str, str]]:
    rows = {row.code: row for row in criteria_set.criteria.all()}
    if unknown := [code for code in codes if code not in rows]:
        raise UnfitField("tie_break", f"Không có tiêu chí mã «{unknown[0][:40]}» trong bộ này.")
    if len(set(codes)) != len(codes):
        raise UnfitField("tie_break", "Có mã ghi hai lần.")
    before = tie_codes(list(rows.values()))
    if before == codes:
        return {}
    criteria_set.criteria.update(tie_order=None)
    for order, code in enumerate(codes, start=1):
        Criterion.objects.filter(pk=rows[code].pk).update(tie_order=order)
    return {"tie_break": ("; ".join(before), "; ".join(codes))}


def tie_codes(rows: list[Criterion]) -> list[str]:
    return [row.code for row in sorted(rows, key=lambda row: row.tie_order or 0) if row.tie_order is not None]


@transaction.atomic
def discard_set(criteria_set: CriteriaSet, *, version: int, actor: Any) -> None:
    """A draft that nobody needs. Raise ``InUse``."""
    claim(criteria_set, version)
    if criteria_set.seasons.exists():
        raise InUse
    _record("discarded", criteria_set, actor, {"name": (criteria_set.name, None)})
    try:
        criteria_set.delete()
    except models.ProtectedError:
        raise InUse from None


@transaction.atomic
def publish_set(criteria_set: CriteriaSet, *, version: int, actor: Any, at: dt.datetime | None = None) -> None:
    """Only what adds up. Raise ``HasFaults``, ``NotPublishable``, ``AlreadyPublished``, ``EditedMeanwhile``."""
    claim(criteria_set, version)
    rows = list(criteria_set.criteria.all())
    scheme = scheme_of(criteria_set, rows)
    if not any(True for _ in scheme.leaves()):
        raise NotPublishable
    if faults := faults_in(scheme):
        raise HasFaults(len(faults))
    move(
        criteria_set,
        SetState.PUBLISHED,
        SET_MOVES,
        actor=actor,
        unit_id=criteria_set.unit_id,
        code="clusters.set.published",
        published_at=at or timezone.now(),
    )


@transaction.atomic
def copy_set(source: CriteriaSet, unit: Unit, *, values: SetValues, actor: Any) -> CriteriaSet:
    """Next year's draft: the same rows, to be changed. Of another unit's published set likewise."""
    values = checked_set(values, unit.pk)
    made = _made(unit, values, copied_from=source)
    twins: dict[int | None, int | None] = {None: None}
    for _, row in in_order(source.criteria.all()):
        old = row.pk
        row.pk, row.set, row.parent_id = None, made, twins[row.parent_id]
        row._state.adding = True
        row.save(force_insert=True)
        twins[old] = row.pk
    changes = {**_filled(values), "copied_from": (None, source.name)}
    audit.record("clusters.set.copied", made, actor=actor, unit_id=unit.pk, changes=changes)
    return made


def copy_proposed(source: CriteriaSet) -> SetValues:
    """Of the year after, under the name that says so."""
    values = set_values(source)
    name = source.name.replace(str(source.year), str(source.year + 1))
    return replace(values, year=source.year + 1, name=name)


# -- Shared ----------------------------------------------------------------------------------


def number_anew(criteria_set: CriteriaSet, wanted: dict[int, tuple[int, int | None]]) -> None:
    """``wanted``: row → its order and its parent. Two statements however many rows move."""
    wrong = [row for row in criteria_set.criteria.all() if (row.order, row.parent_id) != wanted[row.pk]]
    Criterion.objects.filter(pk__in=[row.pk for row in wrong]).update(order=models.F("order") + ASIDE)
    for row in wrong:
        row.order, row.parent_id = wanted[row.pk]
    Criterion.objects.bulk_update(wrong, ["order", "parent"])


def _record(act: str, criteria_set: CriteriaSet, actor: Any, changes: audit.Changes) -> None:
    audit.record(f"clusters.set.{act}", criteria_set, actor=actor, unit_id=criteria_set.unit_id, changes=changes)


def _fields(values: SetValues) -> dict[str, Any]:
    return {name: getattr(values, name) for name in SetValues.__dataclass_fields__}


def _told(values: SetValues) -> dict[str, Any]:
    """5 and 5.0000 are one figure."""
    return {
        name: show_figure(value) if isinstance(value, Decimal) else value for name, value in _fields(values).items()
    }


def _filled(values: SetValues) -> dict[str, tuple[None, Any]]:
    return {name: (None, value) for name, value in _told(values).items() if value not in (None, "")}


def _refuse_double(unit_id: int, values: SetValues, own: int | None) -> None:
    there = CriteriaSet.objects.filter(unit=unit_id, year=values.year, name=values.name).exclude(pk=own or 0)
    if there.exists():
        raise _double(values)


def _double(values: SetValues) -> UnfitField:
    return UnfitField("name", f"Năm {values.year} đã có bộ tiêu chí tên này. Hãy đặt tên khác.")
