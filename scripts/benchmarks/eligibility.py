"""Judging three thousand nominees with their history out of the database, beside judging the same facts in memory."""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
from pathlib import Path
from typing import Any

from scripts.benchmarks import report
from scripts.benchmarks.report import Goal, NotMeasured, milliseconds, number, times
from scripts.benchmarks.samples import ROOT
from scripts.benchmarks.timing import Compared

NOMINEES, FEW = 3_000, 30
ROUNDS = 5
MOST = 15.0
"""Times the judging alone. Reading ten rows a nominee through Django is by far the larger part of the work."""


def measure(folder: Path) -> list[Goal]:
    report.head("11. Xét điều kiện khen thưởng của cả một đợt, so với xét cùng số liệu không có cơ sở dữ liệu")
    found = _asked(folder)
    compared = Compared([(ours, bare) for ours, bare in found["pairs"]])
    ours, bare = compared.medians
    check = statistics.median(found["check"])
    people = f"{number(NOMINEES, 0)} đối tượng"
    print(f"{found['database']}. {people}, sáu năm xếp loại, bốn lần khen, một nửa qua sáp nhập.")
    report.table(
        ("việc", "thời gian", "đối tượng một giây"),
        [
            ("xét từ cơ sở dữ liệu", milliseconds(ours), number(NOMINEES / ours, 0)),
            ("xét cùng số liệu trong bộ nhớ", milliseconds(bare), number(NOMINEES / bare, 0)),
            ("cả bảng kiểm trước khi trình", milliseconds(check), number(NOMINEES / check, 0)),
        ],
    )
    goals = [
        Goal(
            f"Xét {number(NOMINEES, 0)} đối tượng so với xét trong bộ nhớ",
            times(compared.ratio),
            f"≤ {times(MOST)}",
            compared.ratio <= MOST,
        ),
        _same("Truy vấn khi xét", found["queries"]),
        _same("Truy vấn của bảng kiểm", found["check_queries"]),
    ]
    report.goals(goals)
    return goals


def _same(what: str, counts: list[int]) -> Goal:
    few, many = counts
    words = f"{what}, {number(NOMINEES, 0)} so với {FEW} đối tượng"
    return Goal(words, f"{many} so với {few}", "bằng nhau", few == many)


def _asked(folder: Path) -> dict[str, Any]:
    """In a process and a database of its own."""
    url = os.environ.get("DATABASE_OWNER_URL") or os.environ.get("DATABASE_URL") or ""
    is_file = not url or url.startswith("sqlite")
    name = str(folder / "eligibility.sqlite3") if is_file else f"tdkt_bench_{os.getpid()}_eligibility"
    environment = {**os.environ, "DATABASE_URL": f"sqlite:///{name}" if is_file else url}
    done = subprocess.run(
        [sys.executable, "-m", "scripts.benchmarks.eligibility_server", name, str(FEW), str(NOMINEES), str(ROUNDS)],
        cwd=ROOT,
        env=environment,
        stdout=subprocess.PIPE,
        text=True,
        check=False,
    )
    if done.returncode or not done.stdout:
        raise NotMeasured("Không đo được việc xét điều kiện; lý do ở các dòng trên.")
    return dict(json.loads(done.stdout))
