"""Who plays in the clusters of the demonstration, in which years, and who acts for which commune."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils import timezone

from clusters.models import Member, ScoreSheet, Season
from clusters.rules import judges_of
from clusters.sheets.selectors import sheets_by_pk
from clusters.states import SheetStage
from core.errors import AppError
from core.text import fold
from tdkt.demo import texts
from tdkt.demo.office import REFORM, NamePool, Role
from units.models import Person, Unit, User
from units.services import add_person, grant_role

CALLED = "Cụm thi đua số 03"
"""The cluster whose plan the first stage wrote."""
SECOND = "Cụm thi đua số 04"
SIZE = 12
_POST = "Chuyên viên phụ trách thi đua, khen thưởng"
_JULY = 7


@dataclass(frozen=True)
class Scene:
    province: Unit
    commune: Unit
    officer: User
    reviewer: User
    communes: Sequence[Unit]
    officers: dict[int, User]
    """Commune → who acts for it."""
    plan_year: int
    """Of the commune's plan of the cluster, which it heads in that year."""
    year: int
    """The one in scoring."""
    today: dt.date

    def not_after(self, day: dt.date) -> dt.date:
        return min(day, self.today)

    def at(self, day: dt.date, hour: int = 9) -> dt.datetime:
        """A moment of that day, or now while it is still to come."""
        return min(
            dt.datetime(day.year, day.month, day.day, hour, tzinfo=timezone.get_current_timezone()), timezone.now()
        )

    def head_in(self, year: int) -> int:
        """Place among the members of a cluster: everybody's turn comes, the first one's in the plan's year."""
        return self.plan_year - year

    def deputy_in(self, year: int) -> int:
        """Who heads it the year after."""
        return self.head_in(year) - 1 if self.head_in(year) else 3

    def acting_on(self, sheet: ScoreSheet) -> User:
        """Who works on a sheet in the stage in which it lies."""
        if sheet.stage == SheetStage.SELF:
            return self._of(sheet.member)
        if sheet.stage == SheetStage.CROSS:
            assert sheet.cross_by is not None  # assigned when scoring was opened
            return self._of(sheet.cross_by)
        if sheet.stage == SheetStage.HEAD:
            return self._of(judges_of(sheet.member.season, sheet)[0])
        return self.reviewer

    def _of(self, member: Member) -> User:
        assert member.unit_id is not None  # members of the province's clusters are communes
        return self.officers[member.unit_id]


def scene_of() -> Scene:
    """Adds an officer to each commune that has none, one who never signs in."""
    today = timezone.localdate()
    officer, reviewer = (User.objects.get(username=name) for name in ("canbo", "noivu"))
    commune = officer.memberships.get().unit
    plan = Season.objects.filter(cluster__name=CALLED).order_by("-year").first()
    if plan is None or plan.year != today.year:
        raise AppError("Bản trình diễn này nạp từ năm trước. Hãy nạp lại vào một thư mục dữ liệu mới.")
    province = commune.parent
    assert province is not None  # the reform put every commune under its province
    communes = list(Unit.objects.on(today).filter(parent=province).order_by("pk")[: 2 * SIZE])
    officers = {commune.pk: officer, **_add_officers([one for one in communes if one != commune])}
    year = today.year if today.month >= _JULY else today.year - 1
    first = REFORM.year + 1  # before it no commune of today has been through a year
    return Scene(province, commune, officer, reviewer, communes, officers, plan.year, max(year, first), today)


def _add_officers(communes: Sequence[Unit]) -> dict[int, User]:
    pool, taken = NamePool(texts.names()["people"]), set(Person.objects.values_list("full_name", flat=True))
    found = {}
    for unit in communes:
        name, honorific = pool.next()
        while name in taken:
            name, honorific = pool.next()
        person = add_person(unit, actor=None, full_name=name, honorific=honorific, post=_POST)
        login = f"canbo.{fold(unit.name).replace(' ', '')}"
        user = User(username=login, email=f"{login}@vidu.example", person=person)
        user.set_unusable_password()
        user.save()
        grant_role(user, unit, Role.OFFICER, actor=None, valid_from=REFORM)
        found[unit.pk] = user
    return found


def fresh(season: Season) -> Season:
    return Season.objects.select_related("cluster__unit", "criteria").prefetch_related("members").get(pk=season.pk)


def draw_of(member: Member) -> int:
    """By which a member's figures are drawn: members of one place in two clusters are not alike."""
    return member.order if member.season.cluster.name == CALLED else member.order + 2 * SIZE


def sheets_of(season: Season, *stages: str) -> list[ScoreSheet]:
    """As they lie now, in the order of the members; of these stages, or all."""
    rows = ScoreSheet.objects.filter(member__season=season, stage__in=stages or SheetStage.values)
    return sheets_by_pk(fresh(season), rows.values_list("pk", flat=True))
