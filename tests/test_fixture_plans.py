"""The invented plans that stand in for real ones: what their form promises, they keep.

Everything else that is tested on plans rests on these files, so a slip in them (a key too
many, a date that its time words do not mean, a target that the text does not carry) would
show up far from its cause.
"""

from __future__ import annotations

import datetime as dt
import json
import re
import unicodedata
from pathlib import Path
from typing import Any

import pytest

PLANS = Path(__file__).parent / "fixtures" / "plans"
NAMES = ["diem_hai", "doai_trung", "muong_than", "na_luong", "trang_son"]

PLAN_KEYS = {
    *("schema", "kind", "year", "issuer_parent", "issuer", "number", "symbol", "place", "date", "title", "subject"),
    *("preamble", "blocks", "tasks", "closing", "recipients", "archive", "signature", "appendix"),
}
BLOCK_KEYS = {
    "heading": {"type", "level", "marker", "text"},
    "item": {"type", "marker", "text"},
    "paragraph": {"type", "text"},
    "appendix-ref": {"type", "text"},
    "tasks": {"type", "layout", "columns"},
}
TASK_KEYS = {"no", "quarter", "content", "lead", "support", "time_text", "start", "due", "note"}
APPENDIX_KEYS = {"title", "subject", "reference", "layout", "columns"}
CAMPAIGN_KEYS = {"theme", "waves", "thematic", "targets"}
WAVE_KEYS = {"name", "start", "end", "as_printed", "review_by"}
TARGET_KEYS = {"text", "op", "low", "unit"}

QUARTERS = {
    1: ("01-01", "03-31"),
    2: ("04-01", "06-30"),
    3: ("07-01", "09-30"),
    4: ("10-01", "12-31"),
}
ROMAN = {1: "I", 2: "II", 3: "III", 4: "IV"}
LIMIT = re.compile(r"(Trước ngày|[Nn]gày|Hạn cuối) (\d{1,2})/(\d{1,2})(?:/(\d{4}))?")


def load(name: str) -> dict[str, Any]:
    plan: dict[str, Any] = json.loads((PLANS / f"{name}.json").read_text(encoding="utf-8"))
    return plan


def task_blocks(plan: dict[str, Any]) -> list[dict[str, Any]]:
    """Wherever the tasks are printed: in the body or as the appendix."""
    blocks = [block for block in plan["blocks"] if block["type"] == "tasks"]
    return blocks + ([plan["appendix"]] if plan["appendix"] else [])


def vietnamese(figure: float) -> str:
    """``1234.5`` as papers print it: ``1.234,5``."""
    return f"{figure:,}".translate(str.maketrans(",.", ".,"))


def spellings(figure: float) -> list[str]:
    """Ways to print a figure; whole thousands also as ``5 ngàn`` (the word may follow the end of a range)."""
    return [vietnamese(figure)] + ([vietnamese(figure // 1000)] if figure % 1000 == 0 else [])


def carries(text: str, target: dict[str, Any]) -> bool:
    """Whether one clause of the text names the target, its words in order, and prints its figures."""
    words = r"\b.*?\b".join(re.findall(r"\w+", target["text"]))
    figures = [target[end] for end in ("low", "high") if end in target]
    printed = [rf"(?<![\d.,])(?:{'|'.join(map(re.escape, spellings(figure)))})(?!\d|[.,]\d)" for figure in figures]
    patterns = [rf"\b{words}\b", *printed]
    return any(all(re.search(part, clause, re.IGNORECASE) for part in patterns) for clause in text.split(";"))


def test_the_folder_holds_these_five_plans() -> None:
    assert sorted(path.stem for path in PLANS.glob("*.json")) == NAMES


@pytest.mark.parametrize("name", NAMES)
def test_a_plan_is_nfc_and_indented_by_one(name: str) -> None:
    text = (PLANS / f"{name}.json").read_text(encoding="utf-8")

    assert text == unicodedata.normalize("NFC", text)
    assert text == json.dumps(json.loads(text), ensure_ascii=False, indent=1) + "\n"


@pytest.mark.parametrize("name", NAMES)
def test_a_plan_has_exactly_the_keys_of_its_form(name: str) -> None:
    plan = load(name)

    assert plan["schema"] == "tdkt-plan/1"
    assert set(plan) == PLAN_KEYS | ({"campaign"} if plan["kind"] == "campaign" else set())
    assert set(plan["signature"]) == {"lines", "post", "name"}
    for block in plan["blocks"]:
        expected = BLOCK_KEYS[block["type"]]
        assert set(block) == (expected - {"columns"} if block.get("layout") == "quarters-bullets" else expected)
    for task in plan["tasks"]:
        assert set(task) == TASK_KEYS | ({"ongoing"} if "ongoing" in task else set())
        assert task.get("ongoing", True) is True
    if plan["appendix"]:
        assert set(plan["appendix"]) == APPENDIX_KEYS


@pytest.mark.parametrize("name", NAMES)
def test_nothing_printed_has_loose_blanks(name: str) -> None:
    def strings(value: object) -> list[str]:
        if isinstance(value, dict):
            value = list(value.values())
        if isinstance(value, list):
            return [found for part in value for found in strings(part)]
        return [value] if isinstance(value, str) else []

    printed = strings(load(name))

    assert len(printed) > 50
    assert [text for text in printed if text != " ".join(text.split())] == []


def test_each_layout_stands_once_and_only_the_campaign_has_no_tasks() -> None:
    plans = {name: load(name) for name in NAMES}

    layouts = {name: [block["layout"] for block in task_blocks(plan)] for name, plan in plans.items()}
    counts = {name: len(plan["tasks"]) for name, plan in plans.items()}

    assert layouts == {
        "diem_hai": [],
        "doai_trung": ["columns-5"],
        "muong_than": ["columns-6"],
        "na_luong": ["quarters-3col"],
        "trang_son": ["quarters-bullets"],
    }
    assert counts == {"diem_hai": 0, "doai_trung": 13, "muong_than": 12, "na_luong": 14, "trang_son": 18}


def test_a_table_has_as_many_columns_as_its_layout_says() -> None:
    columns = {name: [len(block.get("columns", [])) for block in task_blocks(load(name))] for name in NAMES}

    assert columns == {"diem_hai": [], "doai_trung": [5], "muong_than": [6], "na_luong": [3], "trang_son": [0]}


def test_task_numbers_run_on_except_where_they_begin_anew_in_every_quarter() -> None:
    numbers = {name: [task["no"] for task in load(name)["tasks"]] for name in NAMES}

    assert numbers.pop("na_luong") == [1, 2, 3, 4, 5, 6, 1, 2, 4, 1, 2, 1, 2, 3]
    assert numbers == {name: list(range(1, len(found) + 1)) for name, found in numbers.items()}


@pytest.mark.parametrize("name", NAMES)
def test_days_are_real_and_no_task_is_due_before_it_starts(name: str) -> None:
    plan = load(name)

    issued = [*plan["date"].split("-"), "01", "01"][:3]
    assert dt.date.fromisoformat("-".join(issued)).year == plan["year"]
    for task in plan["tasks"]:
        due = dt.date.fromisoformat(task["due"])
        assert task["start"] is None or dt.date.fromisoformat(task["start"]) <= due


@pytest.mark.parametrize("name", ["na_luong", "trang_son"])
def test_a_task_under_a_quarter_heading_takes_the_days_of_the_quarter(name: str) -> None:
    plan = load(name)

    found = [(task["time_text"], task["start"], task["due"]) for task in plan["tasks"]]

    assert found == [("", *(f"{plan['year']}-{day}" for day in QUARTERS[task["quarter"]])) for task in plan["tasks"]]
    assert [task["quarter"] for task in plan["tasks"]] == sorted(task["quarter"] for task in plan["tasks"])


@pytest.mark.parametrize("name", ["doai_trung", "muong_than"])
def test_a_quarter_is_given_exactly_where_the_time_words_name_a_single_one(name: str) -> None:
    plan = load(name)

    for task in plan["tasks"]:
        named = [quarter for quarter, roman in ROMAN.items() if task["time_text"] == f"Quý {roman}/{plan['year']}"]
        assert task["quarter"] == (named[0] if named else None)
        if named:
            assert (task["start"], task["due"]) == tuple(f"{plan['year']}-{day}" for day in QUARTERS[named[0]])


@pytest.mark.parametrize(("name", "count"), [("doai_trung", 2), ("muong_than", 5)])
def test_a_limit_has_no_start_and_before_a_day_leaves_the_day_itself_out(name: str, count: int) -> None:
    plan = load(name)
    limits = [(task, match) for task in plan["tasks"] if (match := LIMIT.search(task["time_text"]))]

    assert len(limits) == count
    for task, (words, day, month, year) in ((task, match.groups()) for task, match in limits):
        named = dt.date(int(year or plan["year"]), int(month), int(day))
        last = named - dt.timedelta(days=1) if words == "Trước ngày" else named
        assert (task["start"], task["due"]) == (None, last.isoformat())


def test_the_campaign_has_24_targets_and_its_text_carries_each_of_them() -> None:
    plan = load("diem_hai")
    targets = plan["campaign"]["targets"]
    texts = [block["text"] for block in plan["blocks"]]

    missing = [target["text"] for target in targets if not any(carries(text, target) for text in texts)]

    assert missing == []
    assert len(targets) == 24
    assert {target["op"] for target in targets} == {"=", ">=", ">", "<=", "<", "range"}
    assert [target["text"] for target in targets if target.get("direction") == "down"] == [
        "tỷ lệ hộ nghèo",
        "tỷ lệ hộ cận nghèo",
        "sinh con thứ ba trở lên",
    ]


def test_a_target_with_another_figure_would_be_missed() -> None:
    plan = load("diem_hai")
    altered = [target | {"low": target["low"] + 1000.25} for target in plan["campaign"]["targets"]]

    found = [target["text"] for target in altered for block in plan["blocks"] if carries(block["text"], target)]

    assert found == []


def test_targets_carry_only_the_keys_of_their_comparison() -> None:
    for target in load("diem_hai")["campaign"]["targets"]:
        optional = {"high"} if target["op"] == "range" else set()
        assert set(target) - {"direction"} == TARGET_KEYS | optional
        assert target.get("direction", "down") == "down"
        assert target["low"] < target.get("high", float("inf"))


def test_the_campaign_part_repeats_the_printed_theme_waves_and_movements() -> None:
    plan = load("diem_hai")
    campaign = plan["campaign"]
    text = "\n".join(block["text"] for block in plan["blocks"])

    printed = [campaign["theme"], *campaign["thematic"], *(wave["as_printed"] for wave in campaign["waves"])]

    assert set(campaign) == CAMPAIGN_KEYS
    assert len(campaign["thematic"]) == 11
    assert [set(wave) for wave in campaign["waves"]] == [WAVE_KEYS, WAVE_KEYS]
    assert [part for part in printed if part not in text] == []
    assert [(wave["start"], wave["end"], wave["review_by"]) for wave in campaign["waves"]] == [
        ("2024-01-01", "2024-06-30", "2025-07-04"),
        ("2025-07-01", "2025-12-20", "2025-12-19"),
    ]


def test_what_only_one_plan_has_is_there() -> None:
    plans = {name: load(name) for name in NAMES}

    assert {name for name, plan in plans.items() if plan["issuer_parent"]} == {"muong_than"}
    assert {name for name, plan in plans.items() if plan["signature"]["post"]} == {"muong_than"}
    assert {name for name, plan in plans.items() if any(task["note"] for task in plan["tasks"])} == {"muong_than"}
    assert {name for name, plan in plans.items() if any(block.get("level") == 2 for block in plan["blocks"])} == {
        "trang_son"
    }
    assert {name for name, plan in plans.items() if any("ongoing" in task for task in plan["tasks"])} == {
        "doai_trung",
        "muong_than",
    }
    assert {name for name, plan in plans.items() if not plan["closing"]} == {"na_luong"}
