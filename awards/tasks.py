"""Where Celery looks for the tasks of this app."""

from __future__ import annotations

from awards.certificates.tasks import render_certificates
from awards.deciding.tasks import render_decision

__all__ = ["render_certificates", "render_decision"]
