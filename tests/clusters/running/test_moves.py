"""A year is started, opened for scoring, taken a step back, handed over."""

from __future__ import annotations

import datetime as dt

import pytest

from clusters.models import Entry, ScoreSheet, Season, SeasonPaper, Step
from clusters.running.moves import NotReady, hand_over, open_scoring, start, take_back
from core.errors import UnfitField
from core.states import MovedMeanwhile, MoveRefused
from tests.clusters.running.desk import TODAY


def test_a_year_that_is_ready_starts(desk):
    season = desk.season()

    start(season, actor=desk.nga)

    season.refresh_from_db()
    assert season.state == "running"


@pytest.mark.parametrize(
    ("spoil", "missing"),
    [
        (lambda season: season.members.filter(order__gt=1).delete(), "Thêm ít nhất hai đơn vị thành viên."),
        (lambda season: season.members.filter(role="head").update(role="member"), "Chọn Trưởng cụm."),
        (
            lambda season: season.members.filter(role="deputy").update(role="member"),
            "Chọn Phó trưởng cụm, để chấm bảng điểm của chính Trưởng cụm.",
        ),
        (lambda season: Season.objects.update(criteria=None), "Chọn bộ tiêu chí đã ban hành."),
        (lambda season: type(season.criteria).objects.update(state="draft"), "Ban hành bộ tiêu chí đã chọn."),
    ],
)
def test_what_is_missing_is_said(desk, spoil, missing):
    spoil(desk.season())
    season = Season.objects.select_related("criteria", "cluster").get()

    with pytest.raises(NotReady) as refused:
        start(season, actor=desk.nga)
    assert missing in refused.value.missing
    assert Season.objects.get().state == "draft"


def test_a_block_speaks_of_its_own_head(desk):
    season = desk.season(desk.cluster(name="Khối thi đua các cơ quan", kind="block"))
    season.members.update(role="member")

    with pytest.raises(NotReady, match="Chọn Trưởng khối") as refused:
        start(season, actor=desk.nga)
    assert "cụm" not in str(refused.value)


def test_without_a_heads_stage_no_deputy_is_needed(desk):
    season = desk.season(has_head=False)
    season.members.filter(role="deputy").update(role="member")

    start(season, actor=desk.nga)

    assert Season.objects.get().state == "running"


def test_opening_gives_every_member_its_sheet_once(desk):
    season = desk.season(state="running")

    open_scoring(season, actor=desk.nga)
    take_back(season, actor=desk.nga)
    entry = Entry.objects.create(
        sheet=ScoreSheet.objects.first(), criterion=season.criteria.criteria.get(), stage="self", points=5
    )
    open_scoring(season, actor=desk.nga)

    assert ScoreSheet.objects.filter(member__season=season, stage="self").count() == 4
    assert Entry.objects.get() == entry


@pytest.mark.parametrize(("state", "back"), [("running", "draft"), ("scoring", "running"), ("closed", "published")])
def test_one_step_back(desk, state, back):
    season = desk.season(state=state)

    take_back(season, actor=desk.nga)

    assert Season.objects.get().state == back


@pytest.mark.parametrize("state", ["draft", "ranked", "published"])
def test_no_step_back_from_what_the_ranking_decides(desk, state):
    with pytest.raises(MoveRefused):
        take_back(desk.season(state=state), actor=desk.nga)


def test_of_two_windows_one_starts(desk):
    season = desk.season()
    other = Season.objects.select_related("criteria", "cluster").get(pk=season.pk)
    start(season, actor=desk.nga)

    with pytest.raises(MovedMeanwhile):
        start(other, actor=desk.nga)


# -- Handover ------------------------------------------------------------------------------


def test_a_handover_closes_the_year_and_fills_the_minutes(desk):
    season = desk.season(state="published")
    Step.objects.filter(season=season, order=1).update(kind="handover")
    to = season.members.get(order=3)

    hand_over(season, actor=desk.nga, day=TODAY, to=to, items="Bảng điểm\nHồ sơ khen thưởng\n")

    season.refresh_from_db()
    assert (season.state, season.handed_over_on, season.handed_to) == ("closed", TODAY, to)
    paper = SeasonPaper.objects.get()
    assert (paper.kind, paper.day, paper.texts) == ("handover", TODAY, {"items": "Bảng điểm\nHồ sơ khen thưởng"})
    assert season.steps.get(order=1).done_on == TODAY


def test_a_handover_is_recorded_when_it_was(desk):
    season = desk.season(state="published")
    stranger = desk.season(season.cluster, year=2025).members.first()
    own = season.members.first()

    for day, to, field in ((TODAY + dt.timedelta(days=1), own, "day"), (TODAY, stranger, "to")):
        with pytest.raises(UnfitField) as refused:
            hand_over(season, actor=desk.nga, day=day, to=to, items="")
        assert refused.value.field == field
    assert Season.objects.get(pk=season.pk).state == "published"
