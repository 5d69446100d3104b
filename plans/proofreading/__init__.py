"""Proofreading of a plan: the paper that it becomes, and its tasks, which know more than their printed row.

``proofread_plan`` composes the paper and reads it with ``documents.proofreading``; the rules of ``tasks.py`` are
added, for a task has a quarter, dates and bodies. No database here: ``sources.py`` fetches the plan, the table of
laws and the names.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from documents.proofreading import Context, Finding, Law, Reading, Severity, Whose, context_of, findings_in
from documents.proofreading.findings import at
from documents.proofreading.reading import Role
from documents.tree import Paper
from plans.blocks import block_named
from plans.interchange import PlanData
from plans.paper import compose
from plans.proofreading.doers import missing_recipients
from plans.proofreading.tasks import RULES, task_lines

__all__ = ["proofread_paper", "proofread_plan"]


def proofread_plan(
    plan: PlanData,
    *,
    laws: Sequence[Law] = (),
    whose: Whose | None = None,
    other_names: Iterable[str] = (),
    issuer_lines: Sequence[str] = (),
    is_issue: bool = False,
) -> tuple[Finding, ...]:
    """The plan as it prints; see ``proofread_paper``."""
    paper = compose(plan, issuer_lines)
    return proofread_paper(plan, paper, laws=laws, whose=whose, other_names=other_names, is_issue=is_issue)


def proofread_paper(
    plan: PlanData,
    paper: Paper,
    *,
    laws: Sequence[Law] = (),
    whose: Whose | None = None,
    other_names: Iterable[str] = (),
    is_issue: bool = False,
) -> tuple[Finding, ...]:
    """``paper`` is what ``plan`` was composed to, for a caller that needs it besides.

    ``whose`` and ``other_names``: what the caller knows of the unit; else the issuer's line tells.
    """
    context = context_of(paper, year=plan.year, laws=laws, whose=whose, other_names=other_names, is_issue=is_issue)
    reading = Reading(paper, context)
    return findings_in(reading, besides=_of_tasks(plan, reading))


def _of_tasks(plan: PlanData, reading: Reading) -> Iterable[Finding]:
    lines = task_lines(plan, reading)
    context: Context = reading.context
    for rule in RULES:
        yield from rule(plan, lines, context)
    yield from missing_recipients(plan, reading)
    yield from _unfilled(reading)


def _unfilled(reading: Reading) -> Iterable[Finding]:
    """A line in brackets that should print another app's part, and has nothing to print."""
    for line in reading.of(Role.PARAGRAPH):
        if (block := block_named(line.text)) is not None:
            yield at(line, "block.empty", (0, len(line.text)), block.problem, severity=Severity.MUST)
