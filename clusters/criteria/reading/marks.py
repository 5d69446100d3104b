"""The marks in front of rows (I, 1, 1.1, a), -) and how deep each stands, however the office nests them. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from documents.reading.markers import roman_value

_PREFIX = r"(?:(?:phần|mục|nhóm|tiêu chí|nội dung|chương)\s+(?=(?:[A-Z]|[IVX]+|\d+)\b))?"
_PATTERNS = (
    ("roman", re.compile(rf"{_PREFIX}([IVX]{{1,6}})", re.IGNORECASE)),
    ("upper", re.compile(rf"{_PREFIX}([A-HKĐ])")),
    ("num", re.compile(rf"{_PREFIX}(\d{{1,3}}(?:[.,]\d{{1,3}})*)", re.IGNORECASE)),
    ("lower", re.compile(r"([a-zđ]\d?)")),
    ("dash", re.compile(r"([-–—])")),
    ("plus", re.compile(r"([+•*o])")),
)
_END = r"\s*[.):/]?\s*"
_IN_TEXT = re.compile(
    r"(?:phần|mục|nhóm|tiêu chí|nội dung|chương)?\s*"
    r"(?P<mark>[IVX]{1,6}(?=\s*[.):])|[A-HKĐ](?=\s*[.)])|\d{1,3}(?:[.]\d{1,3})+(?=[.):\s])|\d{1,3}(?=\s*[.):])"
    r"|[a-zđ](?=\s*\))|[-–—+•*](?=\s))\s*[.):]?\s*(?P<rest>\S.*)",
    re.IGNORECASE | re.DOTALL,
)


@dataclass(frozen=True, slots=True)
class Mark:
    """``kind`` with the number of its parts says at which level it may stand: «num2» is 1.1."""

    kind: str
    text: str
    """As it is written in a code: I, 1.1, a; empty for dashes and for rows without a mark."""

    @property
    def is_bullet(self) -> bool:
        return self.kind in ("dash", "plus", "none")


NONE, CAPITALS = Mark("none", ""), Mark("capitals", "")


def mark_of(cell: str) -> Mark | None:
    """Of a cell that holds nothing else; None where it holds words.

    >>> mark_of("1.2."), mark_of("a)"), mark_of("Nội dung")
    (Mark(kind='num2', text='1.2'), Mark(kind='lower', text='a'), None)
    """
    plain = cell.strip()
    for kind, pattern in _PATTERNS:
        found = re.fullmatch(pattern.pattern + _END, plain, pattern.flags)
        if found is None:
            continue
        text = found[1]
        if kind == "roman" and not (text.isupper() and roman_value(text)):
            continue
        if kind == "num":
            parts = text.replace(",", ".").split(".")
            return Mark(f"num{len(parts)}" if len(parts) > 1 else "num", ".".join(parts))
        return Mark(kind, "" if kind in ("dash", "plus") else text)
    return None


def split(text: str) -> tuple[Mark | None, str]:
    """The mark with which a text begins, and the rest.

    >>> split("1.1. Thu ngân sách")
    (Mark(kind='num2', text='1.1'), 'Thu ngân sách')
    """
    found = _IN_TEXT.fullmatch(text.strip())
    if found is None:
        return None, text.strip()
    mark = mark_of(found["mark"])
    return (mark, found["rest"]) if mark else (None, text.strip())


@dataclass(slots=True)
class Levels:
    """How deep each row stands. A mark seen for the first time stands under the row before it."""

    stack: list[str] = field(default_factory=list)
    seen: dict[str, int] = field(default_factory=dict)
    last: dict[str, Mark] = field(default_factory=dict)

    def depth_of(self, mark: Mark) -> int:
        key = self._key(mark)
        if key in self.stack:
            del self.stack[self.stack.index(key) + 1 :]
        else:
            self._enter(key)
        self.last[key] = mark
        for deeper in [one for one, level in self.seen.items() if level > self.seen[key]]:
            self.last.pop(deeper, None)
        return len(self.stack) - 1

    def _enter(self, key: str) -> None:
        own = self.seen.get(key)
        above = f"num{int(key[3:]) - 1}".replace("num1", "num") if key[3:].isdecimal() else ""
        if above in self.stack:
            del self.stack[self.stack.index(above) + 1 :]
        elif own is not None:
            while self.stack and self.seen[self.stack[-1]] >= own:
                self.stack.pop()
        self.stack.append(key)
        self.seen[key] = len(self.stack) - 1

    def _key(self, mark: Mark) -> str:
        """«C» and «I» are letters where the letter before them was the last mark, else Roman numbers."""
        if mark.kind == "roman" and len(mark.text) == 1 and mark.text in "CDIVX":
            before = self.last.get("upper")
            if before and ord(mark.text) == ord(before.text) + 1:
                return "upper"
        return mark.kind

    def mended(self, mark: Mark) -> Mark:
        """What a sheet made of 1.10 by taking it for a number: 1.1 after 1.9."""
        if not mark.kind.startswith("num") or mark.kind == "num":
            return mark
        before = self.last.get(mark.kind)
        if before is None or mark.kind not in self.stack:
            return mark
        *head, last = before.text.split(".")
        *own, number = mark.text.split(".")
        if own == head and int(last) + 1 == int(number) * 10:
            return Mark(mark.kind, ".".join([*own, str(int(number) * 10)]))
        return mark
