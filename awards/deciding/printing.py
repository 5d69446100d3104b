"""A decision as it prints now: what is typed over what is drafted, under the head of who issues it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from functools import cached_property

from awards.deciding.drafting import drafted, settled
from awards.deciding.facts import Facts, facts_of
from awards.deciding.paper import ABBREVIATION, Head, compose
from awards.models import Decision
from core.text import fold
from documents import tree
from documents.dates import PartialDate
from documents.issuing import PaperData
from documents.rendering import is_long
from documents.wording import break_issuer

_ROWS_OF_WORD = 400
"""Rows of a table that Word's file takes about two seconds for; longer ones are made by a worker."""


@dataclass(frozen=True)
class Printed:
    facts: Facts
    record: PaperData | None = None
    """Number, day and signer of the paper that goes out."""

    @cached_property
    def drafts(self) -> dict[str, str]:
        return drafted(self.facts)

    @cached_property
    def texts(self) -> dict[str, str]:
        texts = settled(self.drafts, self.facts.decision.texts)
        if self.record and self.record.signer:
            texts["signer"] = self.record.signer
        return texts

    @property
    def symbol(self) -> str:
        issuer = self.facts.issuer
        return f"{ABBREVIATION}-{issuer.symbol if issuer and issuer.symbol else 'UBND'}"

    @property
    def head(self) -> Head:
        issuer, day = self.facts.issuer, self.facts.day
        lines = issuer.lines if issuer else break_issuer(f"ỦY BAN NHÂN DÂN {self.facts.unit}".upper())
        head = Head(
            issuer=lines,
            superior=issuer.superior if issuer else "",
            symbol=self.symbol,
            date=PartialDate(day.year, day.month),
            post=issuer.signature_post if issuer else "",
        )
        if self.record is None:
            return head
        return replace(head, number=self.record.number, symbol=self.record.symbol, date=as_partial(self.record.date))

    def paper(self) -> tree.Paper:
        return compose(self.facts, self.texts, self.head)


def printed(decision: Decision) -> Printed:
    return Printed(facts_of(decision))


def recorded_on(said: Printed, paper: PaperData) -> Printed:
    """Under the number, day and name that the signed paper bears; drafted bases are those of its day."""
    return Printed(said.facts, paper)


def as_partial(day: dt.date) -> PartialDate:
    return PartialDate(day.year, day.month, day.day)


def is_big(paper: tree.Paper, to: str) -> bool:
    """Whether a worker makes the file."""
    if to != "docx":
        return is_long(paper, to)
    return sum(
        len(block.rows) for one in paper.appendices for block in one.blocks if isinstance(block, tree.Table)
    ) > (_ROWS_OF_WORD)


def file_name(decision: Decision, to: str) -> str:
    """Without marks and blanks, so that every mail program and document system takes it."""
    plain = "".join(letter if letter.isalnum() else " " for letter in fold(f"Quyết định {decision.subject}"))
    return "-".join(plain.split())[:80] + f".{to}"
