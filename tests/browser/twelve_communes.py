"""A cluster of twelve communes before anybody signs in: eleven sheets are reviewed, one commune comes late.

The level above is the province's Sở Nội vụ, or until 30 June 2025 the district's Phòng Nội vụ.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from clusters.models import (
    Assignment,
    Cluster,
    CriteriaSet,
    Criterion,
    Entry,
    Member,
    Quota,
    Receipt,
    ScoreSheet,
    Season,
    StageMark,
    Step,
)
from clusters.states import SeasonState, SetState, SheetStage, Stage
from tests.browser.season_people import in_office
from tests.browser.windows import PASSWORD
from tests.factories import IssuerFactory, PersonFactory, Role, UnitFactory, UserFactory
from units.models import Unit

DISTRICTS_ENDED = dt.date(2025, 6, 30)
REPORT = "Gửi báo cáo tổng kết"
FLAG, CERTIFICATE = "Cờ thi đua", "Bằng khen"
BANDS = {"bands": [{"from": 30, "points": 10}, {"from": 50, "points": 20}, {"from": 70, "points": 30}]}
LATE = {"late": [{"days": 5, "points": 5}, {"days": 10, "points": 10}, {"days": 15, "points": 20}]}
CRITERIA: tuple[tuple[str, str, str, int, dict[str, Any]], ...] = (
    ("I", "", "Phát triển kinh tế - xã hội", 60, {}),
    ("I.1", "ratio", "Thu ngân sách trên địa bàn", 20, {"measure": "tỷ đồng", "tie_order": 1}),
    ("I.2", "ratio", "Tỷ lệ hộ nghèo", 10, {"is_lower_better": True, "measure": "%"}),
    ("I.3", "bands", "Tỷ lệ khen thưởng người lao động trực tiếp", 30, {"rule": BANDS, "measure": "%"}),
    ("II", "", "Công tác thi đua, khen thưởng", 40, {}),
    ("II.1", "yes_no", "Ban hành kế hoạch đúng hạn", 10, {}),
    ("II.2", "count", "Mô hình, cách làm hay", 10, {"rule": {"points_each": 2}}),
    ("II.3", "manual", "Chế độ họp, sinh hoạt cụm", 20, {"starts_full": True, "confirmed_by": "review"}),
    ("III", "bonus", "Điểm thưởng", 5, {}),
    ("IV", "penalty", "Báo cáo chậm", 20, {"rule": LATE, "scored_by": "review"}),
)
TARGETS = {"I.1": 200, "I.2": 5}
OURS, HEAD, CHECKER, EQUAL = "Xã Gia Lộc", "Xã An Bình", "Xã Bình Minh", "Xã Cẩm Sơn"


@dataclass(frozen=True)
class Year:
    """``today``: when the reviewer works; of OURS nothing has come until then, which costs 10 points."""

    today: dt.date
    has_districts: bool

    @property
    def number(self) -> int:
        return self.today.year

    @property
    def due(self) -> dt.date:
        return self.today - dt.timedelta(days=11)

    @property
    def received(self) -> dt.date:
        """On the sixth day, which costs 5."""
        return self.due + dt.timedelta(days=6)

    @property
    def lateness(self) -> str:
        due, received = in_office(self.due), in_office(self.received)
        return f"Hạn {due}, nhận {received}: chậm 6 ngày, trừ 5 điểm theo mức từ 5 ngày."


TWO_LEVELS = Year(dt.date(2026, 11, 24), has_districts=False)
THREE_LEVELS = Year(dt.date(2024, 11, 26), has_districts=True)


@dataclass(frozen=True)
class Reached:
    """What a commune comes to after all stages; the rest (10 + 30 + 10 points) all have in full."""

    budget: int
    """Billions, of 200."""
    models: int
    deducted: int
    bonus: int = 0
    penalty: int = 0

    @property
    def groups(self) -> tuple[Decimal, ...]:
        economy = Decimal(20 * self.budget) / 200 + 10 + 30
        return economy, Decimal(10 + 2 * self.models + 20 - self.deducted), Decimal(self.bonus), Decimal(-self.penalty)

    @property
    def total(self) -> Decimal:
        return sum(self.groups, Decimal(0))


FINAL = {
    HEAD: Reached(200, 5, 2),
    CHECKER: Reached(180, 2, 3),
    EQUAL: Reached(190, 4, 5),
    "Xã Đông Hải": Reached(176, 2, 3),
    OURS: Reached(190, 4, 3, bonus=3, penalty=5),
    "Xã Hồng Thái": Reached(172, 2, 3),
    "Xã Kim Sơn": Reached(168, 2, 3),
    "Xã Long Phú": Reached(164, 2, 3),
    "Xã Minh Tân": Reached(160, 2, 3),
    "Xã Nam Sơn": Reached(156, 2, 3),
    "Xã Phú Lâm": Reached(152, 2, 3),
    "Xã Quang Trung": Reached(148, 2, 3),
}
"""OURS as it is scored in the test; the others were scored before."""


def officer_of(name: str) -> str:
    return f"canbo{list(FINAL).index(name) + 1}"


def twelve_communes(year: Year) -> Season:
    """With a published set, scoring is halted. «noivu» reviews; «sonoivu» is of the province above a district."""
    organiser = _organiser(year)
    season = Season.objects.create(
        cluster=Cluster.objects.create(unit=organiser, name="Cụm thi đua số 2"),
        year=year.number,
        state=SeasonState.RUNNING,
        criteria=_criteria(organiser, year),
    )
    for order, (award, count) in enumerate(((FLAG, 2), (CERTIFICATE, 1)), start=1):
        Quota.objects.create(season=season, order=order, award=award, count=count)
    step = Step.objects.create(
        season=season, order=1, kind=Step.Kind.REPORT, text=REPORT, due=year.due, asks_members=True
    )
    roles = {HEAD: Member.Role.HEAD, CHECKER: Member.Role.DEPUTY}
    for order, name in enumerate(FINAL, start=1):
        commune = UnitFactory(name=name.removeprefix("Xã "), parent=organiser, valid_to=organiser.valid_to)
        role = roles.get(name, Member.Role.MEMBER)
        member = Member.objects.create(season=season, order=order, unit=commune, name=name, role=role)
        for code, target in TARGETS.items():
            Assignment.objects.create(member=member, criterion=season.criteria.criteria.get(code=code), target=target)
        _account(officer_of(name), commune, f"Lò Văn {order}", Role.OFFICER)
        if name != OURS:
            _scored(member, FINAL[name])
            Receipt.objects.create(member=member, step=step, received_on=year.due)
    return season


def _organiser(year: Year) -> Unit:
    province = UnitFactory(province=True, name="Vĩnh Hà")
    if not year.has_districts:
        _account("noivu", province, "Đào Thị Nguyệt", Role.REVIEWER)
        return province
    _account("sonoivu", province, "Vi Thị Hòa", Role.REVIEWER)
    district = UnitFactory(district=True, name="Gia Bình", parent=province, valid_to=DISTRICTS_ENDED)
    _account("noivu", district, "Đào Thị Nguyệt", Role.REVIEWER)
    return district


def _account(username: str, unit: Unit, name: str, role: Role) -> None:
    IssuerFactory(unit=unit)
    user = UserFactory(username=username, unit=unit, role=role, person=PersonFactory(unit=unit, full_name=name))
    user.set_password(PASSWORD)
    user.save()


def _criteria(organiser: Unit, year: Year) -> CriteriaSet:
    found = CriteriaSet.objects.create(
        unit=organiser, name=f"Bộ tiêu chí năm {year.number}", year=year.number, state=SetState.PUBLISHED
    )
    rows: dict[str, Criterion] = {}
    for order, (code, kind, title, maximum, more) in enumerate(CRITERIA, start=1):
        parent = rows.get(code.rpartition(".")[0])
        rows[code] = Criterion.objects.create(
            set=found, parent=parent, order=order, code=code, title=title, maximum=maximum, kind=kind, **more
        )
    return found


def _scored(member: Member, reached: Reached) -> None:
    sheet = ScoreSheet.objects.create(member=member, stage=SheetStage.DONE)
    StageMark.objects.bulk_create(StageMark(sheet=sheet, stage=stage) for stage in Stage)
    rows = {row.code: row for row in member.season.criteria.criteria.all()}
    figures = {"I.1": reached.budget, "I.2": 5, "I.3": 72, "II.1": 1, "II.2": reached.models}
    for code, actual in figures.items():
        Entry.objects.create(sheet=sheet, criterion=rows[code], stage=Stage.SELF, actual=actual)
    reason = f"Vắng {reached.deducted:02} buổi sinh hoạt cụm"
    Entry.objects.create(
        sheet=sheet, criterion=rows["II.3"], stage=Stage.HEAD, deduction=reached.deducted, reason=reason
    )
