"""From rows to the engine: a set as a scheme, what the stages said as figures, a season as totals and ranks.

A constant number of queries, whatever the number of members and criteria. Pages, papers, snapshots and the command all
score through here.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from django.db import models
from django.utils import timezone

from clusters.interchange import read_rule
from clusters.kinds import ZERO, Figure
from clusters.lateness import day_that_counts, days_late
from clusters.models import Assignment, CriteriaSet, Criterion, Entry, Member, Receipt, Season, Step
from clusters.scheme import Criterion as Node
from clusters.scheme import Kind, NotAssigned, Scheme
from clusters.scoring import Outcome, UnitFigures, UnitScore, score
from clusters.states import FROZEN, Stage
from reminders.calendars import workdays_of

ORDER = {stage: place for place, stage in enumerate(Stage.values)}


# -- Criteria ----------------------------------------------------------------------------


def scheme_of(criteria_set: CriteriaSet, rows: Iterable[Criterion] | None = None) -> Scheme:
    """``rows``: its criteria in their order, where they were read already."""
    criteria = list(criteria_set.criteria.all() if rows is None else rows)
    children: dict[int | None, list[Criterion]] = defaultdict(list)
    for row in criteria:
        children[row.parent_id].append(row)
    tied = sorted((row for row in criteria if row.tie_order is not None), key=lambda row: row.tie_order or 0)
    return Scheme(
        criteria=tuple(_node(row, children) for row in children[None]),
        decimals=criteria_set.decimals,
        not_assigned=NotAssigned(criteria_set.not_assigned),
        tie_break=tuple(row.code for row in tied),
        surplus_cap=None if criteria_set.surplus_cap is None else Fraction(criteria_set.surplus_cap),
    )


def _node(row: Criterion, children: Mapping[int | None, list[Criterion]]) -> Node:
    return Node(
        code=row.code,
        title=row.title,
        maximum=Fraction(row.maximum),
        kind=Kind(row.kind) if row.kind else None,
        children=tuple(_node(child, children) for child in children[row.pk]),
        is_lower_better=row.is_lower_better,
        needs_evidence=row.needs_evidence,
        starts_full=row.starts_full,
        **read_rule(row.code, row.rule),
    )


# -- Figures -----------------------------------------------------------------------------


@dataclass(slots=True)
class Said:
    """What counts of one criterion of one sheet after the stages up to one, and who said it last."""

    entries: dict[str, Entry]
    """Stage → its row."""

    def upto(self, stage: str) -> list[Entry]:
        """In the order of the stages."""
        return sorted(
            (entry for entry in self.entries.values() if ORDER[entry.stage] <= ORDER[stage]),
            key=lambda entry: ORDER[entry.stage],
        )


def figure_of(
    entries: Iterable[Entry], assignment: Assignment | None, *, late: tuple[int, ...] = (), is_proved: bool = False
) -> Figure | None:
    """``entries`` in the order of their stages; ``is_proved``: some evidence hangs on one of them.

    A later stage's value stands for the whole value (figure, grade, points, deduction) of the earlier ones.
    """
    is_assigned = assignment is None or assignment.is_assigned
    target = assignment.target if assignment else None
    actual = points = deduction = None
    grade, returned, proved, was_said = "", 0, is_proved, bool(late) or not is_assigned
    for entry in entries:
        was_said = True
        if says_value(entry):
            actual, grade, points, deduction = entry.actual, entry.grade, entry.points, entry.deduction
        if entry.late_days is not None:
            late = (entry.late_days,) if entry.late_days else ()
        if entry.returned is not None:
            returned = entry.returned
        if entry.is_proved is not None:
            proved = entry.is_proved
    if not was_said:
        return None
    return Figure(
        actual=_fraction(actual),
        target=_fraction(target),
        is_proved=proved,
        is_assigned=is_assigned,
        grade=grade,
        points=_fraction(points),
        deduction=_fraction(deduction) or ZERO,
        late=late,
        returned=returned,
    )


def says_value(entry: Entry) -> bool:
    """Else it only confirms what was there, or speaks of lateness or proof."""
    return entry.actual is not None or entry.points is not None or entry.deduction is not None or bool(entry.grade)


def _fraction(value: Decimal | None) -> Fraction | None:
    return None if value is None else Fraction(value)


# -- A season ----------------------------------------------------------------------------


@dataclass(slots=True)
class SeasonStanding:
    """All that was read of a season and what it comes to after one stage."""

    season: Season
    scheme: Scheme
    criteria: list[Criterion]
    members: list[Member]
    said: dict[tuple[int, int], Said]
    """(member, criterion) → the rows of the stages."""
    assignments: dict[tuple[int, int], Assignment]
    late: dict[int, dict[int, int]]
    """Member → step → days late, of papers that came late or are missing; waived ones are not here."""
    proved: set[int]
    """Entries on which evidence hangs."""
    on: dt.date
    only: frozenset[int] | None = None
    """Members whose points were asked for; of the others only that was read by which these are measured."""

    def figures(self, upto: str = Stage.REVIEW) -> list[UnitFigures]:
        return [
            UnitFigures(str(member.pk), self._figures_of(member, upto), member.is_excluded) for member in self.members
        ]

    def figure(self, member: Member, criterion: Criterion, upto: str = Stage.REVIEW) -> Figure | None:
        key = (member.pk, criterion.pk)
        entries = self.said[key].upto(upto) if key in self.said else []
        late = tuple(self.late.get(member.pk, {}).values()) if criterion.kind == Criterion.Kind.PENALTY else ()
        is_proved = any(entry.pk in self.proved for entry in entries)
        return figure_of(entries, self.assignments.get(key), late=late, is_proved=is_proved)

    def outcome(self, upto: str = Stage.REVIEW) -> Outcome:
        """Units are named by the member's id: two members may bear one name in two lists. No ranks with ``only``."""
        only = None if self.only is None else {str(pk) for pk in self.only}
        return score(self.scheme, self.figures(upto), only=only)

    def scores(self, upto: str = Stage.REVIEW) -> dict[int, UnitScore]:
        """By member."""
        return {int(unit.name): unit for unit in self.outcome(upto).units}

    def _figures_of(self, member: Member, upto: str) -> dict[str, Figure]:
        is_wanted = self.only is None or member.pk in self.only
        rows = [row for row in self.criteria if row.kind and (is_wanted or Kind(row.kind).looks_at_others)]
        found = ((row.code, self.figure(member, row, upto)) for row in rows)
        return {code: figure for code, figure in found if figure is not None}


def read_season(
    season: Season,
    *,
    on: dt.date | None = None,
    only: Collection[int] | None = None,
    members: Sequence[Member] | None = None,
) -> SeasonStanding:
    """``season`` with a set of criteria. ``on``: until when a missing paper has been late (``counted_until``).

    ``only``: members whose points are wanted, without ranks: who saves one cell asks for one of fourteen.
    ``members``: all of its members with unit and part, where they were read just now.
    """
    assert season.criteria is not None
    day = on or counted_until(season)
    criteria = list(season.criteria.criteria.all())
    members = list(season.members.select_related("unit", "part") if members is None else members)
    # Thousands of rows of few sheets and people: joined, each row would make its own copies of them.
    spoken = Entry.objects.filter(sheet__member__season=season)
    if only is not None:
        measures = [row.pk for row in criteria if row.kind and Kind(row.kind).looks_at_others]
        spoken = spoken.filter(models.Q(sheet__member__in=only) | models.Q(criterion__in=measures))
    entries = list(spoken.prefetch_related("sheet", "by__person"))
    said: dict[tuple[int, int], Said] = {}
    for entry in entries:
        said.setdefault((entry.sheet.member_id, entry.criterion_id), Said({})).entries[entry.stage] = entry
    return SeasonStanding(
        season=season,
        scheme=scheme_of(season.criteria, criteria),
        criteria=criteria,
        members=members,
        said=said,
        assignments={
            (row.member_id, row.criterion_id): row for row in Assignment.objects.filter(member__season=season)
        },
        late=late_days_of(season, members, day),
        proved=set(
            Entry.evidence.through.objects.filter(entry__sheet__member__season=season).values_list(
                "entry_id", flat=True
            )
        ),
        on=day,
        only=None if only is None else frozenset(only),
    )


def counted_until(season: Season) -> dt.date:
    """Until when a missing paper grows later: today, or the day on which the ranking was frozen."""
    today = timezone.localdate()
    if season.state not in FROZEN:
        return today
    frozen = season.rankings.order_by("-number").values_list("at", flat=True).first() or season.published_at
    return min(today, timezone.localdate(frozen)) if frozen else today


def late_days_of(season: Season, members: Collection[Member], on: dt.date) -> dict[int, dict[int, int]]:
    """Member → step → days late. A paper that has not come is late until ``on``; a waived one never."""
    steps = [step for step in season.steps.all() if step.asks_members and step.due is not None]
    if not steps:
        return {}
    receipts = {(row.member_id, row.step_id): row for row in Receipt.objects.filter(step__in=steps)}
    working = season.late_in == Season.LateIn.WORKING
    workdays = workdays_of([season.cluster.unit_id])[season.cluster.unit_id] if working else None
    found: dict[int, dict[int, int]] = {}
    for member in members:
        for step in steps:
            receipt = receipts.get((member.pk, step.pk))
            if receipt and receipt.waived:
                continue
            came = _came_on(season, receipt) or on
            assert step.due is not None
            if days := days_late(step.due, came, workdays.is_working if workdays else None):
                found.setdefault(member.pk, {})[step.pk] = days
    return found


def _came_on(season: Season, receipt: Receipt | None) -> dt.date | None:
    if receipt is None:
        return None
    return day_that_counts(
        season.late_from, received=receipt.received_on, sent=receipt.sent_on, signed=receipt.signed_on
    )


def steps_asking(season: Season) -> list[Step]:
    return [step for step in season.steps.all() if step.asks_members]
