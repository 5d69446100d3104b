"""The page by which a printer is measured: crosses at known places, with rulers in millimetres."""

from __future__ import annotations

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from awards.certificates.drawing import document
from awards.certificates.layouts import Sheet
from awards.certificates.stocks import CROSS

_ARM = 20
"""Millimetres of each arm of a cross, with a mark each."""


def calibration_html(sheet: Sheet, shift: tuple[float, float] = (0.0, 0.0)) -> str:
    """``shift``: as it is taken back when certificates are printed; without it the machine itself is measured."""
    left, top = CROSS
    crosses = {
        "A": (left, top),
        "B": (sheet.width - left, top),
        "C": (left, sheet.height - top),
        "D": (sheet.width - left, sheet.height - top),
    }
    parts = []
    for name, (x, y) in crosses.items():
        parts += _cross(name, x - shift[0], y - shift[1])
    told = "đã bù độ lệch đã ghi" if any(shift) else "chưa bù độ lệch"
    lines = [
        f"Trang đo máy in ({told}). In đúng cỡ 100 %, không chọn «vừa trang giấy».",
        f"Chữ thập A phải cách mép trái {left:g} mm, cách mép trên {top:g} mm. Mỗi vạch nhỏ là 1 mm, vạch dài 5 mm.",
        "Đo bằng thước từ mép giấy đến tâm chữ thập A rồi ghi hai số đo vào trang «Đo máy in».",
    ]
    parts += [_words(text, sheet.height / 2 + number * 7 - 8, sheet) for number, text in enumerate(lines)]
    content = mark_safe("".join(parts))  # noqa: S308 -- each part is escaped where it is made
    return document("Trang đo máy in", [format_html('<div class="sheet {}">{}</div>', sheet.name, content)])


def _cross(name: str, x: float, y: float) -> list[SafeString]:
    parts = [_across(x - _ARM, y, 2 * _ARM), _down(x, y - _ARM, 2 * _ARM)]
    for step in range(-_ARM, _ARM + 1):
        arm = 3 if step % 5 == 0 else 1.5
        parts += [_down(x + step, y - arm / 2, arm), _across(x - arm / 2, y + step, arm)]
    label = '<p class="bold" style="left:{}mm;top:{}mm;width:8mm;font-size:14pt">{}</p>'
    return [*parts, format_html(label, f"{x + 3:.2f}", f"{y - 10:.2f}", name)]


def _across(x: float, y: float, length: float) -> SafeString:
    style = f"left:{x:.3f}mm;top:{y - _HALF:.3f}mm;width:{length:g}mm"
    return format_html('<div class="cross-x" style="{}"></div>', style)


def _down(x: float, y: float, length: float) -> SafeString:
    style = f"left:{x - _HALF:.3f}mm;top:{y:.3f}mm;height:{length:g}mm"
    return format_html('<div class="cross-y" style="{}"></div>', style)


_HALF = 0.25 * 25.4 / 72
"""Of a line's thickness."""


def _words(text: str, top: float, sheet: Sheet) -> SafeString:
    size = 12 if sheet.width > 250 else 9
    style = f"left:10mm;top:{top:.1f}mm;width:{sheet.width - 20:g}mm;font-size:{size}pt"
    return format_html('<p class="centred" style="{}">{}</p>', style, text)
