"""The head of a paper, out of the lines above its title: boxes 1 to 5 of the layout (Decree 30, Phụ lục I)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from documents.dates import PartialDate
from documents.reading.paper import Head, Unsure
from documents.reading.source import SourceLine
from documents.signed.head import KINDS

_WITHIN = 60
"""Lines among which a title is looked for."""
_LONGEST_LINE = 150
"""Letters of a line of the head, both columns on one."""
_MORE_KINDS = ("LỊCH CÔNG TÁC", "CÔNG VĂN", "LỜI KÊU GỌI", "DANH SÁCH", "THỂ LỆ", "NỘI QUY", "TRÍCH YẾU")
_TITLES = ("KẾ HOẠCH ", "QUYẾT ĐỊNH ", "HƯỚNG DẪN ", "CHƯƠNG TRÌNH ", "THÔNG BÁO ", "BÁO CÁO ")
"""With which no body's name begins: a title repeated above the paper."""
_DASH = r"\s*[-–—‐‑]\s*"
_GAP = r"[\s.…_·'`~]*"
_SYMBOL = rf"[A-ZĐ][A-Za-zĐđƯưƠơÂâÊêÔôÀ-ỹ&]*(?:(?:{_DASH}|/)[A-ZĐ][A-Za-zĐđƯưƠơÂâÊêÔôÀ-ỹ0-9&()]*)*"
_NUMBER = re.compile(
    rf"(?<!\w)S[ốôồổỗộo]{_GAP}[:;]?{_GAP}(?P<number>\d{{1,6}}[a-zđ]?)?{_GAP}(?:[/⁄]|[-–](?=\s?[A-ZĐ]{{2}}))[ \t.…_]*"
    rf"(?P<symbol>(?:\d{{4}}/)?{_SYMBOL})(?![\w])"
)
_PLACE = r"(?P<place>(?:(?:Thành phố|Thị xã|Phường|Đặc khu|Xã|Tỉnh)[^\n,;:]{0,40}\n)?[^\W\d_][^\n,;:]{0,60}?)"
"""Also over two lines: «Thành phố Hồ Chí», «Minh»."""
_DATE = re.compile(
    rf"(?:{_PLACE}?\s*,\s*|\b)ngày(?P<day>[\s.…_/]*\d{{0,2}})[\s.…_/]*tháng(?P<month>[\s.…_/]*\d{{0,2}})"
    r"[\s.…_/]*năm[\s.…_]*(?P<year>(?:\d{4})?)(?!\d)",
    re.IGNORECASE,
)
_SHORT_DATE = re.compile(
    rf"{_PLACE}\s*,\s*ngày\s*(?P<day>\d{{1,2}})[/.-](?P<month>\d{{1,2}})[/.-](?P<year>\d{{4}})(?!\d)", re.IGNORECASE
)
_NO_COMMA = re.compile(r"(?P<place>[^\W\d_]+(?: [^\W\d_]+){0,3}) (?P<day>ngày\b.*tháng.*năm\b.*)")
_SYLLABLE = re.compile(r"[^\W\d_]{2,7}")
_NATIONAL_NAME = re.compile(
    r"C[ỘO]NG\s+H(?:[ÒO][AÀ])\s+X[ÃA]\s+H[ỘO]I\s+CH[ỦU]\s+NGH(?:[ĨI]A|ỈA)\s+VI[ỆE]T\s+NAM", re.IGNORECASE
)
_MOTTO = re.compile(r"Đ[ộo]c\s+l[ậa]p\W{1,5}T[ựu]\s+do\W{1,5}H[ạa]nh\s+ph[úu]c", re.IGNORECASE)
_PARTY = re.compile(r"ĐẢNG\s+CỘNG\s+SẢN\s+VIỆT\s+NAM")
_ABOUT = re.compile(r"V\s*/\s*v\b\s*:?.*", re.IGNORECASE | re.DOTALL)
_ADDRESSEES = re.compile(r"Kính\s+gửi\s*:?", re.IGNORECASE)
_DRAFT = re.compile(r"\(?\s*(?:DỰ\s+THẢO|Dự\s+thảo)(?:\s+(?:LẦN|lần)\s+\d+)?\s*\)?|HỎA TỐC|HOẢ TỐC|THƯỢNG KHẨN|KHẨN")

_UNIT = r"(?:XÃ|PHƯỜNG|ĐẶC KHU|THỊ TRẤN|HUYỆN|QUẬN|THỊ XÃ|THÀNH PHỐ|TP\.?|TỈNH)"
_COMMITTEE = re.compile(rf"(?:ỦY BAN NHÂN DÂN|UỶ BAN NHÂN DÂN|UBND|HỘI ĐỒNG NHÂN DÂN|HĐND) {_UNIT} \S.*")
_OPEN_COMMITTEE = re.compile(rf"(?:ỦY BAN NHÂN DÂN|UỶ BAN NHÂN DÂN|HỘI ĐỒNG NHÂN DÂN)(?: {_UNIT})?")
_BODY = re.compile(
    r"(?:SỞ|BỘ|PHÒNG|BAN|TRUNG TÂM|TRƯỜNG|VĂN PHÒNG|CHI CỤC|CỤC|HỘI ĐỒNG|CỤM|KHỐI|TRẠM|CÔNG AN|HỘI|ĐOÀN|TỔ"
    r"|LIÊN ĐOÀN|CÔNG ĐOÀN|THANH TRA|TỔNG CỤC|VIỆN|BẢO HIỂM)\b"
)


@dataclass(frozen=True, slots=True)
class Title:
    line: int
    """Where it stands among the lines."""
    kind: str
    rest: str
    """Of its subject, on the same line."""


@dataclass(frozen=True, slots=True)
class HeadFound:
    head: Head
    about: str
    """«V/v …» of a letter, without these signs."""
    addressees: tuple[str, ...]
    said_otherwise: tuple[str, ...]
    unsure: tuple[Unsure, ...]


def title_at(lines: Sequence[SourceLine]) -> Title | None:
    """The first line that is a kind of paper in capitals, alone or before its subject.

    A web page repeats the title above the paper; the paper's own stands below the nation's name.
    """
    top = lines[:_WITHIN]
    nation = next((at for at, line in enumerate(top) if is_national_name(line.text)), -1)
    return (_first_title(top, nation) if nation > 0 else None) or _first_title(top, 0)


def _first_title(lines: Sequence[SourceLine], begin: int) -> Title | None:
    for at, line in enumerate(lines[begin:], start=begin):
        text = _unspaced(line.text)
        for kind in (*KINDS, *_MORE_KINDS):
            if text.rstrip(" :") == kind:
                return Title(at, kind, "")
            rest = text.removeprefix(f"{kind} ")
            if rest != text and at and (rest[:1].isupper() or rest[:1] in '“"') and _is_subject(rest, line):
                return Title(at, kind, rest)
        if re.match(r"(?:Căn cứ|Kính gửi|I\.|1\.|Điều 1)\b", text):
            return None
    return None


def is_national_name(text: str) -> bool:
    """Also where a narrow column broke it."""
    return bool(re.match(r"C[ỘO]NG\s+H[ÒO][AÀ]\s+X[ÃA]\s+H[ỘO]I\b", text, re.IGNORECASE))


def _is_subject(rest: str, line: SourceLine) -> bool:
    return len(rest) > 3 and not rest.endswith((";", ":"))


def _unspaced(text: str) -> str:
    """«K Ế  H O Ạ C H» as the word that it is."""
    return text.replace(" ", "") if re.fullmatch(r"(?:\w )+\w", text) and len(text) < 40 else text


def read_head(lines: Sequence[SourceLine]) -> HeadFound:
    """Two columns side by side are read one after the other."""
    parts = [line for line in lines if line.column == 0] + [line for line in lines if line.column != 0]
    foretold = [line.text for line in parts if _foretells(line.text)]
    text = "\n".join(_with_whole_place([line.text for line in parts if not _foretells(line.text)]))
    said: list[str] = []
    text, addressees = _take_addressees(text, said)
    text, number = _take(text, (_NUMBER,), said)
    text, date = _take(text, (_DATE, _SHORT_DATE), said, keep="place")
    text, _ = _take(text, (_NATIONAL_NAME,), said)
    text, _ = _take(text, (_MOTTO,), said)
    text, _ = _take(text, (_PARTY,), said)
    text, about = _take(text, (_ABOUT,), [])
    text, _ = _take(text, (_DRAFT,), said)
    superior, issuer, rest = _bodies([" ".join(line.split()) for line in text.split("\n")])
    rest = [*foretold, *rest]
    unsure = [Unsure("", "Phần chữ ở đầu văn bản chưa rõ là gì.", text="\n".join(rest))] if rest else []
    day = _date(date, unsure)
    head = Head(
        superior=superior,
        issuer=issuer,
        number=(number["number"] or "") if number else "",
        symbol=re.sub(_DASH, "-", number["symbol"]) if number else "",
        place=_place(date) if date else "",
        date=day,
    )
    words = re.sub(r"^V\s*/\s*v\s*:?\s*", "", about[0], flags=re.IGNORECASE) if about else ""
    said += [about[0][: len(about[0]) - len(words)]] if about else []
    return HeadFound(head, " ".join(words.split()), addressees, tuple(said), tuple(unsure))


def _foretells(text: str) -> bool:
    """The first words of the paper on one line, which a web page shows above it."""
    return len(text) > _LONGEST_LINE and bool(_NATIONAL_NAME.search(text))


def _with_whole_place(lines: Sequence[str]) -> list[str]:
    """«Điện» above «Biên, ngày …» is half of a place; «Cao Lâu ngày … tháng …» wants its comma."""
    found: list[str] = []
    for line in lines:
        line = " ".join(line.split())
        is_place = re.match(r"[^\W\d_][^,]{0,30}, ngày\b", line)
        if is_place and found and _SYLLABLE.fullmatch(found[-1]) and found[-1].istitle():
            found[-1] = f"{found[-1]} {line}"
        elif (bare := _NO_COMMA.fullmatch(line)) and bare["place"].istitle():
            found.append(f"{bare['place']}, {bare['day']}")
        else:
            found.append(line)
    return found


def _take(
    text: str, patterns: Iterable[re.Pattern[str]], said: list[str], keep: str = ""
) -> tuple[str, re.Match[str] | None]:
    """The text without what is found; its words go to ``said``, but for the group to ``keep``."""
    for pattern in patterns:
        if found := pattern.search(text):
            words, before = found[0], text[: found.start()]
            if keep and found[keep]:
                words = words.replace(found[keep], "", 1)
                before += _in_capitals(found[keep])
            said.append(words)
            return before + "\n" + text[found.end() :], found
    return text, None


def _take_addressees(text: str, said: list[str]) -> tuple[str, tuple[str, ...]]:
    found = _ADDRESSEES.search(text)
    if found is None:
        return text, ()
    said.append(found[0])
    names: list[str] = []
    for line in text[found.end() :].split("\n"):
        line = line.strip()
        if line.startswith(("-", "–", "+")) or not names or names[-1].endswith((";", ".")):
            names.append(line.lstrip("-–+ "))
        else:
            names[-1] = f"{names[-1]} {line}".strip()
    return text[: found.start()], tuple(name for name in (name.rstrip(" ;.") for name in names) if name)


def _place(date: re.Match[str]) -> str:
    place = date["place"] or ""
    return " ".join(place[len(_in_capitals(place)) :].split()).strip(" .-–")


def _in_capitals(place: str) -> str:
    """What a copy put before the place on its line: the end of the issuer's name."""
    words = re.findall(r"\S+\s*", place)
    count = next((at for at, word in enumerate(words) if not _is_capital(word.strip())), len(words))
    return "".join(words[:count]) if count < len(words) else ""


def _is_capital(word: str) -> bool:
    return word in "-–" or (len(word) > 1 and word.isupper())


def _date(found: re.Match[str] | None, unsure: list[Unsure]) -> PartialDate:
    """What no calendar has is said and left blank."""
    if found is None:
        return PartialDate()
    day, month, year = (_figure(found[part]) for part in ("day", "month", "year"))
    iso = f"{year:04d}" if year else ""
    if year and month is not None:
        iso += f"-{month:02d}" + (f"-{day:02d}" if day is not None else "")
    try:
        return PartialDate.parse(iso)
    except ValueError:
        printed = " ".join(found[0].split())
        unsure.append(Unsure("date", f"Không có ngày «{printed}» trên lịch; hãy nhập lại.", text=printed))
        return PartialDate()


def _figure(text: str) -> int | None:
    digits = re.sub(r"\D", "", text)
    return int(digits) if digits else None


def _bodies(lines: Sequence[str]) -> tuple[str, str, list[str]]:
    """The superior body where there is one, the issuing body, and lines that are neither."""
    bodies: list[str] = []
    rest: list[str] = []
    for line in lines:
        if not re.search(r"[^\W_]", line):
            continue
        is_name = line == line.upper() and sum(map(str.isalpha, line)) > 1 and not line.startswith(_TITLES)
        if not is_name:
            rest.append(line)
        elif bodies and not _begins_a_body(bodies[-1], line):
            bodies[-1] = f"{bodies[-1]} {line}"
        else:
            bodies.append(line)
    bodies = [body.strip("*_-–— ") for body in bodies]
    if len(bodies) < 2:
        return "", "".join(bodies), rest
    return bodies[0], " ".join(bodies[1:]), rest


def _begins_a_body(before: str, name: str) -> bool:
    if len(before.split()) < 2 or _OPEN_COMMITTEE.fullmatch(before):
        return False
    if _COMMITTEE.match(before) and _OPEN_COMMITTEE.fullmatch(name):
        return True
    return bool(_COMMITTEE.match(before) or _BODY.match(before)) and bool(_BODY.match(name) or _COMMITTEE.match(name))
