"""Server time and queries of every page, with few plans and with many."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.test.utils import override_settings

from scripts.benchmarks import report
from scripts.benchmarks.report import Goal, NotMeasured, milliseconds, number, times
from scripts.benchmarks.samples import ROOT
from scripts.benchmarks.timing import Compared

COUNTS = (3, 30, 3000)
"""Plans. A page of a list is full from 25 on: three rows beside thirty show queries that a row costs."""
FEW, MANY = COUNTS[1:]
MOST_QUERIES = 20
ROUNDS = 5


class Server:
    """A process of ``page_server.py``, or of one that speaks as it does."""

    def __init__(self, process: subprocess.Popen[str], count: int) -> None:
        self._process, self.count = process, count
        self.contents: dict[str, Any] = {}
        self.pages: dict[str, dict[str, Any]] = {}

    def wait(self) -> None:
        self.contents = json.loads(self._line())
        self.pages = {page["label"]: page | {"position": n} for n, page in enumerate(self.contents["pages"])}

    def seconds(self, label: str) -> float:
        assert self._process.stdin is not None
        print(self.pages[label]["position"], file=self._process.stdin, flush=True)
        return float(self._line())

    def _line(self) -> str:
        assert self._process.stdout is not None
        line = self._process.stdout.readline()
        if not line:
            raise NotMeasured(f"Không đo được trang với {self.count} dòng; lý do ở các dòng trên.")
        return line


def measure(folder: Path) -> list[Goal]:
    report.head("4. Thời gian máy chủ và số truy vấn của từng trang")
    collect_static()
    with ExitStack() as stack:
        servers = [stack.enter_context(open_server("page_server", count, folder)) for count in COUNTS]
        for server in servers:
            server.wait()
        _tell_contents(servers)
        opened = [label for label, page in servers[-1].pages.items() if not page["refusal"]]
        compared = {label: _time(label, *servers[-2:]) for label in opened}
    report.table(
        ("trang", "ai mở", "truy vấn", f"với {FEW}", f"với {MANY}", "tỷ lệ"),
        [_row(label, servers, times_of) for label, times_of in compared.items()],
    )
    slowest = max(opened, key=lambda label: compared[label].medians[0])
    print(f"Chậm nhất với {MANY} kế hoạch: {slowest}, {milliseconds(compared[slowest].medians[0])}.")
    _tell_refused(servers)
    goals = _goals(servers, opened)
    report.goals(goals)
    return goals


def collect_static() -> None:
    """Pages name their files by the hashes of this list. Compressing them is left out: no file is served here."""
    plain = {"BACKEND": "django.contrib.staticfiles.storage.ManifestStaticFilesStorage"}
    with override_settings(STORAGES={**settings.STORAGES, "staticfiles": plain}):
        call_command("collectstatic", interactive=False, verbosity=0)


@contextmanager
def open_server(program: str, count: int, folder: Path) -> Iterator[Server]:
    """``program``: a module beside this one."""
    url = os.environ.get("DATABASE_OWNER_URL") or os.environ.get("DATABASE_URL") or ""
    is_file = not url or url.startswith("sqlite")
    name = str(folder / f"{program}-{count}.sqlite3") if is_file else f"tdkt_bench_{program}_{os.getpid()}_{count}"
    environment = {**os.environ, "DATABASE_URL": f"sqlite:///{name}" if is_file else url}
    process = subprocess.Popen(
        [sys.executable, "-m", f"scripts.benchmarks.{program}", str(count), name],
        cwd=ROOT,
        env=environment,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        yield Server(process, count)
    finally:
        process.communicate()  # the end of its input: it drops its database and ends


def _time(label: str, few: Server, many: Server) -> Compared:
    return Compared([(many.seconds(label), few.seconds(label)) for _ in range(ROUNDS)])


def _row(label: str, servers: list[Server], compared: Compared) -> tuple[str, ...]:
    many, few = compared.medians
    page = servers[-1].pages[label]
    return (
        label,
        page["who"] or "–",
        queries_of(label, servers),
        *map(milliseconds, (few, many)),
        times(compared.ratio),
    )


def queries_of(label: str, servers: list[Server]) -> str:
    """One figure, or those of all sizes where they differ."""
    found = [server.pages[label]["queries"] for server in servers]
    return str(found[0]) if len(set(found)) == 1 else " / ".join(map(str, found))


def _tell_contents(servers: list[Server]) -> None:
    heads = {
        "plans.Plan": "kế hoạch",
        "plans.Section": "mục",
        "plans.Task": "nhiệm vụ",
        "plans.Assignment": "phân công",
        "core.AuditEntry": "dòng nhật ký",
        "units.Person": "người",
    }
    print(f"Cơ sở dữ liệu: {servers[0].contents['database']}. Mọi kế hoạch thuộc đơn vị của cán bộ mở trang.")
    for server in servers:
        rows = server.contents["rows"]
        print(", ".join(f"{number(rows[key], 0)} {words}" for key, words in heads.items()) + ".")


def _tell_refused(servers: list[Server]) -> None:
    refused = {label: page["refusal"] for label, page in servers[-1].pages.items() if page["refusal"]}
    print("Không mở được bằng GET: " + "; ".join(f"{label} ({why})" for label, why in refused.items()) + ".")


def _goals(servers: list[Server], opened: list[str]) -> list[Goal]:
    few, many = servers[-2:]
    three = servers[0]
    ratios = [(many.pages[label]["queries"] or 1) / (few.pages[label]["queries"] or 1) for label in opened]
    unlike_three = [label for label in opened if many.pages[label]["queries"] != three.pages[label]["queries"]]
    most = max(opened, key=lambda label: many.pages[label]["queries"])
    worst = many.pages[most]["queries"]
    unknown = [label for label, page in many.pages.items() if not page["url"]]
    return [
        Goal(
            f"Truy vấn của {len(opened)} trang, {MANY} so với {FEW} kế hoạch",
            f"từ {times(min(ratios))} đến {times(max(ratios))}",
            times(1),
            set(ratios) == {1.0},
        ),
        Goal(
            f"Truy vấn của {len(opened)} trang, {MANY} so với {COUNTS[0]} kế hoạch",
            f"{len(unlike_three)} trang khác nhau",
            "0 trang",
            not unlike_three,
        ),
        Goal("Nhiều truy vấn nhất", f"{worst} ({most})", f"≤ {MOST_QUERIES}", worst <= MOST_QUERIES),
        Goal("Trang có tham số mà phép đo chưa biết", str(len(unknown)), "0", not unknown),
    ]
