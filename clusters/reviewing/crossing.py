"""Cross-checking: proposed by rotation, changed by the organiser until a unit has begun to check."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.db import transaction
from django.db.models import Exists, F, OuterRef, Q, QuerySet

from clusters import rules
from clusters.models import Entry, Member, ScoreSheet, Season, StageMark
from clusters.reviewing.rotation import rotated
from clusters.running.services import key_of
from clusters.sheets.services import NotScoring, NotYours
from clusters.states import SeasonState, SheetStage, Stage
from core import audit
from core.errors import AppError, UnfitField

_BEFORE = (SheetStage.SELF, SheetStage.CROSS)


class NoCross(AppError):
    message = "Năm thi đua này không có bước chấm chéo."


def still_open(sheets: QuerySet[ScoreSheet]) -> QuerySet[ScoreSheet]:
    """Those whose cross-check has not begun: nothing entered, nothing handed on."""
    entered = Entry.objects.filter(sheet=OuterRef("pk"), stage=Stage.CROSS)
    finished = StageMark.objects.filter(sheet=OuterRef("pk"), stage=Stage.CROSS)
    return sheets.filter(~Q(Exists(entered)), ~Q(Exists(finished)), stage__in=_BEFORE)


def last_pairs(season: Season) -> dict[str, str]:
    """Of the newest year before that had cross-checking, by ``key_of``."""
    sheets = ScoreSheet.objects.filter(
        member__season__cluster=season.cluster_id, member__season__year__lt=season.year, cross_by__isnull=False
    ).select_related("member__season", "cross_by")
    rows = list(sheets.order_by("-member__season__year", "pk"))
    newest = rows[0].member.season_id if rows else None
    return {
        key_of(row.member): key_of(row.cross_by) for row in rows if row.member.season_id == newest and row.cross_by
    }


def proposed(season: Season, sheets: Sequence[ScoreSheet]) -> dict[int, int]:
    """Sheet → the member that should check it; of all sheets in the order of their members."""
    by_key = {key_of(sheet.member): sheet for sheet in sheets}
    pairs = rotated(list(by_key), last_pairs(season), year=season.year)
    return {by_key[key].pk: by_key[checker].member_id for key, checker in pairs.items()}


@transaction.atomic
def assign(season: Season, pairs: Mapping[ScoreSheet, Member], *, actor: Any) -> int:
    """How many changed. What stays as it is may stand among the pairs whatever became of its sheet.

    Raise ``NoCross``, ``NotScoring``, ``NotYours``, and ``UnfitField`` named by the sheet's id.
    """
    if not season.has_cross:
        raise NoCross
    if not Season.objects.filter(pk=season.pk, state=SeasonState.SCORING).exists():
        raise NotScoring
    changed = {sheet: checker for sheet, checker in pairs.items() if sheet.cross_by_id != checker.pk}
    for sheet, checker in changed.items():
        if not rules.decides_on_sheet(actor, sheet):
            raise NotYours
        if checker.season_id != season.pk or sheet.member.season_id != season.pk:
            raise UnfitField(str(sheet.pk), "Chọn một đơn vị thành viên của năm này.")
        if checker.pk == sheet.member_id:
            raise UnfitField(str(sheet.pk), "Đơn vị không tự chấm chéo cho mình; hãy chọn đơn vị khác.")
    for sheet in sorted(changed, key=lambda one: one.pk):
        _write(sheet, changed[sheet], actor)
    return len(changed)


def _write(sheet: ScoreSheet, checker: Member, actor: Any) -> None:
    """The sheet's row first, as every act on it: an entry of the old checker is either seen here or refused there."""
    there = ScoreSheet.objects.filter(pk=sheet.pk)
    there.update(version=F("version") + 1)
    if not still_open(there).exists():
        raise UnfitField(str(sheet.pk), f"{sheet.cross_by or 'Đơn vị khác'} đã chấm chéo bảng này nên không đổi được.")
    there.update(cross_by=checker)
    changes = {"cross_by": (sheet.cross_by, checker)}
    sheet.cross_by = checker
    unit_id = sheet.member.season.cluster.unit_id
    audit.record("clusters.sheet.cross_assigned", sheet, actor=actor, unit_id=unit_id, changes=changes)
