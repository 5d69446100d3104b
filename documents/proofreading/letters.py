"""Vietnamese letters for patterns: Python's classes know no «capital»."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

LOWER = "a-zàáảãạăằắẳẵặâầấẩẫậđèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵ"
UPPER = "A-ZÀÁẢÃẠĂẰẮẲẴẶÂẦẤẨẪẬĐÈÉẺẼẸÊỀẾỂỄỆÌÍỈĨỊÒÓỎÕỌÔỒỐỔỖỘƠỜỚỞỠỢÙÚỦŨỤƯỪỨỬỮỰỲÝỶỸỴ"

_MARKS = re.compile(r"[\u0300-\u036f]")
_TONES = {"\u0300": "f", "\u0301": "s", "\u0309": "r", "\u0303": "x", "\u0323": "j"}
TONES = {name: mark for mark, name in _TONES.items()}
"""As typed in Telex, with the mark that each stands for."""


@lru_cache(maxsize=20_000)
def bare(word: str) -> str:
    """Without any mark, in small letters; of one word."""
    return _MARKS.sub("", unicodedata.normalize("NFD", word.lower().replace("đ", "d")))


@lru_cache(maxsize=20_000)
def split_tone(syllable: str) -> tuple[str, str]:
    """``tiến``: ``tiên`` and ``s``, as typed in Telex; in small letters."""
    tone, rest = "", []
    for letter in unicodedata.normalize("NFD", syllable.lower()):
        if letter in _TONES:
            tone = _TONES[letter]
        else:
            rest.append(letter)
    return unicodedata.normalize("NFC", "".join(rest)), tone


def same_case(new: str, like: str) -> str:
    """``new`` in capitals where ``like`` is; with a capital first where it has one."""
    if like.isupper() and len(like) > 1:
        return new.upper()
    return new[:1].upper() + new[1:] if like[:1].isupper() else new


def titled_like(new: str, like: str) -> str:
    """Word by word as ``same_case``, where both have as many words."""
    mine, theirs = new.split(" "), like.split()
    if len(mine) != len(theirs):
        return same_case(new, like)
    return " ".join(same_case(word, other) for word, other in zip(mine, theirs, strict=True))
