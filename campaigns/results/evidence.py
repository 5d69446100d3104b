"""What proves a figure: a paper by number and day, or a file. Kept as the results of plans are."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any, BinaryIO, cast

from django.core.files.uploadedfile import UploadedFile
from django.db import models
from django.utils import timezone

from campaigns.models import Result
from campaigns.selectors import inside_campaigns
from core import files
from core.errors import AppError
from core.text import clean_line, fold, refuse_markup
from documents.models import Evidence, IssuedPaper

_NUMBER, _ISSUER = 80, 300
"""Letters, as ``Evidence`` keeps them."""


class UnfitProof(AppError):
    message = "Ghi số và ký hiệu của văn bản, ví dụ 27/BC-UBND."


@dataclass(frozen=True, slots=True)
class Proof:
    """As typed; a file may be the scan of the paper."""

    number: str = ""
    date: dt.date | None = None
    issuer: str = ""
    upload: UploadedFile | None = None

    def __bool__(self) -> bool:
        return bool(self.number or self.date or self.issuer or self.upload)


def keep(proof: Proof, *, unit_id: int, actor: Any) -> Evidence:
    """A paper of the unit's own register stands for itself: its signed copy is then the proof."""
    number = refuse_markup(clean_line(proof.number.strip(), limit=_NUMBER, name="Số văn bản"))
    issuer = refuse_markup(clean_line(proof.issuer.strip(), limit=_ISSUER, name="Cơ quan ban hành"))
    if (proof.date or issuer) and not any(letter.isdigit() for letter in number):
        raise UnfitProof
    if number and (proof.date is None or proof.date > timezone.localdate()):
        raise UnfitProof("Ghi ngày của văn bản, không sau hôm nay, ví dụ 5/3/2026.")
    if proof.date and proof.upload is None and (paper := _registered(unit_id, number, proof.date, issuer)):
        return Evidence.objects.create(unit_id=unit_id, paper=paper, added_by=actor)
    return Evidence.objects.create(
        unit_id=unit_id,
        file=_stored(proof.upload, unit_id, actor) if proof.upload else None,
        typed_number=number,
        typed_date=proof.date if number else None,
        typed_issuer=issuer,
        added_by=actor,
    )


def _registered(unit_id: int, number: str, date: dt.date, issuer: str) -> IssuedPaper | None:
    figures, _, symbol = number.partition("/")
    found = IssuedPaper.objects.filter(issuer__unit=unit_id, number=figures, symbol=symbol, date=date)
    papers = [paper for paper in found.select_related("issuer") if fold(issuer) in ("", fold(paper.issuer.name))]
    return papers[0] if len(papers) == 1 else None


def _stored(upload: UploadedFile, unit_id: int, actor: Any) -> Any:
    return files.store(cast(BinaryIO, upload), name=upload.name or "tệp", unit_id=unit_id, actor=actor)


def proof_in_words(evidence: Evidence) -> str:
    """Of a file alone nothing: its link carries its name."""
    if evidence.paper:
        return f"{evidence.paper} ngày {evidence.paper.date:%d/%m/%Y}"
    if not evidence.typed_number:
        return ""
    day = f" ngày {evidence.typed_date:%d/%m/%Y}" if evidence.typed_date else ""
    issuer = f" của {evidence.typed_issuer}" if evidence.typed_issuer else ""
    return f"Văn bản số {evidence.typed_number}{day}{issuer}"


def files_of_results(user: Any) -> models.Q:
    """A scope for ``core.files``: who is inside the unit sees what proves its results."""
    proved = Result.objects.filter(target__campaign__in=inside_campaigns(user).order_by()).order_by()
    return models.Q(pk__in=proved.exclude(evidence__file=None).values("evidence__file")) | models.Q(
        pk__in=proved.exclude(evidence__paper__signed_file=None).values("evidence__paper__signed_file")
    )
