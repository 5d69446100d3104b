"""What was done to a PDF after it was signed, by what a person can see: pages added, turned, written on."""

from __future__ import annotations

import io
import logging
from dataclasses import dataclass
from typing import Any

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class LaterChanges:
    added_pages: int = 0
    """Negative where pages are gone."""
    turned: tuple[int, ...] = ()
    """Pages, counted from 1."""
    noted: tuple[int, ...] = ()
    """Pages with a note, mark or stamp that was not there."""
    redrawn: tuple[int, ...] = ()
    """Pages that show other words or pictures."""
    are_known: bool = True

    @property
    def only_turned(self) -> bool:
        return bool(self.turned) and not (self.added_pages or self.noted or self.redrawn)

    @property
    def said(self) -> str:
        """For the end of a sentence: «thêm 1 trang, ghi chú trên trang 2»."""
        pages = (
            f"{'thêm' if self.added_pages > 0 else 'mất'} {abs(self.added_pages)} trang" if self.added_pages else ""
        )
        lists = (("xoay", self.turned), ("ghi hoặc đóng thêm lên", self.noted), ("đổi nội dung", self.redrawn))
        named = [f"{act} trang {', '.join(map(str, numbers))}" for act, numbers in lists if numbers]
        unseen = "đổi phần không hiện trên trang" if self.are_known else "không rõ sửa chỗ nào"
        return ", ".join([part for part in (pages, *named) if part]) or unseen


def later_changes(content: bytes, signed_until: int) -> LaterChanges:
    """``signed_until``: how long the file was when it was signed."""
    from pypdf import PdfReader  # noqa: PLC0415 -- heavy, and wanted only where something was changed

    try:
        before = [_page(page) for page in PdfReader(io.BytesIO(content[:signed_until])).pages]
        after = [_page(page) for page in PdfReader(io.BytesIO(content)).pages]
    except Exception as error:  # the library passes on whatever a broken file makes of it
        logger.info("Later changes were not read: %r", error)
        return LaterChanges(are_known=False)
    pairs = list(enumerate(zip(before, after, strict=False), start=1))
    return LaterChanges(
        len(after) - len(before),
        tuple(number for number, (old, new) in pairs if old.turn != new.turn),
        tuple(number for number, (old, new) in pairs if new.notes != old.notes),
        tuple(number for number, (old, new) in pairs if new.drawn != old.drawn),
    )


@dataclass(frozen=True, slots=True)
class _Page:
    turn: int
    notes: tuple[str, ...]
    drawn: bytes


def _page(page: Any) -> _Page:
    contents = page.get_contents()
    annotations = [note.get_object() for note in page.get("/Annots", [])]
    return _Page(
        page.rotation % 360,
        tuple(f"{note.get('/Subtype')} {note.get('/Rect')}" for note in annotations if not _is_signature(note)),
        contents.get_data() if contents is not None else b"",
    )


def _is_signature(note: Any) -> bool:
    return note.get("/Subtype") == "/Widget" and note.get("/FT") == "/Sig"
