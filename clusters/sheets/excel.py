"""One member's sheet out to Excel, to print or to fill in, and its filled return in: for who has no account.

What is typed is the same as on the page; a blank cell changes nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, ClassVar, Self

from clusters.models import Criterion, Entry, ScoreSheet, Season
from clusters.selectors import visible_sheets
from clusters.sheets.acting import works_now
from clusters.sheets.board import Board, Line
from clusters.sheets.services import NotYours, Saying, Work, cleaned_reason, save_many
from clusters.sheets.typed import Values, hint_of, read_typed, typed_text, values_of
from clusters.standing import read_season
from core.cells import Words, as_words
from core.errors import AppError
from core.resources import Column, SheetResource
from core.resources import Work as RowWork
from core.sheets.tables import Table
from core.sheets.writing import SheetData, workbook
from core.text import fold

KIND = "clusters.sheet"


@dataclass(slots=True)
class Spot:
    """One leaf of the sheet as it stands."""

    pk: int
    code: str
    title: str
    maximum: str
    target: str
    how: str
    value: str
    reason: str


class Typed(Words):
    """Whatever a person types or Excel makes of it, as words."""

    def is_same(self, old: Any, new: Any) -> bool:
        return fold(str(old or "")) == fold(str(new or ""))


class SheetOfMember(SheetResource):
    sheet_name = "Bảng chấm điểm"
    examples: ClassVar = ()

    code = Column("code", "Mã", Words(40), also=("Mã tiêu chí", "Mã số"), key=True, width=10)
    title = Column("title", "Tiêu chí", Words(), shown_only=True, width=60)
    maximum = Column("maximum", "Điểm chuẩn", Words(), shown_only=True, width=11)
    target = Column("target", "Kế hoạch giao", Words(), shown_only=True, width=16)
    how = Column("how", "Cách ghi", Words(), shown_only=True, width=36)
    value = Column(
        "value",
        "Kết quả hoặc điểm",
        Typed(400),
        also=("Kết quả", "Thực hiện", "Tự chấm", "Điểm tự chấm", "Điểm trừ", "Điểm"),
        hint="Ghi theo cột Cách ghi. Để trống là giữ nguyên.",
        width=18,
    )
    reason = Column("reason", "Lý do", Words(2_000), also=("Ghi chú", "Giải trình", "Lý do trừ điểm"), width=40)

    class Meta:
        model = Entry
        fields = ("code", "title", "maximum", "target", "how", "value", "reason")
        export_order = fields

    sheet: ScoreSheet
    actor: Any

    @classmethod
    def opened(cls, *, actor: Any, target_id: int, options: Mapping[str, str]) -> Self:
        sheet = visible_sheets(actor).filter(pk=target_id, member__season__criteria__isnull=False).first()
        if sheet is None:
            raise NotYours
        season = Season.objects.select_related("cluster__unit", "criteria").prefetch_related("members")
        sheet.member.season = season.get(pk=sheet.member.season_id)
        if not works_now(actor, sheet):
            raise NotYours
        resource = cls()
        resource.sheet, resource.actor = sheet, actor
        return resource

    def is_group(self, words: str) -> bool:
        """A row of ours says more than one thing; a head of a group nothing but its title."""
        return True

    # -- In ------------------------------------------------------------------------------

    def prepare(self, table: Table) -> None:
        season = self.sheet.member.season
        rows = list(Criterion.objects.filter(set=season.criteria_id).exclude(kind=Criterion.Kind.GROUP))
        self.by_code = {_plain(row.code): row for row in rows}
        self.cells = Work(season, self.sheet.stage, self.actor, [self.sheet], rows)
        self.sayings: dict[int, Saying] = {}

    def find(self, work: RowWork) -> Spot:
        row = self.by_code.get(_plain(work.values["code"]))
        if row is None:
            raise AppError(f"Bộ tiêu chí không có mã «{work.values['code'][:40]}»; hãy chép đúng mã trong tệp mẫu.")
        own, leaf = self._own(row), self.cells.leaves[row.pk]
        values = values_of(own) if own else Values()
        return Spot(row.pk, row.code, row.title, "", "", hint_of(leaf), typed_text(leaf, values), values.reason)

    def _own(self, row: Criterion) -> Entry | None:
        return self.cells.there.get((self.sheet.pk, row.pk), {}).get(self.sheet.stage)

    def import_instance(self, instance: Any, row: Mapping[str, Any], **kwargs: Any) -> None:
        super().import_instance(instance, row, **kwargs)
        self.work.changes.pop("code", None)

    def check(self, work: RowWork) -> None:
        row = self.by_code[_plain(work.values["code"])]
        own = self._own(row)
        before = values_of(own) if own else Values()
        said = work.values["value"] if "value" in work.changes else typed_text(self.cells.leaves[row.pk], before)
        values = read_typed(self.cells.leaves[row.pk], as_words(said), before)
        if "reason" in work.values:
            values = replace(values, reason=cleaned_reason(work.values["reason"]))
        saying = Saying(self.sheet, row, values, own.version if own else 0)
        self.cells.check(saying)
        self.sayings[work.number] = saying

    def create(self, work: RowWork) -> None:
        """Every row is about a criterion that is there."""

    change = create

    def finish(self) -> None:
        wanted = [self.sayings[work.number] for work in self.works if work.changes]
        saved = save_many(wanted, stage=self.sheet.stage, actor=self.actor)
        for refused in saved.refused:
            raise AppError(f"{refused.saying.criterion.code}: {refused.sentence}")
        for clash in saved.clashes:
            raise AppError(f"{clash.saying.criterion.code}: {clash.sentence}")

    def label(self, work: RowWork) -> str:
        row = self.by_code.get(_plain(str(work.values.get("code", ""))))
        return str(row) if row else str(work.values.get("code", ""))

    # -- Out -----------------------------------------------------------------------------

    def lines(self, sheet: ScoreSheet, user: Any) -> Iterable[Sequence[Any]]:
        """Groups as heads; leaves with what stands there in the present stage."""
        standing = read_season(sheet.member.season)
        stage = sheet.stage if sheet.stage in sheet.member.season.stages else sheet.member.season.stages[-1]
        board = Board(standing, stage, [sheet], user)
        number = 0
        for line in board.lines():
            if not line.row.kind:
                yield ["", "", f"{line.row.code}. {line.row.title}", "", "", "", "", ""]
                continue
            number += 1
            cell = board.cell(sheet, line.row)
            spot = _spot(line, cell.target, cell.typed, cell.reason, is_assigned=cell.is_assigned)
            yield [number, *self.export_resource(spot)]


def _spot(line: Line, target: str, value: str, reason: str, *, is_assigned: bool) -> Spot:
    how = line.hint if is_assigned else "Không giao chỉ tiêu, không chấm."
    return Spot(line.row.pk, line.row.code, line.row.title, line.maximum, target, how, value, reason)


def _plain(code: str) -> str:
    return "".join(code.casefold().split()).rstrip(".")


def written(sheet: ScoreSheet, user: Any) -> tuple[bytes, str]:
    """The workbook and the name of its file."""
    resource, season = SheetOfMember(), sheet.member.season
    data = SheetData(
        resource.sheet_name,
        f"Bảng chấm điểm {sheet.member}, {season}"[:200],
        resource.sheet_columns(),
        resource.lines(sheet, user),
        note="Ghi vào cột Kết quả hoặc điểm và cột Lý do, lưu tệp rồi gửi lại. Đừng đổi tên cột và cột Mã.",
        with_hints=True,
    )
    return workbook([data]), f"bang-cham-{sheet.pk}-{season.year}"
