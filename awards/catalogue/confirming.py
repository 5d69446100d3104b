"""Xác nhận áp dụng: one act names the paper and settles open rules; open dossiers are judged again.

It holds for the unit and for those below. What changed is kept with the act, each dossier under its unit: everybody is
shown the own ones only.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from awards.catalogue.open_rules import open_rules, standing_confirmations
from awards.eligibility import Judgement
from awards.interchange import write_judgement
from awards.judging import judge_nominees, with_confirmations
from awards.models import Confirmation, Nominee
from awards.states import LIVE, NomineeState
from campaigns.results.evidence import Proof, keep
from core import audit
from core.errors import AppError, UnfitField
from core.text import clean_line, refuse_markup
from documents.models import Evidence
from units.models import Unit

NOTE = 300
_LEVELS = 4
"""Of units below: province, district, commune, and one to spare."""


class NothingChosen(AppError):
    message = "Chọn ít nhất một quy định và cách hiểu để xác nhận."


class NotOpen(AppError):
    message = "Quy định này không còn chờ xác nhận: đơn vị mình hoặc cấp trên đã xác nhận. Hãy tải lại trang."


class WithdrawnAlready(AppError):
    message = "Xác nhận này đã được bỏ rồi."


@dataclass(frozen=True, slots=True)
class Change:
    """Of one open dossier."""

    nominee: int
    unit: int
    name: str
    award: str
    before: str
    after: str


# -- Before the act ----------------------------------------------------------------------


def foreseen(unit: Unit, chosen: Mapping[str, str]) -> list[Change]:
    """Which open dossiers of the unit's own rounds would come out otherwise. ``chosen``: rule → reading."""
    nominees = list(_open_nominees([unit.pk]))
    standing = standing_confirmations(unit.pk)
    paper = Evidence(unit=unit, typed_number="văn bản đang xác nhận")
    added = [Confirmation(unit=unit, rule=rule, reading=code, paper=paper) for rule, code in chosen.items()]
    after = judge_nominees(nominees, with_confirmations([*added, *standing.values()]))
    return _changes(nominees, judge_nominees(nominees), after)


def _open_nominees(unit_ids: Iterable[int]) -> QuerySet[Nominee]:
    rows = Nominee.objects.filter(round__unit__in=list(unit_ids), state__in=LIVE).exclude(state=NomineeState.DECIDED)
    return rows.select_related("round", "proposal").order_by("round_id", "order", "pk")


def _changes(
    nominees: Iterable[Nominee], before: Mapping[int, Judgement], after: Mapping[int, Judgement]
) -> list[Change]:
    return [
        Change(
            row.pk, row.round.unit_id, row.name, row.award, before[row.pk].outcome.value, after[row.pk].outcome.value
        )
        for row in nominees
        if before[row.pk].outcome != after[row.pk].outcome
    ]


# -- The act -----------------------------------------------------------------------------


@transaction.atomic
def confirm(unit: Unit, *, actor: Any, chosen: Mapping[str, str], proof: Proof, note: str = "") -> list[Confirmation]:
    """One row a rule. Of two at once one confirms, the other is told.

    Raises ``NothingChosen``, ``NotOpen``, ``UnfitField``, and what ``campaigns.results.evidence.keep`` raises.
    """
    audit.wait_for_turn(unit.pk)
    if not chosen:
        raise NothingChosen
    _refuse_closed(unit, chosen)
    _refuse_unnamed(proof)
    words = refuse_markup(clean_line(note.strip(), limit=NOTE, name="Ghi chú"), name="ghi chú")
    nominees = list(_open_nominees(_unit_and_below(unit.pk)))
    before = judge_nominees(nominees)
    paper = keep(proof, unit_id=unit.pk, actor=actor)
    rows = [
        Confirmation.objects.create(unit=unit, rule=rule, reading=reading, paper=paper, note=words, by=actor)
        for rule, reading in chosen.items()
    ]
    changed = _judged_again(nominees, before)
    for row in rows:
        row.changed = [asdict(one) for one in changed]
        row.save(update_fields=["changed"])
        changes = {"rule": (None, _told(row)), "changed_outcomes": (None, len(changed))}
        audit.record("awards.rules.confirmed", row, actor=actor, unit_id=unit.pk, changes=changes)
    return rows


@transaction.atomic
def withdraw(confirmation: Confirmation, *, actor: Any, reason: str) -> list[Change]:
    """From now on both readings stand side by side again. What that changed is told.

    Raises ``WithdrawnAlready``, ``UnfitField``.
    """
    audit.wait_for_turn(confirmation.unit_id)
    words = refuse_markup(clean_line(" ".join(reason.split()), limit=NOTE, name="Lý do"), name="lý do")
    if not words:
        raise UnfitField("reason", "Ghi lý do bỏ xác nhận.")
    nominees = list(_open_nominees(_unit_and_below(confirmation.unit_id)))
    before = judge_nominees(nominees)
    now = timezone.now()
    open_row = Confirmation.objects.filter(pk=confirmation.pk, withdrawn_at=None)
    if not open_row.update(withdrawn_at=now, withdrawn_reason=words):
        raise WithdrawnAlready
    confirmation.withdrawn_at, confirmation.withdrawn_reason = now, words
    changed = _judged_again(nominees, before)
    changes = {
        "rule": (_told(confirmation), None),
        "reason": (None, words),
        "changed_outcomes": (None, len(changed)),
    }
    audit.record("awards.rules.withdrawn", confirmation, actor=actor, unit_id=confirmation.unit_id, changes=changes)
    return changed


def _judged_again(nominees: list[Nominee], before: Mapping[int, Judgement]) -> list[Change]:
    """What was frozen of dossiers that wait for the council follows; what the council has seen stays."""
    after = judge_nominees(nominees)
    for row in nominees:
        if row.state == NomineeState.READY and row.judgement is not None and after[row.pk] != before[row.pk]:
            judgement = write_judgement(after[row.pk])
            Nominee.objects.filter(pk=row.pk, state=NomineeState.READY).update(judgement=judgement)
    return _changes(nominees, before, after)


def _refuse_closed(unit: Unit, chosen: Mapping[str, str]) -> None:
    rules, there = open_rules(), standing_confirmations(unit.pk)
    for key, reading in chosen.items():
        if key not in rules or key in there:
            raise NotOpen
        if reading not in {one.code for one in rules[key].readings}:
            raise NothingChosen


def _refuse_unnamed(proof: Proof) -> None:
    """A file alone is not enough: the act names the paper."""
    if not proof.number.strip():
        raise UnfitField("number", "Ghi số, ký hiệu văn bản hướng dẫn, ví dụ 12/HD-SNV.")
    if proof.date is None:
        raise UnfitField("date", "Ghi ngày của văn bản, ví dụ 5/3/2026.")
    if not proof.issuer.strip():
        raise UnfitField("issuer", "Ghi cơ quan ban hành văn bản.")


def _told(row: Confirmation) -> str:
    rule = open_rules().get(row.rule)
    return f"{rule.words}: {rule.reading_words(row.reading)}" if rule else row.rule


def _unit_and_below(unit_id: int) -> set[int]:
    found = newest = {unit_id}
    for _ in range(_LEVELS):
        newest = set(Unit.objects.filter(parent__in=newest).values_list("pk", flat=True)) - found
        if not newest:
            break
        found = found | newest
    return found
