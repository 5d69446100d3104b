from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from clusters.interchange import UnfitScoring, read_scoring, write_outcome
from clusters.kinds import UnfitFigure
from clusters.scoring import score
from core.commands import JsonCommand


class Command(JsonCommand):
    help = "Tính điểm và xếp hạng các đơn vị của một cụm từ tệp tdkt-scoring/1."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", metavar="FILE.json")

    def answer(self, *, file: str, **options: Any) -> dict[str, Any]:
        try:
            data = read_scoring(Path(file).read_text(encoding="utf-8-sig"))
        except (OSError, UnicodeDecodeError):
            raise UnfitScoring(f"Không đọc được tệp {file}.") from None
        try:
            return write_outcome(data.scheme, score(data.scheme, data.units))
        except UnfitFigure as error:
            raise UnfitScoring(f"{error.unit}, tiêu chí {error.code}: {error.sentence}") from None
