"""Server time and queries of the table of points of a whole season, and of saving one of its cells."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from scripts.benchmarks import report
from scripts.benchmarks.report import Goal, NotMeasured, milliseconds, number, times
from scripts.benchmarks.samples import ROOT
from scripts.benchmarks.timing import Compared

FEW, MANY = (7, 60), (14, 180)
"""Members and leaf criteria; a cell of the larger may cost no more than one of the smaller."""
ROUNDS = 9
MOST_QUERIES, MOST_QUERIES_OF_A_CELL = 20, 25
MOST_OF_BARE, MOST_OF_BARE_SAVE = 4.0, 20.0
MOST_OF_A_CELL, MOST_TIME_OF_A_SAVE = 1.1, 2.0
GRID, LEADER = "grid", "leader"
SAVES = {
    "yes_no": "lưu ô «có hoặc không»",
    "deduction": "lưu ô điểm trừ, kèm lý do",
    LEADER: "lưu ô so với đơn vị dẫn đầu",
}
"""The last moves the points of all: it may take as much longer as the table has more cells."""
LABELS = {GRID: "mở bảng chấm", **SAVES}


@dataclass(frozen=True, slots=True)
class Cost:
    queries: tuple[int, int]
    beside_few: Compared
    beside_bare: Compared

    @property
    def medians(self) -> tuple[float, float, float]:
        many, few = self.beside_few.medians
        return few, many, self.beside_bare.medians[1]


def measure(folder: Path) -> list[Goal]:
    report.head("10. Bảng chấm điểm: thời gian máy chủ và số truy vấn")
    found = _asked(folder)
    costs = {name: _cost(**cost) for name, cost in found["acts"].items()}
    print(
        f"Cơ sở dữ liệu: {found['database']}; {number(found['rows']['entries'], 0)} ô đã ghi ở hai bảng. "
        f"Mỗi việc: {ROUNDS} lượt xen kẽ."
    )
    heads = ("việc", "truy vấn", _size(FEW), _size(MANY), "bản trần", "so bản trần")
    report.table(heads, [_row(label, costs[name]) for name, label in LABELS.items()])
    goals = list(_goals(costs))
    report.goals(goals)
    return goals


def _asked(folder: Path) -> dict[str, Any]:
    """What ``sheet_server.py`` found, in a process and a database of its own."""
    url = os.environ.get("DATABASE_OWNER_URL") or os.environ.get("DATABASE_URL") or ""
    is_file = not url or url.startswith("sqlite")
    name = str(folder / "sheets.sqlite3") if is_file else f"tdkt_bench_{os.getpid()}_sheets"
    numbers = [str(one) for one in (*FEW, *MANY, ROUNDS)]
    process = subprocess.Popen(
        [sys.executable, "-m", "scripts.benchmarks.sheet_server", name, *numbers],
        cwd=ROOT,
        env=os.environ | {"DATABASE_URL": f"sqlite:///{name}" if is_file else url},
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        told, _ = process.communicate()
    finally:
        process.wait()  # when interrupted it still drops its database
    if process.returncode:
        raise NotMeasured("Không đo được bảng chấm điểm; lý do ở các dòng trên.")
    return json.loads(told)


def _cost(queries: list[int], times: list[tuple[float, float, float]]) -> Cost:
    return Cost(
        (queries[0], queries[1]),
        Compared([(many, few) for many, few, _ in times]),
        Compared([(many, bare) for many, _, bare in times]),
    )


def _size(size: tuple[int, int]) -> str:
    return f"{size[0]} × {size[1]}"


def _row(label: str, cost: Cost) -> tuple[str, ...]:
    queries = " / ".join(map(str, dict.fromkeys(cost.queries)))
    few, many, bare = cost.medians
    tenths = f"{number(bare * 1000, 1)} ms"
    return label, queries, milliseconds(few), milliseconds(many), tenths, times(cost.beside_bare.ratio)


def _goals(costs: dict[str, Cost]) -> Iterator[Goal]:
    grid = costs[GRID]
    queries = max(grid.queries)
    where = _size(MANY)
    yield Goal(f"Truy vấn khi mở bảng chấm {where}", str(queries), f"≤ {MOST_QUERIES}", queries <= MOST_QUERIES)
    unlike = [name for name, cost in costs.items() if len(set(cost.queries)) > 1]
    ratio = max(cost.queries[1] / cost.queries[0] for cost in costs.values())
    yield Goal(f"Truy vấn ở {where} so với {_size(FEW)}", times(ratio), times(1), not unlike)
    yield _at_most(f"Mở bảng chấm {where} so với cùng dòng, cùng số ô viết trần", grid.beside_bare, MOST_OF_BARE)
    cells = (MANY[0] * MANY[1]) / (FEW[0] * FEW[1])
    each = grid.beside_few.ratio / cells
    yield Goal(
        f"Thời gian mỗi ô khi mở bảng chấm, {where} so với {_size(FEW)}",
        times(each),
        f"≤ {times(MOST_OF_A_CELL)}",
        each <= MOST_OF_A_CELL,
    )
    dearest = max(SAVES, key=lambda name: max(costs[name].queries))
    queries = max(costs[dearest].queries)
    yield Goal(
        "Nhiều truy vấn nhất khi lưu một ô",
        f"{queries} ({SAVES[dearest]})",
        f"≤ {MOST_QUERIES_OF_A_CELL}",
        queries <= MOST_QUERIES_OF_A_CELL,
    )
    growth = {LEADER: cells}
    for name, label in SAVES.items():
        what, most = f"{label[:1].upper()}{label[1:]}, {where}", growth.get(name, MOST_TIME_OF_A_SAVE)
        yield _at_most(f"{what}, so với {_size(FEW)}", costs[name].beside_few, most)
        if name != LEADER:
            yield _at_most(f"{what}, so với UPDATE và INSERT trần", costs[name].beside_bare, MOST_OF_BARE_SAVE)


def _at_most(what: str, compared: Compared, most: float) -> Goal:
    return Goal(what, times(compared.ratio), f"≤ {times(most)}", compared.ratio <= most)
