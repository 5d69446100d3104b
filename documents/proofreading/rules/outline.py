"""The outline's numbers: none missing, none twice, none astray; the numbers of a table's rows likewise."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from documents.proofreading.findings import Finding, at
from documents.proofreading.reading import Line, Reading, Role
from documents.tree import Article, GroupRow, Heading, Item, Table

_POINTS = "abcdđeghiklmnopqrstuvxy"  # Decree 30: no f, j, w, z
_ROMANS = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII", "XIII", "XIV", "XV")
_FORM = re.compile(
    r"(?:(?P<article>Điều )(?P<article_number>\d{1,3})(?P<dot>\.)"
    r"|(?P<upper>[A-ZĐ])(?P<upper_end>[.)])"
    r"|(?P<prefix>(?:\d{1,3}\.)+)?(?P<number>\d{1,3})(?P<end>[.)/]?)"
    r"|(?P<point>[a-zđ])(?P<point_end>[.)]))"
)


@dataclass(frozen=True, slots=True)
class _Mark:
    """A marker as a place in a series."""

    series: str
    """``1.``, ``2.1.``, ``a)``: what it looks like, with the numbers above it."""
    depth: int
    number: int

    def printed(self, number: int) -> str:
        head, _, tail = self.series.partition("#")
        if tail.startswith("a"):
            return f"{_POINTS[number - 1]}{tail[1:]}" if number <= len(_POINTS) else ""
        if tail.startswith("I"):
            return f"{_ROMANS[number - 1]}{tail[1:]}" if number <= len(_ROMANS) else ""
        if tail.startswith("A"):
            return f"{chr(ord('A') + number - 1)}{tail[1:]}"
        return f"{head}{number}{tail[1:]}"


def _mark(marker: str) -> _Mark | None:
    bare = marker.strip()
    roman = bare.rstrip(".")
    if roman in _ROMANS and bare.endswith("."):
        return _Mark("#I.", 1, _ROMANS.index(roman) + 1)
    match = _FORM.fullmatch(bare)
    if not match:
        return None
    if match["article"]:
        return _Mark("Điều #1.", 2, int(match["article_number"]))
    if match["upper"]:
        return _Mark(f"#A{match['upper_end']}", 0, ord(match["upper"]) - ord("A") + 1)
    if match["point"]:
        found = _POINTS.find(match["point"])
        return _Mark(f"#a{match['point_end']}", 7, found + 1) if found >= 0 else None
    prefix = match["prefix"] or ""
    return _Mark(f"{prefix}#1{match['end']}", 3 + prefix.count(".") + (match["end"] == ")"), int(match["number"]))


@dataclass
class _Series:
    """The numbers seen last, by depth."""

    last: dict[int, tuple[str, int]] = field(default_factory=dict)
    has_gap: bool = False
    """Something without a number stood between: a list may begin anew."""

    def problem(self, mark: _Mark) -> str:
        """``missing``, ``again`` or empty."""
        series, before = self.last.get(mark.depth, (mark.series, 0))
        self.last = {depth: seen for depth, seen in self.last.items() if depth < mark.depth}
        self.last[mark.depth] = (mark.series, mark.number)
        if series != mark.series:
            before = 0
        if mark.number == before + 1:
            return ""
        if mark.number == 1:
            return "" if self.has_gap else "again"
        if mark.number <= before:
            return "again"
        return "missing"


def markers(reading: Reading) -> Iterator[Finding]:
    series = _Series()
    parents: dict[int, str] = {}
    for path, block in reading.body():
        if path[0] == "appendices" and path[-1] == 0:
            series = _Series()
        mark = _mark(block.marker) if isinstance(block, Heading | Item | Article) else None
        if mark is None:
            series.has_gap = True
            continue
        line = reading.by_path.get(path)
        if line is None:
            continue
        before = series.last.get(mark.depth, ("", 0))
        problem = series.problem(mark)
        series.has_gap = False
        yield from _astray(line, mark, parents)
        parents[mark.depth] = str(mark.number)
        if problem:
            yield from _misnumbered(line, mark, problem, before)


def _misnumbered(line: Line, mark: _Mark, problem: str, before: tuple[str, int]) -> Iterator[Finding]:
    marker = line.text[: line.after_marker].strip() or line.text
    wanted = before[1] + 1 if before[0] == mark.series else 1
    new = mark.printed(wanted)
    if not new or new == marker:
        return
    if problem == "again":
        message = f"Số mục «{marker}» bị trùng hoặc lùi lại; tiếp theo phải là «{new}»."
    elif wanted == 1:
        message = f"Danh sách này bắt đầu từ «{marker}», thiếu «{new}»."
    else:
        message = f"Trước «{marker}» thiếu mục «{new}»."
    yield at(line, "outline.number", (0, len(marker)), message, new=new)


def _astray(line: Line, mark: _Mark, parents: dict[int, str]) -> Iterator[Finding]:
    """``3.1.`` under ``2.``"""
    prefix = mark.series.partition("#")[0]
    if not prefix or not prefix[0].isdigit():
        return
    above = prefix.rstrip(".").split(".")
    parent = parents.get(2 + len(above))
    if len(above) == 1 and parent is not None and parent != above[0]:
        marker = line.text[: line.after_marker].strip()
        message = f"Mục «{marker}» lại nằm dưới mục {parent}."
        yield at(line, "outline.number", (0, len(marker)), message, new=f"{parent}{marker[len(above[0]) :]}")


_NUMBER_HEAD = re.compile(r"(?:s?tt|số\s+tt|số\s+thứ\s+tự)\.?", re.IGNORECASE)


def rows(reading: Reading) -> Iterator[Finding]:
    """Rows count on through the table, or anew from 1 where a group begins."""
    for path, block in reading.body():
        if (
            not isinstance(block, Table)
            or not block.columns
            or not _NUMBER_HEAD.fullmatch(block.columns[0].head.strip())
        ):
            continue
        last = 0
        for position, row in enumerate(block.rows):
            if isinstance(row, GroupRow):
                continue
            said = row.cells[0][0].strip().rstrip(".") if row.cells[0] else ""
            line = reading.by_path.get((*path, "row", position, 0, 0))
            if not said.isdigit() or line is None:
                continue  # «I», or nothing: what a group is called
            number = int(said)
            if number != last + 1 and number != 1:
                problem = "bị trùng" if number <= last else "bị nhảy"
                message = f"Số thứ tự {problem}: sau {last} phải là {last + 1}."
                yield at(line, "outline.row", (0, len(line.text)), message, new=str(last + 1))
            last = number


def repeated_headings(reading: Reading) -> Iterator[Finding]:
    seen: set[str] = set()
    for line in reading.of(Role.HEADING):
        words = " ".join(word.low for word in line.words if word.start >= line.after_marker)
        if words and words in seen:
            message = "Đề mục này đã có ở trên."
            yield at(line, "outline.heading", (line.after_marker, len(line.text)), message)
        seen.add(words)


RULES = (markers, rows, repeated_headings)
