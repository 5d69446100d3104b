"""Two rows of words laid side by side: what is the same, what stands elsewhere, what was changed.

Words divided or run together at the ends of lines are the same words. What the issued paper leaves blank (number,
day, name) may be filled in. In head and foot of a paper two columns stand side by side, so their order is free; the
order of cells in a table row is free where a page break cuts it.
"""

from __future__ import annotations

import difflib
import functools
import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from documents.signed.pieces import Path, Piece, Zone
from documents.signed.words import Word, joined, key_of

_BLANK = r"(?:\d{1,6}[a-zđ]?|[._]+)?"
_DOTS = re.compile(r"[._]{2,}")
_MOST_JOINED = 6
_MOST_FILLED = 3
"""Blanks that one line of head or foot may have, each filled with a word of its own."""
_TOO_UNLIKE = 0.3
"""So little in common is another paper, in which looking for what moved would take long and tell nothing."""
_STAMP = re.compile(
    r"\(?(?:ký bởi|người ký|ký ngày|thời gian ký|cơ quan ký|đã ký|digitally signed|signature|signed by)\b",
    re.IGNORECASE,
)
_NAME_WORDS = range(2, 7)


@dataclass(frozen=True, slots=True)
class Printed:
    """One word of the issued paper."""

    key: str
    text: str
    piece: Piece
    start: int
    end: int
    """Where it stands in the text of its piece; ``end`` excluded."""
    has_room: bool = False
    """Before it the paper leaves a number or a day blank."""


@dataclass(frozen=True, slots=True)
class Change:
    """Words ``issued[start:end]`` stand as ``signed[first:last]``; either may be empty."""

    start: int
    end: int
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class Aligned:
    changes: tuple[Change, ...]
    filled: tuple[Change, ...]
    """Where blanks were filled in."""
    share: float
    """Of both texts that is the same, 0 to 1."""


def printed_words(pieces: Sequence[Piece]) -> list[Printed]:
    words: list[Printed] = []
    for piece in pieces:
        for found in re.finditer(r"\S+", piece.text):
            key = key_of(found[0])
            if not key:
                continue
            has_room = _may_have_blanks(piece) and _leaves_room(words[-1] if words else None, key)
            words.append(Printed(key, found[0], piece, found.start(), found.end(), has_room))
    return words


def _may_have_blanks(piece: Piece) -> bool:
    return piece.zone in {Zone.HEAD, Zone.REFERENCE}


def _leaves_room(before: Printed | None, key: str) -> bool:
    """«Số:      /KH-UBND», «ngày      tháng      năm      »."""
    if before is None:
        return False
    previous = before.key.lower()
    return (
        (previous in {"số:", "số"} and key.startswith("/"))
        or (previous == "ngày" and key == "tháng")
        or (previous == "tháng" and key == "năm")
        or (previous == "năm" and not key[0].isdigit() and _may_have_blanks(before.piece))
    )


def align(issued: Sequence[Printed], signed: Sequence[Word], *, name_is_blank: bool = False) -> Aligned:
    """``name_is_blank``: the issued paper leaves room for the name of whoever signs."""
    blocks = list(_blocks(issued, signed))
    same = len(issued) - sum(block.end - block.start for block in blocks)
    share = 2 * same / max(1, len(issued) + len(signed))
    changes = [_slid(_narrowed(block, issued, signed), issued, signed) for block in blocks]
    moved: list[Change] = []
    if share > _TOO_UNLIKE:
        changes, moved = _Moves(changes, issued, signed, _positions(blocks, len(issued))).sorted_out()
    filled = [change for change in moved if _pattern(issued[change.start : change.end]).count(_BLANK)]
    rest = []
    for change in changes:
        if change.start == change.end and change.first == change.last:
            continue
        if _fills_blank(change, issued, signed) or (name_is_blank and _is_name(change, issued, signed)):
            filled.append(change)
        elif not _is_stamp(change, issued, signed):
            rest.append(change)
    filled.sort(key=lambda change: change.first)
    return Aligned(tuple(_drawn_together(rest, issued)), tuple(filled), share)


def _blocks(issued: Sequence[Printed], signed: Sequence[Word]) -> Iterator[Change]:
    """Where the keys differ. What both begin and end with is set aside, so that one changed word is one block."""
    left, right = [word.key for word in issued], [word.key for word in signed]
    shorter = min(len(left), len(right))
    begin = next((at for at in range(shorter) if left[at] != right[at]), shorter)
    tail = next((at for at in range(shorter - begin) if left[-1 - at] != right[-1 - at]), shorter - begin)
    matcher = difflib.SequenceMatcher(
        None, left[begin : len(left) - tail], right[begin : len(right) - tail], autojunk=False
    )
    for tag, start, end, first, last in matcher.get_opcodes():
        if tag != "equal":
            yield Change(start + begin, end + begin, first + begin, last + begin)


def _positions(blocks: Sequence[Change], count: int) -> dict[int, int]:
    """Where each unchanged word of the issued paper stands in the signed one."""
    positions: dict[int, int] = {}
    at = offset = 0
    for block in (*blocks, Change(count, count, 0, 0)):
        positions |= {index: index + offset for index in range(at, block.start)}
        at, offset = block.end, block.last - block.end
    return positions


def _narrowed(block: Change, issued: Sequence[Printed], signed: Sequence[Word]) -> Change:
    """Without the words at both ends that are the same but for where lines or words were divided."""
    start, end, first, last = block.start, block.end, block.first, block.last
    while lengths := _same_at_start(issued[start:end], signed[first:last]):
        start, first = start + lengths[0], first + lengths[1]
    while lengths := _same_at_start(issued[start:end], signed[first:last], backwards=True):
        end, last = end - lengths[0], last - lengths[1]
    return Change(start, end, first, last)


def _slid(change: Change, issued: Sequence[Printed], signed: Sequence[Word]) -> Change:
    """Words added before «- Lưu», themselves beginning with a dash, were added as a line, not behind that dash."""
    start, end, first, last = change.start, change.end, change.first, change.last
    if first < last and start == end:
        while not signed[first].starts_line and start and first and signed[first - 1].key == signed[last - 1].key:
            start, end, first, last = start - 1, end - 1, first - 1, last - 1
    elif start < end and first == last:
        while issued[start].start and first and issued[start - 1].key == issued[end - 1].key:
            start, end, first, last = start - 1, end - 1, first - 1, last - 1
    else:
        return change
    slid = Change(start, end, first, last)
    begins = signed[first].starts_line if first < last else not issued[start].start
    return slid if begins else change


def _same_at_start(
    left: Sequence[Printed], right: Sequence[Word], *, backwards: bool = False
) -> tuple[int, int] | None:
    """How many words at the start (or end) of both spell the same, run together."""
    for total in range(2, _MOST_JOINED + 1):
        for count in range(1, total):
            ours = left[-count:] if backwards else left[:count]
            theirs = right[-(total - count) :] if backwards else right[: total - count]
            if len(ours) == count and len(theirs) == total - count:
                text = "".join(word.key for word in ours)
                if text in (joined(theirs), _without_line_hyphens(theirs)):
                    return count, total - count
    return None


def _without_line_hyphens(words: Sequence[Word]) -> str:
    return "".join(word.key.removesuffix("-") if word.ends_line else word.key for word in words[:-1]) + words[-1].key


def _fills_blank(change: Change, issued: Sequence[Printed], signed: Sequence[Word]) -> bool:
    pattern = _pattern(issued[change.start : change.end])
    if change.end < len(issued) and issued[change.end].has_room:
        pattern += _BLANK
    return _BLANK in pattern and bool(re.fullmatch(pattern, joined(signed[change.first : change.last])))


def _pattern(words: Sequence[Printed]) -> str:
    """What may stand for these words, run together: their blanks filled in or not."""
    return "".join((_BLANK if word.has_room else "") + _spelling(word) for word in words)


def _spelling(word: Printed) -> str:
    """Dots in head and reference stand where a number will be written."""
    if not _may_have_blanks(word.piece):
        return re.escape(word.key)
    return _BLANK.join(re.escape(part) for part in _DOTS.split(word.key))


def _is_name(change: Change, issued: Sequence[Printed], signed: Sequence[Word]) -> bool:
    words = signed[change.first : change.last]
    return (
        change.start == change.end
        and _zone_at(change.start, issued) is Zone.FOOT
        and len(words) in _NAME_WORDS
        and all(word.key.isalpha() and word.key[0].isupper() for word in words)
    )


def _is_stamp(change: Change, issued: Sequence[Printed], signed: Sequence[Word]) -> bool:
    """«Ký bởi: …», which signing programs write beside the picture of a signature."""
    if change.start < change.end or _zone_at(change.start, issued) not in {Zone.HEAD, Zone.FOOT}:
        return False
    return bool(_STAMP.match(" ".join(word.text for word in signed[change.first : change.last])))


def _zone_at(index: int, issued: Sequence[Printed]) -> Zone:
    """Of the words around a place between two words, that of head or foot before that of the body."""
    around = [word.piece.zone for word in issued[max(0, index - 1) : index + 1]]
    return next((zone for zone in around if zone is not Zone.BODY), Zone.BODY)


# -- What stands elsewhere --------------------------------------------------------------------------------


@dataclass(frozen=True)
class _Moves:
    """Words that only changed places inside head, foot or a row that a page break cuts."""

    changes: Sequence[Change]
    issued: Sequence[Printed]
    signed: Sequence[Word]
    positions: dict[int, int]

    def sorted_out(self) -> tuple[list[Change], list[Change]]:
        """The changes without them, and they themselves."""
        gone, came = set[int](), set[int]()
        moved: list[Change] = []
        for change in self.changes:
            for start, end in runs_in_piece(change.start, change.end, self.issued):
                found = self.standing_elsewhere(start, end, came)
                if found:
                    gone |= set(range(start, end))
                    came |= set(found)
                    moved.append(Change(start, end, found.start, found.stop))
        left = [part for change in self.changes for part in _left_over(change, gone, came)]
        return left, moved

    def standing_elsewhere(self, start: int, end: int, taken: set[int]) -> range | None:
        words = self.issued[start:end]
        piece, pattern = words[0].piece, re.compile(_pattern(words))
        is_whole = words[0].start == 0 and words[-1].end == len(piece.text)
        if piece.row is None and (piece.zone not in {Zone.HEAD, Zone.FOOT} or not (is_whole or len(words) > 1)):
            return None  # one word gone here and the same one come there is a change
        for change in self.changes:
            if not self.is_close(piece, change):
                continue
            for found in _spelled(pattern, len(words) + _MOST_FILLED, change, self.signed):
                if taken.isdisjoint(found) and (piece.row is None or self.is_cut(piece.row, found)):
                    return found
        return None

    def is_close(self, piece: Piece, change: Change) -> bool:
        around = [word.piece for word in self.issued[max(0, change.start - 1) : change.end + 1]]
        if piece.row is not None:
            return any(other.row == piece.row for other in around)
        return any(other.zone is piece.zone for other in around)

    def is_cut(self, row: Path, found: range) -> bool:
        """Words of that row stand on two pages."""
        return len(self.pages_of_rows[row] | {self.signed[at].page for at in found}) > 1

    @functools.cached_property
    def pages_of_rows(self) -> dict[Path, set[int]]:
        pages: dict[Path, set[int]] = defaultdict(set)
        for at, position in self.positions.items():
            row = self.issued[at].piece.row
            if row is not None:
                pages[row].add(self.signed[position].page)
        return pages


def runs_in_piece(start: int, end: int, issued: Sequence[Printed]) -> Iterator[tuple[int, int]]:
    """The stretch, cut where another piece begins."""
    for at in range(start + 1, end + 1):
        if at == end or issued[at].piece is not issued[start].piece:
            yield start, at
            start = at


def _spelled(pattern: re.Pattern[str], most: int, change: Change, signed: Sequence[Word]) -> Iterator[range]:
    """Stretches of at most so many words, the longest first, that spell the pattern."""
    for first in range(change.first, change.last):
        for last in range(min(change.last, first + most), first, -1):
            if pattern.fullmatch(joined(signed[first:last])):
                yield range(first, last)


def _left_over(change: Change, gone: set[int], came: set[int]) -> Iterator[Change]:
    ours = [at for at in range(change.start, change.end) if at not in gone]
    theirs = [at for at in range(change.first, change.last) if at not in came]
    if len(ours) == change.end - change.start and len(theirs) == change.last - change.first:
        yield change
        return
    if ours and theirs and _is_run(ours) and _is_run(theirs):
        yield Change(ours[0], ours[-1] + 1, theirs[0], theirs[-1] + 1)
        return
    for run in _runs(ours):
        yield Change(run[0], run[-1] + 1, change.first, change.first)
    for run in _runs(theirs):
        yield Change(change.end, change.end, run[0], run[-1] + 1)


def _is_run(numbers: Sequence[int]) -> bool:
    return numbers[-1] - numbers[0] == len(numbers) - 1


def _runs(numbers: Sequence[int]) -> Iterator[list[int]]:
    run: list[int] = []
    for number in numbers:
        if run and number != run[-1] + 1:
            yield run
            run = []
        run.append(number)
    if run:
        yield run


def _drawn_together(changes: Sequence[Change], issued: Sequence[Printed]) -> Iterator[Change]:
    """«15 tháng 3» become «20 tháng 4» reads better as one change than as two around an unchanged word."""
    pending: Change | None = None
    for change in changes:
        if pending and _are_near(pending, change, issued):
            pending = Change(pending.start, change.end, pending.first, change.last)
            continue
        if pending:
            yield pending
        pending = change
    if pending:
        yield pending


def _are_near(one: Change, other: Change, issued: Sequence[Printed]) -> bool:
    if not (one.start < one.end and other.start < other.end and one.first < one.last and other.first < other.last):
        return False
    same_gap = other.start - one.end == other.first - one.last
    return same_gap and 0 <= other.start - one.end <= 1 and issued[one.start].piece is issued[other.end - 1].piece
