"""Why a time could not be read."""

from __future__ import annotations

from core.errors import AppError


class ImpossibleTime(AppError):
    """The words are clear, and no calendar has what they say."""

    message = "Thời gian này không có trên lịch."
