"""Charts as SVG: vector graphics of the same typeface as the paper, black and grey, no style and no script in them."""

from __future__ import annotations

import functools
import io
from dataclasses import dataclass
from html import escape

from documents import fonts, layout
from documents.rendering.text import one_line
from documents.tree import Bar, Chart

_MM_PER_PT = 25.4 / 72
_PT = layout.CHART_PT
_LINE = _PT * 1.2
_GAP, _BAR = 6.0, 10.0
"""Points between two bars, and the height of one."""
_LABEL_SHARE, _WORDS_SHARE = 0.44, 0.2
"""Of the width: labels at the left, words at the right, the bars between them."""
_LONGEST = 1.25
"""A bar that goes beyond is cut, with a gap in it; its words say how far it went."""
_FULL, _SHORT = "#3c3c3c", "#b4b4b4"
"""What has reached the full length, and what has not: apart also in a black and white copy."""
_PNG_SCALE = 3
"""Pixels a point: 216 dots an inch, for readers of Word files that know no SVG."""


@dataclass(frozen=True, slots=True)
class Drawing:
    svg: str
    width: float
    """Millimetres, as the height."""
    height: float


def draw(chart: Chart, width: float) -> Drawing:
    """``width`` in millimetres."""
    across = width / _MM_PER_PT
    left, unit = across * _LABEL_SHARE, across * (1 - _LABEL_SHARE - _WORDS_SHARE) / _LONGEST
    top = _LINE + _GAP
    shapes = [_text(left + unit, _LINE * 0.8, chart.full, anchor="middle")]
    for bar in chart.bars:
        lines = _broken(bar.label, left - 2 * _GAP)
        height = max(len(lines) * _LINE, _BAR)
        shapes += _bar(bar, lines, left, unit, top, height)
        top += height + _GAP
    full = left + unit
    axes = [
        f'<path d="M{x:.1f} {_LINE + 1:.1f}V{top:.1f}" stroke="#000000" stroke-width="0.75"{look}/>'
        for x, look in ((left, ""), (full, ' stroke-dasharray="3 2"'))
    ]
    svg = (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width:.2f}mm" height="{top * _MM_PER_PT:.2f}mm" '
        f'viewBox="0 0 {across:.1f} {top:.1f}" font-family="{layout.FONT_FAMILY}" font-size="{_PT}">'
        f"{''.join([*shapes, *axes])}</svg>"
    )
    return Drawing(svg, width, top * _MM_PER_PT)


def _bar(bar: Bar, lines: tuple[str, ...], left: float, unit: float, top: float, height: float) -> list[str]:
    """Words in the order in which they are read: the label, then what stands at the end."""
    first = top + (height - len(lines) * _LINE) / 2 + _LINE * 0.8
    shapes = [_text(left - _GAP, first + number * _LINE, line, anchor="end") for number, line in enumerate(lines)]
    middle = top + height / 2
    if bar.share is not None:
        length = max(0.0, min(bar.share, _LONGEST)) * unit
        colour = _FULL if bar.share >= 1 else _SHORT
        box = f'y="{middle - _BAR / 2:.1f}" height="{_BAR:.1f}"'
        shapes.append(f'<rect x="{left:.1f}" {box} width="{length:.1f}" fill="{colour}"/>')
        if bar.share > _LONGEST:
            shapes.append(f'<rect x="{left + length - 12:.1f}" {box} width="3" fill="#ffffff"/>')
    shapes.append(_text(left + _LONGEST * unit + _GAP, middle + _PT * 0.32, bar.words))
    return shapes


def _text(x: float, y: float, words: str, *, anchor: str = "start") -> str:
    return f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}">{escape(one_line(words))}</text>'


def _broken(text: str, width: float) -> tuple[str, ...]:
    """Lines that ``width`` points hold."""
    lines: list[str] = []
    for word in one_line(text).split():
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and fonts.text_width(longer, _PT) <= width:
            lines[-1] = longer
        else:
            lines.append(word)
    return tuple(lines)


@functools.lru_cache(maxsize=16)
def as_png(drawing: Drawing) -> bytes:
    """For readers that know no SVG: drawn as PDF, then as a picture."""
    import pypdfium2  # noqa: PLC0415 -- slow to load, and only charts in Word files need it

    from documents.rendering.pdf import html_to_pdf  # noqa: PLC0415 -- weasyprint is heavy

    size = f"{drawing.width:.2f}mm {drawing.height:.2f}mm"
    page = f"@page {{ size: {size}; margin: 0 }} body {{ margin: 0 }} svg {{ display: block }}"
    pdf = html_to_pdf(
        f'<html lang="vi"><head><title>.</title></head><body>{drawing.svg}</body></html>', extra_css=page
    )
    document = pypdfium2.PdfDocument(pdf)
    buffer = io.BytesIO()
    try:
        document[0].render(scale=_PNG_SCALE).to_pil().convert("P", colors=16).save(buffer, "PNG")
    finally:
        document.close()
    return buffer.getvalue()
