"""Writes: what a campaign aims at. Pages name the version that they saw; nobody overwrites what they did not see."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db import models, transaction

from campaigns.figures import show_figure
from campaigns.models import Campaign, Movement, Result, Target, Wave
from campaigns.wording import sentence
from core import audit
from core.errors import AppError, UnfitRow
from core.states import claim_version
from core.text import as_pasted, clean_line, refuse_markup

_TEXT, _MEASURE = 2_000, 80
"""Letters."""
MOST = 1_000
_ASIDE = 20_000
"""Rows pass through places far from every real one, because databases look at each row of an UPDATE singly."""


class HasResults(AppError):
    """A target with results stays: what was reported of it would be about nothing."""

    def __init__(self, count: int) -> None:
        super().__init__(
            f"Chỉ tiêu này đã có {count} kết quả được ghi nên không bỏ được. Nếu chỉ tiêu thay đổi, hãy sửa lời và số "
            "giao; kết quả đã ghi vẫn giữ nguyên."
        )


@dataclass(frozen=True, slots=True)
class TargetRow:
    """All that is said of a target; ``pk`` None: a new one."""

    text: str
    comparison: str = "="
    low: Decimal | None = None
    high: Decimal | None = None
    measure: str = ""
    direction: str = ""
    baseline: Decimal | None = None
    wave: Wave | None = None
    movement: Movement | None = None
    adds_up: bool = False
    pk: int | None = None

    def values(self) -> dict[str, Any]:
        return {name: getattr(self, name) for name in FIELDS}


FIELDS = (
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


def row_of(target: Target) -> TargetRow:
    return TargetRow(**{name: getattr(target, name) for name in FIELDS}, pk=target.pk)


def seen(targets: Iterable[Target]) -> str:
    """By which a page knows later whether any target changed since: order and all values."""
    rows = [
        [target.pk, *(show_figure(value) if isinstance(value, Decimal) else str(value) for value in _values(target))]
        for target in targets
    ]
    return hashlib.sha256(json.dumps(rows).encode()).hexdigest()[:32]


def _values(target: Target) -> list[Any]:
    keys = {"wave": "wave_id", "movement": "movement_id"}
    return [getattr(target, keys.get(name, name)) for name in FIELDS]


def checked(row: TargetRow, place: int = 0) -> TargetRow:
    """As it can be kept, or ``UnfitRow``."""
    try:
        text = refuse_markup(clean_line(_one_line(row.text), limit=_TEXT, name="Chỉ tiêu"), name="chỉ tiêu")
    except AppError as error:
        raise UnfitRow(place, "text", str(error)) from None
    try:
        measure = refuse_markup(clean_line(_one_line(row.measure), limit=_MEASURE, name="Đơn vị tính"))
    except AppError as error:
        raise UnfitRow(place, "measure", str(error)) from None
    if not text:
        raise UnfitRow(place, "text", "Chỉ tiêu còn trống.")
    if row.comparison not in Target.Comparison.values:
        raise UnfitRow(place, "comparison", "Chọn cách so sánh.")
    if row.direction not in Target.Direction.values:
        raise UnfitRow(place, "direction", "Chọn chiều tăng hay giảm.")
    is_range = row.comparison == Target.Comparison.BETWEEN
    if is_range and row.low is None:
        raise UnfitRow(place, "low", "Ghi số đầu của khoảng «từ … đến …».")
    if is_range and (row.high is None or (row.low is not None and row.high < row.low)):
        raise UnfitRow(place, "high", "Ghi số cuối của khoảng, không nhỏ hơn số đầu.")
    if not is_range and row.high is not None:
        raise UnfitRow(place, "high", "Chỉ ghi ô này khi so sánh là «từ … đến …»; nếu không thì để trống.")
    if row.adds_up and row.low is not None and measure.startswith(("%", "‰")):
        raise UnfitRow(place, "adds_up", "Tỷ lệ phần trăm của các nơi không cộng lại thành của toàn đơn vị.")
    return TargetRow(**(row.values() | {"text": text, "measure": measure}), pk=row.pk)


def _one_line(text: str) -> str:
    return " ".join(as_pasted(text).split())


@transaction.atomic
def save_targets(campaign: Campaign, rows: Sequence[TargetRow], *, version: int, actor: Any) -> list[Target]:
    """Change those with a key, add those without behind the last. Others stay.

    Raise ``UnfitRow``, ``EditedMeanwhile``.
    """
    rows = [checked(row, place) for place, row in enumerate(rows)]
    claim_version(campaign, version)
    own = {target.pk: target for target in Target.objects.filter(campaign=campaign).select_related("wave", "movement")}
    _check_places(campaign, rows, own)
    if len(own) + sum(row.pk is None for row in rows) > MOST:
        raise UnfitRow(len(rows) - 1, "text", f"Một phong trào có nhiều nhất {MOST} chỉ tiêu.")
    last = max((target.order for target in own.values()), default=0)
    saved = []
    for row in rows:
        if row.pk is None:
            last += 1
            saved.append(_added(campaign, row, last, actor))
        else:
            saved.append(_changed(campaign, own[row.pk], row, actor))
    return saved


def _check_places(campaign: Campaign, rows: Sequence[TargetRow], own: dict[int, Target]) -> None:
    for place, row in enumerate(rows):
        if row.pk is not None and row.pk not in own:
            raise UnfitRow(place, "text", "Chỉ tiêu này không còn trong phong trào.")
        for name in ("wave", "movement"):
            of = getattr(row, name)
            if of is not None and of.campaign_id != campaign.pk:
                raise UnfitRow(place, name, "Chọn trong các đợt, chuyên đề của phong trào này.")


def _added(campaign: Campaign, row: TargetRow, order: int, actor: Any) -> Target:
    target = Target.objects.create(campaign=campaign, order=order, **row.values())
    changes = {name: (None, value) for name, value in _shown(row).items() if value not in (None, "", False)}
    audit.record("campaigns.target.added", target, actor=actor, unit_id=campaign.unit_id, changes=changes)
    return target


def _changed(campaign: Campaign, target: Target, row: TargetRow, actor: Any) -> Target:
    changes = audit.differences(_shown(row_of(target)), _shown(row))
    if not changes:
        return target
    for name, value in row.values().items():
        setattr(target, name, value)
    target.save(update_fields=list(changes))
    audit.record("campaigns.target.changed", target, actor=actor, unit_id=campaign.unit_id, changes=changes)
    return target


def _shown(row: TargetRow) -> dict[str, Any]:
    """12 and 12.000000 are one figure."""
    values = row.values()
    return {
        name: show_figure(value) if isinstance(value, Decimal) else str(value) if name == "text" else value
        for name, value in values.items()
    }


@transaction.atomic
def remove_target(campaign: Campaign, target: Target, *, version: int, actor: Any) -> None:
    """With its shares. Raise ``HasResults``, ``EditedMeanwhile``."""
    claim_version(campaign, version)
    if count := results_of(target).count():
        raise HasResults(count)
    shares = {str(share.part or share.lower): show_figure(share.low) for share in _shares(target)}
    changes: dict[str, Any] = {"removed_target": (sentence(target), None)}
    if shares:
        changes["removed_shares"] = ("; ".join(f"{name}: {figure}" for name, figure in shares.items()), None)
    audit.record("campaigns.target.removed", campaign, actor=actor, unit_id=campaign.unit_id, changes=changes)
    target.delete()
    _number(campaign)


def results_of(target: Target) -> models.QuerySet[Result]:
    """Cells that have a figure, or had one that was withdrawn; corrections of one are one."""
    return Result.objects.filter(target=target, replaced_by=None)


def _shares(target: Target) -> models.QuerySet[Any]:
    return target.shares.select_related("part", "lower")


@transaction.atomic
def move_target(campaign: Campaign, target: Target, *, by: int, version: int, actor: Any) -> None:
    """So many places down; negative: up. At the end of the list it stays. Raise ``EditedMeanwhile``."""
    claim_version(campaign, version)
    order = list(Target.objects.filter(campaign=campaign).order_by("order").values_list("pk", flat=True))
    at = order.index(target.pk)
    to = min(max(at + by, 0), len(order) - 1)
    if to == at:
        return
    order.insert(to, order.pop(at))
    _number(campaign, order)
    changes = {"order": (at + 1, to + 1)}
    audit.record("campaigns.target.moved", target, actor=actor, unit_id=campaign.unit_id, changes=changes)


def _number(campaign: Campaign, order: Sequence[int] | None = None) -> None:
    rows = Target.objects.filter(campaign=campaign)
    if order is None:
        order = list(rows.order_by("order").values_list("pk", flat=True))
    places = {pk: place for place, pk in enumerate(order, start=1)}
    wrong = [row for row in rows if row.order != places[row.pk]]
    rows.filter(pk__in=[row.pk for row in wrong]).update(order=models.F("order") + _ASIDE)
    for row in wrong:
        row.order = places[row.pk]
    Target.objects.bulk_update(wrong, ["order"])
