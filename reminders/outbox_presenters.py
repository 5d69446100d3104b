"""A message as people read it: how it stands in one sentence, which deadlines it was about."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.utils import timezone

from reminders.deadlines import Key, collector_of, page_url, still_open
from reminders.models import Message, Notice
from reminders.models.message import ASSIGNED
from reminders.states import MessageState

_LOOKS = {
    MessageState.DUE: "waiting",
    MessageState.SENDING: "running",
    MessageState.SENT: "done",
    MessageState.FAILED: "undelivered",
    MessageState.UNCERTAIN: "uncertain",
    MessageState.MISSED: "missed",
}
_COUNTED = {
    MessageState.FAILED: "không gửi được",
    MessageState.UNCERTAIN: "không rõ đã đến chưa",
    MessageState.MISSED: "đã lỡ",
}
WHY_UNCERTAIN = (
    "Máy chủ thư đã bắt đầu nhận thư này nhưng không trả lời là đã nhận xong: mạng đứt, máy chủ treo hoặc chương "
    "trình bị tắt giữa chừng. Vì vậy không biết thư đã đến người nhận hay chưa, và chương trình không tự gửi lại để "
    "khỏi gửi hai lần. Hãy hỏi người nhận trước; nếu gửi lại, người nhận có thể thấy cùng một lời nhắc hai lần."
)


@dataclass(frozen=True, slots=True)
class Look:
    """For ``{% state_badge %}``."""

    state: str
    word: str


@dataclass(frozen=True, slots=True)
class NoticeRow:
    label: str
    what: str
    """Blank where the deadline is no longer open."""
    url: str
    due: dt.date
    rung: str


def look_of(message: Message) -> Look:
    if message.is_moot:
        return Look("settled", "Không còn cần gửi")
    state = MessageState(message.state)
    return Look(_LOOKS[state], str(state.label))


def subject_of(message: Message) -> str:
    """As it was sent; before that, what it is going to be."""
    return message.subject or f"{message.get_purpose_display()} {message.day:%d/%m/%Y}"


def counted_words(counts: Mapping[str, int]) -> str:
    """«1 không gửi được, 2 đã lỡ»"""
    return ", ".join(f"{counts[state]} {words}" for state, words in _COUNTED.items() if state in counts)


def standing(message: Message) -> str:
    """One sentence: who, how, when, and what became of it."""
    to, at = f"{message.person}, {_way(message)}", _time(message.ended_at or message.next_try_at)
    if message.is_moot:
        return f"Gửi {to}: không gửi nữa lúc {at}. {message.result}"
    match message.state:
        case MessageState.DUE:
            again = f", sau {message.attempts} lần máy chủ chưa nhận" if message.attempts else ""
            return f"Gửi {to}: chờ gửi từ {at}{again}."
        case MessageState.SENDING:
            return f"Gửi {to}: đang gửi từ {_time(message.claimed_at or message.next_try_at)}."
        case MessageState.SENT:
            return f"Đã gửi {to}, lúc {at}."
        case MessageState.FAILED:
            return f"Không gửi được cho {to}, lúc {at}. {message.result}"
        case MessageState.UNCERTAIN:
            return f"Không rõ đã đến {message.person} chưa: gửi {_way(message)} lúc {at}."
    return f"Đã lỡ lời nhắc {message.person} ngày {message.day:%d/%m/%Y}. {message.result}"


def _way(message: Message) -> str:
    ways = {
        Message.Channel.MAIL: "qua thư điện tử",
        Message.Channel.APP: "trong chương trình",
        Message.Channel.NONE: "chưa có cách nhắc",
    }
    return ways[Message.Channel(message.channel)]


def _time(moment: dt.datetime) -> str:
    return f"{timezone.localtime(moment):%H:%M ngày %d/%m/%Y}"


def notice_rows(notices: Iterable[Notice], unit_id: int) -> list[NoticeRow]:
    """What each deadline is now; as many queries as there are kinds. None of another unit is named."""
    notices = list(notices)
    found = still_open(Key(one.kind, one.subject, one.slot) for one in notices)
    rows = []
    for one in notices:
        collector = collector_of(one.kind)
        deadline = found.get(Key(one.kind, one.subject, one.slot))
        is_ours = deadline is not None and deadline.unit_id == unit_id
        rows.append(
            NoticeRow(
                collector.label if collector else "",
                deadline.what if deadline and is_ours else "",
                page_url(deadline) if deadline and is_ours else "",
                one.due,
                rung_words(one.rung),
            )
        )
    return rows


def rung_words(rung: int) -> str:
    if rung == ASSIGNED:
        return "mới phải theo dõi"
    if rung == 0:
        return "đúng hạn"
    return f"trước {rung} ngày làm việc" if rung > 0 else f"quá {-rung} ngày làm việc"
