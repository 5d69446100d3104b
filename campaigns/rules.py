"""Who may do what with a campaign. Whether a user sees it at all is ``campaigns.selectors.visible_campaigns``."""

from __future__ import annotations

from typing import Any

import rules

from units.models import Membership
from units.rules import is_clerk, is_leader, is_member, is_officer
from units.selectors import standing_of


@rules.predicate
def runs_some(user: Any, nothing: None) -> bool:
    """Without a campaign: whether there is any unit for which the user may start one."""
    return nothing is None and bool(standing_of(user).units_with_role(Membership.Role.OFFICER))


rules.add_perm("campaigns.add_campaign", is_officer | runs_some)
rules.add_perm("campaigns.write_campaign", is_officer)  # whatever its state: closed is not forbidden
rules.add_perm("campaigns.record_report", is_officer | is_clerk)
rules.add_perm("campaigns.judge_registration", is_officer | is_leader)
rules.add_perm("campaigns.read_inside", is_member)  # figures of parts, registrations, drafts of reports
