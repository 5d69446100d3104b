"""Sittings told to the person at the screen, from rows already read."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from django.utils import timezone

from awards import votes
from awards.councils.ballots import House, counts_of_item, has_ballots
from awards.councils.sums import Counts, percent_of
from awards.models import Item, Seat, Sitting
from awards.shipped import award_name
from awards.states import SittingState

LOOKS = {
    SittingState.DRAFT.value: "draft",
    SittingState.OPEN.value: "in_progress",
    SittingState.COUNTING.value: "in_progress",
    SittingState.CLOSED.value: "done",
}
OUTCOME_LOOKS = {"passed": "done", "failed": "failed", "put_off": "waiting", "": "waiting"}


def standing(sitting: Sitting) -> str:
    when = f"{timezone.localtime(sitting.at):%H:%M, ngày %d/%m/%Y}" if sitting.at else "chưa định ngày họp"
    place = f", {sitting.place}" if sitting.place else ""
    words = {
        SittingState.DRAFT: "Đang chuẩn bị",
        SittingState.OPEN: "Đang họp",
        SittingState.COUNTING: "Đang kiểm phiếu",
        SittingState.CLOSED: "Đã kết thúc",
    }[SittingState(sitting.state)]
    return f"{words}: {when}{place}."


def there_of(sitting: Sitting, house: House) -> str:
    """«Dự 8/9, vắng có ý kiến bằng văn bản 1; đủ số người cần có (ít nhất 80 % số thành viên).»"""
    presence = [seat.presence for seat in house.seats]
    if Seat.Presence.UNKNOWN in presence:
        return f"Hội đồng có {house.members} thành viên, chưa điểm danh xong."
    quorum = votes.Quorum(sitting.quorum)
    there = len(house.voters)
    enough = "đủ" if votes.is_quorate(there, house.members, quorum) else "chưa đủ"
    written = f", vắng có ý kiến bằng văn bản {len(house.writers)}" if house.writers else ""
    return f"Dự {there}/{house.members}{written}; {enough} số người cần có ({votes.QUORUM_WORDS[quorum]})."


@dataclass(frozen=True, slots=True)
class Row:
    item: Item
    award: str
    place: str
    needed: int
    counts: Counts
    percent: str
    outcome: str
    look: str
    recused: list[str]
    fault: str = ""
    is_weak: bool = False

    @property
    def is_put_off(self) -> bool:
        return self.item.outcome == Item.Outcome.PUT_OFF

    @property
    def is_counted(self) -> bool:
        return not self.counts.is_missing


def rows_of(
    items: list[Item],
    house: House,
    counts: Mapping[int, Counts] | None = None,
    faults: Mapping[int, str] | None = None,
    weak: Collection[int] = (),
) -> list[Row]:
    return [
        _row(item, house, (counts or {}).get(item.pk) or counts_of_item(item), (faults or {}).get(item.pk, ""), weak)
        for item in items
    ]


def _row(item: Item, house: House, counts: Counts, fault: str, weak: Collection[int]) -> Row:
    nominee = item.nominee
    return Row(
        item=item,
        award=award_name(nominee.award),
        place=nominee.workplace or str(nominee.proposal),
        needed=votes.needed(house.members, item.percent),
        counts=counts,
        percent="" if counts.is_missing else percent_of(counts.in_favour, house.members),
        outcome=item.get_outcome_display() if item.outcome else "",
        look=OUTCOME_LOOKS[item.outcome],
        recused=[one.seat.name for one in item.recusals.all()],
        fault=fault,
        is_weak=item.pk in weak,
    )


def base_told(sitting: Sitting, house: House) -> str:
    """What each row of the grid has to add up to."""
    if has_ballots(sitting):
        return "Mỗi dòng: đồng ý + không đồng ý + không có ý kiến = số phiếu hợp lệ."
    return f"Mỗi dòng: đồng ý + không đồng ý + không có ý kiến = {len(house.voters)} người dự."
