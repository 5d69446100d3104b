"""«Có nội dung gửi về»: what comes by link is told in the program to whoever follows the request.

Collected for ten minutes into one message a person. Unlike a reminder its lines are written at once, for there is
no deadline behind them that could be looked up again when it is handed over.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from reminders import people
from reminders.asking import selectors
from reminders.asking.deadlines import deadline_of
from reminders.digests import Content, Group, Line
from reminders.models import Answer, Message, Request
from reminders.states import MessageState

COLLECTED_FOR = dt.timedelta(minutes=10)
_GREETING = "Nội dung các nơi vừa gửi về theo yêu cầu:"
_HEAD = "Mới nhận"
_LONGEST_SUBJECT = 200


def tell(answer: Answer) -> None:
    """In the transaction that keeps the answer: the unit's acts stand in line there, so no two append at once."""
    request = selectors.counted(Request.objects.filter(pk=answer.ask.request_id)).get()
    line = _line(answer, request)
    for person in _whom(request):
        if not (_append(person, line) or _begin(person, request.unit_id, line)):
            _append(person, line)  # another unit's act began one for the same person meanwhile


def _whom(request: Request) -> list[int]:
    """The follower and those named besides, else the officers: of them those who can open the program."""
    deadline = deadline_of(request)
    told = people.responsible([deadline])[deadline.key]
    reach = people.reach_of(told)
    able = [person for person in told if person in reach and reach[person].has_account]
    return able or people.officers_of([request.unit_id]).get(request.unit_id, [])


def _append(person: int, line: Line) -> bool:
    """To the message that still collects, if it does when the row is written."""
    collecting = Message.objects.filter(
        person=person,
        channel=Message.Channel.APP,
        purpose=Message.Purpose.ARRIVED,
        state=MessageState.DUE,
        attempts=0,
        again=None,
    )
    message = collecting.select_for_update().first()
    said = Content.of(message) if message else None
    if message is None or said is None:
        return False
    return bool(collecting.filter(pk=message.pk).update(**_columns([*said.groups[0].lines, line])))


def _begin(person: int, unit_id: int, line: Line) -> bool:
    try:
        with transaction.atomic():
            Message.objects.create(
                unit_id=unit_id,
                person_id=person,
                channel=Message.Channel.APP,
                purpose=Message.Purpose.ARRIVED,
                day=timezone.localdate(),
                next_try_at=timezone.now() + COLLECTED_FOR,
                **_columns([line]),
            )
    except IntegrityError:
        return False
    return True


def _columns(lines: Sequence[Line]) -> dict[str, Any]:
    count = len(lines)
    subject = f"{count} nội dung mới gửi về" if count > 1 else lines[0].what
    content = Content(subject[:_LONGEST_SUBJECT], _GREETING, (Group(_HEAD, tuple(lines)),))
    return {"subject": content.subject, "content": content.as_json()}


def _line(answer: Answer, request: Request) -> Line:
    at = timezone.localtime(answer.at)
    left = request.missing  # type: ignore[attr-defined]
    rest = f"còn {left} nơi chưa gửi" if left else "các nơi đã gửi đủ"
    return Line(
        what=f"{answer.ask} đã gửi: {request.title}",
        due=request.due,
        note=f"{answer.sender} gửi lúc {at:%H:%M} ngày {at:%d/%m/%Y}; {rest}",
        url=reverse("reminders:ask", args=[request.pk, answer.ask_id]),
    )


def compose(messages: Sequence[Message], moment: dt.datetime) -> dict[int, Content | None]:
    """For ``digests.register_composer``: as it was written. Read once more, for what came before the claim counts."""
    fresh = Message.objects.in_bulk([message.pk for message in messages])
    return {message.pk: Content.of(fresh[message.pk]) for message in messages if message.pk in fresh}
