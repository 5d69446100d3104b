"""Wrong numbering of a paper, shown and never changed: what jumps, comes twice, begins in the wrong place.

Markers of one kind («1.», «1)», «a)», «2.1.», «I.», «Điều 1.») form a run. A run ends where one that was
begun earlier goes on, so «a)» may begin anew under every «1.», «2.»; it may also begin anew behind a
line that leads to a list. Letters follow a b c d đ e g h i k l m …, with or without «đ», or a b c d e f g.
Dashes count nothing.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from documents.outline import Kind, Line, read_body

_LETTERS = "abcdđefghijklmnopqrstuvwxyz"
_VIETNAMESE = "abcdđeghiklmnopqrstuvxy"
_SUCCESSIONS = (_VIETNAMESE, _VIETNAMESE.replace("đ", ""), _LETTERS.replace("đ", ""))
_ROMAN = {"I": 1, "V": 5, "X": 10, "L": 50}
_PARTS = re.compile(
    r"(?P<before>.*?)(?P<number>\d{1,3}(?:\.\d{1,3})*|[IVXL]+|[a-zđ]|[A-ZĐ])(?P<after>[.):/]?\)?)", re.DOTALL
)
_HIGHEST = 99
_LONGEST_MARKER = 30
_SHORT_TITLE = 100
_MOST_NAMED = 3


@dataclass(frozen=True, slots=True)
class NumberingFinding:
    section: int
    """Position of the section."""
    line: int | None
    """Position among the lines of its body, blank ones counted; ``None`` for the heading."""
    message: str
    """One Vietnamese sentence."""


@dataclass(frozen=True, slots=True)
class _Mark:
    text: str
    style: str
    """Marks of one style form one run: what stands around the number, and its kind."""
    value: tuple[int, ...]

    @property
    def last(self) -> int:
        return self.value[-1]

    def with_last(self, value: int) -> str:
        """The marker that would stand for ``value``."""
        if self.style.endswith("roman"):
            return self.around(_to_roman(value))
        if self.style.endswith("letter"):
            return self.around(_LETTERS[value])
        if self.style.endswith("LETTER"):
            return self.around(_LETTERS[value].upper())
        return self.around(".".join(map(str, (*self.value[:-1], value))))

    def around(self, number: str) -> str:
        """What stands before and behind its number, with another."""
        found = _PARTS.fullmatch(self.text)
        return f"{found['before']}{number}{found['after']}" if found else number


@dataclass(slots=True)
class _Run:
    mark: _Mark
    highest: _Mark


@dataclass(slots=True)
class _Runs:
    """The runs that are open, outermost first, and the last of each style."""

    open: list[_Run] = field(default_factory=list)
    before: dict[str, _Mark] = field(default_factory=dict)
    """By style, where the outermost run of an earlier section ended; some papers count on."""

    def take(self, mark: _Mark, *, may_begin: bool) -> str:
        """What is wrong with ``mark`` where it stands; empty where nothing is."""
        run = self.find(mark)
        if run is None:
            return self.begin(mark)
        del self.open[self.open.index(run) + 1 :]
        said = "" if self.goes_on(run, mark) else _objection(run, mark, may_begin=may_begin)
        wrong_parent = self.parent_of(mark)
        run.mark = mark
        run.highest = mark if mark.value > run.highest.value or mark.last == _first(mark) else run.highest
        return wrong_parent or said

    def find(self, mark: _Mark) -> _Run | None:
        """The run of its style; or one that it continues but for the sign behind the number."""
        for run in reversed(self.open):
            if run.mark.style == mark.style:
                return run
        if mark.last == _first(mark):
            return None
        kind = mark.style.rpartition(" ")[2]
        alike = [run for run in self.open if run.mark.style.endswith(f" {kind}") and _follows(run.mark, mark)]
        return alike[-1] if alike else None

    def goes_on(self, run: _Run, mark: _Mark) -> bool:
        if run.mark.value[:-1] != mark.value[:-1]:
            return mark.last == _first(mark)
        return _follows(run.mark, mark) or _follows(run.highest, mark)

    def begin(self, mark: _Mark) -> str:
        earlier = self.before.get(mark.style)
        counts_on = not self.open and earlier is not None and _follows(earlier, mark)
        self.open.append(_Run(mark, mark))
        if wrong_parent := self.parent_of(mark):
            return wrong_parent
        if mark.last == _first(mark) or counts_on:
            return ""
        return f"Mục đầu tiên ở đây là «{mark.text}», chưa có «{mark.with_last(_first(mark))}»."

    def parent_of(self, mark: _Mark) -> str:
        """«3.1.» under «2.» belongs elsewhere."""
        if len(mark.value) < 2:
            return ""
        inner = [
            run.mark for run in self.open if len(run.mark.value) == len(mark.value) - 1 and "number" in run.mark.style
        ]
        if not inner or inner[-1].value == mark.value[:-1]:
            return ""
        parent = inner[-1]
        if mark.last == 1 and mark.value[:-1] == (*parent.value[:-1], parent.last + 1):
            return f"«{mark.text}» nằm dưới «{parent.text}»: thiếu «{parent.with_last(parent.last + 1)}»?"
        meant = mark.around(".".join(map(str, (*parent.value, mark.last))))
        return f"«{mark.text}» nằm dưới «{parent.text}»: có phải «{meant}»?"

    def end_section(self) -> None:
        if self.open:
            self.before[self.open[0].mark.style] = self.open[0].mark
        self.open = []


def find_numbering(sections: Sequence[tuple[str, str]]) -> list[NumberingFinding]:
    """What looks wrong in the markers of the headings and of the bodies below them.

    ``sections``: marker and body of each, in the order of the paper; a body as in ``documents.outline``.
    """
    findings: list[NumberingFinding] = []
    headings, entries = _Runs(), _Runs()
    for number, (marker, body) in enumerate(sections):
        mark = _read(marker.strip(), "X", headings)
        if mark and (said := headings.take(mark, may_begin=False)):
            findings.append(NumberingFinding(number, None, said))
        before: Line | None = None
        for position, text in enumerate(body.split("\n")):
            for line in read_body(text):
                entry = _read(line.marker, line.text, entries) if line.kind is Kind.ITEM else None
                if entry and (said := entries.take(entry, may_begin=_leads_on(before))):
                    findings.append(NumberingFinding(number, position, said))
                before = line
        entries.end_section()
    return findings


def _leads_on(line: Line | None) -> bool:
    """Whether a list may begin behind it: «- Đối với tập thể:», a title without a number."""
    if line is None or line.kind is Kind.TASKS:
        return True
    counts = line.kind is Kind.ITEM and any(letter.isalnum() for letter in line.marker)
    text = line.text.rstrip()
    if counts:
        return False
    if line.kind is Kind.ITEM:
        return not text.endswith((".", ";", ","))
    return text.endswith(":") or len(text) <= _SHORT_TITLE


def _read(marker: str, text: str, runs: _Runs) -> _Mark | None:
    found = _PARTS.fullmatch(marker)
    if found is None or (
        found["before"] and not re.fullmatch(r"\(|[^\W\d_]{2,10}(?: [^\W\d_]{1,10})? ", found["before"])
    ):
        return None
    around = f"{found['before'].strip()}{found['after']}"
    number = found["number"]
    if number[0].isdecimal():
        return _read_number(marker, around, number, found["after"], text)
    if number.islower():
        value = _LETTERS.find(number)
        mark = _Mark(marker, f"{around} letter", (value,))
        # «i)», «v)», «x)» on their own count in small Roman figures, of which the outline reads only these.
        return mark if number not in "ivx" or runs.find(mark) else None
    letter = _Mark(marker, f"{around} LETTER", (_LETTERS.find(number.lower()),))
    if set(number) <= set(_ROMAN):
        roman = _Mark(marker, f"{around} roman", (_from_roman(number),))
        open_letters = [run for run in runs.open if run.mark.style == letter.style]
        is_letter = len(number) == 1 and any(_follows(run.mark, letter) for run in open_letters)
        return letter if is_letter else roman if _to_roman(roman.last) == number else None
    return letter


def _read_number(marker: str, around: str, number: str, after: str, text: str) -> _Mark | None:
    parts = number.split(".")
    value = tuple(map(int, parts))
    if (
        any(part.startswith("0") for part in parts)
        and len(parts) > 1
        or not all(0 < part <= _HIGHEST for part in value)
    ):
        return None  # «1.000 hộ», «2026»: figures
    if len(value) > 1:
        if not after and not text[:1].isupper():
            return None  # «2.5 ha»
        return _Mark(marker, f"{len(value)} numbers", value)
    return _Mark(marker, f"{around} number", value)


def _first(mark: _Mark) -> int:
    return 0 if mark.style.endswith(("letter", "LETTER")) else 1


def _follows(one: _Mark, other: _Mark) -> bool:
    if one.value[:-1] != other.value[:-1]:
        return False
    if not one.style.endswith(("letter", "LETTER")):
        return other.last == one.last + 1
    pair = _LETTERS[one.last] + _LETTERS[other.last]
    return any(pair in letters for letters in _SUCCESSIONS)


def _objection(run: _Run, mark: _Mark, *, may_begin: bool) -> str:
    before = run.mark
    if mark.value == before.value:
        return f"Có hai mục «{mark.text}»."
    if before.value[:-1] != mark.value[:-1]:
        return f"Mục đầu tiên ở đây là «{mark.text}», chưa có «{mark.with_last(_first(mark))}»."
    if mark.last == _first(mark):
        return "" if may_begin else f"Sau «{before.text}» lại bắt đầu từ «{mark.text}»."
    if mark.last < before.last:
        return f"Sau «{before.text}» lại quay về «{mark.text}»."
    missing = [mark.with_last(value) for value in _between(before, mark)]
    if len(missing) > _MOST_NAMED:
        return f"Sau «{before.text}» lại đến «{mark.text}»: thiếu từ «{missing[0]}» đến «{missing[-1]}»?"
    named = ", ".join(f"«{text}»" for text in missing)
    return f"Sau «{before.text}» lại đến «{mark.text}»: thiếu {named}?"


def _between(one: _Mark, other: _Mark) -> list[int]:
    values = list(range(one.last + 1, other.last))
    if not one.style.endswith(("letter", "LETTER")):
        return values
    usual = [value for value in values if _LETTERS[value] in _VIETNAMESE and _LETTERS[value] != "đ"]
    return usual or values


def _from_roman(text: str) -> int:
    values = [_ROMAN[letter] for letter in text]
    return sum(-value if value < max(values[at:]) else value for at, value in enumerate(values))


def _to_roman(number: int) -> str:
    pairs = [(50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I")]
    written = ""
    for value, letters in pairs:
        written += letters * (number // value)
        number %= value
    return written
