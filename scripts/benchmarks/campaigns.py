"""Server time and queries of every page of campaigns, with few of them and with many."""

from __future__ import annotations

from contextlib import ExitStack
from pathlib import Path

from scripts.benchmarks import report
from scripts.benchmarks.pages import MOST_QUERIES, ROUNDS, Server, collect_static, open_server, queries_of
from scripts.benchmarks.report import Goal, milliseconds, number, times
from scripts.benchmarks.timing import Compared, interleaved

COUNTS = (3, 30, 300)
"""Campaigns of one commune. A page of the list is full from 25 on."""
FEW, MANY = COUNTS[1:]
MOST_TIMES = 1.5
MOST_BESIDE_DRAWING, DRAWINGS = 1.25, 15
LIST, CAMPAIGN, BOARD, RESULTS = (f"campaigns:{name}" for name in ("list", "campaign", "board", "results"))
REPORT, DRAWN, DRAWING = "campaigns:review", "campaigns:review_download pdf", "chỉ vẽ báo cáo"
TIMED = (LIST, CAMPAIGN, BOARD, RESULTS, REPORT, DRAWN)
"""Pages that an officer opens most, and the dearest; their times are goals."""
_HEADS = {
    "Campaign": "phong trào",
    "Target": "chỉ tiêu",
    "Share": "số giao",
    "Result": "kết quả",
    "Registration": "đăng ký",
    "Exemplar": "điển hình",
    "Review": "báo cáo",
}


def measure(folder: Path) -> list[Goal]:
    report.head("8. Phong trào: thời gian máy chủ và số truy vấn của từng trang")
    collect_static()
    with ExitStack() as stack:
        servers = [stack.enter_context(open_server("campaign_server", count, folder)) for count in COUNTS]
        for server in servers:
            server.wait()
        _tell_contents(servers)
        opened = [label for label in servers[-1].pages if label != DRAWING]
        compared = {label: _time(label, *servers[-2:]) for label in opened}
        drawn = Compared(
            interleaved(DRAWINGS, *(lambda what=what: servers[-1].seconds(what) for what in (DRAWN, DRAWING)))
        )
    report.table(
        ("trang", "truy vấn", f"với {FEW}", f"với {MANY}", "tỷ lệ"),
        [_row(label, servers, times_of) for label, times_of in compared.items()],
    )
    goals = [*_goals(servers, opened), *(_timed(label, compared[label]) for label in TIMED), _beside_drawing(drawn)]
    report.goals(goals)
    return goals


def _time(label: str, few: Server, many: Server) -> Compared:
    return Compared([(many.seconds(label), few.seconds(label)) for _ in range(ROUNDS)])


def _row(label: str, servers: list[Server], compared: Compared) -> tuple[str, ...]:
    many, few = compared.medians
    return (label, queries_of(label, servers), *map(milliseconds, (few, many)), times(compared.ratio))


def _tell_contents(servers: list[Server]) -> None:
    print(f"Cơ sở dữ liệu: {servers[0].contents['database']}. Một phong trào có 30 nơi, 24 chỉ tiêu.")
    for server in servers:
        rows = server.contents["rows"]
        print(", ".join(f"{number(rows[key], 0)} {words}" for key, words in _HEADS.items()) + ".")


def _goals(servers: list[Server], opened: list[str]) -> list[Goal]:
    unlike = [label for label in opened if len({server.pages[label]["queries"] for server in servers}) > 1]
    most = max(opened, key=lambda label: servers[-1].pages[label]["queries"])
    worst = servers[-1].pages[most]["queries"]
    few, many = ({label: server.pages[label]["queries"] for label in opened} for server in (servers[0], servers[-1]))
    ratio = max(many[label] / few[label] for label in opened)
    return [
        Goal(
            f"Truy vấn của {len(opened)} trang, {MANY} so với {COUNTS[0]} phong trào",
            f"nhiều nhất {times(ratio)}, {len(unlike)} trang khác nhau",
            times(1),
            not unlike,
        ),
        Goal("Nhiều truy vấn nhất", f"{worst} ({most})", f"≤ {MOST_QUERIES}", worst <= MOST_QUERIES),
    ]


def _timed(label: str, compared: Compared) -> Goal:
    what = f"{label}, {MANY} so với {FEW} phong trào"
    return Goal(what, times(compared.ratio), f"≤ {times(MOST_TIMES)}", compared.ratio <= MOST_TIMES)


def _beside_drawing(drawn: Compared) -> Goal:
    what = "Báo cáo PDF, kể cả đếm số liệu và dự thảo lời, so với chỉ vẽ"
    return Goal(what, times(drawn.ratio), f"≤ {times(MOST_BESIDE_DRAWING)}", drawn.ratio <= MOST_BESIDE_DRAWING)
