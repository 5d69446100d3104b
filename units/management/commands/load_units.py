from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from core.commands import JsonCommand
from units.gazetteer import load_province


class Command(JsonCommand):
    help = "Nạp đơn vị hành chính của một tỉnh, trước và sau ngày 01/07/2025, cùng việc sáp nhập, chia tách."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("province", metavar="PROVINCE", help="tên hoặc mã tỉnh, ví dụ: Lạng Sơn")

    def answer(self, *, province: str, **options: Any) -> dict[str, Any]:
        return load_province(province, actor=None)
