"""Writes: who sits in a unit's council, from when to when; and who did on a day."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import Max, Q, QuerySet

from awards.models import CouncilMember, Seat
from core import audit
from core.errors import AppError, UnfitField
from units.models import Person, Unit

MOST_ORDER = 999


class SatAlready(AppError):
    message = "Người này đã dự phiên họp nên không xóa được. Hãy ghi ngày thôi làm thành viên."


@dataclass(frozen=True, slots=True)
class MemberData:
    person: Person
    role: str = CouncilMember.Role.MEMBER
    is_standing: bool = False
    order: int | None = None
    """None: the last."""
    valid_from: dt.date | None = None
    valid_to: dt.date | None = None


def in_force(day: dt.date) -> Q:
    return (Q(valid_from=None) | Q(valid_from__lte=day)) & (Q(valid_to=None) | Q(valid_to__gte=day))


def council_on(unit_id: int, day: dt.date, *, standing_only: bool = False) -> QuerySet[CouncilMember]:
    """The council of that day, in its order."""
    rows = CouncilMember.objects.filter(in_force(day), unit=unit_id).select_related("person")
    return (rows.filter(is_standing=True) if standing_only else rows).order_by("order", "pk")


@transaction.atomic
def add_member(unit: Unit, *, actor: Any, data: MemberData) -> CouncilMember:
    """Raise ``UnfitField``."""
    audit.wait_for_turn(unit.pk)
    _check(unit.pk, data)
    last = CouncilMember.objects.filter(unit=unit).aggregate(last=Max("order"))["last"] or 0
    order = min(last + 1, MOST_ORDER) if data.order is None else data.order
    member = CouncilMember.objects.create(unit=unit, **{**_fields(data), "order": order})
    changes = {name: (None, value) for name, value in _told(data).items() if value}
    audit.record("awards.council.added", member, actor=actor, unit_id=unit.pk, changes=changes)
    return member


@transaction.atomic
def change_member(member: CouncilMember, *, actor: Any, data: MemberData) -> None:
    """What sittings have copied stays as it was. Raise ``UnfitField``."""
    audit.wait_for_turn(member.unit_id)
    _check(member.unit_id, data, member.pk)
    before = _told(_data_of(member))
    fields = _fields(data)
    if data.order is None:
        del fields["order"]
    for name, value in fields.items():
        setattr(member, name, value)
    member.save(update_fields=list(fields))
    changes = audit.differences(before, _told(_data_of(member)))
    if changes:
        audit.record("awards.council.changed", member, actor=actor, unit_id=member.unit_id, changes=changes)


@transaction.atomic
def remove_member(member: CouncilMember, *, actor: Any) -> None:
    """One that was entered by mistake. Raise ``SatAlready``."""
    audit.wait_for_turn(member.unit_id)
    if Seat.objects.filter(member=member).exists():
        raise SatAlready
    audit.record("awards.council.removed", member, actor=actor, unit_id=member.unit_id)
    member.delete()


def _check(unit_id: int, data: MemberData, pk: int | None = None) -> None:
    if data.person.unit_id != unit_id:
        raise UnfitField("person", "Chọn người trong danh sách Nhân sự của đơn vị.")
    if data.valid_from and data.valid_to and data.valid_to < data.valid_from:
        raise UnfitField("valid_to", "Ngày thôi trước ngày bắt đầu; hãy xem lại.")
    if data.order is not None and not 0 <= data.order <= MOST_ORDER:
        raise UnfitField("order", f"Ghi số từ 0 đến {MOST_ORDER}.")
    others = CouncilMember.objects.filter(unit=unit_id).exclude(pk=pk or 0)
    if data.valid_to is not None:
        others = others.filter(Q(valid_from=None) | Q(valid_from__lte=data.valid_to))
    if data.valid_from is not None:
        others = others.filter(Q(valid_to=None) | Q(valid_to__gte=data.valid_from))
    if others.filter(person=data.person).exists():
        raise UnfitField("person", "Người này đã là thành viên trong thời gian đó.")
    if data.role == CouncilMember.Role.CHAIR and others.filter(role=CouncilMember.Role.CHAIR).exists():
        raise UnfitField("role", "Thời gian đó đã có Chủ tịch Hội đồng; hãy ghi ngày thôi của người trước.")


def _fields(data: MemberData) -> dict[str, Any]:
    return {name: getattr(data, name) for name in MemberData.__slots__}


def _data_of(member: CouncilMember) -> MemberData:
    return MemberData(**{name: getattr(member, name) for name in MemberData.__slots__})


def _told(data: MemberData) -> dict[str, Any]:
    return {**{name: getattr(data, name) for name in MemberData.__slots__}, "person": str(data.person)}
