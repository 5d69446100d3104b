"""What a late paper costs its member, said beside the days that are left: «thêm 3 ngày nữa: −5 điểm».

Of the member's own papers, of handing in its own sheet where the timetable asks for it, and of a member's task or
duty that a line of a timetable is tied to. Asked for many deadlines at once.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import F

from clusters.deadlines import ASKED, REPORT, SCORING
from clusters.lateness import days_late
from clusters.models import Receipt, Season, Step
from clusters.receipts.arithmetic import Scale
from clusters.receipts.board import penalties_of, scale_from
from plans.deadlines import DUTY, TASK
from reminders.calendars import workdays_of
from reminders.costs import Cost
from reminders.deadlines import Deadline, Key

_SOON = dt.timedelta(days=14)
"""So long before its day the first loss is told; earlier it would only be noise."""


@dataclass(frozen=True, slots=True)
class _Due:
    key: Key
    season: Season
    day: dt.date


def lateness(deadlines: Collection[Deadline], day: dt.date) -> dict[Key, Cost]:
    """A ``reminders.costs.Costing``; at most four queries however many there are, none where nothing is tied."""
    found = [*_own_papers(deadlines), *_tied(deadlines)]
    scales = _scales({one.season.pk: one.season for one in found}.values())
    costs: dict[Key, Cost] = {}
    for one in found:
        if (scale := scales.get(one.season.pk)) and (cost := _cost(scale, one.day, day)):
            costs[one.key] = cost
    return costs


def _cost(scale: Scale, due: dt.date, day: dt.date) -> Cost | None:
    days = days_late(due, day, scale.is_working)
    lost = scale.loss(days)
    ahead = scale.ahead(due, day, days) if day >= due - _SOON else ""
    gone = f"đã −{scale.points(lost)} điểm" if lost else ""
    words = "; ".join(filter(None, (gone, ahead)))
    return Cost(lost, words) if words else None


def _own_papers(deadlines: Iterable[Deadline]) -> list[_Due]:
    own = [one for one in deadlines if one.kind == REPORT or (one.kind == SCORING and one.slot == ASKED)]
    if not own:
        return []
    rows = Season.objects.filter(pk__in={one.group for one in own}).select_related("cluster", "criteria")
    seasons = {row.pk: row for row in rows}
    return [_Due(one.key, seasons[one.group], one.due) for one in own if one.group in seasons]


def _tied(deadlines: Iterable[Deadline]) -> list[_Due]:
    """Tasks of plans and duties that a line of the timetable stands for, where their unit is a member that owes it."""
    tasks = {one.subject: one for one in deadlines if one.kind in (TASK, DUTY)}
    if not tasks:
        return []
    rows = Step.objects.filter(
        task__in=tasks, asks_members=True, due__isnull=False, season__members__unit=F("task__unit")
    ).annotate(member=F("season__members"))
    rows = rows.select_related("season__cluster", "season__criteria")
    there = set(Receipt.objects.filter(step__task__in=tasks).values_list("member_id", "step_id") if rows else [])
    return [
        _Due(tasks[row.task_id].key, row.season, row.due)
        for row in rows
        if row.task_id and row.due and (row.member, row.pk) not in there
    ]


def _scales(seasons: Iterable[Season]) -> Mapping[int, Scale]:
    """Of all seasons with two queries: penalties by set, working days by organiser."""
    rows = [season for season in seasons if season.criteria is not None]
    if not rows:
        return {}
    by_set: dict[int, list[Any]] = {}
    for criterion in penalties_of({season.criteria_id for season in rows if season.criteria_id}):
        by_set.setdefault(criterion.set_id, []).append(criterion)
    working = [season for season in rows if season.late_in == Season.LateIn.WORKING]
    days = workdays_of({season.cluster.unit_id for season in working}) if working else {}
    found = {}
    for season in rows:
        assert season.criteria is not None
        is_working = days[season.cluster.unit_id].is_working if season in working else None
        found[season.pk] = scale_from(season.criteria, by_set.get(season.criteria.pk, ()), is_working)
    return found
