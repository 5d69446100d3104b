"""What the instruments say when something is wrong."""

from __future__ import annotations

from dataclasses import dataclass

_LONGEST = 60


@dataclass(frozen=True, slots=True)
class Failure:
    """A rule of layout that the printed paper breaks."""

    check: str
    page: int | None
    """Counted from 1 through the whole file; None for the file as such."""
    words: str
    why: str

    def __str__(self) -> str:
        return f"{self.check} p.{self.page or '-'} «{shortened(self.words)}»: {self.why}"


@dataclass(frozen=True, slots=True)
class Finding:
    """A rule of wording that the writer did not follow; reported, never repaired."""

    check: str
    words: str


def shortened(words: str) -> str:
    return words if len(words) <= _LONGEST else f"{words[: _LONGEST - 1]}…"
