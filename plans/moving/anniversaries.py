"""``94 năm Ngày … (03/02/1930 - 03/02/2024)``: the count and the second day move, the day of history never."""

from __future__ import annotations

import re
from collections.abc import Iterator

from plans.moving.citations import UPPER
from plans.moving.proposals import Finding, Group
from plans.moving.years import Move

_EVENT = (
    r"(?:ngày|cách mạng|quốc khánh|thành lập|giải phóng|chiến thắng|xô viết|truyền thống|toàn quốc|tổng tuyển cử|khởi "
    r"nghĩa|đảng cộng sản|bác hồ|chủ tịch hồ chí minh|thực hiện di chúc|tái lập|sinh nhật|phong trào)"
)
_COUNT = re.compile(rf"(?<![\d.,])(?P<said>(?P<count>\d{{1,4}})\s+năm)\s+(?={_EVENT}\b)", re.IGNORECASE)
_CELEBRATED = re.compile(
    rf"\b(?i:(?:kỷ|kỉ)\s+niệm)\s+(?P<said>(?P<count>\d{{1,4}})\s+năm)\s+(?=[{UPPER}]|(?i:{_EVENT}))"
)
_ORDINAL = re.compile(rf"\b(?P<said>lần\s+thứ\s+(?P<count>\d{{2,4}}))\s+(?={_EVENT}\b)", re.IGNORECASE)
_ON = r"(?:\d{1,2}\s?[/.]\s?){0,2}"
_RANGE = re.compile(
    rf"\(\s*(?:{_ON})(?P<first>(?:1[0-9]|20)\d{{2}})\s?[-–]\s?(?P<on>{_ON})(?P<last>(?:19|20)\d{{2}})\s*\)"
)
_YEARS_ONLY = re.compile(r"\(\s*\d{4}\s?[-–]\s?(?P<last>\d{4})\s*\)")


def find_anniversaries(text: str, move: Move) -> Iterator[Finding]:
    counts: set[int] = set()
    for pattern in (_COUNT, _CELEBRATED, _ORDINAL):
        for match in pattern.finditer(text):
            if match.start("count") not in counts:
                counts.add(match.start("count"))
                given = _range_after(text, match.end())
                yield _moved_count(match, given, move)
                if given:
                    yield from _moved_year(given, move)


def _moved_count(match: re.Match[str], given: re.Match[str] | None, move: Move) -> Finding:
    count = int(match["count"])
    real = int(given["last"]) - int(given["first"]) if given else count
    if given and real != count:
        why = f"{count} năm không khớp với {given[0][1:-1]} ({real} năm): dời cùng số năm, hãy xem lại."
    else:
        why = f"Số năm kỷ niệm tăng theo số năm dời ({move.by})."
    new = match["said"].replace(match["count"], str(count + move.by).zfill(len(match["count"])))
    start, end = match.span("said")
    return Finding(start, end, new, why, Group.ANNIVERSARY, is_doubtful=real != count)


def _moved_year(given: re.Match[str], move: Move) -> Iterator[Finding]:
    """``(1949 - 2024)``: years without days, which would else pass for a period."""
    start, end = given.span("last")
    if _YEARS_ONLY.fullmatch(given[0]) and move.is_own(int(given["last"])):
        new = str(int(given["last"]) + move.by)
        yield Finding(start, end, new, "Năm kỷ niệm dời theo kế hoạch.", Group.ANNIVERSARY)


def _range_after(text: str, position: int) -> re.Match[str] | None:
    """The days in brackets that belong to a count: before the next mark that ends its phrase."""
    match = _RANGE.search(text, position)
    between = text[position : match.start()] if match else ""
    return match if match and not re.search(r"[;()]|\d\s+năm\b", between) else None
