"""The samples: what clipboards hold after copying from an office's programs, with invented tasks."""

from __future__ import annotations

from pathlib import Path

from plans.pasting import Grid, Left, Pasted, PastedRow, read_clipboard, recognise

SAMPLES = Path(__file__).parent / "samples"


def sample(name: str) -> str:
    return (SAMPLES / name).read_text(encoding="utf-8")


def grid_of(name: str) -> Grid:
    return read_clipboard("", sample(name)) if name.endswith(".html") else read_clipboard(sample(name))


def pasted(name: str, **more: object) -> Pasted:
    return recognise(grid_of(name), 2026, **more)


def table(*rows: str) -> Grid:
    """Cells parted by «|», a line break within a cell as «/»."""
    return read_clipboard("\n".join("\t".join(_quoted(cell.strip()) for cell in row.split("|")) for row in rows))


def _quoted(cell: str) -> str:
    return '"' + cell.replace(" / ", "\n") + '"' if " / " in cell else cell


def row(
    number: str,
    content: str,
    lead: tuple[str, ...] = (),
    support: tuple[str, ...] = (),
    time_text: str = "",
    note: str = "",
    *,
    quarter: int | None = None,
    rows: tuple[int, ...],
    remarks: tuple[str, ...] = (),
) -> PastedRow:
    return PastedRow(number, content, lead, support, time_text, note, quarter, rows, remarks)


def fields(found: Pasted) -> list[str]:
    return [column.field.value for column in found.columns]


def left(found: Pasted, *kinds: Left) -> list[str]:
    return [leftover.text for leftover in found.leftovers if leftover.kind in kinds]
