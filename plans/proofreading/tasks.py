"""What is wrong with tasks: a year behind, outside the year or the quarter, twice the same, nobody to do it."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from core.text import fold
from documents.proofreading import Context, Finding, Reading, Severity
from documents.proofreading.findings import at
from documents.proofreading.reading import Line
from documents.times import read_time
from documents.tree import GroupRow, Item, Table
from plans.interchange import PlanData, TaskData
from plans.layouts import Field, fields_of


@dataclass(frozen=True, slots=True)
class TaskLines:
    """A task and where it is printed."""

    task: TaskData
    content: Line
    time: Line | None
    """None where the layout prints no time of its own."""


TaskRule = Callable[[PlanData, Sequence[TaskLines], Context], Iterator[Finding]]


def task_lines(plan: PlanData, reading: Reading) -> tuple[TaskLines, ...]:
    """Each task with its row, or its bullet; those without words are left out."""
    found: list[TaskLines] = []
    columns = _columns(plan)
    rest = list(plan.tasks)
    for path, block in reading.body():
        if isinstance(block, Table) and columns:
            rows = [number for number, row in enumerate(block.rows) if not isinstance(row, GroupRow)]
            for task, row in zip(plan.tasks, rows, strict=False):
                content = reading.by_path.get((*path, "row", row, columns[Field.CONTENT], 0))
                time = reading.by_path.get((*path, "row", row, columns.get(Field.TIME, -1), 0))
                if content:
                    found.append(TaskLines(task, content, time))
        elif isinstance(block, Item) and not columns and rest and block.text.startswith(rest[0].content):
            found.append(TaskLines(rest.pop(0), reading.by_path[path], None))
    return tuple(found)


def _columns(plan: PlanData) -> dict[Field, int]:
    """Which column holds what; empty for bullets, and where no column is for the content."""
    table = plan.appendix.table if plan.table is None and plan.appendix else plan.table
    if table is None or not table.layout.is_table:
        return {}
    columns = {field: number for number, fields in enumerate(fields_of(table.columns)) for field in fields}
    return columns if Field.CONTENT in columns else {}


# -- Years -----------------------------------------------------------------------------------

_NAMED = re.compile(r"\bnăm\s+(?P<year>20\d{2})(?!\d|\s?[-–]\s?\d)", re.IGNORECASE)
_SCHOOL = re.compile(r"năm\s+học\s*$|niên\s+độ\s*$", re.IGNORECASE)
_COMPARED = re.compile(r"(?:so\s+với|cùng\s+kỳ|từ|kể\s+từ|đến|của|giai\s+đoạn)\s*$", re.IGNORECASE)
_OVER = re.compile(
    r"\b(?:tổng\s+kết|bình\s+xét|bình\s+bầu|chấm\s+điểm|xét\s+(?:tặng|khen|danh|thi)|đánh\s+giá|báo\s+cáo|hướng\s+dẫn|"
    r"tổng\s+hợp|suy\s+tôn|khen\s+thưởng|công\s+nhận|xếp\s+loại|phát\s+động|đăng\s+ký|hồ\s+sơ)\b",
    re.IGNORECASE,
)
_COMING = re.compile(
    r"(?:phương\s+hướng|triển\s+khai)[^,;.]{0,40}?nhiệm\s+vụ[^,;.]{0,40}?$|"
    r"(?:ban\s+hành|xây\s+dựng)\s+kế\s+hoạch\s+công\s+tác[^;.]{0,60}?$|giao\s+ước\s+thi\s+đua[^,;.]{0,20}?$",
    re.IGNORECASE,
)
_LAUNCHED = re.compile(
    r"\b(?:phát\s+động|giao\s+ước|đăng\s+ký\s+(?:các\s+)?(?:chỉ\s+tiêu\s+)?(?:thi\s+đua|danh\s+hiệu)|(?:ban\s+hành|xây\s+dựng)\s+kế\s+hoạch|triển\s+khai\s+(?:kế\s+hoạch|nhiệm\s+vụ))\b"
    r"(?:(?!\b(?:tổng\s+kết|sơ\s+kết|đánh\s+giá|kết\s+quả|khen\s+thưởng|báo\s+cáo|năm\s+20)\b)[^;.]){0,80}$",
    re.IGNORECASE,
)
"""What begins in the course of a year is for that year."""
_HALF = re.compile(r"(?:6|06|sáu)\s+tháng\s+(?:đầu|cuối)\s*$|quý\s+(?:I{1,3}|IV)\s*[/,]?\s*$", re.IGNORECASE)
_SUMMED_UP = re.compile(r"\b(?:báo\s+cáo|hội\s+nghị|họp)\s+tổng\s+kết\b(?:(?!\bnăm\s+20)[^,;.])*$", re.IGNORECASE)


def years_behind(plan: PlanData, lines: Sequence[TaskLines], context: Context) -> Iterator[Finding]:
    """``Báo cáo tổng kết năm 2025, phương hướng năm 2026`` in the last quarter of 2026: both a year behind."""
    for one in lines:
        line = one.content
        for match in _NAMED.finditer(line.text):
            before, year = line.text[: match.start()], int(match["year"])
            if _SCHOOL.search(before) or _COMPARED.search(before) or line.is_cited(*match.span()):
                continue
            wanted, severity = _wanted(plan, one.task, before, line.text, year)
            if wanted != year:
                message = f"Nhiệm vụ {_when(one.task)} năm {plan.year} lại ghi năm {year}."
                new = str(wanted)
                yield at(line, "task.year", match.span("year"), message, new=new, severity=severity)


def _wanted(plan: PlanData, task: TaskData, before: str, whole: str, year: int) -> tuple[int, Severity]:
    """The year that the words mean; the printed one where nothing speaks against it."""
    is_over, season = bool(_OVER.search(whole)), _season(plan, task)
    if _HALF.search(before) and year == plan.year - 1 and season in (2, 3):
        return plan.year, Severity.SHOULD
    if season in (1, 2, 3) and year == plan.year - 1 and _LAUNCHED.search(before):
        return plan.year, Severity.SHOULD
    if season == 4 and _COMING.search(before) and year == plan.year:
        return plan.year + 1, Severity.SHOULD
    if season == 4 and is_over and year == plan.year - 1:
        return plan.year, Severity.MUST
    if season == 4 and year == plan.year - 2:
        return plan.year, Severity.SHOULD
    if season == 1 and is_over and year == plan.year - 2:
        return plan.year - 1, Severity.LOOK
    if season == 1 and year == plan.year and _SUMMED_UP.search(before):
        return plan.year - 1, Severity.LOOK
    return year, Severity.LOOK


def _season(plan: PlanData, task: TaskData) -> int:
    """The quarter of the plan's year in which the task is done; 0 where that is not known, 5 beyond the year."""
    due, start = task.due, task.start
    if due and due.year > plan.year:
        return 5
    if task.quarter:
        return task.quarter
    if due is None or due.year != plan.year or task.is_ongoing:
        return 0
    if start and (start.month - 1) // 3 != (due.month - 1) // 3:
        return 0
    return (due.month - 1) // 3 + 1


def _when(task: TaskData) -> str:
    names = {1: "quý I", 2: "quý II", 3: "quý III", 4: "quý IV"}
    if task.quarter:
        return names[task.quarter]
    return f"tháng {task.due.month}" if task.due else "trong"


# -- Time ------------------------------------------------------------------------------------

_LATEST_MONTH = 6
"""Of the year after the plan's: until then a year's work is closed."""
_EARLIEST_MONTH = 9
"""Of the year before: earlier nothing of a plan begins."""
_QUARTERS = {1: (1, 3), 2: (4, 6), 3: (7, 9), 4: (10, 12)}


def time(plan: PlanData, lines: Sequence[TaskLines], context: Context) -> Iterator[Finding]:
    """Outside the plan's year, past when the paper was issued, in another quarter than its heading says."""
    for one in lines:
        task, line = one.task, one.time or one.content
        days = [day for day in (task.start, task.due) if day]
        span = (0, len(line.text)) if one.time else _words_span(line)
        if days and (problem := _outside(plan.year, task, context)):
            yield at(line, "task.outside_year", span, problem)
        elif task.quarter and days and not task.is_ongoing and not _touches(plan.year, task):
            first = f"{task.due or task.start:%d/%m/%Y}"
            message = f"Nhiệm vụ xếp ở {_when(task)} nhưng thời gian là {first}."
            yield at(line, "task.quarter", span, message)
        elif task.time_text and one.time and not days:
            reading = read_time(task.time_text, plan.year, issued=context.date.exact, quarter=task.quarter)
            if reading.problem and not reading.ongoing and not reading.recurrence:
                yield at(line, "task.time", span, reading.problem, severity=Severity.LOOK)


def _outside(year: int, task: TaskData, context: Context) -> str:
    due, start = task.due, task.start or task.due
    if due and context.earliest and due < context.earliest:
        return f"Hạn {due:%d/%m/%Y} đã qua khi văn bản này được ban hành."
    if due and (due.year < year - 1 or (due.year == year - 1 and due.month < _EARLIEST_MONTH)):
        return f"Hạn {due:%d/%m/%Y} ở trước năm {year} của kế hoạch."
    if start and start > dt.date(year + 1, _LATEST_MONTH, 30):
        return f"Thời gian {start:%d/%m/%Y} ở sau năm {year} của kế hoạch."
    return ""


def _touches(year: int, task: TaskData) -> bool:
    """The task's days and its quarter have a day in common, in whichever year."""
    first, last = _QUARTERS[task.quarter or 1]
    start, due = task.start or task.due, task.due or task.start
    if start is None or due is None:
        return True
    months = {
        (start.month + step - 1) % 12 + 1 for step in range((due.year - start.year) * 12 + due.month - start.month + 1)
    }
    return any(first <= month <= last for month in months)


def _words_span(line: Line) -> tuple[int, int]:
    return line.after_marker, len(line.text)


# -- The same task twice, nobody, no time ---------------------------------------------------------


def twice(plan: PlanData, lines: Sequence[TaskLines], context: Context) -> Iterator[Finding]:
    """The same words for the same time: a task of every quarter comes back in each."""
    seen: dict[tuple[str, ...], int] = {}
    for number, one in enumerate(lines, start=1):
        words = " ".join(re.findall(r"\w+", fold(one.task.content)))
        key = (words, str(one.task.quarter), fold(one.task.time_text))
        if key in seen:
            message = f"Nhiệm vụ này trùng với nhiệm vụ ở dòng {seen[key]}."
            yield at(one.content, "task.twice", _words_span(one.content), message)
        seen.setdefault(key, number)


def nobody(plan: PlanData, lines: Sequence[TaskLines], context: Context) -> Iterator[Finding]:
    """No lead where the table has a column for it and others have one; no time likewise."""
    columns = _columns(plan)
    led = sum(bool(one.task.lead) for one in lines)
    timed = sum(bool(one.task.time_text or one.task.due) for one in lines)
    for one in lines:
        if Field.LEAD in columns and not one.task.lead and 2 * led >= len(lines):
            message = "Nhiệm vụ này chưa có đơn vị chủ trì."
            yield at(one.content, "task.lead", _words_span(one.content), message)
        if Field.TIME in columns and not one.task.time_text and not one.task.quarter and 2 * timed >= len(lines):
            message = "Nhiệm vụ này chưa có thời gian thực hiện."
            yield at(one.content, "task.no_time", _words_span(one.content), message)


RULES: tuple[TaskRule, ...] = (years_behind, time, twice, nobody)
