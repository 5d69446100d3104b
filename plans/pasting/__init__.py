"""Tasks and sections as people paste them from Word, Excel, LibreOffice and web pages.

    grid = read_clipboard(text, html)           both forms of a clipboard, as one grid of clean cells
    pasted = recognise(grid, 2026, quarter=1)   columns guessed with the reason, rows, what is left over
    pasted.retake(["number", "content", …])     the same with the columns that the person chose
    split_sections(text, html)                  words for the body, parted at their headings

Nothing is written and nothing is lost in silence: the person sees all of it before it is taken.
"""

from __future__ import annotations

from plans.pasting.clipboard import read_clipboard
from plans.pasting.drafts import Left, Leftover, PastedRow
from plans.pasting.fields import Holds, PastedColumn, Sure
from plans.pasting.grid import Grid, UnfitPaste
from plans.pasting.lines import PastedSection, split_sections
from plans.pasting.recognising import NAMES, Pasted, recognise

__all__ = [
    "NAMES",
    "Grid",
    "Holds",
    "Left",
    "Leftover",
    "Pasted",
    "PastedColumn",
    "PastedRow",
    "PastedSection",
    "Sure",
    "UnfitPaste",
    "read_clipboard",
    "recognise",
    "split_sections",
]
