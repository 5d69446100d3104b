"""The figures of a review (sơ kết, tổng kết) as plain values, in JSON and back. Pure.

Every number is one that rows hold, or is counted here from them; what nobody reported is said to be missing, never 0.
"""

from __future__ import annotations

import datetime as dt
import enum
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any

from campaigns.results.status import WEAK, WORDS, Status
from campaigns.wording import with_measure

FORMAT = "tdkt-review/1"


@dataclass(frozen=True, slots=True)
class PartCount:
    """«18/28 thôn» of a figure that was summed, or reported by parts."""

    reported: int
    expected: int
    noun: str

    def __str__(self) -> str:
        return f"{self.reported}/{self.expected} {self.noun}"


@dataclass(frozen=True, slots=True)
class TargetFigures:
    target: int
    """The row; in lists targets are counted from 1."""
    text: str
    aim: str
    """In words: «trên 98 %»; empty where it has no figure."""
    measure: str
    low: Decimal | None
    grows: bool
    value: Decimal | None
    period: str
    """Of the value, in words; empty without one."""
    is_current: bool
    """The value is of the review's own last day, not of an earlier one."""
    is_sum: bool
    percent: Decimal | None
    status: Status
    parts: PartCount | None
    forecast: Decimal | None
    """What the year would come to at this speed; never in a final report."""
    movement: int | None = None

    @property
    def remaining(self) -> Decimal | None:
        """What is still to be done, of what grows."""
        if not self.grows or self.low is None or self.value is None or self.status not in WEAK:
            return None
        return self.low - self.value if self.low > self.value else None


@dataclass(frozen=True, slots=True)
class PlaceFigures:
    """A part of the unit or a unit below, by the shares that it was given."""

    name: str
    noun: str
    shares: int
    reported: int
    reached: int

    @property
    def is_complete(self) -> bool:
        return 0 < self.shares == self.reported


@dataclass(frozen=True, slots=True)
class Rank:
    """Those of one kind who stand equal: with ``reached`` of ``shares``."""

    noun: str
    names: tuple[str, ...]
    compared: int
    """How many of the kind reported on all their shares."""
    of: int
    reached: tuple[str, ...]
    """«5/6», one for each name."""


@dataclass(frozen=True, slots=True)
class Registrations:
    approved: int
    waiting: int
    returned: int
    missing: int
    people: int

    @property
    def total(self) -> int:
        return self.came + self.missing

    @property
    def came(self) -> int:
        return self.approved + self.waiting + self.returned


@dataclass(frozen=True, slots=True)
class WaveFigures:
    name: str
    start: dt.date | None
    end: dt.date | None
    is_coming: bool
    """It begins after the review's last day."""


@dataclass(frozen=True, slots=True)
class MovementFigures:
    movement: int
    name: str
    lead: str


@dataclass(frozen=True, slots=True)
class ExemplarFigures:
    exemplar: int
    kind: str
    name: str
    place: str
    story: str
    day: dt.date
    proposed: str
    picture: int | None
    """The stored file."""


@dataclass(frozen=True, slots=True)
class Figures:
    campaign: int
    title: str
    theme: str
    year: int
    period: str
    period_words: str
    last_day: dt.date
    wave: str
    is_final: bool
    launched_on: dt.date | None
    targets: tuple[TargetFigures, ...]
    places: tuple[PlaceFigures, ...]
    registrations: Registrations | None
    """None: nobody was asked to register."""
    waves: tuple[WaveFigures, ...]
    movements: tuple[MovementFigures, ...]
    exemplars: tuple[ExemplarFigures, ...]

    def of(self, *wanted: Status) -> list[TargetFigures]:
        return [target for target in self.targets if target.status in wanted]

    @property
    def counts(self) -> dict[Status, int]:
        """Of all targets; a status that none has is 0."""
        return {status: len(self.of(status)) for status in Status}

    @property
    def reported(self) -> int:
        return len(self.targets) - self.counts[Status.NO_DATA]

    @property
    def best(self) -> tuple[Rank, ...]:
        return tuple(best for best, _ in ranks_of(self.places) if best)

    @property
    def weakest(self) -> tuple[Rank, ...]:
        return tuple(weakest for _, weakest in ranks_of(self.places) if weakest)

    @property
    def proposed(self) -> list[ExemplarFigures]:
        return [exemplar for exemplar in self.exemplars if exemplar.proposed]


def ranks_of(places: Iterable[PlaceFigures]) -> Iterator[tuple[Rank | None, Rank | None]]:
    """Of each kind the best and the weakest, by the part of their shares that they reached; equal ones share a rank.

    Villages are compared with villages, schools with schools, and only those who reported on all their shares. Where
    all stand equal, or fewer than two can be compared, nothing is said.
    """
    kinds: dict[str, list[PlaceFigures]] = {}
    for place in places:
        if place.shares:
            kinds.setdefault(place.noun, []).append(place)
    for noun, rows in kinds.items():
        known = [place for place in rows if place.is_complete]
        marks = {_mark(place) for place in known}
        if len(marks) < 2:
            continue
        yield tuple(_rank(noun, rows, known, mark) for mark in (max(marks), min(marks)))  # type: ignore[misc]


def _mark(place: PlaceFigures) -> Fraction:
    return Fraction(place.reached, place.shares)


def _rank(noun: str, rows: list[PlaceFigures], known: list[PlaceFigures], mark: Fraction) -> Rank:
    equal = [place for place in known if _mark(place) == mark]
    said = tuple(f"{place.reached}/{place.shares}" for place in equal)
    return Rank(noun, tuple(place.name for place in equal), len(known), len(rows), said)


# -- JSON ----------------------------------------------------------------------------------


def write(figures: Figures) -> dict[str, Any]:
    """With the counts, which ``read`` counts anew."""
    counts = {status.value: number for status, number in figures.counts.items() if number}
    ranks = {name: [asdict(rank) for rank in getattr(figures, name)] for name in ("best", "weakest")}
    proposed = [{"name": one.name, "place": one.place, "proposed": one.proposed} for one in figures.proposed]
    return {
        "format": FORMAT,
        **_plain(asdict(figures)),
        "counts": {"total": len(figures.targets), **counts},
        **_plain(ranks),
        "proposed": proposed,
    }


def read(content: Mapping[str, Any]) -> Figures:
    """What ``write`` wrote. Raise ``KeyError`` or ``ValueError`` for anything else."""
    if content["format"] != FORMAT:
        raise ValueError(content["format"])
    registrations = content["registrations"]
    named = ("campaign", "title", "theme", "year", "period", "period_words", "wave", "is_final")
    return Figures(
        **{name: content[name] for name in named},
        last_day=dt.date.fromisoformat(content["last_day"]),
        launched_on=_day(content["launched_on"]),
        targets=tuple(_target(row) for row in content["targets"]),
        places=tuple(PlaceFigures(**row) for row in content["places"]),
        registrations=Registrations(**registrations) if registrations else None,
        waves=tuple(
            WaveFigures(row["name"], _day(row["start"]), _day(row["end"]), row["is_coming"])
            for row in content["waves"]
        ),
        movements=tuple(MovementFigures(**row) for row in content["movements"]),
        exemplars=tuple(
            ExemplarFigures(**{**row, "day": dt.date.fromisoformat(row["day"])}) for row in content["exemplars"]
        ),
    )


def _target(row: Mapping[str, Any]) -> TargetFigures:
    figures = {name: None if row[name] is None else Decimal(row[name]) for name in _DECIMALS}
    parts = PartCount(**row["parts"]) if row["parts"] else None
    return TargetFigures(**{**row, **figures, "status": Status(row["status"]), "parts": parts})


_DECIMALS = ("low", "value", "percent", "forecast")


def _day(value: str | None) -> dt.date | None:
    return dt.date.fromisoformat(value) if value else None


def _plain(value: Any) -> Any:
    """Figures as text without trailing zeros: JSON's own numbers would round them."""
    match value:
        case Decimal():
            return f"{value.normalize() + 0:f}"
        case dt.date():
            return value.isoformat()
        case enum.Enum():
            return value.value
        case dict():
            return {name: _plain(part) for name, part in value.items()}
        case list() | tuple():
            return [_plain(part) for part in value]
    return value


# -- What changed since --------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Change:
    what: str
    then: str
    now: str


def changed_since(then: Figures, now: Figures) -> list[Change]:
    """Where rows say something else by now than what was issued."""
    found = []
    current = {target.target: target for target in now.targets}
    for old in then.targets:
        new = current.pop(old.target, None)
        said = [with_measure(one.value, one.measure) or WORDS[Status.NO_DATA] for one in (old, new) if one]
        if new is None:
            found.append(Change(old.text, said[0], "không còn chỉ tiêu này"))
        elif (old.value, old.low) != (new.value, new.low):
            aims = [f"{words}, giao {one.aim}" for words, one in zip(said, (old, new), strict=True)]
            found.append(Change(old.text, *(aims if old.aim != new.aim else said)))
    found += [Change(new.text, "chưa có chỉ tiêu này", WORDS[new.status]) for new in current.values()]
    found += _registrations_since(then, now)
    if then.exemplars != now.exemplars:
        found.append(Change("Điển hình tiên tiến", f"{len(then.exemplars)}", f"{len(now.exemplars)}"))
    return found


def _registrations_since(then: Figures, now: Figures) -> list[Change]:
    if then.registrations == now.registrations:
        return []
    said = [
        f"{one.came}/{one.total} nơi" if one else "không tổ chức" for one in (then.registrations, now.registrations)
    ]
    return [Change("Đăng ký thi đua", *said)]
