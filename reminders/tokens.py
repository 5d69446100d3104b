"""Secret addresses for people without an account: one-time links and calendar feeds.

The address is made of a random nonce (128 bits) and the secret key, so that it can be shown again to
whoever may hand it on; the database keeps the nonce and the hash of the address and opens nothing alone.
"""

from __future__ import annotations

import hashlib
import secrets

from django.utils.crypto import salted_hmac

_LETTERS = 32
"""Hexadecimal digits of an address: 128 bits."""


def new_nonce() -> str:
    return secrets.token_urlsafe(16)


def token_of(nonce: str, *, purpose: str) -> str:
    return salted_hmac(f"reminders.{purpose}", nonce, algorithm="sha256").hexdigest()[:_LETTERS]


def hash_of(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
