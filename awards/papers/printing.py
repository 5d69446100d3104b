"""A paper as it prints now: what is typed over what is drafted, under the head of who issues it."""

from __future__ import annotations

import datetime as dt
import io
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from django.utils import timezone

from awards.models import AwardPaper
from awards.papers.frames import as_partial, head_of, usual_issuer
from awards.papers.kinds import Sort
from awards.papers.meeting_papers import ballot
from awards.papers.ways import WAYS, Way
from documents import tree
from documents.composing import Head, file_name, name_of
from documents.dates import PartialDate
from documents.issuing import PaperData
from documents.rendering import is_long, render
from reminders.asking.letters import symbol_of as letter_symbol
from units.models import Issuer, Unit

_FIELD = "VX"
"""Văn xã: the field in a letter's symbol until the office has written one."""
_ROWS_OF_WORD = 400
"""Rows of a table that Word's file takes about two seconds for; longer ones are made by a worker."""
_SIGNERS = ("chair", "tellers")
_TWO_FIGURES = 10
"""Stands in a ballot while its pages are counted: as wide as the number that will be there."""


def unit_of(owner: Any) -> Unit:
    """Whose people work on the paper of it."""
    return owner.unit if hasattr(owner, "unit_id") else owner.round.unit


@dataclass(frozen=True)
class Printed:
    """Everything that one paper says. ``owner``: the round, nominee, consultation, sitting or decision."""

    sort: Sort
    owner: Any
    kept: AwardPaper | None
    record: PaperData | None = None
    """Number, day and signer of the paper that goes out."""

    @property
    def way(self) -> Way:
        return WAYS[self.sort.slug]

    @property
    def unit(self) -> Unit:
        return unit_of(self.owner)

    @cached_property
    def facts(self) -> Any:
        return self.way.read(self.owner)

    @cached_property
    def drafts(self) -> dict[str, str]:
        """Every field of the paper's form, blank where nobody can know it."""
        said = self.way.draft(self.sort, self.facts)
        return {text.name: said.get(text.name, "") for text in self.sort.texts}

    @cached_property
    def texts(self) -> dict[str, str]:
        typed = self.kept.texts if self.kept else {}
        texts = {name: typed.get(name, draft) for name, draft in self.drafts.items()}
        if self.record and self.record.signer and "signer" in texts:
            texts["signer"] = self.record.signer
        return texts

    @property
    def day(self) -> dt.date | None:
        """As typed, else as the rows know it."""
        return self.kept.day if self.kept and self.kept.day else self.way.day(self.owner)

    @cached_property
    def issuer(self) -> Issuer | None:
        if not self.sort.has_issuer:
            return None
        return self.kept.issuer if self.kept and self.kept.issuer else usual_issuer(self.sort, self.unit)

    @property
    def head(self) -> Head:
        today = timezone.localdate()
        date = as_partial(self.day) if self.day else PartialDate(today.year, today.month)
        head = head_of(self.sort, self.issuer, self.unit, date)
        if self.sort.is_letter:
            own = letter_symbol(self.issuer) if self.issuer and self.issuer.symbol else f"{head.symbol}-{_FIELD}"
            head = replace(head, full_symbol=own)
        if self.record is None:
            return head
        return replace(
            head, number=self.record.number, full_symbol=self.record.symbol, date=as_partial(self.record.date)
        )

    @property
    def symbol(self) -> str:
        head = self.head
        return head.full_symbol or f"{self.sort.abbreviation}-{head.symbol}"

    @property
    def chair(self) -> str:
        """Who signs minutes as their first."""
        return next((name_of(one.split("\n")[0]) for name in _SIGNERS if (one := self.texts.get(name, ""))), "")

    @property
    def lacks(self) -> list[str]:
        return self.way.lacks(self.facts)

    def paper(self) -> tree.Paper:
        return self.way.compose(self.sort, self.facts, self.texts, self.head)

    def to_print(self) -> tree.Paper:
        """As a file goes out: a ballot says how many pages it has."""
        if self.sort.slug != "phieu-bau":
            return self.paper()
        pages = pages_of(ballot(self.sort, self.facts, self.texts, self.head, _TWO_FIGURES))
        return ballot(self.sort, self.facts, self.texts, self.head, pages)

    @property
    def words(self) -> str:
        """For file names."""
        return f"{self.sort.slug} {self.record.number if self.record else ''} {self.owner}"

    def file_name(self, to: str) -> str:
        return file_name(self.words, to)


def pages_of(paper: tree.Paper) -> int:
    from pypdf import PdfReader  # noqa: PLC0415 -- loaded where a ballot is printed only

    return len(PdfReader(io.BytesIO(render(paper, "pdf"))).pages)


def is_big(paper: tree.Paper, to: str) -> bool:
    """Whether a worker makes the file."""
    if to != "docx":
        return is_long(paper, to)
    blocks = [*paper.body, *(block for appendix in paper.appendices for block in appendix.blocks)]
    return sum(len(block.rows) for block in blocks if isinstance(block, tree.Table)) > _ROWS_OF_WORD


def lacks_of(said: Printed) -> list[str]:
    """What it lacks before it can be recorded, a sentence each with what to do."""
    found = said.lacks
    found += [f"Ghi «{text.label}»." for text in said.sort.texts if text.needed and not said.texts[text.name].strip()]
    if said.kept is None or (said.sort.has_issuer and said.kept.issuer_id is None):
        found.append("Xem lại lời văn rồi lưu.")
    return found
