"""Words with which the lines of a paper begin: headings, entries, legal bases, the ending.

Printed lines are judged by them before they are paragraphs; what they are then is read by ``documents.outline``.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from core.text import fold

_LOWER = "a-zàáảãạăằắẳẵặâầấẩẫậđèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵ"
_SPACED = r"[ \t]*"
_ENTRY = re.compile(
    rf"""
    (?P<marker>
        Điều[ ]\d{{1,3}}[.:]
      | \(\d{{1,3}}\)
      | \(?(?:[a-zđ]|[ivx]{{1,4}})\)
      | (?:\d{{1,2}}|[a-zđ])/(?=\s|[^\W\d_])
      | \d{{1,2}}[-–](?=\s?[A-ZĐÀ-Ỹ][{_LOWER}])
      | \d{{1,2}}(?:\.\d{{1,2}})+[.)]?(?=\s|[^\W\d]|$)
      | \d{{1,3}}[.)](?!\d)  # 1.  2)
      | [a-zđ]\.(?=\s)
      | [A-ZĐ]\.(?=\s)
      | [IVX]{{1,5}}\.
      | [-–—−+•*●▪■○◦‣➢➤❖✓✔·](?![\d.])(?=\s|[^\W\d])
      | [-–—−+](?=\s\d)
      | [-+](?=[“"(‘])
      | [-–—−+•*●▪■○◦‣➢➤❖✓✔·](?=\s*$)
    ){_SPACED}(?P<text>.*)
    """,
    re.VERBOSE | re.DOTALL,
)
_DASHES = "–—−•*●▪■○◦‣➢➤❖✓✔·"
_KEPT_BULLETS = frozenset("-–+*•")  # markers that ``documents.outline`` reads

_ROMAN = re.compile(rf"(?P<marker>(?P<value>[IVX]{{1,6}}){_SPACED}[.)/:–-]){_SPACED}(?P<text>(?![a-z]).*)", re.DOTALL)
_LETTER = re.compile(r"(?P<marker>(?P<value>[A-HĐ])\s?[.)/])\s+(?P<text>\S.*)", re.DOTALL)
_PART = re.compile(
    r"(?P<marker>(?:phần|chương)\s+(?:thứ\s+)?"
    r"(?P<value>[ivx]{1,5}|\d{1,2}|[a-h](?=\s?[.:–-])|nhất|một|hai|ba|tư|bốn|năm|sáu|bảy|tám|chín|mười)\b\s?[.:–-]?)"
    r"\s*(?P<text>.*)",
    re.IGNORECASE | re.DOTALL,
)
_KINDS = (("part", _PART), ("letter", _LETTER), ("roman", _ROMAN))
_LONGEST_HEADING = 400
_LONGEST_PLAIN_HEADING = 160
_MOSTLY = 0.7

_BASIS = re.compile(
    r"(?:[-–+]\s*)?(?:Căn cứ|Thực hiện|Theo|Xét|Để|Nhằm|Trên cơ sở|Tiếp tục|Thi hành|Triển khai|Hưởng ứng|Sau khi"
    r"|Phát huy|Chào mừng|Được sự|Với mục)\b"
)
_LEGAL_BASIS = re.compile(r"(?:[-–+]\s*)?(?:Căn cứ|Xét|Theo đề nghị)\b")
_CLOSING = re.compile(
    r"Trên đây là|(?:Yêu cầu|Đề nghị)\s(?:các|Các|Thủ trưởng|Giám đốc|Chủ tịch|Trưởng)|Trong quá trình"
    r"|Quá trình thực hiện|Căn cứ (?:k|K)ế hoạch|Nhận được (?:k|K)ế hoạch"
)
_REFERENCE = re.compile(r"\([^()]*(?:phụ lục|kèm theo)[^()]*\)[.;]?", re.IGNORECASE)
_RECIPIENTS = re.compile(r"N[ơo]i\s+nh[ậa]n\s*(?::|$)", re.IGNORECASE)
_APPENDIX = re.compile(
    r"(?P<title>ph[ụu]\s+l[ụu]c(?:\s+(?:số\s*)?(?:[ivx]{1,4}|\d{1,2}|[a-h]))?\b)\s*[:.]?\s*(?P<rest>.*)", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Marked:
    marker: str
    text: str


@dataclass(frozen=True, slots=True)
class HeadingFound:
    kind: str
    """``part``, ``letter`` or ``roman``."""
    marker: str
    text: str


def entry_of(text: str) -> Marked | None:
    """Marker and words of a line that begins an entry; bullets that no outline knows become a dash."""
    found = _ENTRY.fullmatch(text)
    if found is None:
        return None
    marker = found["marker"]
    if marker in _DASHES and marker not in _KEPT_BULLETS:
        marker = "-"
    return Marked(marker, found["text"].strip())


def heading_of(text: str, *, is_bold: bool = False) -> HeadingFound | None:
    """A line that heads a section: «I. …», «A. …», «Phần II»."""
    if len(text) > _LONGEST_HEADING:
        return None
    for kind, pattern in _KINDS:
        found = pattern.fullmatch(text)
        if found is None:
            continue
        words = found["text"].strip()
        stands_out = is_bold or is_upper(words)
        plain = kind != "letter" and len(text) <= _LONGEST_PLAIN_HEADING and not words.endswith((".", ";", ","))
        if kind == "part":
            plain = plain and (not words or words[0].isupper() or not words[0].isalpha())
        elif not words:
            continue
        if (stands_out or plain) and not words[:1].islower():
            return HeadingFound(kind, " ".join(found["marker"].split()), words)
    return None


def roman_value(text: str) -> int:
    """0 for what is no Roman number up to XXXIX."""
    values = {"I": 1, "V": 5, "X": 10}
    total, before = 0, 0
    for letter in reversed(text):
        value = values.get(letter, 0)
        total += value if value >= before else -value
        before = max(before, value)
    return total


def is_upper(text: str) -> bool:
    """In capitals, but for a few words («của», «Covid-19», «(chi tiết Phụ lục đính kèm)»)."""
    text = re.sub(r"\([^()]*\)", "", text)
    letters = [letter for letter in text if letter.isalpha()]
    return bool(letters) and sum(letter.isupper() for letter in letters) >= _MOSTLY * len(letters)


def begins_basis(text: str) -> bool:
    return bool(_BASIS.match(text))


def begins_closing(text: str) -> bool:
    """«Trên đây là Kế hoạch …», «Yêu cầu các cơ quan …»: what stands below the last section."""
    return bool(_CLOSING.match(text))


def begins_legal_basis(text: str) -> bool:
    return bool(_LEGAL_BASIS.match(text))


def is_reference(text: str) -> bool:
    """«(Có Phụ lục kèm theo)» alone in its paragraph."""
    return bool(_REFERENCE.fullmatch(text))


def begins_recipients(text: str) -> bool:
    return bool(_RECIPIENTS.match(text))


def without_recipients_label(text: str) -> tuple[str, str]:
    """«Nơi nhận:» as printed, and what stands behind it on the line."""
    found = _RECIPIENTS.match(text)
    return (found[0], text[found.end() :].strip()) if found else ("", text)


def is_appendix_title(text: str) -> bool:
    return bool(appendix_title(text)[0])


def appendix_title(text: str) -> tuple[str, str]:
    """«PHỤ LỤC II» and what stands behind it in capitals; two empty texts for any other line."""
    found = _APPENDIX.fullmatch(text) if text[:1].isupper() and len(text) < _LONGEST_HEADING else None
    if found is None or (found["rest"] and found["rest"] != found["rest"].upper()):
        return "", ""
    title = text[: len(text) - len(found["rest"])].strip()
    return title, found["rest"]


def starts_lower(text: str) -> bool:
    """In the midst of a sentence."""
    return bool(re.match(rf"[\s“\"‘(]*[{_LOWER}]", text)) and entry_of(text) is None


def is_table_number_head(text: str) -> bool:
    """«TT», «STT», «Số TT»: the first head of a table, alone or before others."""
    return bool(re.match(r"(?:s\.?\s?tt|tt|so tt|so thu tu)\b", fold(text)))
