"""Nothing echoes the file: a word changed through the service changes exactly there, everywhere it prints."""

from __future__ import annotations

import copy
import datetime as dt
import difflib
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest

from documents.rendering import render
from plans import interchange
from plans.models import Plan, TaskTable
from plans.selectors import any_plan, plan_data
from plans.services import update_plan, update_section, update_table, update_task
from tests.layout.words import docx_words, pdf_words, text_words
from tests.plans.conftest import paper_of
from units.services import update_issuer

NEW = "Xuânthắng"  # a word that no plan has
NEW_CAPITALS = NEW.upper()

Path = tuple[str | int, ...]


def with_new_word(text: str, new: str = NEW) -> str:
    """The last word of the text becomes the new one."""
    last = list(re.finditer(r"\w+", text))[-1]
    return text[: last.start()] + new + text[last.end() :]


@dataclass(frozen=True)
class Change:
    """One kind of field: how a page changes it, and where the file then differs."""

    name: str
    path: Path
    apply: Callable[[Plan, str], Any]
    new: str = NEW
    plan: str = "doai_trung"


def header(
    field: str, path: Path | None = None, new: str = NEW, line: int | None = None, plan: str = "doai_trung"
) -> Change:
    def apply(found: Plan, text: str) -> None:
        value = text
        if line is not None:
            lines = getattr(found, field).split("\n")
            lines[line] = text
            value = "\n".join(lines)
        update_plan(found, actor=None, version=found.version, **{field: value})

    return Change(field, path or (field,), apply, new, plan)


def block(kind: str, field: str, plan: str = "doai_trung") -> Change:
    """The first block of a kind: found in the file by its type, in the rows by its words."""

    def apply(found: Plan, text: str) -> None:
        data = interchange.write(plan_data(found))
        old = data["blocks"][block_index(data, kind)][field]
        for section in found.sections.all():
            if kind == "heading" and section.level and getattr(section, _SECTION[field]) == old:
                update_section(section, actor=None, version=found.version, **{_SECTION[field]: text})
                return
            if kind != "heading" and old in section.body:
                body = section.body.replace(old, text, 1)
                update_section(section, actor=None, version=found.version, body=body)
                return
        raise AssertionError(f"no {kind} says {old!r}")

    return Change(f"{kind} {field}", ("blocks", kind, field), apply, plan=plan)


_SECTION = {"text": "heading", "marker": "marker"}


def task(field: str, path: Path, plan: str = "doai_trung", *, is_list: bool = False) -> Change:
    def apply(found: Plan, text: str) -> None:
        row = found.tasks.all()[path[0]]
        value = [text, *getattr(row, field)[1:]] if is_list else text
        update_task(row, actor=None, version=found.version, **{field: value})

    return Change(f"task {field}", ("tasks", *path), apply, plan=plan)


def table(field: str, path: Path, plan: str, place: str, line: int | None = None) -> Change:
    def apply(found: Plan, text: str) -> None:
        row = found.task_tables.get(place=place)
        lines = getattr(row, field).split("\n")
        value = text if line is None else "\n".join([*lines[:line], text, *lines[line + 1 :]])
        update_table(row, actor=None, version=found.version, **{field: value})

    return Change(f"{place} {field}", path, apply, plan=plan)


def issuer(field: str, path: Path, plan: str) -> Change:
    def apply(found: Plan, text: str) -> None:
        value = (
            text
            if field == "superior"
            else found.issuer.name_lines.replace(found.issuer.name.split()[-1], text.split()[-1])
        )
        update_issuer(found.issuer, actor=None, **{field: value})

    return Change(f"issuer {field}", path, apply, NEW_CAPITALS, plan)


APPENDIX, BODY = TaskTable.Place.APPENDIX, TaskTable.Place.BODY

CHANGES = [
    header("number", new="98", plan="na_luong"),
    header("symbol", new="XT", plan="na_luong"),
    header("place"),
    header("title", new=NEW_CAPITALS),
    header("subject"),
    header("preamble", ("preamble", 0), line=0),
    header("closing"),
    header("recipients", ("recipients", 1), line=1),
    header("archive"),
    header("signature_lines", ("signature", "lines", 0), NEW_CAPITALS, 0),
    header("signature_name", ("signature", "name")),
    header("signature_post", ("signature", "post"), NEW_CAPITALS, plan="muong_than"),
    issuer("name_lines", ("issuer",), "na_luong"),
    block("heading", "text"),
    block("item", "text"),
    block("paragraph", "text"),
    block("appendix-ref", "text"),
    task("content", (0, "content")),
    task("lead", (1, "lead", 0), is_list=True),
    task("support", (0, "support", 0), is_list=True),
    task("note", (1, "note"), "muong_than"),
    table("columns", ("blocks", "tasks", "columns", 1), "na_luong", BODY, 1),
    table("columns", ("appendix", "columns", 1), "doai_trung", APPENDIX, 1),
    table("title", ("appendix", "title"), "doai_trung", APPENDIX),
    table("subject", ("appendix", "subject"), "doai_trung", APPENDIX),
]


def block_index(data: dict[str, Any], kind: str) -> int:
    return next(index for index, found in enumerate(data["blocks"]) if found["type"] == kind)


def resolve(path: Path, data: dict[str, Any]) -> Path:
    """Blocks are named by their kind."""
    return (path[0], block_index(data, path[1]), *path[2:]) if path[0] == "blocks" else path


def at(data: Any, path: Path) -> Any:
    for step in path:
        data = data[step]
    return data


def replaced(before: list[str], after: list[str]) -> list[tuple[list[str], list[str]]]:
    steps = difflib.SequenceMatcher(a=before, b=after, autojunk=False).get_opcodes()
    return [(before[i:j], after[k:m]) for kind, i, j, k, m in steps if kind != "equal"]


def printed(plan: Plan) -> dict[str, list[str]]:
    paper = paper_of(plan)
    return {
        "text": text_words(render(paper, "txt").decode()),
        "pdf": pdf_words(render(paper, "pdf"), paper),
        "docx": docx_words(render(paper, "docx")),
    }


@pytest.mark.parametrize("change", CHANGES, ids=lambda change: f"{change.name} of {change.plan}")
def test_one_word_changes_in_one_place(load, change):
    plan = load(change.plan)
    exported, shown = interchange.write(plan_data(plan)), printed(plan)
    path = resolve(change.path, exported)
    value = with_new_word(at(exported, path), change.new)
    expected = copy.deepcopy(exported)
    at(expected, path[:-1])[path[-1]] = value

    change.apply(plan, value)

    assert interchange.write(plan_data(any_plan(plan.pk))) == expected
    shown_after = printed(plan)
    for way, words in shown.items():
        [(old, new)] = replaced(words, shown_after[way])
        assert (len(old), len(new)) == (1, 1), way
        assert change.new in new[0], way


def test_a_changed_number_and_date_are_followed_by_the_appendix(load):
    plan = load("doai_trung")
    expected = interchange.write(plan_data(plan))
    reference = expected["appendix"]["reference"]
    assert plan.full_number in reference

    update_plan(plan, actor=None, version=plan.version, number="98", paper_date="2024-02-05")

    expected |= {"number": "98", "date": "2024-02-05"}
    expected["appendix"]["reference"] = re.sub(
        r"ngày .* năm \d+", "ngày 05 tháng 02 năm 2024", reference.replace(plan_number(reference), "98/KH-UBND")
    )
    assert interchange.write(plan_data(any_plan(plan.pk))) == expected


def plan_number(reference: str) -> str:
    return re.search(r"\S+/KH-UBND", reference)[0]


def test_new_time_words_are_read_into_dates(load):
    plan = load("doai_trung")
    expected = interchange.write(plan_data(plan))

    update_task(plan.tasks.all()[0], actor=None, version=plan.version, time_text="Trước ngày 10/7/2024")

    # «Quý I/2024» stood there: the quarter that came of those words goes with them.
    expected["tasks"][0] |= {
        "quarter": None,
        "time_text": "Trước ngày 10/7/2024",
        "start": None,
        "due": "2024-07-09",
    }
    assert interchange.write(plan_data(any_plan(plan.pk))) == expected


def test_dates_that_are_typed_stand_whatever_the_words_say(load):
    plan = load("doai_trung")
    expected = interchange.write(plan_data(plan))
    start, due = dt.date(2024, 3, 1), dt.date(2024, 3, 8)

    update_task(plan.tasks.all()[0], actor=None, version=plan.version, time_text="Tuần đầu", start=start, due=due)

    expected["tasks"][0] |= {
        "quarter": None,
        "time_text": "Tuần đầu",
        "start": "2024-03-01",
        "due": "2024-03-08",
    }
    assert interchange.write(plan_data(any_plan(plan.pk))) == expected


def test_saving_what_stands_there_changes_nothing(load):
    plan = load("na_luong")
    version = plan.version

    update_plan(plan, actor=None, version=version, subject=plan.subject, recipients=plan.recipients)

    assert any_plan(plan.pk).version == version
