"""The program's own processes on the test's database: workers, beats, commands, a Redis; ended with the test."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

import redis
from celery import Celery
from django.db import connection

ROOT = Path(__file__).resolve().parents[3]
PATIENCE = 60
"""Seconds within which a busy machine must have done what it was asked."""


class Program:
    """``redis_port`` None: the embedded default, with a folder for a queue."""

    def __init__(self, folder: Path, mail_port: int, redis_port: int | None) -> None:
        self.folder, self.redis_port = folder, redis_port
        (folder / "broker").mkdir(parents=True)
        self._running: list[subprocess.Popen[bytes]] = []
        self.environment = {
            "PATH": os.environ["PATH"],
            "HOME": os.environ.get("HOME", "/"),
            "TDKT_VAR": str(folder),
            "SECRET_KEY": "của riêng phép thử",
            "DATABASE_URL": _database_url(),
            "EMAIL_HOST": "127.0.0.1",
            "EMAIL_PORT": str(mail_port),
            "EMAIL_USE_TLS": "0",
        }
        if name := os.environ.get("TDKT_TEST_RUN"):
            self.environment["TDKT_TEST_RUN"] = name  # by which scripts/test finds what is left of it
        if redis_port:
            self.environment["REDIS_URL"] = f"redis://127.0.0.1:{redis_port}/0"
        self._queue = _queue(folder, redis_port)

    # -- Processes -------------------------------------------------------------------------

    def worker(self, name: str = "worker") -> subprocess.Popen[bytes]:
        return self._start(
            name, "-m", "celery", "-A", "tdkt", "worker", "--queues", "default,mail", "--concurrency", "2",
            "--hostname", f"{name}@%h", "--without-gossip", "--without-mingle", "--loglevel", "INFO",
        )  # fmt: skip

    def beat(self, name: str = "beat") -> subprocess.Popen[bytes]:
        schedule = str(self.folder / f"{name}-schedule")
        clock = "tests.reminders.sending.quick_clock"
        return self._start(name, "-m", "celery", "-A", clock, "beat", "--schedule", schedule, "--pidfile=")

    def send_reminders(self, name: str = "command") -> subprocess.Popen[bytes]:
        return self._start(name, "manage.py", "send_reminders")

    def said_by(self, name: str) -> str:
        return (self.folder / f"{name}.log").read_text()

    def wake(self, task: str, queue: str = "default") -> None:
        """As beat does."""
        self._queue.send_task(task, queue=queue, retry=False)

    def kill(self, process: subprocess.Popen[bytes]) -> None:
        """With -9, and all that it started."""
        self._running.remove(process)
        os.killpg(process.pid, signal.SIGKILL)
        process.wait(timeout=PATIENCE)

    def end(self) -> None:
        for process in list(self._running):
            if process.poll() is None:
                self.kill(process)
        self._queue.close()

    def _start(self, name: str, *arguments: str) -> subprocess.Popen[bytes]:
        with (self.folder / f"{name}.log").open("wb") as log:
            process = subprocess.Popen(
                [sys.executable, *arguments],
                cwd=ROOT,
                env=self.environment,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        self._running.append(process)
        return process


def wait_until(is_so: Callable[[], object], what: str) -> None:
    end = time.monotonic() + PATIENCE
    while not is_so():
        assert time.monotonic() < end, f"not within {PATIENCE} seconds: {what}"
        time.sleep(0.05)


@contextmanager
def own_redis(port: int) -> Iterator[None]:
    """On that port, with nothing in it that outlives it."""
    options = ["--bind", "127.0.0.1", "--port", str(port), "--save", "", "--appendonly", "no"]
    server = subprocess.Popen(["redis-server", *options], stdout=subprocess.DEVNULL, start_new_session=True)
    try:
        with redis.Redis(port=port, socket_timeout=5) as link:
            wait_until(lambda: _answers(link), "Redis answers")
        yield
    finally:
        server.kill()  # it keeps nothing
        server.wait(timeout=PATIENCE)


def _answers(link: redis.Redis) -> bool:
    try:
        return bool(link.ping())
    except (redis.ConnectionError, redis.TimeoutError):
        return False


def _database_url() -> str:
    name = str(connection.settings_dict["NAME"])
    if connection.vendor == "sqlite":
        return f"sqlite:///{name}"
    return urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{name}").geturl()


def _queue(folder: Path, redis_port: int | None) -> Celery:
    """What only lays tasks into the program's queue."""
    queue = Celery("from the test", set_as_current=False)
    if redis_port:
        queue.conf.update(
            broker_url=f"redis://127.0.0.1:{redis_port}/0",
            broker_transport_options={"global_keyprefix": "tdkt:"},
        )
    else:
        queue.conf.update(
            broker_url="folder://localhost",
            broker_transport="tdkt.broker:Transport",
            broker_transport_options={"folder": str(folder / "broker")},
        )
    return queue
