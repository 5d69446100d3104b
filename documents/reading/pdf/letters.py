"""The letters of a page, each once, with the looks that their fonts tell."""

from __future__ import annotations

import itertools
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

from documents.reading.encodings import Encoding, encoding_of_font, to_unicode
from documents.reading.text import one_line
from documents.signed.glyphs import SPACE, Glyph, framed, lines_of

_TWICE = 1.0
"""Points: bold is also made by drawing the same letter again, a hair beside itself."""
_SAME_ROW = 0.45
"""Of the size."""
_OUT_OF_ORDER = 0.1
"""Of the pieces lie across others: whoever drew them did not write line by line."""
_MOST_PIECES = 2
"""Times as many pieces as rows."""


@dataclass(frozen=True, slots=True)
class Letter(Glyph):
    italic: bool = False
    font: str = ""


Line = list[Letter]


def letters_of(chars: Iterable[dict[str, Any]], height: float) -> list[Letter]:
    """Upright ones only: what stands slanted across a page is a stamp."""
    found: list[Letter] = []
    places: dict[tuple[str, int, int], int] = {}
    for char in chars:
        a, b, *_ = char["matrix"]
        if a <= 0 or abs(b) > 0.1 * a:
            continue
        letter = _letter(char, height)
        if found and len(letter.text) == 1 and unicodedata.combining(letter.text):
            found[-1] = replace(found[-1], text=found[-1].text + letter.text)
            continue
        twin = None if letter.is_blank else _twin(letter, found, places)
        if twin is not None:
            found[twin] = replace(found[twin], bold=True)
            continue
        places[letter.text, int(letter.u0), int(letter.v)] = len(found)
        found.append(letter)
    return found


def _letter(char: dict[str, Any], height: float) -> Letter:
    u0, u1, v0, v1 = framed(char, 0, height)
    bold, italic = _looks_of(char["fontname"])
    slanted = abs(char["matrix"][2]) > 0.1 * char["matrix"][0]
    return Letter(char["text"], u0, u1, v0, v1 - v0, bold=bold, italic=italic or slanted, font=char["fontname"])


@lru_cache(maxsize=1000)
def _looks_of(font: str) -> tuple[bool, bool]:
    name = font.lower()
    bold = any(word in name for word in ("bold", "black", "heavy", "-bd", ",bd"))
    return bold, any(word in name for word in ("italic", "oblique", "-it", ",it"))


def _twin(letter: Letter, found: Sequence[Letter], places: dict[tuple[str, int, int], int]) -> int | None:
    for across, up in itertools.product((0, -1, 1), repeat=2):
        at = places.get((letter.text, int(letter.u0) + across, int(letter.v) + up))
        if at is not None and max(abs(found[at].u0 - letter.u0), abs(found[at].v - letter.v)) <= _TWICE:
            return at
    return None


# -- Lines -----------------------------------------------------------------------------


def drawn_lines(letters: Sequence[Letter]) -> list[Line]:
    """In the order of drawing, which keeps columns apart; by place where that order makes no sense."""
    lines: list[Any] = lines_of(letters)
    rows = _rows(letters)
    if len(lines) > _MOST_PIECES * len(rows) + 5 or _lying_across(lines) > max(1, _OUT_OF_ORDER * len(lines)):
        lines = lines_of([letter for row in rows for letter in row])
    return _rejoined(lines)


def _lying_across(lines: Sequence[Line]) -> int:
    """How many lines reach into another one of their height."""
    by_height: dict[int, list[tuple[float, float]]] = {}
    for line in lines:
        span = (min(letter.u0 for letter in line), max(letter.u1 for letter in line))
        by_height.setdefault(round(line[0].v), []).append(span)
    return sum(
        other[0] < one[1] - 1 for spans in by_height.values() for one, other in itertools.pairwise(sorted(spans))
    )


def _rows(letters: Sequence[Letter]) -> list[Line]:
    """From top to bottom, each from left to right."""
    rows: list[Line] = []
    for letter in sorted((letter for letter in letters if not letter.is_blank), key=lambda letter: -letter.v):
        if rows and rows[-1][0].v - letter.v <= _SAME_ROW * max(letter.size, rows[-1][0].size):
            rows[-1].append(letter)
        else:
            rows.append([letter])
    return [sorted(row, key=lambda letter: letter.u0) for row in rows]


def _rejoined(lines: Sequence[Line]) -> list[Line]:
    """Pieces of one line that touch each other, though they were not drawn one after the other."""
    joined: list[Line] = []
    for line in lines:
        words = [letter for letter in line if not letter.is_blank]
        before = next((other for other in reversed(joined[-6:]) if _touches(other, words)), None)
        if before is None:
            joined.append(list(line))
        else:
            before[:] = sorted([*before, *line], key=lambda letter: letter.u0)
    return joined


def _touches(line: Line, words: Line) -> bool:
    size = max(line[-1].size, words[0].size)
    if abs(line[-1].v - words[0].v) > _SAME_ROW * size:
        return False
    left, right = min(letter.u0 for letter in line), max(letter.u1 for letter in line)
    return -SPACE * size < words[0].u0 - right < 0.5 * SPACE * size or (
        -SPACE * size < left - words[-1].u1 < 0.5 * SPACE * size
    )


def text_of(line: Line) -> str:
    """One blank where the letters stand apart; letters of old fonts in Unicode."""
    parts = itertools.groupby(_spaced(line), key=lambda part: encoding_of_font(part[1]))
    return one_line(
        "".join(
            to_unicode("".join(text for text, _ in group), encoding, capitals=capitals)
            for (encoding, capitals), group in parts
        )
    )


def _spaced(line: Line) -> Iterator[tuple[str, str]]:
    before: Letter | None = None
    for letter in line:
        if letter.is_blank:
            yield " ", letter.font
            continue
        if before is not None and letter.u0 - before.u1 > SPACE * letter.size:
            yield " ", letter.font
        yield letter.text, letter.font
        before = letter


def encodings_of(letters: Iterable[Letter]) -> set[Encoding]:
    return {encoding for font in {letter.font for letter in letters} if (encoding := encoding_of_font(font)[0])}
