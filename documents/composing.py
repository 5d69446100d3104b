"""What apps share when they compose papers: typed words become nodes, widths in millimetres become columns."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from core.text import fold, split_lines
from documents import tree
from documents.dates import PartialDate
from documents.outline import compose_body, read_body

DOTS = "…………"
"""Room to write on, where nobody has said it yet."""
_ARCHIVE = "Lưu:"
_POST = re.compile(r"^(?:tổ trưởng|trưởng ban|thành viên|ủy viên|thư ký|chủ trì)\s*:\s*", re.IGNORECASE)
_NO_NAME = re.compile(r"^(?:đại diện\b|[.…]+$)", re.IGNORECASE)
_HONORIFIC = re.compile(r"^(?:ông|bà|đồng chí|đ/c)\s*:?\s+", re.IGNORECASE)
_LONGEST_NAME = 80
Texts = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Head:
    """Who issues the paper; number and day are blank until it is recorded."""

    issuer: tuple[str, ...]
    superior: str
    symbol: str
    """Of the office: «CTĐ» in «BB-CTĐ»."""
    date: PartialDate
    number: str = ""
    full_symbol: str = ""
    """As on record, once it is."""
    words: str = ""
    """Who issues it, in running text: «Ủy ban nhân dân xã An Sơn»."""


class MinutesHeader(tree.Header):
    """Minutes say in their text where and when (Decree 30, Phụ lục III, Mẫu 1.9)."""

    __slots__ = ()

    @property
    def date_line(self) -> str:
        return ""


# -- Words ---------------------------------------------------------------------------------


def lines(text: str) -> list[str]:
    """Without the dash and the stop with which a person may have typed them."""
    return [line for line in (one.strip(" \t-–+;").strip() for one in split_lines(text)) if line]


def name_of(line: str) -> str:
    """«Tổ trưởng: ông Lò Văn An, Chủ tịch …» → «Lò Văn An»: Decree 30 prints no honorific at the signature.

    Blank where the line names nobody: «…, Chủ tịch UBND xã An Bình», «đại diện Trưởng cụm».
    """
    said = _POST.sub("", line.strip())
    name = _HONORIFIC.sub("", re.split(r"[,;(–-]", said, maxsplit=1)[0]).strip()
    return "" if _NO_NAME.match(name) else name


def is_basis(line: str) -> bool:
    return line.casefold().startswith(("căn cứ", "theo ", "xét "))


def opening(text: str) -> tuple[tree.Preamble, ...]:
    return tuple(
        tree.Basis(line) if is_basis(line) else tree.Paragraph(line)
        for line in (one.strip() for one in split_lines(text))
    )


def composed(text: str) -> tuple[tree.Block, ...]:
    return compose_body(read_body(text))


def paragraphs(*texts: str) -> tuple[tree.Paragraph, ...]:
    return tuple(tree.Paragraph(text) for text in texts if text)


def items(text: str) -> tuple[tree.Item, ...]:
    entries = lines(text)
    last = len(entries) - 1
    return tuple(
        tree.Item("-", f"{entry.rstrip('.')}{'.' if at == last else ';'}") for at, entry in enumerate(entries)
    )


def item_title(marker: str, text: str) -> tuple[tree.Item, ...]:
    return (tree.Item(marker, text, title=True),)


def numbered(*sections: tuple[str, Sequence[tree.Block]]) -> tuple[tree.Block, ...]:
    """A section of which nothing is left is not printed, and the numbers close up."""
    found: list[tree.Block] = []
    for number, (title, blocks) in enumerate(((title, blocks) for title, blocks in sections if blocks), start=1):
        found += [*item_title(f"{number}.", title), *blocks]
    return tuple(found)


def named(label: str, text: str) -> tuple[tree.Block, ...]:
    """Dots to write on where nobody is named yet."""
    listed = items(text)
    return (*paragraphs(f"{label}:"), *listed) if listed else paragraphs(f"{label}: {DOTS}.")


# -- Foot ----------------------------------------------------------------------------------


def recipients(text: str) -> tree.Recipients:
    """A line each; the one that begins with «Lưu:» names the archive."""
    found = [line.strip(" -;.") for line in split_lines(text)]
    archive = next((line for line in found if line.startswith(_ARCHIVE)), "")
    return tree.Recipients(
        tuple(line for line in found if line and not line.startswith(_ARCHIVE)), archive.removeprefix(_ARCHIVE).strip()
    )


def signature(texts: Texts) -> tree.Signature:
    """Of the fields ``lines``, ``signer``, ``post``."""
    return tree.Signature(split_lines(texts["lines"]), texts["signer"].strip(), texts["post"].strip())


def side_by_side(*sides: tuple[str, str]) -> tree.Signatories:
    """Two or three who sign: what they are, and the line that names them."""
    each = tuple(tree.Signatory(body, "", name_of(who)) for body, who in sides)
    return tree.Signatories("", each, 3 if len(each) > 2 else 2)


# -- Tables --------------------------------------------------------------------------------

Width = tuple[str, float, str]
"""Head, millimetres (0: what is left of the width), alignment."""


def columns(widths: Sequence[Width], width: float) -> tuple[tree.Column, ...]:
    taken = sum(one for _, one, _ in widths)
    return tuple(tree.Column(head, (one or width - taken) / width, align) for head, one, align in widths)


def row(*cells: str | tuple[str, ...]) -> tree.Row:
    return tree.Row(tuple(cell if isinstance(cell, tuple) else (cell,) if cell else () for cell in cells))


# -- Files ---------------------------------------------------------------------------------


def plain_name(words: str, longest: int = _LONGEST_NAME) -> str:
    """Without marks and blanks, so that every mail program and document system takes it."""
    plain = "".join(letter if letter.isalnum() and letter.isascii() else " " for letter in fold(words))
    return "-".join(plain.split())[:longest].strip("-")


def file_name(words: str, to: str) -> str:
    return f"{plain_name(words)}.{to}"
