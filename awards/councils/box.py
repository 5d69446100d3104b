"""The secret vote: what is kept says how many voted for whom, and who has voted, but not who voted what.

One row a sitting, of one size from the first moment on, holds a sum for each name and nothing of any single ballot:
no ballot can be told from another, and no line of a ballot be joined with its next. It is read, added to and sealed
anew under the sitting's own row. Of the voter only ``Seat.has_voted`` remains, set by a statement that writes all
seats of the sitting anew, so that not even the database's own marks (xmin, ctid, rowid) say who came when. No audit
entry, no time, no actor, no message of the session is written; the sealed text bears no time (``awards.sealing``).

What nothing can hide: votes that are all alike, or fewer than three of them (``weak_items``).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.db.models import BooleanField, Case, F, Value, When

from awards import sealing
from awards.models import Box, Item, OpenVote, Recusal, Seat, Sitting
from awards.states import SittingState
from core.errors import AppError

CHOICES = (OpenVote.Choice.YES.value, OpenVote.Choice.NO.value, OpenVote.Choice.BLANK.value)
FEWEST = 3
"""Ballots below which each of two voters knows the other's."""
_PURPOSE = "box"
Tally = tuple[int, int, int]
"""In favour, against, no opinion."""


class NoSecretVote(AppError):
    message = "Phiên họp không nhận phiếu kín lúc này. Hãy tải lại trang để xem."


class NoBallot(AppError):
    message = "Chỉ thành viên có mặt tại phiên họp mới bỏ phiếu. Hãy báo Thư ký điểm danh."


class BallotCast(AppError):
    message = "Phiếu của bạn đã ở trong hòm phiếu."


class Incomplete(AppError):
    message = "Chọn một ô cho từng tên rồi bỏ phiếu."


class StillSealed(AppError):
    message = "Hòm phiếu chưa mở nên chưa xem được kết quả."


def prepare(sitting: Sitting) -> None:
    """An empty box for the names of the list; the list stands still from here on."""
    tallies: dict[int, Tally] = dict.fromkeys(_names_of(sitting), (0, 0, 0))
    Box.objects.update_or_create(sitting=sitting, defaults={"sealed": _seal(tallies)})


@transaction.atomic
def cast(sitting: Sitting, *, person_id: int, choices: Mapping[int, str]) -> None:
    """One ballot, final. ``choices``: by item; names from which the voter steps back are not there.

    Raise ``NoSecretVote``, ``NoBallot``, ``BallotCast``, ``Incomplete``.
    """
    rows = Sitting.objects.filter(pk=sitting.pk, state=SittingState.OPEN, medium=Sitting.Medium.SECRET)
    if not rows.update(state=F("state")):  # whoever is second waits here for the first
        raise NoSecretVote
    seat = Seat.objects.filter(sitting=sitting, person=person_id, presence=Seat.Presence.PRESENT).first()
    if seat is None:
        raise NoBallot
    if seat.has_voted:
        raise BallotCast
    names = names_for(sitting, seat)
    if not names:
        raise NoBallot("Bạn không tham gia bỏ phiếu tên nào trong danh sách.")
    if set(choices) != names or not set(choices.values()) <= set(CHOICES):
        raise Incomplete
    box = Box.objects.get(sitting=sitting)
    Box.objects.filter(pk=box.pk).update(sealed=_seal(_added(_unseal(box.sealed), choices)))
    _mark(sitting, seat)


def names_for(sitting: Sitting, seat: Seat) -> set[int]:
    """Items on the member's ballot."""
    recused = set(Recusal.objects.filter(seat=seat).values_list("item_id", flat=True))
    return set(_names_of(sitting)) - recused


def tallies_of(sitting: Sitting) -> dict[int, Tally]:
    """By item; only from an open box. Raise ``StillSealed``."""
    state = Sitting.objects.values_list("state", flat=True).get(pk=sitting.pk)
    if state not in (SittingState.COUNTING, SittingState.CLOSED):
        raise StillSealed
    return _unseal(Box.objects.get(sitting=sitting).sealed)


def weak_items(tallies: Mapping[int, Tally]) -> list[int]:
    """Items with fewer than three ballots: who cast one of two knows the other."""
    return [item for item, tally in tallies.items() if 0 < sum(tally) < FEWEST]


def are_all_alike(tallies: Mapping[int, Tally]) -> bool:
    """Whether everybody chose the same for each name: then each ballot is known."""
    cast_for = [tally for tally in tallies.values() if sum(tally)]
    return bool(cast_for) and all(max(tally) == sum(tally) for tally in cast_for)


def _names_of(sitting: Sitting) -> list[int]:
    rows = sitting.items.exclude(outcome=Item.Outcome.PUT_OFF)
    return list(rows.order_by("pk").values_list("pk", flat=True))


def _added(tallies: Mapping[int, Tally], choices: Mapping[int, str]) -> dict[int, Tally]:
    found: dict[int, Tally] = dict(tallies)
    for item, choice in choices.items():
        yes, no, blank = (votes + (name == choice) for name, votes in zip(CHOICES, found[item], strict=True))
        found[item] = yes, no, blank
    return found


def _mark(sitting: Sitting, seat: Seat) -> None:
    """All seats in one statement: every row of them is as new as any other."""
    has_voted: Any = Case(When(pk=seat.pk, then=Value(True)), default=F("has_voted"), output_field=BooleanField())
    Seat.objects.filter(sitting=sitting).update(has_voted=has_voted)


def _seal(tallies: Mapping[int, Tally]) -> str:
    """Lines of one length: the text is as long with the last ballot as it was with none."""
    lines = (f"{item:019d} {yes:05d} {no:05d} {blank:05d}" for item, (yes, no, blank) in sorted(tallies.items()))
    return sealing.seal("\n".join(lines), _PURPOSE)


def _unseal(sealed: str) -> dict[int, Tally]:
    found: dict[int, Tally] = {}
    for line in sealing.unseal(sealed, _PURPOSE).splitlines():
        item, yes, no, blank = map(int, line.split())
        found[item] = yes, no, blank
    return found
