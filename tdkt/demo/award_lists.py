"""Lists of a round in the demonstration: typed, received, everybody in them identified and known."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from awards.collecting.identifying import questions, settle
from awards.collecting.matching import EARLIER, NEW, SUBJECT
from awards.collecting.proposals import open_proposal, receive
from awards.collecting.rows import add_rows
from awards.collecting.values import Sender
from awards.dossiers.fact_services import CountData, RatingData, set_headcount, set_rating
from awards.models import Nominee, Proposal, Round, Subject
from awards.models.common import RecipientKind
from awards.states import NomineeState, ProposalState
from tdkt.demo.award_cast import Said, rows_of
from tdkt.demo.award_scene import Scene
from units.models import Part, Person

_SAME = (SUBJECT, EARLIER)
_GOOD, _BEST = "HTT", "HTXSNV"
_EXCELLENT = ("CSTDCS", "CSTDT", "BKT", "TTLDXS")


def type_list(scene: Scene, found: Round, part: str, lines: Sequence[Said], day: dt.date) -> Proposal:
    """``part`` blank: the commune's own."""
    sender = Sender(scene.part(part)) if part else Sender()
    head = sender.part.head if sender.part else None
    name = head.full_name if head else ""
    one = open_proposal(found, actor=scene.officer, sender=sender, day=day, name=name)
    add_rows(one, actor=scene.officer, rows=rows_of(scene, part, lines, found.year))
    return one


def receive_all(scene: Scene, found: Round, day: dt.date, *, but: Sequence[Proposal] = ()) -> None:
    rows = found.proposals.filter(state=ProposalState.SENT).exclude(pk__in=[one.pk for one in but])
    receive(found, actor=scene.officer, seen=dict(rows.values_list("pk", "version")), day=day)


def identify_all(scene: Scene, found: Round, *, but: Sequence[int] = ()) -> None:
    """Whoever bears the name of somebody on record is that one."""
    picks = {one.nominee.pk: _pick(one) for one in questions(found) if one.nominee.pk not in but}
    if picks:
        settle(found, actor=scene.officer, picks=picks)


def _pick(question: Any) -> str:
    values = [choice.value for choice in question.match.choices]
    on_record = [value for value in values if value.startswith(_SAME)]
    return next(iter([*on_record, *values]), NEW)


def of(found: Round, part: str, place: int | str, award: str) -> Nominee:
    """The row of one who was asked for: ``place`` among the part's people, or the name of a collective."""
    name = place
    if isinstance(place, int):
        people = Person.objects.filter(part__unit=found.unit, part__name=part).order_by("pk")
        name = people[place].full_name
    rows = found.nominees.select_related("round__unit", "proposal__part", "proposal__lower", "subject")
    return rows.get(proposal__part__name=part or None, name=name, award=award)


# -- What is known of them -------------------------------------------------------------------


def rate(
    scene: Scene, found: Round, *, source: str, is_expected: bool = False, otherwise: Mapping[int, str] | None = None
) -> None:
    """Of people and collectives with titles in that year; ``otherwise``: subject → level."""
    rows = found.nominees.exclude(subject=None).filter(award__in=_rated()).select_related("subject")
    levels: dict[int, str] = {}
    subjects: dict[int, Subject] = {}
    for row in rows.order_by("order"):
        subject = row.subject
        assert subject is not None  # filtered
        subjects[subject.pk] = subject
        is_best = row.award in _EXCELLENT or levels.get(subject.pk) == _BEST
        levels[subject.pk] = _BEST if is_best else _GOOD
    levels |= {pk: level for pk, level in (otherwise or {}).items() if pk in levels}
    for pk, level in levels.items():
        data = RatingData(found.year, level, is_expected=is_expected, source=source)
        set_rating(subjects[pk], actor=scene.officer, data=data)


def _rated() -> tuple[str, ...]:
    return ("LDTT", "TTLDTT", *_EXCELLENT)


def count_people(scene: Scene, found: Round) -> None:
    """Of the collectives: as many as their lists say, and nobody more than there are."""
    rows = found.nominees.filter(kind=RecipientKind.COLLECTIVE, award__in=("TTLDTT", "TTLDXS"))
    for row in rows.exclude(subject=None).select_related("subject__part", "proposal"):
        assert row.subject is not None  # filtered
        mine = found.nominees.filter(proposal=row.proposal).exclude(state=NomineeState.WITHDRAWN)
        ldtt, cstdcs = (mine.filter(award=award).count() for award in ("LDTT", "CSTDCS"))
        there = _size(row.subject.part, ldtt)
        data = CountData(found.year, there, ldtt=ldtt, cstdcs=cstdcs, completed=there, women=there // 2)
        set_headcount(row.subject, actor=scene.officer, data=data)


def _size(part: Part | None, ldtt: int) -> int:
    """Somewhat more than those that are proposed, and at least its people."""
    people = Person.objects.filter(part=part).count() if part else 0
    return max(people, ldtt + ldtt // 5)
