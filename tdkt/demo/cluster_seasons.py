"""Seasons of the demonstration until they are open for scoring: members, timetable, rules, pledge, targets."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace

from clusters.criteria.targets.services import give_targets
from clusters.criteria.targets.values import Given
from clusters.models import Cluster, CriteriaSet, Criterion, Member, Season, SeasonPaper, Step
from clusters.papers.drafting import place_of
from clusters.papers.kinds import SORTS
from clusters.papers.printing import printed
from clusters.papers.services import record_signed, save_paper
from clusters.reviewing.crossing import assign, proposed
from clusters.running.matching import title_of
from clusters.running.moves import open_scoring, start
from clusters.running.rows import mark_done, save_members, save_steps
from clusters.running.services import save_settings, settings_of, start_season
from clusters.running.timetable import StepData
from clusters.running.values import MemberData, QuotaData
from tdkt.demo.cluster_criteria import PROVINCE, leaves_of
from tdkt.demo.cluster_figures import target_of
from tdkt.demo.cluster_scene import Scene, draw_of, fresh, sheets_of
from units.models import Unit

FLAG, PAPER = "Cờ thi đua của UBND tỉnh", "Bằng khen của Chủ tịch UBND tỉnh"
QUOTAS = (QuotaData(FLAG, 1), QuotaData(PAPER, 2))
K = Step.Kind
_BEFORE_SCORING = (K.OTHER, K.PLEDGE, K.LAUNCH, K.REPORT, K.MIDYEAR)


def timetable(year: int) -> list[StepData]:
    """Of a year of which no plan was written."""
    day = dt.date
    rows = (
        (K.PLEDGE, "Ký giao ước thi đua", None, day(year, 3, 30), False),
        (K.REPORT, "Gửi báo cáo sơ kết 6 tháng đầu năm về Cụm trưởng", None, day(year, 6, 19), True),
        (K.MIDYEAR, "Sơ kết hoạt động của Cụm 6 tháng đầu năm", None, day(year, 7, 4), False),
        (K.SELF, "Tự chấm điểm, gửi bảng điểm và tài liệu kiểm chứng", None, day(year, 11, 10), True),
        (K.CROSS, "Kiểm tra chéo, chấm chéo giữa các đơn vị", day(year, 11, 11), day(year, 11, 28), False),
        (K.REPORT, "Gửi báo cáo tổng kết công tác thi đua, khen thưởng năm", None, day(year, 11, 30), True),
        (K.REVIEW, "Thẩm định, tổng hợp điểm; tiếp nhận giải trình của đơn vị", None, day(year, 12, 15), False),
        (K.MEETING, "Họp bình xét, suy tôn", None, day(year + 1, 1, 8), False),
        (K.FINAL, "Tổng kết; bàn giao nhiệm vụ Cụm trưởng", None, day(year + 1, 1, 20), False),
    )
    return [StepData(text, kind, start=first, due=due, asks_members=asks) for kind, text, first, due, asks in rows]


def timetable_of_first(year: int) -> list[StepData]:
    """The first year of the communes began in July: no pledge in spring, no report of its first half."""
    return [row for row in timetable(year) if row.due and row.due > dt.date(year, 7, 31)]


def prepared(scene: Scene, cluster: Cluster, units: Sequence[Unit], criteria: CriteriaSet | None, year: int) -> Season:
    """With members, timetable and rules; the one of the year's plan is there already, and keeps its timetable."""
    season = cluster.seasons.filter(year=year).first()
    if season is None:
        season = start_season(cluster, actor=scene.reviewer, year=year).season
    season = fresh(season)
    _seat(scene, season, units, year)
    if season.plan_id is None:
        season = fresh(season)
        rows = timetable_of_first(year) if year == 2025 else timetable(year)
        save_steps(season, actor=scene.reviewer, version=season.version, rows=rows)
    season = fresh(season)
    values = replace(settings_of(season), criteria=criteria)
    save_settings(season, actor=scene.reviewer, version=season.version, values=values, quotas=QUOTAS)
    return fresh(season)


def _seat(scene: Scene, season: Season, units: Sequence[Unit], year: int) -> None:
    """Each a third of the communes' turn: the first heads it in the year of the plan."""
    there = {member.unit_id: member.pk for member in season.members.all()}
    roles = {scene.head_in(year): Member.Role.HEAD, scene.deputy_in(year): Member.Role.DEPUTY}
    rows = [
        MemberData(title_of(unit), roles.get(at, Member.Role.MEMBER), pk=there.get(unit.pk), unit=unit.pk)
        for at, unit in enumerate(units)
    ]
    rows = [replace(row, unit=None) if row.pk else row for row in rows]
    save_members(season, actor=scene.reviewer, version=season.version, rows=rows)


def opened(scene: Scene, season: Season) -> Season:
    """Pledged, running, with its targets, and every member at its sheet."""
    start(season, actor=scene.reviewer)
    _pledge(scene, fresh(season))
    _give_targets(scene, fresh(season))
    open_scoring(fresh(season), actor=scene.reviewer)
    season = fresh(season)
    sheets = sheets_of(season)
    members = {member.pk: member for member in season.members.all()}
    pairs = proposed(season, sheets)
    assign(season, {sheet: members[pairs[sheet.pk]] for sheet in sheets}, actor=scene.reviewer)
    for step in season.steps.filter(kind__in=_BEFORE_SCORING, due__lt=scene.today, due__lte=_end_of(season)):
        mark_done(step, actor=scene.reviewer, day=step.due)
    return fresh(season)


def _end_of(season: Season) -> dt.date:
    return dt.date(season.year, 12, 31)


def _pledge(scene: Scene, season: Season) -> None:
    spring = dt.date(season.year, 8 if season.year == 2025 else 3, 25)
    day = scene.not_after(spring)
    sort = SORTS[SeasonPaper.Kind.PLEDGE]
    words = printed(season, sort.kind, None)
    said = words.drafts | {"place": place_of(words.facts)}
    kept = save_paper(season, sort, actor=scene.reviewer, version=0, issuer=season.cluster.unit, day=day, texts=said)
    record_signed(kept, actor=scene.reviewer, version=kept.version, day=day)


def _give_targets(scene: Scene, season: Season) -> None:
    leaves = leaves_of(PROVINCE)
    rows = Criterion.objects.filter(set=season.criteria_id)
    cells = {
        (member.pk, row.pk): Given(target)
        for row in rows
        for member in season.members.all()
        if row.code in leaves and (target := target_of(leaves[row.code], draw_of(member), season.year)) is not None
    }
    give_targets(season, cells, seen={}, actor=scene.reviewer)
