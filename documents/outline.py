"""The body of a section as plain lines, the way people type it, and the outline read from their markers.

    1. Mục đích                     an entry: usual marker, one space, words
    a) Đẩy mạnh phong trào …
    - Tổ chức phát động …
    Trên cơ sở kế hoạch này …       a paragraph: no marker
    (Có Phụ lục kèm theo)           a line in brackets that names an appendix
    [Bảng nhiệm vụ]                 where the task table stands
    [Chỉ tiêu]                      a paragraph, unless an app prints something there (``plans.blocks``)
    Điều 1. Kiện toàn Hội đồng …    an article of a decision

A tab separates the marker from the words wherever a space would be misread, which is also
how Word pastes its numbered lists: ``Bước 1:⇥Đăng ký`` is an entry with an unusual marker,
``⇥1. tháng`` a paragraph that merely begins like an entry. So every outline has a text and
every text an outline, and the printed markers stay the writer's own.
"""

from __future__ import annotations

import enum
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from documents.tree import AppendixReference, Article, Block, Item, Paragraph

TASKS_LINE = "[Bảng nhiệm vụ]"
REFERENCE_MARK = "[Dẫn phụ lục]"

_MARKER = re.compile(
    r"""
      \d{1,3}(?:\.\d{1,3})*[.)]      # 1.  2.1.  1)
    | \d{1,3}(?:\.\d{1,3})+          # 2.1
    | \(\d{1,3}\)                    # (1)
    | [a-zđ][.)]                     # a)  đ.
    | [A-ZĐ]\.                       # A.
    | [IVX]+\.                       # IV.
    | Điều[ ]\d{1,3}\.               # Điều 1.
    | [-–+*•]
    """,
    re.VERBOSE,
)
_ENTRY = re.compile(rf"({_MARKER.pattern})(?:[ ](?=\S)(.*))?", re.VERBOSE | re.DOTALL)
_ARTICLE = re.compile(r"Điều \d{1,3}\.")
_REFERENCE = re.compile(r"\(.*phụ lục.*\)\.?", re.IGNORECASE)


class Kind(enum.Enum):
    ITEM = "item"
    PARAGRAPH = "paragraph"
    REFERENCE = "appendix-ref"
    TASKS = "tasks"
    FILLED = "filled"
    """A line that stands for what another app keeps, with what it prints (``plans.blocks``); never read from text."""


@dataclass(frozen=True, slots=True)
class Line:
    kind: Kind
    text: str = ""
    marker: str = ""
    blocks: tuple[Block, ...] = ()
    """Of a filled line: what is printed in its place."""


def read_body(body: str) -> tuple[Line, ...]:
    """The outline of a section's text; blank lines say nothing."""
    return tuple(_read_line(line) for line in body.split("\n") if line.strip())


def write_body(lines: Iterable[Line]) -> str:
    """The text whose outline is ``lines``."""
    return "\n".join(_write_line(line) for line in lines)


def _read_line(line: str) -> Line:
    marker, tab, rest = line.partition("\t")
    if tab:
        if marker == REFERENCE_MARK:
            return Line(Kind.REFERENCE, rest)
        return Line(Kind.ITEM, rest, marker) if marker.strip() else Line(Kind.PARAGRAPH, rest)
    if line == TASKS_LINE:
        return Line(Kind.TASKS)
    if _REFERENCE.fullmatch(line):
        return Line(Kind.REFERENCE, line)
    if match := _ENTRY.fullmatch(line):
        return Line(Kind.ITEM, match[2] or "", match[1])
    return Line(Kind.PARAGRAPH, line)


def _write_line(line: Line) -> str:
    match line.kind:
        case Kind.TASKS:
            return TASKS_LINE
        case Kind.FILLED:
            return line.text
        case Kind.ITEM:
            plain, explicit = f"{line.marker} {line.text}" if line.text else line.marker, f"{line.marker}\t{line.text}"
        case Kind.REFERENCE:
            plain, explicit = line.text, f"{REFERENCE_MARK}\t{line.text}"
        case Kind.PARAGRAPH:
            plain, explicit = line.text, f"\t{line.text}"
    return plain if _read_line(plain) == line else explicit


def compose_body(lines: Sequence[Line], tasks: Sequence[Block] = ()) -> tuple[Block, ...]:
    """The lines as blocks of a paper, the task blocks where their line stands."""
    blocks: list[Block] = []
    for position, line in enumerate(lines):
        match line.kind:
            case Kind.TASKS:
                blocks += tasks
            case Kind.FILLED:
                blocks += line.blocks
            case Kind.ITEM:
                following = lines[position + 1] if position + 1 < len(lines) else None
                blocks.append(_compose_entry(line, following))
            case Kind.REFERENCE:
                blocks.append(AppendixReference(line.text))
            case Kind.PARAGRAPH:
                blocks.append(Paragraph(line.text))
    return tuple(blocks)


def _compose_entry(line: Line, following: Line | None) -> Item | Article:
    is_title = _is_title(line, following)
    if not _ARTICLE.fullmatch(line.marker):
        return Item(line.marker, line.text, title=is_title)
    # «Điều 1. Hội đồng gồm các ông, bà có tên sau đây:» is a sentence that leads to its list, not a heading.
    if is_title and not line.text.rstrip().endswith(":"):
        return Item(line.marker, line.text, title=True)
    return Article(line.marker, line.text)


_DASH_DEPTH = 8


def depth_of(marker: str) -> int:
    """How deep a marker stands: ``A.`` above ``1.`` above ``1.1.`` above ``a)`` above ``-`` above ``+``."""
    bare = marker.strip().rstrip(".)").lstrip("(")
    if len(marker) == 1 and not marker.isalnum() and marker != "+":
        return _DASH_DEPTH
    if marker == "+":
        return _DASH_DEPTH + 1
    if re.fullmatch(r"\d+(\.\d+)*", bare):
        return 1 + bare.count(".") if not marker.startswith("(") else _DASH_DEPTH - 1
    if re.fullmatch(r"[a-zđ]", bare):
        return _DASH_DEPTH - 2
    return 0


def _is_title(line: Line, following: Line | None) -> bool:
    """Deeper lines follow and the entry is no sentence (Decree 30: a khoản that has a heading)."""
    if following is None or line.text.rstrip().endswith((".", ";")):
        return False
    depth = depth_of(line.marker)
    if following.kind is Kind.ITEM:
        return depth_of(following.marker) > depth
    return following.kind in {Kind.PARAGRAPH, Kind.TASKS, Kind.FILLED} and depth < _DASH_DEPTH
