"""Score sheets on paper: one member's, or all in one file."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from clusters.papers import tables
from clusters.papers.facts import Facts
from clusters.papers.frames import Head, day_words, frozen_words, paragraphs
from clusters.papers.people import in_sentence
from clusters.papers.results import Results
from clusters.sheets.presenters import SheetTable
from clusters.wording import in_season
from documents import tree


def sheet_paper(table: SheetTable, facts: Facts, head: Head, signature: tree.Signature, place: str) -> tree.Paper:
    """One member's sheet: the sums to be signed, every row in the appendix."""
    member = table.sheet.member
    name = in_sentence(member.name)
    issuer = f"Ủy ban nhân dân {member.unit}" if member.unit else name
    return tree.Paper(
        header=tree.Header(head.issuer, head.superior, place=place, date=head.date, is_numbered=False),
        title="BẢNG CHẤM ĐIỂM",
        subject=f"Thi đua năm {facts.season.year} của {name}, {facts.name}",
        preamble=(),
        body=(
            tables.sheet_groups_table(table, facts.kind),
            tree.Paragraph(
                f"Tổng điểm sau bước {in_season(table.stages[-1].label, facts.season).lower()}: {table.total} điểm."
            ),
            tree.AppendixReference("(Có Phụ lục điểm từng tiêu chí kèm theo)"),
        ),
        recipients=tree.Recipients((facts.head_word, f"UBND {facts.cluster.unit}"), "VT"),
        signature=signature,
        appendices=(_sheet_appendix(table, facts, "Phụ lục", f"Bảng chấm điểm {day_words(head)} của {issuer}"),),
    )


def all_sheets_paper(
    found: Sequence[SheetTable], facts: Facts, head: Head, signature: tree.Signature, place: str
) -> tree.Paper:
    """Every sheet in one file, each on pages of its own."""
    results = facts.results
    whole = f"Bảng chấm điểm các đơn vị thành viên {day_words(head)} của {facts.name}"
    appendices = tuple(
        _sheet_appendix(table, facts, f"Phụ lục {roman(number)}" if len(found) > 1 else "Phụ lục", whole)
        for number, table in enumerate(found, start=1)
    )
    return tree.Paper(
        header=tree.Header(head.issuer, head.superior, place=place, date=head.date, is_numbered=False),
        title="BẢNG CHẤM ĐIỂM CÁC ĐƠN VỊ THÀNH VIÊN",
        subject=f"Thi đua năm {facts.season.year} của {facts.name}",
        preamble=(),
        body=(
            *paragraphs(frozen_words(results)),
            *((tables.results_table(_only(results, found)),) if results else ()),
            tree.AppendixReference(f"(Có {len(found):02} Phụ lục bảng điểm của các đơn vị kèm theo)"),
        ),
        recipients=tree.Recipients((f"UBND {facts.cluster.unit}", "Các đơn vị thành viên"), "VT"),
        signature=signature,
        appendices=appendices,
    )


def _only(results: Results, found: Sequence[SheetTable]) -> Results:
    """Of the units whose sheets are in the file."""
    there = {table.sheet.member_id for table in found}
    return replace(results, units=tuple(unit for unit in results.units if unit.member in there))


def _sheet_appendix(table: SheetTable, facts: Facts, title: str, whole: str) -> tree.Appendix:
    """``whole``: the paper that it comes with."""
    member = table.sheet.member
    return tree.Appendix(
        title,
        f"Điểm từng tiêu chí năm {facts.season.year} của {member.name}".upper(),
        f"(Kèm theo {whole})",
        (tables.sheet_table(table, facts.kind),),
        landscape=True,
    )


def roman(number: int) -> str:
    found = ""
    for value, letters in (
        (100, "C"),
        (90, "XC"),
        (50, "L"),
        (40, "XL"),
        (10, "X"),
        (9, "IX"),
        (5, "V"),
        (4, "IV"),
        (1, "I"),
    ):
        while number >= value:
            found, number = found + letters, number - value
    return found
