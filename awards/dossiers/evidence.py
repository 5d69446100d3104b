"""Files of dossiers, initiatives and answers of other bodies: seen by whoever sees what they prove."""

from __future__ import annotations

from typing import Any

from django.db import models

from awards.models import Consultation, DossierPaper, Initiative
from awards.selectors import visible_initiatives, visible_nominees, visible_rounds
from documents.models import Evidence
from units.selectors import readable_unit_ids


def files_of_dossiers(user: Any) -> models.Q:
    """A scope for ``core.files``. Who only sent a list has its files from there."""
    inside = visible_nominees(user).filter(round__unit__in=readable_unit_ids(user)).order_by().values("pk")
    papers = DossierPaper.objects.filter(nominee__in=inside).values("evidence")
    ideas = Initiative.evidence.through.objects.filter(
        initiative__in=visible_initiatives(user).order_by().values("pk")
    ).values("evidence_id")
    answers = (
        Consultation.objects.filter(round__in=visible_rounds(user).order_by().values("pk"))
        .exclude(answer=None)
        .values("answer")
    )
    rows = Evidence.objects.filter(
        models.Q(pk__in=papers) | models.Q(pk__in=ideas) | models.Q(pk__in=answers)
    ).order_by()
    return models.Q(pk__in=rows.exclude(file=None).values("file")) | models.Q(
        pk__in=rows.exclude(paper__signed_file=None).values("paper__signed_file")
    )
