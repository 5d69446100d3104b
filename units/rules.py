"""Who may do what in a unit: small predicates of (user, thing), combined where they are needed.

A thing is a unit, or whatever lies in one and says so by ``unit_id``: a part, a person, a plan.
"""

from __future__ import annotations

from typing import Any, Protocol

import rules

from units.models import Membership, Unit
from units.selectors import readable_unit_ids, standing_of

Role = Membership.Role


class InUnit(Protocol):
    @property
    def unit_id(self) -> int: ...


def unit_id_of(thing: Unit | InUnit) -> int:
    return thing.pk if isinstance(thing, Unit) else thing.unit_id


def with_role(*roles: str) -> rules.predicates.Predicate:
    """Whether the user has one of these roles in the thing's unit today."""

    @rules.predicate
    def has_role(user: Any, thing: Unit | InUnit | None) -> bool:
        return thing is not None and standing_of(user).has_role(unit_id_of(thing), *roles)

    return has_role


is_officer = with_role(Role.OFFICER)
is_leader = with_role(Role.LEADER)
is_clerk = with_role(Role.CLERK)
is_administrator = with_role(Role.ADMINISTRATOR)


@rules.predicate
def is_member(user: Any, thing: Unit | InUnit | None) -> bool:
    return thing is not None and unit_id_of(thing) in standing_of(user).unit_ids


@rules.predicate
def is_heir(user: Any, thing: Unit | InUnit | None) -> bool:
    return thing is not None and readable_unit_ids(user).filter(pk=unit_id_of(thing)).exists()


rules.add_perm("units.view_inside", is_member | is_heir)
rules.add_perm("units.change_unit", is_officer | is_administrator)
rules.add_perm("units.invite", is_administrator)
