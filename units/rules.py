"""Who may do what in a unit: small predicates of (user, unit), combined where they are needed."""

from __future__ import annotations

from typing import Any

import rules

from units.models import Membership, Unit
from units.selectors import readable_unit_ids, standing_of

Role = Membership.Role


@rules.predicate
def is_member(user: Any, unit: Unit | None) -> bool:
    return unit is not None and unit.pk in standing_of(user).unit_ids


@rules.predicate
def is_officer(user: Any, unit: Unit | None) -> bool:
    return unit is not None and standing_of(user).has_role(unit.pk, Role.OFFICER)


@rules.predicate
def is_leader(user: Any, unit: Unit | None) -> bool:
    return unit is not None and standing_of(user).has_role(unit.pk, Role.LEADER)


@rules.predicate
def is_clerk(user: Any, unit: Unit | None) -> bool:
    return unit is not None and standing_of(user).has_role(unit.pk, Role.CLERK)


@rules.predicate
def is_administrator(user: Any, unit: Unit | None) -> bool:
    return unit is not None and standing_of(user).has_role(unit.pk, Role.ADMINISTRATOR)


@rules.predicate
def is_heir(user: Any, unit: Unit | None) -> bool:
    return unit is not None and readable_unit_ids(user).filter(pk=unit.pk).exists()


rules.add_perm("units.view_inside", is_member | is_heir)
rules.add_perm("units.change_unit", is_officer | is_administrator)
rules.add_perm("units.invite", is_administrator)
