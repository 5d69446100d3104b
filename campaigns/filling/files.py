"""The file of a table, by its type: read, filled, named."""

from __future__ import annotations

from pathlib import PurePath

from campaigns.filling import excel, word
from campaigns.filling.package import UnfitPackage
from campaigns.filling.tables import Table, Values
from core.files import DOCX, XLSX, open_stored
from core.models import StoredFile

_ENDINGS = {XLSX: ".xlsx", DOCX: ".docx"}
_FILLED = "-da-dien"


class NoTable(UnfitPackage):
    message = "Tệp này không có bảng nào. Hãy đưa lên tệp Excel hoặc Word có bảng cần điền."


def is_word(stored: StoredFile) -> bool:
    return stored.media_type == DOCX


def tables_of(stored: StoredFile) -> list[Table]:
    """Raise ``UnfitPackage``, ``UnfitDocument``, ``NoTable``."""
    content = bytes_of(stored)
    tables = (word if is_word(stored) else excel).read_tables(content)
    if not any(table.rows for table in tables):
        raise NoTable
    return tables


def filled(stored: StoredFile, values: Values) -> bytes:
    return (word if is_word(stored) else excel).fill(bytes_of(stored), values)


def filled_name(stored: StoredFile) -> str:
    """The name it came with, and that it is filled."""
    return f"{PurePath(stored.name).stem.removesuffix(_FILLED)}{_FILLED}{_ENDINGS[stored.media_type]}"


def bytes_of(stored: StoredFile) -> bytes:
    with open_stored(stored) as stream:
        return stream.read()
