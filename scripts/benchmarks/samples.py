"""The papers that are measured: our five plans, the real ones where they are at hand, and one of 200 tasks."""

from __future__ import annotations

import itertools
import json
import os
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

from django.conf import settings

from documents.rendering.html import paper_html
from documents.tree import Paper
from plans import interchange
from plans.interchange import PlanData
from plans.paper import compose

ROOT = Path(__file__).resolve().parents[2]
OURS = ROOT / "tests" / "fixtures" / "plans"
REAL = Path(os.environ.get("TDKT_SHARED", ROOT.parent / "shared")) / "plans"
STYLE_SHEET = "documents/paper.css"
MANY_TASKS = 200


@dataclass(frozen=True)
class Sample:
    name: str
    plan: PlanData
    file: Path

    @cached_property
    def paper(self) -> Paper:
        return compose(self.plan)

    @cached_property
    def html(self) -> str:
        """The markup that the application draws, with its style sheet where any program finds it."""
        html = paper_html(self.paper)
        if STYLE_SHEET not in html:
            link = f'<link rel="stylesheet" href="{settings.STATIC_URL}{STYLE_SHEET}">'
            html = html.replace("</head>", f"{link}</head>", 1)
        return html.replace(f'"{settings.STATIC_URL}', f'"{(ROOT / "static").as_uri()}/')


def our_plans() -> list[Sample]:
    return _samples(OURS)


def real_plans() -> list[Sample]:
    """Empty where the real plans are not at hand (``TDKT_SHARED``)."""
    return _samples(REAL)


def long_plan(folder: Path) -> Sample:
    """One of ours whose table goes on to ``MANY_TASKS`` rows."""
    plan = with_tasks(next(sample.plan for sample in our_plans() if sample.plan.tasks), MANY_TASKS)
    file = folder / "long_plan.json"
    file.write_text(json.dumps(interchange.write(plan)), encoding="utf-8")
    return Sample(f"{MANY_TASKS} nhiệm vụ", plan, file)


def with_tasks(plan: PlanData, count: int) -> PlanData:
    """The plan with its tasks repeated up to ``count``, numbered through."""
    tasks = itertools.islice(itertools.cycle(plan.tasks), count)
    return replace(plan, tasks=tuple(replace(task, number=number) for number, task in enumerate(tasks, start=1)))


def _samples(folder: Path) -> list[Sample]:
    return [
        Sample(file.stem, interchange.read(json.loads(file.read_text(encoding="utf-8"))), file)
        for file in sorted(folder.glob("*.json"))
    ]
