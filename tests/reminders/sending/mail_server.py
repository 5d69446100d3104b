"""A real mail server on a free port, in a thread of its own: accepts, refuses, hangs or hangs up as a test says."""

from __future__ import annotations

import asyncio
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any

from aiosmtpd.controller import Controller

HANG = "hang"
CUT_OFF = "cut off"
ACCEPT = "250 OK"


class MailServer:
    """``on_mail``, ``on_recipient`` and ``on_data`` are what it answers: a line of SMTP, ``HANG`` or ``CUT_OFF``."""

    def __init__(self) -> None:
        self.on_mail = self.on_recipient = self.on_data = ACCEPT
        self.received: list[EmailMessage] = []
        """What came to its last dot, whatever was answered."""
        self.has_data = threading.Event()
        self.answered = 0
        """Mails that were accepted, or would have been if nobody had hung up."""
        self.may_answer = threading.Event()
        self.refused: dict[str, str] = {}
        """Address → what is answered to mail for it."""
        self.is_gone_after_each = False
        self.connections = 0
        self.port = 0

    @property
    def recipients(self) -> list[str]:
        return [mail["To"] for mail in self.received]

    @property
    def subjects(self) -> list[str]:
        """Without the blank that folding leaves before a long one."""
        return [mail["Subject"].strip() for mail in self.received]

    # -- What aiosmtpd calls ---------------------------------------------------------------

    async def handle_MAIL(self, server: Any, session: Any, envelope: Any, address: str, options: list[str]) -> str:
        envelope.mail_from = address
        return await self._answer(server, self.on_mail)

    async def handle_RCPT(self, server: Any, session: Any, envelope: Any, address: str, options: list[str]) -> str:
        envelope.rcpt_tos.append(address)
        return await self._answer(server, self.refused.get(address, self.on_recipient))

    async def handle_NOOP(self, server: Any, session: Any, envelope: Any, words: str) -> str:
        """Asked between two mails on one connection."""
        return await self._answer(server, CUT_OFF if self.is_gone_after_each else ACCEPT)

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        self.received.append(message_from_bytes(envelope.content, policy=policy.default))
        self.has_data.set()
        answer = await self._answer(server, self.on_data)
        self.answered += 1
        return answer

    async def _answer(self, server: Any, answer: str) -> str:
        if answer == CUT_OFF:
            server.transport.abort()
            return ACCEPT
        while answer == HANG and not self.may_answer.is_set():
            await asyncio.sleep(0.02)
        return ACCEPT if answer == HANG else answer


def text_in(mail: EmailMessage, kind: str = "plain") -> str:
    part = mail.get_body((kind,))
    assert part is not None
    return part.get_content().replace("\r\n", "\n")


class _Controller(Controller):
    def factory(self) -> Any:
        self.handler.connections += 1
        return super().factory()


@contextmanager
def mail_server() -> Iterator[MailServer]:
    server = MailServer()
    controller = _Controller(server, hostname="127.0.0.1", port=free_port())
    controller.start()
    server.connections = 0  # the controller knocks once to see that it listens
    server.port = controller.port
    try:
        yield server
    finally:
        server.may_answer.set()
        controller.stop()


def free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return free.getsockname()[1]
