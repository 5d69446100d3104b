"""One row, one line: a JSON list of the values in the order of the table's columns.

JSON columns stand as text, which tells «null» in the column from none, with their keys in the
order in which they were written. PostgreSQL does not keep that order, so what proves that a
table came through is the SHA-256 of its lines with these keys sorted: the same row gives the
same there on every database.
"""

from __future__ import annotations

import base64
import datetime as dt
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import Any, BinaryIO

from django.core.exceptions import ValidationError
from django.db import connection, models
from django.db.models.functions import Cast

from core.errors import AppError

_READ_AT_ONCE = 2_000
_WRITE_AT_ONCE = 1_000
_LONGEST_LINE = 64 * 1024 * 1024
"""Bytes; the longest text of a row has 200,000 letters."""


class UnfitRow(AppError):
    message = "Có một dòng dữ liệu không đọc được."


def columns_of(model: type[models.Model]) -> list[models.Field]:
    """What the table itself holds; generated columns fill themselves."""
    return [field for field in model._meta.local_concrete_fields if not field.generated]


def names_of(model: type[models.Model]) -> tuple[str, ...]:
    return tuple(str(field.column) for field in columns_of(model))


def lines_of(model: type[models.Model]) -> Iterator[tuple[bytes, bytes]]:
    """Every row of the table by key, as it is written and as it is compared; a few thousand in memory at a time."""
    sources = [Cast(f.attname, models.TextField()) if _is_json(f) else f.attname for f in columns_of(model)]
    places = [place for place, field in enumerate(columns_of(model)) if _is_json(field)]
    for row in model._base_manager.order_by("pk").values_list(*sources).iterator(chunk_size=_READ_AT_ONCE):
        contents = {place: json.loads(row[place]) for place in places if row[place] is not None}
        line = _line(row, {place: _json(content) for place, content in contents.items()})
        yield line, _line(row, {p: _json(c, sort_keys=True) for p, c in contents.items()}) if contents else line


def insert(model: type[models.Model], stream: BinaryIO) -> Iterator[int]:
    """Write the lines as rows, each value as it stands; yields how many went in, batch by batch.

    Raise ``UnfitRow`` for a line that is no row of this table.
    """
    fields = columns_of(model)
    size = min(_WRITE_AT_ONCE, connection.ops.bulk_batch_size(fields, range(_WRITE_AT_ONCE)))
    rows = (_row(model, fields, line) for line in _lines(stream))
    while batch := list(islice(rows, size)):
        # As loaddata does: ``raw`` keeps the days of writing, which ``bulk_create`` would set anew.
        model._base_manager._insert(batch, fields=fields, using=connection.alias, raw=True)  # type: ignore[attr-defined]
        yield len(batch)


def _line(row: Sequence[Any], texts: Mapping[int, str]) -> bytes:
    return f"{_json([texts.get(place, value) for place, value in enumerate(row)])}\n".encode()


def _lines(stream: BinaryIO) -> Iterable[bytes]:
    while line := stream.readline(_LONGEST_LINE):
        if not line.endswith(b"\n"):
            raise UnfitRow
        yield line


def _row(model: type[models.Model], fields: list[models.Field], line: bytes) -> models.Model:
    try:
        values = json.loads(line)
        if not isinstance(values, list) or len(values) != len(fields):
            raise UnfitRow
        read = [_read(field, value) for field, value in zip(fields, values, strict=True)]
    except (ValueError, TypeError, RecursionError, ArithmeticError, ValidationError):
        raise UnfitRow from None
    return model.from_db(connection.alias, [field.attname for field in fields], read)


def _read(field: models.Field, value: Any) -> Any:
    if value is None:
        return None
    if not _is_json(field):
        return field.to_python(value)
    content = json.loads(value)
    return models.Value(None, models.JSONField()) if content is None else content


def _is_json(field: models.Field) -> bool:
    return isinstance(field, models.JSONField)


def _json(value: Any, *, sort_keys: bool = False) -> str:
    return json.dumps(
        value, ensure_ascii=False, sort_keys=sort_keys, separators=(",", ":"), allow_nan=False, default=_plain
    )


def _plain(value: Any) -> str:
    if isinstance(value, dt.datetime):
        return value.astimezone(dt.UTC).isoformat()
    if isinstance(value, dt.date | dt.time):
        return value.isoformat()
    if isinstance(value, bytes | bytearray | memoryview):
        return base64.b64encode(value).decode()
    return str(value)  # Decimal, UUID, timedelta: what their fields read back
