"""mail_sink.py PORT: a mail server that takes everything and keeps nothing; its count on each line of its input."""

from __future__ import annotations

import sys
from typing import Any

from aiosmtpd.controller import Controller


class Sink:
    received = 0

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        self.received += 1
        return "250 OK"


sink = Sink()
controller = Controller(sink, hostname="127.0.0.1", port=int(sys.argv[1]))
controller.start()
print("ready", flush=True)
for _ in sys.stdin:
    print(sink.received, flush=True)
controller.stop()
