"""Proofreading: what a careful colleague would point at before a paper is sent.

``proofread(paper, context)`` reads the paper tree with the rules of ``rules/`` and gives findings: where, the
words, one sentence why, and what could stand there instead. It proposes; it never rewrites.

    reading.py      the paper's lines with their roles, words and citations
    context.py      whose paper it is, of which year and day, and which laws there are
    citations.py    papers that a text cites
    lexicon.py      the words of the field
    rules/          one function a rule
"""

from __future__ import annotations

from collections.abc import Iterable

from documents.proofreading.context import Context, Law, Whose, context_of, shipped_laws, unit_of
from documents.proofreading.findings import Finding, Rule, Severity, as_json, in_order
from documents.proofreading.reading import Reading
from documents.proofreading.rules import RULES
from documents.tree import Paper

__all__ = [
    "RULES",
    "Context",
    "Finding",
    "Law",
    "Reading",
    "Rule",
    "Severity",
    "Whose",
    "as_json",
    "context_of",
    "findings_in",
    "proofread",
    "shipped_laws",
    "unit_of",
]


def proofread(paper: Paper, context: Context, *, rules: Iterable[Rule] = RULES) -> tuple[Finding, ...]:
    """In reading order, one finding for a stretch of words."""
    return findings_in(Reading(paper, context), rules=rules)


def findings_in(
    reading: Reading, *, rules: Iterable[Rule] = RULES, besides: Iterable[Finding] = ()
) -> tuple[Finding, ...]:
    """As ``proofread``, of a paper already prepared; ``besides``: found by who knows more than the paper."""
    found = [finding for rule in rules for finding in rule(reading)]
    return in_order([*besides, *found], reading.order)
