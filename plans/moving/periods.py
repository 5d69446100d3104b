"""Stretches of several years, which do not move with the plan: each is asked."""

from __future__ import annotations

import re
from collections.abc import Iterator

from plans.moving.proposals import Finding, Group, Kind
from plans.moving.years import Move

_YEAR = r"(?:19|20)\d{2}"
_SPAN = re.compile(
    rf"(?P<word>\b(?:giai\s+đoạn|nhiệm\s+kỳ|thời\s+kỳ|khóa|khoá|niên\s+hạn)\s*)?"
    rf"(?P<open>\(\s*)?(?<![\d/])(?P<first>{_YEAR})\s?(?:[-–]|đến(?:\s+năm)?)\s?(?P<last>{_YEAR})(?![\d/])(?(open)\s*\))",
    re.IGNORECASE,
)
_TOWARDS = re.compile(rf"\b(?:đến|tới|từ|trước|sau|kể từ)\s+năm\s+(?P<year>{_YEAR})(?!\d)", re.IGNORECASE)
_STAGE = re.compile(
    r"\bnăm\s+(?:thứ\s+\w+|cuối cùng|cuối|đầu tiên|đầu|bản lề|tăng tốc|nước rút)"
    r"(?=\s+(?:của|thực hiện|nhiệm kỳ|triển khai|kế hoạch))",
    re.IGNORECASE,
)
_TERM = re.compile(
    r"\b(?:nhiệm kỳ (?:mới|tới|này)|(?:đầu|cuối|giữa) nhiệm kỳ)\b",
    re.IGNORECASE,
)
_REVIEW = re.compile(
    r"\b(?:sơ kết|tổng kết)\s+(?P<count>\d{1,2})\s+năm\b(?=\s+(?:thực hiện|triển khai))", re.IGNORECASE
)
_LONGEST = 30  # years; longer spans are anniversaries


def find_periods(text: str, move: Move) -> Iterator[Finding]:
    for match in _SPAN.finditer(text):
        first, last = int(match["first"]), int(match["last"])
        if first < last <= first + _LONGEST:
            yield _asked(match, _about_span(first, last, move), Group.PERIOD)
    for match in _TOWARDS.finditer(text):
        if move.old - 2 <= int(match["year"]) <= move.new:
            yield _asked(match, f"«{match[0]}» là mốc nhiều năm: năm {move.new} còn đúng không?", Group.PERIOD)
    for match in _STAGE.finditer(text):
        yield _asked(match, f"Năm {move.new} là năm thứ mấy của thời kỳ này?", Group.PERIOD)
    for match in _TERM.finditer(text):
        yield _asked(match, f"Đại hội không họp hằng năm: câu này năm {move.new} còn đúng không?", Group.PERIOD)
    for match in _REVIEW.finditer(text):
        count = int(match["count"]) + move.by
        yield _asked(match, f"Đến năm {move.new} là {count} năm: có còn sơ kết, tổng kết không?", Group.PERIOD)


def _about_span(first: int, last: int, move: Move) -> str:
    if last < move.new:
        return f"Giai đoạn {first} - {last} đã hết trước năm {move.new}: nay là giai đoạn nào?"
    return f"Giai đoạn {first} - {last} vẫn gồm năm {move.new}: giữ nguyên hay đổi?"


def _asked(match: re.Match[str], why: str, group: Group) -> Finding:
    start = match.start() + len(match[0]) - len(match[0].lstrip())
    return Finding(start, match.end(), None, why, group, Kind.ASK)
