"""The file as such: fonts, text layer, colour, properties (A2–A4, A6, A7)."""

from __future__ import annotations

import io
import re
import subprocess
import tempfile
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from pypdf import PdfReader

from tests.layout.failures import Failure
from tests.layout.located import PrintedPaper
from tests.layout.measure import BLACK
from tests.layout.printed import Glyph, lines_of

_ALLOWED_FONT = re.compile(
    r"(?:[A-Z]{6}\+)?(?:TimesNewRoman(?:PS)?(?:MT)?|Liberation-?Serif|Tinos)"
    r"(?:[-,](?:Regular|Bold|Italic|Bold-?Italic)(?:MT)?)?",
)
_FONT_LINE = re.compile(r"(?P<name>\S+)\s+.*?\s(?P<emb>yes|no)\s+(?P<sub>yes|no)\s+(?P<uni>yes|no)\s+\d+\s+\d+$")
_MARKS = range(0x0300, 0x0370)
_LANGUAGES = ("vi", "vi-VN")


@dataclass(frozen=True, slots=True)
class FontEntry:
    name: str
    embedded: bool
    subset: bool
    unicode: bool


def check_file(printed: PrintedPaper, pdf: bytes) -> Iterator[Failure]:
    entries = font_entries(pdf)
    used = {entry.name for entry in entries} | {glyph.font for sheet in printed.sheets for glyph in sheet.stream}
    for name in sorted(used):
        if not _ALLOWED_FONT.fullmatch(name):
            yield Failure("A2", None, name, "not Times New Roman or its equal")
    for entry in entries:
        if not (entry.embedded and entry.subset and entry.unicode):
            yield Failure("A3", None, entry.name, f"embedded, subset, ToUnicode: {entry}")
    yield from _text_layer(printed)
    yield from _colours(printed)
    yield from _properties(pdf)


def font_entries(pdf: bytes) -> list[FontEntry]:
    with tempfile.NamedTemporaryFile(suffix=".pdf") as file:
        Path(file.name).write_bytes(pdf)
        answer = subprocess.run(["pdffonts", file.name], capture_output=True, text=True, check=True, timeout=60)
    found = [_FONT_LINE.match(line) for line in answer.stdout.splitlines()[2:]]
    if not all(found):
        raise ValueError(f"pdffonts answered something new:\n{answer.stdout}")
    return [
        FontEntry(match["name"], match["emb"] == "yes", match["sub"] == "yes", match["uni"] == "yes")
        for match in found
        if match
    ]


def faulty_text(text: str) -> str:
    """Why this is no clean text in composed Unicode; empty when it is."""
    if not unicodedata.is_normalized("NFC", text):
        return "not NFC"
    if any(ord(letter) in _MARKS for letter in text):
        return "combining mark"
    if "\ufffd" in text or "(cid:" in text or "\x00" in text:
        return "letter without meaning"
    if any(unicodedata.category(letter) == "Co" for letter in text):
        return "private use letter"
    return ""


def _text_layer(printed: PrintedPaper) -> Iterator[Failure]:
    for sheet in printed.sheets:
        for line in lines_of(sheet.stream):
            fault = faulty_text(line.text)
            if fault:
                yield Failure("A4", sheet.number, line.text, fault)


def _colours(printed: PrintedPaper) -> Iterator[Failure]:
    for sheet in printed.sheets:
        coloured: list[Glyph] = [
            glyph for glyph in sheet.stream if glyph.colour not in BLACK and not glyph.text.isspace()
        ]
        for line in lines_of(coloured):
            yield Failure("A6", sheet.number, line.text, f"colour {line.glyphs[0].colour}")


def _properties(pdf: bytes) -> Iterator[Failure]:
    reader = PdfReader(io.BytesIO(pdf))
    if reader.is_encrypted:
        yield Failure("A7", None, "", "encrypted")
        return
    if reader.pdf_header < "%PDF-1.4":
        yield Failure("A7", None, reader.pdf_header, "older than PDF 1.4")
    if not (reader.metadata and reader.metadata.title):
        yield Failure("A7", None, "", "no title")
    language = str(reader.root_object.get("/Lang", ""))
    if language not in _LANGUAGES:
        yield Failure("A7", None, language, "language is not Vietnamese")
    metadata = reader.xmp_metadata
    if metadata is None or (metadata.pdfaid_part, metadata.pdfaid_conformance) != ("2", "B"):
        yield Failure("A7", None, "", "not marked as PDF/A-2b")
    if "/OutputIntents" not in reader.root_object:
        yield Failure("A7", None, "", "no output intent")
