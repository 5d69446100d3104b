"""Pictures of the demonstration: drawn, for a photograph would show somebody."""

from __future__ import annotations

import io
import math
from collections.abc import Sequence

from PIL import Image, ImageDraw

_SIZE = (960, 640)
_SKY, _FAR, _NEAR = (206, 224, 236), (133, 164, 148), (94, 138, 102)
_SOIL, _LEAF, _TRUNK = (150, 118, 86), (58, 110, 66), (101, 78, 56)
_WALL, _ROOF, _DOOR = (240, 232, 214), (166, 74, 58), (120, 88, 62)

Colour = tuple[int, int, int]


def planting() -> bytes:
    """Young trees in rows on a slope."""
    image, pen = _landscape()
    for row in range(5):
        for at in range(4 + row * 2):
            x = 40 + at * (_SIZE[0] - 80) // (3 + row * 2) + row % 2 * 12
            _tree(pen, x, 330 + row * 66, 14 + row * 7)
    return _png(image)


def house() -> bytes:
    """A new house under the hills."""
    image, pen = _landscape()
    pen.rectangle((300, 330, 680, 540), fill=_WALL)
    pen.polygon([(260, 340), (490, 220), (720, 340)], fill=_ROOF)
    pen.rectangle((450, 410, 540, 540), fill=_DOOR)
    for left in (340, 580):
        pen.rectangle((left, 390, left + 70, 450), fill=_SKY, outline=_DOOR, width=6)
    for x in (130, 210, 780, 860):
        _tree(pen, x, 560, 46)
    return _png(image)


def road() -> bytes:
    """A village road with flowers along it."""
    image, pen = _landscape()
    pen.polygon([(440, 300), (520, 300), (820, 640), (140, 640)], fill=(198, 194, 186))
    for step in range(9):
        near = (step / 8) ** 1.6
        y, size = 306 + near * 320, 3 + near * 12
        for side in (-1, 1):
            x = 480 + side * (52 + near * 320)
            colour = (214, 92, 96) if step % 2 else (232, 188, 72)
            pen.ellipse((x - size, y - size, x + size, y + size), fill=colour)
    return _png(image)


def _landscape() -> tuple[Image.Image, ImageDraw.ImageDraw]:
    image = Image.new("RGB", _SIZE, _SKY)
    pen = ImageDraw.Draw(image)
    _hill(pen, 210, 60, 3.1, _FAR)
    _hill(pen, 270, 34, 5.3, _NEAR)
    pen.rectangle((0, 300, *_SIZE), fill=_SOIL)
    _hill(pen, 305, 12, 2.2, (126, 158, 98))
    return image, pen


def _hill(pen: ImageDraw.ImageDraw, height: int, swing: int, waves: float, colour: Colour) -> None:
    width, bottom = _SIZE
    line: Sequence[tuple[float, float]] = [
        (x, height + swing * math.sin(x / width * math.pi * waves)) for x in range(0, width + 1, 12)
    ]
    pen.polygon([*line, (width, bottom), (0, bottom)], fill=colour)


def _tree(pen: ImageDraw.ImageDraw, x: float, y: float, size: float) -> None:
    pen.rectangle((x - size / 10, y - size, x + size / 10, y), fill=_TRUNK)
    pen.ellipse((x - size * 0.6, y - size * 1.9, x + size * 0.6, y - size * 0.6), fill=_LEAF)


def _png(image: Image.Image) -> bytes:
    buffer = io.BytesIO()
    image.save(buffer, "PNG", optimize=True)
    return buffer.getvalue()
