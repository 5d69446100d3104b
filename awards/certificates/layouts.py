"""Where each line of a certificate stands, in millimetres of a landscape sheet. Pure.

QĐ 01/2026/QĐ-TTg: Điều 61 (giấy khen, Chiến sĩ thi đua cơ sở), Điều 62 (Gia đình văn hóa, A5), Điều 63 (titles of
collectives). It orders lines, colours, emblem and flags; type sizes and places are the issuer's choice.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

from awards.shipped import AwardKind, shipped_awards

SMALLEST = 7.0
"""Points: smaller than this nobody reads a certificate on a wall."""


class Field(StrEnum):
    NATION = "nation"
    MOTTO = "motto"
    AUTHORITY = "authority"
    GIVES = "gives"
    AWARD = "award"
    NAME = "name"
    DETAIL = "detail"
    CITATION = "citation"
    DAY = "day"
    SIGNED = "signed"
    SIGNER = "signer"
    DECISION = "decision"
    GOLDEN = "golden"
    CODE = "code"


FIELD_WORDS = {
    Field.NATION: "Quốc hiệu",
    Field.MOTTO: "Tiêu ngữ",
    Field.AUTHORITY: "Chức danh người quyết định",
    Field.GIVES: "TẶNG, TẶNG DANH HIỆU",
    Field.AWARD: "Tên danh hiệu, hình thức",
    Field.NAME: "Tên người, tập thể, hộ",
    Field.DETAIL: "Chức vụ, đơn vị, địa chỉ",
    Field.CITATION: "Thành tích",
    Field.DAY: "Địa danh, ngày tháng",
    Field.SIGNED: "Chức danh người ký",
    Field.SIGNER: "Họ tên người ký",
    Field.DECISION: "Số, ngày quyết định",
    Field.GOLDEN: "Số sổ vàng",
    Field.CODE: "Mã QR tra cứu",
}
OF_EACH = frozenset({Field.NAME, Field.DETAIL, Field.CITATION, Field.GOLDEN, Field.CODE})
"""What differs from one recipient to the next; the rest is the same on all certificates of an award."""
ON_STOCK = frozenset({Field.NATION, Field.MOTTO, Field.AUTHORITY, Field.GIVES, Field.AWARD})
"""What pre-printed stock usually says already."""


@dataclass(frozen=True, slots=True)
class Look:
    bold: bool = False
    italic: bool = False
    red: bool = False


LOOKS = {
    Field.NATION: Look(bold=True),
    Field.MOTTO: Look(bold=True),
    Field.AUTHORITY: Look(bold=True, red=True),
    Field.GIVES: Look(bold=True),
    Field.AWARD: Look(bold=True, red=True),
    Field.NAME: Look(bold=True),
    Field.DETAIL: Look(),
    Field.CITATION: Look(),
    Field.DAY: Look(bold=True, italic=True),
    Field.SIGNED: Look(bold=True),
    Field.SIGNER: Look(bold=True),
    Field.DECISION: Look(bold=True, italic=True),
    Field.GOLDEN: Look(bold=True, italic=True),
}


@dataclass(frozen=True, slots=True)
class Place:
    """``y``: from the sheet's upper edge to the foot of the first line; ``size``: points of type (of the QR: mm).

    Lines are centred in ``width``, but for decision and golden number, which begin at ``x``.
    """

    x: float
    y: float
    width: float
    size: float
    rows: float = 1
    """Lines of ``size`` for which there is room."""
    is_centred: bool = True

    def scaled(self, by: float) -> Place:
        return replace(self, x=self.x * by, y=self.y * by, width=self.width * by, size=self.size * by)


@dataclass(frozen=True, slots=True)
class Sheet:
    name: str
    width: float
    height: float


A4 = Sheet("a4", 297, 210)
A5 = Sheet("a5", 210, 148)
_TO_A5 = A5.width / A4.width

_MIDDLE = 36.0
_WIDE = A4.width - 2 * _MIDDLE
_LEFT, _LEFT_WIDTH = 25.0, 118.0
_RIGHT, _RIGHT_WIDTH = 160.0, 112.0
_PLACES = {
    Field.NATION: Place(_MIDDLE, 53, _WIDE, 15),
    Field.MOTTO: Place(_MIDDLE, 60, _WIDE, 15),
    Field.AUTHORITY: Place(_MIDDLE, 72, _WIDE, 19, rows=1.3),
    Field.GIVES: Place(_MIDDLE, 81.5, _WIDE, 17),
    Field.AWARD: Place(_MIDDLE, 95, _WIDE, 36, rows=1.1),
    Field.NAME: Place(_MIDDLE, 111, _WIDE, 26, rows=1.5),
    Field.DETAIL: Place(_MIDDLE, 123, _WIDE, 15, rows=2),
    Field.CITATION: Place(_MIDDLE, 135, _WIDE, 15, rows=2),
    Field.DAY: Place(_RIGHT, 153, _RIGHT_WIDTH, 14),
    Field.SIGNED: Place(_RIGHT, 160, _RIGHT_WIDTH, 15, rows=2),
    Field.SIGNER: Place(_RIGHT, 187, _RIGHT_WIDTH, 15),
    Field.DECISION: Place(_LEFT, 180, _LEFT_WIDTH, 13, rows=1.4, is_centred=False),
    Field.GOLDEN: Place(_LEFT, 187, _LEFT_WIDTH, 13, is_centred=False),
    Field.CODE: Place(_LEFT, 173, 18, 18),
}


@dataclass(frozen=True, slots=True)
class Block:
    """Where name, post and achievement share the room of a whole certificate, centred from top to bottom."""

    top: float
    room: float
    x: float
    width: float
    gap: float

    def scaled(self, by: float) -> Block:
        return Block(self.top * by, self.room * by, self.x * by, self.width * by, self.gap * by)


_BLOCK = Block(top=99, room=48, x=_MIDDLE, width=_WIDE, gap=2.5)
IN_BLOCK = (Field.NAME, Field.DETAIL, Field.CITATION)


@dataclass(frozen=True, slots=True)
class Box:
    x: float
    y: float
    width: float
    height: float

    def scaled(self, by: float) -> Box:
        return Box(self.x * by, self.y * by, self.width * by, self.height * by)


_EMBLEM = Box((A4.width - 28) / 2, 18.2, 28, 28)
_FLAGS = (Box(79, 19.7, 50, 25), Box(168, 19.7, 50, 25))


@dataclass(frozen=True, slots=True)
class Layout:
    sheet: Sheet
    gives: str
    has_flags: bool
    source: str
    """The article, with its day; blank: no article draws this certificate."""

    @property
    def scale(self) -> float:
        return 1.0 if self.sheet is A4 else _TO_A5

    @property
    def places(self) -> dict[Field, Place]:
        return {field: place.scaled(self.scale) for field, place in _PLACES.items()}

    @property
    def block(self) -> Block:
        return _BLOCK.scaled(self.scale)

    @property
    def emblem(self) -> Box:
        return _EMBLEM.scaled(self.scale)

    @property
    def flags(self) -> tuple[Box, ...]:
        return tuple(box.scaled(self.scale) for box in _FLAGS) if self.has_flags else ()


_DECISION = "Quyết định số 01/2026/QĐ-TTg"
_ARTICLES = {"GK": 61, "CSTDCS": 61, "GDVH": 62, "TVH": 63, "XTB": 63, "TTLDXS": 63}
_WITH_FLAGS = frozenset({"CSTDCS", "TVH", "XTB", "TTLDXS"})


def layout_of(award: str) -> Layout:
    """Of an award that no article draws: the one of Điều 61, without flags."""
    known = shipped_awards().get(award)
    is_title = known is not None and known.kind is AwardKind.TITLE
    article = _ARTICLES.get(award)
    return Layout(
        sheet=A5 if award == "GDVH" else A4,
        gives="TẶNG DANH HIỆU" if is_title else "TẶNG",
        has_flags=award in _WITH_FLAGS,
        source=f"{_DECISION}, Điều {article}" if article else "",
    )


# -- Of one stock --------------------------------------------------------------------------


def stock_places(layout: Layout, kept: Mapping[str, Mapping[str, Any]]) -> dict[Field, Place]:
    """What is printed on pre-printed stock and where: as kept, else as the layout has it."""
    found: dict[Field, Place] = {}
    for field, place in layout.places.items():
        own = kept.get(field.value)
        if own is None:
            if field not in ON_STOCK and field is not Field.CODE:
                found[field] = place
        elif own.get("shown", True):
            x, y, width, size = (float(own[name]) for name in ("x", "y", "width", "size"))
            found[field] = replace(place, x=x, y=y, width=width, size=size)
    return found


def boxes_out(places: Iterable[Place], sheet: Sheet) -> bool:
    """Whether any of them leaves the sheet."""
    return any(one.x < 0 or one.y <= 0 or one.x + one.width > sheet.width or one.y > sheet.height for one in places)
