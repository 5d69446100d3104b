"""Rows as services write them: texts cleaned by the kind of their field, changes found and audited."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from typing import Any, TypeVar

from django.db import models

from core import audit
from core.errors import AppError
from core.text import clean_line, clean_lines, refuse_markup

_LONGEST_TEXT = 20_000

Row = TypeVar("Row", bound=models.Model)


class UnfitDates(AppError):
    message = "Ngày kết thúc phải sau ngày bắt đầu."


def check_dates(start: dt.date | None, end: dt.date | None) -> None:
    if start and end and end < start:
        raise UnfitDates


def clean_fields(model: type[models.Model], fields: Mapping[str, Any]) -> dict[str, Any]:
    """Texts cleaned and cut of outer blanks; a CharField stays on one line, a TextField may have several.

    Words only: they end on papers, so HTML tags are refused.
    """
    cleaned: dict[str, Any] = {}
    for name, value in fields.items():
        field = model._meta.get_field(name)
        if isinstance(value, str) and isinstance(field, models.CharField):
            value = clean_name(value, limit=field.max_length or _LONGEST_TEXT, label=_label(field))
        elif isinstance(value, str):
            text = clean_lines(value, limit=_LONGEST_TEXT, name=_label(field)).strip("\n ")
            value = refuse_markup(text, name=_label(field))
        cleaned[name] = value
    return cleaned


def clean_name(text: str, *, limit: int, label: str) -> str:
    """One line of words, cut of outer blanks; ``label`` begins the sentence of a refusal."""
    return refuse_markup(clean_line(text, limit=limit, name=label), name=label).strip()


def update_row(
    row: Row,
    fields: Mapping[str, Any],
    *,
    actor: Any,
    unit_id: int,
    code: str,
    check: Callable[[Row], None] | None = None,
) -> Row:
    """Write what really changes, and nothing when nothing does. A refused row keeps its old values."""
    after = clean_fields(type(row), fields)
    before = {name: getattr(row, name) for name in after}
    changed = audit.differences(before, after)
    if not changed:
        return row
    _set(row, {name: after[name] for name in changed})
    try:
        check_dates(getattr(row, "valid_from", None), getattr(row, "valid_to", None))
        if check:
            check(row)
    except AppError:
        _set(row, before)
        raise
    row.save(update_fields=list(changed))
    readable = {name: (_plain(old), _plain(new)) for name, (old, new) in changed.items()}
    audit.record(code, row, actor=actor, unit_id=unit_id, changes=readable)
    return row


def added(fields: Mapping[str, Any]) -> dict[str, tuple[None, Any]]:
    """The changes of a new row: what was filled in."""
    return {name: (None, _plain(value)) for name, value in fields.items() if value not in (None, "")}


def _set(row: models.Model, values: Mapping[str, Any]) -> None:
    for name, value in values.items():
        setattr(row, name, value)


def _plain(value: Any) -> Any:
    return str(value) if isinstance(value, models.Model) else value


def _label(field: Any) -> str:
    label = str(field.verbose_name)
    return label[:1].upper() + label[1:]
