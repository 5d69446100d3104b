"""What a paper still lacks before it can be recorded, a sentence each with what to do."""

from __future__ import annotations

from dataclasses import dataclass

from clusters.models import Season, SeasonPaper
from clusters.papers.kinds import Kind, Sort
from clusters.papers.results import FROZEN_STATES
from clusters.states import SetState


@dataclass(frozen=True, slots=True)
class There:
    """What the season has, counted once for all papers."""

    is_ranked: bool
    ballots: int
    commended: int


def there_is(season: Season) -> There:
    return There(
        season.state in FROZEN_STATES and season.rankings.exists(),
        season.ballots.count(),
        season.commendations.count(),
    )


def lacks_of(sort: Sort, season: Season, kept: SeasonPaper | None, there: There, texts: dict[str, str]) -> list[str]:
    """``texts``: as they would print; empty where only the season is asked."""
    found = _of_season(sort, season, there)
    found += [
        f"Ghi «{text.label}»." for text in sort.texts if text.needed and texts and not texts.get(text.name, "").strip()
    ]
    if kept is None or kept.issuer_id is None:
        found.append("Xem lại lời văn rồi lưu.")
    return found


def _of_season(sort: Sort, season: Season, there: There) -> list[str]:
    match sort.kind:
        case Kind.CRITERIA:
            return _of_criteria(season)
        case Kind.SUMMARY:
            return [
                *_of_criteria(season),
                *([] if there.is_ranked else ["Chốt xếp hạng; đến khi ấy bản in ghi DỰ KIẾN."]),
            ]
        case Kind.MEETING:
            return [] if there.commended else ["Ghi đơn vị được suy tôn ở mục Xếp hạng."]
        case Kind.COUNT:
            return [] if there.ballots else ["Nhập kết quả bỏ phiếu ở mục Xếp hạng."]
        case Kind.HANDOVER:
            return [] if season.handed_to_id else ["Ghi nhận bàn giao ở mục Tổng quan."]
        case Kind.PROPOSAL:
            commended = [] if there.commended else ["Ghi đơn vị được suy tôn ở mục Xếp hạng."]
            return [*commended, *([] if there.is_ranked else ["Chốt xếp hạng."])]
    return []


def _of_criteria(season: Season) -> list[str]:
    if season.criteria is None:
        return ["Chọn bộ tiêu chí ở mục Tổng quan."]
    return [] if season.criteria.state == SetState.PUBLISHED else ["Ban hành bộ tiêu chí đã chọn."]
