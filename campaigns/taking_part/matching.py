"""Rows that a place sent, read as registrations: of whom each is, what it aims at. Pure.

Nobody is guessed: one person of the place with that name is meant; where two have it, or somebody of another place,
the officer is asked; a name that nobody has is somebody new, and said to be.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from campaigns.taking_part import titles as title_words
from campaigns.taking_part.promises import Aimed, Promise, read_promises
from core.cells import name_key
from units.models import Part, Person

NAME, POST, TITLES, PROMISES = "Họ và tên / tên tập thể", "Chức vụ", "Danh hiệu đăng ký", "Chỉ tiêu đăng ký"
COLUMNS = (NAME, POST, TITLES, PROMISES)
"""Of the list that is asked for."""
NEW = "moi"
"""What is chosen for a row that is about somebody new."""
PLACE_ITSELF = "tap-the"
_LONGEST_NAME = 120
_BEFORE_NAME = re.compile(
    r"^(?:(?:hộ|gia đình|hộ gia đình|tập thể|đồng chí|đ/c|ông|bà|anh|chị|cô|thầy)[ .:]+)+", re.IGNORECASE
)
_COLLECTIVE = re.compile(
    r"^(?:tập thể|nhân dân|cán bộ|thôn|ấp|bản|buôn|xóm|khu phố|tổ dân phố|trường|trạm|chi bộ|chi hội|chi đoàn|hội"
    r"|đoàn|phòng|ban|ủy ban|hội đồng|công an|văn phòng)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Choice:
    """Somebody whom a row may be about; ``value`` is what the form sends."""

    value: str
    label: str


@dataclass(frozen=True, slots=True)
class Proposal:
    """What one row would become."""

    number: int
    """Of the list, from 1."""
    name: str
    post: str
    titles: tuple[str, ...]
    promises: tuple[Promise, ...]
    choices: tuple[Choice, ...] = ()
    """More than one: the officer is asked."""
    faults: tuple[str, ...] = ()

    @property
    def is_sure(self) -> bool:
        return len(self.choices) == 1

    @property
    def is_collective(self) -> bool:
        return self.is_sure and self.choices[0].value == PLACE_ITSELF


@dataclass(frozen=True, slots=True)
class Known:
    """What rows are compared with, read once for all answers."""

    targets: Sequence[Aimed]
    titles: Sequence[str]
    people: Sequence[Person]
    by_name: Mapping[str, Sequence[Person]] = field(init=False, default_factory=dict)

    def __post_init__(self) -> None:
        found: dict[str, list[Person]] = {}
        for person in self.people:
            found.setdefault(name_key(person.full_name), []).append(person)
        object.__setattr__(self, "by_name", found)


def read_rows(rows: Sequence[Mapping[str, str]], text: str, part: Part, known: Known) -> tuple[Proposal, ...]:
    """Of one answer. Words without a list are the place's own registration, line by line."""
    if not rows:
        return (_read_text(text, part, known),) if text.strip() else ()
    found: list[Proposal] = []
    taken: dict[str, int] = {}
    for number, row in enumerate(rows, start=1):
        proposal = _read_row(number, {name: row.get(name, "").strip() for name in COLUMNS}, part, known)
        same = proposal.choices[0].value if proposal.is_sure else ""
        same = f"{NEW} {name_key(proposal.name)}" if same == NEW else same
        if same and same in taken:
            fault = f"Trùng với dòng {taken[same]}: cùng một nơi, một người."
            proposal = _with_fault(proposal, fault)
        elif same:
            taken[same] = number
        found.append(proposal)
    return tuple(found)


def _read_row(number: int, row: Mapping[str, str], part: Part, known: Known) -> Proposal:
    name = " ".join(row[NAME].split())
    proposal = Proposal(
        number,
        _BEFORE_NAME.sub("", name) or name,
        " ".join(row[POST].split()),
        title_words.read_titles(row[TITLES], known.titles),
        read_promises(row[PROMISES], known.targets),
        _choices(name, row[POST], part, known) if name else (),
        () if name else (f"{NAME}: còn trống.",),
    )
    if not proposal.titles and not proposal.promises:
        proposal = _with_fault(proposal, "Chưa ghi danh hiệu hay chỉ tiêu nào.")
    if len(proposal.name) > _LONGEST_NAME:
        proposal = _with_fault(proposal, f"Họ và tên dài quá {_LONGEST_NAME} ký tự.")
    return proposal


def _read_text(text: str, part: Part, known: Known) -> Proposal:
    lines = [line for line in text.split("\n") if line.strip()]
    titles = [line for line in lines if title_words.is_known(line, known.titles)]
    others = [line for line in lines if line not in titles]
    return Proposal(
        1,
        part.name,
        "",
        title_words.read_titles("\n".join(titles), known.titles),
        read_promises("\n".join(others), known.targets),
        (_itself(part),),
    )


def _choices(name: str, post: str, part: Part, known: Known) -> tuple[Choice, ...]:
    bare = _BEFORE_NAME.sub("", name)
    if name_key(part.name) in {name_key(name), name_key(bare)}:
        return (_itself(part),)
    same = known.by_name.get(name_key(bare), ())
    own = [person for person in same if person.part_id == part.pk or person.pk == part.head_id]
    if len(own) > 1 and post:
        own = [person for person in own if name_key(person.post) == name_key(post)] or own
    if len(own) == 1:
        return (_person(own[0]),)
    if own:
        return (*map(_person, own), Choice(NEW, "Một người khác, thêm vào danh sách"))
    if same:
        return (*map(_person, same), Choice(NEW, f"Một người khác, thêm vào {part.name}"))
    if _COLLECTIVE.match(name):
        return (_itself(part), Choice(NEW, "Là tên một người, thêm vào danh sách"))
    return (Choice(NEW, f"Người mới, thêm vào {part.name}"),)


def _itself(part: Part) -> Choice:
    return Choice(PLACE_ITSELF, f"Tập thể {part.name}")


def _person(person: Person) -> Choice:
    more = "; ".join(filter(None, [person.post, str(person.part) if person.part_id else "chưa ghi bộ phận"]))
    year = f", sinh {person.birth_year}" if person.birth_year else ""
    return Choice(f"nguoi-{person.pk}", f"{person.full_name} ({more}{year})")


def _with_fault(proposal: Proposal, fault: str) -> Proposal:
    return Proposal(
        proposal.number,
        proposal.name,
        proposal.post,
        proposal.titles,
        proposal.promises,
        proposal.choices,
        (*proposal.faults, fault),
    )
