"""The steps of a kind of duty as people type them, a line each: «30 – Yêu cầu các thôn gửi danh sách»."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from core.errors import UnfitField
from core.text import split_lines
from plans import cleaning
from plans.duties.countback import MOST_DAYS, Step

MOST_STEPS = 30
LONGEST = 300
"""Letters of what a step says."""
EXAMPLE = "30 – Yêu cầu các thôn gửi danh sách"
_FIELD = "steps"
_LINE = re.compile(
    r"^[-–−+*•\s]*(?:trước\s+)?(?P<days>\d{1,9})(?![\d/])\s*(?:ngày\b)?\s*(?:trước\b)?[\s–—−:.,)-]*(?P<what>.*)$",
    re.IGNORECASE,
)
"""«30 – …», «−30 …», «30 ngày: …», «- Trước 30 ngày, …»; not «30/11 …»."""


def read_steps(text: str) -> tuple[Step, ...]:
    """The farthest first. Raise ``UnfitField``, which names the line that cannot be understood."""
    steps = tuple(_read(number, line) for number, line in _lines(text))
    if not steps:
        raise UnfitField(_FIELD, f"Ghi ít nhất một mốc, mỗi dòng một mốc, ví dụ «{EXAMPLE}».")
    if len(steps) > MOST_STEPS:
        raise UnfitField(_FIELD, f"Một loại việc có nhiều nhất {MOST_STEPS} mốc; hãy gộp bớt.")
    return tuple(sorted(steps, key=lambda step: -step.days))


def written(steps: Iterable[Step]) -> str:
    return "\n".join(f"{step.days} – {step.what}" for step in steps)


def as_json(steps: Iterable[Step]) -> list[dict[str, Any]]:
    return [step._asdict() for step in steps]


def of_json(rows: Iterable[Mapping[str, Any]]) -> tuple[Step, ...]:
    return tuple(Step(row["days"], row["what"]) for row in rows)


def _lines(text: str) -> Iterator[tuple[int, str]]:
    """Those that say something, with their numbers from 1."""
    return ((number, line) for number, line in enumerate(split_lines(cleaning.lines(_FIELD, text)), 1) if line)


def _read(number: int, line: str) -> Step:
    found = _LINE.match(line)
    if found is None:
        raise UnfitField(_FIELD, f"Dòng {number}: bắt đầu bằng số ngày trước hạn, ví dụ «{EXAMPLE}».")
    days, what = int(found["days"]), found["what"].strip()
    if days > MOST_DAYS:
        raise UnfitField(_FIELD, f"Dòng {number}: mốc cách hạn nhiều nhất {MOST_DAYS} ngày.")
    if not what:
        raise UnfitField(_FIELD, f"Dòng {number}: sau số ngày, ghi việc phải làm ở mốc ấy.")
    if len(what) > LONGEST:
        raise UnfitField(_FIELD, f"Dòng {number}: việc ở mốc này dài quá {LONGEST} chữ; hãy viết gọn lại.")
    return Step(days, what)
