"""The plans that tests read: our own five, and the five real ones where they are at hand.

Real papers are found through ``TDKT_SHARED``; their tests skip by name where it is absent.
"""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[2]
OURS = ROOT / "tests" / "fixtures" / "plans"
SHARED = Path(os.environ.get("TDKT_SHARED", ROOT.parent / "shared"))

OUR_PLANS = sorted(path.stem for path in OURS.glob("*.json"))
REAL_PLANS = ["cam_linh", "cuong_loi", "minh_tien", "tuan_giao", "vinh_cuu"]


def every_plan() -> list[Any]:
    """Parameters for ``pytest.mark.parametrize("name", …)``."""
    absent = pytest.mark.skipif(not (SHARED / "plans").is_dir(), reason="the real plans are not at hand (TDKT_SHARED)")
    return [*OUR_PLANS, *(pytest.param(name, marks=absent) for name in REAL_PLANS)]


def read_file(name: str) -> dict[str, Any]:
    ours = OURS / f"{name}.json"
    path = ours if ours.exists() else SHARED / "plans" / f"{name}.json"
    return json.loads(path.read_text(encoding="utf-8"))


def test_there_are_five_plans_of_our_own() -> None:
    assert len(OUR_PLANS) == 5
