"""Claims of one person in the unit's rounds, in the lists that it sent up, in the register and before a merger.

However many nominees are asked about, the queries are the same.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from django.db.models import Q

from awards.dossiers.overlap import Channel, Claim, Overlap, find_overlaps
from awards.judging import asked_by_of, standing_grants
from awards.models import Grant, Nominee, Subject
from awards.models.common import RecipientKind
from awards.states import LIVE
from core.cells import name_key
from core.text import fold

_YEARS_BACK = 1
"""An achievement copied from the year before is worth a question."""
_FEW = 5


def overlaps_of(nominees: Iterable[Nominee]) -> dict[int, list[Overlap]]:
    """By nominee; needs ``round`` joined. All of them lie with one unit."""
    own = list(nominees)
    if not own:
        return {}
    unit_id = own[0].round.unit_id
    here = {one.pk for one in own}
    years = {year - back for year in {one.year for one in own} for back in range(_YEARS_BACK + 1)}
    rows = Nominee.objects.filter(
        Q(round__unit=unit_id) | Q(proposal__lower=unit_id), year__in=years, state__in=LIVE
    ).exclude(pk__in=here)
    if len(own) <= _FEW:
        rows = rows.filter(_like(own))
    others = list(rows.select_related("round").order_by("pk"))
    people = _People([*own, *others])
    ideas = _initiatives_of([*here, *(one.pk for one in others)])
    rounds = {one.round_id for one in own}
    claims = [_claim(one, unit_id, rounds, people, ideas) for one in own]
    told = [_claim(one, unit_id, rounds, people, ideas) for one in others]
    told += _granted(people, years, {*here, *(one.pk for one in others)})
    return {int(key.removeprefix("n")): found for key, found in find_overlaps(claims, told).items()}


def _like(own: Sequence[Nominee]) -> Q:
    """Of the same subject, name or initiative: a page of one nominee does not read three thousand."""
    found = Q(subject__in=[one.subject_id for one in own if one.subject_id])
    ideas = Nominee.initiatives.through.objects.filter(nominee__in=[one.pk for one in own]).values("initiative_id")
    shared = Nominee.initiatives.through.objects.filter(initiative__in=ideas).values("nominee_id")
    for one in own:
        found |= Q(search__startswith=fold(one.name))
    return found | Q(pk__in=shared)


class _Classes:
    """Keys that mean the same (union-find)."""

    def __init__(self) -> None:
        self._above: dict[str, str] = {}

    def find(self, key: str) -> str:
        while (above := self._above.get(key, key)) != key:
            self._above[key] = self._above.get(above, above)
            key = above
        return key

    def join(self, keys: Sequence[str]) -> None:
        for key in keys[1:]:
            self._above[self.find(key)] = self.find(keys[0])


class _People:
    """Which rows are one person: surely (one subject through mergers, one identity number), or by name and year."""

    def __init__(self, nominees: Sequence[Nominee]) -> None:
        self.asked_by = asked_by_of({one.subject_id for one in nominees if one.subject_id})
        """Every row on record, those before a merger included → which subjects it belongs to."""
        self._sure, self._maybe = _Classes(), _Classes()
        for pk, askers in self.asked_by.items():
            self._sure.join([f"s{pk}", *(f"s{one}" for one in askers)])
        rows = Subject.objects.filter(pk__in=self.asked_by)
        for pk, kind, name, year, identity in rows.values_list("pk", "kind", "name", "birth_year", "identity_hash"):
            if identity:
                self._sure.join([f"s{pk}", f"i{identity}"])
            self._maybe.join([self._sure.find(f"s{pk}"), *_name_of(kind, name, year)])
        for pk in self.asked_by:  # an identity found later may have joined what stood apart
            self._maybe.join([self._sure.find(f"s{pk}"), f"s{pk}"])
        for one in nominees:
            self._maybe.join([self.person(one), *_name_of(one.kind, one.name, one.birth_year)])

    def person(self, nominee: Nominee) -> str:
        return self._sure.find(f"s{nominee.subject_id}") if nominee.subject_id else f"n{nominee.pk}"

    def person_of(self, subject_id: int) -> str:
        return self._sure.find(f"s{subject_id}")

    def who(self, person: str) -> str:
        return self._maybe.find(person)


def _name_of(kind: str, name: str, birth_year: int | None) -> list[str]:
    """A person's name alone tells nobody apart; a collective's does."""
    return [f"k{kind} {name_key(name)} {birth_year or ''}"] if birth_year or kind != RecipientKind.PERSON else []


def _claim(
    one: Nominee, unit_id: int, rounds: set[int], people: _People, ideas: Mapping[int, Mapping[int, str]]
) -> Claim:
    channel = Channel.HERE if one.round_id in rounds else Channel.ROUND
    if one.round.unit_id != unit_id:
        channel = Channel.SUPERIOR
    where = {
        Channel.HERE: "đợt này",
        Channel.ROUND: f"đợt «{one.round.name}»",
        Channel.SUPERIOR: f"đợt «{one.round.name}» của cấp trên",
    }[channel]
    return Claim(
        key=f"n{one.pk}",
        who=people.who(people.person(one)),
        person=people.person(one),
        name=one.name,
        award=one.award,
        year=one.year,
        channel=channel,
        where=where,
        text=one.achievement or " ".join(map(str, one.report.values())),
        initiatives=ideas.get(one.pk, {}),
        follows=f"n{one.origin_id}" if one.origin_id else "",
        link=one.pk,
    )


def _initiatives_of(nominee_ids: Sequence[int]) -> dict[int, dict[int, str]]:
    links = Nominee.initiatives.through.objects.filter(nominee__in=nominee_ids)
    found: dict[int, dict[int, str]] = defaultdict(dict)
    for nominee_id, pk, title in links.values_list("nominee_id", "initiative_id", "initiative__title"):
        found[nominee_id][pk] = title
    return found


def _granted(people: _People, years: set[int], told: set[int]) -> list[Claim]:
    """What the register says of them, that which came of dossiers told already left out."""
    rows: Iterable[Grant] = (
        standing_grants().filter(subject__in=people.asked_by, year__in=years).select_related("decision").order_by("pk")
    )
    return [
        Claim(
            key=f"g{one.pk}",
            who=people.who(people.person_of(one.subject_id)),
            person=people.person_of(one.subject_id),
            name=one.name,
            award=one.award,
            year=one.year,
            channel=Channel.REGISTER,
            where=str(one.decision),
            text=one.achievement,
        )
        for one in rows
        if one.nominee_id not in told
    ]
