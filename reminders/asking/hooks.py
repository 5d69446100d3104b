"""What other apps do when a request goes out: a step «yêu cầu các đơn vị gửi» of a duty is done by it, say."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from reminders.models import Request

Hook = Callable[[Request, Any], None]
"""Request, who sent it out. Called in the transaction of the act."""

_hooks: list[Hook] = []


def register_asked(hook: Hook) -> None:
    """In ``AppConfig.ready()`` of the app that wants to know."""
    _hooks.append(hook)


def request_asked(request: Request, actor: Any) -> None:
    for hook in _hooks:
        hook(request, actor)
