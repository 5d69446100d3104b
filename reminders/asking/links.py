"""One-time links: made for each one that is asked, opened without an account, used up by the answer.

A link holds 128 random bits (``reminders.tokens``); the row keeps a nonce and the hash of the token, so that the
officer can be shown the link again and a copy of the database opens nothing. Whoever holds it speaks for the one
that was asked, once.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.db import models, transaction
from django.urls import reverse
from django.utils import timezone

from core import audit
from core.errors import AppError
from reminders.asking import arrivals
from reminders.asking.values import AnswerData, cleaned_answer
from reminders.models import Answer, AnswerFile, Ask, Request
from reminders.states import RequestState
from reminders.tokens import hash_of, new_nonce, token_of

LIFETIME = dt.timedelta(days=14)
"""After the day on which the answer is due, or after the day on which the link was made where that is later."""
_PURPOSE = "answer"


class LinkRefused(AppError):
    """One sentence for used, expired, withdrawn and guessed links alike: which it is, is nobody's to learn."""

    message = (
        "Liên kết này không dùng được: có thể đã gửi xong, đã quá hạn, đã được thay bằng liên kết khác hoặc bị chép "
        "thiếu."
    )


# -- Making ----------------------------------------------------------------------------------


def renew(asks: Iterable[Ask], due: dt.date) -> None:
    """Give each a new link; the one before opens nothing any more. Lower units have none: a paper reached them."""
    made = [ask for ask in asks if ask.part_id]
    for ask in made:
        ask.nonce = new_nonce()
        ask.token_hash = hash_of(_token(ask))
        ask.expires_at = expiry(due)
        ask.told_at = ask.opened_at = None
    Ask.objects.bulk_update(made, ["nonce", "token_hash", "expires_at", "told_at", "opened_at"])


def expiry(due: dt.date) -> dt.datetime:
    """The end of a day in local time."""
    day = max(due, timezone.localdate()) + LIFETIME
    return timezone.make_aware(dt.datetime.combine(day, dt.time.max.replace(microsecond=0)))


def take_back(ask: Ask) -> None:
    Ask.objects.filter(pk=ask.pk).update(token_hash=None)
    ask.token_hash = None


def is_open(ask: Ask) -> bool:
    return ask.token_hash is not None and ask.expires_at is not None and ask.expires_at > timezone.now()


def address_of(ask: Ask) -> str:
    return settings.SITE_URL + reverse("answer", args=[_token(ask)])


def _token(ask: Ask) -> str:
    return token_of(ask.nonce, purpose=_PURPOSE)


# -- Using -----------------------------------------------------------------------------------


def find_ask(token: str) -> Ask:
    """The one that was asked by this link, or ``LinkRefused``."""
    ask = _open_asks(token).select_related("request__unit", "request__sample", "request__follower", "part").first()
    if ask is None:
        raise LinkRefused
    return ask


def note_opened(ask: Ask) -> None:
    if ask.opened_at is None:
        Ask.objects.filter(pk=ask.pk, opened_at=None).update(opened_at=timezone.now())


@transaction.atomic
def answer_by_link(token: str, *, data: AnswerData) -> Answer:
    """Use the link up and keep what came; ``LinkRefused`` where somebody was faster."""
    ask = find_ask(token)
    data = cleaned_answer(data, ask.request.columns)
    audit.wait_for_turn(ask.request.unit_id)  # before the row's own lock: acts of officers take them in this order
    if not _open_asks(token).filter(pk=ask.pk).update(token_hash=None):
        raise LinkRefused
    return keep_answer(ask, data, way=Answer.Way.LINK, actor=None)


def keep_answer(ask: Ask, data: AnswerData, *, way: str, actor: Any) -> Answer:
    """``data`` is clean. Inside the transaction of whoever says that it may be kept."""
    answer = Answer.objects.create(
        ask=ask,
        way=way,
        day=data.day or timezone.localdate(),
        sender=data.sender,
        text=data.text,
        rows=list(data.rows),
        by=actor,
        seen_at=timezone.now() if actor else None,
    )
    AnswerFile.objects.bulk_create(AnswerFile(answer=answer, file=file) for file in data.files)
    told = {"way": way, "sender": data.sender, "day": answer.day, "text": data.text}
    told |= {"rows": len(data.rows), "files": [f"{file.name} (SHA-256 {file.sha256})" for file in data.files]}
    changes = {name: (None, value) for name, value in told.items() if value}
    audit.record("reminders.answer.came", answer, actor=actor, unit_id=ask.request.unit_id, changes=changes)
    if actor is None:
        arrivals.tell(answer)
    return answer


def _open_asks(token: str) -> models.QuerySet[Ask]:
    requests = Request.objects.filter(state=RequestState.ASKED)
    return Ask.objects.filter(token_hash=hash_of(token), expires_at__gt=timezone.now(), request__in=requests)
