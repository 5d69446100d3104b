"""What the editor's page sends: a list of acts, one for each thing that a person did.

    {"do": "set", "of": "task", "key": K, "field": "content", "value": "…", "was": "…"}
    {"do": "add", "of": "task", "after": K or "", "rows": [{"key": K, "content": "…", …}]}
    {"do": "move", "of": "task", "key": K, "after": K or "", "quarter": 2}
    {"do": "remove", "of": "task", "key": K}

``of`` is header, follower, table, section or task; keys are UUIDs that the page gives to the
rows that it makes. ``was`` is what stood there when the person began: where another page
saved meanwhile, it tells whether the two are in each other's way.
"""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from core.errors import AppError

DOINGS = ("set", "add", "move", "remove")
THINGS = ("header", "follower", "table", "section", "task")
MOST_ACTS = 500
MOST_ROWS = 500
"""Of one act: what a person pastes at once."""


class UnfitActs(AppError):
    message = "Trang soạn gửi nội dung không đúng mẫu. Hãy tải lại trang; những gì bạn gõ vẫn được giữ."


@dataclass(frozen=True, slots=True)
class Act:
    do: str
    of: str
    key: uuid.UUID | None = None
    field: str = ""
    value: Any = None
    was: Any = None
    after: uuid.UUID | None = None
    """The row before; None: in front."""
    quarter: int | None = None
    rows: tuple[Mapping[str, Any], ...] = ()


def read_acts(data: Any) -> list[Act]:
    if not isinstance(data, list) or len(data) > MOST_ACTS:
        raise UnfitActs
    return [_read_act(entry) for entry in data]


def _read_act(entry: Any) -> Act:
    if not isinstance(entry, dict) or entry.get("do") not in DOINGS or entry.get("of") not in THINGS:
        raise UnfitActs
    rows = entry.get("rows", [])
    if not isinstance(rows, list) or len(rows) > MOST_ROWS or not all(isinstance(row, dict) for row in rows):
        raise UnfitActs
    act = Act(
        do=entry["do"],
        of=entry["of"],
        key=read_key(entry.get("key")),
        field=_text(entry.get("field")),
        value=entry.get("value"),
        was=entry.get("was"),
        after=read_key(entry.get("after")),
        quarter=_quarter(entry.get("quarter")),
        rows=tuple(rows),
    )
    is_row = act.of in {"section", "task"}
    if (act.do != "set" and not is_row) or (is_row and act.do != "add" and act.key is None):
        raise UnfitActs
    return act


def read_key(value: Any) -> uuid.UUID | None:
    if value in (None, ""):
        return None
    try:
        return uuid.UUID(_text(value))
    except ValueError:
        raise UnfitActs from None


def _text(value: Any) -> str:
    if value is None:
        return ""
    if not isinstance(value, str):
        raise UnfitActs
    return value


def _quarter(value: Any) -> int | None:
    if value is not None and (isinstance(value, bool) or value not in (1, 2, 3, 4)):
        raise UnfitActs
    return value


def texts(value: Any) -> tuple[str, ...]:
    """A list of names as the page sends it."""
    if not isinstance(value, list) or not all(isinstance(entry, str) for entry in value):
        raise UnfitActs
    return tuple(value)


def text(value: Any) -> str:
    return _text(value)
