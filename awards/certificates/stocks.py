"""Phôi, máy in: what is printed where, and how far a machine prints beside it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

from django.db import transaction

from awards.certificates.layouts import SMALLEST, Field, Place, boxes_out, layout_of
from awards.models import CertificateRun, Stock
from core import audit, files
from core.errors import AppError, UnfitField
from core.models import StoredFile
from core.states import claim_version
from plans import cleaning
from units.models import Unit

NAME = 120
FARTHEST = Decimal(30)
"""Millimetres: what is farther off is the wrong paper, not the printer."""
CROSS = (50.0, 50.0)
"""Of the calibration page: where its first cross should stand, from left and from above."""
_MOST_PIXELS = 40_000_000
_LARGEST_TYPE = 72


class UnfitPicture(AppError):
    message = "Không đọc được hình này. Hãy chọn ảnh PNG hoặc JPEG."


class IsUsed(AppError):
    message = "Phôi này đã dùng để in nên không xóa; hãy đổi tên nếu không dùng nữa."


@dataclass(frozen=True, slots=True)
class StockData:
    name: str
    mode: str
    award: str = ""
    has_code: bool = False


@transaction.atomic
def add(unit: Unit, *, actor: Any, data: StockData, upload: Any = None) -> Stock:
    """Raises ``UnfitField``."""
    audit.wait_for_turn(unit.pk)
    stock = Stock(unit=unit, by=actor)
    _set(stock, data)
    if upload is not None:
        stock.emblem = _keep(upload, unit.pk, actor)
    stock.save()
    changes = {"name": (None, stock.name), "mode": (None, stock.get_mode_display())}
    audit.record("awards.stock.added", stock, actor=actor, unit_id=unit.pk, changes=changes)
    return stock


@transaction.atomic
def change(
    stock: Stock, *, actor: Any, version: int, data: StockData, upload: Any = None, drops_emblem: bool = False
) -> None:
    """Raises ``UnfitField``, ``EditedMeanwhile``."""
    audit.wait_for_turn(stock.unit_id)
    before = {"name": stock.name, "mode": stock.mode, "award": stock.award, "has_code": stock.has_code}
    was = stock.emblem
    claim_version(stock, version)
    _set(stock, data)
    if upload is not None:
        stock.emblem = _keep(upload, stock.unit_id, actor)
    elif drops_emblem:
        stock.emblem = None
    stock.save(update_fields=["name", "mode", "award", "has_code", "emblem"])
    after = {"name": stock.name, "mode": stock.mode, "award": stock.award, "has_code": stock.has_code}
    changes = audit.differences(before, after)
    if was != stock.emblem:
        changes["emblem"] = (was.name if was else None, stock.emblem.name if stock.emblem else None)
    audit.record("awards.stock.changed", stock, actor=actor, unit_id=stock.unit_id, changes=changes)


@transaction.atomic
def place(stock: Stock, *, actor: Any, version: int, places: Mapping[Field, tuple[bool, Place]]) -> None:
    """Where each line goes, and whether it is printed at all. Raises ``UnfitField``, ``EditedMeanwhile``."""
    audit.wait_for_turn(stock.unit_id)
    sheet = layout_of(stock.award).sheet
    for name, (shown, one) in places.items():
        if shown and boxes_out([one], sheet):
            raise UnfitField(name.value, f"Dòng này ra ngoài giấy {sheet.width} × {sheet.height} mm.")
        if name is not Field.CODE and not SMALLEST <= one.size <= _LARGEST_TYPE:
            raise UnfitField(name.value, f"Cỡ chữ từ {SMALLEST:g} đến {_LARGEST_TYPE}.")
        if one.width < 10:
            raise UnfitField(name.value, "Bề rộng ít nhất 10 mm.")
    claim_version(stock, version)
    stock.places = {
        name.value: {"x": one.x, "y": one.y, "width": one.width, "size": one.size, "shown": shown}
        for name, (shown, one) in places.items()
    }
    stock.has_code = places[Field.CODE][0]
    stock.save(update_fields=["places", "has_code"])
    audit.record("awards.stock.placed", stock, actor=actor, unit_id=stock.unit_id)


@transaction.atomic
def calibrate(stock: Stock, *, actor: Any, version: int, measured: tuple[Decimal, Decimal]) -> None:
    """From where the first cross stands on the sheet that the machine printed. Raises ``UnfitField``."""
    audit.wait_for_turn(stock.unit_id)
    shift = {}
    for name, found, wanted in zip(("shift_x", "shift_y"), measured, CROSS, strict=True):
        shift[name] = (found - Decimal(wanted)).quantize(Decimal("0.1"))
        if abs(shift[name]) > FARTHEST:
            field = {"shift_x": "measured_x", "shift_y": "measured_y"}[name]
            raise UnfitField(field, f"Lệch quá {FARTHEST} mm: hãy đo lại từ mép giấy đến chữ thập có chữ A.")
    before = {"shift_x": stock.shift_x, "shift_y": stock.shift_y}
    claim_version(stock, version)
    Stock.objects.filter(pk=stock.pk).update(**shift)
    stock.shift_x, stock.shift_y = shift["shift_x"], shift["shift_y"]
    changes = audit.differences(before, shift)
    audit.record("awards.stock.calibrated", stock, actor=actor, unit_id=stock.unit_id, changes=changes)


@transaction.atomic
def remove(stock: Stock, *, actor: Any) -> None:
    """Raises ``IsUsed``."""
    audit.wait_for_turn(stock.unit_id)
    if CertificateRun.objects.filter(stock=stock).exists():
        raise IsUsed
    audit.record(
        "awards.stock.removed", stock, actor=actor, unit_id=stock.unit_id, changes={"name": (stock.name, None)}
    )
    stock.delete()


def _set(stock: Stock, data: StockData) -> None:
    name = cleaning.line("name", " ".join(data.name.split()), NAME)
    if not name:
        raise UnfitField("name", "Đặt tên phôi và máy in, ví dụ: Phôi Giấy khen, máy Canon phòng Văn hóa.")
    if Stock.objects.filter(unit=stock.unit_id, name=name).exclude(pk=stock.pk).exists():
        raise UnfitField("name", "Đã có phôi mang tên này. Hãy đặt tên khác.")
    stock.name, stock.mode, stock.award, stock.has_code = name, data.mode, data.award, data.has_code


def _keep(upload: Any, unit_id: int, actor: Any) -> StoredFile:
    try:
        return files.store(upload, name=upload.name or "hinh", unit_id=unit_id, actor=actor, type_of=_type_of_picture)
    except AppError as error:
        raise UnfitField("emblem", str(error)) from None


def _type_of_picture(path: Path) -> str:
    """By the content, whatever the name says."""
    from PIL import Image, UnidentifiedImageError  # noqa: PLC0415 -- heavy, and few requests bring a picture

    try:
        media_type = files.type_of_paper(path)
        with Image.open(path) as found:
            is_small = found.width * found.height <= _MOST_PIXELS
            if is_small:
                found.load()
    except (files.UnfitFile, UnidentifiedImageError, Image.DecompressionBombError, OSError, SyntaxError, ValueError):
        raise UnfitPicture from None
    if not media_type.startswith("image/"):
        raise UnfitPicture
    if not is_small:
        raise UnfitPicture("Hình lớn quá; hãy chọn hình nhỏ hơn.")
    return media_type
