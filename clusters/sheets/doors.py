"""What every page of score sheets asks first: 404 to strangers, 403 to who sees a sheet but has no part in it."""

from __future__ import annotations

import json
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from clusters import rules
from clusters.models import Criterion, ScoreSheet, Season
from clusters.selectors import visible_sheets
from clusters.sheets import selectors
from clusters.states import SheetStage
from core.errors import AppError


class UnfitRequest(AppError):
    message = "Trang này đã cũ nên chưa lưu được. Hãy tải lại trang."


def season_seen(request: HttpRequest, pk: int) -> Season:
    """With its members."""
    return get_object_or_404(selectors.for_sheets(request.user), pk=pk)


def sheet_seen(request: HttpRequest, pk: int) -> ScoreSheet:
    """Its season with a set of criteria, and with its members."""
    sheet = get_object_or_404(visible_sheets(request.user).filter(member__season__criteria__isnull=False), pk=pk)
    season = Season.objects.select_related("cluster__unit", "criteria").prefetch_related("members")
    sheet.member.season = season.get(pk=sheet.member.season_id)
    return sheet


def sheet_to_score(request: HttpRequest, pk: int) -> ScoreSheet:
    """In the stage in which it lies now; 403 to everybody but who speaks there."""
    sheet = sheet_seen(request, pk)
    if not rules.works_on_sheet(request.user, sheet):
        raise PermissionDenied
    return sheet


def sheet_to_return(request: HttpRequest, pk: int) -> ScoreSheet:
    """Who works on it may, and the organiser, but nobody his own unit's; what is done only the organiser takes up."""
    sheet = sheet_seen(request, pk)
    judges = sheet.stage not in (SheetStage.SELF, SheetStage.DONE) and rules.works_on_sheet(request.user, sheet)
    if not (judges or rules.decides_on_sheet(request.user, sheet)):
        raise PermissionDenied
    return sheet


def leaf_of_sheet(sheet: ScoreSheet, pk: int) -> Criterion:
    leaves = Criterion.objects.filter(set=sheet.member.season.criteria_id).exclude(kind=Criterion.Kind.GROUP)
    return get_object_or_404(leaves, pk=pk)


def json_of(request: HttpRequest) -> dict[str, Any]:
    try:
        data = json.loads(request.body)
    except (ValueError, RecursionError):
        raise UnfitRequest from None
    if not isinstance(data, dict):
        raise UnfitRequest
    return data
