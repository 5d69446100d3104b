"""The mail server: one connection for many mails, and what is known after each of them.

Until MAIL is said the server has taken nothing; from then on only its answer tells. An answer that does not
come (hung, cut off) is ``UNKNOWN``: the server may have taken the mail, so nobody may hand it over again by itself.
"""

from __future__ import annotations

import smtplib
from contextlib import suppress
from dataclasses import dataclass
from enum import Enum
from typing import Any

from django.core.mail import EmailMessage, get_connection

_ALIVE = 250


class Outcome(Enum):
    ACCEPTED = "accepted"
    LATER = "later"
    """Clearly not taken: no connection, or an answer that begins with 4."""
    REFUSED = "refused"
    """Clearly not taken, and it will not be: an answer that begins with 5."""
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Answer:
    outcome: Outcome
    words: str = ""
    """The server's, or a sentence."""
    is_closed: bool = False
    """Nothing more can be handed over now."""


class Post:
    """The way to the mail server that the settings name; opened when it is needed, used again, closed at the end."""

    def __init__(self) -> None:
        self._link: Any = get_connection()
        self._is_open = False

    def __enter__(self) -> Post:
        return self

    def __exit__(self, *error: object) -> None:
        self._close()

    def open(self) -> Answer | None:
        """None once the server listens; else what is in the way. It may have hung up since the mail before."""
        if self._is_open and self._is_alive():
            return None
        self._close()
        try:
            self._link.open()
            if smtp := self._smtp():
                smtp.ehlo_or_helo_if_needed()
        except (OSError, smtplib.SMTPException) as error:
            self._close()
            return Answer(Outcome.LATER, _why_closed(error), is_closed=True)
        self._is_open = True
        return None

    def hand_over(self, mail: EmailMessage) -> Answer:
        """Call once ``open`` said nothing against it."""
        try:
            self._link.send_messages([mail])
        except (smtplib.SMTPSenderRefused, smtplib.SMTPDataError) as error:
            return self._read(error.smtp_code, error.smtp_error)
        except smtplib.SMTPRecipientsRefused as error:
            return self._read(*next(iter(error.recipients.values())))
        except (OSError, smtplib.SMTPException):
            self._close()
            return Answer(Outcome.UNKNOWN, is_closed=True)
        except ValueError:  # the address or a head of the mail: seen before anything was said to the server
            return Answer(Outcome.REFUSED, "Địa chỉ thư không dùng được.")
        return Answer(Outcome.ACCEPTED)

    def _read(self, code: int, said: bytes | str) -> Answer:
        words = _words(code, said)
        if 400 <= code < 500:
            return Answer(Outcome.LATER, words)
        if 500 <= code < 600:
            return Answer(Outcome.REFUSED, words)
        self._close()  # no answer that SMTP knows
        return Answer(Outcome.UNKNOWN, words, is_closed=True)

    def _is_alive(self) -> bool:
        smtp = self._smtp()
        if smtp is None:
            return True
        try:
            return smtp.noop()[0] == _ALIVE
        except (OSError, smtplib.SMTPException):
            return False

    def _smtp(self) -> smtplib.SMTP | None:
        """Of backends that speak it; files do not."""
        link = getattr(self._link, "connection", None)
        return link if isinstance(link, smtplib.SMTP) else None

    def _close(self) -> None:
        """What was handed over was answered for: a server that does not say goodbye changes nothing.

        After a missing answer there is no goodbye: smtplib has closed the line by then.
        """
        self._is_open = False
        with suppress(OSError, smtplib.SMTPException):
            self._link.close()


def _words(code: int, said: bytes | str) -> str:
    text = said.decode("utf-8", "replace") if isinstance(said, bytes) else said
    return f"{code} {' '.join(text.split())}"


def _why_closed(error: Exception) -> str:
    if isinstance(error, smtplib.SMTPResponseException):
        return f"Máy chủ thư không cho vào: {_words(error.smtp_code, error.smtp_error)}"
    return "Không nối được máy chủ thư."
