"""Legal bases by date: out of force, not yet in force, number and day that do not belong together, incomplete."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator

from documents.dates import PartialDate
from documents.proofreading.citations import Citation
from documents.proofreading.context import Context, Law
from documents.proofreading.findings import Finding, Severity, at
from documents.proofreading.letters import bare
from documents.proofreading.reading import PROSE, Line, Reading, Role

_KIND = re.compile(r"(?:Bộ luật|Luật|Pháp lệnh|Nghị định|Thông tư liên tịch|Thông tư|Quyết định|Nghị quyết|Chỉ thị)\b")
_LOOKS_BACK = re.compile(
    r"(?:thay\s+thế|sửa\s+đổi|bổ\s+sung|bãi\s+bỏ|hết\s+hiệu\s+lực|trước\s+đây|một\s+số\s+điều\s+của)\W*$",
    re.IGNORECASE,
)
_WORDS_BEFORE = 60


def _cited_lines(reading: Reading) -> Iterator[tuple[Line, Citation]]:
    for line in reading.lines:
        if line.role in PROSE or line.role in {Role.SUBJECT, Role.CELL}:
            for citation in line.citations:
                yield line, citation


def law_of(citation: Citation, laws: tuple[Law, ...]) -> Law | None:
    """By number; a law without number by its name and its day or year."""
    if citation.number:
        return next((law for law in laws if law.number.upper() == citation.number.upper()), None)
    if not citation.is_law:
        return None
    title = _plain(citation.title)
    for law in laws:
        if law.issued_on is None or _plain(_bare_name(law.name)) != title:
            continue
        if citation.date == law.issued_on or citation.law_year == law.issued_on.year:
            return law
    return None


def in_force(reading: Reading) -> Iterator[Finding]:
    context = reading.context
    if context.earliest is None or context.latest is None:
        return
    for line, citation in _cited_lines(reading):
        law = law_of(citation, context.laws)
        if law is None or _LOOKS_BACK.search(line.text[max(0, citation.start - _WORDS_BEFORE) : citation.start]):
            continue
        is_basis = line.role in {Role.BASIS, Role.OPENING}
        if law.in_force_to and law.in_force_to < context.earliest:
            yield _over(line, citation, law, context, is_basis=is_basis)
        elif is_basis and law.in_force_from and law.in_force_from > context.latest:
            message = f"Văn bản này đến ngày {_printed(law.in_force_from)} mới có hiệu lực."
            yield at(line, "law.not_yet", _named(citation), message, severity=Severity.MUST)


def _over(line: Line, citation: Citation, law: Law, context: Context, *, is_basis: bool) -> Finding:
    heir = _heir(law, context)
    ended = f"Văn bản này hết hiệu lực sau ngày {_printed(law.in_force_to)}" if law.in_force_to else ""
    message = f"{ended}, được thay bằng {heir.number}." if heir else f"{ended}."
    span = (citation.start, citation.end)
    new = _like(line.text[citation.start : citation.end], citation, heir) if heir and heir.issued_on else ""
    severity = Severity.MUST if is_basis else Severity.SHOULD
    return at(line, "law.over", span, message, new=new, severity=severity)


def _heir(law: Law, context: Context) -> Law | None:
    """What replaced it, and what replaced that, until one is in force."""
    by_number = {one.number: one for one in context.laws}
    seen = {law.number}
    heir = by_number.get(law.replaced_by)
    while heir and heir.in_force_to and context.earliest and heir.in_force_to < context.earliest:
        if heir.number in seen:
            return None
        seen.add(heir.number)
        heir = by_number.get(heir.replaced_by)
    return heir


def _like(cited: str, citation: Citation, heir: Law) -> str:
    """With as much of number, day and title as the old citation had."""
    found = _KIND.match(heir.name)
    kind = found[0] if found else citation.kind.capitalize()
    day = ""
    if citation.date and heir.issued_on:
        in_words = PartialDate(heir.issued_on.year, heir.issued_on.month, heir.issued_on.day).in_words()
        day = f" {in_words}" if "tháng" in cited else f" ngày {_printed(heir.issued_on)}"
    if heir.number.rpartition("/")[2].startswith("QH"):
        year = f" năm {heir.issued_on.year}" if heir.issued_on and not day else ""
        return f"{kind} {_bare_name(heir.name)}{day or year}"
    issuer = f" của {citation.issuer}" if citation.issuer else ""
    title = f" {_bare_name(heir.name)}" if citation.title else ""
    return f"{kind} số {heir.number}{day}{issuer}{title}"


# -- Number and day ------------------------------------------------------------------------


def number_and_day(reading: Reading) -> Iterator[Finding]:
    for line, citation in _cited_lines(reading):
        law = law_of(citation, reading.context.laws)
        span = citation.date_span
        if span is None or citation.date is None:
            continue
        if law and law.issued_on and citation.number and citation.date != law.issued_on:
            message = f"{law.number} ban hành ngày {_printed(law.issued_on)}."
            new = _dated_like(line.text[slice(*span)], law.issued_on)
            yield at(line, "law.number_date", span, message, new=new, severity=Severity.MUST)
        elif citation.number_year and citation.number_year != citation.date.year:
            message = f"Số ghi năm {citation.number_year}, ngày lại ghi năm {citation.date.year}."
            yield at(line, "law.number_date", (citation.number_span[0], span[1]), message, severity=Severity.MUST)
    yield from _two_days(reading)


def _two_days(reading: Reading) -> Iterator[Finding]:
    """One number with two days in the same paper."""
    first: dict[tuple[str, str, str], dt.date] = {}
    for line, citation in _cited_lines(reading):
        if not citation.number or not citation.date or not citation.kind:
            continue
        key = (citation.kind, citation.number.upper(), bare(citation.issuer))
        known = first.setdefault(key, citation.date)
        if known != citation.date and known.year == citation.date.year and citation.date_span:
            message = f"Ở trên văn bản này ghi ngày {_printed(known)}."
            new = _dated_like(line.text[slice(*citation.date_span)], known)
            yield at(line, "law.number_date", citation.date_span, message, new=new)


def law_and_day(reading: Reading) -> Iterator[Finding]:
    """A law of that name there is, but none of that day."""
    for line, citation in _cited_lines(reading):
        if not citation.is_law or citation.number or not (citation.date or citation.law_year):
            continue
        namesakes = [
            law
            for law in reading.context.laws
            if law.issued_on and _plain(_bare_name(law.name)) == _plain(citation.title)
        ]
        if not namesakes or law_of(citation, reading.context.laws):
            continue
        meant = max(namesakes, key=lambda law: (_is_in_force(law, reading.context), law.issued_on or dt.date.min))
        if meant.issued_on is None:
            continue
        message = f"{meant.name.split(',')[0]} gần nhất thông qua ngày {_printed(meant.issued_on)}."
        if citation.date_span:
            span, new = citation.date_span, _dated_like(line.text[slice(*citation.date_span)], meant.issued_on)
        else:
            start = line.text.rfind(str(citation.law_year), citation.start, citation.end)
            span, new = (start, start + 4), str(meant.issued_on.year)
        yield at(line, "law.number_date", span, message, new=new, severity=Severity.MUST)


def _is_in_force(law: Law, context: Context) -> bool:
    day = context.earliest
    return day is None or not (law.in_force_to and law.in_force_to < day)


def later_than_paper(reading: Reading) -> Iterator[Finding]:
    """A cited paper that did not exist yet."""
    latest = reading.context.latest
    if latest is None:
        return
    for line, citation in _cited_lines(reading):
        law = law_of(citation, reading.context.laws)
        if law and law.in_force_from and line.role in {Role.BASIS, Role.OPENING}:
            continue  # «in_force» has said it
        if citation.date and citation.date_span and citation.date > latest:
            message = f"Văn bản được dẫn ghi ngày {_printed(citation.date)}, sau ngày của văn bản này."
            yield at(line, "law.later", citation.date_span, message, severity=Severity.MUST)


_YEARLY = ("kế hoạch", "chỉ thị", "chương trình", "hướng dẫn", "công văn")
_NAMED_YEAR = re.compile(r"\bnăm\s+(?P<y>20\d{2})\W*$|\bnăm\s+(?P<first>20\d{2})\b(?!\s?[-–])", re.IGNORECASE)
_EARLY = 6


def day_and_title(reading: Reading) -> Iterator[Finding]:
    """``Kế hoạch … ngày 14/01/2025 … về công tác … năm 2026``: issued a year too early for its own year."""
    for line, citation in _cited_lines(reading):
        if citation.kind not in _YEARLY or citation.date is None or citation.date_span is None:
            continue
        years = {int(match["y"] or match["first"]) for match in _NAMED_YEAR.finditer(citation.title)}
        if years == {citation.date.year + 1} and citation.date.month <= _EARLY:
            message = f"Văn bản về năm {years.pop()} lại ghi ban hành từ đầu năm {citation.date.year}: xem lại ngày."
            said = line.text[slice(*citation.date_span)]
            new = said.replace(str(citation.date.year), str(citation.date.year + 1))
            yield at(line, "law.number_date", citation.date_span, message, new=new)


# -- Completeness ---------------------------------------------------------------------------

_BARE_LAW = re.compile(r"Luật|Bộ luật|Pháp lệnh")


def incomplete(reading: Reading) -> Iterator[Finding]:
    """The first time, a paper is cited with its number and day, a law with its day (Decree 30, Phụ lục I, II.6)."""
    seen: set[str] = set()
    for line, citation in _cited_lines(reading):
        key = citation.number.upper() or _plain(citation.title)
        if not key or key in seen or line.role in {Role.SUBJECT, Role.CELL}:
            continue
        seen.add(key)
        if citation.date_span or citation.number.startswith("…"):
            continue
        severity = Severity.SHOULD if line.role is Role.BASIS else Severity.LOOK
        if citation.is_law and not citation.number:
            if line.role is Role.BASIS and citation.law_year is None:
                message = "Căn cứ luật phải ghi ngày Quốc hội thông qua."
                yield at(line, "law.incomplete", _named(citation), message, severity=severity)
        elif citation.kind and citation.number:
            if citation.is_law:
                severity = Severity.LOOK  # normative papers cite laws by number since 2025, the decree by day
            message = "Lần đầu dẫn văn bản phải ghi cả ngày ban hành (Nghị định 30, Phụ lục I, mục II.6)."
            yield at(line, "law.incomplete", _named(citation), message, severity=severity)


def untitled(reading: Reading) -> Iterator[Finding]:
    """A basis says what it is about (Decree 30, Phụ lục I, II.6.a)."""
    for line in reading.of(Role.BASIS):
        if line.text.startswith("Theo đề nghị"):
            continue  # «… tại Tờ trình số 12/TTr-SNV ngày …» has no title anywhere
        for citation in line.citations:
            is_known = citation.kind and citation.number and not citation.number.startswith("…")
            is_whole = is_known and citation.date_span and not citation.title
            if is_whole and line.text[citation.end : citation.end + 1] in {";", "."}:
                message = "Căn cứ phải ghi cả tên (trích yếu) của văn bản."
                yield at(line, "law.incomplete", _named(citation), message, severity=Severity.LOOK)


_UNNUMBERED = re.compile(
    r"Căn cứ\s+(?P<said>(?:Nghị định|Nghị quyết|Quyết định|Thông tư|Chỉ thị|Kế hoạch|Công văn|Hướng dẫn|Chương trình)"
    r"\b(?! này))"
)


def unnumbered(reading: Reading) -> Iterator[Finding]:
    """A basis that names its kind alone."""
    for line in reading.of(Role.BASIS):
        match = _UNNUMBERED.match(line.text)
        if match and not re.search(r"\d\s?[/-]\s?[A-ZĐ]|/[A-ZĐ]{2}|\bngày\b", line.text):
            message = "Căn cứ phải ghi số, ký hiệu và ngày của văn bản."
            yield at(line, "law.incomplete", match.span("said"), message)


def bases(reading: Reading) -> Iterator[Finding]:
    """Every basis ends in «;», and «Căn cứ» has no colon."""
    found = list(reading.of(Role.BASIS))
    for line in found:
        if match := re.match(r"Căn cứ\s*:", line.text):
            yield at(line, "law.form", match.span(), "Sau «Căn cứ» không có dấu hai chấm.", new="Căn cứ")
    for line in found[:-1]:
        if line.text.endswith(".") and line.text.startswith("Căn cứ"):
            message = "Mỗi căn cứ kết thúc bằng dấu chấm phẩy, chỉ căn cứ cuối cùng bằng dấu chấm."
            span = (len(line.text) - 1, len(line.text))
            yield at(line, "law.form", span, message, new=";", severity=Severity.LOOK)


def _named(citation: Citation) -> tuple[int, int]:
    """Kind and number, without day and title."""
    end = citation.number_span[1] if citation.number else citation.end
    return citation.start, end


def _bare_name(name: str) -> str:
    return _KIND.sub("", name, count=1).strip(" ,") if _KIND.match(name) else name.strip()


def _plain(text: str) -> str:
    return " ".join(re.findall(r"\w+", bare(text)))


def _dated_like(said: str, day: dt.date) -> str:
    if "tháng" in said:
        return PartialDate(day.year, day.month, day.day).in_words()
    return f"ngày {_printed(day)}"


def _printed(day: dt.date) -> str:
    return f"{day.day:02d}/{f'{day.month:02d}' if day.month < 3 else day.month}/{day.year}"


RULES = (
    in_force,
    number_and_day,
    law_and_day,
    later_than_paper,
    day_and_title,
    incomplete,
    untitled,
    unnumbered,
    bases,
)
