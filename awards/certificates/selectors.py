"""Reads: what of a decision stands to be printed, its runs, and the files that come of them."""

from __future__ import annotations

from typing import Any

from django.db.models import Q, QuerySet

from awards.models import CertificateRun, Decision, Grant, Reissue
from awards.selectors import visible_decisions, visible_grants, visible_stocks


def grants_of(decision: Decision) -> QuerySet[Grant]:
    """Lines that were given, in the order of handing over; those taken back among them."""
    rows = decision.grants.filter(entry=Grant.Entry.GIVEN)
    return rows.select_related("nominee", "subject", "reversed_by").order_by("order", "pk")


def printable(decision: Decision) -> QuerySet[Grant]:
    return grants_of(decision).filter(reversed_by=None)


def unconfirmed_count(grants: QuerySet[Grant]) -> int:
    """Of those that came through a round: who has not been asked whether the name is spelled right."""
    return grants.filter(nominee__isnull=False, nominee__name_confirmed_on=None).count()


def runs_of(decision: Decision) -> QuerySet[CertificateRun]:
    return decision.certificate_runs.select_related("stock", "job", "file", "by__person")


def reissues_of(decision: Decision) -> QuerySet[Reissue]:
    rows = Reissue.objects.filter(grant__decision=decision).select_related("grant", "decision", "by__person")
    return rows.order_by("-pk")


def visible_reissues(user: Any) -> QuerySet[Reissue]:
    rows = Reissue.objects.filter(grant__in=visible_grants(user).order_by().values("pk"))
    return rows.select_related("grant__decision", "grant__unit")


def files_of_certificates(user: Any) -> Q:
    """A scope for ``core.files``: finished batches, and the emblems of stocks."""
    runs = CertificateRun.objects.filter(decision__in=visible_decisions(user).order_by().values("pk"))
    stocks = visible_stocks(user).order_by().exclude(emblem=None)
    return Q(pk__in=runs.exclude(file=None).order_by().values("file")) | Q(pk__in=stocks.values("emblem"))
