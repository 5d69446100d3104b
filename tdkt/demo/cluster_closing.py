"""Last year's end in the demonstration: votes, ranks, whom the clusters commended, what the province decided."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from campaigns.results.evidence import Proof
from clusters.models import Commendation, Member, Ranking, Season, Step
from clusters.ranking.ballots import BallotData, record_commending, record_tie
from clusters.ranking.commending import OTHER, Decided, Said, commend, decide, places_of
from clusters.ranking.services import freeze, publish
from clusters.ranking.votes import count_votes
from clusters.running.moves import hand_over
from clusters.standing import read_season
from tdkt.demo.cluster_scene import SIZE, Scene, fresh
from tdkt.demo.cluster_seasons import FLAG, PAPER

_TELLERS = "Tổ trưởng: đại diện Trưởng cụm\nThành viên: đại diện Phó trưởng cụm, chuyên viên Sở Nội vụ"
_ITEMS = (
    "Hồ sơ giao ước, kế hoạch, bảng tiêu chí của năm\nBảng điểm, biên bản họp bình xét, biên bản kiểm phiếu\n"
    "Hồ sơ đề nghị khen thưởng đã trình"
)
_VOTES = {2: (5, 7), 3: (4, 6, 2)}
"""Of twelve voters, on so many units with equal points."""
OTHERWISE = (
    "Đơn vị xếp thứ ba vừa được tặng Bằng khen trong năm; hội nghị thống nhất suy tôn đơn vị kế tiếp, "
    "có mô hình chuyển đổi số được nhân rộng."
)


def close(scene: Scene, seasons: Sequence[Season]) -> None:
    """One after the other to the list of commended, published at one moment, then decided and handed over."""
    for place, season in enumerate(seasons):
        _rank(scene, fresh(season))
        _commend(scene, fresh(season), is_by_rank=place > 0)
    publish([fresh(season) for season in seasons], actor=scene.reviewer)
    for place, season in enumerate(seasons):
        _decide(scene, fresh(season), is_lowered=place == 0)
        _hand_over(scene, fresh(season))


def _day(scene: Scene, season: Season, month: int, day: int) -> dt.date:
    return scene.not_after(dt.date(season.year + 1, month, day))


def _rank(scene: Scene, season: Season) -> None:
    day = _day(scene, season, 1, 8)
    for tie in count_votes(read_season(season).outcome(), ()).ties:
        votes = {int(name): most for name, most in zip(tie.names, _VOTES[len(tie.names)], strict=True)}
        record_tie(season, actor=scene.reviewer, rank=tie.rank, data=_ballot(day, votes))
    freeze(season, actor=scene.reviewer)
    Ranking.objects.filter(season=season).update(at=scene.at(day, 11))


def _ballot(day: dt.date, votes: dict[int, int]) -> BallotData:
    return BallotData(day, SIZE, SIZE, SIZE, SIZE, votes, _TELLERS)


def _commend(scene: Scene, season: Season, *, is_by_rank: bool) -> None:
    """Three by their ranks; or the fourth instead of the third, with its reason."""
    places = places_of(season.rankings.first())
    by_rank = sorted(season.members.all(), key=lambda member: places[member.pk].rank or SIZE)
    chosen = [by_rank[0], by_rank[1], by_rank[2 if is_by_rank else 3]]
    _vote(scene, season, chosen)
    said = {chosen[0].pk: Said(FLAG), chosen[1].pk: Said(PAPER)}
    said[chosen[2].pk] = Said(PAPER, "" if is_by_rank else OTHERWISE)
    season = fresh(season)
    commend(season, actor=scene.reviewer, version=season.version, said=said)


def _vote(scene: Scene, season: Season, chosen: Sequence[Member]) -> None:
    day = _day(scene, season, 1, 8)
    for quota in season.quotas.all():
        wanted = chosen[:1] if quota.award == FLAG else chosen[1:]
        votes = {member.pk: 0 for member in season.members.all()}
        votes |= {member.pk: SIZE - place for place, member in enumerate(wanted)}
        record_commending(season, actor=scene.reviewer, quota=quota, data=_ballot(day, votes))


def _decide(scene: Scene, season: Season, *, is_lowered: bool) -> None:
    rows = list(season.commendations.order_by("pk"))
    decided = {row.pk: Decided(Commendation.Outcome.GRANTED) for row in rows}
    if is_lowered:
        [row] = [row for row in rows if row.reason]
        del decided[row.pk]
        proof = Proof("57/QĐ-SNV", _day(scene, season, 2, 12), f"Sở Nội vụ {scene.province}")
        lower = Decided(OTHER, "Giấy khen của Giám đốc Sở Nội vụ")
        decide(season, actor=scene.reviewer, decided={row.pk: lower}, proof=proof)
    proof = Proof("312/QĐ-UBND", _day(scene, season, 2, 10), f"UBND {scene.province}")
    decide(season, actor=scene.reviewer, decided=decided, proof=proof)


def _hand_over(scene: Scene, season: Season) -> None:
    day = _day(scene, season, 1, 20)
    to = list(season.members.all())[scene.head_in(season.year) - 1]
    hand_over(season, actor=scene.reviewer, day=day, to=to, items=_ITEMS)
    Season.objects.filter(pk=season.pk).update(published_at=scene.at(day, 15))
    for step in season.steps.filter(done_on=None):
        Step.objects.filter(pk=step.pk).update(done_on=scene.not_after(step.due) if step.due else None)
