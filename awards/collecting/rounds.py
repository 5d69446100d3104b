"""Writes: a round is made, changed, moved on and back; one in which nothing stands yet may go."""

from __future__ import annotations

from dataclasses import fields
from typing import Any

from django.db import transaction

from awards.collecting.values import RoundData, cleaned_round, told
from awards.models import Round
from awards.states import ROUND_MOVES
from core import audit, states
from core.errors import AppError, UnfitField
from core.states import claim_version
from units.models import Unit

_FIELDS = tuple(field.name for field in fields(RoundData))


class NotEmpty(AppError):
    message = "Đợt xét đã có danh sách, phiên họp hoặc quyết định nên không xóa được."


@transaction.atomic
def create_round(unit: Unit, *, actor: Any, data: RoundData) -> Round:
    """Raise ``UnfitField``."""
    data = cleaned_round(data)
    audit.wait_for_turn(unit.pk)
    _refuse_second(unit.pk, data, None)
    values = _values(data)
    found = Round.objects.create(unit=unit, by=actor, **values)
    changes = {name: (None, value) for name, value in told(values).items() if value}
    audit.record("awards.round.created", found, actor=actor, unit_id=unit.pk, changes=changes)
    return found


@transaction.atomic
def change_round(found: Round, *, actor: Any, version: int, data: RoundData) -> None:
    """Rows keep the kind and year that they have. Raise ``UnfitField``, or ``EditedMeanwhile``."""
    data = cleaned_round(data)
    audit.wait_for_turn(found.unit_id)
    _refuse_second(found.unit_id, data, found.pk)
    before, after = {name: getattr(found, name) for name in _FIELDS}, _values(data)
    changes = audit.differences(told(before), told(after))
    if not changes:
        return
    claim_version(found, version)
    for name, value in after.items():
        setattr(found, name, value)
    found.save(update_fields=_FIELDS)
    audit.record("awards.round.changed", found, actor=actor, unit_id=found.unit_id, changes=changes)


@transaction.atomic
def move_round(found: Round, *, actor: Any, to: str) -> None:
    """Raise ``MoveRefused`` or ``MovedMeanwhile``."""
    audit.wait_for_turn(found.unit_id)
    states.move(found, to, ROUND_MOVES, actor=actor, unit_id=found.unit_id, code="awards.round.moved")


@transaction.atomic
def discard_round(found: Round, *, actor: Any) -> None:
    """Made by mistake. Raise ``NotEmpty``."""
    audit.wait_for_turn(found.unit_id)
    rows = (found.proposals, found.sittings, found.decisions, found.consultations, found.papers)
    if found.request_id or any(one.exists() for one in rows):
        raise NotEmpty
    audit.record("awards.round.discarded", found, actor=actor, unit_id=found.unit_id)
    found.delete()


def data_of(found: Round) -> RoundData:
    values = {name: getattr(found, name) for name in _FIELDS}
    return RoundData(**values | {"awards": tuple(values["awards"])})


def _values(data: RoundData) -> dict[str, Any]:
    return {name: getattr(data, name) for name in _FIELDS} | {"awards": list(data.awards)}


def _refuse_second(unit_id: int, data: RoundData, own: int | None) -> None:
    if Round.objects.filter(unit=unit_id, year=data.year, name=data.name).exclude(pk=own or 0).exists():
        raise UnfitField("name", f"Năm {data.year} đã có «{data.name}». Đặt tên khác, ví dụ thêm «lần 2».")
