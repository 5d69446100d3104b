"""A task table that plain text left as lines, one cell below the other, as a grid again.

The heads say which columns there are and in which order; the running numbers say where rows begin. Which lines of a
row belong to which column is weighed: time words are time, bodies are bodies, what stands in many rows is a body,
a line in the midst of a sentence begins no cell.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache

from core.text import fold
from documents.reading.joining import is_compound, join_texts
from documents.reading.markers import is_upper, starts_lower
from documents.reading.paper import BrokenTable
from plans.pasting import Grid, Holds
from plans.pasting.quarters import read_quarter, reads_as_time
from plans.reading.broken_heads import read_heads
from plans.reading.tables import listed

_NUMBER = re.compile(r"(?P<number>\d{1,3})[.)]?(?:\s+(?P<text>\S.*))?")
_GROUP = re.compile(r"(?P<marker>[IVX]{1,5}|[A-HĐ])[.)]?(?:\s+(?P<text>\S.*))?")
_LATE_TIME = re.compile(
    r"\s(?=(?:Quý|QUÝ|Tháng|Trước ngày|Trong năm|Trong quý|Trong tháng|Thường xuyên|Cả năm|Hằng|Hàng|Từ ngày|Từ tháng"
    r"|Chậm nhất|Năm|Cuối|Đầu|Định kỳ)\b)"
)
_BODY = re.compile(
    r"(?:cac|ubnd|hdnd|uy ban|van phong|vp|phong|ban|hoi|doan|cong an|so|thon|truong|tram|hoi dong|cum|khoi|trung tam"
    r"|don vi|co quan|cong chuc|can bo|lanh dao|chu tich|dang uy|mat tran|mttq|lien|hiep hoi|vien|bo|dai|bao"
    r"|thanh vien)\b"
)
_OPEN_END = re.compile(
    r"(?:[,(/&–-]|\b(?:và|của|về|với|các|cho|tại|theo|năm|ngày|tháng|quý|trong|từ|đến))$", re.IGNORECASE
)
_HALF_NAME = re.compile(
    r"(?:^|[,;:] |^- )(?:Hội đồng|Văn phòng|Phòng|Ban|Trung tâm|Hội|Đoàn|Công an|Sở|Trạm|Trường|Ủy ban|Uỷ ban"
    r"|Các|Công chức|Đài)$"
)
"""What names nobody alone."""
_LABELLED = re.compile(r"(?:[-–+] )?(?:Chủ trì|Phối hợp|Cơ quan chủ trì|Đơn vị chủ trì)\s*:", re.IGNORECASE)
_MONTH_ROW = re.compile(r"THÁNG \d{1,2}(?:\s*/\s*\d{4}| NĂM \d{4})?:?")
_EARLY_TIME = re.compile(r"(?<=[\d)IVX]) (?=[A-ZĐ])")
_BETWEEN = re.compile(r"\s+(?=[-–]\s|[A-ZĐ])")
_NAMES = (Holds.LEAD, Holds.SUPPORT)
_MOST_LINES = 60
_LONGEST_NAMES = 160
_LONGEST_RUN = 6
"""Lines of a body's name in a narrow column."""


@dataclass(slots=True)
class _Row:
    number: str = ""
    lines: list[str] = field(default_factory=list)
    group: bool = False


def grid_of_lines(table: BrokenTable, year: int) -> Grid | None:
    """The table; None where its heads or rows cannot be told."""
    lines = [line.text for line in table.lines]
    first = _first_row(lines)
    if first is None:
        return None
    heads = read_heads(lines[:first])
    fields, width = heads.fields, len(heads.fields)
    if Holds.CONTENT not in fields or width < 3:
        return None
    below, repeated = _without_heads(lines[first:], lines[:first])
    rows = _rows(below)
    if sum(not row.group for row in rows) < 1:
        return None
    readers = _popular(rows)
    cells: list[tuple[str, ...]] = list(heads.rows)
    for row in rows:
        if row.group:
            texts = [" ".join(row.lines)]
            cells.append(_padded([row.number, *texts] if row.number else texts, width))
        else:
            cells.append((row.number, *_weighed(row.lines, tuple(fields[1:]), year, readers)))
    # Heads that were printed again on further pages are said to be heads by whoever reads the rows.
    return Grid((*cells, *heads.rows * repeated))


def _padded(texts: Sequence[str], width: int) -> tuple[str, ...]:
    return (*texts, *[""] * (width - len(texts)))


# -- Heads -------------------------------------------------------------------------------------


def _first_row(lines: Sequence[str]) -> int | None:
    for at, line in enumerate(lines[1:20], start=1):
        number = _NUMBER.fullmatch(line)
        if number and int(number["number"]) == 1:
            return at
        group = _GROUP.fullmatch(line)
        if group and group["marker"] in ("I", "A") and (not group["text"] or _is_title(group, "")):
            return at
        if read_quarter(line) or _MONTH_ROW.fullmatch(line):
            return at
    return None


def _without_heads(lines: Sequence[str], heads: Sequence[str]) -> tuple[list[str], int]:
    """The lines without heads repeated on the next page, and how often these were."""
    found: list[str] = []
    at, repeated = 0, 0
    while at < len(lines):
        if list(lines[at : at + len(heads)]) == list(heads):
            at += len(heads)
            repeated += 1
            continue
        found.append(lines[at])
        at += 1
    return found, repeated


# -- Rows --------------------------------------------------------------------------------------


def _rows(lines: Sequence[str]) -> list[_Row]:
    rows: list[_Row] = []
    last = 0
    for at, line in enumerate(lines):
        group = _GROUP.fullmatch(line)
        number = _NUMBER.fullmatch(line)
        if number and _may_begin(number, lines, at, last, behind_group=bool(rows) and rows[-1].group):
            rows.append(_Row(number["number"], [number["text"]] if number["text"] else []))
            last = int(number["number"])
        elif (read_quarter(line) or _MONTH_ROW.fullmatch(line)) and _is_whole_row(lines, at, last):
            rows.append(_Row("", [line], group=True))
        elif group and _is_group(group, lines, at):
            rows.append(_Row(group["marker"], [group["text"]] if group["text"] else [], group=True))
        elif rows:
            rows[-1].lines.append(line)
    return [row for row in rows if row.lines or row.number]


def _may_begin(number: re.Match[str], lines: Sequence[str], at: int, last: int, *, behind_group: bool) -> bool:
    """The next number, one that skips another, or 1 again; a figure that a line merely begins with is none."""
    figure, text = int(number["number"]), number["text"] or ""
    if text[:1].isalpha() and not text[:1].isupper():
        return False
    if figure == last + 1 or (figure == 1 and behind_group):
        return True
    if text or (at and _OPEN_END.search(lines[at - 1])):
        return False
    following = (int(found["number"]) for line in lines[at + 1 :] if (found := _NUMBER.fullmatch(line)))
    below = next(following, None)
    if figure == 1:
        return below == 2 and last > 1
    return figure == last + 2 and below in (None, 1, figure + 1)


def _is_group(group: re.Match[str], lines: Sequence[str], at: int) -> bool:
    """«II» and words in capitals, or a whole line of them, then a row numbered 1 or the next."""
    below = lines[at + 1 : at + 5]
    return _is_title(group, below[0] if below else "") and any(_NUMBER.fullmatch(line) for line in below)


def _is_title(group: re.Match[str], below: str) -> bool:
    words = " ".join(part for part in (group["text"] or "", below) if part)
    is_line = group["marker"][0] in "IVX" and len(group["text"] or "") > 8 and group["text"][0].isupper()
    return is_upper(words) or is_line


def _is_whole_row(lines: Sequence[str], at: int, last: int) -> bool:
    """A quarter that heads rows: the next row's number follows at once, and no row waits for its time."""
    below = lines[at + 1] if at + 1 < len(lines) else ""
    number = _NUMBER.fullmatch(below)
    if not number or int(number["number"]) not in (last + 1, 1):
        return False
    return is_upper(lines[at]) or last == 0


def _popular(rows: Sequence[_Row]) -> Counter[str]:
    """In how many rows each run of lines stands."""
    found: Counter[str] = Counter()
    for row in rows:
        runs = {
            " ".join(row.lines[at:end])
            for at in range(len(row.lines))
            for end in range(at + 1, min(at + _LONGEST_RUN, len(row.lines)) + 1)
        }
        found.update(runs)
    return found


# -- Cells ------------------------------------------------------------------------------------


def _weighed(lines: Sequence[str], fields: tuple[Holds, ...], year: int, popular: Counter[str]) -> tuple[str, ...]:
    """The division of the row's lines among the columns, in their order, that says most."""
    if len(lines) > _MOST_LINES:
        lines = [*lines[: _MOST_LINES - 1], " ".join(lines[_MOST_LINES - 1 :])]
    pieces, glued = _pieces(lines, fields, year, popular)

    @cache
    def best(at: int, column: int) -> tuple[float, tuple[str, ...]]:
        if column == len(fields):
            return (0.0, ()) if at == len(pieces) else (float("-inf"), ())
        choices = []
        ends = (len(pieces),) if column == len(fields) - 1 else range(at, len(pieces) + 1)
        for end in ends:
            after, rest = best(end, column + 1)
            if after == float("-inf"):
                continue
            value = _worth(pieces, at, end, fields[column], year, popular, glued)
            text = _text(pieces, at, end)
            choices.append((value + after, (listed(text) if fields[column] in _NAMES else text, *rest)))
        return max(choices, key=lambda choice: choice[0], default=(float("-inf"), ()))

    return best(0, 0)[1] or _padded([" ".join(lines)], len(fields))


def _pieces(
    lines: Sequence[str], fields: tuple[Holds, ...], year: int, popular: Counter[str]
) -> tuple[tuple[str, ...], frozenset[int]]:
    """Lines, parted where a time stands behind other words («các thôn Quý I/2024»); which of them hang together."""
    pieces: list[str] = []
    glued: set[int] = set()
    for line, after in zip(lines, (*lines[1:], ""), strict=True):
        begun = len(pieces)
        for part in _parted(line, after, popular):
            parts = _LATE_TIME.split(part) if Holds.TIME in fields else [part]
            tail = parts[-1]
            whole = f"{tail} {after}" if re.match(r"\d|[IVX]+/", after) else tail
            is_late = len(parts) > 1 and not starts_lower(tail)
            early = next((at for at in _EARLY_TIME.finditer(part) if reads_as_time(part[: at.start()], year)), None)
            if early and Holds.TIME in fields and not reads_as_time(part, year):
                found = [part[: early.start()], part[early.end() :]]
            elif is_late and (reads_as_time(tail, year) or reads_as_time(whole, year)):
                found = [part[: -len(tail)].strip(), tail]
            else:
                found = [part]
            pieces += found
        glued.update(range(begun + 1, len(pieces)))
    return tuple(pieces), frozenset(glued)


def _parted(line: str, after: str, popular: Counter[str]) -> list[str]:
    """A line on which the copy put two short cells: «UBND xã - Các thôn», «Các thôn Báo cáo»."""
    for found in _BETWEEN.finditer(line):
        left, right = line[: found.start()], line[found.end() :]
        is_known = popular[left] > 0 or popular[f"- {left}"] > 0
        is_name = _names_body(left) and (right.startswith(("- ", "– ")) or is_known)
        if is_name and not is_compound(left, right) and not starts_lower(right):
            return [left, *_parted(right, after, popular)]
    return [line]


def _text(pieces: Sequence[str], at: int, end: int) -> str:
    text = ""
    for piece in pieces[at:end]:
        text = join_texts(text, piece) if text else piece
    return text


def _worth(
    pieces: Sequence[str],
    at: int,
    end: int,
    column: Holds,
    year: int,
    popular: Counter[str],
    glued: frozenset[int],
) -> float:
    if at == end:
        return {Holds.CONTENT: -40.0, Holds.LEAD: -6.0, Holds.SUPPORT: -4.0, Holds.TIME: -4.0}.get(column, 0.0)
    text = _text(pieces, at, end)
    value = _beginning(pieces, at, glued)
    is_time = column is Holds.TIME or len(text) < 60
    reads = is_time and (reads_as_time(text, year) or bool(re.fullmatch(r"\d{4}(\s*-\s*\d{4})?", text)))
    if column is Holds.TIME:
        return value + (12.0 if reads else 2.0 if re.search(r"\d|xuyên|hằng|hàng|năm", text) else -8.0)
    if column is Holds.CONTENT:
        return value + min(6.0, len(text) / 20) - _swallowed(pieces, at, end, popular)
    if column in _NAMES:
        value += 4.0 if _names_body(text) else 0.0
        value -= 6.0 if _HALF_NAME.search(text) else 0.0
        value += 6.0 if _LABELLED.match(text) else 0.0
        value -= _unlike_list(pieces[at:end])
        if end - at > 1 or not pieces[at].startswith(("-", "–")):
            value += min(6.0, 2.0 * (_repeated(pieces, at, end, popular) - 1))
        value -= 8.0 if reads else 0.0
        value -= 4.0 * sum(place in glued for place in range(at + 1, end))
        value -= 5.0 if len(text) > _LONGEST_NAMES else 0.0
        return value - 2.0 * _breaks(pieces, at, end, popular)
    return value - 1.0


def _repeated(pieces: Sequence[str], at: int, end: int, popular: Counter[str]) -> int:
    """In how many rows the run stands as a whole; half of a longer run that does is none."""
    count = popular[" ".join(pieces[at:end])]
    longer = [pieces[at - 1 : end]] if at else []
    longer += [pieces[at : end + 1]] if end < len(pieces) else []
    return 1 if count > 1 and any(popular[" ".join(run)] == count for run in longer) else count


def _names_body(text: str) -> bool:
    return bool(_BODY.match(fold(text[:60].lstrip("-–+ "))))


def _unlike_list(pieces: Sequence[str]) -> float:
    """Names behind dashes are several, and the first has its dash too."""
    dashed = [piece.startswith(("-", "–")) and _names_body(piece) for piece in pieces]
    return 4.0 if any(dashed) and (sum(dashed) == 1 or not dashed[0]) else 0.0


def _beginning(pieces: Sequence[str], at: int, glued: frozenset[int]) -> float:
    """A cell begins with a capital, and not behind words that wait for more."""
    value = -8.0 if starts_lower(pieces[at]) else 1.0
    if at and _OPEN_END.search(pieces[at - 1]):
        value -= 6.0
    if at and (is_compound(pieces[at - 1], pieces[at]) or pieces[at - 1].endswith(";")):
        value -= 6.0
    return value - (2.0 if at in glued else 0.0)


def _swallowed(pieces: Sequence[str], at: int, end: int, popular: Counter[str]) -> float:
    """What lines of a content cost that look like names: behind a dash, or in many rows, more than one body's name."""
    cost = 0.0
    for place in range(at + 1, end):
        if starts_lower(pieces[place]) or _OPEN_END.search(pieces[place - 1]):
            continue
        cost += 8.0 if _LABELLED.match(pieces[place]) else 0.0
        if _names_body(pieces[place]):
            cost += 6.0 if pieces[place].startswith(("-", "–")) else 1.0
        cost += 3.0 if popular[pieces[place]] > 1 else 0.0
    return cost


def _breaks(pieces: Sequence[str], at: int, end: int, popular: Counter[str]) -> int:
    """Lines within that rather look like the next cell."""
    return sum(
        not starts_lower(pieces[place])
        and not _OPEN_END.search(pieces[place - 1])
        and not (pieces[at].startswith(("-", "–")) and pieces[place].startswith(("-", "–")))
        and (popular[pieces[place]] > 1 or _names_body(pieces[place]))
        for place in range(at + 1, end)
    )
