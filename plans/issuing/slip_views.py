"""«In phiếu trình»: printed whenever it is asked for, kept nowhere."""

from __future__ import annotations

from urllib.parse import quote

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.views.decorators.http import require_safe

from documents.rendering import FORMATS, render
from plans import presenters, selectors
from plans.approving.forms import SubmissionForm
from plans.issuing.slip import Submitter, compose_slip


@require_safe
def slip(request: HttpRequest, pk: int, to: str) -> HttpResponse:
    """To whom and when as recorded; before that, whom the paper names and today."""
    plan = get_object_or_404(selectors.for_page(request.user), pk=pk)
    if not request.user.has_perm("plans.record_plan", plan):
        raise PermissionDenied
    if to not in FORMATS:
        raise Http404
    paper = compose_slip(
        plan,
        to=plan.submitted_to or str(SubmissionForm(plan=plan)["to"].initial or ""),
        by=Submitter.of(request.user.person),
        on=plan.submitted_on or timezone.localdate(),
    )
    answer = HttpResponse(render(paper, to), content_type=FORMATS[to])
    name = f"phieu-trinh-{presenters.file_name(plan, to)}"
    answer["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(name)}"
    return answer
