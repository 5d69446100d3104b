"""Targets of one campaign out of sheets and into them; rows are written by ``campaigns.results.targets``."""

from __future__ import annotations

from collections.abc import Mapping, MutableMapping
from dataclasses import replace
from decimal import Decimal
from typing import Any, ClassVar, Self

from django.http import Http404, QueryDict

from campaigns import measuring
from campaigns.excel.cells import Comparison, Figure, YesNo, as_number, how_read
from campaigns.figures import show_figure
from campaigns.interchange import adds_up
from campaigns.measuring import Aim
from campaigns.models import Campaign, Target
from campaigns.results import selectors
from campaigns.results.targets import FIELDS, MOST, TargetRow, checked, row_of, save_targets
from campaigns.selectors import inside_campaigns
from core.cells import Choice, Name, RowByName, Words, as_words, name_key
from core.errors import AppError, UnfitRow
from core.exporting import Listed
from core.resources import Column, SheetResource, Work
from core.sheets.tables import Table

KIND = "campaigns.targets"
BY, BY_TEXT, BY_NUMBER = "by", "loi", "so"
_FIGURES = ("low", "high", "baseline")


class NoRight(AppError):
    message = "Bạn không còn quyền nhập chỉ tiêu của phong trào này."


class TargetResource(SheetResource):
    sheet_name = "Chỉ tiêu"
    examples: ClassVar = (
        ("Sản lượng lúa cả năm", "đạt", "2.350", "", "tấn", "Tăng, đạt", "2.200", "", "", "Có"),
        ("Tỷ lệ người tham gia bảo hiểm y tế", "từ … trở lên", "95", "", "%", "Tăng, đạt", "93,5", "", "", "Không"),
        ("Tỷ lệ hộ nghèo", "từ … đến …", "1", "2", "%/năm", "Giảm, hạ", "", "", "", "Không"),
    )

    text = Column(
        "text", "Chỉ tiêu", Name(2_000), also=("Nội dung chỉ tiêu", "Tên chỉ tiêu", "Nội dung"), key=True, width=60
    )
    comparison = Column("comparison", "So sánh", Comparison(), hint="Chọn, hoặc ghi =, ≥, >, ≤, <.", width=16)
    low = Column("low", "Số giao", Figure(), also=("Kế hoạch giao", "Kế hoạch"), hint="Như 2.350 hoặc 0,5.", width=14)
    high = Column("high", "Đến", Figure(), hint="Số cuối của khoảng «từ … đến …».", width=14)
    measure = Column("measure", "Đơn vị tính", Words(80), also=("ĐVT",), width=14)
    direction = Column(
        "direction", "Chiều", Choice(Target.Direction.choices), hint="Giảm, hạ: số giao là mức giảm.", width=14
    )
    baseline = Column("baseline", "Năm trước đạt", Figure(), also=("Năm trước", "Thực hiện năm trước"), width=14)
    wave = Column("wave", "Đợt", RowByName("phong trào không có đợt «{}»"), also=("Đợt thi đua",), width=24)
    movement = Column("movement", "Chuyên đề", RowByName("phong trào không có chuyên đề «{}»"), width=24)
    adds_up = Column(
        "adds_up", "Cộng được", YesNo(), hint="Số của các nơi có cộng lại thành số chung không: có, không.", width=12
    )

    class Meta:
        model = Target
        fields = (
            "text",
            "comparison",
            "low",
            "high",
            "measure",
            "direction",
            "baseline",
            "wave",
            "movement",
            "adds_up",
        )
        export_order = fields

    campaign: Campaign
    actor: Any
    options: Mapping[str, str]

    @classmethod
    def opened(cls, *, actor: Any, target_id: int, options: Mapping[str, str]) -> Self:
        campaign = inside_campaigns(actor).select_related("unit").filter(pk=target_id).first()
        if campaign is None or not actor.has_perm("campaigns.write_campaign", campaign):
            raise NoRight
        resource = cls.of(campaign)
        resource.actor, resource.options = actor, options
        return resource

    @classmethod
    def of(cls, campaign: Campaign) -> Self:
        resource = cls()
        resource.campaign = campaign
        resource.fields["wave"].widget.offer(campaign.waves.all(), lambda one: f"đợt {one.order}")
        resource.fields["movement"].widget.offer(campaign.movements.all(), lambda one: f"chuyên đề {one.order}")
        return resource

    # -- In ------------------------------------------------------------------------------

    def prepare(self, table: Table) -> None:
        self.there = list(selectors.targets_of(self.campaign))
        self.by_text: dict[str, list[Target]] = {}
        for target in self.there:
            self.by_text.setdefault(name_key(target.text), []).append(target)
        self.saved: list[TargetRow] = []
        self.new_rows = 0
        self.row: Mapping[str, Any] = {}

    def before_import_row(self, row: MutableMapping[str, Any], row_number: int = 0, **kwargs: Any) -> None:
        """Figures may carry the measure, which another cell or the target that is there tells."""
        self.row = row
        measure = row.get(self.fields["measure"].column_name)
        alike = self.by_text.get(name_key(as_words(row.get(self.fields["text"].column_name) or "")), [])
        for name in _FIGURES:
            said = as_words(measure).strip() if measure is not None else ""
            self.fields[name].widget.measure = said or (alike[0].measure if alike else "")
        super().before_import_row(row, row_number, **kwargs)

    def find(self, work: Work) -> Target | None:
        """By its words; of some with the same words by the wave, then by the number in front.

        By the number alone where the person said that the sheet came from this campaign.
        """
        number = as_words(work.counted).rstrip(".") if work.counted is not None else ""
        if self.options.get(BY) == BY_NUMBER and number:
            alike = [one for one in self.there if str(one.order) == number]
        else:
            alike = self.by_text.get(name_key(work.values["text"]), [])
            alike = [one for one in alike if one.wave == work.values.get("wave")] or alike
            alike = [one for one in alike if str(one.order) == number] or alike
        if len(alike) > 1:
            raise AppError(
                f"Phong trào có {len(alike)} chỉ tiêu cùng lời; hãy ghi thêm cột Đợt hoặc cột TT như tệp xuất."
            )
        return alike[0] if alike else None

    def same_as(self, work: Work) -> tuple[str, Any]:
        return name_key(work.values["text"]), work.values.get("wave")

    def import_instance(self, instance: Any, row: Mapping[str, Any], **kwargs: Any) -> None:
        super().import_instance(instance, row, **kwargs)
        changes = self.work.changes
        leaves_range = "comparison" in changes and changes["comparison"][1] != Target.Comparison.BETWEEN
        if leaves_range and not self.work.is_new and instance.high is not None and "high" not in changes:
            changes["high"] = (instance.high, None)  # nothing else can end a range

    def check(self, work: Work) -> None:
        try:
            row = checked(self._row(work))
        except UnfitRow as error:
            raise AppError(f"{self.fields[error.field].column_name}: {error}") from None
        for name in _FIGURES:
            if name in work.changes and (figure := work.changes[name][1]) is not None:
                self._check_figure(work, name, figure, row.measure)
        self.new_rows += work.is_new
        if work.is_new and len(self.there) + self.new_rows > MOST:
            raise AppError(f"Một phong trào có nhiều nhất {MOST} chỉ tiêu.")

    def _check_figure(self, work: Work, name: str, figure: Decimal, measure: str) -> None:
        head = self.fields[name].column_name
        if figure < 0 and name != "baseline":
            raise AppError(
                f"{head} {show_figure(figure)} là số âm. Chỉ tiêu giảm thì ghi số dương và chọn chiều «Giảm, hạ»."
            )
        if odd := measuring.doubt(Aim("=", None), figure, measure):
            raise AppError(f"{head} {show_figure(figure)} {odd}")
        if told := how_read(self.row.get(head), figure):
            work.notes.append(f"{head}: {told}")

    def _row(self, work: Work) -> TargetRow:
        after = {name: new for name, (_, new) in work.changes.items() if name in FIELDS}
        if work.found is not None:
            return replace(row_of(work.found), **after)
        return TargetRow(**{"adds_up": adds_up(after.get("measure", ""))} | after)

    def create(self, work: Work) -> None:
        self.saved.append(self._row(work))

    change = create

    def finish(self) -> None:
        if self.saved:
            save_targets(self.campaign, self.saved, version=self.campaign.version, actor=self.actor)

    # -- Out -----------------------------------------------------------------------------

    def number_of(self, row: Any, position: int) -> int:
        return row.order

    def dehydrate_low(self, target: Target) -> Any:
        return as_number(target.low)

    def dehydrate_high(self, target: Target) -> Any:
        return as_number(target.high)

    def dehydrate_baseline(self, target: Target) -> Any:
        return as_number(target.baseline)


def list_targets(user: Any, campaign_id: int, query: QueryDict) -> Listed:
    campaign = inside_campaigns(user).filter(pk=campaign_id).first()
    if campaign is None:
        raise Http404
    title = f"Chỉ tiêu: {campaign.title}"[:200]
    resource = TargetResource.of(campaign)
    return Listed(resource, selectors.targets_of(campaign), title, f"chi-tieu-{campaign.pk}", campaign.unit_id)
