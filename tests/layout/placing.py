"""Find every expected piece in a stream of printed marks: glyphs of a PDF or letters of a Word file.

As long as the print is right this is one comparison per piece. Where it is not, the
piece that was altered is still given a place, so that the other rules can measure it.
"""

from __future__ import annotations

import difflib
import unicodedata
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Generic, Protocol, Self, TypeVar

from tests.layout.expected import CellPlace, Group, Part, Piece
from tests.layout.failures import Failure

_LOOK_AHEAD = 8
"""Pieces to look for after a piece that is not where it should be."""
_WINDOW = 3000
_TELLING = 4
"""Letters that a piece needs so that finding it further on is no accident."""
_ALIKE = 0.5
_LONGEST_ROW = 100
_MOST_CUTS = 3


class Mark(Protocol):
    @property
    def text(self) -> str: ...

    @property
    def page(self) -> int: ...

    def follows(self, other: Self) -> bool:
        """On the same line as ``other``, so that a space between the two can be seen."""


M = TypeVar("M", bound=Mark)


@dataclass(frozen=True, slots=True)
class Placed(Generic[M]):
    piece: Piece
    marks: tuple[M, ...] = ()
    """Without spaces; empty where the piece is not printed."""
    printed: str = ""

    @property
    def page(self) -> int | None:
        return self.marks[0].page if self.marks else None


@dataclass(slots=True)
class Placement(Generic[M]):
    placed: list[Placed[M]] = field(default_factory=list)
    repeated_heads: set[tuple[int, int]] = field(default_factory=set)
    """Table and page, for every page on which the head stands again."""
    failures: list[Failure] = field(default_factory=list)


def place(stream: Sequence[M], groups: Sequence[Group]) -> Placement[M]:
    """Failures say which words are missing, changed or too many (A5)."""
    return _Placer(stream, groups).run()


def bare(text: str) -> str:
    return "".join(text.split())


def _row_of(cell: CellPlace) -> tuple[int, int]:
    return cell.table, cell.row


def _key(text: str) -> str:
    """By which pieces are found: whether the letters are composed is a question of its own (A4, A5)."""
    return unicodedata.normalize("NFC", bare(text))


class _Placer(Generic[M]):
    def __init__(self, stream: Sequence[M], groups: Sequence[Group]) -> None:
        self.stream = stream
        self.origin = [at for at, mark in enumerate(stream) for _ in _key(mark.text)]
        self.letters = "".join(_key(mark.text) for mark in stream)
        self.groups = groups
        self.cursor = 0
        self.heads: dict[int, str] = {}
        self.result: Placement[M] = Placement()

    def run(self) -> Placement[M]:
        for number, group in enumerate(self.groups):
            strands = [list(strand) for strand in group]
            following = self.groups[number + 1] if number + 1 < len(self.groups) else ()
            while any(strands):
                if not (self._skip_repeated_head(strands) or self._take(strands) or self._take_cut_row(strands)):
                    self._recover(strands, following)
        self._report_surplus(len(self.letters))
        return self.result

    def _take(self, strands: list[list[Piece]]) -> bool:
        fitting = [
            strand for strand in strands if strand and self.letters.startswith(_key(strand[0].text), self.cursor)
        ]
        if not fitting:
            return False
        longest = max(fitting, key=lambda strand: len(strand[0].text))
        piece = longest.pop(0)
        self._put(piece, self.cursor + len(_key(piece.text)))
        return True

    def _put(self, piece: Piece, end: int) -> None:
        first, last = self.origin[self.cursor], self.origin[end - 1]
        run = self.stream[first : last + 1]
        marks = tuple(mark for mark in run if not mark.text.isspace())
        placed = Placed(piece, marks, _readable(run))
        self.cursor = end
        self.result.placed.append(placed)
        if piece.part is Part.TABLE_HEAD and piece.cell:
            self.heads[piece.cell.table] = self.heads.get(piece.cell.table, "") + _key(piece.text)
        if bare(placed.printed) != bare(piece.text):
            self._fail(placed.page, piece.text, f"printed as «{placed.printed}»")
        elif piece.part is not Part.DRAWN and not _spaced_alike(run, piece.text):  # drawings part words by place alone
            self._fail(placed.page, piece.text, f"spaces differ: «{placed.printed}»")

    def _skip_repeated_head(self, strands: list[list[Piece]]) -> bool:
        cell = strands[0][0].cell if strands[0] else None
        if not cell or cell.row < 0 or not self._at_page_start():
            return False
        head = self.heads.get(cell.table, "")
        if not head or not self.letters.startswith(head, self.cursor):
            return False
        self.result.repeated_heads.add((cell.table, self._page_at(self.cursor)))
        self.cursor += len(head)
        return True

    def _recover(self, strands: list[list[Piece]], following: Group) -> None:
        """Go on at the nearest piece that is printed further on; what was passed over is altered or missing."""
        found = self._nearest(strands, following)
        if found is None:
            strand = next(strand for strand in strands if strand)
            self._lose(strand.pop(0))
            return
        position, skipped = found
        waiting = [strand[0] for strand in strands if strand]
        altered = self._most_alike(self.letters[self.cursor : position], [*skipped, *waiting])
        if altered:
            self._put(altered, position)
        else:
            self._report_surplus(position)
        passed = {id(piece) for piece in [*skipped, altered]}
        for strand in strands:
            while strand and id(strand[0]) in passed:
                piece = strand.pop(0)
                if piece is not altered:
                    self._lose(piece)

    def _take_cut_row(self, strands: list[list[Piece]]) -> bool:
        """A row that goes on over the page prints its cells in turn, twice: the letters are all there, in disorder."""
        strand = strands[0]
        cell = strand[0].cell if strand else None
        if not cell:
            return False
        row = [piece for piece in strand[:_LONGEST_ROW] if piece.cell and _row_of(piece.cell) == _row_of(cell)]
        head = self.heads.get(cell.table, "")
        end = self._end_of_cut_row("".join(_key(piece.text) for piece in row), head)
        if not end:
            return False
        first, last = self.origin[self.cursor], self.origin[end - 1]
        marks = tuple(mark for mark in self.stream[first : last + 1] if not mark.text.isspace())
        self._fail(marks[0].page, row[0].text, "row cut by the end of the page, its words in disorder")
        self.result.placed.append(Placed(row[0], marks, row[0].text))
        self.result.placed += [Placed(piece) for piece in row[1:]]
        pages = {mark.page for mark in marks if mark.page != marks[0].page}
        if head and head in self.letters[self.cursor : end]:
            self.result.repeated_heads |= {(cell.table, page) for page in pages}
        self.cursor = end
        del strand[: len(row)]
        return True

    def _end_of_cut_row(self, letters: str, head: str) -> int | None:
        for heads in range(_MOST_CUTS + 1):
            end = self.cursor + len(letters) + heads * len(head)
            if end > len(self.letters) or self._page_at(self.cursor) == self._page_at(end - 1):
                continue
            if Counter(self.letters[self.cursor : end]) == Counter(letters + heads * head):
                return end
        return None

    def _nearest(self, strands: list[list[Piece]], following: Group) -> tuple[int, list[Piece]] | None:
        """Where the next expected piece begins, and the pieces of these strands that come before it."""
        options: list[tuple[int, int, list[Piece]]] = []
        for strand in strands:
            for passed, piece in enumerate(strand[:_LOOK_AHEAD]):
                options.append((self._find(piece), passed, strand[:passed]))
        left = [piece for strand in strands for piece in strand]
        if len(left) <= _LOOK_AHEAD:
            options += [(self._find(strand[0]), len(left), left) for strand in following if strand]
        reachable = [option for option in options if option[0] >= 0]
        if not reachable:
            return None
        position, _, skipped = min(reachable, key=lambda option: option[:2])
        return position, skipped

    def _find(self, piece: Piece) -> int:
        wanted = _key(piece.text)
        if len(wanted) < _TELLING:
            return -1
        return self.letters.find(wanted, self.cursor, self.cursor + _WINDOW + len(wanted))

    def _most_alike(self, printed: str, pieces: list[Piece]) -> Piece | None:
        if not printed:
            return None
        rated = [(difflib.SequenceMatcher(None, _key(piece.text), printed).ratio(), piece) for piece in pieces]
        best = max(rated, key=lambda each: each[0], default=(0.0, None))
        return best[1] if best[0] >= _ALIKE else None

    def _lose(self, piece: Piece) -> None:
        self.result.placed.append(Placed(piece))
        self._fail(None, piece.text, f"{piece.part.value}: not printed where it belongs")

    def _report_surplus(self, end: int) -> None:
        if end > self.cursor:
            run = self.stream[self.origin[self.cursor] : self.origin[end - 1] + 1]
            self._fail(run[0].page, _readable(run), "printed, but not in the paper or not here")
        self.cursor = end

    def _page_at(self, letter: int) -> int:
        return self.stream[self.origin[letter]].page

    def _at_page_start(self) -> bool:
        if not 0 < self.cursor < len(self.origin):
            return False
        return self._page_at(self.cursor) != self._page_at(self.cursor - 1)

    def _fail(self, page: int | None, words: str, why: str) -> None:
        self.result.failures.append(Failure("A5", page, words, why))


def _readable(run: Sequence[M]) -> str:
    """The words as printed, with a space where the line breaks."""
    parts = [mark.text if at == 0 or mark.follows(run[at - 1]) else f" {mark.text}" for at, mark in enumerate(run)]
    return " ".join("".join(parts).split())


def _spaced_alike(run: Sequence[M], text: str) -> bool:
    """Words are divided as in ``text``; at a line break there is nothing to see."""
    printed = _gaps(run)
    wanted = [bool(at and text[at - 1].isspace()) for at, letter in enumerate(text) if not letter.isspace()]
    return all(seen is None or seen == asked for seen, asked in zip(printed, wanted, strict=True))


def _gaps(run: Sequence[M]) -> list[bool | None]:
    """For every letter that is no space: whether a space stands before it; None at the start of a line."""
    gaps: list[bool | None] = []
    space = False
    last: M | None = None
    for mark in run:
        for at, letter in enumerate(mark.text):
            if letter.isspace():
                space = True
                continue
            broken = last is None or not (at or mark.follows(last))
            gaps.append(None if broken else space)
            space = False
            last = mark
    return gaps
