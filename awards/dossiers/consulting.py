"""Hiệp y: what other bodies are asked to confirm, one list a body, and what they answer."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils import timezone

from awards.models import Consultation, Nominee, Opinion, Round
from awards.states import LIVE
from campaigns.results.evidence import Proof, keep
from core import audit
from core.errors import AppError, UnfitField
from core.states import EditedMeanwhile
from core.text import clean_line, refuse_markup
from reminders.calendars import workdays_of

BODY, NOTE, MOST_DAYS = 300, 300, 60
USUAL_DAYS = 5
"""Working days. The law names none for a commune's own questions: the office may change them each time."""


class Answered(AppError):
    message = "Đã có trả lời nên không xóa được; ghi ý kiến của cơ quan đó ở từng dòng."


@dataclass(frozen=True, slots=True)
class Asked:
    body: str
    about: str
    sent_on: dt.date
    days: int
    nominee_ids: Collection[int]


@dataclass(frozen=True, slots=True)
class Said:
    says: str
    note: str = ""


@transaction.atomic
def consult(award_round: Round, *, actor: Any, asked: Asked) -> Consultation:
    """Raise ``UnfitField``."""
    body = _line(asked.body, "body", "Cơ quan được hỏi")
    about = _line(asked.about, "about", "Nội dung hỏi")
    if not body:
        raise UnfitField("body", "Ghi cơ quan được hỏi, ví dụ: Công an xã.")
    if not about:
        raise UnfitField("about", "Ghi nội dung hỏi, ví dụ: chấp hành pháp luật, an toàn giao thông.")
    rows = list(Nominee.objects.filter(round=award_round, pk__in=asked.nominee_ids, state__in=LIVE))
    if not rows:
        raise UnfitField("nominees", "Chọn ít nhất một đối tượng để hỏi.")
    if asked.sent_on > timezone.localdate():
        raise UnfitField("sent_on", "Ngày gửi không thể sau hôm nay.")
    row = Consultation.objects.create(
        round=award_round,
        body=body,
        about=about,
        sent_on=asked.sent_on,
        due=answer_due(award_round.unit_id, asked.sent_on, asked.days) if asked.days else None,
        by=actor,
    )
    Opinion.objects.bulk_create([Opinion(consultation=row, nominee=one) for one in rows], batch_size=500)
    changes = {"Đối tượng được hỏi": (0, len(rows)), "due": (None, row.due)}
    audit.record("awards.consultation.sent", row, actor=actor, unit_id=award_round.unit_id, changes=changes)
    return row


def answer_due(unit_id: int, sent_on: dt.date, days: int) -> dt.date:
    """``days`` working days after the list was sent, by the unit's own calendar."""
    return workdays_of([unit_id])[unit_id].after(sent_on, days)


@transaction.atomic
def record_answers(
    row: Consultation, *, actor: Any, said: Mapping[int, Said], was: Mapping[int, str], day: dt.date, proof: Proof
) -> int:
    """Opinion → what the body says; how many changed. ``was``: what stood there when it was shown.

    Raise ``UnfitField`` (field «o<opinion>» or «answered_on»), ``EditedMeanwhile``.
    """
    if not row.sent_on <= day <= timezone.localdate():
        raise UnfitField("answered_on", f"Ngày trả lời phải từ {row.sent_on:%d/%m/%Y} đến hôm nay.")
    opinions = {one.pk: one for one in Opinion.objects.filter(consultation=row).select_related("nominee")}
    changes: dict[str, tuple[str, str]] = {}
    for pk, words in said.items():
        opinion = opinions.get(pk)
        if opinion is None:
            continue
        note = _note(words, pk, opinion.nominee.name)
        if (opinion.says, opinion.note) == (words.says, note):
            continue
        if pk in was and was[pk] != stamp(opinion):
            raise EditedMeanwhile
        changes[opinion.nominee.name] = (opinion.get_says_display(), Opinion.Says(words.says).label)
        opinion.says, opinion.note = words.says, note
        opinion.save(update_fields=["says", "note"])
    if not changes and not proof:
        return 0
    row.answered_on = None if any(one.says == Opinion.Says.WAITING for one in opinions.values()) else day
    if proof:
        row.answer = keep(proof, unit_id=row.round.unit_id, actor=actor)
    row.save(update_fields=["answered_on", "answer"])
    audit.record("awards.consultation.answered", row, actor=actor, unit_id=row.round.unit_id, changes=changes)
    return len(changes)


@transaction.atomic
def remove(row: Consultation, *, actor: Any) -> None:
    """Asked by mistake, while nothing was answered. Raise ``Answered``."""
    if row.answer_id or row.opinions.exclude(says=Opinion.Says.WAITING).exists():
        raise Answered
    gone = {"Hiệp y": (str(row), "")}
    audit.record("awards.consultation.removed", row.round, actor=actor, unit_id=row.round.unit_id, changes=gone)
    row.delete()


def stamp(opinion: Opinion) -> str:
    return f"{opinion.says}|{opinion.note}"


def _note(words: Said, pk: int, name: str) -> str:
    note = _line(words.note, f"note-{pk}", "Nội dung")
    if words.says not in Opinion.Says.values:
        raise UnfitField(f"says-{pk}", f"{name}: chọn thống nhất hoặc không thống nhất.")
    if words.says == Opinion.Says.OBJECTS and not note:
        raise UnfitField(f"note-{pk}", f"{name}: ghi vì sao không thống nhất.")
    return note


def _line(text: str, field: str, name: str) -> str:
    line = " ".join(text.split())
    if len(line) > NOTE:
        raise UnfitField(field, f"{name} dài quá {NOTE} ký tự.")
    return refuse_markup(clean_line(line, limit=NOTE, name=name))
