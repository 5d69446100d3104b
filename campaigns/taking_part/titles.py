"""Titles (danh hiệu) as people write them: short forms read, several in one cell parted. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from core.cells import name_key

USUAL = (
    "Lao động tiên tiến",
    "Chiến sĩ thi đua cơ sở",
    "Tập thể lao động tiên tiến",
    "Tập thể lao động xuất sắc",
    "Gia đình văn hóa",
    "Thôn, tổ dân phố văn hóa",
)
"""Law on Emulation and Commendation 2022, Điều 19 to 30: those that a commune's bodies and people aim at."""
MOST_OFFERED = 12

_SHORT_FORMS = {
    "LĐTT": "Lao động tiên tiến",
    "CSTĐ": "Chiến sĩ thi đua",
    "CSTĐCS": "Chiến sĩ thi đua cơ sở",
    "TTLĐTT": "Tập thể lao động tiên tiến",
    "TTLĐXS": "Tập thể lao động xuất sắc",
    "GĐVH": "Gia đình văn hóa",
}
_ENDS = re.compile(r"[;\n]+")
_MARK = re.compile(r"^\s*(?:[-+•*]|\d{1,2}[.)])\s+")


def offered(used: Iterable[str]) -> list[str]:
    """Those that the unit wrote before, the most used first, then the usual ones."""
    counts: dict[str, int] = {}
    for title in used:
        counts[title] = counts.get(title, 0) + 1
    own = sorted(counts, key=lambda title: (-counts[title], title))
    found: dict[str, str] = {}
    for title in (*own, *USUAL):
        found.setdefault(name_key(title), title)
    return list(found.values())[:MOST_OFFERED]


def read_titles(words: str, known: Sequence[str] = ()) -> tuple[str, ...]:
    """Parted by semicolons and line ends; by commas and «và» only where each piece is a title that is known."""
    spellings = {name_key(title): title for title in (*_SHORT_FORMS.values(), *USUAL, *known)}
    found: list[str] = []
    for piece in _ENDS.split(words):
        piece = _MARK.sub("", piece).strip().rstrip(".,").strip()
        if piece:
            found += _parted(piece, spellings)
    return tuple(dict.fromkeys(found))


def is_known(words: str, known: Sequence[str] = ()) -> bool:
    keys = {name_key(title) for title in (*_SHORT_FORMS.values(), *USUAL, *known)}
    return all(name_key(title) in keys for title in read_titles(words, known)) and bool(words.strip())


def _parted(piece: str, spellings: dict[str, str]) -> list[str]:
    whole = _spelt(piece, spellings)
    if whole:
        return [whole]
    pieces = [part for part in re.split(r",|\s+và\s+", piece) if part.strip()]
    read = [_spelt(part, spellings) for part in pieces]
    return [title for title in read if title] if len(pieces) > 1 and all(read) else [piece]


def _spelt(piece: str, spellings: dict[str, str]) -> str:
    piece = piece.strip().strip("«»“”\"'").rstrip(".").strip()
    return _SHORT_FORMS.get(piece.upper()) or spellings.get(name_key(piece), "")
