"""Writes: a superior's score sheet is received, its cells are chosen, it is put away.

The row is a ``SheetImport`` of a kind of its own: the file, its season, and which cell takes what.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, BinaryIO

from django.db import models, transaction

from campaigns.filling.files import tables_of
from campaigns.filling.mapping import Uses, dump, fitting, load
from campaigns.filling.package import type_of_table
from campaigns.filling.proposing import Named
from campaigns.filling.tables import layout_of
from clusters.criteria.filling.proposing import TOTAL, propose
from clusters.models import Criterion, Member, Season
from core import audit, files
from core.models import SheetImport
from core.states import EditedMeanwhile
from units.selectors import standing_of

KIND = "clusters.filling"
_TABLE = "superior_table"
"""Which table an act was on, by the name of its file: see ``history_words``."""


@dataclass(frozen=True, slots=True)
class Received:
    table: SheetImport
    kept: int
    """Cells that are filled as the last time."""
    proposed: int


def tables(user: Any, season: Season) -> models.QuerySet[SheetImport]:
    """Those that the user's own units received for the season."""
    own = standing_of(user).unit_ids
    rows = SheetImport.objects.filter(kind=KIND, target_id=season.pk, unit_id__in=own)
    return rows.select_related("file", "owner__person")


def files_of_tables(user: Any) -> models.Q:
    """A scope for ``core.files``."""
    rows = SheetImport.objects.filter(kind=KIND, unit_id__in=standing_of(user).unit_ids)
    return models.Q(pk__in=rows.values("file"))


@transaction.atomic
def receive(
    season: Season, upload: BinaryIO, *, name: str, unit_id: int, member: Member | None, actor: Any
) -> Received:
    """Keep the file; a layout that was filled before is filled as then, of another its cells are proposed.

    ``member``: whose points its columns of stages take. Raise ``UnfitFile``, ``UnfitPackage``, ``UnfitDocument``.
    """
    stored = files.store(upload, name=name, unit_id=unit_id, actor=actor, type_of=type_of_table)
    read = tables_of(stored)
    rows = list(Criterion.objects.filter(set=season.criteria_id).order_by("order"))
    codes = {row.pk: row.code for row in rows}
    layout = layout_of(read)
    kept = fitting(_remembered(unit_id, layout, codes), read, [TOTAL, *codes])
    uses = kept or propose(
        read,
        [Named(row.pk, row.title, row.measure) for row in rows],
        codes,
        {one.pk: one.name for one in season.members.all()},
    )
    made = SheetImport.objects.create(
        unit_id=unit_id,
        owner=actor,
        kind=KIND,
        target_id=season.pk,
        options={"member": member.pk if member else None},
        file=stored,
        state=SheetImport.State.CHECKED,
        report={"cells": dump(uses), "codes": codes},
        digest=layout,
    )
    _record("received", season, actor, unit_id, {_TABLE: (None, stored.name)})
    return Received(made, len(kept), len(uses) - len(kept))


def _remembered(unit_id: int, layout: str, codes: Mapping[int, str]) -> Uses:
    """How the unit filled this very layout before, for the criteria of the same codes; members are another year's."""
    before = SheetImport.objects.filter(kind=KIND, unit_id=unit_id, digest=layout).order_by("-pk").first()
    if before is None:
        return {}
    by_code = {code: pk for pk, code in codes.items()}
    old = {int(pk): code for pk, code in before.report["codes"].items()}
    found: Uses = {}
    for spot, use in load(before.report["cells"]).items():
        pk = TOTAL if use.target == TOTAL else by_code.get(old.get(use.target, ""))
        is_member = use.what.startswith("m") and use.what[1:].isdecimal()
        if pk is not None and not use.is_proposed and not (is_member and set(old) != set(codes)):
            found[spot] = type(use)(pk, use.what)
    return found


@transaction.atomic
def map_cells(table: SheetImport, season: Season, uses: Uses, *, member: Member | None, seen: str, actor: Any) -> None:
    """Raise ``EditedMeanwhile`` where somebody else chose since the page was shown."""
    fresh = SheetImport.objects.select_for_update().get(pk=table.pk)
    if seen != mark_of(fresh):
        raise EditedMeanwhile
    before = load(fresh.report["cells"])
    fresh.report = {**fresh.report, "cells": dump(uses)}
    fresh.options = {"member": member.pk if member else None}
    fresh.save(update_fields=["report", "options"])
    count = sum(before.get(spot) != uses.get(spot) for spot in {*before, *uses})
    changes = {_TABLE: (None, table.file.name), "cells": (None, count), "member": (None, str(member or ""))}
    _record("mapped", season, actor, table.unit_id, changes)


@transaction.atomic
def put_away(table: SheetImport, season: Season, *, actor: Any) -> None:
    """The file stays where files are kept; how it was filled is forgotten."""
    _record("put_away", season, actor, table.unit_id, {_TABLE: (table.file.name, None)})
    table.delete()


def mark_of(table: SheetImport) -> str:
    """By which a page knows later whether anybody chose anew since."""
    said = json.dumps([table.options, table.report["cells"]], sort_keys=True)
    return hashlib.sha256(said.encode()).hexdigest()[:32]


def _record(act: str, season: Season, actor: Any, unit_id: int, changes: audit.Changes) -> None:
    audit.record(f"clusters.table.{act}", season, actor=actor, unit_id=unit_id, changes=changes)
