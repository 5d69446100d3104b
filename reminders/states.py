"""States with their words."""

from __future__ import annotations

from django.db import models


class MessageState(models.TextChoices):
    DUE = "due", "Chờ gửi"
    SENDING = "sending", "Đang gửi"
    SENT = "sent", "Đã gửi"
    FAILED = "failed", "Không gửi được"
    UNCERTAIN = "uncertain", "Không rõ đã đến chưa"
    MISSED = "missed", "Đã lỡ"


class RequestState(models.TextChoices):
    DRAFT = "draft", "Đang soạn"
    ASKED = "asked", "Đang chờ gửi về"
    CLOSED = "closed", "Đã kết thúc"


REQUEST_MOVES = {
    RequestState.DRAFT.value: {RequestState.ASKED.value: "reminders.write_request"},
    RequestState.ASKED.value: {RequestState.CLOSED.value: "reminders.write_request"},
    RequestState.CLOSED.value: {RequestState.ASKED.value: "reminders.write_request"},
}
