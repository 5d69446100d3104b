from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from core.commands import JsonCommand
from core.errors import AppError
from documents.proofreading import as_json
from plans.proofreading.sources import proofread_file, proofread_row
from plans.selectors import any_plan


class Command(JsonCommand):
    help = "Soát lỗi một kế hoạch và in những chỗ cần xem ra JSON."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", metavar="FILE", nargs="?")
        parser.add_argument("--plan", metavar="ID", type=int)
        parser.add_argument("--issue", action="store_true", help="văn bản sắp ban hành: phải có số, ngày, người ký")

    def answer(self, *, file: str | None, plan: int | None, issue: bool, **options: Any) -> list[dict[str, Any]]:
        if (file is None) == (plan is None):
            raise AppError("Hãy nêu một tệp, hoặc --plan kèm mã số của kế hoạch.")
        found = proofread_file(file, is_issue=issue) if file else proofread_row(any_plan(plan), is_issue=issue)
        return list(as_json(found))
