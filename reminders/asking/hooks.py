"""What other apps do when a request goes out, and for what things of theirs it is made.

A step «yêu cầu các đơn vị gửi» of a duty is done by it, say; a campaign asks the parts to register.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from reminders.deadlines import Deadline
from reminders.models import Request

Hook = Callable[[Request, Any], None]
"""Request, who sent it out. Called in the transaction of the act."""

Subject = Callable[[int, int], Deadline | None]
"""Unit, id of the subject → what a new request for it proposes; None where the unit has no such thing."""

_layouts: dict[str, tuple[str, ...]] = {}
_hooks: list[Hook] = []
_subjects: dict[str, Subject] = {}


def register_asked(hook: Hook) -> None:
    """In ``AppConfig.ready()`` of the app that wants to know."""
    _hooks.append(hook)


def request_asked(request: Request, actor: Any) -> None:
    for hook in _hooks:
        hook(request, actor)


def register_subject(kind: str, subject: Subject) -> None:
    """Of a thing that is no deadline and for which its app asks the parts: a campaign."""
    _subjects[kind] = subject


def register_layout(kind: str, columns: tuple[str, ...]) -> None:
    """Of requests whose rows the app reads: what comes back has these columns and no others."""
    _layouts[kind] = columns


def layout_of(kind: str) -> tuple[str, ...]:
    """Empty where the officer names the columns."""
    return _layouts.get(kind, ())


def subject_of(kind: str, unit_id: int, subject: int) -> Deadline | None:
    found = _subjects.get(kind)
    return found(unit_id, subject) if found else None
