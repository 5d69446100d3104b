"""How a paper ends: «./.», appendices and what refers to them, recipients, signature; its number and date."""

from __future__ import annotations

import re
from collections.abc import Iterator

from documents.proofreading.findings import Finding, Severity, at
from documents.proofreading.letters import bare
from documents.proofreading.reading import Line, Reading, Role
from documents.tree import Article, Heading, Item

END = "./."
_KINDS = {
    "KẾ HOẠCH": "KH",
    "QUYẾT ĐỊNH": "QĐ",
    "CHƯƠNG TRÌNH": "CTr",
    "HƯỚNG DẪN": "HD",
    "THÔNG BÁO": "TB",
    "BÁO CÁO": "BC",
    "TỜ TRÌNH": "TTr",
    "NGHỊ QUYẾT": "NQ",
    "CHỈ THỊ": "CT",
    "PHƯƠNG ÁN": "PA",
    "ĐỀ ÁN": "ĐA",
}
"""Decree 30, Phụ lục III, mục I."""


def end_mark(reading: Reading) -> Iterator[Finding]:
    """Once, behind the last word of the text; every template of the decree sets it."""
    lines = [line for line in reading.of(Role.ITEM, Role.PARAGRAPH) if line.path[0] == "body"]
    if not lines:
        return
    for line in lines[:-1]:
        if (found := line.text.find(END)) >= 0:
            message = "Dấu «./.» chỉ đặt một lần, ở cuối văn bản."
            yield at(line, "end.mark", (found, found + len(END)), message, new=".")
    last = lines[-1]
    text = last.text.rstrip()
    if not text.endswith(END):
        tail = re.search(r"[\s.;,/]*$", text)
        start = tail.start() if tail else len(text)
        begin = start if start < len(last.text) else max(0, start - 1)
        new = last.text[begin:start] + END
        yield at(last, "end.mark", (begin, len(last.text)), "Cuối văn bản thiếu dấu «./.».", new=new)
    elif match := re.search(r"(?:\s+|\.\s*)\./\.$", text):
        yield at(last, "end.mark", match.span(), "Dấu «./.» đặt liền sau chữ cuối cùng.", new=END)
    elif (found := text.find(END)) < len(text) - len(END):
        yield at(last, "end.mark", (found, found + len(END)), "Dấu «./.» chỉ đặt một lần.", new=".")


# -- Appendices ------------------------------------------------------------------------------

_MENTION = re.compile(r"\bphụ\s+lục\b|\bbiểu\b[^.;]{0,20}\bkèm\s+theo\b", re.IGNORECASE)
_OWN_MENTION = re.compile(
    r"(?:\((?:có|chi\s+tiết|theo|xem)?[^()]*phụ\s+lục[^()]*\)|(?:tại|theo|ở|có)\s+phụ\s+lục(?:\s+[IVX\d]+)?\s*(?:kèm\s+theo|đính\s+kèm|"
    r"ban\s+hành\s+kèm\s+theo\s+(?:kế\s+hoạch|quyết\s+định)\s+này)|"
    r"(?:biểu\s+)?mẫu(?:\s+số\s+\d+)?\s+(?:ban\s+hành\s+)?kèm\s+theo\s+(?:kế\s+hoạch|quyết\s+định)\s+này)",
    re.IGNORECASE,
)


def appendices(reading: Reading) -> Iterator[Finding]:
    found = reading.paper.appendices
    body = [line for line in reading.lines if line.path[0] in {"body", "preamble", "subject"}]
    if found and not any(_MENTION.search(line.text) for line in body):
        line = reading.by_path.get(("appendices", 0, "title")) or reading.by_path.get(("appendices", 0, "subject"))
        if line:
            message = "Nội dung văn bản chưa nhắc đến phụ lục này."
            yield at(line, "appendix.unmentioned", (0, len(line.text)), message)
    if not found:
        for line in body:
            for match in _OWN_MENTION.finditer(line.text):
                if not line.is_cited(*match.span()):
                    message = "Văn bản nhắc đến phụ lục nhưng không có phụ lục nào kèm theo."
                    yield at(line, "appendix.absent", match.span(), message)
    yield from _appendix_titles(reading)
    yield from _appendix_references(reading)


def _appendix_titles(reading: Reading) -> Iterator[Finding]:
    """Roman numbers from two appendices on (Decree 30, Phụ lục I, III.1)."""
    romans = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X")
    found = reading.paper.appendices
    if len(found) < 2:
        return
    for number, appendix in enumerate(found[: len(romans)]):
        line = reading.by_path.get(("appendices", number, "title"))
        wanted = f"Phụ lục {romans[number]}"
        if (
            line
            and re.fullmatch(r"phụ\s+lục.*", appendix.title, re.IGNORECASE)
            and appendix.title.lower() != wanted.lower()
        ):
            new = wanted.upper() if appendix.title.isupper() else wanted
            yield at(
                line, "appendix.title", (0, len(line.text)), "Từ hai phụ lục trở lên phải đánh số La Mã.", new=new
            )


_REFERRED = re.compile(r"số:?\s*(?P<number>\d+)\s*/\s*(?P<symbol>[\w&-]+)")
_REFERRED_DAY = re.compile(r"ngày\s+(?P<d>\d{1,2})(?:\s+tháng\s+|/)(?P<m>\d{1,2})(?:\s+năm\s+|/)(?P<y>\d{4})")


def _appendix_references(reading: Reading) -> Iterator[Finding]:
    """``Kèm theo Kế hoạch số … ngày …`` says the paper's own number and day."""
    header = reading.paper.header
    for line in reading.of(Role.REFERENCE):
        if line.path[-1] != "reference":
            continue
        number = _REFERRED.search(line.text)
        if (
            number
            and header.number
            and (number["number"].lstrip("0"), number["symbol"]) != (header.number.lstrip("0"), header.symbol)
        ):
            message = f"Văn bản này mang số {header.number}/{header.symbol}."
            new = f"số {header.number}/{header.symbol}"
            yield at(line, "appendix.reference", number.span(), message, new=new)
        day = _REFERRED_DAY.search(line.text)
        exact = header.date.exact
        if day and exact and (int(day["d"]), int(day["m"]), int(day["y"])) != (exact.day, exact.month, exact.year):
            message = "Ngày này không phải ngày của văn bản."
            yield at(line, "appendix.reference", day.span(), message, new=header.date.in_words())


# -- Recipients -----------------------------------------------------------------------------

_PLACE = re.compile(r"(?:như\s+)?(?P<what>mục|phần|điều)\s+(?P<number>[IVX]+|\d+)\b", re.IGNORECASE)


def recipients(reading: Reading) -> Iterator[Finding]:
    paper = reading.paper
    lines = list(reading.of(Role.RECIPIENT))
    if not lines:
        if line := reading.by_path.get(("signature", "lines", 0)):
            message = "Văn bản chưa có nơi nhận."
            yield at(line, "recipients.none", (0, len(line.text)), message, severity=Severity.MUST)
        return
    seen: set[str] = set()
    markers = {str(getattr(block, "marker", "")).rstrip(".").upper() for _, block in reading.body()}
    for line in lines:
        words = bare(" ".join(word.low for word in line.words))
        if words in seen:
            yield at(line, "recipients.double", (2, len(line.text) - 1), "Nơi nhận này đã ghi ở trên.")
        seen.add(words)
        if not paper.addressees and re.match(r"-\s*Như\s+trên\b", line.text):
            message = "«Như trên» chỉ dùng khi có «Kính gửi»."
            yield at(line, "recipients.place", (2, len(line.text) - 1), message)
        for match in _PLACE.finditer(line.text):
            wanted = f"ĐIỀU {match['number']}" if match["what"].lower() == "điều" else match["number"].upper()
            if wanted not in markers and f"{match['what']} {match['number']}".upper() not in markers:
                yield at(
                    line, "recipients.place", match.span(), f"Văn bản không có {match[0].lower().replace('như ', '')}."
                )
    if not paper.recipients.archive:
        span = (0, len(lines[-1].text))
        yield at(lines[-1], "recipients.archive", span, "Dòng cuối nơi nhận phải là «Lưu: VT, …».")
    elif not re.match(r"\s*VT", paper.recipients.archive):
        span = (0, len(lines[-1].text))
        message = "Văn bản lưu ở văn thư: «Lưu: VT, …»."
        new = f"- Lưu: VT, {paper.recipients.archive.strip()}."
        yield at(lines[-1], "recipients.archive", span, message, new=new)
    elif (printed := re.search(r"Lưu\s*:\s*VT", lines[-1].text)) and printed[0] != "Lưu: VT":
        yield at(lines[-1], "mark.blanks", printed.span(), "Viết là «Lưu: VT».", new="Lưu: VT")


# -- Signature ------------------------------------------------------------------------------

_FORMS = ("TM.", "KT.", "TL.", "TUQ.", "Q.")
_PREFIX = re.compile(
    r"(?P<said>(?P<letters>T/M|K/T|T/L|T/UQ|TUQ|TM|KT|TL|KI|Q)\b\s*(?P<dot>[.:/]*))(?P<gap>\s*)(?=[A-ZĐỦ])"
)
_DEGREE = re.compile(r"(?:PGS\.?\s*|GS\.?\s*|TS\.|ThS\.|CN\.|BS\.|KS\.|Kỹ sư|Bác sĩ|Tiến sĩ|Thạc sĩ|Giáo sư)\s*")


def signature(reading: Reading) -> Iterator[Finding]:
    lines = [line for line in reading.of(Role.SIGNATURE) if line.path[1] == "lines"]
    for line in lines:
        match = _PREFIX.match(line.text)
        if not match:
            continue
        letters = match["letters"].replace("/", "").replace("KI", "KT")
        if match[0] != f"{letters}. ":
            message = f"Viết là «{letters}.» rồi một dấu cách."
            yield at(line, "signature.form", match.span(), message, new=f"{letters}. ", severity=Severity.MUST)
    yield from _combination(reading, lines)
    yield from _name(reading)


def _combination(reading: Reading, lines: list[Line]) -> Iterator[Finding]:
    starts = [re.sub(r"[/.\s]", "", line.text.split(" ")[0]) for line in lines]
    for number, (start, line) in enumerate(zip(starts, lines, strict=True)):
        below = lines[number + 1].text if number + 1 < len(lines) else ""
        whole = (0, len(line.text))
        if start in {"KT", "KI"} and not below.startswith(("PHÓ", "Phó")):
            message = "Dưới dòng «KT.» phải là chức vụ cấp phó của người ký."
            yield at(line, "signature.form", whole, message, severity=Severity.MUST)
        elif start == "TM" and starts[number + 1 : number + 2] in (["TL"], ["TUQ"], ["TM"]):
            message = "Sau «TM.» không dùng «TL.», «TUQ.»."
            yield at(line, "signature.form", whole, message, severity=Severity.MUST)
        elif line.text.startswith("PHÓ CHỦ TỊCH") and "KT" not in starts and "KI" not in starts and start != "KT":
            message = "Cấp phó ký thay phải có dòng «KT. CHỦ TỊCH» ở trên."
            yield at(line, "signature.form", whole, message, severity=Severity.MUST)
    yield from _committee(reading, lines, starts)


def _committee(reading: Reading, lines: list[Line], starts: list[str]) -> Iterator[Finding]:
    """A plan is the committee's own: it is signed on its behalf (Decree 30, Điều 13)."""
    issuer = bare(" ".join(reading.paper.header.issuer))
    is_committee = issuer.startswith("uy ban nhan dan")
    if not lines or reading.paper.title == "QUYẾT ĐỊNH" or not is_committee or any(t in {"TL", "TUQ"} for t in starts):
        return
    if "TM" not in starts and starts[0] != "TT":
        message = "Văn bản của Ủy ban nhân dân phải ký «TM. ỦY BAN NHÂN DÂN» ở dòng trên."
        yield at(lines[0], "signature.form", (0, len(lines[0].text)), message)
    elif starts[0] == "TM" and not re.search(r"uy ban nhan dan|ubnd|cum|khoi|hoi dong", bare(lines[0].text)):
        message = "Sau «TM.» phải là tên cơ quan ban hành."
        yield at(lines[0], "signature.form", (0, len(lines[0].text)), message)


def _name(reading: Reading) -> Iterator[Finding]:
    line = reading.by_path.get(("signature", "name"))
    if line is None:
        first = reading.by_path.get(("signature", "lines", 0))
        if reading.context.is_issue and first:
            message = "Chưa có họ tên người ký."
            yield at(first, "signature.name", (0, len(first.text)), message, severity=Severity.MUST)
        return
    if match := _DEGREE.match(line.text):
        message = "Trước họ tên người ký không ghi học hàm, học vị."
        yield at(line, "signature.name", (0, len(line.text)), message, new=line.text[match.end() :])
    elif line.text.isupper() and len(line.words) > 1:
        message = "Họ tên người ký viết chữ thường, chỉ viết hoa chữ cái đầu."
        yield at(line, "signature.name", (0, len(line.text)), message, new=line.text.title())


# -- Number, symbol, date ------------------------------------------------------------------------


def head(reading: Reading) -> Iterator[Finding]:
    header = reading.paper.header
    line = reading.by_path.get(("header", "number"))
    if line and header.symbol:
        yield from _symbol(reading, line)
    if line and re.fullmatch(r"[1-9]", header.number):
        found = line.text.find(header.number)
        message = "Số dưới 10 viết thêm số 0 ở trước."
        yield at(line, "head.number", (found, found + 1), message, new=f"0{header.number}")
    if not reading.context.is_issue:
        return
    if line and not header.number.strip():
        yield at(line, "head.blank", (0, len(line.text)), "Chưa có số văn bản.", severity=Severity.MUST)
    date = reading.by_path.get(("header", "date"))
    if date and header.date.exact is None:
        yield at(date, "head.blank", (0, len(date.text)), "Chưa có đủ ngày, tháng, năm.", severity=Severity.MUST)


def _symbol(reading: Reading, line: Line) -> Iterator[Finding]:
    symbol = reading.paper.header.symbol
    if " " in symbol.strip() or "–" in symbol:
        found = line.text.find(symbol)
        new = re.sub(r"\s*[-–]\s*", "-", symbol.strip())
        message = "Ký hiệu viết liền, dùng dấu gạch nối ngắn."
        yield at(line, "head.symbol", (found, found + len(symbol)), message, new=new)
    wanted = _KINDS.get(reading.paper.title)
    kind, dash, rest = reading.paper.header.symbol.partition("-")
    if wanted and dash and kind.strip() != wanted and rest:
        found = line.text.find(reading.paper.header.symbol)
        message = f"Ký hiệu của {reading.paper.title.lower()} là {wanted}."
        yield at(line, "head.symbol", (found, found + len(kind)), message, new=wanted)


def empty_headings(reading: Reading) -> Iterator[Finding]:
    """A heading with nothing below it."""
    blocks = list(reading.body())
    for number, (path, block) in enumerate(blocks):
        following = blocks[number + 1][1] if number + 1 < len(blocks) else None
        if not isinstance(block, Heading) or isinstance(following, Item | Article):
            continue
        is_left = following is None or isinstance(following, Heading) and following.level <= block.level
        line = reading.by_path.get(path)
        if is_left and line and not _MENTION.search(line.text):
            yield at(line, "outline.empty", (0, len(line.text)), "Dưới đề mục này chưa có nội dung.")


RULES = (end_mark, appendices, recipients, signature, head, empty_headings)
