"""What can go wrong with a paper, in words for the person who wanted it."""

from __future__ import annotations

from core.errors import AppError


class FontMissing(AppError):
    message = (
        "Máy chủ chưa có phông chữ Times New Roman hoặc phông tương đương (Liberation Serif 2) "
        "đủ chữ tiếng Việt, nên chưa dựng được văn bản."
    )


class RenderingFailed(AppError):
    message = "Chưa dựng được văn bản."
