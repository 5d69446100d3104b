"""What a PDF would unfold to, counted before anybody draws its words.

A small file can hold streams that unpack to gigabytes, and drawings that draw other drawings a billion times.
pypdf unpacks with limits of its own; here the work of each page is added up, so that pages beyond reason are left
out and files beyond reason refused.
"""

from __future__ import annotations

import io
import logging
import re
from typing import Any

from documents.reading.errors import UnreadableFile
from documents.reading.packages import BROKEN

MOST_PAGES = 500
_HEAVIEST_PAGE = 6 * 1024 * 1024
"""Bytes of drawing: a page full of words has about 50,000, a large map some millions."""
_HEAVIEST_FILE = 400 * 1024 * 1024
_LARGEST_LETTER_TABLE = 4 * 1024 * 1024
_DEEPEST = 12
_DRAWN = re.compile(rb"/([^\s/\[\]()<>{}%]+)\s+Do\b")

_LOCKED = "Tệp PDF đặt mật khẩu nên không mở được; hãy bỏ mật khẩu (in ra PDF mới) rồi chọn lại."
_TOO_HEAVY = (
    "Tệp PDF phình quá lớn khi mở ra nên không đọc, để máy chủ được an toàn; hãy in lại thành PDF rồi chọn lại."
)

logger = logging.getLogger(__name__)


def heavy_pages(content: bytes) -> tuple[int, frozenset[int]]:
    """How many pages the file has, and which of them (from 1) hold too much drawing to be read.

    Raise ``UnreadableFile`` for files that are broken, locked, too long or a trap.
    """
    from pypdf import PasswordType, PdfReader  # noqa: PLC0415 -- heavy, and wanted only where a file is read
    from pypdf.errors import LimitReachedError  # noqa: PLC0415 -- as above

    try:
        reader = PdfReader(io.BytesIO(content))
        if reader.is_encrypted and reader.decrypt("") is PasswordType.NOT_DECRYPTED:
            raise UnreadableFile(_LOCKED)
        count = len(reader.pages)
        if not count:
            raise UnreadableFile(BROKEN)
        if count > MOST_PAGES:
            raise UnreadableFile(
                f"Tệp PDF dài {count} trang, chương trình chỉ đọc đến {MOST_PAGES} trang; hãy tách tệp rồi chọn lại."
            )
        weights = _Scales().weights(reader)
    except UnreadableFile:
        raise
    except LimitReachedError:
        raise UnreadableFile(_TOO_HEAVY) from None
    except Exception as error:  # the library passes on whatever a broken file makes of it
        logger.info("A PDF was not opened: %r", error)
        raise UnreadableFile(BROKEN) from error
    if sum(min(weight, _HEAVIEST_PAGE) for weight in weights) > _HEAVIEST_FILE:
        raise UnreadableFile(_TOO_HEAVY)
    return count, frozenset(number for number, weight in enumerate(weights, start=1) if weight > _HEAVIEST_PAGE)


class _Scales:
    """Weighs each drawing once, whichever pages use it."""

    def __init__(self) -> None:
        self._known: dict[Any, int] = {}
        self._fonts: set[Any] = set()

    def weights(self, reader: Any) -> list[int]:
        return [self._page(page) for page in reader.pages]

    def _page(self, page: Any) -> int:
        drawing: Any = page.get_contents()
        data = drawing.get_data() if drawing is not None else b""
        return self._weigh(data, page.get("/Resources"), 0)

    def _weigh(self, data: bytes, resources: Any, depth: int) -> int:
        """In bytes, what it draws by name included."""
        if depth > _DEEPEST:
            return _HEAVIEST_PAGE + 1
        resources = resources.get_object() if resources is not None else {}
        self._refuse_huge_fonts(resources)
        weight = len(data)
        forms = resources.get("/XObject")
        if forms is None or weight > _HEAVIEST_PAGE:
            return weight
        forms = forms.get_object()
        for name in _DRAWN.findall(data):
            weight += self._form(forms, "/" + name.decode("latin-1"), depth)
            if weight > _HEAVIEST_PAGE:
                break
        return weight

    def _form(self, forms: Any, name: str, depth: int) -> int:
        if name not in forms:
            return 0
        key = getattr(forms.raw_get(name), "idnum", None) or (id(forms), name)
        if key not in self._known:
            form = forms[name].get_object()
            self._known[key] = 0
            if form.get("/Subtype") == "/Form":
                self._known[key] = self._weigh(form.get_data(), form.get("/Resources"), depth + 1)
        return self._known[key] + 100  # to begin a drawing costs something even where it is empty

    def _refuse_huge_fonts(self, resources: Any) -> None:
        """Their tables of letters are read slowly."""
        fonts = resources.get("/Font")
        for reference in (fonts.get_object() if fonts is not None else {}).values():
            key = getattr(reference, "idnum", id(reference))
            if key in self._fonts:
                continue
            self._fonts.add(key)
            font = reference.get_object()
            for name in ("/ToUnicode", "/Encoding"):
                table: Any = font.get(name)
                table = None if table is None else table.get_object()
                if hasattr(table, "get_data") and len(table.get_data()) > _LARGEST_LETTER_TABLE:
                    raise UnreadableFile(_TOO_HEAVY)
