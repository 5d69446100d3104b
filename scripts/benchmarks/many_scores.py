"""A cluster's year in which every cell of every sheet is filled, for measuring: rows in bulk, past the services."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction

from clusters.models import Assignment, Cluster, CriteriaSet, Criterion, Entry, Member, ScoreSheet, Season
from clusters.states import SeasonState, SetState, SheetStage, Stage
from units.models import Membership, Unit, User

KINDS = ("manual", "yes_no") * 2 + ("manual", "count", "manual", "yes_no", "ratio", "manual", "ratio_leader")
"""Of the leaves, in turn: as in real sheets most are yes or no, or full until somebody deducts; few are formulas."""
OF_A_GROUP = 15
_RULES = {"count": {"points_each": 1}}
_REASON = "Vắng 02 buổi sinh hoạt cụm không có lý do, theo biên bản ngày 12/6"


@dataclass(slots=True)
class Scored:
    season: Season
    reviewer: User
    leaves: list[Criterion]
    sheets: list[ScoreSheet]

    def leaf(self, kind: str) -> Criterion:
        return next(row for row in self.leaves if row.kind == kind)


@transaction.atomic
def write_scores(name: str, *, members: int, leaves: int, year: int) -> Scored:
    """All sheets lie with the reviewer: each unit has said something of every row, the head cut every third."""
    province = Unit.objects.create(kind=Unit.Kind.PROVINCE, designation="tỉnh", name=name, code=f"T-{name}"[:20])
    reviewer = _user(f"{name}-tham-dinh", province, Membership.Role.REVIEWER)
    made = CriteriaSet.objects.create(unit=province, name=f"Bộ tiêu chí {name}", year=year, state=SetState.PUBLISHED)
    rows = list(_criteria(made, leaves))
    cluster = Cluster.objects.create(unit=province, name="Cụm thi đua số 2")
    season = Season.objects.create(cluster=cluster, year=year, state=SeasonState.SCORING, criteria=made)
    sheets, officers = _members(season, province, members)
    Assignment.objects.bulk_create(
        Assignment(member=sheet.member, criterion=row, target=50)
        for row in rows
        if row.kind in ("ratio", "ratio_leader")
        for sheet in sheets
    )
    Entry.objects.bulk_create(_entries(rows, sheets, officers), batch_size=1_000)
    return Scored(season, reviewer, rows, sheets)


def _user(name: str, unit: Unit, role: str) -> User:
    user = User.objects.create(username=name)
    Membership.objects.create(user=user, unit=unit, role=role)
    return user


def _criteria(made: CriteriaSet, leaves: int) -> Iterator[Criterion]:
    order, group = 0, None
    for at in range(leaves):
        if at % OF_A_GROUP == 0:
            order, number = order + 1, at // OF_A_GROUP + 1
            group = Criterion.objects.create(
                set=made,
                order=order,
                code=f"{number}",
                title=f"Nhóm nội dung thi đua số {number}",
                maximum=5 * OF_A_GROUP,
            )
        order, kind = order + 1, KINDS[at % len(KINDS)]
        yield Criterion.objects.create(
            set=made,
            parent=group,
            order=order,
            code=f"{at // OF_A_GROUP + 1}.{at % OF_A_GROUP + 1}",
            title=f"Thực hiện nội dung thi đua số {at + 1} theo kế hoạch đã đăng ký với cụm",
            maximum=5,
            kind=kind,
            rule=_RULES.get(kind, {}),
            starts_full=kind == "manual",
        )


def _members(season: Season, province: Unit, count: int) -> tuple[list[ScoreSheet], list[User]]:
    sheets, officers = [], []
    roles = [Member.Role.HEAD, Member.Role.DEPUTY, *[Member.Role.MEMBER] * count]
    for order, role in zip(range(1, count + 1), roles, strict=False):
        code = f"{province.code}-{order}"
        unit = Unit.objects.create(
            kind=Unit.Kind.COMMUNE, designation="xã", name=f"Vân Khê {order}", code=code, parent=province
        )
        officers.append(_user(f"{province.name}-{order}", unit, Membership.Role.OFFICER))
        member = Member.objects.create(season=season, order=order, unit=unit, name=unit.title, role=role)
        sheets.append(ScoreSheet.objects.create(member=member, stage=SheetStage.REVIEW))
    return sheets, officers


def _entries(rows: Sequence[Criterion], sheets: Sequence[ScoreSheet], officers: Sequence[User]) -> Iterator[Entry]:
    for sheet, officer in zip(sheets, officers, strict=True):
        for at, row in enumerate(rows):
            yield Entry(sheet=sheet, criterion=row, stage=Stage.SELF, by=officer, **_said(row, sheet.pk, at))
            if at % 3 == 0 and row.starts_full:
                yield Entry(sheet=sheet, criterion=row, stage=Stage.HEAD, deduction=2, reason=_REASON, by=officers[0])


def _said(row: Criterion, sheet: int, at: int) -> dict[str, Any]:
    if row.starts_full:
        return {"deduction": 1, "reason": "Gửi báo cáo chậm"} if at % 10 == 0 else {"deduction": 0}
    return {"actual": 1 if row.kind == "yes_no" else 40 + (sheet * 7 + at * 3) % 30}
