"""A plan beside its signed copy: where they differ, and what of it the plan can take over. No database here."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from documents.dates import PartialDate
from documents.findings import Findings
from documents.signed.comparing import Comparison, Difference, Outcome, compare, concluded
from documents.tree import Header, Paper
from documents.wording import follow_header
from plans.interchange import PlanData
from plans.paper import compose
from plans.signed_changes import TakenOver, take_over

PLAN = "kế hoạch"
_RECORDED = {("header", "number"), ("signature", "name")}
"""What the record of issue asks for itself, and where the file contradicts it, asks about."""


@dataclass(frozen=True, slots=True)
class Beside:
    plan: PlanData
    """As it was compared, with number, day and signer as typed."""
    comparison: Comparison
    takes: TakenOver

    @property
    def differs(self) -> bool:
        return self.comparison.outcome is Outcome.DIFFER

    @property
    def count(self) -> int:
        return len(self.comparison.differences)

    @property
    def mark(self) -> str:
        """Of what a page shows: only the differences that were seen are taken over."""
        return hashlib.sha256(repr(self.comparison).encode()).hexdigest()[:32]


def lay_beside(
    plan: PlanData,
    findings: Findings,
    typed: Mapping[str, Any],
    issuer_lines: Sequence[str] = (),
    composed: Callable[[PlanData, Sequence[str]], Paper] = compose,
) -> Beside:
    """``typed``: what was entered of number, symbol, day and signer so far; what the file says fills the rest.
    ``composed``: how the plan prints, where that is not its own text (``plans.printing``): of such a paper only what
    also stands in the plan's own can be taken over.

    The words are compared with number, day and signer as the file has them, for these are the record's.
    """
    typed = {name: value for name, value in typed.items() if value}
    as_signed = with_head(plan, {**typed, **findings.values})
    found = compare(composed(as_signed, issuer_lines), findings.file, issued_as=PLAN)
    differences = tuple(one for one in found.differences if not _is_recorded(one, plan))
    if len(differences) < len(found.differences):
        found = concluded(differences, found.filled, issued_as=PLAN)
    as_typed = with_head(plan, {**findings.values, **typed})
    return Beside(as_typed, found, take_over(as_typed, differences, issuer_lines))


def with_head(plan: PlanData, said: Mapping[str, Any]) -> PlanData:
    """The plan with that number, symbol, date and signer; what is not said stays. The appendix's line follows."""
    number, _, symbol = (part.strip() for part in str(said.get("number", "")).partition("/"))
    date = said.get("date")
    after = replace(
        plan,
        number=number or plan.number,
        symbol=symbol or said.get("symbol") or plan.symbol,
        date=PartialDate(date.year, date.month, date.day) if date else plan.date,
        signature_name=said.get("signer") or plan.signature_name,
    )
    if plan.appendix is None:
        return after
    reference = follow_header(plan.appendix.reference, _header(plan), _header(after))
    return replace(after, appendix=replace(plan.appendix, reference=reference))


def _header(plan: PlanData) -> Header:
    return Header((), number=plan.number, symbol=plan.symbol, date=plan.date)


def _is_recorded(difference: Difference, plan: PlanData) -> bool:
    """Number, name and day; the place before the day is the plan's own."""
    if difference.path == ("header", "date"):
        return difference.start > len(plan.place)
    return difference.path in _RECORDED
