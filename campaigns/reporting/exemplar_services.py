"""Writes: exemplary cases (điển hình tiên tiến), collected through the year."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils import timezone

from campaigns.models import Campaign, Exemplar, Wave
from campaigns.states import CampaignState
from core import audit, files
from core.errors import AppError, UnfitField
from core.models import StoredFile
from core.text import as_pasted
from documents.issuing import Upload
from plans import cleaning
from units.models import Part

NAME, PROPOSED, STORY = 300, 300, 5_000
_YEARS_APART = 10
_MOST_PIXELS = 80_000_000
"""Of a photograph: no phone makes more, and opening one costs four bytes a pixel."""


class UnfitPicture(files.UnfitFile):
    message = "Ảnh phải là tệp PNG hoặc JPEG còn mở được; tệp này không phải."


@dataclass(frozen=True, slots=True)
class ExemplarData:
    name: str
    story: str
    day: dt.date
    kind: str = Exemplar.Kind.PERSON
    part: Part | None = None
    wave: Wave | None = None
    proposed: str = ""
    picture: StoredFile | None = None


def keep_picture(upload: Upload, *, unit_id: int, actor: Any) -> StoredFile:
    """By its content, not by its name; raise ``UnfitField``."""
    try:
        name = as_pasted(upload.name or "") or "anh"
        return files.store(upload, name=name, unit_id=unit_id, actor=actor, type_of=_type_of_picture)  # type: ignore[arg-type]
    except AppError as error:
        raise UnfitField("picture", str(error)) from None


def _type_of_picture(path: Path) -> str:
    from PIL import Image, UnidentifiedImageError  # noqa: PLC0415 -- heavy, and few requests bring a picture

    try:
        media_type = files.type_of_paper(path)
        with Image.open(path) as found:
            pixels = found.width * found.height
            if pixels <= _MOST_PIXELS:
                found.load()
    except (files.UnfitFile, UnidentifiedImageError, Image.DecompressionBombError, OSError, SyntaxError, ValueError):
        raise UnfitPicture from None
    if not media_type.startswith("image/"):
        raise UnfitPicture
    if pixels > _MOST_PIXELS:
        raise UnfitPicture("Ảnh lớn quá; hãy chọn ảnh nhỏ hơn.")
    return media_type


@transaction.atomic
def add_exemplar(campaign: Campaign, *, actor: Any, data: ExemplarData) -> Exemplar:
    """Raise ``UnfitField``."""
    if campaign.state == CampaignState.DROPPED:
        raise UnfitField("name", "Phong trào đã thôi thực hiện nên không ghi thêm điển hình.")
    data = cleaned(data, campaign)
    exemplar = Exemplar(campaign=campaign, by=actor, **_values(data))
    exemplar.save()
    changes = {name: (None, value) for name, value in _values(data).items() if value}
    audit.record("campaigns.exemplar.added", exemplar, actor=actor, unit_id=campaign.unit_id, changes=changes)
    return exemplar


@transaction.atomic
def change_exemplar(exemplar: Exemplar, *, actor: Any, data: ExemplarData) -> None:
    """Only the fields that changed are written. Raise ``UnfitField``."""
    data = cleaned(data, exemplar.campaign)
    before = {name: getattr(exemplar, name) for name in _values(data)}
    changes = audit.differences(before, _values(data))
    if not changes:
        return
    for name, (_, value) in changes.items():
        setattr(exemplar, name, value)
    exemplar.save(update_fields=list(changes))
    unit_id = exemplar.campaign.unit_id
    audit.record("campaigns.exemplar.changed", exemplar, actor=actor, unit_id=unit_id, changes=changes)


@transaction.atomic
def remove_exemplar(exemplar: Exemplar, *, actor: Any) -> None:
    """Issued reports keep what they say."""
    campaign, changes = exemplar.campaign, {"removed_exemplar": (f"{exemplar.name}: {exemplar.story}", None)}
    audit.record("campaigns.exemplar.removed", campaign, actor=actor, unit_id=campaign.unit_id, changes=changes)
    exemplar.delete()


def cleaned(data: ExemplarData, campaign: Campaign) -> ExemplarData:
    name = cleaning.line("name", " ".join(data.name.split()), NAME)
    proposed = cleaning.line("proposed", " ".join(data.proposed.split()), PROPOSED)
    story = cleaning.lines("story", data.story)
    if not name:
        raise UnfitField("name", "Ghi tên tập thể, cá nhân hoặc hộ gia đình.")
    if not story:
        raise UnfitField("story", "Ghi việc làm, thành tích.")
    if len(story) > STORY:
        raise UnfitField("story", "Dài quá 5.000 ký tự.")
    if data.kind not in Exemplar.Kind.values:
        raise UnfitField("kind", "Chọn đối tượng.")
    if data.day > timezone.localdate():
        raise UnfitField("day", f"Ngày {data.day:%d/%m/%Y} chưa đến.")
    if abs(data.day.year - campaign.year) > _YEARS_APART:
        raise UnfitField("day", f"Năm {data.day.year} cách xa năm của phong trào ({campaign.year}); hãy xem lại ngày.")
    if data.part is not None and data.part.unit_id != campaign.unit_id:
        raise UnfitField("part", "Chọn bộ phận của đơn vị.")
    if data.wave is not None and data.wave.campaign_id != campaign.pk:
        raise UnfitField("wave", "Chọn một đợt của phong trào.")
    return ExemplarData(name, story, data.day, data.kind, data.part, data.wave, proposed, data.picture)


def _values(data: ExemplarData) -> dict[str, Any]:
    return {field.name: getattr(data, field.name) for field in fields(data)}
