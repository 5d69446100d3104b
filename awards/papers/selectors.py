"""Reads: whose papers somebody sees, what is kept of them, who may issue them.

A paper is seen by whoever sees what it is about inside its unit; a sender from below sees none of the unit's papers.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from django.db import models

from awards.models import AwardPaper, Consultation, Nominee
from awards.models.papers import OWNERS
from awards.papers.frames import is_council
from awards.papers.kinds import BY_ROW, Sort
from awards.selectors import visible_decisions, visible_nominees, visible_papers, visible_rounds, visible_sittings
from units.models import Issuer, Unit
from units.selectors import issuers_of, readable_unit_ids

RUN, COUNCIL, DECIDE = "awards.run_rounds", "awards.run_council", "awards.decide"
_MAY = {"round": RUN, "nominee": RUN, "consultation": RUN, "sitting": COUNCIL, "decision": DECIDE}
_FILES = ("pdf_file", "word_file", "signed_file")
_OF_RECORD = ("paper__issued_file", "paper__word_file", "paper__signed_file")
_ISSUER = ("issuer__unit", "issuer__part")
_OF_NOMINEE = ("round__unit__parent", "proposal__part", "proposal__lower", "proposal__round__unit", "subject")


def rounds_seen(user: Any) -> models.QuerySet:
    return visible_rounds(user).select_related("unit__parent")


def sittings_seen(user: Any) -> models.QuerySet:
    return visible_sittings(user).select_related("unit__parent", "round__unit")


def decisions_seen(user: Any) -> models.QuerySet:
    joined = ("unit__parent", "round__unit", "issuer__unit", "issuer__part", "paper")
    return visible_decisions(user).select_related(*joined)


def nominees_seen(user: Any) -> models.QuerySet:
    rows: models.QuerySet[Nominee] = visible_nominees(user).filter(round__unit__in=readable_unit_ids(user))
    return rows.select_related(*_OF_NOMINEE)


def consultations_seen(user: Any) -> models.QuerySet[Consultation]:
    rows = Consultation.objects.filter(round__in=visible_rounds(user).order_by().values("pk"))
    return rows.select_related("round__unit__parent", "paper")


OWNERS_SEEN: dict[str, Callable[[Any], models.QuerySet]] = {
    "round": rounds_seen,
    "nominee": nominees_seen,
    "consultation": consultations_seen,
    "sitting": sittings_seen,
    "decision": decisions_seen,
}


def papers_seen(user: Any) -> models.QuerySet[AwardPaper]:
    """Of what the user sees: a sitting's not by colleagues without a seat, a draft's only inside."""
    found = models.Q()
    for name in OWNERS:
        found |= models.Q(**{f"{name}__in": OWNERS_SEEN[name](user).order_by().values("pk")})
    rows = visible_papers(user).filter(found)
    return rows.select_related(*_ISSUER, "paper__issuer", *_OF_RECORD, *_FILES)


def may_write(user: Any, sort: Sort, owner: Any) -> bool:
    return bool(user.has_perm(_MAY[sort.owner], owner))


def sort_of(kept: AwardPaper) -> Sort | None:
    """None: of a kind that another room draws."""
    return BY_ROW.get((kept.kind, owner_name(kept)))


def owner_name(kept: AwardPaper) -> str:
    return next(name for name in OWNERS if getattr(kept, f"{name}_id") is not None)


def owner_of(user: Any, kept: AwardPaper) -> Any:
    name = owner_name(kept)
    return OWNERS_SEEN[name](user).filter(pk=getattr(kept, f"{name}_id")).first()


def kept_of(sort: Sort, owner: Any) -> AwardPaper | None:
    rows = AwardPaper.objects.filter(kind=sort.kind, **{sort.owner: owner})
    return rows.select_related(*_ISSUER, "paper__issuer", *_OF_RECORD, *_FILES).first()


def kept_of_round(owners: Iterable[tuple[str, Iterable[Any]]]) -> dict[tuple[str, int], AwardPaper]:
    """(slug, owner) → what is kept. One query for all of them."""
    wanted = models.Q()
    for name, rows in owners:
        wanted |= models.Q(**{f"{name}__in": [row.pk for row in rows]})
    found = {}
    for kept in AwardPaper.objects.filter(wanted).select_related("paper__issuer"):
        if sort := sort_of(kept):
            found[sort.slug, getattr(kept, f"{sort.owner}_id")] = kept
    return found


def files_of_papers(user: Any) -> models.Q:
    """A scope for ``core.files``: who sees a paper sees its kept files, the signed one too."""
    seen = papers_seen(user).order_by()
    found = models.Q()
    for name in (*_FILES, *_OF_RECORD):
        found |= models.Q(pk__in=seen.exclude(**{name: None}).values(name))
    return found


def issuers_to_choose(sort: Sort, unit: Unit) -> list[Issuer]:
    """Of the unit: the council first where it speaks, else last."""
    rows = list(issuers_of(unit.pk).select_related("unit", "part"))
    return sorted(rows, key=lambda one: (is_council(one) != sort.is_council, one.part_id is not None, one.pk))
