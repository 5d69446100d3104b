"""Names as the field writes them: what a part's name says of its kind, what a printed issuer line names.

Pure text; no database.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

# First words of a part's name → its kind (``Part.Kind`` values). The longest match wins.
_KINDS = {
    "village": (
        "thôn",
        "ấp",
        "khu phố",
        "bản",
        "buôn",
        "làng",
        "xóm",
        "khối phố",
        "khóm",
        "tổ dân phố",
        "sóc",
        "phum",
    ),
    "school": ("trường",),
    "station": ("trạm", "trung tâm", "đài"),
    "council": ("hội đồng", "ban chỉ đạo", "tổ kiểm phiếu"),
    "organisation": (
        "đoàn",
        "hội",
        "mặt trận",
        "ủy ban mttq",
        "ủy ban mặt trận",
        "ubmttq",
        "công đoàn",
        "liên đoàn",
    ),
    "group": ("các", "cán bộ", "toàn thể", "đơn vị"),
    "office": (
        "phòng",
        "văn phòng",
        "ban",
        "ủy ban nhân dân",
        "ubnd",
        "hđnd",
        "hội đồng nhân dân",
        "công an",
        "thường trực",
        "đảng ủy",
        "công chức",
        "bộ phận",
        "sở",
        "chi cục",
    ),
}
_OTHER = "other"

PROVINCE, DISTRICT, COMMUNE = "province", "district", "commune"

_DESIGNATIONS = {
    "xã": COMMUNE,
    "phường": COMMUNE,
    "thị trấn": COMMUNE,
    "đặc khu": COMMUNE,
    "huyện": DISTRICT,
    "quận": DISTRICT,
    "thị xã": DISTRICT,
    "thành phố": DISTRICT,
    "tỉnh": PROVINCE,
}
# Constitution, article 110: cities under central rule. Every other city was of district level until 30 June 2025.
_CENTRAL_CITIES = {"hà nội", "hải phòng", "huế", "đà nẵng", "hồ chí minh", "cần thơ"}

_BODY = r"(?:ủy ban nhân dân|uỷ ban nhân dân|ubnd|hội đồng nhân dân|hđnd)"
_ISSUER = re.compile(rf"^{_BODY}\s+({'|'.join(_DESIGNATIONS)})\s+(.+)$", re.IGNORECASE)
_ADMINISTRATIVE = re.compile(rf"\b({'|'.join(_DESIGNATIONS)})\s+(.+)$", re.IGNORECASE)
# After "huyện" these are common words, no proper name: "các huyện vùng cao", "huyện miền núi".
_COMMON_AFTER = {"vùng", "miền", "và", "phía", "trực", "thuộc", "trong", "ven"}


@dataclass(frozen=True, slots=True)
class NamedUnit:
    """What an issuer line says of its unit."""

    kind: str
    designation: str
    name: str


def part_kind(name: str) -> str:
    """The kind that the first words of a part's name tell.

    >>> part_kind("Hội đồng TĐKT xã"), part_kind("Hội Nông dân xã"), part_kind("Các thôn")
    ('council', 'organisation', 'group')
    """
    words = f"{_plain(name).lower()} "
    starts = {start: kind for kind, group in _KINDS.items() for start in group if words.startswith(f"{start} ")}
    return starts[max(starts, key=len)] if starts else _OTHER


def unit_of_line(line: str) -> NamedUnit:
    """Read a printed issuer line in capitals.

    >>> unit_of_line("ỦY BAN NHÂN DÂN XÃ CẨM LĨNH")
    NamedUnit(kind='commune', designation='xã', name='Cẩm Lĩnh')
    """
    plain = _plain(line)
    if found := _ISSUER.match(plain):
        designation, name = found[1].lower(), title_case(found[2])
        return NamedUnit(_level(designation, name), designation, name)
    return NamedUnit(COMMUNE, "", ordinary_case(plain))


def title_case(capitals: str) -> str:
    """``CẨM LĨNH`` → ``Cẩm Lĩnh``; every part of a hyphened name as well, numbers stay.

    >>> title_case("BẢO LỘC - B'LAO")
    "Bảo Lộc - B'lao"
    """
    return re.sub(r"[^\s\-–]+", lambda word: word[0].capitalize(), _plain(capitals))


def ordinary_case(capitals: str) -> str:
    """A name in capitals as it stands in running text; place names after "tỉnh", "huyện"… keep theirs.

    >>> ordinary_case("CỤM THI ĐUA HUYỆN VÙNG THẤP"), ordinary_case("CỤM THI ĐUA SỐ 2 TỈNH NGHỆ AN")
    ('Cụm thi đua huyện vùng thấp', 'Cụm thi đua số 2 tỉnh Nghệ An')
    """
    lower = _plain(capitals).lower()
    if (found := _ADMINISTRATIVE.search(lower)) and found[2].split()[0] not in _COMMON_AFTER:
        lower = lower[: found.start(2)] + title_case(found[2])
    return lower[:1].upper() + lower[1:]


def _level(designation: str, name: str) -> str:
    if designation == "thành phố" and name.lower() in _CENTRAL_CITIES:
        return PROVINCE
    return _DESIGNATIONS[designation]


def _plain(text: str) -> str:
    return " ".join(unicodedata.normalize("NFC", text).split())
