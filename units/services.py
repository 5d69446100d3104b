"""Writes: units and what lies in them. One function a business act, atomic, audited.

Accounts and invitations: ``units.accounts``. The first office: ``units.founding``.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.db import IntegrityError, models, transaction
from django.utils import timezone

from core import audit
from core.errors import AppError
from core.text import clean_line, fold, refuse_markup
from units.models import Issuer, Membership, Part, Person, Succession, Unit, User
from units.naming import NamedUnit, part_kind, unit_of_line
from units.rows import added, check_dates, clean_fields, clean_name, update_row

_OWN_CODE = "M-"
_ATTEMPTS = 10


class UnfitUnit(AppError):
    message = "Thông tin đơn vị chưa hợp lệ."


# -- Units -----------------------------------------------------------------------------


@transaction.atomic
def create_unit(
    *,
    actor: Any,
    kind: str,
    designation: str,
    name: str,
    code: str = "",
    parent: Unit | None = None,
    valid_from: dt.date | None = None,
    valid_to: dt.date | None = None,
    is_verified: bool = True,
    village_word: str = "thôn",
) -> Unit:
    """Add one legal life of a unit. Without ``code`` it gets one of our own: ``M-1``, ``M-2``…"""
    check_dates(valid_from, valid_to)
    fields: dict[str, Any] = {
        "kind": Unit.Kind(kind),
        "designation": clean_name(designation, limit=20, label="Loại đơn vị"),
        "name": clean_name(name, limit=120, label="Tên đơn vị"),
        "parent": parent,
        "valid_from": valid_from,
        "valid_to": valid_to,
        "is_verified": is_verified,
        "village_word": clean_name(village_word, limit=20, label="Tên gọi thôn"),
    }
    if not fields["name"]:
        raise UnfitUnit("Đơn vị phải có tên.")
    unit = _with_code(code, fields)
    audit.record("units.unit.added", unit, actor=actor, unit_id=unit.pk, changes={"name": (None, str(unit))})
    return unit


@transaction.atomic
def update_unit(unit: Unit, *, actor: Any, **fields: Any) -> Unit:
    return update_row(unit, fields, actor=actor, unit_id=unit.pk, code="units.unit.changed")


def unit_for_issuer_line(line: str, *, actor: Any, superior: str = "") -> Unit:
    """The unit that a printed issuer line names, made if need be and marked as not yet compared.

    Only units made this way are reused: a line does not say which of several verified
    units of that name and time it means. ``superior`` becomes the level above where exactly
    one known unit has that name; it keeps two "Phòng Nội vụ" apart.
    """
    named = unit_of_line(clean_line(line, limit=300, name="Tên cơ quan ban hành"))
    parent = _unit_named(unit_of_line(clean_line(superior, limit=300, name="Cơ quan chủ quản")))
    for unit in _units_like(named).filter(is_verified=False):
        if parent is None or unit.parent_id in (None, parent.pk):
            return unit
    return create_unit(
        actor=actor,
        kind=named.kind,
        designation=named.designation,
        name=named.name,
        parent=parent,
        is_verified=False,
    )


@transaction.atomic
def record_succession(
    *,
    actor: Any,
    date: dt.date,
    old: Unit | Part,
    new: Unit | Part,
    is_whole: bool = True,
    note: str = "",
) -> Succession:
    """``new`` takes over from ``old`` on ``date``, all of it or a share. Recording it twice changes nothing."""
    if type(old) is not type(new):
        raise UnfitUnit("Chỉ ghi được kế thừa giữa hai đơn vị, hoặc giữa hai bộ phận.")
    if old.pk == new.pk:
        raise UnfitUnit("Đơn vị cũ và đơn vị mới phải khác nhau.")
    kind = "unit" if isinstance(old, Unit) else "part"
    succession, is_new = Succession.objects.get_or_create(
        **{f"old_{kind}": old, f"new_{kind}": new},
        defaults={"date": date, "is_whole": is_whole, "note": clean_line(note, limit=300, name="Ghi chú")},
    )
    if is_new:
        heir = new.pk if isinstance(new, Unit) else new.unit_id
        audit.record(
            "units.succession.recorded", succession, actor=actor, unit_id=heir, changes={"date": (None, date)}
        )
    return succession


# -- Parts -----------------------------------------------------------------------------


class NamedParts(dict[str, Part]):
    """Name as it was asked for → part."""

    made: tuple[Part, ...] = ()
    """Those that were not there before. Show them: a slip of the finger in a name makes a part too."""


def ensure_parts(unit: Unit, names: Sequence[str], *, actor: Any) -> NamedParts:
    """Each name → the unit's part of exactly that name; the missing ones are made.

    One query when nothing is new. The kind is guessed from the first words and can be
    changed on the part's page. One audit entry for all that were made.
    """
    clean = {name: _part_name(name) for name in names if name.strip()}
    wanted = list(dict.fromkeys(clean.values()))
    found = _parts_by_name(unit, wanted)
    missing = [name for name in wanted if name not in found]
    if missing:
        _add_parts(unit, missing, actor=actor)
        found = _parts_by_name(unit, wanted)
    parts = NamedParts((name, found[key]) for name, key in clean.items())
    parts.made = tuple(found[name] for name in missing)
    return parts


@transaction.atomic
def add_part(unit: Unit, *, actor: Any, **fields: Any) -> Part:
    part = Part(unit=unit, **clean_fields(Part, fields))
    _check_part(part)
    if not fields.get("order"):
        part.order = _next_order(unit)
    part.save()
    audit.record("units.part.added", part, actor=actor, unit_id=unit.pk, changes=added(fields))
    return part


@transaction.atomic
def update_part(part: Part, *, actor: Any, **fields: Any) -> Part:
    return update_row(part, fields, actor=actor, unit_id=part.unit_id, code="units.part.changed", check=_check_part)


@transaction.atomic
def end_part(part: Part, *, actor: Any, last_day: dt.date) -> Part:
    """The part stays on every paper that names it; new plans no longer offer it."""
    return update_row(part, {"valid_to": last_day}, actor=actor, unit_id=part.unit_id, code="units.part.ended")


# -- Issuers ---------------------------------------------------------------------------


@transaction.atomic
def create_issuer(
    unit: Unit,
    *,
    actor: Any,
    name_lines: str,
    superior: str = "",
    place: str = "",
    symbol: str = "",
    signature_lines: str = "",
    signature_post: str = "",
    part: Part | None = None,
    valid_from: dt.date | None = None,
    **more: Any,
) -> Issuer:
    fields = {
        "name_lines": name_lines,
        "superior": superior,
        "place": place,
        "symbol": symbol,
        "signature_lines": signature_lines,
        "signature_post": signature_post,
        "part": part,
        "valid_from": valid_from,
        **more,
    }
    issuer = Issuer(unit=unit, **clean_fields(Issuer, fields))
    _check_issuer(issuer)
    issuer.save()
    audit.record("units.issuer.added", issuer, actor=actor, unit_id=unit.pk, changes=added(fields))
    return issuer


@transaction.atomic
def update_issuer(issuer: Issuer, *, actor: Any, **fields: Any) -> Issuer:
    return update_row(
        issuer, fields, actor=actor, unit_id=issuer.unit_id, code="units.issuer.changed", check=_check_issuer
    )


# -- People and roles ------------------------------------------------------------------


@transaction.atomic
def add_person(unit: Unit, *, actor: Any, full_name: str, **fields: Any) -> Person:
    person = Person(unit=unit, **clean_fields(Person, {"full_name": full_name, **fields}))
    _check_person(person)
    person.save()
    audit.record(
        "units.person.added", person, actor=actor, unit_id=unit.pk, changes={"full_name": (None, person.full_name)}
    )
    return person


@transaction.atomic
def update_person(person: Person, *, actor: Any, **fields: Any) -> Person:
    return update_row(
        person, fields, actor=actor, unit_id=person.unit_id, code="units.person.changed", check=_check_person
    )


@transaction.atomic
def grant_role(
    user: User,
    unit: Unit,
    role: str,
    *,
    actor: Any,
    valid_from: dt.date | None = None,
    valid_to: dt.date | None = None,
) -> Membership:
    """Give a role from ``valid_from`` (today). A role that is held already is given back as it is."""
    role = Membership.Role(role)
    start = valid_from or timezone.localdate()
    check_dates(start, valid_to)
    held = Membership.objects.on(start).filter(user=user, unit=unit, role=role).first()
    if held is not None:
        return held
    membership, _ = Membership.objects.update_or_create(
        user=user, unit=unit, role=role, valid_from=start, defaults={"valid_to": valid_to}
    )
    audit.record("units.role.granted", membership, actor=actor, unit_id=unit.pk, changes={"role": (None, role)})
    return membership


@transaction.atomic
def end_role(membership: Membership, *, actor: Any, last_day: dt.date | None = None) -> Membership:
    """End a role with ``last_day``, by default yesterday: it has no effect from this moment.

    A unit keeps at least one administrator, else nobody could invite the next one.
    """
    last = last_day or timezone.localdate() - dt.timedelta(days=1)
    if membership.role == Membership.Role.ADMINISTRATOR:
        same = Membership.objects.on().filter(unit=membership.unit_id, role=membership.role, user__is_active=True)
        if not same.exclude(pk=membership.pk).exists():
            raise AppError("Đơn vị phải còn ít nhất một người quản trị. Hãy mời người quản trị khác trước.")
    old = membership.valid_to
    membership.valid_to = last  # before valid_from where it was given today: then it never was in force
    membership.save(update_fields=["valid_to"])
    audit.record(
        "units.role.ended", membership, actor=actor, unit_id=membership.unit_id, changes={"valid_to": (old, last)}
    )
    return membership


# -- Shared ----------------------------------------------------------------------------


def _units_like(named: NamedUnit) -> models.QuerySet[Unit]:
    """Units whose designation and name are these, marks and capitals aside."""
    words = fold(f"{named.designation} {named.name}")
    like = Unit.objects.filter(search__startswith=words).order_by("pk")
    same = [unit.pk for unit in like if fold(str(unit)) == words]
    return Unit.objects.filter(pk__in=same).order_by("pk")


def _unit_named(named: NamedUnit) -> Unit | None:
    """The one unit of that name, or None where there is none or more than one."""
    found = list(_units_like(named)[:2]) if named.name else []
    return found[0] if len(found) == 1 else None


def _with_code(code: str, fields: Mapping[str, Any]) -> Unit:
    code = clean_line(code, limit=20, name="Mã đơn vị").strip()
    for _ in range(_ATTEMPTS):
        try:
            with transaction.atomic():
                return Unit.objects.create(code=code or _next_code(), **fields)
        except IntegrityError:
            if code:
                raise UnfitUnit(f"Mã {code} đã thuộc về một đơn vị khác.") from None
    raise UnfitUnit("Chưa đặt được mã cho đơn vị. Hãy thử lại.")


def _next_code() -> str:
    numbers = Unit.objects.filter(code__startswith=_OWN_CODE).values_list("code", flat=True)
    return f"{_OWN_CODE}{max((int(code[2:]) for code in numbers if code[2:].isdecimal()), default=0) + 1}"


def _part_name(name: str) -> str:
    """As it stands on paper, outer blanks too: the plan gives it back word for word."""
    return refuse_markup(clean_line(name, limit=300, name="Tên bộ phận"), name="Tên bộ phận")


def _parts_by_name(unit: Unit, names: Iterable[str]) -> dict[str, Part]:
    """Of several lives of one name the latest."""
    rows = Part.objects.filter(unit=unit, name__in=list(names))
    oldest_first = rows.order_by(models.F("valid_from").asc(nulls_first=True), "pk")
    return {part.name: part for part in oldest_first}


@transaction.atomic
def _add_parts(unit: Unit, names: Sequence[str], *, actor: Any) -> None:
    first = _next_order(unit)
    rows = [
        Part(unit=unit, name=name, kind=part_kind(name), order=first + place, search=fold(name))
        for place, name in enumerate(names)
    ]
    Part.objects.bulk_create(rows, ignore_conflicts=True)  # another import may have made one of them just now
    audit.record("units.parts.added", unit, actor=actor, unit_id=unit.pk, changes={"parts": (None, list(names))})


def _next_order(unit: Unit) -> int:
    return (Part.objects.filter(unit=unit).aggregate(last=models.Max("order"))["last"] or 0) + 1


def _check_part(part: Part) -> None:
    if not part.name:
        raise AppError("Bộ phận phải có tên.")
    check_dates(part.valid_from, part.valid_to)
    same = Part.objects.filter(unit=part.unit_id, name=part.name).exclude(pk=part.pk)
    if any(_meet(part, other) for other in same):
        raise AppError(f"Đã có bộ phận «{part.name}» trong danh sách.")


def _meet(part: Part, other: Part) -> bool:
    """On some day both are in force: then they are one part written twice, not two lives of one name."""
    if part.valid_from == other.valid_from:
        return True
    ends_before = part.valid_to and other.valid_from and part.valid_to < other.valid_from
    begins_after = other.valid_to and part.valid_from and other.valid_to < part.valid_from
    return not (ends_before or begins_after)


def _check_issuer(issuer: Issuer) -> None:
    if not issuer.lines:
        raise AppError("Cơ quan ban hành phải có tên.")
    check_dates(issuer.valid_from, issuer.valid_to)


def _check_person(person: Person) -> None:
    if not person.full_name:
        raise AppError("Người phải có họ và tên.")
    check_dates(person.valid_from, person.valid_to)
