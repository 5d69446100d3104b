from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from core.commands import JsonCommand
from core.errors import AppError
from documents.rendering import FORMATS, render
from plans.printing import printed
from plans.selectors import any_plan


class Command(JsonCommand):
    help = "Dựng một kế hoạch thành tệp PDF, Word hoặc chữ."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("plan", metavar="ID", type=int)
        parser.add_argument("--to", required=True, choices=sorted(FORMATS))
        parser.add_argument("--out", required=True, metavar="FILE")

    def answer(self, *, plan: int, to: str, out: str, **options: Any) -> dict[str, Any]:
        found = any_plan(plan)
        content = render(printed(found), to)
        try:
            Path(out).write_bytes(content)
        except OSError:
            raise AppError(f"Không ghi được vào {out}.") from None
        return {"plan": found.pk, "file": out, "bytes": len(content)}
