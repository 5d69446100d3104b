"""Words into their room: type shrinks in steps of half a point until all of them stand there. Nothing is cut. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from awards.certificates.layouts import IN_BLOCK, LOOKS, SMALLEST, Block, Field, Look, Place
from documents import fonts
from documents.rendering.lines import balanced_lines

LEADING = 1.2
MM_PER_PT = 25.4 / 72
ASCENT, DESCENT = 0.891, 0.216
"""Of Times New Roman and Liberation Serif, in ems."""
_STEP = 0.5
_ROUNDING = 1.002


class DoesNotFit(ValueError):
    """Even at the smallest size."""

    def __init__(self, field: Field) -> None:
        super().__init__(field.value)
        self.field = field


@dataclass(frozen=True, slots=True)
class Line:
    """One line as it is drawn; ``y`` is its foot (baseline)."""

    field: Field
    text: str
    x: float
    y: float
    width: float
    size: float
    is_centred: bool = True


def fit(field: Field, text: str, place: Place) -> list[Line]:
    """Raise ``DoesNotFit``."""
    room = place.rows * place.size * LEADING * MM_PER_PT
    size, lines = _largest(text, LOOKS[field], place.size, place.width, room, field)
    foot = place.y
    if len(lines) > 1 and size < place.size:  # more lines than the place was made for: they begin where it begins
        foot += (size - place.size) * ASCENT * MM_PER_PT
    return _set(field, lines, size, place, foot)


def fit_block(texts: Mapping[Field, str], sizes: Mapping[Field, Place], block: Block) -> list[Line]:
    """Name, post and achievement one below the other, as large as the room allows; raise ``DoesNotFit``."""
    wanted = [(field, texts[field]) for field in IN_BLOCK if texts.get(field)]
    less = 0.0
    while True:
        rows = [
            (field, *_lines_at(text, LOOKS[field], max(SMALLEST, _shrunk(sizes[field].size, less)), block.width))
            for field, text in wanted
        ]
        heights = [len(lines) * size * LEADING * MM_PER_PT for _, size, lines in rows]
        total = sum(heights) + block.gap * (len(rows) - 1)
        if total <= block.room and all(lines for _, _, lines in rows):
            break
        if less >= 1:
            raise DoesNotFit(max(wanted, key=lambda one: len(one[1]))[0])
        less += 0.05
    drawn: list[Line] = []
    top = block.top + (block.room - total) / 2
    for (field, size, lines), height in zip(rows, heights, strict=True):
        place = Place(block.x, 0, block.width, size)
        drawn += _set(field, lines, size, place, top + first_foot(size))
        top += height + block.gap
    return drawn


def first_foot(size: float) -> float:
    """Millimetres from the top of a line box to the foot of its letters."""
    return ((LEADING - ASCENT - DESCENT) / 2 + ASCENT) * size * MM_PER_PT


def _shrunk(size: float, less: float) -> float:
    """Of whole steps."""
    return round((size - (size - SMALLEST) * less) / _STEP) * _STEP


def _set(field: Field, lines: tuple[str, ...], size: float, place: Place, foot: float) -> list[Line]:
    step = size * LEADING * MM_PER_PT
    return [
        Line(field, text, place.x, foot + number * step, place.width, size, place.is_centred)
        for number, text in enumerate(lines)
    ]


def _largest(
    text: str, look: Look, size: float, width: float, room: float, field: Field
) -> tuple[float, tuple[str, ...]]:
    while True:
        at, lines = _lines_at(text, look, size, width)
        if lines and len(lines) * at * LEADING * MM_PER_PT <= room + 0.01:
            return at, lines
        if size <= SMALLEST:
            raise DoesNotFit(field)
        size = max(SMALLEST, size - _STEP)


@lru_cache(maxsize=4_096)
def _lines_at(text: str, look: Look, size: float, width: float) -> tuple[float, tuple[str, ...]]:
    """No lines where a word is wider than the room; at the smallest size such a word is parted."""
    lines = balanced_lines(text, size, width, bold=look.bold, italic=look.italic)
    if all(_width(line, look, size) <= width for line in lines):
        return size, lines
    if size > SMALLEST:
        return size, ()
    return size, balanced_lines(_parted(text, look, size, width), size, width, bold=look.bold, italic=look.italic)


def _parted(text: str, look: Look, size: float, width: float) -> str:
    words = []
    for word in text.split():
        while _width(word, look, size) > width:
            cut = next(n for n in range(len(word), 0, -1) if _width(word[:n], look, size) <= width)
            words.append(word[:cut])
            word = word[cut:]
        words.append(word)
    return " ".join(words)


def _width(text: str, look: Look, size: float) -> float:
    return fonts.text_width(text, size, bold=look.bold, italic=look.italic) * MM_PER_PT * _ROUNDING
