from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from core.backup.progress import Progress
from core.backup.restoring import prove, restore
from core.commands import JsonCommand


class Command(JsonCommand):
    help = "Phục hồi một bản sao lưu vào cơ sở dữ liệu mới, chưa ai dùng."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", metavar="TỆP", help="tệp do lệnh backup ghi")
        parser.add_argument("--check", action="store_true", help="chỉ kiểm tra bản sao lưu, không ghi gì")

    def answer(self, *, file: str, check: bool = False, **options: Any) -> dict[str, Any]:
        progress = Progress()
        try:
            manifest = (prove if check else restore)(Path(file), tell=progress)
        finally:
            progress.end()
        return manifest.summary()
