"""The root certificates that this installation trusts: files named in the settings, none unless an office adds one."""

from __future__ import annotations

import logging
from pathlib import Path

from django.conf import settings

logger = logging.getLogger(__name__)


def configured_roots() -> tuple[bytes, ...]:
    """The files of ``SIGNATURE_ROOT_FILES``, PEM or DER, one certificate each.

    One that cannot be read is left out and logged: signatures then say that their chain is not verified.
    """
    roots = []
    for name in getattr(settings, "SIGNATURE_ROOT_FILES", ()):
        try:
            roots.append(Path(name).read_bytes())
        except OSError as error:
            logger.error("Root certificate not read: %s", error)
    return tuple(roots)
