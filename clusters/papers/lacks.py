"""What a paper still lacks before it can be recorded, a sentence each with what to do."""

from __future__ import annotations

from functools import cached_property

from clusters.models import Season, SeasonPaper
from clusters.papers.facts import Facts
from clusters.papers.kinds import Kind, Sort
from clusters.states import FROZEN, SetState


class There:
    """What the season has; asked only where a paper needs it, and of what was read already."""

    def __init__(self, season: Season, facts: Facts | None = None) -> None:
        self.season, self.facts = season, facts

    @cached_property
    def is_ranked(self) -> bool:
        return self.season.state in FROZEN and self.season.rankings.exists()

    @cached_property
    def has_ballots(self) -> bool:
        return bool(self.facts.ballots) if self.facts else self.season.ballots.exists()

    @cached_property
    def has_commended(self) -> bool:
        return bool(self.facts.commendations) if self.facts else self.season.commendations.exists()


def lacks_of(sort: Sort, season: Season, kept: SeasonPaper | None, there: There, texts: dict[str, str]) -> list[str]:
    """``texts``: as they would print; those that are not among them are not asked for."""
    found = _of_season(sort, season, there)
    found += [f"Ghi «{text.label}»." for text in sort.texts if text.needed and not texts.get(text.name, "…").strip()]
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
            return [] if there.has_commended else ["Ghi đơn vị được suy tôn ở mục Xếp hạng."]
        case Kind.COUNT:
            return [] if there.has_ballots else ["Nhập kết quả bỏ phiếu ở mục Xếp hạng."]
        case Kind.HANDOVER:
            return [] if season.handed_to_id else ["Ghi nhận bàn giao ở mục Tổng quan."]
        case Kind.PROPOSAL:
            commended = [] if there.has_commended else ["Ghi đơn vị được suy tôn ở mục Xếp hạng."]
            return [*commended, *([] if there.is_ranked else ["Chốt xếp hạng."])]
    return []


def _of_criteria(season: Season) -> list[str]:
    if season.criteria is None:
        return ["Chọn bộ tiêu chí ở mục Tổng quan."]
    return [] if season.criteria.state == SetState.PUBLISHED else ["Ban hành bộ tiêu chí đã chọn."]
