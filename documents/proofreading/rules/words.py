"""Slips of the pen in words of the field: a mark, a letter.

A word is doubted only where it reads, marks aside, like one that such papers use all the time, where it is no
usual word itself, and where the doubtful syllable does not belong to its other neighbour:
«tiên tiên» is doubted, «trong tám tháng» and «khen thường xuyên» are not.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from documents.proofreading import lexicon
from documents.proofreading.findings import Finding, at
from documents.proofreading.letters import bare, split_tone, titled_like
from documents.proofreading.lexicon import Canon, Meant, canon
from documents.proofreading.reading import WRITTEN, Line, Reading, Role

_READ = WRITTEN | {Role.RECIPIENT, Role.GROUP}
_LONGEST = 4


def slips(reading: Reading) -> Iterator[Finding]:
    own = {canon(syllable) for syllable in reading.context.whose.name.split()}
    for line in reading.lines:
        if line.role not in _READ:
            continue
        told: set[int] = set()
        for first in range(len(line.words)):
            if first in told:
                continue
            found = (
                _usual_slip(line, first)
                or _near_miss(line, first, own)
                or _misheard(line, first)
                or _general(line, first, own)
                or _mistyped(line, first)
                or _alone(line, first)
            )
            if found is None:
                continue
            length, new = found
            told.update(range(first, first + length))
            yield _slip(line, first, length, new)


def _slip(line: Line, first: int, length: int, new: str) -> Finding:
    span = (line.words[first].start, line.words[first + length - 1].end)
    said = line.text[slice(*span)]
    return at(line, "word.slip", span, f"Có lẽ là «{new}».", new=titled_like(new, said))


def _usual_slip(line: Line, first: int) -> tuple[int, str] | None:
    for said, meant in lexicon.slips().get(line.words[first].low, ()):
        words = line.words[first : first + len(said)]
        if tuple(word.low for word in words) == said and _side_by_side(line, first, len(said)):
            is_known = all(canon(syllable) in lexicon.syllables() for syllable in said)
            if len(said) == 2 and is_known and any(_belongs_elsewhere(line, first, 2, place) for place in (0, 1)):
                continue  # «cũng cố gắng», «cơ quan trong tỉnh»
            return len(said), meant
    return None


def _side_by_side(line: Line, first: int, length: int) -> bool:
    return all(line.follows_on(number, number + 1) for number in range(first, first + length - 1))


def _near_miss(line: Line, first: int, own: set[str]) -> tuple[int, str] | None:
    """The longest word of the field that reads alike without marks; None where one stands as it should."""
    for length in range(min(_LONGEST, len(line.words) - first), 1, -1):
        words = line.words[first : first + length]
        known = lexicon.by_bare_letters().get(" ".join(bare(word.low) for word in words))
        if not known or not _side_by_side(line, first, length):
            continue
        said = tuple(canon(word.low) for word in words)
        if any(meant.canon == said for meant in known):
            return None
        meant = min(known, key=lambda one: len(_differences(said, one)))
        if _is_slip(line, first, said, meant) and not own & set(said):
            return length, meant.words
    return None


def _differences(said: Canon, meant: Meant) -> list[int]:
    return [place for place, (a, b) in enumerate(zip(said, meant.canon, strict=True)) if a != b]


def _is_slip(line: Line, first: int, said: Canon, meant: Meant) -> bool:
    places = _differences(said, meant)
    words = line.words[first : first + len(said)]
    if all(word.text[0].isupper() for word in words) and not line.is_upper:
        return False  # a name
    if len(said) > 2 and len(places) > 1 or said in lexicon.usual_pairs():
        return False
    is_known = [said[place] in lexicon.syllables() for place in places]
    if len(places) == len(said) and all(is_known):
        return False  # two other words
    kept = [place for place in range(len(said)) if place not in places]
    if all(is_known) and any(_belongs_elsewhere(line, first, len(said), place) for place in kept):
        return False
    return all(
        not known
        or (said[place] not in lexicon.free_words() and not _belongs_elsewhere(line, first, len(said), place))
        for place, known in zip(places, is_known, strict=True)
    )


def _belongs_elsewhere(line: Line, first: int, length: int, place: int) -> bool:
    """The syllable forms a usual word with its neighbour outside the pair."""
    if 0 < place < length - 1:
        return False
    here, beside = first + place, first - 1 if place == 0 else first + length
    if not 0 <= beside < len(line.words) or not line.follows_on(min(here, beside), max(here, beside)):
        return False
    pair = tuple(canon(line.words[number].low) for number in sorted((here, beside)))
    return pair in lexicon.usual_pairs()


def _misheard(line: Line, first: int) -> tuple[int, str] | None:
    if first + 1 >= len(line.words) or not line.follows_on(first, first + 1):
        return None
    words = line.words[first : first + 2]
    said = tuple(canon(word.low) for word in words)
    meant = lexicon.by_sound().get(said)
    if meant is None or (all(word.text[0].isupper() for word in words) and not line.is_upper):
        return None
    wrong = next(place for place, part in enumerate(meant.split()) if canon(part) != said[place])
    is_known = said[wrong] in lexicon.syllables()
    if is_known and (
        said[wrong] in lexicon.free_words() or any(_belongs_elsewhere(line, first, 2, place) for place in (0, 1))
    ):
        return None
    return 2, meant


def _general(line: Line, first: int, own: set[str]) -> tuple[int, str] | None:
    """A usual word of the language, one mark astray, where nothing else can be meant."""
    if first + 1 >= len(line.words) or not line.follows_on(first, first + 1):
        return None
    words = line.words[first : first + 2]
    said = (canon(words[0].low), canon(words[1].low))
    if said in lexicon.usual_pairs() or own & set(said) or any(word.text[0].isupper() for word in words[1:]):
        return None
    known = lexicon.pairs_by_bare_letters().get(" ".join(bare(word.low) for word in words), ())
    near = [other for other in known if sum(canon(a) != b for a, b in zip(other.split(), said, strict=True)) == 1]
    if len(near) != 1:
        return None
    meant = Meant(near[0], tuple(map(canon, near[0].split())))
    return (
        (2, near[0])
        if _is_slip(line, first, said, meant) and not _is_kept_elsewhere(line, first, said, meant)
        else None
    )


_FEW = 8
"""A syllable that forms no more words than these hardly comes into a paper but in one of them."""


def _is_kept_elsewhere(line: Line, first: int, said: Canon, meant: Meant) -> bool:
    changed = _differences(said, meant)[0]
    return _is_at_home(said[changed]) or any(
        said[place] in lexicon.free_words() or _belongs_elsewhere(line, first, 2, place) for place in range(2)
    )


def _is_at_home(syllable: str) -> bool:
    """In such papers it stands beside many others, usual words or not."""
    is_known = syllable in lexicon.field_syllables() or syllable in lexicon.free_words()
    return is_known or lexicon.partners()[syllable] > _FEW


def _mistyped(line: Line, first: int) -> tuple[int, str] | None:
    """``tiền năng``: a letter beside the right one, so that another syllable came about."""
    if first + 1 >= len(line.words) or not line.follows_on(first, first + 1):
        return None
    words = line.words[first : first + 2]
    said = (canon(words[0].low), canon(words[1].low))
    if said in lexicon.usual_pairs() or (words[1].text[0].isupper() and not line.is_upper):
        return None
    for place in (0, 1):
        wrong = words[place].low
        if _is_at_home(said[place]) or said[place] not in lexicon.syllables():
            continue
        for short in lexicon.shortened(bare(wrong)):
            for meant in lexicon.by_other_letters().get((short, said[1 - place], place), ()):
                if _is_one_letter_off(wrong, meant.split()[place]) and not any(
                    _belongs_elsewhere(line, first, 2, each) for each in (0, 1)
                ):
                    return 2, meant
    return None


def _is_one_letter_off(wrong: str, right: str) -> bool:
    """The tone is the same, the letters differ by one."""
    (one, tone), (other, its_tone) = split_tone(wrong), split_tone(right)
    if tone != its_tone or one == other or abs(len(one) - len(other)) > 1:
        return False
    if len(one) == len(other):
        return sum(a != b for a, b in zip(one, other, strict=True)) == 1
    short, long = sorted((one, other), key=len)
    return short in lexicon.shortened(long)


def _alone(line: Line, first: int) -> tuple[int, str] | None:
    """``nhũng``: a rare syllable that belongs to neither neighbour, and with other marks a word of every sentence."""
    word = line.words[first]
    meant = lexicon.alone().get(word.text)
    return (1, meant) if meant and not _belongs_to_a_neighbour(line, first) else None


def _belongs_to_a_neighbour(line: Line, first: int) -> bool:
    for step in (-1, 1):
        beside = first + step
        if 0 <= beside < len(line.words) and line.follows_on(min(first, beside), max(first, beside)):
            pair = tuple(canon(line.words[number].low) for number in sorted((first, beside)))
            if pair in lexicon.usual_pairs():
                return True
    return False


# -- Before numbers ------------------------------------------------------------------------

_BEFORE_NUMBERS = (
    (re.compile(r"(?<![\w])(?P<said>[Nn][^\W\d_]m)(?=\s+20\d{2}(?!\d))"), "nam", "năm"),
    (re.compile(r"(?<![\w])(?P<said>[Nn]g[^\W\d_]y)(?=\s+\d{1,2}(?:/\d{1,2}|\s+tháng))"), "ngay", "ngày"),
    (re.compile(r"(?<![\w])(?P<said>[Tt]h[^\W\d_]ng)(?=\s+\d{1,2}(?:/20\d{2}|\s+năm\s+20))"), "thang", "tháng"),
    (re.compile(r"(?<![\w])(?P<said>[Ss][^\W\d_])(?=:?\s+\d+/[\dA-ZĐ])"), "so", "số"),
)


def before_numbers(reading: Reading) -> Iterator[Finding]:
    """``nam 2026``, ``ngay 15/3``: only one word stands before such numbers."""
    for line in reading.lines:
        if line.role not in _READ:
            continue
        for pattern, letters, meant in _BEFORE_NUMBERS:
            for match in pattern.finditer(line.text):
                said = match["said"]
                is_name = said[0].isupper() and match.start() > 0
                if bare(said) == letters and said.lower() != meant and not is_name:
                    message = f"Có lẽ là «{meant}»."
                    yield at(line, "word.slip", match.span("said"), message, new=titled_like(meant, said))


RULES = (slips, before_numbers)
