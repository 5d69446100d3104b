"""Where a table's head stands and which column holds what, in sheets and pastes as offices make them.

Above the head stand the office's name, a title, blank rows; the head itself may take two rows
(«Phân công» above «Chủ trì» and «Phối hợp»), break its words over lines, shorten them («STT»,
«Đ/v», «CQ chủ trì») or come without composed letters. Beneath it often runs a row that only
numbers the columns («A, B, 1, 2, 3»), which counts as part of the head.

Merged cells are expected as spreadsheets give them: the text in the first cell, the rest blank.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from core.text import as_pasted, fold

ROWS_LOOKED_AT = 60
_LONGEST_HEAD = 200  # letters; a longer cell is a sentence of the table
_MOST_WORDS = 14
_MOST_COLUMNS = 200
_MOST_SPELLINGS = 16

_ALSO: dict[str, tuple[str, ...]] = {
    "cq": ("co quan",),
    "ct": ("chu tri",),
    "cv": ("cong viec", "chuc vu"),
    "dt": ("dien thoai", "doi tuong"),
    "dv": ("don vi",),
    "dvt": ("don vi tinh",),
    "gc": ("ghi chu",),
    "kq": ("ket qua",),
    "nd": ("noi dung",),
    "nv": ("nhiem vu", "nhan vien"),
    "ph": ("phoi hop",),
    "sdt": ("so dien thoai",),
    "sl": ("so luong",),
    "sp": ("san pham",),
    "tg": ("thoi gian",),
    "th": ("thuc hien",),
}
"""What offices shorten in a head."""

_SLASHED = re.compile(r"\b([a-z])/([a-z])\b")  # «Đ/v», «p/h»
_NUMBERING = {"tt", "stt", "sott", "sothutu", "thutu"}  # without blanks: a narrow column breaks «ST», «T»
_PIECE = re.compile(r"[a-z0-9%]+|[,;/&+]")
_SEPARATORS = frozenset({",", ";", "/", "&", "+", "va"})
_SAYS_LITTLE = frozenset(  # cơ quan, đơn vị, bộ phận, tổ chức, cá nhân, người, tên
    ["bo", "ca", "cac", "chuc", "co", "don", "ma", "nguoi", "nhan", "phan", "quan", "ten", "to", "vi"]
)
_LABEL = re.compile(r":\s*\S")  # «Đơn vị: Trường Tiểu học …» above the table
_FIGURE = re.compile(r"\(?\d{1,3}\)?[.)]?|\d{1,2}[/.-]\d{1,2}([/.-]\d{2,4})?|\d[\d.,]{4,}")
_INDEX = re.compile(r"\(?([A-Za-zĐđ]|\d{1,2})\)?(\s*=.*)?")  # «A», «(3)», «(5)=(3)+(4)»


@dataclass(frozen=True, slots=True)
class Head:
    row: int
    """Its first row."""
    columns: dict[str, int]
    """Where each thing wanted stands; two things that one head names («Chủ trì, phối hợp») share a column."""
    height: int
    """Rows that it takes, with the row that only numbers the columns; the table goes on at ``row + height``."""
    texts: tuple[str, ...] = ()
    """What the head says above each column, on one line."""


@dataclass(frozen=True, slots=True)
class _Match:
    name: str
    column: int
    rank: tuple[int, int, float, int]
    """How the head says it (``_kind``), in how many words, how much of the head they are, whether marks agree."""
    spelling: tuple[str, ...]
    start: int
    end: int

    @property
    def is_strong(self) -> bool:
        return self.rank[0] > 1


def find_head(rows: Sequence[Sequence[str]], wanted: Mapping[str, Sequence[str]]) -> Head | None:
    """The row, or two, that names the columns; ``None`` where no row names two of the things ``wanted``.

    ``wanted``: name of a field and the words that a head uses for it, marks and case as one likes:
    ``{"number": ["TT"], "content": ["Nội dung", "Nhiệm vụ"]}``. One thing wanted needs one column only.
    """
    words = _by_first_word(wanted)
    least = min(2, len(wanted))
    best: _Found | None = None
    for row in range(min(len(rows), ROWS_LOOKED_AT)):
        for found in (_read(rows, row, 1, words), _read_two(rows, row, words)):
            if found and len(set(found[1].columns.values())) >= least and (best is None or found[0] > best[0]):
                best = found
    if best is None:
        return None
    head = best[1]
    below = head.row + head.height
    numbered = below < len(rows) and _numbers_columns(rows[below], head)
    return Head(head.row, head.columns, head.height + numbered, head.texts)


_Wanted = Mapping[str, Sequence[tuple[tuple[str, ...], str, str]]]
"""By its first word: the words sought, the field, the phrase as given."""
_Found = tuple[tuple[int, int], Head]
"""How good a head is (things named, and those named with certainty), and the head."""


def _by_first_word(wanted: Mapping[str, Sequence[str]]) -> _Wanted:
    found: dict[str, list[tuple[tuple[str, ...], str, str]]] = {}
    for name, phrases in wanted.items():
        for phrase in phrases:
            for words in dict.fromkeys(map(_bare, _spellings(phrase))):
                if words:
                    found.setdefault(words[0], []).append((words, name, _one_line(phrase)))
    return found


def _read_two(rows: Sequence[Sequence[str]], row: int, wanted: _Wanted) -> _Found | None:
    """A head over two rows, unless the lower one alone says as much: then the upper is a title."""
    both = _read(rows, row, 2, wanted)
    lower = _read(rows, row + 1, 1, wanted) if both else None
    return None if both and lower and lower[0][0] >= both[0][0] else both


def _read(rows: Sequence[Sequence[str]], row: int, height: int, wanted: _Wanted) -> _Found | None:
    top = [_one_line(cell) for cell in rows[row][:_MOST_COLUMNS]]
    if not _may_be_head(top):
        return None
    if height == 1:
        heads: list[tuple[str, ...]] = [(text,) if text else () for text in top]
    else:
        if row + 1 >= len(rows):
            return None
        bottom = [_one_line(cell) for cell in rows[row + 1][:_MOST_COLUMNS]]
        if not _may_be_head(bottom) or not _stands_below(top, bottom):
            return None
        heads = list(_joined(top, bottom))
    matches = [match for column, texts in enumerate(heads) for match in _matches(texts, column, wanted)]
    chosen = _choose(matches)
    strong = sum(match.is_strong for match in chosen)
    if not strong:
        return None
    columns = {match.name: match.column for match in sorted(chosen, key=lambda match: match.column)}
    under = height == 2 and _names_something(bottom, wanted)
    texts = tuple(found[-1] if found else "" for found in heads)
    return (len(columns), strong + under), Head(row, columns, height, texts)


def _one_line(cell: str) -> str:
    return " ".join(as_pasted(cell[: 2 * _LONGEST_HEAD]).split())


def _may_be_head(cells: Sequence[str]) -> bool:
    """Short words without figures; not one title over the whole table."""
    filled = [cell for cell in cells if cell]
    if not filled or any(len(cell) > _LONGEST_HEAD or _FIGURE.fullmatch(cell) for cell in filled):
        return False
    return len(filled) == 1 or len(set(filled)) > 1


def _stands_below(top: Sequence[str], bottom: Sequence[str]) -> bool:
    """A second row of heads divides groups of the first, and leaves blank what runs over both rows.

    A group is wider than one column, so a heading under the head («I», «Nhiệm vụ trọng tâm») divides none.
    """
    pairs = [*itertools.zip_longest(top, bottom, fillvalue=""), ("x", "")]
    through = any(upper and not lower for upper, lower in pairs[:-1])
    divides = any(lower and not upper for upper, lower in pairs)
    fits = all(not (pair[0] and pair[1]) or (not after[0] and after[1]) for pair, after in itertools.pairwise(pairs))
    return through and divides and fits


def _joined(top: Sequence[str], bottom: Sequence[str]) -> Iterator[tuple[str, ...]]:
    """What stands above each column: the lower words alone, then with those of the group above them."""
    group = ""
    for upper, lower in itertools.zip_longest(top, bottom, fillvalue=""):
        group = upper or (group if lower else "")
        if not lower or lower == group:
            yield (upper,) if upper else ()
        else:
            yield (lower, f"{group} {lower}") if group else (lower,)


def _spellings(text: str) -> tuple[tuple[str, ...], ...]:
    """The words and separators of a head, as written and with what is shortened written out."""
    folded = _SLASHED.sub(r"\1\2", fold(as_pasted(text)))
    pieces = _PIECE.findall(folded)
    if "".join(piece for piece in pieces if piece not in _SEPARATORS) in _NUMBERING:
        return (("so", "thu", "tu"),)
    choices = [(piece, *_ALSO.get(piece, ())) for piece in pieces]
    written = itertools.islice(itertools.product(*choices), _MOST_SPELLINGS)
    return tuple(dict.fromkeys(tuple(" ".join(words).split()) for words in written))


def _matches(texts: Sequence[str], column: int, wanted: _Wanted) -> Iterator[_Match]:
    for text in texts:
        if _LABEL.search(text):
            continue
        for spelling in _spellings(text):
            words = _bare(spelling)
            for at in range(len(words) if len(words) <= _MOST_WORDS else 0):
                for sought, name, phrase in wanted.get(words[at], ()):
                    if words[at : at + len(sought)] == sought:
                        kind = _kind(words, at, at + len(sought))
                        alike = int(phrase.casefold() == text.casefold())
                        rank = (kind, len(sought), len(sought) / len(words), alike)
                        yield _Match(name, column, rank, spelling, at, at + len(sought))


def _kind(words: tuple[str, ...], start: int, end: int) -> int:
    """3: the head says nothing else. 2: it begins so, words that say little aside. 1: these are such words. 0: within.

    So «Đơn vị phối hợp» is rather who supports than any unit.
    """
    if end - start == len(words):
        return 3
    if not _SAYS_LITTLE.issuperset(words[:start]):
        return 0
    return 1 if _SAYS_LITTLE.issuperset(words[start:end]) else 2


def _bare(spelling: Iterable[str]) -> tuple[str, ...]:
    return tuple(word for word in spelling if word not in _SEPARATORS)


def _choose(matches: Sequence[_Match]) -> list[_Match]:
    """The surest first; a column is shared only by what its head names side by side."""
    chosen: dict[str, _Match] = {}
    holders: dict[int, list[_Match]] = {}
    ranked = sorted(matches, key=lambda match: (*(-part for part in match.rank), match.column))
    for match in ranked:
        if match.name not in chosen and match.column not in holders:
            chosen[match.name] = match
            holders[match.column] = [match]
    for match in ranked:
        if match.name not in chosen and all(_side_by_side(match, other) for other in holders[match.column]):
            chosen[match.name] = match
            holders[match.column].append(match)
    return list(chosen.values())


def _side_by_side(one: _Match, other: _Match) -> bool:
    """«Chủ trì, phối hợp»: both named by the same head, a separator between them."""
    if one.spelling != other.spelling:
        return False
    first, second = sorted((one, other), key=lambda match: match.start)
    if first.end > second.start:
        return False
    seen = 0
    for word in one.spelling:
        if word not in _SEPARATORS:
            seen += 1
        elif first.end <= seen <= second.start:
            return True
    return False


def _names_something(cells: Sequence[str], wanted: _Wanted) -> bool:
    return any(
        match.is_strong for column, text in enumerate(cells) if text for match in _matches((text,), column, wanted)
    )


def _numbers_columns(cells: Sequence[str], head: Head) -> bool:
    """«A, B, 1, 2, 3» or «(1) (2) (3)» right beneath the head."""
    filled = [(column, found) for column, cell in enumerate(cells) if (found := _one_line(cell))]
    named = sum(1 for text in head.texts if text)
    matches = [_INDEX.fullmatch(text) for _, text in filled]
    if len(filled) < max(3, named) or not all(matches):
        return False
    marks = [match[1].upper() for match in matches if match]
    letters = [mark for mark in marks if not mark.isdecimal()]
    figures = [str(number) for number in range(1, len(marks) - len(letters) + 1)]
    return marks in ([*"ABCDEFGH"[: len(letters)], *figures], figures)
