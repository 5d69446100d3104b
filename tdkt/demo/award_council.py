"""The council of the demonstration sits on last year's list: on paper, counted name by name."""

from __future__ import annotations

import datetime as dt

from django.utils import timezone

from awards.collecting.rounds import move_round
from awards.councils.ballots import counts_of_item
from awards.councils.counting import Typed, as_text, save_counts
from awards.councils.moving import close, open_sitting, start_counting
from awards.councils.seating import HIMSELF, doubts_of
from awards.councils.services import SittingData, create_sitting, record_presence, recuse, write_minutes
from awards.models import Item, Nominee, Recusal, Round, Seat, Sitting
from awards.models.common import RouteKind
from awards.shipped import Route, shipped_awards
from awards.states import NomineeState, RoundState
from tdkt.demo.award_history import SECONDARY
from tdkt.demo.award_lists import of
from tdkt.demo.award_scene import Scene, date_back_sitting

HALL = "Phòng họp tầng 2, trụ sở Ủy ban nhân dân xã"
_NO_SITTING = (Route.CHAIR, Route.VILLAGE)
_OPINIONS = (
    "- Đại diện Ủy ban Mặt trận Tổ quốc: ưu tiên người trực tiếp lao động, công tác.\n"
    "- Trưởng Công an xã: các đối tượng trong danh sách chấp hành tốt pháp luật."
)
_CONCLUSION = (
    "Hội đồng thống nhất danh sách đạt số phiếu theo quy định, trình Chủ tịch Ủy ban nhân dân xã quyết định.\n"
    "Trường hợp không đủ số phiếu: thông báo lý do cho đơn vị đề nghị."
)
_WRITER = 7
"""Place of the member who was away and wrote."""
_TELLERS = (4, 5, 8)
"""None of them is proposed."""


def sit(scene: Scene, found: Round) -> Sitting:
    """Nine members: eight there, one away with a written opinion; whoever is proposed steps back."""
    move_round(found, actor=scene.officer, to=RoundState.COUNCIL)
    day = dt.date(found.year, 12, 12)
    at = dt.datetime(day.year, day.month, day.day, 14, tzinfo=timezone.get_current_timezone())
    data = SittingData(
        f"Họp Hội đồng xét khen thưởng cuối năm {found.year}", RouteKind.SECRET.value, at=at, place=HALL
    )
    ready = found.nominees.filter(state=NomineeState.READY)
    names = [one.pk for one in ready if shipped_awards()[one.award].route not in _NO_SITTING]
    sitting = create_sitting(scene.commune, actor=scene.officer, data=data, nominees=names, award_round=found)
    seats = {seat.order: seat for seat in sitting.seats.all()}
    presence = {seat.pk: Seat.Presence.PRESENT for seat in seats.values()}
    presence[seats[_WRITER].pk] = Seat.Presence.WRITTEN
    tellers = [seats[place].pk for place in _TELLERS]
    record_presence(sitting, actor=scene.officer, presence=presence, tellers=tellers)
    _step_back(scene, sitting)
    open_sitting(sitting, actor=scene.officer)
    start_counting(sitting, actor=scene.officer)
    _count(scene, sitting, losing=of(found, SECONDARY, 2, "CSTDCS"))
    write_minutes(sitting, actor=scene.officer, opinions=_OPINIONS, conclusion=_CONCLUSION)
    sitting.refresh_from_db()
    close(sitting, actor=scene.officer)
    date_back_sitting(scene, sitting, day)
    move_round(found, actor=scene.officer, to=RoundState.DECIDING)
    return sitting


def _step_back(scene: Scene, sitting: Sitting) -> None:
    """Whose row goes on from the former commune's register is known by name only."""
    items = sitting.items.select_related("nominee__subject")
    there = Recusal.objects.filter(item__sitting=sitting).values_list("seat_id", "item_id")
    for doubt in doubts_of(sitting.seats.all(), items, there):
        recuse(doubt.seat, doubt.item, actor=scene.officer, reason=HIMSELF)


def _count(scene: Scene, sitting: Sitting, *, losing: Nominee) -> None:
    rows = {}
    for item in sitting.items.prefetch_related("recusals"):
        there = 8 - len(item.recusals.all())
        against = 3 if item.nominee_id == losing.pk else int(item.order % 9 == 4)
        rows[item.pk] = Typed(_figures(there, against, item, losing), as_text(counts_of_item(item)))
    ballots = {"issued": "8", "collected": "8", "valid": "8"}
    saved = save_counts(sitting, actor=scene.officer, rows=rows, ballots=ballots)
    assert not saved.refused, saved.refused  # else it could not be closed
    assert not saved.ballots, saved.ballots


def _figures(there: int, against: int, item: Item, losing: Nominee) -> dict[str, str]:
    is_lost = item.nominee_id == losing.pk
    needs_all = item.nominee.award in ("CSTDCS", "BKT") and not is_lost
    against = 0 if needs_all else against
    return {
        "yes": str(there - against),
        "no": str(against),
        "blank": "0",
        "written_yes": str(int(not is_lost)),
        "written_no": str(int(is_lost)),
    }
