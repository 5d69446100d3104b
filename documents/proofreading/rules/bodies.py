"""Bodies that do not fit the paper: of the district after June 2025, of another level, one under two names."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from documents.proofreading.context import REFORM
from documents.proofreading.findings import Finding, Severity, at
from documents.proofreading.letters import LOWER, UPPER, bare, same_case
from documents.proofreading.reading import Line, Reading, Role

_COMMITTEE = (
    r"(?:UBND|HĐND|UBMTTQ|MTTQ|[ỦUuủ][ỷyY] ban [^,.;:()]{3,40}?|[Hh]ội đồng [^,.;:()]{3,40}?|TT\.? ?HĐND)".replace(
        " ", r"\s+"
    )
)
_OFFICE = (
    r"(?:[Pp]hòng [^,.;:()]{2,40}?|[Bb]an [^,.;:()]{2,40}?|[Vv]ăn phòng [^,.;:()]{2,30}?|[Đđ]oàn thể|"
    r"[Hh]ội [^,.;:()]{2,30}?|[Ll]iên đoàn [^,.;:()]{2,30}?|"
    r"[Cc]ông an|[Ll]ãnh đạo|[Cc]hủ tịch|[Đđ]ảng bộ|[Tt]rung tâm [^,.;:()]{2,40}?|[Cc]ơ quan [^,.;:()]{2,30}?)"
).replace(" ", r"\s+")
_DISTRICT = r"(?:huyện|quận|thị\s+xã)(?!\s+đảo)"
_OF_DISTRICT = (
    re.compile(rf"(?<!\w){_COMMITTEE}\s+(?P<said>{_DISTRICT})(?!\w)"),
    re.compile(rf"(?<!\w){_OFFICE}\s+(?P<said>{_DISTRICT})(?!\w)"),
    re.compile(r"(?<!\w)(?P<said>(?:TT\.?\s?|Thường\s+trực\s+)?(?:[Hh]uyện|[Qq]uận|[Tt]hị)\s+(?:ủy|uỷ))(?!\w)"),
    re.compile(r"(?<!\w)(?P<said>TT\.\s?HU)(?!\w)"),
    re.compile(r"(?<!\w)(?P<said>cấp\s+huyện)(?!\w)"),
    re.compile(
        r"(?<!\w)(?:các|mỗi|từng|toàn|địa\s+bàn|trình|gửi|do|của|tại|với|ở)\s+(?P<said>huyện)(?!\w)", re.IGNORECASE
    ),
    re.compile(rf"(?<!\w)(?P<said>huyện\s+[{UPPER}]\w*)(?!\w)"),
)
_TOWN = re.compile(r"(?P<said>,?\s+(?:và\s+)?thị\s+trấn)(?!\w)")
_FORMER = re.compile(
    r"^[^.;]{0,40}?(?:\bcũ\b|trước\s+đây|"
    r"trước\s+(?:khi\s+)?(?:ngày\s+01/7/2025|sáp\s+nhập|sắp\s+xếp|hợp\s+nhất)|đã\s+giải\s+thể)",
    re.IGNORECASE,
)


def of_district(reading: Reading) -> Iterator[Finding]:
    """There is none since 1 July 2025; what cites an older paper or says «cũ» may name it."""
    if not reading.context.is_two_tier:
        return
    for line in reading.lines:
        if line.role in {Role.HEAD, Role.SIGNATURE}:
            continue
        taken = 0
        for match in sorted(_district_words(line), key=lambda one: one.start("said")):
            if match.start("said") >= taken and not _is_former(line, match):
                taken = match.end("said")
                message = "Từ 01/7/2025 không còn cấp huyện: việc này nay ở cấp tỉnh hay cấp xã?"
                span = (match.start(), match.end()) if match.end() - match.start() < 40 else match.span("said")
                yield at(line, "body.district", span, message, severity=Severity.MUST)
        for match in _TOWN.finditer(line.text):
            if not _is_former(line, match) and re.search(r"(?:xã|phường)$", line.text[: match.start()]):
                message = "Từ 01/7/2025 không còn thị trấn."
                start = re.search(r"\S+$", line.text[: match.start()])
                begin = start.start() if start else match.start()
                new = line.text[begin : match.start()]
                yield at(line, "body.district", (begin, match.end()), message, new=new)


def _district_words(line: Line) -> Iterator[re.Match[str]]:
    for pattern in _OF_DISTRICT:
        yield from pattern.finditer(line.text)


def _is_former(line: Line, match: re.Match[str]) -> bool:
    if _FORMER.search(line.text[match.end("said") :]):
        return True
    return any(
        one.start < match.end() and match.start() < one.end and (one.date is None or one.date < REFORM)
        for one in line.citations
    )


# -- Of another level ----------------------------------------------------------------------

_WITHIN = {
    "commune": r"huyện|quận|thị\s+xã|tỉnh",
    "district": r"xã|phường|thị\s+trấn|tỉnh",
    "province": r"xã|phường|huyện",
}
_OWN_WORK = re.compile(
    r"(?:[Xx]ây dựng|[Bb]an hành|[Kk]iện toàn|[Cc]ủng cố|[Pp]hát động|[Kk]ế hoạch phát động)\b".replace(" ", r"\s+")
)

_OF_OTHERS = re.compile(r"\b(?:cụm|khối|UBND tỉnh|tỉnh|các\s+xã|các\s+đơn\s+vị\s+khác)\b[^.;]{0,80}$", re.IGNORECASE)
_BY_ORDER = re.compile(
    r"\b(?:theo|thực\s+hiện)\s+(?:kế\s+hoạch|hướng\s+dẫn|chỉ\s+đạo|yêu\s+cầu|quy|công\s+văn)", re.IGNORECASE
)


def another_area(reading: Reading) -> Iterator[Finding]:
    """``trên địa bàn huyện`` in a commune's plan."""
    whose = reading.context.whose
    if whose.level not in _WITHIN:
        return
    pattern = re.compile(rf"\btrên\s+địa\s+bàn\s+(?P<said>{_WITHIN[whose.level]})(?![\w,]|\s+(?:[{UPPER}]|và|hoặc))")
    for line in reading.of(Role.ITEM, Role.PARAGRAPH, Role.CELL, Role.HEADING):
        for match in pattern.finditer(line.text):
            if line.is_cited(*match.span()) or _OF_OTHERS.search(line.text[: match.start()]):
                continue
            if not reading.context.is_two_tier or match["said"] not in {"huyện", "quận"}:
                message = f"Văn bản của {whose.kind} lại ghi địa bàn {match['said']}."
                yield at(line, "body.level", match.span(), message, new=_named(match, whose.kind))


_ABOVE = {"commune": "huyện|tỉnh", "district": "tỉnh"}


def another_council(reading: Reading) -> Iterator[Finding]:
    """``Xây dựng Kế hoạch của Hội đồng … huyện`` among the tasks of a commune."""
    whose = reading.context.whose
    if whose.level not in _ABOVE:
        return
    pattern = re.compile(
        rf"\b(?:của|[Hh]ội\s+đồng\s+[^,.;:]{{3,40}}?)\s+(?P<said>{_ABOVE[whose.level]})(?!\w)(?!\s+(?:giao|phát|ban|quy))"
    )
    for line in reading.of(Role.CELL):
        if not _OWN_WORK.match(line.text):
            continue
        for match in pattern.finditer(line.text):
            if not _BY_ORDER.search(line.text[: match.start()]) and not line.is_cited(*match.span()):
                message = f"Việc {whose.kind} tự làm lại ghi cơ quan của {match['said']}."
                yield at(line, "body.level", match.span(), message, new=_named(match, whose.kind))


def _named(match: re.Match[str], word: str) -> str:
    start, end = (position - match.start() for position in match.span("said"))
    return match[0][:start] + word + match[0][end:]


# -- One body under two names -----------------------------------------------------------------

_TWO_NAMES = (
    (r"(?<!Cụm )(?<!cụm )[Tt]rưởng\s+[Cc]ụm", r"[Cc]ụm\s+trưởng", ("Trưởng Cụm", "Cụm trưởng")),
    (r"[Tt]rưởng\s+[Kk]hối", r"[Kk]hối\s+trưởng", ("Trưởng khối", "Khối trưởng")),
    (
        r"[Vv]ăn\s+phòng\s+HĐND\s+và\s+UBND",
        r"[Vv]ăn\s+phòng\s+UBND(?!\s+(?:tỉnh|huyện|thành))",
        ("Văn phòng HĐND và UBND", "Văn phòng UBND"),
    ),
)
_CLUSTER_NUMBER = re.compile(r"\b[Cc]ụm\s+(?:thi\s+đua\s+)?số\s+(?P<number>\d{1,2}|[IVX]+)\b")
_ROMAN = {"I": 1, "II": 2, "III": 3, "IV": 4, "V": 5, "VI": 6, "VII": 7, "VIII": 8, "IX": 9, "X": 10}


def under_two_names(reading: Reading) -> Iterator[Finding]:
    """The rarer name is pointed at."""
    for first, second, names in _TWO_NAMES:
        found = [
            [(line, match) for line in reading.lines for match in re.finditer(rf"(?<!\w){pattern}(?!\w)", line.text)]
            for pattern in (first, second)
        ]
        if all(found):
            rarer = 0 if len(found[0]) < len(found[1]) else 1
            message = f"Chỗ khác trong văn bản gọi là «{names[1 - rarer]}»."
            for line, match in found[rarer]:
                new = same_case(names[1 - rarer], match[0])
                yield at(line, "name.two_names", match.span(), message, new=new)
    yield from _cluster_numbers(reading)
    yield from _offices(reading)


_OFFICE_NAME = re.compile(
    rf"(?<!\w)(?P<name>(?:Phòng|Ban|Trung tâm)\s+(?!Thi\s+đua|Khen\s+thưởng)[{UPPER}][{LOWER}]+(?:\s+[{LOWER}]+)?"
    rf"(?:,\s+|\s+(?:-|–|và)\s+|\s+)[{UPPER}][{LOWER}]+(?:\s+[{LOWER}]+)?)(?!\w)"
)


def _offices(reading: Reading) -> Iterator[Finding]:
    """``Phòng Văn hóa và Xã hội`` beside ``Phòng Văn hóa - Xã hội``: the same words, joined otherwise or exchanged."""
    ways: dict[tuple[str, ...], Counter[str]] = {}
    found = []
    for line in reading.lines:
        if line.role in {Role.HEAD, Role.SIGNATURE} or line.is_upper:
            continue
        for match in _OFFICE_NAME.finditer(line.text):
            name = " ".join(match["name"].replace("–", "-").split())
            words = tuple(sorted(bare(word) for word in re.findall(r"\w+", name) if word != "và"))
            ways.setdefault(words, Counter())[name] += 1
            found.append((line, match, words, name))
    for line, match, words, name in found:
        usual = ways[words].most_common(1)[0][0]
        if name != usual and bare(name) != bare(usual):
            message = f"Chỗ khác trong văn bản gọi là «{usual}»."
            yield at(line, "name.two_names", match.span("name"), message, new=usual)


def _cluster_numbers(reading: Reading) -> Iterator[Finding]:
    found = [(line, match) for line in reading.lines for match in _CLUSTER_NUMBER.finditer(line.text)]
    ways: dict[int, Counter[str]] = {}
    for _, match in found:
        number = _ROMAN.get(match["number"]) or int(match["number"])
        ways.setdefault(number, Counter())[match["number"]] += 1
    for line, match in found:
        number = _ROMAN.get(match["number"]) or int(match["number"])
        usual = ways[number].most_common(1)[0][0]
        if match["number"] != usual:
            message = f"Chỗ khác trong văn bản ghi là số {usual}."
            yield at(line, "name.two_names", match.span("number"), message, new=usual)


RULES = (of_district, another_area, another_council, under_two_names)
