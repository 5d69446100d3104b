"""What every page of decisions asks first: 404 for what is not open to a user, 403 to who only reads."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from awards.models import Decision, Round
from awards.selectors import visible_decisions, visible_rounds

DECIDE = "awards.decide"
_JOINED = ("unit__parent", "round__unit", "round__campaign", "issuer__unit", "paper__issuer", "paper__signed_file")
_FILES = ("paper__issued_file", "paper__word_file", "outside__file", "outside__paper__signed_file", "by__person")


def decision_seen(request: HttpRequest, pk: int) -> Decision:
    rows = visible_decisions(request.user).select_related(*_JOINED, *_FILES)
    return get_object_or_404(rows, pk=pk)


def decision_to_write(request: HttpRequest, pk: int) -> Decision:
    found = decision_seen(request, pk)
    if not request.user.has_perm(DECIDE, found):
        raise PermissionDenied
    return found


def round_to_decide(request: HttpRequest, pk: int) -> Round:
    found = get_object_or_404(visible_rounds(request.user).select_related("unit__parent"), pk=pk)
    if not request.user.has_perm(DECIDE, found):
        raise PermissionDenied
    return found
