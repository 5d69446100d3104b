"""What an incoming paper asks of a unit: each with its day, its sentence, and why it is ticked or not. Pure."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any

from core.text import fold
from documents.dates import ROMAN
from documents.kinds import LETTER
from documents.reading.duties import Concern, Duty, concern_of, duties_of, every_in
from documents.reading.joining import Paragraph, habits_of, join_lines
from documents.reading.source import Source, SourceLine, SourceTable
from documents.times import read_time
from plans.duties.recurring import coming_days
from plans.interchange import TaskData
from plans.reading import ReadPlan
from plans.receiving.source import MOST_BLOCKS, shown_block
from units.naming import ordinary_case

MOST_PROPOSALS = 200
_FEWEST_TASKS = 2
"""A table with fewer rows that look like tasks is none of tasks."""
_FIRST_WORDS = 5
_UNDATED = "Câu này không nói hạn; nếu là việc của đơn vị, hãy đánh dấu và ghi hạn."
_ABBREVIATION = re.compile(r"\b(?:ubnd|hđnd|ubmttq|mttq)\b", re.IGNORECASE)
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")


@dataclass(frozen=True, slots=True)
class Taker:
    """The unit for which the paper is read."""

    level: str
    """``Unit.Kind``."""
    names: tuple[str, ...]
    """«xã Vân Khê»."""


@dataclass(frozen=True, slots=True)
class PaperHead:
    kind: str = ""
    number: str = ""
    date: dt.date | None = None
    year: int | None = None
    """Of a paper whose day is still blank."""
    issuer: str = ""
    subject: str = ""

    def year_on(self, today: dt.date) -> int:
        """In which days without a year fall."""
        return self.date.year if self.date else self.year or today.year


@dataclass(frozen=True, slots=True)
class Proposal:
    what: str
    time_text: str
    due: dt.date | None
    recurrence: str
    send: str = ""
    to: str = ""
    lead: tuple[str, ...] = ()
    support: tuple[str, ...] = ()
    note: str = ""
    is_ticked: bool = True
    why: str = ""
    """Why it is not ticked, or what is doubtful about its day; one sentence."""
    excerpt: str = ""
    block: int | None = None
    """In which paragraph or table of the picture of the source it stands."""
    start: int = 0
    end: int = 0
    """In that paragraph; in a table ``start`` is the row."""

    def as_json(self) -> dict[str, Any]:
        return asdict(self) | {"due": self.due.isoformat() if self.due else None}


@dataclass(frozen=True, slots=True)
class Read:
    head: PaperHead
    source: list[dict[str, Any]]
    proposals: tuple[Proposal, ...]


def propose(source: Source, plan: ReadPlan, taker: Taker, today: dt.date) -> Read:
    """``plan``: the same source read as a plan, for its head and its table of tasks."""
    blocks = _paragraphs(source)[:MOST_BLOCKS]
    head = _head(plan, [_text(block) for block in blocks], today)
    of_tables = list(_of_tasks(plan.plan.tasks, blocks, head, taker, today))
    taken = {one.block for one in of_tables}
    of_sentences = [
        one
        for duty in duties_of((_text(block) for block in blocks), about=head.subject, with_undated=True)
        if duty.paragraph not in taken and (duty.time_text or not _why_not(duty, taker))
        for one in _of_duty(duty, _text(blocks[duty.paragraph]), head, taker, today)
    ]
    proposals = sorted([*of_sentences, *of_tables], key=lambda one: (one.block is None, one.block or 0, one.start))
    return Read(head, [shown_block(block) for block in blocks], tuple(_once(proposals))[:MOST_PROPOSALS])


def due_of(time_text: str, recurrence: str, head: PaperHead, today: dt.date) -> dt.date | None:
    """What the officer's own time words come to, as those of the paper do."""
    days = _days(time_text, recurrence, head, today)
    return days[0] if days else None


# -- Sentences ---------------------------------------------------------------------------


def _of_duty(duty: Duty, paragraph: str, head: PaperHead, taker: Taker, today: dt.date) -> Iterator[Proposal]:
    days = _days(duty.time_text, duty.every, head, today) if duty.time_text else []
    if not days and (duty.is_event or _is_of_the_past(duty.time_text, head)):
        return
    if duty.is_event and head.date and days[0] and days[0] < head.date:
        return  # it tells what was held
    for day in _or_none(days):
        why = _why_not(duty, taker) or _past(day, today) or ("" if duty.time_text else _UNDATED)
        yield Proposal(
            what=duty.what,
            time_text=duty.time_text,
            due=day,
            recurrence=duty.every.value,
            send=duty.send,
            to=duty.to,
            is_ticked=not why,
            why=why or _no_day(duty, day, head),
            excerpt=paragraph[duty.start : duty.end],
            block=duty.paragraph,
            start=duty.start,
            end=duty.end,
        )


def _or_none(days: list[dt.date]) -> Sequence[dt.date | None]:
    return days or [None]


def _why_not(duty: Duty, taker: Taker) -> str:
    if duty.is_scoring:
        return "Câu này nói về chấm điểm."
    if concern_of(duty.whom, level=taker.level, names=taker.names) is Concern.OTHER:
        return f"Câu này giao cho {_short(duty.whom)}."
    return ""


def _days(time_text: str, recurrence: str, head: PaperHead, today: dt.date) -> list[dt.date]:
    if recurrence:
        return coming_days(time_text, recurrence, today)
    days = list(read_time(time_text, head.year_on(today), issued=head.date).dates)
    return [] if _is_of_the_past(time_text, head) else days


def _is_of_the_past(time_text: str, head: PaperHead) -> bool:
    """«công nhận đất ở trước tháng 12/1980»: no duty of a paper of today."""
    years = [int(year) for year in _YEAR.findall(time_text)]
    return bool(years and head.date) and max(years) < head.date.year  # type: ignore[union-attr]


def _past(day: dt.date | None, today: dt.date) -> str:
    return f"Hạn {day:%d/%m/%Y} đã qua." if day and day < today else ""


def _no_day(duty: Duty, day: dt.date | None, head: PaperHead) -> str:
    if day is None:
        return "Văn bản không cho biết ngày cụ thể; hãy ghi hạn."
    if not duty.every and head.date is None and head.year is None and not _YEAR.search(duty.time_text):
        return "Văn bản không in ngày nên năm của hạn là năm nay; hãy xem lại."
    return ""


# -- Tables of tasks -----------------------------------------------------------------------


def _of_tasks(
    tasks: Sequence[TaskData], blocks: Sequence[Paragraph | SourceTable], head: PaperHead, taker: Taker, today: dt.date
) -> Iterator[Proposal]:
    if len(tasks) < _FEWEST_TASKS:
        return
    folded = [[fold(text) for text in _rows(block)] for block in blocks]
    for task in tasks:
        place = _place(fold(task.content), folded)
        recurrence = every_in(task.time_text).value
        day = due_of(task.time_text, recurrence, head, today) if recurrence else task.due
        day = None if task.is_ongoing else day
        why = _why_not_task(task, taker, day) or _past(day, today)
        yield Proposal(
            what=task.content,
            time_text=task.time_text or (f"Quý {ROMAN[task.quarter]}" if task.quarter else ""),
            due=day,
            recurrence=recurrence,
            lead=task.lead,
            support=task.support,
            note=task.note,
            is_ticked=not why,
            why=why,
            excerpt=task.content,
            block=place[0] if place else None,
            start=place[1] if place else 0,
            end=len(_text(blocks[place[0]])) if place else 0,
        )


def _why_not_task(task: TaskData, taker: Taker, day: dt.date | None) -> str:
    named = [concern_of(name, level=taker.level, names=taker.names) for name in (*task.lead, *task.support)]
    if Concern.OTHER in named and not {Concern.OURS, Concern.EVERYONE} & set(named):
        return f"Việc này giao cho {_short('; '.join(task.lead or task.support))}."
    return "" if day else "Việc này không ghi hạn."


def _place(content: str, folded: Sequence[Sequence[str]]) -> tuple[int, int] | None:
    """Where the whole content stands; else, where a table broke it into lines, its first words."""
    for words in (content, " ".join(content.split()[:_FIRST_WORDS])):
        for block, rows in enumerate(folded):
            for row, text in enumerate(rows):
                if words in text:
                    return block, row
    return None


# -- The paper -----------------------------------------------------------------------------


def _head(read: ReadPlan, texts: Sequence[str], today: dt.date) -> PaperHead:
    paper = read.paper
    head = paper.head
    number = f"{head.number}/{head.symbol}" if head.number and head.symbol else head.number
    title = paper.title.strip().capitalize()
    year = head.date.year or (read.plan.year if read.plan.year != today.year else None)
    return PaperHead(
        kind=title or (LETTER if number or paper.addressees else ""),
        number=number,
        date=head.date.exact,
        year=year,
        issuer=_spoken(head.issuer, texts),
        subject=paper.subject,
    )


def _spoken(issuer: str, texts: Sequence[str]) -> str:
    """The name that heads the paper in capitals, as its text writes it: «Sở Nội vụ»."""
    if not issuer:
        return ""
    pattern = re.compile(re.escape(issuer).replace(r"\ ", r"\s+"), re.IGNORECASE)
    written = (found[0] for text in texts for found in pattern.finditer(text) if not found[0].isupper())
    return next(written, "") or _ABBREVIATION.sub(lambda found: found[0].upper(), ordinary_case(issuer))


def _paragraphs(source: Source) -> list[Paragraph | SourceTable]:
    """Lines joined as far as the file leaves that to be done, tables as they are."""
    habits = habits_of([block for block in source.blocks if isinstance(block, SourceLine)])
    found: list[Paragraph | SourceTable] = []
    lines: list[SourceLine] = []
    for block in (*source.blocks, None):
        if isinstance(block, SourceLine):
            lines.append(block)
            continue
        found += join_lines(lines, habits)
        lines = []
        if block is not None:
            found.append(block)
    return [replace(one, text=" ".join(one.text.split())) if isinstance(one, Paragraph) else one for one in found]


def _rows(block: Paragraph | SourceTable) -> list[str]:
    if isinstance(block, Paragraph):
        return [block.text]
    return [" ".join(cell.text for cell in row) for row in block.rows]


def _text(block: Paragraph | SourceTable) -> str:
    return block.text if isinstance(block, Paragraph) else ""


def _once(proposals: Sequence[Proposal]) -> Iterator[Proposal]:
    """A table and the text above it often say the same."""
    told: set[tuple[str, dt.date | None]] = set()
    for one in proposals:
        key = (fold(one.what), one.due)
        if key not in told:
            told.add(key)
            yield one


def _short(words: str, most: int = 60) -> str:
    return words if len(words) <= most else words[: most - 1].rsplit(" ", 1)[0] + "…"
