"""A decision on its way out of the house: recorded back as it was signed; only then register and money follow.

What another decided is recorded from its paper, of those who were sent up. Decisions of a round that are held are
published together.
"""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils import timezone

from awards.deciding.candidates import in_order, incompetent
from awards.deciding.drafting import drafted
from awards.deciding.facts import facts_of, nominees_of
from awards.deciding.lacks import lacks_of
from awards.deciding.moves import move_nominee, move_nominees
from awards.deciding.paper import KIND
from awards.deciding.paying import write_due
from awards.deciding.printing import Printed, file_name, printed
from awards.deciding.sending import flow_back
from awards.deciding.services import IsIssued, number
from awards.models import Decision, Nominee, Round
from awards.money import BY_WORDS, By
from awards.register.entering import enter_grants
from awards.states import DECISION_MOVES, DecisionState, NomineeState
from campaigns.results.evidence import Proof, UnfitProof, keep
from core import audit, files
from core.errors import AppError, UnfitField
from core.models import StoredFile
from core.states import MovedMeanwhile, claim_version, move
from documents import issuing
from documents.issuing import PaperData, PaperFiles, ToConfirm
from documents.models import IssuedPaper
from documents.rendering import render
from plans import cleaning

_LINE = 300
_SIGNER = 120


class StillLacks(AppError):
    def __init__(self, lacks: Sequence[str]) -> None:
        super().__init__(f"Chưa ghi nhận được. {' '.join(lacks)}")
        self.lacks = list(lacks)


# -- The unit's own ------------------------------------------------------------------------


def paper_of(said: Printed, **typed: Any) -> PaperData:
    """Kind and subject are the decision's own; the rest is typed from what was signed."""
    return PaperData(kind=KIND, subject=said.texts["subject"], **typed)


@transaction.atomic
def record_issue(
    decision: Decision,
    *,
    actor: Any,
    version: int,
    paper: PaperData,
    signed_file: StoredFile | None = None,
    is_confirmed: bool = False,
) -> IssuedPaper:
    """Freeze the paper with number, day and signer; enter its lines into the register, with what money is settled.

    Where any of it fails nothing is left, the number included. Raises ``IsIssued``, ``EditedMeanwhile``,
    ``StillLacks``, ``UnfitPaper`` with the record's field, ``ToConfirm`` for an odd number and for an award that
    this chairman did not decide on that day.
    """
    if decision.state != DecisionState.DRAFT:
        raise IsIssued
    audit.wait_for_turn(decision.unit_id)
    nominees = list(nominees_of(decision))
    if lacks := lacks_of(decision, nominees, printed(decision).texts):
        raise StillLacks(lacks)
    assert decision.issuer is not None
    paper, who = issuing.checked(paper, decision.issuer), {"issuer": decision.issuer, "actor": actor}
    _ask_about_competence(decision, nominees, paper.date, is_confirmed=is_confirmed)
    claim_version(decision, version, state=DecisionState.DRAFT)
    where = issuing.where_issued(paper)
    paper = issuing.take_number(paper, **who, is_confirmed=is_confirmed)
    decision.day = paper.date
    said = Printed(printed(decision).facts, paper)
    drawn = PaperFiles(pdf=_drawn(said, "pdf", actor), word=_drawn(said, "docx", actor))
    record = issuing.write_record(paper, **who, drawn=drawn, signed_file=signed_file, where=where)
    number(nominees)
    _pass_ready(nominees, actor)
    decision.subject = said.texts["subject"]
    decision.save(update_fields=["subject"])
    _issued(decision, actor, day=paper.date, number=record.full_number, signer=paper.signer, paper=record)
    enter_grants(decision, actor=actor)
    write_due(decision, actor=actor)
    return record


def _issued(decision: Decision, actor: Any, **also: Any) -> None:
    move(
        decision,
        DecisionState.ISSUED.value,
        DECISION_MOVES,
        actor=actor,
        unit_id=decision.unit_id,
        code="awards.decision.issued",
        **also,
    )


def _ask_about_competence(
    decision: Decision, nominees: Sequence[Nominee], day: dt.date, *, is_confirmed: bool
) -> None:
    """The paper is signed; that it was signed by the wrong person is asked about, not forbidden."""
    wrong = incompetent((one.award for one in nominees), By(decision.decider), day)
    if wrong and not is_confirmed:
        names, source = ", ".join(award.name for award in wrong), wrong[0].source
        words = f"Ngày {day:%d/%m/%Y} {BY_WORDS[By(decision.decider)]} chưa quyết định {names} ({source})."
        raise ToConfirm("date", words)


def _pass_ready(nominees: Sequence[Nominee], actor: Any) -> None:
    """Those on whom nobody has to sit."""
    ready = [one for one in nominees if one.state == NomineeState.READY]
    move_nominees(ready, NomineeState.PASSED, actor, "awards.nominee.passed_without_sitting")


def _drawn(said: Printed, to: str, actor: Any) -> StoredFile:
    content = io.BytesIO(render(said.paper(), to))
    name = file_name(said.facts.decision, to)
    return files.store(content, name=name, unit_id=said.facts.unit.pk, actor=actor)


@transaction.atomic
def add_copy(decision: Decision, *, actor: Any, signed_file: StoredFile) -> None:
    """The signed copy that was missing; what is there is never replaced. Raises ``HasSignedFile``."""
    assert decision.paper is not None
    issuing.add_signed_file(decision.paper, signed_file, actor=actor)


# -- Of another ----------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Outside:
    """A decision of another as its paper says it."""

    by: str
    number: str
    day: dt.date
    issuer: str
    signer: str = ""
    proof: Proof = Proof()
    """Of it only the scan."""


@transaction.atomic
def record_outside(
    award_round: Round, *, actor: Any, said: Outside, given: Collection[int], refused: Mapping[int, str]
) -> Decision | None:
    """Of those sent up: whom the superior awarded, and whom it refused with its reason. The decision, if any.

    Raises ``UnfitField``, ``MovedMeanwhile`` where somebody recorded any of them already.
    """
    audit.wait_for_turn(award_round.unit_id)
    wanted = {*given, *refused}
    rows = Nominee.objects.filter(round=award_round, state=NomineeState.SENT, pk__in=wanted)
    nominees = {one.pk: one for one in rows.select_related("round", "proposal__part", "proposal__lower", "subject")}
    if not wanted:
        raise UnfitField("outcome", "Chọn kết quả của ít nhất một đối tượng.")
    if nominees.keys() != wanted:
        raise MovedMeanwhile
    for pk, reason in refused.items():
        _refuse(nominees[pk], reason, actor)
    if not given:
        return None
    decision = _outside(award_round, said, actor)
    ordered = in_order(nominees[pk] for pk in given)
    decision.subject = _subject(decision, ordered)
    decision.save()
    Nominee.objects.filter(pk__in=given, state=NomineeState.SENT).update(decision=decision)
    number(ordered)
    _enter_outside(decision, actor)
    return decision


def _refuse(nominee: Nominee, reason: str, actor: Any) -> None:
    reason = cleaning.line(f"reason_{nominee.pk}", " ".join(reason.split()), _LINE)
    if not reason:
        raise UnfitField(f"reason_{nominee.pk}", "Ghi lý do không khen như cấp trên trả lời.")
    move_nominee(nominee, NomineeState.REFUSED, actor, "awards.nominee.refused", reason=reason)


def _outside(award_round: Round, said: Outside, actor: Any) -> Decision:
    typed = cleaning.line("number", " ".join(said.number.split()), 80)
    issuer = cleaning.line("issuer", " ".join(said.issuer.split()), _LINE)
    if not any(letter.isdigit() for letter in typed):
        raise UnfitField("number", "Ghi số, ký hiệu quyết định, ví dụ 1312/QĐ-UBND.")
    if not issuer:
        raise UnfitField("issuer", "Ghi cơ quan quyết định như trên văn bản.")
    if said.day > timezone.localdate():
        raise UnfitField("date", f"Ngày {said.day:%d/%m/%Y} chưa đến.")
    proof = Proof(typed, said.day, issuer, said.proof.upload)
    try:
        evidence = keep(proof, unit_id=award_round.unit_id, actor=actor)
    except (UnfitProof, files.UnfitFile) as error:
        raise UnfitField("upload", str(error)) from None
    return Decision(
        unit=award_round.unit,
        round=award_round,
        decider=said.by,
        number=typed,
        day=said.day,
        signer=cleaning.line("signer", " ".join(said.signer.split()), _SIGNER),
        issuer_name=issuer,
        outside=evidence,
        state=DecisionState.ISSUED,
        by=actor,
    )


def _subject(decision: Decision, nominees: Sequence[Nominee]) -> str:
    return drafted(facts_of(decision, nominees))["subject"]


def _enter_outside(decision: Decision, actor: Any) -> None:
    told = {"number": decision.number, "day": decision.day, "issuer_name": decision.issuer_name}
    changes = {name: (None, value) for name, value in told.items()}
    audit.record("awards.decision.recorded", decision, actor=actor, unit_id=decision.unit_id, changes=changes)
    enter_grants(decision, actor=actor)


# -- Published together --------------------------------------------------------------------


@transaction.atomic
def publish(award_round: Round, *, actor: Any, decision_ids: Collection[int]) -> list[Decision]:
    """All of them or none, at one moment. Raises ``UnfitField``, ``MovedMeanwhile``."""
    audit.wait_for_turn(award_round.unit_id)
    wanted = set(decision_ids)
    rows = Decision.objects.filter(round=award_round, pk__in=wanted).select_related("unit", "round")
    found = list(rows.order_by("day", "pk"))
    if not found or len(found) != len(wanted):
        raise UnfitField("decisions", "Chọn ít nhất một quyết định đã ban hành của đợt xét này.")
    if any(one.state != DecisionState.ISSUED for one in found):
        raise MovedMeanwhile
    now = timezone.now()
    for one in found:
        move(
            one,
            DecisionState.PUBLISHED.value,
            DECISION_MOVES,
            actor=actor,
            unit_id=one.unit_id,
            code="awards.decision.published",
            published_at=now,
        )
    flow_back(award_round, found, actor=actor)
    return found
