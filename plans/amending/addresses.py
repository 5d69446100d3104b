"""How a paper cites its places: «khoản 3 Mục II», «nhiệm vụ số 5, Quý II».

Phần, Chương, Mục, Điều with a capital, khoản and điểm without: Decree 30/2020, Phụ lục II, V.7.
"""

from __future__ import annotations

import re
from collections import Counter

from documents.dates import ROMAN
from plans.amending.texts import Text, holds_tasks
from plans.interchange import Heading, Table, TaskData
from plans.layouts import Field, fields_of

_ARTICLE = re.compile(r"(Điều \d+)\.?")
_LARGE = re.compile(r"([IVX]+|[A-ZĐ])\.?")
_NUMBER = re.compile(r"\(?(\d+(?:\.\d+)*)[.)]?")
_LETTER = re.compile(r"([a-zđ])[.)]")
OPENING = "phần mở đầu"


class Addresses:
    """Of one text; a change is cited by the old one, what is new by the new one."""

    def __init__(self, text: Text) -> None:
        self.text = text
        self._sections = self._section_names()
        self._repeated = Counter(_number_key(task) for task in text.tasks)

    # -- Sections

    def section(self, at: int) -> str:
        return self._sections[at]

    def entry(self, at: int, marker: str) -> str:
        """An entry by its marker; without one the lines before the first entry."""
        whole = self.section(at)
        if not marker:
            return f"đoạn đầu {whole}"
        if match := _ARTICLE.fullmatch(marker):
            return match[1]
        inner = _inner(marker)
        return inner if whole == OPENING and len(self.text.sections) == 1 else f"{inner} {whole}"

    def _section_names(self) -> list[str]:
        names: list[str] = []
        above: list[tuple[int, str]] = []
        for section in self.text.sections:
            if section.heading is None:
                names.append(OPENING)
                continue
            level = section.heading.level
            above = [(upper, name) for upper, name in above if upper < level]
            name = _section_name(section.heading, above[-1][1] if above else "")
            above.append((level, name))
            names.append(name)
        repeated = Counter(names)
        return [
            f"{name} (“{section.heading.text}”)" if section.heading and repeated[name] > 1 else name
            for name, section in zip(names, self.text.sections, strict=True)
        ]

    # -- Tasks

    def task(self, at: int) -> str:
        """«nhiệm vụ số 5, Quý II»; by its words where numbers are not printed or not unique."""
        return self.task_name(self.text.tasks[at])

    def task_name(self, task: TaskData) -> str:
        quarter = f", Quý {ROMAN[task.quarter]}" if task.quarter and self._is_by_quarter else ""
        if not self.prints_numbers or task.number is None or self._repeated[_number_key(task)] > 1:
            return f"nhiệm vụ “{task.content}”{quarter}"
        return f"nhiệm vụ số {task.number}{quarter}"

    @property
    def printed_table(self) -> Table | None:
        if self.text.table is not None:
            return self.text.table
        return self.text.appendix.table if self.text.appendix else None

    @property
    def prints_numbers(self) -> bool:
        table = self.printed_table
        return table is not None and any(Field.NUMBER in fields for fields in fields_of(table.columns))

    @property
    def _is_by_quarter(self) -> bool:
        """Also where the table has no quarters of its own but numbers begin anew in each."""
        table = self.printed_table
        if table is not None and (table.layout.by_quarter or not table.layout.is_table):
            return True
        numbers = Counter(task.number for task in self.text.tasks if task.number is not None)
        return any(count > 1 for count in numbers.values())

    @property
    def tasks(self) -> str:
        """Where the tasks stand: « tại Mục II», « tại Phụ lục»; empty where nothing prints them."""
        if self.text.table is not None:
            for at, section in enumerate(self.text.sections):
                if holds_tasks(section.lines):
                    return f" tại {self.section(at)}"
        return " tại Phụ lục" if self.text.appendix is not None else ""


def _number_key(task: TaskData) -> tuple[int | None, int | None]:
    return task.number, task.quarter


def _section_name(heading: Heading, above: str) -> str:
    marker = heading.marker.strip()
    if match := _ARTICLE.fullmatch(marker):
        return match[1]
    if match := _LARGE.fullmatch(marker):
        return f"Mục {match[1]}"
    if not marker:
        return f"Mục “{heading.text}”"
    inner = _inner(marker)
    if above:
        return f"{inner} {above}"
    return f"Mục {inner.partition(' ')[2]}" if _NUMBER.fullmatch(marker) else f"Mục “{marker} {heading.text}”"


def _inner(marker: str) -> str:
    if match := _NUMBER.fullmatch(marker):
        return f"khoản {match[1]}"
    if match := _LETTER.fullmatch(marker):
        return f"điểm {match[1]}"
    return f"mục “{marker.rstrip('.:)')}”"
