"""A responsible office's list, pasted: names of units with one value each. Pure.

A name is looked for as it stands, then without marks, then without what stands before it («Xã», «UBND phường»). What
several units could be is asked, what none is called is named; nothing is guessed.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from core.text import as_pasted, fold
from plans.pasting.tsv import read_tsv

MOST_LINES = 1_000
_PREFIX = re.compile(
    r"^(?:(?:ubnd|uy ban nhan dan)\s+)?"
    r"(?:(xa|phuong|thi tran|dac khu|thon|ban|ap|khu pho|to dan pho|khoi pho|xom)\s+)?"
)
_ORDINAL = re.compile(r"^\d{1,4}[.)]?$")
_LEADING = re.compile(r"^\s*(?:\d{1,4}[.)]|[-+–•*])\s+")
_INLINE = re.compile(r"^(?P<name>.*?[^\W\d_].*?)\s*(?:[:;=]\s*|\s+)(?P<value>[-−]?\d[\d.,\s]*\S{0,12})$")
_HEAD = frozenset({"stt", "tt", "don vi", "ten don vi", "xa phuong", "xa", "ten xa", "ten", "dia phuong", "noi dung"})
_SUM = frozenset({"tong", "tong cong", "cong", "tong so", "binh quan", "trung binh", "toan tinh"})


@dataclass(frozen=True, slots=True)
class Named:
    """A unit that may be meant: ``key`` as the caller knows it."""

    key: int
    name: str
    group: str = ""
    """The cluster: tells two of one name apart."""


@dataclass(frozen=True, slots=True)
class Question:
    line: int
    words: str
    value: str
    candidates: list[Named]


@dataclass(slots=True)
class Read:
    values: dict[int, str] = field(default_factory=dict)
    questions: list[Question] = field(default_factory=list)
    unknown: list[str] = field(default_factory=list)
    """Each a sentence: the line with its name."""


def read_list(text: str, units: Sequence[Named], answers: Mapping[int, int] | None = None) -> Read:
    """``answers``: line → key, of questions that were answered; a key that was not offered is asked again."""
    found = Read()
    index = _Index(units)
    lines: dict[int, int] = {}
    for number, (name, value) in enumerate(_lines(text), start=1):
        if not name and not value:
            continue
        if _is_beside(name, value, is_first=not (found.values or found.questions or found.unknown)):
            continue
        words = " ".join(filter(None, (name, value)))[:80]
        meant = index.meant_by(name)
        chosen = (answers or {}).get(number)
        if len(meant.candidates) > 1 or not meant.is_sure:
            meant_by_person = [one for one in meant.candidates if one.key == chosen]
            if meant.candidates and not meant_by_person:
                found.questions.append(Question(number, words, value, meant.candidates))
                continue
            meant = _Meant(meant_by_person)
        if not meant.candidates:
            found.unknown.append(f"Dòng {number} («{words}»): không có đơn vị nào tên như vậy.")
        elif not value:
            found.unknown.append(f"Dòng {number} («{words}»): có tên nhưng không có số liệu.")
        elif (key := meant.candidates[0].key) in lines:
            found.unknown.append(f"Dòng {number} («{words}»): đơn vị này đã có ở dòng {lines[key]}; lấy dòng trước.")
        else:
            lines[key], found.values[key] = number, value
    return found


# -- Names -------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Meant:
    candidates: list[Named]
    is_sure: bool = True
    """Else one is close enough to be asked about: «Phường An Bình» where there is only «Xã An Bình»."""


class _Index:
    def __init__(self, units: Sequence[Named]) -> None:
        self.levels: list[dict[str, list[Named]]] = [{}, {}, {}, {}]
        for unit in units:
            for level, key in enumerate(_keys(unit.name)):
                self.levels[level].setdefault(key, []).append(unit)

    def meant_by(self, name: str) -> _Meant:
        for level, key in enumerate(_keys(name)):
            found = self.levels[level].get(key, [])
            if found and key:
                kinds = {_kind(one.name) for one in found} | {_kind(name)}
                is_sure = level < 2 or len(kinds - {""}) < 2
                return _Meant(found, is_sure)
        return _Meant([])


def _keys(name: str) -> tuple[str, str, str, str]:
    """From the closest to the loosest: as written, without marks, without what stands before, without both."""
    words = " ".join(name.casefold().split()).strip(" .,:;")
    plain = fold(words)
    cut = _PREFIX.match(plain)
    assert cut is not None
    # Folding keeps the words, so as many of them are cut off with their marks as without.
    bare = words.split()[len(plain[: cut.end()].split()) :]
    return words, plain, " ".join(bare), " ".join(plain[cut.end() :].split())


def _kind(name: str) -> str:
    found = _PREFIX.match(fold(name))
    return (found[1] or "") if found else ""


# -- Lines -------------------------------------------------------------------------------


def _lines(text: str) -> list[tuple[str, str]]:
    """Name and value of each line; of several columns the first in words is the name, the last one the value."""
    rows = [[" ".join(as_pasted(cell).split()) for cell in row] for row in read_tsv(text)][:MOST_LINES]
    return [_cells(row) if len(row) > 1 else _one_cell(row[0] if row else "") for row in rows]


def _cells(row: list[str]) -> tuple[str, str]:
    place = next((n for n, cell in enumerate(row) if cell and not _is_number(cell)), None)
    if place is None:
        return "", " ".join(filter(None, row))
    rest = [cell for cell in row[place + 1 :] if cell]
    return row[place], rest[-1] if rest else ""


def _one_cell(cell: str) -> tuple[str, str]:
    words = _LEADING.sub("", cell)
    found = _INLINE.match(words)
    return (found["name"].strip(" :;,-"), found["value"]) if found else (words, "")


def _is_number(cell: str) -> bool:
    return bool(_ORDINAL.match(cell)) or not any(letter.isalpha() for letter in cell)


def _is_beside(name: str, value: str, *, is_first: bool) -> bool:
    """A head or a sum is no unit."""
    plain = fold(name).strip(" .,:;")
    if plain in _SUM:
        return True
    is_head = plain in _HEAD or plain.split(",")[0] in _HEAD
    return is_first and is_head and not any(letter.isdigit() for letter in value)
