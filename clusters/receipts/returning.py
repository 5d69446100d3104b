"""Returned dossiers out of a pasted list: counted for each member, said on its score sheet by the reviewer."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.db import transaction

from clusters.models import Criterion, Member, ScoreSheet, Season
from clusters.receipts.reading import ReturnedLine, reason_of
from clusters.rules import may_work_on
from clusters.sheets import selectors
from clusters.sheets.services import NotScoring, Saying, save_many
from clusters.sheets.typed import Values, values_of
from clusters.states import SeasonState, Stage
from core.errors import AppError


class NothingTaken(AppError):
    message = "Đánh dấu ít nhất một dòng có đơn vị."


@dataclass(slots=True)
class Written:
    sheets: list[ScoreSheet]
    waiting: list[Member]
    """Their sheets do not lie with the reviewer, or it is the user's own unit: nothing was written of them."""


@transaction.atomic
def record_returned(season: Season, criterion: Criterion, lines: Sequence[ReturnedLine], *, actor: Any) -> Written:
    """The list replaces what the reviewer's stage said before. Raise ``NothingTaken``, and as ``save_many`` raises."""
    by_member: dict[int, list[ReturnedLine]] = {}
    for one in lines:
        if one.is_taken and one.member and one.count:
            by_member.setdefault(one.member, []).append(one)
    if not by_member:
        raise NothingTaken
    if season.state != SeasonState.SCORING:
        raise NotScoring
    pks = list(ScoreSheet.objects.filter(member__in=by_member).values_list("pk", flat=True))
    sheets = selectors.sheets_by_pk(season, pks)
    ready = [one for one in sheets if one.stage == Stage.REVIEW and may_work_on(actor, one, Stage.REVIEW)]
    there = selectors.entries_at(ready, [criterion])
    sayings = [_saying(one, criterion, there, by_member[one.member_id]) for one in ready]
    saved = save_many(sayings, stage=Stage.REVIEW, actor=actor)
    wrong = [(one.saying, one.sentence) for one in saved.refused]
    wrong += [(one.saying, one.sentence) for one in saved.clashes]
    for saying, sentence in wrong:
        raise AppError(f"{saying.sheet.member}: {sentence}")
    done = {one.member_id for one in ready}
    waiting = Member.objects.filter(pk__in=[pk for pk in by_member if pk not in done])
    return Written(ready, list(waiting))


def _saying(
    sheet: ScoreSheet, criterion: Criterion, there: Mapping[tuple[int, int], Any], lines: Sequence[ReturnedLine]
) -> Saying:
    own = there.get((sheet.pk, criterion.pk), {}).get(Stage.REVIEW)
    before = values_of(own) if own else Values()
    values = replace(before, returned=sum(one.count for one in lines), reason=reason_of(lines))
    return Saying(sheet, criterion, values, own.version if own else 0)
