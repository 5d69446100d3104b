"""The words of a Word file, paragraph by paragraph, cell by cell."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from typing import Any

MAIN_PART = "word/document.xml"
_MAIN_NAMESPACE = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_LARGEST_PART = 100 * 1024 * 1024  # a zip bomb says so in its own table of contents


class UnreadableWord(Exception):
    """No Word file, or a broken one."""


def read_word(content: bytes) -> str:
    """One line a paragraph, in the order of the file; what was struck out under tracked changes is left out.

    Raise ``UnreadableWord``.
    """
    from lxml import etree  # noqa: PLC0415 -- beside the other heavy readers

    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            if archive.getinfo(MAIN_PART).file_size > _LARGEST_PART:
                raise UnreadableWord
            main = archive.read(MAIN_PART)
        root = etree.fromstring(main, etree.XMLParser(resolve_entities=False, no_network=True))
    except Exception as error:  # packing, unpacking and reading XML each fail in their own ways
        raise UnreadableWord from error
    lines = ("".join(_words(paragraph)) for paragraph in root.iter(_tag("p")) if not _is_second_copy(paragraph))
    return "\n".join(line.strip() for line in lines)


def _tag(name: str) -> str:
    return f"{{{_MAIN_NAMESPACE}}}{name}"


def _words(paragraph: Any) -> Iterator[str]:
    for node in paragraph.iter(_tag("t"), _tag("tab"), _tag("br"), _tag("noBreakHyphen")):
        if next(node.iterancestors(_tag("p"))) is not paragraph:
            continue  # a text box inside has its own paragraphs
        match node.tag.rpartition("}")[2]:
            case "t":
                yield node.text or ""
            case "tab" if node.getparent().tag != _tag("tabs"):  # a tab stop is no tab
                yield "\t"
            case "br":
                yield "\n"
            case "noBreakHyphen":
                yield "-"


def _is_second_copy(paragraph: Any) -> bool:
    """Text boxes stand twice in the file, once for older programs."""
    return next(paragraph.iterancestors(_FALLBACK), None) is not None
