"""Tables that plain text left as lines, one cell below the other: where they begin and end.

Which line belongs to which column depends on what the table is about, so that is read by whoever knows.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from core.text import fold
from documents.reading.markers import (
    begins_recipients,
    entry_of,
    heading_of,
    is_appendix_title,
    is_table_number_head,
    is_upper,
    roman_value,
)
from documents.reading.paper import BrokenTable
from documents.reading.source import SourceBlock, SourceLine

_HEAD_WORDS = re.compile(
    r"\b(?:noi dung|nhiem vu|cong viec|hoat dong|chu tri|phoi hop|thuc hien|phan cong|phu trach|thoi gian|thoi han"
    r"|tien do|ghi chu|ket qua|san pham|don vi|co quan|ho ten|ho va ten|chuc vu|so luong|muc tieu|chi tieu)\b"
)
_LONGEST_HEAD = 16
"""Lines over which the names of the columns may run."""
_FIRST = re.compile(r"0?1(?:[.)])?(?:\s.*)?|I[.)]?|A[.)]?|I[.)]?\s+[^\W\d_].*|A[.)]?\s+[^a-z]*")
_CELL_OF_HEAD = re.compile(
    r"(?:^|(?<=[a-zà-ỹ]) )(?:Nội dung|Nhiệm vụ|Công việc|Thời gian|Thời hạn|Tiến độ|Đơn vị|Cơ quan|Bộ phận|Người"
    r"|Cán bộ|Chủ trì|Phối hợp|Phân công|Phụ trách|Ghi chú|Kết quả|Sản phẩm|Đ/v|ĐV)\b"
)
_PERIOD = re.compile(r"\b(?:quy|thang|dot|giai doan)\b")
_BEGINNINGS = re.compile(r"Trên đây là|Căn cứ (?:kế hoạch|Kế hoạch)|Yêu cầu các|Đề nghị các|Trong quá trình")


def with_broken_tables(blocks: Sequence[SourceBlock]) -> Iterator[SourceBlock | BrokenTable]:
    """The blocks, with the lines of a broken table in one."""
    at = 0
    section = 0
    while at < len(blocks):
        block = blocks[at]
        end = _table_end(blocks, at, section) if isinstance(block, SourceLine) else at
        if end > at:
            yield BrokenTable(tuple(line for line in blocks[at:end] if isinstance(line, SourceLine)))
            at = end
            continue
        if isinstance(block, SourceLine) and (heading := heading_of(block.text)) and heading.kind == "roman":
            section = roman_value(re.sub(r"\W", "", heading.marker))
        yield block
        at += 1


def _table_end(blocks: Sequence[SourceBlock], at: int, section: int) -> int:
    block = blocks[at]
    assert isinstance(block, SourceLine)
    if not _is_number_head(blocks, at) or len(block.text) > 120:
        return at
    first = _first_row(blocks, at)
    if first is None:
        return at
    end = first
    while end < len(blocks) and not _ends(blocks[end], section) and not _heads_another(blocks, end):
        end += 1
    return end


def _is_number_head(blocks: Sequence[SourceBlock], at: int) -> bool:
    """«STT», also where a narrow column broke it: «ST», «T»; or several heads on one line, none of them «TT»."""
    block, below = blocks[at], blocks[at + 1] if at + 1 < len(blocks) else None
    assert isinstance(block, SourceLine)
    if is_table_number_head(block.text) or len(_CELL_OF_HEAD.findall(block.text)) > 2:
        return True
    is_half = len(block.text) < 3 and isinstance(below, SourceLine) and len(below.text) < 3
    return is_half and isinstance(below, SourceLine) and is_table_number_head(block.text + below.text)


def _first_row(blocks: Sequence[SourceBlock], at: int) -> int | None:
    words = ""
    for position in range(at, min(len(blocks), at + _LONGEST_HEAD)):
        block = blocks[position]
        if not isinstance(block, SourceLine):
            return None
        if position > at and _FIRST.fullmatch(block.text):
            return position if len(set(_HEAD_WORDS.findall(fold(words)))) > 1 else None
        words += f" {block.text}"
    return None


def _heads_another(blocks: Sequence[SourceBlock], at: int) -> bool:
    """«2. Quý II» above a table of its own."""
    block = blocks[at]
    if at + 1 >= len(blocks) or not isinstance(block, SourceLine) or not isinstance(blocks[at + 1], SourceLine):
        return False
    is_period = entry_of(block.text) is not None and bool(_PERIOD.search(fold(block.text)))
    return is_period and _is_number_head(blocks, at + 1)


def _ends(block: SourceBlock, section: int) -> bool:
    if not isinstance(block, SourceLine):
        return True
    text = block.text
    if begins_recipients(text) or is_appendix_title(text) or _BEGINNINGS.match(text):
        return True
    heading = heading_of(text)
    if heading is None or heading.kind != "roman" or not heading.marker.endswith("."):
        return False
    number = roman_value(re.sub(r"\W", "", heading.marker))
    is_next = number == section + 1 or (number > section and heading.text.startswith("TỔ CHỨC THỰC HIỆN"))
    return is_next and section > 0 and is_upper(heading.text)
