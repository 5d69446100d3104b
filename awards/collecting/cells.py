"""What cells of a list of nominees hold, besides what every sheet's do."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from typing import Any

from django.utils import timezone

from awards.collecting import identities, wording
from awards.models.common import Level, RecipientKind
from awards.shipped import award_name
from core.cells import Cell, UnfitCell, as_words
from core.errors import AppError
from core.sheets.reading import Broken


class Lenient(Cell):
    """What a row can do without: what is not understood or broken is left blank with a note."""

    def __init__(self, reads: Callable[[str], str], shown: Mapping[str, str]) -> None:
        super().__init__()
        self.reads, self.shown = reads, shown
        self.notes: list[str] = []

    def clean(self, value: Any, row: Mapping[str, Any] | None = None, **kwargs: Any) -> Any:
        if isinstance(value, Broken):
            self.notes.append("Một ô không bắt buộc đang báo lỗi của Excel, được để trống.")
            return None
        return super().clean(value, row, **kwargs)

    def read(self, value: Any) -> str | None:
        words = " ".join(as_words(value).split())
        found = self.reads(words)
        if not found:
            self.notes.append(f"Không hiểu «{words[:60]}», để trống.")
        return found or None

    def render(self, value: Any, obj: Any = None, **kwargs: Any) -> str:
        return self.shown.get(str(value or ""), "")


class LevelCell(Lenient):
    """Organisations have none; a household is no level but a kind of recipient."""

    def __init__(self) -> None:
        super().__init__(_level, {level.value: level.label for level in Level if level.value})

    def read(self, value: Any) -> str | None:
        words = " ".join(as_words(value).split())
        return _level(words) or None


def _level(words: str) -> str:
    found = wording.read_level(words)
    return found.value if found else ""


class KindCell(Lenient):
    def __init__(self) -> None:
        super().__init__(_kind, {kind.value: kind.label for kind in RecipientKind})


def _kind(words: str) -> str:
    found = wording.read_kind(words)
    return found.value if found else ""


class AwardCell(Cell):
    def read(self, value: Any) -> str:
        return wording.read_award(as_words(value))

    def render(self, value: Any, obj: Any = None, **kwargs: Any) -> str:
        return award_name(value) if value else ""


Birth = tuple[dt.date | None, int | None]


class BirthCell(Cell):
    """A day with its year, or the year alone."""

    def read(self, value: Any) -> Birth:
        if isinstance(value, dt.datetime):
            value = value.date()
        words = f"{value:%d/%m/%Y}" if isinstance(value, dt.date) else as_words(value)
        return wording.read_birth(words, timezone.localdate())

    def render(self, value: Any, obj: Any = None, **kwargs: Any) -> str:
        return wording.birth_words(*value) if value else ""

    def is_same(self, old: Birth, new: Birth) -> bool:
        """A year says nothing new beside a day of that year."""
        return old == new or (new[0] is None and old[1] == new[1])


class Identity(Cell):
    """Never shown: reports say only that there is one."""

    def read(self, value: Any) -> str:
        words = as_words(value)
        if isinstance(value, int) and len(words) in (10, 11):  # Excel took the zeros in front
            words = words.zfill(12)
        try:
            return identities.cleaned(words)
        except AppError as error:
            raise UnfitCell(str(error)) from None

    def render(self, value: Any, obj: Any = None, **kwargs: Any) -> str:
        return "đã ghi" if value else ""

    def is_same(self, old: str, new: str) -> bool:
        """``old`` is a hash: the number itself is nowhere."""
        return old == identities.hash_of(new)
