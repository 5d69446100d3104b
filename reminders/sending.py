"""Handing over what is due: each message once, whatever is killed, cut off or started twice.

Many processes may do this at once. A mail is claimed by a conditional update that is committed before the
mail server is spoken to, and marked by another that holds only for the claim. Whoever dies in between leaves
it «sending», which becomes «uncertain» after ten minutes and is never handed over again by itself. What the
server clearly did not take is due again, after growing gaps. In the program a message is handed over by its
row alone, so a batch of them is one transaction.

None of this may be called inside a transaction.
"""

from __future__ import annotations

import datetime as dt
import time
import uuid
from collections import Counter
from collections.abc import Callable, Collection, Iterable
from typing import Any

from django.db import transaction
from django.db.models import Count, F, Q, QuerySet
from django.utils import timezone

from core import audit
from core.errors import AppError
from reminders.digests import Content, compose
from reminders.mails import mail_of
from reminders.models import Message, Notice
from reminders.people import reach_of
from reminders.posting import Answer, Outcome, Post
from reminders.quiet import awake
from reminders.states import MessageState

_Channel = Message.Channel

GAPS = (dt.timedelta(minutes=5), dt.timedelta(minutes=15), dt.timedelta(hours=1), dt.timedelta(hours=4))
"""Between one clear refusal and the next try; refused once more, a message has failed."""
UNCERTAIN_AFTER = dt.timedelta(minutes=10)
"""Longer than any server may take for one mail (EMAIL_TIMEOUT for each of its five answers)."""
MISSED_AFTER = dt.timedelta(days=2)
_AT_ONCE = {_Channel.APP: 300, _Channel.MAIL: 100}
"""Composed together; mails are claimed one by one."""
_LONGEST_RESULT = 300

_NOTHING_LEFT = "Các việc trong lời nhắc này đã xong hoặc đã đổi trước khi gửi."
_NO_ADDRESS = "Người nhận không có địa chỉ thư, hoặc không nhận nhắc việc bằng thư."
_NO_ANSWER = "Không có câu trả lời của máy chủ thư, nên không rõ thư đã đến chưa."
_TOO_OLD = "Quá hai ngày vẫn chưa gửi được."

Counts = Counter[tuple[str, str]]
"""(channel, state in which it was left) → messages."""


def hand_over(
    moment: dt.datetime,
    *,
    respects_quiet: bool,
    channels: Collection[str] = (_Channel.APP, _Channel.MAIL),
    seconds: float | None = None,
) -> Counts:
    """Hand over what is due at ``moment``; at most for so many seconds, then the rest stays due."""
    is_time = _clock(seconds)
    due = _due(moment, respects_quiet=respects_quiet)
    counts: Counts = Counter()
    if _Channel.APP in channels:
        counts += _in_the_program(due, moment, is_time)
    if _Channel.MAIL in channels:
        counts += _Mailing(due, moment, is_time).run()
    return counts


def give_up(moment: dt.datetime) -> Counts:
    """What got no answer is uncertain now, and what grew too old is missed. For every channel, whoever claimed it."""
    now = timezone.now()
    unanswered = Message.objects.filter(state=MessageState.SENDING, claimed_at__lte=now - UNCERTAIN_AFTER)
    uncertain = unanswered.update(state=MessageState.UNCERTAIN, ended_at=now, result=_NO_ANSWER)
    counts: Counts = Counter({(_Channel.MAIL.value, MessageState.UNCERTAIN.value): uncertain})
    oldest = timezone.localdate(moment) - MISSED_AFTER
    for channel in (_Channel.APP, _Channel.MAIL):
        old = Message.objects.filter(state=MessageState.DUE, next_try_at__lte=moment, day__lt=oldest, channel=channel)
        missed = old.update(state=MessageState.MISSED, ended_at=now, result=_TOO_OLD)
        counts[channel.value, MessageState.MISSED.value] = missed
    return +counts


def number(counts: Counts, state: str, channel: str = "") -> int:
    return sum(count for (way, left), count in counts.items() if left == state and channel in ("", way))


def _due(moment: dt.datetime, *, respects_quiet: bool) -> QuerySet[Message]:
    """The longest waiting first. Who asks for a message to be sent again waits for no quiet hours."""
    due = Message.objects.filter(state=MessageState.DUE, next_try_at__lte=moment)
    if respects_quiet:
        due = due.filter(awake(moment) | Q(again__isnull=False))
    return due.select_related("person", "unit").order_by("next_try_at", "pk")


def _clock(seconds: float | None) -> Callable[[], bool]:
    end = None if seconds is None else time.monotonic() + seconds
    return lambda: end is None or time.monotonic() < end


# -- In the program --------------------------------------------------------------------


def _in_the_program(due: QuerySet[Message], moment: dt.datetime, is_time: Callable[[], bool]) -> Counts:
    counts: Counts = Counter()
    while is_time() and (batch := _show(due.filter(channel=_Channel.APP), moment)):
        counts += batch
    return counts


@transaction.atomic
def _show(due: QuerySet[Message], moment: dt.datetime) -> Counts:
    """Processes at work at the same time take different rows; one that dies leaves them as they were."""
    messages = list(due.select_for_update(skip_locked=True, of=("self",))[: _AT_ONCE[_Channel.APP]])
    contents = compose(messages, moment)
    now = timezone.now()
    for message in messages:
        content = contents[message.pk]
        message.ended_at, message.attempts = now, message.attempts + 1
        if content is None:
            message.state, message.is_moot, message.result = MessageState.MISSED, True, _NOTHING_LEFT
        else:
            message.state, message.subject, message.content = MessageState.SENT, content.subject, content.as_json()
    changed = ["state", "ended_at", "attempts", "is_moot", "result", "subject", "content"]
    Message.objects.bulk_update(messages, changed)
    return Counter((message.channel, str(message.state)) for message in messages)


# -- Mail ------------------------------------------------------------------------------


class _Mailing:
    """One run over the mails that are due, on one connection."""

    def __init__(self, due: QuerySet[Message], moment: dt.datetime, is_time: Callable[[], bool]) -> None:
        self.due = due.filter(channel=_Channel.MAIL)
        self.moment, self.is_time = moment, is_time
        self.counts: Counts = Counter()

    def run(self) -> Counts:
        with Post() as post:
            while self.is_time() and (messages := list(self.due[: _AT_ONCE[_Channel.MAIL]])):
                if not self._batch(messages, post):
                    break
        return self.counts

    def _batch(self, messages: list[Message], post: Post) -> bool:
        """False where it makes no sense to go on now."""
        told = _notices(messages)
        contents = compose(messages, self.moment)
        reach = reach_of({message.person_id for message in messages})
        for place, message in enumerate(messages):
            if not self.is_time():
                return False
            if closed := post.open():
                for waiting in messages[place:]:
                    self._not_now(waiting, closed)
                return False
            message.address = reach[message.person_id].address if message.person_id in reach else ""
            if not self._claim(message, contents[message.pk]):
                continue
            content = contents[message.pk]
            if _notices([message]) != {message.pk: told.get(message.pk, 0)}:  # one more joined it until the claim
                content = self._compose_again(message)
            if not self._deliver(message, content, post):
                return False
        return True

    def _claim(self, message: Message, content: Content | None) -> bool:
        """With what it is going to say, so that an uncertain one shows what may have arrived."""
        message.claim = uuid.uuid4()
        message.attempts += 1
        return bool(
            Message.objects.filter(pk=message.pk, state=MessageState.DUE, next_try_at__lte=self.moment).update(
                state=MessageState.SENDING,
                claim=message.claim,
                claimed_at=timezone.now(),
                attempts=F("attempts") + 1,
                address=message.address,
                **_said(content),
            )
        )

    def _compose_again(self, message: Message) -> Content | None:
        content = compose([message], self.moment)[message.pk]
        Message.objects.filter(pk=message.pk, claim=message.claim).update(**_said(content))
        return content

    def _deliver(self, message: Message, content: Content | None, post: Post) -> bool:
        if content is None:
            self._end(message, MessageState.MISSED, _NOTHING_LEFT, is_moot=True)
        elif not message.address:
            self._end(message, MessageState.MISSED, _NO_ADDRESS)
        else:
            answer = post.hand_over(mail_of(message, content))
            self._mark(message, answer)
            return not answer.is_closed
        return True

    def _mark(self, message: Message, answer: Answer) -> None:
        match answer.outcome:
            case Outcome.ACCEPTED:
                self._end(message, MessageState.SENT)
            case Outcome.REFUSED:
                self._end(message, MessageState.FAILED, answer.words)
            case Outcome.LATER if message.attempts > len(GAPS):
                self._end(message, MessageState.FAILED, answer.words)
            case Outcome.LATER:
                mine = Message.objects.filter(pk=message.pk, claim=message.claim, state=MessageState.SENDING)
                mine.update(claim=None, claimed_at=None, **self._once_more(message.attempts, answer))
                self._count(MessageState.DUE)
            case Outcome.UNKNOWN:  # the row stays as it is until ``give_up``
                self._count(MessageState.SENDING)

    def _not_now(self, message: Message, closed: Answer) -> None:
        """There was nobody to hand it to: that counts as a try, without a claim."""
        as_read = Message.objects.filter(pk=message.pk, state=MessageState.DUE, next_try_at=message.next_try_at)
        attempts = message.attempts + 1
        if attempts > len(GAPS):
            ended = {"state": MessageState.FAILED, "ended_at": timezone.now(), "result": _cut(closed.words)}
            state, changes = MessageState.FAILED, ended
        else:
            state, changes = MessageState.DUE, self._once_more(attempts, closed)
        if as_read.update(attempts=attempts, **changes):
            self._count(state)

    def _once_more(self, attempts: int, answer: Answer) -> dict[str, Any]:
        """After a gap from now, whichever day the message is for."""
        return {
            "state": MessageState.DUE,
            "next_try_at": max(self.moment, timezone.now()) + GAPS[attempts - 1],
            "result": _cut(answer.words),
        }

    def _end(self, message: Message, state: MessageState, result: str = "", *, is_moot: bool = False) -> None:
        """Also where it was taken for uncertain meanwhile: who claimed it knows better."""
        mine = Message.objects.filter(
            pk=message.pk, claim=message.claim, state__in=[MessageState.SENDING, MessageState.UNCERTAIN]
        )
        mine.update(state=state, ended_at=timezone.now(), result=_cut(result), is_moot=is_moot)
        self._count(state)

    def _count(self, state: MessageState) -> None:
        self.counts[_Channel.MAIL.value, state.value] += 1


def _said(content: Content | None) -> dict[str, Any]:
    return {"subject": content.subject, "content": content.as_json()} if content else {"subject": "", "content": {}}


def _cut(result: str) -> str:
    return result[:_LONGEST_RESULT]


def _notices(messages: Iterable[Message]) -> dict[int, int]:
    """How many each has."""
    ids = [message.pk for message in messages]
    rows = Notice.objects.filter(message__in=ids).order_by().values_list("message").annotate(number=Count("pk"))
    return dict.fromkeys(ids, 0) | dict(rows)


# -- Again -----------------------------------------------------------------------------


class NotToResend(AppError):
    message = "Lời nhắc này không cần gửi lại."


@transaction.atomic
def resend(message: Message, *, actor: Any) -> Message:
    """One more message that says the same, handed over by the next sweep whatever the hour; ``message`` stays.

    Whoever had no way to be told gets it by the one he has now. Clicked twice, it is one.
    Raise ``NotToResend`` for what arrived, may still be on its way, or needs nobody's care.
    """
    kept = Message.objects.filter(
        pk=message.pk,
        is_moot=False,
        state__in=[MessageState.FAILED, MessageState.UNCERTAIN, MessageState.MISSED],
    )
    if not kept.update(is_moot=False):  # changes nothing: who clicks at the same moment waits here
        raise NotToResend
    if already := Message.objects.filter(again=message.pk).first():
        return already
    channel, address = _way_to(message)
    again = Message.objects.create(
        unit_id=message.unit_id,
        person_id=message.person_id,
        channel=channel,
        purpose=message.purpose,
        day=timezone.localdate(),
        address=address,
        subject=message.subject,
        content=message.content,
        again=message,
        asked_by=actor,
    )
    changes = {"state": (message.get_state_display(), again.get_state_display())}
    audit.record("reminders.message.resent", again, actor=actor, unit_id=again.unit_id, changes=changes)
    return again


def _way_to(message: Message) -> tuple[str, str]:
    reach = reach_of([message.person_id])[message.person_id]
    if message.channel == _Channel.APP or (message.channel == _Channel.NONE and reach.has_account):
        return _Channel.APP, ""
    if not reach.address:
        raise NotToResend(f"{message.person} chưa có địa chỉ thư nhận nhắc việc; hãy ghi địa chỉ rồi gửi lại.")
    return _Channel.MAIL, reach.address
