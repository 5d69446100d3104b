"""One criterion for all units at once: the figures of a responsible office's list become the reviewer's entries."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.db import transaction

from campaigns.results.evidence import Proof, keep
from clusters.models import Criterion, Entry, ScoreSheet
from clusters.sheets.evidence import attach_proof
from clusters.sheets.services import Saved, Saying, cleaned_reason, save_many
from clusters.sheets.typed import Leaf, Values, read_typed, values_of
from clusters.states import Stage
from core.errors import AppError, UnfitField


class UnfitFigures(AppError):
    """``errors``: sheet → the sentence at its row. Nothing was written."""

    message = "Chưa lưu số liệu nào. Xem lại các dòng được đánh dấu."

    def __init__(self, errors: Mapping[int, str]) -> None:
        super().__init__()
        self.errors = dict(errors)


@dataclass(frozen=True, slots=True)
class Typed:
    """One unit's figure as it was typed or pasted."""

    sheet: ScoreSheet
    text: str
    version: int
    """Of the reviewer's entry that the person saw; 0: none."""


@dataclass(frozen=True, slots=True)
class Source:
    """Whence the figures are: the reason of each entry, and the list itself as its evidence."""

    reason: str
    proof: Proof = Proof()


@transaction.atomic
def save_figures(criterion: Criterion, leaf: Leaf, typed: Sequence[Typed], *, source: Source, actor: Any) -> int:
    """All or none; how many units got a figure. Each sheet lies with the reviewer and shares its season object.

    Raise ``UnfitFigures``, ``UnfitField`` for the reason or the proof, and what ``save_many`` raises.
    """
    reason = cleaned_reason(source.reason)
    if not reason:
        raise UnfitField("reason", "Ghi nguồn số liệu, ví dụ: Theo danh sách của Sở Tài chính.")
    if not typed:
        raise UnfitField("text", "Chưa ghi số liệu của đơn vị nào.")
    by_season: dict[int, list[Saying]] = {}
    errors: dict[int, str] = {}
    own = _own_entries(criterion, typed)
    for one in typed:
        try:
            values = _read(leaf, one.text, reason, own.get(one.sheet.pk))
        except UnfitField as error:
            errors[one.sheet.pk] = str(error)
        else:
            season_pk = one.sheet.member.season_id
            by_season.setdefault(season_pk, []).append(Saying(one.sheet, criterion, values, one.version))
    saved = [save_many(sayings, stage=Stage.REVIEW, actor=actor) for _, sayings in sorted(by_season.items())]
    errors |= _trouble(saved)
    if errors:
        raise UnfitFigures(errors)
    _prove(criterion, typed, source.proof, actor)
    return len(typed)


def _own_entries(criterion: Criterion, typed: Sequence[Typed]) -> dict[int, Entry]:
    rows = Entry.objects.filter(criterion=criterion, stage=Stage.REVIEW, sheet__in=[one.sheet.pk for one in typed])
    return {row.sheet_id: row for row in rows}


def _read(leaf: Leaf, text: str, reason: str, own: Entry | None) -> Values:
    """A reason behind the figure («95; số điều chỉnh») stands before that of the whole list."""
    values = read_typed(leaf, text, values_of(own) if own else Values())
    brought = text.partition(";")[2].strip()
    return values if brought else replace(values, reason=reason)


def _trouble(saved: Sequence[Saved]) -> dict[int, str]:
    refused = {one.saying.sheet.pk: one.sentence for each in saved for one in each.refused}
    return refused | {one.saying.sheet.pk: one.sentence for each in saved for one in each.clashes}


def _prove(criterion: Criterion, typed: Sequence[Typed], proof: Proof, actor: Any) -> None:
    """Kept once, for all the sheets."""
    if not proof:
        return
    evidence = keep(proof, unit_id=typed[0].sheet.member.season.cluster.unit_id, actor=actor)
    for one in typed:
        attach_proof(one.sheet, criterion, stage=Stage.REVIEW, evidence=evidence, actor=actor)
