"""Khen nhanh: one page makes a round of its own, its nominees, their dossier in short, and the draft of a decision.

Luật số 06/2022/QH15, Điều 85: sudden merit needs a tờ trình and a summary of what was done, and no sitting.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.db import transaction
from django.utils import timezone

from awards.catalogue.effective import effective_awards
from awards.collecting.proposals import open_proposal, receive
from awards.collecting.rounds import create_round, move_round
from awards.collecting.rows import RowData, add_rows
from awards.collecting.values import RoundData, Sender
from awards.deciding.candidates import own_deciders
from awards.deciding.services import draft
from awards.dossiers.appraising import appraise
from awards.models import Decision, Proposal, Round
from awards.models.common import CycleKind, PathKind
from awards.shipped import Award, Route
from awards.states import RoundState
from core import audit
from core.errors import UnfitField
from units.models import Unit

_NAME = 120
"""Letters of the deed that name the round."""


@dataclass(frozen=True, slots=True)
class Quick:
    award_round: Round
    decision: Decision | None
    """None: nobody could be found ready at once."""
    left: tuple[str, ...]
    """«Nguyễn Thị Hoa: why»; they wait in the round."""


def awards_at_once(unit: Unit, day: dt.date) -> list[Award]:
    """What the unit's chairman gives for sudden merit without a sitting."""
    own = own_deciders(unit)
    found = effective_awards(unit.pk, day).values()
    return [
        one.award
        for one in found
        if one.route_of(is_sudden=True) is Route.CHAIR and any(by in one.award.decided_by(day) for by in own)
    ]


@transaction.atomic
def commend_at_once(unit: Unit, *, actor: Any, deed: str, award: str, rows: Sequence[RowData]) -> Quick:
    """``deed``: what they did, of those rows that say nothing of their own.

    Raises ``UnfitField``, ``UnfitRow``.
    """
    deed = " ".join(deed.split()).rstrip(" .;")
    if not deed:
        raise UnfitField("deed", "Ghi việc đã làm, ví dụ: Cứu hai học sinh bị đuối nước ngày 15/11/2026.")
    if award not in {one.code for one in awards_at_once(unit, timezone.localdate())}:
        raise UnfitField("award", "Hình thức này không do Chủ tịch quyết định ngay; hãy lập đợt xét.")
    audit.wait_for_turn(unit.pk)
    award_round = _round(unit, actor, deed, award)
    today = timezone.localdate()
    proposal = open_proposal(award_round, actor=actor, sender=Sender(), day=today, way=Proposal.Way.OWN)
    said = [
        replace(row, data=replace(row.data, award=award, achievement=row.data.achievement or deed)) for row in rows
    ]
    nominees = add_rows(proposal, actor=actor, rows=said)
    proposal.refresh_from_db(fields=["version"])
    receive(award_round, actor=actor, seen={proposal.pk: proposal.version}, day=today)
    move_round(award_round, actor=actor, to=RoundState.APPRAISING)
    appraised = appraise(award_round, actor=actor, nominee_ids=[one.pk for one in nominees])
    left = tuple(f"{one.name}: {why}" for one, why in appraised.left)
    if not appraised.done:
        return Quick(award_round, None, left)
    move_round(award_round, actor=actor, to=RoundState.DECIDING)
    groups = {f"{one.award}:{one.kind}" for one in appraised.done}
    return Quick(award_round, draft(award_round, actor=actor, groups=groups), left)


def _round(unit: Unit, actor: Any, deed: str, award: str) -> Round:
    today = timezone.localdate()
    short = deed if len(deed) <= _NAME else f"{deed[:_NAME].rpartition(' ')[0]}…"
    name = f"Khen thưởng đột xuất: {short[:1].lower()}{short[1:]}"
    alike = Round.objects.filter(unit=unit, year=today.year, name__startswith=name).count()
    if alike:
        name = f"{name} ({alike + 1})"
    data = RoundData(name, today.year, CycleKind.OCCASION.value, PathKind.SUDDEN.value, (award,))
    award_round = create_round(unit, actor=actor, data=data)
    award_round.is_quick = True
    award_round.save(update_fields=["is_quick"])
    return award_round
