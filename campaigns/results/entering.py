"""From the rows of the page to figures: what is read for them, and how they are written."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.db import models, transaction

from campaigns.models import Campaign, Result, Target
from campaigns.periods import Period
from campaigns.results import selectors
from campaigns.results.evidence import UnfitProof, keep
from campaigns.results.grid import Line, Place, stored_line
from campaigns.results.services import Entry, cleaned_note, record_results
from core.errors import AppError
from units.models import Part, Unit


@dataclass(frozen=True, slots=True)
class View:
    """Which table: of the whole; of ``target`` the parts; of ``bearer`` the targets."""

    target: Target | None = None
    bearer: Part | Unit | None = None


class UnfitLines(AppError):
    """``errors``: key of the row → field and sentence."""

    def __init__(self, errors: dict[str, tuple[str, str]]) -> None:
        super().__init__(next(iter(errors.values()))[1])
        self.errors = errors


def places_of(
    campaign: Campaign, view: View, targets: Sequence[Target], bearers: Sequence[Part | Unit]
) -> list[Place]:
    shares = selectors.shares_of(campaign)
    if view.target is not None:
        own = shares.get(view.target.pk, {})
        named = [one for one in bearers if selectors.bearer_of(one) in own] if own else bearers
        return [Place(view.target, one, own.get(selectors.bearer_of(one))) for one in named]
    if view.bearer is not None:
        key = selectors.bearer_of(view.bearer)
        return [Place(target, view.bearer, shares.get(target.pk, {}).get(key)) for target in targets]
    return [Place(target) for target in targets]


def lines_of(
    campaign: Campaign,
    view: View,
    period: Period,
    places: Sequence[Place],
    *,
    first: int = 1,
    hints: Mapping[int, str] | None = None,
) -> list[Line]:
    """As they stand. ``first``: the number of the first row, where these are a page of more; ``hints`` by target."""
    chains = _chains(campaign, view, period)
    counted = selectors.figures_of(campaign, **_only(view))
    lines = []
    for number, place in enumerate(places, start=first):
        cell = selectors.bearer_of(place.bearer) if place.bearer else None
        own = [one for one in counted.get(place.target.pk, []) if one.bearer == cell]
        line = Line(
            place=place,
            number=number,
            name=str(place.bearer) if view.target is not None else place.target.text,
            period=period,
            chain=tuple(chains.get((place.target.pk, cell), ())),
            others=tuple(one for one in own if one.period != period),
            hint=(hints or {}).get(place.target.pk, ""),
        )
        lines.append(stored_line(line))
    return lines


def _only(view: View) -> dict[str, Any]:
    if view.target is not None:
        return {"target": view.target}
    if view.bearer is not None:
        return {"part" if isinstance(view.bearer, Part) else "lower": view.bearer}
    return {"part": None, "lower": None}


def _chains(campaign: Campaign, view: View, period: Period) -> dict[Any, list[Result]]:
    """A correction comes after what it replaces, so the newest row of a cell is the one that counts."""
    rows: models.QuerySet[Result] = Result.objects.filter(
        target__campaign=campaign, period=period.code, **_only(view)
    ).select_related("by__person", "evidence__file", "evidence__paper__signed_file")
    chains: dict[Any, list[Result]] = {}
    for row in rows.order_by("pk"):
        cell = ("part", row.part_id) if row.part_id else ("lower", row.lower_id) if row.lower_id else None
        chains.setdefault((row.target_id, cell), []).append(row)
    return chains


@transaction.atomic
def enter(campaign: Campaign, lines: Sequence[Line], *, actor: Any) -> int:
    """Write the rows that differ from what the person saw; how many. All of them or none.

    Raise ``UnfitLines``, and what ``record_results`` raises.
    """
    changed = [line for line in lines if line.is_changed]
    errors: dict[str, tuple[str, str]] = {}
    entries = []
    for line in changed:
        try:
            entries.append(_entry(campaign, line, actor))
        except UnfitProof as error:
            errors[line.key] = ("ngay" if line.proof.number else "so", str(error))
        except AppError as error:
            errors[line.key] = ("rut" if line.is_withdrawing else "n", str(error))
    if errors:
        raise UnfitLines(errors)
    record_results(campaign, entries, actor=actor)
    return len(entries)


def _entry(campaign: Campaign, line: Line, actor: Any) -> Entry:
    """The proof that stands there stays where no other is given; it goes with the figure that is withdrawn."""
    seen = line.seen
    evidence = seen.evidence if seen and not line.is_withdrawing else None
    if line.proof:
        evidence = keep(line.proof, unit_id=campaign.unit_id, actor=actor)
    bearer, figure = line.place.bearer, line.figure
    if figure is None and not line.is_withdrawing:
        raise AppError("Ghi số thực hiện.")
    return Entry(
        target=line.place.target,
        period=line.period.code,
        value=figure,
        part=bearer if isinstance(bearer, Part) else None,
        lower=bearer if isinstance(bearer, Unit) else None,
        was=line.was,
        note=cleaned_note(line.note if figure is not None else line.reason),
        evidence=evidence,
    )


def with_errors(lines: Sequence[Line], errors: dict[str, tuple[str, str]]) -> list[Line]:
    return [replace(line, errors=(errors[line.key],)) if line.key in errors else line for line in lines]
