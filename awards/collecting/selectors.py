"""Reads: rounds of the list, who has sent and what is missing, nominees with what is doubtful about them."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db import models
from django.db.models.functions import Coalesce

from awards.collecting.values import Sender
from awards.judging import standing_grants
from awards.models import Grant, Nominee, Proposal, Round
from awards.selectors import visible_rounds
from awards.states import LIVE, ProposalState
from campaigns.models import Campaign
from clusters.models import Season
from reminders.models import Answer, Ask, Request
from units.models import Part, Unit

KIND = "awards.proposals"
"""Of the requests that ask for lists of nominees."""
ASKED_OF = "due_or_last"
_LAST_DAY = dt.date(9999, 12, 31)
_NOT_ASKED = (Part.Kind.GROUP, Part.Kind.COUNCIL)


# -- Rounds --------------------------------------------------------------------------------


def rounds_for_list(user: Any) -> models.QuerySet[Round]:
    """With ``nominee_count``, ``list_count``, ``taken_count``."""
    rows = Nominee.objects.filter(round=models.OuterRef("pk"), state__in=LIVE)
    lists = Proposal.objects.filter(round=models.OuterRef("pk"))
    last = models.Value(_LAST_DAY, output_field=models.DateField())
    return visible_rounds(user).annotate(
        nominee_count=_count(rows),
        list_count=_count(lists),
        taken_count=_count(lists.filter(state=ProposalState.TAKEN)),
        **{ASKED_OF: Coalesce("due", last)},
    )


def _count(rows: models.QuerySet) -> Coalesce:
    grouped = rows.order_by().values("round").annotate(n=models.Count("pk")).values("n")
    return Coalesce(models.Subquery(grouped, output_field=models.IntegerField()), 0)


def units_of_rounds(user: Any) -> list[tuple[str, str]]:
    units = Unit.objects.filter(pk__in=visible_rounds(user).order_by().values("unit")).order_by("name", "pk")
    return [(str(unit.pk), unit.title) for unit in units]


def campaigns_to_name(unit: Unit, there: Campaign | None = None) -> list[Campaign]:
    """From whose results a round may take; the newest first."""
    rows = Campaign.objects.filter(models.Q(unit=unit) | models.Q(pk=there.pk if there else 0))
    return list(rows.order_by("-year", "title", "pk")[:200])


def seasons_to_name(unit: Unit, there: Season | None = None) -> list[Season]:
    """Of clusters that the unit organises, or belongs to."""
    mine = models.Q(cluster__unit=unit) | models.Q(members__unit=unit) | models.Q(pk=there.pk if there else 0)
    return list(Season.objects.filter(mine).select_related("cluster").distinct().order_by("-year", "pk")[:200])


# -- Who has sent --------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class SenderRow:
    """One that was asked, or that sent without being asked."""

    name: str
    sender: Sender
    proposal: Proposal | None = None
    ask: Ask | None = None
    waits: bool = False
    """Something came from it that was not taken over yet."""
    count: int = 0
    unknown: int = 0
    """Nominees of whom nobody has said who they are."""
    wordless: int = 0
    """Those without a summary of what they did."""

    @property
    def is_missing(self) -> bool:
        return self.proposal is None and not self.waits


def senders_of(found: Round) -> list[SenderRow]:
    """In the unit's order, its own list first. The same queries however many there are."""
    proposals = {_key(one): one for one in proposals_of(found)}
    counts = _counts_of(found)
    waiting = {answer.ask_id for answer in answers_to_take(found)}
    rows: dict[str, SenderRow] = {}
    for key, one in proposals.items():
        count, unknown, wordless = counts.get(one.pk, (0, 0, 0))
        sender = Sender(one.part, one.lower)
        rows[key] = SenderRow(str(one), sender, one, count=count, unknown=unknown, wordless=wordless)
    for ask in asks_of(found):
        sender = Sender(ask.part, ask.lower)
        there = rows.get(sender.key, SenderRow(str(ask), sender))
        rows[sender.key] = SenderRow(
            there.name, sender, there.proposal, ask, ask.pk in waiting, there.count, there.unknown, there.wordless
        )
    return sorted(rows.values(), key=_place)


def _place(row: SenderRow) -> tuple[int, int, str]:
    part = row.sender.part
    if part is not None:
        return 1, part.order, part.name
    return (2, 0, row.name) if row.sender.lower is not None else (0, 0, "")


def _key(one: Proposal) -> str:
    return Sender(one.part, one.lower).key


def proposals_of(found: Round) -> list[Proposal]:
    rows = Proposal.objects.filter(round=found).select_related("round__unit", "part", "lower")
    return list(rows.order_by("part__order", "lower__name", "pk"))


def _counts_of(found: Round) -> dict[int, tuple[int, int, int]]:
    rows = Nominee.objects.filter(round=found, state__in=LIVE).order_by().values("proposal")
    rows = rows.annotate(
        n=models.Count("pk"),
        unknown=models.Count("pk", filter=models.Q(subject=None)),
        wordless=models.Count("pk", filter=models.Q(achievement="")),
    )
    return {
        pk: (n, unknown, less) for pk, n, unknown, less in rows.values_list("proposal", "n", "unknown", "wordless")
    }


def asks_of(found: Round) -> list[Ask]:
    """Of the requests that went out for the round."""
    rows = Ask.objects.filter(request__in=requests_of(found).exclude(state="draft"))
    return list(rows.select_related("part", "lower", "request").order_by("part__order", "lower__name", "pk"))


def requests_of(found: Round) -> models.QuerySet[Request]:
    return Request.objects.filter(kind=KIND, subject=found.pk, unit=found.unit_id).order_by("pk")


def answers_to_take(found: Round) -> list[Answer]:
    """Of each that was asked the newest that was not sent back, unless its list has it already."""
    newer = Answer.objects.filter(ask=models.OuterRef("ask"), returned_at=None, pk__gt=models.OuterRef("pk"))
    taken = Proposal.objects.filter(round=found, answer=models.OuterRef("pk"))
    rows = Answer.objects.filter(
        ~models.Exists(newer),
        ~models.Exists(taken),
        ask__request__in=requests_of(found).order_by().values("pk"),
        ask__part__isnull=False,
        returned_at=None,
    )
    rows = rows.select_related("ask__request", "ask__part__unit").prefetch_related("files__file")
    return list(rows.order_by("ask__part__order", "pk"))


def places_to_send(found: Round) -> list[Part | Unit]:
    """Whose lists may be typed: the unit's parts in force, units below, the unit itself."""
    parts = Part.objects.on().filter(unit=found.unit_id).exclude(kind__in=_NOT_ASKED).order_by("order", "pk")
    below = Unit.objects.on().filter(parent=found.unit_id).order_by("name", "pk")
    return [*parts, *below, found.unit]


def sender_of(place: Part | Unit, found: Round) -> Sender:
    if isinstance(place, Part):
        return Sender(part=place)
    return Sender() if place.pk == found.unit_id else Sender(lower=place)


# -- Nominees ------------------------------------------------------------------------------


def nominees_for_list(found: Round) -> models.QuerySet[Nominee]:
    return (
        Nominee.objects.filter(round=found)
        .select_related("proposal__part", "proposal__lower", "proposal__round__unit", "subject", "decision")
        .defer("report", "as_sent", "judgement", "search")
    )


def awards_asked_for(found: Round) -> list[str]:
    """Codes that stand in the round's rows."""
    return list(Nominee.objects.filter(round=found).order_by("award").values_list("award", flat=True).distinct())


def counts_by_state(found: Round) -> dict[str, int]:
    rows = Nominee.objects.filter(round=found).order_by().values("state").annotate(n=models.Count("pk"))
    return dict(rows.values_list("state", "n"))


def unknown_count(found: Round) -> int:
    return Nominee.objects.filter(round=found, subject=None, state__in=LIVE).count()


def doubled(rows: models.QuerySet[Nominee]) -> models.QuerySet[Nominee]:
    """Those whose award for that year is asked for twice, here or in another round of the unit, or was given."""
    others = Nominee.objects.filter(
        round__unit=models.OuterRef("round__unit"),
        award=models.OuterRef("award"),
        year=models.OuterRef("year"),
        state__in=LIVE,
    ).exclude(pk=models.OuterRef("pk"))
    same = others.filter(subject=models.OuterRef("subject"))
    unknown = others.filter(
        subject=None,
        round=models.OuterRef("round"),
        kind=models.OuterRef("kind"),
        name=models.OuterRef("name"),
        proposal=models.OuterRef("proposal"),
    )
    given = standing_grants().filter(
        models.Q(nominee=None) | ~models.Q(nominee=models.OuterRef("pk")),
        subject=models.OuterRef("subject"),
        award=models.OuterRef("award"),
        year=models.OuterRef("year"),
    )
    return rows.filter(models.Exists(same) | models.Q(models.Exists(unknown), subject=None) | models.Exists(given))


def doubles_of(rows: Iterable[Nominee]) -> dict[int, list[str]]:
    """Nominee → where else the same award for that year is asked for or was given; nothing is blocked. Two queries."""
    wanted = [row for row in rows if row.state in LIVE]
    found: dict[int, list[str]] = defaultdict(list)
    subjects = {row.subject_id for row in wanted if row.subject_id}
    others = Nominee.objects.filter(subject__in=subjects, state__in=LIVE).select_related(
        "round", "proposal__part", "proposal__lower", "proposal__round__unit"
    )
    by_subject: dict[int | None, list[Nominee]] = defaultdict(list)
    for other in others.defer("report", "as_sent", "judgement", "search"):
        by_subject[other.subject_id].append(other)
    given: dict[int, list[Grant]] = defaultdict(list)
    for grant in standing_grants().filter(subject__in=subjects).select_related("decision"):
        given[grant.subject_id].append(grant)
    for row in wanted:
        if row.subject_id is None:
            continue
        for other in by_subject[row.subject_id]:
            if other.pk != row.pk and (other.award, other.year) == (row.award, row.year):
                found[row.pk].append(f"Trùng với {_where(row, other)}")
        for grant in given[row.subject_id]:
            if grant.nominee_id != row.pk and (grant.award, grant.year) == (row.award, row.year):
                found[row.pk].append(f"Đã được khen: {grant.decision}")
    return found


def _where(row: Nominee, other: Nominee) -> str:
    if other.proposal_id == row.proposal_id:
        return "đề nghị khác trong cùng danh sách"
    return f"đề nghị của {other.proposal}" if other.round_id == row.round_id else f"đề nghị trong {other.round}"
