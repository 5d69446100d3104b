"""Writes: a sitting is opened, counted, closed. Closing decides over all members, once, whoever comes second."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils import timezone

from awards import votes
from awards.councils import box, open_votes
from awards.councils.ballots import House, counts_of_item, has_ballots, house_of
from awards.councils.counting import standing_of
from awards.councils.services import NotTheTime, claim, refresh
from awards.councils.sums import Counts, percent_of
from awards.models import Box, Item, OpenVote, Seat, Sitting
from awards.states import NOMINEE_MOVES, SITTING_MOVES, NomineeState, SittingState
from core import audit
from core.errors import AppError
from core.states import EditedMeanwhile, MovedMeanwhile, move

Presence = Seat.Presence


class NotReady(AppError):
    message = "Phiên họp chưa đủ thành viên hoặc danh sách để bắt đầu."


class AskFirst(AppError):
    """Goes on once a person has confirmed it."""


class NotAddedUp(AppError):
    message = "Kết quả kiểm phiếu chưa khớp."


@dataclass(frozen=True, slots=True)
class Closed:
    passed: int
    failed: int
    put_off: int
    elsewhere: tuple[str, ...]
    """Names whose rows were no longer ready: what was counted is kept, they stay as they are."""


def open_sitting(sitting: Sitting, *, actor: Any, is_confirmed: bool = False) -> None:
    """With the council and the recusals as they are now. Raise ``NotReady``, ``AskFirst``, ``MovedMeanwhile``."""
    seat_anew(sitting)  # kept even where the rest is refused: who came to the council can then be marked present
    _open(sitting, actor, is_confirmed=is_confirmed)


@transaction.atomic
def seat_anew(sitting: Sitting) -> None:
    audit.wait_for_turn(sitting.unit_id)
    claim(sitting, SittingState.DRAFT)
    refresh(sitting)


@transaction.atomic
def _open(sitting: Sitting, actor: Any, *, is_confirmed: bool) -> None:
    audit.wait_for_turn(sitting.unit_id)
    claim(sitting, SittingState.DRAFT)
    house = house_of(sitting)
    if not house.seats:
        raise NotReady("Chưa có thành viên Hội đồng nào cho ngày họp. Hãy lập danh sách Hội đồng trước.")
    if not sitting.items.exists():
        raise NotReady("Chưa chọn đối tượng nào để xét.")
    if any(seat.presence == Presence.UNKNOWN for seat in house.seats):
        raise NotReady("Chưa điểm danh hết thành viên. Hãy điểm danh rồi bắt đầu.")
    doubts = doubts_before_opening(sitting, house)
    if doubts and not is_confirmed:
        raise AskFirst(" ".join(doubts))
    if sitting.medium == Sitting.Medium.SECRET:
        box.prepare(sitting)
    now = timezone.now()
    _move(sitting, SittingState.OPEN, actor, "awards.sitting.opened", opened_at=now, at=sitting.at or now)


def doubts_before_opening(sitting: Sitting, house: House) -> list[str]:
    """What a person should know and may decide on: nothing of it forbids the sitting."""
    found = []
    there = len(house.voters)
    quorum = votes.Quorum(sitting.quorum)
    if not votes.is_quorate(there, house.members, quorum):
        found.append(
            f"Có {there}/{house.members} thành viên dự, chưa đủ số người cần có ({votes.QUORUM_WORDS[quorum]})."
        )
    if sitting.medium == Sitting.Medium.SECRET:
        without = [seat.name for seat in house.voters if not hasattr(seat.person, "user")]
        if without:
            found.append(f"Chưa có tài khoản nên không bỏ phiếu trong chương trình được: {', '.join(without)}.")
        if too_few := few_voters(sitting, house):
            found.append(too_few)
    return found


def few_voters(sitting: Sitting, house: House) -> str:
    """Why the vote cannot be kept secret, though it is cast so; blank where it can."""
    items = sitting.items.exclude(outcome=Item.Outcome.PUT_OFF)
    voters = {seat.pk for seat in house.voters}
    least = min(
        (len(voters - house.recused.get(pk, frozenset())) for pk in items.values_list("pk", flat=True)), default=0
    )
    if least >= box.FEWEST:
        return ""
    return (
        f"Có tên chỉ {least} người bỏ phiếu. Dưới {box.FEWEST} phiếu thì không giữ kín được: biết phiếu của mình là "
        "đoán ra phiếu của người kia."
    )


@transaction.atomic
def back_to_draft(sitting: Sitting, *, actor: Any) -> None:
    """Before anybody has voted in the program. Raise ``NotTheTime``, ``MovedMeanwhile``."""
    audit.wait_for_turn(sitting.unit_id)
    claim(sitting, SittingState.OPEN)
    if sitting.seats.filter(has_voted=True).exists() or OpenVote.objects.filter(item__sitting=sitting).exists():
        raise NotTheTime("Đã có người bỏ phiếu nên phiên họp không quay lại bước chuẩn bị.")
    Box.objects.filter(sitting=sitting).delete()
    _move(sitting, SittingState.DRAFT, actor, "awards.sitting.prepared", opened_at=None)


@transaction.atomic
def start_counting(sitting: Sitting, *, actor: Any, is_confirmed: bool = False) -> None:
    """Of a vote in the program: nobody votes any more, and the box is open. Raise ``AskFirst``, ``MovedMeanwhile``."""
    audit.wait_for_turn(sitting.unit_id)
    claim(sitting, SittingState.OPEN)
    if sitting.medium != Sitting.Medium.PAPER:
        if not sitting.seats.filter(has_voted=True).exists():
            raise NotTheTime("Chưa có ai bỏ phiếu nên chưa kiểm phiếu được.")
        if (doubt := doubt_before_counting(sitting)) and not is_confirmed:
            raise AskFirst(doubt)
    _move(sitting, SittingState.COUNTING, actor, "awards.sitting.counting")


def doubt_before_counting(sitting: Sitting) -> str:
    """Who is there and has not voted in the program."""
    if sitting.medium == Sitting.Medium.PAPER:
        return ""
    waiting = house_of(sitting).waiting(sitting.items.all())
    return f"Chưa bỏ phiếu: {', '.join(seat.name for seat in waiting)}." if waiting else ""


@transaction.atomic
def back_to_voting(sitting: Sitting, *, actor: Any) -> None:
    """Not of a secret vote: its box has been looked into. Raise ``NotTheTime``, ``MovedMeanwhile``."""
    audit.wait_for_turn(sitting.unit_id)
    claim(sitting, SittingState.COUNTING)
    if sitting.medium == Sitting.Medium.SECRET:
        raise NotTheTime("Hòm phiếu kín đã mở nên không bỏ phiếu thêm được.")
    _move(sitting, SittingState.OPEN, actor, "awards.sitting.voting")


@transaction.atomic
def close(sitting: Sitting, *, actor: Any, version: int | None = None) -> Closed:
    """Each item's outcome over all members, and what it means for the nominee.

    ``version``: that of the figures which the person has seen. Raise ``NotAddedUp``, ``EditedMeanwhile``,
    ``MovedMeanwhile``.
    """
    audit.wait_for_turn(sitting.unit_id)
    try:
        claim(sitting, SittingState.COUNTING)
    except NotTheTime:
        raise MovedMeanwhile from None
    if version is not None and version != sitting.version:
        raise EditedMeanwhile
    sitting.refresh_from_db()
    house = house_of(sitting)
    items = list(sitting.items.select_related("nominee__round"))
    counted = counts_at_closing(sitting, items)
    if sitting.medium != Sitting.Medium.OPEN:
        standing = standing_of(sitting, items, house)
        if not standing.is_whole:
            raise NotAddedUp(standing.told)
    _move(sitting, SittingState.CLOSED, actor, "awards.sitting.closed", **_at_closing(sitting, house))
    for item in items:
        if item.outcome != Item.Outcome.PUT_OFF:
            _decide(item, counted[item.pk], house.members)
    Item.objects.bulk_update(items, ["yes", "no", "blank", "written_yes", "written_no", "outcome"], batch_size=200)
    elsewhere = [item.nominee.name for item in items if not _tell_nominee(item, house.members, actor, sitting)]
    found = Counter(item.outcome for item in items)
    outcomes = Item.Outcome
    return Closed(found[outcomes.PASSED], found[outcomes.FAILED], found[outcomes.PUT_OFF], tuple(elsewhere))


def counts_at_closing(sitting: Sitting, items: list[Item]) -> dict[int, Counts]:
    """By item, wherever the medium keeps them. Raise ``box.StillSealed``."""
    typed = {item.pk: counts_of_item(item) for item in items}
    if sitting.medium == Sitting.Medium.PAPER or sitting.state == SittingState.CLOSED:
        return typed
    if sitting.medium == Sitting.Medium.OPEN:
        return open_votes.counts_of(sitting)
    tallies = box.tallies_of(sitting)
    return {
        pk: Counts(*tallies.get(pk, (0, 0, 0)), counts.written_yes, counts.written_no) for pk, counts in typed.items()
    }


def _at_closing(sitting: Sitting, house: House) -> dict[str, Any]:
    found: dict[str, Any] = {"closed_at": timezone.now()}
    if sitting.medium == Sitting.Medium.SECRET:
        cast = sum(seat.has_voted for seat in house.seats)
        found |= {"issued": len(house.voters), "collected": cast, "valid": cast}
    elif not has_ballots(sitting):
        found |= {"issued": None, "collected": None, "valid": None}
    return found


def _decide(item: Item, counts: Counts, members: int) -> None:
    item.yes, item.no, item.blank = counts.yes or 0, counts.no or 0, counts.blank or 0
    item.written_yes, item.written_no = counts.written_yes, counts.written_no
    passed = votes.has_passed(counts.in_favour, members, item.percent)
    item.outcome = Item.Outcome.PASSED if passed else Item.Outcome.FAILED


def _tell_nominee(item: Item, members: int, actor: Any, sitting: Sitting) -> bool:
    """False where it was not ready any more; who passed in another sitting keeps that."""
    if item.outcome == Item.Outcome.PUT_OFF:
        return True
    nominee = item.nominee
    state, code, also = NomineeState.PASSED, "awards.nominee.passed", {"reason": ""}
    if item.outcome == Item.Outcome.FAILED:
        state, code, also = NomineeState.FAILED, "awards.nominee.failed", {"reason": reason_of(item, members)}
    if nominee.state != NomineeState.READY:
        return False
    try:
        move(nominee, state, NOMINEE_MOVES, actor=actor, unit_id=sitting.unit_id, code=code, **also)
    except MovedMeanwhile:
        return False
    return True


def reason_of(item: Item, members: int) -> str:
    got = counts_of_item(item).in_favour
    need = votes.needed(members, item.percent)
    return f"Được {got}/{members} phiếu đồng ý ({percent_of(got, members)}), cần {need} phiếu."


def _move(sitting: Sitting, to: str, actor: Any, code: str, **also: Any) -> None:
    move(sitting, to, SITTING_MOVES, actor=actor, unit_id=sitting.unit_id, code=code, **also)
