"""Writes of the office: a request is made, changed, sent out, closed; answers are entered, looked at, sent back.

Every act first takes its place in the unit's chain (``audit.wait_for_turn``), so that an answer which comes by
link and an act of the office never pass each other half-way. What comes by link: ``reminders.asking.links``.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.utils import timezone

from core import audit, states
from core.errors import AppError, UnfitField
from core.states import MovedMeanwhile, MoveRefused, claim_version
from reminders.asking import hooks, links, selectors
from reminders.asking.values import REASON, AnswerData, RequestData, cleaned_answer, cleaned_request, line
from reminders.models import Answer, Ask, Request
from reminders.states import REQUEST_MOVES, RequestState
from units.models import Part, Unit

_FIELDS = ("title", "body", "due", "follower", "columns", "sample")


class NotOpen(AppError):
    message = "Yêu cầu này không còn chờ nơi nào gửi. Hãy mở lại yêu cầu rồi làm tiếp."


# -- The request -----------------------------------------------------------------------------


@transaction.atomic
def create_request(unit: Unit, *, actor: Any, data: RequestData) -> Request:
    """A draft with those it will be sent to; nobody is asked yet."""
    data = cleaned_request(data, unit)
    _refuse_nobody(data.parts)
    values = {name: getattr(data, name) for name in _FIELDS} | {"columns": list(data.columns)}
    request = Request.objects.create(unit=unit, by=actor, kind=data.kind, subject=data.subject, **values)
    Ask.objects.bulk_create(Ask(request=request, part=part) for part in data.parts)
    told = values | {"parts": [str(part) for part in data.parts]}
    changes = {name: (None, value) for name, value in told.items() if value}
    audit.record("reminders.request.made", request, actor=actor, unit_id=unit.pk, changes=changes)
    return request


@transaction.atomic
def change_request(request: Request, *, actor: Any, version: int, data: RequestData) -> None:
    """Words, day, follower, and who is asked; ``EditedMeanwhile`` where somebody saved since it was shown.

    Who is new gets a link at once where the request is out. Links live on until the new day's end of life.
    """
    data = cleaned_request(data, request.unit)
    audit.wait_for_turn(request.unit_id)
    if request.state == RequestState.CLOSED:
        raise NotOpen("Yêu cầu này đã kết thúc. Hãy mở lại yêu cầu rồi sửa.")
    claim_version(request, version, state=request.state)
    before = {name: getattr(request, name) for name in _FIELDS}
    values = {name: getattr(data, name) for name in _FIELDS} | {"columns": list(data.columns)}
    if before["columns"] != values["columns"] and Answer.objects.filter(ask__request=request).exists():
        raise UnfitField("columns", "Đã có nơi gửi danh sách theo các cột cũ, không đổi cột được nữa.")
    changes = audit.differences(before, values) | _change_parts(request, data.parts, due=data.due)
    for name, value in values.items():
        setattr(request, name, value)
    request.save(update_fields=_FIELDS)
    if before["due"] != data.due:
        held = Ask.objects.filter(request=request, token_hash__isnull=False)
        held.update(expires_at=links.expiry(data.due))
    if changes:
        audit.record("reminders.request.changed", request, actor=actor, unit_id=request.unit_id, changes=changes)


def _change_parts(request: Request, parts: Iterable[Part], *, due: Any) -> dict[str, Any]:
    """Only those of the unit; units below are asked by a paper. What changed, for the history."""
    wanted = {part.pk: part for part in parts}
    there = {ask.part_id: ask for ask in Ask.objects.filter(request=request, lower=None).select_related("part")}
    gone = [ask for pk, ask in there.items() if pk not in wanted]
    spoken = Answer.objects.filter(ask__in=gone).select_related("ask__part").order_by("ask").first()
    if spoken is not None:
        raise UnfitField("parts", f"{spoken.ask} đã gửi nội dung, không bỏ ra được. Hãy chọn lại nơi này.")
    if not wanted and not Ask.objects.filter(request=request, part=None).exists():
        _refuse_nobody(())
    Ask.objects.filter(pk__in=[ask.pk for ask in gone]).delete()
    new = Ask.objects.bulk_create(Ask(request=request, part=part) for pk, part in wanted.items() if pk not in there)
    if request.state == RequestState.ASKED:
        links.renew(new, due)
    told = {"parts_added": [str(ask) for ask in new], "parts_removed": [str(ask) for ask in gone]}
    return {name: (None, names) for name, names in told.items() if names}


def _refuse_nobody(parts: Any) -> None:
    if not parts:
        raise UnfitField("parts", "Chưa chọn nơi nào. Hãy chọn ít nhất một thôn, trường hoặc cơ quan.")


@transaction.atomic
def send_out(request: Request, *, actor: Any) -> None:
    """Gửi yêu cầu: each gets its link, lateness counts, and the apps that registered are told."""
    if request.state != RequestState.DRAFT:
        return
    audit.wait_for_turn(request.unit_id)
    _move(request, RequestState.ASKED, actor=actor, code="reminders.request.asked")
    links.renew(_waiting(request), request.due)
    hooks.request_asked(request, actor)


@transaction.atomic
def close(request: Request, *, actor: Any) -> None:
    """Links open nothing while it is closed."""
    audit.wait_for_turn(request.unit_id)
    _move(request, RequestState.CLOSED, actor=actor, code="reminders.request.closed")


@transaction.atomic
def reopen(request: Request, *, actor: Any) -> None:
    """Links that went out and did not expire open again; the others are made anew."""
    if request.state == RequestState.DRAFT:
        raise MoveRefused
    audit.wait_for_turn(request.unit_id)
    _move(request, RequestState.ASKED, actor=actor, code="reminders.request.reopened")
    links.renew([ask for ask in _waiting(request) if not links.is_open(ask)], request.due)


@transaction.atomic
def discard(request: Request, *, actor: Any) -> None:
    """A draft goes for good; what was sent out is closed instead."""
    audit.wait_for_turn(request.unit_id)
    if not Request.objects.filter(pk=request.pk, state=RequestState.DRAFT).exists():
        raise MoveRefused("Yêu cầu này đã gửi cho các nơi, không xóa được nữa; hãy bấm «Kết thúc yêu cầu».")
    audit.record("reminders.request.discarded", request, actor=actor, unit_id=request.unit_id)
    Request.objects.filter(pk=request.pk).delete()


def _move(request: Request, to: RequestState, *, actor: Any, code: str) -> None:
    states.move(request, to.value, REQUEST_MOVES, actor=actor, unit_id=request.unit_id, code=code)


# -- Links and messages ----------------------------------------------------------------------


@transaction.atomic
def renew_expired(request: Request, *, actor: Any) -> int:
    """New links for those who have not sent and whose link is no more; how many."""
    _refuse_not_asked(request)
    asks = [ask for ask in _waiting(request) if not links.is_open(ask)]
    if asks:
        links.renew(asks, request.due)
        changes = {"parts": (None, [str(ask) for ask in asks])}
        audit.record("reminders.links.renewed", request, actor=actor, unit_id=request.unit_id, changes=changes)
    return len(asks)


@transaction.atomic
def renew_link(ask: Ask, *, actor: Any) -> None:
    """The link fell into wrong hands or went to a wrong number: the old one opens nothing any more."""
    _refuse_not_asked(ask.request)
    links.renew([ask], ask.request.due)
    audit.record("reminders.link.renewed", ask, actor=actor, unit_id=ask.request.unit_id)


@transaction.atomic
def mark_told(ask: Ask, *, actor: Any) -> None:
    """Đã nhắn: the text was copied to be sent."""
    _refuse_not_asked(ask.request)
    now = timezone.now()
    if Ask.objects.filter(pk=ask.pk, told_at=ask.told_at).update(told_at=now):
        audit.record("reminders.ask.told", ask, actor=actor, unit_id=ask.request.unit_id)
        ask.told_at = now


def _waiting(request: Request) -> list[Ask]:
    rows = Ask.objects.filter(~selectors.has_sent(), request=request, part__isnull=False)
    return list(rows.select_related("part").order_by("part__order", "pk"))


# -- Answers ---------------------------------------------------------------------------------


@transaction.atomic
def enter_for(ask: Ask, *, actor: Any, data: AnswerData, way: str = Answer.Way.BEHALF) -> Answer:
    """Nhập hộ: what one was told by phone, on paper, by Zalo; a list in a sheet. Its link opens nothing any more."""
    data = cleaned_answer(data, ask.request.columns)
    _refuse_not_asked(ask.request)
    links.take_back(ask)
    return links.keep_answer(ask, data, way=way, actor=actor)


@transaction.atomic
def send_back(answer: Answer, *, actor: Any, reason: str) -> None:
    """Trả lại: it counts no more, and the one that sent it gets a new link."""
    reason = line("reason", reason, REASON, "Lý do trả lại")
    if not reason:
        raise UnfitField("reason", "Ghi lý do trả lại, để nơi gửi biết cần sửa gì.")
    ask, now = answer.ask, timezone.now()
    _refuse_not_asked(ask.request)
    changed = Answer.objects.filter(pk=answer.pk, returned_at=None).update(
        returned_at=now, return_reason=reason, seen_at=answer.seen_at or now
    )
    if not changed:
        raise MovedMeanwhile("Nội dung này đã được trả lại rồi.")
    links.renew([ask], ask.request.due)
    changes = {"return_reason": (None, reason)}
    audit.record("reminders.answer.returned", answer, actor=actor, unit_id=ask.request.unit_id, changes=changes)


@transaction.atomic
def mark_seen(request: Request, *, actor: Any, answers: Iterable[int]) -> int:
    """Of these answers those that nobody has marked yet; how many. One entry, on the request."""
    audit.wait_for_turn(request.unit_id)
    rows = Answer.objects.filter(pk__in=list(answers), ask__request=request, seen_at=None)
    names = [str(answer.ask) for answer in rows.select_related("ask__part", "ask__lower").order_by("pk")]
    count = rows.update(seen_at=timezone.now())
    if count:
        changes = {"parts": (None, names)}
        audit.record("reminders.answers.seen", request, actor=actor, unit_id=request.unit_id, changes=changes)
    return count


def _refuse_not_asked(request: Request) -> None:
    """Takes the act's place in line, then looks how the request stands."""
    audit.wait_for_turn(request.unit_id)
    request.refresh_from_db(fields=["state"])
    if request.state != RequestState.ASKED:
        raise NotOpen
