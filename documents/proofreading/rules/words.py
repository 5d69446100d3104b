"""Slips of the pen in words of the field: a mark, a letter, a syllable that the language does not have.

A word is doubted only where it reads, marks aside, like one that such papers use all the time, where it is no
usual word itself, and where the doubtful syllable does not belong to its other neighbour:
«tiên tiên» is doubted, «trong tám tháng» and «khen thường xuyên» are not.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator

from documents.proofreading import lexicon
from documents.proofreading.findings import Finding, Severity, at
from documents.proofreading.letters import TONES, bare, split_tone, titled_like
from documents.proofreading.lexicon import Canon, Meant, canon
from documents.proofreading.reading import WRITTEN, Line, Reading, Role

_READ = WRITTEN | {Role.RECIPIENT, Role.GROUP}
_LONGEST = 4

_FREE_WORDS = """
    ai ba bị bốn bởi cả các cái cần chỉ chín cho chưa chứ có con của cùng cũng cứ dù dưới đã đang đây để đến đều đi
    đó do đủ được em gì giữa hai hàng hay hết hơn họ khi không là làm lại lên mà mấy mọi mỗi một mới nay này nào năm
    nếu nên người nhà nhằm nhất nhiều như những nữa ở ông phải qua ra rất sau sáu sẽ số ta tại tám theo thì thôn tới
    trên trong trước từ từng tự vào vẫn về vì việc với và vừa xã xong đầu cuối hôm lúc ngày tháng tuần quý giờ bảy mười
"""
_FREE = frozenset(map(canon, _FREE_WORDS.split()))
"""Words that stand beside any other: what they form with it by chance is no slip."""


def slips(reading: Reading) -> Iterator[Finding]:
    own = {canon(syllable) for syllable in reading.context.whose.name.split()}
    for line in reading.lines:
        if line.role not in _READ:
            continue
        told: set[int] = set()
        for first in range(len(line.words)):
            if first in told:
                continue
            found = _usual_slip(line, first) or _near_miss(line, first, own) or _misheard(line, first)
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
        not known or (said[place] not in _FREE and not _belongs_elsewhere(line, first, len(said), place))
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
    if is_known and (said[wrong] in _FREE or any(_belongs_elsewhere(line, first, 2, place) for place in (0, 1))):
        return None
    return 2, meant


# -- Syllables ----------------------------------------------------------------------------

_TRANSPOSED = (("uơ", "ươ"), ("ưo", "ươ"), ("uo", "ươ"), ("ie", "iê"), ("ye", "yê"))


def unknown_syllables(reading: Reading) -> Iterator[Finding]:
    """Only words with Vietnamese letters, so no foreign word; names are left alone."""
    for line in reading.lines:
        if line.role not in _READ:
            continue
        for number, word in enumerate(line.words):
            if word.text.isascii() or len(word.text) < 2 or (word.text[0].isupper() and number):
                continue
            if canon(word.low) in lexicon.syllables() or _is_joined(line.text, word.start, word.end):
                continue
            new = _repaired(word.low)
            message = f"Tiếng Việt không có tiếng «{word.low}»."
            suggestion = titled_like(new, word.text) if new else ""
            yield at(line, "word.syllable", (word.start, word.end), message, new=suggestion, severity=Severity.LOOK)


def _is_joined(text: str, start: int, end: int) -> bool:
    """Part of a foreign word («pa-nô», «ki-lô-gam») or of an address."""
    return text[max(0, start - 1) : start] in {"-", "@", "/", "."} and start > 0 or text[end : end + 1] in {"-", "@"}


def _repaired(word: str) -> str:
    """``phuờng``: phường. The tone goes with the second vowel."""
    base, tone = split_tone(word)
    for wrong, right in _TRANSPOSED:
        if wrong not in base or canon(base.replace(wrong, right, 1)) + tone not in lexicon.syllables():
            continue
        place = base.index(wrong) + len(right)
        new = base.replace(wrong, right, 1)
        return unicodedata.normalize("NFC", new[:place] + TONES.get(tone, "") + new[place:])
    return ""


RULES = (slips, unknown_syllables)
