"""The five real plans as text, against the JSON beside each (README.md there says what is not printed)."""

from __future__ import annotations

import json
from typing import Any

import pytest

from documents.reading.plain import read_plain
from plans.reading import as_json, read_plan
from tests.plans.files import REAL_PLANS, SHARED

pytestmark = pytest.mark.skipif(not (SHARED / "plans").is_dir(), reason="the real plans are not at hand (TDKT_SHARED)")

NOT_PRINTED = {
    "cuong_loi": ["issuer"],
    "cam_linh": ["issuer"],
    "tuan_giao": ["issuer"],
    "vinh_cuu": ["issuer", "symbol", "place", "date", "signature"],
}


def read(name: str) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    found = as_json(read_plan(read_plain((SHARED / "plans" / f"{name}.txt").read_text(encoding="utf-8"))))
    return found, found.pop("unsure")


@pytest.mark.parametrize("name", REAL_PLANS)
def test_a_real_plan_is_read_as_it_was_labelled(name: str) -> None:
    labelled = json.loads((SHARED / "plans" / f"{name}.json").read_text(encoding="utf-8"))

    found, _ = read(name)

    for key in NOT_PRINTED.get(name, []):
        del found[key], labelled[key]
    assert found == labelled


@pytest.mark.parametrize("name", REAL_PLANS)
def test_little_else_is_unsure(name: str) -> None:
    _, unsure = read(name)

    further = [one for one in unsure if one["path"].split(".")[0] not in NOT_PRINTED.get(name, [])]

    assert len(further) <= 3
    assert [one for one in unsure if not one["path"]] == []


def test_what_is_not_printed_is_inferred_and_said() -> None:
    found, unsure = read("vinh_cuu")

    inferred = {one["path"] for one in unsure if one.get("inferred")}

    assert inferred == {"issuer", "symbol", "place", "date", "signature.lines"}
    assert (found["symbol"], found["date"]) == ("KH-UBND", "2023")


@pytest.mark.parametrize(
    ("name", "tasks", "blocks"),
    [
        ("02_daklak_0124", 0, 49),
        ("other_05_nghean_1026", 0, 34),
        ("other_12_cantho_159", 0, 56),
        ("other_14_dongthap_552", 19, 137),
    ],
)
def test_a_page_copied_from_the_web_loses_no_word(name: str, tasks: int, blocks: int) -> None:
    text = (SHARED / "plans" / "unlabelled" / f"{name}.txt").read_text(encoding="utf-8")

    found = read_plan(read_plain(text))

    assert [one.text for one in found.unsure if not one.path] == []
    assert (len(found.plan.tasks), len(found.plan.blocks)) == (tasks, blocks)
    assert all(task.content and task.lead and task.support and task.time_text for task in found.plan.tasks)
    assert (found.plan.title, found.plan.symbol, found.plan.signature_lines[-1]) == (
        "KẾ HOẠCH",
        "KH-UBND",
        "PHÓ CHỦ TỊCH",
    )
