"""The words of one line, however a file spells them."""

from __future__ import annotations

import re
import unicodedata

from core.text import as_pasted

_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f-\x9f\ufffe\uffff\ue000-\uf8ff]")


def one_line(text: str) -> str:
    """NFC with single blanks; without signs that cannot be seen, symbol fonts' bullets as dashes."""
    return " ".join(_CONTROL.sub("", as_pasted(unicodedata.normalize("NFC", text))).split())
