"""Which line of the timetable a paper answers, by its words and its day; which member wrote it. Pure.

Nothing is guessed: what fits one line clearly better than any other is proposed, the rest is asked.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from core.cells import name_key
from core.text import fold

# -- Which step ----------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Asked:
    """A line of the timetable that each member answers with a paper."""

    pk: int
    kind: str
    text: str
    due: dt.date | None
    year: int


@dataclass(frozen=True, slots=True)
class Guess:
    """``pk`` None: nothing fits. Not sure: another one fits nearly as well, or little speaks for it."""

    pk: int | None = None
    is_sure: bool = False


_ACTS = {
    "report": ("bao cao",),
    "register": ("dang ky",),
    "self": ("tu cham", "cham diem", "bang diem", "tu danh gia"),
    "pledge": ("giao uoc",),
    "dossier": ("ho so", "to trinh", "de nghi khen thuong"),
}
_PERIODS = {
    "H1": ("6 thang", "06 thang", "sau thang", "so ket", "nua dau nam"),
    "9M": ("9 thang", "09 thang", "chin thang"),
    "Y": ("tong ket", "ca nam", "12 thang", "cuoi nam"),
    **{f"Q{n}": (f"quy {roman}", f"quy {n}") for n, roman in enumerate(("i", "ii", "iii", "iv"), start=1)},
}
_SAYS_LITTLE = frozenset(
    ["gui", "nop", "cac", "cua", "va", "ve", "theo", "nam", "thi", "dua", "khen", "thuong", "cong", "tac", "cum"]
    + ["khoi", "don", "vi", "xa", "phuong", "thanh", "vien", "ket", "qua", "truong", "thuc", "hien", "truoc", "ngay"]
    + ["thang"]
)
_YEAR = re.compile(r"\bnam (20\d\d)\b")
_EARLY, _LATE = 60, 120
"""Days before and after its day within which a paper is looked for."""
_LEAST, _CLEARLY = 6, 2


def guess_step(steps: Sequence[Asked], words: str, day: dt.date | None) -> Guess:
    """``words``: what the paper is about; ``day``: on which it came or was sent."""
    folded = _padded(words)
    scored = sorted(((score, step.pk) for step in steps if (score := _likeness(step, folded, day))), reverse=True)
    if not scored or scored[0][0] < _LEAST:
        return Guess()
    second = scored[1][0] if len(scored) > 1 else 0
    return Guess(scored[0][1], scored[0][0] - second >= _CLEARLY)


def _likeness(step: Asked, paper: str, day: dt.date | None) -> int:
    """0: it is not the one."""
    asked = _padded(step.text)
    acts = {step.kind} & _ACTS.keys() or _found(_ACTS, asked)
    if acts and not acts & _found(_ACTS, paper):
        return 0
    wanted, told = _found(_PERIODS, asked), _found(_PERIODS, paper)
    years = {int(year) for year in _YEAR.findall(paper)}
    if (wanted and told and not wanted & told) or (years and step.year not in years):
        return 0
    if step.due is not None and day is not None and not -_EARLY <= (day - step.due).days <= _LATE:
        return 0
    tokens = set(asked.split()) - _SAYS_LITTLE
    shared = len(tokens & set(paper.split())) / len(tokens) if tokens else 0
    near = step.due is not None and day is not None and abs((day - step.due).days) <= _EARLY // 2
    return 4 * bool(acts) + round(4 * shared) + 3 * bool(wanted & told) + 2 * near


def _padded(words: str) -> str:
    return f" {' '.join(re.findall(r'[a-z0-9]+', fold(words)))} "


def _found(cues: dict[str, tuple[str, ...]], padded: str) -> set[str]:
    return {name for name, phrases in cues.items() if any(f" {phrase} " in padded for phrase in phrases)}


# -- Which member --------------------------------------------------------------------------

_BODY = re.compile(r"^(?:uy ban nhan dan|ubnd|van phong hdnd va ubnd|van phong hdnd ubnd|hdnd va ubnd|hdnd ubnd)\s+")
_DESIGNATION = re.compile(
    r"^(?:xa|phuong|thi tran|dac khu|huyen|thi xa|thanh pho|tp|quan|thon|ap|ban|buon|lang|xom|khu pho|to dan pho"
    r"|x|p|tt)[.]?\s+"
)


@dataclass(frozen=True, slots=True)
class Named:
    """What a name may mean, the likeliest first."""

    pks: tuple[int, ...] = ()
    is_sure: bool = False


class Names:
    """Of the members of one season."""

    def __init__(self, members: Iterable[tuple[int, str]]) -> None:
        self._members = [(pk, name, _without_body(name)) for pk, name in members]

    def meant_by(self, text: str) -> Named:
        """One member whose name is written so, marks or not, is meant. Where the marks differ, or another word stands
        before the name (phường for xã, a department of the commune), it is proposed and asked.
        """
        said = _without_body(text)
        if not said:
            return Named()
        exact = [pk for pk, name, _ in self._members if name_key(name) == name_key(text)]
        if len(exact) == 1:
            return Named((exact[0],), is_sure=True)
        same = [(pk, name) for pk, name, bare in self._members if bare == said]
        if len(same) == 1:
            return Named((same[0][0],), is_sure=_marks_agree(text, same[0][1]))
        if same:
            told = [pk for pk, name in same if _marks_agree(text, name, strictly=True)]
            return Named(tuple(dict.fromkeys([*told, *(pk for pk, _ in same)])), is_sure=len(told) == 1)
        return self._proposed(text, said)

    def _proposed(self, text: str, said: str) -> Named:
        place = _DESIGNATION.sub("", said)
        has_word = place != said
        bare = [(pk, name) for pk, name, folded in self._members if _DESIGNATION.sub("", folded) == place]
        if len(bare) == 1 and not has_word:
            return Named((bare[0][0],), is_sure=_marks_agree(text, bare[0][1]))
        within = [pk for pk, _, folded in self._members if f" {folded} " in f" {said} "]
        return Named(tuple(dict.fromkeys([*(pk for pk, _ in bare), *within])))


def _without_body(text: str) -> str:
    return _BODY.sub("", _padded(text).strip())


def _marks_agree(text: str, name: str, *, strictly: bool = False) -> bool:
    """Typed without any marks it says nothing against a name; with marks each word that both have must agree."""
    typed = text.casefold()
    if not strictly and fold(typed) == " ".join(typed.split()):
        return True
    words = set(name_key(text).split())
    return all(word in words for word in _place_words(name))


def _place_words(name: str) -> list[str]:
    """Of the name itself, without «xã», «UBND»."""
    count = len(_DESIGNATION.sub("", _without_body(name)).split())
    return name_key(name).split()[-count:] if count else []
