"""The daily sweep of a whole country's communes, beside the bare SQL that writes the same rows."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from scripts.benchmarks import report
from scripts.benchmarks.report import Goal, NotMeasured, number, times
from scripts.benchmarks.samples import ROOT
from scripts.benchmarks.timing import Compared

COMMUNES = 3_321
BATCH = 300
"""Communes that planning takes together."""
ROUNDS = 3
MOST = 2.0
"""Times the bare SQL."""


def measure(folder: Path) -> list[Goal]:
    report.head("7. Nhắc việc: lập và gửi lời nhắc một buổi sáng của cả nước")
    with _mail_sink() as (port, received):
        found = _asked(folder, port)
        if received() != found["mail"][0] or not found["mail"][0]:
            raise NotMeasured(f"Máy chủ thư nhận {received()} thư, chương trình báo {found['mail'][0]}.")
    compared = Compared([(ours, sql) for ours, sql in found["pairs"]])
    _tell(found, compared)
    small, all_of_them = found["queries"]
    batches = -(-COMMUNES // BATCH)
    goals = [
        Goal("Lập lời nhắc so với SQL trần", times(compared.ratio), f"≤ {times(MOST)}", compared.ratio <= MOST),
        Goal(
            f"Truy vấn mỗi lô {BATCH} xã, {COMMUNES} xã so với {BATCH} xã",
            f"{number(all_of_them / batches, 1)} so với {small}",
            "không nhiều hơn",
            all_of_them <= small * batches,
        ),
    ]
    report.goals(goals)
    return goals


def _tell(found: dict[str, Any], compared: Compared) -> None:
    rows, (mails, mail_seconds), (shown, app_seconds) = found["rows"], found["mail"], found["app"]
    idle, planning, whole = found["memory"]
    print(
        f"{found['database']}. {number(COMMUNES, 0)} xã, {number(found['deadlines'], 0)} hạn còn mở, "
        f"{number(rows['notices'], 0)} việc "
        f"được nhắc trong {number(rows['messages'], 0)} lời nhắc; {ROUNDS} lượt xen kẽ, cùng những dòng ấy."
    )
    ours, sql = compared.medians
    report.table(
        ("việc", "giây", "mỗi giây"),
        [
            ("lập lời nhắc", number(ours), f"{number(rows['notices'] / ours, 0)} việc"),
            ("SQL trần, cùng những dòng ấy", number(sql), f"{number(rows['notices'] / sql, 0)} việc"),
            ("lập lại trong ngày, không có gì mới", number(found["again"]), ""),
            ("gửi thư qua máy chủ thư trên máy này", number(mail_seconds), f"{number(mails / mail_seconds, 0)} thư"),
            ("hiện trong chương trình", number(app_seconds), f"{number(shown / app_seconds, 0)} lời nhắc"),
        ],
    )
    print(
        f"Bộ nhớ cao nhất của bộ chạy nền: {number(idle, 0)} MB lúc chưa làm gì, {number(planning, 0)} MB sau lần lập "
        f"đầu tiên, {number(whole, 0)} MB sau tất cả."
    )


def _asked(folder: Path, port: int) -> dict[str, Any]:
    url = os.environ.get("DATABASE_OWNER_URL") or os.environ.get("DATABASE_URL") or ""
    is_file = not url or url.startswith("sqlite")
    name = str(folder / "reminders.sqlite3") if is_file else f"tdkt_bench_{os.getpid()}_reminders"
    environment = {**os.environ, "DATABASE_URL": f"sqlite:///{name}" if is_file else url}
    arguments = [name, str(BATCH), str(COMMUNES), str(ROUNDS), str(port)]
    done = subprocess.run(
        [sys.executable, "-m", "scripts.benchmarks.reminders_server", *arguments],
        cwd=ROOT,
        env=environment,
        stdout=subprocess.PIPE,
        text=True,
        check=False,
    )
    if done.returncode or not done.stdout:
        raise NotMeasured("Không đo được việc nhắc; lý do ở các dòng trên.")
    return dict(json.loads(done.stdout))


@contextmanager
def _mail_sink() -> Iterator[tuple[int, Any]]:
    """A mail server of its own process: its port, and how many it has taken."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    process = subprocess.Popen(
        [sys.executable, "-m", "scripts.benchmarks.programs.mail_sink", str(port)],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdin is not None
    assert process.stdout is not None
    entrance, answers = process.stdin, process.stdout

    def received() -> int:
        print(file=entrance, flush=True)
        return int(answers.readline())

    try:
        if answers.readline().strip() != "ready":
            raise NotMeasured("Máy chủ thư để đo không khởi động.")
        yield port, received
    finally:
        process.communicate()
