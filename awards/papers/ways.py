"""How each paper is made: what is read for it, its words to begin with, its tree, what it lacks, its day."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils import timezone

from awards.models import Consultation, Decision, Sitting
from awards.papers import consulting, handing, meeting_papers, minutes, reports, sitting_facts, submissions
from awards.papers.kinds import Sort
from documents import tree
from documents.composing import Head, Texts

Drafting = Callable[[Sort, Any], dict[str, str]]
Composing = Callable[[Sort, Any, Texts, Head], tree.Paper]


@dataclass(frozen=True, slots=True)
class Way:
    read: Callable[[Any], Any]
    """Owner → facts."""
    draft: Drafting
    compose: Composing
    lacks: Callable[[Any], list[str]]
    day: Callable[[Any], dt.date | None] = lambda owner: None
    """Owner → the day that the rows know."""


def _held(sitting: Sitting) -> dt.date | None:
    if sitting.state != "closed":
        return timezone.localdate(sitting.at) if sitting.at else None
    at = sitting.opened_at or sitting.at or sitting.closed_at
    return timezone.localdate(at) if at else None


def _sent(consultation: Consultation) -> dt.date | None:
    return consultation.sent_on


def _decided(decision: Decision) -> dt.date | None:
    return decision.day


_OF_SITTING = sitting_facts.of_sitting

WAYS: Mapping[str, Way] = {
    "to-trinh-cap-tren": Way(submissions.of_round, submissions.draft, submissions.compose, submissions.lacks),
    "to-trinh": Way(submissions.of_decision, submissions.draft, submissions.compose, submissions.lacks),
    "hiep-y": Way(consulting.of_consultation, consulting.draft, consulting.compose, consulting.lacks, _sent),
    "bao-cao": Way(reports.of_nominee, reports.draft, reports.compose, reports.lacks),
    "giay-moi": Way(_OF_SITTING, meeting_papers.draft, meeting_papers.invitation, meeting_papers.lacks),
    "trich-ngang": Way(_OF_SITTING, meeting_papers.draft, meeting_papers.listing, meeting_papers.lacks),
    "phieu-bau": Way(_OF_SITTING, meeting_papers.draft, meeting_papers.ballot, meeting_papers.lacks, _held),
    "bien-ban": Way(_OF_SITTING, minutes.draft, minutes.minutes, minutes.lacks, _held),
    "kiem-phieu": Way(_OF_SITTING, minutes.draft, minutes.count, minutes.lacks, _held),
    "chi-tien": Way(handing.of_pay, handing.pay_draft, handing.pay_list, handing.pay_lacks, _decided),
    "kich-ban": Way(handing.of_script, handing.script_draft, handing.script, handing.script_lacks),
}
