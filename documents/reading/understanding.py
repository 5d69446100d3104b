"""From a ``Source`` to a ``ReadPaper``: which part of a paper each line is."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from documents.reading.broken_tables import with_broken_tables
from documents.reading.conservation import places_of, weigh
from documents.reading.endings import ending_at, read_ending
from documents.reading.heads import Title, is_national_name, read_head, title_at
from documents.reading.joining import Habits, habits_of, join_lines
from documents.reading.markers import appendix_title, begins_basis, entry_of, heading_of, is_appendix_title
from documents.reading.outlines import Item, read_body, read_preamble, take_closing
from documents.reading.paper import BrokenTable, Head, ReadAppendix, ReadPaper, Unsure
from documents.reading.source import Source, SourceBlock, SourceLine, SourceTable
from documents.reading.subjects import read_subject

_NATION = re.compile(r"CỘNG\s+H[ÒO][AÀ]\s+XÃ\s+HỘI|Nơi\s+nhận\s*:", re.IGNORECASE)
_STAMP = re.compile(
    r"(?:Người ký|Ký bởi|Được ký bởi|Ký số bởi|Signature (?:Not )?Verified|Digitally signed)\b", re.IGNORECASE
)
_OF_STAMP = re.compile(
    r"(?:Email|Cơ quan|Chức vụ|Thời gian ký|Ngày ký|Ngày giờ ký|Tổ chức|Date|DN|Location|Reason)\s*:", re.IGNORECASE
)
_STAMP_LINES = 6
_REFERENCE = re.compile(r"\(?\s*(?:Ban hành\s+)?k[èe]m theo\b", re.IGNORECASE)
_LETTER_HEAD = 40
_LONGEST_ENDING = 120
"""Lines; what is behind them is no ending any more."""
_MOST_LOST = 12
"""Lines with lost words that are named one by one."""


@dataclass(frozen=True, slots=True)
class _Parts:
    head: list[SourceLine]
    title: Title | None
    body: list[SourceBlock]
    ending: list[SourceLine]
    appendices: list[list[SourceBlock]]
    repeated: list[SourceLine]
    """The head once more, above an appendix that is a file of its own."""


def read_paper(source: Source) -> ReadPaper:
    """Never raises: what is not understood stays a paragraph or is said in ``unsure``."""
    blocks, stamps = _without_stamps(_with_laid_out_tables(source.blocks))
    parts = _divide(blocks)
    head = read_head(parts.head)
    text = [block for part in (parts.body, *parts.appendices) for block in part]
    habits = habits_of([block for block in text if isinstance(block, SourceLine)])
    subject, rest = read_subject(parts.title.rest, parts.body, habits) if parts.title else ("", parts.body)
    preamble, items = read_preamble(_items(rest, habits))
    body, closing = take_closing(read_body(items))
    ending = read_ending(parts.ending)
    again = _read_again(parts.repeated, head.head)
    appendices = tuple(_read_appendix(part, habits) for part in parts.appendices)
    paper = ReadPaper(
        head=head.head,
        title=parts.title.kind if parts.title else "",
        subject=" ".join(part for part in (head.about, subject) if part),
        addressees=head.addressees,
        preamble=preamble,
        body=body,
        closing=closing,
        ending=ending.ending,
        appendices=appendices,
        said_otherwise=(*stamps, *head.said_otherwise, *ending.said_otherwise, *again.said_otherwise),
        unsure=(*head.unsure, *ending.unsure, *again.unsure, *_footnotes(source)),
    )
    return _with_lost_words(paper, source)


@dataclass(frozen=True, slots=True)
class _Again:
    said_otherwise: tuple[str, ...]
    unsure: tuple[Unsure, ...]


def _read_again(lines: list[SourceLine], head: Head) -> _Again:
    """Words of the head above say nothing new; others are named."""
    found = read_head(lines)
    new = [name for name in (found.head.superior, found.head.issuer) if name not in ("", head.superior, head.issuer)]
    why = "Phần chữ ở đầu phụ lục chưa rõ là gì."
    unsure = (*found.unsure, *(Unsure("", why, text=name) for name in new))
    kept = [name for name in (found.head.superior, found.head.issuer, found.head.place) if name not in new]
    return _Again((*found.said_otherwise, *kept), unsure)


def _footnotes(source: Source) -> list[Unsure]:
    return [Unsure("", "Chú thích ở chân trang chưa có chỗ trong kế hoạch.", text=n.text) for n in source.footnotes]


def _with_lost_words(paper: ReadPaper, source: Source) -> ReadPaper:
    """What was printed and landed nowhere is named, line by line."""
    printed = [line.text for line in source.lines()]
    named = [unsure.text for unsure in paper.unsure if unsure.stands_nowhere]
    balance = weigh(printed, [*paper.texts(), *paper.said_otherwise, *named])
    if not balance.lost:
        return paper
    places = places_of(balance.lost, printed, _MOST_LOST)
    lost = [Unsure("", "Dòng này chưa đưa được vào phần nào của văn bản.", text=line) for line in places]
    return replace(paper, unsure=(*paper.unsure, *lost))


# -- Parts ---------------------------------------------------------------------------------


def _without_stamps(blocks: list[SourceBlock]) -> tuple[list[SourceBlock], list[str]]:
    """What a digital signature draws beside the text: «Người ký: …», «Ngày ký: …»."""
    kept: list[SourceBlock] = []
    stamps: list[str] = []
    within = 0
    for block in blocks:
        text = block.text if isinstance(block, SourceLine) else ""
        begins = bool(_STAMP.match(text))
        within = _STAMP_LINES if begins else within - 1
        if begins or (within > 0 and _OF_STAMP.match(text)):
            stamps.append(text)
        else:
            kept.append(block)
    return kept, stamps


def _with_laid_out_tables(blocks: Sequence[SourceBlock]) -> list[SourceBlock]:
    """A head or an ending that stands in a ruled table is two columns of lines."""
    found: list[SourceBlock] = []
    for block in blocks:
        if isinstance(block, SourceTable) and _is_layout(block):
            for row in block.rows:
                for column, cell in enumerate(row):
                    found += [replace(line, column=min(column, 1)) for line in cell.lines]
        else:
            found.append(block)
    return found


def _is_layout(table: SourceTable) -> bool:
    texts = [cell.text for row in table.rows for cell in row]
    return max(map(len, table.rows), default=0) <= 3 and any(_NATION.match(text.strip()) for text in texts)


def _divide(blocks: list[SourceBlock]) -> _Parts:
    first_table = next((at for at, block in enumerate(blocks) if isinstance(block, SourceTable)), len(blocks))
    top = [block for block in blocks[:first_table] if isinstance(block, SourceLine)]
    title = title_at(top)
    begins = title.line + 1 if title else _letter_begins(top)
    head = top[: title.line] if title else top[:begins]
    rest = blocks[begins:]
    starts = _appendix_starts(rest)
    main = rest[: starts[0]] if starts else rest
    body, ending, behind = _split_ending(main)
    appendices = [rest[start:end] for start, end in itertools.pairwise([*starts, len(rest)])]
    ending, repeated = _without_head(ending)
    return _Parts(head, title, body, ending, ([behind] if behind else []) + appendices, repeated)


def _letter_begins(top: Sequence[SourceLine]) -> int:
    """Behind «Kính gửi» and its names; else behind number and day."""
    lines = top[:_LETTER_HEAD]
    for at, line in enumerate(lines):
        if not re.match(r"Kính\s+gửi", line.text, re.IGNORECASE):
            continue
        end = at + 1
        many = line.text.rstrip().endswith((":", "gửi"))
        while many and end < len(lines) and (lines[end].text.startswith(("-", "–", "+")) or end == at + 1):
            end += 1
        return end
    dated = [at for at, line in enumerate(lines[:16]) if re.search(r"ngày.*tháng.*năm|^Số\s*:", line.text)]
    return dated[-1] + 1 if dated else 0


def _appendix_starts(blocks: Sequence[SourceBlock]) -> list[int]:
    """«PHỤ LỤC» with «(Kèm theo …)» below it, or behind the ending."""
    starts: list[int] = []
    ended = False
    for at, block in enumerate(blocks):
        if not isinstance(block, SourceLine):
            continue
        ended = ended or bool(re.match(r"N[ơo]i\s+nh[ậa]n\s*:", block.text, re.IGNORECASE))
        if is_appendix_title(block.text):
            below = [line for line in blocks[at + 1 : at + 9] if isinstance(line, SourceLine)]
            if ended or any(_REFERENCE.match(line.text) for line in below):
                starts.append(at)
    return starts


def _split_ending(
    blocks: list[SourceBlock],
) -> tuple[list[SourceBlock], list[SourceLine], list[SourceBlock]]:
    """Body, ending, and what stands behind the signature without being called an appendix."""
    lines = [(at, block) for at, block in enumerate(blocks) if isinstance(block, SourceLine)]
    first = ending_at([line for _, line in lines])
    if first is None:
        return blocks, [], []
    start = lines[first][0]
    tail = blocks[start:]
    table = next((at for at, block in enumerate(tail) if isinstance(block, SourceTable)), None)
    ending = [block for block in tail[:table] if isinstance(block, SourceLine)]
    if table is None and len(ending) > _LONGEST_ENDING:
        table = _LONGEST_ENDING
    if table is None:
        reference = next((at for at, line in enumerate(ending) if at and _REFERENCE.match(line.text)), None)
        if reference is None:
            return blocks[:start], ending, []
        table = reference
    name = _last_of_signature(ending[:table])
    return blocks[:start], ending[:name], [*ending[name:], *tail[len(ending) :]]


def _without_head(ending: list[SourceLine]) -> tuple[list[SourceLine], list[SourceLine]]:
    """The ending up to its name, where a head with the nation's name follows."""
    nation = next((at for at, line in enumerate(ending) if is_national_name(line.text)), None)
    if nation is None:
        return ending, []
    last = _last_of_signature(ending[:nation])
    return ending[:last], ending[last:]


def _last_of_signature(ending: Sequence[SourceLine]) -> int:
    """How many lines the ending has before the title of what follows."""
    for count in range(min(len(ending), _LONGEST_ENDING), 0, -1):
        found = read_ending(ending[:count])
        if found.ending.signature_name == ending[count - 1].text.strip():
            return count
    return len(ending)


# -- Text ------------------------------------------------------------------------------------


def _items(blocks: Sequence[SourceBlock | BrokenTable], habits: Habits) -> list[Item]:
    """Lines joined to paragraphs, tables as they are."""
    found: list[Item] = []
    lines: list[SourceLine] = []
    for block in [*with_broken_tables([b for b in blocks if not isinstance(b, BrokenTable)]), None]:
        if isinstance(block, SourceLine):
            lines.append(block)
            continue
        found += join_lines(lines, habits)
        lines = []
        if block is not None:
            found.append(block)
    return found


def _read_appendix(blocks: list[SourceBlock], habits: Habits) -> ReadAppendix:
    """Its title, its subject over several lines, «(Kèm theo …)», then what it holds."""
    lines: list[SourceLine] = []
    for block in blocks:
        if not isinstance(block, SourceLine):
            break
        lines.append(block)
    title, begun = appendix_title(lines[0].text) if lines else ("", "")
    at = 1 if title else 0
    subject, at = _until_reference(lines, at)
    subject = f"{begun} {subject}".strip()
    reference = ""
    if at < len(lines) and _REFERENCE.match(lines[at].text):
        reference, at = _whole_reference(lines, at)
    rest = blocks[at:]
    return ReadAppendix(title, subject, reference, read_body(_items(rest, habits)))


def _until_reference(lines: Sequence[SourceLine], at: int) -> tuple[str, int]:
    found: list[str] = []
    for line in lines[at : at + 8]:
        if _REFERENCE.match(line.text) or entry_of(line.text) or heading_of(line.text) and found:
            break
        if re.match(r"s?tt\b", line.text, re.IGNORECASE) or (found and begins_basis(line.text)):
            break
        if found and not (line.text == line.text.upper() or line.text[:1].islower() or line.looks.bold):
            break
        found.append(line.text)
    return " ".join(found), at + len(found)


def _whole_reference(lines: Sequence[SourceLine], at: int) -> tuple[str, int]:
    """Over as many lines as its bracket needs."""
    text = lines[at].text
    at += 1
    while text.count("(") > text.count(")") and at < len(lines) and len(text) < 600:
        text = f"{text} {lines[at].text}"
        at += 1
    return text, at
