"""Whom clusters commend and campaigns hold up as exemplary, offered as nominees in one step."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from django.db import transaction
from django.utils import timezone

from awards.collecting import identifying, proposals, rows, wording
from awards.collecting.rows import RowData
from awards.collecting.values import NomineeData, Sender
from awards.models import Nominee, Proposal, Round
from awards.models.common import RecipientKind
from campaigns.models import Exemplar
from campaigns.selectors import inside_campaigns
from clusters.models import Commendation
from clusters.ranking.selectors import commended_for_awards
from core import audit
from core.cells import UnfitCell
from core.errors import AppError

EXEMPLAR, COMMENDATION = "dien-hinh", "suy-ton"
_LONGEST_STORY = 5_000


class NothingToAdd(AppError):
    message = "Các đối tượng này đã có trong danh sách."


@dataclass(frozen=True, slots=True)
class Offer:
    """Somebody who stood out elsewhere."""

    key: str
    name: str
    kind: str
    asked: str
    """As that room wrote it."""
    award: str
    """Code; blank where the words name none of the catalogue."""
    sender: Sender
    source: str
    achievement: str = ""
    exemplar: int | None = None
    commendation: int | None = None
    is_there: bool = False


def offers_of(found: Round, user: Any) -> list[Offer]:
    """Of the round's own campaign and season where it names them, else of its year; those taken already marked."""
    taken = Nominee.objects.filter(round=found).exclude(exemplar=None, commendation=None)
    pairs = list(taken.values_list("exemplar", "commendation"))
    exemplars, commended = {one for one, _ in pairs}, {one for _, one in pairs}
    offers = [*_of_clusters(found, user), *_of_campaigns(found, user)]
    return [
        replace(one, is_there=(one.exemplar or 0) in exemplars or (one.commendation or 0) in commended)
        for one in offers
    ]


def offered_count(found: Round, user: Any) -> int:
    """Of those that are not in the list yet."""
    return sum(not one.is_there for one in offers_of(found, user))


def _of_campaigns(found: Round, user: Any) -> list[Offer]:
    exemplars = Exemplar.objects.filter(campaign__in=inside_campaigns(user).values("pk")).exclude(proposed="")
    if found.campaign_id:
        exemplars = exemplars.filter(campaign=found.campaign_id)
    else:
        exemplars = exemplars.filter(campaign__unit=found.unit_id, day__year=found.year)
    return [
        Offer(
            key=f"{EXEMPLAR}-{one.pk}",
            name=one.name,
            kind=one.kind,
            asked=one.proposed,
            award=_award(one.proposed),
            sender=Sender(part=one.part if one.part and one.part.unit_id == found.unit_id else None),
            source=f"Điển hình: {one.campaign}",
            achievement=one.story[:_LONGEST_STORY],
            exemplar=one.pk,
        )
        for one in exemplars.select_related("campaign", "part").order_by("part__order", "name", "pk")
    ]


def _of_clusters(found: Round, user: Any) -> list[Offer]:
    rows_ = [
        one
        for one in commended_for_awards(user)
        if (one.season.pk == found.season_id if found.season_id else one.season.year == found.year)
        and one.outcome != Commendation.Outcome.REFUSED
        and (one.season.cluster.unit_id == found.unit_id or one.unit is not None and one.unit.pk == found.unit_id)
    ]
    keys = dict(Commendation.objects.filter(member__in=[one.member.pk for one in rows_]).values_list("member", "pk"))
    return [
        Offer(
            key=f"{COMMENDATION}-{keys[one.member.pk]}",
            name=one.member.name,
            kind=RecipientKind.COLLECTIVE.value,
            asked=one.award,
            award=_award(one.award),
            sender=_sender(found, one),
            source=f"Suy tôn: {one.season.cluster} năm {one.season.year}"
            + (f", xếp thứ {one.rank}" if one.rank else ""),
            commendation=keys[one.member.pk],
        )
        for one in rows_
        if one.member.pk in keys
    ]


def _sender(found: Round, one: Any) -> Sender:
    if one.part is not None and one.part.unit_id == found.unit_id:
        return Sender(part=one.part)
    return Sender(lower=one.unit) if one.unit is not None and one.unit.parent_id == found.unit_id else Sender()


def _award(words: str) -> str:
    try:
        return wording.read_award(words)
    except UnfitCell:
        return ""


@transaction.atomic
def take_offers(found: Round, *, actor: Any, picks: Mapping[str, str]) -> int:
    """Offer → code of the award to ask for; how many. Raise ``UnfitRow``, ``NothingToAdd`` or ``RoundMovedOn``."""
    audit.wait_for_turn(found.unit_id)
    proposals.refuse_closed(found)
    wanted = [one for one in offers_of(found, actor) if one.key in picks and not one.is_there]
    if not wanted:
        raise NothingToAdd
    by_sender: dict[str, list[Offer]] = defaultdict(list)
    for one in wanted:
        by_sender[one.sender.key].append(one)
    for own in by_sender.values():
        proposal = proposals.open_proposal(
            found, actor=actor, sender=own[0].sender, day=timezone.localdate(), way=Proposal.Way.SOURCE
        )
        for one in own:
            said = [RowData(_data(one, picks[one.key]))]
            source = {"exemplar_id": one.exemplar, "commendation_id": one.commendation}
            rows.add_rows(proposal, actor=actor, rows=said, identifies=False, **source)
    identifying.identify_sure(found, actor=actor)
    return len(wanted)


def _data(one: Offer, award: str) -> NomineeData:
    honorific, name = wording.split_honorific(one.name) if one.kind == RecipientKind.PERSON else ("", one.name)
    return NomineeData(name, award, one.kind, honorific, achievement=one.achievement)
