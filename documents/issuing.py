"""Putting issued papers on record: each is written once, with its number, its day and its files.

What stands on a record is never changed; only a signed copy that was missing may still come.
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass, fields, replace
from pathlib import Path
from typing import Any, Protocol

from django.db import transaction
from django.utils import timezone

from core import audit, files
from core.errors import AppError
from core.models import StoredFile
from core.text import as_pasted, clean_line, refuse_markup
from documents import series
from documents.models import IssuedPaper
from units.models import Issuer

KIND, NUMBER, SYMBOL, SIGNER, SUBJECT = 120, 20, 60, 120, 1_000
_LIMITS = {"kind": KIND, "number": NUMBER, "symbol": SYMBOL, "signer": SIGNER, "subject": SUBJECT}
_LABELS = {"kind": "Tên loại", "number": "Số", "symbol": "Ký hiệu", "signer": "Người ký", "subject": "Trích yếu"}
_MUST = ("kind", "symbol")
SIGNED_TYPES = (files.PDF, files.DOCX, "image/png", "image/jpeg")


class UnfitPaper(AppError):
    """A value that cannot stand on the record; ``field`` says which, so that a form can show it there."""

    def __init__(self, field: str, message: str) -> None:
        super().__init__(message)
        self.field = field


class ToConfirm(UnfitPaper):
    """Not wrong, but to be looked at once more: repeat with ``is_confirmed`` when the person says so."""


class HasSignedFile(AppError):
    message = "Văn bản này đã có bản đã ký; bản đã lưu không thay được."


class Upload(Protocol):
    """What came through a form: a name and bytes to read."""

    name: str | None

    def read(self, size: int = -1, /) -> bytes: ...


@dataclass(frozen=True, slots=True)
class PaperData:
    """What a person says of an issued paper."""

    kind: str
    number: str
    """Empty where the program is to give it."""
    symbol: str
    date: dt.date
    subject: str = ""
    signer: str = ""


@dataclass(frozen=True, slots=True)
class PaperFiles:
    """As it went out, drawn here."""

    pdf: StoredFile
    word: StoredFile


def checked(data: PaperData, issuer: Issuer, *, is_past: bool = False) -> PaperData:
    """As it may stand on the record; raise ``UnfitPaper`` for what cannot.

    «27/KH-UBND» typed as the number is number and symbol at once. A paper that is issued now may come
    without a number where the program gives it.
    """
    values = {name: _line(name, getattr(data, name)) for name in _LIMITS}
    values["number"], values["symbol"] = number_and_symbol(values["number"], values["symbol"])
    for name in _MUST:
        if not values[name]:
            raise UnfitPaper(name, f"Chưa ghi {_LABELS[name].lower()} của văn bản.")
    if not values["number"] and (is_past or not _is_counted(values["symbol"], data.date, issuer)):
        raise UnfitPaper("number", "Chưa ghi số của văn bản.")
    _refuse_day(data.date, issuer)
    return PaperData(date=data.date, **values)


def _is_counted(symbol: str, day: dt.date, issuer: Issuer) -> bool:
    return series.series_for(issuer, symbol, day.year).mode == series.Mode.OWN


def where_issued(data: PaperData) -> str:
    """Of a paper that is issued now, before it takes its number: one that brings none gets it here."""
    return IssuedPaper.Where.NEXT_DOOR if data.number else IssuedPaper.Where.HERE


def take_number(
    data: PaperData, *, issuer: Issuer, actor: Any, is_past: bool = False, is_confirmed: bool = False
) -> PaperData:
    """With its number, which is taken from now on; raise ``UnfitPaper`` where it cannot be.

    A paper without one gets the next of the counter. ``is_past``: a paper of earlier days, whatever way
    numbers are given today. Call it in the transaction that writes the record.
    """
    where: dict[str, Any] = {"issuer": issuer, "symbol": data.symbol, "year": data.date.year, "actor": actor}
    take = series.note_existing if is_past else series.take_registered
    try:
        if not data.number and not is_past:
            return replace(data, number=series.next_number(**where))
        number = take(**where, number=data.number, is_confirmed=is_confirmed)
    except series.SuspiciousJump as error:
        raise ToConfirm("number", str(error)) from None
    except AppError as error:
        raise UnfitPaper("number", str(error)) from None
    return replace(data, number=number)


def write_record(
    data: PaperData,
    *,
    issuer: Issuer,
    actor: Any,
    drawn: PaperFiles | None = None,
    signed_file: StoredFile | None = None,
    where: str = IssuedPaper.Where.NEXT_DOOR,
) -> IssuedPaper:
    """The record of a paper whose number was taken in this transaction; ``signed_file`` is from ``keep_signed``."""
    values = {field.name: getattr(data, field.name) for field in fields(data)}
    paper = IssuedPaper(issuer=issuer, signed_file=signed_file, where=where, **values)
    if drawn:
        paper.issued_file, paper.word_file = drawn.pdf, drawn.word
    paper.save()
    changes = {name: (None, value) for name, value in values.items() if value}
    if signed_file:
        changes["signed_file"] = (None, _as_proof(signed_file))
    audit.record("documents.paper.recorded", paper, actor=actor, unit_id=issuer.unit_id, changes=changes)
    return paper


@transaction.atomic
def record_past(
    data: PaperData,
    *,
    issuer: Issuer,
    actor: Any,
    signed_file: StoredFile | None = None,
    is_confirmed: bool = False,
) -> IssuedPaper:
    """Put a paper on record that was written and issued elsewhere."""
    data = checked(data, issuer, is_past=True)
    data = take_number(data, issuer=issuer, actor=actor, is_past=True, is_confirmed=is_confirmed)
    return write_record(data, issuer=issuer, actor=actor, signed_file=signed_file)


@transaction.atomic
def add_signed_file(paper: IssuedPaper, signed_file: StoredFile, *, actor: Any) -> None:
    """The signed copy of a paper that was put on record without one; what is there is never replaced."""
    added = IssuedPaper.objects.filter(pk=paper.pk, signed_file=None).update(signed_file=signed_file)
    if not added:
        raise HasSignedFile
    paper.signed_file = signed_file
    changes = {"signed_file": (None, _as_proof(signed_file))}
    audit.record("documents.paper.signed_file", paper, actor=actor, unit_id=paper.issuer.unit_id, changes=changes)


def keep_signed(signed: Upload, *, unit_id: int, actor: Any) -> StoredFile:
    """Keep a signed copy byte for byte, as soon as it came; raise ``UnfitPaper`` for what is no paper."""
    try:
        name = as_pasted(signed.name or "") or "ban-da-ky"
        return files.store(signed, name=name, unit_id=unit_id, actor=actor, type_of=_type_of_signed)  # type: ignore[arg-type]
    except AppError as error:
        raise UnfitPaper("signed_file", str(error)) from None


def kept_signed(pk: int, *, unit_id: int, actor: Any) -> StoredFile | None:
    """What ``actor`` dropped in before, on this or an earlier showing of the page."""
    return StoredFile.objects.filter(pk=pk, unit_id=unit_id, created_by=actor, media_type__in=SIGNED_TYPES).first()


def _as_proof(stored: StoredFile) -> str:
    return f"{stored.name}, SHA-256 {stored.sha256}"


def _type_of_signed(path: Path) -> str:
    """By content, not by name; a sheet is no signed paper."""
    try:
        media_type = files.type_of_paper(path)
    except files.UnfitFile:
        media_type = ""
    if media_type not in SIGNED_TYPES:
        raise files.UnfitFile("Bản đã ký phải là tệp PDF, Word (.docx) hoặc ảnh (PNG, JPEG); tệp này không phải.")
    return media_type


def _line(name: str, value: str) -> str:
    try:
        text = " ".join(as_pasted(value).split())
        return refuse_markup(clean_line(text, limit=_LIMITS[name], name=_LABELS[name]), name=_LABELS[name])
    except AppError as error:
        raise UnfitPaper(name, str(error)) from None


def number_and_symbol(number: str, symbol: str) -> tuple[str, str]:
    """What two cells say, the first of which may hold both; raise ``UnfitPaper`` where they contradict each other."""
    number = re.sub(r"^số\s*:?\s*", "", number, flags=re.IGNORECASE)
    number, _, rest = (part.strip() for part in number.partition("/"))
    if rest and symbol and rest != symbol:
        raise UnfitPaper("number", f"Ô này ghi ký hiệu {rest}, ô ký hiệu ghi {symbol}. Hãy xem lại văn bản.")
    return number, symbol.lstrip("/ ") or rest


def _refuse_day(day: dt.date, issuer: Issuer) -> None:
    unit = issuer.unit
    if day > timezone.localdate():
        raise UnfitPaper("date", f"Ngày {day:%d/%m/%Y} chưa đến; hãy xem lại ngày trên văn bản.")
    if unit.valid_from and day < unit.valid_from:
        raise UnfitPaper("date", f"{unit.title} chỉ có từ ngày {unit.valid_from:%d/%m/%Y}.")
    if unit.valid_to and day > unit.valid_to:
        raise UnfitPaper("date", f"{unit.title} đã kết thúc từ ngày {unit.valid_to:%d/%m/%Y}.")
