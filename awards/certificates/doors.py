"""What every page of certificates asks first: 404 for what is not open to a user, 403 to who only reads."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from awards.certificates.selectors import visible_reissues
from awards.models import Decision, Grant, Reissue, Stock
from awards.selectors import visible_decisions, visible_grants, visible_stocks

DECIDE, KEEP = "awards.decide", "awards.keep_register"


def decision_seen(request: HttpRequest, pk: int) -> Decision:
    rows = visible_decisions(request.user).select_related("unit__parent", "round__unit", "issuer__unit")
    return get_object_or_404(rows, pk=pk)


def decision_to_write(request: HttpRequest, pk: int) -> Decision:
    found = decision_seen(request, pk)
    if not request.user.has_perm(DECIDE, found):
        raise PermissionDenied
    return found


def grant_to_keep(request: HttpRequest, pk: int) -> Grant:
    rows = visible_grants(request.user).select_related("decision__unit", "decision__issuer", "reversed_by")
    found = get_object_or_404(rows.filter(entry=Grant.Entry.GIVEN), pk=pk)
    if not request.user.has_perm(KEEP, found):
        raise PermissionDenied
    return found


def reissue_to_keep(request: HttpRequest, pk: int) -> Reissue:
    found = get_object_or_404(visible_reissues(request.user), pk=pk)
    if not request.user.has_perm(KEEP, found.grant):
        raise PermissionDenied
    return found


def stock_seen(request: HttpRequest, pk: int) -> Stock:
    return get_object_or_404(visible_stocks(request.user).select_related("emblem", "issuer"), pk=pk)


def stock_to_write(request: HttpRequest, pk: int) -> Stock:
    found = stock_seen(request, pk)
    if not request.user.has_perm(DECIDE, found):
        raise PermissionDenied
    return found
