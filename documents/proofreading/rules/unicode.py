"""Letters that only look like Vietnamese ones, and what no eye sees."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from documents.proofreading.findings import Finding, Severity, at
from documents.proofreading.reading import Reading

_LOOK_ALIKE = str.maketrans(
    {
        "ð": "đ",
        "Ð": "Đ",
        "ƣ": "ư",
        "Ƣ": "Ư",
        "ɑ": "a",
        "ѕ": "s",
        "і": "i",
        "ј": "j",
        "а": "a",
        "е": "e",
        "о": "o",
        "р": "p",
        "с": "c",
        "у": "y",
        "х": "x",
        "һ": "h",
        "А": "A",
        "В": "B",
        "Е": "E",
        "К": "K",
        "М": "M",
        "Н": "H",
        "О": "O",
        "Р": "P",
        "С": "C",
        "Т": "T",
        "Х": "X",
        "Α": "A",
        "Β": "B",
        "Ε": "E",
        "Ζ": "Z",
        "Η": "H",
        "Ι": "I",
        "Κ": "K",
        "Μ": "M",
        "Ν": "N",
        "Ο": "O",
        "Ρ": "P",
        "Τ": "T",
        "Υ": "Y",
        "Χ": "X",
        "ο": "o",
        "ν": "v",
    }
)  # fmt: skip -- letters beside those they imitate
_WORD = re.compile(r"[^\W\d_](?:[^\W\d_]|[\u0300-\u036f])*")
_HIDDEN = re.compile(r"[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff\ue000-\uf8ff\ufffd]+")


def letters(reading: Reading) -> Iterator[Finding]:
    for line in reading.lines:
        if line.text.isascii():
            continue
        for match in _WORD.finditer(line.text):
            word = match[0]
            composed = unicodedata.normalize("NFC", word)
            real = composed.translate(_LOOK_ALIKE)
            if composed != word and real == composed:
                message = "Chữ này gõ bằng dấu rời (Unicode tổ hợp): dùng Unicode dựng sẵn."
                yield at(line, "unicode.decomposed", match.span(), message, new=real, severity=Severity.MUST)
            elif real != composed and _is_mixed(word):
                message = "Từ này có chữ cái lạ, chỉ trông giống chữ Việt."
                yield at(line, "unicode.look_alike", match.span(), message, new=real, severity=Severity.MUST)
        for match in _HIDDEN.finditer(line.text):
            start, end = _word_around(line.text, match.span())
            new = _HIDDEN.sub("", line.text[start:end])
            message = "Ở đây có ký tự không nhìn thấy được."
            yield at(line, "unicode.hidden", (start, end), message, new=new, severity=Severity.MUST)


_LATIN = re.compile(r"[A-Za-z\u00c0-\u024f\u1e00-\u1eff]")


def _is_mixed(word: str) -> bool:
    """Latin otherwise: a word all in Greek or Russian is one."""
    return bool(_LATIN.search(word)) or len(word) == 1


def _word_around(text: str, span: tuple[int, int]) -> tuple[int, int]:
    start, end = span
    while start and not text[start - 1].isspace():
        start -= 1
    while end < len(text) and not text[end].isspace():
        end += 1
    return start, end


RULES = (letters,)
