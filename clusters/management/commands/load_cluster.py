from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from clusters.interchange import UnfitScoring, read_scoring
from clusters.running.loading import load_cluster
from core.commands import JsonCommand
from core.errors import AppError
from units.models import Unit


class Command(JsonCommand):
    help = "Lập năm thi đua của một cụm từ tệp tdkt-scoring/1: bộ tiêu chí, đơn vị thành viên, điểm tự chấm."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", metavar="FILE.json")
        parser.add_argument(
            "--unit", metavar="CODE", help="mã đơn vị tổ chức; bỏ trống thì lập đơn vị theo tên cụm trong tệp"
        )

    def answer(self, *, file: str, unit: str | None, **options: Any) -> dict[str, Any]:
        try:
            data = read_scoring(Path(file).read_text(encoding="utf-8-sig"))
        except (OSError, UnicodeDecodeError):
            raise UnfitScoring(f"Không đọc được tệp {file}.") from None
        owner = None
        if unit is not None and (owner := Unit.objects.filter(code=unit).first()) is None:
            raise AppError(f"Không có đơn vị nào mang mã {unit}.")
        season = load_cluster(data, actor=None, unit=owner)
        return {"season": season.pk, "cluster": season.cluster_id, "set": season.criteria_id}
