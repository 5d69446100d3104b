"""Nouns of awards: what the law says locally, who is proposed and known, what the council and the chairman decided."""

from awards.models.catalogue import Confirmation, LocalRule
from awards.models.certificates import CertificateRun, Reissue, Stock
from awards.models.council import Box, CouncilMember, Item, OpenVote, Recusal, Seat, Sitting
from awards.models.papers import AwardPaper
from awards.models.proposing import Consultation, Correction, DossierPaper, Nominee, Opinion, Proposal, Round
from awards.models.register import Decision, Grant
from awards.models.subjects import Headcount, Impediment, Initiative, Rating, Subject

__all__ = [
    "AwardPaper",
    "Box",
    "CertificateRun",
    "Confirmation",
    "Consultation",
    "Correction",
    "CouncilMember",
    "Decision",
    "DossierPaper",
    "Grant",
    "Headcount",
    "Impediment",
    "Initiative",
    "Item",
    "LocalRule",
    "Nominee",
    "OpenVote",
    "Opinion",
    "Proposal",
    "Rating",
    "Recusal",
    "Reissue",
    "Round",
    "Seat",
    "Sitting",
    "Stock",
    "Subject",
]
