"""Started by ``scripts/bench``, which sets the environment: ``scripts/bench [papers] [pages] …`` (``PARTS``)."""

from __future__ import annotations

import os
import platform
import sys
import time
from pathlib import Path

import django

django.setup()

from core.errors import AppError  # noqa: E402 -- models need the set-up above, here and below
from scripts.benchmarks import (  # noqa: E402
    campaigns,
    certificates,
    editor,
    eligibility,
    pages,
    papers,
    proofreading,
    reading,
    reminders,
    report,
    samples,
    scoring,
    serving,
    sheets,
)
from scripts.benchmarks.report import Goal  # noqa: E402

PARTS = (
    "papers",
    "pages",
    "editor",
    "serving",
    "proofreading",
    "reading",
    "reminders",
    "scoring",
    "campaigns",
    "sheets",
    "eligibility",
    "certificates",
)


def main(wanted: list[str]) -> int:
    if not set(wanted) <= set(PARTS):
        print(f"Cách dùng: scripts/bench [{'] ['.join(PARTS)}]", file=sys.stderr)
        return 1
    _tell_machine()
    started = time.perf_counter()
    try:
        goals = _measure(wanted or list(PARTS), Path(os.environ["TDKT_VAR"]))
    except AppError as error:
        print(error, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130
    report.head("Tổng hợp")
    report.goals(goals)
    met = sum(goal.is_met for goal in goals)
    print(
        f"Đạt {met} trong {len(goals)} mục tiêu. Thời gian đo: {report.number(time.perf_counter() - started, 0)} giây."
    )
    return 0


def _measure(wanted: list[str], folder: Path) -> list[Goal]:
    goals: list[Goal] = []
    if "papers" in wanted:
        ours, real, long = samples.our_plans(), samples.real_plans(), samples.long_plan(folder)
        real_words = f"{len(real)} kế hoạch thật" if real else "không có kế hoạch thật (TDKT_SHARED)"
        print(f"Văn bản: {len(ours)} kế hoạch mẫu, {real_words}, một kế hoạch {long.name}.")
        usual = [*ours, *real]
        goals += papers.measure([(f"{len(usual)} kế hoạch", usual), (long.name, [long])], folder)
    if "pages" in wanted:
        goals += pages.measure(folder)
    if "editor" in wanted:
        goals += editor.measure(folder)
    if "proofreading" in wanted:
        goals += proofreading.measure()
    if "serving" in wanted:
        goals += serving.measure(folder)
    if "reading" in wanted:
        goals += reading.measure()
    if "reminders" in wanted:
        goals += reminders.measure(folder)
    if "scoring" in wanted:
        goals += scoring.measure()
    if "campaigns" in wanted:
        goals += campaigns.measure(folder)
    if "eligibility" in wanted:
        goals += eligibility.measure(folder)
    if "sheets" in wanted:
        goals += sheets.measure(folder)
    if "certificates" in wanted:
        goals += certificates.measure(folder)
    return goals


def _tell_machine() -> None:
    from weasyprint import __version__ as weasyprint  # noqa: PLC0415 -- heavy

    load = report.number(os.getloadavg()[0], 1)
    print(
        f"{time.strftime('%d/%m/%Y %H:%M')}; {os.cpu_count()} bộ xử lý, đang bận {load}; "
        f"Python {platform.python_version()}, Django {django.get_version()}, WeasyPrint {weasyprint}."
    )


sys.exit(main(sys.argv[1:]))
