"""What a paper may load while it is drawn: our own static files and pictures inside the markup, nothing else."""

from __future__ import annotations

import mimetypes
import re
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit

from django.conf import settings
from django.contrib.staticfiles import finders
from django.core.exceptions import SuspiciousFileOperation
from django.utils._os import safe_join
from weasyprint.urls import URLFetcher, URLFetcherResponse

# Relative addresses need a base. This host exists nowhere (RFC 2606), and nothing here opens a connection anyway.
BASE_URL = "https://paper.invalid/"

# Not SVG: it is a document of its own that can point elsewhere.
_PICTURE = re.compile(r"data:image/(?:png|jpeg|gif|webp)[;,]", re.IGNORECASE)


class Refused(ValueError):
    """Not ours to load. Names no address: that could carry words of an officer."""


class StaticOnlyFetcher(URLFetcher):
    """Answers addresses under ``STATIC_URL`` from the static files; any other address stops the rendering.

    WeasyPrint reports the stop as ``FatalURLFetchingError``, which is no ``Exception``.
    """

    def __init__(self) -> None:
        super().__init__(allowed_protocols={"data"}, allow_redirects=False, fail_on_errors=True)

    def fetch(self, url: str, headers: dict[str, str] | None = None) -> URLFetcherResponse:
        if _PICTURE.match(url):
            return super().fetch(url, headers)
        file = _static_file(url)
        content_type = mimetypes.guess_type(file.name)[0] or "application/octet-stream"
        return URLFetcherResponse(url, file.read_bytes(), {"Content-Type": content_type})


def _static_file(url: str) -> Path:
    """Raise ``Refused`` for whatever is no static file of ours."""
    prefix = urljoin(BASE_URL, settings.STATIC_URL)
    if not url.startswith(prefix):
        raise Refused("no address under STATIC_URL")
    name = unquote(urlsplit(url.removeprefix(prefix)).path)
    try:
        found = finders.find(name) or _collected(name)
    except (SuspiciousFileOperation, ValueError):  # leaves the folder; or holds a NUL
        raise Refused("leaves the static files") from None
    if not found or not Path(found).is_file():
        raise Refused("no such static file")
    return Path(found)


def _collected(name: str) -> str | None:
    """Where ``collectstatic`` put it: the only place of names that carry a hash."""
    return safe_join(settings.STATIC_ROOT, name) if settings.STATIC_ROOT else None
