"""Words as two texts are compared by them: what looks alike counts as one, and what pages add is taken away."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from documents.signed.files import PAGE_BREAK

_ALIKE = str.maketrans(
    dict.fromkeys("–—‐‑‒―−\uf02d\uf0b7\uf0a7\uf0d8•▪·", "-")
    | dict.fromkeys("“”„‟«»″", '"')
    | dict.fromkeys("‘’‚‛′", "'")
    | {"…": "...", "ﬁ": "fi", "ﬂ": "fl", "ﬀ": "ff", "đ": "đ", "ð": "đ", "Ð": "Đ"}
    | dict.fromkeys("\xad\u200b\u200c\u200d\u2060\ufeff")
)
_FIGURES = re.compile(r"\d{1,4}")
_TABLE_BEGINS = re.compile(r"(?:S?TT|Stt|Số TT)\b")
_SHORTEST_HEAD, _LONGEST_HEAD = 3, 60
_MOST_PIECES = 4
"""A long word in a narrow column may be divided more than once."""


def key_of(word: str) -> str:
    """Empty for signs that are not seen."""
    return unicodedata.normalize("NFC", word).translate(_ALIKE)


@dataclass(frozen=True, slots=True)
class Word:
    text: str
    key: str
    page: int
    """From 0."""
    starts_line: bool = False
    ends_line: bool = False


def words_of(text: str) -> list[Word]:
    """The words of a text whose pages are set apart by form feeds, without numbers of pages."""
    return [word for number, page in enumerate(text.split(PAGE_BREAK)) for word in _page_words(page, number)]


def _page_words(page: str, number: int) -> list[Word]:
    lines = [line.split() for line in page.splitlines() if line.strip()]
    # Where somebody else extracted the text, a page begins or ends with its number.
    for end in (0, -1):
        if number and len(lines) > 1 and len(lines[end]) == 1 and lines[end][0] == str(number + 1):
            del lines[end]
            break
    words = []
    for line in lines:
        kept = [(word, key) for word in line if (key := key_of(word))]
        words += [
            Word(word, key, number, starts_line=at == 0, ends_line=at == len(kept) - 1)
            for at, (word, key) in enumerate(kept)
        ]
    return words


def joined(words: Sequence[Word]) -> str:
    return "".join(word.key for word in words)


def without_repeated_heads(words: Sequence[Word], heads: Sequence[str]) -> list[Word]:
    """``heads``: the words of every table head, joined; what repeats one at the top of a page goes."""
    kept: list[Word] = []
    at = 0
    while at < len(words):
        begins_page = bool(at) and words[at].page != words[at - 1].page
        length = _head_length(words, at, heads) if begins_page else 0
        at += length
        kept += words[at : at + 1]
        at += 1
    return kept


def _head_length(words: Sequence[Word], start: int, heads: Sequence[str]) -> int:
    for length in range(1, min(_LONGEST_HEAD, len(words) - start) + 1):
        if joined(words[start : start + length]) in heads:
            return length
    return 0


def table_heads(words: Sequence[Word]) -> list[str]:
    """The heads that a text itself repeats at the top of its pages, joined; for texts of which no paper is known.

    A head begins with TT or STT; it ends where the page goes on unlike the place of its first appearance.
    """
    firsts = [at for at, word in enumerate(words) if _TABLE_BEGINS.fullmatch(word.key)]
    heads = []
    for at in firsts:
        if not at or words[at].page == words[at - 1].page:
            continue
        for earlier in (other for other in firsts if other < at):
            length = _common_length(words, earlier, at)
            if length >= _SHORTEST_HEAD:
                heads.append(joined(words[at : at + length]))
                break
    return heads


def _common_length(words: Sequence[Word], one: int, other: int) -> int:
    length = 0
    while (
        length < _LONGEST_HEAD and other + length < len(words) and words[one + length].key == words[other + length].key
    ):
        length += 1
    return length


def made_whole(words: Sequence[Word], known: set[str]) -> list[Word]:
    """What the ends of lines divided is one word again, if it is one of ``known``."""
    whole: list[Word] = []
    at = 0
    while at < len(words):
        length, key = next(
            ((n, key) for n in range(_MOST_PIECES, 1, -1) if (key := _divided(words[at : at + n], n, known))), (1, "")
        )
        if length == 1:
            whole.append(words[at])
        else:
            first, last = words[at], words[at + length - 1]
            text = "".join(word.text for word in words[at : at + length])
            whole.append(Word(text, key, first.page, first.starts_line, last.ends_line))
        at += length
    return whole


def _divided(words: Sequence[Word], pieces: int, known: set[str]) -> str:
    """The word that they make, with or without the hyphen at the end of a line; empty where they make none."""
    if len(words) < pieces or not all(word.ends_line for word in words[:-1]) or known.issuperset(w.key for w in words):
        return ""
    plain = joined(words)
    bare = "".join(word.key.removesuffix("-") for word in words[:-1]) + words[-1].key
    return next((key for key in (plain, bare) if key in known), "")
