"""Reads: what waits for a reviewer across all clusters that he holds, and what falls due out of reviewing."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from typing import Any

from django.db import models
from django.db.models.functions import Coalesce

from clusters.models import Entry, Explanation, Member, ScoreSheet, Season, StageMark, Step
from clusters.rules import WORKING
from clusters.selectors import organised_seasons, visible_sheets
from clusters.states import ExplanationState, SeasonState, SheetStage, Stage
from core.text import fold
from units.models import Person
from units.selectors import readable_unit_ids, standing_of

_ORDER = models.Case(
    *(models.When(stage=stage, then=place) for place, stage in enumerate(Stage.values)),
    output_field=models.SmallIntegerField(),
)
_SAYS = (
    models.Q(actual__isnull=False)
    | models.Q(points__isnull=False)
    | models.Q(deduction__isnull=False)
    | ~models.Q(grade="")
)
_ZERO = models.Value(0)


# -- The reviewer's queue ----------------------------------------------------------------


def seasons_to_review(user: Any) -> models.QuerySet[Season]:
    """Scored just now, of the clusters that the user organises as one who works there."""
    units = standing_of(user).units_with_role(*WORKING)
    return organised_seasons(user).filter(cluster__unit__in=units, state=SeasonState.SCORING)


def sheets_to_review(user: Any) -> models.QuerySet[ScoreSheet]:
    """With ``since`` (when it came to its stage), ``deductions`` (rows) and ``explained`` (waiting for an answer)."""
    mark = StageMark.objects.filter(sheet=models.OuterRef("pk")).order_by("-pk").values("at")[:1]
    return (
        ScoreSheet.objects.filter(member__season__in=seasons_to_review(user).order_by().values("pk"))
        .select_related(
            "member__season__cluster__unit", "member__season__cluster__reviewer", "member__unit", "cross_by"
        )
        .annotate(since=models.Subquery(mark), deductions=_count(deducting()), explained=_count(_waiting()))
    )


def deducting() -> models.QuerySet[Entry]:
    """Of the outer sheet: values that count (no later stage gave another) and take something from the maximum."""
    ordered = Entry.objects.annotate(place=_ORDER).filter(_SAYS)
    later = ordered.filter(
        sheet=models.OuterRef("sheet"), criterion=models.OuterRef("criterion"), place__gt=models.OuterRef("place")
    )
    takes = models.Q(deduction__gt=0) | models.Q(points__lt=models.F("criterion__maximum"))
    return ordered.filter(takes, ~models.Exists(later), sheet=models.OuterRef("pk"))


def _waiting() -> models.QuerySet[Explanation]:
    return Explanation.objects.filter(sheet=models.OuterRef("pk"), state=ExplanationState.OPEN)


def _count(rows: models.QuerySet) -> Coalesce:
    counted = rows.order_by().values("sheet").annotate(n=models.Count("pk")).values("n")
    return Coalesce(models.Subquery(counted, output_field=models.IntegerField()), _ZERO)


def members_named(user: Any, words: str) -> list[int]:
    """Of the seasons to review, whose name or cluster has every word: names of members are kept with their marks."""
    rows = Member.objects.filter(season__in=seasons_to_review(user).order_by().values("pk"))
    wanted = fold(words).split()
    names = rows.values_list("pk", "name", "season__cluster__name")
    return [pk for pk, name, cluster in names if all(word in fold(f"{name} {cluster}") for word in wanted)]


def reviewers(user: Any) -> list[tuple[str, str]]:
    """Officers to whom clusters were given, as choices."""
    units = standing_of(user).units_with_role(*WORKING)
    people = Person.objects.filter(pk__in=seasons_to_review(user).order_by().values("cluster__reviewer"))
    return [(str(one.pk), one.full_name) for one in people.filter(unit__in=units).order_by("full_name", "pk")]


# -- Explanations ------------------------------------------------------------------------


def sheets_with_explanations(user: Any) -> models.QuerySet[ScoreSheet]:
    """Read by the unit and by the organiser alone."""
    own = readable_unit_ids(user)
    return visible_sheets(user).filter(
        models.Q(member__unit__in=own) | models.Q(member__season__cluster__unit__in=own)
    )


def files_of_explanations(user: Any) -> models.Q:
    """A scope for ``core.files``."""
    sheets = sheets_with_explanations(user).order_by().values("pk")
    links = Explanation.evidence.through.objects.filter(explanation__sheet__in=sheets)
    return models.Q(pk__in=links.exclude(evidence__file=None).values("evidence__file")) | models.Q(
        pk__in=links.exclude(evidence__paper__signed_file=None).values("evidence__paper__signed_file")
    )


# -- What falls due ----------------------------------------------------------------------


def open_windows(today: dt.date) -> models.QuerySet[ScoreSheet]:
    """Of seasons that are scored: the day is ``explain_until``, owed by the member, or by the organiser for it."""
    return _scored().filter(explain_until__gte=today)


def answers_owed() -> models.QuerySet[Explanation]:
    """Explanations that wait for the organiser; its window's end is the day from which they should be answered."""
    return Explanation.objects.filter(
        state=ExplanationState.OPEN, sheet__member__season__state=SeasonState.SCORING
    ).select_related("criterion", "sheet__member__season__cluster__unit", "sheet__member__season__cluster__reviewer")


def stages_due() -> models.QuerySet[ScoreSheet]:
    """Sheets that wait in a stage, with ``due``, the stage's day in the timetable; without one they are not here.

    Who owes it: ``clusters.rules.may_work_on`` (the members of the season come along for it).
    """
    steps = Step.objects.filter(
        season=models.OuterRef("member__season"), kind=models.OuterRef("stage"), due__isnull=False, done_on=None
    )
    rows = _scored().exclude(stage=SheetStage.DONE).prefetch_related("member__season__members")
    return rows.annotate(due=models.Subquery(steps.order_by("due").values("due")[:1])).filter(due__isnull=False)


def of_units(rows: models.QuerySet[ScoreSheet], unit_ids: Collection[int]) -> models.QuerySet[ScoreSheet]:
    """Those that concern the units: as member, cross-checker, or organiser."""
    return rows.filter(
        models.Q(member__unit__in=unit_ids)
        | models.Q(cross_by__unit__in=unit_ids)
        | models.Q(member__season__cluster__unit__in=unit_ids)
    )


def _scored() -> models.QuerySet[ScoreSheet]:
    return ScoreSheet.objects.filter(member__season__state=SeasonState.SCORING).select_related(
        "member__season__cluster__unit", "member__season__cluster__reviewer", "member__unit", "cross_by"
    )
