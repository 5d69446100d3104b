"""A season as tests need it: a province, four communes in one cluster, nine criteria of most kinds, score sheets.

Rows are written as they are, past the services, so that a test of a service starts clean.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field

from clusters.models import Cluster, CriteriaSet, Criterion, Member, ScoreSheet, Season, Step
from clusters.states import SeasonState, SetState
from tests.factories import Role, UnitFactory, UserFactory
from units.models import Unit, User

NAMES = ("An Bình", "Bình Minh", "Cẩm Sơn", "Đông Hải")
LATE = {"late": [{"days": 5, "points": 5}, {"days": 10, "points": 10}, {"days": 15, "points": 20}], "returned_each": 5}
BANDS = {"bands": [{"from": 30, "points": 5}, {"from": 50, "points": 10}, {"from": 70, "points": 15}]}
TREE: tuple[tuple[str, str, str, int, dict], ...] = (
    ("I", "", "Phát triển kinh tế - xã hội", 50, {}),
    ("I.1", "ratio", "Thu ngân sách trên địa bàn", 20, {"measure": "tỷ đồng", "tie_order": 1}),
    ("I.2", "ratio", "Tỷ lệ hộ nghèo", 10, {"is_lower_better": True, "measure": "%"}),
    ("I.3", "ratio_leader", "Thu nhập bình quân đầu người", 20, {"measure": "triệu đồng"}),
    ("II", "", "Công tác thi đua, khen thưởng", 50, {}),
    ("II.1", "yes_no", "Ban hành kế hoạch đúng hạn", 10, {"needs_evidence": True}),
    ("II.2", "bands", "Tỷ lệ khen thưởng người lao động trực tiếp", 15, {"rule": BANDS, "tie_order": 2}),
    ("II.3", "manual", "Chế độ họp, sinh hoạt cụm", 25, {"starts_full": True, "confirmed_by": "review"}),
    ("III", "bonus", "Điểm thưởng", 15, {}),
    ("IV", "penalty", "Điểm trừ", 50, {"rule": LATE, "scored_by": "review"}),
)


@dataclass
class Round:
    """The season with everybody who has to do with it."""

    province: Unit
    noivu: User
    """Reviewer of the organiser."""
    season: Season
    communes: list[Unit]
    officers: list[User]
    """One of each commune, in the same order: the first commune is the head, the second its deputy."""
    criteria: dict[str, Criterion]
    sheets: list[ScoreSheet] = field(default_factory=list)

    @property
    def members(self) -> list[Member]:
        return [sheet.member for sheet in self.sheets]


def a_round(*, year: int = 2026, state: str = SeasonState.SCORING, names: tuple[str, ...] = NAMES) -> Round:
    province = UnitFactory(province=True)
    noivu = UserFactory(role=Role.REVIEWER, unit=province)
    cluster = Cluster.objects.create(unit=province, name="Cụm thi đua số 2")
    criteria_set = CriteriaSet.objects.create(
        unit=province, name=f"Bộ tiêu chí năm {year}", year=year, state=SetState.PUBLISHED
    )
    criteria = _criteria(criteria_set)
    season = Season.objects.create(cluster=cluster, year=year, state=state, criteria=criteria_set)
    communes = [UnitFactory(name=name, parent=province) for name in names]
    officers = [UserFactory(role=Role.OFFICER, unit=commune) for commune in communes]
    roles = [Member.Role.HEAD, Member.Role.DEPUTY, *[Member.Role.MEMBER] * len(names)]
    found = Round(province, noivu, season, communes, officers, criteria)
    for order, (commune, role) in enumerate(zip(communes, roles, strict=False), start=1):
        member = Member.objects.create(season=season, order=order, unit=commune, name=f"Xã {commune.name}", role=role)
        found.sheets.append(ScoreSheet.objects.create(member=member))
    Step.objects.create(
        season=season,
        order=1,
        kind=Step.Kind.REPORT,
        text="Gửi báo cáo tổng kết",
        due=dt.date(year, 11, 30),
        asks_members=True,
    )
    return found


def _criteria(criteria_set: CriteriaSet) -> dict[str, Criterion]:
    rows: dict[str, Criterion] = {}
    for order, (code, kind, title, maximum, more) in enumerate(TREE, start=1):
        parent = rows.get(code.rpartition(".")[0])
        rows[code] = Criterion.objects.create(
            set=criteria_set, parent=parent, order=order, code=code, title=title, maximum=maximum, kind=kind, **more
        )
    return rows
