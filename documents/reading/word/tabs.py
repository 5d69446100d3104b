"""Heads and feet whose two columns are set with tabs, as typists of old do it."""

from __future__ import annotations

import re

from documents.reading.text import one_line
from documents.reading.word.paragraphs import TAB
from documents.tree import NATIONAL_MOTTO, NATIONAL_NAME, RECIPIENTS_LABEL

_RIGHT_OF_HEAD = re.compile(
    rf"{NATIONAL_NAME}|{NATIONAL_NAME.replace('HÒA', 'HOÀ')}|{NATIONAL_MOTTO}|.{{2,40}}, ngày\b.*\btháng\b.*\bnăm\b",
    re.IGNORECASE,
)
_MARKER = re.compile(r"[-+*–•]|[IVX]+[.)]|\d+(?:\.\d+)*[.)]?|[^\W\d_][.)]")


_LONGEST_FOOT = 15
"""Lines."""


class TabbedColumns:
    """Knows whether the foot has begun: from there on tabs set columns apart, until it is over."""

    def __init__(self) -> None:
        self._left_of_foot = 0

    def split(self, text: str) -> list[tuple[str, int]]:
        """The words of a line with their column; in one piece where tabs only leave room."""
        left, _, right = (part.strip() for part in text.partition(TAB))
        right = one_line(right)
        self._left_of_foot -= 1
        if right and left.casefold().startswith(RECIPIENTS_LABEL.casefold()):
            self._left_of_foot = _LONGEST_FOOT
        if not right or _MARKER.fullmatch(left):
            return [(one_line(text), 0)]
        if self._left_of_foot > 0 or _RIGHT_OF_HEAD.match(right):
            return [(words, column) for column, words in enumerate((left, right)) if words]
        return [(one_line(text), 0)]
