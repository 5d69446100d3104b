"""A season on the day of the meeting: every sheet reviewed, totals 40, 35, 35 and 30, nothing frozen yet."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.http import HttpResponse
from django.urls import reverse

from clusters.models import Entry, Member, Quota, Ranking, Receipt, ScoreSheet, Season
from clusters.ranking.ballots import BallotData, record_tie
from clusters.ranking.commending import Said, commend
from clusters.ranking.services import freeze, publish
from clusters.states import SheetStage, Stage
from tests.clusters.season import Round, a_round
from tests.units.conftest import signed_in
from units.models import User

FLAG, PAPER = "Cờ thi đua", "Bằng khen"
REACHED = (72, 50, 50, 30)
"""Of II.2, which gives 15, 10, 10 and 5 points beside the 25 of II.3."""
HELD = dt.date(2026, 1, 5)


def a_meeting(**more: Any) -> Round:
    found = a_round(**more)
    step = found.season.steps.get()
    for sheet, reached in zip(found.sheets, REACHED, strict=False):
        Receipt.objects.create(member=sheet.member, step=step, received_on=dt.date(found.season.year, 11, 28))
        Entry.objects.create(
            sheet=sheet, criterion=found.criteria["II.2"], stage=Stage.SELF, actual=reached, by=found.noivu
        )
    ScoreSheet.objects.filter(member__season=found.season).update(stage=SheetStage.DONE)
    Quota.objects.create(season=found.season, order=1, award=FLAG, count=1)
    Quota.objects.create(season=found.season, order=2, award=PAPER, count=2)
    return found


def season_of(found: Round) -> Season:
    return Season.objects.select_related("cluster__unit", "criteria").get(pk=found.season.pk)


def counted(found: Round, votes: dict[int, int], **more: Any) -> BallotData:
    """``votes``: place in the round → votes; four people voted."""
    said = {"held_on": HELD, "voters": 4, "issued": 4, "collected": 4, "valid": 4} | more
    return BallotData(votes={found.members[place].pk: number for place, number in votes.items()}, **said)


def vote(found: Round, votes: dict[int, int], *, rank: int = 2) -> None:
    record_tie(season_of(found), actor=found.noivu, rank=rank, data=counted(found, votes))


def frozen(found: Round, **more: Any) -> Ranking:
    """The tie voted on: the third commune goes before the second."""
    vote(found, {1: 1, 2: 3})
    return freeze(season_of(found), actor=found.noivu, **more)


def published(found: Round, *, shows: str = Season.Shows.TOTALS) -> Ranking:
    made = frozen(found)
    Season.objects.filter(pk=found.season.pk).update(shows=shows)
    publish([season_of(found)], actor=found.noivu)
    return made


def commended(found: Round, awards: dict[int, str | Said]) -> None:
    """``awards``: place in the round → award."""
    season = season_of(found)
    said = {found.members[place].pk: one if isinstance(one, Said) else Said(one) for place, one in awards.items()}
    commend(season, actor=found.noivu, version=season.version, said=said)


def ranks(made: Ranking) -> list[int | None]:
    return [unit["rank"] for unit in made.content["units"]]


def bar(member: Member, why: str = "Phó Chủ tịch bị cảnh cáo") -> None:
    Member.objects.filter(pk=member.pk).update(barred_reason=why)


def page(found: Round, name: str, *args: Any, who: User | None = None, query: str = "") -> HttpResponse:
    return signed_in(who or found.noivu).get(reverse(f"clusters:{name}", args=[found.season.pk, *args]) + query)


def post(found: Round, name: str, *args: Any, who: User | None = None, **said: Any) -> HttpResponse:
    return signed_in(who or found.noivu).post(reverse(f"clusters:{name}", args=[found.season.pk, *args]), said)
