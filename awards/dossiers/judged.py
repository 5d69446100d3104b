"""Nominees with what they are judged by, for whoever looks: without discipline and open cases for those who may not
know of them.

However many nominees are asked for, the queries are the same.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from awards.conditions import Condition, conditions_for
from awards.dossiers.readings import OUTCOME_WORDS
from awards.eligibility import Checked, Judgement, Outcome, judge
from awards.facts import Case, Path, Recipient
from awards.interchange import write_judgement
from awards.judging import cases_of, conditions_of_units
from awards.models import Nominee
from awards.shipped import shipped_awards

HIDDEN_CODES = frozenset(["discipline", "open_case"])
HIDDEN_WORDS = "Chỉ người thẩm định, thành viên Hội đồng và lãnh đạo được xem mục này."


@dataclass(frozen=True, slots=True)
class Judged:
    case: Case
    judgement: Judgement
    """As of today."""
    conditions: tuple[Condition, ...]
    shows_impediments: bool

    @property
    def outcome(self) -> Outcome:
        return self.judgement.outcome

    @property
    def words(self) -> str:
        return OUTCOME_WORDS[self.outcome]

    @property
    def checks(self) -> tuple[Checked, ...]:
        if self.shows_impediments:
            return self.judgement.checks
        return tuple(
            replace(one, ok=None, because=HIDDEN_WORDS) if one.code in HIDDEN_CODES else one
            for one in self.judgement.checks
        )

    @property
    def asked(self) -> list[Condition]:
        """The conditions of this award for this kind of recipient on the day."""
        case = self.case
        found = conditions_for(case.award, Recipient(case.subject.kind), case.received_on, self.conditions)
        return found if case.path is Path.MERIT else [one for one in found if one.check == "rating"]

    @property
    def open_conditions(self) -> list[Condition]:
        return [one for one in self.asked if not one.is_confirmed(self.case.received_on)]

    def frozen(self) -> dict[str, Any]:
        return write_judgement(self.judgement)


def judged(nominees: Iterable[Nominee], *, with_impediments: bool) -> dict[int, Judged]:
    """By nominee; those whose award the catalogue does not have are left out. Needs ``round`` and ``proposal``."""
    rows: Sequence[Nominee] = [one for one in nominees if one.award in shipped_awards()]
    conditions = conditions_of_units({row.round.unit_id for row in rows})
    units = {row.pk: row.round.unit_id for row in rows}
    found: dict[int, Judged] = {}
    for pk, case in cases_of(rows).items():
        known = case if with_impediments else _without_impediments(case)
        own = conditions[units[pk]]
        found[pk] = Judged(known, judge(known, own), own, with_impediments)
    return found


def _without_impediments(case: Case) -> Case:
    members = case.subject.members
    return replace(
        case,
        subject=replace(
            case.subject,
            discipline=(),
            has_open_case=False,
            members=replace(members, warned_or_worse=0) if members else None,
        ),
    )


def has_impediments(case: Case) -> bool:
    """Whether looking at this judgement tells of discipline or of an open case."""
    members = case.subject.members
    return bool(case.subject.discipline or case.subject.has_open_case or (members and members.warned_or_worse))


def outcome_of(nominee: Nominee, found: Judged | None) -> Outcome | None:
    """The frozen one from the appraisal on; before, today's. None: nobody can say (no such award)."""
    frozen = nominee.judgement or {}
    if frozen and (found is None or found.shows_impediments):
        return Outcome(frozen["outcome"])
    return found.outcome if found else None
