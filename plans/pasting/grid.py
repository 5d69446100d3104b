"""What was pasted, as a grid of clean texts: the form that tables and lists share."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field

from core.errors import AppError
from core.text import as_pasted
from plans.interchange import MOST_TASKS

MOST_LETTERS = 1_000_000
MOST_ROWS = MOST_TASKS + 500
"""A plan's tasks and what stands between them."""
MOST_COLUMNS = 60

_STEERING = re.compile(r"[\x00-\x08\x0c\x0e-\x1d\x7f-\x9f\ufffc-\uffff\ud800-\udfff]")  # cell ends, fields, pictures
_WORD_HYPHENS = str.maketrans({"\x1e": "-", "\x1f": None})  # Word's hyphen that never breaks, and the one that may


class UnfitPaste(AppError):
    message = "Chưa đọc được phần vừa dán."


@dataclass(frozen=True, slots=True)
class Grid:
    rows: tuple[tuple[str, ...], ...] = ()
    """All of one width; cells are clean, their lines parted by ``\\n``; what a merged cell covers is blank."""
    merged: Mapping[tuple[int, int], tuple[int, int]] = field(default_factory=dict)
    """Where a blank belongs to a merged cell: its place and the place of that cell."""
    loose: frozenset[int] = frozenset()
    """Rows that stood outside the table: words before, between and after."""

    @property
    def width(self) -> int:
        return len(self.rows[0]) if self.rows else 0


def clean_cell(text: str) -> str:
    """Lines that say something, single spaces, composed letters; no signs that nobody sees."""
    text = as_pasted(text.replace("\r\n", "\n").replace("\r", "\n").translate(_WORD_HYPHENS))
    text = unicodedata.normalize("NFC", _STEERING.sub(" ", text))
    lines = (" ".join(line.split()) for line in text.split("\n"))
    return "\n".join(line for line in lines if line)


def too_much() -> UnfitPaste:
    shown = f"{MOST_LETTERS:,}".replace(",", ".")
    return UnfitPaste(f"Phần vừa dán có hơn {shown} ký tự; hãy dán từng phần.")


def too_many_rows() -> UnfitPaste:
    shown = f"{MOST_ROWS:,}".replace(",", ".")
    return UnfitPaste(f"Phần vừa dán có hơn {shown} dòng; hãy dán từng phần.")


def too_many_columns() -> UnfitPaste:
    return UnfitPaste(f"Bảng vừa dán có hơn {MOST_COLUMNS} cột; hãy chỉ chọn các cột cần dán.")
