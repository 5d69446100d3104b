"""The official paper as a small tree of plain values.

A paper is composed once, by the ``paper.py`` of the app that owns it, and every way of
showing it (PDF, Word, HTML, text, proofreading) reads this tree and nothing else.
Reading a Word file goes the same way backwards.

The tree holds words, never looks: sizes, weights and distances follow from the kind of
node and stand in ``documents/layout.py`` (Decree 30/2020/NĐ-CP, Phụ lục I). All strings
are plain text in NFC; markup in them is printed as typed.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from documents.dates import PartialDate

NATIONAL_NAME = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
NATIONAL_MOTTO = "Độc lập - Tự do - Hạnh phúc"
RECIPIENTS_LABEL = "Nơi nhận:"
ADDRESSEES_LABEL = "Kính gửi:"

# What stands for a number or a day that the document system has not given yet.
BLANK_NUMBER = " " * 7
BLANK_DAY = " " * 4  # wider, «Thành phố Hồ Chí Minh, ngày … tháng … năm 2026» would not fit its line


@dataclass(frozen=True, slots=True)
class Header:
    """Boxes 1 to 4 of the layout: who issues, under which number, where and when; of a letter also box 5b."""

    issuer: tuple[str, ...]
    """Name lines of the issuing body, in capitals, broken as the office breaks them."""
    superior: str = ""
    """The line above (cơ quan chủ quản); empty for a People's Committee."""
    number: str = ""
    """As given by the document system; empty while none is given."""
    symbol: str = ""
    place: str = ""
    date: PartialDate = PartialDate()
    about: str = ""
    """Trích yếu of a letter (công văn), under its number: ``V/v đôn đốc gửi báo cáo``."""
    is_numbered: bool = True
    """A pledge that many sign enters no register."""

    @property
    def number_line(self) -> str:
        return f"Số: {self.number or BLANK_NUMBER}/{self.symbol}" if self.is_numbered else ""

    @property
    def date_line(self) -> str:
        return f"{self.place}, {self.date.in_words(blank=BLANK_DAY)}"


@dataclass(frozen=True, slots=True)
class Basis:
    """One legal basis (căn cứ): italic."""

    text: str


@dataclass(frozen=True, slots=True)
class EnactingLine:
    """Who decides, and that it is decided, each on a line of its own in capitals: centred, bold.

    ``CHỦ TỊCH ỦY BAN NHÂN DÂN XÃ AN SƠN`` above the legal bases, ``QUYẾT ĐỊNH:`` below them
    (Decree 30, Phụ lục III, Mẫu 1.2).
    """

    text: str


@dataclass(frozen=True, slots=True)
class Paragraph:
    text: str


@dataclass(frozen=True, slots=True)
class Heading:
    """``I. MỤC ĐÍCH, YÊU CẦU``: bold, number and words on one line."""

    marker: str
    text: str
    level: int = 1
    """1 for the outermost."""


@dataclass(frozen=True, slots=True)
class Item:
    """``1. …``, ``a) …``, ``- …``: an entry with the marker that its writer gave it."""

    marker: str
    text: str
    title: bool = False
    """Bold on its own line: deeper lines follow and it is no sentence (Decree 30, khoản with a heading)."""


@dataclass(frozen=True, slots=True)
class Article:
    """``Điều 1. …`` of a decision: the marker bold, the words that follow on its line as in any paragraph.

    An article that has a heading is an ``Item`` with a title.
    """

    marker: str
    text: str


@dataclass(frozen=True, slots=True)
class AppendixReference:
    """``(Có Phụ lục kèm theo)`` in the body: italic."""

    text: str


Cell = tuple[str, ...]
"""The lines of one table cell."""


@dataclass(frozen=True, slots=True)
class Column:
    head: str
    share: float
    """Of the width of the text area; the shares of a table add up to 1."""
    align: str = "left"
    """``left``, ``center`` or ``right``."""


@dataclass(frozen=True, slots=True)
class Row:
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class GroupRow:
    """A row across all columns that names what follows: ``QUÝ I``."""

    text: str


@dataclass(frozen=True, slots=True)
class Table:
    columns: tuple[Column, ...]
    rows: tuple[Row | GroupRow, ...]


@dataclass(frozen=True, slots=True)
class Bar:
    label: str
    words: str
    """At its end: ``45,3 %``, or why there is no bar."""
    share: float | None
    """Of the full length; None draws no bar."""


@dataclass(frozen=True, slots=True)
class Chart:
    """Bars against one full length. All that is drawn as words is its text, so that it can be read without it."""

    full: str
    """At the line that stands for the full length: ``100 %``."""
    bars: tuple[Bar, ...]
    caption: str

    @property
    def drawn(self) -> tuple[str, ...]:
        """The words inside the drawing, line by line."""
        return (self.full, *(f"{bar.label} {bar.words}" for bar in self.bars))

    @property
    def text(self) -> str:
        return "\n".join((*self.drawn, self.caption))


@dataclass(frozen=True, slots=True)
class Picture:
    """A photograph; what it shows is said by its caption."""

    content: bytes
    media_type: str
    """``image/png`` or ``image/jpeg``."""
    size: tuple[int, int]
    """Width and height in pixels."""
    caption: str

    @property
    def text(self) -> str:
        return self.caption


Block = Heading | Item | Article | Paragraph | AppendixReference | Table | Chart | Picture
Preamble = EnactingLine | Basis | Paragraph


@dataclass(frozen=True, slots=True)
class Recipients:
    lines: tuple[str, ...]
    """Without ``- `` and ``;``."""
    archive: str
    """What follows ``Lưu:``; empty where the paper names no archive."""

    def printed(self) -> Iterator[str]:
        """The list as it stands under ``Nơi nhận:``; only the last line ends in a full stop."""
        entries = [*self.lines, *([f"Lưu: {self.archive}"] if self.archive else [])]
        for position, entry in enumerate(entries, start=1):
            yield f"- {entry}{'.' if position == len(entries) else ';'}"


@dataclass(frozen=True, slots=True)
class Signature:
    lines: tuple[str, ...]
    """Authority and post, in capitals: ``TM. ỦY BAN NHÂN DÂN``, ``CHỦ TỊCH`` (box 7a)."""
    name: str = ""
    post: str = ""
    """The agency post between the space and the name, where a council or cluster signs (box 7b)."""


@dataclass(frozen=True, slots=True)
class Signatory:
    """One of many who sign a paper side by side: ``THÔN ĐÔNG``, ``TRƯỞNG THÔN``, room to sign, the name."""

    body: str
    post: str = ""
    name: str = ""


@dataclass(frozen=True, slots=True)
class Signatories:
    """Who signs besides the head: a grid between the text and the paper's own signature (a pledge, minutes).

    Of nobody: a paper that no one signs (a ballot).
    """

    title: str
    """Above the grid: ``ĐẠI DIỆN CÁC ĐƠN VỊ KÝ GIAO ƯỚC``."""
    each: tuple[Signatory, ...]
    columns: int = 3
    """Two or three side by side."""

    def rows(self) -> Iterator[tuple[Signatory, ...]]:
        for first in range(0, len(self.each), self.columns):
            yield self.each[first : first + self.columns]


@dataclass(frozen=True, slots=True)
class Appendix:
    """Starts a page of its own and counts its pages anew."""

    title: str
    subject: str
    reference: str
    """``(Kèm theo Kế hoạch số … ngày … của …)``; empty prints nothing."""
    blocks: tuple[Block, ...]
    landscape: bool = False


@dataclass(frozen=True, slots=True)
class Paper:
    header: Header
    title: str
    """Kind of paper in capitals: ``KẾ HOẠCH``; empty for a letter (công văn), which prints none."""
    subject: str
    """Trích yếu; that of a letter is ``header.about``."""
    preamble: tuple[Preamble, ...]
    body: tuple[Block, ...]
    recipients: Recipients
    signature: Signature
    appendices: tuple[Appendix, ...] = ()
    addressees: tuple[str, ...] = ()
    """Box 9a, without ``- `` and ``;``."""
    signatories: Signatories | None = None

    def addressed(self) -> Iterator[str]:
        """The lines of ``Kính gửi:``: one addressee stands beside it, several below, each with its dash."""
        if len(self.addressees) == 1:
            yield f"{ADDRESSEES_LABEL} {self.addressees[0]}"
        elif self.addressees:
            yield ADDRESSEES_LABEL
            for position, name in enumerate(self.addressees, start=1):
                yield f"- {name}{'.' if position == len(self.addressees) else ';'}"
