"""Signs between words: quotation marks and brackets in pairs, blanks, dashes, ends of sentences."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from documents.proofreading.findings import Finding, Severity, at
from documents.proofreading.letters import LOWER, UPPER
from documents.proofreading.reading import PROSE, WRITTEN, Line, Reading, Role
from documents.tree import Item

_READ = WRITTEN | {Role.RECIPIENT}

# -- Pairs ---------------------------------------------------------------------------------

_OPEN, _CLOSE = "“", "”"
_ENUMERATED = re.compile(r"(?:^|[\s;,:(])(?:[a-zđ]|\d{1,2}|[ivx]{1,4})$")


def quotation_marks(reading: Reading) -> Iterator[Finding]:
    """Each is closed before the next one opens; one that runs on in the following lines is let be."""
    open_before = False
    for line in reading.lines:
        if line.role not in _READ:
            continue
        unclosed, unopened = _unpaired(line.text)
        if line.text.count('"') % 2:
            found = line.text.rfind('"')
            yield at(line, "mark.quotes", (found, found + 1), "Dấu ngoặc kép này không có dấu thứ hai.")
        if open_before and unopened and not unclosed[:1]:
            unopened, open_before = unopened[1:], False
        for found in unopened:
            yield at(line, "mark.quotes", (found, found + 1), "Dấu ngoặc kép này không có dấu mở.")
        if len(unclosed) == 1 and _runs_on(reading, line):
            open_before = True
            continue
        for found in unclosed:
            yield at(line, "mark.quotes", (found, found + 1), "Dấu ngoặc kép này không có dấu đóng.")


def _unpaired(text: str) -> tuple[list[int], list[int]]:
    unclosed: list[int] = []
    unopened: list[int] = []
    last: int | None = None
    for found, sign in enumerate(text):
        if sign == _OPEN:
            if last is not None:
                unclosed.append(last)
            last = found
        elif sign == _CLOSE:
            if last is None:
                unopened.append(found)
            last = None
    return [*unclosed, *([last] if last is not None else [])], unopened


def _runs_on(reading: Reading, line: Line) -> bool:
    """The next lines close it before they open another."""
    number = reading.order[line.path]
    for following in reading.lines[number + 1 : number + 6]:
        for sign in following.text:
            if sign == _CLOSE:
                return True
            if sign == _OPEN:
                return False
    return False


def brackets(reading: Reading) -> Iterator[Finding]:
    for line in reading.lines:
        if line.role not in _READ:
            continue
        opened: list[int] = []
        for found in range(line.after_marker, len(line.text)):
            if line.text[found] == "(":
                opened.append(found)
            elif line.text[found] == ")":
                if opened:
                    opened.pop()
                elif not _ENUMERATED.search(line.text[:found]):
                    yield at(line, "mark.brackets", (found, found + 1), "Dấu ngoặc này không có dấu mở.")
        for found in opened:
            yield at(line, "mark.brackets", (found, found + 1), "Dấu ngoặc này không có dấu đóng.")


# -- Blanks --------------------------------------------------------------------------------

_BLANKS = (
    (re.compile(r"(?<=\S)[ \u00a0]{2,}(?=\S)"), " ", "Thừa dấu cách."),
    (re.compile(r"(?<=[\w)”%])\s+(?P<sign>[,;:!?])(?!\))"), None, "Không có dấu cách trước dấu câu."),
    (re.compile(r"(?<=[\w)”%])\s+(?P<sign>\.)(?=\s|$)"), None, "Không có dấu cách trước dấu chấm."),
    (re.compile(rf"(?P<sign>[,;:])(?=[{LOWER}{UPPER}“])"), "after", "Thiếu dấu cách sau dấu câu."),
    (
        re.compile(
            rf"(?:(?<=[{LOWER}]{{2}})|(?<=20\d\d)|(?<=[”)])|(?<= số \d\d)|(?<=-\d\d))"
            rf"(?P<sign>\.)(?=[{UPPER}][{LOWER}])"
        ),
        "after",
        "Thiếu dấu cách sau dấu chấm.",
    ),
    (re.compile(r"(?P<sign>[(“])\s+(?=\w)"), None, "Không có dấu cách sau dấu mở ngoặc."),
    (re.compile(r"(?<=[\w.])\s+(?P<sign>[)”])"), None, "Không có dấu cách trước dấu đóng ngoặc."),
    (re.compile(rf"(?<=[{LOWER}])(?P<sign>[(“])(?=\w)"), "before", "Thiếu dấu cách trước dấu mở ngoặc."),
    (re.compile(r"(?P<sign>[,;:])\1(?!\1)"), None, "Dấu câu bị lặp."),
    (re.compile(r"(?<![./])(?P<sign>\.)\.(?![./])"), None, "Dấu chấm bị lặp."),
    (re.compile(r"(?<![./\d])\s*(?P<sign>;|,)\s*(?=\.(?!\.)(?:\s|$))"), "drop", "Hai dấu câu liền nhau."),
)
_ADDRESS = re.compile(r"\S*(?:https?:|www\.|@|\.vn\b)\S*")


def blanks(reading: Reading) -> Iterator[Finding]:
    for line in reading.lines:
        if line.role not in _READ | {Role.GROUP} or line.path[-1] == "reference":
            continue  # what refers to the paper has blanks for number and day
        addresses = [match.span() for match in _ADDRESS.finditer(line.text)]
        for pattern, how, message in _BLANKS:
            for match in pattern.finditer(line.text, line.after_marker):
                if any(start <= match.start() < end for start, end in addresses):
                    continue
                span, new = _repaired(line.text, match, how)
                yield at(line, "mark.blanks", span, message, new=new, severity=Severity.SHOULD)


def _repaired(text: str, match: re.Match[str], how: str | None) -> tuple[tuple[int, int], str]:
    if how == "after":
        return match.span(), f"{match['sign']} "
    if how == "before":
        return match.span(), f" {match['sign']}"
    if how == "drop":
        return (match.start(), match.end() + 1), "."
    return match.span(), how or match["sign"]


# -- Dashes --------------------------------------------------------------------------------

_LOPSIDED = re.compile(
    rf"(?<=[{LOWER}{UPPER}\d)])(?:(?P<left>\s+[-–])(?=[{LOWER}{UPPER}\d(])|(?P<right>[-–]\s+)(?=[{LOWER}{UPPER}\d(]))"
)
_TIGHT = re.compile(
    r"\b(?P<one>kinh\s+tế|chính\s+trị|văn\s+h(?:óa|oá)|quốc\s+phòng|thi\s+đua|văn\s+phòng|tài\s+chính|lao\s+động)(?P<dash>[-–])"
    r"(?P<two>xã\s+hội|an\s+ninh|khen\s+thưởng|thống\s+kê|kế\s+hoạch|kế\s+toán|thương\s+binh)\b",
    re.IGNORECASE,
)
_SYMBOL = re.compile(r"\d{1,5}\s?/\s?[A-ZĐ][A-ZĐa-z]*(?:\s*[–—]\s*|\s+-\s*|-\s+)[A-ZĐ]{2,}")
_SPACED = re.compile(r"(?<=\w)\s(?P<dash>[-–—])\s(?=\w)")


def dashes(reading: Reading) -> Iterator[Finding]:
    for line in reading.lines:
        if line.role not in _READ:
            continue
        for match in _SYMBOL.finditer(line.text):
            message = "Số, ký hiệu viết liền, dùng dấu gạch nối ngắn."
            new = re.sub(r"\s*[-–—]\s*", "-", re.sub(r"\s*/\s*", "/", match[0]))
            yield at(line, "mark.dash", match.span(), message, new=new)
        for match in _LOPSIDED.finditer(line.text, line.after_marker):
            if _is_hyphenated_list(line.text, match):
                continue
            dash = match[0].strip()
            message = "Dấu gạch phải có dấu cách ở cả hai bên."
            yield at(line, "mark.dash", match.span(), message, new=f" {dash} ")
        for match in _TIGHT.finditer(line.text):
            message = "Dấu gạch giữa hai từ phải có dấu cách ở hai bên."
            yield at(line, "mark.dash", match.span(), message, new=f"{match['one']} - {match['two']}")
    yield from _mixed_dashes(reading)


def _is_hyphenated_list(text: str, match: re.Match[str]) -> bool:
    """``- Việc một. -Việc hai``: a dash that begins an entry joins nothing; «-5 °C» is a number."""
    before = text[: match.start()].rstrip()
    return before.endswith((".", ";", ":")) or bool(
        match["left"] and re.match(r"\s+[-–]\d", match[0] + text[match.end() :]) and not before[-1:].isdigit()
    )


def _mixed_dashes(reading: Reading) -> Iterator[Finding]:
    """«Văn hóa – Xã hội» in a paper that otherwise joins with «-»."""
    lines = [line for line in reading.lines if line.role in _READ]
    found = [(line, match) for line in lines for match in _SPACED.finditer(line.text, line.after_marker)]
    signs = Counter(match["dash"] for _, match in found)
    if not signs["-"]:
        return
    for line, match in found:
        if match["dash"] != "-":
            message = "Chỗ khác trong văn bản dùng dấu gạch nối ngắn (-)."
            yield at(line, "mark.dash", match.span("dash"), message, new="-", severity=Severity.LOOK)


# -- The name of the field ----------------------------------------------------------------------

_FIELD = re.compile(r"(?<!đồng )(?<!Ban )(?<!ban )(?<!HĐ )\b(?P<first>[Tt]hi\s+đua)\s+(?P<second>[Kk]hen\s+thưởng)\b")
_WITH_COMMA = re.compile(r"\bthi\s+đua,\s+khen\s+thưởng\b", re.IGNORECASE)


def field_name(reading: Reading) -> Iterator[Finding]:
    """«thi đua khen thưởng» in a paper that writes «thi đua, khen thưởng», as the law does."""
    if not any(_WITH_COMMA.search(line.text) for line in reading.lines):
        return
    for line in reading.lines:
        for match in _FIELD.finditer(line.text):
            if line.role in _READ and not line.is_cited(*match.span()):
                new = f"{match['first']}, {match['second']}"
                message = "Luật viết là «thi đua, khen thưởng»."
                yield at(line, "mark.comma", match.span(), message, new=new, severity=Severity.LOOK)


# -- Ends of sentences ------------------------------------------------------------------------

_ENDED = (".", ";", ":", "…", "?", "!", ",", "./.", "...")
_MANY_WORDS, _MOST_ENDED, _ENOUGH_LINES = 12, 0.8, 5


def ends(reading: Reading) -> Iterator[Finding]:
    """A sentence without its full stop, in a paper that otherwise sets them."""
    lines = [line for line in reading.of(Role.ITEM, Role.PARAGRAPH) if _is_sentence(line)]
    open_ones = [line for line in lines if not line.text.rstrip(" ”)").endswith(_ENDED)]
    if len(lines) < _ENOUGH_LINES or len(lines) - len(open_ones) < _MOST_ENDED * len(lines):
        return
    for line in open_ones:
        if not line.text.rstrip().endswith(("”", ")")):
            start = line.words[-1].start
            message = "Thiếu dấu câu ở cuối đoạn."
            new = line.text[start:].rstrip() + "."
            yield at(line, "mark.end", (start, len(line.text)), message, new=new, severity=Severity.LOOK)


def _is_sentence(line: Line) -> bool:
    is_title = isinstance(line.block, Item) and line.block.title
    return line.role in PROSE and not is_title and len(line.words) >= _MANY_WORDS and not line.is_upper


RULES = (quotation_marks, brackets, blanks, dashes, field_name, ends)
