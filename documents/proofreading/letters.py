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


_MARKED = "ăâêôơư"
_VOWELS = "aeiouy" + _MARKED
_SYLLABLE = re.compile(
    rf"(?P<onset>qu|gi(?=[{_VOWELS}])|[^{_VOWELS}]*)(?P<vowels>[{_VOWELS}]+)(?P<final>[^{_VOWELS}]*)$"
)
_EITHER_WAY = ("oa", "oe", "uy")


@lru_cache(maxsize=20_000)
def tone_places(base: str) -> tuple[int, ...]:
    """Where the tone of a syllable may stand, the modern place first: ``hoa`` 1 or 2 (hòa, hoà), ``hoan`` 2."""
    match = _SYLLABLE.match(base)
    if not match:
        return ()
    start, vowels = match.start("vowels"), match["vowels"]
    marked = [place for place, letter in enumerate(vowels) if letter in _MARKED]
    if marked:
        return (start + marked[-1],)
    if len(vowels) == 1:
        return (start,)
    if match["final"]:
        return (start + len(vowels) - 1,)
    if len(vowels) == 2:
        return (start, start + 1) if vowels in _EITHER_WAY else (start,)
    return (start + 1,)


@lru_cache(maxsize=20_000)
def spelt(base: str, tone: str) -> str:
    """``hoan`` and ``f``: hoàn. The inverse of ``split_tone``."""
    places = tone_places(base)
    if not tone or not places:
        return base
    return unicodedata.normalize("NFC", base[: places[0] + 1] + TONES[tone] + base[places[0] + 1 :])


def is_tone_astray(syllable: str) -> bool:
    """``hòan``, ``qúy``: the right tone on the wrong letter."""
    base, tone = split_tone(syllable)
    places = tone_places(base)
    if not tone or not places:
        return False
    said = unicodedata.normalize("NFC", syllable.lower())
    toned = [place for place, letter in enumerate(said) if split_tone(letter)[1]]
    return len(toned) != 1 or toned[0] not in places


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
