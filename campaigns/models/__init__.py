"""Nouns of emulation movements: what is launched and aimed at, what came of it, who takes part, how it is told."""

from campaigns.models.campaign import Campaign, Movement, Wave
from campaigns.models.review import Exemplar, Review, TableMap
from campaigns.models.taking_part import Pledge, Registration, Signatory, TakenAnswer
from campaigns.models.target import Result, Share, Target

__all__ = [
    "Campaign",
    "Exemplar",
    "Movement",
    "Pledge",
    "Registration",
    "Result",
    "Review",
    "Share",
    "Signatory",
    "TableMap",
    "TakenAnswer",
    "Target",
    "Wave",
]
