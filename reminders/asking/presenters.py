"""Requests and those asked, told to the person at the screen, from rows already read."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils import timezone

from core.files import XLSX
from core.models import StoredFile
from reminders import lateness
from reminders.asking import links
from reminders.models import Answer, Ask, Request
from reminders.presenters import Nearness
from reminders.states import RequestState
from units.models import Part, Unit

MISSING, SENT, RETURNED, NEW = "chua-gui", "da-gui", "tra-lai", "moi"
FILTERS = {MISSING: "Chưa gửi", SENT: "Đã gửi", RETURNED: "Trả lại", NEW: "Mới, chưa xem"}


@dataclass(frozen=True, slots=True)
class Shown:
    """For ``{% state_badge look word note %}``."""

    look: str
    word: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class AskRow:
    ask: Ask
    state: Shown
    answer: Answer | None
    """The newest that was not returned; where all were, the last one."""
    is_missing: bool
    is_returned: bool
    is_new: bool
    note: str
    """Why it was returned; how the message went."""

    def is_in(self, chosen: str) -> bool:
        return {MISSING: self.is_missing, SENT: not self.is_missing, RETURNED: self.is_returned, NEW: self.is_new}.get(
            chosen, True
        )


def ask_row(ask: Ask, request: Request, today: dt.date) -> AskRow:
    """``ask`` comes with its answers, the oldest first."""
    answers = list(ask.answers.all())
    live = [answer for answer in answers if answer.returned_at is None]
    answer = live[-1] if live else answers[-1] if answers else None
    by_paper = _answered_by_paper(ask)
    is_missing = not live and by_paper is None
    late = days_late(request, today) if is_missing else 0
    is_returned = is_missing and answer is not None
    return AskRow(
        ask=ask,
        state=_state(request, by_paper or (answer.day if answer else None), late, is_missing, is_returned),
        answer=answer,
        is_missing=is_missing,
        is_returned=is_returned,
        is_new=any(one.seen_at is None for one in live),
        note=_note(ask, answer, is_missing),
    )


def _answered_by_paper(ask: Ask) -> dt.date | None:
    delivery = ask.delivery
    stands = delivery is not None and delivery.returned_on is None and delivery.withdrawn_on is None
    return delivery.answered_on if stands and delivery is not None else None


def _state(request: Request, day: dt.date | None, late: int, is_missing: bool, is_returned: bool) -> Shown:
    if not is_missing:
        behind = lateness.days_late(request.due, day) if day else 0
        return Shown("done", "Đã gửi", f"muộn {behind} ngày" if behind else "")
    if is_returned:
        return Shown("returned", "Trả lại", f"quá {late} ngày" if late else "")
    return Shown("overdue", "Quá hạn", f"quá {late} ngày") if late else Shown("waiting", "Chưa gửi")


def _note(ask: Ask, answer: Answer | None, is_missing: bool) -> str:
    if not is_missing:
        return ""
    said = [
        f"lý do trả lại: {answer.return_reason.rstrip('.')}" if answer else "",
        f"đã nhắn lúc {_moment(ask.told_at)}" if ask.told_at else "",
        f"đã mở liên kết lúc {_moment(ask.opened_at)}" if ask.opened_at else "",
    ]
    words = "; ".join(filter(None, said))
    return words[:1].upper() + words[1:]


def _moment(at: dt.datetime) -> str:
    return f"{timezone.localtime(at):%H:%M %d/%m/%Y}"


def days_late(request: Request, today: dt.date) -> int:
    """Calendar days; 0 where nobody waits any more."""
    return lateness.days_late(request.due, today) if request.state == RequestState.ASKED else 0


# -- The request -----------------------------------------------------------------------------


def request_state(request: Request, today: dt.date, nearness: Nearness) -> Shown:
    """``request`` is counted (``selectors.counted``)."""
    missing: int = request.missing  # type: ignore[attr-defined]
    if request.state == RequestState.DRAFT:
        return Shown("draft", "Đang soạn")
    if request.state == RequestState.CLOSED:
        return Shown("ended", "Đã kết thúc", f"thiếu {missing} nơi" if missing else "")
    if not missing:
        return Shown("done", "Đã gửi đủ")
    note = nearness.note_on(request)
    if request.due < today:
        return Shown("overdue", "Quá hạn", note)
    return Shown("due_today", "Đến hạn hôm nay") if request.due == today else Shown("running", "Đang chờ", note)


def standing(request: Request, rows: Sequence[AskRow], today: dt.date) -> str:
    """«26 nơi chưa gửi, 2 nơi đã gửi. Hạn 20/11/2026, đã quá 3 ngày.»"""
    missing = sum(row.is_missing for row in rows)
    due = f"Hạn {request.due:%d/%m/%Y}"
    if request.state == RequestState.DRAFT:
        return f"Chưa gửi cho {len(rows)} nơi. {due}."
    counts = f"{missing} nơi chưa gửi, {len(rows) - missing} nơi đã gửi" if missing else f"{len(rows)} nơi đã gửi đủ"
    late = days_late(request, today) if missing else 0
    end = f"{due}, đã quá {late} ngày" if late else due
    return f"Đã kết thúc: {counts}. {end}." if request.state == RequestState.CLOSED else f"{counts}. {end}."


# -- What came -------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Came:
    """One answer as its page shows it."""

    answer: Answer
    head: list[str]
    """Columns of the list; those that the request had when it came."""
    lines: list[list[str]]
    pictures: list[StoredFile]
    papers: list[StoredFile]
    is_list_in_a_file: bool
    """A list was asked for, and no row of it was typed or understood."""


def came(answer: Answer, request: Request) -> Came:
    kept = [one.file for one in answer.files.all()]
    head = list(dict.fromkeys([*request.columns, *(name for row in answer.rows for name in row)]))
    return Came(
        answer,
        head if answer.rows else [],
        [[row.get(name, "") for name in head] for row in answer.rows],
        [file for file in kept if file.media_type.startswith("image/")],
        [file for file in kept if not file.media_type.startswith("image/")],
        is_list_in_a_file=bool(request.columns and not answer.rows and any(f.media_type == XLSX for f in kept)),
    )


# -- Whom to ask -----------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class PartGroup:
    """Parts of one kind, which may be asked all at once."""

    kind: str
    label: str
    """«Tất cả thôn (28)»."""
    parts: list[Part]


_ALL_OF = {
    Part.Kind.SCHOOL: "Tất cả trường",
    Part.Kind.STATION: "Tất cả trạm, trung tâm",
    Part.Kind.OFFICE: "Tất cả cơ quan, phòng, ban",
    Part.Kind.ORGANISATION: "Tất cả đoàn thể",
    Part.Kind.COUNCIL: "Tất cả hội đồng, ban chỉ đạo",
    Part.Kind.OTHER: "Tất cả nơi khác",
}


def part_groups(unit: Unit, parts: Sequence[Part]) -> list[PartGroup]:
    """In the order of the kinds. «Các thôn» is no place that could answer, so groups are left out."""
    words = {Part.Kind.VILLAGE: f"Tất cả {unit.village_word}", **_ALL_OF}
    found = [(kind, words[kind], [part for part in parts if part.kind == kind]) for kind in words]
    return [PartGroup(kind.value, f"{label} ({len(own)})", own) for kind, label, own in found if own]


def link_words(ask: Ask, request: Request) -> dict[str, Any]:
    """How the link of one stands, for its page."""
    if request.state != RequestState.ASKED or not ask.part_id:
        return {}
    if links.is_open(ask):
        return {"is_open": True, "address": links.address_of(ask), "until": ask.expires_at}
    return {"is_open": False}
