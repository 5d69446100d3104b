"""A Word file (.docx) as lines and tables."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from documents.reading.packages import Package, parse_xml
from documents.reading.source import Source, SourceBlock, SourceLine
from documents.reading.text import one_line
from documents.reading.word.names import RELATION, W, child, local, transitional
from documents.reading.word.numbering import Numbering
from documents.reading.word.paragraphs import (
    Findings,
    ParagraphReader,
    Piece,
    begins_page,
    boxes,
    chosen,
    ends_page,
    ends_unseen,
    lines_of,
)
from documents.reading.word.styles import ParagraphLook, Styles, usual_distance
from documents.reading.word.tables import blocks_of, read_grid
from documents.reading.word.tabs import TabbedColumns

MAIN_PART = "word/document.xml"
_WRAPPERS = {"sdt", "sdtContent", "customXml", "ins", "moveTo", "smartTag"}
_NEARLY = 4.0
"""Points by which distances differ without meaning anything."""
_PAGE_NUMBER = re.compile(r"(?:trang|page)?[\s\d/.–-]*(?:/|of|trên)?[\s\d/.–-]*", re.IGNORECASE)


def read_docx(content: bytes) -> Source:
    """Raise ``UnreadableFile``."""
    return _Reader(Package(content)).read()


class _Reader:
    def __init__(self, package: Package) -> None:
        self._package = package
        self._main = _main_part(package)
        self._folder = self._main.rpartition("/")[0]
        self._findings = Findings()
        self._styles = Styles(self._part("styles.xml"))
        self._numbering = Numbering(self._part("numbering.xml"), self._styles)
        self._paragraphs = ParagraphReader(self._styles, self._findings)
        self._columns = TabbedColumns()
        self._usual = 0.0
        self._held: list[Piece] = []
        """Of paragraphs whose end is struck out."""

    def read(self) -> Source:
        body = child(self._root(self._main), "body")
        self._usual = usual_distance(self._looks(body))
        blocks = self._blocks(body)
        footnotes = tuple(self._footnotes())
        return Source(blocks, notes=tuple(self._notes()), footnotes=footnotes)

    def _root(self, name: str) -> Any:
        return parse_xml(transitional(self._package.read(name)))

    def _part(self, name: str) -> Any:
        path = f"{self._folder}/{name}"
        return self._root(path) if path in self._package else None

    def _looks(self, body: Any) -> Iterator[ParagraphLook]:
        for paragraph in body.iterfind(W + "p"):
            if next(paragraph.iter(W + "t"), None) is not None:
                yield self._styles.paragraph(child(paragraph, "pPr"), {})

    # -- Blocks ------------------------------------------------------------------------

    def _blocks(self, container: Any) -> tuple[SourceBlock, ...]:
        """What stands in the body, a cell, a text box or a note, in its order."""
        found: list[SourceBlock] = []
        gap, below = False, 0.0  # an empty paragraph before, and the distance below the last one
        usual = self._usual
        for node in _children(container):
            if local(node) == "tbl":
                grid = read_grid(node, self._styles, self._blocks)
                blocks = list(blocks_of(grid, gap=gap))
                found += blocks
                gap, below, usual = gap and not blocks, 0.0, self._usual
                continue
            look, lines = self._paragraph(node)
            distance = below + look.before
            if lines:
                far = distance > usual + _NEARLY or begins_page(node)
                lines[0] = replace(lines[0], gap=gap or (bool(found) and far))
                usual = max(self._usual, distance)
            found += lines
            inside = [block for box in boxes(node) for block in self._blocks(box)]
            found += inside
            gap = (gap or bool(found)) if not lines and not inside else False
            gap = gap or (bool(found) and ends_page(node))
            below = look.after
        return tuple(found)

    def _paragraph(self, paragraph: Any) -> tuple[ParagraphLook, list[SourceLine]]:
        own = child(paragraph, "pPr")
        list_id, level, style = self._styles.list_of(own)
        level = self._numbering.level_of(list_id, level, style)
        look = self._styles.paragraph(own, self._numbering.indent(list_id, level))
        pieces = self._held + self._paragraphs.pieces(paragraph, look.run)
        if ends_unseen(paragraph):
            self._held = pieces
            return look, []
        self._held = []
        marker = self._numbering.marker(list_id, level) if list_id else ""
        drawn = list(lines_of(pieces, self._findings))
        first, looks = drawn[0]
        if first or marker not in {"- ", "+ "}:  # a bullet alone says nothing; a number alone stands in many a table
            drawn[0] = marker + first, looks
        printed = [(text, column, looks) for raw, looks in drawn for text, column in self._columns.split(raw) if text]
        is_whole = sum(bool(raw.strip()) for raw, _ in drawn) == 1
        return look, [
            SourceLine(
                text,
                replace(looks, align=look.align, indent=look.indent if at == 0 else None),
                is_whole=is_whole,
                column=column,
            )
            for at, (text, column, looks) in enumerate(printed)
        ]

    # -- Beside the text ---------------------------------------------------------------

    def _footnotes(self) -> Iterator[SourceLine]:
        notes: dict[tuple[str, str | None], Any] = {}
        for kind in ("footnote", "endnote"):
            root = self._part(f"{kind}s.xml")
            if root is not None:
                notes |= {(kind, found.get(W + "id")): found for found in root.findall(W + kind)}
        for cited in list(self._findings.notes_cited):
            if cited in notes:
                yield from (block for block in self._blocks(notes[cited]) if isinstance(block, SourceLine))

    def _notes(self) -> Iterator[str]:
        found = self._findings
        for encoding in sorted(found.old_encodings):
            yield f"Chữ {encoding.label} đã được chuyển sang Unicode."
        if found.insertions or found.deletions:
            yield (
                "Tệp còn sửa đổi chưa được chấp nhận (Track Changes): chữ thêm vào đã được đọc, "
                "chữ bị xóa không được đọc."
            )
        if found.hidden:
            yield "Tệp có chữ ẩn; chữ ẩn không được đọc."
        if cited := len(found.notes_cited):
            yield f"Tệp có {cited} chú thích; chữ của chú thích để riêng, không nằm trong nội dung."
        if edges := list(self._page_edges()):
            yield f"Chữ ở đầu trang, chân trang không được đọc vào nội dung: «{'», «'.join(edges)}»."
        if any(True for _ in self._root(self._main).iter(W + "altChunk")):
            yield "Tệp có phần chèn từ tệp khác chưa đọc được; hãy mở bằng Word, lưu lại rồi chọn lại nếu thiếu chữ."

    def _page_edges(self) -> Iterator[str]:
        """The words of page headers and footers but for the numbers of pages, each once."""
        relations = self._package.xml(f"{self._folder}/_rels/{self._main.rpartition('/')[2]}.rels")
        targets = {} if relations is None else {found.get("Id"): found.get("Target") or "" for found in relations}
        root = self._root(self._main)
        references = itertools.chain(root.iter(W + "headerReference"), root.iter(W + "footerReference"))
        texts: dict[str, None] = {}
        for reference in references:
            part = self._part(targets.get(reference.get(RELATION + "id"), ""))
            if part is not None:
                text = one_line(" ".join("".join(found.itertext(W + "t")) for found in part.iter(W + "p")))
                if not _PAGE_NUMBER.fullmatch(text):
                    texts[text] = None
        yield from texts


def _main_part(package: Package) -> str:
    """Nearly always ``MAIN_PART``; the relations say it where a program chose another name."""
    relations = package.xml("_rels/.rels")
    for found in () if relations is None else relations:
        if (found.get("Type") or "").endswith("/officeDocument"):
            target: str = (found.get("Target") or "").lstrip("/")
            if target in package:
                return target
    return MAIN_PART


def _children(container: Any) -> Iterator[Any]:
    for node in container:
        name = local(node)
        if name in {"p", "tbl"}:
            yield node
        elif name == "AlternateContent":
            yield from _children(chosen(node))
        elif name in _WRAPPERS:
            yield from _children(node)
