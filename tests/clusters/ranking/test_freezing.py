"""Ranks frozen: what has to be there first, what is kept, what a correction adds."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from decimal import Decimal

import pytest
import time_machine

from clusters.interchange import read_scoring, write_outcome
from clusters.models import Assignment, Entry, Member, Ranking, Receipt, ScoreSheet, Season
from clusters.ranking.services import (
    NotAllReviewed,
    TieNeedsVote,
    freeze,
    open_again,
    publish,
    withdraw,
)
from clusters.ranking.snapshots import canonical, snapshot
from clusters.receipts.board import read_board
from clusters.scoring import score
from clusters.standing import read_season
from clusters.states import SeasonState, SheetStage, Stage
from core.errors import UnfitField
from core.models import AuditEntry
from core.states import MovedMeanwhile, MoveRefused
from tests.clusters.ranking.meeting import a_meeting, frozen, page, post, ranks, season_of, vote
from tests.clusters.season import Round

pytestmark = pytest.mark.django_db


@pytest.fixture
def found() -> Round:
    return a_meeting()


def test_nothing_is_frozen_before_every_sheet_is_reviewed(found):
    ScoreSheet.objects.filter(pk=found.sheets[3].pk).update(stage=SheetStage.REVIEW)

    with pytest.raises(NotAllReviewed, match="Xã Đông Hải"):
        freeze(season_of(found), actor=found.noivu, keeps_ties=True)
    assert not Ranking.objects.exists()


def test_a_tie_without_a_vote_is_refused_unless_it_is_kept(found):
    with pytest.raises(TieNeedsVote, match="hạng 2"):
        freeze(season_of(found), actor=found.noivu)
    assert season_of(found).state == SeasonState.SCORING

    made = freeze(season_of(found), actor=found.noivu, keeps_ties=True)
    assert (ranks(made), made.content["vote_needed"]) == ([1, 2, 2, 4], [2])


def test_a_vote_decides_and_stands_in_what_is_frozen(found):
    made = frozen(found)

    assert ranks(made) == [1, 3, 2, 4]
    assert [unit["rank_by_points"] for unit in made.content["units"]] == [1, 2, 2, 4]
    assert made.content["vote_needed"] == []
    assert made.content["votes"] == [
        {
            "rank": 2,
            "held_on": "2026-01-05",
            "voters": 4,
            "issued": 4,
            "collected": 4,
            "valid": 4,
            "counts": [
                {"member": found.members[2].pk, "votes": 3},
                {"member": found.members[1].pk, "votes": 1},
            ],
        }
    ]


def test_a_paper_that_never_came_grows_no_later_once_the_ranking_is_frozen(found):
    with time_machine.travel(dt.datetime(2026, 12, 8, 3, tzinfo=dt.UTC), tick=False):
        Receipt.objects.filter(member=found.members[2]).delete()
        made = freeze(season_of(found), actor=found.noivu, keeps_ties=True)
    wanted = made.content["units"]
    with time_machine.travel(dt.datetime(2027, 2, 1, 3, tzinfo=dt.UTC), tick=False):
        for state in (SeasonState.RANKED, SeasonState.PUBLISHED, SeasonState.CLOSED):
            Season.objects.filter(pk=found.season.pk).update(state=state)
            standing = read_season(season_of(found))
            found_again = snapshot(standing, found.season.ballots.prefetch_related("counts"))
            assert (found_again["units"], found_again["on"]) == (wanted, "2026-12-08")
            assert [row.days for row in read_board(season_of(found), [found.members[2]]).rows] == [8]

        Season.objects.filter(pk=found.season.pk).update(state=SeasonState.SCORING)
        assert list(read_season(season_of(found)).late[found.members[2].pk].values()) == [63]


def test_the_file_of_a_frozen_ranking_computes_to_its_points(found):
    Assignment.objects.create(member=found.members[0], criterion=found.criteria["I.2"], is_assigned=False)
    made = frozen(found)

    data = read_scoring(json.dumps(made.content["file"]))
    assert write_outcome(data.scheme, score(data.scheme, data.units)) == made.content["outcome"]
    totals = {unit["name"]: unit["total"] for unit in made.content["outcome"]["units"]}
    assert totals == {unit["name"]: unit["total"] for unit in made.content["units"]}


def test_parts_of_a_unit_add_up_to_its_total(found):
    Entry.objects.create(sheet=found.sheets[0], criterion=found.criteria["III"], stage=Stage.SELF, actual=5)
    Entry.objects.create(
        sheet=found.sheets[0], criterion=found.criteria["IV"], stage=Stage.REVIEW, returned=1, reason="Hồ sơ sai mẫu"
    )
    unit = frozen(found).content["units"][0]

    assert (unit["bonus"], unit["penalty"]) == ("5.00", "-5.00")
    parts = ("base", "conversion", "surplus", "bonus", "penalty")
    assert sum(Decimal(unit[name]) for name in parts) == Decimal(unit["total"])
    assert unit["stages"] == {"self": "45.00", "cross": "45.00", "head": "45.00", "review": "40.00"}


def test_the_whole_content_as_a_file_has_the_hash_that_is_shown(found):
    made = Ranking.objects.get(pk=frozen(found).pk)  # as the database gives it back

    answer = page(found, "ranking_download", 1, "ban-chot")
    assert answer.content == canonical(made.content)
    assert hashlib.sha256(answer.content).hexdigest() == made.sha256
    assert made.sha256 in page(found, "ranking").content.decode()


def test_freezing_again_says_why_and_keeps_what_was(found):
    first = frozen(found)
    open_again(season_of(found), actor=found.noivu, reason="Sửa tỷ lệ của Đông Hải")
    Entry.objects.filter(sheet=found.sheets[3]).update(actual=90)

    with pytest.raises(UnfitField) as refused:
        freeze(season_of(found), actor=found.noivu)
    assert refused.value.field == "why"

    with pytest.raises(TieNeedsVote):  # the fourth now shares the first rank
        freeze(season_of(found), actor=found.noivu, why="Sửa tỷ lệ của Đông Hải")
    second = freeze(season_of(found), actor=found.noivu, why="Sửa tỷ lệ của Đông Hải", keeps_ties=True)

    first.refresh_from_db()
    assert (ranks(first), ranks(second)) == ([1, 3, 2, 4], [1, 3, 3, 1])
    assert (second.number, second.why, first.why) == (2, "Sửa tỷ lệ của Đông Hải", "")


def test_the_page_of_a_correction_names_every_difference(found):
    frozen(found)
    open_again(season_of(found), actor=found.noivu, reason="Sửa tỷ lệ")
    Entry.objects.filter(sheet=found.sheets[3]).update(actual=55)
    freeze(season_of(found), actor=found.noivu, why="Sửa tỷ lệ", keeps_ties=True)

    context = page(found, "ranking_snapshot", 2).context
    assert [(one.name, [(moved.what, moved.old, moved.new) for moved in one.moved]) for one in context["changed"]] == [
        ("Xã Bình Minh", [("Hạng", "3", "2")]),
        (
            "Xã Đông Hải",
            [
                ("Hạng", "4", "2"),
                ("Tổng điểm", "30,00", "35,00"),
                ("II.2 Tỷ lệ khen thưởng người lao động trực tiếp", "5,00", "10,00"),
            ],
        ),
    ]
    assert page(found, "ranking_snapshot", 1).context["changed"] == []
    assert page(found, "ranking_snapshot", 3).status_code == 404


def test_what_is_frozen_is_not_frozen_twice(found):
    before = season_of(found)  # as another page had read it
    frozen(found)

    with pytest.raises(MovedMeanwhile):
        freeze(before, actor=found.noivu, why="Lần nữa")
    assert Ranking.objects.count() == 1


def test_opening_again_and_withdrawing_ask_for_a_reason_and_keep_it(found):
    frozen(found)
    publish([season_of(found)], actor=found.noivu)
    for act in (withdraw, open_again):
        with pytest.raises(UnfitField) as refused:
            act(season_of(found), actor=found.noivu, reason="  ")
        assert refused.value.field == "reason"
    with pytest.raises(MoveRefused):
        open_again(season_of(found), actor=found.noivu, reason="Sai số")

    withdraw(season_of(found), actor=found.noivu, reason="Có đơn vị khiếu nại")
    assert (season_of(found).state, season_of(found).published_at) == (SeasonState.RANKED, None)
    open_again(season_of(found), actor=found.noivu, reason="Sai số")
    assert season_of(found).state == SeasonState.SCORING

    reasons = AuditEntry.objects.filter(code__endswith="_reason").order_by("position")
    assert [(entry.code, entry.changes["reason"]) for entry in reasons] == [
        ("clusters.ranking.withdrawn_reason", ["", "Có đơn vị khiếu nại"]),
        ("clusters.ranking.opened_reason", ["", "Sai số"]),
    ]


# -- Pages -----------------------------------------------------------------------------------


def test_the_live_page_says_what_is_missing(found):
    ScoreSheet.objects.filter(pk=found.sheets[3].pk).update(stage=SheetStage.HEAD)
    Entry.objects.create(sheet=found.sheets[0], criterion=found.criteria["I.1"], stage=Stage.SELF, actual=9)

    context = page(found, "ranking").context
    assert [member.name for member in context["live"].waiting] == ["Xã Đông Hải"]
    assert context["ties"] == []  # before the review ends, equals mean nothing
    assert [(one.name, one.criterion) for one in context["problems"]] == [
        ("Xã An Bình", "I.1 Thu ngân sách trên địa bàn")
    ]
    assert context["act"] is None
    assert [(line.shown.name, line.shown.rank, line.total, line.gap) for line in context["board"].lines] == [
        ("Xã An Bình", 1, "40,00", ""),
        ("Xã Bình Minh", 2, "35,00", "5,00"),
        ("Xã Cẩm Sơn", 2, "35,00", ""),
        ("Xã Đông Hải", 4, "30,00", "5,00"),
    ]
    assert "Dự kiến" in page(found, "ranking").content.decode()


def test_the_live_page_shows_what_each_stage_changed(found):
    Entry.objects.create(
        sheet=found.sheets[0], criterion=found.criteria["II.3"], stage=Stage.HEAD, deduction=2, reason="Vắng họp"
    )
    Entry.objects.create(
        sheet=found.sheets[0], criterion=found.criteria["II.3"], stage=Stage.REVIEW, deduction=1, reason="Có phép"
    )
    ScoreSheet.objects.filter(pk=found.sheets[1].pk).update(stage=SheetStage.CROSS)

    board = page(found, "ranking").context["board"]
    assert board.stages == ["Tự chấm", "Chấm chéo", "Trưởng cụm chấm", "Thẩm định"]
    assert {
        line.shown.name: [f"{stage.total} {stage.change}".strip() for stage in line.stages] for line in board.lines[:2]
    } == {
        "Xã An Bình": ["40,00", "40,00", "38,00 −2,00", "39,00 +1,00"],
        "Xã Bình Minh": ["35,00", "35,00", "–", "–"],
    }


def test_a_unit_that_is_not_ranked_says_why_and_has_no_rank(found):
    Member.objects.filter(pk=found.members[0].pk).update(is_excluded=True, exclusion_reason="Không nộp báo cáo")
    vote(found, {1: 1, 2: 3}, rank=1)

    made = freeze(season_of(found), actor=found.noivu)
    assert ranks(made) == [None, 2, 1, 3]
    assert "Không xếp hạng: Không nộp báo cáo" in page(found, "ranking").content.decode()


def test_freezing_through_the_pages(found):
    refused = post(found, "ranking_freeze")
    assert refused.status_code == 422
    assert list(refused.context["form"].errors) == ["keeps_ties"]

    answer = post(found, "ranking_freeze", keeps_ties="on")
    assert (answer.status_code, season_of(found).state) == (302, SeasonState.RANKED)
    assert page(found, "ranking_freeze").status_code == 302  # it is frozen already

    assert post(found, "ranking_open", reason="").status_code == 422
    assert post(found, "ranking_open", reason="Sai số liệu").status_code == 302
    again = post(found, "ranking_freeze", keeps_ties="on")
    assert list(again.context["form"].errors) == ["why"]
    assert post(found, "ranking_freeze", keeps_ties="on", why="Sửa số liệu").status_code == 302
    assert [row.number for row in Ranking.objects.all()] == [2, 1]


def test_nobody_changes_points_or_lateness_from_here(found):
    said = {"points": "99", "waived": "Bão", "II.2": "99", f"votes_{found.members[0].pk}": "4"}
    before = list(Entry.objects.values())

    post(found, "ranking_freeze", keeps_ties="on", **said)

    assert list(Entry.objects.values()) == before
    assert not Season.objects.filter(members__receipts__waived="Bão").exists()
