"""What a paragraph of Word shows: its runs in order, without what was struck out, hidden or only instructs Word."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from documents.reading.encodings import Encoding, encoding_of_font, to_unicode
from documents.reading.source import Looks
from documents.reading.text import one_line
from documents.reading.word.names import MATH, MC, W, child, local, switch
from documents.reading.word.styles import Properties, RunLook, Styles
from documents.reading.word.symbols import is_symbol_font, shown

LINE_BREAK = "\n"
TAB = "\t"

_TRANSPARENT = {
    *("hyperlink", "smartTag", "ins", "moveTo", "sdt", "sdtContent", "fldSimple", "bdo", "dir", "customXml"),
    *("ruby", "rubyBase"),
}
_STRUCK = {"del", "moveFrom"}
_TABS = {"tab", "ptab"}
_PICTURES = {"drawing", "pict", "object"}


@dataclass(frozen=True, slots=True)
class Piece:
    text: str
    look: RunLook


@dataclass(slots=True)
class Findings:
    """What a reader of the file should hear about."""

    insertions: int = 0
    deletions: int = 0
    hidden: int = 0
    notes_cited: list[tuple[str, str]] = field(default_factory=list)
    """Kind (``footnote`` or ``endnote``) and id, in the order of the text."""
    old_encodings: set[Encoding] = field(default_factory=set)


class ParagraphReader:
    """Keeps the state of fields, which may begin in one paragraph and end in another."""

    def __init__(self, styles: Styles, findings: Findings) -> None:
        self._styles = styles
        self._findings = findings
        self._fields: list[bool] = []
        """Of each open field, whether its result has begun."""

    def pieces(self, paragraph: Any, base: Properties) -> list[Piece]:
        return list(self._walk(paragraph, base))

    def _walk(self, node: Any, base: Properties) -> Iterator[Piece]:
        for part in node:
            match local(part):
                case "r":
                    yield from self._run(part, base)
                case "t":  # of a formula; those of the text stand in runs
                    yield Piece(part.text or "", self._styles.run(None, base))
                case "AlternateContent":
                    yield from self._walk(chosen(part), base)
                case name if name in _STRUCK:
                    self._findings.deletions += 1
                case name if name in _TRANSPARENT or part.tag.startswith(MATH):
                    self._findings.insertions += name in {"ins", "moveTo"}
                    yield from self._walk(part, base)

    def _run(self, run: Any, base: Properties) -> Iterator[Piece]:
        look = self._styles.run(child(run, "rPr"), base)
        for part in run:
            text = self._text(part, look)
            if not text or not all(self._fields):
                continue
            if look.hidden:
                self._findings.hidden += bool(text.strip())
            else:
                yield Piece(text, look)

    def _text(self, part: Any, look: RunLook) -> str:
        match local(part):
            case "t":
                return _lettered(part.text or "", look.font)
            case "br" | "cr":
                return LINE_BREAK
            case "noBreakHyphen":
                return "-"
            case "softHyphen":  # the «ư» of TCVN3 has its code
                return "\xad" if encoding_of_font(look.font)[0] is Encoding.TCVN3 else ""
            case "sym":
                return shown(_hexadecimal(part.get(W + "char")), part.get(W + "font") or "")
            case "fldChar":
                self._turn_field(part.get(W + "fldCharType"))
            case "footnoteReference" | "endnoteReference" as name if all(self._fields) and not look.hidden:
                self._findings.notes_cited.append((name.removesuffix("Reference"), part.get(W + "id") or ""))
            case name if name in _TABS:
                return TAB
        return ""

    def _turn_field(self, kind: str | None) -> None:
        if kind == "begin":
            self._fields.append(False)
        elif kind == "separate" and self._fields:
            self._fields[-1] = True
        elif kind == "end" and self._fields:
            self._fields.pop()


def _hexadecimal(text: str | None) -> int:
    try:
        return int(text or "", 16)
    except ValueError:
        return 0


def _lettered(text: str, font: str) -> str:
    if not is_symbol_font(font):
        return text
    return "".join(shown(ord(letter), font) if ord(letter) > 0x7F else letter for letter in text)


def chosen(alternatives: Any) -> Any:
    """One of the copies of a drawing that Word keeps for newer and for older programs: the one that has words."""
    copies = [*alternatives.findall(MC + "Choice"), *alternatives.findall(MC + "Fallback")]
    worded = (copy for copy in copies if next(copy.iter(W + "t"), None) is not None)
    return next(worded, copies[0] if copies else alternatives)


def boxes(node: Any) -> Iterator[Any]:
    """The contents of the text boxes inside, each once; boxes in boxes belong to their box."""
    for part in node:
        match local(part):
            case "txbxContent":
                yield part
            case "AlternateContent":
                yield from boxes(chosen(part))
            case name if name not in _STRUCK:
                yield from boxes(part)


def lines_of(pieces: list[Piece], findings: Findings) -> Iterator[tuple[str, Looks]]:
    """Each printed line that the writer ended by hand, its tabs kept, with what all of its letters have in common."""
    line: list[Piece] = []
    for piece in pieces:
        head, *rest = piece.text.split(LINE_BREAK)
        line.append(Piece(head, piece.look))
        for text in rest:
            yield _line(line, findings)
            line = [Piece(text, piece.look)]
    yield _line(line, findings)


def _line(pieces: list[Piece], findings: Findings) -> tuple[str, Looks]:
    # Codes of two letters may stand in two runs, so runs of one kind are read together.
    groups = itertools.groupby(pieces, key=lambda piece: (*encoding_of_font(piece.look.font), piece.look.capitals))
    text = ""
    for (encoding, capital_font, capitals), group in groups:
        raw = "".join(piece.text for piece in group)
        text += to_unicode(raw, encoding, capitals=capital_font or capitals)
        if encoding is not None and raw.strip():
            findings.old_encodings.add(encoding)
    text = TAB.join(map(one_line, text.split(TAB)))
    worded = [piece.look for piece in pieces if piece.text.strip()]
    if not worded:
        return text, Looks()
    longest = max((piece for piece in pieces if piece.text.strip()), key=lambda piece: len(piece.text))
    return text, Looks(
        bold=all(look.bold for look in worded),
        italic=all(look.italic for look in worded),
        size=longest.look.size,
    )


def ends_unseen(paragraph: Any) -> bool:
    """Whether its end was struck out or is hidden, so that the next paragraph goes on in its line."""
    mark = child(paragraph, "pPr", "rPr")
    if mark is None:
        return False
    return (
        child(mark, "del") is not None or child(mark, "moveFrom") is not None or child(mark, "specVanish") is not None
    )


def begins_page(paragraph: Any) -> bool:
    own = child(paragraph, "pPr")
    return own is not None and bool(switch(own, "pageBreakBefore"))


def ends_page(paragraph: Any) -> bool:
    return any(found.get(W + "type") == "page" for found in paragraph.iter(W + "br"))
