"""``96 năm Ngày thành lập Đảng … (03/02/1930 - 03/02/2026)``: the count, the days and history must agree."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from documents.proofreading.findings import Finding, at
from documents.proofreading.reading import Line, Reading


@dataclass(frozen=True, slots=True)
class Event:
    pattern: str
    year: int
    day: str
    """As ``03/02``."""


EVENTS = (
    Event(r"thành lập Đảng(?! bộ)(?: Cộng sản Việt Nam)?", 1930, "03/02"),
    Event(r"Cách mạng [Tt]háng (?:[Tt]ám|8)", 1945, "19/8"),
    Event(r"Quốc khánh", 1945, "02/9"),
    Event(r"[Gg]iải phóng (?:hoàn toàn )?miền Nam", 1975, "30/4"),
    Event(r"(?:Ngày|ngày) sinh (?:của )?(?:Chủ tịch Hồ Chí Minh|Bác Hồ|Bác)", 1890, "19/5"),
    Event(r"Tổng tuyển cử", 1946, "06/01"),
    Event(r"Toàn quốc kháng chiến", 1946, "19/12"),
    Event(r"thành lập Quân đội [Nn]hân dân", 1944, "22/12"),
    Event(r"(?:Truyền thống|truyền thống|thành lập) (?:lực lượng )?Công an [Nn]hân dân", 1945, "19/8"),
    Event(r"thành lập Đoàn (?:Thanh niên|TNCS)", 1931, "26/3"),
    Event(r"thành lập Hội (?:Liên hiệp Phụ nữ|LHPN)", 1930, "20/10"),
    Event(r"thành lập Hội Nông dân", 1930, "14/10"),
    Event(r"thành lập Công đoàn", 1929, "28/7"),
    Event(r"thành lập Mặt trận", 1930, "18/11"),
    Event(r"thành lập Hội Cựu chiến binh", 1989, "06/12"),
    Event(r"Thương binh", 1947, "27/7"),
    Event(r"[Cc]hiến thắng (?:lịch sử )?Điện Biên Phủ", 1954, "07/5"),
    Event(r"(?:ra )?[Ll]ời kêu gọi [Tt]hi đua (?:ái quốc|yêu nước)", 1948, "11/6"),
    Event(r"Báo chí [Cc]ách mạng", 1925, "21/6"),
    Event(r"Thầy thuốc Việt Nam", 1955, "27/02"),
    Event(r"Nhà giáo Việt Nam", 1982, "20/11"),
    Event(r"Toàn dân bảo vệ an ninh Tổ quốc", 2005, "19/8"),
    Event(r"[Tt]ruyền thống thi đua yêu nước", 1948, "11/6"),
    Event(r"(?:Ngày|ngày) hội Đại đoàn kết toàn dân(?: tộc)?", 2003, "18/11"),
    Event(r"ra đi tìm đường cứu nước", 1911, "05/6"),
    Event(r"Nam Bộ kháng chiến", 1945, "23/9"),
    Event(r"Gia đình Việt Nam", 2001, "28/6"),
    Event(r"Thể thao Việt Nam", 1946, "27/3"),
    Event(r"Chuyển đổi số [Qq]uốc gia", 2022, "10/10"),
    Event(r"Doanh nhân Việt Nam", 2004, "13/10"),
    Event(r"truyền thống (?:ngành|Ngành) Tuyên giáo", 1930, "01/8"),
    Event(r"truyền thống (?:ngành|Ngành) Tổ chức [Nn]hà nước", 1945, "28/8"),
    Event(r"[Tt]ruyền thống (?:ngành|Ngành) Thanh tra", 1945, "23/11"),
    Event(r"[Tt]ruyền thống (?:của )?(?:lực lượng )?Dân quân tự vệ", 1935, "28/3"),
    Event(r"[Tt]ruyền thống (?:của )?(?:lực lượng )?Bộ đội Biên phòng", 1959, "03/3"),
    Event(r"thành lập Hội Chữ thập đỏ", 1946, "23/11"),
    Event(r"thành lập Hội Khuyến học", 1996, "02/10"),
)
_EVENT = tuple((re.compile(event.pattern.replace(" ", r"\s+")), event) for event in EVENTS)

_COUNT = re.compile(
    r"(?<![\d.,/])(?:(?P<count>\d{1,3})\s+năm\s+(?!\d)|(?<=kỷ niệm lần thứ )(?P<nth>\d{1,3})\s+(?=[Nn]gày))"
)
_ON = r"(?:(?P<{0}d>\d{{1,2}})\s?[/.]\s?(?P<{0}m>\d{{1,2}})\s?[/.]\s?)?"
_RANGE = re.compile(
    rf"\(\s*(?:ngày\s+)?{_ON.format('a')}(?P<first>(?:1[0-9]|20)\d{{2}})\s?[-–]\s?"
    rf"{_ON.format('b')}(?P<last>(?:19|20)\d{{2}})\s*\)"
)
_FARTHEST = 160
_STOP = re.compile(r"[;()]|\d\s+năm\b|\.\s")
_PLANNED = re.compile(
    r"(?:kế\s+hoạch|chiến\s+lược|chương\s+trình|phát\s+triển\s+kinh\s+tế\s+-\s+xã\s+hội)\s+$", re.IGNORECASE
)
_PASSED = re.compile(r"(?:sau|qua|hơn|gần|trong|giai\s+đoạn|kế\s+hoạch|được)\s+$", re.IGNORECASE)


def anniversaries(reading: Reading) -> Iterator[Finding]:
    for line in reading.written:
        for match in _COUNT.finditer(line.text):
            yield from _checked(line, match, reading.context.year)


def _checked(line: Line, match: re.Match[str], year: int | None) -> Iterator[Finding]:
    group = "count" if match["count"] else "nth"
    count = int(match[group])
    given = _RANGE.search(line.text, match.end())
    stop = _STOP.search(line.text, match.end())
    end = min(stop.start() if stop else len(line.text), match.end() + _FARTHEST)
    if given and given.start() <= end:
        real = int(given["last"]) - int(given["first"])
        if not given["ad"] and _PLANNED.search(line.text[: match.start()]):
            yield from _planned(line, match, given)
            return
        if real != count:
            message = f"Từ năm {given['first']} đến năm {given['last']} là {real} năm, không phải {count} năm."
            yield at(line, "date.anniversary", match.span(group), message, new=str(real))
        yield from _days_apart(line, given)
        yield from _history(line, match.end(), given)
    elif year and not _PASSED.search(line.text[: match.start()]) and not line.is_cited(*match.span()):
        event = _event_after(line.text, match.end())
        if event and count != year - event.year and year >= event.year:
            real = year - event.year
            message = f"Sự kiện này diễn ra năm {event.year}, đến năm {year} là {real} năm."
            yield at(line, "date.anniversary", match.span(group), message, new=str(real))


def _planned(line: Line, match: re.Match[str], given: re.Match[str]) -> Iterator[Finding]:
    """``kế hoạch 5 năm (2021 - 2025)``: both years count."""
    years = int(given["last"]) - int(given["first"]) + 1
    if years != int(match["count"]):
        message = (
            f"Từ năm {given['first']} đến hết năm {given['last']} là {years} năm, không phải {match['count']} năm."
        )
        yield at(line, "date.period", given.span(), message)


def _days_apart(line: Line, given: re.Match[str]) -> Iterator[Finding]:
    if given["ad"] and given["bd"]:
        first, last = ((int(given[f"{side}d"]), int(given[f"{side}m"])) for side in "ab")
        if first != last:
            message = "Hai ngày trong ngoặc phải cùng ngày, cùng tháng."
            yield at(line, "date.anniversary", given.span(), message)


def _history(line: Line, start: int, given: re.Match[str]) -> Iterator[Finding]:
    """The first day is the event's own."""
    event = _event_after(line.text[: given.start()], start)
    if event is None:
        return
    if int(given["first"]) != event.year:
        message = f"Sự kiện này diễn ra năm {event.year}."
        yield at(line, "date.anniversary", given.span("first"), message, new=str(event.year))
    elif given["ad"] and f"{int(given['ad']):02d}/{int(given['am'])}" != _plain(event.day):
        message = f"Sự kiện này diễn ra ngày {event.day}/{event.year}."
        yield at(line, "date.anniversary", (given.start("ad"), given.end("am")), message, new=event.day)


def _plain(day: str) -> str:
    number, month = day.split("/")
    return f"{number}/{int(month)}"


def _event_after(text: str, start: int) -> Event | None:
    """The first one named behind a count, before the next count."""
    stop = re.search(r"[;.]|\d\s+năm\b|,\s", text[start:])
    named = text[start : start + (stop.start() if stop else _FARTHEST)]
    found = [(match.start(), event) for pattern, event in _EVENT if (match := pattern.search(named))]
    return min(found, key=lambda one: one[0])[1] if found else None


RULES = (anniversaries,)
