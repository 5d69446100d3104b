"""Who may put papers on record. Whether a user sees one at all is ``documents.selectors.visible_papers``."""

from __future__ import annotations

from typing import Any

import rules

from documents.models import IssuedPaper, NumberSeries
from units.models import Membership, Unit
from units.rules import is_clerk, is_officer
from units.selectors import standing_of

RECORDERS = (Membership.Role.OFFICER, Membership.Role.CLERK)


@rules.predicate
def records_somewhere(user: Any, unit: Unit | None) -> bool:
    """Without a unit: whether there is any whose papers the user may put on record."""
    return unit is None and bool(standing_of(user).units_with_role(*RECORDERS))


@rules.predicate
def records_its_papers(user: Any, thing: IssuedPaper | NumberSeries) -> bool:
    return standing_of(user).has_role(thing.issuer.unit_id, *RECORDERS)


rules.add_perm("documents.record_paper", is_officer | is_clerk | records_somewhere)
rules.add_perm("documents.complete_paper", records_its_papers)
rules.add_perm("documents.number_series", records_its_papers)
