"""The tables of plans, ours and real ones, written as a sheet and as Word writes them, and read back."""

from __future__ import annotations

import html
from typing import Any

import pytest

from plans.pasting import Left, read_clipboard, recognise, split_sections
from plans.pasting.grid import Grid
from plans.pasting.tsv import write_tsv
from tests.plans.files import REAL_PLANS, SHARED, every_plan, read_file

ROMAN = ("I", "II", "III", "IV")


def rows_of(plan: dict[str, Any]) -> list[list[str]]:
    """The task table as it is printed: head, quarters, tasks."""
    table = next((block for block in [*plan["blocks"], plan["appendix"] or {}] if "layout" in block), {})
    columns = table.get("columns", [])
    rows, quarter = [list(columns)] if columns else [], None
    for task in plan["tasks"]:
        if table["layout"].startswith("quarters") and task["quarter"] != quarter:
            quarter = task["quarter"]
            rows.append([f"QUÝ {ROMAN[quarter - 1]}", *[""] * (len(columns) - 1)])
        lead, support = "\n".join(f"- {name};" for name in task["lead"]), "\n".join(task["support"])
        cells = [str(task["no"]), task["content"], lead, support, task["time_text"], task["note"]]
        rows.append(cells[: len(columns)] if columns else [f"- {task['content']}"])
    return rows


def as_word(rows: list[list[str]]) -> str:
    def cell(text: str) -> str:
        paragraphs = (f"<p class=MsoNormal>{html.escape(line)}<o:p></o:p></p>" for line in text.split("\n"))
        return f"<td width=100>{''.join(paragraphs)}</td>"

    def line(row: list[str]) -> str:
        merged = len(row) > 1 and not any(row[1:])
        return f"<td colspan={len(row)}>{row[0]}</td>" if merged else "".join(map(cell, row))

    return f"<table class=MsoTableGrid>{''.join(f'<tr>{line(row)}</tr>' for row in rows)}</table>"


FORMS = {
    "sheet": lambda rows: read_clipboard(write_tsv(rows)),
    "word": lambda rows: read_clipboard("", as_word(rows)),
    "no head": lambda rows: read_clipboard(write_tsv(rows[len(rows[0]) > 1 :])),
    "mirrored": lambda rows: read_clipboard(write_tsv([row[::-1] for row in rows])),
}


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("name", every_plan())
def test_a_task_table_comes_back_with_every_field(name, form):
    plan = read_file(name)
    rows = rows_of(plan)
    grid: Grid = FORMS[form](rows) if rows else Grid()

    found = recognise(grid, plan["year"])

    assert [
        (task.quarter, task.content, list(task.lead), list(task.support), task.time_text, task.note)
        for task in found.rows
    ] == [
        tuple(task[key] for key in ("quarter", "content", "lead", "support", "time_text", "note"))
        for task in plan["tasks"]
    ]
    assert {leftover.kind for leftover in found.leftovers} <= {Left.HEAD, Left.GROUP}


absent = pytest.mark.skipif(not (SHARED / "plans").is_dir(), reason="the real plans are not at hand (TDKT_SHARED)")


@absent
@pytest.mark.parametrize("name", ["cuong_loi", "tuan_giao"])
def test_the_table_within_the_text_of_the_whole_paper(name):
    plan = read_file(name)

    found = recognise(read_clipboard((SHARED / "plans" / f"{name}.txt").read_text(encoding="utf-8")), plan["year"])

    assert [(task.quarter, task.content, list(task.lead), task.time_text) for task in found.rows] == [
        (task["quarter"], task["content"], task["lead"], task["time_text"]) for task in plan["tasks"]
    ]


@absent
@pytest.mark.parametrize("name", REAL_PLANS)
def test_the_text_of_a_paper_is_parted_at_its_headings_and_keeps_every_word(name):
    text = (SHARED / "plans" / f"{name}.txt").read_text(encoding="utf-8")
    headings = [block for block in read_file(name)["blocks"] if block["type"] == "heading"]

    sections = split_sections(text)

    assert [(section.marker, section.heading, section.level) for section in sections] == [
        ("", "", 0),
        *((heading["marker"], heading["text"], heading["level"]) for heading in headings),
    ]
    shown = [word for part in sections for word in f"{part.marker} {part.heading} {part.body}".split()]
    assert shown == text.split()
