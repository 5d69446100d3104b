from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from awards.eligibility import UnknownAward, judge
from awards.interchange import UnfitCase, read_cases, write_judgement
from core.commands import JsonCommand


class Command(JsonCommand):
    help = "Xét điều kiện khen thưởng của các trường hợp trong tệp tdkt-eligibility/1."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", metavar="FILE.json")

    def answer(self, *, file: str, **options: Any) -> dict[str, Any]:
        try:
            cases = read_cases(Path(file).read_text(encoding="utf-8-sig"))
        except (OSError, UnicodeDecodeError):
            raise UnfitCase(f"Không đọc được tệp {file}.") from None
        try:
            return {name: write_judgement(judge(case)) for name, case in cases.items()}
        except UnknownAward as error:
            raise UnfitCase(f"Không có danh hiệu, hình thức khen thưởng nào mang mã «{error}».") from None
