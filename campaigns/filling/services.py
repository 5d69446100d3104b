"""Writes: a superior's table is received, its cells are mapped, it is put away."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any, BinaryIO

from django.db import transaction
from django.utils import timezone

from campaigns.filling.files import tables_of
from campaigns.filling.mapping import Carried, Uses, carried, dump, fitting, load, named_as, proposed, translated
from campaigns.filling.package import type_of_table
from campaigns.filling.proposing import WORDS, Named, propose
from campaigns.filling.selectors import named_targets
from campaigns.filling.tables import Spot, Table, layout_of
from campaigns.models import Campaign, TableMap
from core import audit, files
from core.errors import AppError
from core.states import EditedMeanwhile

_TABLE = "superior_table"
"""Which table an act was on, by the name of its file: see ``history_words``."""
_LOOKED_AT = 8
"""So many earlier tables of the unit are compared with a new one."""


@dataclass(frozen=True, slots=True)
class Received:
    table_map: TableMap
    is_known: bool
    """Its layout was mapped before."""
    kept: int
    """Cells that are filled as before."""
    proposed: int
    lost: tuple[str, ...] = ()


@transaction.atomic
def receive(campaign: Campaign, upload: BinaryIO, *, name: str, actor: Any) -> Received:
    """Keep the file. A layout that was seen before is filled as then; of another one what still fits by its words.

    Raise ``UnfitFile``, ``UnfitPackage`` or ``UnfitDocument``.
    """
    Campaign.objects.select_for_update().get(pk=campaign.pk)  # two uploads of one layout stand in line
    stored = files.store(upload, name=name, unit_id=campaign.unit_id, actor=actor, type_of=type_of_table)
    tables = tables_of(stored)
    layout = layout_of(tables)
    targets = named_targets(campaign)
    same = TableMap.objects.filter(campaign=campaign, layout=layout).select_related("file").first()
    if same is not None:
        before = same.file.name
        same.file, same.by, same.at = stored, actor, timezone.now()
        same.save(update_fields=["file", "by", "at"])
        _record("received", same, actor, {_TABLE: (before, stored.name)})
        return Received(same, True, len(fitting(load(same.cells), tables, _ids(targets))), 0)
    is_known, found = _remembered(campaign, layout, tables, targets)
    proposals = proposed(propose(tables, targets, year=campaign.year))
    asked = {(use.target, use.what) for use in found.uses.values()}
    fresh = {spot: use for spot, use in proposals.items() if spot not in found.uses} if not is_known else {}
    fresh = {spot: use for spot, use in fresh.items() if (use.target, use.what) not in asked}
    made = TableMap.objects.create(
        unit_id=campaign.unit_id,
        campaign=campaign,
        layout=layout,
        file=stored,
        cells=dump({**fresh, **found.uses}),
        by=actor,
    )
    _record("received", made, actor, {_TABLE: (None, stored.name)})
    return Received(made, is_known, len(found.uses), len(fresh), found.lost)


def _remembered(campaign: Campaign, layout: str, tables: list[Table], targets: list[Named]) -> tuple[bool, Carried]:
    """How a table of the unit was filled that is this one, or of which more than half is found again here."""
    earlier = TableMap.objects.filter(unit=campaign.unit_id).select_related("campaign", "file").order_by("-at", "-pk")
    best, best_share = Carried({}, ()), 0.5
    for one in [*earlier.filter(layout=layout)[:1], *earlier.exclude(layout=layout)[:_LOOKED_AT]]:
        uses = {spot: use for spot, use in load(one.cells).items() if not use.is_proposed}
        ours, gone = _ours(uses, one.campaign, campaign, targets)
        if not ours:
            continue
        if one.layout == layout:
            return True, Carried(fitting(ours, tables, _ids(targets)), gone)
        try:
            found = carried(ours, tables_of(one.file), tables)
        except (AppError, OSError, IndexError):
            continue  # an old file that cannot be read any more teaches nothing
        share = len(found.uses) / len(uses)
        if share > best_share:
            best, best_share = Carried(found.uses, (*gone, *found.lost)), share
    return False, best


def _ours(uses: Uses, old: Campaign, campaign: Campaign, targets: list[Named]) -> tuple[Uses, tuple[str, ...]]:
    """The same cells for the targets of this campaign; and which targets of the old one it does not have."""
    before = named_targets(old) if old.pk != campaign.pk else targets
    same = named_as(before, targets) if old.pk != campaign.pk else {one.pk: one.pk for one in targets}
    used = {use.target for use in uses.values()}
    gone = tuple(f"{one.text[:60]}: phong trào này không có" for one in before if one.pk in used - set(same))
    return translated(uses, same), gone


@transaction.atomic
def map_cells(table_map: TableMap, uses: Uses, *, seen: dt.datetime | None, actor: Any) -> int:
    """How many cells changed. Raise ``EditedMeanwhile`` where somebody else mapped since ``seen``."""
    before = load(table_map.cells)
    now = timezone.now()
    if seen is None:
        raise EditedMeanwhile
    if not TableMap.objects.filter(pk=table_map.pk, at=seen).update(cells=dump(uses), by=actor, at=now):
        raise EditedMeanwhile
    table_map.cells, table_map.at = dump(uses), now
    changes = _changes(table_map, before, uses)
    if changes:
        _record("mapped", table_map, actor, {_TABLE: (None, table_map.file.name), **changes})
    return len(changes)


def _changes(table_map: TableMap, before: Uses, after: Uses) -> dict[str, tuple[str, str]]:
    texts = {one.pk: one.text for one in named_targets(table_map.campaign)}

    def words(uses: Uses, spot: Spot) -> str:
        use = uses.get(spot)
        return f"{texts.get(use.target, 'chỉ tiêu đã bỏ')[:80]}: {WORDS[use.what]}" if use else ""

    changed = [
        spot
        for spot in sorted({*before, *after})
        if before.get(spot) != after.get(spot)  # also what was proposed and is now looked at
    ]
    return {f"bảng {spot.table + 1}, ô {spot.address}": (words(before, spot), words(after, spot)) for spot in changed}


@transaction.atomic
def put_away(table_map: TableMap, *, actor: Any) -> None:
    """The file stays where files are kept; how it was filled is forgotten."""
    _record("put_away", table_map, actor, {_TABLE: (table_map.file.name, None)})
    table_map.delete()


def _ids(targets: list[Named]) -> list[int]:
    return [target.pk for target in targets]


def _record(act: str, table_map: TableMap, actor: Any, changes: audit.Changes) -> None:
    """In the campaign's history, where it stays when the table is put away."""
    campaign = table_map.campaign
    audit.record(f"campaigns.table.{act}", campaign, actor=actor, unit_id=campaign.unit_id, changes=changes)
