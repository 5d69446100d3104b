"""The head of an official paper: boxes 1 to 5 of the layout (Decree 30/2020/NĐ-CP, Phụ lục I, mục IV)."""

from __future__ import annotations

import re
from dataclasses import dataclass

from documents.dates import PartialDate

KINDS = (
    (
        "NGHỊ QUYẾT QUYẾT ĐỊNH|CHỈ THỊ|QUY CHẾ|QUY ĐỊNH|THÔNG CÁO|THÔNG BÁO|HƯỚNG DẪN|CHƯƠNG TRÌNH|KẾ HOẠCH|PHƯƠNG ÁN"
        "|ĐỀ ÁN|DỰ ÁN|BÁO CÁO|BIÊN BẢN|TỜ TRÌNH|HỢP ĐỒNG|CÔNG ĐIỆN|BẢN GHI NHỚ|BẢN THỎA THUẬN|BẢN THOẢ THUẬN"
        "|GIẤY ỦY QUYỀN|GIẤY UỶ QUYỀN|GIẤY MỜI|GIẤY GIỚI THIỆU|GIẤY NGHỈ PHÉP|PHIẾU GỬI|PHIẾU CHUYỂN|PHIẾU BÁO"
    )
    .replace("NGHỊ QUYẾT QUYẾT", "NGHỊ QUYẾT|QUYẾT")
    .split("|")
)
"""Named types, Decree 30, Điều 7."""

_TITLE_WITHIN = 40
_STRAY = "*|~_`^•●■□✓✔¦\\<>="
_MARKS_ONLY = re.compile(r"[\W_]*")

_GAP = r"[ \t.…_·'`~]*"
_DASH = r"\s*[-–—‐‑]\s*"
_SYMBOL = rf"[A-ZĐ][A-Za-zĐđƯưƠơ&]*(?:{_DASH}[A-ZĐ][A-Za-zĐđƯưƠơ&]*)*"
_NUMBER = re.compile(
    rf"(?<!\w)S[ốôồổỗộo]{_GAP}[:;]?{_GAP}(?:(?P<number>\d{{1,6}}[a-zđ]?)|[^\s/⁄]{{1,8}})?{_GAP}[/⁄]{_GAP}"
    rf"(?P<symbol>(?:\d{{4}}/)?{_SYMBOL})(?![\w])"
)
_DATE = re.compile(
    r"(?P<place>[^\W\d_][^\n,;:]{0,60}?)?\s*,?\s*ngày(?P<day>[\s.…_]*\d{0,2})[\s.…_]*tháng(?P<month>[\s.…_]*\d{0,2})"
    r"[\s.…_]*năm[\s.…_]*(?P<year>(?:\d{4})?)(?!\d)",
    re.IGNORECASE,
)
_SHORT_DATE = re.compile(
    r"(?P<place>[^\W\d_][^\n,;:]{0,60}?)\s*,\s*ngày\s*(?P<day>\d{1,2})[/.-](?P<month>\d{1,2})[/.-](?P<year>\d{4})(?!\d)",
    re.IGNORECASE,
)
_NATIONAL_NAME = re.compile(r"C[ỘO]NG\s+H[ÒO][AÀ]\s+X[ÃA]\s+H[ỘO]I\s+CH[ỦU]\s+NGH[ĨI]A\s+VI[ỆE]T\s+NAM", re.IGNORECASE)
_MOTTO = re.compile(r"Đ[ộo]c\s+l[ậa]p\W{1,5}T[ựu]\s+do\W{1,5}H[ạa]nh\s+ph[úu]c", re.IGNORECASE)

_UNIT = r"(?:XÃ|PHƯỜNG|ĐẶC KHU|THỊ TRẤN|HUYỆN|QUẬN|THỊ XÃ|THÀNH PHỐ|TỈNH)"
_COMMITTEE = re.compile(rf"(?:ỦY BAN NHÂN DÂN|UỶ BAN NHÂN DÂN|UBND|HỘI ĐỒNG NHÂN DÂN|HĐND) {_UNIT} \S.*")
_OPEN_COMMITTEE = re.compile(rf"(?:ỦY BAN NHÂN DÂN|UỶ BAN NHÂN DÂN|HỘI ĐỒNG NHÂN DÂN)(?: {_UNIT})?")
_BODY = re.compile(
    r"(?:SỞ|PHÒNG|BAN|TRUNG TÂM|TRƯỜNG|VĂN PHÒNG|CHI CỤC|CỤC|HỘI ĐỒNG|CỤM|KHỐI|TRẠM|CÔNG AN|HỘI|ĐOÀN|TỔ)\b"
)


@dataclass(frozen=True, slots=True)
class Title:
    line: int
    kind: str
    rest: str
    """What a machine that recognises letters put on the same line."""


def plain_lines(text: str) -> list[str]:
    """Without stray marks at the ends and runs of blanks; a line of nothing else becomes an empty one."""
    lines = [" ".join(line.replace("\f", " ").strip().strip(_STRAY).split()) for line in text.splitlines()]
    return ["" if _MARKS_ONLY.fullmatch(line) else line for line in lines]


def title_at(lines: list[str]) -> Title | None:
    """The first line that is a kind of paper in capitals, alone or before its subject."""
    for at, line in enumerate(lines[:_TITLE_WITHIN]):
        for kind in KINDS:
            if line == kind:
                return Title(at, kind, "")
            rest = line.removeprefix(f"{kind} ")
            if rest != line and not rest.isupper() and rest[:1].isupper():
                return Title(at, kind, rest)
        if re.match(r"(?:Căn cứ|I\.|1\.|Điều 1)\b", line):
            return None
    return None


def read_number(head: str) -> tuple[str | None, str | None]:
    found = _NUMBER.search(head)
    if not found:
        return None, None
    return found["number"], re.sub(_DASH, "-", found["symbol"])


def read_date(head: str) -> tuple[str | None, PartialDate | None]:
    """Place and day of «Suối Bạc, ngày 05 tháng 02 năm 2026»."""
    head = _NUMBER.sub("\n", head)
    found = _DATE.search(head) or _SHORT_DATE.search(head)
    if not found:
        return None, None
    day, month, year = (_figure(found[part]) for part in ("day", "month", "year"))
    date = _calendar_date(year, month, day)
    place = " ".join((found["place"] or "").split()).strip(" .-–")
    return (place if place[:1].isupper() else None), date


def _figure(text: str) -> int | None:
    digits = re.sub(r"\D", "", text)
    return int(digits) if digits else None


def _calendar_date(year: int | None, month: int | None, day: int | None) -> PartialDate | None:
    """None for what no calendar has, and where all is blank."""
    iso = f"{year:04d}" if year else ""
    if year and month is not None:
        iso += f"-{month:02d}" + (f"-{day:02d}" if day is not None else "")
    try:
        return PartialDate.parse(iso) if iso else None
    except ValueError:
        return None


def read_issuer(head: str) -> tuple[str | None, str | None]:
    """The superior body, where the head names one, and the issuing body, each on one line."""
    for known in (_NUMBER, _DATE, _SHORT_DATE, _NATIONAL_NAME, _MOTTO):
        head = known.sub("\n", head)
    lines = [line.strip() for line in head.split("\n")]
    names = [line for line in lines if line and line == line.upper() and sum(map(str.isalpha, line)) > 1]
    bodies = _bodies(names)
    if len(bodies) < 2:
        return None, bodies[0] if bodies else None
    return bodies[0], " ".join(bodies[1:])


def _bodies(names: list[str]) -> list[str]:
    """Lines that go on with a name joined; a line that begins another body's name apart."""
    bodies: list[str] = []
    for name in names:
        if bodies and not _begins_a_body(bodies[-1], name):
            bodies[-1] = f"{bodies[-1]} {name}"
        else:
            bodies.append(name)
    return bodies


def _begins_a_body(before: str, name: str) -> bool:
    if len(before.split()) < 2 or _OPEN_COMMITTEE.fullmatch(before):
        return False
    return bool(_COMMITTEE.match(before) or _BODY.match(before)) and bool(_BODY.match(name) or _COMMITTEE.match(name))
