"""Who is in a season, and what stands in its timetable."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from clusters.models import (
    Ballot,
    BallotCount,
    Commendation,
    Criterion,
    Entry,
    Member,
    Ranking,
    Receipt,
    ScoreSheet,
    Season,
    Step,
)
from clusters.running.planning import draft_plan
from clusters.running.rows import (
    SeasonIsRanked,
    add_members,
    follow_plan,
    mark_done,
    save_members,
    save_steps,
    steps_behind,
)
from clusters.running.services import data_of_step
from clusters.running.timetable import StepData
from clusters.running.values import MemberData
from core.errors import UnfitRow
from core.models import AuditEntry
from core.states import EditedMeanwhile
from tests.clusters.running.desk import Desk
from tests.factories import Role, UserFactory


def rows_of(season: Season) -> list[MemberData]:
    return [
        MemberData(
            row.name,
            row.role,
            row.is_excluded,
            row.exclusion_reason,
            row.barred_reason,
            pk=row.pk,
            unit=row.unit_id,
            part=row.part_id,
        )
        for row in season.members.order_by("order")
    ]


def save(desk: Desk, season: Season, rows: list[MemberData], *, who=None) -> None:
    save_members(season, actor=who or desk.nga, version=season.version, rows=rows)


def names(season: Season) -> list[tuple[int, str, str]]:
    return list(season.members.order_by("order").values_list("order", "name", "role"))


# -- Members -------------------------------------------------------------------------------


def test_units_parts_and_mere_names_come_in_behind_those_there(desk):
    season = desk.season(desk.cluster(desk.communes[0], "Cụm các thôn"))

    added = add_members(season, actor=desk.an, places=desk.villages, names=["Trường Tiểu học", "xã an bình"])

    assert added == 3
    assert names(season)[4:] == [
        (5, "Thôn Đông", "member"),
        (6, "Thôn Tây", "member"),
        (7, "Trường Tiểu học", "member"),
    ]
    assert list(season.members.filter(part__isnull=False).values_list("part", flat=True)) == [
        part.pk for part in desk.villages
    ]
    assert add_members(season, actor=desk.an, places=desk.villages) == 0


def test_the_order_and_the_roles_change_places(desk):
    season = desk.season()
    first, second, third, fourth = rows_of(season)

    save(desk, season, [fourth, replace(second, role="head"), replace(first, role="deputy"), third])

    assert names(season) == [
        (1, "Xã Đông Hải", "member"),
        (2, "Xã Bình Minh", "head"),
        (3, "Xã An Bình", "deputy"),
        (4, "Xã Cẩm Sơn", "member"),
    ]
    [told] = AuditEntry.objects.filter(code="clusters.season.members_changed")
    assert told.changes["members"][0][0] == "Xã An Bình (Trưởng cụm)"


def test_two_members_exchange_their_names(desk):
    season = desk.season()
    first, second, *others = rows_of(season)

    save(desk, season, [replace(first, name=second.name), replace(second, name=first.name), *others])

    assert [name for _, name, _ in names(season)][:2] == ["Xã Bình Minh", "Xã An Bình"]


@pytest.mark.parametrize(
    ("change", "position", "field"),
    [
        ({"name": ""}, 2, "name"),
        ({"name": "XÃ AN BÌNH"}, 2, "name"),
        ({"role": "head"}, 2, "role"),
        ({"is_excluded": True}, 2, "exclusion_reason"),
    ],
)
def test_a_row_that_does_not_fit_is_told_at_its_field(desk, change, position, field):
    season = desk.season()
    rows = rows_of(season)
    rows[position] = replace(rows[position], **change)

    with pytest.raises(UnfitRow) as refused:
        save(desk, season, rows)
    assert (refused.value.position, refused.value.field) == (position, field)
    assert season.members.count() == 4


def test_nobody_judges_the_unit_he_belongs_to(desk):
    season = desk.season()
    for role in Role:
        both = UserFactory(role=Role.REVIEWER, unit=desk.province)
        both.memberships.create(unit=desk.communes[2], role=role)
        for change in (
            {"is_excluded": True, "exclusion_reason": "Mới lập"},
            {"barred_reason": "Kỷ luật"},
            {"role": "deputy"},
        ):
            rows = rows_of(season)
            rows[2] = replace(rows[2], **change)
            with pytest.raises(UnfitRow, match="Không ai tự quyết định về đơn vị của mình"):
                save(desk, season, rows, who=both)
    assert names(season)[2] == (3, "Xã Cẩm Sơn", "member")


def test_who_belongs_to_a_member_still_judges_the_others(desk):
    season = desk.season()
    both = UserFactory(role=Role.REVIEWER, unit=desk.province)
    both.memberships.create(unit=desk.communes[2], role=Role.COUNCIL_MEMBER)
    rows = rows_of(season)
    rows[3] = replace(rows[3], barred_reason="Chủ tịch xã bị khiển trách")

    save(desk, season, rows, who=both)

    assert season.members.get(order=4).barred_reason == "Chủ tịch xã bị khiển trách"


def test_a_member_that_was_scored_stays(desk):
    season = desk.season(state="scoring")
    member = season.members.get(order=4)
    sheet = ScoreSheet.objects.create(member=member)
    Entry.objects.create(sheet=sheet, criterion=Criterion.objects.get(), stage="self", points=5)

    with pytest.raises(UnfitRow, match="«Xã Đông Hải» đã có điểm"):
        save(desk, season, rows_of(season)[:3])
    assert season.members.count() == 4


def test_who_joins_while_scores_are_given_gets_a_sheet(desk):
    season = desk.season(state="scoring")

    add_members(season, actor=desk.nga, names=["Xã Mới"])

    assert season.members.get(name="Xã Mới").sheet.stage == "self"


def test_a_ranked_year_keeps_its_members_and_lines(desk):
    season = desk.season(state="ranked")

    with pytest.raises(SeasonIsRanked):
        save(desk, season, rows_of(season)[:3])
    with pytest.raises(SeasonIsRanked):
        save_steps(season, actor=desk.nga, version=1, rows=[])
    assert (season.members.count(), season.steps.count()) == (4, 2)


def test_an_old_page_overwrites_nothing(desk):
    season = desk.season()
    stale = rows_of(season)
    save(desk, season, [*stale[1:], stale[0]])
    season.version = 1

    with pytest.raises(EditedMeanwhile):
        save(desk, season, stale)


@pytest.mark.parametrize("is_voted", [True, False])
def test_who_was_voted_on_or_commended_stays(desk, is_voted):
    season = desk.season()
    member = season.members.get(order=4)
    if is_voted:
        counts = {"voters": 4, "issued": 4, "collected": 4, "valid": 4}
        day = dt.date(2026, 12, 1)
        ballot = Ballot.objects.create(season=season, purpose="commend", award="Bằng khen", held_on=day, **counts)
        BallotCount.objects.create(ballot=ballot, member=member, votes=0)
    else:
        Commendation.objects.create(season=season, member=member, award="Bằng khen")

    with pytest.raises(UnfitRow, match="«Xã Đông Hải» đã được bỏ phiếu hoặc suy tôn nên không bỏ ra được"):
        save(desk, season, rows_of(season)[:3])

    assert season.members.count() == 4


def test_a_member_that_stands_in_a_frozen_ranking_stays_though_nothing_else_is_known_of_it(desk):
    season = desk.season(state="scoring")
    gone = season.members.get(name="Xã Đông Hải")
    content = {"ranks": {str(gone.pk): 4}}
    Ranking.objects.create(season=season, number=1, content=content, sha256="0" * 64)

    with pytest.raises(UnfitRow, match="«Xã Đông Hải» đã có trong xếp hạng được chốt nên không bỏ ra được"):
        save(desk, season, [row for row in rows_of(season) if row.pk != gone.pk])
    others = [row for row in rows_of(season) if row.name != "Xã Cẩm Sơn"]
    save(desk, season, others)
    assert sorted(season.members.values_list("name", flat=True)) == sorted(row.name for row in others)


# -- Timetable -----------------------------------------------------------------------------


def test_lines_are_changed_added_moved_and_taken_out(desk):
    season = desk.season()
    pledge, report = (data_of_step(step) for step in season.steps.all())
    new = StepData("Họp bình xét", "meeting", due=dt.date(2026, 12, 20))

    rows = [new, replace(report, due=dt.date(2026, 12, 4))]
    save_steps(season, actor=desk.nga, version=1, rows=rows)

    assert list(season.steps.values_list("order", "kind", "due")) == [
        (1, "meeting", dt.date(2026, 12, 20)),
        (2, "report", dt.date(2026, 12, 4)),
    ]
    assert not Step.objects.filter(pk=pledge.pk).exists()


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"text": " "}, "text"),
        ({"due": dt.date(2029, 1, 1)}, "due"),
        ({"start": dt.date(2026, 12, 1)}, "due"),
        ({"due": None}, "due"),
    ],
)
def test_a_line_that_does_not_fit_is_told_at_its_field(desk, change, field):
    season = desk.season()
    rows = [data_of_step(step) for step in season.steps.all()]

    with pytest.raises(UnfitRow) as refused:
        save_steps(season, actor=desk.nga, version=1, rows=[rows[0], replace(rows[1], **change)])
    assert (refused.value.position, refused.value.field) == (1, field)


def test_a_line_for_which_papers_came_stays(desk):
    season = desk.season()
    Receipt.objects.create(
        member=Member.objects.first(), step=season.steps.get(order=2), received_on=dt.date(2026, 12, 1)
    )

    with pytest.raises(UnfitRow, match="đã có văn bản"):
        save_steps(season, actor=desk.nga, version=1, rows=[data_of_step(season.steps.get(order=1))])


def test_a_line_is_done_and_not_done_after_all(desk):
    step = desk.season().steps.get(order=1)

    mark_done(step, actor=desk.nga, day=dt.date(2026, 3, 4))
    assert Step.objects.get(pk=step.pk).done_on == dt.date(2026, 3, 4)
    mark_done(step, actor=desk.nga, day=dt.date(2026, 3, 4))
    mark_done(step, actor=desk.nga, day=None)
    assert Step.objects.get(pk=step.pk).done_on is None
    assert AuditEntry.objects.filter(code="clusters.season.step_done").count() == 2


def test_a_line_follows_the_task_of_the_plan(desk):
    season = desk.season()
    plan = draft_plan(season, actor=desk.nga, today=dt.date(2026, 2, 20))
    task = plan.tasks.get(order=2)
    task.content, task.due = "Gửi báo cáo tổng kết", dt.date(2026, 12, 10)
    task.save()

    [(step, said)] = steps_behind(season)
    assert (step.order, sorted(said)) == (2, ["due", "text"])
    assert follow_plan(season, actor=desk.nga) == 1
    assert season.steps.get(order=2).due == dt.date(2026, 12, 10)
    assert (steps_behind(season), follow_plan(season, actor=desk.nga)) == ([], 0)
