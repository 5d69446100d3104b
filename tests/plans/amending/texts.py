"""Texts of plans in few words, and every way in which an officer may change one."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from hypothesis import strategies as st

from documents.outline import read_body
from plans.amending.texts import Origins, SectionText, Text
from plans.interchange import Heading, Table, TaskData
from plans.layouts import DEFAULT_COLUMNS, parse_layout

QUARTERS = Table(parse_layout("quarters-3col"), DEFAULT_COLUMNS["quarters-3col"])
COLUMNS = Table(parse_layout("columns-5"), DEFAULT_COLUMNS["columns-5"])


def section(line: str, *lines: str, level: int = 1) -> SectionText:
    """``section("II. NỘI DUNG", "1. …", "- …")``; without a heading: ``section("", …)``."""
    marker, _, words = line.partition(" ")
    return SectionText(Heading(marker, words, level) if line else None, read_body("\n".join(lines)))


def task(content: str, number: int | None = None, quarter: int | None = None, **more: Any) -> TaskData:
    values = {"lead": (), "support": (), "time_text": "", "note": ""} | more
    return TaskData(number=number, quarter=quarter, content=content, start=None, due=None, is_ongoing=False, **values)


def numbered(*contents: str, **more: Any) -> tuple[TaskData, ...]:
    return tuple(task(content, number, **more) for number, content in enumerate(contents, start=1))


def unchanged(text: Text) -> Origins:
    return Origins(tuple(range(len(text.sections))), tuple(range(len(text.tasks))))


# -- Made up -----------------------------------------------------------------------------

_words = st.sampled_from(["Phát động", "Sơ kết", "Tổng kết", "Kiểm tra", "Khen thưởng", "Tuyên truyền"])
_lines = st.lists(
    st.builds(
        "{} {}".format,
        st.sampled_from(["1.", "2.", "3.", "4.", "a)", "b)", "-", "+", "Điều 1.", "1.1.", "Các"]),
        _words,
    )
    | st.just("[Bảng nhiệm vụ]"),
    max_size=6,
)
_headings = st.none() | st.builds(
    Heading, st.sampled_from(["I.", "II.", "III.", "1.", "a)", "", "Điều 2."]), _words, st.integers(1, 3)
)
sections = st.builds(SectionText, _headings.filter(bool), _lines.map(lambda lines: read_body("\n".join(lines))))
tasks = st.builds(
    task,
    _words,
    st.none() | st.integers(1, 6),
    st.none() | st.integers(1, 4),
    lead=st.lists(_words, max_size=2).map(tuple),
    time_text=st.sampled_from(["", "Quý I", "Tháng 5"]),
    note=st.sampled_from(["", "Theo kế hoạch tỉnh"]),
)
tables = st.sampled_from([None, QUARTERS, COLUMNS])
texts = st.builds(
    Text, st.lists(sections, max_size=5).map(tuple), st.lists(tasks, max_size=6).map(tuple), tables, st.none()
)


@st.composite
def amended(draw: st.DrawFn) -> tuple[Text, Text, Origins]:
    """An old text, a new one, and whence each row of it comes: kept, reworded, moved, or new."""
    old = draw(texts)
    section_places, new_sections = draw(_rows(old.sections, sections))
    task_places, new_tasks = draw(_rows(old.tasks, tasks))
    if draw(st.booleans()):
        new_tasks = [replace(one, number=number) for number, one in enumerate(new_tasks, start=1)]
    new = Text(tuple(new_sections), tuple(new_tasks), draw(tables), None)
    return old, new, Origins(tuple(section_places), tuple(task_places))


@st.composite
def _rows(draw: st.DrawFn, old: tuple[Any, ...], fresh: st.SearchStrategy[Any]) -> tuple[list[int | None], list[Any]]:
    kept = draw(st.lists(st.sampled_from(range(len(old))), unique=True)) if old else []
    places: list[int | None] = [*(sorted(kept) if draw(st.booleans()) else kept)]
    for _ in range(draw(st.integers(0, 2))):
        places.insert(draw(st.integers(0, len(places))), None)
    rows = [draw(fresh) if at is None or draw(st.booleans()) else old[at] for at in places]
    return places, rows
