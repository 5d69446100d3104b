"""Findings that a person looked at and left: remembered for that text, in whatever plan of the unit it stands."""

from __future__ import annotations

import hashlib
from typing import Any

from django.db import transaction

from core import audit
from core.errors import UnfitField
from core.text import clean_line
from documents.proofreading.findings import Finding, Severity
from plans.models import PassedOver, Plan

WORDS, REASON, MESSAGE = 300, 300, 1_000


def hash_of(text: str) -> str:
    return hashlib.sha256(" ".join(text.split()).encode()).hexdigest()


Key = tuple[str, str, str]
"""Rule, hash of the whole text, words in it."""


def key_of(finding: Finding, text: str) -> Key:
    """``text``: the whole line in which the finding stands."""
    return finding.code, hash_of(text), finding.words[:WORDS]


def passed_over(unit_id: int) -> dict[Key, PassedOver]:
    rows = PassedOver.objects.filter(unit=unit_id)
    return {(row.code, row.text_hash, row.words): row for row in rows}


@transaction.atomic
def pass_over(
    plan: Plan, *, actor: Any, code: str, text: str, words: str, message: str, severity: str, reason: str = ""
) -> None:
    """Not shown again while the text stays. What must be mended is left only with a reason."""
    reason = clean_line(reason, limit=REASON, name="Lý do").strip()
    if severity == Severity.MUST.value and not reason:
        raise UnfitField("reason", "Ghi vài chữ vì sao để nguyên chỗ này.")
    row, is_new = PassedOver.objects.get_or_create(
        unit_id=plan.unit_id,
        code=code,
        text_hash=hash_of(text),
        words=words[:WORDS],
        defaults={"message": message[:MESSAGE], "reason": reason, "by": actor},
    )
    if is_new:
        changes = {"words": (None, row.words), "message": (None, row.message), "reason": (None, reason)}
        audit.record("plans.finding.passed_over", plan, actor=actor, unit_id=plan.unit_id, changes=changes)


@transaction.atomic
def remark_again(plan: Plan, *, actor: Any, code: str, text: str, words: str) -> None:
    rows = PassedOver.objects.filter(unit=plan.unit_id, code=code, text_hash=hash_of(text), words=words[:WORDS])
    for row in rows:
        changes = {"words": (row.words, None), "reason": (row.reason, None)}
        row.delete()
        audit.record("plans.finding.again", plan, actor=actor, unit_id=plan.unit_id, changes=changes)
