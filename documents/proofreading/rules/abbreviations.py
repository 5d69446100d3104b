"""Abbreviations that nobody explained before."""

from __future__ import annotations

import re
from collections.abc import Iterator

from documents.proofreading.findings import Finding, Severity, at
from documents.proofreading.reading import PROSE, Line, Reading, Role

MEANINGS = {
    "TĐKT": "thi đua, khen thưởng",
    "NTM": "nông thôn mới",
    "BHYT": "bảo hiểm y tế",
    "BHXH": "bảo hiểm xã hội",
    "CNTT": "công nghệ thông tin",
    "HTX": "hợp tác xã",
    "ANTT": "an ninh trật tự",
    "ATGT": "an toàn giao thông",
    "ATTP": "an toàn thực phẩm",
    "CCHC": "cải cách hành chính",
    "TTHC": "thủ tục hành chính",
    "GPMB": "giải phóng mặt bằng",
    "XDCB": "xây dựng cơ bản",
    "PCCC": "phòng cháy, chữa cháy",
    "TDTT": "thể dục thể thao",
    "CSTĐ": "Chiến sĩ thi đua",
    "CSTĐCS": "Chiến sĩ thi đua cơ sở",
    "LĐTT": "Lao động tiên tiến",
    "TTLĐXS": "Tập thể lao động xuất sắc",
    "TTLĐTT": "Tập thể lao động tiên tiến",
    "DTTS": "dân tộc thiểu số",
    "CCB": "cựu chiến binh",
    "SXKD": "sản xuất, kinh doanh",
    "KHHGĐ": "kế hoạch hóa gia đình",
    "GD&ĐT": "giáo dục và đào tạo",
    "HTXSNV": "hoàn thành xuất sắc nhiệm vụ",
    "HTTNV": "hoàn thành tốt nhiệm vụ",
    "CBCC": "cán bộ, công chức",
    "CBCCVC": "cán bộ, công chức, viên chức",
    "CĐS": "chuyển đổi số",
    "KTXH": "kinh tế - xã hội",
    "KT-XH": "kinh tế - xã hội",
    "QPAN": "quốc phòng, an ninh",
    "QP-AN": "quốc phòng - an ninh",
    "VSMT": "vệ sinh môi trường",
    "TTATXH": "trật tự, an toàn xã hội",
    "MTQG": "mục tiêu quốc gia",
    "LLVT": "lực lượng vũ trang",
    "NSNN": "ngân sách nhà nước",
    "TDP": "tổ dân phố",
    "KDC": "khu dân cư",
    "ĐVTN": "đoàn viên, thanh niên",
    "PTTH": "phát thanh, truyền hình",
}
"""What an office shortens most; others that everybody reads (UBND, HĐND, MTTQ, THCS) need no word."""

_ROMAN = re.compile(r"[CDILMVX]+")
_SAID = "|".join(re.escape(short) for short in sorted(MEANINGS, key=len, reverse=True))
_USED = re.compile(rf"(?<![\w/&.-])(?:{_SAID})(?![\w/&]|-[A-ZĐ])")


_KNOWN = """
    UBND HĐND MTTQ UBMTTQ THCS THPT TTg TTXVN TNCS LHPN GRDP PCT PCVP PVP CVP VPUB VPCP KHXH VNPT BTV BCH BTTQ BTC
    BVNDTW PPP ĐBQH HTTTT TTTT
"""
_EVERYBODY_READS = frozenset(_KNOWN.split())
_LOOKS_SHORT = re.compile(
    r"(?<![\w/&.-])(?=[A-ZĐ]{3,8}(?![\w/&]|-[A-ZĐ]))(?:[BCDĐGHKLMNPQRSTVX]{3,8}|[A-ZĐ]*Đ[A-ZĐ]*)(?![\w/&])"
)
"""Letters that nobody could speak as a word: no vowel, or the Vietnamese Đ."""


def unexplained(reading: Reading) -> Iterator[Finding]:
    """At its first use; in tables, recipients and cited titles a short form is at home."""
    explained: set[str] = set()
    for line in reading.lines:
        if line.role not in PROSE and line.role is not Role.SUBJECT:
            continue
        for match in (*_USED.finditer(line.text), *_LOOKS_SHORT.finditer(line.text)):
            short = match[0]
            if short in explained or short in _EVERYBODY_READS or _ROMAN.fullmatch(short):
                continue
            explained.add(short)
            if not _is_explained(line, match) and not line.is_cited(*match.span()) and not line.is_upper:
                message = f"«{short}» chưa được giải thích ở lần viết đầu tiên."
                new = f"{MEANINGS[short]} ({short})" if short in MEANINGS else ""
                yield at(line, "abbreviation", match.span(), message, new=new, severity=Severity.LOOK)


def _is_explained(line: Line, match: re.Match[str]) -> bool:
    before, after = line.text[: match.start()].rstrip(' “"'), line.text[match.end() :]
    if before.endswith(("(", "viết tắt là", "gọi tắt là", "sau đây gọi là", "viết tắt:")):
        return True
    return after.startswith(" (") and len(after[2:].partition(")")[0].split()) > 1


RULES = (unexplained,)
