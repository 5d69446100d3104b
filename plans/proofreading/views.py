"""What must still be mended, said on the pages by which a plan goes out of the house."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from documents.proofreading import Severity
from documents.signed.pieces import pieces_of
from plans import selectors
from plans.paper import compose
from plans.proofreading import proofread_paper
from plans.proofreading.passing import key_of, passed_over
from plans.proofreading.sources import known_laws, whose

_SHOWN = 6
_TYPED_AT_ISSUE = frozenset({("header", "number"), ("header", "date")})
"""Number and day come with the act of issuing itself."""


@require_safe
def unmended(request: HttpRequest, pk: int) -> HttpResponse:
    """A piece of a page, asked for once the page stands: reading a long plan takes half a second."""
    plan = get_object_or_404(selectors.for_page(request.user), pk=pk)
    if not request.user.has_perm("units.view_inside", plan):
        raise PermissionDenied
    data = selectors.plan_data(plan)
    paper = compose(data, plan.issuer.lines)
    lines = {piece.path: piece.text for piece in pieces_of(paper)}
    found = proofread_paper(data, paper, laws=known_laws(), whose=whose(plan.unit), is_issue=True)
    left = passed_over(plan.unit_id)
    musts = [
        finding
        for finding in found
        if finding.severity is Severity.MUST
        and finding.path not in _TYPED_AT_ISSUE
        and key_of(finding, lines.get(finding.path, "")) not in left
    ]
    context = {
        "plan": plan,
        "findings": musts[:_SHOWN],
        "count": len(musts),
        "may_change": request.user.has_perm("plans.change_plan", plan),
        "may_recall": request.user.has_perm("plans.submit_plan", plan),
    }
    return render(request, "plans/_unmended.html", context)
