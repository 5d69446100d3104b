"""The ending of a paper: whom it goes to (box 9b of the layout) and who signs (7a, 7b), beside or below each other."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from documents.reading.markers import begins_recipients, is_upper, without_recipients_label
from documents.reading.paper import Ending, Unsure
from documents.reading.source import SourceLine

_PREFIX = r"(?:T/?M|K[TI]|TL|TUQ|Q|TT|TH)\s?\."
_POST = (
    r"(?:(?:PHÓ |QUYỀN |Q\. ?)?(?:CHỦ TỊCH|GIÁM ĐỐC|CHỦ NHIỆM|HIỆU TRƯỞNG|TỔNG GIÁM ĐỐC|BÍ THƯ|CHÁNH VĂN PHÒNG"
    r"|CHÁNH THANH TRA|TRƯỞNG(?: (?:BAN|PHÒNG|CỤM|KHỐI|ĐOÀN|TRẠM|CÔNG AN|TIỂU BAN|THÔN))?|CHỈ HUY TRƯỞNG|VIỆN TRƯỞNG)"
    r"|CỤM TRƯỞNG|CỤM PHÓ|KHỐI TRƯỞNG|BỘ TRƯỞNG|THỨ TRƯỞNG|CỤC TRƯỞNG|PHÓ CỤC TRƯỞNG|CHI CỤC TRƯỞNG|THỦ TƯỚNG"
    r"|(?:PHÓ )?VỤ TRƯỞNG|ỦY VIÊN|UỶ VIÊN|HIỆU PHÓ|PHÓ (?:HIỆU TRƯỞNG|CHÁNH VĂN PHÒNG|TRƯỞNG [A-ZĐÀ-Ỹ]+))"
)
_AUTHORITY = re.compile(rf"(?:{_PREFIX}\s*\S|{_POST}(?!\w))")
_BARE_POST = re.compile(rf"{_POST}(?!\w)")
_BODY_NAMED = re.compile(
    r"\b(?:UBND|HĐND|ỦY BAN|UỶ BAN|HỘI ĐỒNG|SỞ|PHÒNG|XÃ|PHƯỜNG|HUYỆN|TỈNH|THÀNH PHỐ|ĐẶC KHU|THỊ TRẤN|THỊ XÃ|QUẬN)\b"
)
_NAME = re.compile(r"(?:[^\W\d_]{1,4}\.\s?)*[^\W\d_]+(?:[ .][^\W\d_]+){1,6}")
_SIGNED = re.compile(
    r"[(\[]?\s*(?:đã ký|ký tên|ký, đóng dấu|ký, ghi rõ họ tên|ký và ghi rõ họ tên)[^)\]]*[)\]]?", re.IGNORECASE
)
_ARCHIVE = re.compile(r"Lưu\s*(?::|;|(?=VT|VP|HS))\s*", re.IGNORECASE)
_DASH = re.compile(r"^[-–—−+•*·]\s*")
_ENTRY = re.compile(rf"{_DASH.pattern}|{_ARCHIVE.pattern}", re.IGNORECASE)
_BEHIND = re.compile(rf"^(?P<left>.*?(?:[;.:,)\w]\s+|[;.](?={_PREFIX})))(?P<right>(?:{_PREFIX}|{_POST}(?!\w)).*)$")
_UNKNOWN = "Phần chữ ở cuối văn bản chưa rõ là gì."
_FOOTNOTE = re.compile(r"[\[(]\d{1,2}[\])]\s|\*\s|Ghi chú\s*:", re.IGNORECASE)
"""What a web page prints below the signature."""
_LONGEST_ARCHIVE = 100
_RUN_TOGETHER = re.compile(r"(?<=[;.])\s+(?=[-–+•]\s*[^\W\d_]|Lưu\s*:)")
"""Between recipients that a copy put on one line."""
_LONGEST_AUTHORITY = 120
_RIGHT = 180
"""Points from the margin: no recipient stands in so far."""
_ABOVE = 14
"""Lines before «Nơi nhận» among which a signature may stand."""


@dataclass(frozen=True, slots=True)
class EndingFound:
    ending: Ending
    said_otherwise: tuple[str, ...]
    unsure: tuple[Unsure, ...]


@dataclass(slots=True)
class _Parts:
    recipients: list[str] = field(default_factory=list)
    archive: list[str] = field(default_factory=list)
    signature: list[SourceLine] = field(default_factory=list)
    said: list[str] = field(default_factory=list)
    unknown: list[str] = field(default_factory=list)


def is_authority(text: str) -> bool:
    """«TM. ỦY BAN NHÂN DÂN», «CHỦ TỊCH»: a line of capitals with which a signature begins."""
    return len(text) <= _LONGEST_AUTHORITY and text == text.upper() and bool(_AUTHORITY.match(text))


def ending_at(lines: Sequence[SourceLine]) -> int | None:
    """The first line of the ending among the lines of body and ending; None where the text merely stops."""
    recipients = next((at for at, line in enumerate(lines) if begins_recipients(line.text)), None)
    if recipients is None:
        return next((at for at, line in enumerate(lines) if _begins_signature(lines, at)), None)
    first = recipients
    for at in range(recipients - 1, max(-1, recipients - _ABOVE), -1):
        line = lines[at]
        if is_authority(line.text) or line.column == 1:
            first = at
        elif not (is_upper(line.text) or _is_name(line.text) or _SIGNED.fullmatch(line.text)):
            break
    return first


def _begins_signature(lines: Sequence[SourceLine], at: int) -> bool:
    """Authority in capitals and, below it, nothing but the few lines of a signature."""
    if not is_authority(lines[at].text):
        return False
    below = lines[at + 1 : at + 7]
    return any(_is_name(line.text) for line in below) or len(lines) - at <= 4


def read_ending(lines: Sequence[SourceLine]) -> EndingFound:
    parts = _Parts()
    _divide(lines, parts)
    unsure: list[Unsure] = []
    signed, post, name = _read_signature(parts, unsure)
    if parts.unknown:
        unsure.insert(0, Unsure("", _UNKNOWN, text="\n".join(parts.unknown)))
    recipients = [_trimmed(name) for name in parts.recipients]
    ending = Ending(
        tuple(name for name in recipients if re.search(r"\w", name)),
        _trimmed(" ".join(parts.archive)),
        signed,
        post,
        name,
    )
    return EndingFound(ending, tuple(parts.said), tuple(unsure))


def _trimmed(text: str) -> str:
    text = " ".join(text.split()).rstrip(" ;,")
    return text[:-1].rstrip(" ;,") if text.endswith(".") and not text.endswith("..") else text


# -- Who it goes to, and who signs ---------------------------------------------------------


def _divide(lines: Sequence[SourceLine], parts: _Parts) -> None:
    right_column = 0 if any(line.column == 1 and begins_recipients(line.text) for line in lines) else 1
    has_columns = any(line.column == right_column for line in lines) and any(line.column == 1 for line in lines)
    named = any(_column(line) == right_column and _is_name(line.text) for line in lines)
    within = False
    for line in lines:
        text = line.text
        if has_columns:
            if _column(line) == right_column:
                parts.signature.append(line)
                continue
        elif not begins_recipients(text) and _is_of_signature(line, parts, within=within):
            parts.signature.append(line)
            continue
        if begins_recipients(text):
            label, text = without_recipients_label(text)
            parts.said.append(label)
            within = True
        left, right = ("", text) if is_authority(text) else _beside(text)
        if right and (not has_columns or (not named and _is_name(right))):
            parts.signature.append(SourceLine(right, line.looks, line.page))
            text = left
        for one in _RUN_TOGETHER.split(text) if text else ():
            _add_recipient(one, parts)


def _column(line: SourceLine) -> int:
    """Where a page turns within the ending, the next page has too few lines to show two columns."""
    return 1 if (line.looks.indent or 0) > _RIGHT else line.column


def _beside(text: str) -> tuple[str, str]:
    """A recipient and a line of the signature that a copy put on one line."""
    found = _BEHIND.match(text)
    if found and is_authority(found["right"]) and (_ENTRY.match(text) or not is_upper(found["left"])):
        return found["left"].rstrip(), found["right"]
    tail = re.fullmatch(r"(.*[;.])\s+(\S.*)", text)
    if tail and _DASH.match(text) and _is_name(tail[2]) and len(tail[2].split()) in (2, 3, 4):
        return tail[1], tail[2]
    return text, ""


def _is_of_signature(line: SourceLine, parts: _Parts, *, within: bool) -> bool:
    text = line.text
    if _DASH.match(text) or _ARCHIVE.match(text):
        return False
    if not within or is_authority(text) or _SIGNED.fullmatch(text):
        return True
    if parts.signature and (is_upper(text) or _is_name(text)):
        return True
    return bool(parts.archive) and _is_name(text) and parts.archive[-1].endswith(".") and not parts.signature


def _add_recipient(text: str, parts: _Parts) -> None:
    bare = _DASH.sub("", text)
    if _FOOTNOTE.match(text) and any(_is_name(line.text) for line in parts.signature):
        parts.unknown.append(text)
    elif found := _ARCHIVE.match(bare):
        parts.said.append(found[0])
        parts.archive.append(bare[found.end() :])
    elif parts.archive and sum(map(len, parts.archive)) + len(text) > _LONGEST_ARCHIVE:
        parts.unknown.append(text)
    elif parts.archive:
        parts.archive.append(bare if not re.search(r"\w", parts.archive[-1]) else text)
    elif bare != text or not parts.recipients or parts.recipients[-1].rstrip().endswith((";", ".")):
        parts.recipients.append(bare)
    else:
        parts.recipients[-1] = f"{parts.recipients[-1]} {text}"


# -- The signature -------------------------------------------------------------------------


def _read_signature(parts: _Parts, unsure: list[Unsure]) -> tuple[tuple[str, ...], str, str]:
    said: list[str] = []
    post: list[str] = []
    name = ""
    for position, line in enumerate(parts.signature):
        text = " ".join(line.text.split())
        if _SIGNED.fullmatch(text):
            parts.said.append(text)
            continue
        text = _SIGNED.sub("", text).strip() if text.startswith(("(", "[")) else text
        is_last = position == len(parts.signature) - 1
        if said and (_is_name(text) or (is_last and not post and _is_name_in_capitals(text, said))) and not name:
            name = text
        elif name or not is_upper(text):
            parts.unknown.append(text)
        elif said and (post or _is_agency_post(text, said)):
            post.append(text)
        elif said and not _AUTHORITY.match(text):
            said[-1] = f"{said[-1]} {text}"
        else:
            said.append(_mended(text, parts, unsure))
    return tuple(said), " ".join(post), name


def _is_agency_post(text: str, said: Sequence[str]) -> bool:
    """Box 7b: below the post in a council or cluster, the one that its holder has at home."""
    has_post = bool(_BARE_POST.match(said[-1]))
    return has_post and bool(_BARE_POST.match(text)) and bool(_BODY_NAMED.search(text))


def _mended(text: str, parts: _Parts, unsure: list[Unsure]) -> str:
    """«KI.» is how machines misread «KT.»."""
    if not text.startswith("KI."):
        return text
    unsure.append(Unsure("signature.lines", "Bản gốc in «KI.»; đã đọc là «KT.» (ký thay).", inferred=True, text=text))
    parts.said.append("KI")
    return f"KT.{text[3:]}"


def _is_name(text: str) -> bool:
    words = text.replace(".", " ").split()
    if not _NAME.fullmatch(text) or is_upper(text) or not 2 <= len(words) <= 8:
        return False
    return all(word[0].isupper() for word in words)


def _is_name_in_capitals(text: str, said: Sequence[str]) -> bool:
    """«NGUYỄN VĂN A» closes the signature; a post would have come before."""
    words = text.split()
    if not (_NAME.fullmatch(text) and 2 <= len(words) <= 5) or _AUTHORITY.match(text):
        return False
    return bool(_BARE_POST.match(said[-1])) and not _BODY_NAMED.search(text)
