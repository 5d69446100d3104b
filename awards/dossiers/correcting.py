"""Trả lại một nội dung: one faulty field goes back while all others stand; the answer changes only that one."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils import timezone

from awards.dossiers.checking import CHECKED_STATES
from awards.models import Correction, Nominee, Subject
from awards.models.common import Level
from awards.shipped import award_name, shipped_awards
from awards.states import NOMINEE_MOVES, NomineeState
from core import audit
from core.cells import UnfitCell, read_day
from core.errors import AppError, UnfitField
from core.states import EditedMeanwhile, move
from core.text import as_pasted, clean_lines, refuse_markup

_REASON, _LONG = 300, 20_000


class AskedAlready(AppError):
    message = "Nội dung này đang chờ sửa rồi; xem yêu cầu đang mở ở dưới."


class NothingToCorrect(AppError):
    message = "Hồ sơ đã trình hoặc đã có quyết định nên không trả lại nội dung được nữa."


@dataclass(frozen=True, slots=True)
class Field:
    """Something that may go back. ``is_column``: the answer is written into the row, else it is only words."""

    name: str
    label: str
    is_column: bool = True
    is_long: bool = False
    choices: tuple[tuple[str, str], ...] = ()
    is_day: bool = False
    is_year: bool = False
    limit: int = 300


FIELDS: dict[str, Field] = {
    one.name: one
    for one in (
        Field("name", "Họ và tên, tên gọi"),
        Field("honorific", "Danh xưng", limit=20),
        Field("gender", "Giới tính", choices=tuple(Subject.Gender.choices)),
        Field("birth_date", "Ngày sinh", is_day=True),
        Field("birth_year", "Năm sinh", is_year=True),
        Field("post", "Chức vụ"),
        Field("workplace", "Đơn vị công tác, địa chỉ"),
        Field("level", "Phân loại lãnh đạo, trực tiếp", choices=tuple(Level.choices)),
        Field("award", "Danh hiệu, hình thức", choices=tuple((c, a.name) for c, a in shipped_awards().items())),
        Field("year", "Năm tính thành tích", is_year=True),
        Field("achievement", "Tóm tắt thành tích", is_long=True),
        Field("rating", "Xếp loại", is_column=False),
        Field("initiative", "Sáng kiến", is_column=False),
        Field("papers", "Tài liệu trong hồ sơ", is_column=False),
    )
}


@transaction.atomic
def ask(nominee: Nominee, *, actor: Any, field: str, reason: str) -> Correction:
    """Raise ``AskedAlready``, ``NothingToCorrect``, ``UnfitField``."""
    asked = FIELDS.get(field)
    if asked is None:
        raise UnfitField("field", "Chọn nội dung cần sửa trong danh sách.")
    words = " ".join(reason.split())
    if not words:
        raise UnfitField("reason", "Ghi cần sửa gì để nơi gửi biết, ví dụ: Năm sinh khác với hồ sơ năm trước.")
    if len(words) > _REASON:
        raise UnfitField("reason", f"Nội dung cần sửa dài quá {_REASON} ký tự.")
    if nominee.state not in CHECKED_STATES:
        raise NothingToCorrect
    try:
        with transaction.atomic():
            row = Correction.objects.create(
                nominee=nominee, field=field, reason=refuse_markup(words), was=in_words(nominee, asked), asked_by=actor
            )
    except IntegrityError:
        raise AskedAlready from None
    _record("awards.correction.asked", nominee, actor, {asked.label: ("", words)})
    if nominee.state != NomineeState.CORRECTING:
        _move(nominee, NomineeState.CORRECTING, actor)
    return row


@transaction.atomic
def answer(correction: Correction, *, actor: Any, value: str) -> None:
    """By the officer, or by whoever sent the list. Raise ``UnfitField``, ``EditedMeanwhile``."""
    nominee, field = correction.nominee, FIELDS[correction.field]
    written = read(field, value)
    said = shown(field, written)
    taken = Correction.objects.filter(pk=correction.pk, answered_at=None).update(
        now=said, answered_by=actor, answered_at=timezone.now()
    )
    if not taken:
        raise EditedMeanwhile
    if field.is_column:
        setattr(nominee, field.name, written)
        if field.name == "birth_date" and written:
            nominee.birth_year = written.year
        nominee.save(update_fields=[field.name, "birth_year"])
        Nominee.objects.filter(pk=nominee.pk).update(version=F("version") + 1)
    _record("awards.correction.answered", nominee, actor, {field.label: (correction.was, said)})
    _go_on(nominee, actor)


@transaction.atomic
def withdraw(correction: Correction, *, actor: Any) -> None:
    """Asked by mistake: the field stays as it is."""
    nominee = correction.nominee
    gone, _ = Correction.objects.filter(pk=correction.pk, answered_at=None).delete()
    if not gone:
        raise EditedMeanwhile
    label = FIELDS[correction.field].label
    _record("awards.correction.withdrawn", nominee, actor, {label: (correction.reason, "")})
    _go_on(nominee, actor)


def _go_on(nominee: Nominee, actor: Any) -> None:
    """With the last answer the dossier is appraised again; its judgement was of another field."""
    if nominee.state == NomineeState.CORRECTING and not nominee.corrections.filter(answered_at=None).exists():
        _move(nominee, NomineeState.PROPOSED, actor)


def _move(nominee: Nominee, to: str, actor: Any) -> None:
    code = "awards.nominee.correcting" if to == NomineeState.CORRECTING else "awards.nominee.corrected"
    move(nominee, to, NOMINEE_MOVES, actor=actor, unit_id=nominee.round.unit_id, code=code)
    Nominee.objects.filter(pk=nominee.pk).update(judgement=None)
    nominee.judgement = None


def in_words(nominee: Nominee, field: Field) -> str:
    if not field.is_column:
        return ""
    return shown(field, getattr(nominee, field.name))


def shown(field: Field, value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, dt.date):
        return f"{value:%d/%m/%Y}"
    if field.name == "award":
        return award_name(str(value))
    return dict(field.choices).get(value, str(value))


def read(field: Field, text: str) -> Any:
    """As the column keeps it. Raise ``UnfitField`` at «value»."""
    words = as_pasted(text).strip()
    if field.is_day or field.is_year:
        return _read_day(field, words)
    if field.choices:
        if words not in dict(field.choices):
            raise UnfitField("value", "Chọn một dòng trong danh sách.")
        return words
    if not words and field.name in ("name", "achievement", "rating", "initiative", "papers"):
        raise UnfitField("value", "Ghi nội dung đã sửa.")
    limit = _LONG if field.is_long else field.limit
    if not field.is_long:
        words = " ".join(words.split())
    try:
        return refuse_markup(clean_lines(words, limit=limit, name=field.label), name=field.label)
    except AppError as error:
        raise UnfitField("value", str(error)) from None


def _read_day(field: Field, words: str) -> dt.date | int | None:
    if field.is_year:
        if not (words.isascii() and words.isdecimal() and 1900 <= int(words) <= timezone.localdate().year + 1):
            raise UnfitField("value", "Ghi năm bằng bốn chữ số, ví dụ 1985.")
        return int(words)
    try:
        return read_day(words)
    except UnfitCell as error:
        raise UnfitField("value", f"Ngày sinh: {error}.") from None


def _record(code: str, nominee: Nominee, actor: Any, changes: audit.Changes) -> None:
    audit.record(code, nominee, actor=actor, unit_id=nominee.round.unit_id, changes=changes)
