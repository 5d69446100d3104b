from __future__ import annotations

import datetime as dt
from argparse import ArgumentParser
from typing import Any

from core.commands import JsonCommand
from core.errors import AppError
from documents import times


class Command(JsonCommand):
    help = "Đọc lời ghi thời gian thành ngày tháng."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("year", metavar="YEAR", type=int)
        parser.add_argument("expressions", metavar="EXPRESSION", nargs="+")
        parser.add_argument("--issued", metavar="DATE", help="ngày ban hành văn bản, dạng 2026-01-15")
        parser.add_argument("--quarter", metavar="N", type=int, choices=(1, 2, 3, 4))

    def answer(
        self, *, year: int, expressions: list[str], issued: str | None, quarter: int | None, **options: Any
    ) -> list[dict[str, Any]]:
        try:
            day = dt.date.fromisoformat(issued) if issued else None
        except ValueError:
            raise AppError(f"Không có ngày {issued}; ghi theo dạng 2026-01-15.") from None
        return [times.as_json(times.read_time(text, year, issued=day, quarter=quarter)) for text in expressions]
