"""What a decision gives enters the register: one line for each of its nominees, in the order of handing over.

Only what was signed stands in the register, so this is called when the decision is recorded, in the same transaction.
"""

from __future__ import annotations

from typing import Any

from django.db import transaction

from awards.models import Decision, Grant, Nominee
from awards.models.common import MODE_OF_PATH, CycleKind, PathKind
from awards.shipped import award_name
from awards.states import NOMINEE_MOVES, DecisionState, NomineeState
from core import audit
from core.errors import AppError
from core.states import move_many

_NAMED = 3
"""So many names a refusal tells."""


class NotDecided(AppError):
    message = "Quyết định chưa ban hành nên chưa vào sổ khen thưởng. Hãy ghi nhận số và ngày ký trước."


class NothingDecided(AppError):
    message = "Quyết định chưa có đối tượng nào để vào sổ khen thưởng."


class UnfitNominees(AppError):
    pass


@transaction.atomic
def enter_grants(decision: Decision, *, actor: Any) -> list[Grant]:
    """The decision's lines, in its order. Asked twice, or by two at once, it gives what is entered already.

    Golden number: the position in the decision (Nghị định số 98/2023/NĐ-CP, Điều 104). Money follows later.
    Raises ``NotDecided``, ``NothingDecided``, ``UnfitNominees`` (no subject, or not passed).
    """
    audit.wait_for_turn(decision.unit_id)
    if decision.state == DecisionState.DRAFT:
        raise NotDecided
    if entered := list(decision.grants.filter(nominee__isnull=False).order_by("order")):
        return entered
    nominees = list(decision.nominees.select_related("round", "subject").order_by("decision_order", "order", "pk"))
    _refuse_unfit(nominees)
    grants = [_line(decision, nominee, order, actor) for order, nominee in enumerate(nominees, start=1)]
    for grant in grants:
        grant.fill_search()
    Grant.objects.bulk_create(grants)
    move_many(
        nominees,
        NomineeState.DECIDED.value,
        NOMINEE_MOVES,
        actor=actor,
        unit_id=decision.unit_id,
        code="awards.nominee.decided",
    )
    audit.record(
        "awards.grants.entered",
        decision,
        actor=actor,
        unit_id=decision.unit_id,
        changes={"grants_entered": (None, len(grants))},
    )
    return grants


def _refuse_unfit(nominees: list[Nominee]) -> None:
    if not nominees:
        raise NothingDecided
    if unknown := [one.name for one in nominees if one.subject_id is None]:
        raise UnfitNominees(f"Chưa xác định đối tượng là ai: {_told(unknown)}. Hãy chọn đúng đối tượng rồi ghi lại.")
    waiting = [one.name for one in nominees if NomineeState.DECIDED not in NOMINEE_MOVES[one.state]]
    if waiting:
        raise UnfitNominees(
            f"Chưa được thông qua để khen thưởng: {_told(waiting)}. Hãy hoàn tất việc xét hoặc đưa ra khỏi quyết định."
        )


def _told(names: list[str]) -> str:
    more = f" và {len(names) - _NAMED} đối tượng khác" if len(names) > _NAMED else ""
    return ", ".join(names[:_NAMED]) + more


def _line(decision: Decision, nominee: Nominee, order: int, actor: Any) -> Grant:
    return Grant(
        unit_id=decision.unit_id,
        decision=decision,
        order=order,
        golden_number=str(order),
        subject=nominee.subject,
        nominee=nominee,
        kind=nominee.kind,
        honorific=nominee.honorific,
        name=nominee.name,
        detail=", ".join(filter(None, (nominee.post, nominee.workplace))),
        award=nominee.award,
        award_name=award_name(nominee.award),
        year=nominee.year,
        period=period_of(nominee),
        mode=MODE_OF_PATH[PathKind(nominee.path)].value,
        level=nominee.level,
        achievement=nominee.achievement,
        by=actor,
    )


def period_of(nominee: Nominee) -> str:
    """«2026»; of a school year the one that ends in the nominee's year: «2025-2026»."""
    if nominee.round.cycle == CycleKind.SCHOOL_YEAR:
        return f"{nominee.year - 1}-{nominee.year}"
    return str(nominee.year)
