"""The open vote in the program: everybody may see it, so each vote is a row with who entered it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from typing import Any

from django.db import transaction

from awards.councils.ballots import casts_ballot
from awards.councils.box import CHOICES, BallotCast, Incomplete, NoBallot, names_for
from awards.councils.services import NotTheTime, claim
from awards.councils.sums import Counts
from awards.models import OpenVote, Seat, Sitting
from awards.states import SittingState
from core import audit


@transaction.atomic
def vote(sitting: Sitting, *, actor: Any, choices: Mapping[int, str]) -> None:
    """The member's own. Raise ``NotTheTime``, ``NoBallot``, ``BallotCast``, ``Incomplete``."""
    audit.wait_for_turn(sitting.unit_id)
    claim(sitting, SittingState.OPEN)
    if sitting.medium != Sitting.Medium.OPEN:
        raise NotTheTime
    seat = sitting.seats.filter(person=actor.person_id or 0).first()
    if seat is None or not casts_ballot(sitting, seat):
        raise NoBallot
    if not Seat.objects.filter(pk=seat.pk, has_voted=False).update(has_voted=True):
        raise BallotCast("Bạn đã biểu quyết rồi.")
    _write(sitting, seat, choices, actor)


@transaction.atomic
def enter_for(seat: Seat, *, actor: Any, choices: Mapping[int, str]) -> None:
    """By the secretary: an absent member's written opinion, or the vote of one without account; until it is counted.

    Raise ``NotTheTime``, ``Incomplete``.
    """
    sitting = seat.sitting
    audit.wait_for_turn(sitting.unit_id)
    claim(sitting, SittingState.OPEN)
    if sitting.medium != Sitting.Medium.OPEN or seat.presence not in (Seat.Presence.PRESENT, Seat.Presence.WRITTEN):
        raise NotTheTime("Điểm danh người này có mặt hoặc có ý kiến bằng văn bản rồi ghi ý kiến.")
    Seat.objects.filter(pk=seat.pk).update(has_voted=True)
    OpenVote.objects.filter(seat=seat).delete()
    _write(sitting, seat, choices, actor)


def _write(sitting: Sitting, seat: Seat, choices: Mapping[int, str], actor: Any) -> None:
    if set(choices) != names_for(sitting, seat) or not set(choices.values()) <= set(CHOICES):
        raise Incomplete
    OpenVote.objects.bulk_create(
        OpenVote(seat=seat, item_id=item, choice=choice, by=actor) for item, choice in sorted(choices.items())
    )
    counted = ", ".join(f"{OpenVote.Choice(one).label.lower()} {list(choices.values()).count(one)}" for one in CHOICES)
    changes = {"vote": (None, f"{seat.name}: {counted}")}
    audit.record("awards.sitting.voted", sitting, actor=actor, unit_id=sitting.unit_id, changes=changes)


def counts_of(sitting: Sitting) -> dict[int, Counts]:
    """By item: the votes of those who were there, and the written opinions of those who were not."""
    found: dict[int, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    votes = OpenVote.objects.filter(item__sitting=sitting).select_related("seat")
    for one in votes:
        away = "" if casts_ballot(sitting, one.seat) else "written_"
        found[one.item_id][away + one.choice] += 1
    names = ("yes", "no", "blank", "written_yes", "written_no")
    items = sitting.items.values_list("pk", flat=True)
    return {item: Counts(**{name: found[item][name] for name in names}) for item in items}
