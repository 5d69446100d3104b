"""Reading JSON from elsewhere: values are asked for by name and kind, what does not fit is told by its place.

Each interchange form makes a subclass of ``Node`` that names the form and the error to
raise. Nothing is repaired or left out: a value comes back as it stands in the file.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar, Self

from core.errors import AppError
from core.text import LINE_LIMIT, clean_line, refuse_markup

LIST_LIMIT = 5_000
_LONGEST_SHOWN = 60


class Node:
    """A JSON object with the words that tell a person where it stands in the file."""

    form: ClassVar[str]
    """The interchange form's name, as the file gives it: ``tdkt-plan/1``."""
    error: ClassVar[type[AppError]]

    def __init__(self, value: Any, name: str) -> None:
        self.value, self.name = value, name

    def mapping(self) -> Mapping[str, Any]:
        if not isinstance(self.value, dict):
            raise self.error(f"{self.where} phải là một nhóm có tên trường (JSON object).")
        return self.value

    def only(self, required: str, optional: tuple[str, ...] = ()) -> None:
        """Exactly these fields (``required`` with blanks between the names), and perhaps the optional ones."""
        keys, wanted = set(self.mapping()), set(required.split())
        if missing := sorted(wanted - keys):
            raise self.error(f"{self.where} thiếu trường «{missing[0]}».")
        if unknown := sorted(keys - wanted - set(optional)):
            name = clean_line(unknown[0][:_LONGEST_SHOWN])
            raise self.error(f"{self.where} có trường «{name}» không có trong mẫu {self.form}.")

    def node(self, key: str) -> Self:
        return type(self)(self.mapping()[key], f"trường «{key}»")

    def nodes(self, key: str, most: int = LIST_LIMIT) -> list[Self]:
        values = self.mapping()[key]
        if not isinstance(values, list):
            raise self.error(f"Trường «{key}» phải là một danh sách.")
        if len(values) > most:
            raise self.error(f"Trường «{key}» có {len(values)} mục, nhiều hơn {most} mục cho phép.")
        return [type(self)(value, f"«{key}» mục {position}") for position, value in enumerate(values, start=1)]

    def line(self, key: str, limit: int = LINE_LIMIT, *, required: bool = False) -> str:
        value = self.mapping()[key]
        if not isinstance(value, str):
            raise self.error(f"{self.where}, trường «{key}» phải là chữ.")
        text = printable(value, f"{self.name}, trường «{key}»", limit)
        if required and not text.strip():
            raise self.error(f"{self.where}, trường «{key}» còn trống.")
        if text and not text.strip():
            raise self.error(f"{self.where}, trường «{key}» chỉ có dấu cách.")
        return text

    def lines(self, key: str, most: int = LIST_LIMIT, limit: int = LINE_LIMIT) -> tuple[str, ...]:
        entries = (type(self)({key: node.value}, node.name) for node in self.nodes(key, most))
        return tuple(entry.line(key, limit, required=True) for entry in entries)

    def choice(self, key: str, choices: tuple[str, ...]) -> str:
        value = self.mapping()[key]
        if value not in choices:
            raise self.error(f"Trường «{key}» ghi «{shortened(value)}», không có trong mẫu {self.form}.")
        return value

    def integer(self, key: str, low: int, high: int, *, optional: bool = False) -> Any:
        """Between ``low`` and ``high``, both allowed; ``optional`` lets null through."""
        value = self.mapping()[key]
        if value is None and optional:
            return None
        if not isinstance(value, int) or isinstance(value, bool) or not low <= value <= high:
            raise self.error(f"{self.where}, trường «{key}» phải là số từ {low} đến {high}.")
        return value

    def flag(self, key: str) -> bool:
        """False where the field is absent."""
        value = self.mapping().get(key, False)
        if not isinstance(value, bool):
            raise self.error(f"{self.where}, trường «{key}» phải là true hoặc false.")
        return value

    @property
    def where(self) -> str:
        """At the head of a sentence."""
        return self.name[:1].upper() + self.name[1:]


def printable(text: str, where: str, limit: int = LINE_LIMIT) -> str:
    """One line that a paper can carry, else ``core.text.UnfitText`` with the place."""
    return refuse_markup(clean_line(text, limit=limit, name=where[:1].upper() + where[1:]), name=where)


def shortened(value: Any) -> str:
    """What was found, on one line and not too long for a sentence."""
    return " ".join(str(value)[:_LONGEST_SHOWN].split())
