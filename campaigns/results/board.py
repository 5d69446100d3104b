"""Thôn, trường, cơ quan × chỉ tiêu: how far each is, and who has sent no figures. From rows already read."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from campaigns.figures import show_figure
from campaigns.models import Campaign, Share, Target
from campaigns.periods import Period
from campaigns.results import selectors
from campaigns.results.presenters import Shown, shown_pace
from campaigns.results.standing import Bearer, Reported, measured, newest_of_each
from campaigns.wording import percent_in_words, share_in_words, with_measure
from core.templatetags.tdkt import STATES

COLUMNS = 8
"""Targets side by side on one page."""


@dataclass(frozen=True, slots=True)
class Cell:
    state: Shown
    value: str
    share: str
    percent: str
    period: str
    """Where the figure is of an earlier period than the one asked for."""
    is_missing: bool

    @property
    def tone(self) -> str:
        """Of its colour, which only repeats what word and shape say."""
        return STATES[self.state.look].tone


@dataclass(frozen=True, slots=True)
class Total:
    """Of a column: how many of those who bear it have figures, and what these sum to."""

    reported: int
    expected: int
    words: str


@dataclass(frozen=True, slots=True)
class Board:
    targets: list[Target]
    """Those that anybody below bears or has reported on."""
    cells: dict[tuple[Bearer, int], Cell]
    figures: dict[tuple[Bearer, int], Decimal]

    def row(self, bearer: Bearer, targets: Sequence[Target]) -> list[Cell | None]:
        return [self.cells.get((bearer, target.pk)) for target in targets]

    def missing_of(self, bearer: Bearer) -> int:
        return sum(cell.is_missing for cell in self.row(bearer, self.targets) if cell)

    @property
    def lacking(self) -> set[Bearer]:
        return {bearer for (bearer, _), cell in self.cells.items() if cell.is_missing}

    @property
    def bearers(self) -> set[Bearer]:
        return {bearer for bearer, _ in self.cells}

    def total(self, target: Target, bearers: Collection[Bearer]) -> Total:
        own = [cell for (bearer, pk), cell in self.cells.items() if pk == target.pk and bearer in bearers]
        figures = [one for (bearer, pk), one in self.figures.items() if pk == target.pk and bearer in bearers]
        words = with_measure(sum(figures, Decimal(0)), target.measure) if target.adds_up and figures else ""
        return Total(sum(not cell.is_missing for cell in own), len(own), words)


def board_of(campaign: Campaign, period: Period, reported: Mapping[int, Sequence[Reported]] | None = None) -> Board:
    """At the end of the period; an earlier figure is shown and said to be one, and counts as missing.

    ``reported``: what the caller has read already (``selectors.figures_of``).
    """
    reported = selectors.figures_of(campaign) if reported is None else reported
    targets = list(selectors.targets_of(campaign))
    shares = selectors.shares_of(campaign)
    cells: dict[tuple[Bearer, int], Cell] = {}
    figures: dict[tuple[Bearer, int], Decimal] = {}
    for target in targets:
        target.campaign = campaign
        own = shares.get(target.pk, {})
        latest = newest_of_each(reported.get(target.pk, []), period.last, period.code)
        for bearer in {**own, **latest}:
            cells[bearer, target.pk] = _cell(target, own.get(bearer), latest.get(bearer), period)
            if bearer in latest and latest[bearer].period.last == period.last:
                figures[bearer, target.pk] = latest[bearer].value
    known = {pk for _, pk in cells}
    return Board([target for target in targets if target.pk in known], cells, figures)


def _cell(target: Target, share: Share | None, one: Reported | None, period: Period) -> Cell:
    found: Any = measured(selectors.part_aim(target, share), one, selectors.span_of(target))
    is_current = one is not None and one.period.last == period.last
    return Cell(
        shown_pace(found),
        show_figure(one.value) if one else "",
        share_in_words(target, share.low, share.high) if share else "",
        percent_in_words(found.percent),
        "" if one is None or is_current else one.period.words,
        not is_current,
    )
