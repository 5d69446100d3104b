"""The typeface on this machine: is it the right one, has it every Vietnamese letter, how wide is a line.

Papers are set in Times New Roman. Free systems answer with Liberation Serif 2 or Tinos,
which have the same widths; version 1 of Liberation, still in Debian 12, lacks most
Vietnamese letters, and then single letters come from another face without a warning.
"""

from __future__ import annotations

import functools
import subprocess
import unicodedata

from fontTools.ttLib import TTFont

from documents.errors import FontMissing

FAMILY = "Times New Roman"
ACCEPTED_FAMILIES = ("Times New Roman", "Liberation Serif", "Tinos")

_VOWELS = "aăâeêioôơuưy"
_TONES = "\u0300\u0309\u0303\u0301\u0323"  # grave, hook, tilde, acute, dot below


def vietnamese_letters() -> str:
    """The 146 letters that carry a mark or a tone: 12 vowels × 6 tones in both cases, and đ."""
    toned = [unicodedata.normalize("NFC", vowel + tone) for vowel in _VOWELS for tone in ("", *_TONES)]
    lower = "".join(toned) + "đ"
    return lower + lower.upper()


def missing_letters() -> str:
    """Vietnamese letters that this machine's typeface lacks in any of its four styles; empty when all is well."""
    wanted = vietnamese_letters()
    absent = {
        letter
        for bold in (False, True)
        for italic in (False, True)
        for letter in wanted
        if ord(letter) not in _advances(bold, italic)[0]
    }
    return "".join(letter for letter in wanted if letter in absent)


def text_width(text: str, size: float, *, bold: bool = False, italic: bool = False) -> float:
    """Points, without kerning (as Word and WeasyPrint set it, within half a per cent)."""
    advances, units_per_em = _advances(bold, italic)
    fallback = advances.get(ord("n"), units_per_em / 2)
    return sum(advances.get(ord(letter), fallback) for letter in text) * size / units_per_em


@functools.cache
def _advances(bold: bool, italic: bool) -> tuple[dict[int, float], int]:
    """Code point to advance width in font units, and the units of one em."""
    with TTFont(_file_of(bold, italic), lazy=True) as font:
        widths = font["hmtx"].metrics
        return {code: widths[name][0] for code, name in font.getBestCmap().items()}, font["head"].unitsPerEm


@functools.cache
def _file_of(bold: bool, italic: bool) -> str:
    """Ask fontconfig, as WeasyPrint does, which file stands for the family."""
    pattern = f"{FAMILY}:weight={200 if bold else 80}:slant={100 if italic else 0}"
    try:
        answer = subprocess.run(  # noqa: S603 -- fixed program, no shell, pattern made here
            ["fc-match", "-f", "%{family}\t%{file}", pattern],  # noqa: S607 -- where it lies differs by system
            capture_output=True,
            text=True,
            check=True,
            timeout=30,
        ).stdout
    except (OSError, subprocess.SubprocessError) as error:
        raise FontMissing from error
    family, _, file = answer.partition("\t")
    if not any(name in family for name in ACCEPTED_FAMILIES):
        raise FontMissing
    return file
