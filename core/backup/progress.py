"""How far long work is, for the person at a terminal."""

from __future__ import annotations

import sys
import time

_SECONDS_BETWEEN = 0.2


class Progress:
    """One line on standard error that is written over and cleared at the end; nothing where no terminal is."""

    def __init__(self) -> None:
        self._is_shown = sys.stderr.isatty()
        self._next = 0.0

    def __call__(self, what: str, done: int, total: int) -> None:
        if self._is_shown and (time.monotonic() >= self._next or done >= total):
            self._next = time.monotonic() + _SECONDS_BETWEEN
            print(f"\r\033[K{what}: {done}/{total}", end="", file=sys.stderr, flush=True)

    def end(self) -> None:
        if self._is_shown:
            print("\r\033[K", end="", file=sys.stderr, flush=True)
