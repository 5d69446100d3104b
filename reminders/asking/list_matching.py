"""Whose rows a list has: by a column, a group's heading, the sheet's name, a line above the table, the file's name.

Where two of these disagree, or where a name fits two that were asked, nothing is chosen: the person is asked. Pure.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from core.cells import name_key
from core.text import fold
from reminders.asking.lists import ListRow, ListSheet, ReadList

_EXAMPLES = ("huong dan", "vi du", "danh muc", "mau ")
_WORD = re.compile(r"[^\W_]+")
_KINDS = re.compile(r"^(thon|ap|khu pho|to dan pho|ban|buon|xom|xa|phuong|thi tran|dac khu|truong)\s+")
SHOWN = 5
_SHORTEST = 2
"""Words that a name without its kind needs to be looked for within a text: «Đông» alone stands in too many."""


@dataclass(frozen=True, slots=True)
class Asked:
    pk: int
    name: str


@dataclass(frozen=True, slots=True)
class Lot:
    """Rows of one sheet that belong to one place."""

    key: str
    file: int
    """Place of the file among those that were dropped."""
    file_name: str
    sheet: str
    rows: tuple[ListRow, ...]
    place: str = ""
    """As its column or group says; blank where the whole sheet is one lot."""
    guess: int | None = None
    """Of an ``Asked``."""
    reason: str = ""
    """Why this one was chosen, or why none was."""
    is_example: bool = False
    """A sheet that only shows how to fill in another one."""

    @property
    def faulty(self) -> list[ListRow]:
        return [row for row in self.rows if row.faults]

    @property
    def good(self) -> list[ListRow]:
        return [row for row in self.rows if not row.faults]

    @property
    def more(self) -> int:
        """Good rows besides those that the page shows."""
        return max(0, len(self.good) - SHOWN)


@dataclass(frozen=True, slots=True)
class _Found:
    pk: int
    reason: str


@dataclass(slots=True)
class Matcher:
    asked: Sequence[Asked]
    by_key: dict[str, set[int]] = field(init=False, default_factory=dict)
    by_fold: dict[str, set[int]] = field(init=False, default_factory=dict)
    by_bare: dict[str, set[int]] = field(init=False, default_factory=dict)
    """Without «thôn», «xã» in front."""

    def __post_init__(self) -> None:
        for one in self.asked:
            self.by_key.setdefault(name_key(one.name), set()).add(one.pk)
            self.by_fold.setdefault(_bare(one.name), set()).add(one.pk)
            self.by_bare.setdefault(_KINDS.sub("", _bare(one.name)), set()).add(one.pk)

    def named(self, text: str) -> int | None:
        """The one whose name the text is: as written, else without marks, else without its kind."""
        for names, key in (
            (self.by_key, name_key(text)),
            (self.by_fold, _bare(text)),
            (self.by_bare, _KINDS.sub("", _bare(text))),
        ):
            if found := names.get(key):
                return next(iter(found)) if len(found) == 1 else None
        return None

    def within(self, text: str) -> set[int]:
        """Those whose names stand in the text; the longest where one name lies in another («Đông», «Đông Hà»)."""
        marked = f" {' '.join(_WORD.findall(name_key(text)))} "
        keyed = {" ".join(_WORD.findall(key)): pks for key, pks in self.by_key.items()}
        return self._longest(marked, keyed) or self._longest(f" {_bare(text)} ", self.by_fold)

    def told(self, text: str) -> set[int]:
        """The text is a name, or has one or several within."""
        named = self.named(text)
        return {named} if named is not None else self.within(text)

    def _longest(self, text: str, names: Mapping[str, set[int]]) -> set[int]:
        inside = [name for name in names if len(name.split()) >= _SHORTEST and f" {name} " in text]
        kept = [name for name in inside if not any(name != other and f" {name} " in f" {other} " for other in inside)]
        return {pk for name in kept for pk in names[name]}


def _bare(text: str) -> str:
    return " ".join(_WORD.findall(fold(text)))


def lots_of(files: Iterable[tuple[str, ReadList, int | None]], asked: Sequence[Asked]) -> list[Lot]:
    """``files``: name, what was read, and who sent it where that is known; in the order in which they were dropped."""
    matcher = Matcher(asked)
    names = {one.pk: one.name for one in asked}
    lots: list[Lot] = []
    for number, (file_name, found, sender) in enumerate(files):
        for place, sheet in enumerate(found.sheets):
            key = f"{number}-{place}"
            if sheet.rows and sender in names:
                reason, is_example = "Tệp do nơi này gửi về.", _is_example(sheet)
                lots.append(Lot(f"{key}-0", number, file_name, sheet.name, sheet.rows, "", sender, reason, is_example))
            elif sheet.rows:
                lots += _of_sheet(sheet, matcher, names, key, number, file_name)
    return lots


def _of_sheet(
    sheet: ListSheet, matcher: Matcher, names: Mapping[int, str], key: str, number: int, file_name: str
) -> list[Lot]:
    is_example = _is_example(sheet)
    places = {row.place: matcher.named(row.place) for row in sheet.rows}
    if any(places.values()):
        groups: dict[int | str, list[ListRow]] = {}
        for row in sheet.rows:
            groups.setdefault(places[row.place] or name_key(row.place), []).append(row)
        return [
            Lot(
                key=f"{key}-{at}",
                file=number,
                file_name=file_name,
                sheet=sheet.name,
                rows=tuple(rows),
                place=rows[0].place or "(để trống)",
                guess=places[rows[0].place],
                reason=_by_place(places[rows[0].place], rows[0].place, sheet, names),
                is_example=is_example,
            )
            for at, rows in enumerate(groups.values())
        ]
    guess, reason = _by_names(sheet, file_name, matcher, names)
    return [Lot(f"{key}-0", number, file_name, sheet.name, sheet.rows, "", guess, reason, is_example)]


def _is_example(sheet: ListSheet) -> bool:
    return f"{_bare(sheet.name)} ".startswith(_EXAMPLES)


def _by_place(guess: int | None, place: str, sheet: ListSheet, names: Mapping[int, str]) -> str:
    where = "cột ghi nơi gửi" if sheet.has_places else "dòng tên nhóm"
    if guess is None:
        return f"Không rõ «{place}» là nơi nào được yêu cầu." if place else "Các dòng này không ghi nơi gửi."
    return f"Theo {where}: «{place}»." if place != names[guess] else f"Theo {where}."


def _by_names(sheet: ListSheet, file_name: str, matcher: Matcher, names: Mapping[int, str]) -> tuple[int | None, str]:
    """Agreed by whatever says something; the words tell which."""
    stem = file_name.rpartition(".")[0] or file_name
    told = [
        ("tên trang tính", matcher.told(sheet.name)),
        ("dòng trên bảng", _in_titles(matcher, sheet.titles)),
        ("tên tệp", matcher.told(stem)),
    ]
    said = [(where, found) for where, found in told if found]
    chosen = {pk for _, found in said for pk in found}
    if not chosen:
        return None, "Trong tệp không thấy tên nơi nào được yêu cầu."
    if len(chosen) == 1:
        [pk] = chosen
        return pk, f"Theo {' và '.join(where for where, _ in said)}."
    agreed = set.intersection(*(found for _, found in said))
    if len(agreed) == 1:
        return agreed.pop(), f"Theo {' và '.join(where for where, _ in said)}."
    doubts = "; ".join(f"{where}: {_or(found, names)}" for where, found in said)
    return None, f"Chưa rõ của nơi nào ({doubts})."


def _or(found: set[int], names: Mapping[int, str]) -> str:
    return " hoặc ".join(sorted(names[pk] for pk in found))


def _in_titles(matcher: Matcher, titles: Sequence[str]) -> set[int]:
    """«Đơn vị: Thôn Đông», or the name somewhere in a line."""
    return {
        pk for line in titles for pk in matcher.told(line.rpartition(":")[2].strip() or line) or matcher.told(line)
    }
