"""Where Celery looks for the tasks of this app."""

from __future__ import annotations

from campaigns.reporting.tasks import render_review

__all__ = ["render_review"]
