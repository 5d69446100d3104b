"""Page size, margins, sections and page numbers of a Word file (I, B7, B8)."""

from __future__ import annotations

from collections.abc import Iterator

from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement as Element

from documents import layout
from documents.tree import Paper
from tests.layout.failures import Failure
from tests.layout.word_reading import TWIPS_PER_MM, WordFile, letters_of

_PAGE = (11906, 16838)
_TOLERANCE = 10
_MARGINS_MM = {"w:top": (20, 25), "w:bottom": (20, 25), "w:left": (30, 35), "w:right": (15, 20)}
_SINGLE = 1.15
_SIZES = (13.0, 14.0)


def check_pages(file: WordFile, paper: Paper) -> Iterator[Failure]:
    wanted = [layout.PORTRAIT] + [
        layout.LANDSCAPE if appendix.landscape else layout.PORTRAIT for appendix in paper.appendices
    ]
    if len(file.sections) != len(wanted):
        yield Failure("I.sections", None, "", f"{len(file.sections)} sections, not {len(wanted)}")
        return
    for number, (section, page) in enumerate(zip(file.sections, wanted, strict=True)):
        yield from _size(number, section, landscape=page == layout.LANDSCAPE)
        yield from _margins(number, section)
        yield from _counting(number, section)
        yield from _number(file, number)
    if file.document.settings.element.find(qn("w:evenAndOddHeaders")) is not None:
        yield Failure("B7", None, "", "even pages have a header of their own")


def _size(number: int, section: Element, *, landscape: bool) -> Iterator[Failure]:
    size = section.find(qn("w:pgSz"))
    given = (int(size.get(qn("w:w"))), int(size.get(qn("w:h")))) if size is not None else ()
    orientation = size.get(qn("w:orient"), "portrait") if size is not None else ""
    wanted = (_PAGE[::-1], "landscape") if landscape else (_PAGE, "portrait")
    if (given, orientation) != wanted:
        yield Failure("I.page", None, "", f"section {number}: {given} {orientation}, not {wanted}")


def _margins(number: int, section: Element) -> Iterator[Failure]:
    margins = section.find(qn("w:pgMar"))
    for side, (least, most) in _MARGINS_MM.items():
        given = int(margins.get(qn(side), 0)) if margins is not None else 0
        if not least * TWIPS_PER_MM - _TOLERANCE <= given <= most * TWIPS_PER_MM + _TOLERANCE:
            yield Failure("I.margins", None, "", f"section {number}: {side} {given / TWIPS_PER_MM:.1f} mm")
    if margins is not None and int(margins.get(qn("w:gutter"), 0)):
        yield Failure("I.margins", None, "", f"section {number}: gutter")


def _counting(number: int, section: Element) -> Iterator[Failure]:
    if not _on(section.find(qn("w:titlePg"))):
        yield Failure("I.first-page", None, "", f"section {number}: the first page is not set apart")
    numbering = section.find(qn("w:pgNumType"))
    start = numbering.get(qn("w:start")) if numbering is not None else None
    if start != "1" and (number or start is not None):
        yield Failure("I.restart", None, "", f"section {number}: counts from {start}, not from 1")
    if numbering is not None and numbering.get(qn("w:fmt"), "decimal") != "decimal":
        yield Failure("B7", None, "", f"section {number}: numbers are not Arabic")
    kind = section.find(qn("w:type"))
    if number and kind is not None and kind.get(qn("w:val")) != "nextPage":
        yield Failure("I.sections", None, "", f"section {number}: does not begin on a new page")


def _number(file: WordFile, number: int) -> Iterator[Failure]:
    first, default = _header(file, number, "first"), _header(file, number, "default")
    if first is not None and "".join(first.itertext()).strip():
        yield Failure("B7", None, "", f"section {number}: something stands above the first page")
    paragraphs = [] if default is None else [each for each in default.iter(qn("w:p")) if _shows_page(each)]
    if len(paragraphs) != 1:
        yield Failure("B7", None, "", f"section {number}: {len(paragraphs)} page numbers, not one")
        return
    paragraph = paragraphs[0]
    letters = list(letters_of(paragraph))
    if not all(letter.text.isdigit() for letter in letters):
        yield Failure("B7", None, "".join(letter.text for letter in letters), "more than a number")
    aside = [
        name
        for names in (("w:left", "w:start"), ("w:right", "w:end"), ("w:firstLine",), ("w:hanging",))
        for name in names
        if file.paragraph_twips(paragraph, "w:ind", name)
    ]
    centred = file.paragraph_attribute(paragraph, "w:jc", "w:val") == "center"
    if not centred or aside or file.paragraph_property(paragraph, "w:framePr") is not None:
        yield Failure("B7", None, "", f"section {number}: number not centred on the text area, {aside or 'no indent'}")
    for run in paragraph.iter(qn("w:r")):
        size = file.size(run)
        if not _SIZES[0] <= size <= _SIZES[1] or file.is_on(run, "w:b") or file.is_on(run, "w:i"):
            yield Failure("B7", None, "", f"section {number}: number not 13 to 14 pt upright, but {size} pt")
    yield from _inside_margin(file, number, paragraph)


def _inside_margin(file: WordFile, number: int, paragraph: Element) -> Iterator[Failure]:
    margins = file.sections[number].find(qn("w:pgMar"))
    top, distance = (int(margins.get(qn(side), 0)) for side in ("w:top", "w:header"))
    size = max((file.size(run) for run in paragraph.iter(qn("w:r"))), default=0)
    spacing = sum(file.paragraph_twips(paragraph, "w:spacing", side) for side in ("w:before", "w:after"))
    reach = distance + spacing + size * _SINGLE * 20
    if reach >= top:
        yield Failure("B8", None, "", f"section {number}: number reaches {reach / TWIPS_PER_MM:.1f} mm, into the text")


def _header(file: WordFile, number: int, kind: str) -> Element | None:
    """Of the section itself, else of the nearest one before it."""
    for section in reversed(file.sections[: number + 1]):
        for reference in section.findall(qn("w:headerReference")):
            if reference.get(qn("w:type")) == kind:
                return file.document.part.related_parts[reference.get(qn("r:id"))].element
    return None


def _shows_page(paragraph: Element) -> bool:
    simple = [field.get(qn("w:instr"), "") for field in paragraph.iter(qn("w:fldSimple"))]
    typed = "".join(code.text or "" for code in paragraph.iter(qn("w:instrText")))
    return any(words.split()[:1] == ["PAGE"] for words in (*simple, typed))


def _on(element: Element | None) -> bool:
    return element is not None and element.get(qn("w:val")) not in ("0", "false", "off")
