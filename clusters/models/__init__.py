"""Nouns of clusters: who emulates with whom in which year, by what criteria, what each stage gave, who was ranked."""

from clusters.models.cluster import Cluster, Member, Quota, Season, Step
from clusters.models.criteria import Assignment, CriteriaSet, Criterion
from clusters.models.papers import SeasonPaper
from clusters.models.ranking import Ballot, BallotCount, Commendation, Ranking
from clusters.models.receipts import Receipt
from clusters.models.scoring import Entry, Explanation, ScoreSheet, StageMark

__all__ = [
    "Assignment",
    "Ballot",
    "BallotCount",
    "Cluster",
    "Commendation",
    "CriteriaSet",
    "Criterion",
    "Entry",
    "Explanation",
    "Member",
    "Quota",
    "Ranking",
    "Receipt",
    "ScoreSheet",
    "Season",
    "SeasonPaper",
    "StageMark",
    "Step",
]
