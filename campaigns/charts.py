"""Charts as SVG, made of plain values: bars of percents, and one target through its periods. Pure.

Drawn for a phone's 390 px and read as well in a PDF or a Word file: attributes only, no styles and no scripts
(a strict CSP refuses them), words beside every mark, and everything said again in ``title`` and ``desc``. A table
with the same figures belongs behind each of them.
"""

from __future__ import annotations

import hashlib
import re
import textwrap
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from xml.sax.saxutils import escape, quoteattr

from campaigns.figures import show_figure
from campaigns.wording import held

WIDTH = 360
"""Units of the drawing; a phone shows them one to a pixel."""
_INK, _SOFT, _LINE, _WASH = "#1d2229", "#4c5561", "#7d8794", "#eef0f2"
_TONES = {"done": "#22623a", "late": "#9f1d20", "active": "#1f3a5f", "waiting": "#68717c"}
_SANS = "Segoe UI, Noto Sans, Roboto, Liberation Sans, sans-serif"
_TEXT, _SMALL = 13, 12
_LETTERS, _SMALL_LETTERS = 46, 54
"""That fit into a line of ``_TEXT``, of ``_SMALL``."""
_MOST_LINES = 2
_LARGEST_PERCENT = Decimal(150)
"""A longer bar would make all others short: it ends here, with an arrow."""
_UNPRINTABLE = re.compile(r"[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass(frozen=True, slots=True)
class Bar:
    """One target against its result."""

    label: str
    words: str
    """«2.300/2.350 tấn · 97,9 % · Đúng tiến độ»"""
    percent: Decimal | None = None
    """None: no figure, or none that a percent can be told of; no bar is drawn then."""
    tone: str = "active"
    """``done``, ``late``, ``active`` or ``waiting``; the words say the same."""


@dataclass(frozen=True, slots=True)
class Bars:
    title: str
    rows: Sequence[Bar]


@dataclass(frozen=True, slots=True)
class Point:
    label: str
    """Below the axis: «Q1», «6 tháng»."""
    words: str
    """The period in full."""
    value: Decimal
    at: float
    """The share of the time that had passed, 0 to 1: where it stands along the line."""


@dataclass(frozen=True, slots=True)
class Periods:
    """One target through its periods; ``target`` is the line to reach."""

    title: str
    measure: str
    points: Sequence[Point]
    target: Decimal | None = None
    target_words: str = ""


def bars(chart: Bars) -> str:
    """Each bar is as long as its percent of the target; the upright line stands at 100 %."""
    drawn = [min(row.percent, _LARGEST_PERCENT) for row in chart.rows if row.percent is not None]
    largest = max([Decimal(100), *drawn])
    full = (WIDTH - 14) / largest
    pieces, y = [], 4
    for row in chart.rows:
        piece, y = _bar(row, y, full)
        pieces += piece
    said = "; ".join(f"{row.label}: {row.words}" for row in chart.rows)
    return _svg(chart.title, said, max(y, 8), pieces)


def _bar(row: Bar, y: int, full: Decimal) -> tuple[list[str], int]:
    pieces = []
    for line in _wrapped(row.label):
        y += 16
        pieces.append(_text(line, 0, y, _TEXT, weight="600"))
    y += 6
    hundred = _number(full * 100)
    pieces.append(f'<rect x="0" y="{y}" width="{hundred}" height="12" fill="{_WASH}"/>')
    if row.percent is not None and row.percent > 0:
        length = min(row.percent, _LARGEST_PERCENT) * full
        tone = _TONES.get(row.tone, _TONES["active"])
        pieces.append(f'<rect x="0" y="{y}" width="{_number(length)}" height="12" fill="{tone}"/>')
        if row.percent > _LARGEST_PERCENT:
            tip = _number(length)
            pieces.append(f'<path d="M{tip} {y}l8 6l-8 6z" fill="{tone}"/>')
    pieces.append(f'<path d="M{hundred} {y - 3}v18" stroke="{_INK}" stroke-width="2" fill="none"/>')
    y += 12
    for line in _wrapped(row.words, _SMALL_LETTERS):
        y += 16
        pieces.append(_text(line, 0, y, _SMALL, fill=_SOFT))
    return pieces, y + 12


_LEFT, _RIGHT, _TOP, _HEIGHT = 8, 14, 40, 150


def line(chart: Periods) -> str:
    """Figures joined by a line, the target a dashed one; each point has its figure beside it."""
    values = [point.value for point in chart.points]
    heights = [*values, *([chart.target] if chart.target is not None else []), Decimal(0)]
    low, high = min(heights), max(heights)
    span = high - low or Decimal(1)

    def place(value: Decimal) -> str:
        return _number(_TOP + _HEIGHT - (value - low) / span * _HEIGHT)

    pieces = [f'<path d="M{_LEFT} {place(low)}H{WIDTH - 4}" stroke="{_LINE}" stroke-width="1" fill="none"/>']
    if chart.target is not None:
        y = place(chart.target)
        dashes = f'stroke="{_INK}" stroke-width="1.5" stroke-dasharray="6 4" fill="none"'
        pieces.append(f'<path d="M{_LEFT} {y}H{WIDTH - 4}" {dashes}/>')
    if chart.target_words:
        pieces.append(_text(f"– – chỉ tiêu: {chart.target_words}"[:60], 0, 14, _SMALL, fill=_SOFT))
    spots = [(_x(point.at), place(point.value)) for point in chart.points]
    if len(spots) > 1:
        way = " ".join(f"{x},{y}" for x, y in spots)
        pieces.append(f'<polyline points="{way}" stroke="{_TONES["active"]}" stroke-width="2" fill="none"/>')
    for (x, y), point in zip(spots, chart.points, strict=True):
        pieces.append(f'<circle cx="{x}" cy="{y}" r="4" fill="{_TONES["active"]}"/>')
        anchor = "start" if float(x) < 40 else "end" if float(x) > WIDTH - 60 else "middle"
        pieces.append(_text(show_figure(point.value), x, _number(Decimal(y) - 8), _SMALL, weight="600", anchor=anchor))
        pieces.append(_text(point.label[:12], x, _TOP + _HEIGHT + 18, _SMALL, fill=_SOFT, anchor=anchor))
    measure = f" {chart.measure}" if chart.measure else ""
    said = [f"{point.words}: {show_figure(point.value)}{measure}" for point in chart.points]
    said += [f"chỉ tiêu: {chart.target_words}"] if chart.target_words else []
    return _svg(chart.title, "; ".join(said), _TOP + _HEIGHT + 26, pieces)


def _x(share: float) -> str:
    room = WIDTH - _LEFT - _RIGHT
    return _number(_LEFT + Decimal(str(min(max(share, 0.0), 1.0))) * room)


def _svg(title: str, said: str, height: int, pieces: Sequence[str]) -> str:
    """``width`` and ``height`` for those who put it on paper; a page makes it as wide as its column."""
    key = hashlib.sha256(f"{title}\0{said}".encode(errors="replace")).hexdigest()[:10]
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="chart" role="img" viewBox="0 0 {WIDTH} {height}" '
        f'width="{WIDTH}" height="{height}" font-family={quoteattr(_SANS)} '
        f'aria-labelledby="chart-{key}-t chart-{key}-d">'
        f'<title id="chart-{key}-t">{_escaped(title)}</title><desc id="chart-{key}-d">{_escaped(said)}</desc>'
        f"{''.join(pieces)}</svg>"
    )


def _text(
    words: str,
    x: int | str,
    y: int | str,
    size: int,
    *,
    fill: str = _INK,
    weight: str = "",
    anchor: str = "",
) -> str:
    more = f' font-weight="{weight}"' if weight else ""
    more += f' text-anchor="{anchor}"' if anchor and anchor != "start" else ""
    return f'<text x="{x}" y="{y}" font-size="{size}" fill="{fill}"{more}>{_escaped(words)}</text>'


def _wrapped(words: str, letters: int = _LETTERS) -> list[str]:
    """Two lines at most; the description has all of it."""
    return textwrap.wrap(held(words), letters, max_lines=_MOST_LINES, placeholder=" …") or [""]


def _escaped(words: str) -> str:
    return escape(_UNPRINTABLE.sub("", words))


def _number(value: Decimal | float) -> str:
    """Two decimals and a point, whatever the language of the page."""
    return f"{Decimal(value):.2f}".rstrip("0").rstrip(".") or "0"
