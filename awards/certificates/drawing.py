"""Certificates as HTML pages of absolutely placed lines, for WeasyPrint.

What is the same on all certificates of an award (``common_sheet``) is drawn once and laid under each of them.
"""

from __future__ import annotations

import base64
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

import segno
from django.conf import settings
from django.template.loader import render_to_string
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from awards.certificates.fitting import MM_PER_PT, DoesNotFit, Line, first_foot, fit, fit_block
from awards.certificates.layouts import (
    IN_BLOCK,
    LOOKS,
    OF_EACH,
    Box,
    Field,
    Layout,
    Place,
    layout_of,
    stock_places,
)
from awards.certificates.words import Certificate
from core.errors import AppError
from documents import fonts

_RULE_BELOW = 1.8
_QR_QUIET, _QR_PIXELS = 1, 6
_FIELD_NAMES = {Field.NAME: "tên", Field.DETAIL: "chức vụ, đơn vị", Field.CITATION: "thành tích"}


class TooLong(AppError):
    pass


@dataclass(frozen=True)
class Press:
    """What a stock and its printer are, as plain values."""

    is_whole: bool = True
    """The whole certificate on blank paper, else only what pre-printed stock lacks."""
    shift: tuple[float, float] = (0.0, 0.0)
    """How far the machine prints to the right of, and below, where it should: taken back here."""
    places: dict[str, dict[str, float]] = field(default_factory=dict)
    emblem: str = ""
    """``data:`` address of the unit's picture."""
    has_code: bool = False
    is_proof: bool = False
    """On the screen: shows where the emblem will stand."""

    def places_of(self, layout: Layout) -> dict[Field, Place]:
        found = layout.places if self.is_whole else stock_places(layout, self.places)
        if self.has_code == (Field.CODE in found):
            return found
        if self.has_code:
            return found | {Field.CODE: layout.places[Field.CODE]}
        return {name: place for name, place in found.items() if name is not Field.CODE}

    @cached_property
    def without_shift(self) -> Press:
        return replace(self, shift=(0.0, 0.0))


def picture_address(content: bytes, media_type: str) -> str:
    return f"data:{media_type};base64,{base64.b64encode(content).decode()}"


# -- Lines ---------------------------------------------------------------------------------


def own_lines(one: Certificate, press: Press) -> list[Line]:
    """What differs from the next certificate; raise ``TooLong`` naming whose it is."""
    layout = layout_of(one.award)
    places = press.places_of(layout)
    lines: list[Line] = []
    alone = [name for name in OF_EACH if name in places and name is not Field.CODE]
    try:
        if press.is_whole:
            lines += fit_block(one.texts, places, layout.block)
            alone = [name for name in alone if name not in IN_BLOCK]
        for name in sorted(alone):
            if one.texts.get(name):
                lines += fit(name, one.texts[name], places[name])
    except DoesNotFit as error:
        what, whose = _FIELD_NAMES.get(error.field, "nội dung"), one.texts[Field.NAME]
        raise TooLong(
            f"Phần {what} của {whose} dài quá, không in vừa giấy. Hãy ghi ngắn lại, hoặc dùng một lời ghi chung."
        ) from None
    return lines


def common_lines(one: Certificate, press: Press) -> list[Line]:
    places = press.places_of(layout_of(one.award))
    lines: list[Line] = []
    for name, place in places.items():
        if name in OF_EACH or not one.texts.get(name):
            continue
        parts = one.texts[name].split("\n") if name is Field.SIGNED else [one.texts[name]]
        foot = 0.0
        for part in parts:
            try:
                fitted = fit(name, part, replace(place, y=place.y + foot))
            except DoesNotFit:
                raise TooLong(f"«{part[:60]}…» dài quá, không in vừa giấy. Hãy xem lại lời văn quyết định.") from None
            lines += fitted
            foot = fitted[-1].y - place.y + fitted[-1].size * 1.2 * MM_PER_PT
    return lines


# -- Sheets --------------------------------------------------------------------------------


def document(title: str, sheets: Iterable[SafeString]) -> str:
    content = mark_safe("\n".join(sheets))  # noqa: S308 -- each sheet is escaped where it is made
    return render_to_string("awards/certificates/pages.html", {"title": title, "sheets": content})


def own_sheet(one: Certificate, press: Press) -> SafeString:
    return _sheet(layout_of(one.award), _own_parts(one, press))


def common_sheet(one: Certificate, press: Press) -> SafeString:
    return _sheet(layout_of(one.award), _common_parts(one, press))


def whole_sheet(one: Certificate, press: Press) -> SafeString:
    """Both in one: a single page, or the same pages drawn the plain way."""
    return _sheet(layout_of(one.award), [*_common_parts(one, press), *_own_parts(one, press)])


def overlay_sheet(one: Certificate, press: Press) -> SafeString:
    """Pre-printed stock with what is printed on it: the rest of the certificate pale under it."""
    layout = layout_of(one.award)
    drawn = press.places_of(layout)
    whole = replace(press.without_shift, is_whole=True, has_code=False, is_proof=True)
    lines = [line for line in common_lines(one, whole) if line.field not in drawn]
    under = [*_furniture(layout, whole), *(_paragraph(line, ghost=True) for line in lines)]
    return _sheet(layout, [*under, *_common_parts(one, press), *_own_parts(one, press)])


def _own_parts(one: Certificate, press: Press) -> list[SafeString]:
    parts = [_paragraph(line, press.shift) for line in own_lines(one, press)]
    place = press.places_of(layout_of(one.award)).get(Field.CODE)
    if place is not None and one.texts.get(Field.CODE):
        parts.append(_qr(one.texts[Field.CODE], place, press.shift))
    return parts


def _common_parts(one: Certificate, press: Press) -> list[SafeString]:
    layout = layout_of(one.award)
    lines = common_lines(one, press)
    parts = _furniture(layout, press) if press.is_whole else []
    parts += [_paragraph(line, press.shift) for line in lines]
    parts += [_rule(line, press.shift) for line in lines if line.field is Field.MOTTO]
    return parts


def _sheet(layout: Layout, parts: Sequence[SafeString]) -> SafeString:
    content = mark_safe("".join(parts))  # noqa: S308 -- each part is escaped where it is made
    return format_html('<div class="sheet {}">{}</div>', layout.sheet.name, content)


def _furniture(layout: Layout, press: Press) -> list[SafeString]:
    sheet = layout.sheet
    parts = [_image(f"border-{sheet.name}.svg", Box(0, 0, sheet.width, sheet.height), press.shift)]
    for side, box in zip(("left", "right"), layout.flags, strict=False):
        parts.append(_image(f"flags-{side}.svg", box, press.shift))
    box = layout.emblem
    if press.emblem:
        style = _style(box, press.shift)
        parts.append(
            format_html(
                '<div style="{}"><img src="{}" alt="" style="width:{}mm;height:{}mm;object-fit:contain"></div>',
                *(style, mark_safe(press.emblem), _mm(box.width), _mm(box.height)),  # noqa: S308 -- made here
            )
        )
    elif press.is_proof:
        parts.append(format_html('<div class="blank-emblem" style="{}"></div>', _style(box, press.shift)))
    return parts


def _paragraph(line: Line, shift: tuple[float, float] = (0.0, 0.0), *, ghost: bool = False) -> SafeString:
    look = LOOKS[line.field]
    said = {"centred": line.is_centred, "bold": look.bold, "italic": look.italic, "red": look.red and not ghost}
    classes = " ".join([*(name for name, holds in said.items() if holds), *(["ghost"] if ghost else [])])
    return format_html(
        '<p class="{}" style="left:{}mm;top:{}mm;width:{}mm;font-size:{}pt">{}</p>',
        classes,
        _mm(line.x - shift[0]),
        _mm(line.y - first_foot(line.size) - shift[1]),
        _mm(line.width),
        _mm(line.size),
        line.text,
    )


def _rule(line: Line, shift: tuple[float, float]) -> SafeString:
    """Below the motto and as long as it."""
    look = LOOKS[line.field]
    width = fonts.text_width(line.text, line.size, bold=look.bold, italic=look.italic) * MM_PER_PT
    box = Box(line.x + (line.width - width) / 2, line.y + _RULE_BELOW, width, 0)
    return format_html('<div class="rule" style="{}"></div>', _style(box, shift))


def _qr(address: str, place: Place, shift: tuple[float, float]) -> SafeString:
    """``size`` millimetres wide, its foot on the place's line. A picture: a drawing takes three times as long."""
    made = io.BytesIO()
    segno.make(address, error="m").save(made, kind="png", scale=_QR_PIXELS, border=_QR_QUIET)
    box = Box(place.x, place.y - place.size, place.size, place.size)
    picture = mark_safe(picture_address(made.getvalue(), "image/png"))  # noqa: S308 -- made here
    return format_html('<img src="{}" alt="" style="{}">', picture, _style(box, shift))


def _image(name: str, box: Box, shift: tuple[float, float]) -> SafeString:
    address = f"{settings.STATIC_URL}awards/certificates/{name}"
    return format_html('<img src="{}" alt="" style="{}">', address, _style(box, shift))


def _style(box: Box, shift: tuple[float, float]) -> str:
    sizes = f"width:{_mm(box.width)}mm;height:{_mm(box.height)}mm"
    return f"left:{_mm(box.x - shift[0])}mm;top:{_mm(box.y - shift[1])}mm;{sizes}"


def _mm(value: float) -> str:
    return f"{value:.3f}".rstrip("0").rstrip(".")
