"""What stands around campaigns written in bulk: their history, and the answers of units below."""

from __future__ import annotations

import datetime as dt
import itertools
from collections.abc import Sequence
from typing import Any

from django.db import models, transaction
from django.utils import timezone

from campaigns.models import Campaign, Exemplar, Registration, Review
from core.models import AuditEntry
from documents.models import Delivery, IssuedPaper
from plans.models import Plan
from scripts.benchmarks.many_campaigns import Written, bulk
from units.models import Issuer, Unit


def write_history(written: Written, *, actor: Any, count: int) -> None:
    """The hashes only fill their column: no page follows the chain."""
    last = (
        AuditEntry.objects.filter(unit_id=written.campaign.unit_id).aggregate(last=models.Max("position"))["last"] or 0
    )
    subjects: list[models.Model] = [
        written.campaign,
        Review.objects.get(pk=written.rows["review_pk"]),
        Exemplar.objects.get(pk=written.rows["exemplar_pk"]),
        Registration.objects.get(pk=written.rows["registration_pk"]),
    ]
    codes = ("campaigns.campaign.changed", "campaigns.review.written", "campaigns.exemplar.changed")
    codes = (*codes, "campaigns.registration.changed")
    entries = (
        AuditEntry(
            unit_id=written.campaign.unit_id,
            position=last + at,
            at=timezone.now() - dt.timedelta(hours=at),
            actor=actor,
            code=code,
            subject_type=subject._meta.label_lower,
            subject_id=subject.pk,
            subject_label="",
            changes={"theme": ["Đoàn kết", f"Đoàn kết, sáng tạo {at}"]},
            previous_hash="",
            hash=f"{last + at:064x}",
        )
        for at, ((subject, code), _) in enumerate(
            itertools.product(zip(subjects, codes, strict=True), range(count)), start=1
        )
    )
    bulk(AuditEntry, entries)


@transaction.atomic
def write_answers(campaign: Campaign, units: Sequence[Unit], *, actor: Any) -> None:
    """The campaign's paper goes to the units below; every second one answers with a campaign of its own."""
    assert campaign.plan is not None
    assert campaign.plan.paper is not None
    today, way = timezone.localdate(), {"recorded_by": actor, "sent_on": timezone.localdate()}
    down = bulk(
        Delivery,
        (
            Delivery(paper=campaign.plan.paper, sender=campaign.unit, receiver=unit, received_on=today, **way)
            for unit in units
        ),
    )
    answering = down[::2]
    issuers = bulk(
        Issuer, (Issuer(unit_id=one.receiver_id, name_lines=f"ỦY BAN NHÂN DÂN\n{one.receiver}") for one in answering)
    )
    papers = bulk(
        IssuedPaper,
        (
            IssuedPaper(issuer=one, kind="Kế hoạch", number="1", symbol="KH-UBND", date=today, subject="Hưởng ứng")
            for one in issuers
        ),
    )
    plans = bulk(
        Plan,
        (
            Plan(unit_id=issuer.unit_id, issuer=issuer, kind="campaign", year=today.year, state="issued", paper=paper)
            for issuer, paper in zip(issuers, papers, strict=True)
        ),
    )
    bulk(
        Campaign,
        (
            Campaign(
                unit_id=plan.unit_id,
                title=f"{campaign.title}, hưởng ứng",
                year=today.year,
                state="running",
                plan=plan,
                parent=campaign,
                delivery=delivery,
            )
            for plan, delivery in zip(plans, answering, strict=True)
        ),
    )
    bulk(
        Delivery,
        (
            Delivery(paper=paper, sender_id=one.receiver_id, receiver=campaign.unit, **way)
            for paper, one in zip(papers, answering, strict=True)
        ),
    )
