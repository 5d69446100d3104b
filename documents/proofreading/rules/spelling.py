"""Two ways of writing the same sound in one paper: òa and oà, kỹ and kĩ. Either is right; mixing is not."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator

from documents.proofreading.findings import Finding, Severity, at
from documents.proofreading.letters import same_case
from documents.proofreading.reading import WRITTEN, Line, Reading, Role

_READ = WRITTEN | {Role.RECIPIENT, Role.TITLE}
_OLD = re.compile(r"(?:o[àáảãạèéẻẽẹ]|(?<!q)u[ỳýỷỹỵ])$")
_NEW = re.compile(r"(?:[òóỏõọ][ae]|[ùúủũụ]y)$")
_TONES = "\u0300\u0301\u0303\u0309\u0323"


def tone_places(reading: Reading) -> Iterator[Finding]:
    """The rarer way is pointed at; where both are as many, the old one."""
    found = {pattern: _ending_in(reading, pattern) for pattern in (_OLD, _NEW)}
    if not found[_OLD] or not found[_NEW]:
        return
    rarer = _OLD if len(found[_OLD]) <= len(found[_NEW]) else _NEW
    for line, start, end in found[rarer]:
        said = line.text[start:end]
        message = "Chỗ khác trong văn bản đặt dấu thanh theo kiểu kia: chọn một kiểu."
        new = _moved_tone(said)
        yield at(line, "spelling.tone", (start, end), message, new=new, severity=Severity.LOOK)


def _ending_in(reading: Reading, pattern: re.Pattern[str]) -> list[tuple[Line, int, int]]:
    return [
        (line, word.start, word.end)
        for line in reading.lines
        if line.role in _READ
        for word in line.words
        if not word.text.isascii() and pattern.search(word.low)
    ]


def _moved_tone(word: str) -> str:
    first, second = word[-2], word[-1]
    letters = [unicodedata.normalize("NFD", letter) for letter in (first, second)]
    tone = next(mark for letter in letters for mark in letter if mark in _TONES)
    bare = [letter.replace(tone, "") for letter in letters]
    place = 1 if tone in letters[0] else 0
    bare[place] += tone
    return word[:-2] + unicodedata.normalize("NFC", "".join(bare))


_PAIRS = {
    "kĩ": "kỹ",
    "kỉ": "kỷ",
    "kí": "ký",
    "kì": "kỳ",
    "lí": "lý",
    "mĩ": "mỹ",
    "quí": "quý",
    "quĩ": "quỹ",
    "qui": "quy",
    "tỉ": "tỷ",
    "sỹ": "sĩ",
    "ủi": "ủy",
}
"""The usual spelling in papers stands on the right."""


def i_and_y(reading: Reading) -> Iterator[Finding]:
    lines = [line for line in reading.lines if line.role in _READ]
    counts = Counter(word.low for line in lines for word in line.words)
    for rare, usual in _PAIRS.items():
        if not counts[rare] or not counts[usual]:
            continue
        for line in lines:
            for word in line.words:
                if word.low == rare and not _is_word_of_its_own(line, word.end):
                    message = f"Chỗ khác trong văn bản viết «{usual}»."
                    new = same_case(usual, word.text)
                    yield at(line, "spelling.i_y", (word.start, word.end), message, new=new, severity=Severity.LOOK)


def _is_word_of_its_own(line: Line, end: int) -> bool:
    """«tỉ mỉ», «lí nhí» are never written with y."""
    return bool(re.match(r"\s+(?:mỉ|mẩn|nhí|tê|thức)\b", line.text[end:]))


RULES = (tone_places, i_and_y)
