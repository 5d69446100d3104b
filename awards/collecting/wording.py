"""What lists call awards, levels, kinds of recipients, days of birth; and how a round calls its year. Pure.

Nothing is guessed: words that could mean two awards, or one that the catalogue does not have, are refused with what
to write instead.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping

from awards.models.common import Level, RecipientKind
from awards.shipped import AwardKind, shipped_awards
from core.cells import UnfitCell, read_day
from core.text import fold

FIRST_BIRTH_YEAR = 1900
_MOST_SHOWN = 60

_ALSO_CALLED: Mapping[str, tuple[str, ...]] = {
    "LDTT": ("lđtt", "danh hiệu lao động tiên tiến"),
    "CSTDCS": ("cstđcs", "cstđ cơ sở", "cstđ cs", "chiến sĩ thi đua cấp cơ sở"),
    "CSTDT": (
        *("cstđ tỉnh", "cstđ cấp tỉnh", "cstđt", "chiến sĩ thi đua tỉnh"),
        "chiến sĩ thi đua cấp bộ, ngành, tỉnh, đoàn thể trung ương",
        "chiến sĩ thi đua cấp bộ, ban, ngành, tỉnh, đoàn thể trung ương",
    ),
    "CSTDTQ": ("cstđ toàn quốc", "cstđtq"),
    "TTLDTT": ("ttlđtt", "tập thể lđtt"),
    "TTLDXS": ("ttlđxs", "tập thể lđxs"),
    "COT": (
        *("cờ thi đua của ubnd tỉnh", "cờ thi đua ubnd tỉnh", "cờ thi đua cấp tỉnh", "cờ thi đua tỉnh"),
        "cờ thi đua cấp bộ, ngành, tỉnh, đoàn thể trung ương",
        "cờ thi đua cấp bộ, ban, ngành, tỉnh, đoàn thể trung ương",
    ),
    "COCP": ("cờ thi đua chính phủ", "cờ chính phủ"),
    "XTB": ("xã tiêu biểu", "phường tiêu biểu", "đặc khu tiêu biểu", "xã, phường, thị trấn tiêu biểu"),
    "TVH": (
        *("thôn văn hóa", "tổ dân phố văn hóa", "ấp văn hóa", "bản văn hóa", "khu phố văn hóa", "buôn văn hóa"),
        *("xóm văn hóa", "thôn, bản văn hóa", "khu dân cư văn hóa"),
    ),
    "GDVH": ("gđvh", "danh hiệu gia đình văn hóa"),
    "GK": (
        *("gk", "giấy khen của chủ tịch ubnd xã", "giấy khen chủ tịch ubnd xã", "giấy khen của ubnd xã"),
        *("giấy khen của chủ tịch ủy ban nhân dân xã", "giấy khen của chủ tịch ủy ban nhân dân cấp xã"),
        *("giấy khen của chủ tịch ubnd phường", "giấy khen của chủ tịch ubnd cấp xã", "giấy khen cấp xã"),
        *("giấy khen của chủ tịch ủy ban nhân dân cấp huyện", "giấy khen của chủ tịch ubnd huyện"),
        "giấy khen của thủ trưởng cơ quan chuyên môn và tương đương thuộc ủy ban nhân dân cấp tỉnh",
        "giấy khen của thủ trưởng cơ quan, đơn vị thuộc bộ, ngành, cơ quan ngang bộ, cơ quan thuộc chính phủ",
    ),
    "BKT": (
        *("bằng khen", "bằng khen tỉnh", "bằng khen cấp tỉnh", "bằng khen của chủ tịch ubnd tỉnh", "bk tỉnh"),
        *("bằng khen ubnd tỉnh", "bằng khen của ubnd tỉnh", "bằng khen chủ tịch ubnd tỉnh"),
        "bằng khen cấp bộ, ban, ngành, tỉnh, đoàn thể trung ương",
    ),
    "BKTTg": ("bằng khen thủ tướng", "bằng khen của thủ tướng", "bằng khen thủ tướng chính phủ", "bk ttg"),
    "KNC": ("knc",),
    "HCLD3": ("hclđ hạng ba", "huân chương lao động hạng 3", "huân chương lao động hạng iii", "hclđ 3"),
}
"""Code → what offices and the lists of the central system call it besides its name."""

_LEVELS: Mapping[str, Level] = {
    "lãnh đạo cấp bộ, cấp tỉnh và tương đương trở lên": Level.PROVINCE,
    "lãnh đạo cấp vụ, sở, ngành và tương đương": Level.DEPARTMENT,
    "doanh nhân": Level.BUSINESS,
    "các cấp lãnh đạo từ phó phòng trở lên": Level.LEADER,
    "các cấp lãnh đạo khác": Level.LEADER,
    "lãnh đạo": Level.LEADER,
    "người trực tiếp công tác, lao động, học tập, chiến đấu và phục vụ chiến đấu": Level.DIRECT,
    "người lao động trực tiếp": Level.DIRECT,
    "trực tiếp": Level.DIRECT,
}
_KINDS: Mapping[str, RecipientKind] = {
    "khen thưởng cá nhân": RecipientKind.PERSON,
    "canhan": RecipientKind.PERSON,
    "khen thưởng tập thể": RecipientKind.COLLECTIVE,
    "tapthe": RecipientKind.COLLECTIVE,
    "khen thưởng hộ gia đình": RecipientKind.HOUSEHOLD,
    "hogiadinh": RecipientKind.HOUSEHOLD,
    "hộ": RecipientKind.HOUSEHOLD,
    "gia đình": RecipientKind.HOUSEHOLD,
}
_HONORIFIC = re.compile(
    r"^(?P<said>(?:ông|bà|anh|chị|cô|thầy|đồng chí|đ/c|em|cháu|bác sĩ|bs\.?|ths\.?|thạc sĩ|ts\.?|tiến sĩ)[.:]?)\s+",
    re.IGNORECASE,
)
_SHOWN_HONORIFIC = {"đ/c": "Đồng chí"}
_GENDERS = {"ông": "male", "anh": "male", "thầy": "male", "bà": "female", "chị": "female", "cô": "female"}
_COLLECTIVE = re.compile(
    r"^(?:tập thể|nhân dân|cán bộ|thôn|ấp|bản|buôn|xóm|khu phố|tổ dân phố|trường|trạm|chi bộ|đảng bộ|chi hội|chi đoàn"
    r"|hội|đoàn|phòng|ban|ủy ban|ubnd|hội đồng|công an|văn phòng|tổ|xã|phường|đặc khu|công ty|hợp tác xã)\b(?=\s)",
    re.IGNORECASE,
)
_HOUSEHOLD = re.compile(r"^(?:hộ|gia đình|hộ gia đình)\b", re.IGNORECASE)
_YEAR = re.compile(r"\d{4}")
_MONTH = re.compile(r"(?:0?[1-9]|1[0-2])\s*[/.\-]\s*(\d{4})")


def _by_words() -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for code, award in shipped_awards().items():
        for words in (code, award.name, *_ALSO_CALLED.get(code, ())):
            found.setdefault(_key(words), set()).add(code)
    return found


def _key(text: str) -> str:
    """Commas and hyphens part nothing here: «cấp Bộ, ngành, tỉnh» is «cấp bộ ngành tỉnh»."""
    return " ".join(re.sub(r"[,;.\-–“”\"«»]", " ", fold(text)).split())


_AWARDS = _by_words()
_LEVEL_KEYS = {_key(words): level for words, level in _LEVELS.items()} | {
    _key(level.label): level for level in Level if level.value
}
_KIND_KEYS = {_key(words): kind for words, kind in _KINDS.items()} | {_key(kind.label): kind for kind in RecipientKind}


def read_award(text: str) -> str:
    """The code; raise ``UnfitCell`` with half a sentence."""
    found = _AWARDS.get(_key(text), set())
    if len(found) == 1:
        return next(iter(found))
    if _key(text) in ("huan chuong lao dong", "hcld"):
        raise UnfitCell("chưa ghi hạng; ghi như «Huân chương Lao động hạng Ba»")
    raise UnfitCell(f"danh mục chưa có «{text[:_MOST_SHOWN]}»; ghi như trong danh mục, ví dụ «Lao động tiên tiến»")


def is_award(text: str) -> bool:
    return len(_AWARDS.get(_key(text), ())) == 1


def read_level(text: str) -> Level | None:
    """None: nothing that is known."""
    return _LEVEL_KEYS.get(_key(text))


def read_kind(text: str) -> RecipientKind | None:
    return _KIND_KEYS.get(_key(text))


def kind_meant(name: str, award: str, said: RecipientKind | None = None) -> RecipientKind:
    """What the list says, else whom alone the award is for, else what the name begins with."""
    if said is not None:
        return said
    allowed = shipped_awards()[award].recipients
    if len(allowed) == 1:
        return RecipientKind(allowed[0].value)
    if _HOUSEHOLD.match(name):
        return RecipientKind.HOUSEHOLD
    return RecipientKind.COLLECTIVE if _COLLECTIVE.match(name) else RecipientKind.PERSON


def split_honorific(name: str) -> tuple[str, str]:
    """«Bà Nguyễn Thị Hoa» → «Bà», «Nguyễn Thị Hoa»."""
    plain = " ".join(name.split())
    found = _HONORIFIC.match(plain)
    if found is None or not plain[found.end() :]:
        return "", plain
    said = found["said"].rstrip(".:").lower()
    shown = _SHOWN_HONORIFIC.get(said, said[:1].upper() + said[1:])
    return shown, plain[found.end() :]


def gender_of(honorific: str) -> str:
    """Blank where the honorific does not tell."""
    return _GENDERS.get(honorific.casefold(), "")


def read_gender(text: str) -> str:
    key = _key(text)
    if key in ("nam", "gioi tinh nam", "m"):
        return "male"
    return "female" if key in ("nu", "gioi tinh nu", "f", "x") else ""


def read_birth(text: str, today: dt.date) -> tuple[dt.date | None, int | None]:
    """A day with its year, or the year alone («1980», «5/1980»); raise ``UnfitCell``."""
    plain = " ".join(text.split()).rstrip(".")
    if not plain:
        return None, None
    day = None
    if found := _MONTH.fullmatch(plain):
        year = int(found[1])
    elif _YEAR.fullmatch(plain):
        year = int(plain)
    else:
        day = read_day(plain)
        year = day.year
    if not FIRST_BIRTH_YEAR <= year <= today.year:
        raise UnfitCell(f"năm sinh {year} không thể có; ghi như 1980 hoặc 5/3/1980")
    return day, year


def birth_words(birth_date: dt.date | None, birth_year: int | None) -> str:
    if birth_date is not None:
        return f"{birth_date:%d/%m/%Y}"
    return str(birth_year) if birth_year else ""


def award_choices(codes: list[str] | None = None) -> list[tuple[str, list[tuple[str, str]]]]:
    """Titles apart from forms, for a select; ``codes``: only these."""
    awards = [one for one in shipped_awards().values() if not codes or one.code in codes]
    heads = ((AwardKind.TITLE, "Danh hiệu thi đua"), (AwardKind.FORM, "Hình thức khen thưởng"))
    groups = [(words, [(one.code, one.name) for one in awards if one.kind is kind]) for kind, words in heads]
    return [(words, own) for words, own in groups if own]


def year_words(year: int, cycle: str) -> str:
    """«năm 2026», «năm học 2025-2026»: a school year is called by the year in which it ends."""
    return f"năm học {year - 1}-{year}" if cycle == "school_year" else f"năm {year}"
