"""Suy tôn: whom the cluster asks to be commended, beside its ranks; and what the superior decided, a third fact."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction

from campaigns.results.evidence import Proof, keep
from clusters.models import Ballot, Commendation, Member, Ranking, Season
from clusters.ranking.ballots import AFTER_FREEZING, NotTheTime, why_not
from clusters.ranking.services import refuse_others
from clusters.running.values import AWARD, cleaned_line, cleaned_text
from clusters.states import SeasonState
from core import audit
from core.errors import AppError, UnfitField
from core.states import claim_version
from documents.models import Evidence

REASON = 1_000
"""Letters."""
OTHER, UNDONE = "other", "undone"
"""Beside ``Commendation.Outcome``: granted another form than was asked for; what was recorded is taken back."""
DECIDED_IN = (*AFTER_FREEZING, SeasonState.CLOSED)


class UnfitCommending(AppError):
    """``faults``: field («award_12», «reason_12») → sentence."""

    message = "Danh sách suy tôn còn chỗ chưa đúng."

    def __init__(self, faults: Mapping[str, str]) -> None:
        super().__init__()
        self.faults = dict(faults)


@dataclass(frozen=True, slots=True)
class Place:
    """Of a member in the frozen ranking."""

    rank: int | None
    is_apart: bool = False
    """In the list of units that were not given all targets: not compared with the others."""


@dataclass(frozen=True, slots=True)
class Said:
    award: str = ""
    reason: str = ""


def places_of(ranking: Ranking | None) -> dict[int, Place]:
    units = ranking.content["units"] if ranking else []
    return {unit["member"]: Place(unit["rank"], unit["apart"]) for unit in units}


def passed_over(
    members: Sequence[Member], places: Mapping[int, Place], awards: Mapping[int, str], order: Sequence[str]
) -> dict[int, list[Member]]:
    """Commended member → who stands better, could be commended, and gets less or nothing.

    ``order``: awards, the weightiest first. Units of two lists, and equal ranks, are not compared.
    """
    weight = {award: place for place, award in enumerate(order)}
    found: dict[int, list[Member]] = {}
    for member in members:
        own = places.get(member.pk)
        if not awards.get(member.pk) or own is None or own.rank is None:
            continue
        for other in members:
            place = places.get(other.pk)
            if place is None or place.rank is None or place.is_apart != own.is_apart or why_not(other):
                continue
            gets_less = weight.get(awards.get(other.pk, ""), len(weight)) > weight[awards[member.pk]]
            if place.rank < own.rank and gets_less:
                found.setdefault(member.pk, []).append(other)
    return found


@transaction.atomic
def commend(season: Season, *, actor: Any, version: int, said: Mapping[int, Said]) -> None:
    """The whole list as the page sends it; a member without an award is commended no more.

    Raise ``NotYours``, ``NotTheTime``, ``EditedMeanwhile``, ``UnfitCommending``.
    """
    refuse_others(actor, season)
    audit.wait_for_turn(season.unit_id)
    if not Season.objects.filter(pk=season.pk, state__in=AFTER_FREEZING).exists():
        raise NotTheTime
    members, there = list(season.members.all()), {row.member_id: row for row in season.commendations.all()}
    said = {member.pk: _cleaned(member, said.get(member.pk, Said())) for member in members}
    ranking = season.rankings.order_by("-number").first()
    if faults := faults_in(season, members, places_of(ranking), said, there):
        raise UnfitCommending(faults)
    before = {pk: Said(row.award, row.reason) for pk, row in there.items()}
    after = {pk: one for pk, one in said.items() if one.award}
    if before == after:
        return
    claim_version(season, version)
    _write(season, actor, before, after)
    names = {member.pk: member.name for member in members}
    changes = {"commended": (_told(before, names), _told(after, names))}
    audit.record("clusters.season.commended", season, actor=actor, unit_id=season.unit_id, changes=changes)


def _cleaned(member: Member, one: Said) -> Said:
    """A reason without an award says nothing."""
    if not one.award:
        return Said()
    try:
        return Said(cleaned_line("award", one.award, AWARD), cleaned_text("reason", one.reason, REASON))
    except UnfitField as error:
        raise UnfitCommending({f"{error.field}_{member.pk}": str(error)}) from None


def faults_in(
    season: Season,
    members: Sequence[Member],
    places: Mapping[int, Place],
    said: Mapping[int, Said],
    there: Mapping[int, Commendation],
) -> dict[str, str]:
    quotas = {quota.award: quota for quota in season.quotas.all()}
    awards = {pk: one.award for pk, one in said.items() if one.award}
    faults: dict[str, str] = {}
    used: Counter[str] = Counter()
    for member in members:
        award, field = awards.get(member.pk, ""), f"award_{member.pk}"
        row = there.get(member.pk)
        if row and row.outcome and row.award != award:
            faults[field] = "Cấp trên đã có quyết định nên không sửa được. Bỏ ghi nhận quyết định trước."
        if not award:
            continue
        used[award] += 1
        if award not in quotas:
            faults[field] = "Chọn một hình thức trong số lượng được đề nghị của năm."
        elif bar := why_not(member):
            faults[field] = f"Đơn vị này không được suy tôn: {bar}"
        elif used[award] > quotas[award].count:
            faults[field] = f"Chỉ được đề nghị {quotas[award]}; hãy bỏ bớt một đơn vị."
    if faults:
        return faults
    for pk, others in passed_over(members, places, awards, list(quotas)).items():
        if not said[pk].reason:
            names = ", ".join(other.name for other in others)
            faults[f"reason_{pk}"] = f"Ghi lý do: {names} xếp hạng cao hơn mà được đề nghị thấp hơn hoặc không."
    return faults


def _write(season: Season, actor: Any, before: Mapping[int, Said], after: Mapping[int, Said]) -> None:
    Commendation.objects.filter(season=season, member__in=before.keys() - after.keys()).delete()
    held = season.ballots.filter(purpose=Ballot.Purpose.COMMEND).order_by("pk")
    ballots = {ballot.award: ballot for ballot in held}  # the last one of an award counts
    for pk, one in after.items():
        if before.get(pk) == one:
            continue
        values = {"award": one.award, "reason": one.reason, "ballot": ballots.get(one.award), "by": actor}
        Commendation.objects.update_or_create(season=season, member_id=pk, defaults=values)


def _told(said: Mapping[int, Said], names: Mapping[int, str]) -> list[str] | None:
    return [f"{names[pk]}: {one.award}{f' ({one.reason})' if one.reason else ''}" for pk, one in said.items()] or None


# -- What the superior decided -----------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Decided:
    outcome: str
    """``Commendation.Outcome``, ``OTHER`` or ``UNDONE``."""
    award: str = ""
    """Of ``OTHER``."""


@transaction.atomic
def decide(season: Season, *, actor: Any, decided: Mapping[int, Decided], proof: Proof) -> Evidence | None:
    """One decision for several commended units; ``decided``: commendation → what was decided of it.

    Raise ``NotYours``, ``NotTheTime``, ``UnfitField``, and what ``campaigns.results.evidence.keep`` raises.
    """
    refuse_others(actor, season)
    audit.wait_for_turn(season.unit_id)
    if not Season.objects.filter(pk=season.pk, state__in=DECIDED_IN).exists():
        raise NotTheTime
    rows = {row.pk: row for row in season.commendations.select_related("member").filter(pk__in=decided)}
    if not decided or len(rows) != len(decided):
        raise UnfitField("", "Chọn kết quả của ít nhất một đơn vị.")
    evidence = None
    if any(one.outcome != UNDONE for one in decided.values()):
        _refuse_unnamed(proof)
        evidence = keep(proof, unit_id=season.unit_id, actor=actor)
    before = [_outcome_told(row) for row in rows.values()]
    for pk, one in decided.items():
        _decide_one(rows[pk], one, evidence)
    changes = {"decided": (before, [_outcome_told(row) for row in rows.values()])}
    audit.record("clusters.season.decided", season, actor=actor, unit_id=season.unit_id, changes=changes)
    return evidence


def _refuse_unnamed(proof: Proof) -> None:
    if not proof.number.strip():
        raise UnfitField("number", "Ghi số, ký hiệu quyết định, ví dụ 312/QĐ-UBND.")
    if proof.date is None:
        raise UnfitField("date", "Ghi ngày của quyết định, ví dụ 5/3/2026.")
    if not proof.issuer.strip():
        raise UnfitField("issuer", "Ghi cơ quan ban hành quyết định.")


def _decide_one(row: Commendation, one: Decided, evidence: Evidence | None) -> None:
    outcomes = Commendation.Outcome
    if one.outcome == UNDONE:
        row.outcome, row.granted_award, row.decision = outcomes.WAITING, "", None
    elif one.outcome == OTHER:
        award = cleaned_line(f"other_{row.pk}", one.award, AWARD)
        if not award:
            raise UnfitField(f"other_{row.pk}", "Ghi hình thức được khen.")
        row.outcome, row.granted_award, row.decision = outcomes.GRANTED, award, evidence
    elif one.outcome in (outcomes.GRANTED, outcomes.REFUSED):
        row.outcome, row.granted_award, row.decision = one.outcome, "", evidence
    else:
        raise UnfitField(f"outcome_{row.pk}", "Chọn một trong các kết quả.")
    row.save(update_fields=["outcome", "granted_award", "decision"])


def _outcome_told(row: Commendation) -> str:
    other = f" {row.granted_award}" if row.granted_award else ""
    paper = f", {row.decision}" if row.decision else ""
    return f"{row.member.name}: {row.get_outcome_display()}{other}{paper}"
