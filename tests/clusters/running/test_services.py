"""Clusters and their years are made, begun from the year before, and given their rules."""

from __future__ import annotations

import datetime as dt

import pytest

from clusters.models import Cluster, Member, ScoreSheet, Season, Step
from clusters.running.services import (
    HasSeasons,
    NotADraft,
    SeasonIsThere,
    change_cluster,
    create_cluster,
    create_cluster_with_year,
    discard_cluster,
    discard_season,
    save_settings,
    settings_of,
    start_season,
)
from clusters.running.values import ClusterValues, QuotaData
from core.errors import UnfitField
from core.models import AuditEntry
from core.states import EditedMeanwhile
from tests.factories import PersonFactory, UnitFactory
from units.models import Succession


def codes() -> list[str]:
    return list(AuditEntry.objects.filter(code__startswith="clusters.").order_by("pk").values_list("code", flat=True))


def members(season: Season) -> list[tuple[str, str]]:
    return list(season.members.order_by("order").values_list("name", "role"))


# -- Clusters ------------------------------------------------------------------------------


def test_a_cluster_is_made_with_its_first_year(desk):
    season = create_cluster_with_year(
        desk.province, actor=desk.nga, values=ClusterValues("  Cụm  thi đua số 5 ", "cluster"), year=2026
    )

    assert (season.cluster.name, season.year, season.state) == ("Cụm thi đua số 5", 2026, "draft")
    assert codes() == ["clusters.cluster.created", "clusters.season.created"]


def test_a_name_stands_once_in_a_unit(desk):
    desk.cluster()

    with pytest.raises(UnfitField, match="Đơn vị đã có «Cụm thi đua số 2»"):
        create_cluster(desk.province, actor=desk.nga, values=ClusterValues("Cụm thi đua số 2"))
    create_cluster(desk.communes[0], actor=desk.an, values=ClusterValues("Cụm thi đua số 2"))
    assert Cluster.objects.count() == 2


def test_the_reviewer_is_of_the_organiser(desk):
    stranger = PersonFactory(unit=desk.communes[0])

    with pytest.raises(UnfitField) as refused:
        create_cluster(desk.province, actor=desk.nga, values=ClusterValues("Cụm 1", reviewer=stranger))
    assert refused.value.field == "reviewer"


def test_a_renamed_cluster_is_found_by_its_new_name_in_all_its_years(desk):
    season = desk.season()

    change_cluster(season.cluster, actor=desk.nga, values=ClusterValues("Cụm thi đua miền núi"))

    season.refresh_from_db()
    assert "mien nui" in season.search
    assert codes() == ["clusters.cluster.changed"]


def test_a_cluster_goes_only_while_it_never_had_a_year(desk):
    used, unused = desk.season().cluster, desk.cluster(name="Cụm lập nhầm")

    with pytest.raises(HasSeasons):
        discard_cluster(used, actor=desk.nga)
    discard_cluster(unused, actor=desk.nga)
    assert list(Cluster.objects.all()) == [used]


# -- A year from the one before ------------------------------------------------------------


def test_one_act_begins_the_next_year_from_the_last(desk):
    source = desk.season(year=2026, late_in="working", has_cross=False, shows="all", explain_days=3)
    criteria = desk.criteria(year=2027)

    begun = start_season(source.cluster, actor=desk.nga, year=2027)

    season = begun.season
    assert (begun.source, begun.left_out, season.state) == (source, (), "draft")
    assert members(season) == [
        ("Xã An Bình", "member"),
        ("Xã Bình Minh", "head"),
        ("Xã Cẩm Sơn", "deputy"),
        ("Xã Đông Hải", "member"),
    ]
    rules = (season.late_in, season.has_cross, season.shows, season.explain_days, season.criteria)
    assert rules == ("working", False, "all", 3, criteria)
    assert [str(quota) for quota in season.quotas.all()] == ["02 Cờ thi đua"]
    assert list(season.steps.values_list("text", "time_text", "due", "asks_members")) == [
        ("Ký giao ước", "", dt.date(2027, 3, 4), False),
        ("Gửi báo cáo năm 2027", "Trước ngày 01/12/2027", dt.date(2027, 11, 30), True),
    ]


def test_a_commune_begins_with_its_own_review_alone_and_may_add_stages(desk):
    """Its villages have no accounts; what it chose once is kept."""

    def stages(season):
        return season.has_cross, season.has_head

    first = start_season(desk.cluster(desk.communes[0], name="Khối các thôn"), actor=desk.an, year=2026).season
    of_province = start_season(desk.cluster(), actor=desk.nga, year=2026).season
    assert (stages(first), stages(of_province)) == ((False, False), (True, True))

    Season.objects.filter(pk=first.pk).update(has_head=True)
    second = start_season(first.cluster, actor=desk.an, year=2027).season
    assert stages(second) == (False, True)


def test_what_was_done_and_judged_last_year_stays_there(desk):
    source = desk.season()
    source.steps.update(done_on=dt.date(2026, 3, 3))
    source.members.filter(order=3).update(is_excluded=True, exclusion_reason="Mới lập", barred_reason="Kỷ luật")

    season = start_season(source.cluster, actor=desk.nga, year=2027).season

    assert set(season.steps.values_list("done_on", flat=True)) == {None}
    assert set(season.members.values_list("is_excluded", "exclusion_reason", "barred_reason")) == {(False, "", "")}


def test_whom_the_year_was_handed_over_to_heads_the_next(desk):
    source = desk.season(state="closed")
    Season.objects.filter(pk=source.pk).update(handed_to=source.members.get(order=4))

    season = start_season(source.cluster, actor=desk.nga, year=2027).season

    assert season.members.get(role=Member.Role.HEAD).name == "Xã Đông Hải"


def test_a_unit_that_ended_is_followed_by_its_heir_and_else_left_out(desk):
    source = desk.season(year=2026)
    heir = UnitFactory(name="Sơn Hải", parent=desk.province)
    for name, heirs in (("Cẩm Sơn", [heir]), ("Đông Hải", [])):
        old = next(unit for unit in desk.communes if unit.name == name)
        old.valid_to = dt.date(2026, 6, 30)
        old.save()
        for new in heirs:
            Succession.objects.create(date=dt.date(2026, 7, 1), old_unit=old, new_unit=new)

    begun = start_season(source.cluster, actor=desk.nga, year=2027)

    assert [name for name, _ in members(begun.season)] == ["Xã An Bình", "Xã Bình Minh", "Xã Sơn Hải"]
    assert begun.left_out == ("Xã Đông Hải",)


def test_an_earlier_year_is_begun_from_none_that_comes_after(desk):
    source = desk.season(year=2026)

    begun = start_season(source.cluster, actor=desk.nga, year=2024)

    assert (begun.source, begun.season.members.count()) == (None, 0)


def test_a_year_stands_once(desk):
    source = desk.season()

    with pytest.raises(SeasonIsThere) as refused:
        start_season(source.cluster, actor=desk.nga, year=2026)
    assert refused.value.there == source


def test_of_two_sets_that_fit_none_is_chosen(desk):
    source = desk.season(year=2026)
    for name in ("Bộ A", "Bộ B"):
        source.criteria.pk = None
        source.criteria.name, source.criteria.year = name, 2027
        source.criteria.save()

    assert start_season(source.cluster, actor=desk.nga, year=2027).season.criteria is None


# -- Rules ---------------------------------------------------------------------------------


def save(desk, season: Season, quotas: list[QuotaData] | None = None, **changed) -> None:
    values = settings_of(season)
    values = type(values)(**{name: changed.get(name, getattr(values, name)) for name in values.__slots__})
    said = quotas if quotas is not None else [QuotaData("Cờ thi đua", 2)]
    save_settings(season, actor=desk.nga, version=season.version, values=values, quotas=said)


def test_rules_are_saved_with_what_was_before(desk):
    season = desk.season()

    save(desk, season, [QuotaData("Bằng khen", 1)], late_from="sent", explain_days=7)

    season.refresh_from_db()
    assert (season.late_from, season.explain_days, season.version) == ("sent", 7, 2)
    assert [str(quota) for quota in season.quotas.all()] == ["01 Bằng khen"]
    assert AuditEntry.objects.get(code="clusters.season.settings_changed").changes == {
        "late_from": ["received", "sent"],
        "explain_days": [5, 7],
        "quotas": ["02 Cờ thi đua", "01 Bằng khen"],
    }


def test_nothing_changed_is_nothing_claimed(desk):
    season = desk.season()

    save(desk, season)

    season.refresh_from_db()
    assert (season.version, codes()) == (1, [])


def test_a_set_must_be_published_and_of_the_organiser(desk):
    season = desk.season()

    for chosen in (desk.criteria(year=2025, state="draft"), desk.criteria(desk.communes[0])):
        with pytest.raises(UnfitField) as refused:
            save(desk, season, criteria=chosen)
        assert refused.value.field == "criteria"


def test_the_set_stays_once_there_are_score_sheets(desk):
    season = desk.season(state="scoring")
    ScoreSheet.objects.create(member=season.members.first())

    with pytest.raises(UnfitField, match="Đã mở chấm điểm"):
        save(desk, season, criteria=desk.criteria(year=2025))


def test_once_ranks_are_fixed_only_what_moves_no_points_changes(desk):
    season = desk.season(state="ranked")

    with pytest.raises(UnfitField, match="Đã chốt xếp hạng") as refused:
        save(desk, season, late_in="working")
    assert refused.value.field == "late_in"
    save(desk, season, [QuotaData("Bằng khen", 3)], shows="all")
    season.refresh_from_db()
    assert (season.shows, season.late_in) == ("all", "calendar")


def test_an_old_page_overwrites_nothing(desk):
    season = desk.season()
    save(desk, season, explain_days=7)
    season.version = 1

    with pytest.raises(EditedMeanwhile):
        save(desk, season, explain_days=9)


# -- Taken back -----------------------------------------------------------------------------


def test_a_draft_goes_with_its_rows(desk):
    season = desk.season()

    discard_season(season, actor=desk.nga)

    assert (Season.objects.count(), Member.objects.count(), Step.objects.count()) == (0, 0, 0)
    assert codes() == ["clusters.season.discarded"]


def test_what_runs_or_was_scored_stays(desk):
    running = desk.season(state="running")
    scored = desk.season(running.cluster, year=2025)
    ScoreSheet.objects.create(member=scored.members.first())

    for season in (running, scored):
        with pytest.raises(NotADraft):
            discard_season(season, actor=desk.nga)
    assert Season.objects.count() == 2
