"""One member's sheet out to Excel, to print or to fill in, and its filled return in: for who has no account.

What is typed is the same as on the page; a blank cell changes nothing. A sheet of ours carries in its last column
which row it is and what stood there when it was made. So a file that comes back late changes only what somebody
edited in it; where somebody else saved the row meanwhile, both are told.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, ClassVar, Self

from django.utils import timezone

from clusters.models import Criterion, Entry, ScoreSheet, Season
from clusters.selectors import visible_sheets
from clusters.sheets.acting import works_now
from clusters.sheets.board import Board, Cell, Line
from clusters.sheets.services import NotYours, Saying, Work, cleaned_reason, save_many
from clusters.sheets.typed import Values, hint_of, read_typed, said_in_words, typed_text, values_of
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
    was: str = ""


@dataclass(frozen=True, slots=True)
class Key:
    """Which cell of which sheet a row was made of, and what stood there; written as «12-340-7-9f3c21ab-e3b0c442»."""

    sheet: int
    criterion: int
    version: int
    """Of the entry of the sheet's stage; 0: there was none."""
    value: str
    reason: str
    """Digests, by which an edited cell is told from one that was left alone."""

    @classmethod
    def of(cls, sheet: int, criterion: int, version: int, *, value: str, reason: str) -> Key:
        return cls(sheet, criterion, version, _digest(value), _digest(reason))

    @classmethod
    def read(cls, text: str) -> Key | None:
        parts = text.split("-")
        if len(parts) != 5 or not all(one.isascii() and one.isdecimal() and len(one) < 19 for one in parts[:3]):
            return None
        return cls(int(parts[0]), int(parts[1]), int(parts[2]), parts[3], parts[4])

    def __str__(self) -> str:
        return f"{self.sheet}-{self.criterion}-{self.version}-{self.value}-{self.reason}"


def _digest(text: Any) -> str:
    """Of a cell as offices read it: letters' case, blanks and what Excel makes of a number aside."""
    return hashlib.sha256(fold(as_words(text or "")).encode()).hexdigest()[:8]


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
    was = Column("was", "Mã dòng", Words(120), hint="Chương trình ghi khi xuất, đừng sửa.", width=14)

    class Meta:
        model = Entry
        fields = ("code", "title", "maximum", "target", "how", "value", "reason", "was")
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
        self._check_key(work, row)
        own, leaf = self._own(row), self.cells.leaves[row.pk]
        values = values_of(own) if own else Values()
        return Spot(row.pk, row.code, row.title, "", "", hint_of(leaf), typed_text(leaf, values), values.reason)

    def _own(self, row: Criterion) -> Entry | None:
        return self.cells.there.get((self.sheet.pk, row.pk), {}).get(self.sheet.stage)

    def import_instance(self, instance: Any, row: Mapping[str, Any], **kwargs: Any) -> None:
        super().import_instance(instance, row, **kwargs)
        work, changes = self.work, self.work.changes
        for name in ("code", "was"):
            changes.pop(name, None)
        if (key := self._key(work)) is None or not changes or _edited(work, key):
            return
        changes.clear()
        criterion = self.by_code[_plain(work.values["code"])]
        if self._is_late(key, criterion):
            work.notes.append(f"Giữ như mới ghi: {self._last_said(criterion)} sau khi tệp này được xuất.")

    def _key(self, work: RowWork) -> Key | None:
        """None: the file is not one of ours, or its row was typed by hand."""
        return Key.read(str(work.values.get("was", "")))

    def _check_key(self, work: RowWork, row: Criterion) -> None:
        if "was" not in work.values:
            return
        key = self._key(work)
        if key is None or key.criterion != row.pk:
            raise AppError("Mã dòng không phải của tiêu chí này; hãy xuất tệp mới, đừng sửa cột Mã dòng.")
        if key.sheet != self.sheet.pk:
            raise AppError(f"Dòng này của bảng điểm khác, không phải của {self.sheet.member}. Hãy chọn đúng tệp.")

    def _is_late(self, key: Key, row: Criterion) -> bool:
        """Somebody saved the cell since our file was made."""
        own = self._own(row)
        return key.version != (own.version if own else 0)

    def _last_said(self, row: Criterion) -> str:
        """«Lò Thị An đã ghi 98,5 lúc 09:05 05/07»."""
        own = self._own(row)
        if own is None:
            return "đã có người xóa nội dung của dòng này"
        said = said_in_words(self.cells.leaves[row.pk], values_of(own)) or "lý do"
        return f"{own.by or 'Người khác'} đã ghi {said} lúc {timezone.localtime(own.at):%H:%M %d/%m}"

    def _refuse_clash(self, work: RowWork, row: Criterion) -> None:
        key = self._key(work)
        if key is None or not work.changes or not self._is_late(key, row):
            return
        told = self._last_said(row)
        ours = " ".join(as_words(work.values.get("value", "")).split()) or "để trống"
        raise AppError(
            f"{told[:1].upper()}{told[1:]}; tệp ghi {ours}. Hãy xuất tệp mới, xem lại rồi sửa trong tệp đó."
        )

    def check(self, work: RowWork) -> None:
        row = self.by_code[_plain(work.values["code"])]
        self._refuse_clash(work, row)
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
                yield ["", "", f"{line.row.code}. {line.row.title}", "", "", "", "", "", ""]
                continue
            number += 1
            cell = board.cell(sheet, line.row)
            yield [number, *self.export_resource(_spot(sheet, line, cell))]


def _spot(sheet: ScoreSheet, line: Line, cell: Cell) -> Spot:
    row = line.row
    how = line.hint if cell.is_assigned else "Không giao chỉ tiêu, không chấm."
    key = Key.of(sheet.pk, row.pk, cell.version, value=cell.typed, reason=cell.reason)
    return Spot(row.pk, row.code, row.title, line.maximum, cell.target, how, cell.typed, cell.reason, str(key))


def _edited(work: RowWork, key: Key) -> bool:
    """Whether a cell that says something says other than when the file was made."""
    stood = {"value": key.value, "reason": key.reason}
    return any(name in work.values and _digest(work.values[name]) != digest for name, digest in stood.items())


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
        note="Ghi vào cột Kết quả hoặc điểm và cột Lý do, lưu tệp rồi gửi lại. Đừng đổi tên cột, cột Mã, cột Mã dòng.",
        with_hints=True,
    )
    return workbook([data]), f"bang-cham-{sheet.pk}-{season.year}"
