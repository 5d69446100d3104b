"""Texts of the demonstration: papers of the time of districts, and pools of names.

The papers since July 2025 are the templates of ``plans.samples``.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import plans
from documents.dates import PartialDate
from plans.interchange import PlanData
from plans.samples.loading import read_template
from plans.samples.names import paper_words

FOLDER = Path(plans.__file__).parent / "demo"


def names() -> dict[str, Any]:
    """An invented province (README.md)."""
    pools: dict[str, Any] = json.loads((FOLDER / "names.json").read_text(encoding="utf-8"))
    return pools


def district_plan(template: str, words: Mapping[str, str], year: int, *, number: str, date: PartialDate) -> PlanData:
    """A plan of the years when communes stood under a district; a place-holder without a word is an error."""
    return read_template(FOLDER / f"{template}.json", {**words, **paper_words(year, number, date)})
