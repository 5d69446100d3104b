"""The web form of a paste, as Word, Excel, LibreOffice, Google and web pages write it, read into blocks and tables.

Comments (Word hides its own data in them), scripts, styles and what the page does not show are passed
over. Numbers and bullets that the browser itself would draw before list entries are written out; those
that Word wrote as text stay, its symbol fonts as a dash. A table that only places another table on the
page is taken apart; one within a cell becomes lines of that cell.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import lxml.etree
import lxml.html

from plans.pasting.grid import (
    MOST_COLUMNS,
    MOST_LETTERS,
    MOST_ROWS,
    clean_cell,
    too_many_columns,
    too_many_rows,
    too_much,
)

MOST_MARKUP = 8 * MOST_LETTERS
"""Word writes many letters of markup for one of text."""

_DEEPEST_TABLE = 20
_MOST_ITEMS = 20_000
_MOST_CELLS = MOST_ROWS * MOST_COLUMNS

_UNSEEN = frozenset(
    ["head", "iframe", "math", "noscript", "object", "script", "select", "style", "svg", "template", "textarea"]
    + ["title", "xml"]
)
_BLOCKS = frozenset(
    ["address", "article", "aside", "blockquote", "body", "center", "dd", "div", "dl", "dt", "fieldset", "figcaption"]
    + ["figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "li", "main", "nav", "ol", "p"]
    + ["pre", "section", "table", "tbody", "td", "tfoot", "th", "thead", "tr", "ul"]
)
_HEADINGS = frozenset(["h1", "h2", "h3", "h4", "h5", "h6"])
_HIDDEN = re.compile(r"(?:^|;)\s*(?:display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all)")
_BOLD = re.compile(r"font-weight\s*:\s*(bold|[6-9]00|normal|[1-5]00)")
_SYMBOLS = re.compile(r"font(?:-family)?\s*:[^;]*(?:symbol|wingdings|webdings)")
_IGNORED = re.compile(r"mso-list\s*:\s*ignore")
_LIST_STYLE = re.compile(r"list-style(?:-type)?\s*:\s*([a-z-]+)")
_SPACES = re.compile(r"[ \t\r\n\f]+")
_STYLES = {"1": "decimal", "a": "lower-alpha", "A": "upper-alpha", "i": "lower-roman", "I": "upper-roman"}


@dataclass(slots=True)
class Block:
    """A paragraph, or a line of one."""

    text: str
    is_bold: bool = False


@dataclass(slots=True)
class Table:
    rows: list[list[str]] = field(default_factory=list)
    merged: dict[tuple[int, int], tuple[int, int]] = field(default_factory=dict)
    is_layout: bool = False
    inner: list[Block | Table] = field(default_factory=list)
    """What the cells of a table hold that only places things on the page."""
    hanging: dict[int, tuple[int, tuple[int, int]]] = field(default_factory=dict)
    """By column: rows that a cell from above still covers, and that cell's place."""

    @property
    def width(self) -> int:
        return max((len(row) for row in self.rows), default=0)

    @property
    def filled(self) -> int:
        return sum(bool(cell) for row in self.rows for cell in row)


@dataclass(slots=True)
class _Flow:
    """Where words go: the page itself, or a cell."""

    items: list[Block | Table] = field(default_factory=list)
    words: list[str] = field(default_factory=list)
    letters: int = 0
    bold_letters: int = 0
    marker: str = ""
    columns: int = 1
    rows: int = 1

    def write(self, text: str, *, is_bold: bool) -> None:
        seen = len("".join(text.split()))
        self.words.append(text)
        self.letters += seen
        self.bold_letters += seen if is_bold else 0

    def close_block(self) -> None:
        if not self.words:
            return
        is_bold = 0 < self.letters == self.bold_letters
        if len(self.items) > _MOST_ITEMS:
            raise too_many_rows()
        for line in clean_cell("".join(self.words)).split("\n"):
            if line:
                self.items.append(Block(f"{self.marker} {line}" if self.marker else line, is_bold))
                self.marker = ""
        self.words, self.letters, self.bold_letters = [], 0, 0


def read_html(html: str) -> list[Block | Table] | None:
    """Blocks and tables in their order; ``None`` for what is no HTML that can be read through."""
    if not html.strip() or len(html) > MOST_MARKUP:
        return None
    parser = lxml.html.HTMLParser(
        encoding="utf-8", no_network=True, remove_comments=True, remove_pis=True, huge_tree=True
    )
    try:
        root = lxml.html.document_fromstring(html.replace("\x00", "").encode("utf-8", "replace"), parser=parser)
    except (lxml.etree.LxmlError, ValueError):
        return None
    if any(error.type_name == "ERR_RESOURCE_LIMIT" for error in parser.error_log):
        return None
    try:
        return _Reading().read(root)
    except _Unreadable:
        return None


class _Unreadable(Exception):
    """Tables within tables within tables: nobody's plan."""


class _Reading:
    """One walk through the tree; the stacks say where it stands."""

    def __init__(self) -> None:
        self.flows = [_Flow()]
        self.letters = 0
        self.cell_count = 0
        self.tables: list[Table] = []
        self.cells: list[Any] = []
        self.lists: list[list[Any]] = []
        self.bold: list[bool] = [False]
        self.symbols = 0
        self.pre = 0

    def read(self, root: Any) -> list[Block | Table]:
        walk = lxml.etree.iterwalk(root, events=("start", "end"))
        unseen = None
        for event, element in walk:
            tag = element.tag if isinstance(element.tag, str) else ""
            if event == "start" and unseen is None:
                if tag in _UNSEEN or _is_hidden(element):
                    unseen = element
                    walk.skip_subtree()
                    continue
                self.open(tag, element)
                self.write(element.text)
            elif event == "end":
                if unseen is element:
                    unseen = None
                else:
                    self.close(tag, element)
                self.write(element.tail)
        self.flows[0].close_block()
        return self.flows[0].items

    def write(self, text: str | None) -> None:
        if not text or (not text.strip() and len(self.flows) <= len(self.tables)):
            return  # line ends between the cells of a table
        self.letters += len(text)
        if self.letters > MOST_LETTERS:
            raise too_much()
        if not self.pre:
            text = _SPACES.sub(" ", text)
        if self.symbols and text.strip() and not self.flows[-1].letters:
            text = "- "
        self.flows[-1].write(text, is_bold=self.bold[-1])

    def open(self, tag: str, element: Any) -> None:
        if tag in _BLOCKS:
            self.flows[-1].close_block()
        style = element.get("style", "").lower()
        found = _BOLD.search(style)
        is_bold = found[1] in ("bold", "600", "700", "800", "900") if found else None
        inherited = self.bold[-1] or tag in ("b", "strong", "th") or tag in _HEADINGS
        self.bold.append(inherited if is_bold is None else is_bold)
        self.symbols += bool(self.symbols or (tag in ("span", "font") and _is_symbol(element, style)))
        self.pre += tag == "pre"
        if tag == "br":
            self.flows[-1].words.append("\n")
        elif tag in ("ol", "ul"):
            self.lists.append([tag, _list_style(element, style), _whole(element.get("start"), 1)])
        elif tag == "li":
            self.flows[-1].marker = self.next_marker(element)
        elif tag == "table":
            if len(self.tables) >= _DEEPEST_TABLE:
                raise _Unreadable
            self.tables.append(Table())
        elif tag == "tr" and self.tables:
            self.open_row()
        elif tag in ("td", "th") and self.tables:
            if not self.tables[-1].rows:
                self.open_row()
            self.cells.append(element)
            self.cell_count += 1
            if self.cell_count > _MOST_CELLS:
                raise too_many_columns()
            self.flows.append(_Flow(columns=_whole(element.get("colspan"), 1), rows=_whole(element.get("rowspan"), 1)))

    def close(self, tag: str, element: Any) -> None:
        self.bold.pop()
        self.symbols -= bool(self.symbols)
        self.pre -= tag == "pre"
        if self.cells and self.cells[-1] is element:
            self.close_cell()
        elif tag == "table" and self.tables:
            self.close_table()
        elif tag in ("ol", "ul"):
            self.lists.pop()
        if tag in _BLOCKS:
            self.flows[-1].close_block()
            self.flows[-1].marker = "" if tag == "li" else self.flows[-1].marker

    def next_marker(self, element: Any) -> str:
        if not self.lists:
            return "-"
        kind, style, number = self.lists[-1]
        number = _whole(element.get("value"), number)
        self.lists[-1][2] = number + 1
        return list_marker(kind, style, number)

    def open_row(self) -> None:
        table = self.tables[-1]
        if len(table.rows) >= MOST_ROWS:
            raise too_many_rows()
        _finish_row(table)
        table.rows.append([])

    def close_cell(self) -> None:
        self.cells.pop()
        flow = self.flows.pop()
        flow.close_block()
        table = self.tables[-1]
        nested = [item for item in flow.items if isinstance(item, Table)]
        table.is_layout |= any(len(item.rows) * item.width > 1 for item in nested)
        table.inner += flow.items
        _place(table, "\n".join(_lines_of(flow.items)), flow.columns, flow.rows)

    def close_table(self) -> None:
        table = self.tables.pop()
        _finish_row(table)
        nested = [item for item in table.inner if isinstance(item, Table)]
        largest = max((item.filled for item in nested), default=0)
        own = table.filled - sum(1 for item in nested if item.filled)
        if table.is_layout and largest > own:
            self.flows[-1].items += table.inner
        else:
            table.inner = []
            self.flows[-1].items.append(table)


def _place(table: Table, text: str, columns: int, rows: int) -> None:
    """Put a cell behind those of its row and under those that hang down from above."""
    row, number = table.rows[-1], len(table.rows) - 1
    _fill_hanging(table, row, number)
    if len(row) >= MOST_COLUMNS:
        if text:
            raise too_many_columns()
        return
    origin = (number, len(row))
    for column in range(len(row), min(len(row) + max(columns, 1), MOST_COLUMNS)):
        row.append("" if (number, column) != origin else text)
        if (number, column) != origin:
            table.merged[number, column] = origin
        if rows > 1:
            table.hanging[column] = (rows - 1, origin)
    _fill_hanging(table, row, number)


def _fill_hanging(table: Table, row: list[str], number: int) -> None:
    """Blanks for what cells from above cover, as far as the row has come."""
    while (hanging := table.hanging.get(len(row))) and hanging[1][0] != number:
        left, origin = hanging
        table.merged[number, len(row)] = origin
        if left == 1:
            del table.hanging[len(row)]
        else:
            table.hanging[len(row)] = (left - 1, origin)
        row.append("")


def _finish_row(table: Table) -> None:
    """What hangs down behind the last cell of a row covers this row too."""
    if not table.rows:
        return
    row, number = table.rows[-1], len(table.rows) - 1
    while len(row) <= max(table.hanging, default=-1):
        _fill_hanging(table, row, number)
        if len(row) <= max(table.hanging, default=-1):
            row.append("")


def _lines_of(items: list[Block | Table]) -> Iterator[str]:
    for item in items:
        if isinstance(item, Block):
            yield item.text
        else:
            for row in item.rows:
                if any(row):
                    yield clean_cell(" ".join(cell.replace("\n", " ") for cell in row))


def _is_hidden(element: Any) -> bool:
    return element.get("hidden") is not None or bool(_HIDDEN.search(element.get("style", "").lower()))


def _is_symbol(element: Any, style: str) -> bool:
    """A span that holds one sign in a symbol font, or the sign before an entry of a list in Word: a bullet."""
    sign = (element.text or "").strip()
    if _IGNORED.search(style) and len(sign) == 1 and not sign.isdecimal():
        return True
    fonts = _SYMBOLS.search(style) or _SYMBOLS.search(f"font-family:{element.get('face', '').lower()}")
    return bool(fonts) and len(sign) <= 1 and len(element) <= 1


def _whole(text: str | None, default: int) -> int:
    found = re.fullmatch(r"\s*(\d{1,6})\s*", text or "")
    return int(found[1]) if found else default


def _list_style(element: Any, style: str) -> str:
    found = _LIST_STYLE.search(style) or _LIST_STYLE.search(next((li.get("style", "") for li in element), ""))
    return found[1] if found else _STYLES.get(element.get("type", ""), "")


def list_marker(kind: str, style: str, number: int) -> str:
    """What a browser draws before an entry, as papers write it."""
    if style == "none":
        return ""
    if kind == "ul":
        return "-"
    if style in ("lower-alpha", "lower-latin", "upper-alpha", "upper-latin") and 1 <= number <= 26:
        letter = chr(ord("a") + number - 1)
        return f"{letter.upper()}." if style.startswith("upper") else f"{letter})"
    if style == "upper-roman" and 1 <= number <= 39:
        return f"{_roman(number)}."
    return f"{number}."


def _roman(number: int) -> str:
    tens, ones = divmod(number, 10)
    return "X" * tens + ["", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX"][ones]
