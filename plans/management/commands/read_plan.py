from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from core.commands import JsonCommand
from core.errors import AppError
from documents.reading.files import read_source
from plans.reading import as_json, read_plan


class Command(JsonCommand):
    help = "Đọc một tệp Word, PDF hoặc văn bản thành kế hoạch theo mẫu tdkt-plan/1, không ghi gì."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", metavar="FILE")

    def answer(self, *, file: str, **options: Any) -> dict[str, Any]:
        path = Path(file)
        try:
            with path.open("rb") as content:
                source = read_source(content, path.name)
        except FileNotFoundError:
            raise AppError(f"Không có tệp {file}.") from None
        except OSError:
            raise AppError(f"Không đọc được tệp {file}.") from None
        return as_json(read_plan(source))
