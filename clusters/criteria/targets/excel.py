"""Targets out of sheets and into them: a row for each criterion and member."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, ClassVar, Self

from django.http import Http404, QueryDict

from campaigns.excel.cells import as_number
from campaigns.figures import UnfitFigure
from clusters.criteria.excel import Code
from clusters.criteria.targets import selectors
from clusters.criteria.targets.services import give_targets
from clusters.criteria.targets.values import NOT_GIVEN, Given, Key, read_given
from clusters.models import Assignment, Criterion, Member, Season
from core.cells import Cell, RowByName, UnfitCell, Words
from core.errors import AppError
from core.exporting import Listed
from core.resources import Column, SheetResource, Work
from core.sheets.tables import Table

KIND = "clusters.targets"


class NoRight(AppError):
    message = "Bạn không còn ghi được chỉ tiêu giao của năm này."


class GivenCell(Cell):
    """A figure, or «không giao»."""

    def read(self, value: Any) -> Given:
        try:
            return read_given(value)
        except UnfitFigure as error:
            raise UnfitCell(str(error)) from None

    def render(self, value: Any, obj: Any = None, **kwargs: Any) -> str:
        return str(value or "")


@dataclass(frozen=True, slots=True)
class Spot:
    """One cell of the page."""

    criterion: Criterion
    member: Member
    given: Given

    @property
    def pk(self) -> Key:
        return self.member.pk, self.criterion.pk

    @property
    def code(self) -> str:
        return self.criterion.code

    @property
    def title(self) -> str:
        return self.criterion.title

    @property
    def measure(self) -> str:
        return self.criterion.measure


class GivenResource(SheetResource):
    sheet_name = "Chỉ tiêu giao"
    examples: ClassVar = (("I.1", "Xã An Bình", "12,5"), ("I.2", "Xã An Bình", NOT_GIVEN))

    code = Column("code", "Mã", Code(40), also=("Mã tiêu chí",), key=True, hint="Mã trong bộ tiêu chí.", width=10)
    title = Column("title", "Tiêu chí", Words(2_000), shown_only=True, width=50)
    measure = Column("measure", "Đơn vị tính", Words(80), shown_only=True, width=14)
    member = Column(
        "member", "Đơn vị", RowByName("năm này không có đơn vị «{}»"), also=("Đơn vị thành viên",), key=True, width=30
    )
    given = Column(
        "given", "Kế hoạch giao", GivenCell(), also=("Chỉ tiêu giao",), hint="Số, hoặc: không giao.", width=16
    )

    class Meta:
        model = Assignment
        fields = ("code", "title", "measure", "member", "given")
        export_order = fields

    season: Season
    actor: Any

    @classmethod
    def opened(cls, *, actor: Any, target_id: int, options: Mapping[str, str]) -> Self:
        season = selectors.seasons_with_criteria(actor).filter(pk=target_id).first()
        members = list(season.members.all()) if season else []
        if season is None or not any(selectors.may_give(actor, season, one) for one in members):
            raise NoRight
        resource = cls.of(season)
        resource.actor = actor
        return resource

    @classmethod
    def of(cls, season: Season) -> Self:
        resource = cls()
        resource.season = season
        resource.fields["member"].widget.offer(season.members.all())
        return resource

    # -- In ------------------------------------------------------------------------------

    def prepare(self, table: Table) -> None:
        self.criteria = {row.code: row for row in selectors.criteria_of(self.season, every=True)}
        self.there = selectors.given(self.season)
        self.cells: dict[Key, Given] = {}

    def find(self, work: Work) -> Spot:
        criterion = self.criteria.get(work.values["code"])
        if criterion is None:
            raise AppError(f"Bộ tiêu chí không có tiêu chí mã «{work.values['code'][:40]}» trong thang điểm.")
        member = work.values["member"]
        return Spot(criterion, member, self.there.get((member.pk, criterion.pk), Given()))

    def label(self, work: Work) -> str:
        return f"{work.values.get('code', '')}, {work.values.get('member', '')}"

    def check(self, work: Work) -> None:
        spot: Spot = work.found
        given: Given = work.values.get("given", spot.given)
        if not selectors.may_give(self.actor, self.season, spot.member):
            raise AppError(f"Bạn không ghi được chỉ tiêu của {spot.member}.")
        if given.target is not None and spot.criterion.kind not in selectors.OF_TARGETS:
            raise AppError("Tiêu chí này không tính theo kế hoạch; chỉ ghi được «không giao».")

    def create(self, work: Work) -> None:
        raise AssertionError("every row is about a cell that is there")

    def change(self, work: Work) -> None:
        self.cells[work.found.pk] = work.values["given"]

    def finish(self) -> None:
        give_targets(self.season, self.cells, seen=self.there, actor=self.actor)

    # -- Out -----------------------------------------------------------------------------

    def dehydrate_given(self, spot: Spot) -> Any:
        return as_number(spot.given.target) if spot.given.is_assigned else NOT_GIVEN


class Spots:
    """Counted and gone through as a list of rows is."""

    def __init__(self, rows: list[Spot]) -> None:
        self.rows = rows

    def count(self) -> int:
        return len(self.rows)

    def iterator(self, **kwargs: Any) -> Iterator[Spot]:
        return iter(self.rows)

    def __iter__(self) -> Iterator[Spot]:
        return iter(self.rows)


def list_targets(user: Any, season_id: int, query: QueryDict) -> Listed:
    """The criteria that are measured by a target, and those that somebody was not given."""
    season = selectors.seasons_with_criteria(user).filter(pk=season_id).first()
    if season is None:
        raise Http404
    given = selectors.given(season)
    rows = [
        Spot(row, member, given.get((member.pk, row.pk), Given()))
        for row in selectors.criteria_of(season, every=True)
        for member in season.members.all()
        if row.kind in selectors.OF_TARGETS or (member.pk, row.pk) in given
    ]
    listed: Any = Spots(rows)
    title = f"Chỉ tiêu giao: {season}"[:200]
    return Listed(GivenResource.of(season), listed, title, f"chi-tieu-giao-{season.pk}", season.unit_id)
