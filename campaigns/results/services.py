"""Writes: figures reached. What stands there is never overwritten; a correction replaces it and says what it was."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone

from campaigns.figures import show_figure
from campaigns.models import Campaign, Result, Target
from campaigns.periods import period_of
from campaigns.states import CampaignState
from core import audit
from core.errors import AppError, UnfitField
from core.states import EditedMeanwhile
from core.text import clean_lines, refuse_markup
from documents.models import Evidence
from units.models import Part, Unit

_OPEN = (CampaignState.RUNNING, CampaignState.CLOSED)
_NOTE = 2_000
"""Letters."""

Cell = tuple[int, str, int | None, int | None]
"""Target, period, part, unit below."""


class NotRunning(AppError):
    message = "Phong trào chưa phát động hoặc đã thôi thực hiện nên chưa ghi kết quả được."


class NothingToWithdraw(AppError):
    message = "Ô này chưa có số liệu nên không có gì để rút. Hãy tải lại trang để xem."


class Misplaced(AppError):
    message = "Chỉ tiêu hoặc đơn vị này không thuộc phong trào. Hãy tải lại trang rồi ghi lại."


@dataclass(frozen=True, slots=True)
class Entry:
    """One cell: a target in a period, of the whole or of one part or unit below."""

    target: Target
    period: str
    value: Decimal | None
    """None: the figure that stands there is withdrawn, ``note`` says why."""
    part: Part | None = None
    lower: Unit | None = None
    was: int | None = None
    """The result that the person saw there; None: none."""
    note: str = ""
    evidence: Evidence | None = None

    @property
    def cell(self) -> Cell:
        return (
            self.target.pk,
            period_of(self.period).code,
            self.part.pk if self.part else None,
            self.lower.pk if self.lower else None,
        )


@dataclass(frozen=True, slots=True)
class Clash:
    """One cell in which another figure stands than the person saw."""

    entry: Entry
    theirs: Result

    def __str__(self) -> str:
        who = self.theirs.by or "Người khác"
        at = f"lúc {timezone.localtime(self.theirs.at):%H:%M %d/%m}"
        theirs, ours = show_figure(self.theirs.value), show_figure(self.entry.value)
        did = f"ghi {theirs} {at}" if theirs else f"rút số đã ghi {at} ({self.theirs.note})"
        return f"{who} vừa {did}; bạn {f'ghi {ours}' if ours else 'rút số'}. Hãy xem lại rồi ghi tiếp."


class FigureMeanwhile(EditedMeanwhile):
    """Somebody entered other figures for the same cells: both are told, nothing is lost."""

    def __init__(self, *clashes: Clash) -> None:
        super().__init__(str(clashes[0]))
        self.clashes = clashes
        self.theirs, self.ours = clashes[0].theirs, clashes[0].entry.value


@transaction.atomic
def record_results(campaign: Campaign, entries: Sequence[Entry], *, actor: Any) -> list[Result]:
    """All of them or none. The same figure again changes nothing.

    An entry without a figure withdraws the one that stands there, with its reason: no data is not zero.
    Raise ``NotRunning``, ``Misplaced``, ``NothingToWithdraw``, ``UnfitField`` for a missing reason, or
    ``FigureMeanwhile`` with every cell that is not as the person saw it.
    """
    # The campaign's row is where entries wait for each other.
    if Campaign.objects.filter(pk=campaign.pk, state__in=_OPEN).select_for_update().first() is None:
        raise NotRunning
    _check_places(campaign, entries)
    current = _current(campaign, {entry.target.pk for entry in entries})
    clashes = [
        Clash(entry, before)
        for entry in entries
        if (before := current.get(entry.cell)) is not None and _is_other(before, entry)
    ]
    if clashes:
        raise FigureMeanwhile(*clashes)
    return [_record(entry, current, actor) for entry in entries]


def is_open(campaign: Campaign) -> bool:
    """Whether results can be written, as the campaign was read."""
    return campaign.state in _OPEN


def _check_places(campaign: Campaign, entries: Sequence[Entry]) -> None:
    for entry in entries:
        own_part = entry.part is None or entry.part.unit_id == campaign.unit_id
        own_lower = entry.lower is None or entry.lower.parent_id == campaign.unit_id
        is_one = entry.part is None or entry.lower is None
        if entry.target.campaign_id != campaign.pk or not (own_part and own_lower and is_one):
            raise Misplaced


def _current(campaign: Campaign, targets: set[int]) -> dict[Cell, Result]:
    rows = Result.objects.filter(target__campaign=campaign, target__in=targets, replaced_by=None)
    return {
        (row.target_id, row.period, row.part_id, row.lower_id): row
        for row in rows.select_related("by__person", "evidence")
    }


def _is_other(before: Result, entry: Entry) -> bool:
    """Whether the person saw something else. Who saw no figure still sees none where one was withdrawn since."""
    is_none_still = entry.was is None and before.value is None
    return before.pk != entry.was and not is_none_still and not _is_same(before, entry)


def _is_same(before: Result, entry: Entry) -> bool:
    said = (entry.value, entry.note, entry.evidence)
    return (before.value, before.note, before.evidence) == said


def _record(entry: Entry, current: dict[Cell, Result], actor: Any) -> Result:
    before = current.get(entry.cell)
    if before is not None and _is_same(before, entry):
        return before
    note = cleaned_note(entry.note)
    if entry.value is None:
        _refuse_withdrawal(before, note)
    result = Result(
        target=entry.target,
        period=entry.period,
        part=entry.part,
        lower=entry.lower,
        value=entry.value,
        note=note,
        evidence=entry.evidence,
        by=actor,
        replaces=before,
    )
    try:
        with transaction.atomic():
            result.save()
    except IntegrityError:
        raise EditedMeanwhile from None
    current[entry.cell] = result
    _tell(result, before, actor)
    return result


def cleaned_note(note: str) -> str:
    """Also the reason of a withdrawal. Raise ``AppError``."""
    return refuse_markup(clean_lines(note, limit=_NOTE, name="Ghi chú"))


def _refuse_withdrawal(before: Result | None, reason: str) -> None:
    if before is None or before.value is None:
        raise NothingToWithdraw
    if not reason.strip():
        raise UnfitField("reason", "Ghi lý do rút số đã ghi.")


def _tell(result: Result, before: Result | None, actor: Any) -> None:
    """``period``, ``part`` and ``lower`` say which cell it is, the others what changed in it."""
    old = _said(before) if before else {}
    place = {"period": period_of(result.period).words, "part": result.part, "lower": result.lower}
    changes = audit.differences(old, {name: value for name, value in _said(result).items() if value or name in old})
    changes |= {name: (None, value) for name, value in place.items() if value}
    code = f"campaigns.result.{_act(result, before)}"
    audit.record(code, result, actor=actor, unit_id=result.target.campaign.unit_id, changes=changes)


def _act(result: Result, before: Result | None) -> str:
    if result.value is None:
        return "withdrawn"
    return "corrected" if before and before.value is not None else "recorded"


def _said(result: Result) -> dict[str, Any]:
    return {
        "value": show_figure(result.value),
        "note" if result.value is not None else "reason": result.note,
        "evidence": str(result.evidence) if result.evidence else "",
    }
