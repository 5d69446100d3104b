"""The subject (trích yếu) below the title, over as many lines as it was set on."""

from __future__ import annotations

import re
from collections.abc import Sequence

from documents.reading.joining import Habits, is_open, join_texts
from documents.reading.markers import begins_basis, begins_legal_basis, entry_of, heading_of, is_upper, starts_lower
from documents.reading.source import Align, SourceBlock, SourceLine

_MOST_LINES = 10
_LONGEST = 900
_ENACTS = re.compile(r"(?:CHỦ TỊCH|ỦY BAN|UỶ BAN|HỘI ĐỒNG|GIÁM ĐỐC|QUYẾT NGHỊ|QUYẾT ĐỊNH)\b")


def read_subject(begun: str, blocks: Sequence[SourceBlock], habits: Habits) -> tuple[str, list[SourceBlock]]:
    """The subject and what follows it. ``begun``: what stood on the title's own line."""
    lines: list[SourceLine] = []
    for block in blocks[:_MOST_LINES]:
        if not isinstance(block, SourceLine) or not _belongs(block, lines, begun, habits):
            break
        if _enacts(block, blocks[len(lines) + 1 :], lines[-1].text if lines else begun):
            break
        if lines and sum(len(line.text) for line in lines) + len(block.text) > _LONGEST:
            break
        lines.append(block)
    text = begun
    for line in lines:
        text = join_texts(text, line.text) if text else line.text
    return text, list(blocks[len(lines) :])


def _enacts(line: SourceLine, below: Sequence[SourceBlock], before: str) -> bool:
    """«CHỦ TỊCH ỦY BAN NHÂN DÂN TỈNH …» right above «Căn cứ …»: who decides, not what about."""
    following = below[0] if below else None
    is_led = isinstance(following, SourceLine) and begins_legal_basis(following.text)
    return is_led and bool(_ENACTS.match(line.text)) and not is_open(before.lower(), line.text)


def _belongs(line: SourceLine, lines: Sequence[SourceLine], begun: str, habits: Habits) -> bool:
    if heading_of(line.text) or entry_of(line.text) or begins_legal_basis(line.text):
        return False
    if not lines and not begun:
        return not _ENACTS.match(line.text) and line.looks.align is not Align.JUSTIFIED
    above = lines[-1] if lines else None
    before = above.text if above else begun
    if _ENACTS.match(line.text) and not is_upper(before):
        return False
    if above is not None and above.looks.bold is not None and line.looks.bold is not None:
        return bool(above.looks.bold) and bool(line.looks.bold)
    if above is not None and above.looks.align is Align.CENTRE and line.looks.align not in (None, Align.CENTRE):
        return False
    if before.endswith((".", ";", ":", "./.")):
        return False
    if is_upper(before) and is_upper(line.text):
        return True
    if starts_lower(line.text) or is_open(before, line.text):
        return True
    if habits.gaps_tell and not line.gap:
        return not begins_basis(line.text) or line.looks.align is Align.CENTRE
    return False
