"""People as papers name them: typed one a line, «Lò Văn An, Chủ tịch UBND xã An Bình»."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from core.text import fold, split_lines
from documents.composing import lines as lines
from documents.composing import name_of as name_of

_CHAIRMAN = re.compile(r"^chu tich (?:uy ban nhan dan|ubnd)\b")
CHAIRMAN = "CHỦ TỊCH"
_DESIGNATION = re.compile(
    r"^(?:Xã|Phường|Đặc khu|Thị trấn|Huyện|Quận|Thị xã|Thôn|Ấp|Bản|Buôn|Làng|Xóm|Khóm|Khu phố|Tổ dân phố)\b"
)


@dataclass(frozen=True, slots=True)
class Signer:
    """Who signs for a member."""

    body: str
    """«ỦY BAN NHÂN DÂN XÃ AN BÌNH», «THÔN ĐÔNG»."""
    post: str = ""
    name: str = ""

    @property
    def line(self) -> str:
        """As it is typed: «body; post; name»; side by side with others the committee's name is too long in full."""
        body = self.body.replace("ỦY BAN NHÂN DÂN", "UBND")
        return "; ".join((body, self.post, self.name)).rstrip("; ")


def read_signers(text: str) -> list[Signer]:
    """Lines of «body; post; name», later parts may be missing."""
    found = []
    for line in split_lines(text):
        body, post, name, *_ = [*(part.strip() for part in line.split(";")), "", "", ""]
        if body:
            found.append(Signer(body, post, name))
    return found


def is_chairman(post: str) -> bool:
    return bool(_CHAIRMAN.match(fold(post)))


def titled(post: str, name: str) -> str:
    """«Trưởng thôn» and «Thôn Đông» are «Trưởng thôn Đông»; «Hiệu trưởng» and «Trường …» stay both."""
    for size in (3, 2, 1):
        words = name.split()
        start = " ".join(words[:size])
        if len(words) > size and post.casefold().endswith(f" {start.casefold()}"):
            return f"{post} {' '.join(words[size:])}"
    return f"{post} {name}".strip()


def joined(items: Iterable[str]) -> str:
    return ", ".join(item for item in items if item)


def in_sentence(name: str) -> str:
    """«Xã An Bình» as it goes on inside a sentence: «xã An Bình»; names of schools and offices stay."""
    return f"{name[:1].lower()}{name[1:]}" if _DESIGNATION.match(name) else name
