"""A frozen ranking as a workbook: the table of ranks, and every criterion of every unit."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Any

from django.utils import timezone

from clusters.models import Ranking
from clusters.states import Stage
from clusters.wording import in_season
from core.sheets.writing import SheetColumn, SheetData, workbook

_SUMS = (
    ("base", "Cộng điểm các tiêu chí"),
    ("conversion", "Quy đổi do không giao chỉ tiêu"),
    ("surplus", "Thưởng vượt kế hoạch"),
    ("bonus", "Điểm thưởng"),
    ("penalty", "Điểm trừ"),
    ("total", "Tổng điểm"),
)


def written(ranking: Ranking) -> tuple[bytes, str]:
    """The workbook and the name of its file. From the content alone: it says what was frozen."""
    content, season = ranking.content, ranking.season
    note = (
        f"Lần {ranking.number}, chốt lúc {timezone.localtime(ranking.at):%H:%M ngày %d/%m/%Y}."
        f" Mã SHA-256: {ranking.sha256}"
    )
    units = sorted(content["units"], key=lambda unit: (unit["apart"], unit["rank"] is None, unit["rank"] or 0))
    stages = [stage for stage in Stage if units and stage.value in units[0]["stages"]]
    stage_heads = [SheetColumn(in_season(stage.label, season), 16) for stage in stages]
    heads = [SheetColumn("Hạng", 8), SheetColumn("Đơn vị", 34), *(SheetColumn(words, 18) for _, words in _SUMS)]
    ranks = SheetData(
        "Xếp hạng",
        f"Kết quả xếp hạng {season}"[:200],
        [*heads, *stage_heads, SheetColumn("Ghi chú", 40)],
        (_row(unit, stages) for unit in units),
        note=note,
    )
    points = SheetData(
        "Điểm từng tiêu chí",
        f"Điểm từng tiêu chí {season}"[:200],
        [
            SheetColumn("Mã", 10),
            SheetColumn("Tiêu chí", 60),
            SheetColumn("Điểm chuẩn", 11),
            *(SheetColumn(unit["name"][:60], 16) for unit in units),
        ],
        _criteria(content["file"]["criteria"], units),
        note=note,
    )
    return workbook([ranks, points]), f"xep-hang-{season.pk}-{season.year}-lan-{ranking.number}"


def _row(unit: dict[str, Any], stages: Sequence[Stage]) -> list[Any]:
    notes = [f"Không xếp hạng: {unit['excluded']}"] if unit["excluded"] else []
    notes += ["Xếp riêng: không được giao đủ chỉ tiêu"] if unit["apart"] else []
    sums = [Decimal(unit[name]) for name, _ in _SUMS]
    return [
        unit["rank"],
        unit["name"],
        *sums,
        *(Decimal(unit["stages"][stage.value]) for stage in stages),
        "; ".join(notes),
    ]


def _criteria(nodes: list[dict[str, Any]], units: Sequence[dict[str, Any]]) -> Iterator[list[Any]]:
    for node in nodes:
        head = [node["code"], node["title"], node["max"]]
        if "children" in node:
            yield [*head, *("" for _ in units)]
            yield from _criteria(node["children"], units)
        else:
            yield [*head, *(_points(unit["points"].get(node["code"])) for unit in units)]


def _points(text: str | None) -> Decimal | str:
    """A criterion that was not assigned says so."""
    return "không giao" if text is None else Decimal(text)
