"""Reads of score sheets: one, or all that a user sees of a season. The season is read once for all of them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django.db import models

from clusters.models import Assignment, Criterion, Entry, Explanation, Member, ScoreSheet, Season
from clusters.reviewing.selectors import sheets_with_explanations
from clusters.selectors import visible_seasons, visible_sheets
from clusters.sheets.typed import Leaf, leaf_of
from clusters.states import ExplanationState


def for_sheets(user: Any) -> models.QuerySet[Season]:
    """Seasons with the members that the rules ask for."""
    return visible_seasons(user).prefetch_related("members")


def sheets_of(user: Any, season: Season) -> list[ScoreSheet]:
    """The visible ones in the order of the members; ``season`` with its members, shared by all of them."""
    return _shared(visible_sheets(user).filter(member__season=season), season)


def sheets_by_pk(season: Season, pks: Iterable[int]) -> list[ScoreSheet]:
    """Past the scope: for services, whose callers have asked."""
    rows = ScoreSheet.objects.filter(member__season=season, pk__in=pks).select_related("member", "cross_by")
    return _shared(rows, season)


def _shared(rows: models.QuerySet[ScoreSheet], season: Season) -> list[ScoreSheet]:
    sheets = list(rows.order_by("member__order", "pk"))
    for sheet in sheets:
        sheet.member.season = season
    return sheets


def leaves_of(season: Season, rows: Iterable[Criterion]) -> dict[int, Leaf]:
    """By the criterion's id."""
    assert season.criteria is not None
    return {row.pk: leaf_of(row, season.criteria.decimals) for row in rows if row.kind}


def entries_at(sheets: Sequence[ScoreSheet], criteria: Iterable[Criterion]) -> dict[tuple[int, int], dict[str, Entry]]:
    """(sheet, criterion) → stage → what it said."""
    found: dict[tuple[int, int], dict[str, Entry]] = {}
    rows = Entry.objects.filter(sheet__in=sheets, criterion__in=list(criteria)).select_related("by__person")
    for row in rows:
        found.setdefault((row.sheet_id, row.criterion_id), {})[row.stage] = row
    return found


def explanations_waiting(user: Any, sheet: ScoreSheet) -> int | None:
    """Without an answer; None for who has no part in them."""
    is_open = models.Q(explanations__state=ExplanationState.OPEN)
    counted = sheets_with_explanations(user).annotate(waiting=models.Count("explanations", is_open, distinct=True))
    return counted.filter(pk=sheet.pk).values_list("waiting", flat=True).first()


def open_explanations(sheet: ScoreSheet) -> int:
    """Without an answer."""
    return Explanation.objects.filter(sheet=sheet, state=ExplanationState.OPEN).count()


def explanations_open(sheets: Sequence[ScoreSheet]) -> dict[int, int]:
    """Sheet → how many; one without any is not in it."""
    rows = Explanation.objects.filter(sheet__in=sheets, state=ExplanationState.OPEN).order_by()
    return dict(rows.values_list("sheet").annotate(count=models.Count("pk")))


def unassigned(members: Iterable[Member], criteria: Iterable[Criterion]) -> set[tuple[int, int]]:
    """(member, criterion) without a target: nothing is scored there."""
    rows = Assignment.objects.filter(member__in=list(members), criterion__in=list(criteria), is_assigned=False)
    return set(rows.values_list("member_id", "criterion_id"))
