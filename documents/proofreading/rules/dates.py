"""Days and years in the words of a paper: those that no calendar has, that run backwards or are past already."""

from __future__ import annotations

import calendar
import datetime as dt
import re
from collections.abc import Iterator

from documents.proofreading.findings import Finding, Severity, at
from documents.proofreading.reading import WRITTEN, Reading, Role

_Y = r"(?:19|20)\d{2}"
_NUMERIC = re.compile(
    rf"(?<![\d/.,-])(?P<d>\d{{1,2}})(?P<sep>[/.-])(?P<m>\d{{1,2}})(?P=sep)(?P<y>{_Y})(?![\d/]|-[A-Z])"
)
_SHORT = re.compile(r"\b[Nn]gày\s+(?P<d>\d{1,2})/(?P<m>\d{1,2})(?![\d/])")
_WORDS = re.compile(rf"\b[Nn]gày\s+(?P<d>\d{{1,2}})\s+tháng\s+(?P<m>\d{{1,2}})(?:\s+năm\s+(?P<y>{_Y}))?(?!\d)")
_LEAP = 2024


def _days(text: str) -> Iterator[re.Match[str]]:
    for pattern in (_NUMERIC, _SHORT, _WORDS):
        yield from pattern.finditer(text)


def _year(match: re.Match[str]) -> int | None:
    said = match.groupdict().get("y")
    return int(said) if said else None


def impossible(reading: Reading) -> Iterator[Finding]:
    for line in reading.lines:
        if line.role is Role.HEAD:
            continue
        for match in _days(line.text):
            day, month = int(match["d"]), int(match["m"])
            year = _year(match) or reading.context.year or _LEAP
            if not 1 <= month <= 12:
                message = f"Không có tháng {month}."
            elif not 1 <= day <= calendar.monthrange(year, month)[1]:
                in_year = f" năm {year}" if month == 2 else ""
                message = f"Tháng {month}{in_year} không có ngày {day}."
            else:
                continue
            yield at(line, "date.impossible", match.span(), message, severity=Severity.MUST)


_FROM_TO = re.compile(
    rf"\b[Tt]ừ\s+(?:ngày\s+)?(?P<d1>\d{{1,2}})/(?P<m1>\d{{1,2}})(?:/(?P<y1>{_Y}))?"
    rf"\s*(?:-|–|đến|tới)\s*(?:hết\s+)?(?:ngày\s+)?"
    rf"(?P<d2>\d{{1,2}})/(?P<m2>\d{{1,2}})(?:/(?P<y2>{_Y}))?(?![\d/])"
)
_MONTHS = re.compile(
    rf"\b[Tt]ừ\s+(?:đầu\s+|giữa\s+|cuối\s+)?tháng\s+(?P<m1>\d{{1,2}})(?:(?:/|\s+năm\s+)(?P<y1>{_Y}))?"
    rf"\s*(?:-|–|đến|tới)\s*(?:hết\s+|đầu\s+|giữa\s+|cuối\s+)?tháng\s+(?P<m2>\d{{1,2}})"
    rf"(?:(?:/|\s+năm\s+)(?P<y2>{_Y}))?(?![\d/])"
)
_FROM_TO_WORDS = re.compile(
    rf"\b[Tt]ừ\s+ngày\s+(?P<d1>\d{{1,2}})(?:\s+tháng\s+(?P<m1>\d{{1,2}}))?(?:\s+năm\s+(?P<y1>{_Y}))?"
    rf"\s*(?:-|–|đến|tới)\s*(?:hết\s+)?ngày\s+(?P<d2>\d{{1,2}})\s+tháng\s+(?P<m2>\d{{1,2}})(?:\s+năm\s+(?P<y2>{_Y}))?"
)
_PERIOD = re.compile(
    rf"\b(?P<what>[Gg]iai\s+đoạn|[Nn]hiệm\s+kỳ|[Nn]ăm\s+học)\s+(?P<y1>{_Y})(?P<dash>\s?[-–]\s?)(?P<y2>{_Y})(?!\d)"
)


def backwards(reading: Reading) -> Iterator[Finding]:
    """An end before its start; a school year of more than one."""
    for line in reading.written:
        for match in _FROM_TO.finditer(line.text):
            if _is_backwards(match, reading.context.year):
                message = "Ngày kết thúc lại trước ngày bắt đầu."
                yield at(line, "date.order", match.span(), message, severity=Severity.MUST)
        for match in _MONTHS.finditer(line.text):
            if _months_are_backwards(match):
                message = "Tháng kết thúc lại trước tháng bắt đầu."
                yield at(line, "date.order", match.span(), message, severity=Severity.MUST)
        for match in _FROM_TO_WORDS.finditer(line.text):
            if _words_are_backwards(match, reading.context.year):
                message = "Ngày kết thúc lại trước ngày bắt đầu."
                yield at(line, "date.order", match.span(), message, severity=Severity.MUST)
        for match in _PERIOD.finditer(line.text):
            first, last = int(match["y1"]), int(match["y2"])
            if last < first:
                new = f"{match['what']} {last}{match['dash']}{first}"
                message = "Năm cuối lại trước năm đầu."
                yield at(line, "date.order", match.span(), message, new=new, severity=Severity.MUST)
            elif "học" in match["what"] and last != first + 1:
                yield at(line, "date.order", match.span(), "Năm học phải gồm hai năm liền nhau.")


def _is_backwards(match: re.Match[str], year: int | None) -> bool:
    if match["y1"] is None and match["y2"] is not None and match["m1"] != match["m2"]:
        return False  # «từ 01/9 đến 31/5/2026» begins in the year before
    first = _real_day(match["y1"] or match["y2"] or year, match["m1"], match["d1"])
    last = _real_day(match["y2"] or match["y1"] or year, match["m2"], match["d2"])
    if first is None or last is None or first <= last:
        return False
    return bool(match["y1"] and match["y2"]) or match["m1"] == match["m2"]


def _months_are_backwards(match: re.Match[str]) -> bool:
    """Where both are in one year: «từ tháng 9 đến tháng 5/2026» begins in the year before."""
    first, last = int(match["m1"]), int(match["m2"])
    if match["y1"] and match["y2"]:
        return (int(match["y1"]), first) > (int(match["y2"]), last)
    return False


def _words_are_backwards(match: re.Match[str], year: int | None) -> bool:
    if match["m1"] and not (match["y1"] and match["y2"]) and match["m1"] != match["m2"]:
        return False
    first = _real_day(match["y1"] or match["y2"] or year, match["m1"] or match["m2"], match["d1"])
    last = _real_day(match["y2"] or year, match["m2"], match["d2"])
    return bool(first and last and first > last)


def _real_day(year: str | int | None, month: str, day: str) -> dt.date | None:
    try:
        return dt.date(int(year or _LEAP), int(month), int(day))
    except ValueError:
        return None


# -- Years outside the plan's --------------------------------------------------------------

_DEADLINE = re.compile(
    rf"\b(?:trước|chậm\s+nhất(?:\s+là)?|muộn\s+nhất(?:\s+là)?|xong|hết|hạn\s+cuối)\s+(?:trước\s+)?ngày\s+"
    rf"(?P<d>\d{{1,2}})(?:/|\s+tháng\s+)(?P<m>\d{{1,2}})(?:/|\s+năm\s+)(?P<y>{_Y})(?!\d)",
    re.IGNORECASE,
)
_WAVE = re.compile(r"\b(?:đợt|phát\s+động|thời\s+gian)\b", re.IGNORECASE)


def past(reading: Reading) -> Iterator[Finding]:
    """A deadline that was over when the paper was issued, a wave in a year before the plan's."""
    context = reading.context
    for line in reading.of(Role.ITEM, Role.PARAGRAPH):
        for match in _DEADLINE.finditer(line.text):
            day = _real_day(match["y"], match["m"], match["d"])
            if day and context.earliest and day < context.earliest and not line.is_cited(*match.span()):
                new = _moved(match, context.year, "y")
                message = f"Hạn {day:%d/%m/%Y} đã qua khi văn bản này được ban hành."
                yield at(line, "date.past", match.span(), message, new=new, severity=Severity.MUST)
        for match in _FROM_TO.finditer(line.text):
            if context.year and _is_before(match, context.year) and _WAVE.search(line.text):
                new = _moved(match, context.year, "y1", "y2")
                message = f"Thời gian này thuộc năm {match['y2']}, không thuộc năm {context.year} của kế hoạch."
                yield at(line, "date.year", match.span(), message, new=new, severity=Severity.MUST)


def _is_before(match: re.Match[str], year: int) -> bool:
    years = [int(match[name]) for name in ("y1", "y2") if match[name]]
    return bool(years) and all(year - 3 <= said < year for said in years)


def _moved(match: re.Match[str], year: int | None, *names: str) -> str:
    """The same days in the plan's year, keeping the distance of the years to each other."""
    if year is None:
        return ""
    last = max(int(match[name]) for name in names if match[name])
    text, shift = match[0], year - last
    for name in reversed(names):
        if match[name]:
            start, end = (position - match.start() for position in match.span(name))
            text = text[:start] + str(int(match[name]) + shift) + text[end:]
    return text


_GOAL = re.compile(
    r"\b(?:phấn\s+đấu|quyết\s+tâm|hoàn\s+thành|thắng\s+lợi|góp\s+phần|đăng\s+ký\s+thi\s+đua|phát\s+động)\b[^.;:]*$",
    re.IGNORECASE,
)
_LOOKS_BACK = re.compile(
    r"\b(?:kết\s+quả|đạt\s+được|đã|tổng\s+kết|đánh\s+giá|thành\s+tích|so\s+với|khen\s+thưởng|báo\s+cáo|từ|sau|hồ\s+sơ|đến)\b",
    re.IGNORECASE,
)
_PLAIN_YEAR = re.compile(r"\bnăm\s+(?P<y>\d{4})(?!\d|\s?[-–/.]\s?\d)", re.IGNORECASE)


def goals(reading: Reading) -> Iterator[Finding]:
    """``hoàn thành nhiệm vụ năm 2025`` among the aims of 2026; a year of no living person's time."""
    year = reading.context.year
    for line in reading.of(Role.ITEM, Role.PARAGRAPH, Role.OPENING):
        for match in _PLAIN_YEAR.finditer(line.text):
            said = int(match["y"])
            if line.is_cited(*match.span()):
                continue
            if not 1000 <= said <= 2100:
                yield at(line, "date.year", match.span("y"), f"Năm {said} có đúng không?")
            elif (
                year
                and year - _FARTHEST <= said < year
                and line.path[0] == "body"
                and _is_aim(line.text, match.start())
            ):
                message = f"Mục tiêu của kế hoạch năm {year} lại ghi năm {said}."
                yield at(line, "date.year", match.span("y"), message, new=str(year))


_FARTHEST = 3
"""Years back that a copied plan brings along."""


def _is_aim(text: str, end: int) -> bool:
    start = max(text.rfind(mark, 0, end) for mark in (".", ";", ":")) + 1
    clause = text[start:end]
    return bool(_GOAL.search(clause)) and not _LOOKS_BACK.search(clause)


# -- Form ----------------------------------------------------------------------------------


def zeros(reading: Reading) -> Iterator[Finding]:
    """A zero before days below ten and months one and two, before no other (Decree 30, Phụ lục I, II.4.b)."""
    for line in reading.lines:
        if line.role not in WRITTEN | {Role.RECIPIENT}:
            continue
        for match in _days(line.text):
            new = _with_zeros(match)
            if new == match[0] or not _is_day(match):
                continue
            message = "Ngày dưới 10 và tháng 1, 2 viết thêm số 0 ở trước; các tháng khác không thêm."
            yield at(line, "date.zero", match.span(), message, new=new, severity=Severity.LOOK)


def _is_day(match: re.Match[str]) -> bool:
    return _real_day(_year(match) or _LEAP, match["m"], match["d"]) is not None


def _with_zeros(match: re.Match[str]) -> str:
    day, month = int(match["d"]), int(match["m"])
    text = match[0]
    for name, said in (("m", f"{month:02d}" if month < 3 else str(month)), ("d", f"{day:02d}")):
        start, end = (position - match.start() for position in match.span(name))
        text = text[:start] + said + text[end:]
    return text


_WEEKDAYS = ("hai", "ba", "tư", "năm", "sáu", "bảy")
_WEEKDAY = re.compile(
    rf"\b(?P<said>[Tt]hứ\s+(?P<name>[Hh]ai|[Bb]a|[Tt]ư|[Nn]ăm|[Ss]áu|[Bb]ảy|[2-7])|[Cc]hủ\s+nhật),?\s*(?:\(|ngày\s+)?"
    rf"(?P<d>\d{{1,2}})(?:/|\s+tháng\s+)(?P<m>\d{{1,2}})(?:/|\s+năm\s+)(?P<y>{_Y})(?!\d)"
)


def weekdays(reading: Reading) -> Iterator[Finding]:
    for line in reading.written:
        for match in _WEEKDAY.finditer(line.text):
            day = _real_day(match["y"], match["m"], match["d"])
            if day is None:
                continue
            name = (match["name"] or "").lower()
            said = 6 if not name else int(name) - 2 if name.isdigit() else _WEEKDAYS.index(name)
            if said != day.weekday():
                real = "Chủ nhật" if day.weekday() == 6 else f"thứ {_WEEKDAYS[day.weekday()].capitalize()}"
                message = f"Ngày {day:%d/%m/%Y} là {real}."
                yield at(line, "date.weekday", match.span("said"), message)


# -- The paper's own year -------------------------------------------------------------------

_NAMED_YEAR = re.compile(rf"\bnăm\s+(?P<y>{_Y})(?!\d|\s?[-–]\s?\d)", re.IGNORECASE)


_UNTIL = re.compile(r"(?:đến|tới|tầm\s+nhìn|từ|cuối|so\s+với)\s+$", re.IGNORECASE)


def own_year(reading: Reading) -> Iterator[Finding]:
    """The subject's year is the plan's; where the paper names itself, it names the same; its date fits it."""
    year = reading.context.year
    if year is None:
        return
    subjects = list(reading.of(Role.SUBJECT))
    for line in subjects:
        years = [one for one in _NAMED_YEAR.finditer(line.text) if not _UNTIL.search(line.text[: one.start()])]
        if years and all(int(one["y"]) != year for one in years) and not line.citations:
            message = f"Trích yếu ghi năm {years[-1]['y']}, kế hoạch này là của năm {year}."
            yield at(line, "date.own_year", years[-1].span("y"), message, new=str(year), severity=Severity.MUST)
    for subject in subjects:
        yield from _repeated_subject(reading, subject.text, year)
    yield from _own_date(reading, year)


def _repeated_subject(reading: Reading, subject: str, year: int) -> Iterator[Finding]:
    """``ban hành Kế hoạch công tác … năm 2025 như sau`` in a plan of 2026."""
    years = list(_NAMED_YEAR.finditer(subject))
    if len(years) != 1 or int(years[0]["y"]) != year:
        return
    kind = re.escape(reading.paper.title).replace(r"\ ", r"\s+")
    head = r"[\s,-]+".join(re.escape(word) for word in re.findall(r"[^\W_]+", subject[: years[0].start()]))
    pattern = re.compile(rf"{kind}\s+{head}[\s,-]+năm\s+(?P<y>{_Y})(?!\d)", re.IGNORECASE)
    for line in reading.of(Role.OPENING, Role.PARAGRAPH, Role.BASIS):
        for match in pattern.finditer(line.text):
            if int(match["y"]) != year:
                message = f"Trích yếu ghi năm {year}, ở đây ghi năm {match['y']}."
                yield at(line, "date.own_year", match.span("y"), message, new=str(year), severity=Severity.MUST)


_JANUARY_HABIT = 3
"""Until then hands still write the old year."""
_EARLY = 8
"""A plan may be issued in the last months of the year before, hardly earlier."""


_SELF = re.compile(
    rf"\b(?:ban\s+hành|xây\s+dựng)\s+(?P<kind>Kế\s+hoạch|Chương\s+trình|Hướng\s+dẫn)(?:(?!\bsố\b)[^;:.\d]){{0,200}}?"
    rf"\bnăm\s+(?P<y>{_Y})(?!\d|\s?[-–])",
    re.IGNORECASE,
)


def itself(reading: Reading) -> Iterator[Finding]:
    """``UBND xã ban hành Kế hoạch … năm 2025 … như sau:`` in a plan of 2026, in whatever words it names itself."""
    year = reading.context.year
    for line in reading.of(Role.OPENING):
        match = next(iter([*_SELF.finditer(line.text)][-1:]), None)
        is_announced = re.search(r"(?:như\s+sau|sau\s+đây)\s*:?\s*$", line.text)
        if year and match and is_announced and int(match["y"]) == year - 1 and not line.is_cited(*match.span("y")):
            message = f"Kế hoạch này là của năm {year}, ở đây ghi năm {match['y']}."
            yield at(line, "date.own_year", match.span("y"), message, new=str(year), severity=Severity.MUST)


def _own_date(reading: Reading, year: int) -> Iterator[Finding]:
    date = reading.context.date
    line = reading.by_path.get(("header", "date"))
    if line is None or date.year is None or date.year == year:
        return
    if date.year < year - 1 or (date.year == year - 1 and date.month and date.month <= _EARLY):
        found = line.text.rfind(str(date.year))
        message = f"Văn bản ghi năm {date.year}, kế hoạch là của năm {year}."
        is_old_habit = date.year < year - 1 or (date.month or 1) <= _JANUARY_HABIT
        severity = Severity.MUST if is_old_habit else Severity.LOOK
        yield at(line, "date.own_year", (found, found + 4), message, new=str(year), severity=severity)


# -- The year in the cycle of sixty -----------------------------------------------------------

_STEMS = ("Giáp", "Ất", "Bính", "Đinh", "Mậu", "Kỷ", "Canh", "Tân", "Nhâm", "Quý")
_BRANCHES = ("Tý", "Sửu", "Dần", "Mão", "Thìn", "Tỵ", "Ngọ", "Mùi", "Thân", "Dậu", "Tuất", "Hợi")
_OTHER = {"Kỉ": "Kỷ", "Quí": "Quý", "Tí": "Tý", "Tị": "Tỵ", "Mẹo": "Mão"}
_LUNAR = re.compile(
    rf"\b(?:[Xx]uân|[Tt]ết(?:\s+[Nn]guyên\s+[Đđ]án)?|[Nn]ăm)\s+"
    rf"(?P<said>(?P<stem>{'|'.join((*_STEMS, 'Kỉ', 'Quí'))})\s+"
    rf"(?P<branch>{'|'.join((*_BRANCHES, 'Tí', 'Tị', 'Mẹo'))}))(?!\w)"
)


def lunar_years(reading: Reading) -> Iterator[Finding]:
    """``Xuân Giáp Thìn`` in a plan of 2026: neither this year nor the next."""
    year = reading.context.year
    if year is None:
        return
    for line in reading.written:
        for match in _LUNAR.finditer(line.text):
            said = " ".join(_OTHER.get(match[part], match[part]) for part in ("stem", "branch"))
            if said not in (_lunar(year), _lunar(year + 1)) and not line.is_cited(*match.span()):
                message = f"Năm {year} là năm {_lunar(year)}."
                yield at(line, "date.lunar", match.span("said"), message, new=_lunar(year))


def _lunar(year: int) -> str:
    return f"{_STEMS[(year - 4) % 10]} {_BRANCHES[(year - 4) % 12]}"


RULES = (impossible, backwards, past, goals, zeros, weekdays, own_year, itself, lunar_years)
