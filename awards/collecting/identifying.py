"""«Xác định đối tượng»: whoever is surely known is tied to the register at once, all others are asked about.

A row of the register is made of whoever is new; somebody of a unit before the merger goes on in a row of his own
here (``continues``), so that his history is kept.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import models, transaction
from django.utils import timezone

from awards.collecting import identities
from awards.collecting.matching import (
    EARLIER,
    NEW,
    PART,
    PERSON,
    SUBJECT,
    Choice,
    Known,
    Match,
    bare_name,
    match,
    somebody_new,
    sure_person,
)
from awards.models import Nominee, Round, Subject
from awards.models.common import RecipientKind
from awards.states import LIVE, NomineeState
from core import audit
from core.cells import name_key
from core.errors import AppError, UnfitField
from units.models import Part, Person, Succession
from units.selectors import predecessor_ids

_ASK = "ask"
"""In ``as_sent`` of a row that somebody took apart again: it is asked about, however sure it looks."""
_SPEAK_OF_IT = ("nominees", "grants", "ratings", "headcounts", "impediments", "initiatives", "continued_by")
_OPEN = (NomineeState.PROPOSED.value, NomineeState.CORRECTING.value)


class Settled(AppError):
    message = "Các đối tượng này đã được xác định rồi."


class MayNotBeUndone(AppError):
    message = "Đối tượng này đã thẩm định nên không xác định lại được."


@dataclass(frozen=True, slots=True)
class Question:
    nominee: Nominee
    match: Match

    @property
    def choices(self) -> tuple[Choice, ...]:
        return (*self.match.choices, somebody_new(self.nominee))


def read_known(found: Round) -> Known:
    unit_id = found.unit_id
    before = predecessor_ids([unit_id])
    inside = models.Q(unit=unit_id) | models.Q(unit__in=before, continued_by=None)
    subjects = (
        Subject.objects.filter(inside).select_related("part", "lower", "unit").defer("search", "identity_sealed")
    )
    on = timezone.localdate()
    people = Person.objects.on(on).filter(unit=unit_id).select_related("part").defer("search").order_by("pk")
    parts = Part.objects.on(on).filter(unit=unit_id).order_by("order", "pk")
    heirs = Succession.objects.filter(new_part__unit=unit_id, is_whole=True)
    return Known(
        unit_id,
        list(subjects.order_by("pk").distinct()),
        list(people),
        list(parts),
        dict(heirs.values_list("old_part", "new_part")),
    )


def unknown_rows(found: Round) -> models.QuerySet[Nominee]:
    rows = Nominee.objects.filter(round=found, subject=None, state__in=LIVE)
    return rows.select_related("proposal__part", "proposal__lower", "proposal__round__unit").order_by("order", "pk")


def questions(found: Round) -> list[Question]:
    """All that nobody has answered, with whom each may be. The same few queries however many."""
    rows = list(unknown_rows(found))
    if not rows:
        return []
    known = read_known(found)
    return [Question(row, match(row, known, identities.of_row(row.as_sent)[0])) for row in rows]


# -- Sure ----------------------------------------------------------------------------------


@transaction.atomic
def identify_sure(found: Round, *, actor: Any, nominees: Sequence[Nominee] | None = None) -> int:
    """Of these (else of all that nobody has identified) those who are surely known or surely new; how many."""
    rows = unknown_rows(found)
    if nominees is not None:
        rows = rows.filter(pk__in=[row.pk for row in nominees])
    waiting = [row for row in rows if not row.as_sent.get(_ASK)]
    if not waiting:
        return 0
    audit.wait_for_turn(found.unit_id)
    known = read_known(found)
    maker = _Maker(found, known)
    settled = []
    for row in waiting:
        identity, _ = identities.of_row(row.as_sent)
        meant = match(row, known, identity)
        if meant.sure:
            row.subject = maker.subject_for(row, meant.sure, meant.subject)
            settled.append(row)
    _keep(found, maker, settled, actor, "identified_surely")
    if nominees is not None:  # what the caller holds is what is stored
        by_pk = {row.pk: row.subject for row in settled}
        for nominee in nominees:
            nominee.subject = by_pk.get(nominee.pk, nominee.subject)
    return len(settled)


# -- Asked ---------------------------------------------------------------------------------


@transaction.atomic
def settle(found: Round, *, actor: Any, picks: Mapping[int, str]) -> int:
    """Nominee → the choice; how many. Raise ``Settled``, or ``UnfitField`` with the nominee's id."""
    audit.wait_for_turn(found.unit_id)
    rows = list(unknown_rows(found).filter(pk__in=picks))
    if not rows:
        raise Settled
    known = read_known(found)
    maker = _Maker(found, known)
    for row in rows:
        identity, _ = identities.of_row(row.as_sent)
        offered = match(row, known, identity)
        values = {choice.value for choice in offered.choices} | {NEW}
        if picks[row.pk] not in values:
            raise UnfitField(str(row.pk), f"{row.name}: lựa chọn này không còn; hãy chọn lại.")
        row.subject = maker.subject_for(row, picks[row.pk])
    _keep(found, maker, rows, actor, "identified")
    return len(rows)


@transaction.atomic
def undo(nominee: Nominee, *, actor: Any) -> None:
    """It was somebody else: asked about again. Raise ``MayNotBeUndone``."""
    audit.wait_for_turn(nominee.round.unit_id)
    if nominee.state not in _OPEN:
        raise MayNotBeUndone
    was = nominee.subject
    if was is None:
        return
    nominee.subject, nominee.as_sent = None, nominee.as_sent | {_ASK: True}
    nominee.version += 1
    nominee.save(update_fields=["subject", "as_sent", "version"])
    changes = {"subject": (str(was), None)}
    unit_id = nominee.round.unit_id
    audit.record("awards.nominee.taken_apart", nominee, actor=actor, unit_id=unit_id, changes=changes)


def drop_unused(found: Round, *, actor: Any, subjects: Collection[int | None]) -> None:
    """Rows of the register that were made of a name mistyped in a list and that nothing else speaks of."""
    own = Subject.objects.filter(pk__in=[pk for pk in subjects if pk], unit=found.unit_id, maternity_years=[])
    unused = list(own.filter(**dict.fromkeys(_SPEAK_OF_IT)).order_by("pk"))
    if unused:
        changes = {"subjects_dropped": ([one.name for one in unused][:50], None)}
        audit.record("awards.subjects.dropped", found, actor=actor, unit_id=found.unit_id, changes=changes)
        Subject.objects.filter(pk__in=[one.pk for one in unused]).delete()


# -- Rows of the register ------------------------------------------------------------------


class _Maker:
    """Makes rows of the register; one of two rows about the same new person makes it, the other one finds it."""

    def __init__(self, found: Round, known: Known) -> None:
        self.found, self.known = found, known
        self.new: list[Subject] = []
        self.numbered: list[Subject] = []
        self.learned: list[Subject] = []
        self.by_value: dict[str, Subject] = {}

    def subject_for(self, row: Nominee, value: str, there: Subject | None = None) -> Subject:
        subject = there or self._there(row, value) or self._made(row, value)
        self._give_number(subject, row)
        self._learn(subject, row)
        return subject

    def _there(self, row: Nominee, value: str) -> Subject | None:
        if value == NEW:
            return next((one for one in self.new if _is_alike(one, row)), None)
        if value.startswith(f"{SUBJECT}-") and value not in self.by_value:
            pk = int(value.removeprefix(f"{SUBJECT}-"))
            self.by_value[value] = next(one for one in self.known.subjects if one.pk == pk)
        return self.by_value.get(value)

    def _made(self, row: Nominee, value: str) -> Subject:
        made = Subject(
            unit_id=self.found.unit_id,
            kind=row.kind,
            honorific=row.honorific,
            name=bare_name(row.name) if row.kind == RecipientKind.COLLECTIVE else row.name,
            gender=row.gender,
            birth_date=row.birth_date,
            birth_year=row.birth_year,
            post=row.post,
            part=row.proposal.part,
            lower=row.proposal.lower,
        )
        if value.startswith(f"{PERSON}-"):
            person = next(one for one in self.known.people if one.pk == int(value.removeprefix(f"{PERSON}-")))
            made.person, made.birth_year = person, row.birth_year or person.birth_year
        elif value.startswith(f"{PART}-"):
            made.part = next(one for one in self.known.parts if one.pk == int(value.removeprefix(f"{PART}-")))
            made.lower, made.name = None, made.part.name
        elif value.startswith(f"{EARLIER}-"):
            before = next(one for one in self.known.subjects if one.pk == int(value.removeprefix(f"{EARLIER}-")))
            made.continues, made.person = before, None
            made.birth_year, made.birth_date = row.birth_year or before.birth_year, row.birth_date or before.birth_date
        made.fill_search()
        self.new.append(made)
        self.known.add(made)
        if value != NEW:
            self.by_value[value] = made
        return made

    def _give_number(self, subject: Subject, row: Nominee) -> None:
        """What the list says, where the register has none yet."""
        identity, sealed = identities.of_row(row.as_sent)
        if identity and not subject.identity_hash and self.known.with_number(identity) is None:
            subject.identity_hash, subject.identity_sealed = identity, sealed
            self.known.note_number(subject)
            if subject.pk:
                self.numbered.append(subject)

    def _learn(self, subject: Subject, row: Nominee) -> None:
        """Of a row out of an old decision, or one from before a merger: where in the unit, and which of its people."""
        before = subject.part_id, subject.lower_id, subject.person_id
        if subject.part_id is None and subject.lower_id is None:
            self._learn_place(subject, row)
        if subject.person_id is None and subject.kind == RecipientKind.PERSON:
            subject.person = sure_person(row, self.known)
        if subject.pk and before != (subject.part_id, subject.lower_id, subject.person_id):
            subject.fill_search()
            self.learned.append(subject)

    def _learn_place(self, subject: Subject, row: Nominee) -> None:
        if subject.kind != RecipientKind.COLLECTIVE:
            subject.part, subject.lower = row.proposal.part, row.proposal.lower
        elif len(parts := self.known.parts_named(row.name)) == 1:
            subject.part = parts[0]


def _keep(found: Round, maker: _Maker, rows: Sequence[Nominee], actor: Any, act: str) -> None:
    if not rows:
        return
    Subject.objects.bulk_create(maker.new)
    Subject.objects.bulk_update(maker.numbered, ["identity_hash", "identity_sealed"])
    Subject.objects.bulk_update(maker.learned, ["part", "lower", "person", "search"])
    for row in rows:
        row.subject = row.subject  # takes the key that its subject has got by now
        row.as_sent = {name: value for name, value in row.as_sent.items() if name != _ASK}
        row.version += 1
    Nominee.objects.bulk_update(rows, ["subject", "as_sent", "version"], batch_size=200)
    changes = {"identified": (None, len(rows)), "subjects_added": (None, [one.name for one in maker.new][:50])}
    changes = {name: pair for name, pair in changes.items() if pair[1]}
    audit.record(f"awards.nominees.{act}", found, actor=actor, unit_id=found.unit_id, changes=changes)


def _is_alike(made: Subject, row: Nominee) -> bool:
    """Made a moment ago of another row of the same name, birth and place."""
    place = (row.proposal.part, row.proposal.lower)
    return (
        (made.kind, made.birth_date, made.birth_year) == (row.kind, row.birth_date, row.birth_year)
        and (made.part, made.lower) == place
        and name_key(made.name) == name_key(row.name)
    )
