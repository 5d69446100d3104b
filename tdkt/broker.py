"""A queue in a folder, for one machine without Redis: one file a message.

Kombu's own file transport shows a message before it is written to its end: a worker that
looks at that moment stops with an error and the work is lost. It also shares tables of
exchanges that two starting workers can spoil for each other. Here a file appears whole, is
taken by renaming it, and every process that sends declares its queue itself.
"""

from __future__ import annotations

import time
import uuid
from collections.abc import Iterator
from pathlib import Path
from queue import Empty
from typing import Any

from kombu.transport import virtual
from kombu.utils.json import dumps, loads


class Channel(virtual.Channel):
    """Messages are named ``<nanoseconds>_<random>.<queue>.msg``, so that sorting gives their order."""

    @property
    def folder(self) -> Path:
        return Path(self.connection.client.transport_options["folder"])

    def _put(self, queue: str, message: dict[str, Any], **kwargs: Any) -> None:
        name = f"{time.time_ns():020}_{uuid.uuid4().hex}.{queue}.msg"
        unfinished = self.folder / f"{name}.part"
        unfinished.write_text(dumps(message), encoding="utf-8")
        unfinished.rename(self.folder / name)

    def _get(self, queue: str, timeout: float | None = None) -> dict[str, Any]:
        for message in sorted(self._messages(queue)):
            taken = message.with_suffix(".taken")
            try:
                message.rename(taken)
            except FileNotFoundError:
                continue  # another worker was faster
            content = taken.read_text(encoding="utf-8")
            taken.unlink()
            return loads(content)
        raise Empty

    def _size(self, queue: str) -> int:
        return sum(1 for _ in self._messages(queue))

    def _purge(self, queue: str) -> int:
        messages = list(self._messages(queue))
        for message in messages:
            message.unlink(missing_ok=True)
        return len(messages)

    def _messages(self, queue: str) -> Iterator[Path]:
        return self.folder.glob(f"*.{queue}.msg")


class Transport(virtual.Transport):
    Channel = Channel
    driver_type = driver_name = "folder"
    implements = virtual.Transport.implements.extend(exchange_type=frozenset({"direct"}))

    def driver_version(self) -> str:
        return "1"
