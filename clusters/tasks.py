"""Where Celery looks for the tasks of this app."""

from __future__ import annotations

from clusters.papers.tasks import render_papers

__all__ = ["render_papers"]
