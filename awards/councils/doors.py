"""What every page of the council asks first: 404 to strangers, 403 to who may only read."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from awards.councils.selectors import seat_of
from awards.models import CouncilMember, Item, Seat, Sitting
from awards.selectors import visible_council, visible_sittings

RUN = "awards.run_council"


def sitting_seen(request: HttpRequest, pk: int) -> Sitting:
    return get_object_or_404(visible_sittings(request.user), pk=pk)


def may_run(request: HttpRequest, sitting: Sitting) -> bool:
    return bool(request.user.has_perm(RUN, sitting))


def sitting_to_run(request: HttpRequest, pk: int) -> Sitting:
    found = sitting_seen(request, pk)
    if not may_run(request, found):
        raise PermissionDenied
    return found


def item_to_run(request: HttpRequest, pk: int, item_pk: int) -> Item:
    sitting = sitting_to_run(request, pk)
    item = get_object_or_404(sitting.items.select_related("nominee"), pk=item_pk)
    item.sitting = sitting
    return item


def own_seat(request: HttpRequest, sitting: Sitting) -> Seat:
    found = seat_of(request.user, sitting)
    if found is None:
        raise PermissionDenied
    found.sitting = sitting
    return found


def member_to_change(request: HttpRequest, pk: int) -> CouncilMember:
    found = get_object_or_404(visible_council(request.user), pk=pk)
    if not request.user.has_perm(RUN, found):
        raise PermissionDenied
    return found
