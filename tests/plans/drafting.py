"""What a paper that we wrote ourselves must keep besides the proofreading: order, ends, abbreviations, days.

Each function looks at a plan in the form ``tdkt-plan/1`` and gives back what is wrong with it.
"""

from __future__ import annotations

import calendar
import datetime as dt
import re
from collections.abc import Iterator
from typing import Any

ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX")
POINTS = "abcdđeghiklmnopqrstuvxy"  # Decree 30: no f, j, w, z
ABBREVIATIONS = ("UBND", "HĐND", "MTTQ", "TĐKT", "THCS", "OCOP")
QUARTERS = {1: ("01-01", "03-31"), 2: ("04-01", "06-30"), 3: ("07-01", "09-30"), 4: ("10-01", "12-31")}

_SENTENCE_ENDS = (".", "”", ":", ";")
_LIMIT = re.compile(r"(Trước ngày|Chậm nhất ngày) (\d{2})/(\d{1,2})/(\d{4})")
_SPAN = re.compile(r"Từ ngày (\d{2})/(\d{1,2})/(\d{4}) đến ngày (\d{2})/(\d{1,2})/(\d{4})")
_QUARTER = re.compile(r"Quý (I{1,3}|IV)/(\d{4})")
_MONTHS = re.compile(r"Tháng (\d+)(?:-(\d+)|/(\d{4}) - (\d+))?/(\d{4})")


def strings(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        value = list(value.values())
    if isinstance(value, list):
        for entry in value:
            yield from strings(entry)
    elif isinstance(value, str):
        yield value


def prose(plan: dict[str, Any]) -> list[str]:
    """Preamble, blocks and closing, in the order of the paper."""
    blocks = [block["text"] for block in plan["blocks"] if "text" in block]
    return [*plan["preamble"], *blocks, *([plan["closing"]] if plan["closing"] else [])]


def misplaced_markers(plan: dict[str, Any]) -> list[tuple[str, str]]:
    """Marker wanted and found: headings, articles and entries count on, points begin anew."""
    wrong: list[tuple[str, str]] = []
    headings = articles = entries = points = 0
    for block in plan["blocks"]:
        marker = block.get("marker", "")
        if block["type"] == "heading":
            headings, entries, points = headings + 1, 0, 0
            wanted = f"{ROMAN[headings - 1]}."
        elif marker.startswith("Điều"):
            articles, entries, points = articles + 1, 0, 0
            wanted = f"Điều {articles}."
        elif marker[:1].isdigit():
            entries, points = entries + 1, 0
            wanted = f"{entries}."
        elif marker:
            points += 1
            wanted = f"{POINTS[points - 1]})"
        else:
            continue
        if marker != wanted:
            wrong.append((wanted, marker))
    return wrong


def open_ends(plan: dict[str, Any]) -> list[str]:
    """Entries that end as sentences although deeper ones follow, and those that do not although none does."""
    blocks = plan["blocks"]
    wrong = []
    for block, following in zip(blocks, [*blocks[1:], {"type": "end"}], strict=True):
        if block["type"] not in ("item", "paragraph"):
            continue
        leads_on = block["type"] == "item" and (
            _depth(following) > _depth(block) or following["type"] in ("paragraph", "tasks")
        )
        if leads_on and block["marker"].startswith("Điều") and block["text"].endswith(":"):
            continue  # a sentence that leads to its list
        if leads_on == block["text"].endswith(_SENTENCE_ENDS):
            wrong.append(block["text"])
    return wrong


def _depth(block: dict[str, Any]) -> int:
    marker = block.get("marker", "") if block["type"] == "item" else ""
    return 0 if not marker else 1 if marker.startswith("Điều") else 2 if marker[0].isdigit() else 3


def unexplained(plan: dict[str, Any]) -> dict[str, str]:
    """Abbreviations that do not first stand in brackets after their words; numbers of papers do not count."""
    text = re.sub(r"\S*/\S+", "", "\n".join(prose(plan)))
    places = {name: text.find(name) for name in ABBREVIATIONS if name in text}
    return {name: text[place - 30 : place + 10] for name, place in places.items() if text[place - 1] != "("}


def days_meant(task: dict[str, Any], year: int) -> tuple[str | None, str]:
    """Start and due day that a task's words mean, told without the program's own reader."""
    words = task["time_text"]
    if not words:
        first, last = QUARTERS[task["quarter"]]
        return f"{year}-{first}", f"{year}-{last}"
    if match := _LIMIT.fullmatch(words):
        day = dt.date(int(match[4]), int(match[3]), int(match[2]))
        return None, str(day - dt.timedelta(days=match[1] == "Trước ngày"))
    if match := _SPAN.fullmatch(words):
        numbers = [int(number) for number in match.groups()]
        return str(dt.date(*numbers[2::-1])), str(dt.date(*numbers[:2:-1]))
    if match := _QUARTER.fullmatch(words):
        first, last = QUARTERS[ROMAN.index(match[1]) + 1]
        return f"{match[2]}-{first}", f"{match[2]}-{last}"
    if match := _MONTHS.fullmatch(words):
        first, last = int(match[1]), int(match[2] or match[4] or match[1])
        begins, ends = int(match[3] or match[5]), int(match[5])
        return f"{begins}-{first:02d}-01", f"{ends}-{last:02d}-{calendar.monthrange(ends, last)[1]}"
    assert words.startswith("Thường xuyên"), words
    return f"{year}-01-01", f"{year}-12-31"


def days_named(plan: dict[str, Any]) -> list[dt.date]:
    """Every ``15/7/2026`` of the plan's own work, not of a paper that it cites.

    A day that no calendar has raises ``ValueError``.
    """
    text = re.sub(r"số \S+ ngày \S+", "", "\n".join(prose(plan)[len(plan["preamble"]) :]))
    found = re.findall(r"(?<![\d/])(\d{2})/(\d{1,2})/(\d{4})(?![\d/])", text)
    return [dt.date(int(year), int(month), int(day)) for day, month, year in found]
