"""Who may do what. Whether a user sees a thing at all is ``clusters.selectors``.

Nobody decides on the unit he belongs to: whoever has any role in the member's unit only scores its own sheet in its
own stage, whatever else he is; the deputy judges the head's sheet.
"""

from __future__ import annotations

from typing import Any

import rules

from clusters.models import Cluster, CriteriaSet, Member, ScoreSheet, Season
from clusters.states import SheetStage
from units.models import Membership
from units.selectors import standing_of

Role = Membership.Role
WORKING = (Role.OFFICER, Role.REVIEWER)
"""Who enters and decides for a unit; its leaders sign next door."""


def works_for(user: Any, unit_id: int | None) -> bool:
    return unit_id is not None and standing_of(user).has_role(unit_id, *WORKING)


def belongs_to(user: Any, member: Member) -> bool:
    """In any role. A person of a village or school belongs to that part, not to the whole commune."""
    if member.unit_id is not None:
        return member.unit_id in standing_of(user).unit_ids
    person = getattr(user, "person", None)
    return member.part_id is not None and person is not None and person.part_id == member.part_id


def organises(user: Any, season: Season) -> bool:
    return works_for(user, season.cluster.unit_id)


def judges_of(season: Season, sheet: ScoreSheet) -> list[Member]:
    """The members that may act as head on a sheet: the head, or for its own sheet the deputies."""
    wanted = Member.Role.DEPUTY if sheet.member.role == Member.Role.HEAD else Member.Role.HEAD
    return [member for member in season.members.all() if member.role == wanted and member.pk != sheet.member_id]


def may_work_on(user: Any, sheet: ScoreSheet, stage: str) -> bool:
    """Whether the user is the one who speaks in that stage. The organiser acts for members without accounts."""
    member, season = sheet.member, sheet.member.season
    if stage == SheetStage.SELF:
        return works_for(user, member.unit_id) or organises(user, season) and not has_own_people(member)
    if belongs_to(user, member):
        return False
    if stage == SheetStage.CROSS:
        return sheet.cross_by is not None and _acts_as(user, sheet.cross_by, season)
    if stage == SheetStage.HEAD:
        return any(_acts_as(user, judge, season) for judge in judges_of(season, sheet))
    return organises(user, season)


def has_own_people(member: Member) -> bool:
    """Whether somebody can sign in for it. A part (village, school) and a unit known by name only have nobody."""
    return member.unit_id is not None


def _acts_as(user: Any, judge: Member, season: Season) -> bool:
    if judge.unit_id is not None:
        return works_for(user, judge.unit_id)
    return organises(user, season)


@rules.predicate
def organises_cluster(user: Any, thing: Cluster | Season | CriteriaSet | None) -> bool:
    """Without a thing: whether there is any unit for which the user may start one."""
    if thing is None:
        return bool(standing_of(user).units_with_role(*WORKING))
    return works_for(user, thing.unit_id)


@rules.predicate
def works_on_sheet(user: Any, sheet: ScoreSheet | None) -> bool:
    """In the stage in which the sheet lies now."""
    return sheet is not None and sheet.stage != SheetStage.DONE and may_work_on(user, sheet, sheet.stage)


@rules.predicate
def decides_on_sheet(user: Any, sheet: ScoreSheet | None) -> bool:
    """As the organiser: returns a sheet, opens the window for explanations, assigns who cross-checks."""
    return sheet is not None and organises(user, sheet.member.season) and not belongs_to(user, sheet.member)


@rules.predicate
def explains_sheet(user: Any, sheet: ScoreSheet | None) -> bool:
    return sheet is not None and may_work_on(user, sheet, SheetStage.SELF)


@rules.predicate
def ranks_season(user: Any, season: Season | None) -> bool:
    """Freezes, records votes and whom to commend, publishes: of the organiser, of none of those that are ranked."""
    if season is None or not organises(user, season):
        return False
    return not any(belongs_to(user, member) for member in season.members.all())


@rules.predicate
def writes_papers(user: Any, season: Season | None) -> bool:
    """In the cluster's name: the organiser, the head, and the deputy who stands in for it."""
    if season is None:
        return False
    leads = (Member.Role.HEAD, Member.Role.DEPUTY)
    return organises(user, season) or any(
        works_for(user, member.unit_id) for member in season.members.all() if member.role in leads
    )


def leads_season(user: Any, season: Season) -> bool:
    """Whoever belongs to the head or a deputy: they make the cluster's summary (guideline A.II.2 đ, 3 a)."""
    own = standing_of(user).unit_ids
    return any(member.role != Member.Role.MEMBER and member.unit_id in own for member in season.members.all())


rules.add_perm("clusters.run_season", organises_cluster)
rules.add_perm("clusters.write_papers", writes_papers)
rules.add_perm("clusters.rank_season", ranks_season)
rules.add_perm("clusters.score_sheet", works_on_sheet)
rules.add_perm("clusters.decide_sheet", decides_on_sheet)
rules.add_perm("clusters.explain_sheet", explains_sheet)
