"""Printed lines become paragraphs again.

Word says where a paragraph begins and ends. Elsewhere it is seen from the paper as a whole (``Habits``): whether
lines wrap at all, how long they are when they do, and whether empty lines stand between paragraphs or between all
lines alike.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from documents.reading.markers import (
    begins_basis,
    begins_closing,
    begins_legal_basis,
    begins_recipients,
    entry_of,
    heading_of,
    is_appendix_title,
    is_reference,
    is_upper,
    starts_lower,
)
from documents.reading.source import Align, Looks, SourceLine

_FINISHED = re.compile(r"[.;:!?…][”\"’)\]*]*$|\./\.?$")
_CUT = re.compile(r"(?<=[^\W_])[-–/]$")
"""A line cut within a word: «03/KH-», next line «UBND»."""
_OPEN_END = re.compile(r"(?:[,(\[“\-–/&]|\b(?:và|của|về|với|các|cho|tại|theo|là|trong|từ|đến|do|ở|có))$")
_WAITS_FOR_FIGURE = re.compile(r"\b(?:số|năm|ngày|tháng|quý|từ|đến|Nam|khóa|lần)$")
_WRAPPED_SHARE = 0.06
_RAGGED_SHARE = 0.12
_LONGEST_WRAPPED = 200
"""Letters of a printed line on any paper; longer lines are paragraphs."""
_SEEN_OF_PARAGRAPH = 400
"""Letters of a paragraph that tell what it is; the rest need not be looked at with every line."""
_TITLE_LETTERS = 90
"""A line without an end that is longer is no title: a page broke it."""
_NEARLY, _HALF = 0.8, 0.6
_COMPOUND = re.compile(
    r"(?:Thi đua - Khen|Văn hóa - (?:Xã hội|Thông tin|Thể thao)|Văn hoá - (?:Xã hội|Thông tin)|Văn phòng - Thống kê"
    r"|Tài chính - Kế|Tư pháp - Hộ|Địa chính - |Lao động - Thương|Thương binh - Xã|Kinh tế - Xã|Quốc phòng - An"
    r"|Giáo dục - Đào|Kinh tế - Hạ|Nông nghiệp - (?:Xây|Môi)|Dân số - Kế|Xanh - Sạch)",
    re.IGNORECASE,
)
"""Names with a dash within, at which a line may break."""
_ENACTED = re.compile(r"QUYẾT\s+(?:ĐỊNH|NGHỊ)\s*:")
_INDENT_LETTERS = 7
_INDENT = 8.0
"""Points by which a first line stands in."""


@dataclass(frozen=True, slots=True)
class Paragraph:
    text: str
    looks: Looks = Looks()
    gap: bool = False
    column: int = 0
    page: int | None = None


@dataclass(frozen=True, slots=True)
class Habits:
    """How the lines of one paper are set."""

    wrapped: bool = False
    width: float = 0
    """Letters of a full line."""
    gaps_tell: bool = True
    """Empty lines stand between paragraphs, not between all lines."""
    ragged: bool = False
    """Lines break anywhere, as the source of a web page does: a short line says nothing."""
    indents_tell: bool = False
    whole: bool = False
    """The file's own paragraphs can be trusted."""


def habits_of(lines: Sequence[SourceLine]) -> Habits:
    if not lines:
        return Habits()
    pairs = list(itertools.pairwise(lines))
    broken = [(one, two) for one, two in pairs if starts_lower(two.text) and not _FINISHED.search(one.text)]
    said_whole = sum(line.is_whole is True for line in lines)
    if said_whole > len(lines) / 2:
        within = sum(one.is_whole is True for one, _ in broken)
        return Habits(whole=within <= max(2, 0.08 * said_whole))
    fitting = [(one, two) for one, two in broken if len(one.text) <= _LONGEST_WRAPPED]
    wrapped = len(fitting) >= max(2, _WRAPPED_SHARE * len(lines))
    lengths = sorted(len(one.text) for one, _ in fitting)
    width = lengths[int(0.9 * (len(lengths) - 1))] if lengths else 0.0
    gapped = sum(two.gap for _, two in fitting)
    has_gaps = sum(line.gap for line in lines) > 0.03 * len(lines)
    gaps_tell = has_gaps and gapped <= 0.3 * len(fitting)
    ragged = sum(length < _NEARLY * width for length in lengths) > _RAGGED_SHARE * len(lengths)
    return Habits(wrapped, width, gaps_tell, ragged, _indents_tell(lines, fitting))


def _indents_tell(lines: Sequence[SourceLine], broken: Sequence[tuple[SourceLine, SourceLine]]) -> bool:
    """Lines that go on stand at the margin, and many others do not."""
    known = [two.looks.indent for _, two in broken if two.looks.indent is not None]
    if len(known) < max(3, len(broken) / 2):
        return False
    first = sum((line.looks.indent or 0) >= _INDENT for line in lines)
    return sum(indent < _INDENT for indent in known) >= _NEARLY * len(known) and first >= 0.05 * len(lines)


def join_lines(lines: Iterable[SourceLine], habits: Habits) -> list[Paragraph]:
    """Every word of the lines, in order, in paragraphs."""
    groups: list[list[SourceLine]] = []
    begun = ""
    for line in lines:
        if groups and _goes_on(groups[-1][-1], line, begun, habits):
            groups[-1].append(line)
            begun = begun if len(begun) > _SEEN_OF_PARAGRAPH else join_texts(begun, line.text)
        else:
            groups.append([line])
            begun = line.text
    return [_joined(group) for group in groups]


def _joined(lines: Sequence[SourceLine]) -> Paragraph:
    first, looks = lines[0], lines[0].looks
    if looks.bold and any(line.looks.bold is False for line in lines):
        looks = Looks(False, looks.italic, looks.size, looks.align, looks.indent)
    pieces = [first.text]
    for above, line in itertools.pairwise(lines):
        pieces += ["" if _is_cut(above.text, line.text) else " ", line.text]
    return Paragraph("".join(pieces), looks, first.gap, first.column, first.page)


def _is_cut(above: str, below: str) -> bool:
    return bool(_CUT.search(above)) and below[:1].isalnum()


def join_texts(above: str, below: str) -> str:
    """«KH-» and «UBND» are one word; other lines are parted by a blank."""
    return above + below if _is_cut(above, below) else f"{above} {below}"


def _goes_on(before: SourceLine, line: SourceLine, paragraph: str, habits: Habits) -> bool:
    if before.column != line.column or habits.whole and (before.is_whole is not False or line.is_whole is True):
        return False
    if is_reference(paragraph) or begins_recipients(line.text) or is_appendix_title(line.text):
        return False
    if _ENACTED.fullmatch(line.text):
        return False
    finished = bool(_FINISHED.search(before.text))
    if not habits.wrapped:
        broken_heading = habits.gaps_tell and not line.gap and is_upper(before.text) and is_upper(line.text)
        return (broken_heading and entry_of(line.text) is None) or _goes_on_over_page(before, line, finished)
    gap = line.gap and habits.gaps_tell and line.page == before.page
    if gap:
        return not finished and starts_lower(line.text) and len(before.text) >= _NEARLY * habits.width
    if is_alone(paragraph):
        return entry_of(line.text) is None
    if habits.indents_tell and _is_left(line) and line.looks.indent is not None:
        return _goes_on_by_indent(before, line, finished, habits)
    if _begins_anew(before, line, paragraph, finished, habits):
        return False
    if habits.gaps_tell and line.page == before.page:
        return _goes_on_without_gap(before, line, paragraph, finished, habits)
    return _goes_on_by_width(before, line, paragraph, finished, habits)


def is_alone(text: str) -> bool:
    """A marker without its words: «III.», «1.»."""
    entry = entry_of(text)
    return entry is not None and not entry.text


def _goes_on_over_page(before: SourceLine, line: SourceLine, finished: bool) -> bool:
    """Where every line is a paragraph, one may still be cut by a page."""
    if finished or is_upper(before.text) or entry_of(line.text) or heading_of(line.text):
        return False
    if is_alone(before.text):
        return True
    if starts_lower(line.text):
        return len(before.text) > 40 or is_open(before.text, line.text) or not line.gap
    is_long = len(before.text) > _TITLE_LETTERS
    return is_long and (is_open(before.text, line.text) or line.text[:1] in "(" or line.text[:1].isdigit())


def _goes_on_by_indent(before: SourceLine, line: SourceLine, finished: bool, habits: Habits) -> bool:
    """First lines stand in; a line at the margin goes on, unless what it begins shows that the one above ended."""
    if (line.looks.indent or 0) >= _INDENT or not _is_left(before) or is_reference(line.text):
        return False
    if before.looks.align is Align.JUSTIFIED:
        return True
    if _is_full(before, line, habits):
        return True
    is_title = bool(before.looks.bold) and line.looks.bold is False
    entry = entry_of(line.text)
    if heading_of(line.text) is not None or (entry is not None and entry.marker not in "-–"):
        return False
    had_room = finished or is_upper(before.text) or len(before.text) < _NEARLY * habits.width
    return not (is_title or (entry is not None and had_room))


def _begins_anew(before: SourceLine, line: SourceLine, paragraph: str, finished: bool, habits: Habits) -> bool:
    """A marker begins an entry, but for a dash or figure that a full line merely pushed down."""
    if is_reference(line.text) and not before.text.endswith(("-", ",")):
        return True
    if finished and (begins_legal_basis(line.text) or (begins_closing(line.text) and not begins_closing(paragraph))):
        return True
    heading = heading_of(line.text)
    entry = entry_of(line.text)
    if heading is None and entry is None:
        return False
    if finished or is_upper(before.text):
        return True
    full = _is_full(before, line, habits, is_first=paragraph == before.text)
    if entry is None:
        return not full
    if entry.marker not in "-–":
        return True
    if is_compound(before.text, line.text):
        return False
    if starts_lower(entry.text) and len(before.text) >= _HALF * habits.width:
        return False
    is_title = paragraph == before.text and entry_of(paragraph) is not None
    return is_title or not full


def _goes_on_without_gap(before: SourceLine, line: SourceLine, paragraph: str, finished: bool, habits: Habits) -> bool:
    full = _is_full(before, line, habits)
    changes_case = is_upper(paragraph) != is_upper(line.text) and not starts_lower(line.text)
    if changes_case and len(before.text) < habits.width and (is_upper(paragraph) or not full):
        # «II. NỘI DUNG» and the text below it; a few capitals within a sentence do not end it.
        return is_open(before.text, line.text)
    if finished and not habits.ragged and not full:
        return starts_lower(line.text) and not before.text.endswith(":")
    return True


def _goes_on_by_width(before: SourceLine, line: SourceLine, paragraph: str, finished: bool, habits: Habits) -> bool:
    """No empty line says where a paragraph ends; a line that had room for the next word does."""
    if is_upper(paragraph) and len(paragraph) > 3:
        return is_upper(line.text) and not line.text[:1].isdigit()
    if is_upper(line.text) and len(line.text) > 12 and " " in line.text:
        return not finished and _is_full(before, line, habits)
    if finished and (begins_legal_basis(line.text) or before.text.endswith("./.")):
        return False
    full = _is_full(before, line, habits, is_first=paragraph == before.text)
    if starts_lower(line.text):
        return not finished or full or before.text.endswith(";")
    if finished and begins_closing(line.text) and not begins_closing(paragraph):
        return False
    if before.text.endswith((":", ";")):
        return full and not begins_basis(line.text)
    if finished:
        return full
    return len(before.text) >= _NEARLY * habits.width or is_open(before.text, line.text)


def is_compound(above: str, below: str) -> bool:
    """A name with a dash within stands across the break: «Phòng Văn hóa», «- Xã hội»."""
    return bool(_COMPOUND.search(f"{above[-20:]} {below[:22]}"))


def is_open(above: str, below: str) -> bool:
    """The words above wait for those below."""
    return bool(_OPEN_END.search(above)) or (below[:1].isdigit() and bool(_WAITS_FOR_FIGURE.search(above)))


def _is_left(line: SourceLine) -> bool:
    return line.looks.align in (None, Align.LEFT, Align.JUSTIFIED)


def _is_full(before: SourceLine, line: SourceLine, habits: Habits, *, is_first: bool = False) -> bool:
    """The next word would not have fitted on the line above; a first line is shorter by its indent."""
    word = line.text.split(" ", 1)[0]
    room = habits.width - (_INDENT_LETTERS if is_first else 0)
    return len(before.text) + 1 + len(word) > 0.95 * room
