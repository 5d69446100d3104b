"""Server time and queries of the editor, with a plan of a few tasks and with one of many."""

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

FEW, MANY = 12, 200
"""Tasks of a plan."""
ROUNDS = 11
MOST_QUERIES_OF_A_CELL, MOST_TIME_OF_A_CELL = 15, 1.5
PREVIEW_WITHIN = 1
"""Second, from the last letter to the printed page: with the pause before asking, and the browser's own work."""
MOST_OF_THE_SECOND = 0.5

CELLS = {
    "content": "nội dung",
    "time_text": "thời gian thực hiện",
    "lead": "chủ trì, đã có tên",
}
PREVIEW = {"preview": "dựng bản in trong khi gõ"}
PASTE = {"read_paste": "đọc mười dòng dán", "take_paste": "lấy mười dòng vào bảng"}
EDITOR = {"editor": "mở trang soạn"}
MOVING = {"moving": "mở trang lập từ kế hoạch cũ"}
LABELS = {name: f"lưu một ô: {cell}" for name, cell in CELLS.items()} | PREVIEW | PASTE | EDITOR | MOVING


@dataclass(frozen=True, slots=True)
class Cost:
    """Of one act's request, with few tasks and with many."""

    queries: tuple[int, int]
    times: Compared
    """Many beside few."""

    @property
    def medians(self) -> tuple[float, float]:
        many, few = self.times.medians
        return few, many


def measure(folder: Path) -> list[Goal]:
    report.head("5. Soạn kế hoạch: thời gian máy chủ và số truy vấn của từng việc")
    found = _asked(folder)
    costs = {
        name: Cost((cost["queries"][0], cost["queries"][1]), Compared(cost["pairs"]))
        for name, cost in found["acts"].items()
    }
    rows = found["rows"]
    print(
        f"Cơ sở dữ liệu: {found['database']}; {number(rows['plans.Task'], 0)} nhiệm vụ, "
        f"{number(rows['units.Person'], 0)} người. Mỗi việc: {ROUNDS} cặp xen kẽ."
    )
    report.table(
        ("việc", "truy vấn", f"{FEW} nhiệm vụ", f"{MANY} nhiệm vụ", "tỷ lệ"),
        [_row(label, costs[name]) for name, label in LABELS.items()],
    )
    goals = list(_goals(costs))
    report.goals(goals)
    return goals


def _asked(folder: Path) -> dict[str, Any]:
    """What ``editor_server.py`` found, in a process and a database of its own."""
    url = os.environ.get("DATABASE_OWNER_URL") or os.environ.get("DATABASE_URL") or ""
    is_file = not url or url.startswith("sqlite")
    name = str(folder / "editor.sqlite3") if is_file else f"tdkt_bench_{os.getpid()}_editor"
    process = subprocess.Popen(
        [sys.executable, "-m", "scripts.benchmarks.editor_server", name, str(FEW), str(MANY), str(ROUNDS)],
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
        raise NotMeasured("Không đo được trang soạn; lý do ở các dòng trên.")
    return json.loads(told)


def _row(label: str, cost: Cost) -> tuple[str, ...]:
    queries = " / ".join(map(str, dict.fromkeys(cost.queries)))
    return label, queries, *map(milliseconds, cost.medians), times(cost.times.ratio)


def _goals(costs: dict[str, Cost]) -> Iterator[Goal]:
    most = max(CELLS, key=lambda name: max(costs[name].queries))
    queries = max(costs[most].queries)
    yield Goal(
        "Nhiều truy vấn nhất khi lưu một ô",
        f"{queries} ({CELLS[most]})",
        f"≤ {MOST_QUERIES_OF_A_CELL}",
        queries <= MOST_QUERIES_OF_A_CELL,
    )
    worst = max(CELLS, key=lambda name: costs[name].times.ratio)
    ratio = costs[worst].times.ratio
    yield Goal(
        f"Thời gian lưu một ô, {MANY} so với {FEW} nhiệm vụ",
        f"nhiều nhất {times(ratio)} ({CELLS[worst]})",
        f"≤ {times(MOST_TIME_OF_A_CELL)}",
        ratio <= MOST_TIME_OF_A_CELL,
    )
    for size, seconds in zip((FEW, MANY), costs["preview"].medians, strict=True):
        yield Goal(
            f"Dựng bản in trong khi gõ, {size} nhiệm vụ, so với {PREVIEW_WITHIN} giây",
            times(seconds / PREVIEW_WITHIN),
            f"≤ {times(MOST_OF_THE_SECOND)}",
            seconds <= MOST_OF_THE_SECOND * PREVIEW_WITHIN,
        )
    yield from (
        _alike(what, [costs[name] for name in names])
        for what, names in (
            ("lưu một ô", CELLS),
            ("dựng bản in", PREVIEW),
            ("dán mười dòng", PASTE),
            ("mở trang soạn", EDITOR),
            ("mở trang lập từ kế hoạch cũ", MOVING),
        )
    )


def _alike(what: str, costs: list[Cost]) -> Goal:
    """A query that is asked for each row shows here."""
    ratios = [many / few for few, many in (cost.queries for cost in costs)]
    least, most = times(min(ratios)), times(max(ratios))
    return Goal(
        f"Truy vấn khi {what}, {MANY} so với {FEW} nhiệm vụ",
        most if least == most else f"từ {least} đến {most}",
        times(1),
        set(ratios) == {1.0},
    )
