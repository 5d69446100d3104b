"""Counts behind the quotas of a round: whole, and of each list; leaders and direct workers apart."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from django.db.models import Count, Sum
from django.utils import timezone

from awards.catalogue.effective import Effective, effective_awards
from awards.dossiers.quotas import Meter
from awards.models import Headcount, Round
from awards.models.common import Level, RecipientKind
from awards.shipped import award_name, shipped_awards
from awards.states import LIVE
from units.models import Part

PEOPLE, COLLECTIVES = "people", "collectives"
_BASE_WORDS = {PEOPLE: "số người", COLLECTIVES: "số tập thể"}
WHOLE = 0
WHOLE_WORDS = "Toàn đợt"
_LEADERS = frozenset([Level.LEADER, Level.DEPARTMENT, Level.PROVINCE, Level.BUSINESS])
_COUNTED = (Part.Kind.VILLAGE, Part.Kind.SCHOOL, Part.Kind.STATION, Part.Kind.OFFICE, Part.Kind.ORGANISATION)


@dataclass(slots=True)
class _Counts:
    """By proposal (``WHOLE``: all) and award."""

    used: Counter[tuple[int, str]] = field(default_factory=Counter)
    direct: Counter[tuple[int, str]] = field(default_factory=Counter)
    leaders: Counter[tuple[int, str]] = field(default_factory=Counter)
    bases: dict[tuple[int, str], int] = field(default_factory=dict)
    """By proposal and «people» or «collectives»."""


def meters_of(award_round: Round, rules: Mapping[str, Effective] | None = None) -> list[Meter]:
    """Of every award that has a quota here, the whole round first. Six queries and one a level of units."""
    known = effective_awards(award_round.unit_id, timezone.localdate()) if rules is None else rules
    ruled = {code: one for code, one in known.items() if one.quota or one.quota_direct_percent is not None}
    if not ruled:
        return []
    counts = _counted(award_round)
    bases = {one.quota.of for one in ruled.values() if one.quota}
    if PEOPLE in bases:
        counts.bases.update(_people(award_round))
    if COLLECTIVES in bases:
        counts.bases.update(_collectives(award_round))
    lists = dict(_lists(award_round))
    found: list[Meter] = []
    for code, rule in ruled.items():
        for proposal, where in {WHOLE: WHOLE_WORDS, **lists}.items():
            if counts.used[proposal, code]:
                found.append(_meter(code, rule, proposal, where, counts))
    return found


def _lists(award_round: Round) -> Iterable[tuple[int, str]]:
    rows = award_round.proposals.select_related("part", "lower", "round__unit").order_by("pk")
    return ((row.pk, str(row)) for row in rows)


def _counted(award_round: Round) -> _Counts:
    found = _Counts()
    rows = award_round.nominees.filter(state__in=LIVE).order_by().values("proposal", "award", "level")
    for row in rows.annotate(n=Count("pk")):
        for key in ((WHOLE, row["award"]), (row["proposal"], row["award"])):
            found.used[key] += row["n"]
            if row["level"] == Level.DIRECT:
                found.direct[key] += row["n"]
            elif row["level"] in _LEADERS:
                found.leaders[key] += row["n"]
    return found


def _people(award_round: Round) -> dict[tuple[int, str], int]:
    """As the collectives' own counts of that year say; a list whose part has none has no base."""
    rows = Headcount.objects.filter(
        subject__unit=award_round.unit_id, subject__kind=RecipientKind.COLLECTIVE, year=award_round.year
    ).order_by()
    of_part: dict[int | None, int] = defaultdict(int)
    for part, total in rows.values_list("subject__part").annotate(total=Sum("total")):
        of_part[part] += total
    found = {(WHOLE, PEOPLE): sum(of_part.values())} if of_part else {}
    for pk, part in award_round.proposals.exclude(part=None).values_list("pk", "part"):
        if part in of_part:
            found[pk, PEOPLE] = of_part[part]
    return found


def _collectives(award_round: Round) -> dict[tuple[int, str], int]:
    count = Part.objects.on().filter(unit=award_round.unit_id, kind__in=_COUNTED).count()
    return {(WHOLE, COLLECTIVES): count} if count else {}


def _meter(code: str, rule: Effective, proposal: int, where: str, counts: _Counts) -> Meter:
    key = proposal, code
    quota = rule.quota
    base, base_words = None, ""
    if quota:
        base_words = _BASE_WORDS.get(quota.of) or f"số {award_name(quota.of)}"
        is_award = quota.of in shipped_awards()
        base = counts.used[proposal, quota.of] if is_award else counts.bases.get((proposal, quota.of))
    said = rule.otherwise.get("quota") or rule.otherwise.get("quota_direct_percent")
    return Meter(
        award=code,
        name=award_name(code),
        where=where,
        percent=quota.percent if quota else None,
        base=base,
        base_words=base_words,
        used=counts.used[key],
        direct=counts.direct[key],
        leaders=counts.leaders[key],
        direct_percent=rule.quota_direct_percent,
        source=said.rule.source if said else "",
    )
