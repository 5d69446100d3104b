"""Lists of nominees in the demonstration: who is asked for what, in whose words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from awards.collecting.rows import RowData
from awards.collecting.values import NomineeData
from awards.models.common import Level, RecipientKind
from tdkt.demo.award_scene import Scene

Kind = RecipientKind
NEW = -1
"""Instead of a place in the part: somebody whom nobody has entered yet."""


@dataclass(frozen=True)
class Said:
    """One line of a list."""

    who: int | str
    """Place among the part's people, or the name of a collective; blank: the part itself."""
    award: str
    achievement: str
    kind: str = Kind.PERSON.value
    post: str = ""
    """Of somebody new."""
    born: int | None = None
    years_back: int = 0
    of: str = ""
    """Another part than the sender's."""


def row_of(scene: Scene, part: str, said: Said, year: int) -> RowData:
    """``part`` blank: the commune's own list."""
    place, year = said.of or part, year - said.years_back
    if said.kind == Kind.COLLECTIVE:
        name = str(said.who).format(unit=scene.commune.title) or part
        return RowData(NomineeData(name, said.award, said.kind, achievement=said.achievement, year=year))
    assert isinstance(said.who, int)  # people are named by their places
    if said.who == NEW:
        honorific, name = scene.somebody_new()
        post, born, level = said.post, said.born, Level.DIRECT
    else:
        person = scene.people_of(place)[said.who]
        honorific, name, post, born = person.honorific, person.full_name, person.post, person.birth_year
        level = Level.LEADER if said.who < _LEADERS and not place.startswith("Thôn") else Level.DIRECT
    if said.kind == Kind.HOUSEHOLD:
        name = f"Hộ {honorific.lower()} {name}"
        data = NomineeData(name, said.award, said.kind, workplace=place, achievement=said.achievement, year=year)
        return RowData(data)
    data = NomineeData(name, said.award, said.kind, honorific, "", None, born, post, place, level.value)
    return RowData(replace(data, achievement=said.achievement, year=year))


_LEADERS = 2
"""The head of a part and whoever stands in."""


def rows_of(scene: Scene, part: str, lines: Sequence[Said], year: int) -> list[RowData]:
    return [row_of(scene, part, one, year) for one in lines]
