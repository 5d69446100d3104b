"""What was done with a campaign and with all that is in it, page by page."""

from __future__ import annotations

from dataclasses import dataclass

from campaigns.models import Campaign, Exemplar, Pledge, Registration, Result, Review, Target
from core.audit import history_of
from core.history import HistoryLine, lines_of

PARAMETER = "lich_su"
_ENTRIES = 50
_MOST_PAGES = 10_000


@dataclass(frozen=True, slots=True)
class HistoryPage:
    lines: list[HistoryLine]
    number: int
    has_older: bool

    @property
    def older(self) -> int | None:
        return self.number + 1 if self.has_older else None

    @property
    def newer(self) -> int | None:
        return self.number - 1 if self.number > 1 else None


def history_page(campaign: Campaign, asked: str) -> HistoryPage:
    """``asked``: the number of the page, from 1, as the address says. One query: nothing is counted."""
    number = min(max(int(asked), 1), _MOST_PAGES) if asked.isdecimal() and len(asked) < 9 else 1
    first = (number - 1) * _ENTRIES
    parts = (model.objects.filter(campaign=campaign) for model in (Target, Registration, Review, Exemplar, Pledge))
    every = history_of(campaign, *parts, Result.objects.filter(target__campaign=campaign))
    entries = list(every[first : first + _ENTRIES + 1])
    return HistoryPage(lines_of(entries[:_ENTRIES], whole=campaign), number, len(entries) > _ENTRIES)
