"""Signs that Word keeps as codes of symbol fonts, as the letters that they show."""

from __future__ import annotations

_PRIVATE = 0xF000

_SYMBOL = {
    0xA3: "≤",
    0xB3: "≥",
    0xB1: "±",
    0xB4: "×",
    0xB8: "÷",
    0xB9: "≠",
    0xBB: "≈",
    0xB0: "°",
    0xA2: "′",
    0xB2: "″",
    0xAE: "→",
    0xAC: "←",
    0xDE: "⇒",
    0xA5: "∞",
    0x61: "α",
    0x62: "β",
    0x6D: "µ",
    0x44: "Δ",
    0x53: "Σ",
    0x2D: "-",
    0xB7: "-",
}
_WINGDINGS = {
    0xFC: "✓",
    0xFB: "✗",
    0xFE: "☑",
    0xFD: "☒",
    0x6F: "☐",
    0xA8: "☐",
    0x71: "☐",
    0xE0: "→",
    0xDF: "←",
    0xF0: "⇒",
    **dict.fromkeys((0x6C, 0x6E, 0x76, 0x77, 0x73, 0x74, 0x75, 0x9F, 0xA7, 0xD8, 0x46), "-"),
}


def is_symbol_font(font: str) -> bool:
    return font == "Symbol" or font.startswith(("Wingdings", "Webdings"))


def shown(code: int, font: str) -> str:
    """The letter for a code of ``w:sym``; empty for pictures that stand for no word."""
    if font == "Symbol":
        return _SYMBOL.get(code & ~_PRIVATE, _plain(code))
    if font.startswith("Wingdings"):
        return _WINGDINGS.get(code & ~_PRIVATE, "")
    if font.startswith("Webdings"):
        return ""
    return chr(code) if 0x20 <= code < 0x110000 and not 0xD800 <= code < 0xE000 else ""


def _plain(code: int) -> str:
    """Figures and signs of the Symbol font are where ASCII has them; letters would be Greek."""
    letter = chr(code & 0xFF)
    return letter if letter.isascii() and letter.isprintable() and not letter.isalpha() else ""
