"""From the text as typed to words, numbers and marks, and a cursor that walks along them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Generic, TypeVar

from documents.times.words import PLAIN_SPELLINGS, SPELLINGS

T = TypeVar("T")

_INVISIBLE = dict.fromkeys(map(ord, "\u00ad\u200b\u200c\u200d\u2060\ufeff"))
_DASHES = str.maketrans(dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2015\u2212~", "-"))
_ARROW = re.compile(r"[-=]+>|[→⇒÷]")
_TOKEN = re.compile(r"[0-9]+|[^\W\d_]+|\S")
_GLUED_QUARTER = re.compile(r"(quý|q)([ivl]{1,3})")
_LIST_MARKER = re.compile(r"\s*(?:[0-9]{1,2}(?:\.[0-9]{1,2})*[.)]|[a-zđ]\)|[ivx]{1,4}\.|[-+*•])\s+")
_LONGEST_NUMBER = 4  # digits: a year


@dataclass(frozen=True, slots=True)
class Token:
    """A word, a run of digits or one mark, in lower case and one spelling."""

    text: str
    glued: bool = False
    """No space before it."""

    @property
    def is_number(self) -> bool:
        return self.text[0] in "0123456789"

    @property
    def is_word(self) -> bool:
        return self.text[0].isalpha()

    @property
    def number(self) -> int | None:
        return int(self.text) if self.is_number and len(self.text) <= _LONGEST_NUMBER else None


def normalise(expression: str) -> str:
    """One form of what looks the same: NFC, plain spaces, one dash, lower case, no list marker in front.

    Compatibility forms go too (``Ⅲ``, no-break spaces, full-width digits).
    """
    text = unicodedata.normalize("NFKC", expression).translate(_INVISIBLE).translate(_DASHES).lower()
    text = unicodedata.normalize("NFC", _ARROW.sub(" đến ", text))
    return _LIST_MARKER.sub("", text, count=1) if _LIST_MARKER.match(text) else text.strip()


def tokenise(text: str) -> list[Token]:
    """``"tháng12/2025"`` → ``tháng`` ``12`` ``/`` ``2025``; ``quýiv`` → ``quý`` ``iv``."""
    unmarked = text.isascii()
    tokens: list[Token] = []
    for match in _TOKEN.finditer(text):
        glued = match.start() > 0 and not text[match.start() - 1].isspace()
        word = SPELLINGS.get(match.group(), match.group())
        if unmarked:
            word = PLAIN_SPELLINGS.get(word, word)
        quarter = _GLUED_QUARTER.fullmatch(word)
        if quarter:
            tokens += [Token(quarter.group(1), glued), Token(quarter.group(2), glued=True)]
        else:
            tokens.append(Token(word, glued))
    return tokens


def without_marks(text: str) -> str:
    """As typed on a keyboard without Vietnamese: ``đại hội`` → ``dai hoi``."""
    letters = unicodedata.normalize("NFD", text.replace("đ", "d"))
    return "".join(letter for letter in letters if not unicodedata.combining(letter))


def words_of(phrase: str) -> tuple[str, ...]:
    return tuple(token.text for token in tokenise(phrase))


class Phrases(Generic[T]):
    """A table of phrases that finds the longest one standing at a place."""

    def __init__(self, table: Mapping[str, T]) -> None:
        self._by_first: dict[str, list[tuple[tuple[str, ...], T]]] = {}
        for phrase, value in table.items():
            words = words_of(phrase)
            self._by_first.setdefault(words[0], []).append((words, value))
        for entries in self._by_first.values():
            entries.sort(key=lambda entry: -len(entry[0]))

    def at(self, tokens: list[Token], start: int) -> tuple[T, int] | None:
        """The value and the number of words, or None."""
        if start >= len(tokens):
            return None
        for words, value in self._by_first.get(tokens[start].text, ()):
            if len(words) <= len(tokens) - start and all(
                tokens[start + offset].text == word for offset, word in enumerate(words)
            ):
                return value, len(words)
        return None


_END = Token("\n")


class Cursor:
    """A place in the tokens. Every ``take`` moves on only when it found what it looked for."""

    def __init__(self, tokens: list[Token], at: int = 0) -> None:
        self.tokens = tokens
        self.at = at

    def __bool__(self) -> bool:
        return self.at < len(self.tokens)

    def peek(self, ahead: int = 0) -> Token:
        place = self.at + ahead
        return self.tokens[place] if 0 <= place < len(self.tokens) else _END

    def take(self, *words: str) -> bool:
        """One of these single words."""
        if self.peek().text not in words:
            return False
        self.at += 1
        return True

    def take_all(self, *words: str) -> bool:
        """These words one after another."""
        if any(self.peek(ahead).text != word for ahead, word in enumerate(words)):
            return False
        self.at += len(words)
        return True

    def take_phrase(self, table: Phrases[T]) -> T | None:
        found = table.at(self.tokens, self.at)
        if found is None:
            return None
        self.at += found[1]
        return found[0]

    def take_number(self, digits: int = _LONGEST_NUMBER) -> int | None:
        """A number of at most so many digits."""
        token = self.peek()
        if token.number is None or len(token.text) > digits:
            return None
        self.at += 1
        return token.number

    def take_glued(self, *marks: str) -> str:
        """A mark with no space on either side, or nothing."""
        token = self.peek()
        if token.text not in marks or not token.glued or not self.peek(1).glued:
            return ""
        self.at += 1
        return token.text

    def copy(self) -> Cursor:
        return Cursor(self.tokens, self.at)

    def words_since(self, start: int) -> str:
        """What was taken since ``start``, for a sentence that quotes it."""
        taken = self.tokens[start : self.at]
        return "".join(token.text if token.glued else f" {token.text}" for token in taken).strip()
