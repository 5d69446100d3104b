"""«Chấp nhận điểm đề nghị»: many rows confirmed at once, and which of them have to be looked at one by one."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction
from django.db.models import F

from clusters import rules
from clusters.models import Criterion, Entry, Explanation, ScoreSheet
from clusters.sheets import selectors
from clusters.sheets.services import NotYours, SheetMoved, confirm_many
from clusters.sheets.typed import values_of
from clusters.standing import ORDER
from clusters.states import ExplanationState, SheetStage, Stage
from clusters.wording import in_season
from core.errors import AppError

_GIVES_ITSELF = (Criterion.Kind.BONUS, Criterion.Kind.PENALTY)


class NothingProposed(AppError):
    message = "Ở bước tự chấm chưa có điểm đề nghị nào để chấp nhận."


@dataclass(frozen=True, slots=True)
class Left:
    """A row that was not accepted, and why."""

    row: Criterion
    why: str


@dataclass(slots=True)
class Accepted:
    count: int = 0
    left: list[Left] = field(default_factory=list)


class Rows:
    """The leaves of a sheet as its present stage finds them."""

    def __init__(self, sheet: ScoreSheet) -> None:
        self.sheet, self.stage = sheet, sheet.stage
        season = sheet.member.season
        assert season.criteria is not None
        self.leaves = [row for row in season.criteria.criteria.all() if row.kind]
        self.entries = selectors.entries_at([sheet], self.leaves)
        self.without = selectors.unassigned([sheet.member], self.leaves)
        self.explained = set(
            Explanation.objects.filter(sheet=sheet, state=ExplanationState.OPEN).values_list("criterion", flat=True)
        )
        self.head_speaks = Stage.HEAD in season.stages and bool(rules.judges_of(season, sheet))

    def is_waiting(self, row: Criterion) -> bool:
        """Whether this stage may say something of it and has not."""
        is_scored = (self.sheet.member_id, row.pk) not in self.without
        return is_scored and ORDER[self.stage] >= ORDER[row.scored_by] and self.stage not in self._said(row)

    def why_not(self, row: Criterion) -> str:
        """What has to be done first; empty where the row can be accepted. Of a row that waits."""
        said = self._said(row)
        if row.pk in self.explained:
            return "đang có giải trình chờ trả lời"
        needs_head = row.confirmed_by == Stage.HEAD and self.stage == Stage.REVIEW and self.head_speaks
        if needs_head and Stage.HEAD not in said:
            return in_season("chưa có xác nhận của Trưởng cụm", self.sheet.member.season)
        stands_alone = row.starts_full or row.kind in _GIVES_ITSELF
        if not stands_alone and not any(values_of(entry).says_value for entry in said.values()):
            return "các bước trước chưa ghi kết quả"
        return ""

    def said(self, row: Criterion) -> list[Entry]:
        """In the order of the stages, up to the present one."""
        spoken = [entry for entry in self._said(row).values() if ORDER[entry.stage] <= ORDER[self.stage]]
        return sorted(spoken, key=lambda entry: ORDER[entry.stage])

    def _said(self, row: Criterion) -> Mapping[str, Entry]:
        return self.entries.get((self.sheet.pk, row.pk), {})


@transaction.atomic
def accept(sheet: ScoreSheet, *, stage: str, actor: Any, only: Collection[int] | None = None) -> Accepted:
    """``only``: ids of criteria; None: the whole sheet. Raise ``NotYours``, ``NothingProposed``, ``SheetMoved``.

    ``stage``: the one that the person saw. Takes the sheet's row first, so that an explanation that comes meanwhile
    is either seen here or comes after.
    """
    if stage in (SheetStage.SELF, SheetStage.DONE):
        raise NothingProposed
    if not rules.may_work_on(actor, sheet, stage):
        raise NotYours
    if not ScoreSheet.objects.filter(pk=sheet.pk, stage=stage).update(version=F("version") + 1):
        raise SheetMoved
    rows = Rows(sheet)
    found = Accepted()
    taken: list[tuple[ScoreSheet, Criterion]] = []
    for row in rows.leaves:
        if (only is not None and row.pk not in only) or not rows.is_waiting(row):
            continue
        if why := rows.why_not(row):
            found.left.append(Left(row, why))
        else:
            taken.append((sheet, row))
    found.count = len(confirm_many(taken, stage=stage, actor=actor))
    return found
