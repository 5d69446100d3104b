"""What every page of papers asks first: 404 for what is not open to a user, 403 to who only reads."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404

from awards.models import AwardPaper, Round
from awards.papers import selectors
from awards.papers.kinds import BY_SLUG, Sort


def round_seen(request: HttpRequest, pk: int) -> Round:
    return get_object_or_404(selectors.rounds_seen(request.user), pk=pk)


def round_to_work(request: HttpRequest, pk: int) -> Round:
    found = round_seen(request, pk)
    if not request.user.has_perm(selectors.RUN, found):
        raise PermissionDenied
    return found


def owner_seen(request: HttpRequest, slug: str, pk: int) -> tuple[Sort, Any]:
    sort = BY_SLUG.get(slug)
    if sort is None:
        raise Http404
    return sort, get_object_or_404(selectors.OWNERS_SEEN[sort.owner](request.user), pk=pk)


def paper_seen(request: HttpRequest, pk: int) -> tuple[Sort, Any, AwardPaper]:
    kept = get_object_or_404(selectors.papers_seen(request.user), pk=pk)
    sort, owner = selectors.sort_of(kept), selectors.owner_of(request.user, kept)
    if sort is None or owner is None:
        raise Http404
    setattr(kept, sort.owner, owner)
    return sort, owner, kept


def refuse_readers(request: HttpRequest, sort: Sort, owner: Any) -> None:
    if not selectors.may_write(request.user, sort, owner):
        raise PermissionDenied
