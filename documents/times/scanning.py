"""Text → marks: at every place the first rule that fits takes what it reads; what none takes is a word."""

from __future__ import annotations

from documents.times import words
from documents.times.marks import Context, Mark, Scan, Word
from documents.times.rules import RULES
from documents.times.text import Cursor, Phrases, normalise, tokenise, without_marks

_HAPPENINGS = Phrases(dict.fromkeys(words.HAPPENINGS, True))
_PLAIN_HAPPENINGS = Phrases(dict.fromkeys(map(without_marks, words.HAPPENINGS), True))
_WAITING = frozenset({"khi", "theo", "tùy", "trước", "sau", "từ", "đến", "tới", "điểm", "diem", "tuy"})


def scan(expression: str, context: Context) -> list[Mark]:
    """Raise ``ImpossibleTime`` for a month 13 or a quarter V, wherever it stands."""
    cursor = Cursor(tokenise(normalise(expression)))
    found = Scan(context)
    while cursor:
        found.marks += _next(cursor, found)
    return found.marks


def _next(cursor: Cursor, found: Scan) -> list[Mark]:
    start = cursor.at
    for rule in RULES:
        marks = rule(cursor, found)
        if marks is not None:
            return marks if isinstance(marks, list) else [marks]
        cursor.at = start
    cursor.at += 1
    return [Word(cursor.peek(-1).text)]


def names_event(expression: str) -> bool:
    """Behind a word of waiting stands something that happens in an office; ``khi rảnh`` waits for nothing of the kind.

    What stands before that word is the task: ``tổ chức hội nghị khi rảnh``.
    """
    text = normalise(expression)
    happenings = _PLAIN_HAPPENINGS if text.isascii() else _HAPPENINGS
    tokens = tokenise(text)
    waiting = next((place for place, token in enumerate(tokens) if token.text in _WAITING), len(tokens))
    return any(happenings.at(tokens, place) for place in range(waiting, len(tokens)))
