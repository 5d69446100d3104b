"""Files that cannot be read: one sentence each that says what to do."""

from __future__ import annotations

from core.errors import AppError


class UnreadableFile(AppError):
    message = "Chưa đọc được tệp này; hãy chọn tệp Word (.docx), PDF có chữ hoặc văn bản thuần (.txt)."
