"""Letters that a Word file cannot hold."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterator

from documents.errors import RenderingFailed
from documents.tree import Paper

# All but what XML 1.0 calls "Char" (production 2).
_FORBIDDEN = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_NEIGHBOURHOOD = 20  # letters shown on each side of a forbidden one


def refuse_forbidden(paper: Paper) -> None:
    """Raise ``RenderingFailed`` with the place of the first letter that XML cannot hold."""
    for text in _strings(dataclasses.astuple(paper)):
        if found := _FORBIDDEN.search(text):
            around = text[max(0, found.start() - _NEIGHBOURHOOD) : found.end() + _NEIGHBOURHOOD]
            raise RenderingFailed(
                f"Chưa dựng được tệp Word vì có ký tự không in được ở đoạn “{_FORBIDDEN.sub('', around)}”. "
                "Hãy xóa ký tự đó rồi xuất lại."
            )


def _strings(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, tuple):
        for part in value:
            yield from _strings(part)
