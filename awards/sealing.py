"""What must not be read in the database by eye: identity numbers, the box of a secret vote.

Keys are derived from the secret key of the installation: with another one sealed text opens no more.
"""

from __future__ import annotations

import base64
import hashlib
import hmac

from cryptography.fernet import Fernet, InvalidToken
from django.conf import settings

from core.errors import AppError


class Unreadable(AppError):
    message = "Không mở được dữ liệu đã mã hóa: khóa bí mật của chương trình đã thay đổi."


def seal(text: str, purpose: str) -> str:
    """Without the time that Fernet writes beside what it seals: of a box it would be that of the last vote."""
    return Fernet(_key(purpose)).encrypt_at_time(text.encode(), 0).decode()


def unseal(sealed: str, purpose: str) -> str:
    try:
        return Fernet(_key(purpose)).decrypt(sealed.encode()).decode()
    except InvalidToken:
        raise Unreadable from None


def keyed_hash(text: str, purpose: str) -> str:
    """Finds the same text again without showing it; 64 hexadecimal digits."""
    return hmac.new(_secret(purpose), text.encode(), hashlib.sha256).hexdigest()


def _key(purpose: str) -> bytes:
    return base64.urlsafe_b64encode(_secret(purpose))


def _secret(purpose: str) -> bytes:
    return hashlib.sha256(f"awards.{purpose}:{settings.SECRET_KEY}".encode()).digest()
