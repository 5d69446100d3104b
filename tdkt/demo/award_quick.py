"""Khen nhanh in the demonstration: one page, a decision a few days ago; how much is paid still has to be said."""

from __future__ import annotations

import datetime as dt

from awards.collecting.rounds import move_round
from awards.collecting.rows import RowData
from awards.collecting.values import NomineeData
from awards.deciding.issuing import publish
from awards.deciding.quick import commend_at_once
from awards.models import Decision
from awards.states import RoundState
from tdkt.demo.award_deciding import record
from tdkt.demo.award_scene import Scene, date_back_decisions, date_back_round

_DEED = "Dũng cảm cứu hai học sinh bị đuối nước tại đập Khuôn Mới"
_WHERE = "Thôn Khuôn Mới"
_BORN = (1988, 1995)


def commend_rescuers(scene: Scene) -> Decision:
    rows = []
    for born in _BORN:
        honorific, name = scene.somebody_new()
        rows.append(RowData(NomineeData(name, "GK", honorific=honorific, birth_year=born, workplace=_WHERE)))
    quick = commend_at_once(scene.commune, actor=scene.officer, deed=_DEED, award="GK", rows=rows)
    assert quick.decision is not None, quick.left  # nothing hinders them
    day = max(scene.days_ago(3), dt.date(scene.today.year, 1, 1))
    number = scene.next_number(day.year, 35)
    decision = record(scene, quick.decision, number=number, day=day, settles=False)
    publish(quick.award_round, actor=scene.officer, decision_ids=[decision.pk])
    move_round(quick.award_round, actor=scene.officer, to=RoundState.DONE)
    quick.award_round.proposals.update(day=day, received_on=day)
    date_back_round(scene, quick.award_round, day)
    date_back_decisions(scene, [Decision.objects.get(pk=decision.pk)])
    return decision
