"""An issued PDF through the real server, beside a static file of the same bytes: behind sign-in, and open to all."""

from __future__ import annotations

import os
import re
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPConnection
from http.cookies import SimpleCookie
from pathlib import Path
from urllib.parse import urlencode

from scripts.benchmarks import report
from scripts.benchmarks.report import Goal, NotMeasured, number, times
from scripts.benchmarks.samples import ROOT
from scripts.benchmarks.timing import Compared, interleaved

ROUNDS = 400
MOST = 1.5
STATIC = "ban-phat-hanh.pdf"
_FIND_PAPER = """
from core.files import path_of
from plans.models import Plan
plan = Plan.objects.filter(paper__issued_file__isnull=False).latest("pk")
print(plan.pk, path_of(plan.paper.issued_file.sha256))
"""
_SECONDS_TO_START = 60


class Visitor:
    """One browser that keeps its line and its cookies."""

    def __init__(self, port: int) -> None:
        self._line, self._cookies = HTTPConnection("127.0.0.1", port, timeout=30), SimpleCookie()
        self._home = f"http://127.0.0.1:{port}/"

    def ask(self, url: str, form: dict[str, str] | None = None) -> tuple[int, bytes]:
        heads = {"Cookie": "; ".join(f"{name}={morsel.value}" for name, morsel in self._cookies.items())}
        if form is not None:
            heads |= {"Content-Type": "application/x-www-form-urlencoded", "Referer": self._home}
        self._line.request("GET" if form is None else "POST", url, urlencode(form) if form else None, heads)
        answer = self._line.getresponse()
        for value in answer.headers.get_all("Set-Cookie", []):
            self._cookies.load(value)
        return answer.status, answer.read()

    def sign_in(self, password: str) -> None:
        address = "/tai-khoan/dang-nhap/"
        token = re.search(rb'csrfmiddlewaretoken" value="([^"]+)', self.ask(address)[1])
        form = {"csrfmiddlewaretoken": token[1].decode() if token else "", "login": "canbo", "password": password}
        if self.ask(address, form)[0] != 302:
            raise NotMeasured("Không đăng nhập được để đo việc gửi tệp.")

    def seconds(self, url: str) -> float:
        started = time.perf_counter()
        status, body = self.ask(url)
        spent = time.perf_counter() - started
        if status != 200 or not body.startswith(b"%PDF-"):
            raise NotMeasured(f"{url} không trả về bản PDF (mã {status}).")
        return spent


def measure(folder: Path) -> list[Goal]:
    report.head("6. Gửi một bản PDF đã ban hành")
    folder = folder / "serving"
    folder.mkdir()
    environment = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    environment |= {"TDKT_VAR": str(folder)}
    for command in (["prepare_database"], ["seed_demo", "--stage", "plan"], ["collectstatic", "--noinput", "-v", "0"]):
        _run(["manage.py", *command], environment)
    plan, kept = _run(["manage.py", "shell", "-v", "0", "-c", _FIND_PAPER], environment).split()
    shutil.copy(kept, folder / "static" / STATIC)
    paper, signed_in, open_to_all = f"/ke-hoach/{plan}/tai/pdf/", f"/do-tep/{STATIC}", f"/static/{STATIC}"
    with _server(environment) as port:
        visitor = Visitor(port)
        visitor.sign_in((folder / "demo_password").read_text().strip())
        triples = interleaved(
            ROUNDS, *(lambda url=url: visitor.seconds(url) for url in (paper, signed_in, open_to_all))
        )
    sides = {
        "tệp tĩnh cho người đã đăng nhập": Compared([(triple[0], triple[1]) for triple in triples]),
        "tệp tĩnh cho mọi người (WhiteNoise)": Compared([(triple[0], triple[2]) for triple in triples]),
    }
    print(f"gunicorn, SQLite, {number(Path(kept).stat().st_size / 1024, 0)} KB, {ROUNDS} lượt xen kẽ.")
    report.table(
        ("so với", "bản đã ban hành", "bên kia", "tỷ lệ"),
        [(what, *(f"{number(part * 1000)} ms" for part in c.medians), times(c.ratio)) for what, c in sides.items()],
    )
    goals = [
        Goal(f"Bản đã ban hành so với {what}", times(c.ratio), f"≤ {times(MOST)}", c.ratio <= MOST)
        for what, c in sides.items()
    ]
    report.goals(goals)
    return goals


def _run(arguments: list[str], environment: dict[str, str]) -> str:
    done = subprocess.run(
        [sys.executable, *arguments], cwd=ROOT, env=environment, capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise NotMeasured(f"{' '.join(arguments[:2])}: {done.stderr.strip()[-300:]}")
    return done.stdout


@contextmanager
def _server(environment: dict[str, str]) -> Iterator[int]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    application = "scripts.benchmarks.programs.serving_app:application"
    command = [sys.executable, "-m", "gunicorn", application, "--bind", f"127.0.0.1:{port}", "--threads", "4"]
    process = subprocess.Popen(
        [*command, "--log-level", "warning"], cwd=ROOT, env=environment | {"SITE_URL": f"http://127.0.0.1:{port}"}
    )
    try:
        _wait_for(port)
        yield port
    finally:
        process.terminate()
        process.wait()


def _wait_for(port: int) -> None:
    until = time.monotonic() + _SECONDS_TO_START
    while time.monotonic() < until:
        with socket.socket() as line:
            if line.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.2)
    raise NotMeasured("Máy chủ không khởi động.")
