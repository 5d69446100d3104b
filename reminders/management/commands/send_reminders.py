from __future__ import annotations

import datetime as dt
from argparse import ArgumentParser
from typing import Any

from django.utils import timezone

from core.commands import JsonCommand
from core.errors import AppError
from reminders.models import Message
from reminders.sending import number
from reminders.states import MessageState
from reminders.sweep import rehearse, send_now


class Command(JsonCommand):
    help = "Lập và gửi ngay mọi lời nhắc đến hạn, không cần bộ chạy nền."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--on", metavar="DATE", help="như thể hôm nay là ngày này, dạng 2026-11-21")
        parser.add_argument("--dry-run", action="store_true", help="chỉ nói sẽ gửi gì, không ghi, không gửi")

    def answer(self, *, on: str | None, dry_run: bool, **options: Any) -> dict[str, Any]:
        moment = _moment(on)
        day = timezone.localdate(moment).isoformat()
        if dry_run:
            planned, would_go = rehearse(moment)
            return {
                "day": day,
                "dry_run": True,
                "planned": planned.messages,
                "sent": 0,
                "would_send": len(would_go),
                "messages": would_go,
            }
        done = send_now(moment)
        channels = (Message.Channel.APP.value, Message.Channel.MAIL.value)
        return {
            "day": day,
            "planned": done.planned.messages,
            "sent": number(done.counts, MessageState.SENT),
            "sent_by_channel": {way: number(done.counts, MessageState.SENT, way) for way in channels},
            "to_retry": number(done.counts, MessageState.DUE),
            "failed": number(done.counts, MessageState.FAILED),
            "uncertain": number(done.counts, MessageState.UNCERTAIN) + number(done.counts, MessageState.SENDING),
            "missed": number(done.counts, MessageState.MISSED),
            "skipped": done.planned.missed,
        }


def _moment(on: str | None) -> dt.datetime:
    """Now, or the same time of the day that is named."""
    now = timezone.localtime()
    if on is None:
        return now
    try:
        return dt.datetime.combine(dt.date.fromisoformat(on), now.time(), now.tzinfo)
    except ValueError:
        raise AppError(f"Không có ngày {on}; ghi theo dạng 2026-11-21.") from None
