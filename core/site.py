"""Where the program is reached, for addresses that are handed on."""

from __future__ import annotations

from urllib.parse import urlsplit

from django.conf import settings

_OWN_MACHINE = frozenset(["127.0.0.1", "localhost", "::1"])


def opens_here_only() -> bool:
    """Whether an address of this site opens on no machine but its own: a link in a message would lead nowhere."""
    return urlsplit(settings.SITE_URL).hostname in _OWN_MACHINE
