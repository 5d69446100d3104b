"""How a figure against its target is told: word and shape, never a colour alone."""

from __future__ import annotations

from dataclasses import dataclass

from campaigns.results.standing import Figure, Measured
from campaigns.results.status import Status, status_of, words_of
from campaigns.wording import with_measure


@dataclass(frozen=True, slots=True)
class Shown:
    """For the state tag: ``look`` is a key of ``core.templatetags.tdkt.STATES``."""

    look: str
    word: str
    note: str = ""


LOOKS = {
    Status.REACHED: "done",
    Status.KEPT: "not_due",
    Status.AHEAD: "in_progress",
    Status.ON_TIME: "in_progress",
    Status.BEHIND: "overdue",
    Status.IN_PROGRESS: "in_progress",
    Status.NOT_REACHED: "overdue",
    Status.PARTIAL: "not_due",
    Status.NO_AIM: "not_due",
    Status.NO_DATA: "undated",
}


def shown_pace(one: Measured) -> Shown:
    status = status_of(one)
    return Shown(LOOKS[status], words_of(status))


def parts_in_words(figure: Figure, measure: str) -> str:
    """«28/28 thôn, cộng 2.300 tấn»; empty where no part has reported."""
    if figure.parts is None:
        return ""
    total = f", cộng {with_measure(figure.parts.total, measure)}" if figure.parts.total is not None else ""
    return f"{figure.parts} đã có số{total}"
