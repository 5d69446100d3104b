"""Results of one period out of sheets and into them, one row a figure; written by ``campaigns.results.services``.

A sheet of ours carries in its last column which result stood in each row when it was made. So a file that comes back
late changes only what somebody edited in it; where somebody else entered a figure meanwhile, both are told.
"""

from __future__ import annotations

from collections.abc import Mapping, MutableMapping
from decimal import Decimal
from typing import Any, ClassVar, Self

from django.utils import timezone

from campaigns.excel.cells import Figure, PeriodCell, as_number, how_read
from campaigns.excel.spots import WHOLE, Results, Spot, bearer_key, cell_of
from campaigns.figures import show_figure
from campaigns.models import Campaign, Result, Target
from campaigns.periods import Period
from campaigns.results import selectors
from campaigns.results.doubts import doubt
from campaigns.results.services import Entry, NotRunning, is_open, record_results
from campaigns.selectors import inside_campaigns
from core.cells import RowByName, Whole, Words, as_words, name_key
from core.errors import AppError
from core.resources import Column, SheetResource, Work
from core.sheets.tables import Table
from units.models import Part, Unit

KIND = "campaigns.results"
PERIOD, ODD = "period", "odd"
_LARGEST_KEY = 999_999_999
_SHOWN = 300
"""Letters by which a target is named."""
_MISREAD = 20
"""A percentage so many times below its target, in a cell of numbers, is most likely one that Excel shows as 98 %."""


class NoRight(AppError):
    message = "Bạn không còn quyền nhập kết quả của phong trào này."


class NoPeriod(AppError):
    message = "Chọn một kỳ của phong trào."


class TargetByText(RowByName):
    """Long ones also by their beginning, as papers and lists cut them."""

    def read(self, value: Any) -> Target:
        text = " ".join(as_words(value).split())
        return super().read(text if name_key(text) in self.rows else text[:_SHOWN])


class ResultResource(SheetResource):
    sheet_name = "Kết quả"
    examples: ClassVar = ()

    target = Column(
        "target",
        "Chỉ tiêu",
        TargetByText("phong trào không có chỉ tiêu «{}»; hãy chép đúng lời chỉ tiêu như trong tệp mẫu"),
        also=("Nội dung chỉ tiêu", "Tên chỉ tiêu", "Nội dung"),
        key=True,
        hint="Đúng lời như ở trang Chỉ tiêu.",
        width=60,
    )
    place = Column(
        "place",
        "Nơi thực hiện",
        RowByName("«{}» không có trong danh sách của đơn vị; số chung thì ghi Toàn đơn vị"),
        also=("Thôn/Đơn vị", "Nơi", "Bộ phận", "Thôn"),
        key=True,
        hint="Tên thôn, trường, cơ quan; số chung thì ghi Toàn đơn vị.",
        width=30,
    )
    measure = Column("measure", "Đơn vị tính", Words(), shown_only=True, width=12)
    aim = Column("aim_words", "Số giao", Words(), shown_only=True, width=18)
    period = Column("period", "Kỳ", PeriodCell(), also=("Kỳ báo cáo",), hint="Để trống là kỳ đang nhập.", width=22)
    value = Column(
        "value",
        "Thực hiện",
        Figure(),
        also=("Kết quả", "Kết quả thực hiện", "Số thực hiện"),
        hint="Lũy kế đến hết kỳ, như 2.350 hoặc 12,5. Chưa có số thì để trống.",
        width=16,
    )
    note = Column("note", "Ghi chú", Words(2_000), width=40)
    was = Column(
        "was",
        "Mã dòng",
        Whole(1, _LARGEST_KEY),
        hint="Chương trình ghi khi xuất, đừng sửa.",
        width=12,
    )

    class Meta:
        model = Result
        fields = ("target", "place", "measure", "aim", "period", "value", "note", "was")
        export_order = fields

    campaign: Campaign
    chosen: Period
    actor: Any
    options: Mapping[str, str]

    @classmethod
    def opened(cls, *, actor: Any, target_id: int, options: Mapping[str, str]) -> Self:
        campaign = inside_campaigns(actor).select_related("unit").filter(pk=target_id).first()
        if campaign is None or not actor.has_perm("campaigns.write_campaign", campaign):
            raise NoRight
        if not is_open(campaign):
            raise NotRunning
        period = selectors.chosen_period(campaign, options.get(PERIOD, ""))
        if period is None:
            raise NoPeriod
        resource = cls()
        resource.campaign, resource.chosen = campaign, period
        resource.actor, resource.options = actor, options
        return resource

    def offer(self, targets: list[Target], bearers: list[Part | Unit]) -> None:
        """What the cells may name."""
        self.fields["target"].widget.offer(targets, lambda one: str(one.wave or f"chỉ tiêu {one.order}"))
        self.fields["place"].widget.offer([WHOLE, *bearers], lambda one: getattr(one, "get_kind_display", str)())

    # -- In ------------------------------------------------------------------------------

    def prepare(self, table: Table) -> None:
        campaign = self.campaign
        targets = list(selectors.targets_of(campaign))
        for target in targets:
            target.campaign = campaign
        self.offer(targets, selectors.bearers_of(campaign))
        offered = selectors.periods_to_report(campaign)
        years = [f"{year}" for year in sorted({offered[0].first.year, offered[-1].last.year})]
        self.fields["period"].widget.offer(offered, campaign.year, " - ".join(years))
        self.shares = selectors.shares_of(campaign)
        self.figures = selectors.figures_of(campaign)
        self.results = Results.of(campaign, self.chosen)
        self.has_keys = "was" in table.columns
        self.spots: dict[int, Spot] = {}
        self.names: dict[int, str] = {}
        self.entries: list[Entry] = []
        self.row: Mapping[str, Any] = {}

    def before_import_row(self, row: MutableMapping[str, Any], row_number: int = 0, **kwargs: Any) -> None:
        self.row = row
        try:
            target = self.fields["target"].widget.clean(row.get(self.fields["target"].column_name))
        except ValueError:
            target = None
        self.fields["value"].widget.measure = target.measure if target else ""
        super().before_import_row(row, row_number, **kwargs)
        said = (row.get(self.fields[name].column_name) for name in ("target", "place"))
        self.names[self.work.number] = ", ".join(one for one in said if isinstance(one, str))

    def find(self, work: Work) -> Spot | None:
        """None where a first figure comes; a row without one is about what stands there, if only nothing."""
        target, place = work.values["target"], work.values["place"]
        period = work.values.get("period", self.chosen)
        if period != self.chosen:
            raise AppError(f"Dòng này của {period}, còn đang nhập {self.chosen}. Hãy chọn đúng kỳ khi nạp tệp.")
        key = bearer_key(place)
        share = self.shares.get(target.pk, {}).get(key) if key else None
        spot = Spot(target, place, period, self.results.counted.get((target.pk, key)), share)
        self.spots[work.number] = spot
        self._check_key(work, spot)
        is_kept = self._is_late(work, spot) and not self._is_edited(work)
        return spot if is_kept or spot.value is not None or "value" not in work.values else None

    def same_as(self, work: Work) -> tuple[str, Any]:
        return "row", self.spots[work.number].pk

    def import_instance(self, instance: Any, row: Mapping[str, Any], **kwargs: Any) -> None:
        super().import_instance(instance, row, **kwargs)
        work = self.work
        for name in ("target", "place", "period", "was"):
            work.changes.pop(name, None)
        spot = self.spots[work.number]
        if work.changes and self._is_late(work, spot) and not self._is_edited(work):
            work.notes.append(f"Giữ như mới ghi: {_told(spot.result)} sau khi tệp này được xuất.")
            work.changes.clear()

    def _is_late(self, work: Work, spot: Spot) -> bool:
        """Somebody entered another figure here since our file was made."""
        key = work.values.get("was")
        is_none_still = key is None and spot.value is None
        return self.has_keys and spot.was != key and not is_none_still

    def _is_edited(self, work: Work) -> bool:
        """Against what stood here when the file was made."""
        before = self.results.all.get(work.values.get("was", 0))
        if before is None:
            return "value" in work.values
        said = work.values.get("value", before.value), work.values.get("note", before.note)
        return said[0] != before.value or not self.fields["note"].widget.is_same(before.note, said[1])

    def check(self, work: Work) -> None:
        spot = self.spots[work.number]
        if self._is_late(work, spot):
            ours = show_figure(work.values.get("value"))
            raise AppError(f"{_told(spot.result)}; tệp ghi {ours}. Hãy xuất tệp mới, xem lại rồi sửa trong tệp đó.")
        if "value" not in work.changes:
            if spot.value is None:
                raise AppError("Ghi số thực hiện; chỉ có ghi chú thì chưa đủ.")
            return
        figure = work.values["value"]
        cell = self.row.get(self.fields["value"].column_name)
        if odd := self._odd(spot, figure, cell):
            if self.options.get(ODD) != "True":
                raise AppError(f"Thực hiện {show_figure(figure)} {odd}")
            work.notes.append(f"Số lạ: {show_figure(figure)} {odd}")
        if told := how_read(cell, figure):
            work.notes.append(told)

    def _check_key(self, work: Work, spot: Spot) -> None:
        before = self.results.all.get(work.values.get("was", 0))
        if "was" in work.values and (before is None or cell_of(before) != spot.cell):
            raise AppError("Mã dòng không phải của chỉ tiêu và nơi này; hãy xuất tệp mới, đừng sửa cột Mã dòng.")

    def _odd(self, spot: Spot, figure: Decimal, cell: Any) -> str:
        """Half a sentence, as on the page; and what only sheets do."""
        if figure < 0:
            return "là số âm; hãy xem lại dấu trừ."
        low, is_number = spot.aim.low or Decimal(0), isinstance(cell, int | float)
        if spot.measure.startswith("%") and is_number and 0 < figure <= low / _MISREAD:
            shown = show_figure(figure * 100)
            return f"là {show_figure(figure)} %. Nếu Excel đang hiện {shown} % thì gõ {shown}, không có dấu %."
        others = [
            one
            for one in self.figures.get(spot.target.pk, [])
            if one.bearer == spot.cell[1] and one.period != spot.period
        ]
        return doubt(spot.aim, figure, spot.measure, spot.period, others)

    def create(self, work: Work) -> None:
        """What stands in the cell stays where the row is silent about it."""
        spot = self.spots[work.number]
        bearer = spot.bearer
        note = work.values["note"] if "note" in work.changes else spot.note
        self.entries.append(
            Entry(
                target=spot.target,
                period=spot.period.code,
                value=work.values["value"] if "value" in work.changes else spot.value,
                part=bearer if isinstance(bearer, Part) else None,
                lower=bearer if isinstance(bearer, Unit) else None,
                was=spot.was,
                note=note,
                evidence=spot.result.evidence if spot.result else None,
            )
        )

    change = create

    def finish(self) -> None:
        if self.entries:
            record_results(self.campaign, self.entries, actor=self.actor)

    def label(self, work: Work) -> str:
        return str(self.spots.get(work.number) or self.names.get(work.number, ""))

    # -- Out -----------------------------------------------------------------------------

    def dehydrate_value(self, spot: Spot) -> Any:
        return as_number(spot.value)


def _told(result: Result | None) -> str:
    """«Nguyễn Thị Lan đã ghi 2.350 lúc 09:05 05/07»."""
    if result is None:
        return ""
    act = "đã rút số" if result.value is None else f"đã ghi {show_figure(result.value)}"
    return f"{result.by or 'Người khác'} {act} lúc {timezone.localtime(result.at):%H:%M %d/%m}"
