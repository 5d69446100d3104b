"""Writes: nominees of one list are added, changed, taken out, withdrawn with a reason and asked for again.

A row that is added to a list received earlier counts as received today. Whoever is surely known is known at once.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from awards.collecting import identifying, identities
from awards.collecting.proposals import bump, refuse_closed
from awards.collecting.values import FIELDS, NomineeData, cleaned_nominee, cleaned_reason, told
from awards.models import Nominee, Proposal, Round
from awards.states import NOMINEE_MOVES, NomineeState, ProposalState
from core import audit, states
from core.errors import AppError, UnfitField, UnfitRow
from core.states import EditedMeanwhile, claim_version

EDITABLE = (NomineeState.PROPOSED.value, NomineeState.CORRECTING.value)
MOST_ROWS = 5_000
_WHO = ("kind", "name", "birth_date", "birth_year")
"""What somebody is known by: changed, it has to be said anew who it is."""
_MOST_NAMED = 50


class NotEditable(AppError):
    message = "Đối tượng này đã thẩm định hoặc không đề nghị nữa nên không sửa được ở danh sách."


class TakenAlready(AppError):
    message = "Danh sách đã tiếp nhận: ghi lý do ở «Không đề nghị nữa» thay vì bỏ dòng ra."


@dataclass(frozen=True, slots=True)
class RowData:
    data: NomineeData
    pk: int | None = None
    identity: str = ""
    """Number of an identity card, where the list has one; kept sealed only."""
    seen: int | None = None
    """The version of the nominee that was shown; None: not asked about."""


@transaction.atomic
def save_rows(
    one: Proposal, *, actor: Any, version: int, rows: Sequence[RowData], removed: Sequence[int] = ()
) -> list[Nominee]:
    """All rows of the list that may be edited, as the page shows them; which were written.

    Raise ``UnfitRow``, ``TakenAlready``, ``RoundMovedOn`` or ``EditedMeanwhile``.
    """
    cleaned = [_cleaned(one, place, row) for place, row in enumerate(rows)]
    audit.wait_for_turn(one.round.unit_id)
    refuse_closed(one.round)
    if removed and one.state == ProposalState.TAKEN:
        raise TakenAlready
    claim_version(one, version)
    there = {row.pk: row for row in one.nominees.filter(state__in=EDITABLE)}
    _refuse_stale(cleaned, there)
    before = {row.subject_id for row in there.values()}
    if removed:
        _take_out(one, [there[pk] for pk in removed if pk in there], actor)
    changed = [there[row.pk] for row in cleaned if row.pk and _change(there[row.pk], row, actor, one.round)]
    added = _add(one, [row for row in cleaned if row.pk is None], actor)
    identifying.identify_sure(one.round, actor=actor, nominees=[*changed, *added])
    identifying.drop_unused(one.round, actor=actor, subjects=before)
    return [*changed, *added]


@transaction.atomic
def add_rows(
    one: Proposal, *, actor: Any, rows: Sequence[RowData], identifies: bool = True, **also: Any
) -> list[Nominee]:
    """Behind those that are there. ``also``: fields of all of them. Raise ``UnfitRow`` or ``RoundMovedOn``."""
    cleaned = [_cleaned(one, place, row) for place, row in enumerate(rows)]
    audit.wait_for_turn(one.round.unit_id)
    refuse_closed(one.round)
    bump(one)
    added = _add(one, cleaned, actor, **also)
    if identifies:
        identifying.identify_sure(one.round, actor=actor, nominees=added)
    return added


@transaction.atomic
def change_row(nominee: Nominee, *, actor: Any, row: RowData, identifies: bool = True) -> bool:
    """Whether anything changed; ``identifies``: else the caller does, of many at once.

    Raise ``UnfitField``, ``NotEditable`` or ``RoundMovedOn``."""
    found = nominee.round
    row = RowData(cleaned_nominee(row.data, found.year), row.pk, identities.cleaned(row.identity))
    audit.wait_for_turn(found.unit_id)
    refuse_closed(found)
    if nominee.state not in EDITABLE:
        raise NotEditable
    was = nominee.subject_id
    if not _change(nominee, row, actor, found):
        return False
    bump(nominee.proposal)
    if identifies:
        identifying.identify_sure(found, actor=actor, nominees=[nominee])
    if nominee.subject_id != was:
        identifying.drop_unused(found, actor=actor, subjects={was})
    return True


def _refuse_stale(rows: Sequence[RowData], there: Mapping[int, Nominee]) -> None:
    """Other rooms work on nominees, too, and leave the list's own version alone."""
    for row in rows:
        if row.pk is None:
            continue
        if row.pk not in there:
            raise EditedMeanwhile("Có đối tượng vừa được thẩm định hoặc không đề nghị nữa.")
        if row.seen not in (None, there[row.pk].version):
            raise EditedMeanwhile(f"{there[row.pk]} vừa được sửa ở trang khác.")


def _cleaned(one: Proposal, place: int, row: RowData) -> RowData:
    try:
        data, identity = cleaned_nominee(row.data, one.round.year), identities.cleaned(row.identity)
        return RowData(data, row.pk, identity, row.seen)
    except UnfitField as error:
        raise UnfitRow(place, error.field, str(error)) from None


def _add(one: Proposal, rows: Sequence[RowData], actor: Any, **also: Any) -> list[Nominee]:
    if not rows:
        return []
    found = one.round
    if Nominee.objects.filter(round=found).count() + len(rows) > MOST_ROWS:
        shown = f"{MOST_ROWS:,}".replace(",", ".")
        raise AppError(f"Một đợt xét có nhiều nhất {shown} đối tượng; hãy lập thêm đợt xét.")
    last = Nominee.objects.filter(round=found).aggregate(last=Max("order"))["last"] or 0
    is_late = one.state == ProposalState.TAKEN
    added = []
    for order, row in enumerate(rows, start=last + 1):
        values = {name: getattr(row.data, name) for name in FIELDS}
        nominee = Nominee(round=found, proposal=one, order=order, path=found.path, **values)
        nominee.received_on = timezone.localdate() if is_late else None
        nominee.as_sent = _as_sent(row)
        for name, value in also.items():
            setattr(nominee, name, value)
        nominee.fill_search()
        added.append(nominee)
    Nominee.objects.bulk_create(added)
    changes = {"nominees_added": (None, _names(added))}
    audit.record("awards.proposal.rows_added", one, actor=actor, unit_id=found.unit_id, changes=changes)
    return added


def _as_sent(row: RowData) -> dict[str, Any]:
    sent = {name: getattr(row.data, name) for name in ("name", "post", "workplace")}
    return {name: words for name, words in sent.items() if words} | identities.sealed(row.identity)


def _change(nominee: Nominee, row: RowData, actor: Any, found: Round) -> bool:
    before = {name: getattr(nominee, name) for name in FIELDS}
    after = {name: getattr(row.data, name) for name in FIELDS}
    changes = audit.differences(told(before), told(after))
    if not changes and not row.identity:
        return False
    for name, value in after.items():
        setattr(nominee, name, value)
    nominee.as_sent = nominee.as_sent | identities.sealed(row.identity)
    if any(before[name] != after[name] for name in _WHO):
        nominee.subject = None
    nominee.version += 1
    nominee.save(update_fields=[*FIELDS, "subject", "as_sent", "version"])
    if changes:
        audit.record("awards.nominee.changed", nominee, actor=actor, unit_id=found.unit_id, changes=changes)
    return bool(changes)


def _take_out(one: Proposal, rows: Sequence[Nominee], actor: Any) -> None:
    if not rows:
        return
    changes = {"nominees_removed": (_names(rows), None)}
    audit.record("awards.proposal.rows_removed", one, actor=actor, unit_id=one.round.unit_id, changes=changes)
    Nominee.objects.filter(pk__in=[row.pk for row in rows]).delete()


def _names(rows: Sequence[Nominee]) -> list[str]:
    named = [row.name for row in rows[:_MOST_NAMED]]
    return [*named, f"và {len(rows) - _MOST_NAMED} đối tượng khác"] if len(rows) > _MOST_NAMED else named


# -- One nominee ---------------------------------------------------------------------------


@transaction.atomic
def withdraw(nominee: Nominee, *, actor: Any, reason: str) -> None:
    """Không đề nghị nữa. Raise ``UnfitField``, ``MoveRefused`` or ``MovedMeanwhile``."""
    reason = cleaned_reason(reason, "không đề nghị nữa")
    audit.wait_for_turn(nominee.round.unit_id)
    _move(nominee, NomineeState.WITHDRAWN, actor, "withdrawn", reason=reason)


@transaction.atomic
def restore(nominee: Nominee, *, actor: Any) -> None:
    """Đề nghị lại: who was left out by a person's decision is judged by the rules again."""
    audit.wait_for_turn(nominee.round.unit_id)
    refuse_closed(nominee.round)
    again = {"overruled": "", "overruled_reason": "", "overruled_by": None, "overruled_at": None}
    _move(nominee, NomineeState.PROPOSED, actor, "restored", reason="", **again)


def _move(nominee: Nominee, to: NomineeState, actor: Any, act: str, **also: Any) -> None:
    code, unit_id = f"awards.nominee.{act}", nominee.round.unit_id
    states.move(nominee, to.value, NOMINEE_MOVES, actor=actor, unit_id=unit_id, code=code, **also)


def data_of(nominee: Nominee) -> NomineeData:
    return NomineeData(**{name: getattr(nominee, name) for name in FIELDS})
