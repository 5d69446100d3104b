"""The rules, one small function each: a prepared paper in, findings out. None changes a letter."""

from __future__ import annotations

from documents.proofreading.findings import Rule
from documents.proofreading.rules import (
    abbreviations,
    anniversaries,
    blanks,
    bodies,
    capitals,
    dates,
    doubles,
    ending,
    laws,
    marks,
    names,
    outline,
    spelling,
    syllables,
    unicode,
    words,
)

RULES: tuple[Rule, ...] = (
    *dates.RULES,
    *anniversaries.RULES,
    *laws.RULES,
    *bodies.RULES,
    *names.RULES,
    *doubles.RULES,
    *words.RULES,
    *syllables.RULES,
    *marks.RULES,
    *spelling.RULES,
    *capitals.RULES,
    *abbreviations.RULES,
    *unicode.RULES,
    *outline.RULES,
    *ending.RULES,
    *blanks.RULES,
)
