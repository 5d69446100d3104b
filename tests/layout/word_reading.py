"""What stands in a Word file: its letters in document order, and what its styles make of them.

Lengths are twips (1/20 pt), sizes points. Toggles are taken from the nearest definition.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

import docx
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement as Element

TWIPS_PER_MM = 1440 / 25.4
_OFF = ("0", "false", "off")
_SPOKEN = {"w:tab": "\t", "w:br": "\n", "w:cr": "\n", "w:noBreakHyphen": "-"}


@dataclass(frozen=True, slots=True)
class Letter:
    text: str
    paragraph: Element
    run: Element
    page: int = 0
    """Word lays out its pages later."""

    def follows(self, other: Letter) -> bool:
        return self.paragraph is other.paragraph


class WordFile:
    def __init__(self, file: bytes) -> None:
        self.document = docx.Document(io.BytesIO(file))
        self.body: Element = self.document.element.body
        with zipfile.ZipFile(io.BytesIO(file)) as archive:
            self.parts = {name: archive.read(name) for name in archive.namelist()}
        self._styles = {style.get(qn("w:styleId")): style for style in self._style_root.iterchildren(qn("w:style"))}

    @property
    def _style_root(self) -> Element:
        return self.document.styles.element

    @cached_property
    def letters(self) -> tuple[Letter, ...]:
        return tuple(letter for paragraph in self.paragraphs for letter in letters_of(paragraph))

    @cached_property
    def paragraphs(self) -> tuple[Element, ...]:
        """In document order, those of tables included."""
        return tuple(self.body.iter(qn("w:p")))

    @cached_property
    def sections(self) -> tuple[Element, ...]:
        """The section properties, in order."""
        return tuple(self.body.iter(qn("w:sectPr")))

    @cached_property
    def section_of(self) -> dict[Element, int]:
        """Paragraph to the number of its section."""
        numbers: dict[Element, int] = {}
        current = 0
        for paragraph in self.paragraphs:
            numbers[paragraph] = current
            if next(paragraph.iter(qn("w:sectPr")), None) is not None:
                current += 1
        return numbers

    # -- What holds for a run, a paragraph, a table ------------------------------------

    def run_property(self, run: Element, name: str) -> Element | None:
        """``w:sz`` and the like: of the run itself, else of its styles, else of the document's defaults."""
        return next((found for found in self._run_definitions(run, name)), None)

    def run_attribute(self, run: Element, name: str, attribute: str) -> str | None:
        values = (found.get(qn(attribute)) for found in self._run_definitions(run, name))
        return next((value for value in values if value is not None), None)

    def is_on(self, run: Element, name: str) -> bool:
        found = self.run_property(run, name)
        return found is not None and found.get(qn("w:val")) not in _OFF

    def size(self, run: Element) -> float:
        found = self.run_property(run, "w:sz")
        return int(found.get(qn("w:val"))) / 2 if found is not None else 10.0  # Word's own default

    def paragraph_attribute(self, paragraph: Element, name: str, attribute: str) -> str | None:
        """``w:ind`` and ``w:firstLine``, say: attributes are inherited one by one."""
        values = (found.get(qn(attribute)) for found in self._paragraph_definitions(paragraph, name))
        return next((value for value in values if value is not None), None)

    def paragraph_twips(self, paragraph: Element, name: str, *attributes: str) -> int:
        """The first of the attributes that is set anywhere, else 0."""
        found = (self.paragraph_attribute(paragraph, name, attribute) for attribute in attributes)
        return int(next((value for value in found if value is not None), 0))

    def paragraph_property(self, paragraph: Element, name: str) -> Element | None:
        return next(self._paragraph_definitions(paragraph, name), None)

    def table_property(self, table: Element, *path: str) -> Element | None:
        """``w:tblBorders``, ``w:top``, say: of the table itself, else of its style."""
        places = [table.find(qn("w:tblPr"))]
        style = _child_value(places[0], "w:tblStyle")
        places += [each.find(qn("w:tblPr")) for each in self._chain(style or self._default_of("table"))]
        for place in places:
            for name in path:
                place = place.find(qn(name)) if place is not None else None
            if place is not None:
                return place
        return None

    def cell_margin(self, table: Element, side: str) -> int:
        found = self.table_property(table, "w:tblCellMar", f"w:{side}")
        return int(found.get(qn("w:w"))) if found is not None else 0

    def _run_definitions(self, run: Element, name: str) -> Iterator[Element]:
        own = run.find(qn("w:rPr"))
        places = [own]
        places += [style.find(qn("w:rPr")) for style in self._chain(_child_value(own, "w:rStyle"))]
        paragraph = next(run.iterancestors(qn("w:p")))
        places += [style.find(qn("w:rPr")) for style in self._chain(self._style_of(paragraph))]
        places.append(self._style_root.find(f"{qn('w:docDefaults')}/{qn('w:rPrDefault')}/{qn('w:rPr')}"))
        yield from _found(places, name)

    def _paragraph_definitions(self, paragraph: Element, name: str) -> Iterator[Element]:
        places = [paragraph.find(qn("w:pPr"))]
        places += [style.find(qn("w:pPr")) for style in self._chain(self._style_of(paragraph))]
        places.append(self._style_root.find(f"{qn('w:docDefaults')}/{qn('w:pPrDefault')}/{qn('w:pPr')}"))
        yield from _found(places, name)

    def _style_of(self, paragraph: Element) -> str | None:
        return _child_value(paragraph.find(qn("w:pPr")), "w:pStyle") or self._default_of("paragraph")

    def _default_of(self, kind: str) -> str | None:
        for name, style in self._styles.items():
            if style.get(qn("w:type")) == kind and style.get(qn("w:default")) not in (None, *_OFF):
                return name
        return None

    def _chain(self, name: str | None) -> Iterator[Element]:
        """The style and those it is based on."""
        while name in self._styles:
            style = self._styles[name]
            yield style
            name = _child_value(style, "w:basedOn")


def letters_of(paragraph: Element) -> Iterator[Letter]:
    """Letters and white space of one paragraph; field codes and fallbacks of drawings are no words.

    Of a chart the words are those by which it is read out; a photograph says its caption below it.
    """
    for run in paragraph.iter(qn("w:r")):
        if next(run.iterancestors(qn("w:p"))) is not paragraph or _is_fallback(run):
            continue
        for child in run:
            if child.tag == qn("w:t"):
                yield from (Letter(letter, paragraph, run) for letter in child.text or "")
            elif child.tag == qn("w:drawing"):
                yield from (Letter(letter, paragraph, run) for letter in _drawn(child))
            else:
                spoken = next((text for name, text in _SPOKEN.items() if child.tag == qn(name)), "")
                if spoken:
                    yield Letter(spoken, paragraph, run)


def words_in(paragraph: Element) -> str:
    return "".join(letter.text for letter in letters_of(paragraph))


def table_of(paragraph: Element) -> Element | None:
    return next(paragraph.iterancestors(qn("w:tbl")), None)


def cell_of(paragraph: Element) -> Element | None:
    return next(paragraph.iterancestors(qn("w:tc")), None)


def cell_width(cell: Element) -> int:
    width = cell.find(f"{qn('w:tcPr')}/{qn('w:tcW')}")
    return int(width.get(qn("w:w"))) if width is not None else 0


def _drawn(drawing: Element) -> str:
    is_chart = any(element.tag.endswith("}svgBlip") for element in drawing.iter())
    return next(drawing.iter(qn("wp:docPr"))).get("descr", "") if is_chart else ""


def _is_fallback(run: Element) -> bool:
    return any(ancestor.tag.endswith("}Fallback") for ancestor in run.iterancestors())


def _child_value(element: Element | None, name: str) -> str | None:
    child = element.find(qn(name)) if element is not None else None
    return child.get(qn("w:val")) if child is not None else None


def _found(places: list[Element | None], name: str) -> Iterator[Element]:
    for place in places:
        child = place.find(qn(name)) if place is not None else None
        if child is not None:
            yield child
