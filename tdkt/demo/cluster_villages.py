"""The commune's own cluster in the demonstration: its villages have no accounts, the officer acts for them."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from clusters.criteria.targets.services import give_targets
from clusters.criteria.targets.values import Given
from clusters.models import Criterion, Member, ScoreSheet, Season
from clusters.reviewing.accepting import accept
from clusters.running.matching import title_of
from clusters.running.moves import open_scoring, start
from clusters.running.rows import save_members
from clusters.running.services import create_cluster_with_year, save_settings
from clusters.running.values import ClusterValues, MemberData, QuotaData, Settings
from clusters.sheets.services import Saying, save_many
from clusters.sheets.stages import hand_in
from clusters.sheets.typed import Values
from clusters.states import SheetStage
from tdkt.demo.cluster_criteria import VILLAGES, leaves_of, write_village_set
from tdkt.demo.cluster_figures import sayings, target_of
from tdkt.demo.cluster_scene import Scene, draw_of, fresh, sheets_of
from units.models import Part

_DONE, _HANDED_IN, _BEGUN = 6, 14, 18
"""How many villages are so far, the first ones first."""
_CUT = {
    2: Values(deduction=Decimal(2), reason="Đường trục thôn còn 120 m chưa phát quang khi kiểm tra ngày 12."),
    5: Values(deduction=Decimal(3), reason="02 điểm tập kết rác chưa dọn sau hai lần nhắc."),
}
"""Place of a village → what the commune found of II.2."""


def write_villages(scene: Scene) -> Season:
    villages = list(Part.objects.on(scene.today).filter(unit=scene.commune, kind=Part.Kind.VILLAGE).order_by("pk"))
    criteria = write_village_set(scene.commune, scene.year, actor=scene.officer)
    word = scene.commune.village_word
    values = ClusterValues(f"Cụm thi đua các {word}", reviewer=scene.officer.person)
    season = create_cluster_with_year(scene.commune, actor=scene.officer, values=values, year=scene.year)
    _seat(scene, fresh(season), villages)
    season = fresh(season)
    rules = Settings(criteria=criteria, has_cross=False, has_head=False)
    quotas = [QuotaData("Giấy khen của Chủ tịch UBND xã", 5)]
    save_settings(season, actor=scene.officer, version=season.version, values=rules, quotas=quotas)
    start(fresh(season), actor=scene.officer)
    _give_targets(scene, fresh(season))
    open_scoring(fresh(season), actor=scene.officer)
    _score(scene, fresh(season))
    return season


def _seat(scene: Scene, season: Season, villages: Sequence[Part]) -> None:
    roles = {0: Member.Role.HEAD, 1: Member.Role.DEPUTY}
    rows = [
        MemberData(title_of(part), roles.get(at, Member.Role.MEMBER), part=part.pk) for at, part in enumerate(villages)
    ]
    save_members(season, actor=scene.officer, version=season.version, rows=rows)


def _give_targets(scene: Scene, season: Season) -> None:
    leaves = leaves_of(VILLAGES)
    cells = {
        (member.pk, row.pk): Given(target)
        for row in Criterion.objects.filter(set=season.criteria_id, code__in=leaves)
        for member in season.members.all()
        if (target := target_of(leaves[row.code], draw_of(member), season.year)) is not None
    }
    give_targets(season, cells, seen={}, actor=scene.officer)


def _score(scene: Scene, season: Season) -> None:
    """For each village what it brought on paper, then what the commune says to it."""
    rows = {row.code: row for row in Criterion.objects.filter(set=season.criteria_id)}
    leaves, sheets = leaves_of(VILLAGES), sheets_of(season)[:_BEGUN]
    cells = []
    for sheet in sheets:
        said = sayings(leaves, draw_of(sheet.member), season.year)
        is_begun_only = sheet.member.order > _HANDED_IN
        cells += [
            Saying(sheet, rows[code], values, 0)
            for code, values in said.items()
            if not (is_begun_only and code.startswith("III"))
        ]
    save_many(cells, stage=SheetStage.SELF, actor=scene.officer)
    for sheet in sheets[:_HANDED_IN]:
        hand_in(sheet, actor=scene.officer)
    for sheet in sheets[:_DONE]:
        _review(scene, sheet, rows["II.2"])


def _review(scene: Scene, sheet: ScoreSheet, row: Criterion) -> None:
    if (values := _CUT.get(sheet.member.order)) is not None:
        save_many([Saying(sheet, row, values, 0)], stage=SheetStage.REVIEW, actor=scene.officer)
    accept(sheet, stage=SheetStage.REVIEW, actor=scene.officer)
    hand_in(sheet, actor=scene.officer)
