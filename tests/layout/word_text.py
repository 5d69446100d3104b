"""Fonts, sizes, paragraphs and language of a Word file (I, A4)."""

from __future__ import annotations

from collections.abc import Iterator

from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement as Element

from documents import layout
from tests.layout.expected import FLOWING, Part
from tests.layout.failures import Failure
from tests.layout.files import faulty_text
from tests.layout.measure import STYLES, marker_is_set_off
from tests.layout.placing import Placed
from tests.layout.word_reading import TWIPS_PER_MM, Letter, WordFile, words_in

_FAMILY = "Times New Roman"
_SLOTS = ("w:ascii", "w:hAnsi", "w:cs", "w:eastAsia")
_BLACK = (None, "auto", "000000")
_LANGUAGE = "vi-VN"
_INDENTS = (567, 720)
_LEAST_GAP = 120
_LINES = (240, 360)
_SINGLE = 1.15
_UNWEIGHED = (Part.TABLE_CELL, Part.TABLE_GROUP)
_BY_PARTS = (*_UNWEIGHED, Part.ARTICLE)
_CENTRED = frozenset(Part) - FLOWING - {Part.ADDRESSEES, Part.RECIPIENTS_LABEL, Part.RECIPIENT, *_UNWEIGHED}

Words = Placed[Letter]


def check_text(file: WordFile, placed: list[Words]) -> Iterator[Failure]:
    yield from _fonts(file)
    yield from _language(file)
    for words in placed:
        if not words.marks:
            continue
        yield from _style(file, words)
        if words.piece.part is Part.ARTICLE:
            yield from _article(file, words)
        if words.piece.part is Part.ADDRESSEES:
            yield from _addressee(file, words)
        alignment = file.paragraph_attribute(words.marks[0].paragraph, "w:jc", "w:val")
        if words.piece.part in _CENTRED and alignment != "center":
            yield Failure("I.align", None, words.printed, f"{alignment}, not centred")
        if words.piece.part in FLOWING:
            yield from _paragraph(file, words.marks[0].paragraph)
    indents = {
        file.paragraph_twips(words.marks[0].paragraph, "w:ind", "w:firstLine")
        for words in placed
        if words.marks and words.piece.part in FLOWING
    }
    if len(indents) > 1:
        yield Failure("I.indent", None, "", f"first-line indents mixed: {sorted(indents)}")


def _fonts(file: WordFile) -> Iterator[Failure]:
    for name, part in file.parts.items():
        if b"DejaVu" in part:
            yield Failure("I.font", None, name, "names DejaVu")
    roots = [file.body, *(part.element for part in file.document.part.related_parts.values() if _is_header(part))]
    for run in (run for root in roots for run in root.iter(qn("w:r"))):
        words = "".join(text.text or "" for text in run.iter(qn("w:t")))
        names = {slot: file.run_attribute(run, "w:rFonts", slot) for slot in _SLOTS}
        themed = [file.run_attribute(run, "w:rFonts", f"{slot}Theme") for slot in _SLOTS]
        if set(names.values()) != {_FAMILY} or any(themed):
            yield Failure("I.font", None, words, f"{names}")
        colour = file.run_attribute(run, "w:color", "w:val")
        if colour not in _BLACK:
            yield Failure("I.colour", None, words, f"colour {colour}")
        fault = faulty_text(words)
        if fault:
            yield Failure("A4", None, words, fault)
        spoken = file.run_attribute(run, "w:lang", "w:val")
        if spoken != _LANGUAGE:
            yield Failure("I.language", None, words, f"language {spoken}")


def _is_header(part: object) -> bool:
    name = str(getattr(part, "partname", ""))
    return name.startswith(("/word/header", "/word/footer"))


def _language(file: WordFile) -> Iterator[Failure]:
    """What an officer types next takes the language, too: it belongs to the defaults or to Normal."""
    root = file.document.styles.element
    spoken = {language.get(qn("w:val")) for language in root.iter(qn("w:lang"))}
    if spoken != {_LANGUAGE}:
        yield Failure("I.language", None, "", f"styles say {sorted(map(str, spoken))}")


def _style(file: WordFile, words: Words) -> Iterator[Failure]:
    style, part = STYLES[words.piece.part], words.piece.part
    for run in dict.fromkeys(letter.run for letter in words.marks):
        size = file.size(run)
        if not style.smallest <= size <= style.largest:
            yield Failure("I.size", None, words.printed, f"{size} pt, not {style.smallest:g} to {style.largest:g}")
        weight = (file.is_on(run, "w:b"), file.is_on(run, "w:i"))
        if part not in _BY_PARTS and weight != (style.bold, style.italic):
            yield Failure("I.weight", None, words.printed, f"bold, italic: {weight}")
        underline = file.run_attribute(run, "w:u", "w:val")
        if underline not in (None, "none"):
            yield Failure("I.rule", None, words.printed, "underlined text instead of a drawn rule")


def _article(file: WordFile, words: Words) -> Iterator[Failure]:
    if not marker_is_set_off(words, lambda letter: file.is_on(letter.run, "w:b")):
        yield Failure("D13", None, words.printed, "the marker must be bold, the words after it not")


def _addressee(file: WordFile, words: Words) -> Iterator[Failure]:
    """«Kính gửi:» and, below it, the dashes under its colon (D18)."""
    left = file.paragraph_twips(words.marks[0].paragraph, "w:ind", "w:left", "w:start")
    wanted = layout.ADDRESSEE_DASH_MM if words.printed.startswith("-") else layout.ADDRESSEES_MM
    if abs(left - wanted * TWIPS_PER_MM) > 10:
        yield Failure("D18", None, words.printed, f"begins {left} twips from the left edge")


def _paragraph(file: WordFile, paragraph: Element) -> Iterator[Failure]:
    words = words_in(paragraph)
    alignment = file.paragraph_attribute(paragraph, "w:jc", "w:val")
    if alignment != "both":
        yield Failure("I.align", None, words, f"{alignment}, not justified")
    first = file.paragraph_twips(paragraph, "w:ind", "w:firstLine")
    aside = [
        file.paragraph_twips(paragraph, "w:ind", *names)
        for names in (("w:left", "w:start"), ("w:right", "w:end"), ("w:hanging",))
    ]
    if first not in _INDENTS or any(aside):
        yield Failure("I.indent", None, words, f"first line {first}, left, right, hanging {aside} twips")
    gap = sum(file.paragraph_twips(paragraph, "w:spacing", side) for side in ("w:before", "w:after"))
    if gap < _LEAST_GAP or file.paragraph_property(paragraph, "w:contextualSpacing") is not None:
        yield Failure("I.spacing", None, words, f"{gap / 20:g} pt between paragraphs")
    line = file.paragraph_twips(paragraph, "w:spacing", "w:line") or _LINES[0]
    rule = file.paragraph_attribute(paragraph, "w:spacing", "w:lineRule") or "auto"
    size = max((file.size(run) for run in paragraph.iter(qn("w:r"))), default=14.0)
    least, most = _LINES if rule == "auto" else (size * _SINGLE * 20, size * _SINGLE * 30)
    if not least <= line <= most:
        yield Failure("I.line", None, words, f"line {line} {rule}")
