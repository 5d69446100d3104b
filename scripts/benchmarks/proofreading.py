"""Proofreading of a plan of some twenty pages against drawing it as PDF, side by side in this process."""

from __future__ import annotations

import io
import itertools
from dataclasses import replace
from functools import partial

from pypdf import PdfReader

from documents.proofreading import Law, shipped_laws
from documents.rendering.pdf import render_pdf
from plans.interchange import PlanData
from plans.paper import compose
from plans.proofreading import proofread_plan
from scripts.benchmarks import report
from scripts.benchmarks.report import Goal, milliseconds, number, times
from scripts.benchmarks.samples import our_plans, with_tasks
from scripts.benchmarks.timing import Compared, interleaved, timed

PAGES = 20
MOST_OF_RENDERING = 0.5
PAIRS = 5


def measure() -> list[Goal]:
    report.head("7. Soát lỗi so với dựng PDF, cùng một tiến trình")
    rows, goals = [], []
    known = shipped_laws()
    for name, plan in _long_plans().items():
        pages, found = _pages(plan), len(proofread_plan(plan, laws=known))
        compared = _compared(plan, known)
        figures = (str(pages), str(found), str(PAIRS), *map(milliseconds, compared.medians), times(compared.ratio))
        rows.append((name, *figures, number(pages / compared.medians[0], 0)))
        goals.append(
            Goal(
                f"Soát lỗi {name}, {pages} trang, so với dựng PDF",
                times(compared.ratio),
                f"≤ {times(MOST_OF_RENDERING)}",
                compared.ratio <= MOST_OF_RENDERING,
            )
        )
    report.table(("kế hoạch", "trang", "chỗ báo", "cặp", "soát lỗi", "PDF", "tỷ lệ", "trang một giây"), rows)
    report.goals(goals)
    return goals


def _compared(plan: PlanData, known: tuple[Law, ...]) -> Compared:
    paper = compose(plan)
    acts = partial(proofread_plan, plan, laws=known), partial(render_pdf, paper)
    pairs = interleaved(PAIRS, *(partial(timed, act) for act in acts))
    return Compared([(reading.clock, drawing.clock) for reading, drawing in pairs])


def _long_plans() -> dict[str, PlanData]:
    """One of words, one of tasks, each long enough."""
    plans = {sample.name: sample.plan for sample in our_plans()}
    wordy = max(plans.values(), key=lambda plan: sum(len(block.text) for block in plan.blocks))
    tasky = next(plan for plan in plans.values() if plan.tasks and plan.table)
    times_over = (replace(wordy, blocks=wordy.blocks * count) for count in itertools.count(1))
    counts = (with_tasks(tasky, count) for count in itertools.count(100, 100))
    return {
        "nhiều chữ": next(plan for plan in times_over if _pages(plan) >= PAGES),
        "nhiều nhiệm vụ": next(plan for plan in counts if _pages(plan) >= PAGES),
    }


def _pages(plan: PlanData) -> int:
    return len(PdfReader(io.BytesIO(render_pdf(compose(plan)))).pages)
