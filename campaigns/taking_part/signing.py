"""Writes: a pledge that was signed. From then on its words, its signatories and its files stand still."""

from __future__ import annotations

import datetime as dt
import io
from dataclasses import replace
from typing import Any

from django.db import models, transaction
from django.utils import timezone

from campaigns.issuers import issuer_of
from campaigns.models import Campaign, Pledge
from campaigns.selectors import inside_campaigns
from campaigns.states import PLEDGE_MOVES, PledgeState
from campaigns.taking_part.pledges import PledgeIsSigned, data_of, paper_of
from core import audit, files
from core.errors import AppError, UnfitField
from core.models import StoredFile
from core.states import claim_version, move
from documents.issuing import HasSignedFile
from documents.rendering import render
from documents.tree import Paper
from units.models import Issuer


class NoIssuer(AppError):
    message = "Đơn vị chưa có cơ quan ban hành. Hãy thêm ở mục Đơn vị rồi soạn giao ước."


class NobodySigns(AppError):
    message = "Giao ước chưa có đơn vị nào ký. Hãy ghi các đơn vị ký rồi ghi nhận."


def paper_as_signed(pledge: Pledge, day: dt.date) -> Paper:
    """With the day on which it was signed. Raise ``NoIssuer``."""
    campaign = pledge.campaign
    return paper_of(campaign, replace(data_of(campaign, pledge), signed_on=day), _issuer(campaign))


@transaction.atomic
def record_signing(
    pledge: Pledge, *, actor: Any, version: int, day: dt.date, signed_file: StoredFile | None = None
) -> None:
    """Freeze the pledge as it was signed: takes its version, draws PDF and Word once with the day, keeps them.

    ``signed_file`` is from ``documents.issuing.keep_signed``. Where any of it fails nothing is left.
    Raise ``PledgeIsSigned``, ``EditedMeanwhile``, ``NoIssuer``, ``NobodySigns``, ``UnfitField`` for the day.
    """
    if pledge.state == PledgeState.SIGNED:
        raise PledgeIsSigned
    _refuse_day(pledge, day)
    claim_version(pledge, version, state=PledgeState.DRAFT)
    if not pledge.signatories.exists():
        raise NobodySigns
    composed = paper_as_signed(pledge, day)
    drawn: dict[str, Any] = {
        f"{field}_file": _kept(pledge, render(composed, to), to, actor) for field, to in _FORMS.items()
    }
    if signed_file:
        drawn["signed_file"] = signed_file
    move(
        pledge,
        PledgeState.SIGNED.value,
        PLEDGE_MOVES,
        actor=actor,
        unit_id=pledge.campaign.unit_id,
        code="campaigns.pledge.signed",
        signed_on=day,
        **drawn,
    )


_FORMS = {"pdf": "pdf", "word": "docx"}


def _kept(pledge: Pledge, content: bytes, to: str, actor: Any) -> StoredFile:
    name = f"giao-uoc-thi-dua-{pledge.campaign_id}.{to}"
    return files.store(io.BytesIO(content), name=name, unit_id=pledge.campaign.unit_id, actor=actor)


def _issuer(campaign: Campaign) -> Issuer:
    issuer = issuer_of(campaign)
    if issuer is None:
        raise NoIssuer
    return issuer


def _refuse_day(pledge: Pledge, day: dt.date) -> None:
    if day > timezone.localdate():
        raise UnfitField("date", f"Ngày {day:%d/%m/%Y} chưa đến. Ký rồi hãy ghi nhận.")
    if abs(day.year - pledge.campaign.year) > 1:
        raise UnfitField("date", f"Năm {day.year} cách xa năm của phong trào ({pledge.campaign.year}); hãy xem lại.")


@transaction.atomic
def add_copy(pledge: Pledge, *, actor: Any, signed_file: StoredFile) -> None:
    """The signed copy of a pledge that was recorded without one; what is there is never replaced."""
    there = Pledge.objects.filter(pk=pledge.pk, state=PledgeState.SIGNED, signed_file=None)
    if not there.update(signed_file=signed_file):
        raise HasSignedFile
    pledge.signed_file = signed_file
    changes = {"signed_file": (None, signed_file)}
    audit.record("campaigns.pledge.copy_added", pledge, actor=actor, unit_id=pledge.campaign.unit_id, changes=changes)


def files_of_pledges(user: Any) -> models.Q:
    """A scope for ``core.files``: who is inside the unit sees its signed pledges."""
    seen = Pledge.objects.filter(campaign__in=inside_campaigns(user).order_by().values("pk")).order_by()
    found = models.Q()
    for name in ("pdf_file", "word_file", "signed_file"):
        found |= models.Q(pk__in=seen.exclude(**{name: None}).values(name))
    return found
