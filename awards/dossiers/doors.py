"""What every page of dossiers asks first: 404 to strangers, 403 to those who may only read."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404

from awards import rules
from awards.models import Consultation, Correction, DossierPaper, Impediment, Initiative, Nominee, Round, Subject
from awards.selectors import visible_initiatives, visible_nominees, visible_rounds

RUN, DECIDE, ANSWER, SEE = (
    "awards.run_rounds",
    "awards.decide_nominee",
    "awards.answer_proposal",
    "awards.see_impediments",
)


def nominee_seen(request: HttpRequest, pk: int) -> Nominee:
    return get_object_or_404(visible_nominees(request.user), pk=pk)


def nominee_to_work(request: HttpRequest, pk: int) -> Nominee:
    return _with_right(request, RUN, nominee_seen(request, pk))


def nominee_to_decide(request: HttpRequest, pk: int) -> Nominee:
    return _with_right(request, DECIDE, nominee_seen(request, pk))


def nominee_of_known(request: HttpRequest, pk: int) -> tuple[Nominee, Subject]:
    """With the subject whose facts are edited: kept by a unit for which the user works as well."""
    nominee = nominee_to_work(request, pk)
    if nominee.subject is None:
        raise Http404
    if not request.user.has_perm(RUN, nominee.subject):
        raise PermissionDenied
    return nominee, nominee.subject


def nominee_with_impediments(request: HttpRequest, pk: int) -> tuple[Nominee, Subject]:
    nominee = _with_right(request, SEE, nominee_seen(request, pk))
    if nominee.subject is None:
        raise Http404
    return nominee, nominee.subject


def impediment_to_work(request: HttpRequest, pk: int, impediment_pk: int) -> tuple[Nominee, Impediment]:
    nominee, subject = nominee_with_impediments(request, pk)
    nominee_of_known(request, pk)
    return nominee, get_object_or_404(Impediment.objects.filter(subject=subject), pk=impediment_pk)


def paper_to_work(request: HttpRequest, pk: int, paper_pk: int) -> DossierPaper:
    nominee = nominee_to_work(request, pk)
    paper = get_object_or_404(DossierPaper.objects.filter(nominee=nominee), pk=paper_pk)
    paper.nominee = nominee
    return paper


def correction_to_answer(request: HttpRequest, pk: int, correction_pk: int) -> Correction:
    nominee = nominee_seen(request, pk)
    if not request.user.has_perm(ANSWER, nominee.proposal):
        raise PermissionDenied
    found = get_object_or_404(Correction.objects.filter(nominee=nominee), pk=correction_pk)
    found.nominee = nominee
    return found


def round_seen(request: HttpRequest, pk: int) -> Round:
    return get_object_or_404(visible_rounds(request.user), pk=pk)


def round_to_work(request: HttpRequest, pk: int) -> Round:
    award_round = round_seen(request, pk)
    if not request.user.has_perm(RUN, award_round):
        raise PermissionDenied
    return award_round


def consultation_seen(request: HttpRequest, pk: int) -> Consultation:
    rows = Consultation.objects.filter(round__in=visible_rounds(request.user).order_by().values("pk"))
    return get_object_or_404(rows.select_related("round__unit", "part", "answer__file", "answer__paper"), pk=pk)


def consultation_to_work(request: HttpRequest, pk: int) -> Consultation:
    found = consultation_seen(request, pk)
    if not request.user.has_perm(RUN, found):
        raise PermissionDenied
    return found


def initiative_seen(request: HttpRequest, pk: int) -> Initiative:
    return get_object_or_404(visible_initiatives(request.user), pk=pk)


def initiative_to_work(request: HttpRequest, pk: int) -> Initiative:
    found = initiative_seen(request, pk)
    if not request.user.has_perm(RUN, found):
        raise PermissionDenied
    return found


def may_see_impediments(request: HttpRequest, thing: Round | Nominee) -> bool:
    return rules.sees_impediments(request.user, thing)


def _with_right(request: HttpRequest, permission: str, nominee: Nominee) -> Nominee:
    """Who only sent the list learns of the nominee, and no more."""
    if not request.user.has_perm(permission, nominee):
        raise PermissionDenied
    return nominee
