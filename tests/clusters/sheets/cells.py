"""What tests of score sheets do again and again: cells saved as a person, a large season."""

from __future__ import annotations

import json
from typing import Any

from django.test import Client
from django.urls import reverse

from clusters.models import Criterion, Entry, Member, ScoreSheet, Season
from clusters.sheets import selectors
from clusters.sheets.services import save_entry
from clusters.sheets.typed import Values, read_typed, values_of
from clusters.states import Stage
from tests.clusters.season import Round
from tests.factories import UnitFactory
from units.models import User


def fresh(sheet: ScoreSheet) -> ScoreSheet:
    """As a page reads it: season and members with it."""
    season = Season.objects.select_related("cluster__unit", "criteria").prefetch_related("members")
    return selectors.sheets_by_pk(season.get(pk=sheet.member.season_id), [sheet.pk])[0]


def entry_of(sheet: ScoreSheet, code: str, stage: str = Stage.SELF) -> Entry | None:
    return Entry.objects.filter(sheet=sheet, criterion__code=code, stage=stage).first()


def write(found: Round, place: int, code: str, text: str, *, actor: User | None = None, **more: Any) -> Entry | None:
    """Type ``text`` into a cell of the sheet in the stage in which it lies, having seen what stands there."""
    sheet, row = fresh(found.sheets[place]), found.criteria[code]
    own = entry_of(sheet, code, sheet.stage)
    leaf = selectors.leaves_of(sheet.member.season, [row])[row.pk]
    values = read_typed(leaf, text, values_of(own) if own else Values())
    version = more.pop("version", own.version if own else 0)
    return save_entry(
        sheet,
        row,
        stage=more.pop("stage", sheet.stage),
        values=values,
        version=version,
        actor=actor or found.officers[place],
    )


def move_all(found: Round, stage: str) -> None:
    ScoreSheet.objects.filter(member__season=found.season).update(stage=stage)
    for sheet in found.sheets:
        sheet.refresh_from_db()


def cell(
    found: Round, place: int, code: str, text: str, *, version: int = 0, reason: str | None = ""
) -> dict[str, Any]:
    key = f"{found.members[place].pk}-{found.criteria[code].pk}"
    return {"key": key, "text": text, "reason": reason, "version": version}


def send(client: Client, found: Round, *cells: dict[str, Any], stage: str = Stage.SELF) -> Any:
    url = reverse("clusters:grid_save", args=[found.season.pk])
    return client.post(url, json.dumps({"stage": stage, "cells": cells}), content_type="application/json")


def grow(found: Round, *, members: int, leaves: int) -> None:
    """To the size of a real one, each cell entered by its unit and a third of them cut by the head."""
    last = found.criteria["IV"].order
    rows = [
        Criterion(
            set=found.season.criteria,
            parent=found.criteria["II"],
            order=last + number,
            code=f"II.{number + 3}",
            title=f"Thực hiện nội dung thi đua số {number} theo kế hoạch đã đăng ký với cụm",
            maximum=5,
            kind=("yes_no", "manual", "ratio_leader")[number % 3],
            starts_full=number % 3 == 1,
        )
        for number in range(1, leaves - 8 + 1)
    ]
    Criterion.objects.bulk_create(rows)
    for number in range(len(found.sheets) + 1, members + 1):
        unit = UnitFactory(parent=found.province)
        member = Member.objects.create(season=found.season, order=number, unit=unit, name=f"Xã {unit.name}")
        found.sheets.append(ScoreSheet.objects.create(member=member))
    entries = []
    for sheet in found.sheets:
        for row in rows:
            said = {"deduction": 1, "reason": "Chậm báo cáo"} if row.starts_full else {"actual": 1}
            entries.append(Entry(sheet=sheet, criterion=row, stage=Stage.SELF, by=found.officers[0], **said))
            if row.starts_full:
                entries.append(
                    Entry(
                        sheet=sheet,
                        criterion=row,
                        stage=Stage.HEAD,
                        deduction=2,
                        reason="Vắng 02 buổi họp",
                        by=found.officers[0],
                    )
                )
    Entry.objects.bulk_create(entries)
