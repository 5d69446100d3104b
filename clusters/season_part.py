"""The part ``season`` of a plan's file as plain values: whose year it is, who is in it, by which rules, when what.

A line of the timetable that is a task of the plan names its place (``task``, from 1) and says only what differs.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from core.text import LINE_LIMIT

_MOST_ROWS = 500
_DAYS = ("start", "due")
_OWN_WORDS = ("text", "time_text", *_DAYS)
KINDS = ("cluster", "block")
ROLES = ("head", "deputy", "member")
STEP_KINDS = (
    "register", "pledge", "launch", "report", "midyear", "self", "cross", "head", "review", "meeting", "final",
    "handover", "other",
)  # fmt: skip
_MOST_EXPLAIN_DAYS = 60
SETTINGS: Mapping[str, Callable[[Any], bool]] = {
    "has_cross": lambda value: isinstance(value, bool),
    "has_head": lambda value: isinstance(value, bool),
    "late_from": lambda value: value in ("received", "sent", "signed"),
    "late_in": lambda value: value in ("calendar", "working"),
    "explain_days": lambda value: type(value) is int and 0 <= value <= _MOST_EXPLAIN_DAYS,
    "shows": lambda value: value in ("nothing", "anonymous", "totals", "all"),
}


@dataclass(frozen=True, slots=True)
class StepPart:
    kind: str
    task: int | None = None
    asks_members: bool = False
    own: Mapping[str, Any] = field(default_factory=dict)
    """Of ``text``, ``time_text``, ``start``, ``due``: what the task does not say so, or all where there is none."""


@dataclass(frozen=True, slots=True)
class SeasonPart:
    cluster: str
    kind: str = "cluster"
    members: tuple[tuple[str, str], ...] = ()
    """Name and role, in their order."""
    steps: tuple[StepPart, ...] = ()
    quotas: tuple[tuple[str, int], ...] = ()
    settings: Mapping[str, Any] = field(default_factory=dict)


def read(content: Any) -> SeasonPart | None:
    """None where no rows can hold it."""
    try:
        settings = {name: content[name] for name in SETTINGS if name in content}
        _must(all(SETTINGS[name](value) for name, value in settings.items()))
        return SeasonPart(
            cluster=_name(content["cluster"]),
            kind=_one_of(content.get("kind", "cluster"), KINDS),
            members=tuple(
                (_name(one["name"]), _one_of(one.get("role", "member"), ROLES)) for one in _rows(content, "members")
            ),
            steps=tuple(_step(one) for one in _rows(content, "steps")),
            quotas=tuple((_name(one["award"], 200), _count(one["count"])) for one in _rows(content, "quotas")),
            settings=settings,
        )
    except (KeyError, TypeError, ValueError, AttributeError):
        return None


def write(data: SeasonPart) -> dict[str, Any]:
    return {
        "cluster": data.cluster,
        "kind": data.kind,
        "members": [{"name": name, "role": role} for name, role in data.members],
        "steps": [_step_json(step) for step in data.steps],
        "quotas": [{"award": award, "count": count} for award, count in data.quotas],
        **data.settings,
    }


def _step(row: Mapping[str, Any]) -> StepPart:
    task = row.get("task")
    _must(task is None or type(task) is int and task > 0)
    own: dict[str, Any] = {
        name: _day(row[name]) if name in _DAYS else _text(row[name]) for name in _OWN_WORDS if name in row
    }
    _must(task is not None or bool(own.get("text", "").strip()))
    _must(len(own.get("time_text", "")) <= 300)
    asks = row.get("asks_members", False)
    _must(isinstance(asks, bool))
    return StepPart(_one_of(row.get("kind", "other"), STEP_KINDS), task, asks, own)


def _step_json(step: StepPart) -> dict[str, Any]:
    said: dict[str, Any] = {"kind": step.kind}
    if step.task is not None:
        said["task"] = step.task
    said |= {name: value.isoformat() if isinstance(value, dt.date) else value for name, value in step.own.items()}
    return said | {"asks_members": True} if step.asks_members else said


def _must(fits: bool) -> None:
    if not fits:
        raise ValueError


def _rows(content: Mapping[str, Any], key: str) -> list[Any]:
    rows = content.get(key, [])
    _must(isinstance(rows, list) and len(rows) <= _MOST_ROWS)
    return rows


def _text(value: Any, longest: int = LINE_LIMIT) -> str:
    _must(isinstance(value, str) and "\x00" not in value and len(value) <= longest)
    return value


def _name(value: Any, longest: int = 300) -> str:
    _must(bool(_text(value, longest).strip()))
    return value


def _one_of(value: Any, choices: tuple[str, ...]) -> str:
    _must(value in choices)
    return value


def _count(value: Any) -> int:
    _must(type(value) is int and 0 < value < 1_000)
    return value


def _day(value: Any) -> dt.date | None:
    return None if value is None else dt.date.fromisoformat(value)
