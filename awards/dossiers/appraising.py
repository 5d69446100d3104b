"""Thẩm định: a person decides otherwise than the rules, or finds a group ready; the judgement is frozen then.

Nobody decides on himself (``awards.decide_nominee``).
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from awards import rules
from awards.dossiers.checking import CHECKED_STATES, check_nominees
from awards.models import Nominee, Round
from awards.states import NOMINEE_MOVES, NomineeState
from core import audit
from core.errors import AppError, UnfitField
from core.states import MovedMeanwhile, MoveRefused, move
from core.text import clean_line, refuse_markup

_REASON = 300
DECIDED_IN = (NomineeState.PROPOSED, NomineeState.CORRECTING, NomineeState.READY)


class OnHimself(AppError):
    message = "Không ai quyết định về chính mình; nhờ người khác trong đơn vị làm việc này."


class TooLate(AppError):
    message = "Hội đồng đã xét, hoặc hồ sơ đã trình nên không đổi quyết định này được nữa."


@dataclass(slots=True)
class Appraised:
    done: list[Nominee] = field(default_factory=list)
    left: list[tuple[Nominee, str]] = field(default_factory=list)
    """With why."""


@transaction.atomic
def overrule(nominee: Nominee, *, actor: Any, choice: str, reason: str) -> None:
    """«Vẫn đề nghị» or «Không đề nghị» against the outcome; who is left out leaves the list, and may come back.

    Raise ``OnHimself``, ``TooLate``, ``UnfitField``, ``MovedMeanwhile``.
    """
    if not rules.decides_on_nominee(actor, nominee):
        raise OnHimself
    if choice not in (Nominee.Overruled.KEPT, Nominee.Overruled.LEFT_OUT):
        raise UnfitField("choice", "Chọn vẫn đề nghị hoặc không đề nghị.")
    if nominee.state not in DECIDED_IN:
        raise TooLate
    said = {
        "overruled": choice,
        "overruled_reason": _reason(reason),
        "overruled_by": actor,
        "overruled_at": timezone.now(),
    }
    if choice == Nominee.Overruled.LEFT_OUT:
        why = said["overruled_reason"]
        _move(nominee, NomineeState.WITHDRAWN, "awards.nominee.left_out", actor, reason=why, **said)
        return
    _change(nominee, "awards.nominee.kept", actor, said)


@transaction.atomic
def follow_outcome(nominee: Nominee, *, actor: Any) -> None:
    """Take a decision of one's own back: the rules count again, who was left out is proposed again."""
    if not rules.decides_on_nominee(actor, nominee):
        raise OnHimself
    if not nominee.overruled:
        return
    said = {"overruled": "", "overruled_reason": "", "overruled_by": None, "overruled_at": None}
    if nominee.state == NomineeState.WITHDRAWN:
        _move(nominee, NomineeState.PROPOSED, "awards.nominee.followed", actor, reason="", **said)
        return
    if nominee.state not in DECIDED_IN:
        raise TooLate
    _change(nominee, "awards.nominee.followed", actor, said)


@transaction.atomic
def appraise(award_round: Round, *, actor: Any, nominee_ids: Collection[int]) -> Appraised:
    """«Đã thẩm định»: those without red become ready, with today's judgement; of the others it says why not."""
    rows = list(
        Nominee.objects.filter(round=award_round, pk__in=nominee_ids, state__in=CHECKED_STATES)
        .select_related("round__unit", "proposal__part", "proposal__lower", "proposal__round__unit", "subject")
        .order_by("order", "pk")
    )
    found = Appraised()
    for checked in check_nominees(award_round, rows, with_impediments=True).rows:
        nominee = checked.nominee
        if nominee.state in (NomineeState.READY, NomineeState.PASSED):
            continue
        if rules.is_about(actor, nominee):
            found.left.append((nominee, str(OnHimself())))
        elif checked.hindering:
            found.left.append((nominee, " ".join(one.words for one in checked.hindering)))
        else:
            frozen = checked.judged.frozen() if checked.judged else None
            try:
                _move(nominee, NomineeState.READY, "awards.nominee.appraised", actor, judgement=frozen)
            except MovedMeanwhile as error:
                found.left.append((nominee, str(error)))
            else:
                found.done.append(nominee)
    return found


@transaction.atomic
def reopen(nominee: Nominee, *, actor: Any) -> None:
    """An appraised dossier is looked at once more: judged on reading again."""
    if nominee.state != NomineeState.READY:
        raise MoveRefused
    _move(nominee, NomineeState.PROPOSED, "awards.nominee.reopened", actor, judgement=None)


def _move(nominee: Nominee, to: str, code: str, actor: Any, **also: Any) -> None:
    """History tells the state and reasons; of a judgement only its outcome."""
    judgement = also.pop("judgement", ...)
    old = nominee.state
    move(nominee, to, NOMINEE_MOVES, actor=actor, unit_id=nominee.round.unit_id, code=code, **also)
    if judgement is not ... and old != to:
        Nominee.objects.filter(pk=nominee.pk).update(judgement=judgement, version=F("version") + 1)
        nominee.judgement = judgement


def _change(nominee: Nominee, code: str, actor: Any, values: dict[str, Any]) -> None:
    changed = Nominee.objects.filter(pk=nominee.pk, state=nominee.state, version=nominee.version).update(
        **values, version=F("version") + 1
    )
    if not changed:
        raise MovedMeanwhile
    before = {name: getattr(nominee, name) for name in values}
    for name, value in values.items():
        setattr(nominee, name, value)
    nominee.version += 1
    changes = audit.differences(before, values)
    audit.record(code, nominee, actor=actor, unit_id=nominee.round.unit_id, changes=changes)


def _reason(text: str) -> str:
    reason = " ".join(text.split())
    if not reason:
        raise UnfitField("reason", "Ghi lý do để người xem sau hiểu vì sao.")
    if len(reason) > _REASON:
        raise UnfitField("reason", f"Lý do dài quá {_REASON} ký tự.")
    return refuse_markup(clean_line(reason, limit=_REASON, name="Lý do"), name="lý do")
