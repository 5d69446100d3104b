"""Writes: votes as the meeting counted them, to break a tie or to commend. The program counts none itself."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils import timezone

from clusters.models import Ballot, BallotCount, Member, Quota, Season
from clusters.ranking.services import WHY, refuse_others, refuse_unreviewed
from clusters.ranking.votes import count_votes
from clusters.running.values import checked_day, cleaned_line, cleaned_text
from clusters.standing import read_season
from clusters.states import SeasonState
from core import audit
from core.errors import AppError, UnfitField

MOST_VOTERS = 10_000
TELLERS = 2_000
"""Letters."""
AFTER_FREEZING = (SeasonState.RANKED, SeasonState.PUBLISHED)


class NotTied(AppError):
    message = "Các đơn vị bằng điểm vừa thay đổi nên chưa ghi được lần bỏ phiếu này. Hãy tải lại trang."


class NotTheTime(AppError):
    message = "Năm thi đua không còn ở bước này. Hãy tải lại trang để xem."


@dataclass(frozen=True, slots=True)
class BallotData:
    held_on: dt.date
    voters: int
    issued: int
    collected: int
    valid: int
    votes: Mapping[int, int]
    """Member → votes."""
    tellers: str = ""


def field_of(member_id: int) -> str:
    """The field in which the votes of a member are typed."""
    return f"votes_{member_id}"


def checked(data: BallotData, *, choices: int, year: int) -> None:
    """``choices``: how many names one ballot paper may carry. Raise ``UnfitField``."""
    checked_day("held_on", data.held_on, timezone.localdate())
    if data.held_on.year < year:
        raise UnfitField("held_on", f"Ngày bỏ phiếu trước năm thi đua {year}; hãy xem lại.")
    if not 1 <= data.voters <= MOST_VOTERS:
        raise UnfitField("voters", f"Ghi số người từ 1 đến {MOST_VOTERS}.")
    if data.issued > data.voters:
        raise UnfitField("issued", f"Nhiều hơn số người được bỏ phiếu ({data.voters}).")
    if data.collected > data.issued:
        raise UnfitField("collected", f"Nhiều hơn số phiếu phát ra ({data.issued}).")
    if data.valid > data.collected:
        raise UnfitField("valid", f"Nhiều hơn số phiếu thu về ({data.collected}).")
    for member_id, votes in data.votes.items():
        if votes > data.valid:
            raise UnfitField(field_of(member_id), f"Nhiều hơn số phiếu hợp lệ ({data.valid}).")
    total, most = sum(data.votes.values()), data.valid * choices
    if total > most:
        each = f", mỗi phiếu chọn nhiều nhất {choices} đơn vị" if choices > 1 else ", mỗi phiếu chọn một đơn vị"
        told = f"Cộng các đơn vị được {total} phiếu, nhiều hơn {most} (có {data.valid} phiếu hợp lệ{each})."
        raise UnfitField(field_of(list(data.votes)[-1]), told)


@transaction.atomic
def record_tie(season: Season, *, actor: Any, rank: int, data: BallotData) -> Ballot:
    """Who of those that share ``rank`` goes first; every one of them has its votes.

    Raise ``NotYours``, ``NotTheTime``, ``NotAllReviewed``, ``NotTied``, ``UnfitField``.
    """
    refuse_others(actor, season)
    checked(data, choices=1, year=season.year)
    _claim(season, [SeasonState.SCORING])
    refuse_unreviewed(season)
    voted = count_votes(read_season(season).outcome(), season.ballots.prefetch_related("counts"))
    names = {str(pk) for pk in data.votes}
    if not any(tie.rank == rank and set(tie.names) == names for tie in voted.ties):
        raise NotTied
    return _record(season, actor, data, purpose=Ballot.Purpose.TIE, rank=rank)


@transaction.atomic
def record_commending(season: Season, *, actor: Any, quota: Quota, data: BallotData) -> Ballot:
    """Raise ``NotYours``, ``NotTheTime``, ``UnfitField``."""
    refuse_others(actor, season)
    checked(data, choices=quota.count, year=season.year)
    _claim(season, AFTER_FREEZING)
    allowed = {member.pk for member in commendable(season.members.all())}
    if not data.votes or not set(data.votes) <= allowed:
        raise NotTheTime("Danh sách đơn vị được suy tôn vừa thay đổi. Hãy tải lại trang.")
    return _record(season, actor, data, purpose=Ballot.Purpose.COMMEND, award=quota.award)


def commendable(members: Collection[Member]) -> list[Member]:
    return [member for member in members if not why_not(member)]


def why_not(member: Member) -> str:
    """Why it cannot be commended; blank where it can."""
    if member.barred_reason:
        return member.barred_reason
    return member.exclusion_reason if member.is_excluded else ""


@transaction.atomic
def drop(ballot: Ballot, *, actor: Any, reason: str) -> None:
    """One that was typed wrongly. The history keeps what it said."""
    season = ballot.season
    refuse_others(actor, season)
    reason = cleaned_line("reason", reason, WHY)
    if not reason:
        raise UnfitField("reason", "Ghi lý do xóa lần bỏ phiếu đã nhập.")
    _claim(season, [SeasonState.SCORING] if ballot.purpose == Ballot.Purpose.TIE else AFTER_FREEZING)
    changes = {"ballot": (told(ballot), None), "reason": (None, reason)}
    ballot.delete()
    audit.record("clusters.ballot.dropped", season, actor=actor, unit_id=season.unit_id, changes=changes)


def _claim(season: Season, still: Collection[str]) -> None:
    """In the organiser's line, so that nothing is frozen between the look and the write."""
    audit.wait_for_turn(season.unit_id)
    if not Season.objects.filter(pk=season.pk, state__in=still).exists():
        raise NotTheTime


def _record(season: Season, actor: Any, data: BallotData, **what_for: Any) -> Ballot:
    ballot = Ballot.objects.create(
        season=season,
        held_on=data.held_on,
        voters=data.voters,
        issued=data.issued,
        collected=data.collected,
        valid=data.valid,
        tellers=cleaned_text("tellers", data.tellers, TELLERS),
        by=actor,
        **what_for,
    )
    BallotCount.objects.bulk_create(
        BallotCount(ballot=ballot, member_id=member_id, votes=votes) for member_id, votes in data.votes.items()
    )
    changes = {"ballot": (None, told(ballot))}
    audit.record("clusters.ballot.recorded", season, actor=actor, unit_id=season.unit_id, changes=changes)
    return ballot


def told(ballot: Ballot) -> str:
    """For the history."""
    what = f"hạng {ballot.rank}" if ballot.purpose == Ballot.Purpose.TIE else ballot.award
    counts = "; ".join(f"{count.member.name}: {count.votes}" for count in ballot.counts.select_related("member"))
    papers = f"phát ra {ballot.issued}, thu về {ballot.collected}, hợp lệ {ballot.valid}"
    return f"{ballot}, {what}; {ballot.voters} người được bỏ phiếu, {papers}. {counts}"
