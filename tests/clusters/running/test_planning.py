"""The plan of a season in the cluster's name, and a season out of a plan."""

from __future__ import annotations

import pytest

from clusters.models import Cluster, Season
from clusters.running.planning import HasPlan, draft_plan, season_of_plan
from clusters.running.services import SeasonIsThere
from clusters.running.values import ClusterValues
from core.errors import UnfitField
from plans import interchange
from plans.selectors import any_plan, plan_data
from plans.services import create_plan, delete_draft
from tests.clusters.running.desk import TODAY
from tests.plans.files import read_file


def test_the_draft_speaks_for_the_cluster_and_has_its_timetable(desk):
    season = desk.season()

    plan = draft_plan(season, actor=desk.nga, today=TODAY)

    data = plan_data(any_plan(plan.pk))
    assert (plan.kind, plan.year, plan.unit, plan.state) == ("cluster", 2026, desk.province, "draft")
    assert (data.issuer, data.symbol, data.place) == ("CỤM THI ĐUA SỐ 2", "KH-CTĐ", "An Bình")
    assert data.signature_lines == ("TT. CỤM THI ĐUA SỐ 2", "TRƯỞNG CỤM")
    assert data.signature_post == "CHỦ TỊCH UBND XÃ AN BÌNH"
    assert data.preamble[1].startswith("Trên cơ sở thống nhất của các đơn vị thành viên, UBND xã An Bình, Trưởng cụm,")
    assert "Các đơn vị thành viên gồm: xã An Bình, xã Bình Minh, xã Cẩm Sơn, xã Đông Hải." in str(data.blocks)
    assert [(task.content, task.lead, task.time_text) for task in data.tasks] == [
        ("Ký giao ước", ("Trưởng cụm",), "Đến ngày 04/03/2026"),
        ("Gửi báo cáo năm 2026", ("Các đơn vị thành viên",), "Trước ngày 01/12/2026"),
    ]
    season.refresh_from_db()
    assert (season.plan, season.is_in_plan) == (plan, True)
    assert list(season.steps.values_list("task", flat=True)) == list(plan.tasks.values_list("pk", flat=True))


def test_the_drafts_file_carries_the_season_and_can_be_loaded_again(desk):
    plan = draft_plan(desk.season(), actor=desk.nga, today=TODAY)
    file = interchange.write(plan_data(any_plan(plan.pk)))

    assert [one["name"] for one in file["season"]["members"]] == [commune.title for commune in desk.communes]
    assert file["season"]["steps"] == [
        {"kind": "pledge", "task": 1},
        {"kind": "report", "task": 2, "asks_members": True},
    ]
    again = create_plan(interchange.read(file), actor=None, unit=desk.province)
    there = interchange.write(plan_data(any_plan(again.pk)))
    assert there == file  # kept word for word: the year of that cluster is taken
    Season.objects.all().delete()
    Cluster.objects.all().delete()
    once_more = create_plan(interchange.read(file), actor=None, unit=desk.province)
    assert Season.objects.get().is_in_plan
    assert interchange.write(plan_data(any_plan(once_more.pk))) == file


def test_a_block_signs_as_a_block(desk):
    season = desk.season(desk.cluster(name="Khối thi đua các cơ quan", kind="block"))

    data = plan_data(any_plan(draft_plan(season, actor=desk.nga, today=TODAY).pk))

    assert (data.symbol, data.signature_lines[1]) == ("KH-KTĐ", "TRƯỞNG KHỐI")
    assert "cụm" not in str(interchange.write(data)["blocks"]).lower().replace("cụm thi đua", "")


def test_an_unfinished_season_has_its_draft_too(desk):
    cluster = desk.cluster(desk.communes[0], "Cụm thi đua các thôn")
    season = Season.objects.create(cluster=cluster, year=2026)

    plan = draft_plan(season, actor=desk.an, today=TODAY)

    assert (plan.unit, plan.tasks.count(), plan.signature_post) == (desk.communes[0], 0, "")


def test_a_season_has_one_plan(desk):
    season = desk.season()
    plan = draft_plan(season, actor=desk.nga, today=TODAY)

    with pytest.raises(HasPlan) as refused:
        draft_plan(season, actor=desk.nga, today=TODAY)
    assert refused.value.plan == plan


def test_a_draft_that_is_thrown_away_leaves_the_season_its_timetable(desk):
    season = desk.season()
    plan = draft_plan(season, actor=desk.nga, today=TODAY)

    delete_draft(plan, actor=desk.nga)

    season.refresh_from_db()
    assert (season.plan, season.steps.count(), season.steps.filter(task=None).count()) == (None, 2, 2)
    assert draft_plan(season, actor=desk.nga, today=TODAY).tasks.count() == 2


# -- A season of a plan --------------------------------------------------------------------


def made_plan(desk, unit=None):
    return create_plan(interchange.read(read_file("muong_than")), actor=desk.nga, unit=unit or desk.province)


def test_a_plan_that_is_there_becomes_a_season_of_whom_a_person_says(desk):
    plan = made_plan(desk, desk.communes[0])

    season = season_of_plan(plan, desk.communes[0], actor=desk.an, values=ClusterValues("Cụm vùng cao"))

    assert (season.cluster.unit, season.cluster.name, season.year) == (desk.communes[0], "Cụm vùng cao", 2023)
    assert (season.steps.count(), season.is_in_plan) == (12, False)
    with pytest.raises(SeasonIsThere):
        season_of_plan(plan, desk.communes[0], actor=desk.an, values=ClusterValues("Cụm khác"))


def test_a_cluster_has_one_season_a_year_whatever_plan_comes(desk):
    there = desk.season(year=2023)

    with pytest.raises(SeasonIsThere) as refused:
        season_of_plan(made_plan(desk), desk.province, actor=desk.nga, values=ClusterValues(there.cluster.name))
    assert refused.value.there == there


def test_a_plan_of_another_kind_is_refused(desk):
    plan = create_plan(interchange.read(read_file("doai_trung")), actor=desk.nga, unit=desk.province)

    with pytest.raises(UnfitField):
        season_of_plan(plan, desk.province, actor=desk.nga, values=ClusterValues("Cụm 1"))
