"""Papers of a season as their list and pages tell them, from rows already read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from clusters.models import Season, SeasonPaper
from clusters.papers.kinds import Sort
from clusters.papers.lacks import There, lacks_of


@dataclass(frozen=True, slots=True)
class PaperRow:
    sort: Sort
    name: str
    look: str
    state: str
    lacks: list[str]
    is_frozen: bool


def rows_of(sorts: Sequence[Sort], season: Season, kept: Mapping[str, SeasonPaper]) -> list[PaperRow]:
    there = There(season)
    found = []
    for sort in sorts:
        row = kept.get(sort.kind)
        is_frozen = row is not None and row.is_frozen
        look, words = state_of(row)
        lacks = [] if is_frozen else lacks_of(sort, season, row, there, _undrafted(row))
        found.append(PaperRow(sort, sort.label(season.cluster.kind), look, words, lacks, is_frozen))
    return found


def _undrafted(row: SeasonPaper | None) -> dict[str, str]:
    """What no row of the season can say, so that it is known without drafting all words."""
    return {"secretary": row.texts.get("secretary", "")} if row else {}


def state_of(kept: SeasonPaper | None) -> tuple[str, str]:
    """For ``state_badge``."""
    if kept is None:
        return "waiting", "Bản soạn sẵn"
    if kept.paper is not None:
        return "issued", f"Đã ban hành số {kept.paper.full_number} ngày {kept.paper.date:%d/%m/%Y}"
    if kept.pdf_file_id is not None and kept.day is not None:
        return "issued", f"Đã ký ngày {kept.day:%d/%m/%Y}"
    return "draft", "Đã soạn, chưa ghi nhận"
