"""A table of a paper as the grid that ``plans.pasting`` reads, and what came of it as tasks of a plan."""

from __future__ import annotations

import datetime as dt
import itertools
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from core.text import fold
from documents.reading.conservation import weigh, words_of
from documents.reading.markers import entry_of, starts_lower
from documents.reading.paper import Unsure
from documents.reading.source import SourceCell, SourceLine, SourceTable
from documents.times import read_time
from plans.interchange import Table, TaskData
from plans.layouts import Layout
from plans.pasting import Grid, Holds, Left, Pasted, PastedRow, Sure, UnfitPaste, recognise
from plans.pasting.grid import MOST_COLUMNS, MOST_ROWS, clean_cell
from plans.pasting.quarters import read_quarter

_NO_ROOM = "Dòng tên nhóm trong bảng; mẫu kế hoạch không có chỗ cho dòng này."
_LABELS = frozenset(
    [
        "chủ",
        "trì",
        "phụ",
        "trách",
        "phối",
        "hợp",
        "thực",
        "hiện",
        "cơ",
        "quan",
        "đơn",
        "vị",
        "bộ",
        "phận",
        "các",
        "cán",
        "bộ",
        "người",
        "ct",
        "ph",
        "với",
        "cùng",
    ]
)
_MOST_PRINTED = 6
"""Columns that a layout of ``tdkt-plan/1`` has at most."""
_NARROW = frozenset("ijltfrIíìỉĩịĪ .,;:'()[]-/|")
_BODY = re.compile(
    r"(?:Các|UBND|HĐND|UBMT|MTTQ|Ủy ban|Uỷ ban|Văn phòng|VP|Phòng|Ban|Hội|Đoàn|Công an|Công chức|Cán bộ|Sở"
    r"|Thôn|Trường|Trạm|Cụm|Khối|Trung tâm|Đơn vị|Cơ quan|Lãnh đạo|Chủ tịch|Phó|Đảng ủy|Mặt trận|Liên|Trưởng|Tổ|Đài"
    r"|Báo|Thành viên|Thường trực|Ủy viên|Thư ký|Bộ phận|Hiệp hội|Viện|Chi cục|Toàn thể|Người)\b"
)
_LISTED = re.compile(rf"(?<!^)\s+[-–]\s+(?={_BODY.pattern})")
"""Where a list of names was put on one line: a dash before what begins another body; «Văn phòng - Thống kê» is one."""
_OPEN_END = (",", "-", "–", "/", "(", " và", " của", " các", " với", " cho")


@dataclass(frozen=True, slots=True)
class TasksRead:
    table: Table
    tasks: tuple[TaskData, ...]
    said_otherwise: tuple[str, ...]
    """Words of the table that say something without standing in a task: quarters, repeated heads, numbering."""
    unsure: tuple[Unsure, ...]


def grid_of(table: SourceTable) -> Grid:
    """Cells where they stand; what a merged cell covers is blank and says whose it is."""
    placed: dict[tuple[int, int], SourceCell] = {}
    merged: dict[tuple[int, int], tuple[int, int]] = {}
    for row, cells in enumerate(table.rows[:MOST_ROWS]):
        column = 0
        for cell in cells:
            while (row, column) in placed or (row, column) in merged:
                column += 1
            if column >= MOST_COLUMNS:
                break
            placed[row, column] = cell
            for below in range(max(1, cell.spans_rows)):
                for right in range(max(1, cell.spans_columns)):
                    if (below or right) and column + right < MOST_COLUMNS:
                        merged[row + below, column + right] = (row, column)
            column += max(1, cell.spans_columns)
    height = min(len(table.rows), MOST_ROWS)
    width = 1 + max((column for _, column in (*placed, *merged)), default=-1)
    widths = _widths(placed, width)
    texts = [
        tuple(_cell_text(placed.get((row, column)), widths[column]) for column in range(width))
        for row in range(height)
    ]
    return Grid(tuple(texts), {place: origin for place, origin in merged.items() if place[0] < height})


def _widths(placed: dict[tuple[int, int], SourceCell], width: int) -> list[float]:
    """How broad the broadest line of each column is printed."""
    widths = [0.0] * width
    for (_, column), cell in placed.items():
        if cell.spans_columns == 1:
            widths[column] = max([widths[column], *(_breadth(line.text) for line in cell.lines)])
    return widths


def _breadth(text: str) -> float:
    """In the widths of a serif typeface, roughly: capitals are half as broad again as small letters."""
    return sum(0.28 if one in _NARROW else 0.7 if one.isupper() or one in "mw" else 0.48 for one in text)


def _cell_text(cell: SourceCell | None, width: float) -> str:
    """The cell's own lines; those that a narrow column merely broke are one."""
    if cell is None or not cell.lines:
        return ""
    lines = cell.lines
    if len(lines) == 1:
        return clean_cell(listed(lines[0].text))
    is_list = lines[0].text.startswith(("-", "–"))
    text = lines[0].text
    for above, line in itertools.pairwise(lines):
        if not _is_broken(above, line, width, is_list=is_list):
            text += f"\n{line.text}"
        else:
            text += line.text if text.endswith("/") or _is_cut(above.text, line.text) else f" {line.text}"
    return clean_cell(text)


def listed(text: str) -> str:
    """Names behind dashes that were put on one line, each on its own again."""
    return _LISTED.sub("\n- ", text) if text.startswith(("- ", "– ")) else text


def _is_cut(above: str, below: str) -> bool:
    return above[-1:] in "-–" and above[-2:-1].isalnum() and (below[:1].isupper() or below[:1].isdigit())


def _is_broken(above: SourceLine, line: SourceLine, width: float, *, is_list: bool) -> bool:
    if above.is_whole or line.is_whole:
        return False
    entry = entry_of(line.text)
    if entry is not None:
        # «Hội đồng Thi đua» and «- Khen thưởng xã» below it are one name.
        goes_on = entry.marker in "-–" and not _BODY.match(entry.text) and not above.text.endswith((";", ".", ":"))
        return goes_on and (is_list or _is_full(above, entry.marker, width))
    if starts_lower(line.text) or above.text.endswith(_OPEN_END):
        return True
    if above.text.endswith((";", ".")):
        return False
    return is_list or _is_full(above, line.text, width)


def _is_full(above: SourceLine, below: str, width: float) -> bool:
    """The next word would not have fitted behind the words above."""
    return _breadth(f"{above.text} {below.split(' ', 1)[0]}") > 0.97 * width


# -- Tasks --------------------------------------------------------------------------------------


def paste_of(grid: Grid, year: int, quarter: int | None = None) -> Pasted | None:
    """The grid read as tasks; None where it is no table of tasks. ``quarter``: what stands above the table names."""
    if grid.width < 2 or not grid.rows:
        return None
    try:
        pasted = recognise(grid, year, quarter)
        fields = [column.field for column in pasted.columns]
        lost = [at for at, column in enumerate(pasted.columns) if column.field is Holds.IGNORED and _says(pasted, at)]
        if lost and Holds.CONTENT in fields:
            pasted = pasted.retake([Holds.NOTE if at in lost else field for at, field in enumerate(fields)])
    except UnfitPaste:
        return None
    certain = {column.field for column in pasted.columns if column.head and column.sure is not Sure.GUESS}
    has_who_or_when = certain & {Holds.LEAD, Holds.SUPPORT, Holds.TIME}
    return pasted if Holds.CONTENT in certain and has_who_or_when and pasted.rows else None


def _says(pasted: Pasted, column: int) -> bool:
    head = pasted.head
    below = head.row + head.height if head else 0
    return any(row[column] for row in pasted.grid.rows[below:])


def tasks_of(pasted: Pasted, issued: dt.date | None, *, first: int = 0) -> TasksRead:
    """``first``: how many tasks stand before these."""
    unsure: list[Unsure] = []
    rows, headings = _without_headings(pasted.rows)
    unsure += [Unsure("tasks", _NO_ROOM, text=f"{row.number} {row.content}") for row in headings]
    tasks = [_task(row, pasted.year, issued, first + at, unsure) for at, row in enumerate(rows)]
    numbers = [row.number for row in rows if row.number and not row.number.isdecimal()]
    if numbers:
        why = "Số thứ tự này không phải số nguyên nên không giữ được trong bảng."
        unsure.append(Unsure("tasks", why, text=", ".join(numbers)))
    said = [*_quarter_cells(pasted), *_labels(pasted), *_broken_number_heads(pasted)]
    by_quarter = _has_quarter_groups(pasted) or any(column.field is Holds.QUARTER for column in pasted.columns)
    columns = _columns(pasted, unsure)
    layout = Layout(f"quarters-{len(columns)}col" if by_quarter else f"columns-{len(columns)}")
    heads = list(columns)
    for left in pasted.leftovers:
        if left.kind is Left.HEAD and (head := " ".join(left.text.split())) in heads:
            heads.remove(head)
        elif left.kind is Left.HEAD or (left.kind is Left.GROUP and _says_when(left.why)):
            said.append(left.text)
        elif left.kind is Left.GROUP:
            unsure.append(Unsure("tasks", _NO_ROOM, text=left.text))
        else:
            unsure.append(Unsure("tasks", left.why, text=left.text))
    return TasksRead(Table(layout, columns), tuple(tasks), tuple(said), tuple(_grouped(unsure)))


def _without_headings(rows: Sequence[PastedRow]) -> tuple[list[PastedRow], list[PastedRow]]:
    """«1 | Công tác tuyên truyền» and nothing else, above rows numbered 1.1, 1.2, is no task."""
    tasks: list[PastedRow] = []
    heads: list[PastedRow] = []
    for row, below in itertools.zip_longest(rows, rows[1:]):
        is_bare = not (row.lead or row.support or row.note) and bool(row.number)
        is_head = is_bare and below is not None and below.number.startswith(f"{row.number}.")
        (heads if is_head else tasks).append(row)
    return tasks, heads


def _grouped(unsure: Sequence[Unsure]) -> list[Unsure]:
    """Cells of one kind that have no place are said once."""
    found: dict[tuple[str, str], Unsure] = {}
    for one in unsure:
        key = (one.path, one.why)
        before = found.get(key)
        text = f"{before.text} | {one.text}" if before and one.text else one.text
        found[key] = Unsure(one.path, one.why, one.inferred, text)
    return list(found.values())


def _quarter_cells(pasted: Pasted) -> list[str]:
    """A column «Quý» becomes rows «QUÝ I»: its words are the tasks' quarters."""
    below = pasted.head.row + pasted.head.height if pasted.head else 0
    columns = [at for at, column in enumerate(pasted.columns) if column.field is Holds.QUARTER]
    return [row[at] for at in columns for row in pasted.grid.rows[below:] if read_quarter(row[at], bare=True)]


def _labels(pasted: Pasted) -> Iterator[str]:
    """What a row's cells say of names («Chủ trì: …; phối hợp: …»), or say twice: the names stand in their fields."""
    quarters = {at for at, column in enumerate(pasted.columns) if column.field is Holds.QUARTER}
    for row in pasted.rows:
        cells = [cell for at in row.rows for place, cell in enumerate(pasted.grid.rows[at]) if place not in quarters]
        kept = [row.number, row.content, *row.lead, *row.support, row.time_text, row.note]
        lost = weigh(cells, kept).lost
        known = {word.casefold() for text in kept for word in words_of(text)} | _LABELS
        if lost and all(word.casefold() in known for word in lost):
            yield " ".join(lost)


def _says_when(why: str) -> bool:
    """The row's words are in the tasks below it, as their quarter or their time."""
    return "thuộc quý" in why or "làm vào" in why


def _has_quarter_groups(pasted: Pasted) -> bool:
    return any("thuộc quý" in left.why for left in pasted.leftovers if left.kind is Left.GROUP)


def _task(row: PastedRow, year: int, issued: dt.date | None, at: int, unsure: list[Unsure]) -> TaskData:
    reading = read_time(row.time_text, year, issued=issued, quarter=row.quarter)
    start, due = reading.start, reading.due
    if start and due and due < start:
        start = due = None
    if row.time_text and (reading.problem or not (reading.start or reading.due or reading.recurrence)):
        why = reading.problem or "Thời gian này không chỉ ra ngày nào; hãy xem lại."
        unsure.append(Unsure(f"tasks[{at}].time_text", why, text=row.time_text))
    return TaskData(
        number=int(row.number) if row.number.isdecimal() and len(row.number) < 6 else None,
        quarter=row.quarter,
        content=row.content,
        lead=row.lead,
        support=row.support,
        time_text=row.time_text,
        start=start,
        due=due,
        note=row.note,
        is_ongoing=reading.ongoing,
    )


def _broken_number_heads(pasted: Pasted) -> list[str]:
    """«ST T», as a narrow column breaks «STT»."""
    numbers = [at for at, column in enumerate(pasted.columns) if column.field is Holds.NUMBER]
    return [text for at in numbers if (text := _head_text(pasted, at)) != _whole_number_head(text)]


def _whole_number_head(text: str) -> str:
    bare = text.replace(" ", "")
    return bare if bare.casefold() in ("tt", "stt") else text


def _columns(pasted: Pasted, unsure: list[Unsure]) -> tuple[str, ...]:
    """Heads as printed, six at most: columns of notes share one."""
    kept: list[tuple[Holds, str]] = []
    for at, column in enumerate(pasted.columns):
        text = _head_text(pasted, at)
        text = _whole_number_head(text) if column.field is Holds.NUMBER else text
        if (not text and not _says(pasted, at)) or column.field is Holds.QUARTER:
            continue
        if column.sure is Sure.GUESS or (not text and column.sure is not Sure.CERTAIN):
            unsure.append(Unsure("tasks", f"Cột «{text}»: {column.why}" if text else column.why, inferred=True))
        kept.append((column.field, text))
    while len(kept) > _MOST_PRINTED:
        notes = [at for at, (field, _) in enumerate(kept) if field in (Holds.NOTE, Holds.IGNORED)]
        first, second = notes[-2:] if len(notes) > 1 else (len(kept) - 2, len(kept) - 1)
        joined = ", ".join(text for text in (kept[first][1], kept[second][1]) if text)
        kept[first] = (kept[first][0], joined)
        del kept[second]
        unsure.append(Unsure("tasks", f"Bảng có quá {_MOST_PRINTED} cột; đã gộp thành cột «{joined}».", inferred=True))
    return tuple(text for _, text in kept)


def _head_text(pasted: Pasted, column: int) -> str:
    """Of a head over two rows the lower, which says what the column is."""
    head = pasted.head
    if head is None:
        return pasted.columns[column].head
    for row in range(head.row + head.height - 1, head.row - 1, -1):
        text = " ".join(pasted.grid.rows[row][column].split())
        if text and any(fold(text) in fold(said) for said in head.texts):
            return text
    return pasted.columns[column].head
