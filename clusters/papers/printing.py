"""A paper of a season as it prints now: what is typed over what is drafted, under the head of who issues it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from functools import cached_property

from django.utils import timezone

from clusters.models import Cluster, Member, ScoreSheet, Season, SeasonPaper
from clusters.papers import sheet_papers
from clusters.papers.drafting import day_of, drafted, place_of, settled
from clusters.papers.facts import Facts
from clusters.papers.frames import Head
from clusters.papers.kinds import SORTS, Sort
from clusters.papers.paper import compose
from clusters.papers.people import CHAIRMAN, lines, name_of
from clusters.sheets.presenters import SheetTable
from clusters.standing import SeasonStanding
from documents import tree
from documents.composing import file_name as file_name
from documents.dates import PartialDate
from documents.issuing import PaperData
from documents.rendering import is_long
from documents.wording import break_issuer
from units.models import Issuer

_ROWS_OF_WORD = 400
"""Rows of a table that Word's file takes about two seconds for; longer ones are made by a worker."""


@dataclass(frozen=True)
class Printed:
    """Everything that one paper says."""

    facts: Facts
    sort: Sort
    kept: SeasonPaper | None
    record: PaperData | None = None
    """Number, day and signer of the paper that goes out."""

    @cached_property
    def drafts(self) -> dict[str, str]:
        return drafted(self.sort, self.facts)

    @cached_property
    def texts(self) -> dict[str, str]:
        texts = settled(self.drafts, self.kept.texts if self.kept else {})
        if self.record and self.record.signer and "signer" in texts:
            texts["signer"] = self.record.signer
        return texts

    @property
    def day(self) -> dt.date | None:
        """As typed, else as the rows know it."""
        return self.kept.day if self.kept and self.kept.day else day_of(self.sort, self.facts)

    @property
    def head(self) -> Head:
        head = head_of(self.kept.issuer if self.kept else None, self.facts)
        if self.record is not None:
            return replace(
                head, number=self.record.number, full_symbol=self.record.symbol, date=as_partial(self.record.date)
            )
        return replace(head, date=as_partial(self.day)) if self.day else head

    @property
    def symbol(self) -> str:
        return f"{self.sort.abbreviation}-{self.head.symbol}"

    @property
    def chair(self) -> str:
        """Who signs minutes as their first."""
        for name in ("chair", "giver", "tellers"):
            if named := lines(self.texts.get(name, "")):
                return name_of(named[0])
        return ""

    def paper(self) -> tree.Paper:
        return compose(self.sort.kind, self.facts, self.texts, self.head)


def printed(season: Season, kind: str, kept: SeasonPaper | None) -> Printed:
    return Printed(Facts(season, timezone.localdate()), SORTS[kind], kept)


def as_partial(day: dt.date) -> PartialDate:
    return PartialDate(day.year, day.month, day.day)


def head_of(issuer: Issuer | None, facts: Facts) -> Head:
    """Until an issuer is chosen, the cluster in its own name."""
    if issuer is None:
        return Head(break_issuer(facts.name.upper()), "", symbol_of(facts.kind), facts.date)
    return Head(issuer.lines, issuer.superior, issuer.symbol or symbol_of(facts.kind), facts.date)


def symbol_of(kind: str) -> str:
    return "KTĐ" if kind == Cluster.Kind.BLOCK else "CTĐ"


# -- Sheets --------------------------------------------------------------------------------


def sheet_printed(standing: SeasonStanding, sheet: ScoreSheet, user: object) -> tree.Paper:
    """One sheet in the name of its member."""
    facts = Facts(standing.season, timezone.localdate())
    member = next((one for one in facts.members if one.pk == sheet.member_id), sheet.member)
    unit = member.unit or standing.season.cluster.unit
    signer = facts.signer_of(member)
    superior = "" if member.unit else f"UBND {unit}".upper()
    head = Head(break_issuer(signer.body), superior, "", facts.date)
    posts = (signer.post or (CHAIRMAN if member.unit else "THỦ TRƯỞNG ĐƠN VỊ"),)
    table = SheetTable(standing, sheet, user)
    return sheet_papers.sheet_paper(table, facts, head, tree.Signature(posts, signer.name), unit.name)


def sheets_printed(standing: SeasonStanding, found: list[ScoreSheet], user: object) -> tree.Paper:
    """All of them, in the cluster's name."""
    facts = Facts(standing.season, timezone.localdate())
    leader = facts.leader
    signature = tree.Signature(
        (f"TT. {facts.name.upper()}", facts.head_word.upper()),
        facts.signer_of(leader).name if leader else "",
        _post(leader),
    )
    tables = [SheetTable(standing, sheet, user) for sheet in found]
    return sheet_papers.all_sheets_paper(tables, facts, head_of(None, facts), signature, place_of(facts))


def _post(leader: Member | None) -> str:
    return f"CHỦ TỊCH UBND {leader.unit}".upper() if leader and leader.unit else ""


# -- Files ---------------------------------------------------------------------------------


def is_big(paper: tree.Paper, to: str) -> bool:
    """Whether a worker makes the file."""
    if to != "docx":
        return is_long(paper, to)
    blocks = [*paper.body, *(block for appendix in paper.appendices for block in appendix.blocks)]
    return sum(len(block.rows) for block in blocks if isinstance(block, tree.Table)) > _ROWS_OF_WORD
