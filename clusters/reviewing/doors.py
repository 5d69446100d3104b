"""What every page of reviewing asks first: 404 to strangers, 403 to those who may only read."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404

from clusters import rules
from clusters.models import Explanation, ScoreSheet, Season
from clusters.reviewing.selectors import sheets_with_explanations
from clusters.sheets.doors import season_seen, sheet_seen
from clusters.states import SheetStage
from units.selectors import readable_unit_ids


def season_scored(request: HttpRequest, pk: int) -> Season:
    """Of everybody who sees the season, with a set of criteria."""
    season = season_seen(request, pk)
    if season.criteria is None:
        raise Http404
    return season


def season_compared(request: HttpRequest, pk: int) -> Season:
    """Scores of all units side by side are the organiser's to read."""
    season = season_scored(request, pk)
    if not readable_unit_ids(request.user).filter(pk=season.cluster.unit_id).exists():
        raise PermissionDenied
    return season


def season_to_review(request: HttpRequest, pk: int) -> Season:
    season = season_scored(request, pk)
    if not rules.organises(request.user, season):
        raise PermissionDenied
    return season


def sheet_to_judge(request: HttpRequest, pk: int) -> ScoreSheet:
    """In the stage in which it lies."""
    sheet = sheet_seen(request, pk)
    if sheet.stage != SheetStage.DONE and not rules.works_on_sheet(request.user, sheet):
        raise PermissionDenied
    if sheet.stage == SheetStage.DONE and not rules.decides_on_sheet(request.user, sheet):
        raise PermissionDenied
    return sheet


def sheet_explained(request: HttpRequest, pk: int) -> ScoreSheet:
    """Who sees the sheet for another reason than being its unit or the organiser has no part in explanations."""
    sheet = sheet_seen(request, pk)
    if not sheets_with_explanations(request.user).filter(pk=sheet.pk).exists():
        raise PermissionDenied
    return sheet


def sheet_to_explain(request: HttpRequest, pk: int) -> ScoreSheet:
    sheet = sheet_explained(request, pk)
    if not rules.explains_sheet(request.user, sheet):
        raise PermissionDenied
    return sheet


def explanation_to_withdraw(request: HttpRequest, pk: int, explanation_pk: int) -> Explanation:
    return _explanation_of(sheet_to_explain(request, pk), explanation_pk)


def explanation_to_answer(request: HttpRequest, pk: int, explanation_pk: int) -> Explanation:
    sheet = sheet_explained(request, pk)
    if not rules.decides_on_sheet(request.user, sheet):
        raise PermissionDenied
    return _explanation_of(sheet, explanation_pk)


def _explanation_of(sheet: ScoreSheet, explanation_pk: int) -> Explanation:
    rows = Explanation.objects.filter(sheet=sheet).select_related("criterion", "by__person", "answered_by__person")
    explanation = get_object_or_404(rows, pk=explanation_pk)
    explanation.sheet = sheet
    return explanation
