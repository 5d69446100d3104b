"""Several people at the same moment: threads with connections of their own, on a real database."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

from django.db import connection


def at_once(count: int, act: Callable[[], Any]) -> tuple[list[Any], list[Exception]]:
    """What ``act`` answers in so many threads, and what it raised."""
    start = threading.Barrier(count)
    answers: list[Any] = []
    errors: list[Exception] = []

    def run() -> None:
        try:
            connection.ensure_connection()
            start.wait(timeout=30)
            answers.append(act())
        except Exception as error:
            errors.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, daemon=True) for _ in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    return answers, errors
