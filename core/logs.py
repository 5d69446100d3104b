"""What must not stand in a log: addresses that open something to whoever knows them."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterable


class HideSecretAddresses(logging.Filter):
    """Cuts off what follows ``/moi/`` and the like. For handlers: it changes the line, it drops none."""

    def __init__(self, under: Iterable[str]) -> None:
        super().__init__()
        self._secret = re.compile(rf"(/(?:{'|'.join(map(re.escape, under))})/)[^\s/\"']+")

    def filter(self, record: logging.LogRecord) -> bool:
        record.msg, record.args = self._secret.sub(r"\1…", record.getMessage()), ()
        return True
