"""Who a row is about: somebody in the register, a person or part of the unit, or somebody new. Pure.

Nobody is guessed. Sure are: the same identity number; the same name, birth year and part; of a collective the very
name of a part. Whoever only bears the name is asked about, and whoever bears a name that nobody has is new.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from awards.collecting.wording import birth_words
from awards.models import Nominee, Subject
from awards.models.common import RecipientKind
from core.cells import name_key
from core.text import fold
from units.models import Part, Person

NEW = "moi"
SUBJECT, EARLIER, PERSON, PART = "doi-tuong", "truoc", "nguoi", "bo-phan"
"""What a choice is called in a form, before its key."""
_ANOTHER = {
    RecipientKind.PERSON: "Một người",
    RecipientKind.COLLECTIVE: "Một tập thể",
    RecipientKind.HOUSEHOLD: "Một hộ",
}
_BEFORE = ("tập thể ", "cán bộ và nhân dân ", "cán bộ, nhân dân ", "nhân dân và cán bộ ", "nhân dân ", "cán bộ ")


@dataclass(frozen=True, slots=True)
class Choice:
    value: str
    label: str


@dataclass(frozen=True, slots=True)
class Match:
    sure: str = ""
    """The value of the choice that needs no question; blank: ask."""
    choices: tuple[Choice, ...] = ()
    subject: Subject | None = None
    """The row of the unit's own register that is surely meant; it may be too new to have a key."""


@dataclass(slots=True)
class Known:
    """What rows are compared with, read once; whoever becomes known on the way is added."""

    unit_id: int
    subjects: Iterable[Subject]
    people: Iterable[Person]
    parts: Iterable[Part]
    heirs: Mapping[int, int] = field(default_factory=dict)
    """Part of a unit before → the part that took it over whole."""
    _by_name: dict[tuple[str, str], list[Subject]] = field(default_factory=lambda: defaultdict(list))
    _by_hash: dict[str, Subject] = field(default_factory=dict)
    _people: dict[str, list[Person]] = field(default_factory=lambda: defaultdict(list))
    _parts: dict[str, list[Part]] = field(default_factory=lambda: defaultdict(list))

    def __post_init__(self) -> None:
        for subject in self.subjects:
            self.add(subject)
        for person in self.people:
            self._people[name_key(person.full_name)].append(person)
        for part in self.parts:
            self._parts[fold(part.name)].append(part)

    def add(self, subject: Subject) -> None:
        self._by_name[subject.kind, name_key(subject.name)].append(subject)
        if subject.identity_hash and subject.unit_id == self.unit_id:
            self.note_number(subject)

    def note_number(self, subject: Subject) -> None:
        self._by_hash[subject.identity_hash] = subject

    def named(self, kind: str, name: str) -> list[Subject]:
        return self._by_name.get((kind, name_key(name)), [])

    def with_number(self, identity_hash: str) -> Subject | None:
        return self._by_hash.get(identity_hash)

    def people_named(self, name: str) -> list[Person]:
        return self._people.get(name_key(name), [])

    def parts_named(self, name: str) -> list[Part]:
        """The nearest spelling first: the very name, else the name without its marks."""
        bare = bare_name(name)
        found = self._parts.get(fold(bare), [])
        return [part for part in found if name_key(part.name) == name_key(bare)] or found


def match(row: Nominee, known: Known, identity_hash: str = "") -> Match:
    """``row`` needs its proposal with part and unit below."""
    if identity_hash and (same := known.with_number(identity_hash)):
        return _surely(same, known)
    if row.kind == RecipientKind.COLLECTIVE:
        return _match_collective(row, known)
    named = [one for one in known.named(row.kind, row.name) if not _contradicts(row, one, identity_hash)]
    sure = [one for one in named if _is_surely(row, one, known)]
    own = [one for one in sure if one.unit_id == known.unit_id] or sure
    if len(own) == 1:
        return _surely(own[0], known, named)
    people = [] if row.kind != RecipientKind.PERSON else _people(row, known, named)
    if not named and len(people) == 1 and _is_surely_person(row, people[0]):
        return Match(f"{PERSON}-{people[0].pk}", (_of_person(people[0]),))
    choices = [*(_choice(one, known) for one in named), *map(_of_person, people)]
    if not choices:
        return Match(NEW)
    return Match("", tuple(choices))


def _surely(one: Subject, known: Known, named: Iterable[Subject] = ()) -> Match:
    choices = tuple(_choice(other, known) for other in named or (one,))
    return Match(_value(one, known), choices, one if one.unit_id == known.unit_id else None)


def somebody_new(row: Nominee) -> Choice:
    return Choice(NEW, f"{_ANOTHER[RecipientKind(row.kind)]} khác, chưa có trong sổ")


def _match_collective(row: Nominee, known: Known) -> Match:
    parts = known.parts_named(row.name)
    named = known.named(row.kind, row.name) or (
        [one for part in parts for one in known.named(row.kind, part.name)] if len(parts) == 1 else []
    )
    own = [one for one in named if one.unit_id == known.unit_id]
    if len(own) == 1 and (len(parts) == 1 or _same_place(row, own[0], known)):
        return _surely(own[0], known)
    very = [part for part in parts if name_key(part.name) == name_key(bare_name(row.name))]
    if not named and len(very) == 1:
        return Match(f"{PART}-{very[0].pk}", (_of_part(very[0]),))
    choices = [*(_choice(one, known) for one in named)]
    if not named:
        choices += map(_of_part, parts)
    if not choices:
        return Match(NEW)
    return Match("", tuple(choices))


def bare_name(name: str) -> str:
    plain = " ".join(name.split())
    for words in _BEFORE:
        if plain.casefold().startswith(words):
            return plain[len(words) :]
    return plain


def _contradicts(row: Nominee, one: Subject, identity_hash: str) -> bool:
    """Somebody else for certain: another number, or another birth year in another place."""
    if identity_hash and one.identity_hash and one.identity_hash != identity_hash:
        return True
    is_other_year = bool(row.birth_year and one.birth_year and row.birth_year != one.birth_year)
    return is_other_year and (one.part_id, one.lower_id) != (row.proposal.part_id, row.proposal.lower_id)


def _is_surely(row: Nominee, one: Subject, known: Known) -> bool:
    if not _same_place(row, one, known):
        return False
    if row.kind == RecipientKind.HOUSEHOLD:
        return True
    if row.birth_date and one.birth_date:
        return row.birth_date == one.birth_date
    if row.birth_year or one.birth_year:
        return row.birth_year == one.birth_year
    return bool(row.post) and name_key(row.post) == name_key(one.post)


def _same_place(row: Nominee, one: Subject, known: Known) -> bool:
    part = one.part_id
    if one.unit_id != known.unit_id:
        part = known.heirs.get(one.part_id or 0)
        if part is None:
            return False
    return (part, one.lower_id) == (row.proposal.part_id, row.proposal.lower_id)


def _people(row: Nominee, known: Known, named: list[Subject]) -> list[Person]:
    """Those of the unit with that name whom the register does not have: of the very birth year it does."""
    there = {one.person_id for one in named if one.person_id}
    years = {one.birth_year for one in named if one.person_id is None and one.birth_year}
    found = [one for one in known.people_named(row.name) if one.pk not in there and one.birth_year not in years]
    return [one for one in found if not (row.birth_year and one.birth_year and row.birth_year != one.birth_year)]


def _is_surely_person(row: Nominee, person: Person) -> bool:
    """Of the part, or, on the unit's own list, with the very birth year; ``_people`` left out other years."""
    if row.proposal.part_id is None:
        return row.proposal.lower_id is None and bool(row.birth_year) and row.birth_year == person.birth_year
    return person.part_id == row.proposal.part_id


def sure_person(row: Nominee, known: Known) -> Person | None:
    """Who of the unit's people the row surely is, and no row of the register is yet."""
    named = known.named(row.kind, row.name)
    there = {one.person_id for one in named if one.person_id}
    people = [
        one
        for one in known.people_named(row.name)
        if _is_surely_person(row, one) and not (row.birth_year and one.birth_year and row.birth_year != one.birth_year)
    ]
    return people[0] if len(people) == 1 and people[0].pk not in there else None


def _value(one: Subject, known: Known) -> str:
    return f"{SUBJECT if one.unit_id == known.unit_id else EARLIER}-{one.pk}"


def _choice(one: Subject, known: Known) -> Choice:
    birth = birth_words(one.birth_date, one.birth_year)
    place = one.part or one.lower
    unit = f"trước ở {one.unit}" if one.unit_id != known.unit_id else ""
    more = "; ".join(filter(None, [f"sinh {birth}" if birth else "", one.post, str(place or ""), unit]))
    return Choice(_value(one, known), f"{one.name} ({more})" if more else f"{one.name} (đã có trong sổ)")


def _of_part(part: Part) -> Choice:
    return Choice(f"{PART}-{part.pk}", f"{part.name} (bộ phận của đơn vị)")


def _of_person(person: Person) -> Choice:
    year = f"sinh {person.birth_year}" if person.birth_year else ""
    place = str(person.part) if person.part_id else ""
    more = "; ".join(filter(None, [year, person.post, place, "danh sách Nhân sự"]))
    return Choice(f"{PERSON}-{person.pk}", f"{person.full_name} ({more})")
