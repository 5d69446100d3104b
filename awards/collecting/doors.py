"""What every page of a round asks first: 404 to strangers, 403 to those who may only read."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from awards.models import Nominee, Proposal, Round
from awards.selectors import visible_rounds


def round_of(request: HttpRequest, pk: int) -> Round:
    return get_object_or_404(visible_rounds(request.user).select_related("campaign", "season__cluster"), pk=pk)


def may_run(request: HttpRequest, found: Round) -> bool:
    return bool(request.user.has_perm("awards.run_rounds", found))


def run_round(request: HttpRequest, pk: int) -> Round:
    found = round_of(request, pk)
    if not may_run(request, found):
        raise PermissionDenied
    return found


def proposal_of(request: HttpRequest, pk: int, proposal_pk: int) -> Proposal:
    """Of a round that the user sees; who sent a list to a superior sees it on the pages of his own unit."""
    found = round_of(request, pk)
    rows = Proposal.objects.select_related(
        "round__unit", "part", "lower", "answer__ask__request", "by__person", "file"
    )
    proposal = get_object_or_404(rows, pk=proposal_pk, round=found)
    proposal.round = found
    return proposal


def run_proposal(request: HttpRequest, pk: int, proposal_pk: int) -> Proposal:
    proposal = proposal_of(request, pk, proposal_pk)
    if not may_run(request, proposal.round):
        raise PermissionDenied
    return proposal


def run_nominee(request: HttpRequest, pk: int, nominee_pk: int) -> Nominee:
    found = run_round(request, pk)
    rows = Nominee.objects.select_related("proposal__part", "proposal__lower", "subject")
    nominee = get_object_or_404(rows, pk=nominee_pk, round=found)
    nominee.round = nominee.proposal.round = found
    return nominee
