"""A task while its rows are read, and what is left over; at the end a row that the editor can take."""

from __future__ import annotations

import enum
import itertools
import re
from collections.abc import Collection
from dataclasses import dataclass, field

from plans.pasting.names import split_names, split_parties
from plans.pasting.quarters import read_quarter


class Left(enum.StrEnum):
    HEAD = "head"
    """Names and numbers of the columns."""
    GROUP = "group"
    """A row that says what the tasks below have in common."""
    OUTSIDE = "outside"
    """Words around the table."""
    IGNORED = "ignored"
    """A column that nobody takes."""
    UNREAD = "unread"
    """A row that is no task."""


@dataclass(frozen=True, slots=True)
class Leftover:
    """A cell that became part of no task."""

    kind: Left
    row: int
    column: int
    text: str
    why: str
    """One Vietnamese sentence."""


@dataclass(frozen=True, slots=True)
class PastedRow:
    """A task as it would be taken."""

    number: str
    content: str
    lead: tuple[str, ...]
    support: tuple[str, ...]
    time_text: str
    note: str
    quarter: int | None
    rows: tuple[int, ...]
    """Where in the paste it stood."""
    remarks: tuple[str, ...]
    """What was done to it, a Vietnamese sentence each."""


@dataclass(slots=True)
class Draft:
    row: int
    number: str = ""
    content: str = ""
    lead: str = ""
    support: str = ""
    time_text: str = ""
    note: str = ""
    quarter: int | None = None
    group: int = 0
    """How many groups were met before it."""
    group_time: str = ""
    """What the group says of its tasks' time."""
    rows: list[int] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.rows = self.rows or [self.row]

    def remark(self, sentence: str) -> None:
        if sentence not in self.remarks:
            self.remarks.append(sentence)

    def add(self, name: str, text: str, *, between: str) -> None:
        before = getattr(self, name)
        setattr(self, name, f"{before}{between}{text}" if before and text else before or text)


_RUN = re.compile(r"(\d{1,3})[.)](?:\s+|(?=[^\W\d_]))(?=\S)")
_DASH = re.compile(r"[-–+*•]\s+(?=\S)")


def strip_markers(drafts: list[Draft]) -> None:
    """«1. …», «2. …» become numbers where a group's run on; a dash before all of its tasks goes. Else all stays."""
    if any(draft.number for draft in drafts):
        return
    last = 0
    for _, members in itertools.groupby(drafts, key=lambda draft: draft.group):
        group = list(members)
        numbers = [int(found[1]) for draft in group if (found := _RUN.match(draft.content))]
        if all(_DASH.match(draft.content) for draft in group):
            for draft in group:
                draft.content = _DASH.sub("", draft.content, count=1)
        elif len(drafts) > 1 and len(numbers) == len(group) and _runs_on(numbers, last):
            last = numbers[-1]
            for draft, number in zip(group, numbers, strict=True):
                draft.number, draft.content = str(number), _RUN.sub("", draft.content, count=1)
        elif numbers:
            for draft in group:
                draft.remark("Số ở đầu nội dung được giữ nguyên vì không chạy liền từ trên xuống.")


def _runs_on(numbers: list[int], last: int) -> bool:
    """From 1, or on from the group above; a paste from the middle of a list begins anywhere."""
    first = numbers[0]
    return numbers == list(range(first, first + len(numbers))) and (first in (1, last + 1) or last == 0)


def finish(draft: Draft, *, year: int, default: int | None, known: Collection[str]) -> PastedRow:
    lead, support = split_parties(draft.lead)
    supporting = dict.fromkeys([*split_names(support, known), *split_names(draft.support, known)])
    quarter = draft.quarter
    time_text = _one_line(draft.time_text or draft.group_time)
    if quarter is None and (named := read_quarter(time_text)) and named.year in (None, year):
        quarter = named.quarter
    return PastedRow(
        number=draft.number.strip("().[]/ "),
        content=_one_line(draft.content),
        lead=split_names(lead, known),
        support=tuple(supporting),
        time_text=time_text,
        note=_one_line(draft.note),
        quarter=default if quarter is None else quarter,
        rows=tuple(draft.rows),
        remarks=tuple(draft.remarks),
    )


def _one_line(text: str) -> str:
    return " ".join(text.split())
