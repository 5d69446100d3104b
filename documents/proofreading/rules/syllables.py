"""Syllables that the language does not have: a key too many, two words run together, a word torn in two."""

from __future__ import annotations

import re
from collections.abc import Iterator

from documents.proofreading import lexicon
from documents.proofreading.findings import Finding, Severity, at
from documents.proofreading.letters import LOWER, UPPER, is_tone_astray, spelt, split_tone, titled_like
from documents.proofreading.lexicon import canon
from documents.proofreading.reading import WRITTEN, Line, Reading, Role, Word
from documents.proofreading.repairing import as_typed, is_foreign, meant, run_together

_READ = WRITTEN | {Role.RECIPIENT, Role.GROUP}


def unknown(reading: Reading) -> Iterator[Finding]:
    """Names are left alone, and foreign words."""
    for line in reading.lines:
        if line.role not in _READ or line.is_upper:
            continue
        for number, word in enumerate(line.words):
            if len(word.text) > 1 and not _is_joined(line.text, word.start, word.end):
                yield from _checked(line, number, word)


def _checked(line: Line, number: int, word: Word) -> Iterator[Finding]:
    is_name = word.text[0].isupper() and number > 0
    if canon(word.low) in lexicon.syllables():
        if is_tone_astray(word.low) and not is_name:
            new = titled_like(spelt(*split_tone(word.low)), word.text)
            message = f"Dấu thanh đặt sai chỗ: viết là «{new}»."
            yield at(line, "word.syllable", (word.start, word.end), message, new=new)
        return
    if inner := _INNER_CAPITAL.fullmatch(word.text):
        if not word.text.isascii() and all(canon(part.lower()) in lexicon.syllables() for part in inner.groups()):
            new = " ".join(inner.groups())
            yield at(line, "word.syllable", (word.start, word.end), f"Thiếu dấu cách: «{new}».", new=new)
        return
    if is_foreign(word.text):
        return
    before, after = _neighbour(line, number, -1), _neighbour(line, number, 1)
    new = _repaired(word, before, after, is_name=is_name)
    if new:
        message = f"Có lẽ là «{new}»."
        yield at(line, "word.syllable", (word.start, word.end), message, new=titled_like(new, word.text))
    elif not word.text.isascii() and not is_name:
        message = f"Tiếng Việt không có tiếng «{word.low}»."
        yield at(line, "word.syllable", (word.start, word.end), message, severity=Severity.LOOK)


_INNER_CAPITAL = re.compile(rf"([{UPPER}]?[{LOWER}]+)([{UPPER}][{LOWER}]+)")


def _repaired(word: Word, before: str, after: str, *, is_name: bool) -> str:
    """Only with a neighbour's support for what may be a name or a foreign word."""
    typed = as_typed(word.low)
    is_strange = not word.text.isascii() and not is_name
    if typed and (_is_everyday(typed) or _belongs(typed, before, after)):
        return typed
    if together := run_together(word.low):
        return together
    new = meant(word.low, before, after)
    is_plain = word.text.islower() and len(word.text) > _SHORT and canon(new) in lexicon.free_words()
    if new and (is_strange or is_plain or _belongs(new, before, after)):
        return new
    return typed if is_strange else ""


_SHORT = 3


def _is_everyday(syllable: str) -> bool:
    return canon(syllable) in lexicon.free_words() | lexicon.field_syllables()


def _belongs(syllable: str, before: str, after: str) -> bool:
    here = canon(syllable)
    return (before, here) in lexicon.usual_pairs() or (here, after) in lexicon.usual_pairs()


def _neighbour(line: Line, number: int, step: int) -> str:
    beside = number + step
    if not 0 <= beside < len(line.words) or not line.follows_on(min(number, beside), max(number, beside)):
        return ""
    return canon(line.words[beside].low)


def _is_joined(text: str, start: int, end: int) -> bool:
    """Part of a foreign word («pa-nô», «ki-lô-gam»), of an address or of a number."""
    before, after = text[max(0, start - 1) : start], text[end : end + 1]
    return before in set("-@/._&0123456789") and bool(before) or after in set("-@/_&0123456789") and bool(after)


# -- Torn in two -----------------------------------------------------------------------------


def torn(reading: Reading) -> Iterator[Finding]:
    """``ph ối hợp``: one of the halves is no syllable, together they are, and belong to their neighbour."""
    for line in reading.lines:
        if line.role not in _READ or line.is_upper:
            continue
        for number, word in enumerate(line.words[:-1]):
            other = line.words[number + 1]
            whole = word.low + other.low
            if len(whole) > 7 or canon(whole) not in lexicon.syllables() or not line.follows_on(number, number + 1):
                continue
            if _is_piece(word) or _is_piece(other):
                before, after = _neighbour(line, number, -1), _neighbour(line, number + 1, 1)
                if _belongs(whole, before, after):
                    new = titled_like(whole, word.text)
                    message = f"Chữ «{new}» bị tách làm hai."
                    yield at(line, "word.torn", (word.start, other.end), message, new=new)


_WHOLE_ALONE = frozenset("aàáạăâeéêiíoôơởuưyýỷ")


def _is_piece(word: Word) -> bool:
    """No syllable of its own."""
    if len(word.low) == 1:
        return word.low not in _WHOLE_ALONE and word.text.islower()
    return canon(word.low) not in lexicon.syllables() and word.text[1:].islower()


# -- Typed with VNI ----------------------------------------------------------------------------

_WITH_DIGITS = re.compile(r"(?<![\w/.,-])(?P<word>[^\W\d_]+\d[^\W_]*)(?![\w/-])")


def vni(reading: Reading) -> Iterator[Finding]:
    """``quye61t d9inh5``: the program that makes letters of the keys was off."""
    for line in reading.lines:
        if line.role not in _READ:
            continue
        for match in _WITH_DIGITS.finditer(line.text):
            new = as_typed(match["word"])
            if new and match["word"][1:].islower() and len(new) > 2:
                message = f"Có lẽ là «{new}»."
                yield at(line, "word.syllable", match.span(), message, new=titled_like(new, match["word"]))


RULES = (unknown, torn, vni)
