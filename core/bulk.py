"""Many rows of plain columns at once, past the model: for tables that a sweep fills by the hundred thousand."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import cache
from typing import Any

from django.db import connection, models


def insert_new(model: type[models.Model], columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> int:
    """Write rows given as values of these fields; what a unique key already holds is passed over. How many were new.

    ``bulk_create(ignore_conflicts=True)`` makes an object and a parameter for every value, which takes twice
    as long as the database. Defaults, ``save`` and signals are the caller's matter.
    """
    by_name = {field.name: field for field in model._meta.concrete_fields}
    fields = [by_name[name] for name in columns]
    values = [_prepared(field, column) for field, column in zip(fields, zip(*rows, strict=True), strict=False)]
    if not values:
        return 0
    names = ", ".join(connection.ops.quote_name(str(field.column)) for field in fields)
    head = f"INSERT INTO {connection.ops.quote_name(model._meta.db_table)} ({names})"
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            # The base type: a column of 40 letters refuses longer ones by itself.
            kinds = [str(field.db_type(connection)).partition("(")[0] for field in fields]
            arrays = ", ".join(f"%s::{kind}[]" for kind in kinds)
            command = f"{head} SELECT * FROM unnest({arrays})"  # noqa: S608 -- names and types are the model's
            cursor.execute(f"{command} ON CONFLICT DO NOTHING", values)
        else:
            places = ", ".join(["%s"] * len(fields))
            cursor.executemany(f"{head} VALUES ({places}) ON CONFLICT DO NOTHING", list(zip(*values, strict=True)))
        return cursor.rowcount


def _prepared(field: models.Field[Any, Any], column: Sequence[Any]) -> list[Any]:
    """As the database wants them: days and instants, of which there are few different ones, and JSON."""

    def prepare(value: Any) -> Any:
        return field.get_db_prep_save(value, connection)

    if isinstance(field, models.DateField):  # instants are of this kind too
        once: Callable[[Any], Any] = cache(prepare)
        return [once(value) for value in column]
    if isinstance(field, models.JSONField):
        return [prepare(value) for value in column]
    return list(column)
