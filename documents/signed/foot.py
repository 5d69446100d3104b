"""The foot of an official paper: who signs (boxes 7a, 7b of the layout), beside or below whom it goes to (9b)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

_RECIPIENTS = re.compile(r"N[ơo]i nh[ậa]n\s*:?", re.IGNORECASE)
_PREFIX = r"(?:TM|KT|KI|TL|TUQ|Q|TT)\s?\."
_POST = (
    r"(?:(?:PHÓ )?(?:CHỦ TỊCH|GIÁM ĐỐC|CHỦ NHIỆM|TRƯỞNG [A-ZĐÀ-Ỹ]+|HIỆU TRƯỞNG|TỔNG GIÁM ĐỐC|BÍ THƯ)"
    r"|TRƯỞNG|CHÁNH VĂN PHÒNG|PHÓ CHÁNH VĂN PHÒNG|CỤM TRƯỞNG|KHỐI TRƯỞNG|BỘ TRƯỞNG|THỨ TRƯỞNG|CỤC TRƯỞNG)"
)
_AUTHORITY = re.compile(rf"(?:{_PREFIX}\s*\S|{_POST}\b)")
_AGENCY_POST = re.compile(rf"{_POST} (?:UBND|HĐND|ỦY BAN|UỶ BAN|HỘI ĐỒNG NHÂN DÂN)\b")
"""Box 7b: the post that a member of a council or cluster holds at home."""
_NAME = re.compile(r"[^\W\d_]+(?: [^\W\d_]+){1,5}")
_ROOM = 14
"""Lines, empty ones too, that the room to sign may leave between post and name."""
_ABOVE, _BELOW = 16, 60
"""Lines around «Nơi nhận:» among which the signature stands."""


@dataclass(frozen=True, slots=True)
class Foot:
    authority: tuple[str, ...] = ()
    post: str | None = None
    name: str | None = None


def read_foot(lines: Sequence[str]) -> Foot:
    """From the first place that looks like a signature; without a name where none is printed."""
    at = next((at for at, line in enumerate(lines) if _RECIPIENTS.match(line)), None)
    if at is None:
        return _read_without_recipients(lines)
    below = _read(_right_column(lines[at : at + _BELOW]))
    return below if below.authority else _read(list(lines[max(0, at - _ABOVE) : at]))


def _read_without_recipients(lines: Sequence[str]) -> Foot:
    """Behind «./.», where the text of a paper ends."""
    at = next((at for at, line in enumerate(lines) if line.endswith("./.")), None)
    return Foot() if at is None else _read(list(lines[at + 1 : at + 1 + _BELOW]))


def _right_column(lines: Sequence[str]) -> list[str]:
    """What does not belong to the recipients, whether below them or behind them on the same lines."""
    column: list[str] = []
    for line in lines:
        if _RECIPIENTS.match(line):
            column.append(_RECIPIENTS.sub("", line, count=1).strip())
        elif line.startswith(("-", "–", "+", "•")):
            column.append(_behind_recipient(line))
        else:
            column.append(line)
    return column


def _behind_recipient(line: str) -> str:
    tail = re.split(r"[;.]\s+", line, maxsplit=1)[1:]
    found = re.search(rf"(?:^|\s)({_AUTHORITY.pattern}.*)$", line)
    if found and found[1].isupper():
        return found[1]
    return tail[0] if tail and _is_name(tail[0]) else ""


def _read(lines: list[str]) -> Foot:
    start = next((at for at, line in enumerate(lines) if _AUTHORITY.match(line) and line.isupper()), None)
    if start is None:
        return Foot()
    authority, at = _authority(lines, start)
    post: list[str] = []
    for line in lines[at : at + _ROOM]:
        if _is_name(line):
            return Foot(tuple(authority), " ".join(post) or None, line)
        if _ends_the_foot(line):
            break
        if line.isupper() and (post or _AUTHORITY.match(line)):
            post.append(line)
    return Foot(tuple(authority), " ".join(post) or None, None)


def _authority(lines: list[str], start: int) -> tuple[list[str], int]:
    """Lines in capitals without room between them; what begins no post goes on with the body named before it."""
    said: list[str] = []
    at = start
    while at < len(lines) and len(said) < 5:
        line = lines[at]
        if not line:
            if said and not _follows_closely(lines, at):
                break
        elif not line.isupper() or (said and _AGENCY_POST.match(line)):
            break
        elif _AUTHORITY.match(line):
            said.append(_spaced(line))
        elif lines[at - 1] and re.match(_PREFIX, said[-1]):
            said[-1] = f"{said[-1]} {line}"
        else:
            break
        at += 1
    return said, at


def _spaced(line: str) -> str:
    """«TM.ỦY BAN» as the decree prints it, with one blank."""
    return re.sub(rf"^({_PREFIX})\s*", lambda found: found[1].replace(" ", "") + " ", line)


def _follows_closely(lines: list[str], at: int) -> bool:
    """One empty line, then another line of authority: a post under «TM. …», as extractions space it."""
    following = lines[at + 1] if at + 1 < len(lines) else ""
    return bool(_AUTHORITY.match(following)) and following.isupper()


def _is_name(line: str) -> bool:
    words = line.split()
    return bool(_NAME.fullmatch(line)) and all(word[0].isupper() and word[1:].islower() for word in words if word[1:])


def _ends_the_foot(line: str) -> bool:
    return bool(re.match(r"PH[ỤU] L[ỤU]C\b", line, re.IGNORECASE))
