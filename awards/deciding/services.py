"""Writes: a decision begun from those who passed, its words, its order. Its way out of the house: ``issuing``."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from django.db import transaction
from django.utils import timezone

from awards.catalogue.effective import effective_awards
from awards.deciding.candidates import Group, common_deciders, desk_of, in_order
from awards.deciding.drafting import LONGEST, TEXTS, drafted, settled
from awards.deciding.facts import facts_of, issuer_for, nominees_of
from awards.models import Decision, Nominee, Round
from awards.money import BY_WORDS, By
from awards.states import DecisionState, NomineeState
from core import audit
from core.errors import AppError, UnfitField
from core.states import MovedMeanwhile, claim_version
from plans import cleaning
from units.models import Issuer
from units.selectors import issuers_of

PAYER = 300
"""Letters."""


class IsIssued(AppError):
    message = "Quyết định đã ban hành nên giữ nguyên."


# -- Begun ---------------------------------------------------------------------------------


@transaction.atomic
def draft(award_round: Round, *, actor: Any, groups: Collection[str], by: str = "") -> Decision:
    """One decision for whole groups («GK:person») of a round that the unit decides itself, in the usual order.

    ``by`` blank: whoever of the unit may decide on all of them. Raises ``UnfitField``.
    """
    audit.wait_for_turn(award_round.unit_id)  # two windows: the second one finds them taken
    chosen = _chosen(award_round, groups)
    unit = award_round.unit
    decider = _decider(chosen, by)
    decision = Decision(unit=unit, round=award_round, decider=decider, issuer=issuer_for(unit, decider), by=actor)
    decision.payer = _payer(award_round, chosen)
    decision.save()
    _take(decision, in_order(one for group in chosen for one in group.nominees))
    _follow(decision)
    told = {"subject": decision.subject, "nominees": [group.words for group in chosen]}
    changes = {name: (None, value) for name, value in told.items()}
    audit.record("awards.decision.drafted", decision, actor=actor, unit_id=unit.pk, changes=changes)
    return decision


@transaction.atomic
def take_in(decision: Decision, *, actor: Any, version: int, groups: Collection[str]) -> None:
    """More of the same round, behind those that stand there. Raises ``IsIssued``, ``UnfitField``."""
    if decision.round is None:
        raise UnfitField("groups", "Quyết định này không thuộc đợt xét nào.")
    audit.wait_for_turn(decision.unit_id)
    chosen = _chosen(decision.round, groups)
    if By(decision.decider) not in common_deciders(chosen):
        raise UnfitField("groups", f"{BY_WORDS[By(decision.decider)]} không quyết định tất cả các mục đã chọn.")
    _claim(decision, version)
    _take(decision, in_order(one for group in chosen for one in group.nominees), after=decision.nominees.count())
    _follow(decision)
    changes = {"nominees": (None, [group.words for group in chosen])}
    audit.record("awards.decision.taken_in", decision, actor=actor, unit_id=decision.unit_id, changes=changes)


def _chosen(award_round: Round, keys: Collection[str]) -> list[Group]:
    found = [one for one in desk_of(award_round, timezone.localdate()).here if one.key in keys]
    if not found or len(found) != len(set(keys)):
        raise UnfitField(
            "groups", "Chọn ít nhất một mục còn trong danh sách; có thể người khác vừa đưa vào quyết định."
        )
    return found


def _decider(groups: Sequence[Group], by: str) -> By:
    common = common_deciders(groups)
    if not common:
        raise UnfitField("groups", "Các mục này do những người khác nhau quyết định; lập quyết định riêng.")
    if by and by not in common:
        raise UnfitField("by", f"{BY_WORDS[By(by)]} không quyết định tất cả các mục đã chọn.")
    return By(by) if by else common[0]


def _payer(award_round: Round, groups: Sequence[Group]) -> str:
    """What a local rule names; else the level that decides pays."""
    known = effective_awards(award_round.unit_id, timezone.localdate(), [one.award.code for one in groups])
    named = [one.payer for one in known.values() if one.payer]
    return named[0] if named else f"Quỹ thi đua, khen thưởng của {award_round.unit}"


def _take(decision: Decision, nominees: Sequence[Nominee], after: int = 0) -> None:
    ids = [one.pk for one in nominees]
    free = Nominee.objects.filter(pk__in=ids, decision=None, state__in=(NomineeState.PASSED, NomineeState.READY))
    if free.update(decision=decision) != len(ids):
        raise MovedMeanwhile
    number(nominees, after)


def _follow(decision: Decision) -> None:
    """The subject by which lists name a draft says what its rows do, unless somebody wrote it."""
    decision.subject = settled(drafted(facts_of(decision)), decision.texts)["subject"]
    decision.save(update_fields=["subject"])


def number(nominees: Sequence[Nominee], after: int = 0) -> None:
    for order, one in enumerate(nominees, start=after + 1):
        one.decision_order = order
    Nominee.objects.bulk_update(nominees, ["decision_order"], batch_size=500)


# -- Its words -----------------------------------------------------------------------------


@transaction.atomic
def save_words(
    decision: Decision, *, actor: Any, version: int, issuer: Issuer, payer: str, texts: Mapping[str, str]
) -> None:
    """Words that are as drafted are not kept: they go on following the rows.

    Raises ``IsIssued``, ``EditedMeanwhile``, ``UnfitField``.
    """
    if not issuers_of(decision.unit_id).filter(pk=issuer.pk).exists():
        raise UnfitField("issuer", "Chọn một cơ quan ban hành của đơn vị.")
    cleaned = {text.name: _cleaned(text.name, texts.get(text.name, ""), text.rows) for text in TEXTS}
    payer = cleaning.line("payer", " ".join(payer.split()), PAYER)
    _refuse_issued(decision)
    before, shown = _told(decision), drafted(facts_of(decision))
    decision.issuer, decision.payer = issuer, payer
    drafts = drafted(facts_of(decision))  # what was left as it was shown follows a new issuer or payer, too
    decision.texts = {name: text for name, text in cleaned.items() if text not in (drafts[name], shown[name])}
    decision.subject = settled(drafts, decision.texts)["subject"]
    after = _told(decision)
    if before == after:
        return
    _claim(decision, version)
    decision.save(update_fields=["issuer", "payer", "texts", "subject"])
    changes = audit.differences(before, after)
    audit.record("awards.decision.written", decision, actor=actor, unit_id=decision.unit_id, changes=changes)


def _told(decision: Decision) -> dict[str, Any]:
    texts = {f"decision_{name}": text for name, text in decision.texts.items()}
    return {"issuer": decision.issuer, "payer": decision.payer, "subject": decision.subject, **texts}


def _cleaned(name: str, text: str, rows: int) -> str:
    cleaned = cleaning.body(name, text) if rows else cleaning.line(name, " ".join(text.split()), 300)
    if len(cleaned) > LONGEST:
        raise UnfitField(name, "Dài quá 20.000 ký tự.")
    return cleaned.strip("\n")


# -- Its order -----------------------------------------------------------------------------


@transaction.atomic
def reorder(decision: Decision, *, actor: Any, version: int, typed: Mapping[int, int]) -> None:
    """``typed``: nominee → the place it is to have; the others close up. Raises ``IsIssued``, ``EditedMeanwhile``."""
    _refuse_issued(decision)
    rows = list(nominees_of(decision))
    places = {one.pk: at for at, one in enumerate(rows, start=1)}

    def place(one: Nominee) -> tuple[int, int]:
        """Who moves up comes before whoever stands at that place, who moves down after."""
        here = places[one.pk]
        there = typed.get(one.pk, here)
        return there, (there > here) - (there < here)

    _write_order(decision, sorted(rows, key=place), rows, actor, version)


@transaction.atomic
def usual_order(decision: Decision, *, actor: Any, version: int) -> None:
    """By award, kind and part again."""
    _refuse_issued(decision)
    rows = list(nominees_of(decision))
    _write_order(decision, in_order(rows), rows, actor, version)


def _write_order(
    decision: Decision, rows: Sequence[Nominee], before: Sequence[Nominee], actor: Any, version: int
) -> None:
    moved = [(at, one) for at, (one, was) in enumerate(zip(rows, before, strict=True), start=1) if one.pk != was.pk]
    if not moved:
        return
    _claim(decision, version)
    number(rows)
    changes = {"order": (None, [f"{at}. {one.name}" for at, one in moved])}
    audit.record("awards.decision.ordered", decision, actor=actor, unit_id=decision.unit_id, changes=changes)


@transaction.atomic
def leave_out(decision: Decision, *, actor: Any, version: int, nominee_id: int) -> None:
    """Taken out of the draft; it stays passed and may stand in another."""
    _refuse_issued(decision)
    rows = list(nominees_of(decision))
    left = [one for one in rows if one.pk == nominee_id]
    if not left:
        return
    _claim(decision, version)
    Nominee.objects.filter(pk=nominee_id, decision=decision).update(decision=None, decision_order=None)
    number([one for one in rows if one.pk != nominee_id])
    _follow(decision)
    changes = {"nominee": (left[0].name, None)}
    audit.record("awards.decision.left_out", decision, actor=actor, unit_id=decision.unit_id, changes=changes)


@transaction.atomic
def discard(decision: Decision, *, actor: Any, version: int) -> None:
    """A draft that was never issued; its nominees are free again."""
    _refuse_issued(decision)
    _claim(decision, version)
    Nominee.objects.filter(decision=decision).update(decision=None, decision_order=None)
    whose = decision.round or decision.unit
    changes = {"removed_decision": (str(decision), None)}
    audit.record("awards.decision.discarded", whose, actor=actor, unit_id=decision.unit_id, changes=changes)
    decision.delete()


def _refuse_issued(decision: Decision) -> None:
    if decision.state != DecisionState.DRAFT:
        raise IsIssued


def _claim(decision: Decision, version: int) -> None:
    """Raises ``EditedMeanwhile``, also where it was issued meanwhile."""
    claim_version(decision, version, state=DecisionState.DRAFT)
