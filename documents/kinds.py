"""Kinds of papers and their abbreviations (Decree 30/2020/NĐ-CP, Phụ lục III, mục I), as a register writes them."""

from __future__ import annotations

import re

from core.cells import name_key

LETTER = "Công văn"
"""The one kind without an abbreviation: its symbol begins with that of the office."""

ABBREVIATIONS = {
    "NQ": "Nghị quyết",
    "QĐ": "Quyết định",
    "CT": "Chỉ thị",
    "QC": "Quy chế",
    "QyĐ": "Quy định",
    "TC": "Thông cáo",
    "TB": "Thông báo",
    "HD": "Hướng dẫn",
    "CTr": "Chương trình",
    "KH": "Kế hoạch",
    "PA": "Phương án",
    "ĐA": "Đề án",
    "DA": "Dự án",
    "BC": "Báo cáo",
    "BB": "Biên bản",
    "TTr": "Tờ trình",
    "HĐ": "Hợp đồng",
    "CĐ": "Công điện",
    "BGN": "Bản ghi nhớ",
    "BTT": "Bản thỏa thuận",
    "GUQ": "Giấy ủy quyền",
    "GM": "Giấy mời",
    "GGT": "Giấy giới thiệu",
    "GNP": "Giấy nghỉ phép",
    "PG": "Phiếu gửi",
    "PC": "Phiếu chuyển",
    "PB": "Phiếu báo",
}

_BY_NAME = {name_key(kind): kind for kind in (LETTER, *ABBREVIATIONS.values())}
_FIRST_PART = re.compile(r"(?:\d{4}/)?([^\W\d_]+)")
_BETWEEN = " :;,.-–—"


def kind_of_symbol(symbol: str, office: str = "") -> str:
    """«KH-UBND» is a plan, «UBND-VX» of the office «UBND» a letter; empty where the symbol does not say."""
    found = _FIRST_PART.match(symbol)
    if not found:
        return ""
    return ABBREVIATIONS.get(found[1], LETTER if office and found[1] == office.partition("-")[0] else "")


def spelled(kind: str) -> str:
    """«KẾ HOẠCH» as «Kế hoạch»; what is no known kind stays as it is."""
    return _BY_NAME.get(name_key(kind), kind)


def kind_and_subject(text: str) -> tuple[str, str]:
    """«Kế hoạch công tác năm» as «Kế hoạch» and «Công tác năm»; no kind where the text begins with none."""
    words = text.split()
    for length in (3, 2):
        kind = _BY_NAME.get(name_key(" ".join(words[:length]).rstrip(_BETWEEN)))
        if kind:
            rest = " ".join(words[length:]).lstrip(_BETWEEN)
            return kind, rest[:1].upper() + rest[1:]
    return "", text
