"""An earlier plan made ready for a later year: proposals first, nothing changed before a person accepts.

    propose_year(plan, 2026)            years, days, anniversaries of the plan's own time
    propose_reform(plan, names)         bodies and units after the reform of 1 July 2025
    apply(plan, accepted)               the accepted ones put in

Never touched are days of history and what belongs to a cited paper (``citations``). What only a
person knows is a question: ``Proposal.new`` is None, or a suggestion, until it is ``answered``.
"""

from __future__ import annotations

from plans.moving.apply import RefusedProposals, apply
from plans.moving.law import LegalTextRow
from plans.moving.moved_year import UnfitYear, propose_year
from plans.moving.places import Place
from plans.moving.proposals import Group, Kind, Proposal
from plans.moving.reform import ReformNames, propose_reform

__all__ = [
    "Group",
    "Kind",
    "LegalTextRow",
    "Place",
    "Proposal",
    "ReformNames",
    "RefusedProposals",
    "UnfitYear",
    "apply",
    "propose_reform",
    "propose_year",
]
