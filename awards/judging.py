"""From rows to the facts of a case, and from those to judgements: for pages, papers, councils and confirmations alike.

However many nominees are asked for, the queries are the same.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field

from django.db.models import QuerySet
from django.utils import timezone

from awards import facts
from awards.conditions import Condition, shipped_conditions
from awards.eligibility import Judgement, judge
from awards.models import Confirmation, Grant, Headcount, Impediment, Initiative, Nominee, Rating, Subject
from awards.states import LIVE
from units.models import Unit

_GENERATIONS = 8
"""Of a subject that was carried over from unit to unit: more mergers than any has seen."""


def judge_nominees(nominees: Iterable[Nominee], conditions: Iterable[Condition] | None = None) -> dict[int, Judgement]:
    """By nominee. ``conditions``: to see what others than those in force for the unit would give."""
    rows = list(nominees)
    given = None if conditions is None else tuple(conditions)
    asked = {} if given is not None else conditions_of_units({row.round.unit_id for row in rows})
    return {
        pk: judge(case, asked[unit_id] if given is None else given)
        for pk, (case, unit_id) in _cases_with_units(rows).items()
    }


def cases_of(nominees: Iterable[Nominee]) -> dict[int, facts.Case]:
    """By nominee; needs ``round`` and ``proposal`` joined."""
    return {pk: case for pk, (case, _) in _cases_with_units(list(nominees)).items()}


def conditions_of_units(unit_ids: Collection[int]) -> dict[int, tuple[Condition, ...]]:
    """The shipped conditions with what each unit, or one above it, has confirmed; the higher one's word counts."""
    lines = lines_above(unit_ids)
    everybody = {one for line in lines.values() for one in line}
    found: dict[int, list[Confirmation]] = defaultdict(list)
    for row in Confirmation.objects.filter(unit__in=everybody, withdrawn_at=None).select_related("paper__paper"):
        found[row.unit_id].append(row)
    return {
        unit_id: with_confirmations([row for one in line for row in found[one]]) for unit_id, line in lines.items()
    }


def with_confirmations(rows: Iterable[Confirmation]) -> tuple[Condition, ...]:
    """The shipped conditions as these confirmations leave them; of two for one rule the later in the list counts."""
    said = {row.rule: row for row in rows}
    return tuple(
        one.confirmed(str(said[one.key].paper), said[one.key].reading) if one.key in said else one
        for one in shipped_conditions()
    )


def lines_above(unit_ids: Collection[int]) -> dict[int, list[int]]:
    """Unit → itself and those above it, from below: at most a district and a province."""
    rows = Unit.objects.filter(pk__in=unit_ids).order_by().values_list("pk", "parent_id", "parent__parent_id")
    return {row[0]: [one for one in row if one is not None] for row in rows}


# -- Facts -------------------------------------------------------------------------------


@dataclass
class _Known:
    """All that is on record of some subjects, by the subject that is asked for."""

    ratings: dict[int, dict[int, str]] = field(default_factory=lambda: defaultdict(dict))
    titles: dict[int, list[facts.Title]] = field(default_factory=lambda: defaultdict(list))
    initiatives: dict[int, list[Initiative]] = field(default_factory=lambda: defaultdict(list))
    impediments: dict[int, list[Impediment]] = field(default_factory=lambda: defaultdict(list))
    members: dict[tuple[int, int], facts.Members] = field(default_factory=dict)
    maternity: dict[int, set[int]] = field(default_factory=lambda: defaultdict(set))
    uses: dict[tuple[int, int], list[tuple[int, str]]] = field(default_factory=lambda: defaultdict(list))
    """(subject, initiative) → nominees that use it, with their award."""


def _cases_with_units(rows: list[Nominee]) -> dict[int, tuple[facts.Case, int]]:
    known = _known_of({row.subject_id for row in rows if row.subject_id})
    chosen: dict[int, set[int]] = defaultdict(set)
    links = Nominee.initiatives.through.objects.filter(nominee__in=[row.pk for row in rows])
    for nominee_id, initiative_id in links.values_list("nominee_id", "initiative_id"):
        chosen[nominee_id].add(initiative_id)
    return {row.pk: (_case(row, known, chosen[row.pk]), row.round.unit_id) for row in rows}


def _case(row: Nominee, known: _Known, chosen: set[int]) -> facts.Case:
    received = row.received_on or row.proposal.received_on or timezone.localdate()
    subject_id = row.subject_id or 0
    impediments = known.impediments[subject_id]
    open_cases = [one for one in impediments if one.kind == Impediment.Kind.CASE and one.is_open(received)]
    subject = facts.Subject(
        kind=facts.Recipient(row.kind),
        ratings=known.ratings[subject_id],
        titles=tuple(known.titles[subject_id]),
        initiatives=tuple(_initiative(one, row, known) for one in _asked_for(known.initiatives[subject_id], chosen)),
        discipline=tuple(
            facts.Discipline(one.level, one.start, one.end)
            for one in impediments
            if one.kind == Impediment.Kind.DISCIPLINE
        ),
        has_open_case=bool(open_cases),
        maternity_years=frozenset(known.maternity[subject_id]),
        members=known.members.get((subject_id, row.year)),
    )
    return facts.Case(award=row.award, year=row.year, received_on=received, subject=subject, path=facts.Path(row.path))


def _asked_for(initiatives: list[Initiative], chosen: set[int]) -> list[Initiative]:
    """Those that the dossier names; where it names none, all that the person has."""
    return [one for one in initiatives if one.pk in chosen] if chosen else initiatives


def _initiative(one: Initiative, row: Nominee, known: _Known) -> facts.Initiative:
    used = [award for pk, award in known.uses[row.subject_id or 0, one.pk] if pk != row.pk]
    return facts.Initiative(
        id=one.title,
        year=one.year,
        scope=facts.Scope(one.scope),
        is_recognised=one.is_recognised,
        used_for=one.used_for or (used[0] if used else ""),
    )


def _known_of(subject_ids: set[int]) -> _Known:
    """What their earlier rows in other units hold is theirs, too."""
    known = _Known()
    asked_by = asked_by_of(subject_ids)
    everybody = list(asked_by)
    ratings = Rating.objects.filter(subject__in=everybody).order_by("year", "pk")
    for subject_id, year, level in ratings.values_list("subject_id", "year", "level"):
        for asked in asked_by[subject_id]:
            known.ratings[asked][year] = level
    grants = standing_grants().filter(subject__in=everybody).exclude(award="")
    for subject_id, award, year, mode in grants.values_list("subject_id", "award", "year", "mode"):
        for asked in asked_by[subject_id]:
            known.titles[asked].append(facts.Title(award, year, facts.Mode(mode)))
    for impediment in Impediment.objects.filter(subject__in=everybody):
        for asked in asked_by[impediment.subject_id]:
            known.impediments[asked].append(impediment)
    for count in Headcount.objects.filter(subject__in=everybody):
        for asked in asked_by[count.subject_id]:
            known.members[asked, count.year] = facts.Members(
                count.total, count.ldtt, count.cstdcs, count.completed, count.warned_or_worse
            )
    for subject_id, years in Subject.objects.filter(pk__in=everybody).values_list("pk", "maternity_years"):
        for asked in asked_by[subject_id]:
            known.maternity[asked].update(years)
    _add_initiatives(known, asked_by)
    return known


def _add_initiatives(known: _Known, asked_by: Mapping[int, set[int]]) -> None:
    authors = Initiative.authors.through.objects.filter(subject__in=list(asked_by)).select_related("initiative")
    for link in authors.order_by("initiative__year", "initiative_id"):
        for asked in asked_by[link.subject_id]:
            if link.initiative not in known.initiatives[asked]:
                known.initiatives[asked].append(link.initiative)
    uses = Nominee.initiatives.through.objects.filter(
        nominee__subject__in=list(asked_by), nominee__state__in=LIVE
    ).order_by("nominee_id")
    for subject_id, initiative_id, nominee_id, award in uses.values_list(
        "nominee__subject_id", "initiative_id", "nominee_id", "nominee__award"
    ):
        for asked in asked_by[subject_id]:
            known.uses[asked, initiative_id].append((nominee_id, award))


def standing_grants() -> QuerySet[Grant]:
    """Given and not taken back."""
    return Grant.objects.filter(entry=Grant.Entry.GIVEN, reversed_by=None)


def asked_by_of(subject_ids: Collection[int]) -> dict[int, set[int]]:
    """Every row of these subjects, those before a merger or a move included → which of them it belongs to."""
    asked_by: dict[int, set[int]] = {one: {one} for one in subject_ids}
    newest = dict(asked_by)
    for _ in range(_GENERATIONS):
        earlier: dict[int, set[int]] = defaultdict(set)
        links = Subject.objects.filter(pk__in=newest, continues__isnull=False).values_list("pk", "continues_id")
        for pk, continues in links:
            earlier[continues] |= newest[pk]
        if not earlier:
            break
        for pk, askers in earlier.items():
            asked_by[pk] = asked_by.get(pk, set()) | askers
        newest = earlier
    return asked_by
